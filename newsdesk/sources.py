"""What is remembered of a source between polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsdesk.links import Outcome, PollOutcome, Rhythm


@dataclass(frozen=True)
class Validators:
    """RFC 9110 validators of the last answer that was read to its end, and the SHA-256 of its body (hexadecimal)."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True)
class SourceState:
    """A source's memory. ``failing_since`` is None while it works; ``weight`` sums weighted failures (hard 1, soft 0.5,
    temporary 0.25) and sets the back-off; ``read_in_full_at`` is the last unconditional read.

    ``pace_seconds`` is the shortest time in which two thirds of the listing were replaced, as far as is remembered;
    ``rhythm`` what the source last stated of when to ask; ``reason`` why ``due_at`` is when it is, in words.
    ``moved_to`` is where the configured address has redirected for good since ``moved_at``."""

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
    pace_seconds: int | None = None
    rhythm: Rhythm | None = None
    reason: str = ""
    moved_to: str | None = None
    moved_at: datetime | None = None

    @property
    def asks_editor(self) -> str | None:
        """What an editor should look at, in a sentence; None where there is nothing."""
        if self.last_outcome == Outcome.GONE:
            return "The host says that this source is gone for good (410): look for its successor, or switch it off."
        if self.moved_to is not None:
            return f"It has moved for good to {self.moved_to}, where it is read now: put that address into the outlet's file."
        return None


@dataclass(frozen=True)
class PollEnd:
    """How one poll ended. ``announced`` entries of which ``new`` were unknown; ``cut`` were over the cap.

    ``fresh_seconds`` is how long the answer says it stays fresh (Cache-Control, Expires), ``pace_seconds`` the shortest time
    in which two thirds of the listing were published by its own moments, ``rhythm`` what it states itself (None: nothing
    was read, keep what is remembered), ``moved_to`` where the configured address redirects for good, empty where it
    answered itself, None where that is not known."""

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
    fresh_seconds: int | None = None
    pace_seconds: int | None = None
    rhythm: Rhythm | None = None
    moved_to: str | None = None


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
