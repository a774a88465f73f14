"""One outlet's run: poll its due sources, then fetch what they announced. A turn only asks and hands over; what an
answer means is decided behind ``OutletRun``, which the composition root implements.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetching import ALLOW_OFFSITE, HOSTS, IS_SOURCE
from newsdesk.links import Link
from newsdesk.outlets import Source
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import Validators
from newsdesk.versions import Reread

PAGE_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
SOURCE_ACCEPT = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"


@dataclass(frozen=True)
class Received:
    """An answer as the room needs it: final address, status, headers in order, and the body without content encoding.

    ``snapshot`` is where the exchange is kept, None only where nothing is kept (``newsdesk read URL``). ``moved_to`` is where
    the asked address redirects for good (RFC 9110: 301 and 308), None where it does not.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    snapshot: SnapshotRef | None
    moved_to: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True)
class Poll:
    """A source to ask, with the validators to send (none for an unconditional read). ``address`` is the one to ask where
    it is not the configured one, because the source has moved for good."""

    source: Source
    validators: Validators
    unconditional: bool
    address: str | None = None


@dataclass
class PollProgress:
    """One poll of a source in several documents (a sitemap index and its children): how many are still to come."""

    poll: Poll
    documents: int = 1
    open: int = 1
    interrupted: bool = False
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Asking:
    """A page to read again, with the validators to send (none: its validators are not trusted now)."""

    page: Reread
    validators: Validators


class OutletRun(Protocol):
    """What the spider asks of the desk. Nothing here raises for what a stranger sent."""

    outlet_id: str
    documents_per_poll: int

    @property
    def hosts(self) -> Sequence[str]:
        """Whose pages may be fetched: host names, which cover their subdomains, with or without a port."""

    def polls(self) -> Sequence[Poll]: ...

    async def source_received(self, progress: PollProgress, received: Received) -> Sequence[str]:
        """Read a source's document, record what it announces; returns further documents to fetch for the same poll."""

    async def source_failed(self, progress: PollProgress, failure: Failure) -> None: ...

    async def poll_done(self, progress: PollProgress) -> None:
        """All documents of a poll are in: record the poll and its validators."""

    async def rereads(self) -> Sequence[Asking]: ...

    async def reread_received(self, asking: Asking, received: Received) -> None: ...

    async def reread_failed(self, asking: Asking, failure: Failure) -> None: ...

    async def lease(self) -> Sequence[Link]: ...

    async def unread(self) -> Sequence[tuple[Link, SnapshotRef]]: ...

    async def page_received(self, link: Link, received: Received) -> None: ...

    async def page_failed(self, link: Link, failure: Failure) -> None: ...

    async def read_again(self, link: Link, snapshot: SnapshotRef) -> None: ...


def received_from(response: Response) -> Received:
    """Scrapy's response as our value."""
    pairs = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values if name
    )
    snapshot = response.meta.get("snapshot") if response.request is not None else None
    return Received(response.url, response.status, pairs, response.body, snapshot, moved_to(response))


def moved_to(response: Response) -> str | None:
    """Where the asked address has moved for good: the end of its redirects up to the first that is only for now."""
    if response.request is None:
        return None
    meta = response.request.meta
    targets = [*meta.get("redirect_urls", ())[1:], response.url]
    for_good = itertools.takewhile(lambda hop: hop[0] in (301, 308), zip(meta.get("redirect_reasons", ()), targets, strict=False))
    return next((target for _, target in reversed(list(for_good))), None)


def conditions(validators: Validators) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1)."""
    stated = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in stated.items() if value}


Handler = Callable[..., AsyncIterator[scrapy.Request]]
_NOTHING: tuple[scrapy.Request, ...] = ()  # a page leads to no further request, yet all handlers are generators


class OutletTurn:
    """One outlet's run: polls its due sources and fetches its waiting links. ``ended`` is done when every request has been
    answered or has failed, or carries what went wrong."""

    def __init__(self, run: OutletRun) -> None:
        self.run = run
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._hosts = [host.partition(":")[0] for host in run.hosts]
        self._open = 1  # the beginning itself
        self._polls_open = 0

    async def requests(self) -> AsyncIterator[scrapy.Request]:
        """The due sources; where none is due, the pages at once."""
        polls = self.run.polls()
        self._polls_open = len(polls)
        for poll in polls:
            yield self._poll_request(PollProgress(poll), poll.address or poll.source.url)
        if not polls:
            async for request in self._page_requests():
                yield request

    def begun(self) -> None:
        """The beginning is over; the answers to what it asked may still be out."""
        self._answered()

    def end(self, error: Exception | None = None) -> None:
        """End it now, whatever is out."""
        if self.ended.done():
            return
        if error is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(error)

    def _answered(self) -> None:
        self._open -= 1
        if self._open == 0:
            self.end()

    def _request(
        self, address: str, headers: Mapping[str, str], received: Handler, failed: Handler, *, is_source: bool = False, priority: int = 0
    ) -> scrapy.Request:
        """A request whose answer or failure is counted when its handler has come to its end."""
        self._open += 1
        meta = {ALLOW_OFFSITE: True, IS_SOURCE: True} if is_source else {HOSTS: self._hosts}
        return scrapy.Request(
            address,
            headers=dict(headers),
            callback=self._counted(received),
            errback=self._counted(failed),
            meta=meta,
            dont_filter=True,
            priority=priority,
        )

    def _counted(self, handler: Handler) -> Handler:
        async def counted(answer: Any) -> AsyncIterator[scrapy.Request]:
            try:
                async for request in handler(answer):
                    yield request
            finally:
                self._answered()

        return counted

    def _poll_request(self, progress: PollProgress, address: str) -> scrapy.Request:
        headers = {"Accept": SOURCE_ACCEPT}
        poll = progress.poll
        if progress.documents == 1 and not poll.unconditional:
            headers |= conditions(poll.validators)
        progress.seen.add(address)
        received = functools.partial(self._source_received, progress)
        return self._request(address, headers, received, functools.partial(self._source_failed, progress), is_source=True, priority=10)

    async def _page_requests(self) -> AsyncIterator[scrapy.Request]:
        """Reads the snapshots that wait to be read, then asks for the pages that wait to be fetched, and last for those whose
        time to be read again has come.

        Only when every due source was polled: a page is read with all that its outlet's sources say of it, whichever of them
        answers first.
        """
        for link, snapshot in await self.run.unread():
            await self.run.read_again(link, snapshot)
        for link in await self.run.lease():
            received, failed = functools.partial(self._page_received, link), functools.partial(self._page_failed, link)
            yield self._request(link.address, {"Accept": PAGE_ACCEPT}, received, failed)
        for asking in await self.run.rereads():
            yield self._reread_request(asking)

    def _reread_request(self, asking: Asking) -> scrapy.Request:
        headers = {"Accept": PAGE_ACCEPT, **conditions(asking.validators)}
        received, failed = functools.partial(self._reread_received, asking), functools.partial(self._reread_failed, asking)
        return self._request(asking.page.snapshot.address, headers, received, failed, priority=-10)

    async def _source_received(self, progress: PollProgress, response: Response) -> AsyncIterator[scrapy.Request]:
        """A source answered: record what it announces, follow an index, fetch what is new."""
        for address in await self.run.source_received(progress, received_from(response)):
            if address not in progress.seen and progress.documents < self.run.documents_per_poll:
                progress.documents += 1
                progress.open += 1
                yield self._poll_request(progress, address)
        async for request in self._document_in(progress):
            yield request

    async def _source_failed(self, progress: PollProgress, failure: Failure) -> AsyncIterator[scrapy.Request]:
        """A source could not be fetched."""
        await self.run.source_failed(progress, failure)
        async for request in self._document_in(progress):
            yield request

    async def _document_in(self, progress: PollProgress) -> AsyncIterator[scrapy.Request]:
        progress.open -= 1
        if progress.open:
            return
        try:
            await self.run.poll_done(progress)
        finally:
            self._polls_open -= 1
        if self._polls_open == 0:
            async for request in self._page_requests():
                yield request

    async def _page_received(self, link: Link, response: Response) -> AsyncIterator[scrapy.Request]:
        """A page answered: hand it over, whatever its status."""
        await self.run.page_received(link, received_from(response))
        for nothing in _NOTHING:
            yield nothing

    async def _page_failed(self, link: Link, failure: Failure) -> AsyncIterator[scrapy.Request]:
        """A page could not be fetched."""
        await self.run.page_failed(link, failure)
        for nothing in _NOTHING:
            yield nothing

    async def _reread_received(self, asking: Asking, response: Response) -> AsyncIterator[scrapy.Request]:
        """A page read again answered."""
        await self.run.reread_received(asking, received_from(response))
        for nothing in _NOTHING:
            yield nothing

    async def _reread_failed(self, asking: Asking, failure: Failure) -> AsyncIterator[scrapy.Request]:
        """A page could not be read again."""
        await self.run.reread_failed(asking, failure)
        for nothing in _NOTHING:
            yield nothing


class OutletSpider(scrapy.Spider):
    """Takes one outlet's turn after another, until there is none; every request passes Scrapy's downloader."""

    name = "outlets"

    def __init__(self, next_turn: Callable[[], Awaitable[OutletTurn | None]], turns: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._next_turn = next_turn
        self._turns = turns

    async def start(self) -> AsyncIterator[Any]:
        """All requests of one outlet, then those of the next when they are answered."""
        for _ in range(self._turns):
            turn = await self._next_turn()
            if turn is None:
                return
            try:
                async for request in turn.requests():
                    yield request
                turn.begun()
                await asyncio.wait([turn.ended])
            except Exception as error:  # noqa: BLE001 - raised to whoever waits for the turn; the lane goes on
                turn.end(error)
            finally:
                turn.end()
