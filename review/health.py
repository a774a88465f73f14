"""How the sources fare, for editors; whether the desk lives and is ready, for machines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from newsdesk.errors import NewsdeskError
from newsdesk.health import STALE_AFTER, Condition, Picture, SourceRecord, usual
from newsdesk.links import Fate, Outcome, PollOutcome
from newsdesk.sources import SourceReport, SourceState
from review.front import Front, SignedIn, TheFront
from review.showing import language_words
from review.sparks import Spark, spark_of

router = APIRouter()
NOTICES = 10


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


@dataclass(frozen=True)
class Fare:
    """How a source fares: what is the matter, what is usual, and its last days."""

    source_id: str
    outlet: str
    conditions: Sequence[Condition]
    usual: str
    today: int
    spark: Spark


@dataclass(frozen=True)
class Whole:
    """A language or a section: articles or proposed stories by day."""

    name: str
    conditions: Sequence[Condition]
    total: int
    spark: Spark


@router.get("/health")
def health(front: TheFront, editor: SignedIn, only: str = "") -> Response:
    now = front.rooms.clock()
    standings, picture = front.rooms.health.standings(), front.rooms.health.picture(now)
    by_subject: dict[str, list[Condition]] = defaultdict(list)
    for one in standings.conditions:
        by_subject[one.subject].append(one)
    fares = [_fare(front, record, by_subject, now.date()) for record in picture.sources]
    troubled = [fare for fare in fares if fare.conditions]
    return front.render(
        "health.html",
        editor,
        standings=standings,
        desk=by_subject["desk"],
        fares=sorted(troubled if only == "troubled" else fares, key=lambda fare: (not fare.conditions, fare.outlet.casefold())),
        total=len(fares),
        troubled=len(troubled),
        languages=_languages(picture, by_subject, now.date()),
        sections=_sections(front, picture, by_subject, now.date()),
        notices=front.rooms.health.notices(NOTICES),
        only=only,
    )


def _fare(front: Front, record: SourceRecord, by_subject: Mapping[str, Sequence[Condition]], today: date) -> Fare:
    state = record.state
    by_day = {one.day: one for one in record.days}
    spark = spark_of({day: one.new for day, one in by_day.items() if one.observed}, today)
    counted = by_day.get(today)
    return Fare(
        state.source_id,
        front.rooms.book.outlet_name(state.outlet_id),
        by_subject.get(f"source:{state.source_id}", ()),
        usual([one for one in record.days if one.day < today]).words,
        counted.new if counted else 0,
        spark,
    )


def _languages(picture: Picture, by_subject: Mapping[str, Sequence[Condition]], today: date) -> list[Whole]:
    totals: dict[str, Counter[date]] = defaultdict(Counter)
    for record in picture.sources:
        for one in record.days:
            for language, count in one.languages.items():
                totals[language][one.day] += count
    wholes = [
        Whole(
            language_words(None if code == "?" else code),
            by_subject.get(f"language:{code}", ()),
            days.total(),
            spark_of(_with_zeros(picture, days), today),
        )
        for code, days in totals.items()
    ]
    return sorted(wholes, key=lambda whole: -whole.total)


def _with_zeros(picture: Picture, days: Mapping[date, int]) -> dict[date, int]:
    """Counts by day with a nought for the days on which sources were read and nothing came."""
    return {**{one.day: 0 for record in picture.sources for one in record.days if one.observed}, **days}


def _sections(front: Front, picture: Picture, by_subject: Mapping[str, Sequence[Condition]], today: date) -> list[Whole]:
    return [
        Whole(
            front.rooms.book.section_name(id),
            by_subject.get(f"section:{id}", ()),
            sum(days.values()),
            spark_of(_with_zeros(picture, days), today),
        )
        for id, days in sorted(picture.sections.items(), key=lambda pair: -sum(pair[1].values()))
    ]


@router.get("/health/live")
def live() -> Response:
    return JSONResponse({"status": "live"})


@router.get("/health/ready")
def ready(front: TheFront) -> Response:
    """Whether the database answers, whether sources are asked in time, and how many things the last check of the health
    found; 503 when the page cannot work."""
    try:
        states = [report.state for report in front.rooms.sources.report()]
        standings = front.rooms.health.standings()
    except NewsdeskError:
        return JSONResponse({"status": "not ready", "database": "does not answer"}, 503)
    checked = standings.checked_at.isoformat() if standings.checked_at else None
    health = {"attention": len(standings.conditions), "health_checked_at": checked}
    return JSONResponse({"status": "ready", "database": "answers", **_staleness(front, states), **health})


def _staleness(front: Front, states: Sequence[SourceState]) -> dict[str, object]:
    """Stale is a desk whose newest poll is old although a source has been due for as long: where all sources are slow, a
    long pause is as it should be."""
    now = front.rooms.clock()
    newest = max((state.polled_at for state in states if state.polled_at), default=None)
    age = int((now - newest).total_seconds()) if newest else None
    late = any(now - state.due_at > STALE_AFTER for state in states)
    stale = age is None or (late and age > front.rooms.book.stale_after_hours * 3600)
    return {"stale": stale, "newest_poll_at": newest.isoformat() if newest else None, "newest_poll_age_seconds": age}
