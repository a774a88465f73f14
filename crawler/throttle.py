"""How we space our requests: one at a time per registered domain across all crawlers, with pauses, and rests after failures.

Scrapy's slots are per crawler and its AutoThrottle ignores per-slot delays (house.md), so pace is kept here, process-wide.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle

from newsdesk.addresses import host_of, origin_of, registered_domain

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

RETRY_AFTER_LIMIT = timedelta(days=1)  # field notes 7
_FORGET_PACE_AFTER_SECONDS = 24 * 3600.0
_STOPPING = "newsdesk is stopping; the request goes back to the ledger"


class HostResting(IgnoreRequest):
    """The host is left alone until ``until`` (aware UTC), after a failed connection or because it asked for it."""

    def __init__(self, host: str, until: datetime, reason: str) -> None:
        self.host, self.until, self.reason = host, until, reason
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M:%S} UTC: {reason}")


class Interrupted(IgnoreRequest):
    """newsdesk is stopping; the request was not answered and says nothing about the host."""


@lru_cache(maxsize=4096)
def place_of(address: str) -> str:
    """``host:port`` of an address: what rests after a failed connection. Raises BadAddress."""
    return origin_of(address).partition("://")[2]


@lru_cache(maxsize=4096)
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
    busy: bool = False
    queue: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def idle(self) -> bool:
        return not self.busy and not self.queue


class Gate:
    """One request at a time per slot across all crawlers of the process, with the slot's delay between two."""

    def __init__(self, delay_seconds: float, crawl_delay_limit_seconds: float) -> None:
        self.delay_seconds = delay_seconds
        self.crawl_delay_limit_seconds = crawl_delay_limit_seconds
        self.closed = False
        self._paces: dict[str, Pace] = {}
        self._waiting: set[asyncio.Future[None]] = set()
        self._cutting: set[Callable[[], object]] = set()

    def pace(self, slot: str) -> Pace:
        """The slot's pace, made on first use."""
        if slot not in self._paces:
            self._forget_idle()
            self._paces[slot] = Pace(self.delay_seconds, self.delay_seconds)
        return self._paces[slot]

    def heed_crawl_delay(self, slot: str, seconds: float | None) -> None:
        """Honour a robots.txt crawl-delay as the slot's floor, up to the limit (field notes 8)."""
        pace = self.pace(slot)
        pace.floor = max(self.delay_seconds, min(seconds or 0.0, self.crawl_delay_limit_seconds))
        pace.delay = max(pace.delay, pace.floor)

    @asynccontextmanager
    async def turn(self, slot: str) -> AsyncIterator[Pace]:
        """Hold the slot's turn. Raises Interrupted when the gate is or gets closed while waiting."""
        pace = self.pace(slot)
        await self._take(pace)
        try:
            while (left := pace.ended_at + pace.delay - monotonic()) > 0:
                await self.pause(left)
            yield pace
            pace.ended_at = monotonic()
        except BaseException as error:
            if not isinstance(error, Interrupted):
                pace.ended_at = monotonic()
            raise
        finally:
            _pass_on(pace)

    async def _take(self, pace: Pace) -> None:
        if self.closed:
            raise Interrupted(_STOPPING)
        if not pace.busy:
            pace.busy = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        pace.queue.append(mine)
        try:
            await self._wait(mine)
        except BaseException:
            if mine.done() and not mine.cancelled() and mine.exception() is None:
                _pass_on(pace)  # the turn came in the moment we were cancelled
            raise

    async def _wait(self, waiter: asyncio.Future[None], seconds: float | None = None) -> None:
        """Wait for the waiter to be woken (after ``seconds`` by itself), or for the gate to close."""
        if self.closed:
            raise Interrupted(_STOPPING)
        alarm = None if seconds is None else asyncio.get_running_loop().call_later(seconds, _wake, waiter)
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
            if alarm is not None:
                alarm.cancel()

    async def pause(self, seconds: float) -> None:
        """Sleep. Raises Interrupted when the gate is or gets closed meanwhile."""
        await self._wait(asyncio.get_running_loop().create_future(), seconds)

    @contextmanager
    def cuttable(self, cut: Callable[[], object]) -> Iterator[None]:
        """While inside, closing the gate calls ``cut`` to end what runs."""
        self._cutting.add(cut)
        try:
            yield
        finally:
            self._cutting.discard(cut)

    def close(self) -> None:
        """Let nobody through any more; those who wait get Interrupted at once, and what runs is cut."""
        self.closed = True
        for waiter in tuple(self._waiting):
            if not waiter.done():
                waiter.set_exception(Interrupted(_STOPPING))
        for cut in tuple(self._cutting):
            cut()

    def open(self) -> None:
        """Let requests through again, after ``close``."""
        self.closed = False

    def _forget_idle(self) -> None:
        before = monotonic() - _FORGET_PACE_AFTER_SECONDS
        for slot in [slot for slot, pace in self._paces.items() if pace.idle and float("-inf") < pace.ended_at < before]:
            del self._paces[slot]


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _pass_on(pace: Pace) -> None:
    """Give the turn to the next who still waits, or let the slot be free."""
    while pace.queue:
        following = pace.queue.popleft()
        if not following.done():
            following.set_result(None)
            return
    pace.busy = False


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
