"""Values in words and marked pieces, as the templates show them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol
from urllib.parse import urlsplit

from newsdesk.articles import Article
from newsdesk.decisions import Decision, Move
from newsdesk.judging import Label
from newsdesk.moments import Hint, Moment, Precision
from newsdesk.printing import language_name, without_dateline

LABEL_WORDS = {Label.STATE_MEDIA: "State media", Label.NOT_STATE_MEDIA: "Not state media", Label.UNKNOWN: "Unknown control"}

HINT_WORDS = {
    Hint.JSON_LD: "the page's structured data (JSON-LD)",
    Hint.OPEN_GRAPH: "the page's OpenGraph data",
    Hint.META: "the page's meta elements",
    Hint.TIME_ELEMENT: "a time element on the page",
    Hint.HEADING: "the page's heading",
    Hint.TITLE_ELEMENT: "the page's title element",
    Hint.BYLINE: "the byline",
    Hint.TEXT: "the text",
    Hint.ADDRESS: "the address",
    Hint.FEED: "the feed",
    Hint.SITEMAP: "the news sitemap",
    Hint.SECTION_PAGE: "the section page",
    Hint.MARKUP: "the page's markup",
    Hint.DETECTOR: "the language detector",
    Hint.EXTRACTOR: "the extractor",
    Hint.OUTLET: "the outlet's configuration",
}

MONTHS = "January February March April May June July August September October November December".split()

# Controls without a width, and the overrides and isolates that make text read as what it is not (Unicode TR36, 3.1; TR9, 2).
_DEADLY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_REPLACEMENT = "\ufffd"


def deaden(text: str) -> str:
    """The text with control characters and direction overrides replaced one for one, so that offsets stay true."""
    return _DEADLY.sub(_REPLACEMENT, text)


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``kinds`` are the kinds of term that cover it (none: plain), ``concepts`` what they stand for."""

    text: str
    kinds: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


class Spot(Protocol):
    """A stretch to mark: a watched term that was found, or the words that show whose report it is."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def concept(self) -> str: ...


def mark(text: str, matches: Iterable[Spot]) -> tuple[Piece, ...]:
    """Cut a text at the bounds of its matches; matches may overlap, and what lies outside the text is left out."""
    spans = [(max(0, m.start), min(len(text), m.end), m) for m in matches]
    spans = sorted(((start, end, m) for start, end, m in spans if start < end), key=lambda span: span[:2])
    bounds = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces: list[Piece] = []
    covering: list[tuple[int, int, Spot]] = []
    position = 0
    for start, end in pairwise(bounds):
        while position < len(spans) and spans[position][0] <= start:
            covering.append(spans[position])
            position += 1
        covering = [span for span in covering if span[1] > start]
        kinds = tuple(dict.fromkeys(str(m.kind) for _, _, m in covering))
        concepts = tuple(dict.fromkeys(m.concept for _, _, m in covering))
        pieces.append(Piece(text[start:end], kinds, concepts))
    return tuple(pieces)


def paragraphs(text: str, matches: Iterable[Spot]) -> tuple[tuple[Piece, ...], ...]:
    """Marked pieces by paragraph (divided by newlines, empty ones left out). Raises nothing."""
    result: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    for piece in mark(text, matches):
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                result.append(tuple(current))
                current = []
            if line:
                current.append(Piece(line, piece.kinds, piece.concepts))
    result.append(tuple(current))
    return tuple(pieces for pieces in result if any(piece.text.strip() for piece in pieces))


_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«¿¡(]*[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Gen|Gov|Sen|St|No|vs|Lic|Ing|Gral|Cnel|EE|UU|U\.S|Jr))\.$")


_SENTENCE_CHARACTERS = 60  # a shorter first line is a dateline, a byline or an aside, not what the article says


def lead_sentence(article: Article, longest: int = 400) -> str:
    """The article's first sentence (a page's description is too often an aside), as a beginning for the report; at most
    ``longest`` characters, cut between words."""
    first = [" ".join(line.split()) for line in article.text.strip().split("\n", 5)[:5]]
    text = without_dateline(next((line for line in first if len(line) >= _SENTENCE_CHARACTERS), first[0] or article.lead or ""))
    begin = 0
    while end := _SENTENCE_END.search(text, begin):
        if not _ABBREVIATION.search(text[: end.start()]):
            text = text[: end.start()] + text[end.start() : end.end()].rstrip()
            break
        begin = end.end()
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + "…"


def without_lead_in(report: str, lead_in: str) -> str:
    """The report without a lead-in the editor typed: the program adds it from the provenance, and it must not stand twice."""
    bare = report.strip()
    while lead_in and bare.casefold().startswith(lead_in.casefold()):
        rest = bare[len(lead_in) :]
        if rest[:1].isalnum():
            return bare
        bare = re.sub(r"^(?:\s+that\b|[\s:,])+", "", rest, flags=re.IGNORECASE)
        bare = bare[:1].upper() + bare[1:]
    return bare


def web_address(address: str) -> str | None:
    """The address if a browser may follow it: http or https with a host; None for anything else (javascript:, data:)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def day_words(day: date | None) -> str:
    """``16 November 2020``, or that nobody stated it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "no day stated"


def month_words(month: str) -> str:
    """``2020-11`` as ``November 2020``; anything else as it is."""
    try:
        first = date.fromisoformat(month + "-01")
    except ValueError:
        return month
    return f"{MONTHS[first.month - 1]} {first.year}"


def at_words(at: datetime | None) -> str:
    """``16 Nov 2020, 09:05 UTC``, or never."""
    return f"{at.day} {MONTHS[at.month - 1][:3]} {at.year}, {at:%H:%M} UTC" if at else "never"


def offset_words(minutes: int | None) -> str:
    """An offset in minutes as ``UTC−04:00``, or that none was stated."""
    if minutes is None:
        return "no offset from UTC stated"
    return f"UTC{'−' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def moment_words(moment: Moment) -> str:
    """What the witness said, as exactly as it was said."""
    if moment.precision is Precision.DAY:
        return "the day only, no hour"
    form = "%H:%M:%S" if moment.precision is Precision.SECOND else "%H:%M"
    instant = f"{moment.at.strftime(form)} UTC on {day_words(moment.at.date())}"
    return f"{instant}, exact to the {moment.precision}, {offset_words(moment.offset_minutes)}"


def language_words(code: str | None) -> str:
    """English name of a language code; the code itself where we have no name."""
    return language_name(code) if code else "unknown language"


def label_of(label: str) -> Label:
    """A stored label; anything unreadable is UNKNOWN, never independent (field notes 17)."""
    try:
        return Label(label)
    except ValueError:
        return Label.UNKNOWN


def decision_words(decision: Decision, section_name: str) -> str:
    """What an editor did, without name and time: ``accepted it into Hezbollah of November 2020``."""
    draft = decision.draft
    reason = f": {draft.reason}" if draft.reason else ""
    if draft.move is Move.ACCEPT:
        return f"accepted it into {section_name} of {month_words(draft.edition or '')}"
    if draft.move is Move.EDIT:
        return f"edited its entry in {section_name} of {month_words(draft.edition or '')}"
    if draft.move is Move.REJECT:
        return f"rejected it{reason}"
    if draft.move is Move.HOLD:
        return f"held it until {day_words(draft.until)}{reason}"
    return "took the last decision back"


def months_around(now: date, *kept: str | None) -> Sequence[str]:
    """Previous, current and next month as ``YYYY-MM``, and those of ``kept`` besides, in order."""
    number = now.year * 12 + now.month - 1
    around = {f"{(number + step) // 12:04d}-{(number + step) % 12 + 1:02d}" for step in (-1, 0, 1)}
    return sorted(around | {month for month in kept if month})


def next_month(month: str, step: int) -> str:
    """The month ``step`` months later."""
    year, number = (int(part) for part in month.split("-"))
    total = year * 12 + number - 1 + step
    return f"{total // 12:04d}-{total % 12 + 1:02d}"
