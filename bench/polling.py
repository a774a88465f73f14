"""A simulated month of sources with made-up rhythms: what the polling decisions see of it, against a fixed hour.

    python bench/polling.py [--sources 200] [--days 30] [--seed 20261122] [--worst]

No clock and no network: every source is a calendar of entries, asked when ``newsdesk.polling.after_poll`` says. The rhythms
are shaped as those of outlets in four languages: a day of work and a night (some never sleep), quieter weekends, bursts, sets
of entries put out at one hour, weekly and rare ones; listings of 5 to 50 entries, the busy ones longer; most with moments,
some without, some with false ones; validators, unchanged bodies without validators, bodies that always differ; what feeds
state of their rhythm; single failures, and outages of hours. Prints a row for each policy and the share seen by kind.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from newsdesk.links import Announcement, Outcome, PollOutcome, Rhythm  # noqa: E402 (the repository's own folder goes first)
from newsdesk.moments import Hint, Moment, Precision  # noqa: E402
from newsdesk.polling import after_poll, must_read_in_full, pace_of  # noqa: E402
from newsdesk.sources import PollEnd, SourceState  # noqa: E402

BEGIN = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday
HOUR = 3600.0
DAY = 86_400.0
TICK = 20.0  # the daemon looks this often for due sources
BEFORE = 60 * DAY  # entries from before the month fill the listings at its beginning
KINDS = {"daily": 0.50, "agency": 0.08, "bursts": 0.12, "sets": 0.10, "weekly": 0.12, "rare": 0.08}
LENGTHS = (5, 10, 10, 10, 15, 20, 20, 25, 30, 40, 50)


@dataclass(frozen=True)
class MadeUp:
    """One source's month. ``times`` (seconds from the month's beginning) are when entries come into the listing, sorted;
    ``stated`` what each entry says of its moment (None: nothing)."""

    name: str
    kind: str
    length: int
    times: Sequence[float]
    stated: Sequence[float | None]
    validators: str  # "304", "same body" or "churn"
    lies: bool
    rhythm: Rhythm | None
    fresh_seconds: int | None
    outages: Sequence[tuple[float, float]]
    failing_share: float

    def down(self, at: float) -> bool:
        return any(begin <= at < end for begin, end in self.outages)


@dataclass
class Score:
    """What came of a policy."""

    polls: int = 0
    seen: int = 0
    entries: int = 0
    waited: list[float] = field(default_factory=list)
    by_kind: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    worst: list[tuple[int, str, int]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.seen / max(1, self.entries)


def made_up(number: int, seed: int, days: float) -> MadeUp:
    chance = random.Random(f"{seed}/{number}")
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    zone = chance.choice((-5, -4, -4, -3, -3, -6, 0, 1, 3, 3.5, 8)) * HOUR
    a_day = per_day(kind, chance)
    # A busy outlet lists more: one that showed less than a few hours would be of no use to its own readers.
    lengths = [length for length in LENGTHS if a_day / length <= 6] or [max(LENGTHS)]
    length = chance.choice(lengths)
    times = calendar(kind, a_day, length, zone, chance, days)
    dated = chance.random()
    lies = dated > 0.97
    stated = [None if dated < 0.15 else at - chance.uniform(0, 600) for at in times]
    return MadeUp(
        name=f"made/{number}",
        kind=kind,
        length=length,
        times=times,
        stated=stated,
        validators=chance.choices(("304", "same body", "churn"), (0.6, 0.25, 0.15))[0],
        lies=lies,
        rhythm=chance.choices(
            (None, Rhythm(update_seconds=3600), Rhythm(ttl_seconds=3600), Rhythm(ttl_seconds=900), Rhythm(ttl_seconds=300)),
            (0.45, 0.30, 0.10, 0.10, 0.05),
        )[0],
        fresh_seconds=chance.choices((None, 0, 60, 300, 900, 3600), (0.40, 0.20, 0.10, 0.15, 0.10, 0.05))[0],
        outages=outages(chance, days),
        failing_share=chance.choice((0.0, 0.0, 0.005, 0.02)),
    )


def per_day(kind: str, chance: random.Random) -> float:
    """Entries a day: log-normal, half of the daily ones between 9 and 35."""
    if kind == "agency":
        return chance.uniform(80, 250)
    if kind == "weekly":
        return chance.uniform(3, 10) / 7
    if kind == "rare":
        return chance.uniform(0.05, 0.4)
    return min(120.0, 18 * math.exp(chance.gauss(0, 0.9)))


def outages(chance: random.Random, days: float) -> list[tuple[float, float]]:
    if chance.random() > 0.10:
        return []
    begin = chance.uniform(0, days * DAY)
    return [(begin, begin + chance.uniform(1, 8) * HOUR)]


def calendar(kind: str, a_day: float, length: int, zone: float, chance: random.Random, days: float) -> list[float]:
    """When entries come in."""
    if kind == "weekly":
        return weekly(a_day * 7, length, chance, days)
    if kind == "sets":
        return sets(a_day, length, zone, chance, days)
    profile = hours(chance, sleeps=chance.random() < (0.3 if kind == "agency" else 0.9))
    weekend = chance.uniform(0.4, 1.0)
    bursts = []
    if kind == "bursts":
        bursts = [(chance.uniform(-BEFORE, days * DAY), chance.uniform(1, 4) * HOUR) for _ in range(round((days + BEFORE / DAY) / 6))]
    times = []
    hour = -BEFORE
    while hour < days * DAY:
        local = hour + zone
        weekday = (BEGIN + timedelta(seconds=local)).weekday()
        rate = a_day / 24 * profile[int(local % DAY // HOUR)] * (weekend if weekday >= 5 else 1.0)
        if any(begin <= hour < begin + long for begin, long in bursts):
            rate = max(rate, a_day / 24) * 5
        times += [hour + chance.uniform(0, HOUR) for _ in range(poisson(rate, chance))]
        hour += HOUR
    return sorted(times)


def hours(chance: random.Random, sleeps: bool) -> list[float]:
    """The share of each local hour, 1 on average."""
    quiet = 0.02 if sleeps else 0.6
    peak = chance.choice((9, 10, 11, 16, 18))
    raw = [quiet if hour < 6 or hour >= 23 else 1 + 0.8 * math.exp(-(((hour - peak) / 3) ** 2)) for hour in range(24)]
    return [share * 24 / sum(raw) for share in raw]


def weekly(a_week: float, length: int, chance: random.Random, days: float) -> list[float]:
    day, hour = chance.randrange(7), chance.uniform(6, 20)
    times: list[float] = []
    for week in range(-int(BEFORE / DAY / 7) - 1, int(days / 7) + 1):
        at = (week * 7 + day) * DAY + hour * HOUR + chance.gauss(0, 2 * HOUR)
        times += [at + chance.uniform(0, 4 * HOUR) for _ in range(min(length, max(1, round(chance.gauss(a_week, 1.5)))))]
    return sorted(at for at in times if at < days * DAY)


def sets(a_day: float, length: int, zone: float, chance: random.Random, days: float) -> list[float]:
    """Some sets a day, each put out within minutes, never longer than half the listing."""
    size = max(1, min(length // 2, round(a_day / chance.choice((2, 3, 4)))))
    at_hours = [chance.uniform(6, 22) for _ in range(max(1, round(a_day / size)))]
    times: list[float] = []
    for day in range(-int(BEFORE / DAY), int(days)):
        for hour in at_hours:
            at = day * DAY + hour * HOUR - zone + chance.gauss(0, 600)
            times += [at + chance.uniform(0, 300) for _ in range(size)]
    return sorted(at for at in times if at < days * DAY)


def poisson(mean: float, chance: random.Random) -> int:
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


Then = Callable[[SourceState, PollEnd, datetime], SourceState]


def by_overlap(state: SourceState, end: PollEnd, now: datetime) -> SourceState:
    """The memory after a poll, as storage keeps it."""
    then = after_poll(state, end, now)
    return SourceState(
        state.source_id,
        state.outlet_id,
        then.due_at,
        polled_at=end.polled_at,
        read_in_full_at=end.polled_at if end.unconditional and then.failing_since is None else state.read_in_full_at,
        last_outcome=end.outcome.value,
        failing_since=then.failing_since,
        weight=then.weight,
        interval_seconds=then.interval_seconds,
        pace_seconds=then.pace_seconds,
        rhythm=end.rhythm or state.rhythm,
        reason=then.reason,
    )


def each_hour(state: SourceState, end: PollEnd, now: datetime) -> SourceState:
    """The reference: a fixed hour, whatever happens."""
    return SourceState(state.source_id, state.outlet_id, now + timedelta(hours=1), polled_at=end.polled_at)


def month_of(source: MadeUp, days: float, then: Then, score: Score) -> None:
    """Poll one source through the month."""
    chance = random.Random(source.name)
    state = SourceState(source.name, "made", BEGIN)
    known: set[int] = set()
    last_top = None
    at = chance.uniform(0, 60)
    first = bisect.bisect_right(source.times, 0.0)
    seen = 0
    while at < days * DAY:
        now = BEGIN + timedelta(seconds=at)
        score.polls += 1
        if source.down(at) or chance.random() < source.failing_share:
            end = PollEnd(source.name, Outcome.TIMEOUT, "", now)
        else:
            top = bisect.bisect_right(source.times, at)
            full = must_read_in_full(state, now)
            end = answer(source, state, now, at, known, top, full, unchanged=top == last_top)
            for number in range(max(0, top - source.length), top):
                if number not in known:
                    known.add(number)
                    if number >= first:
                        seen += 1
                        score.waited.append(at - source.times[number])
            last_top = top
        state = then(state, end, now)
        at = math.ceil(max((state.due_at - BEGIN).total_seconds(), at + 1) / TICK) * TICK + chance.uniform(0, 2)
    # entries that still stand in the listing at the end were not lost, only not seen yet
    lost_from = max(first, len(source.times) - source.length)
    still = sum(number not in known for number in range(lost_from, len(source.times)))
    entries = len(source.times) - first - still
    score.entries += entries
    score.seen += seen
    counts = score.by_kind[source.kind]
    counts[0] += seen
    counts[1] += entries
    if seen < entries:
        score.worst.append((entries - seen, f"{source.kind} {source.length} long, {entries / days:.1f} a day, {source.rhythm}", entries))


def answer(
    source: MadeUp, state: SourceState, now: datetime, at: float, known: set[int], top: int, full: bool, *, unchanged: bool
) -> PollEnd:
    if unchanged and not full and source.validators != "churn":
        outcome = PollOutcome.NOT_MODIFIED if source.validators == "304" else PollOutcome.SAME_BODY
        return PollEnd(source.name, outcome, "", now, fresh_seconds=source.fresh_seconds)
    listed = range(max(0, top - source.length), top)
    new = sum(number not in known for number in listed)
    announcements = [Announcement(f"https://made.example/{n}", Hint.FEED, published=moment(source, n, at)) for n in listed]
    return PollEnd(
        source.name,
        PollOutcome.READ if announcements else PollOutcome.EMPTY,
        "",
        now,
        unconditional=full,
        announced=len(announcements),
        new=new,
        fresh_seconds=source.fresh_seconds,
        pace_seconds=pace_of(announcements, new, state.polled_at, now),
        rhythm=source.rhythm or Rhythm(),
    )


def moment(source: MadeUp, number: int, at: float) -> Moment | None:
    stated = source.stated[number]
    if stated is None:
        return None
    instant = BEGIN + timedelta(seconds=at if source.lies else stated)
    return Moment(instant, instant.date(), Precision.SECOND, 0)


def simulate(count: int, days: float, seed: int, then: Then) -> Score:
    """The month of all sources under one policy."""
    score = Score()
    for number in range(count):
        month_of(made_up(number, seed, days), days, then, score)
    return score


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sources", type=int, default=200)
    arguments.add_argument("--days", type=float, default=30)
    arguments.add_argument("--seed", type=int, default=20261122)
    arguments.add_argument("--worst", action="store_true", help="also name the sources that lost most")
    chosen = arguments.parse_args()
    print("| policy | polls | share of the hour's polls | entries | seen before they left | half of them within | ran |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    reference = 0
    for name, then in (("each hour", each_hour), ("by overlap", by_overlap)):
        began = time.perf_counter()
        score = simulate(chosen.sources, chosen.days, chosen.seed, then)
        reference = reference or score.polls
        print(
            f"| {name} | {score.polls} | {score.polls / reference:.3f} | {score.entries} | {score.share:.5f} | "
            f"{median(score.waited) / 60:.0f} min | {time.perf_counter() - began:.1f} s |"
        )
        for kind, (seen, entries, _) in sorted(score.by_kind.items()):
            print(f"|   {kind} | | | {entries} | {seen / max(1, entries):.5f} | | |")
        if chosen.worst:
            for lost, what, entries in sorted(score.worst, reverse=True)[:12]:
                print(f"|   lost {lost} of {entries} | {what} | | | | | |")


if __name__ == "__main__":
    main()
