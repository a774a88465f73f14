"""Whether the fingerprints of an arriving text were perhaps entered before: told from memory, so that only those few are asked of
the database. Each of the others would be one page of a large table read from the disk, to learn that nobody holds it.

The table ``fingerprint_log`` says which fingerprints were entered, in the order of entering; what another process entered is
taken up at the beginning of each transaction. What a transaction that failed would have entered does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.sieve import Sieve
from storage.schema import fingerprint_log

_ROOM = 2  # a sieve is made for as many times the fingerprints that there are
_AT_ONCE = 1000  # lines of the log


def written(hashes: Sequence[int]) -> bytes:
    """Fingerprints as a line of the log keeps them: signed 64 bit each, the least byte first."""
    return np.array(hashes, dtype="<i8").tobytes()


class Prints:
    """The fingerprints of a database, as the process that stores articles sifts them. ``begin`` opens each writing transaction."""

    def __init__(self) -> None:
        self._sieve = Sieve(0)
        self._seen = 0

    def begin(self, connection: Connection) -> None:
        """Take up what was entered since the last transaction; the first time, and when the sieve has become too small, all."""
        if self._seen == 0 or self._sieve.full:
            self._sieve = Sieve(_ROOM * max(_entered(connection), self._sieve.size))
            self._seen = 0
        lines = self._next(connection)
        while len(lines) == _AT_ONCE:
            lines = self._next(connection)

    def perhaps(self, hashes: Sequence[int]) -> list[int]:
        """Those that are perhaps held: all that are, and about one in fifty of the others."""
        return self._sieve.passing(hashes)

    def _next(self, connection: Connection) -> Sequence[sa.Row[int, bytes]]:
        lines = connection.execute(_SINCE, {"seen": self._seen}).all()
        if lines:
            self._sieve.add(np.frombuffer(b"".join(line.hashes for line in lines), dtype="<i8").astype(np.int64))
            self._seen = lines[-1].id
        return lines


def _entered(connection: Connection) -> int:
    """About how many fingerprints the log holds, from the length of its last lines."""
    last, mean = connection.execute(_EXTENT).one()
    return int((last or 0) * float(mean or 0) / 8)


_SINCE = (
    sa.select(fingerprint_log.c.id, fingerprint_log.c.hashes)
    .where(fingerprint_log.c.id > sa.bindparam("seen"))
    .order_by(fingerprint_log.c.id)
    .limit(_AT_ONCE)
)
_LATEST = sa.select(fingerprint_log.c.id, sa.func.length(fingerprint_log.c.hashes).label("bytes"))
_LATEST_LINES = _LATEST.order_by(fingerprint_log.c.id.desc()).limit(_AT_ONCE).subquery()
_EXTENT = sa.select(sa.func.max(_LATEST_LINES.c.id), sa.func.avg(_LATEST_LINES.c.bytes))
