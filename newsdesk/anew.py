"""What is told anew of stored articles, because the rules by which events are found changed after they were told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ToTell:
    """A stored article as far as its telling is drawn from it; ``language`` is ISO 639-1."""

    article_id: int
    title: str
    lead: str | None
    text: str
    language: str | None
    published_on: date | None


@dataclass(frozen=True)
class Retold:
    """What telling anew came to: how many articles were told, how many could not be (they keep what they had, and join only
    what they copy), and how many are left because it was stopped."""

    told: int = 0
    failed: int = 0
    left: int = 0

    @property
    def sentence(self) -> str:
        """For whoever asked."""
        if not (self.told or self.failed or self.left):
            return "Every article that new reports are compared with is told by the present rules."
        parts = [f"{_articles(self.told)} told anew"]
        if self.failed:
            parts.append(f"{self.failed} could not be told (see the log)")
        if self.left:
            parts.append(f"{self.left} left for the next time")
        return f"{'; '.join(parts)}."


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"
