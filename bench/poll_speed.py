"""How fast sources are polled: a thousand on loopback, each on a host of its own, unchanged (304) and then changed.

    python -m bench.poll_speed [--sources 1000] [--entries 30] [--profile FILE]

The whole program polls: Scrapy with the guard, robots.txt, pace and archive, reading in worker processes, the ledger and the book
in SQLite; only article pages are not fetched. In the same run: feedparser alone on the same bytes, our own reading of them
alone, and fetching alone (the same requests through the same downloader, one crawler, answers thrown away). The share outside
fetching and parsing is what the round costs in CPU seconds of all its processes beyond those two alone, because other programs
share the machine and the clock counts them too.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import cProfile
import http.client
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import scrapy
from scrapy.crawler import AsyncCrawlerRunner

import scheduler
from config.outlets import render_outlet
from config.workspace import init_workspace
from crawler.fetching import open_commons, scrapy_settings
from newsdesk.outlets import Grade, Outlet, Source, SourceKind
from newsdesk.sources import PollEnd
from spiders.feeds import read_feed
from spiders.outlet import SOURCE_ACCEPT

ROOT = Path(__file__).resolve().parent.parent

WORDS = "gobierno ministro acuerdo puerto energía elecciones frontera comercio empresa reunión visita banco petróleo".split()
BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)


def host(number: int) -> str:
    """Every source its own loopback address, so that each is a host of its own to the program."""
    return f"127.20.{number // 250}.{number % 250 + 1}"


def feed(number: int, entries: int, edition: int) -> bytes:
    """RSS as outlets write it; edition 1 has five more entries than edition 0, and five fewer old ones."""
    newest = entries + 5 * edition
    items = []
    for n in range(newest, newest - entries, -1):
        words = [WORDS[(n * 7 + number + k * k) % len(WORDS)] for k in range(60)]
        at = BEGIN + timedelta(minutes=37 * n)
        items.append(
            f"<item><title>{' '.join(words[:9]).capitalize()}</title><link>http://{host(number)}/nota/{n}</link>"
            f"<guid isPermaLink='false'>{number}-{n}</guid><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<dc:creator><![CDATA[Redacción]]></dc:creator><category>{words[0]}</category>"
            f"<description><![CDATA[<p>{' '.join(words)}</p>]]></description></item>"
        )
    head = f"<title>Diario {number}</title><link>http://{host(number)}/</link><ttl>15</ttl><language>es</language>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"{head}{''.join(items)}</channel></rss>"
    ).encode()


# --- the server, a process of its own


async def serve(port: int, entries: int) -> None:
    edition = 0
    bodies: dict[tuple[str, int], bytes] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal edition
        address = writer.get_extra_info("sockname")[0]
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                asked = next((line.partition(":")[2].strip() for line in lines if line.lower().startswith("if-none-match")), "")
                if path.startswith("/edition/"):
                    edition = int(path.rpartition("/")[2])
                    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
                elif path == "/robots.txt":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 24\r\n\r\nUser-agent: *\nDisallow:\n")
                elif asked == f'"e{edition}"':
                    writer.write(f'HTTP/1.1 304 Not Modified\r\nETag: "e{edition}"\r\n\r\n'.encode())
                else:
                    if (address, edition) not in bodies:
                        _, _, high, low = address.split(".")
                        bodies[address, edition] = feed(int(high) * 250 + int(low) - 1, entries, edition)
                    body = bodies[address, edition]
                    head = (
                        f'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "e{edition}"\r\nContent-Length: {len(body)}\r\n\r\n'
                    )
                    writer.write(head.encode() + body)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", port, backlog=2048)  # noqa: S104 - all of 127.0.0.0/8, for a moment
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextlib.contextmanager
def serving(entries: int) -> Any:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.poll_speed", "--serve", "--entries", str(entries)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        NOT_OURS.add(process.pid)
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def turn_to(port: int, edition: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/edition/{edition}")
    connection.getresponse().read()
    connection.close()


# --- the program


def workspace(home: Path, count: int, port: int) -> None:
    made = init_workspace(home, contact="https://newsdesk.example/bench", with_registry=False)
    for number in range(count):
        name = f"made-{number:04d}"
        source = Source(f"{name}/feed", name, SourceKind.FEED, f"http://{host(number)}:{port}/feed.xml", Grade.A)
        outlet = Outlet(name, name, (name,), None, ("es",), (host(number),), (), (source,), time_zone="America/Lima")
        (made.outlets / f"{name}.yaml").write_text(render_outlet(outlet), "utf-8")
    text = made.settings_file.read_text("utf-8")
    hosts = ", ".join(f'"{host(number)}"' for number in range(count))
    text = text.replace("allowed_hosts: []", f"allowed_hosts: [{hosts}]").replace("delay_seconds: 5\n", "delay_seconds: 0\n")
    made.settings_file.write_text(text, "utf-8")


class Counting:
    """A witness that counts how polls ended."""

    def __init__(self) -> None:
        self.ends: Counter[str] = Counter()

    def polled(self, end: PollEnd) -> None:
        self.ends[end.outcome.value] += 1

    def link_ended(self, *told: object) -> None:
        """Not of interest here."""


@dataclass(frozen=True)
class Cost:
    seconds: float
    main_cpu: float
    workers_cpu: float

    @property
    def cpu(self) -> float:
        return self.main_cpu + self.workers_cpu


NOT_OURS: set[int] = set()  # the server


def workers_cpu() -> float:
    """CPU seconds of our descendants but the server, the dead ones that their parents have waited for among them."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
                used[int(entry.name)] = sum(map(int, fields[11:15])) / tick
    ours, fresh = {os.getpid()}, {os.getpid()}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - ours
        ours |= fresh
    return sum(used.get(pid, 0.0) for pid in ours - {os.getpid(), *NOT_OURS})


@contextlib.asynccontextmanager
async def costing(into: dict[str, Cost], name: str) -> AsyncIterator[None]:
    began, main, workers = time.perf_counter(), time.process_time(), workers_cpu()
    yield
    into[name] = Cost(time.perf_counter() - began, time.process_time() - main, workers_cpu() - workers)


class Thrown(scrapy.Spider):
    """Fetching alone: the same requests, their answers thrown away."""

    name = "thrown"

    def __init__(self, addresses: Sequence[str], etag: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.addresses, self.etag = addresses, etag
        self.statuses: Counter[int] = Counter()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for address in self.addresses:
            headers = {"Accept": SOURCE_ACCEPT} | ({"If-None-Match": self.etag} if self.etag else {})
            yield scrapy.Request(
                address, headers=headers, callback=self.throw, meta={"allow_offsite": True, "is_source": True}, dont_filter=True
            )

    async def throw(self, response: Any) -> None:
        self.statuses[response.status] += 1


async def fetch_alone(newsroom: scheduler.Newsroom, addresses: Sequence[str], port: int, costs: dict[str, Cost]) -> None:
    settings = newsroom.loaded.settings
    with tempfile.TemporaryDirectory() as folder:
        commons = open_commons(replace(settings, home=Path(folder)), scheduler.utc_now, None, 0)
        options = scrapy_settings(settings, commons, 0)
        options.set("CONCURRENT_REQUESTS", 16)
        runner = AsyncCrawlerRunner(options)
        for name, etag in (("fetch first", None), ("fetch changed", None), ("fetch unchanged", '"e1"')):
            turn_to(port, 0 if name == "fetch first" else 1)
            async with costing(costs, name):
                await runner.crawl(Thrown, addresses=addresses, etag=etag)
        await commons.close()


async def rounds(newsroom: scheduler.Newsroom, port: int, costs: dict[str, Cost], ends: dict[str, Counter[str]], profile: str) -> None:
    witness = Counting()
    async with scheduler.collecting(newsroom, delay_seconds=0, witness=witness) as collector:
        for name, edition in (("first", 0), ("unchanged", 0), ("changed", 1), ("unchanged again", 1)):
            turn_to(port, edition)
            witness.ends = Counter()
            profiler = cProfile.Profile() if profile and name == "changed" else None
            async with costing(costs, name):
                if profiler:
                    profiler.enable()
                runs = await collector.start_due(all_sources=True)
                await asyncio.wait(runs)
                if profiler:
                    profiler.disable()
                    profiler.dump_stats(profile)
            ends[name] = witness.ends


def parse_alone(count: int, entries: int, costs: dict[str, Cost]) -> None:
    bodies = [feed(number, entries, 1) for number in range(count)]
    for name in ("feedparser", "read_feed"):
        began, cpu = time.perf_counter(), time.process_time()
        for number, body in enumerate(bodies):
            if name == "feedparser":
                assert len(feedparser.parse(body).entries) == entries
            else:
                reading = read_feed(body, (("Content-Type", "application/rss+xml"),), f"http://{host(number)}/feed.xml", BEGIN, 2000)
                assert len(reading.announcements) == entries
        costs[name] = Cost(time.perf_counter() - began, time.process_time() - cpu, 0.0)


def show(count: int, costs: dict[str, Cost], ends: dict[str, Counter[str]]) -> None:
    print(f"load {os.getloadavg()[0]:.1f}; {count} sources\n")
    print("| round | ended | wall s | sources/s | CPU s, main | CPU s, workers | sources per CPU s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, cost in costs.items():
        ended = dict(ends.get(name, {}))
        print(
            f"| {name} | {ended or ''} | {cost.seconds:.1f} | {count / cost.seconds:.0f} | {cost.main_cpu:.1f} | {cost.workers_cpu:.1f} | "
            f"{count / max(cost.cpu, 1e-9):.0f} |"
        )
    print()
    parse = costs["read_feed"].cpu
    for name, alone in (
        ("unchanged again", costs["fetch unchanged"].cpu),
        ("changed", costs["fetch changed"].cpu + parse),
        ("first", costs["fetch first"].cpu + parse),
    ):
        share = 1 - alone / costs[name].cpu
        print(
            f"{name}: {share:.1%} outside fetching and parsing; {costs['feedparser'].cpu / costs[name].cpu:.2f} of feedparser's speed alone"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sources", type=int, default=1000)
    arguments.add_argument("--entries", type=int, default=30)
    arguments.add_argument("--profile", default="", help="write cProfile's statistics of the changed round to this file")
    arguments.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.serve:
        asyncio.run(serve(0, chosen.entries))
        return
    logging.basicConfig(level=logging.ERROR)
    costs: dict[str, Cost] = {}
    ends: dict[str, Counter[str]] = {}
    parse_alone(chosen.sources, chosen.entries, costs)
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder, serving(chosen.entries) as port:
        home = Path(folder) / "desk"
        workspace(home, chosen.sources, port)
        with scheduler.open_newsroom(home) as newsroom:
            settings = newsroom.loaded.settings
            polls_only = replace(settings, limits=replace(settings.limits, pages_per_round=0))
            newsroom.loaded = replace(newsroom.loaded, settings=polls_only)
            addresses = [source.url for outlet in newsroom.loaded.outlets for source in outlet.sources]

            async def both() -> None:
                await fetch_alone(newsroom, addresses, port, costs)
                await rounds(newsroom, port, costs, ends, chosen.profile)

            scheduler.run_in_loop(both)
    show(chosen.sources, costs, ends)


if __name__ == "__main__":
    main()
