"""News that nobody reported: headlines and openings in four languages, each of an event of its own, for benches.

Every piece differs from every other in its subject, place, people or figures, so that no two tell one event; many share a
subject or a place, as a day's news does. The same seed makes the same news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "es", "pt", "fr")


@dataclass(frozen=True)
class MadePiece:
    """A headline and its opening in one language; ``event`` is unlike that of any other piece of one generator."""

    event: str
    language: str
    title: str
    lead: str


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return words


def made_news(count: int, seed: int = 20261122) -> Iterator[MadePiece]:
    """That many pieces, subjects and languages mixed; a subject comes back with another place, person and figures."""
    chance = random.Random(seed)
    words = _words()
    places, first_names, last_names = (words[name].split() for name in ("places", "first_names", "last_names"))
    seen: set[str] = set()
    while len(seen) < count:
        subject, place = chance.choice(list(words["subjects"])), chance.choice(places)
        person = f"{chance.choice(first_names)} {chance.choice(last_names)}"
        event = f"made/{subject}/{place}/{person}"
        if event in seen:
            continue
        seen.add(event)
        language = LANGUAGES[len(seen) % len(LANGUAGES)]
        figures = {"few": chance.randint(3, 12), "many": chance.randint(14, 98), "money": chance.randint(2, 900)}
        filled = words["subjects"][subject][language].format(place=place, person=person, **figures)
        title, lead = filled.split(" | ")
        yield MadePiece(event, language, title, lead)
