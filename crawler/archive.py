"""The archive: each exchange as it happened, in WARC 1.1 files, written before anything is parsed. The one door to warcio.

Records are put together here byte by byte, because warcio's writer percent-encodes header bytes that are not ASCII, and the
archive keeps headers as they came; warcio reads and verifies. Bytes are handed to the operating system before ``write``
returns, so a killed process loses nothing; they are synced to the disk when a file is closed, so a power cut may cost the
last file's end, which ``repair`` cuts off at the last whole record.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import queue
import re
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from socket import gethostname
from typing import BinaryIO
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler import encodings
from newsdesk.errors import NewsdeskError
from newsdesk.snapshots import SnapshotRef

_ROTATE_BYTES = 1024**3  # the usual size of WARC files (ISO 28500, annex)
_SCAN_BYTES = 1024 * 1024
_OPEN = ".open"
_NEW = ".new"
_SENT_DECODED = "X-Crawler-Transfer-Encoding"  # the body is kept without its chunks; readers would try to undo them again

Header = tuple[str, str]


class ArchiveError(NewsdeskError):
    """The archive cannot be written or read."""


class SnapshotDamaged(ArchiveError):
    """The record is not where it should be, or its bytes are not those that were written."""


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. Header names and values are Latin-1 text, in the order and spelling of the wire; ``body``
    is as received (content encodings not undone, chunks joined); ``request_line`` has method, target and protocol."""

    address: str
    request_line: str
    request_headers: Sequence[Header]
    status: int
    reason: str
    headers: Sequence[Header]
    body: bytes
    fetched_at: datetime
    ip_address: str | None = None
    protocol: str = "HTTP/1.1"

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def content_encodings(self) -> Sequence[str]:
        return [value for key, value in self.headers if key.lower() == "content-encoding"]

    def decoded_body(self, limit_bytes: int) -> bytes:
        """The body with its content encodings undone. Raises CompressionBomb, TruncatedBody, UnknownEncoding."""
        return encodings.undo(self.body, self.content_encodings(), limit_bytes)


class Archive:
    """A folder of WARC files; one writer thread per process. ``write`` from the loop, ``read`` from any thread."""

    def __init__(self, folder: Path, software: str, contact: str, clock: Callable[[], datetime], rotate_bytes: int = _ROTATE_BYTES) -> None:
        self.folder = folder
        self._clock = clock
        self._rotate_bytes = rotate_bytes
        self._info = (("software", software), ("operator", contact), ("robots", "obey"), ("format", "WARC File Format 1.1"))
        self._queue: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._count = 0
        self._file: _OpenFile | None = None
        self._closed = False

    async def write(self, exchange: Exchange) -> SnapshotRef:
        """Append response and request records; returns when the bytes are with the operating system. Raises ArchiveError."""
        raise NotImplementedError

    def read(self, ref: SnapshotRef) -> Exchange:
        """The exchange as it was written; blocks on the disk. Raises SnapshotDamaged, saying what is wrong with which file."""
        raise NotImplementedError

    async def close(self) -> None:
        """Write what waits, sync, and give the file its final name. Idempotent."""
        raise NotImplementedError


def repair(folder: Path) -> Sequence[str]:
    """Close the files of processes that died: cut a torn last record off and give the file its final name.

    Returns the final names; files of living processes are left alone. Blocks on the disk."""
    raise NotImplementedError
