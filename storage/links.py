"""The ledger of links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from newsdesk.errors import NotFound
from newsdesk.links import Announcement, Link, LinkEnd, Outcome
from newsdesk.ports import Announced, Heard
from newsdesk.snapshots import SnapshotRef
from storage.announcing import Repeats, announce_all
from storage.database import Database
from storage.rows import NO_LEASE, NO_SNAPSHOT, among, link_end_of, link_of, snapshot_columns, snapshot_of, wanted
from storage.schema import links


class SqlLinkLedger:
    """LinkLedger in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._repeats = Repeats()

    def announce(
        self, source_id: str, outlet_id: str, announcements: Sequence[Announcement], allowed: Sequence[str], now: datetime
    ) -> Announced:
        """See LinkLedger. One transaction: what a crash leaves out is new next time."""
        (announced,) = self.announce_many([Heard(source_id, outlet_id, announcements, allowed)], now)
        return announced

    def announce_many(self, heard: Sequence[Heard], now: datetime) -> Sequence[Announced]:
        """See LinkLedger. What this process has recorded before, word by word, is not asked of the database again: most of a
        listing is what it listed last time, and hints in the ledger only grow."""
        fresh = [self._repeats.without(one) for one in heard]
        if not any(one.announcements for one in fresh):
            return [Announced(len(one.announcements), 0) for one in heard]
        with self._database.writing() as connection:
            told = announce_all(connection, fresh, now)
        for one in fresh:
            self._repeats.note(one)
        return [replace(ended, announced=len(one.announcements)) for ended, one in zip(told, heard, strict=True)]

    def waiting_outlets(self, now: datetime) -> Sequence[str]:
        return self._outlets(_free(now), sa.or_(_to_fetch(now), _to_read()))

    def unread_outlets(self, now: datetime) -> Sequence[str]:
        return self._outlets(_free(now), _to_read())

    def lease(self, outlet_id: str, limit: int, holder: str, now: datetime, lease_seconds: int) -> Sequence[Link]:
        rows = self._take(_FREE_TO_FETCH, {"outlet": outlet_id, "now": now, "most": limit}, holder, now, lease_seconds)
        return tuple(link_of(row) for row in rows)

    def unread(self, outlet_id: str, holder: str, now: datetime, lease_seconds: int) -> Sequence[tuple[Link, SnapshotRef]]:
        rows = self._take(_FREE_TO_READ, {"outlet": outlet_id, "now": now}, holder, now, lease_seconds)
        return tuple((link_of(row), snapshot_of(row)) for row in rows)

    def snapshot_taken(self, link_id: int, snapshot: SnapshotRef, now: datetime) -> None:
        """Raises NotFound. The lease stays."""
        self._change(link_id, {**snapshot_columns(snapshot), "changed_at": now})

    def snapshots_taken(self, taken: Sequence[tuple[int, SnapshotRef]], now: datetime) -> None:
        """See LinkLedger. The leases stay."""
        rows = [{"kept_link": link_id, **snapshot_columns(snapshot), "changed_at": now} for link_id, snapshot in taken]
        with self._database.writing() as connection:
            connection.execute(_KEEPING, rows)

    def end(self, link_id: int, outcome: Outcome, detail: str, now: datetime) -> None:
        """End a link, once: a link that has ended keeps its first end, and one whose page was stored before and is read again
        stays stored. Raises NotFound."""
        kept = sa.case((links.c.article_id.is_not(None), Outcome.STORED.value), else_=outcome.value)
        self._change(link_id, {"outcome": kept, "detail": detail, "ended_at": now, "changed_at": now, **NO_LEASE})

    def postpone(self, link_id: int, outcome: Outcome, detail: str, next_try_at: datetime, now: datetime, *, tried: bool = True) -> None:
        """See LinkLedger; a snapshot taken in the failed attempt is not read later. Raises NotFound."""
        change = {"outcome": outcome.value, "detail": detail, "next_try_at": next_try_at, "changed_at": now, **NO_LEASE, **NO_SNAPSHOT}
        self._change(link_id, {**change, "attempts": links.c.attempts + (1 if tried else 0)})

    def release(self, holder: str) -> int:
        return self._give_back(links.c.holder == holder)

    def release_others(self, holder: str) -> int:
        """Give back all leases but this holder's; for the start of the only daemon. Returns how many."""
        return self._give_back(sa.and_(links.c.holder.is_not(None), links.c.holder != holder))

    def ends(self, source_id: str | None = None, since: datetime | None = None) -> Sequence[LinkEnd]:
        """See LinkLedger; in the order of announcement, with ``since`` in the order of change."""
        query = sa.select(*(links.c[name] for name in _END_COLUMNS))
        if source_id is not None:
            query = query.where(links.c.source_id == source_id)
        if since is not None:
            query = query.where(links.c.changed_at >= since).order_by(links.c.changed_at)
        query = query.order_by(links.c.id)
        with self._database.reading() as connection:
            return tuple(link_end_of(row) for row in connection.execute(query).mappings())

    def _outlets(self, *which: sa.ColumnElement[bool]) -> Sequence[str]:
        with self._database.reading() as connection:
            return tuple(connection.scalars(sa.select(links.c.outlet_id).where(*which).distinct().order_by(links.c.outlet_id)))

    def _take(self, free: sa.Select[Any], asked: Mapping[str, Any], holder: str, now: datetime, lease_seconds: int) -> list[Any]:
        """Lease the oldest free links. On PostgreSQL rows that another process is taking are skipped; in SQLite the
        transaction holds the only write lock."""
        with self._database.writing() as connection:
            ids = list(connection.scalars(free, asked))
            if not ids:
                return []
            values = {"holder": holder, "lease_until": now + timedelta(seconds=lease_seconds)}
            connection.execute(_LEASING, [{"taken_id": link_id, **values} for link_id in ids])
            return list(connection.execute(_links_asked(connection.dialect.name), wanted(connection, ids)).mappings())

    def _change(self, link_id: int, values: Mapping[str, Any]) -> None:
        change = sa.update(links).where(links.c.id == link_id, links.c.ended_at.is_(None)).values(**values)
        with self._database.writing() as connection:
            if connection.execute(change).rowcount == 0 and not connection.scalar(sa.select(links.c.id).where(links.c.id == link_id)):
                raise NotFound(f"There is no link {link_id} in the ledger.")

    def _give_back(self, which: sa.ColumnElement[bool]) -> int:
        with self._database.writing() as connection:
            return connection.execute(sa.update(links).where(which).values(**NO_LEASE)).rowcount


_KEEPING = sa.update(links).where(links.c.id == sa.bindparam("kept_link"), links.c.ended_at.is_(None))
_END_COLUMNS = "key address outlet_id source_id outcome detail attempts next_try_at article_id ended_at".split()


def _free(now: datetime | sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.ended_at.is_(None), sa.or_(links.c.lease_until.is_(None), links.c.lease_until <= now))


def _to_fetch(now: datetime | sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.snapshot_file.is_(None), links.c.next_try_at <= now)


def _to_read() -> sa.ColumnElement[bool]:
    return links.c.snapshot_file.is_not(None)


# What every run of an outlet asks is put together once.


@lru_cache(maxsize=2)
def _links_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(links).where(among(dialect, links.c.id)).order_by(links.c.id)


_NOW = sa.bindparam("now", type_=links.c.lease_until.type)
_FREE = sa.select(links.c.id).where(links.c.outlet_id == sa.bindparam("outlet"), _free(_NOW)).order_by(links.c.id)
_FREE_TO_READ = _FREE.where(_to_read()).with_for_update(skip_locked=True)
_FREE_TO_FETCH = _FREE.where(_to_fetch(_NOW)).limit(sa.bindparam("most", type_=sa.Integer())).with_for_update(skip_locked=True)
_LEASING = sa.update(links).where(links.c.id == sa.bindparam("taken_id"))
