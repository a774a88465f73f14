"""How alike two tellings are, in figures: what the probability of one event is made of.

Each feature is one thing an editor could count. The constants (``newsdesk/likeness_fit.py``) are written by
``python -m bench.same_story --fit``; nothing here is tuned by hand but what a comment says.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsdesk.deeds import THINGS, opposed
from newsdesk.errors import NewsdeskError
from newsdesk.likeness_fit import COMMON, FITS, SUBJECTS
from newsdesk.mentions import Mentions, Number

FEATURES = (
    "headline",  # cosine of the headlines' meanings
    "whole",  # cosine of the meanings of headline and opening
    "headline_apart",  # the same after what the language's news has in common is taken away
    "whole_apart",
    "crossed",  # one's headline against the other's whole, the mean of both ways
    "length_whole",  # the same as whole_apart, times the log of the fewer other words: more is shared where more is said
    "names",  # weight of the names in both
    "names_share",
    "strangers",  # names of its own that each has at least
    "no_name",  # both have names and share none
    "places",
    "places_share",
    "other_places",
    "own_places",  # each headline names a country of which the other text says nothing
    "own_names",  # names that each headline has and the other text does not
    "other_cities",  # both name cities of one country, and none is in both
    "site",  # where it happens, named by one so and by the other in any way
    "other_sites",  # both say where, and neither names the other's place
    "deeds_share",  # of what the headlines speak of
    "deeds_whole",
    "deeds_crossed",
    "other_deeds",
    "other_things",  # the headlines name different things: a train and a ship, lithium and nuclear power
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
    "one_language",  # where strangers' phrases are alike, too
    "dated",  # the days of publication are known
    "day_near",  # and at most one apart
    "day_far",  # and so many more than two apart
)
AGAINST = frozenset(
    "strangers no_name other_places own_places own_names other_cities other_sites other_deeds other_things opposed_deeds "
    "other_numbers other_figures other_weekday one_language day_far".split()
)  # what can only speak against one event; all others can only speak for it
MEASURED = frozenset(
    "percent money magnitude vote oil dose tonne bus plane drone missile tank truck seat area power handed vessel goal".split()
)  # kinds that later reports do not revise
TOLLS = frozenset({"dead", "hurt", "held"})  # kinds that later reports do revise
GROWTH = 4.0  # times a toll may grow between two reports of one event
PERSONS = frozenset({"people", "troop"})  # who may be counted as dead, hurt, held or handed over in the other text
OF_PERSONS = PERSONS | TOLLS | {"handed"}
FAR_DAYS = 5.0
NEAR = 0.06  # numbers this close (relative) may be one figure, rounded or as it was known at the time
SMALL = 12  # whole numbers up to here are in many reports


def rarity(kind: str, key: str) -> float:
    """How telling it is to share a word (0-1): one minus its share, on a log scale, of the subjects that the constants know."""
    return _rarity(COMMON[kind].get(key, 0))


@cache
def _rarity(subjects: int) -> float:
    return math.log((SUBJECTS + 1) / (subjects + 1)) / math.log(SUBJECTS + 1)


class FitMissing(NewsdeskError):
    """Tellings of an encoder were to be compared for which no constants have been fitted."""


@dataclass(frozen=True)
class Fit:
    """What was fitted for one encoder: the logit of one event is ``bias`` and the ``weights`` (in the order of FEATURES) of the
    figures. From ``same_from`` it is the same event, from ``perhaps_from`` perhaps; the ``dated`` ones where both days of
    publication are known. ``means`` holds the mean meaning of each language's news, shape (width,), and that of all under "".
    """

    same_from: float
    perhaps_from: float
    dated_same_from: float
    dated_perhaps_from: float
    bias: float
    weights: Sequence[float]
    means: Mapping[str, NDArray[np.float32]]


@cache
def fit_of(encoder: str) -> Fit:
    """The constants for the vectors of an encoder. Raises FitMissing where there are none."""
    if encoder not in FITS:
        raise FitMissing(f"no constants are fitted for {encoder!r}: run python -m bench.same_story --fit --encoder {encoder}")
    kept: dict[str, Any] = dict(FITS[encoder])
    weights, means = kept.pop("weights"), {language: _read_mean(written) for language, written in kept.pop("means").items()}
    means[""] = np.asarray(np.mean(list(means.values()), axis=0), dtype=np.float32)
    return Fit(weights=tuple(weights.get(name, 0.0) for name in FEATURES), means=means, **kept)


def _read_mean(written: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(written), dtype="<f2").astype(np.float32)


def apart(meaning: NDArray[np.float32], language: str | None, means: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Meanings (rows of the encoder's width) without what all news of the language has in common, of unit length."""
    rest = meaning - means.get(language or "", means[""])
    return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=-1, keepdims=True), 1e-9), dtype=np.float32)


def figures(a: Mentions, b: Mentions, cosines: Collection[float], one_language: bool, days: int | None = None) -> list[float]:
    """The features of two tellings, in the order of FEATURES. ``cosines`` are the first five, ``days`` lie between the publications."""
    headline, whole, headline_apart, whole_apart, crossed = cosines
    a_all, b_all = a.names.keys() | a.maybe.keys(), b.names.keys() | b.maybe.keys()
    names = {key for key in a_all & b_all if key in a.names or key in b.names}
    weight = sum(rarity("names", key) for key in names)
    strangers = min(len(a.names.keys() - b_all), len(b.names.keys() - a_all))
    places, places_share = _shared("places", countries(a), countries(b))
    stems, stems_share = _shared("stems", a.stems, b.stems)
    length = math.log(1 + min(len(a.stems), len(b.stems)))
    deeds_crossed = max(_shared("deeds", a.headline_deeds, b.deeds)[1], _shared("deeds", b.headline_deeds, a.deeds)[1])
    other_deeds = bool(a.headline_deeds and b.headline_deeds) and not a.headline_deeds & b.deeds and not b.headline_deeds & a.deeds
    weekday = bool(a.weekdays & b.weekdays)
    site = bool(a.sites & _named(b)) or bool(b.sites & _named(a))
    return [
        headline,
        whole,
        headline_apart,
        whole_apart,
        crossed,
        length * whole_apart,
        min(weight, 3.0),
        weight / math.sqrt((len(a.names) + 1) * (len(b.names) + 1)),
        float(min(strangers, 3)),
        float(strangers > 0 and not names),
        places,
        places_share,
        float(bool(a.places and b.places) and not a.places.keys() & b.places.keys()),
        float(bool(own_countries(a, b) and own_countries(b, a))),
        float(min(len(_own_names(a, b)), len(_own_names(b, a)), 2)),
        float(bool(other_cities(a, b))),
        float(site),
        float(bool(a.sites and b.sites) and not site),
        _shared("deeds", a.headline_deeds, b.headline_deeds)[1],
        _shared("deeds", a.deeds, b.deeds)[1],
        deeds_crossed,
        float(other_deeds),
        float(other_things(a, b)),
        float(min(len(opposed(a.headline_deeds, b.headline_deeds)), 2)),
        min(stems, 4.0),
        stems_share,
        *_numbers(a, b),
        float(weekday),
        float(bool(a.weekdays and b.weekdays) and not _days_near(a.weekdays, b.weekdays)),
        float(bool(a.dates & b.dates)),
        float(one_language),
        *_days(days),
    ]


def _named(mentions: Mentions) -> Set[str]:
    return mentions.names.keys() | mentions.maybe.keys() | mentions.places.keys()


def _days_near(a: Set[int], b: Set[int]) -> bool:
    """Whether two weekdays are at most one apart: a report names the day of the event or that on which it was written."""
    return any((one - other) % 7 in (0, 1, 6) for one in a for other in b)


def _shared(kind: str, a: Set[str], b: Set[str]) -> tuple[float, float]:
    """The weight of what is in both, and its share of the weight of each (a cosine)."""
    both = sum(rarity(kind, key) for key in a & b)
    if not both:
        return 0.0, 0.0
    alone = (sum(rarity(kind, key) for key in each) + 0.5 for each in (a, b))
    return both, both / math.sqrt(math.prod(alone))


def _days(days: int | None) -> tuple[float, float, float]:
    if days is None:
        return 0.0, 0.0, 0.0
    return 1.0, float(days <= 1), min(FAR_DAYS, max(0.0, days - 2.0))


def cities_of(mentions: Mentions) -> Set[str]:
    """The keys of the cities that are named."""
    return {key for key in mentions.places if key.startswith("city:")}


def countries(mentions: Mentions) -> Set[str]:
    """The keys of the countries and bodies that are named."""
    return {key for key in mentions.places if not key.startswith("city:")}


def own_countries(mine: Mentions, other: Mentions) -> Set[str]:
    """The keys of the countries in one headline of which the other text says nothing."""
    return {key for key in mine.headline if key.startswith("place:")} - other.places.keys()


def _own_names(mine: Mentions, other: Mentions) -> Set[str]:
    """The keys of the names in one headline that are nowhere in the other text."""
    return (mine.headline & mine.names.keys()) - other.names.keys() - other.maybe.keys()


def other_cities(a: Mentions, b: Mentions) -> list[tuple[str, str]]:
    """A city of each text, of one country, where they share no city of it."""
    one, other = cities_of(a), cities_of(b)
    if not one or not other or one & other:
        return []
    return [(mine, yours) for mine in sorted(one) for yours in sorted(other) if mine[:7] == yours[:7]]


def other_things(a: Mentions, b: Mentions) -> bool:
    """Whether the headlines name things, and neither text speaks of the other headline's."""
    one, other = a.headline_deeds & THINGS, b.headline_deeds & THINGS
    return bool(one and other) and not one & b.deeds and not other & a.deeds


def _numbers(a: Mentions, b: Mentions) -> tuple[float, float, float, float, float]:
    if not a.numbers or not b.numbers:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    both = shared_values(a, b)
    telling = sum(1 for value in both if value > SMALL or value != int(value))
    others = {number.value for number in b.numbers}
    near = sum(1 for value in {number.value for number in a.numbers} - both if value > SMALL and is_near(value, others))
    small = len(both) - telling
    differing = sum(1 for kind in kinds_of(a) & kinds_of(b) & MEASURED if other_values(a, b, kind))
    return min(telling, 2.0), min(small, 2.0), min(near, 2.0), float(not both and not near), min(differing, 2.0)


def shared_values(a: Mentions, b: Mentions) -> set[float]:
    """The numbers that both texts give of things that may be the same: four boats are not four dead."""
    return {one.value for one in a.numbers for other in b.numbers if one.value == other.value and _may_count_one_thing(one, other)}


def kinds_of(mentions: Mentions) -> Set[str]:
    """What the numbers count."""
    return {number.kind for number in mentions.numbers}


def _may_count_one_thing(one: Number, other: Number) -> bool:
    if not one.kind or not other.kind or one.kind == other.kind:
        return True
    return {one.kind, other.kind} <= OF_PERSONS and bool(PERSONS & {one.kind, other.kind})


def other_values(a: Mentions, b: Mentions, kind: str) -> tuple[float, float] | None:
    """What the texts give of one kind where that differs: a figure each, or two tolls too far apart for one event's."""
    one, other = _of(a, kind), _of(b, kind)
    if not one or not other or any(_agree(value, against, kind) for value in one for against in other):
        return None
    return max(one), max(other)


def _agree(value: float, other: float, kind: str) -> bool:
    if kind in TOLLS:
        return max(value, other) <= GROWTH * max(2.0, min(value, other))
    return is_near(value, (other,))


def _of(mentions: Mentions, kind: str) -> list[float]:
    return [number.value for number in mentions.numbers if number.kind == kind]


def is_near(value: float, others: Collection[float]) -> bool:
    """Whether one of the others is within six per cent of a number."""
    return any(abs(value - other) <= NEAR * value for other in others)
