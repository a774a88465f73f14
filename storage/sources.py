"""The book of sources: when each is polled, what it answered, and how its links fare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.errors import NotFound
from newsdesk.links import PollOutcome
from newsdesk.outlets import Outlet, Source
from newsdesk.polling import NextPoll
from newsdesk.sources import PollEnd, SourceReport, SourceState
from storage.database import Database
from storage.rows import among, source_state_of, wanted
from storage.schema import links, polls, sources
from storage.values import to_plain

FIRST_INTERVAL_SECONDS = 3600  # field notes 5: start at 60 minutes
_NOTHING_REMEMBERED: Mapping[str, None] = dict.fromkeys(
    "etag last_modified body_sha256 read_in_full_at pace_seconds rhythm moved_to moved_at".split()
)


class SqlSourceBook:
    """SourceBook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sync(self, outlets: Sequence[Outlet], now: datetime) -> None:
        """See SourceBook. A new source is due at once; one whose address changed forgets its validators and is due too."""
        configured = {source.id: (source, _is_active(outlet, source)) for outlet in outlets for source in outlet.sources}
        with self._database.writing() as connection:
            present = {row["id"]: row for row in connection.execute(sa.select(sources)).mappings()}
            new = [_new_row(source, active, now) for source, active in configured.values() if source.id not in present]
            if new:
                connection.execute(sa.insert(sources), new)
            for source_id, row in present.items():
                change = _change(row, configured.get(source_id), now)
                if change:
                    connection.execute(sa.update(sources).where(sources.c.id == source_id).values(**change))

    def due(self, now: datetime) -> Sequence[SourceState]:
        query = sa.select(sources).where(sources.c.active, sources.c.due_at <= now).order_by(sources.c.due_at, sources.c.id)
        with self._database.reading() as connection:
            return tuple(source_state_of(row) for row in connection.execute(query).mappings())

    def state(self, source_id: str) -> SourceState:
        with self._database.reading() as connection:
            return source_state_of(_source_row(connection, source_id))

    def record_poll(self, end: PollEnd, then: NextPoll) -> None:
        self.record_polls([(end, then)])

    def record_polls(self, told: Sequence[tuple[PollEnd, NextPoll]]) -> None:
        """See SourceBook. A handful of statements, however many polls."""
        if not told:
            return
        with self._database.writing() as connection:
            fresh = _untold(connection, told)
            if not fresh:
                return
            connection.execute(_LOGGING, [_poll_row(end) for end, _ in fresh])
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
            for end, then in fresh:
                memory = _memory_after(end, then)
                alike[tuple(memory)].append({"changed_id": end.source_id, **{f"to_{name}": value for name, value in memory.items()}})
            for names, rows in alike.items():
                connection.execute(_remembering(names), rows)

    def last_news(self) -> Mapping[str, datetime]:
        """When an answer last brought each outlet something unknown."""
        query = sa.select(sources.c.outlet_id, sa.func.max(polls.c.polled_at)).join(polls, polls.c.source_id == sources.c.id)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.where(polls.c.new > 0).group_by(sources.c.outlet_id))}

    def news_of(self, outlet_id: str, since: datetime) -> Sequence[datetime]:
        """The moments at which an answer brought an outlet something unknown, oldest first."""
        query = sa.select(polls.c.polled_at).join(sources, polls.c.source_id == sources.c.id).order_by(polls.c.polled_at)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query.where(sources.c.outlet_id == outlet_id, polls.c.new > 0, polls.c.polled_at >= since)))

    def states(self) -> Sequence[SourceState]:
        """What is remembered of every configured and switched-on source."""
        query = sa.select(sources).where(sources.c.active).order_by(sources.c.outlet_id, sources.c.id)
        with self._database.reading() as connection:
            return tuple(source_state_of(row) for row in connection.execute(query).mappings())

    def report(self) -> Sequence[SourceReport]:
        """See SourceBook: the active sources, and others that have links. Two queries, however many sources."""
        counting = sa.select(links.c.source_id, links.c.outcome, links.c.ended_at.is_(None), sa.func.count()).group_by(
            links.c.source_id, links.c.outcome, links.c.ended_at.is_(None)
        )
        outcomes: dict[str, dict[str, int]] = defaultdict(dict)
        waiting: dict[str, int] = defaultdict(int)
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(sources).order_by(sources.c.outlet_id, sources.c.id)).mappings().all()
            for source_id, outcome, is_open, count in connection.execute(counting):
                if is_open:
                    waiting[source_id] += count
                else:
                    outcomes[source_id][outcome] = count
        shown = [row for row in rows if row["active"] or row["id"] in outcomes or row["id"] in waiting]
        return tuple(
            SourceReport(
                row["id"],
                row["outlet_id"],
                row["kind"],
                row["url"],
                source_state_of(row),
                outcomes.get(row["id"], {}),
                waiting.get(row["id"], 0),
            )
            for row in shown
        )


def _is_active(outlet: Outlet, source: Source) -> bool:
    return outlet.switched_off is None and source.switched_off is None


def _new_row(source: Source, active: bool, now: datetime) -> dict[str, Any]:
    return {
        "id": source.id,
        "outlet_id": source.outlet_id,
        "kind": source.kind.value,
        "url": source.url,
        "active": active,
        "due_at": now,
        "last_detail": "",
        "weight": 0.0,
        "interval_seconds": FIRST_INTERVAL_SECONDS,
    }


def _change(row: RowMapping, configured: tuple[Source, bool] | None, now: datetime) -> dict[str, Any]:
    """What configuration changes in a source's row."""
    if configured is None:
        return {"active": False} if row["active"] else {}
    source, active = configured
    wanted: dict[str, Any] = {"outlet_id": source.outlet_id, "kind": source.kind.value, "url": source.url, "active": active}
    change = {name: value for name, value in wanted.items() if row[name] != value}
    if "url" in change or "kind" in change:
        change |= {"due_at": now, **_NOTHING_REMEMBERED}
    return change


def _source_row(connection: Connection, source_id: str) -> RowMapping:
    row = connection.execute(sa.select(sources).where(sources.c.id == source_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no source {source_id!r} in the database; it is entered when its configuration is loaded.")
    return row


# Statements are made once a dialect or once a set of columns: making one costs as much as running it.

_LOGGING = sa.insert(polls)


@lru_cache(maxsize=2)
def _sources_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(sources.c.id).where(among(dialect, sources.c.id)).order_by(sources.c.id).with_for_update()


@lru_cache(maxsize=2)
def _polls_asked(dialect: str) -> sa.Select[Any]:
    since = sa.bindparam("since", type_=polls.c.polled_at.type)
    return sa.select(polls.c.source_id, polls.c.polled_at).where(among(dialect, polls.c.source_id), polls.c.polled_at >= since)


@lru_cache(maxsize=64)
def _remembering(names: tuple[str, ...]) -> sa.Update:
    change = sa.update(sources).where(sources.c.id == sa.bindparam("changed_id"))
    return change.values({name: sa.bindparam(f"to_{name}") for name in names})


def _untold(connection: Connection, told: Sequence[tuple[PollEnd, NextPoll]]) -> list[tuple[PollEnd, NextPoll]]:
    """The polls that the log does not hold yet, their sources' rows locked. Raises NotFound."""
    named = sorted({end.source_id for end, _ in told})
    dialect, asked = connection.dialect.name, wanted(connection, named)
    present = set(connection.scalars(_sources_asked(dialect), asked))
    for source_id in named:
        if source_id not in present:
            raise NotFound(f"There is no source {source_id!r} in the database; it is entered when its configuration is loaded.")
    since = min(end.polled_at for end, _ in told)
    seen = {(row.source_id, row.polled_at) for row in connection.execute(_polls_asked(dialect), {**asked, "since": since})}
    fresh = []
    for end, then in told:
        if (end.source_id, end.polled_at) not in seen:
            seen.add((end.source_id, end.polled_at))
            fresh.append((end, then))
    return fresh


def _poll_row(end: PollEnd) -> dict[str, Any]:
    kept = "source_id detail polled_at status unconditional announced new cut retry_after_seconds".split()
    return {"outcome": end.outcome.value, **{name: getattr(end, name) for name in kept}}


def _memory_after(end: PollEnd, then: NextPoll) -> dict[str, Any]:
    memory: dict[str, Any] = {
        "due_at": then.due_at,
        "interval_seconds": then.interval_seconds,
        "weight": then.weight,
        "failing_since": then.failing_since,
        "polled_at": end.polled_at,
        "last_outcome": end.outcome.value,
        "last_detail": end.detail,
        "pace_seconds": then.pace_seconds,
        "reason": then.reason,
    }
    if end.rhythm is not None:
        memory["rhythm"] = to_plain(end.rhythm)
    if end.moved_to is not None:
        memory["moved_to"], memory["moved_at"] = end.moved_to or None, end.polled_at if end.moved_to else None
    if end.unconditional and then.failing_since is None and end.outcome is not PollOutcome.NOT_MODIFIED:
        memory["read_in_full_at"] = end.polled_at
    if end.validators is not None and then.keeps_validators:
        memory |= asdict(end.validators)
    return memory
