"""Ten thousand damaged feeds, sitemaps and pages through the real parsers, and servers that misbehave in over fifty ways.

The mutants are made from the recorded web where it lies beside the repository, else from the demo web; they are the same every
time. Each runs in the real worker pool under the budgets of ``newsdesk.settings.Limits``. Run from the repository:

    python -m bench.hostile [--count 10000] [--seed 9309] [--workers 2] [--only NUMBER] [--skip-servers]

A crash is an exception out of a parser, a value that could not be stored, or a worker that dies by itself. A kill is a named
outcome (reader_timeout, reader_memory, hostile). Memory is a worker's own highest mark (ru_maxrss).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.pool import WorkerPool
from newsdesk.settings import Limits
from tests.hostile.material import material, recorded
from tests.hostile.misbehaving import AROUND, KINDS, PAGE_TO_READ, PATH, one_round
from tests.hostile.running import PRELOAD, Ran, by_kind, job, read, run_all

MIB = 1024 * 1024
SEED = 9309
SIZE = 0.3  # of what the mutations may do at most; 1 makes every other mutant ten megabytes long


class Watch:
    """Says now and then how far it is."""

    def __init__(self, count: int) -> None:
        self.count, self.ended, self.crashed, self.killed, self.began = count, 0, 0, 0, time.monotonic()

    def __call__(self, one: Ran) -> None:
        self.ended += 1
        self.crashed += one.crashed
        self.killed += one.killed
        if one.crashed or one.killed:
            done = "+".join(one.done)
            say(f"  {one.number} {one.reader} {done} {one.body_bytes} B: {one.outcome} {one.detail[:300]}")
        if self.ended % 500 == 0:
            seconds = time.monotonic() - self.began
            say(f"  {self.ended} of {self.count} in {seconds:.0f} s, {self.crashed} crashes, {self.killed} kills")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(ran: Sequence[Ran]) -> None:
    """A row a parser, then the ends, the memory and the dearest."""
    parsers: dict[str, list[Ran]] = defaultdict(list)
    for one in ran:
        parsers[one.reader].append(one)
    print("| parser | mutants | crashes | killed | CPU s median / 99 % / most | most MiB | ends |")
    print("| --- " * 7 + "|")
    for name, rows in [*sorted(parsers.items()), ("all", list(ran))]:
        seconds = [row.seconds for row in rows]
        ends = ", ".join(f"{end} {count}" for end, count in Counter(row.outcome for row in rows).most_common())
        cost = f"{quantile(seconds, 0.5):.3f} / {quantile(seconds, 0.99):.2f} / {max(seconds):.2f}"
        peak = max(row.peak_bytes for row in rows) / MIB
        crashed, killed = sum(row.crashed for row in rows), sum(row.killed for row in rows)
        print(f"| {name} | {len(rows)} | {crashed} | {killed} | {cost} | {peak:.0f} | {ends} |")
    workers: dict[int, int] = defaultdict(int)
    for row in ran:
        workers[row.worker] = max(workers[row.worker], row.peak_bytes)
    peaks = sorted(peak for worker, peak in workers.items() if worker)
    print(f"\n{len(peaks)} workers; their highest marks: median {peaks[len(peaks) // 2] / MIB:.0f} MiB, most {peaks[-1] / MIB:.0f} MiB.")
    print("\nWhat raised a worker's mark most:")
    for grown, row in sorted(jumps(ran), key=lambda one: -one[0])[:5]:
        print(f"- {row.number}: {row.reader}, {'+'.join(row.done)}, {row.body_bytes} bytes: by {grown / MIB:.0f} MiB, {row.outcome}")
    print("\nThe ten dearest:")
    for row in sorted(ran, key=lambda one: -one.seconds)[:10]:
        print(f"- {row.number}: {row.reader}, {'+'.join(row.done)}, {row.body_bytes} bytes: {row.seconds:.2f} s, {row.outcome}")
    for row in ran:
        if row.crashed:
            print(f"- CRASH {row.number}: {row.reader}, {'+'.join(row.done)}: {row.detail}")


def jumps(ran: Sequence[Ran]) -> Iterator[tuple[int, Ran]]:
    """By how much each mutant raised its worker's highest mark (bytes), the first of each worker left out."""
    marks: dict[int, int] = {}
    for row in ran:
        if row.worker in marks:
            yield row.peak_bytes - marks[row.worker], row
        marks[row.worker] = row.peak_bytes


def mutants(count: int, seed: int, workers: int, size: float) -> bool:
    stock, limits = material(), Limits()
    began = time.monotonic()
    pool = WorkerPool(workers, limits.parse_seconds, limits.worker_memory_bytes, preload=PRELOAD)
    try:
        ran = asyncio.run(
            run_all(pool, range(count), seed, stock, size=size, page_seconds=limits.parse_seconds, workers=workers, witness=Watch(count))
        )
    finally:
        pool.close_now()
    whence = "the recorded web" if recorded() else "the demo web"
    print(
        f"\n{len(ran)} mutants of {len(stock)} documents of {whence}, seed {seed}, "
        f"in {time.monotonic() - began:.0f} s with {workers} workers; "
        f"{sum(row.crashed for row in ran)} crashes, {sum(row.killed for row in ran)} killed at their budget; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n"
    )
    table(ran)
    return not any(row.crashed for row in ran)


def misbehaving() -> bool:
    """One round over all servers that misbehave, a crawler each; prints what each came to."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-hostile-") as folder, one_round(Path(folder)) as day:
        ends = {kind.name: day.end(day.servers[kind.name].url + PATH)["outcome"] or PAGE_TO_READ for kind in KINDS}
        ends |= {f"TLS: {name}": day.end(address)["outcome"] for name, address in day.tls.items()}
        wrong = [kind.name for kind in KINDS if ends[kind.name] not in kind.ends]
        beside = {
            f"{path} beside {kind.name}": day.end(day.servers[kind.name].url + path) for kind in KINDS if kind.around for path in AROUND
        }
        report = day.report
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, end in ends.items():
        kinds[end].append(name)
    print(f"\n{len(ends)} servers that misbehave, in one round\n\n| end | servers | which |\n| --- | --- | --- |")
    for end, names in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print(f"| {end} | {len(names)} | {'; '.join(names)} |")
    harmed = {name: f"{end['outcome']} ({end['detail'][:100]})" for name, end in beside.items() if end["outcome"] is not None}
    print(
        f"\nNot as wanted: {wrong or 'none'}. Good pages beside the bad ones: {len(beside) - len(harmed)} of {len(beside)} came through; "
        f"harmed: {harmed or 'none'}. "
        f"{report['seconds']:.1f} s, peak {report['peak_bytes'] / MIB:.0f} MiB for the whole crawl's process, "
        f"the loop's longest pause {report['lag_seconds'] * 1000:.0f} ms; load {os.getloadavg()[0]:.1f}."
    )
    return not wrong and not harmed


def main() -> None:
    """Run the servers, then the mutants."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description="What strangers send, ten thousand times.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--size", type=float, default=SIZE)
    parser.add_argument("--only", type=int, help="this mutant alone, in this process, with its traceback")
    parser.add_argument("--skip-servers", action="store_true")
    given = parser.parse_args()
    if given.only is not None:
        reader, mutant = job(given.only, given.seed, by_kind(material()), given.size)
        began = time.process_time()
        print(f"{reader} {mutant.done} {len(mutant.body)} bytes at {mutant.address}")
        print(f"{read(reader, mutant)!r:.500}\n{time.process_time() - began:.2f} s")
        return
    fine = given.skip_servers or misbehaving()
    if given.count:
        fine = mutants(given.count, given.seed, given.workers, given.size) and fine
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
