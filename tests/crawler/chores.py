"""What the tests let workers do."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path


def add(a: int, b: int) -> int:
    return a + b


def own_process() -> int:
    time.sleep(0.02)
    return os.getpid()


def raise_lookup(message: str) -> None:
    raise LookupError(message)


def raise_timeout() -> None:
    raise TimeoutError("its own")


def sleep_for_ever() -> None:
    time.sleep(3600)


def spin() -> None:
    while True:
        pass


def note_and_spin(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    spin()


def eat_memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)
