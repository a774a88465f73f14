"""Some crawlers for all outlets: each lane takes one outlet after another.

A crawler costs more to start than a feed that has not changed costs to ask (6 ms against 5 on the machine this was measured
on), so lanes stay open while there is work and for a while after.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from crawler.frugal import HeardSignals
from spiders.outlet import OutletRun, OutletSpider, OutletTurn

log = logging.getLogger(__name__)

LINGER_SECONDS = 5.0
TURNS_OF_A_LANE = 500  # then a fresh crawler: what Scrapy gathers in a crawler does not grow for ever
_STAGGER_SECONDS = 0.01  # crawlers are not made in one breath, which would hold up everything else in the loop


class Lanes:
    """At most ``most`` crawlers, opened as they are needed."""

    def __init__(self, runner: AsyncCrawlerRunner, most: int) -> None:
        self._runner = runner
        self._most = most
        self._waiting: deque[OutletTurn] = deque()
        self._idle: set[asyncio.Future[None]] = set()
        self._lanes: set[asyncio.Task[None]] = set()
        self._crawlers: set[Crawler] = set()
        self._closing = False

    async def run(self, run: OutletRun) -> None:
        """Run an outlet in the next free lane, to its end. Raises what went wrong in it; after ``stop`` it ends at once."""
        if self._closing:
            return
        turn = OutletTurn(run)
        self._waiting.append(turn)
        if self._idle:
            _wake(self._idle.pop())
        elif len(self._lanes) < self._most:
            self._open()
        await turn.ended

    def _open(self) -> None:
        lane = asyncio.get_running_loop().create_task(self._lane(len(self._lanes) * _STAGGER_SECONDS), name="lane")
        self._lanes.add(lane)
        lane.add_done_callback(self._closed)

    async def _lane(self, after_seconds: float) -> None:
        await asyncio.sleep(after_seconds)
        if self._closing or not self._waiting:
            return
        crawler = self._runner.create_crawler(OutletSpider)
        crawler.signals = HeardSignals(crawler)
        self._crawlers.add(crawler)
        try:
            await self._runner.crawl(crawler, next_turn=self._next_turn, turns=TURNS_OF_A_LANE)
        finally:
            self._crawlers.discard(crawler)

    def _closed(self, lane: asyncio.Task[None]) -> None:
        self._lanes.discard(lane)
        if not lane.cancelled() and lane.exception() is not None:
            log.error("A crawler failed; the outlets that wait go on in another", exc_info=lane.exception())
        if self._closing:
            self._let_go()
        elif self._waiting and not self._idle:
            self._open()

    async def _next_turn(self) -> OutletTurn | None:
        """The next outlet; None when a lane is to close, because nothing came for a while or everything ends."""
        if not self._waiting and not self._closing:
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._idle.add(mine)
            alarm = asyncio.get_running_loop().call_later(LINGER_SECONDS, _wake, mine)
            try:
                await mine
            finally:
                alarm.cancel()
                self._idle.discard(mine)
        return self._waiting.popleft() if self._waiting and not self._closing else None

    async def close(self, seconds: float) -> None:
        """Close the idle lanes and wait until all are closed; what still runs after the time is cut."""
        self._closing = True
        self._let_go()
        if self._lanes:
            _, pending = await asyncio.wait(tuple(self._lanes), timeout=seconds)
            for task in pending:
                task.cancel()

    async def stop(self, seconds: float) -> bool:
        """Stop all crawlers; returns whether they did within the time. Who waits in ``run`` is let go.

        An engine that is not running yet ignores stop() and would hang for ever, so we wait for it first.
        """
        self._closing = True
        self._let_go()
        deadline = asyncio.get_running_loop().time() + seconds
        stops = [asyncio.ensure_future(self._stop_crawler(crawler, deadline)) for crawler in tuple(self._crawlers)]
        tasks = [*stops, *self._lanes]
        if not tasks:
            return True
        _, pending = await asyncio.wait(tasks, timeout=max(0.0, deadline - asyncio.get_running_loop().time()))
        for task in pending:
            task.cancel()
        return not pending

    async def _stop_crawler(self, crawler: Crawler, deadline: float) -> None:
        while asyncio.get_running_loop().time() < deadline:
            if crawler.engine is not None and crawler.engine.running:
                await crawler.stop_async()
                return
            if not crawler.crawling:
                return
            await asyncio.sleep(0.02)

    def _let_go(self) -> None:
        """End the turns that have not begun, and wake the idle lanes."""
        while self._waiting:
            self._waiting.popleft().end()
        while self._idle:
            _wake(self._idle.pop())


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
