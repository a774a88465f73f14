"""An outlet's own rules of reading, as dated data: only for what the general way gets wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReadingRule:
    """Where one outlet's pages keep what the general way misses, while ``valid_from`` to ``valid_to`` (None: open).

    Each field holds selectors (CSS, or XPath where they begin with ``/``, ``./`` or ``(``), tried in order; ``drop`` names
    what is taken out before anything is read. ``why`` says what went wrong without it.
    """

    why: str
    valid_from: date | None = None
    valid_to: date | None = None
    title: Sequence[str] = ()
    authors: Sequence[str] = ()
    published: Sequence[str] = ()
    body: Sequence[str] = ()
    drop: Sequence[str] = ()

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def rule_of_day(rules: Sequence[ReadingRule], day: date) -> ReadingRule | None:
    """The rule in force on the day a page was fetched: the one that began last, None where none holds."""
    holding = [rule for rule in rules if rule.holds_on(day)]
    return max(holding, key=lambda rule: rule.valid_from or date.min, default=None)
