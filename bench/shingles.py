"""Texts compared by their four-word shingles, as scrapinghub/article-extraction-benchmark does, from digests alone."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import xxhash

WORDS = 4
_BYTES = 6  # 48 bits: in a page of 10,000 shingles a false match has a chance of one in five million
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Runs of letters and digits; accents written apart are joined first, or they would divide words."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """Words in lower case, divided by one space, with one at either end: for phrases and titles."""
    return f" {' '.join(words(unicodedata.normalize('NFKC', text).casefold()))} "


def digest(text: str) -> str:
    """Eight characters for a folded title or a shingle."""
    return base64.b64encode(xxhash.xxh3_64_digest(text.encode())[:_BYTES], b"-_").decode()


def shingles(text: str) -> Counter[str]:
    """How often each shingle (as a digest) stands in a text; a text of fewer words is one shingle, an empty one none."""
    tokens = words(text)
    if not tokens:
        return Counter()
    return Counter(digest(" ".join(tokens[at : at + WORDS])) for at in range(max(1, len(tokens) - WORDS + 1)))


def packed(counts: Counter[str]) -> str:
    return "".join(sorted(counts.elements()))


def unpacked(text: str) -> Counter[str]:
    return Counter(text[at : at + 8] for at in range(0, len(text), 8))


@dataclass(frozen=True)
class Overlap:
    """One page's precision and recall; None where it is not defined (nothing found, nothing wanted)."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float:
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def overlap(wanted: Counter[str], found: Counter[str]) -> Overlap:
    common = sum((wanted & found).values())
    return Overlap(
        common / sum(found.values()) if found else None,
        common / sum(wanted.values()) if wanted else None,
    )


def f1(pages: Sequence[Overlap]) -> float:
    """The benchmark's figure: from the mean precision and the mean recall over pages."""
    precisions = [page.precision for page in pages if page.precision is not None]
    recalls = [page.recall for page in pages if page.recall is not None]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
