"""The demo's web on loopback: a server an outlet, each on a port of its own, and a log of what was asked.

``python -m demo.server`` serves it until Ctrl-C, to be looked at in a browser.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from demo.content import DemoArticle, DemoOutlet, articles, outlets
from demo.sites import DISALLOWED, SOURCE_PATHS, Answer, build, path_of
from newsdesk.outlets import Control, ControlStatement, Evidence, Grade, Outlet, Source, SourceKind

HOST = "127.0.0.1"
ADVERTISER = "advertiser"
_IDLE_SECONDS = 15.0  # a kept connection is closed after this, so that stopping leaves nothing open


@dataclass(frozen=True)
class Asked:
    """One request as it was answered. ``outlet_id`` is ``advertiser`` for the host that nobody should ask."""

    outlet_id: str
    path: str
    status: int
    user_agent: str
    conditional: bool


@dataclass(frozen=True)
class Log:
    """All requests so far, oldest first."""

    asked: Sequence[Asked]

    def count(self, outlet_id: str, path: str) -> int:
        """How often a path (with its query) was asked of an outlet."""
        return sum(1 for one in self.asked if (one.outlet_id, one.path) == (outlet_id, path))

    def violations(self) -> Sequence[Asked]:
        """Requests that robots.txt asks not to make, and requests to the advertiser."""
        return [one for one in self.asked if one.outlet_id == ADVERTISER or one.path.startswith(DISALLOWED)]

    def without_robots(self) -> Sequence[str]:
        """Outlets of which something was asked before their robots.txt."""
        first: dict[str, str] = {}
        for one in self.asked:
            first.setdefault(one.outlet_id, one.path)
        return [outlet_id for outlet_id, path in first.items() if path != "/robots.txt" and outlet_id != ADVERTISER]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, outlet_id: str, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.outlet_id = outlet_id
        self.answers: Mapping[str, Answer] = {}
        self.asked: list[Asked] = []

    @property
    def place(self) -> str:
        return f"{HOST}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _unchanged(answer: Answer, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """RFC 9110, 13.2.2: the entity tag decides where one is sent."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or answer.etag in [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return answer.modified_at.replace(microsecond=0) <= since


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        """Answer a path; the query is not looked at, as on most sites."""
        answer = self.server.answers.get(self.path.partition("?")[0])
        headers = self.headers
        conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        if answer is None:
            answer = Answer(b"<!DOCTYPE html><title>404</title><h1>404</h1>", "text/html; charset=utf-8", datetime.now(UTC), 404)
        same = answer.status == 200 and _unchanged(answer, headers.get("If-None-Match"), headers.get("If-Modified-Since"))
        status = 304 if same else answer.status
        self.server.asked.append(Asked(self.server.outlet_id, self.path, status, headers.get("User-Agent", ""), conditional))
        self._send(answer, status)

    do_HEAD = do_GET

    def _send(self, answer: Answer, status: int) -> None:
        body = b"" if status == 304 else answer.body
        self.send_response(status)
        if status in (200, 304):
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(answer.modified_at.astimezone(UTC), usegmt=True))
        if answer.location is not None:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The log is kept, not printed."""


def _source(outlet: DemoOutlet, home: str) -> Source:
    kinds = {"sitemap": SourceKind.NEWS_SITEMAP, "section": SourceKind.SECTION_PAGE}
    return Source(
        id=f"{outlet.id}/{outlet.announce}",
        outlet_id=outlet.id,
        kind=kinds.get(outlet.announce, SourceKind.FEED),
        url=home + SOURCE_PATHS[outlet.announce],
        grade=Grade.A,
        language=outlet.language,
        evidence=("Served by the demo itself.",),
    )


def _control(outlet: DemoOutlet, base_day: date) -> tuple[ControlStatement, ...]:
    if outlet.control is None:
        return ()
    evidence = Evidence(f"{outlet.evidence} (Invented for the demo.)", seen_on=base_day)
    return (
        ControlStatement(
            Control(outlet.control), outlet.controller, basis="Invented for the demo", evidence=(evidence,), reviewed_by="demo"
        ),
    )


class DemoWeb:
    """A small web of invented outlets on loopback.

    ``base_day`` is the day that articles count back from: pass today, and the newest are of yesterday. Ports are free ones
    unless ``first_port`` is given, from which they count up. Use as a context manager, or call ``start`` and ``stop``.
    """

    def __init__(self, base_day: date, first_port: int | None = None) -> None:
        self.base_day = base_day
        self._first_port = first_port
        self._servers: dict[str, _Server] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Bind all ports, build the pages, serve. Raises OSError where a port is taken."""
        try:
            for place, outlet_id in enumerate([*(outlet.id for outlet in outlets()), ADVERTISER]):
                self._servers[outlet_id] = _Server(outlet_id, 0 if self._first_port is None else self._first_port + place)
        except OSError:
            self.stop()
            raise
        self._fill()
        for server in self._servers.values():
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=f"demo {server.outlet_id}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _fill(self) -> None:
        off_site = f"http://{self._servers[ADVERTISER].place}/sun?utm_source=demo"
        every = self.articles()
        for outlet in outlets():
            own = [article for article in every if article.outlet_id == outlet.id]
            self._servers[outlet.id].answers = build(outlet, own, self.home(outlet.id), off_site)

    def stop(self) -> None:
        """Stop serving and close all ports. Safe to call twice."""
        running = {thread.name for thread in self._threads}
        for server in self._servers.values():
            if f"demo {server.outlet_id}" in running:
                server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(timeout=5)
        self._threads.clear()
        self._servers = {}

    def __enter__(self) -> DemoWeb:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def home(self, outlet_id: str) -> str:
        """Scheme, host and port of an outlet."""
        return f"http://{self._servers[outlet_id].place}"

    def articles(self) -> Sequence[DemoArticle]:
        """All articles, for tests and listings."""
        return articles(self.base_day)

    def address(self, article: DemoArticle) -> str:
        """The address under which an article stands."""
        outlet = next(outlet for outlet in outlets() if outlet.id == article.outlet_id)
        return self.home(outlet.id) + path_of(article, outlet)

    def answers(self, outlet_id: str) -> Mapping[str, Answer]:
        """All that an outlet answers, by path."""
        return self._servers[outlet_id].answers

    def outlets(self) -> tuple[Outlet, ...]:
        """The demo's configuration: state outlets with their evidence, one outlet of which nobody has said anything."""
        return tuple(
            Outlet(
                id=outlet.id,
                name=outlet.name,
                names=(outlet.name, *outlet.also),
                country=outlet.country,
                languages=(outlet.language,),
                domains=(self._servers[outlet.id].place,),
                control=_control(outlet, self.base_day),
                sources=(_source(outlet, self.home(outlet.id)),),
                time_zone=outlet.zone,
                notes="An invented outlet of the demo.",
            )
            for outlet in outlets()
        )

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """``host:port`` of every outlet, for the settings; the advertiser is not among them."""
        return tuple(server.place for server in self._servers.values() if server.outlet_id != ADVERTISER)

    @property
    def log(self) -> Log:
        """What was asked so far, outlet by outlet in order of arrival."""
        return Log(tuple(one for server in self._servers.values() for one in list(server.asked)))


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m demo.server", description="Serve the demo's web on loopback until Ctrl-C.")
    parser.add_argument("--first-port", type=int, default=None, help="count ports up from here instead of taking free ones")
    with DemoWeb(datetime.now(UTC).date(), parser.parse_args().first_port) as web:
        lines = [f"{outlet.name:24} {web.home(outlet.id)}/" for outlet in web.outlets()]
        sys.stdout.write("\n".join([*lines, f"{len(web.articles())} articles; Ctrl-C ends.", ""]))
        sys.stdout.flush()
        try:
            while True:
                threading.Event().wait(timedelta(hours=1).total_seconds())
        except KeyboardInterrupt:
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
