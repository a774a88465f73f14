"""The book of sources: when each is polled, what it answered, and how its links fare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.errors import NotFound
from newsdesk.links import Fate, Outcome, PollOutcome
from newsdesk.outlets import Outlet, Source
from newsdesk.sources import PollEnd, SourceReport, SourceState
from storage.database import Database
from storage.rows import source_state_of
from storage.schema import links, polls, sources

FIRST_INTERVAL_SECONDS = 3600  # field notes 5: start at 60 minutes
_WEIGHT_LIMIT = 1000.0
_NOTHING_REMEMBERED: Mapping[str, None] = {"etag": None, "last_modified": None, "body_sha256": None, "read_in_full_at": None}


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

    def record_poll(self, end: PollEnd, next_due_at: datetime) -> None:
        """See SourceBook. The interval remembered is that of the last poll that did not fail. Raises NotFound. A poll
        told twice (same source and moment) is kept once."""
        with self._database.writing() as connection:
            row = _source_row(connection, end.source_id, lock=True)
            twice = sa.select(polls.c.id).where(polls.c.source_id == end.source_id, polls.c.polled_at == end.polled_at)
            if connection.scalar(twice) is not None:
                return
            connection.execute(sa.insert(polls).values(**_poll_row(end)))
            memory = _memory_after(row, end, next_due_at)
            connection.execute(sa.update(sources).where(sources.c.id == end.source_id).values(**memory))

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


def failure_weight(outcome: PollOutcome | Outcome) -> float:
    """How much a failed poll weighs (field notes 6): hard 1, soft 0.5 (it answers, but not us or not usefully), temporary
    0.25; 0 when it did not fail."""
    if isinstance(outcome, PollOutcome):
        return 0.5 if outcome.is_failure else 0.0
    if outcome in (Outcome.FORBIDDEN, Outcome.TOO_MANY_REQUESTS, Outcome.UNEXPECTED_STATUS, Outcome.TLS_FAILED):
        return 0.5
    return 0.25 if outcome.fate is Fate.RETRY else 1.0


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


def _source_row(connection: Connection, source_id: str, lock: bool = False) -> RowMapping:
    query = sa.select(sources).where(sources.c.id == source_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no source {source_id!r} in the database; it is entered when its configuration is loaded.")
    return row


def _poll_row(end: PollEnd) -> dict[str, Any]:
    kept = "source_id detail polled_at status unconditional announced new cut retry_after_seconds".split()
    return {"outcome": end.outcome.value, **{name: getattr(end, name) for name in kept}}


def _memory_after(row: RowMapping, end: PollEnd, next_due_at: datetime) -> dict[str, Any]:
    """A source's memory after a poll. Field notes 12: an unchanged answer (304) after a failure proves nothing."""
    memory: dict[str, Any] = {
        "due_at": next_due_at,
        "polled_at": end.polled_at,
        "last_outcome": end.outcome.value,
        "last_detail": end.detail,
    }
    weight = failure_weight(end.outcome)
    if weight:
        return memory | {"failing_since": row["failing_since"] or end.polled_at, "weight": min(row["weight"] + weight, _WEIGHT_LIMIT)}
    memory["interval_seconds"] = max(1, round((next_due_at - end.polled_at).total_seconds()))
    if end.outcome is not PollOutcome.NOT_MODIFIED:
        memory |= {"failing_since": None, "weight": 0.0}
    if end.unconditional:
        memory["read_in_full_at"] = end.polled_at
    if end.validators is not None:
        memory |= {
            "etag": end.validators.etag,
            "last_modified": end.validators.last_modified,
            "body_sha256": end.validators.body_sha256,
        }
    return memory
