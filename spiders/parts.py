"""What every run of an outlet shares, and whom it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import ParamSpec, Protocol, TypeVar

from crawler.archive import Archive
from crawler.pool import WorkerPool
from newsdesk.articles import Article
from newsdesk.judging import JudgedArticle
from newsdesk.links import Link, Outcome
from newsdesk.outlets import Outlet
from newsdesk.ports import Announced, ArticleShelf, Heard, LinkLedger, PageShelf, ReadPage, SourceBook, Stored
from newsdesk.settings import Limits
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import PollEnd
from spiders.recording import Gathering, PollRecorder, Told

P = ParamSpec("P")
T = TypeVar("T")

# How long snapshots and articles wait for others to be written with. A process killed meanwhile fetches again what was not
# noted, and reads again from its snapshot what was not stored; hence articles may wait longer, while others are being read.
SNAPSHOTS_GATHER_SECONDS, PAGES_GATHER_SECONDS = 0.25, 1.0
# Likewise announcements, at most of so many sources in one transaction, because each may announce thousands of entries.
ANNOUNCEMENTS_GATHER_SECONDS, MOST_ANNOUNCING = 0.1, 16
JUDGED_AT_ONCE, TOLD_AT_ONCE = 4, 16  # at most a tenth of a second each; more told together are no cheaper


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
class FoundPage:
    """A page that was fetched and read, on its way to be judged and stored. ``key`` is the article's, ``zone`` the outlet's clock
    where it is known."""

    link: Link
    article: Article
    key: str
    outlet: Outlet
    snapshot: SnapshotRef
    zone: tzinfo | None = None


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
    articles: Gathering[FoundPage, Stored] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "recorder", PollRecorder(self._write_polls))
        object.__setattr__(self, "announcements", Gathering(self._announce, ANNOUNCEMENTS_GATHER_SECONDS, MOST_ANNOUNCING))
        object.__setattr__(self, "snapshots", Gathering(self._note_snapshots, SNAPSHOTS_GATHER_SECONDS))
        object.__setattr__(self, "articles", Gathering(self._store_pages, PAGES_GATHER_SECONDS, announced=True))

    async def _announce(self, heard: Sequence[Heard]) -> Sequence[Announced]:
        return await self.shelve(self.ledger.announce_many, heard, self.clock())

    async def _note_snapshots(self, taken: Sequence[tuple[int, SnapshotRef]]) -> Sequence[None]:
        await self.shelve(self.ledger.snapshots_taken, taken, self.clock())
        return [None] * len(taken)

    async def _store_pages(self, pages: Sequence[FoundPage]) -> Sequence[Stored]:
        """What has gathered is judged, told and stored together, some at a time so that others get at the thread in between;
        one that cannot be judged, told or stored fails alone (``Gathering``)."""
        judged: list[JudgedArticle] = []
        for some in _portions(pages, JUDGED_AT_ONCE):
            judged += await self.shelve(self._judge_all, some)
        told: list[JudgedArticle] = []
        for others in _portions(judged, TOLD_AT_ONCE):
            told += await self.shelve(self.tell, others)
        read = [
            ReadPage(page.link.id, one, page.snapshot, page.link.announcement, page.zone) for page, one in zip(pages, told, strict=True)
        ]
        return await self.shelve(self.shelf.store_many, read, self.clock())

    def _judge_all(self, pages: Sequence[FoundPage]) -> Sequence[JudgedArticle]:
        return [self.judge(page.article, key=page.key, outlet=page.outlet, source_id=page.link.source_id) for page in pages]

    async def _write_polls(self, told: Sequence[Told]) -> None:
        await self.shelve(self.book.record_polls, told)

    async def shelve(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking shelf call outside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, lambda: call(*args, **kwargs))


def _portions(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (things[start : start + size] for start in range(0, len(things), size))
