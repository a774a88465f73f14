"""What kind of piece an article is, what it declares, and by which means of power its matter is pursued: the values. The
rules stand in genre.py, declarations.py and categories.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a page calls its piece, or what its shape shows. OPINION, EDITORIAL, LETTER and REVIEW are opinion;
    an analysis may be either and is judged by its register; the others report."""

    REPORT = "report"
    OPINION = "opinion"
    EDITORIAL = "editorial"
    LETTER = "letter"
    REVIEW = "review"
    ANALYSIS = "analysis"
    INTERVIEW = "interview"
    LIVE = "live"
    EXPLAINER = "explainer"


class Kind(StrEnum):
    """What the queue is filtered by. An opinion that also declares is an opinion."""

    REPORT = "report"
    OPINION = "opinion"
    DECLARATION = "declaration"


@dataclass(frozen=True)
class Sign:
    """Something that speaks for opinion (``toward`` positive, in log-odds) or for a report (negative), with the words or
    the mark that show it."""

    name: str
    toward: float
    words: Sequence[str]
    why: str


@dataclass(frozen=True)
class Declaration:
    """Somebody's words against somebody. ``speaker`` as printed; ``side`` is the watched concept whose voice it is;
    ``against`` are ids of targets; ``act`` is the verb and ``charges`` the hostile words; ``words`` is the sentence,
    ``start`` and ``end`` its offsets in the field ``where`` (title or text); ``why`` a sentence for the editor."""

    speaker: str
    side: str
    against: Sequence[str]
    act: str
    charges: Sequence[str]
    words: str
    where: str
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Genre:
    """The genre of an article. ``opinion`` is the likelihood (0-1) that it is opinion; ``signs`` are the strongest first;
    ``declares`` says that a declaration is what the article is about, not something it mentions."""

    opinion: float
    is_opinion: bool
    form: Form
    signs: Sequence[Sign]
    declarations: Sequence[Declaration]
    declares: bool
    why: str

    @property
    def kind(self) -> Kind:
        if self.is_opinion:
            return Kind.OPINION
        return Kind.DECLARATION if self.declares else Kind.REPORT


class Dime(StrEnum):
    """The four means of power, in the order of their name."""

    DIPLOMATIC = "diplomatic"
    INFORMATIONAL = "informational"
    MILITARY = "military"
    ECONOMIC = "economic"


@dataclass(frozen=True)
class Category:
    """A category of an article, how strongly it shows (0-1), the words that show it, and the same in a sentence."""

    category: Dime
    fit: float
    words: Sequence[str]
    why: str
