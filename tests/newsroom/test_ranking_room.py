"""The ranking at work on a database: training, ranking, going back, past editions from files, and the command."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa

import scheduler
from config.watchlist import load_watchlist
from newsdesk.decisions import Draft, Move
from newsdesk.learned import RankedStory
from newsdesk.ranking import Rank
from newsdesk.teaching import rank_all
from newsdesk.watchlist import Matcher
from newsroom import ranking
from newsroom.ranking import Known, RankingRoom, UnreadableEntries, read_past
from storage.database import Database
from storage.ranking import SqlRankingBook
from storage.schema import ranking_models
from tests.desk.desks import desk_in, outlet_at
from tests.storage.made import NOW, Desk, later

MATCHER = Matcher(load_watchlist(Path(__file__).resolve().parents[2] / "config" / "defaults" / "watchlist"))
ACCEPT = Draft(Move.ACCEPT, "2026-11", "russia", "Russia sells.")
REJECT = Draft(Move.REJECT, reason="Not relevant")
WANTED = ("Buque cargado de trigo llega al puerto", "Envían médicos al hospital regional", "Firman acuerdo sobre satélites")
UNWANTED = ("El equipo local gana la final de fútbol", "La cantante presenta su nuevo disco", "Lluvias intensas durante la semana")


@pytest.fixture
def room(database: Database) -> RankingRoom:
    return RankingRoom(SqlRankingBook(database), lambda: Known(MATCHER, {"russia": "Russia"}, {"a": "Diario A"}))


def decided_desk(database: Database, count: int = 36) -> Desk:
    """A desk that accepted one kind of story and rejected another, all of the same score."""
    desk = Desk(database)
    for number in range(count):
        kinds = WANTED if number % 2 else UNWANTED
        text = f"{kinds[number % 3]}, dijo el portavoz número {number}."
        one = desk.candidate(number, title=kinds[number % 3], text=f"T{number} {text}", score=50.0)
        desk.desk.decide(one, ACCEPT if number % 2 else REJECT, "ana", 0, NOW)
    return desk


def test_a_trained_ranking_puts_the_queue_in_the_desks_order(database: Database, room: RankingRoom) -> None:
    desk = decided_desk(database)
    disliked = desk.candidate(900, title="La final de fútbol se juega el domingo", text="X900 El equipo local entrena.", score=52.0)
    liked = desk.candidate(901, title="Llegan médicos y trigo en un buque", text="X901 El acuerdo se firmó en el puerto.", score=48.0)
    assert room.rank_all() == 2
    assert [item.candidate_id for item in desk.queue_of()] == [disliked, liked]
    learned, record = room.train("ana", later(hours=1))
    assert record is not None and record.adopted and record.lessons == 36, learned.why
    assert room.rank_all() == 2 and room.rank_all() == 0
    first, second = desk.queue_of()
    assert (first.candidate_id, second.candidate_id) == (liked, disliked)
    assert first.rank is not None and second.rank is not None and first.rank > second.rank
    assert "its meaning is close to what the desk accepts" in " ".join(first.rank_reasons)
    room.use(0, "ana", "No thanks.", later(hours=2))
    assert room.rank_all() == 2
    assert [item.candidate_id for item in desk.queue_of()] == [disliked, liked]


def test_a_stop_breaks_a_training_off_and_keeps_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    decided_desk(database)
    for asked_until_stop in (1, 3, 7):  # while texts are read, and between the folds
        room = RankingRoom(SqlRankingBook(database), lambda: Known(MATCHER, {}, {}))
        asked = iter(range(100))
        monkeypatch.setattr(room._stop, "is_set", lambda asked=asked, last=asked_until_stop: next(asked) >= last)
        assert room.train_if_due(later(hours=1)) is None
        assert next(asked) == asked_until_stop + 1 and room.book.records() == ()


def test_a_stop_ends_a_ranking_with_the_few_it_is_at(database: Database, room: RankingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(database)
    for number in range(5):
        desk.candidate(number, text=f"T{number} Algo.")
    monkeypatch.setattr(ranking, "WRITTEN_AT_ONCE", 2)
    write = room.book.write_ranks

    def write_and_stop(ranks: Sequence[tuple[RankedStory, Rank]], version: int) -> None:
        write(ranks, version)
        room.stop()

    monkeypatch.setattr(room.book, "write_ranks", write_and_stop)
    assert room.rank_all() == 2 and len(room.book.unranked(0, 10)) == 3


def test_a_candidate_that_cannot_be_ranked_stands_where_the_watch_list_puts_it(
    database: Database, room: RankingRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = decided_desk(database)
    room.train("ana", later(hours=1))
    broken = desk.candidate(900, title="Roto", text="X900 Roto.", score=60.0)
    others = [desk.candidate(number, title="Llega un buque", text=f"X{number} El puerto.", score=50.0) for number in (901, 902)]

    def rank_or_fail(stories: Sequence[RankedStory], *rest: Any) -> Any:
        if any(story.candidate_id == broken for story in stories):
            raise ValueError("a text of no use")
        return rank_all(stories, *rest)

    monkeypatch.setattr(ranking, "rank_all", rank_or_fail)
    assert room.rank_all() == 3 and room.rank_all() == 0
    ranks = {item.candidate_id: item.rank for item in desk.queue_of()}
    assert ranks[broken] == 60.0 and all(ranks[one] not in (None, 50.0) for one in others)
    assert f"Candidate {broken} cannot be ranked" in caplog.text


def test_it_trains_when_enough_was_decided(database: Database, room: RankingRoom) -> None:
    decided_desk(database, 12)
    assert room.train_if_due(later(hours=1)) is None
    desk = decided_desk_more(database, 12, 36)
    record = room.train_if_due(later(hours=1))
    assert record is not None and record.trained_by == "newsdesk" and record.lessons == 36
    assert room.train_if_due(later(hours=2)) is None
    last = desk.candidate(700, text="Z700 Algo.", title="Una noticia más", score=50.0)
    desk.desk.decide(last, REJECT, "ana", 0, NOW)
    assert room.train_if_due(later(hours=3)) is None
    assert room.train_if_due(later(hours=1) + timedelta(days=1)) is not None


def decided_desk_more(database: Database, start: int, end: int) -> Desk:
    desk = Desk(database)
    for number in range(start, end):
        kinds = WANTED if number % 2 else UNWANTED
        one = desk.candidate(number, title=kinds[number % 3], text=f"T{number} {kinds[number % 3]}.", score=50.0)
        desk.desk.decide(one, ACCEPT if number % 2 else REJECT, "ana", 0, NOW)
    return desk


def test_with_too_little_there_is_no_version(database: Database, room: RankingRoom) -> None:
    learned, record = room.train("ana", NOW)
    assert record is None and "There are 0 relevant and 0 irrelevant examples; 5 of each are needed" in learned.why
    assert room.book.current() == (0, None)


def test_the_daemon_ranks_and_trains_without_stopping_the_loop(
    database: Database,
    room: RankingRoom,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = decided_desk(database)
    waiting = desk.candidate(950, text="W950 Algo.", score=61.0)
    daemon = cast(scheduler.Daemon, SimpleNamespace(_ranking=room))
    with caplog.at_level(logging.INFO):
        asyncio.run(scheduler.Daemon.learn(daemon))
        asyncio.run(scheduler.Daemon.rank(daemon))
    assert "trained as version 1" in caplog.text
    (item,) = desk.queue_of()
    assert item.candidate_id == waiting and item.rank is not None
    with database.writing() as connection:
        broken = {"trained_at": NOW, "trained_by": "x", "lessons": 1, "adopted": True, "why": "", "report": {}, "model": "{}"}
        connection.execute(sa.insert(ranking_models).values(id=7, **broken))
    room.book.choose(7, "x", "", NOW)
    asyncio.run(scheduler.Daemon.rank(daemon))
    assert "stands where the watch-list puts it" in caplog.text and "train a new one" in caplog.text


def test_past_editions_are_read_from_plain_text_and_json(tmp_path: Path) -> None:
    plain = tmp_path / "past.txt"
    plain.write_text("\ufeffRussia sells helicopters to Nicaragua.\n\n  China builds a port in Peru.  \n", "utf-8")
    assert [entry.text for entry in read_past(plain)] == ["Russia sells helicopters to Nicaragua.", "China builds a port in Peru."]
    lines = tmp_path / "past.jsonl"
    lines.write_text('{"text": "Iran opens a drone plant in Bolivia.", "language": "en", "outlet": 3, "edition": "2020-11"}\n', "utf-8")
    (entry,) = read_past(lines)
    assert (entry.language, entry.outlet, entry.edition) == ("en", None, "2020-11")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no entry"),
        (b"Too short\n", "line 1"),
        (b"Russia sells helicopters to Nicaragua.\n{broken\n", "line 2"),
        (b'{"title": "no text"}\n', "line 1"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_file_that_holds_no_entries_is_refused_by_line(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "past.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableEntries, match=told):
        read_past(path)


def test_the_command_learns_trains_shows_and_goes_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")])
    assert "ranked by the watch-list alone" in desk.ask("ranking", "status").out
    assert "5 of each are needed" in desk.ask("ranking", "train", code=1).err
    assert "no version 3" in desk.ask("ranking", "show", "3", code=1).err
    past = tmp_path / "past.txt"
    past.write_text("Russia sells helicopters to Nicaragua.\nChina builds a port in Peru.\n", "utf-8")
    assert "2 entries read, 2 of them new" in desk.ask("ranking", "learn", str(past)).out
    assert "2 entries read, 0 of them new" in desk.ask("ranking", "learn", str(past)).out
    assert "ranked by the watch-list alone" in desk.ask("ranking", "use", "0", "--because", "It is calm.").out
    rows = desk.ask("ranking", "status", "--json").rows
    assert rows[0] | {"at": None, "by": None} == {"record": "choice", "version": 0, "by": None, "why": "It is calm.", "at": None}
    assert rows[-1] == {"record": "lessons", "decisions": 0, "past_entries": 2}
