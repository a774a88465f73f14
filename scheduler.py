"""The daemon and composition root: builds the parts, says when each source is polled, stops cleanly.

Everything runs in one process on one asyncio loop: Scrapy on Twisted's asyncio reactor, APScheduler, and the page's server.
Due times live in our own table; APScheduler only wakes us (house.md, "How it runs").
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import json
import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urljoin

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from fastapi import FastAPI
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.reactor import install_reactor
from twisted.internet.posixbase import PosixReactorBase
from twisted.python.failure import Failure

from config.genre import GENRE_FOLDER, load_genre_words
from config.outlets import add_sources, write_draft
from config.proposals import Proposal, load_proposals, proposals_folder, unknown_sources, write_proposal
from config.watchlist import load_watchlist
from config.workspace import LoadedWorkspace, init_workspace, is_workspace, load_workspace
from crawler.archive import Archive, Exchange
from crawler.encodings import gunzip
from crawler.failures import is_interruption, outcome_of_failure, outcome_of_status
from crawler.fetching import Commons, open_commons, scrapy_settings
from crawler.pool import WorkerPool, WorkFailed
from crawler.reading import PageFacts, read_page, stated_address
from crawler.robots import RobotsBook
from crawler.throttle import Interrupted
from demo.server import DemoWeb
from edition.export import Exported, export
from edition.render import form_named
from newsdesk.addresses import belongs, host_of, site_of
from newsdesk.anew import Retold, ToJudge
from newsdesk.articles import Article, NoArticle, ReadResult, StoredArticle
from newsdesk.edition_rules import check
from newsdesk.editions import Edition, Policy
from newsdesk.errors import ConfigurationError, NewsdeskError, NotFound, WorkspaceError
from newsdesk.genre import GenreReader
from newsdesk.health import Condition, Notice, conditions
from newsdesk.judge import judge, tell_all
from newsdesk.judging import JudgedArticle
from newsdesk.links import Outcome
from newsdesk.meaning import EncoderMissing, be_installed, open_encoder
from newsdesk.naming import outlet_of_host, spellings
from newsdesk.outlets import Outlet
from newsdesk.permissions import RobotsAnswer
from newsdesk.polling import start_offsets
from newsdesk.ports import QueueFilter
from newsdesk.printing import print_entry
from newsdesk.rediscovery import SILENT_AT_LEAST, SILENT_UNKNOWN, OutletVital, why_look
from newsdesk.register import Register
from newsdesk.registry_check import FindingKind, RegistryFinding
from newsdesk.settings import Limits, Politeness, Settings
from newsdesk.sources import PollEnd, SourceState
from newsdesk.stories import Copy, copies
from newsdesk.watchlist import Matcher
from newsroom.clock import utc_now
from newsroom.control import ControlRoom
from newsroom.corroboration import CorroborationRoom
from newsroom.ranking import Known, RankingRoom
from newsroom.rejudging import RejudgingRoom
from newsroom.retelling import RetellingRoom
from newsroom.second_reading import SecondReadingRoom, SecondReadings
from review.app import create_app, take_up
from review.book import ReviewBook, Rooms
from spiders.discovery import Answer, Fetch, Findings, Purpose, discover, draft_outlet, examine, home_of, robots_answer
from spiders.errand import Ask, ErrandSpider
from spiders.facts import page_facts
from spiders.lanes import Lanes
from spiders.outlet import PAGE_ACCEPT, Received
from spiders.run import LedgerRun, Parts, Witness
from storage.database import Database, migrate, open_database
from storage.lock import HeldDesk, hold_desk
from storage.robots import SqlRobotsLedger
from storage.shelves import (
    SqlAccounts,
    SqlArticleShelf,
    SqlControlBook,
    SqlCorroborationBook,
    SqlDeskShelf,
    SqlDoubts,
    SqlHealthBook,
    SqlLinkLedger,
    SqlPageShelf,
    SqlRankingBook,
    SqlRenewals,
    SqlSourceBook,
    SqlStoryBook,
)

log = logging.getLogger(__name__)

T = TypeVar("T")

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOOK_FIRST = timedelta(minutes=10)  # after the start, when the first round is mostly over
FAR = timedelta(days=3650)  # every source is due by then
LOOK_AGAIN_HOURS = 6  # how often the daemon asks which outlets' sources are to be looked for again
LOOKED_AT_ONCE = 3  # outlets looked at in one go; discovery asks a host up to 45 times
ELSEWHERE_FIRST, ELSEWHERE_SECONDS = timedelta(minutes=2), 600
HEALTH_FIRST, HEALTH_EVERY = timedelta(minutes=10), timedelta(hours=1)
RANK_FIRST, RANK_SECONDS = timedelta(seconds=10), 30  # how soon and how often what is new in the queue is ranked
LEARN_FIRST = timedelta(minutes=15)
REREAD_FIRST, REREAD_SECONDS = timedelta(seconds=20), 60  # how soon and how often what is in doubt of stories is read again
RETELL_FIRST, RETELL_HOURS = timedelta(), 1  # at once after an upgrade; later only what is open again is found
TICK_SECONDS = 20  # how often the daemon looks for due sources and changed configuration
STOP_SECONDS = 7.0  # how long crawls may take to stop; the rest of ten seconds is for the archive and the page
PRELOAD = ("crawler.reading", "spiders.feeds", "spiders.sitemaps", "spiders.sections", "newsdesk.robotstxt")


class Quiet:
    """A witness that looks away."""

    def polled(self, end: PollEnd) -> None:
        """Nothing to show."""

    def link_ended(self, outlet_id: str, outcome: Outcome, waits: bool) -> None:
        """Nothing to show."""


@dataclass
class Newsroom:
    """A workspace opened: its configuration as values and its shelves."""

    home: Path
    loaded: LoadedWorkspace
    matcher: Matcher
    database: Database
    ledger: SqlLinkLedger
    book: SqlSourceBook
    shelf: SqlArticleShelf
    desk: SqlDeskShelf
    accounts: SqlAccounts
    pages: SqlPageShelf
    robots: SqlRobotsLedger
    health: SqlHealthBook
    genre_reader: GenreReader | None = None
    _register: tuple[LoadedWorkspace, Register] | None = None

    @property
    def register(self) -> Register:
        """The outlets by the names under which they are credited, by the configuration in force."""
        if self._register is None or self._register[0] is not self.loaded:
            self._register = self.loaded, Register(self.loaded.outlets, self.loaded.policy)
        return self._register[1]

    @property
    def control(self) -> ControlRoom:
        """Who is said to control the outlets, by the configuration in force."""
        return ControlRoom(self.home, SqlControlBook(self.database), self.configured)

    @property
    def ranking(self) -> RankingRoom:
        """What the queue's order was learned from, by the configuration in force."""
        return RankingRoom(SqlRankingBook(self.database), self._known)

    def _known(self) -> Known:
        sections = {section.id: section.name for section in self.loaded.sections}
        outlets = {outlet.id: outlet.names[0] if outlet.names else outlet.name for outlet in self.loaded.outlets}
        return Known(self.matcher, sections, outlets)

    @property
    def stories(self) -> SqlStoryBook:
        """What editors see and say of stories."""
        return SqlStoryBook(self.database)

    @property
    def retelling(self) -> RetellingRoom:
        """Stored articles told anew by the present rules."""
        return RetellingRoom(SqlRenewals(self.database, self.shelf), utc_now, lambda: open_encoder(self.loaded.settings.encoder))

    @property
    def second_reading(self) -> SecondReadingRoom:
        """What is in doubt of stories, read again where the configuration in force wants that."""
        settings = self.loaded.settings
        first = functools.partial(open_encoder, settings.encoder)
        second = None if settings.second_encoder is None else functools.partial(open_encoder, settings.second_encoder)
        return SecondReadingRoom(SqlDoubts(self.database), SqlRenewals(self.database, self.shelf).to_tell, utc_now, first, second)

    @property
    def rejudging(self) -> RejudgingRoom:
        """Stored articles judged anew whose pages changed, by the configuration in force."""
        names = {outlet.id: spellings(outlet)[0] for outlet in self.loaded.outlets}
        return RejudgingRoom(SqlRenewals(self.database, self.shelf, lambda outlet_id: names.get(outlet_id, outlet_id)), self._judge_anew)

    def _judge_anew(self, asked: ToJudge) -> JudgedArticle:
        """Raises NotFound for an outlet that left the configuration."""
        return self.judge(asked.article, key=asked.key, outlet=self.outlet(asked.outlet_id), source_id=asked.source_id)

    @property
    def corroboration(self) -> CorroborationRoom:
        """Who else reports what the state voices tell."""
        return CorroborationRoom(SqlCorroborationBook(self.database, self.printed_name), self.configured)

    def configured(self) -> tuple[Mapping[str, Outlet], Policy]:
        """The outlets by id and the policy in force."""
        return {outlet.id: outlet for outlet in self.loaded.outlets}, self.loaded.policy

    @property
    def archive_folder(self) -> Path:
        return self.home / "archive"

    def outlet(self, outlet_id: str) -> Outlet:
        """Raises NotFound, with what to do."""
        for outlet in self.loaded.outlets:
            if outlet.id == outlet_id:
                return outlet
        raise NotFound(f"There is no outlet {outlet_id!r}; see 'newsdesk outlets list'.")

    def printed_name(self, outlet_id: str) -> str:
        """The name under which an edition cites an outlet; the id where the outlet is no longer configured."""
        return next((o.names[0] if o.names else o.name for o in self.loaded.outlets if o.id == outlet_id), outlet_id)

    def is_must_read(self, section_id: str) -> bool:
        """Whether a section's entries are printed as ``AGENCY: Title``."""
        return any(section.id == section_id and section.must_read for section in self.loaded.sections)

    def edition(self, month: str) -> Edition:
        """The month as accepted so far."""
        entries = tuple(replace(entry, outlet_printed=self.printed_name(entry.outlet_id)) for entry in self.desk.entries(month))
        narratives = tuple(self.desk.narratives(month).items())
        return Edition(month, self.loaded.sections, entries, narratives, self.desk.revision(month))

    def waiting(self) -> int:
        """How many candidates wait for a decision."""
        return self.desk.queue(QueueFilter(today=utc_now().date(), page_size=1)).total

    def judge(self, article: Article, *, key: str, outlet: Outlet, source_id: str, told: bool = True) -> JudgedArticle:
        """Label, fingerprints, relevance and (``told``) telling of an article, by the present configuration."""
        return judge(
            article,
            key=key,
            outlet=outlet,
            source_id=source_id,
            policy=self.loaded.policy,
            matcher=self.matcher,
            encoder=open_encoder(self.loaded.settings.encoder) if told else None,
            register=self.register,
            genre_reader=self.genre_reader,
        )

    def tell(self, judged: Sequence[JudgedArticle]) -> Sequence[JudgedArticle]:
        """The articles with their tellings."""
        return tell_all(judged, open_encoder(self.loaded.settings.encoder))


def same_copy(judged: JudgedArticle, stored: StoredArticle) -> Copy | None:
    """Whether two articles are copies of one report, and why; None where they are not."""
    return copies(titled(judged.article), judged.article.text, titled(stored.article), stored.article.text)


def titled(article: Article) -> str:
    """An article's title, empty where it has none."""
    return article.title.value if article.title else ""


@contextlib.contextmanager
def open_newsroom(home: Path) -> Iterator[Newsroom]:
    """Load a workspace's configuration, open its database and bring its schema up to date.

    Raises WorkspaceError, ConfigurationError (all problems at once), EncoderMissing, StorageError.
    """
    loaded = load_workspace(home)
    be_installed(loaded.settings.encoder)
    matcher = Matcher(load_watchlist(home / "config" / "watchlist"))
    genre_reader = GenreReader(load_genre_words(home / GENRE_FOLDER))
    database = open_database(loaded.settings.database_url)
    try:
        migrate(database)
        names = {outlet.id: spellings(outlet)[0] for outlet in loaded.outlets}
        shelf = SqlArticleShelf(database, same_copy, loaded.policy.candidate_threshold, lambda outlet_id: names.get(outlet_id, outlet_id))
        book = SqlSourceBook(database)
        book.sync(loaded.outlets, utc_now())
        yield Newsroom(
            home,
            loaded,
            matcher,
            database,
            SqlLinkLedger(database),
            book,
            shelf,
            SqlDeskShelf(database),
            SqlAccounts(database),
            SqlPageShelf(database),
            SqlRobotsLedger(database),
            SqlHealthBook(database),
            genre_reader=genre_reader,
        )
    finally:
        database.close()


def run_in_loop(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on Twisted's asyncio reactor until it ends; the reactor cannot be started twice in a process.

    What was loaded until here, a quarter of a million objects, lives on until the process ends: the search for unused cycles
    passes it over, which otherwise takes a seventh of a second each time.
    """
    install_reactor(REACTOR)
    gc.freeze()
    reactor = cast("PosixReactorBase", sys.modules["twisted.internet.reactor"])
    ended: list[asyncio.Task[T]] = []

    async def guarded() -> T:
        try:
            return await main()
        finally:
            reactor.callLater(0, reactor.stop)

    def begin() -> None:
        ended.append(asyncio.get_running_loop().create_task(guarded()))

    reactor.callLater(0, begin)
    reactor.run(installSignalHandlers=False)
    return ended[0].result()


class Collector:
    """Runs outlets: one crawl each, many at once, each at most once at a time."""

    def __init__(self, newsroom: Newsroom, parts: Parts, runner: AsyncCrawlerRunner, commons: Commons) -> None:
        self.newsroom = newsroom
        self.errands = ErrandRoom(runner, parts.pool, parts.limits, commons.robots)
        self.parts = parts
        self._cut = commons.stop_fetching
        self._lanes = Lanes(runner, newsroom.loaded.settings.politeness.outlets_at_once)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self.polls_planned = 0

    async def start_due(
        self, only: frozenset[str] | None = None, *, all_sources: bool = False, back_to: date | None = None, paced: bool = False
    ) -> Sequence[asyncio.Task[None]]:
        """Start a run for every outlet with due sources, waiting links or pages to read again that is not running; returns
        the new runs. ``back_to`` asks for the sources' older pages too, back to that day; ``paced`` lets only some start in
        a second."""
        now = self.parts.clock()
        busy = frozenset(self._running)  # one that ends while we ask what is due would be asked again by what we read before
        due: dict[str, list[SourceState]] = defaultdict(list)
        for state in await self.parts.shelve(self.newsroom.book.due, now + FAR if all_sources else now):
            asked = state.due_at <= now or state.failing_since is None
            if asked and (only is None or state.outlet_id in only):
                due[state.outlet_id].append(state)
        self.polls_planned = sum(len(states) for states in due.values())
        waiting = await self.parts.shelve(self.newsroom.ledger.waiting_outlets, now)
        unread = frozenset(await self.parts.shelve(self.newsroom.ledger.unread_outlets, now))
        changing = await self.parts.shelve(self.newsroom.pages.due_outlets, now)
        outlets = {outlet.id: outlet for outlet in self.newsroom.loaded.outlets if outlet.switched_off is None}
        wanted = [
            outlet_id
            for outlet_id in dict.fromkeys([*due, *waiting, *changing])
            if outlet_id in outlets and outlet_id not in busy and outlet_id not in self._running and (only is None or outlet_id in only)
        ]
        if self._stopping.is_set():
            return ()
        started = []
        with_links, with_pages = frozenset(waiting), frozenset(changing)
        for outlet_id, offset_seconds in zip(wanted, start_offsets(len(wanted)), strict=True):
            facts = {"links_wait": outlet_id in with_links, "pages_due": outlet_id in with_pages, "unread": outlet_id in unread}
            run = LedgerRun(outlets[outlet_id], due[outlet_id], self.parts, back_to, **facts)
            task = asyncio.get_running_loop().create_task(self._run(run, offset_seconds if paced else 0.0), name=f"outlet {outlet_id}")
            self._running[outlet_id] = task
            task.add_done_callback(functools.partial(self._ended, outlet_id))
            started.append(task)
        return started

    async def _run(self, run: LedgerRun, after_seconds: float) -> None:
        if after_seconds:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), after_seconds)
        if not self._stopping.is_set():
            await self._lanes.run(run)

    def _ended(self, outlet_id: str, task: asyncio.Task[None]) -> None:
        self._running.pop(outlet_id, None)
        if not task.cancelled() and task.exception() is not None:
            log.error("The run of %s failed; its links wait for the next round", outlet_id, exc_info=task.exception())

    @property
    def running(self) -> Sequence[str]:
        return tuple(self._running)

    async def stop(self, seconds: float) -> bool:
        """Ask all crawls to end and wait; returns whether they did. What they held is leased again at the next start."""
        self._stopping.set()
        self._cut()
        return await self._lanes.stop(seconds)

    async def close(self) -> None:
        """Close the lanes; outlets that are not done are cut."""
        self._stopping.set()
        await self._lanes.close(STOP_SECONDS)


@contextlib.asynccontextmanager
async def collecting(newsroom: Newsroom, *, delay_seconds: float | None, witness: Witness) -> AsyncIterator[Collector]:
    """Everything that fetching needs, opened and closed in order. The caller holds the desk's lock."""
    settings = newsroom.loaded.settings
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    newsroom.ledger.release_others(holder)
    threads = ThreadPoolExecutor(1, thread_name_prefix="shelves")
    pool = WorkerPool(settings.readers, settings.limits.parse_seconds, settings.limits.worker_memory_bytes, preload=PRELOAD)
    commons = open_commons(settings, utc_now, pool, delay_seconds)
    try:
        runner = AsyncCrawlerRunner(scrapy_settings(settings, commons, delay_seconds))
        parts = Parts(
            ledger=newsroom.ledger,
            book=newsroom.book,
            shelf=newsroom.shelf,
            archive=commons.archive,
            pool=pool,
            threads=threads,
            judge=functools.partial(newsroom.judge, told=False),
            tell=newsroom.tell,
            pages=newsroom.pages,
            clock=utc_now,
            limits=settings.limits,
            holder=holder,
            witness=witness,
        )

        async def note_robots(answer: RobotsAnswer) -> None:
            await parts.shelve(newsroom.robots.note, answer)

        commons.robots.told = note_robots
        collector = Collector(newsroom, parts, runner, commons)
        try:
            yield collector
        finally:
            await collector.close()
    finally:
        await commons.close()
        await pool.close()
        await asyncio.get_running_loop().run_in_executor(threads, newsroom.ledger.release, holder)
        threads.shutdown()


@dataclass(frozen=True)
class Round:
    """What one round is to do: the delay instead of the configured one, only some outlets; ``all_sources`` asks also those
    whose rhythm would let them rest, though not those that fail and are backed off from; ``back_to`` follows their older
    pages back to a day."""

    delay_seconds: float | None = None
    only: frozenset[str] | None = None
    all_sources: bool = False
    back_to: date | None = None


class Progress(Protocol):
    """Is told how much a round will do. Must not raise."""

    def runs(self, polls: int) -> None:
        """How many polls there will be."""

    def doubts(self, waiting: int) -> Callable[[int], None]:
        """How many doubts about stories are to be read again; yields what to tell how many more are read."""


async def collect_once(newsroom: Newsroom, plan: Round, *, witness: Witness, progress: Progress) -> bool:
    """One complete round over all due sources and waiting links. False when a signal cut it short."""
    async with collecting(newsroom, delay_seconds=plan.delay_seconds, witness=witness) as collector:
        stop = stop_on_signals()
        await asyncio.to_thread(newsroom.control.follow, utc_now())
        runs = await collector.start_due(plan.only, all_sources=plan.all_sources, back_to=plan.back_to)
        progress.runs(collector.polls_planned)
        done = asyncio.ensure_future(asyncio.wait(runs)) if runs else None
        if done is None:
            return True
        waiter = asyncio.ensure_future(stop.wait())
        async with retelling_meanwhile(newsroom):
            await asyncio.wait([done, waiter], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await collector.stop(STOP_SECONDS)
            return False
        await asyncio.to_thread(newsroom.rejudging.judge_changed, utc_now())
        await reread_until(newsroom.second_reading, waiter, progress)
        waiter.cancel()
        await asyncio.to_thread(newsroom.ranking.rank_all)
        await asyncio.to_thread(newsroom.corroboration.look, utc_now())
        return True


async def reread_until(room: SecondReadingRoom, interrupted: asyncio.Future[Any], progress: Progress) -> None:
    """Read again what is in doubt, or as much of it as there is time for; the rest waits for the next time."""
    step = progress.doubts(await asyncio.to_thread(room.waiting))
    task = asyncio.ensure_future(reread(room, step=step))
    await asyncio.wait([task, interrupted], return_when=asyncio.FIRST_COMPLETED)
    room.stop()
    await task


@contextlib.asynccontextmanager
async def retelling_meanwhile(newsroom: Newsroom) -> AsyncIterator[None]:
    """Tell anew what older rules told while something else goes on; what is left then waits for the next time."""
    room = newsroom.retelling
    task = asyncio.ensure_future(retell(room))
    try:
        yield
    finally:
        room.stop()
        await task


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


class PageServer(uvicorn.Server):
    """uvicorn without its own signal handlers: the daemon stops it."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        quiet: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}
        super().__init__(uvicorn.Config(app, host=host, port=port, timeout_graceful_shutdown=2, **quiet))
        self.app = app
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, and says when the page can be reached."""
        await super().startup(sockets)
        self.listening.set()

    @property
    def address(self) -> str:
        """Where the page is; the real port once it listens."""
        ports = [bound.getsockname()[1] for server in getattr(self, "servers", ()) for bound in server.sockets]
        return f"http://{self.config.host}:{ports[0] if ports else self.config.port}/"

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class DeskLost(NewsdeskError):
    """The lock that lets only one process collect was lost (its database session ended); another may hold it now."""


class Daemon:
    """The scheduler and the page in one process."""

    def __init__(self, newsroom: Newsroom, held: HeldDesk, collector: Collector, page: PageServer) -> None:
        self.newsroom = newsroom
        self.held = held
        self._lost = asyncio.Event()
        self.collector = collector
        self.page = page
        self._seen = configuration_stamp(newsroom.home)
        self._elsewhere, self._ranking = newsroom.corroboration, newsroom.ranking
        self._retelling, self._rejudging = newsroom.retelling, newsroom.rejudging
        self._second_reading = newsroom.second_reading
        self._labels_follow = True  # what was changed while nobody collected

    async def serve(self, started: Callable[[], None]) -> None:
        """Run until a signal; then pause, stop the crawls, and only then shut the scheduler down (its shutdown cancels
        running jobs, and Scrapy would swallow that)."""
        stop = stop_on_signals()
        clock = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 6 * 3600})
        clock.add_job(self.tick, IntervalTrigger(seconds=TICK_SECONDS), next_run_time=utc_now(), id="tick")
        first = utc_now() + HEALTH_FIRST  # at the start every source may be due
        clock.add_job(self.look_at_health, IntervalTrigger(seconds=HEALTH_EVERY.total_seconds()), next_run_time=first, id="health")
        clock.add_job(self.rank, IntervalTrigger(seconds=RANK_SECONDS), next_run_time=utc_now() + RANK_FIRST, id="rank")
        clock.add_job(self.rejudge, IntervalTrigger(seconds=RANK_SECONDS), next_run_time=utc_now() + RANK_FIRST, id="rejudge")
        clock.add_job(self.reread, IntervalTrigger(seconds=REREAD_SECONDS), next_run_time=utc_now() + REREAD_FIRST, id="reread")
        clock.add_job(self.retell, IntervalTrigger(hours=RETELL_HOURS), next_run_time=utc_now() + RETELL_FIRST, id="retell")
        clock.add_job(self.learn, IntervalTrigger(hours=1), next_run_time=utc_now() + LEARN_FIRST, id="learn")
        clock.add_job(
            self.look_elsewhere, IntervalTrigger(seconds=ELSEWHERE_SECONDS), next_run_time=utc_now() + ELSEWHERE_FIRST, id="elsewhere"
        )
        clock.add_job(self.look_again, IntervalTrigger(hours=LOOK_AGAIN_HOURS), next_run_time=utc_now() + LOOK_FIRST, id="look again")
        clock.start()
        serving = asyncio.ensure_future(self.page.serve())
        listening = asyncio.ensure_future(self.page.listening.wait())
        await asyncio.wait([serving, listening], return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        if not serving.done():
            started()
        waiters = [asyncio.ensure_future(event.wait()) for event in (stop, self._lost)]
        await asyncio.wait([serving, *waiters], return_when=asyncio.FIRST_COMPLETED)
        clock.pause()
        self._elsewhere.stop()
        self._ranking.stop()
        self._retelling.stop()
        self._rejudging.stop()
        self._second_reading.stop()
        self.page.should_exit = True
        if not await self.collector.stop(STOP_SECONDS):
            log.warning("Some crawls did not stop in %s seconds and were cut; their links wait for the next start", STOP_SECONDS)
        clock.shutdown(wait=False)
        for waiter in waiters:
            waiter.cancel()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(serving, 2)
        if self._lost.is_set():
            raise DeskLost("The place of the only daemon was lost, because the database ended our session. Start again: newsdesk run")

    async def tick(self) -> None:
        """Make sure that the place is still ours, take up changed configuration, then start what is due."""
        if not await self.collector.parts.shelve(self.held.still_held):
            self._lost.set()
            return
        if self._labels_follow:  # a tick after the change, so that what was judged by the old statements is stored by now
            await self._let_labels_follow()
        await self._reload_if_changed()
        await self.collector.start_due(paced=True)

    async def look_again(self) -> None:
        """Look anew for the sources of outlets that fail or are silent for long, and write down what was found."""
        try:
            proposals = await look_again(self.newsroom, self.collector)
        except Interrupted:
            return
        for proposal in proposals:
            log.warning("%s: %s. %s", proposal.outlet_id, proposal.why, told(proposal))

    async def rank(self) -> None:
        """Put what is new in the queue in its place; in a thread of its own, because reading what it means takes a while."""
        try:
            await asyncio.to_thread(self._ranking.rank_waiting)
        except NewsdeskError as error:
            log.error("What is new in the queue stands where the watch-list puts it. %s", error)

    async def rejudge(self) -> None:
        """Judge what changed pages say now; in a thread of its own, because reading what they mean takes a while."""
        try:
            await asyncio.to_thread(self._rejudging.judge_changed, utc_now())
        except NewsdeskError as error:
            log.error("Changed pages could not be judged anew; tried again in half a minute. %s", error)

    async def retell(self) -> None:
        """Tell anew what was told by other rules, in a thread of its own and using half of a core at most."""
        await retell(self._retelling)

    async def reread(self) -> None:
        """Read again what is in doubt, in a thread of its own and using half of a core at most."""
        await reread(self._second_reading, gently=True)

    async def learn(self) -> None:
        """Train the ranking where enough was decided; in a thread of its own, while the loop goes on."""
        try:
            record = await asyncio.to_thread(self._ranking.train_if_due, utc_now())
        except NewsdeskError as error:
            log.error("The ranking could not be trained; tried again in an hour. %s", error)
            return
        if record is not None:
            log.info("The ranking was trained as version %d. %s", record.version, record.why)

    async def _let_labels_follow(self) -> None:
        """In a thread of its own, because a large desk takes a while; tried again at the next tick where it fails."""
        try:
            await asyncio.to_thread(self.newsroom.control.follow, utc_now())
        except NewsdeskError as error:
            log.error("The labels could not be brought in line with the statements of control; tried again. %s", error)
            return
        self._labels_follow = False

    async def look_elsewhere(self) -> None:
        """Whether anybody independent reports what state voices tell; every ten minutes, in a thread of its own."""
        try:
            await asyncio.to_thread(self._elsewhere.look, utc_now())
        except NewsdeskError as error:
            log.error("Independent reports could not be looked for; tried again in ten minutes. %s", error)

    async def look_at_health(self) -> None:
        """About once an hour; in a thread of its own, because counting may take longer than a poll should wait."""
        try:
            _, notice = await asyncio.to_thread(check_health, self.newsroom, utc_now())
        except NewsdeskError as error:
            log.error("The health could not be looked at; tried again in an hour. %s", error)
            return
        if notice.message:
            log.warning("How the sources fare (newsdesk health):\n%s", notice.message)

    async def _reload_if_changed(self) -> None:
        stamp = configuration_stamp(self.newsroom.home)
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            loaded = load_workspace(self.newsroom.home)
            matcher = Matcher(load_watchlist(self.newsroom.home / "config" / "watchlist"))
            genre_reader = GenreReader(load_genre_words(self.newsroom.home / GENRE_FOLDER))
        except ConfigurationError as error:
            log.error("The changed configuration is not taken up; the last good one stays in force. %s", error)
            return
        self.newsroom.loaded, self.newsroom.matcher, self.newsroom.genre_reader = loaded, matcher, genre_reader
        take_up(self.page.app, review_book(self.newsroom))
        await self.collector.parts.shelve(self.newsroom.book.sync, loaded.outlets, utc_now())
        self._labels_follow = True
        log.info("The changed configuration is in force: %d outlets", len(loaded.outlets))


async def retell(room: RetellingRoom) -> None:
    """Tell stored articles anew until none is left or the room is stopped; what is left is told the next time."""
    try:
        retold = await asyncio.to_thread(room.tell_anew, utc_now())
    except NewsdeskError as error:
        log.error("Articles told by older rules could not be told anew; tried again later. %s", error)
        return
    if retold != Retold():
        log.warning("The rules that find an event's reports are new: %s", retold.sentence)


async def reread(room: SecondReadingRoom, *, gently: bool = False, step: Callable[[int], None] = lambda _: None) -> None:
    """Read doubts again until none is left or the room is stopped; what is left is read the next time."""
    try:
        found = await asyncio.to_thread(room.read_doubts, gently=gently, step=step)
    except EncoderMissing as error:
        room.stop()  # an editor decides as before; said once, not every minute
        log.warning("What is in doubt of stories is not read again. %s", error)
    except NewsdeskError as error:
        log.error("What is in doubt of stories could not be read again; tried again in a minute. %s", error)
    else:
        if found != SecondReadings():
            log.info("Stories: %s", found.sentence)


async def look_again(newsroom: Newsroom, collector: Collector) -> Sequence[Proposal]:
    """Run discovery for the outlets that newsdesk.rediscovery names, a few at a time; only proposals are written."""
    now = utc_now()
    wanted = await collector.parts.shelve(outlets_to_look_at, newsroom, now)
    made = []
    for outlet, why in wanted[:LOOKED_AT_ONCE]:
        found = [await find_sources(collector.errands, home) for home in homes_of(outlet)[:1]]
        sources = [source for findings in found for source in draft_outlet(findings, now.date(), ()).sources]
        named = [replace(one, id=f"{outlet.id}/{one.id.rpartition('/')[2]}", outlet_id=outlet.id) for one in sources]
        proposal = Proposal(outlet.id, now, why, unknown_sources(newsroom.loaded.outlets, named))
        write_proposal(proposals_folder(newsroom.home), proposal)
        made.append(proposal)
    return made


def outlets_to_look_at(newsroom: Newsroom, now: datetime) -> Sequence[tuple[Outlet, str]]:
    """The outlets whose sources are to be looked for again, with the reason."""
    states: dict[str, list[SourceState]] = defaultdict(list)
    for state in newsroom.book.states():
        states[state.outlet_id].append(state)
    looked = {proposal.outlet_id: proposal.looked_at for proposal in load_proposals(proposals_folder(newsroom.home))}
    last = newsroom.book.last_news()
    wanted = []
    for outlet in newsroom.loaded.outlets:
        newest = last.get(outlet.id)
        quiet = newest is not None and now - newest > SILENT_AT_LEAST
        news = newsroom.book.news_of(outlet.id, newest - 4 * SILENT_UNKNOWN) if newest is not None and quiet else ()
        why = why_look(OutletVital(outlet.id, states.get(outlet.id, ()), news, looked.get(outlet.id)), now)
        if why is not None and outlet.switched_off is None:
            wanted.append((outlet, why))
    return wanted


def homes_of(outlet: Outlet) -> Sequence[str]:
    """Where to begin to look: the roots of the hosts of its sources, else of its domains."""
    roots = [urljoin(source.url, "/") for source in outlet.sources]
    own = [root for root in roots if belongs(host_of(root), [domain.partition(":")[0] for domain in outlet.domains])]
    return tuple(dict.fromkeys([*own, *(home_of(domain) for domain in outlet.domains)]))


def told(proposal: Proposal) -> str:
    """What looking again came to, and what to do with it."""
    if not proposal.sources:
        return f"Looked for other sources on {proposal.looked_at:%Y-%m-%d} and found none; see whether it still publishes."
    found = ", ".join(source.url for source in proposal.sources)
    return f"Found {found}; take it up with: newsdesk outlets apply {proposal.outlet_id}"


def proposed(home: Path) -> Sequence[RegistryFinding]:
    """What an editor should look at among the proposals, as the check of the registry says it."""
    return tuple(
        RegistryFinding(proposal.outlet_id, FindingKind.PROPOSED, f"{proposal.why}. {told(proposal)}")
        for proposal in load_proposals(proposals_folder(home))
    )


def check_health(newsroom: Newsroom, now: datetime) -> tuple[Sequence[Condition], Notice]:
    """Count, judge, and keep what is the matter; returns all that stands, and what is new or fixed since the last check."""
    found = conditions(newsroom.health.gather(now), now)
    return found, newsroom.health.record(found, now)


def configuration_stamp(home: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the configuration's files; equal stamps mean nothing was changed."""
    files = sorted((home / "config").rglob("*.yaml"))
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


async def serve_daemon(
    newsroom: Newsroom, held: HeldDesk, page: PageServer, *, delay_seconds: float | None, started: Callable[[], None]
) -> None:
    """The daemon's whole life, inside the desk's lock."""
    async with collecting(newsroom, delay_seconds=delay_seconds, witness=Quiet()) as collector:
        await Daemon(newsroom, held, collector, page).serve(started)


def holding_desk(newsroom: Newsroom, what: str) -> contextlib.AbstractContextManager[HeldDesk]:
    """The lock that lets one process collect for a database. Raises AlreadyRunning, which says who does."""
    return hold_desk(newsroom.database, newsroom.home, what, utc_now())


def page_server(newsroom: Newsroom, *, host: str | None, port: int | None) -> PageServer:
    """The editors' page, ready to be served in the daemon's loop."""
    settings = newsroom.loaded.settings
    app = create_app(
        Rooms(
            desk=newsroom.desk,
            articles=newsroom.shelf,
            accounts=newsroom.accounts,
            sources=newsroom.book,
            pages=newsroom.pages,
            health=newsroom.health,
            control=newsroom.control,
            ranking=newsroom.ranking.book,
            corroboration=newsroom.corroboration.book,
            book=review_book(newsroom),
            clock=utc_now,
            stories=newsroom.stories,
        )
    )
    return PageServer(app, host or settings.page_host, settings.page_port if port is None else port)


def port_or_free(port: int) -> int:
    """The port where nobody listens on it, else 0, which lets the system choose a free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


def review_book(newsroom: Newsroom) -> ReviewBook:
    """What the page is told of the configuration, and the edition room's office."""
    loaded = newsroom.loaded
    return ReviewBook(
        outlets={outlet.id: outlet for outlet in loaded.outlets},
        sections=loaded.sections,
        policy=loaded.policy,
        secret_key=loaded.settings.secret_key,
        secure_cookies=loaded.settings.secure_cookies,
        printed=lambda entry: print_entry(entry, newsroom.loaded.policy, must_read=newsroom.is_must_read(entry.section_id)),
        check=lambda month: check(newsroom.edition(month), newsroom.loaded.policy),
        export=lambda month, form, by, waiver: export_edition(newsroom, month, form, by=by, waiver=waiver).content,
    )


def export_edition(newsroom: Newsroom, month: str, form: str, *, by: str, waiver: str | None) -> Exported:
    """Check, render and log an edition. Raises EditionRefused when a rule refuses it and no reason is given."""
    now = utc_now()
    exported = export(newsroom.edition(month), newsroom.loaded.policy, form_named(form), waiver=waiver, exported_at=now)
    newsroom.desk.log_export(month, form, by, exported.waiver, [finding.sentence for finding in exported.findings], now)
    return exported


# --- by hand


def exchange_of(newsroom: Newsroom, article_id: int) -> Exchange:
    """The exchange an article was read from. Raises NotFound, SnapshotDamaged."""
    archive = Archive(newsroom.archive_folder, "newsdesk", newsroom.loaded.settings.politeness.contact, utc_now)
    return archive.read(newsroom.shelf.snapshot(article_id))


def check_snapshot(newsroom: Newsroom, article_id: int) -> tuple[bool, str]:
    """Read an article's snapshot again and compare the text with the stored one."""
    stored = newsroom.shelf.article(article_id)
    snapshot = newsroom.shelf.snapshot(article_id)
    exchange = exchange_of(newsroom, article_id)
    body = exchange.decoded_body(newsroom.loaded.settings.limits.page_bytes)
    facts = page_facts(newsroom.outlet(stored.outlet_id), snapshot.fetched_at)
    again = read_page(body, exchange.headers, snapshot.address, None, facts)
    where = f"{snapshot.file} at byte {snapshot.offset}"
    if isinstance(again, NoArticle):
        return False, f"Article {article_id}: its snapshot ({where}) now yields no article: {again.outcome.sentence} {again.detail}"
    if again.text != stored.article.text:
        return (
            False,
            f"Article {article_id}: the text read again from {where} differs from the stored one (read by {stored.article.extractor}).",
        )
    return True, f"Article {article_id}: the text read again from {where} is identical ({len(again.text)} characters)."


UNKNOWN_ADDRESS = "https://unknown.invalid/page"  # RFC 6761: never a real host


@dataclass(frozen=True)
class ReadByHand:
    """What would be stored of one input; ``result`` is None where the input could not be had, and ``outcome`` says why."""

    name: str
    result: ReadResult | None
    outcome: str = ""
    detail: str = ""


def read_without_storing(
    inputs: Sequence[str], *, address: str | None, outlet_id: str | None, home: Path, delay_seconds: float | None = None
) -> Sequence[ReadByHand]:
    """Read files and addresses as the collector would; nothing is stored.

    Without a workspace the settings' defaults hold. Raises WorkspaceError when an outlet is named and there is no workspace.
    """
    loaded = load_workspace(home) if is_workspace(home) or outlet_id else None
    settings = loaded.settings if loaded else Settings(home, "", Politeness(contact=""))
    outlets = loaded.outlets if loaded else ()
    named = next((outlet for outlet in outlets if outlet.id == outlet_id), None)
    if outlet_id and named is None:
        raise NotFound(f"There is no outlet {outlet_id!r}; see 'newsdesk outlets list'.")

    async def read_all() -> Sequence[ReadByHand]:
        async with errands(settings, delay_seconds=delay_seconds) as errand_room:
            turns = asyncio.Semaphore(2 * settings.readers)

            async def in_turn(one: str) -> ReadByHand:
                async with turns:
                    return await _read_one(errand_room, one, address, named, outlets, settings.limits)

            return await asyncio.gather(*(in_turn(one) for one in inputs))

    return run_in_loop(read_all)


async def _read_one(
    room: ErrandRoom, one: str, address: str | None, named: Outlet | None, outlets: Sequence[Outlet], limits: Limits
) -> ReadByHand:
    headers: Sequence[tuple[str, str]] = ()
    if one.startswith(("http://", "https://")):
        answer = await room.ask(one, PAGE_ACCEPT)
        if isinstance(answer, Failure):
            outcome, detail = outcome_of_failure(answer)
            return ReadByHand(one, None, outcome.value, f"{outcome.sentence} {detail}")
        failure = outcome_of_status(answer.status)
        if failure is not None:
            return ReadByHand(one, None, failure.value, f"{failure.sentence} The answer has status {answer.status}.")
        body, headers, where = answer.body, answer.headers, answer.address
    else:
        try:
            body = file_body(Path(one), limits.page_bytes)
        except (OSError, NewsdeskError) as error:
            return ReadByHand(one, None, "unreadable_file", str(error))
        where = address or await _stated_address(room, body) or UNKNOWN_ADDRESS
    outlet = named or outlet_of_host(outlets, site_of(where))
    facts = page_facts(outlet, utc_now()) if outlet else PageFacts(fetched_at=utc_now())
    try:
        return ReadByHand(one, await room.pool.run(read_page, body, tuple(headers), where, None, facts))
    except WorkFailed as error:
        return ReadByHand(one, None, Outcome.READER_FAILED.value, str(error))


async def _stated_address(room: ErrandRoom, body: bytes) -> str | None:
    try:
        return await room.pool.run(stated_address, body, ())
    except WorkFailed:
        return None  # the reader will meet the same trouble and name it


def file_body(path: Path, limit_bytes: int) -> bytes:
    """A saved page's bytes, unpacked where the file is gzip. Raises OSError, or a named error over the limit."""
    content = path.read_bytes()
    return gunzip(content, limit_bytes) if content.startswith(b"\x1f\x8b") else content


@dataclass
class ErrandRoom:
    """What is needed to fetch single addresses politely: one crawl for each asked host's errand."""

    runner: AsyncCrawlerRunner
    pool: WorkerPool
    limits: Limits
    robots: RobotsBook

    async def run(self, errand: Callable[[Ask], Awaitable[None]]) -> None:
        """Run one errand to its end; what it raises is raised here."""
        trouble: list[Exception] = []

        async def guarded(ask: Ask) -> None:
            try:
                await errand(ask)
            except Exception as error:  # noqa: BLE001 - Scrapy would only log it; it is raised to the caller below
                trouble.append(error)

        await self.runner.crawl(ErrandSpider, errand=guarded)
        if trouble:
            raise trouble[0]

    async def ask(self, address: str, accept: str) -> Received | Failure:
        """One address."""
        answers: list[Received | Failure] = []

        async def errand(ask: Ask) -> None:
            answers.append(await ask(address, accept))

        await self.run(errand)
        return answers[0]


@contextlib.asynccontextmanager
async def errands(settings: Settings, *, delay_seconds: float | None, keep: bool = False) -> AsyncIterator[ErrandRoom]:
    """Open what errands need. Unless they are to ``keep``, the exchanges are kept in a folder that goes away."""
    with contextlib.ExitStack() as stack:
        if not keep:
            settings = replace(settings, home=Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-"))))
        pool = WorkerPool(settings.readers, settings.limits.parse_seconds, settings.limits.worker_memory_bytes, preload=PRELOAD)
        commons = open_commons(settings, utc_now, pool, delay_seconds)
        try:
            yield ErrandRoom(AsyncCrawlerRunner(scrapy_settings(settings, commons, delay_seconds)), pool, settings.limits, commons.robots)
        finally:
            await commons.close()
            await pool.close()


# --- outlets by hand


@dataclass(frozen=True)
class Addition:
    """What became of an address given to ``newsdesk outlets add``. ``outlet_id`` is None where no source was found."""

    address: str
    outlet_id: str | None
    sources: Sequence[str]
    refused: Sequence[str]
    sentence: str


async def discover_all(
    newsroom: Newsroom, homes: Sequence[str], *, delay_seconds: float | None, step: Callable[[], None]
) -> Sequence[Findings]:
    """Look for the sources of many homes at once, through the downloader; every exchange is kept in the archive."""
    settings = newsroom.loaded.settings
    turns = asyncio.Semaphore(settings.politeness.outlets_at_once)
    async with errands(settings, delay_seconds=delay_seconds, keep=True) as room:

        async def one(home: str) -> Findings:
            async with turns:
                try:
                    found = await find_sources(room, home)
                except Exception as error:
                    log.exception("A fault of newsdesk itself on %s", home)
                    why = f"a fault of newsdesk itself ({type(error).__name__}: {error}); please report it"
                    found = Findings(home, None, (), (), (), 0, failure=why)
            step()
            return found

        return await asyncio.gather(*(one(home) for home in homes))


async def find_sources(room: ErrandRoom, home: str) -> Findings:
    """Walk one home's discovery. Raises Interrupted when newsdesk stops: what was not asked says nothing."""
    found: list[Findings] = []

    async def errand(ask: Ask) -> None:
        now = utc_now()
        walk = discover(home, now)
        fetch = next(walk)
        while not found:
            if fetch.purpose is Purpose.ROBOTS:
                answer = await _robots(room, fetch, ask)
            else:
                answer = await _examined(room, fetch, await ask(fetch.address), now)
            if answer.interrupted:
                raise Interrupted(f"newsdesk stops while it looks for the sources of {home}")
            try:
                fetch = walk.send(answer)
            except StopIteration as end:
                found.append(end.value)

    await room.run(errand)
    return found[0]


async def _robots(room: ErrandRoom, fetch: Fetch, ask: Ask) -> Answer:
    """robots.txt through the book of rules that every other request asks, so that it is fetched once."""

    async def through(address: str) -> tuple[int, bytes]:
        received = await ask(address, robots=True)
        if isinstance(received, Failure):
            received.raiseException()
        return received.status, received.body

    try:
        rules = await room.robots.rules(fetch.address, through)
    except IgnoreRequest as error:
        outcome, detail = outcome_of_failure(Failure(error))
        return Answer(None, fetch.address, failure=outcome, detail=detail, interrupted=is_interruption(error))
    return robots_answer(fetch.address, rules.sitemaps)


async def _examined(room: ErrandRoom, fetch: Fetch, received: Received | Failure, now: datetime) -> Answer:
    if isinstance(received, Failure):
        outcome, detail = outcome_of_failure(received)
        return Answer(None, fetch.address, failure=outcome, detail=detail or outcome.sentence, interrupted=is_interruption(received))
    failure = outcome_of_status(received.status)
    if failure is not None:
        return Answer(received.status, received.address, failure=failure, detail=f"The answer has status {received.status}.")
    try:
        page = await room.pool.run(examine, fetch.purpose, received.body, received.headers, received.address, now)
    except WorkFailed as error:
        return Answer(received.status, received.address, failure=Outcome.READER_FAILED, detail=str(error))
    return Answer(received.status, received.address, page=page)


def add_found(newsroom: Newsroom, homes: Sequence[str], found: Sequence[Findings], today: date) -> Sequence[Addition]:
    """Write what discovery found: drafts for new hosts, further sources for outlets that cover the host (decision 5)."""
    folder = newsroom.home / "config" / "outlets"
    outlets = {outlet.id: outlet for outlet in newsroom.loaded.outlets}
    additions = []
    for home, findings in zip(homes, found, strict=True):
        draft = draft_outlet(findings, today, frozenset(outlets))
        refused = tuple(f"{one.address}: {one.reason}" for one in findings.refused)
        if not draft.sources:
            why = findings.failure or "nothing there announces articles; see what was looked at with --json"
            additions.append(Addition(home, None, (), refused, f"{home}: no source was found ({why})."))
            continue
        try:
            outlet, sentence = _written(folder, home, draft, tuple(outlets.values()), today)
        except (ConfigurationError, WorkspaceError) as error:
            additions.append(Addition(home, None, [source.url for source in draft.sources], refused, f"{home}: not written. {error}"))
            continue
        outlets[outlet.id] = outlet
        additions.append(Addition(home, outlet.id, [source.url for source in draft.sources], refused, sentence))
    return additions


def _written(folder: Path, home: str, draft: Outlet, outlets: Sequence[Outlet], today: date) -> tuple[Outlet, str]:
    covering = outlet_of_host(outlets, site_of(home))
    others = tuple(outlet for outlet in outlets if covering is None or outlet.id != covering.id)
    draft = replace(draft, sources=unknown_sources(others, draft.sources))  # a language's feed may be another outlet's
    if not draft.sources:
        raise WorkspaceError("What was found there belongs to other outlets already.")
    if covering is None:
        write_draft(folder, draft)
        return draft, f"{home}: drafted as {draft.id}; who controls it is unknown until somebody states it."
    added = add_sources(folder, covering.id, draft.sources, f"named by the operator on {today.isoformat()}")
    return added, _covered(home, covering, added)


def _covered(home: str, before: Outlet, after: Outlet) -> str:
    sentence = f"{home}: belongs to {before.id}; the sources found were added to it."
    if before.switched_off and after.switched_off is None:
        reason = before.switched_off.rstrip(".")
        because = "you named it; its file says so under 'permission'" if after.permission else "it has a source now"
        return f"{sentence} It was off ({reason}) and is on now, because {because}."
    return sentence if after.switched_off is None else f"{sentence} It stays off: {after.switched_off}"


# --- the demonstration

DEMO_MARK = "this-is-a-demonstration"
DEMO_EDITOR = "editor"


def prepare_demo(home: Path, web: DemoWeb) -> str:
    """Make a fresh workspace that knows only the demonstration's outlets; returns the demo account's password.

    An earlier demonstration in the same folder is replaced. Raises WorkspaceError when the folder holds something else.
    """
    if home.exists():
        if any(home.iterdir()) and not (home / DEMO_MARK).exists():
            raise WorkspaceError(f"{home} holds something that is no demonstration; give another folder with --home")
        shutil.rmtree(home)
    workspace = init_workspace(home, contact="https://newsdesk.example/demonstration", with_registry=False)
    (home / DEMO_MARK).write_text("newsdesk demo replaces this folder each time it is run.\n", encoding="utf-8")
    for outlet in web.outlets():
        write_draft(workspace.outlets, outlet)
    hosts = ", ".join(json.dumps(host) for host in web.allowed_hosts)
    text = workspace.settings_file.read_text(encoding="utf-8")
    text = text.replace("allowed_hosts: []", f"allowed_hosts: [{hosts}]").replace("delay_seconds: 5\n", "delay_seconds: 0\n")
    workspace.settings_file.write_text(text, encoding="utf-8")
    return secrets.token_urlsafe(12)


async def run_demo(
    newsroom: Newsroom,
    held: HeldDesk,
    page: PageServer | None,
    *,
    witness: Witness,
    progress: Progress,
    collected: Callable[[], None],
    started: Callable[[], None],
) -> None:
    """Collect the small web once, then serve the page (None: do not) until a signal."""
    async with collecting(newsroom, delay_seconds=0, witness=witness) as collector:
        await asyncio.to_thread(newsroom.control.follow, utc_now())
        runs = await collector.start_due()
        progress.runs(collector.polls_planned)
        if runs:
            await asyncio.wait(runs)
        room = newsroom.second_reading
        await reread(room, step=progress.doubts(await asyncio.to_thread(room.waiting)))
        await asyncio.to_thread(newsroom.ranking.rank_all)
        await asyncio.to_thread(newsroom.corroboration.look, utc_now())
        collected()
        if page is not None:
            await Daemon(newsroom, held, collector, page).serve(started)
