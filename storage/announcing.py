"""What sources announce, on its way into the ledger: new keys become links, known ones gain hints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk import addresses
from newsdesk.errors import BadAddress
from newsdesk.hints import HINTS, may_change_publication, publication_told, with_hints_of, with_publication_of
from newsdesk.links import Announcement, Outcome
from newsdesk.moments import Hinted, Moment
from newsdesk.ports import Announced, Heard
from storage.database import LOCK_LEDGER, serialise
from storage.rows import NO_LEASE, among, insert, wanted
from storage.schema import article_keys, articles, links
from storage.text import bounded_key, clean, digest
from storage.values import from_plain, to_plain

BATCH = 500  # 15 columns a row stay far below both databases' limits of bound values (32,766 and 65,535)
_GAINED = tuple(name for name in HINTS if name not in ("address", "hint"))
_KEPT_AS_SAME = "The address is another address of an article that is stored already."


@dataclass(frozen=True)
class _Line:
    """An announcement on its way into the ledger; ``outcome`` is set where it ends at once."""

    key: str
    address: str
    announcement: Announcement
    outcome: Outcome | None
    detail: str
    heard: Heard


@dataclass(frozen=True)
class _Known:
    """What the ledger holds of an announced key. ``plain`` is the announcement as it is stored."""

    link_id: int
    plain: Mapping[str, Any]
    article_id: int | None


class Repeats:
    """Announcements recorded before, by their hashes (64 bits): the last ``most`` at least, twice as many at most."""

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._recent: set[int] = set()
        self._older: set[int] = set()

    def without(self, heard: Heard) -> Heard:
        """What is left without announcements that the same source made before, for the same hosts."""
        return replace(heard, announcements=[one for one, mark in _marked(heard) if mark not in self._recent and mark not in self._older])

    def note(self, heard: Heard) -> None:
        """They are recorded."""
        if len(self._recent) + len(heard.announcements) > self._most:
            self._older, self._recent = self._recent, set()
        self._recent.update(mark for _, mark in _marked(heard))


def _marked(heard: Heard) -> list[tuple[Announcement, int]]:
    whose = hash((heard.source_id, heard.outlet_id, tuple(heard.allowed)))
    return [
        (one, hash((whose, one if isinstance(one.authors, tuple) else replace(one, authors=tuple(one.authors)))))
        for one in heard.announcements
    ]


def announce_all(connection: Connection, heard: Sequence[Heard], now: datetime) -> Sequence[Announced]:
    """Record what several sources announced; says of each how many were new and how many pages are read again."""
    serialise(connection, LOCK_LEDGER)  # two announcers of the same keys would find each other in a deadlock
    new: dict[str, int] = defaultdict(int)
    reopened: dict[str, int] = defaultdict(int)
    lines = [_line(one, announcement) for one in heard for announcement in one.announcements]
    for start in range(0, len(lines), BATCH):
        _announce_batch(connection, lines[start : start + BATCH], now, new, reopened)
    return [Announced(len(one.announcements), new.pop(one.source_id, 0), reopened.pop(one.source_id, 0)) for one in heard]


def _line(heard: Heard, announcement: Announcement) -> _Line:
    """Where an announcement belongs. An address refused as foreign is keyed by outlet: the same address may be at home
    with another outlet."""
    stated = (announcement.address or "").strip()
    if not stated:
        entry = digest(announcement.entry_id, announcement.title, "" if announcement.entry_id else announcement.summary)
        return _Line(f"entry:{heard.source_id}:{entry}", "", announcement, Outcome.NO_ADDRESS, "", heard)
    address = clean(stated)
    try:
        key, host, port = addresses.key_and_place(address)
    except (BadAddress, ValueError) as error:
        return _Line(f"entry:{heard.source_id}:{digest(address)}", address, announcement, Outcome.BAD_ADDRESS, str(error), heard)
    if addresses.belongs(host, heard.allowed) or (port is not None and addresses.belongs(f"{host}:{port}", heard.allowed)):
        return _Line(bounded_key(key), address, announcement, None, "", heard)
    foreign = bounded_key(f"foreign:{heard.outlet_id}:{bounded_key(key)}")
    return _Line(foreign, address, announcement, Outcome.OFF_HOST, f"The host is {host}.", heard)


def _announce_batch(connection: Connection, batch: Sequence[_Line], now: datetime, new: dict[str, int], reopened: dict[str, int]) -> None:
    lines = _merged(batch)
    known = _known(connection, lines)
    unknown = [key for key in lines if key not in known]
    aliases = _aliases(connection, unknown)
    if unknown:
        rows = [_row(lines[key], aliases.get(key), now) for key in unknown]
        connection.execute(_insertion(connection.dialect.name), rows)
    for key in unknown:
        new[lines[key].heard.source_id] += 1  # announcers take turns, so none of these has come in between
    late = _add_hints(connection, lines, known)
    late += [(article_id, lines[key]) for key, article_id in aliases.items()]
    for line in reopen(connection, [(article_id, line.announcement, line.heard.zone, line) for article_id, line in late], now):
        reopened[line.heard.source_id] += 1


def _merged(batch: Iterable[_Line]) -> dict[str, _Line]:
    """The batch with each key once, in order; a repeated one adds the hints that the first lacked."""
    lines: dict[str, _Line] = {}
    for line in batch:
        first = lines.get(line.key)
        lines[line.key] = line if first is None else replace(first, announcement=with_hints_of(first.announcement, line.announcement))
    return lines


# Statements are made once a dialect: making one costs as much as running it.


@lru_cache(maxsize=2)
def _asked(dialect: str) -> sa.Select[Any]:
    return sa.select(links.c.key, links.c.id, links.c.announcement, links.c.article_id).where(among(dialect, links.c.key))


@lru_cache(maxsize=2)
def _aliases_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(article_keys.c.key, article_keys.c.article_id).where(among(dialect, article_keys.c.key))


@lru_cache(maxsize=2)
def _insertion(dialect: str) -> Any:
    return insert(dialect, links).on_conflict_do_nothing(index_elements=["key"])


@lru_cache(maxsize=2)
def _homes_asked(dialect: str) -> sa.Select[Any]:
    """The links that articles were read from, whose snapshots can be read again."""
    columns = (
        articles.c.id,
        links.c.id.label("link_id"),
        links.c.announcement,
        links.c.ended_at,
        articles.c.facts["published"].label("published"),
    )
    query = sa.select(*columns).join(links, links.c.id == articles.c.link_id)
    return query.where(among(dialect, articles.c.id), links.c.snapshot_file.is_not(None)).order_by(links.c.id).with_for_update(of=links)


_HINTING = sa.update(links).where(links.c.id == sa.bindparam("changed_id"))
_REOPENING = _HINTING.where(links.c.ended_at.is_not(None))


def _known(connection: Connection, lines: Mapping[str, _Line]) -> dict[str, _Known]:
    # Locked, so that whoever stores an article meanwhile sees the hints, or we see the article.
    query = _asked(connection.dialect.name).order_by(links.c.id).with_for_update() if _locks(connection) else _asked("sqlite")
    return {row[0]: _Known(row[1], row[2], row[3]) for row in connection.execute(query, wanted(connection, list(lines)))}


def _locks(connection: Connection) -> bool:
    return connection.dialect.name != "sqlite"


def _aliases(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    if not keys:
        return {}
    found = connection.execute(_aliases_asked(connection.dialect.name), wanted(connection, keys))
    return {row.key: row.article_id for row in found}


def _row(line: _Line, article_id: int | None, now: datetime) -> dict[str, Any]:
    outcome = Outcome.SAME_ARTICLE if article_id is not None else line.outcome
    return {
        "key": line.key,
        "address": line.address,
        "outlet_id": line.heard.outlet_id,
        "source_id": line.heard.source_id,
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


def _add_hints(connection: Connection, lines: Mapping[str, _Line], known: Mapping[str, _Known]) -> list[tuple[int, _Line]]:
    """Add hints to known links; returns the stored articles whose publication is stated otherwise now."""
    changes, late = [], []
    for key, link in known.items():
        line = lines[key]
        if not _may_gain(link.plain, line.announcement):
            continue
        before = from_plain(Announcement, link.plain)
        after = with_hints_of(before, line.announcement)
        if after != before:
            changes.append({"changed_id": link.link_id, "announcement": to_plain(after)})
        if link.article_id is not None and publication_told(after) != publication_told(before):
            late.append((link.article_id, replace(line, announcement=after)))
    if changes:
        changes.sort(key=lambda change: change["changed_id"])
        connection.execute(_HINTING, changes)
    return late


def _may_gain(plain: Mapping[str, Any], announcement: Announcement) -> bool:
    """Whether an announcement may say more than the stored one, which most do not: those need not be decoded."""
    for name in _GAINED:
        if not plain.get(name) and getattr(announcement, name):
            return True
    if announcement.published is None:
        return False
    stated = plain.get("published")
    same_kind = (plain.get("published_by") or plain.get("hint")) == announcement.hint.value
    return not (stated and same_kind and stated.get("at") == announcement.published.at.isoformat())


Late = tuple[int, Announcement, tzinfo | None, Any]


def reopen(connection: Connection, late: Sequence[Late], now: datetime) -> list[Any]:
    """Let pages wait to be read again from their snapshots, where what was announced after they were read may give their
    articles another publication. Each of ``late`` is an article, an announcement, its outlet's clock and something to know it
    by; returns the last of those whose page is read again."""
    told = [one for one in late if one[1].published is not None]
    if not told:
        return []
    found = connection.execute(_homes_asked(connection.dialect.name), wanted(connection, sorted({one[0] for one in told})))
    homes = {row.id: row for row in found}
    return [one[3] for one in told if one[0] in homes and _reopened(connection, homes[one[0]], one[1], one[2], now)]


def _reopened(connection: Connection, home: Any, announcement: Announcement, zone: tzinfo | None, now: datetime) -> bool:
    before = from_plain(Announcement, home.announcement)
    after = with_publication_of(before, announcement)
    published = from_plain(Hinted[Moment], home.published) if home.published else None
    if after != before:
        connection.execute(_HINTING, {"changed_id": home.link_id, "announcement": to_plain(after)})
    if home.ended_at is None or not may_change_publication(published, after, zone):
        return False
    open_again = {"changed_id": home.link_id, "ended_at": None, "outcome": None, "changed_at": now, **NO_LEASE}
    connection.execute(_REOPENING, open_again)
    return True
