"""The shelves as the rooms see them. ``storage`` keeps them in a database, ``tests`` in memory; both pass one suite.

All calls are synchronous and may block on the database: an event loop calls them in a thread. Every ``now`` is aware UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Protocol

from newsdesk.articles import StoredArticle
from newsdesk.control import Corrected, Correction, Preview, Relabelled
from newsdesk.corroboration import Corroboration, CorroborationNews, Member
from newsdesk.decisions import Decision, Draft, Standing, State
from newsdesk.editions import Entry
from newsdesk.health import Condition, Notice, Picture
from newsdesk.judging import JudgedArticle, Label, Match, SectionProposal
from newsdesk.kinds import Dime, Kind
from newsdesk.labels import Origin
from newsdesk.learned import Learned, ModelChoice, ModelRecord, PastEntry, RankedStory
from newsdesk.links import Announcement, Link, LinkEnd, Outcome
from newsdesk.outlets import ControlStatement, Outlet
from newsdesk.permissions import Denials, RobotsAnswer
from newsdesk.polling import NextPoll
from newsdesk.ranking import Model, Rank
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import PollEnd, SourceReport, SourceState
from newsdesk.storybook import LabelledPair, StoryVerdict, StoryView
from newsdesk.versions import NextReading, PageHistory, ReadingEnd, ReadingLine, Reread


@dataclass(frozen=True)
class Announced:
    """What became of a source's announcements: how many, how many of them were unknown, and how many pages that were read
    before are to be read again (from their snapshots), because what was announced now may give them another day."""

    announced: int
    new: int
    reopened: int = 0


@dataclass(frozen=True)
class Heard:
    """What a source announced, on its way into the ledger. ``allowed`` are the hosts whose pages may be fetched, ``zone`` the
    outlet's clock where it is known."""

    source_id: str
    outlet_id: str
    announcements: Sequence[Announcement]
    allowed: Sequence[str]
    zone: tzinfo | None = None


@dataclass(frozen=True)
class Stored:
    """What became of a judged article: its id and story, and whether it is new (False: its key was stored already)."""

    article_id: int
    story_id: int
    new: bool
    candidate_id: int | None


@dataclass(frozen=True)
class ReadPage:
    """A page that was fetched, read and judged, on its way to the shelf. ``told`` is what its reader knew of its announcement
    (None: not to be compared); where the ledger has learned of another publication meanwhile, the page is read again. ``zone``
    is the outlet's clock where it is known."""

    link_id: int
    judged: JudgedArticle
    snapshot: SnapshotRef
    told: Announcement | None = None
    zone: tzinfo | None = None


class SourceBook(Protocol):
    """When each source is polled, and what it answered."""

    def sync(self, outlets: Sequence[Outlet], now: datetime) -> None:
        """Bring the rows in line with the configuration; sources no longer configured keep their history."""

    def due(self, now: datetime) -> Sequence[SourceState]:
        """Configured, switched-on sources whose time has come, the longest due first."""

    def state(self, source_id: str) -> SourceState:
        """Raises NotFound."""

    def record_poll(self, end: PollEnd, then: NextPoll) -> None:
        """Append to the poll log and update the source's memory as ``newsdesk.polling.after_poll`` decided, in one
        transaction. Raises NotFound. A poll told twice (same source and moment) is kept once."""

    def record_polls(self, told: Sequence[tuple[PollEnd, NextPoll]]) -> None:
        """As ``record_poll`` for many, in one transaction: all or none."""

    def report(self) -> Sequence[SourceReport]: ...


class LinkLedger(Protocol):
    """Every announced address, leased for fetching, ended in exactly one outcome."""

    def announce(
        self, source_id: str, outlet_id: str, announcements: Sequence[Announcement], allowed: Sequence[str], now: datetime
    ) -> Announced:
        """Record announcements. Unknown keys become waiting links; an address on none of the ``allowed`` hosts ends at
        once as OFF_HOST, one without address as NO_ADDRESS (keyed by source and entry), a malformed one as BAD_ADDRESS.
        A known key gains the announcement's hints where it had none, and the better of both publications
        (newsdesk/hints.py). Idempotent."""

    def announce_many(self, heard: Sequence[Heard], now: datetime) -> Sequence[Announced]:
        """As ``announce`` for several sources in one transaction: all or none. A page that was stored and whose publication
        the announcement may change waits to be read again from its snapshot."""

    def waiting_outlets(self, now: datetime) -> Sequence[str]:
        """Outlets with links to fetch or with snapshots to read."""

    def unread_outlets(self, now: datetime) -> Sequence[str]:
        """Outlets with snapshots to read."""

    def lease(self, outlet_id: str, limit: int, holder: str, now: datetime, lease_seconds: int) -> Sequence[Link]:
        """Take links that wait and whose time has come (or whose lease ran out), oldest first."""

    def unread(self, outlet_id: str, holder: str, now: datetime, lease_seconds: int) -> Sequence[tuple[Link, SnapshotRef]]:
        """Lease links whose snapshot was taken by a process that ended before reading it: read again, do not fetch."""

    def snapshot_taken(self, link_id: int, snapshot: SnapshotRef, now: datetime) -> None: ...

    def snapshots_taken(self, taken: Sequence[tuple[int, SnapshotRef]], now: datetime) -> None:
        """As ``snapshot_taken`` for many links that are known, in one transaction; one that has ended stays as it is."""

    def end(self, link_id: int, outcome: Outcome, detail: str, now: datetime) -> None: ...

    def postpone(self, link_id: int, outcome: Outcome, detail: str, next_try_at: datetime, now: datetime, *, tried: bool = True) -> None:
        """Let a link wait after a RETRY outcome. The attempt counts unless the host was not asked at all (``tried``
        False: it is left alone for a while)."""

    def release(self, holder: str) -> int:
        """Give back all leases of a holder (a process that ended); returns how many."""

    def ends(self, source_id: str | None = None, since: datetime | None = None) -> Sequence[LinkEnd]:
        """How links stand; ``since`` keeps those that changed at or after it."""


class ArticleShelf(Protocol):
    """Articles, their stories, and what waits for the editors."""

    def store(self, link_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime) -> Stored:
        """Store an article, join it to its story, propose or update its candidate, and end its link (STORED, or
        SAME_ARTICLE when its key is stored already): one transaction. Idempotent."""

    def store_many(self, pages: Sequence[ReadPage], now: datetime) -> Sequence[Stored]:
        """As ``store`` for several pages, one after another in one transaction: all or none. Raises what refused one."""

    def articles(self, outlet_id: str | None = None, limit: int | None = None) -> Sequence[StoredArticle]: ...

    def article(self, article_id: int) -> StoredArticle:
        """Raises NotFound."""

    def snapshot(self, article_id: int) -> SnapshotRef:
        """Raises NotFound."""

    def search(self, words: str, limit: int) -> Sequence[StoredArticle]:
        """Articles whose title or text holds all the words, newest first."""


class PageShelf(Protocol):
    """Pages of articles whose story stands before the editors: read again, and what they said then. Needs no lease: one
    process collects, and an outlet runs once at a time; a reading that was cut is due again."""

    def due_outlets(self, now: datetime) -> Sequence[str]:
        """Outlets with pages whose time has come."""

    def due(self, outlet_id: str, limit: int, now: datetime) -> Sequence[Reread]:
        """Its pages to read again now, the longest due first."""

    def record(self, end: ReadingEnd, then: NextReading) -> None:
        """Log a reading, keep a new version, remember when the next is, in one transaction. Raises NotFound."""

    def postpone(self, article_id: int, until: datetime) -> None:
        """Read a page again at ``until`` at the earliest, because its host is left alone; no reading is logged."""

    def readings(self, since: datetime) -> Sequence[ReadingLine]:
        """The log from a moment on, oldest first."""

    def histories(self, article_ids: Sequence[int]) -> Mapping[int, PageHistory]:
        """Versions and readings of articles, by id; unknown ids are left out."""

    def version_counts(self) -> Mapping[int, int]:
        """How many versions the articles have that have more than one."""


@dataclass(frozen=True)
class Standings:
    """What the last check of the health found; ``checked_at`` is None before the first."""

    conditions: Sequence[Condition]
    checked_at: datetime | None


class HealthBook(Protocol):
    """Counts by day, what is the matter, and the log of what was told."""

    def gather(self, now: datetime) -> Picture:
        """Bring the counts by day up to date and return the last 28 days and today."""

    def picture(self, now: datetime) -> Picture:
        """The same without counting anew."""

    def record(self, found: Sequence[Condition], now: datetime) -> Notice:
        """Keep what a check found and log what is new and what is fixed, in one transaction. A condition that stands
        already keeps its earlier ``since``."""

    def standings(self) -> Standings: ...

    def notices(self, limit: int) -> Sequence[Notice]:
        """The last notices, newest first."""


@dataclass(frozen=True)
class QueueFilter:
    """What the editor wants to see. ``state`` WAITING includes held candidates whose day has come (``today``)."""

    today: date
    state: State = State.WAITING
    section_id: str | None = None
    language: str | None = None
    label: Label | None = None
    outlet_id: str | None = None
    words: str | None = None
    kind: Kind | None = None
    category: Dime | None = None
    page: int = 1
    page_size: int = 30
    learn_share: float = 0.0  # of the queue's first ``learn_page`` places, kept for waiting stories from further down (0-0.5)
    learn_page: int = 30


@dataclass(frozen=True)
class QueueItem:
    """A candidate in the list. Title, outlet, language, day and label are those of its leading article. ``rank`` (0-100) is
    where the ranking puts it, None before it has seen it; ``to_learn`` says that a lot brought it here, not its rank.
    ``joined_since`` counts the articles that joined its story after the last decision on it; ``page_news``
    says what became of the page that was held or cited since then. ``kind`` None: nobody looked.
    ``relayed`` says whose report a relay gives and what shows it, empty where the label is the publisher's own."""

    candidate_id: int
    article_id: int
    title: str
    outlet_id: str
    language: str | None
    published_on: date | None
    label: Label
    score: float
    section_id: str | None
    reasons: Sequence[str]
    articles_in_story: int
    state: State
    held_until: date | None
    rank: float | None = None
    rank_reasons: Sequence[str] = ()
    to_learn: bool = False
    joined_since: int = 0
    page_news: str = ""
    corroboration: str | None = None
    kind: Kind | None = None
    category: Dime | None = None
    relayed: str = ""


@dataclass(frozen=True)
class Facets:
    """How many candidates of the chosen state each filter value holds."""

    sections: Mapping[str, int]
    languages: Mapping[str, int]
    labels: Mapping[str, int]
    outlets: Mapping[str, int]
    states: Mapping[str, int]
    kinds: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class QueuePage:
    items: Sequence[QueueItem]
    total: int
    facets: Facets


@dataclass(frozen=True)
class CandidateView:
    """All that the editor sees of one candidate. ``article`` leads; ``others`` are the rest of its story. ``matches`` and
    ``origins_shown`` have their places in its first text, which is the one shown, also where a newer one was judged."""

    candidate_id: int
    article: StoredArticle
    others: Sequence[StoredArticle]
    score: float
    reasons: Sequence[str]
    matches: Sequence[Match]
    sections: Sequence[SectionProposal]
    standing: Standing
    decisions: Sequence[Decision]
    rank: float | None = None
    rank_reasons: Sequence[str] = ()
    ranked_by: int | None = None
    origins_shown: Sequence[Origin] = ()


class DeskShelf(Protocol):
    """The editors' queue and their decisions."""

    def queue(self, wanted: QueueFilter) -> QueuePage: ...

    def candidate(self, candidate_id: int) -> CandidateView:
        """Raises NotFound."""

    def decide(self, candidate_id: int, draft: Draft, by: str, seen: int, now: datetime) -> Decision:
        """Append a decision. Raises IllegalMove, NotFound, or OutdatedView when ``seen`` is not the present count."""

    def last_decision_of(self, by: str) -> Decision | None:
        """The editor's own last decision that still counts, for undo from anywhere."""

    def entries(self, month: str) -> Sequence[Entry]:
        """Accepted candidates of an edition, by section order of acceptance and position. ``outlet_printed`` is the
        outlet's id here; the caller prints its name."""

    def narratives(self, month: str) -> Mapping[str, str]: ...

    def write_narrative(self, month: str, section_id: str, text: str, by: str, now: datetime) -> None: ...

    def log_export(self, month: str, form: str, by: str, waiver: str | None, findings: Sequence[str], now: datetime) -> int:
        """Note an export with its waiver; returns the edition's revision."""


class ControlBook(Protocol):
    """Who is said to control the outlets, as the configuration states it, and its corrections."""

    def preview(self, outlet_id: str, new: ControlStatement) -> Preview:
        """What a correction would change; nothing is. Raises NotFound, UnfitStatement."""

    def correct(
        self, outlet_id: str, new: ControlStatement, *, reason: str, by: str, seen: Sequence[ControlStatement], now: datetime
    ) -> Corrected:
        """Write a statement into the outlet's file, log who did it and why, and bring the stored labels in line. ``seen`` are
        the statements the editor saw. Raises OutdatedView, UnfitStatement, NotFound, ConfigurationError, changing nothing."""

    def stated(self, outlet_id: str) -> Outlet:
        """The outlet as its file states it now. Raises NotFound, ConfigurationError."""

    def relabelled_by(self, correction_id: int) -> Sequence[Relabelled]:
        """Every article that a correction relabelled: its outlet's and those that relay it."""

    def corrections(self, outlet_id: str) -> Sequence[Correction]:
        """The latest first."""

    def changes(self, outlet_id: str, limit: int = 200) -> Sequence[tuple[Relabelled, datetime]]:
        """The labels of its articles that were changed, the latest first, with when."""


class RankingBook(Protocol):
    """What the ranking learned, what it learns from, and which version of it ranks (version 0: the watch-list alone)."""

    def decided(self, limit: int) -> Sequence[RankedStory]:
        """Of the ``limit`` candidates decided last, the last first, those whose decision teaches something."""

    def lessons(self) -> int:
        """How many such candidates there are."""

    def background(self, limit: int, now: datetime) -> Sequence[RankedStory]:
        """Stories nobody wanted so far: candidates that have waited for long, and articles that were never proposed."""

    def add_past(self, entries: Sequence[PastEntry], now: datetime) -> int:
        """Keep entries of past editions; returns how many were new."""

    def past(self) -> Sequence[PastEntry]: ...

    def keep(self, learned: Learned, lessons: int, by: str, now: datetime) -> ModelRecord:
        """Keep a training run; where its check passed, its model ranks from now on. Raises ValueError without a model."""

    def choose(self, version: int, by: str, why: str, now: datetime) -> None:
        """Let a version rank from now on. Raises NotFound."""

    def records(self, limit: int = 50) -> Sequence[ModelRecord]:
        """The last training runs, the newest first."""

    def choices(self, limit: int = 50) -> Sequence[ModelChoice]:
        """Who let which version rank, the newest first."""

    def current(self) -> tuple[int, Model | None]:
        """The version that ranks, and its model; 0 and None for the watch-list alone. Raises ModelDamaged."""

    def unranked(self, version: int, limit: int) -> Sequence[RankedStory]:
        """Open candidates that this version has not ranked as they stand now, the highest score first."""

    def write_ranks(self, ranks: Sequence[tuple[RankedStory, Rank]], version: int) -> None:
        """Keep ranks of candidates, except where the story has changed since it was read."""

    def counts(self) -> Mapping[int, int]:
        """How many open candidates each version has ranked."""


class StoryBook(Protocol):
    """Stories as editors see them, and the append-only log of what they say of them. ``seen`` is ``StoryView.seen`` of the
    page the editor had before them; a story that became part of another stands for that other."""

    def story(self, story_id: int) -> StoryView:
        """Raises NotFound."""

    def merge(self, story_id: int, other_story_id: int, by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """Make two stories one. Raises NotFound, OutdatedView."""

    def split(self, story_id: int, article_ids: Sequence[int], by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """Make some articles a story of their own, which never joins the rest again by itself. Raises NotFound, OutdatedView,
        and IllegalMove where nothing would stay or an accepted entry cites an article that would go."""

    def keep_apart(self, story_id: int, other_story_id: int, by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """Say that two stories are not the same: they are neither joined nor suggested again. Raises NotFound, OutdatedView."""

    def undo(self, verdict_id: int, by: str, now: datetime) -> StoryVerdict:
        """Take a verdict back. Raises NotFound, OutdatedView, and IllegalMove where the story has changed since."""

    def labels(self) -> Sequence[LabelledPair]:
        """The pairs of articles on which a verdict stands: the labelled set of the next measurement."""


class CorroborationBook(Protocol):
    """Who else reports a story, and what of it is news to the editors."""

    def members(self, story_id: int) -> tuple[Member, ...]:
        """The articles of a story, oldest stored first."""

    def of_story(self, story_id: int) -> tuple[Corroboration, datetime] | None:
        """What the last search of a story came to, and when it was made; None where none was made."""

    def news(self) -> Sequence[CorroborationNews]:
        """What editors have not seen yet, the latest first."""

    def seen(self, news_id: int, by: str, now: datetime) -> None:
        """An editor has seen it."""


class RobotsLedger(Protocol):
    """What hosts' robots.txt said when they were last asked, and what was left alone because of it."""

    def note(self, answer: RobotsAnswer) -> None:
        """Keep the last answer of an origin; one that could not be had leaves the rules of the last one standing."""

    def answers(self) -> Mapping[str, RobotsAnswer]:
        """The last answer of every origin. ``rules`` is None only where none was ever had."""

    def denials(self) -> Mapping[str, Denials]:
        """By source: how many links ended as ROBOTS_DENIED."""


@dataclass(frozen=True)
class User:
    """An editor's account; ``password_hash`` is Argon2id in PHC string form."""

    name: str
    password_hash: str
    created_at: datetime
    switched_off: bool = False


class Accounts(Protocol):
    def user(self, name: str) -> User | None: ...

    def users(self) -> Sequence[User]: ...

    def add_user(self, name: str, password_hash: str, now: datetime) -> None:
        """Raises StorageError when the name is taken."""

    def set_password(self, name: str, password_hash: str) -> None:
        """Raises NotFound."""

    def switch_user(self, name: str, off: bool) -> None:
        """Raises NotFound."""
