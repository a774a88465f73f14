"""Words and phrases of a text, found in one walk: what an editor listed, where it stands, and whether inside a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsdesk.fingerprints import WORD, fold

LONGEST_QUOTE = 700  # code points; a sign that is never closed must not swallow the text
LONGEST_GAP = 2  # signs between two words of one phrase: a blank, an apostrophe, a hyphen, a point and a blank
_QUOTE = re.compile(
    rf"“[^“”\n]{{1,{LONGEST_QUOTE}}}[”“\"]|«[^«»\n]{{1,{LONGEST_QUOTE}}}»|\"[^\"\n]{{1,{LONGEST_QUOTE}}}\"|(?<!\w)‘[^\n‘]{{2,{LONGEST_QUOTE}}}?’(?!\w)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«(¿¡—–-]*\s?[A-ZÀ-ÞŒ\d])|\n+")


@lru_cache(maxsize=65536)
def word_key(written: str) -> str:
    """How a word is compared: folded; one of several capitals stays in capitals, so that US is not us.

    >>> word_key("País"), word_key("US"), word_key("I")
    ('pais', 'US', 'i')
    """
    return written if len(written) > 1 and written.isascii() and written.isupper() else fold(written)


def keys_of(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase's words; the points of an abbreviation part it: "U.S." is ("u", "s")."""
    return tuple(word_key(found.group()) for found in WORD.finditer(phrase))


class Phrasebook:
    """Phrases with their tags, made ready: built once for a process, then read only."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """``phrases`` are pairs of words and tag; one phrase may carry several tags."""
        tags: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for phrase, tag in phrases:
            if keys := keys_of(phrase):
                tags[keys].add(tag)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
        for keys in sorted(tags, key=lambda each: (-len(each), each)):
            self._by_first[keys[0]].append((keys[1:], tuple(sorted(tags[keys]))))

    def find(self, text: Text) -> list[Hit]:
        """Every tagged phrase, in order of place; of one tag the longest at each place, none within another."""
        hits: list[Hit] = []
        until: dict[str, int] = {}
        by_first, keys = self._by_first, text.keys
        for at, key in enumerate(keys):
            known = by_first.get(key)
            if known is None:
                continue
            for rest, tags in known:
                end = at + 1 + len(rest)
                if rest and (tuple(keys[at + 1 : end]) != rest or not text.is_close(at, end)):
                    continue
                for tag in tags:
                    if until.get(tag, 0) <= at:
                        until[tag] = end
                        hits.append(Hit(tag, at, end))
        return hits


@dataclass(frozen=True)
class Hit:
    """A tagged phrase: the half-open range of its words."""

    tag: str
    first: int
    after: int


@dataclass
class Text:
    """A text as words and sentences. ``keys``, ``starts``, ``ends`` are parallel: word keys and offsets in code points;
    ``breaks`` are the offsets at which sentences end."""

    content: str
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, content: str) -> Text:
        """Read a text once. One that is mostly capitals is read as if it were not."""
        text = cls(content)
        letters = [sign for sign in content[:200] if sign.isalpha()]
        key = fold if letters and sum(map(str.isupper, letters)) > 0.7 * len(letters) else word_key
        for found in WORD.finditer(content):
            text.keys.append(key(found.group()))
            text.starts.append(found.start())
            text.ends.append(found.end())
        text.quotes = [found.span() for found in _QUOTE.finditer(content)]
        text.breaks = [found.start() for found in _SENTENCE_END.finditer(content) if not text.is_quoted(found.start())]
        return text

    def is_close(self, first: int, after: int) -> bool:
        """Whether the words of a range follow each other as one phrase does, on one line and without a comma."""
        for at in range(first, after - 1):
            gap = self.content[self.ends[at] : self.starts[at + 1]]
            if len(gap) > LONGEST_GAP or "\n" in gap or "," in gap:
                return False
        return True

    def is_quoted(self, offset: int) -> bool:
        """Whether a place stands within quotation marks."""
        at = bisect_right(self.quotes, (offset, len(self.content) + 1)) - 1
        return at >= 0 and self.quotes[at][0] <= offset < self.quotes[at][1]

    def sentence_of(self, word: int) -> int:
        """The number of the sentence a word stands in, from 0."""
        return bisect_right(self.breaks, self.starts[word])

    @property
    def sentence_count(self) -> int:
        return len(self.breaks) + 1

    def sentence(self, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends, in code points, blanks around it left out."""
        start = self.breaks[number - 1] if number else 0
        end = self.breaks[number] if number < len(self.breaks) else len(self.content)
        piece = self.content[start:end]
        return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

    def words(self, first: int, after: int) -> str:
        """A range of words as written."""
        return self.content[self.starts[first] : self.ends[min(after, len(self.ends)) - 1]]


def evidence(text: Text, hits: Sequence[Hit], most: int = 3, further: int = 0) -> tuple[str, ...]:
    """The first different phrases as written, each with up to ``further`` words behind it that stand on its line."""
    said: dict[str, str] = {}
    for hit in hits:
        after = hit.after
        while after < min(hit.after + further, len(text.keys)) and text.is_close(after - 1, after + 1):
            after += 1
        said.setdefault(" ".join(text.keys[hit.first : after]), text.words(hit.first, after))
        if len(said) == most:
            break
    return tuple(said.values())
