"""Pages that changed or went, as the editor sees them; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdesk.decisions import Draft, Move
from newsdesk.labels import Label
from newsdesk.versions import Found, ReadingEnd, changes_between, next_reading
from storage.database import Database
from storage.shelves import SqlPageShelf, SqlRenewals
from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.review.conftest import Editor
from tests.review.test_review_on_databases import desk, editor  # noqa: F401
from tests.storage.made import NOW, Desk, judged, later, snapshot

TEXT = "El acuerdo se firmó en Caracas.\nMurieron 8 personas en la tormenta.\nTercer párrafo.\nCuarto párrafo."
NEWER = TEXT.replace("8 personas", "11 personas")
HOSTILE = "<script>alert(1)</script> \u202eoculto"


def change(desk: Desk, article_id: int, text: str, title: str = "Rusia y Venezuela firman un acuerdo", hours: float = 1) -> None:  # noqa: F811
    pages = SqlPageShelf(desk.database)
    read_at = later(hours=hours)
    newest = pages.histories([article_id])[article_id].versions[-1]
    article = judged(1, title=title, text=text).article
    changes = changes_between(newest.title, newest.text, title, text)
    end = ReadingEnd(article_id, Found.CHANGED, changes.summary, read_at, 200, article=article, snapshot=snapshot("again"), changes=changes)
    pages.record(end, next_reading(NOW, read_at))


def go(desk: Desk, article_id: int, hours: float) -> None:  # noqa: F811
    read_at = later(hours=hours)
    end = ReadingEnd(article_id, Found.MISSING, "The host says that the page is gone for good (410).", read_at, 410)
    SqlPageShelf(desk.database).record(end, next_reading(NOW, read_at))


def accept(desk: Desk, candidate: int) -> None:  # noqa: F811
    draft = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="A report.")
    desk.desk.decide(candidate, draft, "ana", 0, later(minutes=30))


def test_a_page_that_did_not_change_says_nothing(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    assert "The page has changed" not in editor.get(f"/candidates/{candidate}").text


def test_a_changed_page_shows_the_words(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    change(desk, 1, NEWER)
    html = editor.get(f"/candidates/{candidate}").text
    assert "The page has changed" in html and "Murieron <del>8</del><ins>11</ins> personas" in html
    assert "figures changed (−8, +11)" in html and "2 paragraphs unchanged" in html
    assert "after the entry was decided" not in html
    assert "Murieron 8 personas" in html, "the text that was read is still the one shown"


@pytest.mark.parametrize("hours", [0.4, 3])
def test_an_entry_is_marked_only_when_its_page_changed_after_the_decision(desk: Desk, editor: Editor, hours: float) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    accept(desk, candidate)
    change(desk, 1, NEWER, hours=hours)
    marked = hours > 0.5
    assert ("The cited page has changed since" in editor.get("/edition/2026-11").text) is marked
    assert ("changed since. Look at it again." in editor.get("/edition/2026-11").text) is marked, "the check notes it too"
    assert ("after the entry was decided" in editor.get(f"/candidates/{candidate}").text) is marked


def test_saving_the_entry_takes_the_mark_away(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    accept(desk, candidate)
    change(desk, 1, NEWER)
    edit = Draft(Move.EDIT, edition="2026-11", section_id="russia", report="A better report.")
    desk.desk.decide(candidate, edit, "ana", 1, later(hours=2))
    assert "has changed since" not in editor.get("/edition/2026-11").text


def test_a_comma_marks_no_entry(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    accept(desk, candidate)
    change(desk, 1, TEXT.replace("Caracas.", "Caracas,"))
    assert "has changed since" not in editor.get("/edition/2026-11").text
    assert "Only punctuation" in editor.get(f"/candidates/{candidate}").text


def test_what_judging_the_newer_text_changed_is_told(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT, label=Label.NOT_STATE_MEDIA)
    accept(desk, candidate)
    change(desk, 1, TEXT.replace("Caracas.", "Caracas (TASS)."))
    book = SqlRenewals(desk.database, desk.shelf)
    assert book.rejudge(book.to_judge(1, 2), judged(1, text=NEWER, label=Label.STATE_MEDIA), later(hours=2))
    html = editor.get(f"/candidates/{candidate}").text
    assert "The label is “state media” now; it was “not state media”." in html and "those of the newest version" in html
    assert "after the entry was decided" in html
    edition = editor.get("/edition/2026-11").text
    assert "The cited page has changed since, and its label with it" in edition
    assert "its label with it. Look at it again." in edition, "the check notes it too"


@pytest.mark.parametrize("hours", [0.4, 3])
def test_the_queue_tells_what_became_of_a_held_page(desk: Desk, editor: Editor, hours: float) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT, label=Label.NOT_STATE_MEDIA)
    desk.candidate(2, "b.example", text="Otro texto.")
    desk.desk.decide(candidate, Draft(Move.HOLD, until=later(days=9).date()), "ana", 0, later(hours=1))
    change(desk, 1, TEXT.replace("Caracas.", "Caracas (TASS)."), hours=hours)
    book = SqlRenewals(desk.database, desk.shelf)
    book.rejudge(book.to_judge(1, 2), judged(1, text=NEWER, label=Label.STATE_MEDIA), later(hours=hours))
    held = editor.get("/?view=held").text
    assert ("Its page has changed since, and its label with it" in held) is (hours > 1)
    assert "Its page has changed" not in editor.get("/").text


def test_a_page_that_went_is_told(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    accept(desk, candidate)
    go(desk, 1, hours=6)
    html = editor.get(f"/candidates/{candidate}").text
    assert "The page is gone" in html and "gone for good (410)" in html
    assert "The cited page is gone" in editor.get("/edition/2026-11").text


def test_a_hostile_version_stays_dead(desk: Desk, editor: Editor) -> None:  # noqa: F811
    candidate = desk.candidate(1, text=TEXT)
    change(desk, 1, f"{TEXT}\n{HOSTILE}", title=HOSTILE)
    html = editor.get(f"/candidates/{candidate}").text
    assert "<ins>&lt;script&gt;" in html and "<script>alert" not in html and "\u202e" not in html


def test_only_what_stands_before_the_editors_is_read_again(database: Database) -> None:  # noqa: F811
    made, pages = Desk(database), SqlPageShelf(database)
    waiting, rejected, low = made.candidate(1, text="Uno."), made.candidate(2, text="Dos."), made.store(3, score=1.0, text="Tres.")
    made.desk.decide(rejected, Draft(Move.REJECT, reason="old"), "ana", 0, NOW)
    assert waiting and low.candidate_id is None
    assert pages.due_outlets(later(minutes=59)) == ()
    at = later(hours=1)
    assert pages.due_outlets(at) == ("a",)
    assert [page.article_id for page in pages.due("a", 9, at)] == [1]
    made.desk.decide(rejected, Draft(Move.UNDO), "ana", 1, NOW)
    assert [page.article_id for page in pages.due("a", 9, at)] == [1, 2]
    assert [page.article_id for page in pages.due("a", 1, at)] == [1]


def test_a_low_article_joins_the_watch_with_its_story(database: Database) -> None:  # noqa: F811
    made, pages = Desk(database), SqlPageShelf(database)
    made.store(1, score=1.0, fingerprints=(1, 2, 3), text="Copia uno.")
    made.store(2, "b.example", score=80.0, fingerprints=(1, 2, 3), text="Copia dos.")
    assert pages.due_outlets(later(days=1)) == ("a", "b")


def test_what_is_remembered_of_a_page(database: Database) -> None:  # noqa: F811
    made, pages = Desk(database), SqlPageShelf(database)
    made.candidate(1, text=TEXT)
    (page,) = pages.due("a", 9, later(hours=1))
    assert page.validators is None and page.body_digest == snapshot().digest and (page.number, page.text) == (1, TEXT)
    change(made, 1, NEWER)
    (page,) = pages.due("a", 9, later(hours=6))
    assert (page.number, page.text) == (2, NEWER) and page.newest.record_id == snapshot("again").record_id
    go(made, 1, hours=7)
    assert pages.histories([1, 77])[1].missing_since == later(hours=7)
    end = ReadingEnd(1, Found.SAME_TEXT, "", later(hours=25), 200)
    pages.record(end, next_reading(NOW, end.read_at))
    assert pages.histories([1])[1].missing_since is None
    pages.postpone(1, later(days=30))
    assert pages.due_outlets(later(days=29)) == ()
    assert [line.found for line in pages.readings(NOW)] == [Found.CHANGED, Found.MISSING, Found.SAME_TEXT]
    assert pages.version_counts() == {1: 2}
    assert timedelta(0) < pages.readings(NOW)[0].read_at - NOW
