"""Outlets one after another in few crawlers: errors of one cost no other, and a stop lets everybody go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from spiders.lanes import Lanes
from spiders.outlet import OutletRun, OutletTurn


class Run:
    """A run that needs nothing of Scrapy: the pretended crawler below plays it."""

    hosts = ("a.example",)

    def __init__(self, name: str, error: Exception | None = None, forever: bool = False) -> None:
        self.name, self.error, self.forever = name, error, forever


class Crawls:
    """Stands in for Scrapy's runner: takes turns as OutletSpider does, and counts its crawlers."""

    def __init__(self) -> None:
        self.made = 0
        self.at_once = 0
        self.most = 0
        self.played: list[str] = []

    def create_crawler(self, spider: object) -> Any:
        self.made += 1
        return cast("Any", type("Crawler", (), {"engine": None, "crawling": False})())

    async def crawl(self, crawler: object, next_turn: Callable[[], Awaitable[OutletTurn | None]], turns: int) -> None:
        for _ in range(turns):
            turn = await next_turn()
            if turn is None:
                return
            run = cast("Run", turn.run)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.played.append(run.name)
            try:
                await asyncio.sleep(3600 if run.forever else 0.001)
                turn.end(run.error)
            finally:
                self.at_once -= 1
                turn.end()


def lanes(crawls: Crawls, most: int) -> Lanes:
    return Lanes(cast("AsyncCrawlerRunner", crawls), most)


def run(name: str, **more: Any) -> OutletRun:
    return cast("OutletRun", Run(name, **more))


def test_many_outlets_share_few_crawlers() -> None:
    async def play() -> Crawls:
        crawls = Crawls()
        room = lanes(crawls, 4)
        await asyncio.gather(*(room.run(run(str(number))) for number in range(100)))
        await room.close(5)
        return crawls

    crawls = asyncio.run(play())
    assert sorted(crawls.played, key=int) == [str(number) for number in range(100)]
    assert (crawls.most, crawls.made) == (4, 4)


def test_the_error_of_one_is_told_to_who_waits_for_it_and_costs_no_other() -> None:
    async def play() -> None:
        room = lanes(Crawls(), 1)
        ends = await asyncio.gather(
            room.run(run("good")), room.run(run("bad", error=RuntimeError("bad"))), room.run(run("last")), return_exceptions=True
        )
        assert [type(end) for end in ends] == [type(None), RuntimeError, type(None)]
        await room.close(5)

    asyncio.run(play())


def test_a_lane_that_waits_takes_the_next_outlet() -> None:
    async def play() -> None:
        crawls = Crawls()
        room = lanes(crawls, 4)
        for number in range(3):
            await room.run(run(str(number)))
            await asyncio.sleep(0.01)
        await room.close(5)
        assert crawls.made == 1

    asyncio.run(play())


@pytest.mark.parametrize("ending", ["stop", "close"])
def test_at_the_end_nobody_is_left_waiting(ending: str) -> None:
    async def play() -> None:
        room = lanes(Crawls(), 1)
        waiting = [asyncio.ensure_future(room.run(run(str(number), forever=True))) for number in range(3)]
        await asyncio.sleep(0.05)
        await (room.stop(0.1) if ending == "stop" else room.close(0.1))
        await asyncio.wait_for(asyncio.gather(*waiting), 2)
        await room.run(run("late"))

    asyncio.run(play())
