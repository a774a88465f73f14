"""How alike two tellings are, in figures: what the probability of one event is made of.

Each feature is one thing an editor could count. The constants (``newsdesk/likeness_fit.py``) are written by
``python -m bench.same_story --fit``; nothing here is tuned by hand but what a comment says.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping, Set
from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsdesk.deeds import opposed
from newsdesk.likeness_fit import COMMON, MEANS, SUBJECTS
from newsdesk.mentions import Mentions

FEATURES = (
    "headline",  # cosine of the headlines' meanings
    "whole",  # cosine of the meanings of headline and opening
    "headline_apart",  # the same after what the language's news has in common is taken away
    "whole_apart",
    "crossed",  # one's headline against the other's whole, the mean of both ways
    "length",  # log of the fewer other words: more should be shared where more is said
    "length_whole",
    "length_stems",
    "length_strangers",
    "names",  # weight of the names in both
    "names_share",
    "strangers",  # names of its own that each has at least
    "no_name",  # both have names and share none
    "places",
    "places_share",
    "other_places",
    "deeds_share",  # of what the headlines speak of
    "deeds_whole",
    "deeds_crossed",
    "other_deeds",
    "opposed_deeds",  # one's headline undoes or follows what the other's says
    "stems",
    "stems_share",
    "numbers",
    "small_numbers",
    "near_numbers",
    "other_numbers",
    "other_figures",  # of one kind: per cent, money, magnitude, votes
    "weekday",
    "other_weekday",
    "date",
    "one_language",
)
MEASURED = frozenset({"percent", "money", "magnitude", "vote", "oil", "dose"})  # kinds that later reports do not revise
NEAR = 0.06  # numbers this close (relative) may be one figure, rounded or as it was known at the time
SMALL = 12  # whole numbers up to here are in many reports


def rarity(kind: str, key: str) -> float:
    """How telling it is to share a word (0-1): one minus its share, on a log scale, of the subjects that the constants know."""
    return _rarity(COMMON[kind].get(key, 0))


@cache
def _rarity(subjects: int) -> float:
    return math.log((SUBJECTS + 1) / (subjects + 1)) / math.log(SUBJECTS + 1)


@cache
def means() -> Mapping[str, NDArray[np.float32]]:
    """By language: the mean meaning of its news, shape (512,); under an empty name that of all."""
    known = {language: _read_mean(written) for language, written in MEANS.items()}
    return {**known, "": np.asarray(np.mean(list(known.values()), axis=0), dtype=np.float32)}


def _read_mean(written: str) -> NDArray[np.float32]:
    return np.asarray(np.frombuffer(base64.b64decode(written), dtype=np.int8), dtype=np.float32) / np.float32(1000)


def apart(meaning: NDArray[np.float32], language: str | None) -> NDArray[np.float32]:
    """Meanings (rows of the encoder's width) without what all news of the language has in common, of unit length."""
    mean = means().get(language or "", means()[""])
    if mean.shape[0] != meaning.shape[-1]:
        return meaning
    rest = meaning - mean
    return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=-1, keepdims=True), 1e-9), dtype=np.float32)


def figures(a: Mentions, b: Mentions, cosines: Collection[float], one_language: bool) -> list[float]:
    """The features of two tellings, in the order of FEATURES. ``cosines`` are the first five."""
    headline, whole, headline_apart, whole_apart, crossed = cosines
    a_all, b_all = a.names.keys() | a.maybe.keys(), b.names.keys() | b.maybe.keys()
    names = {key for key in a_all & b_all if key in a.names or key in b.names}
    weight = sum(rarity("names", key) for key in names)
    strangers = min(len(a.names.keys() - b_all), len(b.names.keys() - a_all))
    places, places_share = _shared("places", a.places.keys(), b.places.keys())
    stems, stems_share = _shared("stems", a.stems, b.stems)
    length = math.log(1 + min(len(a.stems), len(b.stems)))
    deeds_crossed = max(_shared("deeds", a.headline_deeds, b.deeds)[1], _shared("deeds", b.headline_deeds, a.deeds)[1])
    other_deeds = bool(a.headline_deeds and b.headline_deeds) and not a.headline_deeds & b.deeds and not b.headline_deeds & a.deeds
    weekday = bool(a.weekdays & b.weekdays)
    return [
        headline,
        whole,
        headline_apart,
        whole_apart,
        crossed,
        length,
        length * whole_apart,
        length * stems_share,
        length * min(strangers, 3),
        min(weight, 3.0),
        weight / math.sqrt((len(a.names) + 1) * (len(b.names) + 1)),
        float(min(strangers, 3)),
        float(strangers > 0 and not names),
        places,
        places_share,
        float(bool(a.places and b.places) and not a.places.keys() & b.places.keys()),
        _shared("deeds", a.headline_deeds, b.headline_deeds)[1],
        _shared("deeds", a.deeds, b.deeds)[1],
        deeds_crossed,
        float(other_deeds),
        float(min(len(opposed(a.headline_deeds, b.headline_deeds)), 2)),
        min(stems, 4.0),
        stems_share,
        *_numbers(a, b),
        float(weekday),
        float(bool(a.weekdays and b.weekdays) and not weekday),
        float(bool(a.dates & b.dates)),
        float(one_language),
    ]


def _shared(kind: str, a: Set[str], b: Set[str]) -> tuple[float, float]:
    """The weight of what is in both, and its share of the weight of each (a cosine)."""
    both = sum(rarity(kind, key) for key in a & b)
    if not both:
        return 0.0, 0.0
    alone = (sum(rarity(kind, key) for key in each) + 0.5 for each in (a, b))
    return both, both / math.sqrt(math.prod(alone))


def _numbers(a: Mentions, b: Mentions) -> tuple[float, float, float, float, float]:
    a_values, b_values = {number.value for number in a.numbers}, {number.value for number in b.numbers}
    if not a_values or not b_values:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    both = a_values & b_values
    telling = sum(1 for value in both if value > SMALL or value != int(value))
    near = sum(1 for value in a_values - both if value > SMALL and is_near(value, b_values))
    small = len(both) - telling
    kinds = MEASURED & {number.kind for number in a.numbers} & {number.kind for number in b.numbers}
    differing = sum(1 for kind in kinds if not any(is_near(value, _of(b, kind)) for value in _of(a, kind)))
    return min(telling, 2.0), min(small, 2.0), min(near, 2.0), float(not both and not near), float(differing)


def _of(mentions: Mentions, kind: str) -> list[float]:
    return [number.value for number in mentions.numbers if number.kind == kind]


def is_near(value: float, others: Collection[float]) -> bool:
    """Whether one of the others is within six per cent of a number."""
    return any(abs(value - other) <= NEAR * value for other in others)
