"""The monthly product: sections, entries, the edition, and the rules it is checked against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsdesk.judging import Label


@dataclass(frozen=True)
class Section:
    """A section of the monitor. ``heading`` is printed (None where the 2020-11 edition shows a picture instead: then
    ``name`` is printed); ``parent`` groups sub-sections under their block; ``narrative`` says whether one begins it."""

    id: str
    name: str
    parent: str | None = None
    narrative: bool = False
    must_read: bool = False


@dataclass(frozen=True)
class Entry:
    """A candidate as it will be printed.

    ``report`` is the editor's sentence without lead-in; ``outlet_printed`` the name to cite; ``published_on`` the day to
    print (None: the edition check refuses it, except for must-reads); ``language`` ISO 639-1 of the content; ``page_news``
    what happened to the cited page since the decision, empty where nothing did; ``opinion`` and ``declaration`` why the cited
    article reads as one, empty where it does not or nobody looked; ``corroboration`` is the verdict of the last search for an
    independent report (``newsdesk.corroboration.Verdict``), None where none was made, ``corroboration_why`` its sentence.
    """

    candidate_id: int
    article_id: int
    section_id: str
    report: str
    outlet_id: str
    outlet_printed: str
    address: str
    published_on: date | None
    language: str | None
    label: Label
    label_why: str
    accepted_by: str
    position: float
    other_outlets: Sequence[str] = ()
    page_news: str = ""
    corroboration: str | None = None
    corroboration_why: str = ""
    opinion: str = ""
    declaration: str = ""


@dataclass(frozen=True)
class Edition:
    """A month (``YYYY-MM``), its sections in print order, its entries in order, its narratives by section id."""

    month: str
    sections: Sequence[Section]
    entries: Sequence[Entry]
    narratives: Sequence[tuple[str, str]] = ()
    revision: int = 0


@dataclass(frozen=True)
class Finding:
    """What the check says: ``refuses`` stops the export unless waived; a note does not."""

    rule: str
    refuses: bool
    sentence: str
    candidate_ids: Sequence[int] = ()


@dataclass(frozen=True)
class Policy:
    """The desk's rules as configured (config/policy.yaml).

    ``state_share_limit`` is the largest share of state-media entries (0-1); ``labelled_controls`` and ``labelled_states``
    together make the rule "State media reports"; ``lead_in`` is the words; ``disclaimer`` is printed last, a paragraph a
    string; ``candidate_threshold`` is the score (0-100) from which a story waits in the queue; ``exploration_share`` is the
    share (0-0.5) of the queue's first page that is kept for stories from further down, so that the ranking learns of them too.
    """

    state_share_limit: float
    labelled_controls: frozenset[str]
    labelled_states: frozenset[str]
    lead_in: str
    disclaimer: Sequence[str]
    candidate_threshold: float
    title: str = "The Monitor"
    exploration_share: float = 0.1
