"""Origins in the database: kept, followed across copies in whatever order they arrive, and relabelled with the statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from newsdesk.decisions import Draft, Move
from newsdesk.judging import JudgedArticle
from newsdesk.labels import Label, Origin, OriginKind, Provenance
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.ports import QueueFilter
from newsdesk.voices import Voices, voice_of
from storage.control import Labelled, SqlControlBook
from storage.database import Database
from storage.schema import articles, relabellings
from storage.shelves import SqlArticleShelf
from tests.storage.made import NOW, Desk, judged, later, same_text, snapshot

TEXT = " ".join(f"The {number}th truck crossed the bridge with a load that nobody at the gate had asked to see." for number in range(9))
STATE = Provenance(Label.STATE_MEDIA, "RU", None, "A is state-controlled media.")
PRIVATE = Provenance(Label.NOT_STATE_MEDIA, None, None, "B is private media.")
DATELINE = Origin(OriginKind.DATELINE, "TASS", "tass", "RU", Label.STATE_MEDIA, "(TASS)", "text", 8, 14, None, "TASS is controlled.")


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    made.shelf = SqlArticleShelf(database, same_text, 40.0, str.upper)
    return made


def store(
    desk: Desk,
    number: int,
    host: str,
    publisher: Provenance,
    *origins: Origin,
    text: str = TEXT,
    at: datetime = NOW,
    day_only: bool = False,
) -> int:
    one: JudgedArticle = judged(number, host, text=text, fingerprints=(1, 2, 3), published=at)
    one = replace(one, provenance=voice_of(publisher, origins), publisher=publisher, origins=origins)
    if day_only:
        one = replace(one, article=replace(one.article, published=Hinted(Moment.of_day(at.date()), Hint.JSON_LD)))
    return desk.shelf.store(desk.link(number, host).id, one, snapshot(number, host), NOW).article_id


def test_origins_and_the_publishers_own_label_are_kept(desk: Desk) -> None:
    stored = desk.shelf.article(store(desk, 1, "b.example", PRIVATE, DATELINE))
    assert (stored.label, stored.origins, stored.publisher) == ("state_media", (DATELINE,), PRIVATE)
    assert stored.label_why.startswith("Not state media; relays TASS: “(TASS)” in the dateline. TASS is controlled.")


def test_what_an_earlier_version_stored_is_not_looked_for(desk: Desk) -> None:
    stored = desk.shelf.article(desk.store(1, "b.example").article_id)
    assert (stored.origins, stored.publisher) == ((), None)
    with desk.database.reading() as connection:
        assert connection.execute(sa.select(articles.c.origins, articles.c.publisher)).one() == (None, None)


@pytest.mark.parametrize("first", ["source", "copy"])
def test_a_silent_copy_is_labelled_whichever_arrives_first(desk: Desk, first: str) -> None:
    if first == "source":
        source, copy = store(desk, 1, "a.example", STATE), store(desk, 2, "b.example", PRIVATE, at=later(hours=2))
    else:
        copy, source = store(desk, 2, "b.example", PRIVATE, at=later(hours=2)), store(desk, 1, "a.example", STATE)
    told = desk.shelf.article(copy)
    (origin,) = told.origins
    assert (told.label, origin.kind, origin.name, origin.article_id) == ("state_media", OriginKind.COPY, "A", source)
    assert f"relays A: the text of article {source}" in told.label_why
    assert desk.shelf.article(source).origins == ()
    (item,) = desk.queue_of()
    assert item.label is Label.STATE_MEDIA
    with desk.database.reading() as connection:
        logged = connection.execute(sa.select(relabellings.c.article_id, relabellings.c.label_after)).all()
    assert logged == ([] if first == "source" else [(copy, "state_media")])


def test_who_was_first_keeps_its_label(desk: Desk) -> None:
    store(desk, 1, "a.example", STATE, at=later(hours=2))
    original = desk.shelf.article(store(desk, 2, "b.example", PRIVATE))
    assert (original.label, original.origins) == ("not_state_media", ())


def test_a_day_that_was_corrected_turns_the_order_round(desk: Desk) -> None:
    source, copy = store(desk, 1, "a.example", STATE), store(desk, 2, "b.example", PRIVATE, at=later(hours=2))
    assert desk.shelf.article(copy).label == "state_media"
    corrected = judged(2, "b.example", text=TEXT, published=later(hours=-5))
    corrected = replace(corrected, provenance=PRIVATE, publisher=PRIVATE)
    with desk.database.reading() as connection:
        link_id = connection.scalar(sa.select(articles.c.link_id).where(articles.c.id == copy))
    desk.shelf.store(link_id, corrected, snapshot(2, "b.example"), NOW)
    assert (desk.shelf.article(copy).label, desk.shelf.article(copy).origins) == ("not_state_media", ())
    assert desk.shelf.article(source).label == "state_media"
    assert desk.queue_of()[0].label is Label.NOT_STATE_MEDIA


def test_a_reprint_of_a_reprint_leads_to_the_agency(desk: Desk) -> None:
    first = store(desk, 1, "b.example", PRIVATE, DATELINE)
    second = desk.shelf.article(store(desk, 2, "c.example", PRIVATE, at=later(hours=1)))
    (origin,) = second.origins
    assert (second.label, origin.name, origin.article_id) == ("state_media", "TASS", first)


def test_days_without_hours_leave_it_unknown_until_it_is_known(desk: Desk) -> None:
    store(desk, 1, "a.example", STATE, day_only=True)
    copy = store(desk, 2, "b.example", PRIVATE, day_only=True)
    told = desk.shelf.article(copy)
    assert told.label == "unknown" and told.origins[0].unsure
    store(desk, 3, "a.example", STATE, at=later(days=-2))
    told = desk.shelf.article(copy)
    assert told.label == "state_media" and not told.origins[0].unsure


def test_the_queue_says_whose_report_it_is(desk: Desk) -> None:
    store(desk, 1, "b.example", PRIVATE, DATELINE)
    (item,) = desk.desk.queue(QueueFilter(today=NOW.date())).items
    assert item.relayed == "Not state media; relays TASS: “(TASS)” in the dateline"


def test_the_entry_of_a_relay_is_state_media(desk: Desk) -> None:
    store(desk, 1, "b.example", PRIVATE, DATELINE)
    (item,) = desk.queue_of()
    draft = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="It was so.")
    desk.desk.decide(item.candidate_id, draft, "ana", 0, NOW)
    (entry,) = desk.desk.entries("2026-11")
    assert entry.label is Label.STATE_MEDIA and "relays TASS" in entry.label_why


def test_a_correction_of_the_agencys_control_reaches_those_who_relay_it(desk: Desk) -> None:
    relay = store(desk, 1, "b.example", PRIVATE, DATELINE)
    old = desk.store(9, "c.example", text="Otra cosa.", label=Label.NOT_STATE_MEDIA).article_id

    def freed(article: Labelled) -> Voices:
        assert article.article_id == relay, "an article that relays nobody is left alone"
        origins = tuple(replace(each, label=Label.NOT_STATE_MEDIA, controller=None) for each in article.origins or ())
        return Voices(voice_of(PRIVATE, origins), PRIVATE, origins)

    book = SqlControlBook(desk.database)
    assert [(each.article_id, each.after) for each in book.touched(["tass"], freed)] == [(relay, Label.NOT_STATE_MEDIA)]
    book.relabel(["tass"], freed, None, NOW)
    told = desk.shelf.article(relay)
    assert (told.label, told.origins[0].label) == ("not_state_media", Label.NOT_STATE_MEDIA)
    assert desk.shelf.article(old).label == "not_state_media"
    assert book.relabel(["tass"], freed, None, NOW) == ()
