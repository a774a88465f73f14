"""When a source is polled next. Pure: what is remembered and how the poll ended give the moment and the reason.

Rules and numbers are field notes 2, 4, 5, 6, 7 and 12: poll by overlap between 15 minutes and a day, weigh failures and back
off linearly, never switch a source off, honour Retry-After up to a day, spread the return of many.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.links import Fate, Outcome, PollOutcome
from newsdesk.sources import PollEnd, SourceState

DAY_SECONDS = 86_400
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
# It answers, but not us or not usefully.
_SOFT = frozenset({Outcome.FORBIDDEN, Outcome.TOO_MANY_REQUESTS, Outcome.UNEXPECTED_STATUS, Outcome.TLS_FAILED, Outcome.ROBOTS_DENIED})


@dataclass(frozen=True)
class PollPolicy:
    """How often sources are polled. The band is the share of a poll's entries that should be known already: fewer and the
    poll came too late, more and it came too early. One step changes the interval at most by the factors given."""

    floor_seconds: int = 900
    first_seconds: int = 3600
    cap_seconds: int = DAY_SECONDS
    band_low: float = 1 / 3
    band_high: float = 2 / 3
    shrink_at_most: float = 0.5
    grow_at_most: float = 1.5
    spread_seconds: int = 60
    full_read_seconds: int = DAY_SECONDS
    weight_limit: float = 24.0


@dataclass(frozen=True)
class NextPoll:
    """When to ask again and why. ``interval_seconds`` is the rhythm without back-off and spread; ``weight`` and
    ``failing_since`` are what to remember; ``keeps_validators`` whether this answer's validators may be stored."""

    due_at: datetime
    interval_seconds: int
    reason: str
    weight: float
    failing_since: datetime | None
    keeps_validators: bool


DEFAULT = PollPolicy()


def failure_weight(outcome: PollOutcome | Outcome) -> float:
    """How much a failed poll weighs: hard 1, soft 0.5, temporary 0.25; 0 when it did not fail."""
    if isinstance(outcome, PollOutcome):
        return SOFT if outcome.is_failure else 0.0
    if outcome in _SOFT:
        return SOFT
    return TEMPORARY if outcome.fate is Fate.RETRY else HARD


def must_read_in_full(state: SourceState, now: datetime, policy: PollPolicy = DEFAULT) -> bool:
    """Whether to ask without validators: once a day, because validators lie, and while the source fails, because a 304
    after a failure proves nothing."""
    if state.failing_since is not None or state.read_in_full_at is None:
        return True
    return now - state.read_in_full_at >= timedelta(seconds=policy.full_read_seconds)


def keeps_validators(end: PollEnd) -> bool:
    """Whether the answer was read to its end, so that nothing of it is lost when the next answer is a 304."""
    return end.outcome in (PollOutcome.READ, PollOutcome.EMPTY, PollOutcome.SAME_BODY, PollOutcome.NOT_MODIFIED) and end.cut == 0


def spread_seconds(source_id: str, policy: PollPolicy = DEFAULT) -> int:
    """A source's own share of a minute, the same each time, so that many sources do not return at once."""
    return zlib.crc32(source_id.encode()) % (policy.spread_seconds + 1)


def after_poll(state: SourceState, end: PollEnd, now: datetime, policy: PollPolicy = DEFAULT) -> NextPoll:
    """When to poll next. ``state`` is the memory before this poll, ``now`` the moment its end was known."""
    weight = failure_weight(end.outcome)
    still_failing = end.outcome is PollOutcome.NOT_MODIFIED and state.failing_since is not None
    if weight or still_failing:
        return _after_failure(state, end, now, min(state.weight + weight, policy.weight_limit), policy)
    interval, reason = _interval(state, end, policy)
    return NextPoll(_due(now, interval, end, state.source_id, policy), interval, reason, 0.0, None, keeps_validators(end))


def _after_failure(state: SourceState, end: PollEnd, now: datetime, weight: float, policy: PollPolicy) -> NextPoll:
    rhythm = _rhythm(state, policy)
    wait = min(policy.cap_seconds, round(rhythm * (1 + weight)))
    since = state.failing_since or end.polled_at
    reason = f"failing since {since:%Y-%m-%d %H:%M} UTC ({end.outcome}); asked again after {_words(wait)}"
    return NextPoll(_due(now, wait, end, state.source_id, policy), rhythm, reason, weight, since, False)


def _due(now: datetime, wait_seconds: int, end: PollEnd, source_id: str, policy: PollPolicy) -> datetime:
    asked = min(end.retry_after_seconds or 0, policy.cap_seconds)
    return now + timedelta(seconds=max(wait_seconds, asked) + spread_seconds(source_id, policy))


def _rhythm(state: SourceState, policy: PollPolicy) -> int:
    """The remembered interval without the spread that may be in it, in whole minutes, within the bounds."""
    bare = state.interval_seconds - spread_seconds(state.source_id, policy)
    return _bounded(round(bare / 60) * 60, policy)


def _bounded(seconds: float, policy: PollPolicy) -> int:
    return round(min(max(seconds, policy.floor_seconds), policy.cap_seconds))


def _interval(state: SourceState, end: PollEnd, policy: PollPolicy) -> tuple[int, str]:
    """The next interval after a poll that worked, and the reason in words."""
    if state.polled_at is None:
        return _bounded(policy.first_seconds, policy), "first poll"
    rhythm = _rhythm(state, policy)
    late = (end.polled_at - state.due_at).total_seconds()
    if late > max(600, rhythm / 4):
        return rhythm, f"this poll came {_words(late)} late, so the rhythm is not judged by it"
    if end.outcome in (PollOutcome.NOT_MODIFIED, PollOutcome.SAME_BODY):
        return _bounded(rhythm * policy.grow_at_most, policy), "nothing had changed"
    if not end.announced:
        return rhythm, "nothing was announced"
    return _by_overlap(rhythm, end, policy)


def _by_overlap(rhythm: int, end: PollEnd, policy: PollPolicy) -> tuple[int, str]:
    known = 1 - end.new / end.announced
    told = f"{end.announced - end.new} of {end.announced} entries were known"
    if end.cut:
        return _bounded(rhythm * policy.shrink_at_most, policy), f"{told}, and {end.cut} were over the limit"
    if policy.band_low <= known <= policy.band_high:
        return rhythm, told
    # At the present pace half of the entries would be new after this factor of the interval.
    wanted = (1 / 2) / max(1 - known, 1e-6)
    factor = min(max(wanted, policy.shrink_at_most), policy.grow_at_most)
    return _bounded(rhythm * factor, policy), f"{told}: {'too late' if known < policy.band_low else 'too early'}"


def _words(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
