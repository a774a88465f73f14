"""Parts of Scrapy that every page passes and that do more than is asked of them here, made to do only that.

Measured by bench/pipeline.py: what Scrapy does besides fetching was most of what a fetched page cost.
"""

from __future__ import annotations

import copy
from heapq import heappop, heappush
from itertools import count
from typing import Any, Self

from pydispatch import dispatcher
from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.core.scheduler import BaseScheduler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from scrapy.settings import Settings, SettingsAttribute
from scrapy.signalmanager import SignalManager
from scrapy.utils.defer import _process_pending_io


class SharedSettings(Settings):
    """Settings whose copies, one a crawler, share their values: nobody changes a value, and Scrapy copies even its defaults
    deeply, which is a third of what a crawler costs to start."""

    def copy(self) -> Self:
        """Settings that can be set anew without changing these."""
        fresh = copy.copy(self)
        fresh.attributes = {name: SettingsAttribute(one.value, one.priority) for name, one in self.attributes.items()}
        return fresh


class Queue(BaseScheduler):
    """Requests by priority, those of one priority in the order in which they came; in memory, because the ledger knows what
    is to be fetched. Nothing is filtered here for the same reason."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Request]] = []
        self._numbers = count()

    def has_pending_requests(self) -> bool:
        return bool(self._waiting)

    def enqueue_request(self, request: Request) -> bool:
        heappush(self._waiting, (-request.priority, next(self._numbers), request))
        return True

    def next_request(self) -> Request | None:
        return heappop(self._waiting)[2] if self._waiting else None


class StraightDownloader(Downloader):
    """Hands requests to their handler, where they take their turn at the gate that all crawlers share: Scrapy's own slots, one
    request at a time as well, would only let them queue twice."""

    async def _enqueue_request(self, request: Request) -> Response:
        try:
            response: Response = await self.handlers.download_request_async(request)
        except Exception:  # as in Scrapy: whatever it was is raised on, once what waits for the reactor had its turn
            await _process_pending_io()
            raise
        self.signals.send_catch_log(signal=signals.response_downloaded, response=response, request=request, spider=self.crawler.spider)
        return response


class HeardSignals(SignalManager):
    """Sends only what somebody hears: Scrapy has nine things to say of a page, and here hardly anybody listens."""

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        return super().send_catch_log(signal, **kwargs) if self._is_heard(signal) else []

    def _is_heard(self, signal: Any) -> bool:
        for sender in (self.sender, dispatcher.Any):
            heard = dispatcher.connections.get(id(sender))
            if heard and (signal in heard or dispatcher.Any in heard):
                return True
        return False


class QuietFormatter(LogFormatter):
    """Says nothing of pages that were fetched: the ledger does."""

    # Scrapy takes None for "do not log" (its documentation of LogFormatter), though its annotation knows only a record.
    def crawled(self, request: Request, response: Response, spider: object) -> None:  # type: ignore[override]
        """None: not logged."""


__all__ = ["HeardSignals", "Queue", "QuietFormatter", "SharedSettings", "StraightDownloader"]
