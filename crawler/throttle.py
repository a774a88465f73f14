"""How we space our requests: one at a time per registered domain across all crawlers, with pauses, and rests after failures.

Scrapy's slots are per crawler and its AutoThrottle ignores per-slot delays (house.md), so pace is kept here, process-wide.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle

from newsdesk.addresses import host_of, registered_domain, split

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

RETRY_AFTER_LIMIT = timedelta(days=1)  # field notes 7
_FORGET_PACE_AFTER_SECONDS = 24 * 3600.0


class HostResting(IgnoreRequest):
    """The host is left alone until ``until`` (aware UTC), after a failed connection or because it asked for it."""

    def __init__(self, host: str, until: datetime, reason: str) -> None:
        self.host, self.until, self.reason = host, until, reason
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M:%S} UTC: {reason}")


class Interrupted(IgnoreRequest):
    """newsdesk is stopping; the request was not answered and says nothing about the host."""


def origin_of(address: str) -> str:
    """``scheme://host:port`` of an http(s) address, the port always written out. Raises BadAddress."""
    parts = split(address)
    host = host_of(address)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    return f"{parts.scheme.lower()}://{f'[{host}]' if ':' in host else host}:{port}"


def place_of(address: str) -> str:
    """``host:port`` of an address: what rests after a failed connection. Raises BadAddress."""
    return origin_of(address).partition("://")[2]


def slot_of(address: str) -> str:
    """Whose turn it is: the registered domain, or ``host:port`` where the host is an address or a bare name (tests, demo)."""
    host = host_of(address)
    if _is_number(host) or "." not in host:
        return place_of(address)
    return registered_domain(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def retry_after_seconds(value: str | None, now: datetime) -> int | None:
    """The seconds a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), at most a day; None when unreadable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError, IndexError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return int(min(max(seconds, 0.0), RETRY_AFTER_LIMIT.total_seconds()))


@dataclass
class Rests:
    """Which hosts are left alone, and until when; shared by all crawlers of the process."""

    after_failure_seconds: float
    clock: Callable[[], datetime]
    _until: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def check(self, address: str) -> None:
        """Raises HostResting while the address's host rests."""
        place = place_of(address)
        rest = self._until.get(place)
        if rest is None:
            return
        if rest[0] <= self.clock():
            del self._until[place]
            return
        raise HostResting(place, *rest)

    def connection_failed(self, address: str, reason: str) -> None:
        """Let the host rest after a failed connection; 0 seconds switch that off."""
        if self.after_failure_seconds > 0:
            self._rest(place_of(address), self.clock() + timedelta(seconds=self.after_failure_seconds), reason)

    def asked(self, address: str, seconds: int) -> None:
        """The host itself asked to be left alone (Retry-After)."""
        if seconds > 0:
            self._rest(place_of(address), self.clock() + timedelta(seconds=seconds), f"it asked us to wait {seconds} seconds (Retry-After)")

    def _rest(self, place: str, until: datetime, reason: str) -> None:
        known = self._until.get(place)
        if known is None or known[0] < until:
            self._until[place] = (until, reason)


@dataclass
class Pace:
    """How fast one slot may go. ``floor`` and ``delay`` are seconds from the end of one exchange to the start of the next;
    ``delay`` is what AutoThrottle makes of it and never below ``floor``."""

    floor: float
    delay: float
    ended_at: float = float("-inf")  # monotonic seconds
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Gate:
    """One request at a time per slot across all crawlers of the process, with the slot's delay between two."""

    def __init__(self, delay_seconds: float, crawl_delay_limit_seconds: float) -> None:
        self.delay_seconds = delay_seconds
        self.crawl_delay_limit_seconds = crawl_delay_limit_seconds
        self._paces: dict[str, Pace] = {}
        self._closing: asyncio.Event | None = None
        self._closed = False

    def pace(self, slot: str) -> Pace:
        """The slot's pace, made on first use."""
        if slot not in self._paces:
            self._forget_idle()
            self._paces[slot] = Pace(self.delay_seconds, self.delay_seconds)
        return self._paces[slot]

    def heed_crawl_delay(self, slot: str, seconds: float | None) -> None:
        """Honour a robots.txt crawl-delay as the slot's floor, up to the limit (field notes 8)."""
        pace = self.pace(slot)
        pace.floor = max(pace.floor, min(seconds or 0.0, self.crawl_delay_limit_seconds))
        pace.delay = max(pace.delay, pace.floor)

    @asynccontextmanager
    async def turn(self, slot: str) -> AsyncIterator[Pace]:
        """Hold the slot's turn. Raises Interrupted when the gate closes while waiting."""
        pace = self.pace(slot)
        await self._or_closed(pace.turn.acquire())
        try:
            await self._pause(pace)
            yield pace
        finally:
            pace.ended_at = monotonic()
            pace.turn.release()

    async def _pause(self, pace: Pace) -> None:
        while (left := pace.ended_at + pace.delay - monotonic()) > 0:
            await self._or_closed(asyncio.sleep(left))

    async def _or_closed(self, waiting: Any) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Let nobody through any more; those who wait get Interrupted at once."""
        self._closed = True

    def open(self) -> None:
        """Let requests through again, after ``close``."""
        self._closed = False

    @property
    def closed(self) -> bool:
        return self._closed

    def _forget_idle(self) -> None:
        before = monotonic() - _FORGET_PACE_AFTER_SECONDS
        for slot in [
            s for s, pace in self._paces.items() if pace.ended_at != float("-inf") and pace.ended_at < before and not pace.turn.locked()
        ]:
            del self._paces[slot]


class FlooredAutoThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, deciding on the process-wide pace of a slot instead of the crawler's own, never below its floor."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gate: Gate = crawler.settings["NEWSDESK_COMMONS"].gate

    def _spider_opened(self, spider: Spider) -> None:
        self.maxdelay = self._max_delay()

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        latency = request.meta.get("download_latency")
        slot = request.meta.get("download_slot")
        if latency is None or slot is None:
            return
        pace: Any = self._gate.pace(slot)
        self.mindelay = pace.floor
        self.maxdelay = max(self._max_delay(), pace.floor)
        self._adjust_delay(pace, latency, response)
