"""A simulated fortnight under the polling decisions: floors that only rise (bench/polling.py plays the month of 200)."""

from __future__ import annotations

import pytest

from bench.polling import BEGIN, Score, by_overlap, each_hour, made_up, month_of, simulate
from newsdesk.polling import DEFAULT

SOURCES, DAYS = 60, 14
SEEN, POLLS = 0.995, 0.5  # the month of 200 reaches .9961 to .9977 with .36 to .44 of the polls, by seed


@pytest.mark.parametrize("seed", [3, 20261122])
def test_nearly_all_entries_are_seen_with_less_than_half_the_polls(seed: int) -> None:
    score = simulate(SOURCES, DAYS, seed, by_overlap)
    assert score.entries > 10_000
    assert score.share >= SEEN
    assert score.polls <= POLLS * SOURCES * DAYS * 24


def test_the_reference_loses_entries_too() -> None:
    """So that the month is no stroll: a fixed hour misses some as well."""
    score = simulate(SOURCES, 7, 3, each_hour)
    assert 0.98 < score.share < 1


def test_a_weekly_source_is_asked_about_once_a_day_and_misses_nothing() -> None:
    weekly = next(source for source in (made_up(number, 5, 28) for number in range(200)) if source.kind == "weekly" and not source.outages)
    score = Score()
    month_of(weekly, 28, by_overlap, score)
    assert score.share == 1
    assert score.polls < 28 * 6


def test_the_month_is_the_same_each_time() -> None:
    one, other = (simulate(5, 5, 9, by_overlap) for _ in range(2))
    assert (one.polls, one.seen, one.entries) == (other.polls, other.seen, other.entries)
    assert BEGIN.weekday() == 0
    assert DEFAULT.cap_seconds == 86_400
