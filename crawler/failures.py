"""What every failed exchange means: one named outcome and a sentence of detail."""

from __future__ import annotations

from datetime import datetime

from twisted.python.failure import Failure

from newsdesk.links import Outcome


def outcome_of_failure(failure: Failure | BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that got no usable answer, and a detail for the editor."""
    raise NotImplementedError


def outcome_of_status(status: int) -> Outcome | None:
    """The outcome of an answer by its HTTP status; None where the answer is one to read (200, 203)."""
    raise NotImplementedError


def is_interruption(failure: Failure | BaseException) -> bool:
    """Whether the request was cut because newsdesk stops: give the lease back, count nothing."""
    raise NotImplementedError


def not_before(failure: Failure | BaseException) -> datetime | None:
    """When a postponed request may be tried again at the earliest (a resting host), None where the failure does not say.

    With a moment the link was not tried at all: postpone it without counting an attempt where the shelf can.
    """
    raise NotImplementedError
