"""When newsdesk looks again for an outlet's sources: rarely, with a reason, and never for our own silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.rediscovery import AGAIN_AFTER, SILENT_AT_LEAST, OutletVital, silence_allowed, why_look
from newsdesk.sources import SourceState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def state(failing_since: datetime | None = None, last_outcome: str | None = "read", polled_at: datetime | None = NOW - HOUR) -> SourceState:
    return SourceState("paper/feed", "paper", NOW, polled_at=polled_at, failing_since=failing_since, last_outcome=last_outcome)


def look(*states: SourceState, news_at: Sequence[datetime] = (), looked_at: datetime | None = None) -> str | None:
    return why_look(OutletVital("paper", states, news_at, looked_at), NOW)


def every(gap: timedelta, until: datetime, count: int = 20) -> list[datetime]:
    return [until - gap * n for n in range(count)][::-1]


def test_a_source_that_fails_for_more_than_a_week_is_a_reason() -> None:
    assert look(state(NOW - 6 * DAY, "timeout")) is None
    reason = look(state(), state(NOW - 8 * DAY, "not_a_feed"))
    assert reason == "paper/feed fails since 2026-11-14 (not_a_feed)"
    assert look(state(NOW - 2 * DAY, "gone")) is not None
    assert look(state(NOW - 2 * DAY, "not_found")) is None


def test_at_most_once_a_week() -> None:
    failing = state(NOW - 30 * DAY, "timeout")
    assert look(failing, looked_at=NOW - AGAIN_AFTER + HOUR) is None
    assert look(failing, looked_at=NOW - AGAIN_AFTER) is not None


def test_silence_is_judged_by_the_outlets_own_rhythm() -> None:
    hourly = every(HOUR, NOW - 2 * DAY)
    assert look(state(), news_at=hourly) is None
    assert look(state(), news_at=every(HOUR, NOW - 4 * DAY)) is not None
    assert look(state(), news_at=every(7 * DAY, NOW - 14 * DAY)) is None
    assert look(state(), news_at=every(7 * DAY, NOW - 22 * DAY)) == "nothing unknown since 2026-10-31, which is longer than 21 days"
    assert look(state(), news_at=every(HOUR, NOW - 20 * DAY, 3)) is None  # too little is known
    assert look(state(), news_at=every(HOUR, NOW - 31 * DAY, 3)) is not None


def test_our_own_silence_is_none_of_the_outlets() -> None:
    assert look(state(polled_at=NOW - 5 * DAY), news_at=every(HOUR, NOW - 5 * DAY)) is None
    assert look(state(polled_at=None), news_at=every(HOUR, NOW - 5 * DAY)) is None
    assert look(news_at=every(HOUR, NOW - 50 * DAY)) is None


@given(st.lists(st.integers(0, 10**7), max_size=50))
def test_the_allowed_silence_is_never_short(seconds: list[int]) -> None:
    news = sorted(NOW - timedelta(seconds=each) for each in seconds)
    assert silence_allowed(news) >= SILENT_AT_LEAST
