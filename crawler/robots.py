"""Asking robots.txt before every request, with one cache for all crawlers of the process (RFC 9309, 2.3 and 2.4).

What a file says is read in newsdesk/robotstxt.py; a file too long to be read on the loop is read in a worker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.refusals import RedirectLoop, said
from crawler.throttle import Interrupted, slot_of
from newsdesk.addresses import origin_of
from newsdesk.errors import BadAddress
from newsdesk.permissions import MOST_RULES, RobotsAnswer
from newsdesk.robotstxt import ALLOW_ALL, RobotsRules, parse_robots

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_EXPIRY = timedelta(hours=24)  # RFC 9309, 2.4
_UNREACHABLE_EXPIRY = timedelta(minutes=10)  # asked again after a failed host's rest
_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_INLINE_BYTES = 32 * 1024  # up to here reading takes under 10 ms, less than handing it to a worker under load
_KEPT_ORIGINS = 20_000

log = logging.getLogger(__name__)


class RobotsDenied(IgnoreRequest):
    """The host's robots.txt asks us not to fetch the address."""


class RobotsUnreachable(IgnoreRequest):
    """The host's robots.txt cannot be had, which RFC 9309 (2.3.1.4) reads as: fetch nothing. ``until``: not asked again before."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


# --- the process-wide cache ------------------------------------------------------------------------------------------------

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
Parse = Callable[[bytes], Awaitable[RobotsRules]]


@dataclass
class _Known:
    """What an origin answered. ``rules`` is None where it could not be had; ``detail`` then says why. ``status`` is None
    where there was none; ``answered`` is False where older rules stand for a file that cannot be had."""

    rules: RobotsRules | None
    detail: str
    expires_at: datetime
    status: int | None = None
    answered: bool = True


class RobotsBook:
    """The rules of every origin asked so far, for all crawlers; an origin is asked once, however many want to know.

    ``parse`` reads a long file in a worker; ``limit_bytes`` is how much of a file is read (RFC 9309, 2.5: at least 500 KiB).
    ``told``, where set, hears every answer, for the ledger of what may be fetched.
    """

    told: Callable[[RobotsAnswer], Awaitable[None]] | None = None

    def __init__(self, clock: Callable[[], datetime], limit_bytes: int, parse: Parse | None = None) -> None:
        self._clock = clock
        self.limit_bytes = limit_bytes
        self._parse = parse
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Future[None]] = {}

    async def rules(self, address: str, fetch: Fetch) -> RobotsRules:
        """The rules for an address. ``fetch`` gets the robots.txt's address and returns status and decoded body.

        Raises RobotsUnreachable, Interrupted. An expired copy is used while the file cannot be had (RFC 9309, 2.4).
        """
        origin = origin_of(address)
        while True:
            known = self._known.get(origin)
            if known is not None and known.expires_at > self._clock():
                return _rules_or_raise(origin, known)
            asking = self._asking.get(origin)
            if asking is None:
                return _rules_or_raise(origin, await self._ask(origin, fetch))
            await asyncio.shield(asking)

    async def _ask(self, origin: str, fetch: Fetch) -> _Known:
        """Fetch and remember; those who wait look again afterwards, also when this crawler was interrupted."""
        self._asking[origin] = asyncio.get_running_loop().create_future()
        try:
            known = await self._answer(origin, fetch)
            self._remember(origin, known)
            await self._tell(origin, known)
            return known
        finally:
            self._asking.pop(origin).set_result(None)

    async def _tell(self, origin: str, known: _Known) -> None:
        """The ledger is for people: that it cannot be written must not keep us from fetching."""
        if self.told is not None:
            try:
                await self.told(_told(origin, known, self._clock()))
            except Exception:
                log.exception("What %s/robots.txt says could not be written into the ledger", origin)

    async def _answer(self, origin: str, fetch: Fetch) -> _Known:
        now = self._clock()
        try:
            status, body = await fetch(_robots_address(origin))
        except (Interrupted, asyncio.CancelledError):
            raise
        except RedirectLoop:  # as if there were none (RFC 9309, 2.3.1.2)
            return _Known(ALLOW_ALL, "it redirects too many times", now + _EXPIRY)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, RFC 9309 says: unreachable, fetch nothing
            log.info("%s/robots.txt cannot be had: %s: %s", origin, type(error).__name__, error)
            return self._unreachable(origin, said(error))
        if status >= 500 or status == 429:
            return self._unreachable(origin, f"status {status}")
        if 200 <= status < 300:
            return _Known(await self._read(_within(body, self.limit_bytes)), "", now + _EXPIRY, status)
        return _Known(ALLOW_ALL, "", now + _EXPIRY, status)

    def _unreachable(self, origin: str, detail: str) -> _Known:
        stale = self._known.get(origin)
        return _Known(stale.rules if stale else None, detail, self._clock() + _UNREACHABLE_EXPIRY, answered=False)

    async def _read(self, body: bytes) -> RobotsRules:
        if self._parse is None or len(body) <= _INLINE_BYTES:
            return parse_robots(body)
        return await self._parse(body)

    def _remember(self, origin: str, known: _Known) -> None:
        if len(self._known) >= _KEPT_ORIGINS:
            for old in sorted(self._known, key=lambda name: self._known[name].expires_at)[: _KEPT_ORIGINS // 10]:
                del self._known[old]
        self._known[origin] = known


def _told(origin: str, known: _Known, now: datetime) -> RobotsAnswer:
    rules = known.rules
    if rules is None or not known.answered:
        return RobotsAnswer(origin, now, None, known.detail)
    return RobotsAnswer(
        origin,
        now,
        known.status,
        known.detail,
        rules.by_name,
        rules.rules[:MOST_RULES],
        max(0, len(rules.rules) - MOST_RULES),
        rules.crawl_delay_seconds,
    )


def _within(body: bytes, limit_bytes: int) -> bytes:
    """The whole lines within the limit: half a line would be another rule."""
    if len(body) <= limit_bytes:
        return body
    end = max(body.rfind(b"\n", 0, limit_bytes), body.rfind(b"\r", 0, limit_bytes))
    return body[: end + 1] if end >= 0 else body[:limit_bytes]


def _rules_or_raise(origin: str, known: _Known) -> RobotsRules:
    if known.rules is None:
        raise RobotsUnreachable(f"{origin}/robots.txt cannot be had ({known.detail})", known.expires_at)
    return known.rules


def _robots_address(origin: str) -> str:
    """The file's address, a default port left out as everybody writes it."""
    scheme, _, place = origin.partition("://")
    return f"{scheme}://{place.removesuffix({'http': ':80', 'https': ':443'}[scheme])}/robots.txt"


# --- Scrapy ----------------------------------------------------------------------------------------------------------------


class RobotsMiddleware:
    """Asks robots.txt before every request that is not one itself, through the crawler's own downloader.

    The page waits here, before it takes a place in the downloader's slot, so that robots.txt can have it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        commons = crawler.settings["NEWSDESK_COMMONS"]
        self._book: RobotsBook = commons.robots
        self._gate = commons.gate

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("newsdesk_robots"):
            return
        try:
            rules = await self._book.rules(request.url, self._fetch)
        except BadAddress as error:
            raise IgnoreRequest(str(error)) from error
        if not rules.allows(request.url):
            raise RobotsDenied(f"robots.txt of {urlsplit(request.url).netloc} asks us not to fetch {request.url}")
        self._gate.heed_crawl_delay(slot_of(request.url), rules.crawl_delay_seconds)

    async def _fetch(self, address: str) -> tuple[int, bytes]:
        request = Request(
            address,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={
                "newsdesk_robots": True,
                "allow_offsite": True,
                "redirect_ttl": _REDIRECTS,
                "download_maxsize": 8 * self._book.limit_bytes,
            },
        )
        response: Response = await self._engine.download_async(request)
        return response.status, response.body

    @property
    def _engine(self) -> Any:
        return self._crawler.engine
