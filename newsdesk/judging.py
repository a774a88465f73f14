"""The values that judgement produces: label, fingerprints, relevance. The rules stand in provenance.py, fingerprints.py,
stories.py and relevance.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from newsdesk.articles import Article
from newsdesk.kinds import Category, Genre
from newsdesk.labels import Label, Origin, OriginKind, Provenance

if TYPE_CHECKING:
    from newsdesk.telling import Telling  # what it imports takes a tenth of a second, which a worker process need not spend

__all__ = [
    "JudgedArticle", "Label", "Match", "Origin", "OriginKind", "Provenance", "Relevance", "SectionProposal", "TermKind",
]  # fmt: skip


class TermKind(StrEnum):
    """What a watched term stands for."""

    ACTOR = "actor"  # an external actor: its names, demonyms, persons, organisations
    PLACE = "place"  # a country of the region: its names, demonyms, cities, persons, organisations
    TOPIC = "topic"


@dataclass(frozen=True)
class Match:
    """A watched term found in an article. ``start`` and ``end`` are offsets in code points into the field's text;
    ``concept`` is what it stands for: ``actor:RU``, ``place:VE``, ``topic:vaccine``."""

    where: str  # "title" or "text"
    start: int
    end: int
    words: str
    concept: str
    kind: TermKind


@dataclass(frozen=True)
class SectionProposal:
    """A section of the monitor, how well it fits (0-1), and why in words."""

    section_id: str
    fit: float
    why: str


@dataclass(frozen=True)
class Relevance:
    """How much an article matters (0-100), with reasons in words, the matches, and proposed sections, best first."""

    score: float
    reasons: Sequence[str]
    matches: Sequence[Match]
    sections: Sequence[SectionProposal]
    actors: Sequence[str]
    places: Sequence[str]


@dataclass(frozen=True)
class JudgedArticle:
    """An article with everything that can be said of it alone; ``fingerprints`` are the winnowed hashes (signed 64 bit)
    and ``fingerprint_version`` names function and parameters. ``provenance`` is the label that is printed; ``publisher`` the
    publisher's own, None where its text's ``origins`` were not looked for. ``telling`` is what is compared to find the reports
    of one event, None where nobody drew it: such an article joins only what it copies. ``genre`` says whether it is opinion or
    a declaration, None where nobody looked; ``categories`` are its means of power, best first."""

    key: str
    outlet_id: str
    source_id: str
    article: Article
    provenance: Provenance
    fingerprints: Sequence[int]
    fingerprint_version: str
    relevance: Relevance
    origins: Sequence[Origin] = ()
    publisher: Provenance | None = None
    telling: Telling | None = None
    genre: Genre | None = None
    categories: Sequence[Category] = ()
