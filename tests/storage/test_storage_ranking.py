"""The ranking's shelf: lessons, models, choices, ranks, and the places of the queue that are kept for learning."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from newsdesk.decisions import Draft, Move, State
from newsdesk.errors import NotFound
from newsdesk.learned import WATCH_LIST, Learned, PastEntry, Quality, Report
from newsdesk.ports import QueueFilter
from newsdesk.ranking import Lesson, Model, ModelDamaged, Rank, draw_of, lot_of
from storage.articles import _article_row
from storage.database import Database, migrate, open_database, upgrade
from storage.ranking import PASSED_OVER, SqlRankingBook
from storage.schema import candidates, metadata, ranking_choices, ranking_models
from storage.shelves import SqlDeskShelf
from tests.storage.made import NOW, Desk, judged, later, snapshot
from tests.storage.test_storage_database import SCRIPT

TODAY = NOW.date()
ACCEPT = Draft(Move.ACCEPT, "2026-11", "russia", "Russia sells.")
NOTHING = np.zeros(4, dtype=np.float32)
MODEL = Model("made", {"actor:RU": 0.5}, 1.0, 0.0, NOTHING, {"?": NOTHING}, 0.5, 1.0, 0.0)
REPORT = Report(40, 20, 3, 5, "40 decisions", Quality(0.5, 0.6, None), Quality(0.7, None, 0.1), (), (), ())


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def book(database: Database) -> SqlRankingBook:
    return SqlRankingBook(database)


def learned(adopt: bool = True) -> Learned:
    return Learned(MODEL, REPORT, adopt, "Because.")


def test_only_decisions_that_say_something_of_relevance_are_lessons(desk: Desk, book: SqlRankingBook) -> None:
    ids = [desk.candidate(number, text=f"Texto {number}") for number in range(6)]
    desk.desk.decide(ids[0], ACCEPT, "ana", 0, NOW)
    desk.desk.decide(ids[1], Draft(Move.REJECT, reason="Not relevant"), "ana", 0, NOW)
    desk.desk.decide(ids[2], Draft(Move.REJECT, reason="Duplicate"), "ana", 0, NOW)
    desk.desk.decide(ids[3], Draft(Move.HOLD, until=TODAY + timedelta(days=2)), "ana", 0, NOW)
    desk.desk.decide(ids[4], Draft(Move.REJECT, reason="Not relevant"), "ana", 0, NOW)
    desk.desk.decide(ids[4], Draft(Move.UNDO), "ana", 1, NOW)
    taught = {story.candidate_id: story for story in book.decided(99)}
    assert {one: story.lesson for one, story in taught.items()} == {ids[0]: Lesson.RELEVANT, ids[1]: Lesson.IRRELEVANT}
    assert book.lessons() == 2 and [story.candidate_id for story in book.decided(2)] == [ids[1]]
    told = taught[ids[0]]
    assert (told.title, told.text[:7], told.language, told.outlet_id, told.score, told.at) == (
        "Rusia y Venezuela firman un acuerdo", "Texto 0", "es", "a", 50.0, NOW,
    )  # fmt: skip
    assert told.relevance.matches[0].concept == "actor:RU"


def test_background_is_what_was_passed_over_or_never_proposed(desk: Desk, book: SqlRankingBook) -> None:
    waiting = desk.candidate(1, text="Espera")
    decided = desk.candidate(2, text="Decidido")
    desk.desk.decide(decided, ACCEPT, "ana", 0, NOW)
    low = desk.store(3, text="Poco", score=5.0)
    assert [story.score for story in book.background(10, NOW)] == [5.0]
    late = NOW + PASSED_OVER + timedelta(days=1)
    assert sorted(story.score for story in book.background(10, late)) == [5.0, 50.0]
    assert {story.text for story in book.background(10, late)} == {"Espera", "Poco"}
    assert low.candidate_id is None and waiting


def test_a_model_that_passed_ranks_and_one_that_did_not_is_kept(book: SqlRankingBook) -> None:
    assert book.current() == (WATCH_LIST, None) and book.records() == () and book.choices() == ()
    first = book.keep(learned(), 40, "ana", NOW)
    second = book.keep(learned(adopt=False), 45, "newsdesk", later(hours=1))
    version, model = book.current()
    assert version == first.version and model is not None and model.names == {"actor:RU": 0.5}
    assert [record.version for record in book.records()] == [second.version, first.version]
    assert book.records()[1] == replace(first, report=REPORT)
    assert [(choice.version, choice.chosen_by) for choice in book.choices()] == [(first.version, "ana")]


def test_an_editor_rolls_back_to_a_version_or_to_the_watch_list(book: SqlRankingBook) -> None:
    first, second = (book.keep(learned(), 40, "newsdesk", NOW) for _ in range(2))
    book.choose(first.version, "ana", "The new one likes football.", later(hours=1))
    assert book.current()[0] == first.version
    book.choose(WATCH_LIST, "ana", "Neither is any good.", later(hours=2))
    assert book.current() == (WATCH_LIST, None)
    assert [choice.version for choice in book.choices()] == [WATCH_LIST, first.version, second.version, first.version]
    with pytest.raises(NotFound, match="version 99"):
        book.choose(99, "ana", "", NOW)


def test_a_model_that_was_damaged_is_named(book: SqlRankingBook, database: Database) -> None:
    run = {"trained_at": NOW, "trained_by": "x", "lessons": 1, "adopted": True, "why": "", "report": {}, "model": "{}"}
    with database.writing() as connection:
        connection.execute(sa.insert(ranking_models).values(id=7, **run))
        connection.execute(sa.insert(ranking_choices).values(version=7, chosen_by="x", why="", chosen_at=NOW))
    with pytest.raises(ModelDamaged, match="ranking train"):
        book.current()


def test_past_entries_are_kept_once(book: SqlRankingBook) -> None:
    entries = [PastEntry("Russia sells helicopters.", "en", "tass", "russia", "2020-11"), PastEntry("China builds a port.")]
    assert book.add_past([*entries, entries[0]], NOW) == 2
    assert book.add_past(entries, NOW) == 0 and book.add_past([], NOW) == 0
    assert book.past() == tuple(entries)


def test_ranks_order_the_queue_until_the_story_changes(desk: Desk, book: SqlRankingBook) -> None:
    low, high = desk.candidate(1, score=45.0, text="Uno"), desk.candidate(2, score=90.0, text="Dos", fingerprints=(1, 2, 3))
    assert [item.candidate_id for item in desk.queue_of()] == [high, low]
    assert desk.queue_of()[0].rank is None
    book.keep(learned(), 40, "ana", NOW)
    version, _ = book.current()
    assert [story.candidate_id for story in book.unranked(version, 9)] == [high, low]
    read = {story.candidate_id: story for story in book.unranked(version, 9)}
    changed = replace(read[low], score=44.0)
    book.write_ranks([(changed, Rank(99.0, ()))], version)
    assert len(book.unranked(version, 9)) == 2
    book.write_ranks([(read[low], Rank(80.0, ("likes it",))), (read[high], Rank(20.0, ("does not",)))], version)
    assert book.unranked(version, 9) == () and book.counts() == {version: 2}
    shown = desk.queue_of()
    assert [(item.candidate_id, item.rank, tuple(item.rank_reasons)) for item in shown] == [
        (low, 80.0, ("likes it",)),
        (high, 20.0, ("does not",)),
    ]
    view = desk.desk.candidate(low)
    assert (view.rank, tuple(view.rank_reasons), view.ranked_by) == (80.0, ("likes it",), version)
    desk.store(3, "b.example", score=95.0, text="Dos más", fingerprints=(1, 2, 3))
    assert [story.candidate_id for story in book.unranked(version, 9)] == [high]
    assert [story.candidate_id for story in book.unranked(version + 1, 9)] == [high, low]


def ranked_desk(desk: Desk, count: int) -> list[int]:
    """So many candidates, the best first."""
    return [desk.candidate(number, score=95.0 - number, text=f"Texto {number}") for number in range(count)]


def test_the_first_page_keeps_places_for_stories_from_further_down(desk: Desk) -> None:
    ids = ranked_desk(desk, 30)
    wanted = QueueFilter(TODAY, page_size=10, learn_share=0.2, learn_page=10)
    first = desk.desk.queue(wanted).items
    learning = [item.candidate_id for item in first if item.to_learn]
    assert [place for place, item in enumerate(first) if item.to_learn] == [4, 9]
    assert [item.candidate_id for item in first if not item.to_learn] == ids[:8]
    assert set(learning) <= set(ids[8:])
    every = [item.candidate_id for page in (1, 2, 3) for item in desk.desk.queue(replace(wanted, page=page)).items]
    assert sorted(every) == sorted(ids)
    assert [one for one in every if one not in learning] == [one for one in ids if one not in learning]
    long = desk.desk.queue(replace(wanted, page_size=30)).items
    assert [item.candidate_id for item in long] == every


def test_the_draw_changes_by_the_day_and_not_by_the_view(desk: Desk) -> None:
    ranked_desk(desk, 40)
    wanted = QueueFilter(TODAY, page_size=10, learn_share=0.2, learn_page=10)
    drawn = {
        day: tuple(item.candidate_id for item in desk.desk.queue(replace(wanted, today=TODAY + timedelta(days=day))).items if item.to_learn)
        for day in range(12)
    }
    assert drawn[0] == tuple(item.candidate_id for item in desk.desk.queue(wanted).items if item.to_learn)
    assert len(set(drawn.values())) > 6
    assert 0 <= draw_of(TODAY) < 1 and 0 <= lot_of(1) < 1 and lot_of(1) != lot_of(2)


def test_a_short_queue_and_what_is_decided_hold_no_lots(desk: Desk) -> None:
    ids = ranked_desk(desk, 9)
    wanted = QueueFilter(TODAY, page_size=10, learn_share=0.2, learn_page=10)
    assert not any(item.to_learn for item in desk.desk.queue(wanted).items)
    for one in ids:
        desk.desk.decide(one, Draft(Move.REJECT, reason="Not relevant"), "ana", 0, NOW)
    assert not any(item.to_learn for item in desk.desk.queue(replace(wanted, state=State.REJECTED)).items)
    assert len(desk.desk.queue(replace(wanted, state=State.REJECTED)).items) == 9


def test_an_older_database_keeps_its_order(empty_url: str) -> None:
    """A candidate of the version before is ranked by its score until the ranking has seen it, and has its lot."""
    database = open_database(empty_url)
    with database.engine.connect() as connection:
        upgrade(connection.execution_options(newsdesk_writes=True), SCRIPT, "0009")
    with database.writing() as connection:
        _old(connection, "stories", id=5, began_at=NOW)
        named = {"key": "k", "address": "a", "outlet_id": "a", "source_id": "a/feed"}
        times = {"attempts": 0, "first_seen_at": NOW, "next_try_at": NOW, "detail": "", "changed_at": NOW}
        _old(connection, "links", id=1, announcement={}, **named, **times)
        _old(connection, "articles", **{**_article_row(connection, 1, 5, judged(1), snapshot(1), NOW), "id": 1})
        facts = {"reasons": [], "sections": [], "actors": [], "outlet_id": "a", "label": "unknown", "state": "waiting"}
        _old(
            connection,
            "candidates",
            id=3,
            story_id=5,
            article_id=1,
            proposed_at=NOW,
            score=62.5,
            articles_in_story=1,
            decision_count=0,
            **facts,
        )
    migrate(database)
    with database.reading() as connection:
        row = connection.execute(sa.select(candidates)).one()
    assert (row.rank, row.ranked_by, row.lot) == (62.5, None, lot_of(5))
    (item,) = SqlDeskShelf(database).queue(QueueFilter(TODAY)).items
    assert item.rank is None and item.score == 62.5
    assert [story.candidate_id for story in SqlRankingBook(database).unranked(WATCH_LIST, 9)] == [3]
    database.close()


def _old(connection: sa.Connection, name: str, **values: object) -> None:
    """Insert into a table as an earlier version made it."""
    present = {column["name"] for column in sa.inspect(connection).get_columns(name)}
    connection.execute(sa.insert(metadata.tables[name]).values(**{key: value for key, value in values.items() if key in present}))
