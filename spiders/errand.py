"""A spider that runs one errand: a coroutine that asks for addresses one after another. Its requests pass the same
downloader middlewares as every other, so robots.txt, delays, limits, the guard and snapshots hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

import scrapy
from twisted.python.failure import Failure

from spiders.outlet import SOURCE_ACCEPT, Received, received_from


class Ask(Protocol):
    """Fetches an address; the answer whatever its status, or the failure that ended it."""

    async def __call__(self, address: str, accept: str = SOURCE_ACCEPT, *, robots: bool = False) -> Received | Failure: ...


class ErrandSpider(scrapy.Spider):
    """Runs ``errand`` and ends."""

    name = "errand"

    def __init__(self, errand: Callable[[Ask], Awaitable[None]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.errand = errand

    async def start(self) -> AsyncIterator[Any]:
        """Nothing is yielded: the errand asks by itself and waits for each answer."""
        await self.errand(self.ask)
        no_requests: tuple[scrapy.Request, ...] = ()
        for request in no_requests:
            yield request

    async def ask(self, address: str, accept: str = SOURCE_ACCEPT, *, robots: bool = False) -> Received | Failure:
        """One request through the downloader; ``robots`` for a robots.txt on behalf of the book of rules (RFC 9309, 2.3.1.2
        gives it five redirects)."""
        meta: dict[str, Any] = {"allow_offsite": True, **({"newsdesk_robots": True, "redirect_ttl": 5} if robots else {})}
        request = scrapy.Request(address, headers={"Accept": accept}, dont_filter=True, meta=meta)
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("an errand can only ask while its crawl runs")
        try:
            return received_from(await engine.download_async(request))
        except Exception as error:  # noqa: BLE001 - every failure of an exchange is the errand's to name
            return Failure(error)  # Twisted leaves it untyped
