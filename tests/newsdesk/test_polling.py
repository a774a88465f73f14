"""When a source is polled next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.links import Outcome, PollOutcome
from newsdesk.polling import DEFAULT, after_poll, failure_weight, must_read_in_full, spread_seconds
from newsdesk.sources import PollEnd, SourceState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPREAD = timedelta(seconds=spread_seconds("o/feed"))


def state(interval: int = 3600, **more: object) -> SourceState:
    told = {"due_at": NOW, "polled_at": NOW - timedelta(hours=1), "interval_seconds": interval} | more
    return SourceState("o/feed", "o", **told)  # type: ignore[arg-type]


def end(outcome: PollOutcome | Outcome = PollOutcome.READ, **more: object) -> PollEnd:
    return PollEnd("o/feed", outcome, "", NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("announced", "new", "interval"),
    [(30, 15, 3600), (30, 11, 3600), (30, 30, 1200), (30, 24, 2250), (30, 0, 5400), (30, 9, 5400), (0, 0, 3600)],
)
def test_the_overlap_sets_the_rhythm(announced: int, new: int, interval: int) -> None:
    following = after_poll(state(), end(announced=announced, new=new), NOW)
    assert following.interval_seconds == interval
    assert following.due_at == NOW + timedelta(seconds=interval) + SPREAD


def test_floor_and_cap() -> None:
    assert after_poll(state(900), end(announced=9, new=9), NOW).interval_seconds == 900
    assert after_poll(state(86_000), end(announced=9, new=0), NOW).interval_seconds == 86_400


def test_a_first_poll_and_a_late_one_are_not_judged() -> None:
    assert after_poll(state(polled_at=None), end(announced=9, new=9), NOW).interval_seconds == 3600
    late = after_poll(state(due_at=NOW - timedelta(hours=6)), end(announced=9, new=9), NOW)
    assert (late.interval_seconds, "late" in late.reason) == (3600, True)


def test_unchanged_content_slows_the_rhythm() -> None:
    assert after_poll(state(), end(PollOutcome.NOT_MODIFIED), NOW).interval_seconds == 5400
    assert after_poll(state(), end(PollOutcome.SAME_BODY), NOW).interval_seconds == 5400


def test_failures_back_off_linearly_and_never_for_ever() -> None:
    now, memory, waits = NOW, state(), []
    for _ in range(60):
        following = after_poll(memory, end(Outcome.NOT_FOUND), now)
        waits.append((following.due_at - now - SPREAD).total_seconds())
        memory = state(weight=following.weight, failing_since=following.failing_since)
    assert waits[:3] == [7200, 10_800, 14_400]
    assert waits[-1] == 86_400


def test_weights() -> None:
    assert [failure_weight(o) for o in (Outcome.GONE, Outcome.FORBIDDEN, PollOutcome.NOT_A_FEED, Outcome.TIMEOUT, PollOutcome.READ)] == [
        1,
        0.5,
        0.5,
        0.25,
        0,
    ]


def test_a_304_after_a_failure_is_still_a_failure() -> None:
    since = NOW - timedelta(days=2)
    following = after_poll(state(failing_since=since, weight=3.0), end(PollOutcome.NOT_MODIFIED), NOW)
    assert (following.failing_since, following.weight) == (since, 3.0)
    mended = after_poll(state(failing_since=since, weight=3.0), end(announced=2, new=1), NOW)
    assert (mended.failing_since, mended.weight) == (None, 0.0)


def test_retry_after_is_honoured_up_to_a_day() -> None:
    asked = after_poll(state(), end(Outcome.TOO_MANY_REQUESTS, retry_after_seconds=20_000), NOW)
    assert asked.due_at == NOW + timedelta(seconds=20_000) + SPREAD
    absurd = after_poll(state(), end(Outcome.SERVER_ERROR, retry_after_seconds=10**9), NOW)
    assert absurd.due_at == NOW + timedelta(days=1) + SPREAD


def test_validators_are_kept_only_when_nothing_can_be_lost() -> None:
    assert after_poll(state(), end(announced=2, new=1), NOW).keeps_validators
    assert not after_poll(state(), end(announced=2, new=1, cut=5), NOW).keeps_validators
    assert not after_poll(state(), end(PollOutcome.PARTLY_READ, announced=2), NOW).keeps_validators
    assert not after_poll(state(), end(PollOutcome.NOT_A_FEED), NOW).keeps_validators


def test_a_full_read_once_a_day_and_while_failing() -> None:
    assert must_read_in_full(state(), NOW)
    assert not must_read_in_full(state(read_in_full_at=NOW - timedelta(hours=23)), NOW)
    assert must_read_in_full(state(read_in_full_at=NOW - timedelta(hours=24)), NOW)
    assert must_read_in_full(state(read_in_full_at=NOW, failing_since=NOW), NOW)


@given(
    st.sampled_from([*PollOutcome, *Outcome]),
    st.integers(0, 10**6),
    st.integers(0, 500),
    st.integers(0, 500),
    st.floats(0, 24),
    st.booleans(),
)
def test_every_end_gives_a_due_time_within_bounds(
    outcome: PollOutcome | Outcome, interval: int, announced: int, new: int, weight: float, failing: bool
) -> None:
    memory = state(interval, weight=weight, failing_since=NOW if failing else None)
    following = after_poll(memory, end(outcome, announced=announced, new=min(new, announced)), NOW)
    wait = (following.due_at - NOW - SPREAD).total_seconds()
    assert DEFAULT.floor_seconds <= wait <= DEFAULT.cap_seconds
    assert following.reason
    assert following.weight <= DEFAULT.weight_limit


def test_a_steady_rhythm_does_not_drift_by_the_spread() -> None:
    memory = state()
    for _ in range(50):
        following = after_poll(memory, end(announced=30, new=15), NOW)
        memory = state(following.interval_seconds)
    assert following.interval_seconds == 3600
