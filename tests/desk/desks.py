"""A workspace of its own for each test, and the real command run on it as a process."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from unittest import mock

import sqlalchemy as sa
from warcio.archiveiterator import ArchiveIterator

import cli
import scheduler
from config.outlets import write_draft
from config.workspace import init_workspace
from demo.server import DemoWeb
from newsdesk.outlets import Grade, Outlet, Source, SourceKind
from storage.schema import links, pages, sources

ROOT = Path(__file__).resolve().parents[2]
CONTACT = "https://newsdesk.example/tests"
Row = dict[str, Any]


@dataclass(frozen=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str
    written: bytes = b""

    @property
    def rows(self) -> list[Row]:
        """Standard output as JSON, an object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Desk:
    """A workspace, with the environment its commands get."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def started(self, *arguments: str, log: Path | None = None, program: Sequence[str] = ("-m", "cli")) -> subprocess.Popen[str]:
        """The command as a running process; standard error goes to ``log`` where one is named."""
        environment = {
            key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy") and not key.startswith("NEWSDESK_")
        }
        with log.open("w") if log else contextlib.nullcontext(subprocess.PIPE) as errors:
            return subprocess.Popen(
                [sys.executable, *program, *arguments],
                cwd=ROOT,
                env={**environment, "PYTHONPATH": str(ROOT), "NEWSDESK_HOME": str(self.home), "COLUMNS": "200", **self.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def run(self, *arguments: str, code: int = 0, given: str = "", seconds: float = 60) -> Ran:
        """The command to its end, which must be ``code``, and without a traceback."""
        with self.started(*arguments) as process:
            try:
                out, err = process.communicate(given, timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert "Traceback" not in err, err
        assert process.returncode == code, f"newsdesk {' '.join(arguments)} ended with {process.returncode}: {out[-2000:]}{err}"
        return Ran(process.returncode, out, err)

    def ask(self, *arguments: str, code: int = 0, given: str = "") -> Ran:
        """The command by its entry point inside the tests' own process, which saves the two seconds that starting one takes.

        Not for commands that crawl: a reactor cannot be started twice.
        """
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
        environment = {"NEWSDESK_HOME": str(self.home), **self.environment}
        with (
            mock.patch.dict(os.environ, environment),
            mock.patch.object(sys, "argv", ["newsdesk", *arguments]),
            mock.patch.object(sys, "stdin", io.StringIO(given)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            ended = exit_code(cli.main)
        assert ended == code, f"newsdesk {' '.join(arguments)} ended with {ended}: {err.getvalue()}"
        written = cast("io.BytesIO", out.buffer).getvalue()
        return Ran(ended, written.decode(errors="replace"), err.getvalue(), written)

    def rows(self, *arguments: str) -> list[Row]:
        return self.ask(*arguments, "--json").rows

    def collect(self, *arguments: str) -> Collected:
        """A round by hand."""
        return Collected(self.run("collect", "--once", "--json", *arguments, seconds=120).rows)

    def stored(self) -> list[str]:
        """Addresses of all articles."""
        return sorted(row["address"] for row in self.rows("articles"))

    def settings(self, **changes: object) -> None:
        """Change lines of newsdesk.yaml."""
        path = self.home / "newsdesk.yaml"
        text = path.read_text("utf-8")
        for key, value in changes.items():
            text, count = re.subn(rf"(?m)^(\s*{key}:).*$", lambda found, value=value: f"{found[1]} {json.dumps(value)}", text)  # type: ignore[misc]
            assert count == 1, f"newsdesk.yaml has {count} lines {key}"
        path.write_text(text, "utf-8")

    def past(self, hours: float, outlet_id: str | None = None) -> None:
        """Let ``hours`` pass for what the database remembers of due times, of one outlet or of all."""
        with scheduler.open_newsroom(self.home) as newsroom, newsroom.database.engine.begin() as connection:
            for table, key_column, column in (
                (sources, sources.c.id, sources.c.due_at),
                (links, links.c.id, links.c.next_try_at),
                (pages, pages.c.article_id, pages.c.due_at),
            ):
                rows = sa.select(key_column, column).where(column.is_not(None))
                if outlet_id is not None:
                    rows = rows.where(table.c.outlet_id == outlet_id)
                for key, moment in connection.execute(rows).all():
                    connection.execute(sa.update(table).where(key_column == key).values({column: moment - timedelta(hours=hours)}))

    def warc_records(self) -> list[tuple[str, str, int]]:
        """Type, address and size of every archived record, each digest checked by warcio itself."""
        found = []
        for path in sorted((self.home / "archive").rglob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, check_digests="raise"):
                    body = record.raw_stream.read()
                    found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", len(body)))
        return found


def exit_code(main: Callable[[], None]) -> int:
    """The code with which an entry point leaves."""
    try:
        main()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    return 0


class Collected:
    """What ``collect --once --json`` said."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.polls = [row for row in rows if row["record"] == "poll"]
        self.links = [row for row in rows if row["record"] == "link"]
        self.rereads = [row for row in rows if row["record"] == "reread"]
        self.summary = rows[-1]
        assert self.summary["record"] == "summary"

    def poll(self, source: str) -> Row:
        return one(row for row in self.polls if row["source"] == source)

    def link(self, address: str) -> Row:
        return one(row for row in self.links if row["address"] == address)


def one(rows: Iterator[Row]) -> Row:
    """The only one."""
    (row,) = rows
    return row


def desk_in(home: Path, outlets: Sequence[Outlet] = (), allowed: Sequence[str] = (), **settings: object) -> Desk:
    """A workspace without the registry, polite to nobody, that knows the outlets and may reach the hosts."""
    workspace = init_workspace(home, contact=CONTACT, with_registry=False)
    for outlet in outlets:
        write_draft(workspace.outlets, outlet)
    desk = Desk(home)
    desk.settings(**{"allowed_hosts": list(allowed), "delay_seconds": 0, **settings})
    return desk


def demo_desk(home: Path, web: DemoWeb, **settings: object) -> Desk:
    """A workspace that knows the demonstration's web."""
    return desk_in(home, web.outlets(), web.allowed_hosts, **settings)


def outlet_at(place: str, name: str, **sources: str) -> Outlet:
    """An outlet on a local server, with its feeds' paths by name (``sitemap_...`` and ``section_...`` are of those kinds)."""
    kinds = {"sitemap": SourceKind.NEWS_SITEMAP, "section": SourceKind.SECTION_PAGE}
    return Outlet(
        id=name,
        name=name,
        names=(name,),
        country="VE",
        languages=("es",),
        domains=(place,),
        control=(),
        sources=tuple(
            Source(
                f"{name}/{key}",
                name,
                kinds.get(key.partition("_")[0], SourceKind.FEED),
                f"http://{place}{path}",
                Grade.A,
                "es",
                ("Served by the test.",),
            )
            for key, path in sources.items()
        ),
    )


def address_in(log: Path, process: subprocess.Popen[str], seconds: float = 20) -> str:
    """The page's address as the daemon wrote it to its log."""

    def said() -> str | None:
        found = re.search(r"the page is at (http://\S+)/", log.read_text())
        assert process.poll() is None, log.read_text()
        return found[1] if found else None

    return until(said, seconds)


def until(told: Callable[[], Any], seconds: float = 60) -> Any:
    """What ``told`` says as soon as it says something."""
    end = time.monotonic() + seconds
    while not (answer := told()):
        assert time.monotonic() < end, f"nothing came of it in {seconds} s"
        time.sleep(0.05)
    return answer


@contextmanager
def daemon(desk: Desk, log: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running daemon and its page's address."""
    with desk.started("run", "--port", "0", *arguments, log=log) as process:
        try:
            yield process, address_in(log, process)
        finally:
            if process.poll() is None:
                process.kill()


def stop(process: subprocess.Popen[str]) -> tuple[int, float]:
    """SIGTERM; the exit code and the seconds it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    return process.wait(20), time.monotonic() - began


def get(address: str) -> tuple[int, Row]:
    """Status and JSON of a page."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own page
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def today() -> datetime:
    return datetime.now(UTC)
