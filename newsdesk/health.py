"""How sources, languages and sections fare: named states with since-when, from counts per day. Pure.

Alerts are on volume and content, not on HTTP alone: a source that answers 200 with nothing new, with undated stubs or with
its home page for every address fails just as well (field notes 9 and 14). All days are UTC; a day counts as observed when at
least one poll of it came to something, so that a desk that was off raises no silence.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from newsdesk.printing import language_name
from newsdesk.sources import SourceState

WINDOW_DAYS = 28
THIN_CHARACTERS = 400  # a text shorter than this is a stub or a brief
SETTLED_DAYS = 7  # observed days before anything is expected of a source
UNLIKELY = 0.001
NEVER_DAYS = 14  # observed days after which a source that never announced anything is silent
FLOOD_LEAST = 30
FLOOD_TIMES = 4
RECENT = 10  # articles that the states of content look at
RECENT_LINKS = 8
MOSTLY = 0.8
FALLEN_SHARE = 0.2
FALLEN_LEAST = 10  # expected articles below which a language or section is too small to judge
FAILING_AFTER = timedelta(hours=6)
STALE_AFTER = timedelta(hours=6)


class Trouble(StrEnum):
    """A state that an editor or operator should look at. ``words`` name it, ``sentence`` says what it means."""

    FAILING = "failing"
    STALE = "stale"
    SILENCE = "silence"
    FLOOD = "flood"
    ALL_UNDATED = "all_undated"
    OTHER_LANGUAGE = "other_language"
    THIN_TEXT = "thin_text"
    HOME_PAGE = "home_page"
    FALLEN = "fallen"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Trouble.FAILING: "It cannot be read for more than six hours.",
    Trouble.STALE: "It is due for more than six hours and nobody asks it.",
    Trouble.SILENCE: "It answers, but brings nothing new for far longer than is usual.",
    Trouble.FLOOD: "It announces many times more than is usual.",
    Trouble.ALL_UNDATED: "None of its last articles has a date.",
    Trouble.OTHER_LANGUAGE: "Its last articles are all in one language, which is not its usual one.",
    Trouble.THIN_TEXT: "Its last articles are stubs of a few lines.",
    Trouble.HOME_PAGE: "Nearly all its addresses lead to one and the same page, or to lists.",
    Trouble.FALLEN: "Far fewer articles come in than is usual.",
}


@dataclass(frozen=True)
class DayCounts:
    """A source's day (or the desk's): polls and how many of them failed, entries that were new, articles stored, how many of
    those undated or thin, by language (``?`` unknown). ``led`` links led somewhere, ``alike`` of them to the same place or
    to a list."""

    day: date
    polls: int = 0
    failed: int = 0
    new: int = 0
    stored: int = 0
    undated: int = 0
    thin: int = 0
    led: int = 0
    alike: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)

    @property
    def observed(self) -> bool:
        return self.polls > self.failed


@dataclass(frozen=True)
class SourceRecord:
    """A configured, switched-on source: its memory and its days, oldest first."""

    state: SourceState
    days: Sequence[DayCounts]


@dataclass(frozen=True)
class Picture:
    """What health is judged from. ``sections`` counts the stories proposed for a section by day."""

    sources: Sequence[SourceRecord]
    sections: Mapping[str, Mapping[date, int]]


@dataclass(frozen=True)
class Condition:
    """One thing that is the matter. ``subject`` is ``source:ID``, ``language:CODE``, ``section:ID`` or ``desk``."""

    subject: str
    trouble: Trouble
    since: datetime
    sentence: str


@dataclass(frozen=True)
class Notice:
    """What one check found new and found mended; ``message`` tells both in one text."""

    noticed_at: datetime
    raised: Sequence[Condition]
    fixed: Sequence[Condition]
    message: str


# --- what is usual


@dataclass(frozen=True)
class Usual:
    """What a source usually brings: new entries a day, days from one day with news to the next, the longest such gap; None
    and 0 where too little is known. Gaps count observed days only."""

    a_day: float | None
    period_days: float | None
    longest_gap: int

    @property
    def words(self) -> str:
        if self.a_day is None:
            return "not known yet"
        if self.period_days is not None and self.period_days >= 2:
            return f"news every {self.period_days:.0f} days"
        return f"about {self.a_day:.0f} a day" if self.a_day >= 1 else "less than one a day"


def usual(days: Sequence[DayCounts]) -> Usual:
    """What is usual by these days. The busiest is left out of the rate: it may be the backlog of a first poll, or a flood."""
    seen = [one.new for one in days if one.observed]
    if len(seen) < SETTLED_DAYS or not any(seen):
        return Usual(None, None, 0)
    rate = (sum(seen) - max(seen)) / (len(seen) - 1)
    news = [number for number, new in enumerate(seen) if new]
    gaps = [after - before for before, after in pairwise(news)]
    return Usual(rate, sum(gaps) / len(gaps) if gaps else None, max(gaps, default=0))


def _silence(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    """Nothing new for longer than chance and habit allow. Needs whole days: today counts only if it brought something."""
    observed = [one for one in days if one.observed and (one.day < today or one.new)]
    last = max((number for number, one in enumerate(observed) if one.new), default=None)
    if last is None:
        if len(observed) < NEVER_DAYS:
            return None
        return observed[0].day, f"It has announced nothing new in the last {len(observed)} days it was read."
    gap = len(observed) - 1 - last
    before = usual(observed[: last + 1])
    if before.a_day is None or before.period_days is None:
        return (observed[last].day, f"Nothing new in {gap} days it was read.") if gap >= NEVER_DAYS else None
    if gap == 0:
        return None
    by_chance = -math.log(UNLIKELY) / before.a_day if before.a_day else math.inf
    limit = max(min(by_chance, 3 * before.period_days), 1.5 * before.longest_gap if before.longest_gap > 1 else 1)
    if gap < limit:
        return None
    since = observed[last].day + timedelta(days=1)
    return since, f"Nothing new since {observed[last].day:%-d %B}; usual is {before.words}."


def _flood(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    for one in [day for day in days if day.day >= today - timedelta(days=1)]:
        others = sorted(day.new for day in days if day.observed and day.day not in (one.day, today))
        if len(others) < SETTLED_DAYS:
            continue
        high = others[math.ceil(0.9 * len(others)) - 1]
        if one.new > max(FLOOD_LEAST, FLOOD_TIMES * high):
            return one.day, f"{one.new} new entries on {one.day:%-d %B}, where {high} are many."
    return None


# --- what its articles are like


def _recent(days: Sequence[DayCounts], count: Callable[[DayCounts], int], need: int) -> list[DayCounts]:
    """The last days that together hold ``need``, newest first; empty where all do not."""
    taken: list[DayCounts] = []
    total = 0
    for one in reversed(days):
        if count(one):
            taken.append(one)
            total += count(one)
        if total >= need:
            return taken
    return []


def _share(days: Sequence[DayCounts], part: Callable[[DayCounts], int], whole: Callable[[DayCounts], int]) -> float:
    total = sum(map(whole, days))
    return sum(map(part, days)) / total if total else 0.0


def _lasting(
    days: Sequence[DayCounts], part: Callable[[DayCounts], int], whole: Callable[[DayCounts], int], share: float, need: int
) -> date | None:
    """Since which day nearly all are so, None where the last ``need`` are not."""
    recent = _recent(days, whole, need)
    if not recent or _share(recent, part, whole) < share:
        return None
    since = recent[-1].day
    for one in reversed([day for day in days if whole(day)]):
        if part(one) / whole(one) < share and one.day < recent[-1].day:
            break
        since = min(since, one.day)
    return since


def _stored(one: DayCounts) -> int:
    return one.stored


def _undated(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    since = _lasting(days, lambda one: one.undated, _stored, 1.0, RECENT)
    return (since, "None of its articles since then has a date.") if since else None


def _thin(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    since = _lasting(days, lambda one: one.thin, _stored, MOSTLY, RECENT)
    return (since, f"Most of its articles have fewer than {THIN_CHARACTERS} characters.") if since else None


def _home_page(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    since = _lasting(days, lambda one: one.alike, lambda one: one.led, MOSTLY, RECENT_LINKS)
    return (since, "Most of its addresses lead to one and the same page, or to lists of articles.") if since else None


def _other_language(days: Sequence[DayCounts], today: date) -> tuple[date, str] | None:
    """All in one language, which chance alone would hardly bring given what is usual."""
    recent = _recent(days, _stored, RECENT)
    found: Counter[str] = Counter()
    for one in recent:
        found.update(one.languages)
    if len(found) != 1 or not recent:
        return None
    (language,) = found
    since = _lasting(days, lambda one: one.languages.get(language, 0), _stored, 1.0, RECENT) or recent[-1].day
    before = [one for one in days if one.day < since]
    if sum(map(_stored, before)) < 2 * RECENT:
        return None
    share = _share(before, lambda one: one.languages.get(language, 0), _stored)
    if share > MOSTLY or share ** found.total() >= UNLIKELY:
        return None
    return since, f"All {found.total()} last articles are in {_named(language)}; before, {share:.0%} were."


def _named(language: str) -> str:
    return "no known language" if language == "?" else language_name(language)


_BY_CONTENT: tuple[tuple[Trouble, Callable[[Sequence[DayCounts], date], tuple[date, str] | None]], ...] = (
    (Trouble.SILENCE, _silence),
    (Trouble.FLOOD, _flood),
    (Trouble.ALL_UNDATED, _undated),
    (Trouble.OTHER_LANGUAGE, _other_language),
    (Trouble.THIN_TEXT, _thin),
    (Trouble.HOME_PAGE, _home_page),
)


# --- judging


def conditions(picture: Picture, now: datetime) -> tuple[Condition, ...]:
    """Everything that is the matter at ``now``, by subject. Where nearly all sources are stale, that is one condition of the
    desk, not hundreds."""
    today = now.date()
    stale = [record for record in picture.sources if is_stale(record.state, now)]
    found: list[Condition] = []
    if len(stale) > max(1, MOSTLY * len(picture.sources)):
        oldest = min(record.state.due_at for record in stale)
        told = f"{len(stale)} of {len(picture.sources)} sources are due and nobody asks them. Does the daemon run?"
        found.append(Condition("desk", Trouble.STALE, oldest, told))
        stale = []
    alone = {record.state.source_id for record in stale}
    for record in picture.sources:
        found += _of_source(record, now, record.state.source_id in alone)
    return (*found, *_of_wholes(picture, today))


def is_stale(state: SourceState, now: datetime) -> bool:
    """Whether a source's time came long ago."""
    return now - state.due_at > STALE_AFTER


def _of_source(record: SourceRecord, now: datetime, stale: bool) -> list[Condition]:
    state, subject = record.state, f"source:{record.state.source_id}"
    if stale:
        last = f"last asked on {state.polled_at:%-d %B, %H:%M} UTC" if state.polled_at else "never asked"
        return [Condition(subject, Trouble.STALE, state.due_at, f"Due since {state.due_at:%-d %B, %H:%M} UTC, {last}.")]
    if state.failing_since is not None:
        if now - state.failing_since < FAILING_AFTER:
            return []
        told = f"{(state.last_outcome or 'failing').replace('_', ' ')}: {state.last_detail}".rstrip(": ")
        return [Condition(subject, Trouble.FAILING, state.failing_since, told)]
    judged = ((trouble, rule(record.days, now.date())) for trouble, rule in _BY_CONTENT)
    return [Condition(subject, trouble, _midnight(found[0]), found[1]) for trouble, found in judged if found is not None]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _of_wholes(picture: Picture, today: date) -> list[Condition]:
    """Languages and sections as a whole, and all articles together."""
    totals: dict[str, Counter[date]] = defaultdict(Counter)
    observed: set[date] = set()
    for record in picture.sources:
        for one in record.days:
            if one.observed and one.day < today:
                observed.add(one.day)
            totals["desk"][one.day] += one.stored
            for language, count in one.languages.items():
                totals[f"language:{language}"][one.day] += count
    days = sorted(observed)
    found = [_fallen(subject, [counts[day] for day in days], days, 2) for subject, counts in totals.items()]
    for section, by_day in picture.sections.items():
        found.append(_fallen(f"section:{section}", [by_day.get(day, 0) for day in days], days, 7))
    return [one for one in found if one is not None]


def _fallen(subject: str, counts: Sequence[int], days: Sequence[date], span: int) -> Condition | None:
    """Compares the last ``span`` whole observed days with those before, the busiest of them left out."""
    before, last = counts[:-span], counts[-span:]
    if len(before) < SETTLED_DAYS:
        return None
    rate = (sum(before) - max(before)) / (len(before) - 1)
    expected = rate * span
    if expected < FALLEN_LEAST or sum(last) >= FALLEN_SHARE * expected:
        return None
    start = len(counts) - span
    while start > 0 and counts[start - 1] < FALLEN_SHARE * rate:
        start -= 1
    trouble = Trouble.FALLEN if sum(last) else Trouble.SILENCE
    told = f"{sum(last)} in the last {span} days, where {expected:.0f} were to be expected."
    return Condition(subject, trouble, _midnight(days[start]), told)


# --- telling


def compare(before: Sequence[Condition], found: Sequence[Condition], now: datetime) -> Notice:
    """What is new and what is mended since the last check."""
    was = {(one.subject, one.trouble) for one in before}
    stands = {(one.subject, one.trouble) for one in found}
    raised = tuple(one for one in found if (one.subject, one.trouble) not in was)
    fixed = tuple(one for one in before if (one.subject, one.trouble) not in stands)
    return Notice(now, raised, fixed, message(raised, fixed))


MOST_NAMED = 12


def message(raised: Sequence[Condition], fixed: Sequence[Condition]) -> str:
    """One text for all, grouped by trouble; empty where there is nothing to tell."""
    lines = [f"Look at: {line}" for line in _grouped(raised)] + [f"Fixed: {line}" for line in _grouped(fixed)]
    return "\n".join(lines)


def _name(subject: str) -> str:
    """A source by its id, a language or section as such."""
    return subject.removeprefix("source:").replace(":", " ", 1)


def _grouped(told: Sequence[Condition]) -> list[str]:
    by_trouble: dict[Trouble, list[Condition]] = defaultdict(list)
    for one in told:
        by_trouble[one.trouble].append(one)
    lines = []
    for trouble in Trouble:
        group = by_trouble[trouble]
        if group:
            names = ", ".join(_name(one.subject) for one in group[:MOST_NAMED])
            more = f" and {len(group) - MOST_NAMED} more" if len(group) > MOST_NAMED else ""
            detail = f" ({group[0].sentence})" if len(group) == 1 else ""
            lines.append(f"{trouble.words}: {names}{more}{detail}")
    return lines
