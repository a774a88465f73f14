"""Workers that hang, eat memory or crash are replaced; the pool goes on, and no worker outlives its owner."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.pool import TookTooLong, TooMuchMemory, WorkerDied, WorkerPool, WorkFailed
from tests.crawler import chores

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 512 * 1024 * 1024


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(2, 1.5, MEMORY, preload=["tests.crawler.chores"])
    yield pool
    pool.close_now()


def test_a_result_and_a_raised_error_come_back(pool: WorkerPool) -> None:
    async def both() -> None:
        assert await pool.run(chores.add, 2, 3) == 5
        with pytest.raises(LookupError, match="not here"):
            await pool.run(chores.raise_lookup, "not here")
        with pytest.raises(TimeoutError, match="its own"):
            await pool.run(chores.raise_timeout)

    asyncio.run(both())


@pytest.mark.parametrize(
    ("chore", "error"),
    [
        (chores.sleep_for_ever, TookTooLong),
        (chores.spin, TookTooLong),
        (chores.eat_memory, TooMuchMemory),
        (chores.crash, WorkerDied),
        (chores.leave, WorkerDied),
    ],
    ids=lambda value: value.__name__,
)
def test_a_worker_that_fails_is_named_and_replaced(pool: WorkerPool, chore: Callable[[], None], error: type[WorkFailed]) -> None:
    async def then_another() -> None:
        with pytest.raises(error, match=chore.__name__):
            await pool.run(chore)
        assert await asyncio.gather(*(pool.run(chores.add, i, i) for i in range(4))) == [0, 2, 4, 6]

    asyncio.run(then_another())


def test_one_slow_task_does_not_hold_up_the_others_or_the_loop(pool: WorkerPool) -> None:
    async def watch() -> float:
        slow = asyncio.ensure_future(pool.run(chores.spin))
        worst, began = 0.0, time.monotonic()
        while time.monotonic() - began < 1.0:
            before = time.monotonic()
            assert await pool.run(chores.add, 1, 1) == 2
            await asyncio.sleep(0.01)
            worst = max(worst, time.monotonic() - before)
        with pytest.raises(TookTooLong):
            await slow
        return worst

    assert asyncio.run(watch()) < 0.8


def test_a_cancelled_task_is_killed(pool: WorkerPool, tmp_path: Path) -> None:
    async def cancel() -> None:
        task = asyncio.ensure_future(pool.run_within(30.0, chores.note_and_spin, str(tmp_path / "pid")))
        await _until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await _until(lambda: not _lives(int((tmp_path / "pid").read_text())))

    asyncio.run(cancel())


OWNER = """
import asyncio, sys
from crawler.pool import WorkerPool
from tests.crawler import chores

async def main():
    pool = WorkerPool(2, 60.0, 512 * 1024 * 1024)
    print(*{await pool.run(chores.own_process) for _ in range(20)}, flush=True)
    asyncio.ensure_future(pool.run(chores.spin))
    if "close" in sys.argv:
        await pool.close()
        print("closed", flush=True)
    else:
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("how", ["kill", "close"])
def test_no_worker_outlives_its_owner(tmp_path: Path, how: str) -> None:
    script = tmp_path / "owner.py"
    script.write_text(OWNER)
    owner = subprocess.Popen(
        [sys.executable, str(script), how], stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert owner.stdout is not None
    workers = [int(word) for word in owner.stdout.readline().split()]
    assert workers
    if how == "kill":
        owner.send_signal(signal.SIGKILL)
    else:
        assert owner.stdout.readline().strip() == "closed"
    owner.wait(10)
    owner.stdout.close()
    asyncio.run(_until(lambda: not any(_lives(worker) for worker in workers)))


async def _until(what: Callable[[], bool], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


def _lives(process: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet (a zombie) does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
