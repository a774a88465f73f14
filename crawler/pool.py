"""Work on strangers' bytes in processes that can be killed: the one door to pebble.

Small inputs can burn CPU and memory for minutes in any parser (field notes, "Measured"), and a thread cannot be stopped.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import popen_forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from newsdesk.errors import NewsdeskError

P = ParamSpec("P")
T = TypeVar("T")

_TASKS_PER_WORKER = 500  # libxml2 and the pattern caches grow slowly; a fresh worker costs about 20 ms from the fork server
_PATIENCE = 5.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class _Launch(popen_forkserver.Popen):
    """Starts a worker without telling it of our main program.

    A fresh worker would import that program again (the whole of newsdesk: seconds under load), and Python 3.11 does not let
    the fork server do it once. Workers run functions of importable modules only, so they do not need it.
    """

    _lock = threading.Lock()

    def _launch(self, process_obj: Any) -> None:
        main: Any = sys.modules["__main__"]
        with self._lock:
            kept = {name: getattr(main, name, None) for name in ("__file__", "__spec__")}
            try:
                main.__file__ = main.__spec__ = None
                super()._launch(process_obj)  # type: ignore[misc]
            finally:
                for name, value in kept.items():
                    setattr(main, name, value)


class _Worker(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        return _Launch(process_obj)


class _Context(ForkServerContext):
    Process = _Worker


class WorkFailed(NewsdeskError):
    """A worker process could not finish a task; the pool goes on with a fresh worker."""


class TookTooLong(WorkFailed):
    """The task was killed after its seconds."""


class TooMuchMemory(WorkFailed):
    """The task asked for more memory than its worker may have."""


class WorkerDied(WorkFailed):
    """The worker process ended by itself (a crash in native code, or the operating system killed it)."""


@dataclass(frozen=True, repr=False)
class InWorker:
    """A function of a module that only the worker loads: whoever hands the work over need not wait for it."""

    module: str
    function: str

    def __call__(self, *arguments: Any) -> Any:
        return getattr(importlib.import_module(self.module), self.function)(*arguments)

    def __repr__(self) -> str:
        return self.function


@dataclass(frozen=True)
class _Raised:
    """What the function raised, kept apart from what the pool itself reports."""

    error: Exception


class WorkerPool:
    """At most ``workers`` processes; each task has ``seconds`` of CPU time and each worker ``memory_bytes`` of address space.

    CPU time, because a busy machine must not make a harmless page look hostile; a task that waits instead of working is
    ended after ``_PATIENCE`` times as many seconds by the clock.

    ``preload`` names modules the fork server imports once, so that a fresh worker has them at once.
    """

    def __init__(self, workers: int, seconds: float, memory_bytes: int, preload: Sequence[str] = ()) -> None:
        self._seconds = seconds
        context = _Context()
        context.set_forkserver_preload(list(preload))
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_settle_in,
            initargs=(memory_bytes, os.getpid()),
            context=context,
        )

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a top-level function in a worker with the pool's own time budget. See ``run_within`` for errors."""
        return await self.run_within(self._seconds, function, *args, **kwargs)

    async def run_within(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a top-level function in a worker; arguments and result must be picklable.

        Raises TookTooLong, TooMuchMemory, WorkerDied, or whatever the function itself raised. Cancelling kills the task.
        """
        name = getattr(function, "__qualname__", repr(function))
        future: Future[T | _Raised] = self._pool.schedule(_call, args=(seconds, function, args, kwargs), timeout=_PATIENCE * seconds)
        try:
            result = await asyncio.wrap_future(future)
        except TimeoutError:
            raise TookTooLong(f"{name} was stopped after {_PATIENCE * seconds:g} seconds by the clock") from None
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGPROF:
                raise TookTooLong(f"{name} was stopped after {seconds:g} seconds of work") from None
            raise WorkerDied(f"the worker running {name} ended with {_how(error.exitcode)}") from None
        except MemoryError:
            raise TooMuchMemory(f"{name} asked for more memory than a worker may have") from None
        if isinstance(result, _Raised):
            if isinstance(result.error, MemoryError):
                raise TooMuchMemory(f"{name} asked for more memory than a worker may have") from None
            raise result.error
        return result

    async def close(self) -> None:
        """Kill what runs, and wait until the workers are gone. Idempotent."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """As ``close``, for callers without a loop."""
        self._pool.stop()
        self._pool.join()


def _call(seconds: float, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """Run a task under a timer of CPU time whose signal ends the process, also inside native code (setitimer(2))."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - carried to the caller, who raises it
        return _Raised(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _how(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"signal {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"


def _settle_in(memory_bytes: int, owner: int) -> None:
    """In a fresh worker: bound its memory, leave the terminal's signals to the owner, and die when the owner dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with, args=(owner, os.getppid()), daemon=True).start()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _end_with(owner: int, parent: int) -> None:
    """End this process when the fork server (our parent) or the owner is gone."""
    while os.getppid() == parent and _lives(owner):
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGKILL)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
