"""When a source is polled next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.links import Announcement, Outcome, PollOutcome, Rhythm
from newsdesk.moments import Hint, Moment, Precision
from newsdesk.polling import (
    DEFAULT,
    address_to_ask,
    after_poll,
    failure_weight,
    must_read_in_full,
    pace_of,
    spread_seconds,
    start_offsets,
)
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


@pytest.mark.parametrize(
    ("told", "minutes", "word"),
    [
        ({"rhythm": Rhythm(ttl_seconds=3 * 3600)}, 180, "ttl"),
        ({"rhythm": Rhythm(update_seconds=2 * 3600)}, 120, "sy:updatePeriod"),
        ({"fresh_seconds": 7200}, 120, "Cache-Control"),
        ({"fresh_seconds": 10**9}, 1440, "Cache-Control"),
        ({"rhythm": Rhythm(ttl_seconds=60), "fresh_seconds": 60}, 60, "20 of 40"),
    ],
)
def test_what_a_source_states_only_makes_it_rarer(told: dict[str, object], minutes: int, word: str) -> None:
    following = after_poll(state(), end(announced=40, new=20, **told), NOW)
    assert following.due_at == NOW + timedelta(minutes=minutes) + SPREAD
    assert word in following.reason
    assert following.interval_seconds == 3600, "the rhythm found is kept apart from what is asked for"


def test_a_304_keeps_to_what_the_feed_stated_when_it_was_read() -> None:
    following = after_poll(state(rhythm=Rhythm(ttl_seconds=6 * 3600)), end(PollOutcome.NOT_MODIFIED), NOW)
    assert following.due_at == NOW + timedelta(hours=6) + SPREAD


def test_the_operators_rhythm_stands_over_all_but_failures_and_retry_after() -> None:
    often = after_poll(state(), end(announced=9, new=0, rhythm=Rhythm(ttl_seconds=86_400)), NOW, every_seconds=600)
    assert often.due_at == NOW + timedelta(minutes=10) + SPREAD
    assert "poll_minutes" in often.reason
    rarely = after_poll(state(), end(announced=9, new=9), NOW, every_seconds=7 * 86_400)
    assert rarely.due_at == NOW + timedelta(days=7) + SPREAD
    failing = after_poll(state(weight=2.0, failing_since=NOW), end(Outcome.NOT_FOUND), NOW, every_seconds=600)
    assert failing.due_at == NOW + timedelta(minutes=40) + SPREAD
    asked = after_poll(state(), end(Outcome.TOO_MANY_REQUESTS, retry_after_seconds=7200), NOW, every_seconds=600)
    assert asked.due_at == NOW + timedelta(hours=2) + SPREAD


def test_skipped_hours_and_days_move_a_poll_never_beyond_the_cap() -> None:
    lunch = after_poll(state(), end(announced=40, new=20, rhythm=Rhythm(skip_hours=(13, 14))), NOW)
    assert lunch.due_at == NOW.replace(hour=15) + SPREAD
    weekend = after_poll(state(), end(announced=40, new=20, rhythm=Rhythm(skip_days=(5, 6))), NOW)  # NOW is a Sunday
    assert weekend.due_at == NOW.replace(hour=0) + timedelta(days=1) + SPREAD
    long = after_poll(state(), end(announced=40, new=20, rhythm=Rhythm(skip_days=(0, 1, 5, 6))), NOW)
    assert long.due_at == NOW + timedelta(days=1) + SPREAD
    nonsense = after_poll(state(), end(announced=40, new=20, rhythm=Rhythm(skip_hours=range(24))), NOW)
    assert nonsense.due_at == NOW + timedelta(hours=1) + SPREAD


def test_a_source_that_is_gone_is_asked_once_a_day() -> None:
    following = after_poll(state(), end(Outcome.GONE), NOW)
    assert following.due_at == NOW + timedelta(days=1) + SPREAD
    assert "editor" in following.reason
    assert state(last_outcome="gone").asks_editor
    assert state(last_outcome="read").asks_editor is None


def test_a_moved_source_is_asked_where_it_is_unless_it_fails_there() -> None:
    assert address_to_ask("https://a.example/old", state()) == "https://a.example/old"
    moved = state(moved_to="https://a.example/new", moved_at=NOW)
    assert address_to_ask("https://a.example/old", moved) == "https://a.example/new"
    failing = state(moved_to="https://a.example/new", moved_at=NOW, failing_since=NOW)
    assert address_to_ask("https://a.example/old", failing) == "https://a.example/old"
    assert "https://a.example/new" in (moved.asks_editor or "")


def announced(*minutes_ago: float, precision: Precision = Precision.SECOND) -> list[Announcement]:
    moments = [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]
    return [Announcement(None, Hint.FEED, published=Moment(at, at.date(), precision, 0)) for at in moments]


def test_the_pace_is_that_of_the_busiest_two_thirds() -> None:
    listing = announced(10, 20, 30, 300, 600, 900)  # four entries take 270 minutes at their fastest, from 300 to 10 minutes ago
    assert pace_of(listing, 6, None, NOW) == (600 - 10) * 60
    rush = announced(500, 505, 510, 515, 520, 900)
    assert pace_of(rush, 6, None, NOW) == 20 * 60


def test_moments_that_say_too_little_or_the_untrue_give_no_pace() -> None:
    assert pace_of(announced(10, 20, 30), 3, None, NOW) is None
    assert pace_of(announced(*range(9), precision=Precision.DAY), 9, None, NOW) is None
    assert pace_of([*announced(1, 2), *(Announcement(None, Hint.FEED) for _ in range(8))], 10, None, NOW) is None
    lying = announced(*range(1, 10))
    assert pace_of(lying, 0, NOW - timedelta(hours=1), NOW) is None, "nothing was new, yet all say that they are"
    assert pace_of(lying, 9, NOW - timedelta(hours=1), NOW) is not None
    assert pace_of(announced(*range(-9, 0)), 9, None, NOW) is None, "moments in the future"


def test_a_remembered_rush_keeps_the_night_from_stretching_the_rhythm() -> None:
    rushed = state(3600, pace_seconds=4000)
    for _ in range(20):
        following = after_poll(rushed, end(PollOutcome.NOT_MODIFIED), NOW)
        rushed = state(following.interval_seconds, pace_seconds=following.pace_seconds)
    assert 4000 <= following.interval_seconds <= 4400
    assert "fastest" in following.reason


def test_a_rush_is_forgotten_in_weeks() -> None:
    week = state(3600, pace_seconds=4000, polled_at=NOW - timedelta(days=7))
    assert after_poll(week, end(PollOutcome.NOT_MODIFIED), NOW).pace_seconds == 8000


def test_the_first_interval_follows_the_listings_own_moments() -> None:
    assert after_poll(state(polled_at=None), end(announced=30, new=30, pace_seconds=1800), NOW).interval_seconds == 1800
    assert after_poll(state(polled_at=None), end(announced=30, new=30, pace_seconds=10**7), NOW).interval_seconds == 4 * 3600


def test_a_first_listings_pace_is_not_remembered_because_it_may_lie() -> None:
    first = after_poll(state(polled_at=None), end(announced=30, new=30, pace_seconds=0), NOW)
    assert (first.interval_seconds, first.pace_seconds) == (900, None)
    then = after_poll(state(first.interval_seconds), end(announced=30, new=0, pace_seconds=None), NOW)
    assert then.interval_seconds > 900


def test_a_thousand_due_sources_do_not_start_in_one_second() -> None:
    offsets = start_offsets(1000)
    assert len(offsets) == 1000
    assert max(sum(second <= offset < second + 1 for offset in offsets) for second in range(101)) <= 10
    assert start_offsets(1) == (0.0,)
    shares = {spread_seconds(f"outlet-{number}/feed") for number in range(1000)}
    assert len(shares) == DEFAULT.spread_seconds + 1
