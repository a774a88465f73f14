"""DIME: by which means of power an article's matter is pursued: diplomatic, informational, military, economic.

The subjects that the watch-list finds say it, weighed by their place as in relevance.py. The table is general knowledge of
what the words of each subject stand for; it was made without any past edition. An article may have several categories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp

from newsdesk.judging import Match
from newsdesk.kinds import Category, Dime
from newsdesk.relevance import LEAD_COUNTS, LEAD_SIGNS, MENTION_COUNTS, MENTIONS, PROMINENT, TITLE_COUNTS

# How much a subject speaks for each means (0-1): diplomatic, informational, military, economic.
_MEANS: Mapping[str, tuple[float, float, float, float]] = {
    "diplomacy": (0.9, 0.0, 0.0, 0.0),
    "integration": (0.9, 0.0, 0.0, 0.1),
    "us_measures": (0.4, 0.0, 0.0, 0.3),
    "politics": (0.35, 0.0, 0.0, 0.0),
    "elections": (0.4, 0.1, 0.0, 0.0),
    "unrest": (0.3, 0.0, 0.1, 0.0),
    "repression": (0.35, 0.15, 0.0, 0.0),
    "migration": (0.4, 0.0, 0.0, 0.1),
    "medical": (0.6, 0.1, 0.0, 0.4),
    "amia": (0.3, 0.0, 0.6, 0.0),
    "disinformation": (0.0, 1.0, 0.0, 0.0),
    "culture": (0.2, 0.85, 0.0, 0.0),
    "telecom": (0.0, 0.55, 0.0, 0.65),
    "space": (0.0, 0.2, 0.5, 0.4),
    "military": (0.0, 0.0, 1.0, 0.0),
    "arms": (0.0, 0.0, 1.0, 0.0),
    "terrorism": (0.0, 0.0, 0.85, 0.0),
    "intelligence": (0.0, 0.3, 0.8, 0.0),
    "nuclear": (0.3, 0.0, 0.4, 0.4),
    "drugs": (0.0, 0.0, 0.5, 0.2),
    "sanctions": (0.2, 0.0, 0.0, 0.75),
    "oil": (0.0, 0.0, 0.0, 0.9),
    "energy": (0.0, 0.0, 0.0, 0.9),
    "shipping": (0.0, 0.0, 0.15, 0.6),
    "aviation": (0.0, 0.0, 0.15, 0.5),
    "mining": (0.0, 0.0, 0.0, 0.9),
    "infrastructure": (0.0, 0.0, 0.0, 0.8),
    "finance": (0.0, 0.0, 0.0, 0.9),
    "trade": (0.1, 0.0, 0.0, 0.9),
    "crypto": (0.0, 0.0, 0.0, 0.9),
    "illegal_fishing": (0.0, 0.0, 0.15, 0.85),
}
LEAST = 0.2  # what shows less is no category of the article
BESIDE = 0.4  # nor what shows less than this part of the strongest
_SHOWN_WORDS = 4


def categories_of(matches: Sequence[Match]) -> tuple[Category, ...]:
    """The categories of an article by what the watch-list found in it, best first; none where no subject shows."""
    by_subject: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        kind, _, subject = match.concept.partition(":")
        if kind == "topic" and subject in _MEANS:
            by_subject[subject].append(match)
    found = [_category(means, at, by_subject) for at, means in enumerate(Dime)]
    best = max((each.fit for each in found), default=0.0)
    kept = [each for each in found if each.fit >= max(LEAST, BESIDE * best)]
    return tuple(sorted(kept, key=lambda each: -each.fit))


def _category(means: Dime, at: int, by_subject: Mapping[str, Sequence[Match]]) -> Category:
    doubt, words = 1.0, []
    speaking = sorted(by_subject, key=lambda subject: -_MEANS[subject][at] * prominence(by_subject[subject]))
    for subject in speaking:
        weight = _MEANS[subject][at]
        if weight:
            doubt *= 1 - weight * prominence(by_subject[subject])
            words += [match.words for match in by_subject[subject]]
    shown = tuple({word.casefold(): word for word in reversed(words)}.values())[::-1][:_SHOWN_WORDS]
    quoted = ", ".join(f"“{word}”" for word in shown)
    return Category(means, round(1 - doubt, 3), shown, f"{means.value.capitalize()}, by the words {quoted}")


def prominence(matches: Sequence[Match]) -> float:
    """How prominently a concept is named (0-1): title, lead, then mentions, as relevance.py weighs them."""
    in_text = [match for match in matches if match.where == "text"]
    in_lead = any(match.start < LEAD_SIGNS for match in in_text)
    count = TITLE_COUNTS * (len(in_text) < len(matches)) + LEAD_COUNTS * in_lead
    count += MENTION_COUNTS * min(MENTIONS, max(0, len(in_text) - in_lead))
    return 1 - exp(-count / PROMINENT)
