"""When a source is polled next. Pure: what is remembered and how the poll ended give the moment and the reason.

Rules and numbers are field notes 2, 4, 5, 6, 7 and 12: poll by overlap between 15 minutes and a day, weigh failures and back
off linearly, never switch a source off, honour Retry-After up to a day, spread the return of many. Overlap alone forgets the
morning during the night, so the fastest pace seen is remembered for weeks and bounds the interval; docs/decisions/0007.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.links import Announcement, Fate, Outcome, PollOutcome, Rhythm
from newsdesk.moments import Precision
from newsdesk.sources import PollEnd, SourceState

DAY_SECONDS = 86_400
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
# It answers, but not us or not usefully.
_SOFT = frozenset({Outcome.FORBIDDEN, Outcome.TOO_MANY_REQUESTS, Outcome.UNEXPECTED_STATUS, Outcome.TLS_FAILED, Outcome.ROBOTS_DENIED})
_UNCHANGED = (PollOutcome.NOT_MODIFIED, PollOutcome.SAME_BODY)
_READ_TO_ITS_END = (PollOutcome.READ, PollOutcome.EMPTY, *_UNCHANGED)


@dataclass(frozen=True)
class PollPolicy:
    """How often sources are polled. The band is the share of a poll's entries that should be known already: fewer and the
    poll came too late, more and it came too early. One step changes the interval at most by the factors given; a remembered
    pace is believed half as fast after ``forget_seconds``."""

    floor_seconds: int = 900
    first_seconds: int = 3600
    first_at_most_seconds: int = 4 * 3600
    cap_seconds: int = DAY_SECONDS
    band_low: float = 1 / 3
    band_high: float = 2 / 3
    shrink_at_most: float = 0.25
    grow_at_most: float = 1.5
    forget_seconds: int = 7 * DAY_SECONDS
    spread_seconds: int = 60
    full_read_seconds: int = DAY_SECONDS
    weight_limit: float = 24.0
    starts_per_second: float = 10.0


@dataclass(frozen=True)
class NextPoll:
    """When to ask again and why. ``interval_seconds`` is the rhythm without back-off, what the source states, and spread;
    ``weight``, ``failing_since`` and ``pace_seconds`` are what to remember; ``keeps_validators`` whether this answer's
    validators may be stored."""

    due_at: datetime
    interval_seconds: int
    reason: str
    weight: float
    failing_since: datetime | None
    keeps_validators: bool
    pace_seconds: int | None = None


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


def address_to_ask(configured: str, state: SourceState) -> str:
    """Where to poll: the address a source has moved to for good, the configured one again while it fails there."""
    return configured if state.moved_to is None or state.failing_since is not None else state.moved_to


def keeps_validators(end: PollEnd) -> bool:
    """Whether the answer was read to its end, so that nothing of it is lost when the next answer is a 304."""
    return end.outcome in _READ_TO_ITS_END and end.cut == 0


def spread_seconds(source_id: str, policy: PollPolicy = DEFAULT) -> int:
    """A source's own share of a minute, the same each time, so that many sources do not return at once."""
    return zlib.crc32(source_id.encode()) % (policy.spread_seconds + 1)


def start_offsets(count: int, policy: PollPolicy = DEFAULT) -> Sequence[float]:
    """Seconds after which each of ``count`` things that are due at once may start (a first start, a daemon that was dead
    for hours): some each second, the longest due first."""
    return tuple(number / policy.starts_per_second for number in range(count))


def pace_of(announcements: Iterable[Announcement], new: int, polled_before: datetime | None, now: datetime) -> int | None:
    """The shortest time, in seconds, in which two thirds of a listing were published, by its own moments.

    None where they say too little: fewer than four of them, under two thirds of the listing dated to the minute, or more
    entries dated since the last poll than were new (then the moments are not those of publication).
    """
    listed = list(announcements)
    moments = [one.published for one in listed if one.published is not None and one.published.precision is not Precision.DAY]
    times = sorted(moment.at.timestamp() for moment in moments if moment.at <= now)
    replaced = math.ceil(len(listed) * 2 / 3)
    if len(times) <= replaced or len(times) < 4:
        return None
    if polled_before is not None and sum(time > polled_before.timestamp() for time in times) > new + 1:
        return None
    return round(min(later - earlier for earlier, later in zip(times, times[replaced:], strict=False)))


def after_poll(state: SourceState, end: PollEnd, now: datetime, policy: PollPolicy = DEFAULT, every_seconds: int | None = None) -> NextPoll:
    """When to poll next. ``state`` is the memory before this poll, ``now`` the moment its end was known, ``every_seconds``
    the operator's own rhythm for this source."""
    weight = failure_weight(end.outcome)
    still_failing = end.outcome is PollOutcome.NOT_MODIFIED and state.failing_since is not None
    if weight or still_failing:
        return _after_failure(state, end, now, min(state.weight + weight, policy.weight_limit), policy, every_seconds)
    pace = _pace(state, end, policy)
    interval, reason = _interval(state, end, pace, policy)
    wait = interval
    if every_seconds is not None:
        wait, reason = every_seconds, f"the configuration says every {_words(every_seconds)} (poll_minutes)"
    else:
        wait, reason = _as_stated(interval, reason, state, end, policy)
    due_at, reason = _due(now, wait, reason, state, end, policy, obeys=every_seconds is None)
    # What a first listing says of its pace cannot be checked yet, so it sets the first interval and is not remembered.
    return NextPoll(due_at, interval, reason, 0.0, None, keeps_validators(end), None if state.polled_at is None else pace)


def _after_failure(
    state: SourceState, end: PollEnd, now: datetime, weight: float, policy: PollPolicy, every_seconds: int | None
) -> NextPoll:
    """Linear back-off up to the cap; a source that is gone for good is asked once a day."""
    rhythm = every_seconds or _bounded(state.interval_seconds, policy)
    longest = max(policy.cap_seconds, every_seconds or 0)
    wait = longest if end.outcome is Outcome.GONE else min(longest, round(rhythm * (1 + weight)))
    since = state.failing_since or end.polled_at
    reason = f"failing since {since:%Y-%m-%d %H:%M} UTC ({end.outcome}); asked again after {_words(wait)}"
    if end.outcome is Outcome.GONE:
        reason = f"gone for good (410) since {since:%Y-%m-%d %H:%M} UTC; an editor should look; asked once a day"
    due_at, reason = _due(now, wait, reason, state, end, policy, obeys=False)
    return NextPoll(due_at, _bounded(state.interval_seconds, policy), reason, weight, since, False, state.pace_seconds)


def _due(
    now: datetime, wait: float, reason: str, state: SourceState, end: PollEnd, policy: PollPolicy, *, obeys: bool
) -> tuple[datetime, str]:
    asked = min(end.retry_after_seconds or 0, policy.cap_seconds)
    if asked > wait:
        wait, reason = asked, f"{reason}; the host asks us to wait {_words(asked)} (Retry-After)"
    rhythm = end.rhythm or state.rhythm
    if obeys and rhythm is not None:
        skipped = _skipped_seconds(now, wait, rhythm, policy)
        if skipped:
            wait, reason = wait + skipped, f"{reason}; it asks not to be read then (skipHours, skipDays)"
    return now + timedelta(seconds=wait + spread_seconds(state.source_id, policy)), reason


def _skipped_seconds(now: datetime, wait: float, rhythm: Rhythm, policy: PollPolicy) -> int:
    """How much longer to wait until an hour at which the feed wants to be read, never beyond the cap; 0 where its hours or
    days leave none."""
    if len(set(rhythm.skip_hours)) >= 24 or len(set(rhythm.skip_days)) >= 7:
        return 0
    due = now + timedelta(seconds=wait)
    moved = due
    while moved.hour in rhythm.skip_hours or moved.weekday() in rhythm.skip_days:
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return max(0, min(round((moved - due).total_seconds()), round(policy.cap_seconds - wait)))


def _bounded(seconds: float, policy: PollPolicy) -> int:
    return round(min(max(seconds, policy.floor_seconds), policy.cap_seconds))


def _as_stated(interval: int, reason: str, state: SourceState, end: PollEnd, policy: PollPolicy) -> tuple[int, str]:
    """The interval within what the source itself states: it is not asked again before it says that it may have changed."""
    rhythm = end.rhythm or state.rhythm or Rhythm()
    stated = (
        (rhythm.ttl_seconds, "ttl"),
        (rhythm.update_seconds, "sy:updatePeriod"),
        (end.fresh_seconds, "Cache-Control or Expires"),
    )
    least, where = max(((min(seconds or 0, policy.cap_seconds), where) for seconds, where in stated), key=lambda one: one[0])
    if least <= interval:
        return interval, reason
    return least, f"{reason}; but the source asks for {_words(least)} between polls ({where})"


def _pace(state: SourceState, end: PollEnd, policy: PollPolicy) -> int | None:
    """The fastest pace remembered: what this poll shows where it is faster, else the old one slowly forgotten."""
    shown = [seconds for seconds in (end.pace_seconds, _pace_by_overlap(state, end, policy)) if seconds is not None]
    if state.pace_seconds is not None:
        passed = (end.polled_at - state.polled_at).total_seconds() if state.polled_at else 0.0
        shown.append(round(state.pace_seconds * 2 ** min(max(passed, 0.0) / policy.forget_seconds, 10)))
    return min(*shown, 100 * policy.cap_seconds) if shown else None


def _pace_by_overlap(state: SourceState, end: PollEnd, policy: PollPolicy) -> int | None:
    """How long two thirds of the listing would have taken at this poll's rate; a wholly new one may have gone twice as fast."""
    if state.polled_at is None or end.new <= 0 or end.announced < 3 or _late_seconds(state, end, policy):
        return None
    passed = (end.polled_at - state.polled_at).total_seconds()
    return round(passed * (1 / 3 if end.new >= end.announced else 2 / 3 * end.announced / end.new))


def _late_seconds(state: SourceState, end: PollEnd, policy: PollPolicy) -> float:
    """By how much a poll came too late to be judged; 0 where it was on time."""
    late = (end.polled_at - state.due_at).total_seconds()
    return late if late > max(600, _bounded(state.interval_seconds, policy) / 4) else 0.0


def _interval(state: SourceState, end: PollEnd, pace: int | None, policy: PollPolicy) -> tuple[int, str]:
    """The next interval after a poll that worked, and the reason in words."""
    if state.polled_at is None:
        if pace is None:
            return _bounded(policy.first_seconds, policy), "first poll"
        first = _bounded(min(pace, policy.first_at_most_seconds), policy)
        return first, f"first poll; by its moments two thirds of the listing were once new within {_words(pace)}"
    rhythm = _bounded(state.interval_seconds, policy)
    late = _late_seconds(state, end, policy)
    if late:
        return rhythm, f"this poll came {_words(late)} late, so the rhythm is not judged by it"
    wanted, reason = _by_overlap(rhythm, end, policy)
    if pace is not None and pace < wanted:
        held = _bounded(pace, policy)
        if held < wanted:
            return held, f"{reason}; held to {_words(held)}, in which two thirds of the listing have been replaced at its fastest"
    return wanted, reason


def _by_overlap(rhythm: int, end: PollEnd, policy: PollPolicy) -> tuple[int, str]:
    if end.outcome in _UNCHANGED:
        return _bounded(rhythm * policy.grow_at_most, policy), "nothing had changed"
    if not end.announced:
        return rhythm, "nothing was announced"
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
