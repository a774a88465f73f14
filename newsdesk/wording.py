"""Words and phrases of a text, found in one walk: what an editor listed, where it stands, and whether inside a quotation."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsdesk.fingerprints import WORD

LONGEST_QUOTE = 1500  # code points; a sign that is never closed must not swallow the text
LONGEST_GAP = 2  # signs between two words of one phrase: a blank, an apostrophe, a hyphen, a point and a blank
_QUOTE = re.compile(
    rf"“[^“”\n]{{1,{LONGEST_QUOTE}}}[”“\"]|«[^«»\n]{{1,{LONGEST_QUOTE}}}»|\"[^\"\n]{{1,{LONGEST_QUOTE}}}\"|(?<!\w)‘[^\n‘]{{2,{LONGEST_QUOTE}}}?’(?!\w)"
    r"|^[“«][^”»\n]+$"  # a quotation that goes on in the next paragraph is not closed in this one
    rf"|^[—–]\s?[^\n—–]{{1,{LONGEST_QUOTE}}}",  # somebody's words in the Spanish, Portuguese and French manner
    re.MULTILINE,
)
_PARTING = frozenset("\n,;:!?…")  # signs that part the words of a phrase
_BEFORE_CAPITALS = frozenset(".!?…:\n-–—|")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«(¿¡—–-]*\s?[A-ZÀ-ÞŒ\d])|\n+")


@lru_cache(maxsize=65536)
def word_key(written: str) -> str:
    """How a word is compared: in lower case with its accents, for "preguntó" is not "pregunto"; one of several capitals
    stays in capitals, so that US is not us.

    >>> word_key("País"), word_key("US"), word_key("I")
    ('país', 'US', 'i')
    """
    if written.isascii():
        return written if len(written) > 1 and written.isupper() else written.lower()
    return unicodedata.normalize("NFC", written).casefold()


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
    """A text as words and sentences. ``keys``, ``starts``, ``ends``, ``quoted``, ``numbers`` are parallel: word keys, offsets in
    code points, whether within quotation marks, and the number of the sentence; ``begins`` are the offsets at which sentences
    begin, the first at 0; ``quotes`` are the spans within quotation marks, the marks included."""

    content: str
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, content: str) -> Text:
        """Read a text once. One that is mostly capitals is read as if it were not."""
        text = cls(content, quotes=[found.span() for found in _QUOTE.finditer(content)])
        closing = [found.end() for found in _SENTENCE_END.finditer(content)]
        text.begins = [0, *(offset for offset in closing if not text.is_quoted(offset - 1))]
        letters = [sign for sign in content[:200] if sign.isalpha()]
        shouted = bool(letters) and sum(map(str.isupper, letters)) > 0.7 * len(letters)
        words = list(WORD.finditer(content))
        text.keys = [word_key(found.group().lower() if shouted else found.group()) for found in words]
        text.starts = [found.start() for found in words]
        text.ends = [found.end() for found in words]
        text._number()
        return text

    def _number(self) -> None:
        """Number the sentences of the words, and mark those within quotation marks, in one walk."""
        later = iter([*self.begins[1:], len(self.content) + 1])
        quotes = iter([*self.quotes, (len(self.content) + 1, len(self.content) + 1)])
        number, border, (opened, closed) = 0, next(later), next(quotes)
        for start in self.starts:
            while start >= border:
                number, border = number + 1, next(later)
            while start >= closed:
                opened, closed = next(quotes)
            self.numbers.append(number)
            self.quoted.append(start >= opened)

    def is_close(self, first: int, after: int) -> bool:
        """Whether the words of a range follow each other as one phrase does, on one line and without a comma."""
        for at in range(first, after - 1):
            gap = self.content[self.ends[at] : self.starts[at + 1]]
            if len(gap) > LONGEST_GAP or not _PARTING.isdisjoint(gap) or (gap == ". " and self.ends[at] - self.starts[at] > 2):
                return False
        return True

    def is_name(self, at: int) -> bool:
        """Whether a word has a capital inside a sentence, where only names have one; not behind a dash, as after a dateline."""
        offset = self.starts[at]
        if offset < 2 or not self.content[offset].isupper() or self.content[offset - 1] not in " '’":
            return False
        return self.content[offset - 2] not in _BEFORE_CAPITALS

    def is_quoted(self, offset: int) -> bool:
        """Whether a place stands within quotation marks."""
        at = bisect_right(self.quotes, (offset, len(self.content) + 1)) - 1
        return at >= 0 and self.quotes[at][0] <= offset < self.quotes[at][1]

    @property
    def sentence_count(self) -> int:
        return len(self.begins)

    def sentence(self, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends, in code points, blanks around it left out."""
        start = self.begins[number]
        end = self.begins[number + 1] if number + 1 < len(self.begins) else len(self.content)
        piece = self.content[start:end]
        return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

    def words(self, first: int, after: int) -> str:
        """A range of words as written."""
        return self.content[self.starts[first] : self.ends[min(after, len(self.ends)) - 1]]


def evidence(text: Text, hits: Sequence[Hit], most: int = 3, further: int = 0) -> tuple[str, ...]:
    """The first different phrases as written, each with up to ``further`` words behind it in its sentence."""
    said: dict[str, str] = {}
    for hit in hits:
        after = hit.after
        most_after = min(hit.after + further, len(text.keys))
        while after < most_after and text.numbers[after] == text.numbers[hit.first] and text.is_close(after - 1, after + 1):
            after += 1
        said.setdefault(" ".join(text.keys[hit.first : after]), text.words(hit.first, after))
        if len(said) == most:
            break
    return tuple(said.values())
