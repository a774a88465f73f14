"""Opening a database, its transactions, and its migrations: the one door to SQLAlchemy's engine and to Alembic."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from newsdesk.errors import StorageError

BUSY_SECONDS = 30
_WRITES = "newsdesk_writes"
# Any numbers of our own; they only must differ from those of other programs in the same PostgreSQL database.
LOCK_MIGRATION, LOCK_STORIES, LOCK_DESK, LOCK_LEDGER, LOCK_EDITION, LOCK_HEALTH = (0x6E657773_0000 + number for number in range(1, 7))


class Database:
    """An open database. Read in ``reading()``, write in ``writing()``: each is one transaction on one connection.

    Its name and every error it raises leave out user and password.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = _name(engine.url)

    def __repr__(self) -> str:
        return f"Database({self.name!r})"

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path:
        """The database's file, by its one true path; only SQLite has one."""
        return Path(self.engine.url.database or "").resolve()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads. Raises StorageError."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: committed at the end, rolled back on any error. Raises StorageError.

        In SQLite it takes the write lock at its beginning (BEGIN IMMEDIATE): a transaction that reads first and then
        writes would fail at once when another process has written in between, however long it is willing to wait.
        """
        with self._translated(), self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StorageError(f"The database {self.name} refused: {_cause(error)}. Nothing of this step was kept.") from error
        except SQLAlchemyError as error:
            raise StorageError(f"The database {self.name} could not be used: {type(error).__name__}: {error}") from error


def open_database(url: str) -> Database:
    """Open ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``. Connects at first use. Raises StorageError."""
    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError("The database address cannot be read; give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.") from None
    kind = parsed.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return Database(_postgresql(parsed))
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return Database(_sqlite(parsed))
    if kind == "sqlite":
        raise StorageError("A database in memory cannot be shared by the daemon's threads; give sqlite:///FILE.")
    raise StorageError(f"newsdesk keeps its data in SQLite or PostgreSQL, not in {kind!r}.")


def serialise(connection: Connection, lock: int) -> None:
    """Let one transaction at a time pass here, until its end. In SQLite a writing transaction is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.cast(lock, sa.BigInteger))))


def migrate(database: Database) -> str:
    """Bring the tables up to this program's version, each migration in its own transaction; returns the version.

    Raises StorageError when the database was made by a newer program or cannot be brought up.
    """
    with _migrations() as folder, _migration_turn(database), database._translated(), database.engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        script = ScriptDirectory(str(folder))
        head = script.get_current_head() or ""
        _refuse_newer(database, connection, script)
        upgrade(connection, script, head)
        return head


def upgrade(connection: Connection, script: ScriptDirectory, target: str) -> None:
    """Run the migrations up to ``target`` on a connection that is in no transaction."""

    def steps(revision: Any, context: Any) -> Any:
        return script._upgrade_revs(target, revision)

    config = Config()
    config.set_main_option("script_location", script.dir.replace("%", "%%"))
    with EnvironmentContext(config, script, fn=steps, destination_rev=target) as environment:
        environment.configure(connection=connection, transaction_per_migration=True, transactional_ddl=True)
        environment.run_migrations()
        connection.commit()


def _refuse_newer(database: Database, connection: Connection, script: ScriptDirectory) -> None:
    with connection.begin():
        version = MigrationContext.configure(connection).get_current_revision()
    try:
        script.get_revision(version or "base")
    except CommandError:
        raise StorageError(
            f"The database {database.name} is at version {version}, which this newsdesk does not know: a newer one made it. "
            "Use that newer newsdesk, or a backup from before."
        ) from None


@contextmanager
def _migrations() -> Iterator[Path]:
    with resources.as_file(resources.files("storage") / "migrations") as folder:
        yield folder


@contextmanager
def _migration_turn(database: Database) -> Iterator[None]:
    """One process migrates at a time; the others wait and then find nothing to do."""
    with _file_turn(database.file) if database.is_sqlite else _postgresql_turn(database):
        yield


@contextmanager
def _file_turn(file: Path) -> Iterator[None]:
    try:
        handle = file.with_name(file.name + ".migrating").open("a")
    except OSError as error:
        raise StorageError(f"The folder of the database {file} cannot be written: {error.strerror}.") from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _postgresql_turn(database: Database) -> Iterator[None]:
    with database._translated(), database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sa.select(sa.func.pg_advisory_lock(LOCK_MIGRATION)))
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(LOCK_MIGRATION)))


def _sqlite(url: URL) -> Engine:
    engine = sa.create_engine(
        url.set(drivername="sqlite+pysqlite"), hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}, pool_size=10, max_overflow=30
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # _begin_sqlite says BEGIN; the driver's own would come too late and never IMMEDIATE
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL, though NORMAL would outlive a kill -9: in WAL mode NORMAL may lose the last commits when the power fails,
    # and with them an editor's decision, or a feed's validators would stand while its links are gone. Each commit
    # then waits for the disk once; links are written in batches, so that costs little.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -32768")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


def _postgresql(url: URL) -> Engine:
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": 10},
    )


def _name(url: URL) -> str:
    """What a database is called in messages: neither user nor password, wherever the address hides them."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or 'local'}{port}/{url.database or ''}"


def _cause(error: DBAPIError) -> str:
    """The driver's own words, in one line, without statement and parameters."""
    lines = str(error.orig).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error.orig).__name__
