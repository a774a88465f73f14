"""Real feeds, sitemaps and pages damaged on purpose: no parser raises, none hangs, each mutant ends in a named outcome.

``python -m bench.hostile`` runs ten thousand of these, larger ones, and measures them.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence

import pytest

from crawler.pool import WorkerPool
from newsdesk.links import Outcome, PollOutcome
from newsdesk.settings import Limits
from tests.hostile import mutations
from tests.hostile.material import Kind, material
from tests.hostile.mutations import Chance, mutant_of
from tests.hostile.running import PRELOAD, Ran, by_kind, job, run_all, unkept, unpacked

COUNT = 240
SEED = 2026
NAMED = {
    *(outcome.value for outcome in (*Outcome, *PollOutcome)),
    "robots: rules",
    "robots: no rules",
    "examined: 0 sitemaps",
    "examined: 1 sitemaps",
}
NAMED |= {f"examined: {outcome.value}" for outcome in PollOutcome}


@pytest.fixture(scope="module")
def ran() -> Sequence[Ran]:
    pool = WorkerPool(2, 20.0, Limits().worker_memory_bytes, preload=PRELOAD)
    try:
        return asyncio.run(run_all(pool, range(COUNT), SEED, material(), size=0.02, page_seconds=20.0, workers=2))
    finally:
        pool.close_now()


def test_no_parser_raises_and_no_worker_dies(ran: Sequence[Ran]) -> None:
    assert [one for one in ran if one.crashed] == []


def test_none_goes_over_its_budget(ran: Sequence[Ran]) -> None:
    assert len(ran) == COUNT
    assert [one for one in ran if one.killed] == []


def test_each_ends_in_a_named_outcome(ran: Sequence[Ran]) -> None:
    assert {one.outcome for one in ran} <= NAMED
    assert len({one.outcome for one in ran}) >= 10, "the mutants are too much alike to show anything"


def test_memory_is_bounded(ran: Sequence[Ran]) -> None:
    assert max(one.peak_bytes for one in ran) < Limits().worker_memory_bytes // 2


def test_every_parser_and_every_mutation_had_its_turn(ran: Sequence[Ran]) -> None:
    readers = Counter(one.reader for one in ran)
    assert {"read_page", "read_feed", "read_sitemap", "read_section", "parse_robots", "examine home", "examine feed"} <= set(readers)
    assert {mutation.__name__ for mutation in mutations.ALL} <= {name for one in ran for name in one.done}


def test_a_mutant_can_be_made_again() -> None:
    stock = by_kind(material())
    assert all(job(number, 7, stock, 0.1) == job(number, 7, stock, 0.1) for number in range(20))
    assert job(1, 7, stock, 0.1) != job(1, 8, stock, 0.1)


def test_folded_bodies_unfold_or_say_why() -> None:
    stock = [one for one in material() if one.kind is not Kind.PAGE][:20]
    ends: Counter[str] = Counter()
    for number in range(150):
        _, mutant = mutant_of(number, SEED, stock, 0.05)
        names = random.Random(number).choice((["gzip"], ["deflate"], ["br"], ["zstd"], ["gzip, gzip"], ["x-gzip", "br"], ["rot13"]))
        packed = mutations.zipped(Chance(random.Random(number), 0.2), mutant.body)
        ends[unpacked(mutations.Mutant(packed, (), "", ()), names)] += 1
    assert set(ends) == {"unpacked", "TruncatedBody", "UnknownEncoding", "CompressionBomb"}, ends


@pytest.mark.parametrize("value", ["\ud800", ("a", ["b\udfff"]), {"a": 1}, "x" * 2_000_001])
def test_what_cannot_be_kept_is_noticed(value: object) -> None:
    assert unkept(value)
