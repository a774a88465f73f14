"""Whether two articles are one text: the one function that deduplication and stories ask (field notes 19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
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
    a_runs, b_runs = list(passages(a_text, suppressed)), list(passages(b_text, suppressed))
    a_words, b_words = [w for run in a_runs for w in run], [w for run in b_runs for w in run]
    if not a_words or not b_words:
        return None
    headline = "under the same headline" if words_of(a_title) == words_of(b_title) else "under another headline"
    if a_words == b_words:
        telling = len(_shingles(a_runs)) >= FEWEST_SHARED or (a_title.strip() and words_of(a_title) == words_of(b_title))
        return Copy("exact", 1.0, f"The same text, word for word, {headline}.") if telling else None
    return _near(a_runs, b_runs, headline)


def _near(a_runs: list[list[str]], b_runs: list[list[str]], headline: str) -> Copy | None:
    a_shingles, b_shingles = _shingles(a_runs), _shingles(b_runs)
    shared, smaller = len(a_shingles & b_shingles), min(len(a_shingles), len(b_shingles))
    if shared < FEWEST_SHARED or shared < CONTAINED_FROM * smaller:
        return None
    containment = shared / smaller
    return Copy("near", containment, f"{containment:.0%} of the shorter text's five-word runs stand in the other, {headline}.")


def _shingles(runs: list[list[str]]) -> set[tuple[str, ...]]:
    return {tuple(run[at : at + SHINGLE_WORDS]) for run in runs for at in range(len(run) - SHINGLE_WORDS + 1)}


def recurring_lines(texts: Iterable[str]) -> frozenset[str]:
    """Keys of the lines that stand in at least three different texts of one outlet: its boilerplate, to be suppressed.

    Texts that begin alike are one text here, so that copies do not make an article's own lines recur.
    """
    one_of_each = {line_key(text[:400]): text for text in texts}
    counts = Counter(key for text in one_of_each.values() for key in {line_key(line) for line in text.splitlines()} if key)
    return frozenset(key for key, count in counts.items() if count >= RECURS_FROM)
