"""Scrapy made safe and polite: its settings, its middlewares, and what all crawlers of the process share.

Scrapy's defaults fetch what robots.txt cannot be asked about, verify no certificate, open ``file:`` addresses, listen on two
consoles, and hand over bodies that broke off (field notes, "Measured"). Every request of every spider passes here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler import encodings
from crawler.archive import Archive, Exchange, Header, repair
from crawler.exchanges import HEADS, Heads, could_not_connect
from crawler.frugal import SharedSettings
from crawler.guard import Guard, install_guard
from crawler.pool import WorkerPool
from crawler.refusals import OffHost, RedirectLoop, said
from crawler.robots import RobotsBook
from crawler.throttle import Gate, Rests, slot_of
from newsdesk.addresses import belongs, host_of
from newsdesk.errors import BadAddress
from newsdesk.robotstxt import RobotsRules, parse_robots
from newsdesk.settings import Settings
from newsdesk.snapshots import SnapshotRef

SNAPSHOT = "snapshot"  # request.meta: the SnapshotRef of the last answer
HOSTS = "hosts"  # request.meta: the hosts it must stay on; without it the spider's ``allowed_domains``
ALLOW_OFFSITE = "allow_offsite"  # request.meta: may leave those hosts (sources may, pages may not)
IS_SOURCE = "is_source"  # request.meta: a feed, sitemap or section page, which may be larger than a page
_REDIRECTS = 10
_REDIRECTING = frozenset({301, 302, 303, 307, 308})  # RFC 9110, 15.4: the ones that name where to go
_RETRY_CODES = (408, 500, 502, 503, 504, 522, 524)
_RETRY_PAUSE_SECONDS = 1.0  # doubled with each retry
_OFF_LOOP_BYTES = 128 * 1024  # bodies from this size on are unfolded in a thread; zlib lets the loop go on meanwhile
_OFF_LOOP_UNFOLDED_BYTES = 2 * 1024 * 1024  # a bomb of 1 KB unfolds to 10 MiB, which would hold the loop up for a tenth of a second
_ARCHIVE = "archive"


@dataclass(frozen=True)
class Commons:
    """What all crawlers of one process share. Scrapy copies its settings deeply; a copy of this is itself."""

    archive: Archive
    robots: RobotsBook
    gate: Gate
    rests: Rests
    guard: Guard
    pool: WorkerPool | None
    clock: Callable[[], datetime]

    def __deepcopy__(self, memo: object) -> Commons:
        return self

    def stop_fetching(self) -> None:
        """Cut waiting and running requests; their errbacks get Interrupted. For a quick, clean end of the daemon."""
        self.gate.close()

    async def close(self) -> None:
        """Write and finish the archive. The pool belongs to whoever made it."""
        await self.archive.close()


def program_version() -> str:
    """The installed version, or 0 in a bare checkout."""
    try:
        return version("newsdesk")
    except PackageNotFoundError:
        return "0"


def user_agent(contact: str) -> str:
    """Who we are and how to reach us."""
    return f"newsdesk/{program_version()} (+{contact})"


def open_commons(
    settings: Settings,
    clock: Callable[[], datetime],
    pool: WorkerPool | None = None,
    delay_seconds: float | None = None,
) -> Commons:
    """Repair and open the archive under ``settings.home``, guard the reactor's name resolution, put the shared parts together.

    Call once per process, after the asyncio reactor is installed. ``delay_seconds`` None takes the settings' delay.
    """
    logging.getLogger("scrapy").setLevel(logging.ERROR)  # each failure has its outcome; Scrapy's warnings say it twice
    folder = Path(settings.home) / _ARCHIVE
    folder.mkdir(parents=True, exist_ok=True)
    repair(folder)
    politeness = settings.politeness
    return Commons(
        archive=Archive(folder, f"newsdesk/{program_version()}", politeness.contact, clock),
        robots=RobotsBook(clock, settings.limits.robots_bytes, _parser_in(pool)),
        gate=Gate(politeness.delay_seconds if delay_seconds is None else delay_seconds, politeness.crawl_delay_limit_seconds),
        rests=Rests(politeness.rest_after_failure_seconds, clock),
        guard=install_guard(settings.allowed_hosts),
        pool=pool,
        clock=clock,
    )


def _parser_in(pool: WorkerPool | None) -> Callable[[bytes], Any] | None:
    if pool is None:
        return None

    async def parse(body: bytes) -> RobotsRules:
        return await pool.run(parse_robots, body)

    return parse


def scrapy_settings(settings: Settings, commons: Commons, delay_seconds: float | None = None) -> SharedSettings:
    """Scrapy settings for every crawler of the process.

    A delay of 0 is the operator's word that no pause is wanted, and switches AutoThrottle off too.

    A response that reaches a callback has its body decoded and ``response.meta["snapshot"]`` (a SnapshotRef) set; all
    statuses reach the callback, all failures the errback.
    """
    pace = {"AUTOTHROTTLE_ENABLED": delay_seconds != 0, "AUTOTHROTTLE_MAX_DELAY": 60.0}
    ours = {**_identity(settings), **_limits(settings), **pace, **_parts(), **_SWITCHED_OFF, "NEWSDESK_COMMONS": commons}
    return SharedSettings(ours)


def _identity(settings: Settings) -> dict[str, Any]:
    return {
        "BOT_NAME": "newsdesk",
        "USER_AGENT": user_agent(settings.politeness.contact),
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    }


def _limits(settings: Settings) -> dict[str, Any]:
    """Pace is kept by the gate, so Scrapy's own delay is nought. One place per domain, few requests in hand: a stop is quick."""
    politeness = settings.politeness
    return {
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": 4,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks for every answer, and we yield requests, not items
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": politeness.timeout_seconds,
        "DOWNLOAD_MAXSIZE": settings.limits.page_bytes,
        "NEWSDESK_SOURCE_BYTES": settings.limits.source_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": politeness.retries,
        "RETRY_HTTP_CODES": list(_RETRY_CODES),
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.CannotResolveHostError",
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.ResponseDataLossError",
            "twisted.internet.error.ConnectError",
            "crawler.refusals.ConnectionCut",
            "crawler.refusals.ProxyRefused",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REDIRECT_MAX_TIMES": _REDIRECTS,
        "HTTPERROR_ALLOW_ALL": True,
    }


def _parts() -> dict[str, Any]:
    handler = "crawler.exchanges.PoliteHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "data": None, "file": None, "ftp": None, "s3": None},
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.guard.GuardMiddleware": 10,
            "crawler.fetching.CourtesyMiddleware": 20,
            "crawler.robots.RobotsMiddleware": 30,
            "crawler.fetching.PatientRetryMiddleware": 550,
            "crawler.fetching.DecodingMiddleware": 590,
            "crawler.fetching.BoundedRedirectMiddleware": 600,
            "crawler.fetching.SnapshotMiddleware": 995,
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {f"scrapy.downloadermiddlewares.{name}": place for name, place in _SCRAPYS_MIDDLEWARES.items()},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {"crawler.throttle.FlooredAutoThrottle": 0},
        "SCHEDULER": "crawler.frugal.Queue",
        "DOWNLOADER": "crawler.frugal.StraightDownloader",
        "LOG_FORMATTER": "crawler.frugal.QuietFormatter",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # the ledger counts
    }


# Only these of Scrapy's own parts are loaded, at their usual places. Left out, among others: telnet and remote control
# (doors into the process, and half a second of imports), its robots.txt and retry (ours are kinder), cookies and referer,
# meta refresh (section pages reload themselves for ever), the length limit (drops long addresses without a word), its counts
# (nobody reads them).
_SCRAPYS_MIDDLEWARES = {
    "downloadtimeout.DownloadTimeoutMiddleware": 350,
    "defaultheaders.DefaultHeadersMiddleware": 400,
    "useragent.UserAgentMiddleware": 500,
    "httpproxy.HttpProxyMiddleware": 750,
}
_SWITCHED_OFF: dict[str, Any] = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": False,  # Scrapy's own; ours is always on
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "COMPRESSION_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "URLLENGTH_LIMIT": 0,
    "STATS_DUMP": False,
    "LOG_ENABLED": False,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
}


def _commons(crawler: Crawler) -> Commons:
    commons: Commons = crawler.settings["NEWSDESK_COMMONS"]
    return commons


class CourtesyMiddleware:
    """Gives each request its slot, keeps it on the outlet's hosts, leaves resting hosts alone, remembers who cannot be reached.

    It stands on the engine's side of the retries, so that a host rests only after they are used up.
    """

    def __init__(self, crawler: Crawler) -> None:
        commons = _commons(crawler)
        self._rests = commons.rests
        self._source_bytes = crawler.settings.getint("NEWSDESK_SOURCE_BYTES")
        self._hosts: Sequence[str] | None = getattr(crawler.spider, "allowed_domains", None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CourtesyMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        meta = request.meta
        hosts = meta.get(HOSTS, self._hosts)
        if hosts is not None and not meta.get(ALLOW_OFFSITE) and not belongs(host_of(request.url), hosts):
            raise OffHost(f"{_way(request)} is not on one of the outlet's hosts")
        if meta.get(IS_SOURCE):
            meta.setdefault("download_maxsize", self._source_bytes)
        meta["download_slot"] = slot_of(request.url)
        self._rests.check(request.url)

    def process_exception(self, request: Request, exception: Exception) -> None:
        if could_not_connect(exception) and not request.meta.get("proxy"):
            self._rests.connection_failed(request.url, f"its last connection failed ({said(exception)})")


def _way(request: Request) -> str:
    """The address, and the one it was reached from."""
    before = request.meta.get("redirect_urls", ())
    return f"{request.url}, to which {before[-1]} redirects," if before else request.url


def _leaves_the_web(target: str) -> bool:
    """Whether a redirect names a scheme that is not the web's (file:, ftp:, javascript:)."""
    scheme, colon, _ = target.partition(":")
    return bool(colon) and scheme.isalnum() and scheme.lower() not in ("http", "https")


class PatientRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, with a pause before each; a host that says when to come back is taken at its word instead."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if response.headers.get("Retry-After"):
            return response
        again: Request | Response = await self._after_pause(super().process_response(request, response))
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        again: Request | None = await self._after_pause(super().process_exception(request, exception))
        return again

    async def _after_pause(self, result: Any) -> Any:
        if isinstance(result, Request):
            gate = _commons(self.crawler).gate
            await gate.pause(_RETRY_PAUSE_SECONDS * 2 ** (result.meta["retry_times"] - 1))
        return result


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects, with circles and foreign hosts named, and without a referer."""

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Scrapy's version warns that there is no referer middleware, which is meant to be so."""

    # Without the argument "spider", which Scrapy hands only to those that still take it; hence the ignored difference.
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        result: Request | Response = super().process_response(request, response)
        target = (response.headers.get("Location") or b"").decode("latin-1").strip()
        if result is response and response.status in _REDIRECTING and _leaves_the_web(target):
            raise BadAddress(f"{request.url} redirects to {target[:200]!r}; only http and https addresses are followed")
        return result

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if redirected.url in (request.url, *request.meta.get("redirect_urls", ())):
            raise RedirectLoop(f"{request.url} redirects to {redirected.url}, where it came from")
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            raise RedirectLoop(f"{request.url} redirects too many times, at last to {redirected.url}") from error


class DecodingMiddleware:
    """Undoes content encodings, bounded and strict: a bomb and a body that breaks off are named errors, not pages."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecodingMiddleware:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", ", ".join(encodings.ACCEPTED))

    async def process_response(self, request: Request, response: Response) -> Response:
        names = [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        if not names or not response.body:
            return response
        limit = request.meta.get("download_maxsize", self._limit_bytes)
        body = await _unfolded(response.body, names, limit)
        del response.headers["Content-Encoding"]
        return response.replace(body=body)  # of the same class: nobody asks Scrapy what it holds


async def _unfolded(body: bytes, names: Sequence[str], limit_bytes: int) -> bytes:
    """The body with its encodings undone: here where it is small folded and unfolded, else in a thread."""
    if len(body) < _OFF_LOOP_BYTES:
        try:
            return encodings.undo(body, names, min(limit_bytes, _OFF_LOOP_UNFOLDED_BYTES))
        except encodings.CompressionBomb:
            if limit_bytes <= _OFF_LOOP_UNFOLDED_BYTES:
                raise
    return await asyncio.to_thread(encodings.undo, body, names, limit_bytes)


class SnapshotMiddleware:
    """Next to the downloader: keeps every answer as it came, before anybody looks into it, redirects and robots.txt too."""

    def __init__(self, commons: Commons) -> None:
        self._archive, self._clock = commons.archive, commons.clock

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SnapshotMiddleware:
        return cls(_commons(crawler))

    def process_request(self, request: Request) -> None:
        request.meta.pop(SNAPSHOT, None)
        request.meta.pop(HEADS, None)

    async def process_response(self, request: Request, response: Response) -> Response:
        heads: Heads | None = request.meta.pop(HEADS, None)
        if heads is not None:
            request.meta[SNAPSHOT] = await self._archive.write(_exchange(request, response, heads, self._clock()))
        return response


def snapshot_of(response: Response) -> SnapshotRef:
    """Where a callback's response is kept. Raises KeyError for a response that did not come through here."""
    ref: SnapshotRef = response.meta[SNAPSHOT]
    return ref


def _exchange(request: Request, response: Response, heads: Heads, now: datetime) -> Exchange:
    status_line, *lines = heads.response
    protocol, _, rest = status_line.partition(" ")
    through_proxy = bool(request.meta.get("proxy"))
    return Exchange(
        address=response.url,
        request_line=heads.request[0],
        request_headers=_headers(heads.request[1:]),
        status=response.status,
        reason=rest.partition(" ")[2],
        headers=_headers(lines),
        body=response.body,
        fetched_at=now.astimezone(UTC),
        ip_address=str(response.ip_address) if response.ip_address and not through_proxy else None,
        protocol=protocol,
    )


def _headers(lines: tuple[str, ...] | list[str]) -> tuple[Header, ...]:
    """Header lines apart; a continuation line (obsolete folding) joins the one before, a line without colon is left out."""
    headers: list[Header] = []
    for line in lines:
        if line[:1] in " \t" and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif ":" in line:
            name, _, value = line.partition(":")
            headers.append((name, value.strip()))
    return tuple(headers)


__all__ = [
    "ALLOW_OFFSITE",
    "HOSTS",
    "IS_SOURCE",
    "SNAPSHOT",
    "Commons",
    "open_commons",
    "program_version",
    "scrapy_settings",
    "snapshot_of",
    "user_agent",
]
