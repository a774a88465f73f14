"""The frequent questions are answered from indexes, never by reading a large table through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from newsdesk.decisions import Draft, Move
from newsdesk.ports import QueueFilter
from storage.database import Database
from storage.shelves import SqlDoubts, SqlHealthBook, SqlPageShelf, SqlSourceBook
from tests.storage.made import HOSTS, NOW, Desk, announcement, judged, later, outlet, snapshot

LARGE = (
    "links",
    "articles",
    "article_keys",
    "fingerprints",
    "candidates",
    "decisions",
    "polls",
    "pages",
    "readings",
    "versions",
    "story_hints",
)


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def hear(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            heard.append((statement, parameters[0] if many else parameters))

    sa.event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    sa.event.remove(database.engine, "before_cursor_execute", hear)


def read_through(database: Database, statement: str, parameters: Any) -> list[str]:
    """The large tables that the plan reads from end to end though an index could serve."""
    with database.reading() as connection:
        if database.is_sqlite:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            return [line for line in plan if re.match(rf"SCAN ({'|'.join(LARGE)})$", line)]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the tables are small here; leave no choice but what can serve
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        return [line for line in plan if re.search(rf"Seq Scan on ({'|'.join(LARGE)})\b", line)]


def lease(desk: Desk) -> None:
    assert desk.ledger.lease("a", 3, "me", NOW, 60)


def unread(desk: Desk) -> None:
    desk.ledger.unread("a", "me", NOW, 60)


def announce(desk: Desk) -> None:
    desk.ledger.announce("a/feed", "a", [announcement(n, title="t") for n in range(3, 9)], HOSTS, NOW)


def store(desk: Desk) -> None:
    (link,) = desk.ledger.lease("a", 1, "me", NOW, 60)
    desk.shelf.store(link.id, judged("copy", fingerprints=(1, 2, 3), text="Copia"), snapshot(2), NOW)


def doubts(desk: Desk) -> None:
    assert SqlDoubts(desk.database).doubts(NOW, 5) == []
    assert SqlDoubts(desk.database).count(NOW) == 0


def queue(desk: Desk) -> None:
    assert desk.desk.queue(QueueFilter(NOW.date(), section_id="russia", words="caracas")).total


def queue_unfiltered(desk: Desk) -> None:
    assert desk.desk.queue(QueueFilter(NOW.date())).items


def decide(desk: Desk) -> None:
    desk.desk.decide(1, Draft(Move.REJECT, reason="x"), "ana", 0, NOW)
    desk.desk.entries("2026-11")
    desk.desk.last_decision_of("ana")


def search(desk: Desk) -> None:
    assert desk.shelf.search("caracas", 5)


def ends_since(desk: Desk) -> None:
    desk.ledger.ends(since=later(hours=1))


def read_again(desk: Desk) -> None:
    pages = SqlPageShelf(desk.database)
    assert pages.due_outlets(later(hours=2)) and pages.due("a", 5, later(hours=2))
    pages.readings(later(hours=-1))
    pages.histories([1, 2])


def health(desk: Desk) -> None:
    SqlSourceBook(desk.database).sync([outlet("a")], NOW)
    assert SqlHealthBook(desk.database).gather(NOW).sources


ASKED = [lease, unread, announce, store, queue, queue_unfiltered, decide, search, ends_since, read_again, health, doubts]


@pytest.mark.parametrize("ask", ASKED)
def test_no_large_table_is_read_through(database: Database, ask: Callable[[Desk], None]) -> None:
    desk = Desk(database)
    for number in range(3):
        desk.candidate(number, fingerprints=(1, 2, number), text=f"T{number} caracas", published=NOW + timedelta(days=number))
    desk.ledger.announce("a/feed", "a", [announcement(n) for n in range(3, 9)], HOSTS, NOW)
    with statements(database) as heard:
        ask(desk)
    assert heard
    scans = {statement: found for statement, parameters in heard if (found := read_through(database, statement, parameters))}
    # A facet counts by state, which every candidate shown has anyway: counting them all is what was asked.
    asked = {s: found for s, found in scans.items() if "AS shown" not in s}
    assert asked == {}
