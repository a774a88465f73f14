"""What the desk watches for, and finding it: one walk over the words of an article."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import compress, count

from newsdesk.judging import Match, TermKind
from newsdesk.words import WORD, Words, words_in, words_of

LONGEST_GAP = 3  # signs between two words of one name, as in "Díaz - Canel"; a longer gap parts them


@dataclass(frozen=True)
class Concept:
    """What watched words stand for: ``actor:RU``, ``place:VE``, ``topic:vaccine``.

    ``name`` is English, for reasons. ``section`` is the section of the monitor that it speaks for, None where it speaks
    for none. ``weight`` (0-2) is how much a mention counts. ``followed`` says of a place that the monitor follows its
    own politics also where no external actor is named.
    """

    id: str
    kind: TermKind
    name: str
    section: str | None = None
    weight: float = 1.0
    followed: bool = False


@dataclass(frozen=True)
class Form:
    """A surface form of a concept; ``concept`` None marks words that look like a watched name and are none.

    ``languages`` (ISO 639-1) empty is any language. ``exact`` asks for the capital letters as written (a text in
    capitals passes). ``supported`` counts only where the concept is also named by a form that needs no support.
    ``valid_from`` and ``valid_to`` are inclusive days of publication (None: open), for surnames of office holders.
    """

    words: str
    concept: str | None
    languages: frozenset[str] = frozenset()
    exact: bool = False
    supported: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, language: str | None, day: date | None) -> bool:
        """Whether the form counts in a text of this language and day; what is not known excludes nothing."""
        if language is not None and self.languages and language in WATCHED_LANGUAGES and language not in self.languages:
            return False
        return day is None or ((self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to))


WATCHED_LANGUAGES = frozenset({"en", "es", "pt", "fr"})


@dataclass(frozen=True)
class WatchList:
    """Concepts and their forms, as configured (config/watchlist/)."""

    concepts: tuple[Concept, ...]
    forms: tuple[Form, ...]


@dataclass
class _Node:
    """A place in the tree of folded words; its forms stand in the order in which they are preferred."""

    then: dict[str, _Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """A stretch of text and the forms that it may be."""

    start: int
    end: int
    forms: Sequence[Form]


class Matcher:
    """A watch-list made ready: built once for a process, then read only."""

    def __init__(self, watch_list: WatchList) -> None:
        self.concepts = {concept.id: concept for concept in watch_list.concepts}
        self._root = _Node()
        for form in sorted(watch_list.forms, key=lambda each: (each.supported, each.exact)):
            node = self._root
            for word in words_of(form.words):
                node = node.then.setdefault(word, _Node())
            if node is not self._root:
                node.forms.append(form)

    def find(self, title: str, text: str, language: str | None = None, day: date | None = None) -> tuple[Match, ...]:
        """Every watched name in title and text, in order, the longest at each place; offsets in code points."""
        fields = [(where, content, list(self._walk(content, language, day))) for where, content in (("title", title), ("text", text))]
        named = {form.concept for _, _, many in fields for found in many for form in found.forms if not form.supported}
        matches = (self._match(where, content, found, named) for where, content, many in fields for found in many)
        return tuple(match for match in matches if match is not None)

    def _match(self, where: str, content: str, found: _Found, named: Collection[str | None]) -> Match | None:
        """The match, unless the words stand for nothing here or lack the support they need."""
        meant = next((form.concept for form in found.forms if not form.supported or form.concept in named), None)
        if meant is None:
            return None
        return Match(where, found.start, found.end, content[found.start : found.end], meant, self.concepts[meant].kind)

    def _walk(self, content: str, language: str | None, day: date | None) -> Iterator[_Found]:
        words, first = words_in(content), self._root.then
        folded, behind = words.folded, 0
        for at in compress(count(), map(first.__contains__, folded)):  # few of a text's words begin a watched name
            node = first[folded[at]]
            if at < behind or not (node.forms or (at + 1 < len(folded) and folded[at + 1] in node.then)):
                continue
            longest = self._longest(content, words, at, language, day)
            if longest is not None:
                length, found = longest
                yield found
                behind = at + length

    def _longest(self, content: str, words: Words, at: int, language: str | None, day: date | None) -> tuple[int, _Found] | None:
        node, best = self._root, None
        for last in range(at, len(words)):
            following = node.then.get(words.folded[last])
            if following is None or (last > at and not _close(words.gaps[last])):
                break
            node = following
            if not node.forms:
                continue
            begin, end = words.begins(at), words.ends(last)
            forms = [form for form in node.forms if form.holds(language, day) and _admits(form, content[begin:end])]
            if forms:
                best = last - at + 1, _Found(begin, end, forms)
        return best


def _close(gap: str) -> bool:
    return len(gap) <= LONGEST_GAP and "\n" not in gap


_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def _admits(form: Form, written: str) -> bool:
    """Whether the form may be written so. One with a digit only as it stands: "Su-30" is not "su 30 aniversario"."""
    if _has_digit(form.words):
        return form.words.casefold() == written.translate(_HYPHENS).casefold()
    return not form.exact or _as_written(form.words, written)


@lru_cache(maxsize=65536)
def _has_digit(words: str) -> bool:
    return any(sign.isdigit() for sign in words)


def _as_written(wanted: str, written: str) -> bool:
    """Whether the capitals are those of the form, or all capitals as in a headline."""
    for want, got in zip(WORD.findall(wanted), WORD.findall(written), strict=True):
        if want[:1].isupper() and not got[:1].isupper():
            return False
        if want.isupper() and len(want) > 1 and not got.isupper():
            return False
    return True
