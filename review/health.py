"""How the sources fare, for editors; whether the desk lives and is ready, for machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from newsdesk.errors import NewsdeskError
from newsdesk.links import Fate, Outcome, PollOutcome
from newsdesk.sources import SourceReport
from review.front import Front, SignedIn, TheFront

router = APIRouter()


@dataclass(frozen=True)
class Row:
    """A source's line: its report, the outlet's name, and its outcomes told apart by what they mean."""

    report: SourceReport
    outlet: str
    kept: int
    ended: int
    retried: int
    outcomes: Sequence[tuple[str, int, str]]  # name, count, sentence; most frequent first
    last: str
    failing_since: datetime | None


def _meaning(name: str) -> str:
    for kind in (Outcome, PollOutcome):
        if name in kind.__members__.values():
            return kind(name).sentence
    return ""


def _count(outcomes: Sequence[tuple[str, int, str]], fate: Fate) -> int:
    return sum(count for name, count, _ in outcomes if name in Outcome.__members__.values() and Outcome(name).fate is fate)


def row_of(report: SourceReport, outlet: str) -> Row:
    """Tell a report in words."""
    counted = sorted(report.outcomes.items(), key=lambda pair: (-pair[1], pair[0]))
    outcomes = [(name, count, _meaning(name)) for name, count in counted if count]
    last = report.state.last_outcome or ""
    return Row(
        report,
        outlet,
        _count(outcomes, Fate.KEPT),
        _count(outcomes, Fate.ENDED),
        _count(outcomes, Fate.RETRY),
        outcomes,
        _meaning(last) or last,
        report.state.failing_since,
    )


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


ORDERS: dict[str, tuple[str, Callable[[Row], tuple[float, str]]]] = {
    "failing": ("Failing longest", lambda row: (_moment(row.failing_since) or float("inf"), row.outlet.casefold())),
    "outlet": ("Outlet", lambda row: (0, row.outlet.casefold())),
    "stored": ("Most stored", lambda row: (-row.kept, row.outlet.casefold())),
    "waiting": ("Most waiting", lambda row: (-row.report.waiting, row.outlet.casefold())),
    "polled": ("Polled longest ago", lambda row: (_moment(row.report.state.polled_at), row.outlet.casefold())),
}


@router.get("/sources")
def sources(front: TheFront, editor: SignedIn, sort: str = "failing", only: str = "") -> Response:
    order = sort if sort in ORDERS else "failing"
    every = [row_of(report, front.rooms.book.outlet_name(report.outlet_id)) for report in front.rooms.sources.report()]
    rows = sorted((row for row in every if only != "failing" or row.failing_since), key=ORDERS[order][1])
    return front.render(
        "sources.html",
        editor,
        rows=rows,
        total=len(every),
        failing=sum(row.failing_since is not None for row in every),
        waiting=sum(row.report.waiting for row in every),
        stored=sum(row.kept for row in every),
        orders=[(name, words) for name, (words, _) in ORDERS.items()],
        order=order,
        only=only,
    )


@router.get("/health/live")
def live() -> Response:
    return JSONResponse({"status": "live"})


@router.get("/health/ready")
def ready(front: TheFront) -> Response:
    """Whether the database answers, and how old the newest poll is; 503 when the page cannot work."""
    try:
        polled = [report.state.polled_at for report in front.rooms.sources.report() if report.state.polled_at]
    except NewsdeskError:
        return JSONResponse({"status": "not ready", "database": "does not answer"}, 503)
    return JSONResponse({"status": "ready", "database": "answers", **_staleness(front, max(polled, default=None))})


def _staleness(front: Front, newest: datetime | None) -> dict[str, object]:
    age = int((front.rooms.clock() - newest).total_seconds()) if newest else None
    stale = age is None or age > front.rooms.book.stale_after_hours * 3600
    return {"stale": stale, "newest_poll_at": newest.isoformat() if newest else None, "newest_poll_age_seconds": age}
