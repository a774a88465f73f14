"""Databases for tests: a fresh, migrated one for each test, in SQLite and in PostgreSQL.

The PostgreSQL server is private: started once a test process, on a socket in a temporary folder. The environment's
NEWSDESK_TEST_POSTGRES_URL names a server of yours instead, whose user may create databases.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from storage.database import Database, migrate, open_database

KINDS = ("sqlite", "postgresql")
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path("/usr/local/pgsql/bin")]
_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG
_count = itertools.count(1)


def missing(sentence: str) -> None:
    """Skip for want of something, unless NEWSDESK_REQUIRE_ALL=1 says that nothing may be skipped."""
    if os.environ.get("NEWSDESK_REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


class PostgresServer:
    """A running server: its address for administration, and databases on it."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)

    def run(self, statement: sql.Composable) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)

    def create(self, name: str, template: str = "template0") -> str:
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _die_with_us() -> None:
    """In the child: end when the tests are killed, so that no server stays behind."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGINT)


@contextmanager
def private_postgres() -> Iterator[PostgresServer]:
    """A server in a temporary folder, run as ``nobody`` where we are root (it refuses to run as root)."""
    programs = _PROGRAMS[-1]
    folder = Path(tempfile.mkdtemp(prefix="nd-pg-", dir="/tmp"))
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    create = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(create, check=True, capture_output=True, cwd=folder, **person)
    quick = [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=80",
        "shared_buffers=32MB",
        "listen_addresses=",
    ]
    command = [programs / "postgres", "-D", data, "-k", folder, *(word for one in quick for word in ("-c", one))]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, preexec_fn=_die_with_us, **person)  # noqa: PLW1509  no threads yet
    try:
        _wait_for(folder, server)
        yield PostgresServer(f"postgresql://postgres@/postgres?host={folder}")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"the test's PostgreSQL did not start: {(folder / 'log').read_text()}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    given = os.environ.get("NEWSDESK_TEST_POSTGRES_URL")
    if given:
        yield PostgresServer(given)
        return
    if not (_PROGRAMS[-1] / "initdb").exists():
        missing("PostgreSQL's server programs are not installed; set NEWSDESK_TEST_POSTGRES_URL to test on a server of yours.")
    with private_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a migrated database to copy."""
    name = f"newsdesk_template_{os.getpid()}"
    database = open_database(postgres_server.create(name))
    migrate(database)
    database.close()
    yield name
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "newsdesk.sqlite3"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without tables."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'newsdesk.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"newsdesk_{os.getpid()}_{next(_count)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def database_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, migrated database of the ``kind`` a test is parametrised with."""
    with fresh_url(kind, tmp_path, request) as url:
        yield url


@contextmanager
def fresh_url(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if kind == "sqlite":
        path = folder / f"newsdesk-{next(_count)}.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template: str = request.getfixturevalue("postgres_template")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"newsdesk_{os.getpid()}_{next(_count)}"
    try:
        yield server.create(name, template)
    finally:
        server.drop(name)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database; a test that asks for it (or for ``database``) runs on both."""
    return str(request.param)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def open_again(database_url: str) -> Iterator[Callable[[], Database]]:
    """Opens the test's database once more, as another process would."""
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(database_url))
        return opened[-1]

    yield again
    for one in opened:
        one.close()
