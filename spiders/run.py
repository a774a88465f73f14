"""What an outlet's answers mean: each document is read in a worker process, each result recorded on the shelves.

The order makes nothing be lost: the snapshot is in the archive before anything is parsed, announcements are recorded
before the source's validators are, and an article, its story and its link's end are one transaction.
"""

from __future__ import annotations

import functools
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ParamSpec, TypeVar

from twisted.python.failure import Failure

from crawler.archive import ArchiveError
from crawler.dates import zone_of
from crawler.failures import is_interruption, not_before, outcome_of_failure, outcome_of_status
from crawler.pool import TookTooLong, TooMuchMemory, WorkerDied, WorkFailed
from crawler.reading import read_page
from crawler.throttle import retry_after_seconds
from newsdesk import addresses
from newsdesk.articles import NoArticle, ReadResult
from newsdesk.errors import BadAddress
from newsdesk.freshness import fresh_seconds
from newsdesk.links import Fate, Link, Outcome, PollOutcome, Reading, Rhythm
from newsdesk.outlets import Outlet, Source, SourceKind
from newsdesk.paging import MOST_PAGES
from newsdesk.polling import address_to_ask, after_poll, failure_weight, must_read_in_full, pace_of
from newsdesk.ports import Announced, Heard
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import PollEnd, SourceState, Validators
from spiders.facts import page_facts
from spiders.feeds import read_feed
from spiders.filling import WayBack, way_of
from spiders.outlet import Asking, Poll, PollProgress, Received
from spiders.parts import FoundPage, Judge, Parts, Witness
from spiders.rereading import Rereader
from spiders.sections import read_section
from spiders.sitemaps import read_sitemap

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

READERS: dict[SourceKind, Callable[..., Reading]] = {
    SourceKind.FEED: read_feed,
    SourceKind.NEWS_SITEMAP: read_sitemap,
    SourceKind.SECTION_PAGE: read_section,
}
LEASE_SECONDS = 6 * 3600  # a dead holder's leases are given back at the next start, so this only has to outlast a round
RETRY_STEP = timedelta(minutes=30)  # linear back-off of a single link
NOT_OK = "The answer has status {status}."


@dataclass
class Tally:
    """What the documents of one poll brought so far."""

    outcome: PollOutcome | Outcome | None = None
    detail: str = ""
    status: int | None = None
    announced: int = 0
    new: int = 0
    cut: int = 0
    validators: Validators | None = None
    retry_after_seconds: int | None = None
    fresh_seconds: int | None = None
    pace_seconds: int | None = None
    rhythm: Rhythm | None = None
    moved_to: str | None = None
    failed_children: list[str] = field(default_factory=list)


class LedgerRun:
    """One outlet's run on the shelves; implements ``spiders.outlet.OutletRun``."""

    documents_per_poll = 21  # an index and its twenty newest children

    def __init__(
        self,
        outlet: Outlet,
        due: Sequence[SourceState],
        parts: Parts,
        back_to: date | None = None,
        *,
        links_wait: bool = True,
        pages_due: bool = True,
        unread: bool = True,
    ) -> None:
        """``back_to`` asks by hand for the older pages of every source that has such, back to that day. ``links_wait``,
        ``pages_due`` and ``unread`` say whether there is anything to fetch, to ask for again or to read from snapshots at the
        beginning; the database is not asked a thousand times for what was asked once for all outlets."""
        self.outlet = outlet
        self.outlet_id = outlet.id
        self.parts = parts
        self._states = {state.source_id: state for state in due}
        self._tallies: dict[str, Tally] = {}
        self._leased = 0
        self._links_wait, self._pages_due, self._unread = links_wait, pages_due, unread
        self._zone = zone_of(outlet.time_zone)
        self.hosts = tuple(outlet.domains) + tuple(host for source in outlet.sources for host in source.link_hosts)
        self._rereader = Rereader(outlet, parts)
        self._ways = {source.id: way for source in outlet.sources if (way := way_of(source, back_to))}
        if self._ways:
            self.documents_per_poll = max(self.documents_per_poll, MOST_PAGES)

    # --- sources

    def polls(self) -> Sequence[Poll]:
        """The due sources, each with its validators, or none when its daily full read has come."""
        now = self.parts.clock()
        polls = []
        for source in self.outlet.sources:
            state = self._states.get(source.id)
            if state is not None:
                way = self._ways.get(source.id)
                full = must_read_in_full(state, now) or (way is not None and way.by_hand)
                validators = Validators(body_sha256=state.validators.body_sha256) if full else state.validators
                polls.append(Poll(source, validators, full, address_to_ask(source.url, state)))
        return polls

    async def source_received(self, progress: PollProgress, received: Received) -> Sequence[str]:
        """Read one document of a poll; returns the children of an index. A fault of ours ends the poll, not the batch."""
        try:
            return await self._source_received(progress, received)
        except Exception as error:
            log.exception("A fault of newsdesk itself on the source %s", progress.poll.source.id)
            tally = self._tally(progress)
            tally.outcome, tally.validators = Outcome.READER_FAILED, None
            tally.detail = f"A fault of newsdesk itself ({type(error).__name__}: {error}); please report it."
            return ()

    async def _source_received(self, progress: PollProgress, received: Received) -> Sequence[str]:
        tally = self._tally(progress)
        first = tally.status is None
        way = self._ways.get(progress.poll.source.id)
        if way is not None and not first:
            return await self._older_page(way, progress, received)
        if first:
            tally.status = received.status
            tally.fresh_seconds = fresh_seconds(received.headers, self.parts.clock())
            tally.moved_to = self._moved_to(progress.poll, received)
        if received.status == 304 and first:
            tally.validators = renewed(progress.poll.validators, received)
            self._settle(tally, PollOutcome.NOT_MODIFIED, "")
            return ()
        failure = outcome_of_status(received.status)
        if failure is not None:
            tally.retry_after_seconds = retry_after_seconds(received.header("Retry-After"), self.parts.clock())
            self._fail(tally, first, failure, NOT_OK.format(status=received.status))
            return ()
        digest = hashlib.sha256(received.body).hexdigest()
        if first:
            tally.validators = Validators(received.header("ETag"), received.header("Last-Modified"), digest)
            if digest == progress.poll.validators.body_sha256 and not progress.poll.unconditional:
                self._settle(tally, PollOutcome.SAME_BODY, "")
                return ()
        reading = await self._read_source(progress.poll.source, received)
        await self._announce(progress.poll.source, reading, tally, first)
        if first and not reading.next_documents:
            state = self._states[progress.poll.source.id]
            tally.rhythm = reading.rhythm
            # the listing's newest thousands tell its pace well enough
            tally.pace_seconds = pace_of(reading.announcements[:2000], tally.new, state.polled_at, self.parts.clock())
        if way is not None:
            return way.follow(reading, Announced(tally.announced, tally.new), progress.seen)
        return reading.next_documents

    async def _older_page(self, way: WayBack, progress: PollProgress, received: Received) -> Sequence[str]:
        """An older page of a source: its links are recorded like any other; a page that is missing or shows none is the end."""
        failure = outcome_of_status(received.status)
        if failure is not None:
            return way.end(f"page {way.pages + 1} has status {received.status}")
        reading = await self._read_source(progress.poll.source, received)
        if reading.outcome.is_failure:
            return way.end(f"page {way.pages + 1} could not be used ({reading.detail or reading.outcome.sentence})")
        return way.follow(reading, await self._record(progress.poll.source, reading), progress.seen)

    def _moved_to(self, poll: Poll, received: Received) -> str | None:
        """What to remember of a source's address: a new one, an empty text where the configured one answers again itself,
        None where nothing has changed."""
        state = self._states[poll.source.id]
        if received.moved_to is not None and received.moved_to != poll.source.url:
            return None if received.moved_to == state.moved_to else received.moved_to
        return "" if state.moved_to is not None and poll.address == poll.source.url else None

    async def _read_source(self, source: Source, received: Received) -> Reading:
        reader = READERS[source.kind]
        limits = self.parts.limits
        try:
            return await self.parts.pool.run_within(
                limits.parse_seconds * 3,
                reader,
                received.body,
                received.headers,
                received.address,
                self.parts.clock(),
                limits.entries_per_poll,
                *self._section_facts(source),
            )
        except WorkFailed as error:
            return Reading(PollOutcome.HOSTILE, detail=str(error))

    def _section_facts(self, source: Source) -> Sequence[object]:
        """What only the reader of section pages is told besides: the outlet's selectors and hosts."""
        if source.kind is not SourceKind.SECTION_PAGE:
            return ()
        return (source.selectors, tuple(host.partition(":")[0] for host in self.hosts))

    async def _record(self, source: Source, reading: Reading) -> Announced:
        if not reading.announcements:
            return Announced(0, 0)
        counts = await self.parts.announcements.keep(Heard(source.id, self.outlet_id, reading.announcements, self.hosts, self._zone))
        self._links_wait = self._links_wait or counts.new > 0
        self._unread = self._unread or counts.reopened > 0
        return counts

    async def _announce(self, source: Source, reading: Reading, tally: Tally, first: bool) -> None:
        counts = await self._record(source, reading)
        tally.announced += counts.announced
        tally.new += counts.new
        tally.cut += reading.cut
        if reading.outcome is PollOutcome.NOT_A_NEWS_SITEMAP and not first:
            return  # an index names its ordinary sitemaps beside those with news; passing one over is no failure
        if reading.outcome.is_failure and not first:
            tally.failed_children.append(f"{reading.outcome}: {reading.detail}")
        else:
            self._settle(tally, reading.outcome, reading.detail)

    async def source_failed(self, progress: PollProgress, failure: Failure) -> None:
        """A document of a poll could not be fetched."""
        if is_interruption(failure):
            progress.interrupted = True
            return
        outcome, detail = outcome_of_failure(failure)
        tally = self._tally(progress)
        way = self._ways.get(progress.poll.source.id)
        if way is not None and tally.outcome is not None:
            way.end(f"page {way.pages + 1} could not be had ({outcome}: {detail})")
            return
        rests_until = not_before(failure)
        if rests_until is not None:
            tally.retry_after_seconds = max(0, round((rests_until - self.parts.clock()).total_seconds()))
        self._fail(tally, tally.outcome is None, outcome, detail)

    async def poll_done(self, progress: PollProgress) -> None:
        """Record the poll. Validators are kept only when every document was read and recorded."""
        source = progress.poll.source
        tally = self._tallies.pop(source.id, None)
        if tally is None or progress.interrupted:
            return
        outcome = tally.outcome or PollOutcome.HOSTILE
        detail = tally.detail
        if tally.failed_children:
            outcome = PollOutcome.PARTLY_READ if tally.announced else outcome
            detail = f"{len(tally.failed_children)} of {progress.documents} documents failed: {tally.failed_children[0]}"
        if source.id in self._ways:
            detail = " ".join(filter(None, (detail, self._ways[source.id].told())))
        now = self.parts.clock()
        end = PollEnd(
            source_id=source.id,
            outcome=outcome,
            detail=detail,
            polled_at=now,
            status=tally.status,
            validators=tally.validators,
            unconditional=progress.poll.unconditional,
            announced=tally.announced,
            new=tally.new,
            cut=tally.cut,
            retry_after_seconds=tally.retry_after_seconds,
            fresh_seconds=tally.fresh_seconds,
            pace_seconds=tally.pace_seconds,
            rhythm=tally.rhythm,
            moved_to=None if failure_weight(outcome) else tally.moved_to,  # a home page in place of the feed is no new address
        )
        every_seconds = source.poll_minutes * 60 if source.poll_minutes else None
        then = after_poll(self._states[source.id], end, now, every_seconds=every_seconds)
        await self.parts.recorder.record(end, then)
        self.parts.witness.polled(end)

    def _tally(self, progress: PollProgress) -> Tally:
        return self._tallies.setdefault(progress.poll.source.id, Tally())

    def _settle(self, tally: Tally, outcome: PollOutcome, detail: str) -> None:
        """An index is as good as its best child: READ stands over EMPTY, the first document's word over later ones."""
        if tally.outcome is None or (tally.outcome is PollOutcome.EMPTY and outcome is PollOutcome.READ):
            tally.outcome, tally.detail = outcome, detail

    def _fail(self, tally: Tally, first: bool, outcome: Outcome, detail: str) -> None:
        if first:
            tally.outcome, tally.detail = outcome, detail
        else:
            tally.failed_children.append(detail)

    # --- pages read again

    async def rereads(self) -> Sequence[Asking]:
        """Pages whose time to be read again has come, as many as this run still may fetch."""
        if not self._pages_due:
            return ()
        asked = await self._rereader.due(self.parts.limits.pages_per_round - self._leased)
        self._leased += len(asked)
        return asked

    async def reread_received(self, asking: Asking, received: Received) -> None:
        """A page read again answered."""
        await self._rereader.received(asking, received)

    async def reread_failed(self, asking: Asking, failure: Failure) -> None:
        """A page could not be read again."""
        await self._rereader.failed(asking, failure)

    # --- links

    async def lease(self) -> Sequence[Link]:
        """Links to fetch now, at most ``pages_per_round`` in a run; the rest wait for the next round."""
        room = self.parts.limits.pages_per_round - self._leased
        if room <= 0 or not self._links_wait:
            return ()
        self._links_wait = False  # what waits now is leased here; only new announcements bring more
        now = self.parts.clock()
        links = await self.parts.shelve(self.parts.ledger.lease, self.outlet_id, room, self.parts.holder, now, LEASE_SECONDS)
        self._leased += len(links)
        return links

    async def unread(self) -> Sequence[tuple[Link, SnapshotRef]]:
        """Pages fetched by a process that ended before reading them, and those that are read again because a source has
        announced another day of publication since."""
        if not self._unread:
            return ()
        self._unread = False
        return await self.parts.shelve(self.parts.ledger.unread, self.outlet_id, self.parts.holder, self.parts.clock(), LEASE_SECONDS)

    async def page_received(self, link: Link, received: Received) -> None:
        """A page answered: keep its snapshot, read it, store what it holds or the reason why it holds nothing."""
        await self._guarded(link, self._page_received(link, received))

    async def _page_received(self, link: Link, received: Received) -> None:
        failure = outcome_of_status(received.status)
        if failure is not None:
            wait = retry_after_seconds(received.header("Retry-After"), self.parts.clock())
            await self._end(link, failure, NOT_OK.format(status=received.status), wait)
            return
        if not addresses.belongs(addresses.host_of(received.address), [host.partition(":")[0] for host in self.hosts]):
            await self._end(link, Outcome.OFF_HOST, f"It redirects to {received.address}.")
            return
        if received.snapshot is None:
            raise RuntimeError(f"no snapshot was taken of {received.address}; nothing is read before it is kept")
        noted = self.parts.snapshots.put((link.id, received.snapshot))
        await self._read_and_store(link, received.address, received.headers, received.body, received.snapshot, noted)

    async def read_again(self, link: Link, snapshot: SnapshotRef) -> None:
        """Read a kept snapshot instead of fetching its page a second time."""
        await self._guarded(link, self._read_again(link, snapshot))

    async def _read_again(self, link: Link, snapshot: SnapshotRef) -> None:
        try:
            exchange = await self.parts.shelve(self.parts.archive.read, snapshot)
            body = exchange.decoded_body(self.parts.limits.page_bytes)
        except ArchiveError as error:
            log.warning("The snapshot of %s cannot be read (%s); the page will be fetched again", link.address, error)
            await self._end(link, Outcome.TRUNCATED, str(error), 0)
            return
        await self._read_and_store(link, snapshot.address, exchange.headers, body, snapshot)

    async def _read_and_store(
        self,
        link: Link,
        address: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        snapshot: SnapshotRef,
        noted: Awaitable[None] | None = None,
    ) -> None:
        """``noted`` is done when the ledger knows the snapshot, which may still be on its way while the page is read."""
        with self.parts.articles.coming():
            result = await self._read_page(link, address, headers, body, snapshot)
            if noted is not None:
                await noted
        if isinstance(result, NoArticle):
            await self._end(link, result.outcome, result.detail)
            return
        key = addresses.key(result.canonical or result.address)
        stored = await self.parts.articles.keep(FoundPage(link, result, key, self.outlet, snapshot, self._zone))
        self.parts.witness.link_ended(self.outlet_id, Outcome.STORED if stored.new else Outcome.SAME_ARTICLE, False)

    async def _read_page(
        self, link: Link, address: str, headers: Sequence[tuple[str, str]], body: bytes, snapshot: SnapshotRef
    ) -> ReadResult:
        facts = page_facts(self.outlet, snapshot.fetched_at)
        seconds = self.parts.limits.parse_seconds
        try:
            return await self.parts.pool.run_within(seconds, read_page, body, tuple(headers), address, link.announcement, facts)
        except TookTooLong as error:
            return NoArticle(address, Outcome.READER_TIMEOUT, str(error))
        except TooMuchMemory as error:
            return NoArticle(address, Outcome.READER_MEMORY, str(error))
        except WorkerDied as error:
            return NoArticle(address, Outcome.READER_FAILED, str(error))

    async def page_failed(self, link: Link, failure: Failure) -> None:
        """A page could not be fetched."""
        if is_interruption(failure):
            return  # newsdesk stops; the lease is given back, nothing is counted
        outcome, detail = outcome_of_failure(failure)
        rests_until = not_before(failure)
        if rests_until is not None:
            await self._guarded(link, self._let_wait(link, outcome, detail, rests_until))
            return
        await self._guarded(link, self._end(link, outcome, detail))

    async def _let_wait(self, link: Link, outcome: Outcome, detail: str, until: datetime) -> None:
        """The host was not asked, because it is left alone for a while: that is no attempt of this link."""
        now = self.parts.clock()
        await self.parts.shelve(functools.partial(self.parts.ledger.postpone, tried=False), link.id, outcome, detail, max(until, now), now)
        self.parts.witness.link_ended(self.outlet_id, outcome, True)

    async def _guarded(self, link: Link, work: Awaitable[None]) -> None:
        """A fault of ours on one page must not cost the batch: it is logged with its trace and counted as READER_FAILED."""
        try:
            await work
        except BadAddress as error:
            await self._end(link, Outcome.BAD_ADDRESS, str(error))
        except Exception as error:
            log.exception("A fault of newsdesk itself on %s", link.address)
            await self._end(link, Outcome.READER_FAILED, f"A fault of newsdesk itself ({type(error).__name__}: {error}); please report it.")

    async def _end(self, link: Link, outcome: Outcome, detail: str, wait_seconds: float | None = None) -> None:
        now = self.parts.clock()
        waits = outcome.fate is Fate.RETRY and link.attempts + 1 < self.parts.limits.link_attempts
        if waits:
            wait = RETRY_STEP * (link.attempts + 1) if wait_seconds is None else timedelta(seconds=wait_seconds)
            await self.parts.shelve(self.parts.ledger.postpone, link.id, outcome, detail, now + wait, now)
        else:
            await self.parts.shelve(self.parts.ledger.end, link.id, outcome, detail, now)
        self.parts.witness.link_ended(self.outlet_id, outcome, waits)


def renewed(sent: Validators, received: Received) -> Validators:
    """The validators after a 304, which may bring new ones (RFC 9111, 4.3.4); the body is the one there was."""
    return Validators(received.header("ETag") or sent.etag, received.header("Last-Modified") or sent.last_modified, sent.body_sha256)


__all__ = ["Judge", "LedgerRun", "Parts", "Witness"]
