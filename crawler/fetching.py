"""Scrapy made safe and polite: its settings, its middlewares, and what all crawlers of the process share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.archive import Archive
from crawler.guard import Guard
from crawler.pool import WorkerPool
from crawler.robots import RobotsBook
from crawler.throttle import Gate, Rests
from newsdesk.settings import Settings


@dataclass(frozen=True)
class Commons:
    """What all crawlers of one process share. Scrapy copies its settings deeply, so a copy of this is itself."""

    archive: Archive
    robots: RobotsBook
    gate: Gate
    rests: Rests
    guard: Guard
    pool: WorkerPool
    clock: Callable[[], datetime]

    def __deepcopy__(self, memo: object) -> Commons:
        return self

    def stop_fetching(self) -> None:
        """Cut waiting and running requests; their errbacks get Interrupted. For a quick, clean end of the daemon."""


def open_commons(settings: Settings, clock: Callable[[], datetime], pool: WorkerPool, delay_seconds: float | None = None) -> Commons:
    """Repair and open the archive under ``settings.home``, install the guard on the reactor, and put the shared parts together.

    Call once per process, after the asyncio reactor is installed and its loop runs."""
    raise NotImplementedError


def scrapy_settings(settings: Settings, commons: Commons, delay_seconds: float | None = None) -> dict[str, Any]:
    """Hardened Scrapy settings for every crawler of the process. A response that reaches a callback has its body decoded
    and ``response.meta["snapshot"]`` (a SnapshotRef) set; all statuses reach the callback."""
    raise NotImplementedError
