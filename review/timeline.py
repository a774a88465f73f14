"""A story's way as a picture: time runs to the right, an outlet a line, an arrow from each text to the one that took it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.amplification import Amplification, Part, Step, in_words
from newsdesk.judging import Label

WIDTH, LEFT, RIGHT, TOP, ROW = 500, 140, 24, 34, 30
LINES = 24  # outlets drawn; a story of more is cut, and says so
_STEPS = [timedelta(minutes=m) for m in (5, 10, 15, 30)] + [timedelta(hours=h) for h in (1, 2, 3, 6, 12)]
_STEPS += [timedelta(days=d) for d in (1, 2, 3, 5, 7, 14, 28, 56, 112, 365)]


@dataclass(frozen=True)
class Dot:
    """An article: where it is drawn, how (``state``, ``relay``, ``unknown``, ``other``), and what to say of it."""

    x: float
    y: float
    kind: str
    part: str
    article_id: int
    words: str
    hour_known: bool


@dataclass(frozen=True)
class Arrow:
    """From the text that was there first to the one that shares most of it; ``share`` (0-1) is how much."""

    x1: float
    y1: float
    x2: float
    y2: float
    share: float


@dataclass(frozen=True)
class Timeline:
    """The picture's parts, in its own units. ``lines`` are outlets with their height, ``ticks`` lengths of time after the
    first article with their place; ``cut`` articles are not drawn."""

    width: int
    height: int
    lines: Sequence[tuple[float, str, str]]
    ticks: Sequence[tuple[float, str]]
    dots: Sequence[Dot]
    arrows: Sequence[Arrow]
    cut: int


def timeline(way: Amplification) -> Timeline:
    """Draw a story's way."""
    outlets = list(dict.fromkeys(step.member.outlet_id for step in way.steps))[:LINES]
    height_of = {outlet_id: TOP + ROW * (number + 0.5) for number, outlet_id in enumerate(outlets)}
    steps = [step for step in way.steps if step.member.outlet_id in height_of]
    begin, span = _span(steps)
    place = {step.member.article_id: _x(step.member.when, begin, span) for step in steps}
    dots = tuple(_dot(step, place[step.member.article_id], height_of[step.member.outlet_id]) for step in steps)
    there = {dot.article_id: dot for dot in dots}
    arrows = tuple(
        Arrow(there[step.of_article_id].x, there[step.of_article_id].y, dot.x, dot.y, step.share or 0.0)
        for step, dot in zip(steps, dots, strict=True)
        if step.of_article_id in there
    )
    kinds = {step.member.outlet_id: _kind(step) for step in reversed(steps)}
    names = {step.member.outlet_id: step.member.outlet_name for step in steps}
    lines = tuple((height_of[outlet_id], names[outlet_id], kinds[outlet_id]) for outlet_id in outlets)
    return Timeline(WIDTH, int(TOP + ROW * len(outlets) + 8), lines, _ticks(begin, span), dots, arrows, len(way.steps) - len(steps))


def _span(steps: Sequence[Step]) -> tuple[datetime, timedelta]:
    moments = [step.member.when for step in steps]
    return min(moments), max(max(moments) - min(moments), timedelta(minutes=10))


def _x(at: datetime, begin: datetime, span: timedelta) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * ((at - begin) / span), 1)


def _ticks(begin: datetime, span: timedelta) -> tuple[tuple[float, str], ...]:
    step = next((step for step in _STEPS if span / step <= 4), _STEPS[-1])
    return tuple(
        (_x(begin + number * step, begin, span), f"+{in_words(number * step)}" if number else "0") for number in range(int(span / step) + 1)
    )


def _kind(step: Step) -> str:
    member = step.member
    if member.state_voice:
        return "state" if member.publisher_label is Label.STATE_MEDIA else "relay"
    return "unknown" if member.label is Label.UNKNOWN else "other"


_PART_WORDS = {Part.FIRST: "first", Part.COPY: "copy", Part.RELAY: "relay", Part.OWN: "own words"}


def _dot(step: Step, x: float, y: float) -> Dot:
    member = step.member
    words = f"{member.outlet_name}, {_when(step)}: {_PART_WORDS[step.part]}. {step.sentence}"
    return Dot(x, y, _kind(step), _PART_WORDS[step.part], member.article_id, words, member.published_at is not None)


def _when(step: Step) -> str:
    member = step.member
    if member.published_at is not None:
        return f"{member.published_at:%Y-%m-%d %H:%M} UTC"
    if member.published_on is not None:
        return f"{member.published_on}, no hour stated"
    return f"undated, stored {member.stored_at:%Y-%m-%d %H:%M} UTC"
