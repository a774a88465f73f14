"""Where an exchange is kept in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SnapshotRef:
    """A WARC 1.1 response record. ``file`` is relative to the archive folder, ``offset`` and ``length`` are bytes of the
    compressed record, ``digest`` is ``sha256:`` and the hexadecimal SHA-256 of the payload as received."""

    file: str
    offset: int
    length: int
    record_id: str
    digest: str
    address: str
    status: int
    fetched_at: datetime
