"""An article's page read again: one conditional request, and what its answer means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twisted.python.failure import Failure

from crawler.archive import ArchiveError
from crawler.failures import is_interruption, not_before, outcome_of_failure, outcome_of_status
from crawler.pool import WorkFailed
from crawler.reading import read_page
from crawler.throttle import retry_after_seconds
from newsdesk import addresses
from newsdesk.articles import Article, NoArticle, ReadResult
from newsdesk.links import Fate, Outcome
from newsdesk.outlets import Outlet
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import Validators
from newsdesk.versions import (
    MISSING_OUTCOMES,
    Found,
    ReadingEnd,
    Reread,
    changes_between,
    leads_elsewhere,
    next_reading,
    same_words,
)
from spiders.facts import page_facts
from spiders.outlet import Asking, Received
from spiders.parts import Parts

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Said:
    """A page's title and text, to be compared."""

    title: str
    text: str


class Rereader:
    """Reads one outlet's pages again. A fault on one page costs that page's reading, not the batch."""

    def __init__(self, outlet: Outlet, parts: Parts) -> None:
        self._outlet = outlet
        self._parts = parts

    async def due(self, room: int) -> Sequence[Asking]:
        """At most ``room`` pages whose time has come."""
        if room <= 0:
            return ()
        pages = await self._parts.shelve(self._parts.pages.due, self._outlet.id, room, self._parts.clock())
        return [Asking(page, await self._validators(page)) for page in pages]

    async def _validators(self, page: Reread) -> Validators:
        """Those of the last answer; at first they stand in the headers of the snapshot the article was read from."""
        if page.failures:
            return Validators()  # a 304 after a failure proves nothing (field notes 12)
        if page.validators is not None:
            return page.validators
        try:
            exchange = await self._parts.shelve(self._parts.archive.read, page.snapshot)
        except ArchiveError as error:
            log.warning("The snapshot of %s cannot be read (%s); its page is asked for without condition", page.snapshot.address, error)
            return Validators()
        return Validators(exchange.header("ETag"), exchange.header("Last-Modified"))

    async def received(self, asking: Asking, received: Received) -> None:
        """The page answered, whatever its status."""
        await self._guarded(asking.page, self._received(asking, received))

    async def failed(self, asking: Asking, failure: Failure) -> None:
        """The page could not be fetched. A host that is left alone for a while was not asked, so nothing is logged."""
        page = asking.page
        if is_interruption(failure):
            return
        outcome, detail = outcome_of_failure(failure)
        rests_until = not_before(failure)
        if rests_until is not None:
            await self._parts.shelve(self._parts.pages.postpone, page.article_id, rests_until)
            return
        await self._guarded(page, self._came_to_nothing(page, outcome, detail))

    async def _guarded(self, page: Reread, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:
            log.exception("A fault of newsdesk itself on the page %s, read again", page.snapshot.address)
            fault = f"A fault of newsdesk itself ({type(error).__name__}: {error}); please report it."
            await self._came_to_nothing(page, Outcome.READER_FAILED, fault)

    async def _received(self, asking: Asking, received: Received) -> None:
        page = asking.page
        validators = Validators(received.header("ETag"), received.header("Last-Modified"))
        if received.status == 304 and asking.validators != Validators():
            renewed = Validators(validators.etag or asking.validators.etag, validators.last_modified or asking.validators.last_modified)
            await self._record(page, self._end(page, Found.NOT_MODIFIED, "", received, validators=renewed))
            return
        failure = outcome_of_status(received.status)
        if failure is not None:
            await self._refused(page, failure, received)
            return
        if received.snapshot is None:
            raise RuntimeError(f"no snapshot was taken of {received.address}; nothing is read before it is kept")
        end = self._end(page, Found.SAME_TEXT, "", received, validators=validators, body_digest=received.snapshot.digest)
        if received.snapshot.digest == page.body_digest:
            await self._record(page, end)
            return
        await self._compare(page, end, received, received.snapshot)

    async def _refused(self, page: Reread, outcome: Outcome, received: Received) -> None:
        detail = f"{outcome.sentence} The answer has status {received.status}."
        if outcome in MISSING_OUTCOMES:
            await self._record(page, self._end(page, Found.MISSING, detail, received, validators=Validators()))
            return
        wait = retry_after_seconds(received.header("Retry-After"), self._parts.clock())
        await self._came_to_nothing(page, outcome, detail, received.status, wait or 0)

    async def _compare(self, page: Reread, end: ReadingEnd, received: Received, snapshot: SnapshotRef) -> None:
        """Read the page as it is now and lay it beside the newest version."""
        result = await self._read(page, received.address, received.headers, received.body, snapshot)
        if isinstance(result, NoArticle):
            await self._shows_none(page, end, result)
            return
        key = addresses.key(result.canonical or result.address)
        if leads_elsewhere(page, page.snapshot.address, received.address, key, result.text):
            detail = f"It redirects to {received.address}, which shows another article."
            await self._record(page, replace(end, found=Found.NO_ARTICLE, detail=detail, validators=Validators()))
            return
        said, before = _said(result), _Said(page.title, page.text)
        if not _alike(said, before) and result.extractor != page.extractor:
            before = await self._as_read_today(page) or before
        if _alike(said, before):
            await self._record(page, end)
            return
        changes = await asyncio.to_thread(changes_between, before.title, before.text, said.title, said.text)
        changed = replace(end, found=Found.CHANGED, detail=changes.summary, article=result, snapshot=snapshot, changes=changes)
        await self._record(page, changed)

    async def _shows_none(self, page: Reread, end: ReadingEnd, result: NoArticle) -> None:
        detail = f"{result.outcome.sentence} {result.detail}".strip()
        if result.outcome in (Outcome.READER_TIMEOUT, Outcome.READER_MEMORY, Outcome.READER_FAILED):
            await self._came_to_nothing(page, result.outcome, result.detail, end.status)
            return
        found = Found.MISSING if result.outcome in MISSING_OUTCOMES else Found.NO_ARTICLE
        await self._record(page, replace(end, found=found, detail=detail, validators=Validators()))

    async def _as_read_today(self, page: Reread) -> _Said | None:
        """The newest version's snapshot, read by the present reader: what a newer reader makes of the same page is no
        change of the page. None where it cannot be read."""
        try:
            exchange = await self._parts.shelve(self._parts.archive.read, page.newest)
            body = exchange.decoded_body(self._parts.limits.page_bytes)
        except ArchiveError as error:
            log.warning("The snapshot of %s cannot be read (%s); its stored text is compared", page.newest.address, error)
            return None
        result = await self._read(page, page.newest.address, exchange.headers, body, page.newest)
        return None if isinstance(result, NoArticle) else _said(result)

    async def _read(self, page: Reread, address: str, headers: Sequence[tuple[str, str]], body: bytes, snapshot: SnapshotRef) -> ReadResult:
        facts = page_facts(self._outlet, snapshot.fetched_at)
        seconds = self._parts.limits.parse_seconds
        try:
            return await self._parts.pool.run_within(seconds, read_page, body, tuple(headers), address, page.announcement, facts)
        except WorkFailed as error:
            return NoArticle(address, Outcome.READER_FAILED, str(error))

    async def _came_to_nothing(
        self, page: Reread, outcome: Outcome, detail: str, status: int | None = None, wait_seconds: float = 0
    ) -> None:
        """Try again soon where that may help, else at the next step."""
        now = self._parts.clock()
        found = Found.NO_ARTICLE if outcome is Outcome.OFF_HOST else Found.FAILED
        failures = page.failures + 1 if outcome.fate is Fate.RETRY else 0
        then = next_reading(page.stored_at, now, failures)
        if wait_seconds and then.due_at is not None:
            then = replace(then, due_at=max(then.due_at, now + timedelta(seconds=wait_seconds)))
        await self._parts.shelve(self._parts.pages.record, ReadingEnd(page.article_id, found, detail, now, status), then)

    def _end(
        self,
        page: Reread,
        found: Found,
        detail: str,
        received: Received,
        *,
        validators: Validators | None = None,
        body_digest: str | None = None,
    ) -> ReadingEnd:
        now: datetime = self._parts.clock()
        return ReadingEnd(page.article_id, found, detail, now, received.status, validators, body_digest)

    async def _record(self, page: Reread, end: ReadingEnd) -> None:
        await self._parts.shelve(self._parts.pages.record, end, next_reading(page.stored_at, end.read_at))


def _said(article: Article) -> _Said:
    return _Said(article.title.value if article.title else "", article.text)


def _alike(one: _Said, other: _Said) -> bool:
    return same_words(one.title, other.title) and same_words(one.text, other.text)
