"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What file systems without hard links answer; there a rename must do, which another call could undercut.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def write_new(path: Path, content: bytes, mode: int = 0o644) -> bool:
    """Write a file unless there is one already; False when there is. A crash leaves no half file under its name."""
    beside = _beside(path, content, mode)
    try:
        return _give_name(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _give_name(beside: Path, path: Path) -> bool:
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            return False
        beside.rename(path)
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one at a time through, threads and processes alike; ``path`` is a file of its own for this."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def replace(path: Path, content: bytes) -> None:
    """Put new content into a file's place at once, keeping its permissions."""
    beside = _beside(path, content, path.stat().st_mode & 0o777)
    try:
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path, content: bytes, mode: int) -> Path:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return beside
