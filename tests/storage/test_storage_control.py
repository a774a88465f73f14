"""Labels follow the statements of control: what would change, what changed, and what an edition cites of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsdesk.control import Correction
from newsdesk.decisions import Draft, Move
from newsdesk.errors import StorageError
from newsdesk.judging import Label, Provenance
from newsdesk.outlets import Control, ControlStatement, Evidence
from newsdesk.voices import Voices
from storage.control import Labelled, SqlControlBook
from storage.database import Database
from tests.storage.made import NOW, Desk, later

PRIVATE = ControlStatement(Control.PRIVATE, None, "press source", (Evidence("seen", date(2014, 1, 2)),), valid_to=date(2026, 11, 19))
CAPTURED = ControlStatement(Control.CAPR, "VE", "press source", (Evidence("sold", date(2026, 11, 20)),), valid_from=date(2026, 11, 20))


def voice(article: Labelled) -> Voices:
    """Private before 20 November 2026, captured from then on."""
    held = CAPTURED if article.published_on and CAPTURED.holds_on(article.published_on) else PRIVATE
    label = Label.STATE_MEDIA if held is CAPTURED else Label.NOT_STATE_MEDIA
    return Voices(Provenance(label, held.controller, held, f"It is {held.control}."))


@pytest.fixture
def filled(database: Database) -> Desk:
    desk = Desk(database)
    for number, days in ((1, 0), (2, 5), (3, 0)):
        what = {"text": f"{number} Otro texto.", "label": Label.NOT_STATE_MEDIA, "published": NOW - timedelta(days=days)}
        desk.store(number, "a.example", **what)
    desk.store(4, "b.example", text="4 Texto.", label=Label.NOT_STATE_MEDIA)
    return desk


def accept(desk: Desk, article_id: int) -> None:
    item = next(each for each in desk.queue_of() if each.article_id == article_id)
    draft = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="It was so.")
    desk.desk.decide(item.candidate_id, draft, "ana", 0, NOW)


def test_what_a_correction_would_touch_and_nothing_is_changed(filled: Desk) -> None:
    book = SqlControlBook(filled.database)
    accept(filled, 1)
    touched = book.touched(["a"], voice)
    assert [(one.article_id, one.before, one.after, one.controller_after, one.edition) for one in touched] == [
        (1, Label.NOT_STATE_MEDIA, Label.STATE_MEDIA, "VE", "2026-11"),
        (2, Label.NOT_STATE_MEDIA, Label.NOT_STATE_MEDIA, None, None),
        (3, Label.NOT_STATE_MEDIA, Label.STATE_MEDIA, "VE", None),
    ]
    assert filled.shelf.article(1).label == "not_state_media"
    assert book.changes("a", 10) == ()


def test_labels_before_and_after_the_day_are_kept_apart(filled: Desk) -> None:
    book = SqlControlBook(filled.database)
    found = book.relabel(["a"], voice, None, NOW)
    assert [one.article_id for one in found] == [1, 2, 3]
    assert [filled.shelf.article(number).label for number in (1, 2, 3, 4)] == [
        "state_media",
        "not_state_media",
        "state_media",
        "not_state_media",
    ]
    assert filled.shelf.article(2).label_why == "It is private."
    assert book.relabel(["a"], voice, None, later(hours=1)) == ()
    assert len(book.changes("a", 10)) == 3


def test_what_waits_for_the_editors_shows_the_new_label(filled: Desk) -> None:
    SqlControlBook(filled.database).relabel(["a"], voice, None, NOW)
    assert {item.article_id: item.label for item in filled.queue_of()}[1] is Label.STATE_MEDIA


def test_an_entry_of_an_edition_gets_the_new_label_and_keeps_its_words(filled: Desk) -> None:
    accept(filled, 1)
    SqlControlBook(filled.database).relabel(["a"], voice, None, NOW)
    (entry,) = filled.desk.entries("2026-11")
    assert (entry.label, entry.report) == (Label.STATE_MEDIA, "It was so.")


def test_corrections_are_a_log_that_only_grows(filled: Desk) -> None:
    book = SqlControlBook(filled.database)
    correction = Correction(0, "a", CAPTURED, (PRIVATE,), (PRIVATE, CAPTURED), "sold", "ana", NOW)
    correction_id = book.correct(correction, lambda: None)
    book.relabel(["a"], voice, correction_id, NOW)
    assert book.corrections("a") == (replace(correction, id=correction_id, relabelled=3),)
    with pytest.raises(StorageError), filled.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM control_corrections")


def test_many_articles_are_relabelled_some_at_a_time(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.control._AT_ONCE", 2)
    book = SqlControlBook(filled.database)
    correction = Correction(0, "a", CAPTURED, (), (CAPTURED,), "sold", "ana", NOW)
    correction_id = book.correct(correction, lambda: None)
    assert [one.article_id for one in book.touched(["a", "b"], voice)] == [1, 2, 3, 4]
    assert [one.article_id for one in book.relabel(["a", "b"], voice, correction_id, NOW)] == [1, 2, 3, 4]
    assert [one.article_id for one in book.relabelled_by(correction_id)] == [1, 2, 3, 4]
    assert book.relabel(["a", "b"], voice, None, NOW) == ()


def test_what_is_left_alone_keeps_its_label(filled: Desk) -> None:
    assert SqlControlBook(filled.database).relabel(["a"], lambda article: None, None, NOW) == ()


def test_digests_are_remembered(database: Database) -> None:
    book = SqlControlBook(database)
    book.follow({})
    book.follow({"a": "1", "b": "2"})
    book.follow({"a": "3"})
    assert book.digests() == {"a": "3", "b": "2"}
