"""What is compared of each article, and which stored articles lie near an arriving one.

The table is the truth; the process that stores articles keeps the vectors of the days it needs in memory
(``newsdesk.nearness``). Blocks of days are read when they are first asked for, what another process stored since is read at
the beginning of each transaction, and what a transaction that failed had entered is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.nearness import BLOCK_DAYS, FLOOR, SHORTLIST, NearTellings, Vector, direction_of
from newsdesk.telling import TELLING_VERSION, Telling, packed, unpacked
from storage.rows import among, insert, wanted
from storage.schema import tellings

_KEPT = 2048  # unpacked tellings: about 12 MB; the articles of a day's large stories are compared again and again
_ROWS = 2  # of a telling's meaning: the headline, and the headline with the opening
_LARGEST = 127


def small(meaning: Vector) -> bytes:
    """Rows of unit length as signed bytes, each row scaled to its largest part; errs by .002 in a cosine (512 wide)."""
    largest = np.maximum(np.abs(meaning).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.round(meaning / largest * _LARGEST), dtype=np.int8).tobytes()


def large(stored: bytes) -> Vector:
    """What ``small`` stored: shape (2, width), rows of unit length (or of zeros)."""
    rows = np.frombuffer(stored, dtype=np.int8).reshape(_ROWS, -1).astype(np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def kind_of(telling: Telling) -> str:
    """Which tellings it may be compared with: encoder and rules."""
    return f"{telling.encoder} {telling.version}"


def kind_now(encoder: str) -> str:
    """Which tellings can be compared with those that this encoder and the present rules make."""
    return f"{encoder} {TELLING_VERSION}"


class Tellings:
    """The tellings of a database, as the process that stores articles looks them up. Used within one writing transaction at a
    time: ``begin``, then look-ups and entries, then ``settle`` or ``forget``."""

    def __init__(self) -> None:
        self._near: dict[str, NearTellings] = {}
        self._unpacked: OrderedDict[int, Telling] = OrderedDict()
        self._seen: int | None = None
        self._entered: list[int] = []
        self._moved: list[int] = []
        self._rows: list[dict[str, Any]] = []

    def begin(self, connection: Connection) -> None:
        """Take up what other processes stored since the last transaction."""
        if self._seen is None:
            self._seen = connection.scalar(_LAST) or 0
            return
        for row in connection.execute(_SINCE, {"seen": self._seen}):
            self._seen = row.article_id
            self._add(row.version, row.article_id, row.day, row.meaning)

    def nearest(self, connection: Connection, telling: Telling, day: date) -> list[int]:
        """Ids of the stored articles around a day that lie nearest, the nearest first, at most ``SHORTLIST``."""
        near = self._near.setdefault(kind_of(telling), NearTellings())
        self._read_blocks(connection, kind_of(telling), near, day.toordinal())
        return [one.article_id for one in near.near(direction_of(telling.meaning), day.toordinal(), SHORTLIST, FLOOR)]

    def told(self, connection: Connection, article_ids: Sequence[int]) -> Mapping[int, Telling]:
        """The tellings of articles, by id; those that have none are left out."""
        missing = [article_id for article_id in article_ids if article_id not in self._unpacked]
        if missing:
            self.write(connection)
            for row in connection.execute(_tellings_asked(connection.dialect.name), wanted(connection, missing)):
                self._unpacked[row.article_id] = replace(unpacked(row.words), meaning=large(row.meaning))
        found = {article_id: self._unpacked[article_id] for article_id in article_ids if article_id in self._unpacked}
        self._keep_few(found)
        return found

    def enter(self, article_id: int, telling: Telling, day: date) -> None:
        """Enter the telling of an article that is being stored."""
        row = _row(article_id, telling, day)
        self._rows.append(row)
        self._entered.append(article_id)
        self._unpacked[article_id] = replace(telling, meaning=large(row["meaning"]))  # as it will be read: nothing depends on it
        self._add(kind_of(telling), article_id, day, row["meaning"])

    def tell_anew(self, connection: Connection, told: Sequence[tuple[int, Telling, date]]) -> None:
        """Put these tellings of stored articles, each looked for around its day, in place of those they had, if any."""
        if not told:
            return
        self.write(connection)
        ids = [article_id for article_id, _, _ in told]
        asked = connection.execute(_versions_asked(connection.dialect.name), wanted(connection, ids))
        for version in {row.version for row in asked} & self._near.keys():
            self._near[version].drop(ids)
        rows = [_row(*one) for one in told]
        connection.execute(_replacing(connection.dialect.name), rows)
        self._moved += ids
        for row in rows:
            self._unpacked.pop(row["article_id"], None)
            self._add(row["version"], row["article_id"], row["day"], row["meaning"])

    def date_again(self, connection: Connection, article_id: int, published_on: date | None, day: date) -> None:
        """Bring what is compared of a stored article to another day of publication (None: not known); it is looked for around
        ``day`` from now on."""
        self.write(connection)
        row = connection.execute(sa.select(tellings).where(tellings.c.article_id == article_id)).one_or_none()
        if row is None:
            return
        words = packed(replace(unpacked(row.words), day=published_on))
        connection.execute(sa.update(tellings).where(tellings.c.article_id == article_id).values(day=day, words=words))
        self._moved.append(article_id)
        self._unpacked.pop(article_id, None)
        for near in self._near.values():
            near.drop([article_id])
        self._add(row.version, article_id, day, row.meaning)

    def write(self, connection: Connection) -> None:
        """Write what was entered."""
        if self._rows:
            connection.execute(_INSERTION, self._rows)
            self._rows = []

    def settle(self) -> None:
        """The transaction was kept."""
        if self._entered:
            self._seen = max(self._seen or 0, *self._entered)
        self._entered, self._moved = [], []

    def forget(self) -> None:
        """The transaction was not kept: forget what it entered, for its ids will be given to other articles, and read anew the
        days between which it moved any."""
        for near in self._near.values():
            near.drop(self._entered)
        for article_id in (*self._entered, *self._moved):
            self._unpacked.pop(article_id, None)
        if self._moved:
            self._near = {}
        self._entered, self._moved, self._rows = [], [], []

    def _add(self, version: str, article_id: int, day: date, meaning: bytes) -> None:
        near = self._near.get(version)
        if near is not None and near.holds(day.toordinal() // BLOCK_DAYS):  # else it is read with its block
            near.add(article_id, day.toordinal(), direction_of(large(meaning)))

    def _read_blocks(self, connection: Connection, version: str, near: NearTellings, day: int) -> None:
        for number in near.blocks_around(day):
            if near.holds(number):
                continue
            self.write(connection)
            first = date.fromordinal(number * BLOCK_DAYS)
            last = date.fromordinal(number * BLOCK_DAYS + BLOCK_DAYS - 1)
            near.begin(number)
            for row in connection.execute(_BLOCK, {"version": version, "first": first, "last": last}):
                near.add(row.article_id, row.day.toordinal(), direction_of(large(row.meaning)))

    def _keep_few(self, used: Iterable[int]) -> None:
        for article_id in used:
            self._unpacked.move_to_end(article_id)
        while len(self._unpacked) > _KEPT:
            self._unpacked.popitem(last=False)


def _row(article_id: int, telling: Telling, day: date) -> dict[str, Any]:
    words = packed(replace(telling, meaning=telling.meaning[:, :0]))
    return {"article_id": article_id, "version": kind_of(telling), "day": day, "meaning": small(telling.meaning), "words": words}


_INSERTION = sa.insert(tellings)
_LAST = sa.select(sa.func.max(tellings.c.article_id))
_SINCE = (
    sa.select(tellings.c.article_id, tellings.c.version, tellings.c.day, tellings.c.meaning)
    .where(tellings.c.article_id > sa.bindparam("seen"))
    .order_by(tellings.c.article_id)
)
_BLOCK = sa.select(tellings.c.article_id, tellings.c.day, tellings.c.meaning).where(
    tellings.c.version == sa.bindparam("version"), tellings.c.day.between(sa.bindparam("first"), sa.bindparam("last"))
)


@lru_cache(maxsize=2)
def _tellings_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(tellings.c.article_id, tellings.c.meaning, tellings.c.words).where(among(dialect, tellings.c.article_id))


@lru_cache(maxsize=2)
def _versions_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(tellings.c.version).where(among(dialect, tellings.c.article_id)).distinct()


@lru_cache(maxsize=2)
def _replacing(dialect: str) -> Any:
    put = insert(dialect, tellings)
    anew = {name: put.excluded[name] for name in ("version", "day", "meaning", "words")}
    return put.on_conflict_do_update(index_elements=["article_id"], set_=anew)
