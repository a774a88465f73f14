"""When to look again for the places where an outlet announces its articles. Pure.

An outlet that moved its feed to another address is not mended by asking the old one more often. What is found is proposed to an
editor; nothing is changed by itself (field notes 6: never switch a source off by itself).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from newsdesk.links import Outcome
from newsdesk.sources import SourceState

FAILS_LONG = timedelta(days=7)
GONE_LONG = timedelta(days=1)  # 410 says for good; a day outlasts most slips of an administrator
SILENT_PERIODS = 3  # times an outlet's usual gap between answers that bring anything unknown
SILENT_AT_LEAST = timedelta(days=3)
SILENT_UNKNOWN = timedelta(days=30)  # where too little was seen to know the usual gap
GAPS_NEEDED = 4
AGAIN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class OutletVital:
    """How an outlet's active sources fare. ``news_at`` are moments, oldest first, at which an answer of any of them brought
    something unknown; ``looked_at`` is when newsdesk last looked for its sources anew, None where it never did."""

    outlet_id: str
    states: Sequence[SourceState]
    news_at: Sequence[datetime]
    looked_at: datetime | None


def why_look(vital: OutletVital, now: datetime) -> str | None:
    """Why to look again for an outlet's sources, in words; None where there is no cause or it was done within the week."""
    if not vital.states or (vital.looked_at is not None and now - vital.looked_at < AGAIN_AFTER):
        return None
    for state in vital.states:
        since = state.failing_since
        long = GONE_LONG if state.last_outcome == Outcome.GONE else FAILS_LONG
        if since is not None and now - since > long:
            return f"{state.source_id} fails since {since:%Y-%m-%d} ({state.last_outcome})"
    return _why_silent(vital, now)


def silence_allowed(news_at: Sequence[datetime]) -> timedelta:
    """How long an outlet may be silent: three times its usual gap, at least three days."""
    gaps = [(after - before).total_seconds() for before, after in pairwise(news_at)]
    if len(gaps) < GAPS_NEEDED:
        return SILENT_UNKNOWN
    return max(SILENT_AT_LEAST, timedelta(seconds=SILENT_PERIODS * median(gaps)))


def _why_silent(vital: OutletVital, now: datetime) -> str | None:
    """Sources of one outlet announce the same articles, and whoever is asked first brings them: only the outlet is silent."""
    polled = [state.polled_at for state in vital.states if state.polled_at is not None]
    if not vital.news_at or not polled or now - max(polled) > SILENT_AT_LEAST:
        return None  # nothing is known yet, or it is we who did not ask
    allowed = silence_allowed(vital.news_at)
    if now - vital.news_at[-1] <= allowed:
        return None
    return f"nothing unknown since {vital.news_at[-1]:%Y-%m-%d}, which is longer than {allowed.days} days"
