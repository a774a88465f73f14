"""Whether two articles are one text: the one function that deduplication and stories ask (field notes 19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsdesk.fingerprints import line_key, passages, words_of

SHINGLE_WORDS = 5
CONTAINED_FROM = 0.35  # share of the smaller text's shingles; measured by bench/duplicates.py
FEWEST_SHARED = 10  # shingles: fourteen words in a row; a text with fewer counts only whole and under its own headline
SHARED_AT_LEAST = 2  # fingerprints that two texts must share before they are compared
RECURS_FROM = 3  # articles of one outlet that end in the same line before the line counts as the outlet's


@dataclass(frozen=True)
class Copy:
    """That two articles are one text. ``containment`` is the share (0-1) of the smaller one found in the other."""

    kind: Literal["exact", "near"]
    containment: float
    reason: str


def worth_comparing(shared: int, fewer: int) -> bool:
    """Whether two texts that share ``shared`` fingerprints, the one with fewer having ``fewer``, are to be compared."""
    return 0 < min(SHARED_AT_LEAST, fewer) <= shared


def copies(a_title: str, a_text: str, b_title: str, b_text: str, suppressed: Collection[str] = ()) -> Copy | None:
    """Whether one article copies the other, in whole or in part; None where their texts are their own.

    Headlines are mentioned, never decisive: a reprint changes its headline and a column keeps it. ``suppressed`` are
    the lines (``fingerprints.line_key``) that an outlet prints under many articles.
    """
    a, b = _own(a_text, frozenset(suppressed)), _own(b_text, frozenset(suppressed))
    if not a.words or not b.words:
        return None
    headline = "under the same headline" if words_of(a_title) == words_of(b_title) else "under another headline"
    if a.words == b.words:
        telling = len(a.shingles) >= FEWEST_SHARED or (a_title.strip() and words_of(a_title) == words_of(b_title))
        return Copy("exact", 1.0, f"The same text, word for word, {headline}.") if telling else None
    return _near(a, b, headline)


@dataclass(frozen=True)
class _Own:
    """What a text says itself: its folded words, and their runs of five."""

    words: list[str]
    shingles: set[tuple[str, ...]]


@lru_cache(maxsize=8)
def _own(text: str, suppressed: frozenset[str]) -> _Own:
    """An arriving text is compared with several stored ones."""
    runs = list(passages(text, suppressed))
    return _Own([word for run in runs for word in run], {shingle for run in runs for shingle in _shingles(run)})


def _shingles(run: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(run[at:] for at in range(SHINGLE_WORDS)), strict=False)


def _near(a: _Own, b: _Own, headline: str) -> Copy | None:
    shared, smaller = len(a.shingles & b.shingles), min(len(a.shingles), len(b.shingles))
    if shared < FEWEST_SHARED or shared < CONTAINED_FROM * smaller:
        return None
    containment = shared / smaller
    return Copy("near", containment, f"{containment:.0%} of the shorter text's five-word runs stand in the other, {headline}.")


def recurring_lines(texts: Iterable[str]) -> frozenset[str]:
    """Keys of the lines that stand in at least three different texts of one outlet: its boilerplate, to be suppressed.

    Texts that begin alike are one text here, so that copies do not make an article's own lines recur.
    """
    one_of_each = {line_key(text[:400]): text for text in texts}
    counts = Counter(key for text in one_of_each.values() for key in {line_key(line) for line in text.splitlines()} if key)
    return frozenset(key for key, count in counts.items() if count >= RECURS_FROM)
