"""The learned order of the queue: what a model sees of a story, how it ranks it, and why, in words.

The watch-list finds; a model learned from the editors' decisions (newsdesk/learning.py) ranks. Its answer is blended with
the watch-list's by how much it has seen, so that with no decisions at all the order is the watch-list's. Nothing here knows
a text's length, and its meaning is measured against the mean of its language: a desk that has accepted only English
reports so far must not learn that English is relevant.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import exp, floor, isfinite, log, sqrt
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from newsdesk.errors import NewsdeskError
from newsdesk.judging import Relevance
from newsdesk.relevance import prominences

FORMAT = 1
OPENING_SIGNS = 300  # code points of the text that are read for its meaning, behind the title
BLEND_HALF = 40.0  # decisions (past entries count a quarter) after which the model speaks as loudly as the watch-list
PAST_COUNTS = 0.25
TOLD = 0.15  # a contribution to the log-odds that is worth telling
LEAST_CHANCE = 0.01  # the watch-list is never surer than this
UNKNOWN_LANGUAGE = "?"

Vector = NDArray[np.float32]


class ModelDamaged(NewsdeskError):
    """A stored model cannot be read."""


class Lesson(StrEnum):
    """What a decision teaches the ranking."""

    RELEVANT = "relevant"
    IRRELEVANT = "irrelevant"
    NOTHING = "nothing"


# Why a relevant story is rejected all the same; such a rejection says nothing about the next story of its kind.
NO_LESSON = ("reported by others already", "duplicate", "too old", "already reported", "already in")


def lesson_of(state: str, reason: str | None) -> Lesson:
    """What a candidate's standing teaches: acceptance that it is relevant, rejection that it is not, unless the reason is
    about this story alone (a duplicate, too old, told by others)."""
    if state == "accepted":
        return Lesson.RELEVANT
    if state != "rejected":
        return Lesson.NOTHING
    said = (reason or "").casefold()
    return Lesson.NOTHING if said.startswith(NO_LESSON) else Lesson.IRRELEVANT


# ---------------------------------------------------------------- what the model sees


@dataclass(frozen=True)
class Features:
    """A story as the model sees it. ``prior`` is the watch-list's log-odds; ``named`` the concepts (prominence 0-1), the
    proposed sections (fit 0-1), the outlet and pairs by name; ``meaning`` the encoder's unit vector, or zeros."""

    prior: float
    named: Mapping[str, float]
    meaning: Vector
    language: str


def logit(chance: float) -> float:
    """Log-odds of a chance (0-1), kept within the bounds of what the watch-list may be sure of."""
    kept = min(1 - LEAST_CHANCE, max(LEAST_CHANCE, chance))
    return log(kept / (1 - kept))


def chance_of(log_odds: float) -> float:
    """The chance (0-1) of log-odds."""
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0


def opening_of(title: str, text: str) -> str:
    """What is read for its meaning: the title and the beginning of the text, cut at a word."""
    rest = text[:OPENING_SIGNS]
    if len(text) > OPENING_SIGNS:
        rest = rest.rpartition(" ")[0] or rest
    return f"{title}. {rest}".strip(". \n") if title else rest


def features_of(title: str, text: str, relevance: Relevance, meaning: Vector, *, language: str | None, outlet_id: str | None) -> Features:
    """What the model sees of an article: nothing that tells its length, and its language only to find the right mean."""
    shown = prominences(relevance.matches, title, text)
    named = dict(shown)
    actors = [value for concept, value in shown.items() if concept.startswith("actor:")]
    places = [value for concept, value in shown.items() if concept.startswith("place:")]
    if actors and places:
        named["pair:actor+place"] = sqrt(max(actors) * max(places))
    if len(places) > 1:
        named["pair:place+place"] = sqrt(sorted(places)[-1] * sorted(places)[-2])
    named |= {f"section:{each.section_id}": each.fit for each in relevance.sections[:2]}
    if outlet_id:
        named[f"outlet:{outlet_id}"] = 1.0
    return Features(logit(relevance.score / 100), named, meaning, language or UNKNOWN_LANGUAGE)


# ---------------------------------------------------------------- the model


@dataclass(frozen=True)
class Rank:
    """Where a story stands: the chance (0-100) that an editor accepts it, and why, in words."""

    value: float
    reasons: Sequence[str]


@dataclass(frozen=True)
class Model:
    """A learned ranking: coefficients over ``Features``, the means of the languages, the blend with the watch-list (0-1: how
    loudly the model speaks) and the calibration (slope and offset on the blended log-odds)."""

    encoder: str
    names: Mapping[str, float]
    prior: float
    bias: float
    meaning: Vector
    means: Mapping[str, Vector]
    blend: float
    slope: float
    offset: float
    libraries: Mapping[str, str] = field(default_factory=dict)

    def log_odds(self, seen: Features) -> float:
        """What the model alone says."""
        named = sum(self.names.get(name, 0.0) * value for name, value in seen.named.items())
        return self.bias + self.prior * seen.prior + named + self._meant(seen)

    def blended(self, seen: Features) -> float:
        """What model and watch-list say together, uncalibrated log-odds."""
        return (1 - self.blend) * seen.prior + self.blend * self.log_odds(seen)

    def rank(self, seen: Features, names: Mapping[str, str]) -> Rank:
        """The chance of being accepted, with its reasons. ``names`` gives concepts, sections and outlets in words."""
        value = 100 * chance_of(self.slope * self.blended(seen) + self.offset)
        return Rank(round(value, 1), self._reasons(seen, names))

    def _meant(self, seen: Features) -> float:
        if not self.meaning.size or not seen.meaning.any():
            return 0.0
        return float(self.meaning @ (seen.meaning - self.mean_of(seen.language)))

    def mean_of(self, language: str) -> Vector:
        """The mean meaning of the language's texts; of all texts where the language had too few."""
        return self.means.get(language, self.means[UNKNOWN_LANGUAGE])

    def _reasons(self, seen: Features, names: Mapping[str, str]) -> tuple[str, ...]:
        shares = [(self.blend * self.names.get(name, 0.0) * value, name) for name, value in seen.named.items()]
        shares.append((self.blend * self._meant(seen), "meaning"))
        worth = sorted((share for share in shares if abs(share[0]) >= TOLD), key=lambda share: (-abs(share[0]), share[1]))
        told = tuple(_sentence(name, share, names) for share, name in worth[:4])
        return (f"the watch-list gives it {100 * chance_of(seen.prior):.0f} of 100", *told)


def cold_rank(score: float) -> Rank:
    """Where a story stands while there is no model: where the watch-list puts it."""
    return Rank(score, (f"the watch-list gives it {score:.0f} of 100; nothing is learned yet",))


def _sentence(name: str, share: float, names: Mapping[str, str]) -> str:
    """A contribution in words, with its size in log-odds."""
    kind, _, rest = name.partition(":")
    verdict = "accepts" if share > 0 else "rejects"
    said = {
        "meaning": f"its meaning is close to what the desk {verdict}",
        "section": f"the desk often {verdict} what would stand under {names.get(name, rest)}",
        "outlet": f"the desk often {verdict} what {names.get(name, rest)} reports",
        "pair": f"the desk often {verdict} stories that name {_PAIRS.get(rest, rest)}",
    }.get(kind, f"names {names.get(name, rest)}, and the desk often {verdict} that")
    return f"{said} ({share:+.1f})"


_PAIRS = {"actor+place": "an external actor with a country of the region", "place+place": "two countries of the region"}


# ---------------------------------------------------------------- kept as JSON, never as a program


def dump_model(model: Model) -> str:
    """A model as JSON: numbers and names, nothing that is run when it is read."""
    return json.dumps(
        {
            "format": FORMAT,
            "encoder": model.encoder,
            "names": {name: round(weight, 6) for name, weight in sorted(model.names.items())},
            "prior": model.prior,
            "bias": model.bias,
            "meaning": _packed(model.meaning),
            "means": {language: _packed(mean) for language, mean in sorted(model.means.items())},
            "blend": model.blend,
            "slope": model.slope,
            "offset": model.offset,
            "libraries": dict(model.libraries),
        },
        sort_keys=True,
    )


def load_model(text: str) -> Model:
    """The model that ``dump_model`` wrote. Raises ModelDamaged for anything else."""
    try:
        plain = json.loads(text)
        if plain["format"] != FORMAT:
            raise ModelDamaged(f"The stored model has format {plain['format']}, and this program reads {FORMAT}; train a new one.")
        meaning = _unpacked(plain["meaning"])
        model = Model(
            encoder=str(plain["encoder"]),
            names={str(name): _finite(weight) for name, weight in plain["names"].items()},
            prior=_finite(plain["prior"]),
            bias=_finite(plain["bias"]),
            meaning=meaning,
            means={str(language): _unpacked(mean, meaning.size) for language, mean in plain["means"].items()},
            blend=_finite(plain["blend"]),
            slope=_finite(plain["slope"]),
            offset=_finite(plain["offset"]),
            libraries={str(name): str(version) for name, version in plain["libraries"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelDamaged(f"The stored model cannot be read ({error}); train a new one: newsdesk ranking train") from error
    if not 0 <= model.blend <= 1 or UNKNOWN_LANGUAGE not in model.means:
        raise ModelDamaged("The stored model is incomplete; train a new one: newsdesk ranking train")
    return model


def _packed(vector: Vector) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")


def _unpacked(packed: str, size: int | None = None) -> Vector:
    vector = np.frombuffer(base64.b64decode(packed, validate=True), dtype="<f4").astype(np.float32)
    if (size is not None and vector.size != size) or not np.isfinite(vector).all():
        raise ValueError("a vector of another length or with impossible numbers")
    return vector


def _finite(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError("an impossible number")
    return number


# ---------------------------------------------------------------- exploration


def lot_of(story_id: int) -> float:
    """A story's lot (0-1), for ever the same: whom chance shows first."""
    return xxhash.xxh3_64_intdigest(f"lot {story_id}".encode()) / 2**64


def draw_of(day: date) -> float:
    """The day's draw (0-1): the lots behind it are shown that day, so that a page does not change while it is read."""
    return xxhash.xxh3_64_intdigest(f"draw {day.isoformat()}".encode()) / 2**64


def slots(page_size: int, share: float) -> tuple[int, ...]:
    """The places (from 0) of the first page that are kept for stories from further down, evenly spread, the last one of
    each stretch, so that the head of the queue stays the best.

    >>> slots(30, 0.1), slots(10, 0.0)
    ((9, 19, 29), ())
    """
    count = floor(page_size * share + 1e-9)
    return tuple((number + 1) * page_size // count - 1 for number in range(count))


def window(start: int, size: int, kept: Sequence[int]) -> tuple[int, int, tuple[int, ...]]:
    """Which part of the ranked rest stands in places ``start`` to ``start + size`` when ``kept`` places hold others:
    the offset and length in the rest, and the numbers (from 0) of the others that stand there.

    >>> window(0, 30, (9, 19, 29)), window(30, 30, (9, 19, 29))
    ((0, 27, (0, 1, 2)), (27, 30, ()))
    """
    inside = tuple(number for number, place in enumerate(kept) if start <= place < start + size)
    before = sum(1 for place in kept if place < start)
    return start - before, size - len(inside), inside
