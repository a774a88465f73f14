"""Announced addresses, and the one outcome each of them ends in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsdesk.moments import Hint, Moment


@dataclass(frozen=True)
class Announcement:
    """What a source said of one article. ``address`` is absolute, or None where the entry names none.

    ``hint`` is FEED, SITEMAP or SECTION_PAGE. ``entry_id`` is the feed's own id (RSS guid, Atom id), which is kept but
    never used as the key. ``origin`` is RSS ``source`` or another named originator. ``published_by`` is the kind of source
    that stated ``published`` where it is another than ``hint``, because several sources announced the address.
    """

    address: str | None
    hint: Hint
    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    authors: Sequence[str] = ()
    language: str | None = None
    summary: str | None = None
    entry_id: str | None = None
    origin: str | None = None
    published_by: Hint | None = None


class Fate(StrEnum):
    """What an outcome means for the link."""

    KEPT = "kept"  # its article is stored
    ENDED = "ended"  # no article, and asking again is of no use
    RETRY = "retry"  # no article yet; asked again later, and ended when the attempts are used up


class Outcome(StrEnum):
    """The one counted end of a link (or of a poll, for those marked so). ``sentence`` is for the editor."""

    STORED = "stored"
    SAME_ARTICLE = "same_article"
    NOT_AN_ARTICLE = "not_an_article"
    SECTION_PAGE = "section_page"
    CONSENT_WALL = "consent_wall"
    SOFT_NOT_FOUND = "soft_not_found"
    PAYWALL_STUB = "paywall_stub"
    EMPTY_BODY = "empty_body"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    OFF_HOST = "off_host"
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    PRIVATE_ADDRESS = "private_address"
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    CLIENT_ERROR = "client_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    UNEXPECTED_STATUS = "unexpected_status"
    REDIRECT_LOOP = "redirect_loop"
    TIMEOUT = "timeout"
    NAME_NOT_RESOLVED = "name_not_resolved"
    CONNECTION_FAILED = "connection_failed"
    TLS_FAILED = "tls_failed"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    COMPRESSION_BOMB = "compression_bomb"
    UNSUPPORTED_TYPE = "unsupported_type"
    READER_TIMEOUT = "reader_timeout"
    READER_MEMORY = "reader_memory"
    READER_FAILED = "reader_failed"
    NOT_ARCHIVED = "not_archived"

    @property
    def fate(self) -> Fate:
        return _MEANING[self][0]

    @property
    def sentence(self) -> str:
        return _MEANING[self][1]


_MEANING: dict[Outcome, tuple[Fate, str]] = {
    Outcome.STORED: (Fate.KEPT, "The article is stored."),
    Outcome.SAME_ARTICLE: (Fate.KEPT, "The page names another address as its own, and that article is stored already."),
    Outcome.NOT_AN_ARTICLE: (Fate.ENDED, "The page holds no article that could be told from its surroundings."),
    Outcome.SECTION_PAGE: (Fate.ENDED, "The page is a list of articles, not an article."),
    Outcome.CONSENT_WALL: (Fate.ENDED, "The page shows a consent form where the article should be."),
    Outcome.SOFT_NOT_FOUND: (Fate.ENDED, "The page says that the article does not exist, though with a status of success."),
    Outcome.PAYWALL_STUB: (Fate.ENDED, "The page shows only a stub before a subscription form."),
    Outcome.EMPTY_BODY: (Fate.ENDED, "The answer has no content."),
    Outcome.NO_ADDRESS: (Fate.ENDED, "The announcement names no address."),
    Outcome.BAD_ADDRESS: (Fate.ENDED, "The announced address is not a web address."),
    Outcome.OFF_HOST: (Fate.ENDED, "The address is not on the outlet's own hosts (advertisement, partner or foreign link)."),
    Outcome.ROBOTS_DENIED: (Fate.ENDED, "The host's robots.txt asks us not to fetch this address."),
    Outcome.ROBOTS_UNREACHABLE: (Fate.RETRY, "The host's robots.txt cannot be had, which RFC 9309 reads as: do not fetch."),
    Outcome.PRIVATE_ADDRESS: (Fate.ENDED, "The address leads into a private or local network, and the operator has not allowed that host."),
    Outcome.NOT_FOUND: (Fate.ENDED, "The host says that the page does not exist (404)."),
    Outcome.GONE: (Fate.ENDED, "The host says that the page is gone for good (410)."),
    Outcome.FORBIDDEN: (Fate.RETRY, "The host refuses to show the page (401, 402, 403 or 451)."),
    Outcome.CLIENT_ERROR: (Fate.ENDED, "The host rejects the request (another 4xx)."),
    Outcome.TOO_MANY_REQUESTS: (Fate.RETRY, "The host asks us to come less often (429)."),
    Outcome.SERVER_ERROR: (Fate.RETRY, "The host failed to answer properly (5xx)."),
    Outcome.UNEXPECTED_STATUS: (Fate.RETRY, "The answer has a status that means nothing for an article."),
    Outcome.REDIRECT_LOOP: (Fate.ENDED, "The address redirects in a circle or too many times."),
    Outcome.TIMEOUT: (Fate.RETRY, "The host did not finish its answer in time."),
    Outcome.NAME_NOT_RESOLVED: (Fate.RETRY, "The host's name cannot be resolved."),
    Outcome.CONNECTION_FAILED: (Fate.RETRY, "The connection was refused, reset or lost."),
    Outcome.TLS_FAILED: (Fate.RETRY, "The host's certificate or its TLS cannot be trusted."),
    Outcome.TRUNCATED: (Fate.RETRY, "The answer broke off before its end."),
    Outcome.TOO_LARGE: (Fate.ENDED, "The answer is larger than the limit."),
    Outcome.COMPRESSION_BOMB: (Fate.ENDED, "The compressed answer unfolds to more than the limit."),
    Outcome.UNSUPPORTED_TYPE: (Fate.ENDED, "The answer is no HTML page (a document, picture, sound or film)."),
    Outcome.READER_TIMEOUT: (Fate.ENDED, "Reading the page took longer than its budget; the snapshot is kept."),
    Outcome.READER_MEMORY: (Fate.ENDED, "Reading the page took more memory than its budget; the snapshot is kept."),
    Outcome.NOT_ARCHIVED: (Fate.RETRY, "The answer could not be kept in our archive (a full disk?); nothing is read before it is kept."),
    Outcome.READER_FAILED: (Fate.ENDED, "The reader failed on this page; the snapshot is kept."),
}


class PollOutcome(StrEnum):
    """The one counted end of a poll of a source, where the exchange itself succeeded; a failed exchange ends in the
    ``Outcome`` of that failure."""

    READ = "read"
    NOT_MODIFIED = "not_modified"
    SAME_BODY = "same_body"
    EMPTY = "empty"
    PARTLY_READ = "partly_read"
    NOT_A_FEED = "not_a_feed"
    NOT_A_NEWS_SITEMAP = "not_a_news_sitemap"
    NO_LINKS_FOUND = "no_links_found"
    HOSTILE = "hostile"

    @property
    def sentence(self) -> str:
        return _POLL_MEANING[self]

    @property
    def is_failure(self) -> bool:
        """Whether the source did not do its office. Validators of such an answer are not kept."""
        return self in (PollOutcome.NOT_A_FEED, PollOutcome.NOT_A_NEWS_SITEMAP, PollOutcome.NO_LINKS_FOUND, PollOutcome.HOSTILE)


_POLL_MEANING: dict[PollOutcome, str] = {
    PollOutcome.READ: "The source was read.",
    PollOutcome.NOT_MODIFIED: "The source has not changed (304).",
    PollOutcome.SAME_BODY: "The source sent the same content as last time.",
    PollOutcome.EMPTY: "The source is well formed and announces nothing.",
    PollOutcome.PARTLY_READ: "The source is damaged or cut; what could be read was kept.",
    PollOutcome.NOT_A_FEED: "The source is no feed (an HTML page, say), whatever its status.",
    PollOutcome.NOT_A_NEWS_SITEMAP: "The source is no sitemap with news tags.",
    PollOutcome.NO_LINKS_FOUND: "The section page shows no links that look like articles.",
    PollOutcome.HOSTILE: "The source took more time or memory to parse than its budget (entities that expand, nesting, size).",
}


@dataclass(frozen=True)
class Rhythm:
    """What a feed states of when to ask for it: RSS ``ttl`` and the syndication module's period divided by its frequency, in
    seconds, and the hours (0 to 23, UTC) and days (0 is Monday) at which nobody need ask. Bounds for us, never an order to
    come."""

    ttl_seconds: int | None = None
    update_seconds: int | None = None
    skip_hours: Sequence[int] = ()
    skip_days: Sequence[int] = ()


@dataclass(frozen=True)
class Reading:
    """What a source's content announced. ``next_documents`` are the documents a sitemap index names (newest first).

    ``cut`` counts the entries over the cap that were left out of ``announcements``; ``next_page`` is the same source's
    next, older page where it names one; ``foreign`` counts links of a section page that look like articles on other hosts.
    """

    outcome: PollOutcome
    announcements: Sequence[Announcement] = ()
    next_documents: Sequence[str] = ()
    cut: int = 0
    detail: str = ""
    format: str = ""
    title: str | None = None
    language: str | None = None
    rhythm: Rhythm | None = None
    next_page: str | None = None
    foreign: int = 0


@dataclass(frozen=True)
class Link:
    """A ledger line: an address to fetch, once. ``key`` identifies it (newsdesk.addresses.key)."""

    id: int
    key: str
    address: str
    outlet_id: str
    source_id: str
    announcement: Announcement
    attempts: int
    first_seen_at: datetime


@dataclass(frozen=True)
class LinkEnd:
    """How a link stands after a round: its outcome, or None while it waits. ``next_try_at`` is set while it will be
    tried again."""

    key: str
    address: str
    outlet_id: str
    source_id: str
    outcome: Outcome | None
    detail: str
    attempts: int
    next_try_at: datetime | None
    article_id: int | None
