"""What older rules told is told anew: newest first, a few at a time, without moving any article, until none is left."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

import scheduler
from newsdesk.anew import Retold
from newsdesk.decisions import Draft, Move
from newsdesk.meaning import Vectors
from newsdesk.telling import TELLING_VERSION
from newsroom.retelling import AT_ONCE, RetellingRoom
from storage import joining
from storage.anew import SqlRenewals
from storage.database import Database
from storage.schema import articles, story_links, tellings
from storage.tellings import kind_now
from tests.desk.desks import desk_in, outlet_at
from tests.storage.made import NOW, later
from tests.storage.told import WIDTH, StoryRoom, by_closeness, telling

OLD = "another"


class ByNumber:
    """An encoder to which "Suceso 3" means the axis of event 3; it cannot read what is untellable."""

    name, width, opening = "made", WIDTH, 60

    def encode(self, texts: Sequence[str]) -> Vectors:
        if any("untellable" in text for text in texts):
            raise ValueError("made to fail")
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for at, text in enumerate(texts):
            found = re.search(r"Suceso (\d+)", text)
            rows[at, 2 * int(found[1]) if found else 0] = 1
        return rows


@pytest.fixture(autouse=True)
def compared_by_closeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "same_story_many", by_closeness)


@pytest.fixture
def desk(database: Database) -> StoryRoom:
    return StoryRoom(database)


def retelling(desk: StoryRoom) -> RetellingRoom:
    return RetellingRoom(SqlRenewals(desk.database, desk.shelf), lambda: later(hours=1), ByNumber)


def old_report(desk: StoryRoom, event: int, **what: Any) -> Any:
    return desk.report(event, encoder=OLD, **{"title": f"Suceso {event}", **what})


def told_by(desk: StoryRoom) -> dict[int, str]:
    with desk.database.reading() as connection:
        return {row.article_id: row.version for row in connection.execute(sa.select(tellings.c.article_id, tellings.c.version))}


def test_new_reports_find_what_was_told_anew_and_nothing_else_moves(desk: StoryRoom) -> None:
    first, other = old_report(desk, 1), old_report(desk, 2)
    untold = desk.report(None, title="Suceso 3", text="Tercera es la primera palabra.")
    assert retelling(desk).untold(NOW) == [untold.article_id, other.article_id, first.article_id], "the newest first"
    assert retelling(desk).tell_anew(NOW) == Retold(3)
    assert desk.stories(first, other, untold) == [first.story_id, other.story_id, untold.story_id]
    with desk.database.reading() as connection:
        assert connection.execute(sa.select(story_links)).all() == []
    assert set(told_by(desk).values()) == {kind_now("made")} == {f"made {TELLING_VERSION}"}
    assert retelling(desk).tell_anew(NOW) == Retold()
    for event, before in ((1, first), (2, other), (3, untold)):
        assert desk.report(event, 0.05, "b.example").story_id == before.story_id


def test_it_is_found_also_where_the_days_were_looked_at_before(desk: StoryRoom) -> None:
    desk.report(5)
    first = old_report(desk, 1)
    assert desk.report(6).story_id != first.story_id
    retelling(desk).tell_anew(NOW)
    assert desk.report(1, 0.05, "b.example").story_id == first.story_id


def test_days_past_are_left_out_unless_their_story_is_open_or_all_are_asked_for(desk: StoryRoom) -> None:
    past = NOW - timedelta(days=30)
    unproposed = old_report(desk, 1, published=past, score=5.0)
    waits, decided = old_report(desk, 2, published=past), old_report(desk, 3, published=past)
    recent = old_report(desk, 4, score=5.0)
    desk.desk.decide(decided.candidate_id, Draft(Move.REJECT, reason="old"), "ana", 0, NOW)
    assert retelling(desk).untold(NOW) == [recent.article_id, waits.article_id]
    ids = [one.article_id for one in (recent, decided, waits, unproposed)]
    assert retelling(desk).untold(NOW, everything=True) == ids
    room = retelling(desk)
    assert room.tell(room.untold(NOW, everything=True)) == Retold(4)
    assert desk.report(1, 0.05, "b.example", published=past).story_id == unproposed.story_id


def test_one_that_cannot_be_told_costs_only_itself_and_is_tried_again_by_the_next_process(desk: StoryRoom) -> None:
    good, bad, well = old_report(desk, 1), old_report(desk, 2, title="untellable"), old_report(desk, 3)
    room = retelling(desk)
    assert room.tell_anew(NOW) == Retold(2, failed=1)
    assert room.tell_anew(NOW) == Retold(), "and does not come back every ten minutes"
    assert retelling(desk).untold(NOW) == [bad.article_id]
    assert {one for one, kind in told_by(desk).items() if kind == kind_now("made")} == {good.article_id, well.article_id}


def test_what_was_cut_goes_on_with_what_is_left(desk: StoryRoom) -> None:
    reports = [old_report(desk, number % 9) for number in range(AT_ONCE + 5)]
    room = retelling(desk)
    steps: list[int] = []

    def step(count: int) -> None:
        steps.append(count)
        room.stop()

    assert room.tell(room.untold(NOW), step=step) == Retold(AT_ONCE, left=5)
    assert steps == [AT_ONCE]
    assert retelling(desk).untold(NOW) == [one.article_id for one in reversed(reports[:5])]
    assert retelling(desk).tell_anew(NOW) == Retold(5)


def test_a_day_that_changed_meanwhile_is_not_overwritten(desk: StoryRoom) -> None:
    first = old_report(desk, 1)
    book = SqlRenewals(desk.database, desk.shelf)
    (asked,) = book.to_tell([first.article_id])
    with desk.database.writing() as connection:
        connection.execute(sa.update(articles).values(published_on=later(days=-3).date()))
    assert book.retell([(asked, telling(1, 0.0, asked.published_on))]) == 0
    assert book.retell([(book.to_tell([first.article_id])[0], telling(1, 0.0, later(days=-3).date()))]) == 1
    with desk.database.reading() as connection:
        assert connection.scalar(sa.select(tellings.c.day)) == later(days=-3).date()


def test_a_transaction_that_was_not_kept_is_forgotten(desk: StoryRoom) -> None:
    first = old_report(desk, 1)
    desk.report(7)  # the days are in memory now
    with pytest.raises(RuntimeError), desk.shelf.storing() as (connection, held):
        held.tell_anew(connection, [(first.article_id, telling(1, 0.0, NOW.date()), NOW.date())])
        raise RuntimeError
    assert desk.report(1, 0.05, "b.example").story_id != first.story_id
    assert told_by(desk)[first.article_id].startswith(OLD)


def test_what_came_meanwhile_is_suggested_to_editors_and_joins_nothing(desk: StoryRoom) -> None:
    first, other = old_report(desk, 1), old_report(desk, 2)
    room = retelling(desk)
    came: list[Any] = []

    def step(count: int) -> None:
        came.append(desk.report(4, host="b.example"))

    untold = room.untold(NOW)
    came.append(desk.report(1, 0.05, "b.example"))  # before anything was told: it begins a story
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlRenewals, "last_stored", lambda _: other.article_id)
        assert room.tell(untold, step=step) == Retold(2, suggested=1)
    assert desk.stories(first, came[0]) == [first.story_id, came[0].story_id] and first.story_id != came[0].story_id
    (hint,) = desk.book.story(came[0].story_id).hints
    assert (hint.story_id, hint.article.id) == (first.story_id, first.article_id)
    assert desk.book.story(first.story_id).hints[0].story_id == came[0].story_id
    assert desk.book.story(came[1].story_id).hints == ()


def test_what_an_editor_keeps_apart_is_not_suggested_again(desk: StoryRoom) -> None:
    first, second = old_report(desk, 1), desk.report(1, 0.05, "b.example")
    desk.book.keep_apart(second.story_id, first.story_id, "ana", "another quake", 0, NOW)
    book = SqlRenewals(desk.database, desk.shelf)
    retelling(desk).tell([first.article_id])
    assert book.suggest([second.article_id], NOW) == 0


def test_a_round_by_hand_tells_while_it_lasts(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")], ["127.0.0.1:9"])

    async def play(newsroom: scheduler.Newsroom) -> None:
        async with scheduler.retelling_meanwhile(newsroom):
            for _ in range(600):
                if set(told_by(StoryRoom(newsroom.database)).values()) == {kind_now("use-multilingual-3")}:
                    return
                await asyncio.sleep(0.05)

    with scheduler.open_newsroom(desk.home) as newsroom:
        first = old_report(StoryRoom(newsroom.database), 1, published=scheduler.utc_now())
        asyncio.run(play(newsroom))
        assert told_by(StoryRoom(newsroom.database)) == {first.article_id: kind_now("use-multilingual-3")}


def test_the_daemon_says_what_it_told(desk: StoryRoom, caplog: pytest.LogCaptureFixture) -> None:
    old_report(desk, 1)
    with caplog.at_level(logging.WARNING):
        asyncio.run(scheduler.retell(retelling(desk)))
        asyncio.run(scheduler.retell(retelling(desk)))
    assert [record.getMessage() for record in caplog.records] == ["The rules that find an event's reports are new: 1 article told anew."]


def test_the_command_tells_anew_and_counts(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")], ["127.0.0.1:9"])
    with scheduler.open_newsroom(desk.home) as newsroom:
        made = StoryRoom(newsroom.database)
        for number in (1, 2):
            old_report(made, number)
    said = desk.rows("stories", "retell")
    assert said == [{"told": 2, "failed": 0, "left": 0, "suggested": 0}]
    assert desk.ask("stories", "retell", "--all").out == "Every article that new reports are compared with is told by the present rules.\n"
    with scheduler.open_newsroom(desk.home) as newsroom:
        kinds = set(told_by(StoryRoom(newsroom.database)).values())
    assert kinds == {f"use-multilingual-3 {TELLING_VERSION}"}
