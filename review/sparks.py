"""Counts by day as a small picture, drawn by attributes only (the page's policy forbids inline styles). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from newsdesk.health import WINDOW_DAYS

WIDTH, HEIGHT, STEP, BAR = 4 * (WINDOW_DAYS + 1), 24, 4, 3


@dataclass(frozen=True)
class Spark:
    """SVG path data for the bars and for the days nobody read it, on a ground of WIDTH by HEIGHT; ``words`` say the same."""

    bars: str
    unread: str
    words: str


def spark_of(counts: Mapping[date, int], today: date) -> Spark:
    """The last 28 days and today; a day that is not in ``counts`` was not read."""
    days = [today - timedelta(days=WINDOW_DAYS - number) for number in range(WINDOW_DAYS + 1)]
    shown = [counts.get(day) for day in days]
    most = max((count for count in shown if count), default=0)
    first = next((number for number, count in enumerate(shown) if count is not None), len(shown))
    bars, unread = [], []
    for number, count in enumerate(shown):
        if count:
            high = max(1.5, (HEIGHT - 2) * count / most)
            bars.append(f"M{number * STEP} {HEIGHT - 1}v-{high:.1f}h{BAR}v{high:.1f}z")
        elif count is None and number > first and days[number] != today:
            unread.append(f"M{number * STEP} {HEIGHT - 3}v2h{BAR}v-2z")
    silent = sum(1 for count in shown if count == 0)
    words = f"28 days: at most {most} a day, {silent} days without" if first < len(shown) else "not read in the last 28 days"
    return Spark("".join(bars), "".join(unread), words)
