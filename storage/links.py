"""The ledger of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk import addresses
from newsdesk.errors import BadAddress, NotFound
from newsdesk.links import Announcement, Link, LinkEnd, Outcome
from newsdesk.ports import Announced
from newsdesk.snapshots import SnapshotRef
from storage.database import LOCK_LEDGER, Database, serialise
from storage.rows import NO_LEASE, NO_SNAPSHOT, insert, link_end_of, link_of, snapshot_columns, snapshot_of
from storage.schema import article_keys, links
from storage.text import bounded_key, clean, digest
from storage.values import from_plain, to_plain

BATCH = 500  # 15 columns a row stay far below both databases' limits of bound values (32,766 and 65,535)
_KEPT_AS_SAME = "The address is another address of an article that is stored already."


@dataclass(frozen=True)
class _Line:
    """An announcement on its way into the ledger; ``outcome`` is set where it ends at once."""

    key: str
    address: str
    announcement: Announcement
    outcome: Outcome | None
    detail: str = ""


class SqlLinkLedger:
    """LinkLedger in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def announce(
        self, source_id: str, outlet_id: str, announcements: Sequence[Announcement], allowed: Sequence[str], now: datetime
    ) -> Announced:
        """See LinkLedger. Written in batches of 500, each its own transaction: what a crash leaves out is new next time."""
        lines = (_line(source_id, outlet_id, announcement, allowed) for announcement in announcements)
        new = 0
        for batch in _batches(lines, BATCH):
            with self._database.writing() as connection:
                new += _announce_batch(connection, source_id, outlet_id, batch, now)
        return Announced(len(announcements), new)

    def waiting_outlets(self, now: datetime) -> Sequence[str]:
        query = sa.select(links.c.outlet_id).where(_free(now), sa.or_(_to_fetch(now), _to_read())).distinct().order_by(links.c.outlet_id)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query))

    def lease(self, outlet_id: str, limit: int, holder: str, now: datetime, lease_seconds: int) -> Sequence[Link]:
        rows = self._take(sa.and_(links.c.outlet_id == outlet_id, _to_fetch(now)), limit, holder, now, lease_seconds)
        return tuple(link_of(row) for row in rows)

    def unread(self, outlet_id: str, holder: str, now: datetime, lease_seconds: int) -> Sequence[tuple[Link, SnapshotRef]]:
        rows = self._take(sa.and_(links.c.outlet_id == outlet_id, _to_read()), None, holder, now, lease_seconds)
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
        """End a link, once: a link that has ended keeps its first end. Raises NotFound."""
        self._change(link_id, {"outcome": outcome.value, "detail": detail, "ended_at": now, "changed_at": now, **NO_LEASE})

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

    def _take(self, which: sa.ColumnElement[bool], limit: int | None, holder: str, now: datetime, lease_seconds: int) -> list[Any]:
        """Lease the oldest free links. On PostgreSQL rows that another process is taking are skipped; in SQLite the
        transaction holds the only write lock."""
        free = sa.select(links.c.id).where(which, _free(now)).order_by(links.c.id).limit(limit).with_for_update(skip_locked=True)
        taken = sa.update(links).where(links.c.id == sa.bindparam("taken_id"))
        with self._database.writing() as connection:
            ids = list(connection.scalars(free))
            if not ids:
                return []
            values = {"holder": holder, "lease_until": now + timedelta(seconds=lease_seconds)}
            connection.execute(taken.values(**values), [{"taken_id": link_id} for link_id in ids])
            rows: list[Any] = []
            for some in _batches(iter(ids), BATCH):
                rows += connection.execute(sa.select(links).where(links.c.id.in_(some)).order_by(links.c.id)).mappings()
            return rows

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


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.ended_at.is_(None), sa.or_(links.c.lease_until.is_(None), links.c.lease_until <= now))


def _to_fetch(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.snapshot_file.is_(None), links.c.next_try_at <= now)


def _to_read() -> sa.ColumnElement[bool]:
    return links.c.snapshot_file.is_not(None)


def _batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _line(source_id: str, outlet_id: str, announcement: Announcement, allowed: Sequence[str]) -> _Line:
    """Where an announcement belongs. An address refused as foreign is keyed by outlet: the same address may be at home
    with another outlet."""
    entry = digest(announcement.entry_id, announcement.title, "" if announcement.entry_id else announcement.summary)
    if not (announcement.address or "").strip():
        return _Line(f"entry:{source_id}:{entry}", "", announcement, Outcome.NO_ADDRESS)
    address = clean((announcement.address or "").strip())
    try:
        key = bounded_key(addresses.key(address))
        host, port = addresses.host_of(address), addresses.split(address).port
    except (BadAddress, ValueError) as error:
        return _Line(f"entry:{source_id}:{digest(address)}", address, announcement, Outcome.BAD_ADDRESS, str(error))
    if addresses.belongs(host, allowed) or (port is not None and addresses.belongs(f"{host}:{port}", allowed)):
        return _Line(key, address, announcement, None)
    return _Line(bounded_key(f"foreign:{outlet_id}:{key}"), address, announcement, Outcome.OFF_HOST, f"The host is {host}.")


def _announce_batch(connection: Connection, source_id: str, outlet_id: str, batch: Sequence[_Line], now: datetime) -> int:
    serialise(connection, LOCK_LEDGER)  # two announcers of the same keys would find each other in a deadlock
    lines = _merged(batch)
    known = _known(connection, lines)
    aliases = _aliases(connection, [key for key in lines if key not in known])
    rows = [_row(line, source_id, outlet_id, aliases.get(key), now) for key, line in lines.items() if key not in known]
    if rows:
        connection.execute(insert(connection, links).on_conflict_do_nothing(index_elements=["key"]), rows)
    _add_hints(connection, lines, known)
    return len(rows)  # announcers take turns, so none of these has come in between


def _merged(batch: Iterable[_Line]) -> dict[str, _Line]:
    """The batch with each key once, in order; a repeated one adds the hints that the first lacked."""
    lines: dict[str, _Line] = {}
    for line in batch:
        first = lines.get(line.key)
        lines[line.key] = line if first is None else replace(first, announcement=with_hints_of(first.announcement, line.announcement))
    return lines


def with_hints_of(first: Announcement, other: Announcement) -> Announcement:
    """The first announcement, with what only the other one states."""
    lacking = {
        field.name: getattr(other, field.name)
        for field in fields(Announcement)
        if getattr(first, field.name) in (None, "", ()) and getattr(other, field.name) not in (None, "", ())
    }
    return replace(first, **lacking) if lacking else first


def _known(connection: Connection, lines: Mapping[str, _Line]) -> dict[str, tuple[int, Announcement]]:
    query = sa.select(links.c.key, links.c.id, links.c.announcement).where(links.c.key.in_(list(lines)))
    return {key: (link_id, from_plain(Announcement, plain)) for key, link_id, plain in connection.execute(query)}


def _aliases(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    if not keys:
        return {}
    query = sa.select(article_keys.c.key, article_keys.c.article_id).where(article_keys.c.key.in_(keys))
    return {row.key: row.article_id for row in connection.execute(query)}


def _row(line: _Line, source_id: str, outlet_id: str, article_id: int | None, now: datetime) -> dict[str, Any]:
    outcome = Outcome.SAME_ARTICLE if article_id is not None else line.outcome
    return {
        "key": line.key,
        "address": line.address,
        "outlet_id": outlet_id,
        "source_id": source_id,
        "announcement": to_plain(line.announcement),
        "attempts": 0,
        "first_seen_at": now,
        "next_try_at": now,
        "outcome": outcome.value if outcome else None,
        "detail": _KEPT_AS_SAME if article_id is not None else line.detail,
        "changed_at": now,
        "ended_at": now if outcome else None,
        "article_id": article_id,
    }


def _add_hints(connection: Connection, lines: Mapping[str, _Line], known: Mapping[str, tuple[int, Announcement]]) -> None:
    changes = []
    for key, (link_id, before) in known.items():
        after = with_hints_of(before, lines[key].announcement)
        if after != before:
            changes.append({"changed_id": link_id, "announcement": to_plain(after)})
    if changes:
        changes.sort(key=lambda change: change["changed_id"])
        connection.execute(sa.update(links).where(links.c.id == sa.bindparam("changed_id")), changes)
