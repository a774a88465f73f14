"""Patterns written one alternative a line, so that a language's phrases can be read and extended."""

from __future__ import annotations

import re


def phrases(lines: str) -> str:
    """The alternatives of a block, one a line, as one non-capturing group; blank lines do not count."""
    return "(?:" + "|".join(line.strip() for line in lines.splitlines() if line.strip()) + ")"


def any_of(lines: str) -> re.Pattern[str]:
    """A pattern of alternatives, one a line, in any case. Each must be linear: no nested or adjacent open repetition."""
    return re.compile(phrases(lines), re.IGNORECASE)
