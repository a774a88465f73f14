"""One daemon a database, also when the other is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from newsdesk.errors import AlreadyRunning
from storage.database import Database, open_database
from storage.lock import hold_desk

ROOT = Path(__file__).parents[2]
HOLDING = """
import sys, time
from datetime import UTC, datetime
from storage.database import open_database
from storage.lock import hold_desk
with hold_desk(open_database(sys.argv[1]), "/desk", "newsdesk run", datetime.now(UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


HOLDING_WITH_A_CHILD = """
import multiprocessing, os, sys, time
from datetime import UTC, datetime
from storage.database import open_database
from storage.lock import hold_desk
with hold_desk(open_database(sys.argv[1]), "/desk", "newsdesk run", datetime.now(UTC)):
    worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    worker.start()
    print(worker.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def elsewhere(database_url: str):  # type: ignore[no-untyped-def]
    """Another process that holds the desk."""
    command = [sys.executable, "-c", HOLDING, database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_daemon_refuses_and_says_who_runs(database: Database, elsewhere: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(AlreadyRunning, match=rf"newsdesk run, process {elsewhere.pid} on .* since 20.*/desk"),
        hold_desk(database, "/b", "me", datetime.now(UTC)),
    ):
        pass


def test_the_place_falls_free_when_its_holder_is_killed(database: Database, elsewhere: subprocess.Popen[str]) -> None:
    elsewhere.send_signal(signal.SIGKILL)
    elsewhere.wait()
    with hold_desk(database, "/desk", "the next", datetime.now(UTC)) as held:
        assert held.still_held() and held.holder.pid == os.getpid()


def test_a_worker_that_outlives_its_killed_daemon_does_not_hold_the_place(database: Database, database_url: str) -> None:
    command = [sys.executable, "-c", HOLDING_WITH_A_CHILD, database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
        try:
            with hold_desk(database, "/desk", "the next", datetime.now(UTC)) as held:
                assert held.still_held()
            os.kill(worker, 0)  # it still lives
        finally:
            os.kill(worker, signal.SIGKILL)


def test_the_place_is_given_back_also_after_an_error(database: Database, open_again) -> None:  # type: ignore[no-untyped-def]
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), hold_desk(database, "/desk", "me", datetime.now(UTC)):
            raise ValueError("broken")
    with hold_desk(open_again(), "/desk", "me", datetime.now(UTC)) as held:
        assert held.still_held()
        with pytest.raises(AlreadyRunning), hold_desk(database, "/desk", "another in the same process", datetime.now(UTC)):
            pass
        assert held.still_held()


def test_the_same_desk_by_another_path_is_the_same_desk(kind: str, database_url: str, tmp_path: Path) -> None:
    if kind != "sqlite":
        return
    file = Path(sa.make_url(database_url).database or "")
    other = tmp_path / "link.sqlite3"
    other.symlink_to(file)
    with (
        hold_desk(open_database(database_url), "/desk", "me", datetime.now(UTC)),
        pytest.raises(AlreadyRunning),
        hold_desk(open_database(f"sqlite:///{other}"), "/desk", "you", datetime.now(UTC)),
    ):
        pass


def test_a_cut_session_is_noticed(kind: str, database: Database, open_again) -> None:  # type: ignore[no-untyped-def]
    with hold_desk(database, "/desk", "me", datetime.now(UTC)) as held:
        assert held.still_held()
        if kind == "sqlite":
            return
        with open_again().writing() as connection:
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()")
            )
        time.sleep(0.1)
        assert not held.still_held() and not held.still_held()
        with hold_desk(open_again(), "/desk", "the next", datetime.now(UTC)) as other:
            assert other.still_held() and not held.still_held()
