"""One daemon a database: who holds the desk, and a place that falls free when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import IO, Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from newsdesk.errors import AlreadyRunning, StorageError
from storage.database import LOCK_DESK, Database
from storage.rows import insert
from storage.schema import desk_holder

_TRIES, _PAUSE_SECONDS = 10, 0.2


@dataclass(frozen=True)
class Holder:
    """The process that runs the desk; ``since`` is ISO 8601 in UTC."""

    who: str
    host: str
    pid: int
    home: str
    since: str

    def __str__(self) -> str:
        return f"{self.who}, process {self.pid} on {self.host}, since {self.since}, with the workspace {self.home}"


class HeldDesk:
    """The place, while it is held."""

    def __init__(self, holder: Holder, connection: Connection | None = None) -> None:
        self.holder = holder
        self._connection = connection

    def still_held(self) -> bool:
        """Whether the place is still ours. A PostgreSQL session may have been cut (server restarted, connection lost),
        and another daemon may have begun since: then stop. A file's lock stays until its process ends."""
        if self._connection is None:
            return True
        try:
            return _holds(self._connection)
        except SQLAlchemyError:
            return False


@contextmanager
def hold_desk(database: Database, home: str | PurePath, who: str, now: datetime) -> Iterator[HeldDesk]:
    """Hold the place of the only daemon, since ``now``. Raises AlreadyRunning, saying who runs, or StorageError."""
    since = now.astimezone(UTC).isoformat(sep=" ", timespec="seconds")
    holder = Holder(who, socket.gethostname(), os.getpid(), str(home), since)
    with _held_file(database, holder) if database.is_sqlite else _held_session(database, holder) as held:
        yield held


@contextmanager
def _held_file(database: Database, holder: Holder) -> Iterator[HeldDesk]:
    """The lock is the kernel's (flock), which a kill -9 gives back; the file's content only says whose it is."""
    path = database.file.with_name(database.file.name + ".lock")
    try:
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The lock file {path} cannot be written: {error.strerror}.") from None
    with handle:
        if not _patiently(lambda: _flocked(handle)):
            raise _already(database, _written(handle))
        _write(handle, json.dumps(asdict(holder)))
        try:
            with _not_inherited(handle.fileno()):
                yield HeldDesk(holder)
        finally:
            _write(handle, "")


_ours: set[int] = set()


@contextmanager
def _not_inherited(descriptor: int) -> Iterator[None]:
    """Let no forked child keep the place: while one lives, the kernel would hold the lock for a parent long killed."""
    _ours.add(descriptor)
    try:
        yield
    finally:
        _ours.discard(descriptor)


def _drop_in_child() -> None:
    while _ours:
        with suppress(OSError):
            os.close(_ours.pop())


os.register_at_fork(after_in_child=_drop_in_child)


def _socket(connection: Connection) -> int:
    """The file descriptor of the session's socket."""
    return int(cast(Any, connection.connection.dbapi_connection).fileno())


def _write(handle: IO[str], content: str) -> None:
    handle.seek(0)
    handle.truncate()
    handle.write(content)
    handle.flush()


def _written(handle: IO[str]) -> str | None:
    handle.seek(0)
    try:
        return str(Holder(**json.loads(handle.read())))
    except (ValueError, TypeError):  # it is only now writing its name
        return None


@contextmanager
def _held_session(database: Database, holder: Holder) -> Iterator[HeldDesk]:
    """The lock belongs to a session of its own, which the server ends when its process is gone."""
    connection = _session(database)
    try:
        with _explained(database):
            if not _patiently(lambda: bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(LOCK_DESK))))):
                raise _already(database, _entered(connection))
            _enter(connection, holder)
        with _not_inherited(_socket(connection)):
            yield HeldDesk(holder, connection)
    finally:
        with suppress(SQLAlchemyError):  # a session that is cut holds nothing any more
            connection.execute(sa.select(sa.func.pg_advisory_unlock(LOCK_DESK)))
        connection.invalidate()  # not back into the pool
        connection.close()


def _session(database: Database) -> Connection:
    with _explained(database):
        return database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def _explained(database: Database) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(f"The daemon's place on {database.name} could not be held: {type(error).__name__}. Is it migrated?") from error


def _patiently(take: Callable[[], bool]) -> bool:
    """Try for two seconds: kernel and server need a moment to notice that a killed process is gone."""
    for _ in range(_TRIES):
        if take():
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _flocked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holds(connection: Connection) -> bool:
    """Whether this very session holds the lock (pg_locks splits a 64-bit key into classid and objid)."""
    query = sa.text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted "
        "AND classid::bigint = :high AND objid::bigint = :low AND objsubid = 1"
    )
    return bool(connection.scalar(query, {"high": LOCK_DESK >> 32, "low": LOCK_DESK & 0xFFFFFFFF}))


def _enter(connection: Connection, holder: Holder) -> None:
    values: dict[str, Any] = {**asdict(holder), "since": datetime.fromisoformat(holder.since)}
    entered = insert(connection, desk_holder).values(id=1, **values)
    connection.execute(entered.on_conflict_do_update(index_elements=["id"], set_=values))


def _entered(connection: Connection) -> str | None:
    row = connection.execute(sa.select(desk_holder).where(desk_holder.c.id == 1)).mappings().one_or_none()
    if row is None:
        return None
    since = row["since"].isoformat(sep=" ", timespec="seconds")
    return str(Holder(row["who"], row["host"], row["pid"], row["home"], since))


def _already(database: Database, holder: str | None) -> AlreadyRunning:
    return AlreadyRunning(
        f"Only one daemon may run on the database {database.name}, and one runs already: "
        f"{holder or 'it has not yet said who it is'}. Stop that one first."
    )
