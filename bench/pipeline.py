"""The whole way (fetch from loopback, WARC, read, weigh, store) against reading alone, on the same pages in the same run.

    python -m bench.pipeline [--copies 2] [--outlets 32]

Reference: ``crawler.reading.read_page`` on the same bytes, with the same facts and announcements, in the same worker pool with
nothing around it. Both are given as pages a second by the clock and as pages a second of CPU (all processes of newsdesk; the
server that plays the web is not counted), because other work on the machine disturbs the clock. From both is taken what the
same program costs with four pages, so that neither starting nor warming up counts. Pages are the recorded ones beside the
repository, or the demonstration's where those are not there.

The way is measured twice: with label, fingerprints and weight only, and with everything that is judged of an article and the
search for its event.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import gzip
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import cli
import scheduler
from config.outlets import write_draft
from config.workspace import init_workspace
from crawler.pool import WorkerPool
from crawler.reading import read_page
from demo.server import DemoWeb
from newsdesk.articles import Article
from newsdesk.editions import Policy
from newsdesk.fingerprints import FINGERPRINT_VERSION, fingerprints
from newsdesk.judging import JudgedArticle
from newsdesk.links import Announcement
from newsdesk.moments import Hint
from newsdesk.outlets import Control, ControlStatement, Grade, Outlet, Source, SourceKind
from newsdesk.provenance import label_of
from newsdesk.relevance import weigh
from newsdesk.settings import Limits
from newsdesk.watchlist import Matcher
from spiders.facts import page_facts

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared"))
WORKERS = 2
FEW = 4
HEADERS = (("Content-Type", "text/html"),)


def pages() -> list[bytes]:
    """The bodies to read."""
    folder = SHARED / "replay" / "pages"
    if folder.is_dir():
        return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))]
    with DemoWeb(datetime.now(UTC).date()) as web:
        return [web.answers(outlet.id)[urlsplit(web.address(a)).path].body for outlet in web.outlets() for a in web.articles()]


def serve(bodies: list[bytes], outlets: int, told: multiprocessing.connection.Connection) -> None:
    """A small web: each outlet a port with a feed, robots.txt and its share of the pages, compressed beforehand."""
    packed = [gzip.compress(body, 6) for body in bodies]

    async def run() -> None:
        ports = []
        for number in range(outlets):
            mine = dict(list(enumerate(packed))[number::outlets])
            server = await asyncio.start_server(functools.partial(answer, mine), "127.0.0.1", 0)
            ports.append(server.sockets[0].getsockname()[1])
        told.send(ports)
        await asyncio.Event().wait()

    async def answer(mine: dict[int, bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = ""
        while line := await reader.readline():
            path = line.split(b" ")[1].decode()
            while (header := await reader.readline()).strip():
                if header.lower().startswith(b"host:"):
                    host = header.split(b":", 1)[1].strip().decode()
            kind, body, packed_body = "text/html", b"", False
            if path.startswith("/news/"):
                body, packed_body = mine[int(path.rsplit("-", 1)[1])], True
            elif path == "/feed.xml":
                items = "".join(f"<item><title>Page {n}</title><link>http://{host}/news/page-{n}</link></item>" for n in mine)
                kind, body = "application/rss+xml", f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()
            status = "200 OK" if body else "404 Not Found"
            head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n" + (
                "Content-Encoding: gzip\r\n" if packed_body else ""
            )
            writer.write(head.encode() + b"\r\n" + body)
            await writer.drain()
        writer.close()

    asyncio.run(run())


async def read_all(bodies: list[bytes]) -> None:
    pool = WorkerPool(WORKERS, 60.0, Limits().worker_memory_bytes, preload=("crawler.reading",))
    facts = page_facts(outlet("outlet", 80), datetime.now(UTC))
    turns = asyncio.Semaphore(2 * WORKERS)

    async def one(number: int, body: bytes) -> None:
        address = f"http://127.0.0.1/news/page-{number}"
        announced = Announcement(address, Hint.FEED, title=f"Page {number}")
        async with turns:
            await pool.run(read_page, body, HEADERS, address, announced, facts)

    await asyncio.gather(*(one(number, body) for number, body in enumerate(bodies)))
    await pool.close()


@dataclass(frozen=True)
class Cost:
    """What a program took: seconds by the clock, and seconds of CPU of its first process and of the others."""

    clock: float
    own: float
    others: float

    @property
    def cpu(self) -> float:
        return self.own + self.others

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.clock - other.clock, self.own - other.own, self.others - other.others)


def measured(command: list[str]) -> tuple[Cost, str]:
    """Run a program in a session of its own; what it took, and its output.

    Workers are children of a fork server that nobody waits for, so their times are read from /proc while they live.
    """
    began, seen = time.monotonic(), {}
    tick = os.sysconf("SC_CLK_TCK")
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=output, start_new_session=True)
        while process.poll() is None:
            for path in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = path.read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[3]) == process.pid:
                    seen[path.parent.name] = (int(fields[11]) + int(fields[12])) / tick
            time.sleep(0.05)
        took = time.monotonic() - began
        output.seek(0)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        own = seen.pop(str(process.pid))
        return Cost(took, own, sum(seen.values())), output.read()


def outlet(name: str, port: int) -> Outlet:
    source = Source(f"{name}/feed", name, SourceKind.FEED, f"http://127.0.0.1:{port}/feed.xml", Grade.A)
    statement = ControlStatement(Control.PRIVATE, None, basis="bench")
    return Outlet(name, name, (name,), None, ("en",), (f"127.0.0.1:{port}",), (statement,), (source,))


def workspace(folder: Path, ports: list[int]) -> Path:
    made = init_workspace(folder, contact="bench@example.org", with_registry=False)
    for number, port in enumerate(ports):
        write_draft(made.outlets, outlet(f"outlet{number}", port))
    text = made.settings_file.read_text()
    hosts = ", ".join(json.dumps(f"127.0.0.1:{port}") for port in ports)
    made.settings_file.write_text(
        text.replace("allowed_hosts: []", f"allowed_hosts: [{hosts}]").replace("readers: 2", f"readers: {WORKERS}")
    )
    return made.home


@contextmanager
def served(bodies: list[bytes], outlets: int) -> Iterator[list[int]]:
    """The web in a process of its own; its ports."""
    told, tell = multiprocessing.get_context("fork").Pipe()
    web = multiprocessing.get_context("fork").Process(target=serve, args=(bodies, outlets, tell), daemon=True)
    web.start()
    try:
        yield told.recv()
    finally:
        web.kill()


def weighed(article: Article, *, key: str, outlet: Outlet, source_id: str, policy: Policy, matcher: Matcher, **_: object) -> JudgedArticle:
    """An article's label, fingerprints and weight, and nothing more."""
    published_on = article.published.value.on if article.published else None
    label, relevance = label_of(outlet, published_on, policy), weigh(article, matcher, outlet)
    return JudgedArticle(key, outlet.id, source_id, article, label, fingerprints(article.text), FINGERPRINT_VERSION, relevance)


# What the bare half does instead: the ranking would read anew what candidates mean, and what is untold would be told.
_BARE: tuple[tuple[object, str, Callable[..., object]], ...] = (
    (scheduler, "judge", weighed),
    (scheduler, "tell_all", lambda judged, _encoder: judged),
    (scheduler, "open_encoder", lambda *_: None),
    (scheduler.RetellingRoom, "untold", lambda _room, _now, everything=False: []),
    (scheduler.RankingRoom, "rank_all", lambda _room: 0),
    (scheduler.CorroborationRoom, "look", lambda _room, _now: 0),
)


def collect(home: Path, *, bare: bool) -> None:
    """The command, in this process; ``bare`` weighs articles and judges nothing else."""
    if bare:
        for place, name, plain in _BARE:
            mock.patch.object(place, name, plain).start()
    sys.argv = ["newsdesk", "collect", "--once", "--json", "--delay", "0", "--home", str(home)]
    cli.main()


def collected(folder: Path, bodies: list[bytes], outlets: int, *, bare: bool) -> Cost:
    """What it takes to collect the pages into a fresh workspace."""
    with served(bodies, outlets) as ports:
        home = workspace(folder, ports)
        cost, output = measured([sys.executable, "-m", "bench.pipeline", "--collect", str(home), *(["--bare"] if bare else [])])
    summary = json.loads(output.splitlines()[-1])
    assert sum(summary["links"].values()) == len(bodies), summary
    return cost


def steady(bodies: list[bytes], outlets: int, *, bare: bool) -> Cost:
    """What collecting the pages costs beyond collecting the first four."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        few = collected(Path(folder, "few"), bodies[:FEW], 1, bare=bare)
        return collected(Path(folder, "all"), bodies, outlets, bare=bare) - few


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--copies", type=int, default=1, help="how often each page is served")
    arguments.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--outlets", type=int, default=32)
    arguments.add_argument("--collect", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.collect is not None:
        collect(chosen.collect, bare=chosen.bare)
        return
    if chosen.alone is not None:
        asyncio.run(read_all((pages() * chosen.copies)[: chosen.alone or None]))
        return
    bodies = pages() * chosen.copies
    alone = [sys.executable, "-m", "bench.pipeline", "--copies", str(chosen.copies), "--alone"]
    reading = measured([*alone, "0"])[0] - measured([*alone, str(FEW)])[0]
    count = len(bodies) - FEW
    print(f"pages {count}, load {os.getloadavg()[0]:.1f}")
    show("reading alone", reading, count, reading)
    show("the whole way", steady(bodies, chosen.outlets, bare=True), count, reading)
    show("all that is judged", steady(bodies, chosen.outlets, bare=False), count, reading)


def show(name: str, cost: Cost, count: int, reading: Cost) -> None:
    print(
        f"{name:20} {count / cost.clock:5.1f} pages/s by the clock, {reading.clock / cost.clock:.2f} of reading; "
        f"{count / cost.cpu:5.1f} pages per CPU second, {reading.cpu / cost.cpu:.2f} of reading; "
        f"ms of CPU a page: {1000 * cost.own / count:.1f} in the program, {1000 * cost.others / count:.1f} in its workers",
        flush=True,
    )


if __name__ == "__main__":
    main()
