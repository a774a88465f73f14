"""Whether two articles tell the same event: the one function that duplicates, clusters and corroboration ask (field notes 19).

``tell`` draws from an article what is compared (a ``Telling``), ``same_story`` compares two of them. An event is one deed
or happening: a later count of its victims tells the same event, another meeting of the same people tells another one.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from newsdesk.fingerprints import is_boilerplate
from newsdesk.meaning import Encoder, Vectors
from newsdesk.mentions import MENTIONS_VERSION, Mentions, Number, mentions_of
from newsdesk.stories import Copy

TELLING_VERSION = f"telling-1/{MENTIONS_VERSION}"
OPENING_WORDS = 60  # of the text: where a report says who did what, where and when


@dataclass(frozen=True, eq=False)
class Telling:
    """What is compared of an article. ``meaning`` has shape (2, width), rows of unit length: the headline, and the headline
    with the opening; ``encoder`` is the name of the encoder they are from. ``day`` is the day of publication."""

    language: str | None
    day: date | None
    encoder: str
    meaning: Vectors
    mentions: Mentions
    version: str = TELLING_VERSION


class Verdict(StrEnum):
    """SAME joins by itself; PERHAPS is shown to the editors; OTHER is neither."""

    SAME = "same"
    PERHAPS = "perhaps"
    OTHER = "other"


@dataclass(frozen=True)
class Sameness:
    """What comparing two tellings found. ``score`` is the probability (0-1) that they tell one event, ``closeness`` the mean
    cosine of their meanings, ``reason`` a sentence whose parts an editor can check in the two texts. ``copy`` is the
    evidence that they are one text, where there is any."""

    verdict: Verdict
    score: float
    closeness: float
    reason: str
    copy: Copy | None = None


def tell(title: str, lead: str | None, text: str, language: str | None, day: date | None, encoder: Encoder) -> Telling:
    """Draw from an article what is compared; costs one run of the encoder over the headline and the opening.

    ``lead`` (a standfirst, say) is used where the text has none of its own. ``language`` is ISO 639-1.
    """
    return tell_many([(title, lead, text, language, day)], encoder)[0]


def tell_many(articles: Sequence[tuple[str, str | None, str, str | None, date | None]], encoder: Encoder) -> list[Telling]:
    """The tellings of several articles (title, lead, text, language, day): cheaper together, as the encoder's weights are read once."""
    openings = [opening_of(lead, text) for _, lead, text, _, _ in articles]
    titles = [title.strip() or " ".join(opening.split()[:16]) for (title, *_), opening in zip(articles, openings, strict=True)]
    wholes = [f"{title}. {opening}" if opening else title for title, opening in zip(titles, openings, strict=True)]
    rows = encoder.encode([*titles, *wholes])
    return [
        Telling(
            language, day, encoder.name, np.stack([rows[at], rows[len(articles) + at]]), mentions_of(titles[at], openings[at], language)
        )
        for at, (_, _, _, language, day) in enumerate(articles)
    ]


def opening_of(lead: str | None, text: str) -> str:
    """The first sixty words of an article's own text, without what the page says for itself; its lead where there are none."""
    words: list[str] = []
    for line in text.splitlines():
        if not is_boilerplate(line):
            words += line.split()
        if len(words) >= OPENING_WORDS:
            break
    return " ".join(words[:OPENING_WORDS]) or (lead or "").strip()


def packed(telling: Telling) -> bytes:
    """A telling as it is stored: JSON with the vectors in 16-bit floats; ``unpacked`` reads it back."""
    mentions = telling.mentions
    return json.dumps(
        {
            "version": telling.version,
            "language": telling.language,
            "day": telling.day.isoformat() if telling.day else None,
            "encoder": telling.encoder,
            "meaning": base64.b64encode(telling.meaning.astype("<f2").tobytes()).decode("ascii"),
            "names": dict(mentions.names),
            "maybe": dict(mentions.maybe),
            "places": dict(mentions.places),
            "numbers": sorted([number.value, number.kind] for number in mentions.numbers),
            "dates": sorted(mentions.dates),
            "weekdays": sorted(mentions.weekdays),
            "stems": sorted(mentions.stems),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def unpacked(stored: bytes) -> Telling:
    """A telling that ``packed`` stored."""
    kept = json.loads(stored)
    mentions = Mentions(
        names=kept["names"],
        maybe=kept["maybe"],
        places=kept["places"],
        numbers=frozenset(Number(value, kind) for value, kind in kept["numbers"]),
        dates=frozenset((month, day) for month, day in kept["dates"]),
        weekdays=frozenset(kept["weekdays"]),
        stems=frozenset(kept["stems"]),
    )
    meaning = np.frombuffer(base64.b64decode(kept["meaning"]), dtype="<f2").astype(np.float32).reshape(2, -1)
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Telling(kept["language"], day, kept["encoder"], meaning, mentions, kept["version"])


FEATURES = ("closeness",)
_WEIGHTS: Mapping[str, float] = {"closeness": 22.0}
_BIAS = -13.2
SAME_FROM, PERHAPS_FROM = 0.5, 0.12


def comparable(a: Telling, b: Telling) -> bool:
    """Whether two tellings were drawn by the same encoder and rules, so that they may be compared."""
    return a.encoder == b.encoder and a.version == b.version and a.meaning.shape == b.meaning.shape


def same_story(a: Telling, b: Telling, copy: Copy | None = None) -> Sameness:
    """Whether two articles tell the same event, and why. ``copy`` is what ``stories.copies`` found of their texts.

    Raises ValueError where the tellings are of different encoders or rules.
    """
    return same_story_many(a, (b,), (copy,))[0]


def same_story_many(one: Telling, many: Sequence[Telling], copies: Sequence[Copy | None] | None = None) -> list[Sameness]:
    """The same for one article against many, their meanings compared at once."""
    for other in many:
        if not comparable(one, other):
            raise ValueError(f"tellings of {one.encoder} {one.version} and {other.encoder} {other.version}: tell both articles anew")
    if not many:
        return []
    closeness = np.einsum("iw,niw->ni", one.meaning, np.stack([other.meaning for other in many])).mean(axis=1)
    found = copies if copies is not None else [None] * len(many)
    return [_weigh(one, other, float(close), copy) for other, close, copy in zip(many, closeness, found, strict=True)]


def closeness_to(one: Telling, meanings: NDArray[np.float32]) -> NDArray[np.float32]:
    """How close one telling's meaning is to many at once, for finding candidates.

    ``meanings`` has shape (n, 2, width); returns shape (n,), the mean cosine of headlines and of openings.
    """
    return (meanings.reshape(len(meanings), -1) @ one.meaning.reshape(-1)) / np.float32(2)


def _weigh(a: Telling, b: Telling, closeness: float, copy: Copy | None) -> Sameness:
    logit = _BIAS + _WEIGHTS["closeness"] * closeness
    score = 1 / (1 + math.exp(-logit))
    evidence = _evidence(a, b, closeness)
    if copy is not None:
        return Sameness(Verdict.SAME, max(score, 0.99), closeness, f"{copy.reason} {evidence}", copy)
    verdict = Verdict.SAME if score >= SAME_FROM else Verdict.PERHAPS if score >= PERHAPS_FROM else Verdict.OTHER
    return Sameness(verdict, score, closeness, evidence)


def _evidence(a: Telling, b: Telling, closeness: float) -> str:
    parts = []
    names = _shared({**a.mentions.names, **a.mentions.maybe}, {**b.mentions.names, **b.mentions.maybe})
    places = _shared(a.mentions.places, b.mentions.places)
    if names:
        parts.append(f"both name {_listed(names)}")
    if places:
        parts.append(f"both are about {_listed(places)}")
    numbers = sorted({x.value for x in a.mentions.numbers} & {x.value for x in b.mentions.numbers}, reverse=True)
    if numbers:
        parts.append(f"both give {_listed([f'{number:,.10g}' for number in numbers])}")
    if a.day is not None and b.day is not None:
        apart = abs((a.day - b.day).days)
        parts.append("published on the same day" if apart == 0 else f"published {apart} day{'s' if apart > 1 else ''} apart")
    parts.append(f"their meanings are {closeness:.0%} close")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _shared(a: Mapping[str, str], b: Mapping[str, str]) -> list[str]:
    return [printed for key, printed in a.items() if key in b]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1][:4])} and {words[-1]}"
