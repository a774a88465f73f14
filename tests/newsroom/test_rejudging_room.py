"""A page that changed is judged anew: the article's judgement is that of the newest text, and nothing that was decided moves."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from newsdesk.anew import ToJudge
from newsdesk.decisions import Draft, Move, State
from newsdesk.errors import NotFound
from newsdesk.judging import JudgedArticle, Match, TermKind
from newsdesk.labels import Label, Origin, OriginKind, Provenance
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.ports import QueueFilter, ReadPage
from newsdesk.versions import Found, ReadingEnd, changes_between, next_reading
from newsdesk.voices import voice_of
from newsroom.rejudging import Rejudged, RejudgingRoom
from newsroom.retelling import RetellingRoom
from storage import joining
from storage.anew import SqlRenewals
from storage.database import Database
from storage.schema import articles, judgements, relabellings, tellings
from storage.shelves import SqlArticleShelf, SqlPageShelf
from tests.newsroom.test_retelling_room import ByNumber
from tests.storage.made import NOW, judged, later, same_text, snapshot
from tests.storage.told import StoryRoom, by_closeness, telling

TEXT = "El acuerdo se firmó en Caracas ante los ministros de los dos países.\nSegundo párrafo del acuerdo, con sus cifras."
NEWER = f"{TEXT}\nFuente: TASS."
PRIVATE = Provenance(Label.NOT_STATE_MEDIA, None, None, "B is private media.")
BYLINE = Origin(OriginKind.CREDIT, "TASS", "tass", "RU", Label.STATE_MEDIA, "Fuente: TASS", "text", 8, 20, None, "TASS is controlled.")
DRAFT = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="A report.")


@pytest.fixture(autouse=True)
def compared_by_closeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "same_story_many", by_closeness)


@pytest.fixture
def desk(database: Database) -> StoryRoom:
    return StoryRoom(database)


def private(number: int, text: str = TEXT, *origins: Origin, **what: Any) -> JudgedArticle:
    """What is judged of a text: a private outlet's, with the origins that it names."""
    one = judged(number, text=text, **what)
    return replace(one, provenance=voice_of(PRIVATE, origins), publisher=PRIVATE, origins=origins, telling=telling(1, 0.0, NOW.date()))


def stored(desk: StoryRoom, number: int = 1, text: str = TEXT, *origins: Origin, host: str = "a.example") -> Any:
    (one,) = desk.shelf.store_many([ReadPage(desk.link(number, host).id, private(number, text, *origins), snapshot(number, host))], NOW)
    return one


def changed(desk: StoryRoom, article_id: int, text: str = NEWER, hours: float = 1) -> None:
    pages = SqlPageShelf(desk.database)
    newest = pages.histories([article_id])[article_id].versions[-1]
    article = replace(judged(1, text=text).article, published=None)  # what the page states later of its day is not taken
    changes = changes_between(newest.title, newest.text, newest.title, text)
    read_at = later(hours=hours)
    end = ReadingEnd(article_id, Found.CHANGED, changes.summary, read_at, 200, article=article, snapshot=snapshot("again"), changes=changes)
    pages.record(end, next_reading(NOW, read_at))


def by_text(asked: ToJudge) -> JudgedArticle:
    """Finds TASS where the text names it, and thirty points more."""
    origins = (BYLINE,) if "TASS" in asked.article.text else ()
    one = private(asked.article_id, asked.article.text, *origins, score=80.0 if origins else 50.0)
    return replace(one, article=asked.article, telling=telling(3 if origins else 1, 0.0, NOW.date()))


def rejudging(desk: StoryRoom, judge: Callable[[ToJudge], JudgedArticle] = by_text) -> RejudgingRoom:
    return RejudgingRoom(SqlRenewals(desk.database, desk.shelf, str.upper), judge)


def rows(desk: StoryRoom, table: sa.Table) -> Sequence[Any]:
    with desk.database.reading() as connection:
        return connection.execute(sa.select(table).order_by(*table.primary_key)).all()


def test_a_state_agencys_byline_that_was_added_gives_the_label(desk: StoryRoom) -> None:
    one = stored(desk)
    assert rejudging(desk).judge_changed(later(hours=1)) == Rejudged()
    changed(desk, one.article_id)
    assert rejudging(desk).judge_changed(later(hours=2)) == Rejudged(1, 1)
    article = desk.shelf.article(one.article_id)
    assert (article.label, article.origins, article.publisher) == ("state_media", (BYLINE,), PRIVATE)
    assert article.article.text == TEXT, "the text on the shelf stays the first"
    (item,) = desk.desk.queue(QueueFilter(today=NOW.date())).items
    assert (item.label, item.score) == (Label.STATE_MEDIA, 80.0) and "relays TASS" in item.relayed
    version = SqlPageShelf(desk.database).histories([one.article_id])[one.article_id].versions[1]
    assert version.relabels and version.judged_at == later(hours=2)
    assert [sentence[:24] for sentence in version.news] == [
        "The label is “state medi",
        "The text now relays TASS",
        "The score rose from 50 t",
    ]
    (line,) = rows(desk, relabellings)
    assert (line.label_before, line.label_after, line.correction_id) == ("not_state_media", "state_media", None)
    assert rejudging(desk).judge_changed(later(hours=3)) == Rejudged(), "once"


def test_every_judgement_is_kept(desk: StoryRoom) -> None:
    one = stored(desk)
    for hours, text in ((1, NEWER), (2, TEXT), (3, f"{NEWER} Otra vez.")):
        changed(desk, one.article_id, text, hours)
        rejudging(desk).judge_changed(later(hours=hours))
    kept = [(row.number, row.judged["label"], row.judged["score"], row.relabels) for row in rows(desk, judgements)]
    assert kept == [
        (1, "not_state_media", 50.0, False),
        (2, "state_media", 80.0, True),
        (3, "not_state_media", 50.0, True),
        (4, "state_media", 80.0, True),
    ]
    assert desk.shelf.article(one.article_id).label == "state_media"


def test_only_the_newest_of_several_versions_is_judged(desk: StoryRoom) -> None:
    one = stored(desk)
    changed(desk, one.article_id, NEWER)
    changed(desk, one.article_id, f"{TEXT} Corregido.", 2)
    assert rejudging(desk).judge_changed(later(hours=3)) == Rejudged(1, 0)
    assert [row.number for row in rows(desk, judgements)] == [1, 3]


def test_what_editors_decided_stays_and_the_entry_is_marked(desk: StoryRoom) -> None:
    one = stored(desk)
    desk.desk.decide(one.candidate_id, DRAFT, "ana", 0, NOW)
    changed(desk, one.article_id)
    rejudging(desk).judge_changed(later(hours=2))
    view = desk.desk.candidate(one.candidate_id)
    assert view.standing.state is State.ACCEPTED and view.standing.count == 1 and view.article.story_id == one.story_id
    (entry,) = desk.desk.entries("2026-11")
    assert (entry.report, entry.section_id, entry.label) == ("A report.", "russia", Label.STATE_MEDIA)
    assert entry.page_news == "The cited page has changed since, and its label with it"
    assert rows(desk, relabellings)[0].edition == "2026-11"
    desk.desk.decide(one.candidate_id, replace(DRAFT, move=Move.EDIT), "ana", 1, later(hours=3))
    assert desk.desk.entries("2026-11")[0].page_news == ""


def test_marks_stand_where_they_were_found_in_the_text_that_is_shown(desk: StoryRoom) -> None:
    one = stored(desk)
    match = Match("text", 90, 94, "Kuba", "place:CU", TermKind.PLACE)

    def elsewhere(asked: ToJudge) -> JudgedArticle:
        found = by_text(asked)
        return replace(found, relevance=replace(found.relevance, matches=(match,)))

    before = desk.desk.candidate(one.candidate_id)
    changed(desk, one.article_id)
    rejudging(desk, elsewhere).judge_changed(later(hours=2))
    view = desk.desk.candidate(one.candidate_id)
    assert view.matches == before.matches and view.origins_shown == () and view.article.origins == (BYLINE,)


def test_the_day_stays_and_the_event_is_looked_for_by_the_newer_words(desk: StoryRoom) -> None:
    one = stored(desk)
    published = desk.shelf.article(one.article_id).article.published
    changed(desk, one.article_id)
    asked: list[ToJudge] = []

    def noted(which: ToJudge) -> JudgedArticle:
        asked.append(which)
        return by_text(which)

    rejudging(desk, noted).judge_changed(later(hours=2))
    assert asked[0].article.published == published and asked[0].article.text == NEWER
    assert (asked[0].key, asked[0].outlet_id, asked[0].source_id) == ("a.example/news/1", "a", "a/feed")
    assert desk.report(1, 0.05, "b.example").story_id != one.story_id
    assert desk.report(3, 0.05, "b.example").story_id == one.story_id
    (row,) = [row for row in rows(desk, tellings) if row.article_id == one.article_id]
    assert row.day == NOW.date()


def test_telling_anew_tells_the_words_that_were_judged(desk: StoryRoom) -> None:
    one = stored(desk)
    changed(desk, one.article_id)
    book = SqlRenewals(desk.database, desk.shelf)
    (before,) = book.to_tell([one.article_id])
    rejudging(desk).judge_changed(later(hours=2))
    (after,) = book.to_tell([one.article_id])
    assert (before.text, before.number, after.text, after.number) == (TEXT, 1, NEWER, 2)
    assert book.retell([(before, telling(5, 0.0, NOW.date()))]) == 0, "told from words that were judged over since"
    assert RetellingRoom(book, lambda: NOW, ByNumber).tell([one.article_id]).told == 1


def test_a_copy_stays_a_copy_and_passes_the_origin_on(desk: StoryRoom) -> None:
    desk.shelf = SqlArticleShelf(desk.database, same_text, 40.0, str.upper)
    long = " ".join(f"La {number}a columna de camiones cruzó el puente con una carga que nadie quiso ver." for number in range(9))
    first = replace(private(1, long), fingerprints=(1, 2, 3))
    second = replace(
        private(2, long, published=later(hours=1)),
        key="b.example/news/2",
        outlet_id="b",
        fingerprints=(1, 2, 3),
    )
    (one,) = desk.shelf.store_many([ReadPage(desk.link(1).id, first, snapshot(1))], NOW)
    (two,) = desk.shelf.store_many([ReadPage(desk.link(2, "b.example").id, second, snapshot(2, "b.example"))], NOW)
    assert one.story_id == two.story_id and desk.shelf.article(two.article_id).label == "not_state_media"
    changed(desk, one.article_id, f"{long}\nFuente: TASS.")
    rejudging(desk).judge_changed(later(hours=2))
    copy = desk.shelf.article(two.article_id)
    assert copy.label == "state_media" and copy.origins[0].kind is OriginKind.COPY
    changed(desk, two.article_id, f"{long}\nUna línea.", 3)
    assert rejudging(desk).judge_changed(later(hours=4)) == Rejudged(1, 0)
    assert desk.shelf.article(two.article_id).origins == copy.origins


def test_one_that_cannot_be_judged_costs_only_itself(desk: StoryRoom, caplog: pytest.LogCaptureFixture) -> None:
    ends = [stored(desk, number, f"Texto{number} {TEXT}") for number in (1, 2, 3)]
    for end in ends:
        changed(desk, end.article_id)

    def judge(asked: ToJudge) -> JudgedArticle:
        if asked.article_id == ends[0].article_id:
            raise ValueError("made to fail")
        if asked.article_id == ends[1].article_id:
            raise NotFound("no such outlet any more")
        return by_text(asked)

    room = rejudging(desk, judge)
    with caplog.at_level(logging.ERROR):
        assert room.judge_changed(later(hours=2)) == Rejudged(1, 1, 2)
        assert room.judge_changed(later(hours=2)) == Rejudged()
    assert [record.levelname for record in caplog.records] == ["ERROR"], "an outlet that left the configuration is no fault"
    assert rejudging(desk).judge_changed(later(hours=2)) == Rejudged(2, 2), "the next process tries again"


def test_what_changed_long_ago_stays_judged_as_it_was(desk: StoryRoom) -> None:
    one = stored(desk)
    changed(desk, one.article_id)
    assert rejudging(desk).judge_changed(later(days=31)) == Rejudged()


def test_an_article_that_is_dated_anew_is_judged_again_for_its_day(desk: StoryRoom) -> None:
    one = stored(desk)
    changed(desk, one.article_id)
    rejudging(desk).judge_changed(later(hours=2))
    earlier = Hinted(Moment.of_instant(later(days=-2)), Hint.FEED)
    again = private(1)
    link = desk.ledger.ends()[0]
    with desk.database.reading() as connection:
        link_id = connection.scalar(sa.select(articles.c.link_id))
    assert link.article_id == one.article_id
    again = replace(again, article=replace(again.article, published=earlier))
    desk.shelf.store_many([ReadPage(int(link_id or 0), again, snapshot(1))], later(hours=3))
    assert desk.shelf.article(one.article_id).label == "not_state_media"
    assert rejudging(desk).judge_changed(later(hours=4)) == Rejudged(1, 1)
    article = desk.shelf.article(one.article_id)
    assert article.label == "state_media" and article.article.published == earlier
    assert [(row.number, row.judged["score"]) for row in rows(desk, judgements)] == [(1, 50.0), (2, 80.0), (1, 50.0), (2, 80.0)]


def test_a_version_judged_while_a_newer_one_came_is_left_for_it(desk: StoryRoom) -> None:
    one = stored(desk)
    changed(desk, one.article_id)
    book = SqlRenewals(desk.database, desk.shelf)
    asked = book.to_judge(one.article_id, 2)
    changed(desk, one.article_id, f"{TEXT} Corregido.", 2)
    assert book.rejudge(asked, by_text(asked), later(hours=2)) is None
    assert rows(desk, judgements) == [] and desk.shelf.article(one.article_id).label == "not_state_media"
