"""A text's words, found and folded once for all who judge it: fingerprints, watch-list and whatever else reads word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# Letters and digits, with combining accents, soft hyphens and zero-width joiners inside a word.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d]+[^\W_]*)*")
_PARTS = re.compile(f"({WORD.pattern})")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
_KEPT = 100_000  # words and gaps remembered; a month of news in four languages has fewer


def fold(word: str) -> str:
    """A word in lower case, without accents and invisible characters.

    >>> fold("Díaz"), fold("AÇÃO"), fold("Straße")
    ('diaz', 'acao', 'strasse')
    """
    return _FOLDED[word]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))


class _Folded(dict[str, str]):
    """Words by what they fold to; looked up without a call of Python's own."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        folded = self[word] = _fold(word)
        return folded


class _Ending(dict[str, bool]):
    """What stands between two words, by whether a sentence or line ends there."""

    def __missing__(self, gap: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        ends = self[gap] = _SENTENCE_END.search(gap) is not None or len(f"-{gap}-".splitlines()) > 1
        return ends


_FOLDED = _Folded()
_ENDS = _Ending({" ": False})


@dataclass(frozen=True)
class Words:
    """The words of a text in order: as written, folded, and what stands before, between and after them.

    ``gaps`` has one more than there are words. ``borders`` are offsets in code points: word n begins at ``borders[2 * n]``
    and ends before ``borders[2 * n + 1]``.
    """

    written: Sequence[str]
    folded: Sequence[str]
    gaps: Sequence[str]
    borders: Sequence[int]

    def __len__(self) -> int:
        return len(self.written)

    def begins(self, number: int) -> int:
        """Where a word begins."""
        return self.borders[2 * number]

    def ends(self, number: int) -> int:
        """Where a word ends."""
        return self.borders[2 * number + 1]

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences that have words, as the numbers of their first word and of the one behind their last."""
        if not self.written:
            return []
        breaks = [number for number, gap in enumerate(self.gaps) if gap != " " and _ENDS[gap] and 0 < number < len(self.written)]
        return list(zip([0, *breaks], [*breaks, len(self.written)], strict=True))


@lru_cache(maxsize=16)
def words_in(text: str) -> Words:
    """The words of a text; the last texts asked for are remembered, because several judges ask for the same one."""
    parts = _PARTS.split(text)
    written = parts[1::2]
    return Words(written, list(map(_FOLDED.__getitem__, written)), parts[0::2], list(accumulate(map(len, parts))))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation."""
    return [folded for word in WORD.findall(text) if (folded := _FOLDED[word])]
