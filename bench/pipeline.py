"""The whole way (fetch from loopback, WARC, read, weigh, store) against reading alone, on the same pages in the same run.

    python -m bench.pipeline [--copies 2] [--outlets 32]

Reference: ``crawler.reading.read_page`` on the same bytes in the same worker pool with nothing around it. Both are given as
pages a second by the clock and as pages a second of CPU (all processes of newsdesk; the server that plays the web is not
counted), because other work on the machine disturbs the clock. Pages are the recorded ones beside the repository, or the
demonstration's where those are not there.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from config.outlets import write_draft
from config.workspace import init_workspace
from crawler.pages import PageFacts
from crawler.pool import WorkerPool
from crawler.reading import read_page
from demo.server import DemoWeb
from newsdesk.outlets import Control, ControlStatement, Grade, Outlet, Source, SourceKind
from newsdesk.settings import Limits

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared"))
WORKERS = 2


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
            server = await asyncio.start_server(lambda r, w, mine=mine: answer(r, w, mine), "127.0.0.1", 0)
            ports.append(server.sockets[0].getsockname()[1])
        told.send(ports)
        await asyncio.Event().wait()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mine: dict[int, bytes]) -> None:
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
    facts = PageFacts(fetched_at=datetime.now(UTC))
    turns = asyncio.Semaphore(2 * WORKERS)

    async def one(number: int, body: bytes) -> None:
        async with turns:
            await pool.run(read_page, body, (), f"http://127.0.0.1/news/page-{number}", None, facts)

    await asyncio.gather(*(one(number, body) for number, body in enumerate(bodies)))
    await pool.close()


def measured(command: list[str]) -> tuple[float, float, str]:
    """Run a program in a session of its own; seconds by the clock, seconds of CPU of all its processes, and its output.

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
        return took, sum(seen.values()), output.read()


def workspace(folder: Path, ports: list[int]) -> Path:
    made = init_workspace(folder / "desk", contact="bench@example.org", with_registry=False)
    for number, port in enumerate(ports):
        outlet_id = f"outlet{number}"
        source = Source(f"{outlet_id}/feed", outlet_id, SourceKind.FEED, f"http://127.0.0.1:{port}/feed.xml", Grade.A)
        statement = ControlStatement(Control.PRIVATE, None, basis="bench")
        write_draft(
            made.outlets, Outlet(outlet_id, outlet_id, (outlet_id,), None, ("en",), (f"127.0.0.1:{port}",), (statement,), (source,))
        )
    text = made.settings_file.read_text()
    hosts = ", ".join(json.dumps(f"127.0.0.1:{port}") for port in ports)
    made.settings_file.write_text(
        text.replace("allowed_hosts: []", f"allowed_hosts: [{hosts}]").replace("readers: 2", f"readers: {WORKERS}")
    )
    return made.home


def compared(work: list[str], nothing: list[str]) -> tuple[float, float, str]:
    """What the work costs beyond starting the same program for nothing."""
    start_clock, start_cpu, _ = measured(nothing)
    clock, cpu, output = measured(work)
    return clock - start_clock, cpu - start_cpu, output


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--copies", type=int, default=1, help="how often each page is served")
    arguments.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--outlets", type=int, default=32)
    chosen = arguments.parse_args()
    if chosen.alone is not None:
        asyncio.run(read_all((pages() * chosen.copies)[: chosen.alone or None]))
        return
    bodies = pages() * chosen.copies
    told, tell = multiprocessing.get_context("fork").Pipe()
    web = multiprocessing.get_context("fork").Process(target=serve, args=(bodies, chosen.outlets, tell), daemon=True)
    web.start()
    ports = told.recv()
    alone = [sys.executable, "-m", "bench.pipeline", "--copies", str(chosen.copies), "--alone"]
    alone_clock, alone_cpu, _ = compared([*alone, "0"], [*alone, "4"])
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = workspace(Path(folder), ports)
        collect = [sys.executable, "-m", "cli", "collect", "--once", "--json", "--delay", "0", "--home", str(home)]
        few = [Path(folder, f"{number}.html") for number in range(4)]  # as many as the other side reads before it counts
        for path, body in zip(few, bodies, strict=False):
            path.write_bytes(body)
        whole_clock, whole_cpu, output = compared(collect, [sys.executable, "-m", "cli", "read", "--home", str(home), *map(str, few)])
    web.kill()
    summary = json.loads(output.splitlines()[-1])
    assert sum(summary["links"].values()) == len(bodies), summary
    count = len(bodies)
    print(f"pages {count}, load {os.getloadavg()[0]:.1f}")
    print(f"reading alone   {count / alone_clock:6.1f} pages/s by the clock   {count / alone_cpu:6.1f} pages per CPU second")
    print(f"the whole way   {count / whole_clock:6.1f} pages/s by the clock   {count / whole_cpu:6.1f} pages per CPU second")
    print(f"ratio           {alone_clock / whole_clock:6.2f} by the clock           {alone_cpu / whole_cpu:6.2f} by CPU")


if __name__ == "__main__":
    main()
