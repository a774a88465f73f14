"""What is remembered of a source between polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdesk.links import Outcome, PollOutcome


@dataclass(frozen=True)
class Validators:
    """RFC 9110 validators of the last answer that was read to its end, and the SHA-256 of its body (hexadecimal)."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True)
class SourceState:
    """A source's memory. ``failing_since`` is None while it works; ``weight`` sums weighted failures (hard 1, soft 0.5,
    temporary 0.25) and sets the back-off; ``read_in_full_at`` is the last unconditional read."""

    source_id: str
    outlet_id: str
    due_at: datetime
    validators: Validators = Validators()
    polled_at: datetime | None = None
    read_in_full_at: datetime | None = None
    last_outcome: str | None = None
    last_detail: str = ""
    failing_since: datetime | None = None
    weight: float = 0.0
    interval_seconds: int = 3600


@dataclass(frozen=True)
class PollEnd:
    """How one poll ended. ``announced`` entries of which ``new`` were unknown; ``cut`` were over the cap."""

    source_id: str
    outcome: PollOutcome | Outcome
    detail: str
    polled_at: datetime
    status: int | None = None
    validators: Validators | None = None  # None: keep the ones there are
    unconditional: bool = False
    announced: int = 0
    new: int = 0
    cut: int = 0
    retry_after_seconds: int | None = None


@dataclass(frozen=True)
class SourceReport:
    """A source's row in ``newsdesk status``: the outcomes of its links, counted, and how it fares."""

    source_id: str
    outlet_id: str
    kind: str
    url: str
    state: SourceState
    outcomes: Mapping[str, int]
    waiting: int
