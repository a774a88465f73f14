"""Outlets, their sources, and dated statements of who controls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from newsdesk.rules import ReadingRule


class Control(StrEnum):
    """Who decides what an outlet prints: the State Media Monitor's seven codes, and ours outside that matrix."""

    SC = "SC"
    CAPU = "CaPu"
    CAPR = "CaPr"
    ISFM = "ISFM"
    ISF = "ISF"
    ISM = "ISM"
    IP = "IP"
    PRIVATE = "private"
    PRIVATE_EXILE = "private_exile"
    NONPROFIT = "nonprofit_media"
    THINK_TANK = "think_tank"
    GOVERNMENT = "government_source"
    ORGAN = "party_or_armed_group_organ"
    ALIGNED = "aligned_undisclosed_ownership"
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How well a source is known. A: somebody saw it work, with a date; B: in a maintained recipe; C: unvalidated;
    D: a guessed pattern; X: reported dead or blocked."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"


class SourceKind(StrEnum):
    """Where an outlet announces what it publishes."""

    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    SECTION_PAGE = "section_page"


@dataclass(frozen=True)
class Evidence:
    """What was seen, where, and on which day (None where the day is not known)."""

    text: str
    seen_on: date | None = None


@dataclass(frozen=True)
class ControlStatement:
    """Somebody's dated statement of who controls an outlet.

    ``controller`` is an ISO 3166-1 alpha-2 code or an armed group's name, None where no state controls it. Valid from
    and to are inclusive days; None is open.
    """

    control: Control
    controller: str | None
    basis: str
    evidence: Sequence[Evidence] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    reviewed_by: str | None = None
    review_due_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Selectors:
    """Where a section page shows its links, as CSS selectors; None leaves that part to the automatic finder.

    ``links`` chooses anchors, or blocks whose first good anchor counts; ``within`` is the part of the page to look at;
    ``next`` chooses the link to the next, older page; ``date`` the element within a link's block that states its day.
    """

    links: str | None = None
    within: str | None = None
    next: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Source:
    """An address that announces articles. ``id`` is ``OUTLET/short-name``, unique in a workspace.

    ``link_hosts`` are further hosts whose links belong to the outlet, besides its domains (feed wrappers, say).
    ``switched_off`` is the reason, None when the source is polled. ``selectors`` only a section page has. ``back_to`` is
    the day back to which older pages of the source are followed while they bring anything unknown. ``poll_minutes`` is
    the operator's own rhythm for it, None where newsdesk finds the rhythm itself.
    """

    id: str
    outlet_id: str
    kind: SourceKind
    url: str
    grade: Grade
    language: str | None = None
    evidence: Sequence[str] = ()
    link_hosts: Sequence[str] = ()
    switched_off: str | None = None
    selectors: Selectors | None = None
    back_to: date | None = None
    poll_minutes: int | None = None


@dataclass(frozen=True)
class Outlet:
    """Who publishes.

    ``id`` is a slug ``[a-z0-9_-]+``; ``names`` are the spellings under which editions cite it, the first the one to print;
    ``country`` is ISO 3166-1 alpha-2 of its seat, ``languages`` ISO 639-1; ``domains`` cover their subdomains, the most
    specific outlet wins. ``switched_off`` is the reason it is not collected, None when it is. ``permission`` is the
    operator's word that collecting is allowed although terms were reported to forbid it. A ``draft`` was found by
    ``newsdesk outlets add`` and nobody has reviewed it. ``reading`` are its own dated rules of reading, kept in a file apart.
    """

    id: str
    name: str
    names: Sequence[str]
    country: str | None
    languages: Sequence[str]
    domains: Sequence[str]
    control: Sequence[ControlStatement]
    sources: Sequence[Source]
    time_zone: str | None = None
    designations: Sequence[str] = ()
    relays: Sequence[str] = ()
    notes: str = ""
    switched_off: str | None = None
    permission: str | None = None
    draft: bool = False
    reading: Sequence[ReadingRule] = ()

    def control_on(self, day: date) -> ControlStatement | None:
        """The statement that holds on ``day``, the latest beginning first; None where nobody has said."""
        holding = [statement for statement in self.control if statement.holds_on(day)]
        return max(holding, key=lambda s: s.valid_from or date.min, default=None)
