"""Mutants through the real parsers in the real worker pool, and what became of each."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from crawler.encodings import UndecodableBody, undo
from crawler.pages import PageFacts
from crawler.pool import TookTooLong, TooMuchMemory, WorkerDied, WorkerPool
from crawler.reading import read_page
from newsdesk.articles import Article, NoArticle
from newsdesk.links import Outcome, PollOutcome, Reading
from newsdesk.robotstxt import RobotsRules, parse_robots
from newsdesk.settings import Limits
from spiders.discovery import Page, Purpose, examine
from spiders.feeds import read_feed
from spiders.sections import read_section
from spiders.sitemaps import read_sitemap
from tests.hostile.material import Kind, Material
from tests.hostile.mutations import Mutant, mutant_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACTS = PageFacts(NOW, ("El Diario",), "America/Caracas", ("es",), "VE")
PRELOAD = ("tests.hostile.running",)
CRASH = "CRASH"
READERS: dict[Kind, tuple[str, ...]] = {
    Kind.PAGE: ("read_page",) * 7 + ("read_section", "examine home", "read_feed"),
    Kind.FEED: ("read_feed", "read_feed", "read_feed", "examine feed", "read_page", "read_sitemap"),
    Kind.SITEMAP: ("read_sitemap", "read_sitemap", "read_sitemap", "examine sitemap", "read_feed"),
    Kind.SECTION: ("read_section", "read_section", "examine home", "examine feed", "read_page"),
    Kind.ROBOTS: ("parse_robots", "parse_robots", "examine robots"),
}


@dataclass(frozen=True)
class Told:
    """What a worker says of one mutant: the outcome, CPU seconds, and the most memory its process ever had (bytes)."""

    outcome: str
    seconds: float
    peak_bytes: int
    worker: int


@dataclass(frozen=True)
class Ran:
    """What became of a mutant. ``outcome`` is CRASH where a parser raised or its process died by itself."""

    number: int
    reader: str
    done: tuple[str, ...]
    body_bytes: int
    outcome: str
    detail: str
    seconds: float
    peak_bytes: int
    worker: int
    killed: bool = False

    @property
    def crashed(self) -> bool:
        return self.outcome == CRASH


def read(reader: str, mutant: Mutant) -> Any:
    """One of the parsers on a mutant, as newsdesk calls it."""
    body, headers, address, cap = mutant.body, mutant.headers, mutant.address, Limits().entries_per_poll
    if reader == "read_page":
        return read_page(body, headers, address, None, FACTS)
    if reader == "parse_robots":
        rules = parse_robots(body[: Limits().robots_bytes])
        rules.allows(address)
        return rules
    if reader.startswith("examine "):
        return examine(Purpose(reader.partition(" ")[2]), body, headers, address, NOW)
    source: Callable[..., Reading] = {"read_feed": read_feed, "read_sitemap": read_sitemap, "read_section": read_section}[reader]
    return source(body, headers, address, NOW, cap)


def told(reader: str, mutant: Mutant) -> Told:
    """In a worker: read, look whether the value can be kept, and tell what it cost."""
    began = time.process_time()
    value = read(reader, mutant)
    seconds = time.process_time() - began
    fault = unkept(value)
    if fault:
        raise ValueError(f"{reader} gave a value that cannot be kept: {fault}")
    return Told(outcome_of(value), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, os.getpid())


def outcome_of(value: Any) -> str:
    """The named outcome of what a parser gave."""
    if isinstance(value, Article):
        return Outcome.STORED.value
    if isinstance(value, NoArticle):
        return value.outcome.value
    if isinstance(value, Reading):
        return value.outcome.value
    if isinstance(value, Page):
        return f"examined: {value.reading.outcome.value if value.reading else f'{min(len(value.sitemaps), 1)} sitemaps'}"
    if isinstance(value, RobotsRules):
        return "robots: rules" if value.rules else "robots: no rules"
    raise TypeError(f"{type(value).__name__} is no value of a parser")


def unkept(value: Any, depth: int = 0) -> str | None:
    """Why a value could not be stored: half characters, NULs, naive moments, texts without bound. None where it could."""
    if isinstance(value, str) and not isinstance(value, Enum):
        if len(value) > 2_000_000:
            return f"a text of {len(value)} characters"
        return next((f"half a character in {value[:60]!r}" for c in value if "\ud800" <= c <= "\udfff"), None)
    if isinstance(value, datetime):
        return None if value.tzinfo else f"a naive moment {value}"
    if value is None or isinstance(value, int | float | date | Enum):
        return None
    if is_dataclass(value):
        return next((f"{field.name}: {why}" for field in fields(value) if (why := unkept(getattr(value, field.name), depth + 1))), None)
    if isinstance(value, tuple | list) and depth < 8:
        return next((why for one in value if (why := unkept(one, depth + 1))), None)
    return f"a {type(value).__name__}"


async def run_one(pool: WorkerPool, number: int, reader: str, mutant: Mutant, page_seconds: float) -> Ran:
    """One mutant to its end; a source has three times a page's budget, as in spiders/run.py."""
    budget = page_seconds if reader == "read_page" else page_seconds * 3
    began = time.monotonic()
    killed = False
    try:
        done = await pool.run_within(budget, told, reader, mutant)
        outcome, detail, seconds, peak, worker = done.outcome, "", done.seconds, done.peak_bytes, done.worker
    except TookTooLong as error:
        outcome, detail, killed = (Outcome.READER_TIMEOUT if reader == "read_page" else PollOutcome.HOSTILE).value, str(error), True
        seconds, peak, worker = time.monotonic() - began, 0, 0
    except TooMuchMemory as error:
        outcome, detail, killed = (Outcome.READER_MEMORY if reader == "read_page" else PollOutcome.HOSTILE).value, str(error), True
        seconds, peak, worker = time.monotonic() - began, Limits().worker_memory_bytes, 0
    except WorkerDied as error:
        outcome, detail, seconds, peak, worker = CRASH, str(error), time.monotonic() - began, 0, 0
    except Exception as error:  # noqa: BLE001 - this is the crash we look for; the test shows it
        outcome, detail, seconds, peak, worker = CRASH, f"{type(error).__name__}: {error}"[:500], time.monotonic() - began, 0, 0
    return Ran(number, reader, mutant.done, len(mutant.body), outcome, detail, seconds, peak, worker, killed)


def job(number: int, seed: int, stock: dict[Kind, Sequence[Material]], size: float) -> tuple[str, Mutant]:
    """The parser and the mutant of a number."""
    dice = random.Random(f"reader:{seed}:{number}")
    kind = dice.choices(list(Kind), weights=(50, 17, 11, 12, 10))[0]
    _, mutant = mutant_of(number, seed, stock[kind], size)
    return dice.choice(READERS[kind]), mutant


def by_kind(stock: Sequence[Material]) -> dict[Kind, Sequence[Material]]:
    return {kind: [one for one in stock if one.kind is kind] for kind in Kind}


async def run_all(
    pool: WorkerPool,
    numbers: Sequence[int],
    seed: int,
    stock: Sequence[Material],
    *,
    size: float,
    page_seconds: float,
    workers: int,
    witness: Callable[[Ran], None] = lambda _: None,
) -> Sequence[Ran]:
    """All mutants of the numbers, as many at once as there are workers."""
    kinds = by_kind(stock)
    waiting = iter(numbers)
    ended: list[Ran] = []

    async def work() -> None:
        for number in waiting:
            reader, mutant = job(number, seed, kinds, size)
            one = await run_one(pool, number, reader, mutant, page_seconds)
            ended.append(one)
            witness(one)

    await asyncio.gather(*(work() for _ in range(workers)))
    return ended


def unpacked(mutant: Mutant, names: Sequence[str]) -> str:
    """What undoing content encodings makes of a body: its outcome, which is a named error or a body within the limit."""
    try:
        return "unpacked" if len(undo(mutant.body, names, Limits().page_bytes)) <= Limits().page_bytes else CRASH
    except UndecodableBody as error:
        return type(error).__name__
