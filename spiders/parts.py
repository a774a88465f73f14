"""What every run of an outlet shares, and whom it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from crawler.archive import Archive
from crawler.pool import WorkerPool
from crawler.reading import PageFacts
from newsdesk.articles import Article
from newsdesk.judging import JudgedArticle
from newsdesk.links import Outcome
from newsdesk.outlets import Outlet
from newsdesk.ports import Announced, ArticleShelf, Heard, LinkLedger, PageShelf, ReadPage, SourceBook, Stored
from newsdesk.settings import Limits
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import PollEnd
from spiders.recording import Gathering, PollRecorder, Told

P = ParamSpec("P")
T = TypeVar("T")

# How long snapshots and articles wait for others to be written with. A process killed meanwhile fetches again what was not
# noted, and reads again what was not stored.
PAGES_GATHER_SECONDS = 0.25
# Likewise announcements, at most of so many sources in one transaction, because each may announce thousands of entries.
ANNOUNCEMENTS_GATHER_SECONDS, MOST_ANNOUNCING = 0.1, 16
TOLD_AT_ONCE = 16  # about a tenth of a second; more together are no cheaper


class Judge(Protocol):
    """Says what can be said of an article alone."""

    def __call__(self, article: Article, *, key: str, outlet: Outlet, source_id: str) -> JudgedArticle: ...


class Tell(Protocol):
    """Draws from judged articles what is compared to find their events. Raises what one of them caused."""

    def __call__(self, judged: Sequence[JudgedArticle]) -> Sequence[JudgedArticle]: ...


class Witness(Protocol):
    """Is told what happens, for a progress display. Must not raise."""

    def polled(self, end: PollEnd) -> None: ...

    def link_ended(self, outlet_id: str, outcome: Outcome, waits: bool) -> None: ...


@dataclass(frozen=True)
class Parts:
    """What every run shares: shelves, archive, worker pool, the thread that talks to the database, clock and limits."""

    ledger: LinkLedger
    book: SourceBook
    shelf: ArticleShelf
    archive: Archive
    pool: WorkerPool
    threads: Executor
    judge: Judge
    tell: Tell
    pages: PageShelf
    clock: Callable[[], datetime]
    limits: Limits
    holder: str
    witness: Witness
    recorder: PollRecorder = field(init=False, compare=False)
    announcements: Gathering[Heard, Announced] = field(init=False, compare=False)
    snapshots: Gathering[tuple[int, SnapshotRef], None] = field(init=False, compare=False)
    articles: Gathering[ReadPage, Stored] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "recorder", PollRecorder(self._write_polls))
        object.__setattr__(self, "announcements", Gathering(self._announce, ANNOUNCEMENTS_GATHER_SECONDS, MOST_ANNOUNCING))
        object.__setattr__(self, "snapshots", Gathering(self._note_snapshots, PAGES_GATHER_SECONDS))
        object.__setattr__(self, "articles", Gathering(self._store_pages, PAGES_GATHER_SECONDS))

    async def _announce(self, heard: Sequence[Heard]) -> Sequence[Announced]:
        return await self.shelve(self.ledger.announce_many, heard, self.clock())

    async def _note_snapshots(self, taken: Sequence[tuple[int, SnapshotRef]]) -> Sequence[None]:
        await self.shelve(self.ledger.snapshots_taken, taken, self.clock())
        return [None] * len(taken)

    async def _store_pages(self, pages: Sequence[ReadPage]) -> Sequence[Stored]:
        """What has gathered to be stored is told together, some at a time so that others get at the thread in between; one
        that cannot be told or stored fails alone (``Gathering``)."""
        told: list[ReadPage] = []
        for start in range(0, len(pages), TOLD_AT_ONCE):
            some = pages[start : start + TOLD_AT_ONCE]
            judged = await self.shelve(self.tell, [page.judged for page in some])
            told += [replace(page, judged=one) for page, one in zip(some, judged, strict=True)]
        return await self.shelve(self.shelf.store_many, told, self.clock())

    async def _write_polls(self, told: Sequence[Told]) -> None:
        await self.shelve(self.book.record_polls, told)

    async def shelve(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking shelf call outside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, lambda: call(*args, **kwargs))


def page_facts(outlet: Outlet, fetched_at: datetime) -> PageFacts:
    """What the configuration knows of a page's publisher, for its reader."""
    return PageFacts(
        fetched_at=fetched_at,
        names=(outlet.name, *outlet.names),
        time_zone=outlet.time_zone,
        languages=tuple(outlet.languages),
        country=outlet.country,
        rules=tuple(outlet.reading),
    )
