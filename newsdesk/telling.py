"""Whether two articles tell the same event: the one function that duplicates, clusters and corroboration ask (field notes 19).

``tell`` draws from an article what is compared (a ``Telling``), ``same_story`` compares two of them. An event is one deed
or happening: a later count of its victims tells the same event, another meeting of the same people tells another one.
"""

from __future__ import annotations

import base64
import json
import math
import operator
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from newsdesk.deeds import opposed
from newsdesk.fingerprints import fold, is_boilerplate
from newsdesk.likeness import (
    MEASURED,
    SMALL,
    TOLLS,
    apart,
    cities_of,
    figures,
    fit_of,
    other_cities,
    other_values,
    own_countries,
    rarity,
    shared_values,
)
from newsdesk.meaning import Encoder, Vectors
from newsdesk.mentions import MENTIONS_VERSION, Mentions, Number, mentions_of
from newsdesk.stories import Copy

TELLING_VERSION = f"telling-1/{MENTIONS_VERSION}"
RARE_ENOUGH = 1.5  # a rare number, name or city, and part of another
GLANCE_FROM = 0.03  # of the score: below it nothing rare is worth a glance
ALIKE = 0.995  # of headline and opening, in one language: the same words; another number alone makes it less (.98 and below)
COPY_SCORE = 0.99  # at least, of two articles that are one text
DOUBT_FROM = 0.3  # of the score: of what lies below a second reading joins hardly any
SURE_FROM = 0.9  # of the score: of eleven real or demo pairs that scored .6 to .9 two were one event (decision 23)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNSURE = 0.5  # at most, where each headline names a country of its own: five of eight labelled pairs beyond it were two events
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
    evidence that they are one text, where there is any. ``doubtful`` is what a slower, better reader is worth asking about."""

    verdict: Verdict
    score: float
    closeness: float
    reason: str
    copy: Copy | None = None
    doubtful: bool = False


def tell(title: str, lead: str | None, text: str, language: str | None, day: date | None, encoder: Encoder) -> Telling:
    """Draw from an article what is compared; costs one run of the encoder over the headline and the opening.

    ``lead`` (a standfirst, say) is used where the text has none of its own. ``language`` is ISO 639-1.
    """
    return tell_many([(title, lead, text, language, day)], encoder)[0]


def tell_many(articles: Sequence[tuple[str, str | None, str, str | None, date | None]], encoder: Encoder) -> list[Telling]:
    """The tellings of several articles (title, lead, text, language, day): cheaper together, as the encoder's weights are read once."""
    openings = [opening_of(lead, text) for _, lead, text, _, _ in articles]
    titles = [title.strip() or " ".join(opening.split()[:16]) for (title, *_), opening in zip(articles, openings, strict=True)]
    wholes = [_whole(title, opening, encoder.opening) for title, opening in zip(titles, openings, strict=True)]
    rows = encoder.encode([*titles, *wholes])
    return [
        Telling(
            language,
            day,
            encoder.name,
            np.stack([rows[at], rows[len(articles) + at]]),
            mentions_of(titles[at], openings[at], language, day),
        )
        for at, (_, _, _, language, day) in enumerate(articles)
    ]


def _whole(title: str, opening: str, words: int) -> str:
    return f"{title}. {' '.join(opening.split()[:words])}" if opening else title


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
            "headline_deeds": sorted(mentions.headline_deeds),
            "deeds": sorted(mentions.deeds),
            "sites": sorted(mentions.sites),
            "headline": sorted(mentions.headline),
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
        headline_deeds=frozenset(kept["headline_deeds"]),
        deeds=frozenset(kept["deeds"]),
        sites=frozenset(kept.get("sites", ())),  # not in what older rules told
        headline=frozenset(kept.get("headline", ())),
    )
    meaning = np.frombuffer(base64.b64decode(kept["meaning"]), dtype="<f2").astype(np.float32).reshape(2, -1)
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Telling(kept["language"], day, kept["encoder"], meaning, mentions, kept["version"])


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
    rows = np.stack([other.meaning for other in many])
    cosines = _cosines(one, many, rows)
    found = copies if copies is not None else [None] * len(many)
    return [_weigh(one, other, five, copy) for other, five, copy in zip(many, cosines.tolist(), found, strict=True)]


def _cosines(one: Telling, many: Sequence[Telling], rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Shape (n, 5): headline, whole, the same apart from their languages' means, and headline against whole."""
    means = fit_of(one.encoder).means
    own = apart(one.meaning, one.language, means)
    others = np.stack([apart(meaning, other.language, means) for meaning, other in zip(rows, many, strict=True)])
    plain = np.einsum("iw,niw->ni", one.meaning, rows)
    bare = np.einsum("iw,niw->ni", own, others)
    crossed = (others[:, 1] @ own[0] + others[:, 0] @ own[1]) / 2
    return np.column_stack([plain, bare, crossed]).astype(np.float64)


def features_of(a: Telling, b: Telling, cosines: Sequence[float]) -> list[float]:
    """The figures of two tellings in the order of ``likeness.FEATURES``."""
    return figures(a.mentions, b.mentions, cosines, _one_language(a, b), days_between(a, b))


def _weigh(a: Telling, b: Telling, cosines: Sequence[float], copy: Copy | None) -> Sameness:
    closeness = (cosines[0] + cosines[1]) / 2
    fit = fit_of(a.encoder)
    logit = fit.bias + sum(map(operator.mul, fit.weights, features_of(a, b, cosines)))
    score = 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
    if min(cosines[:2]) >= ALIKE and _one_language(a, b) and (days_between(a, b) or 0) <= 1:  # later, the same words are a column's
        score = max(score, COPY_SCORE)
    if own_countries(a.mentions, b.mentions) and own_countries(b.mentions, a.mentions):
        score = min(score, UNSURE)
    if copy is not None:
        return Sameness(Verdict.SAME, max(score, COPY_SCORE), closeness, f"{copy.reason} {reason_of(a, b, closeness)}", copy)
    undated = days_between(a, b) is None
    same_from, perhaps_from = (fit.same_from, fit.perhaps_from) if undated else (fit.dated_same_from, fit.dated_perhaps_from)
    verdict = Verdict.SAME if score >= same_from else Verdict.PERHAPS if score >= perhaps_from else Verdict.OTHER
    if verdict is Verdict.OTHER and score >= GLANCE_FROM and _speaks_for(a, b):
        verdict = Verdict.PERHAPS
    doubtful = verdict is not Verdict.OTHER and DOUBT_FROM <= score < SURE_FROM
    return Sameness(verdict, score, closeness, reason_of(a, b, closeness), doubtful=doubtful)


def _one_language(a: Telling, b: Telling) -> bool:
    return a.language is not None and a.language == b.language


def days_between(a: Telling, b: Telling) -> int | None:
    """Days between two publications, where both are known."""
    return None if a.day is None or b.day is None else abs((a.day - b.day).days)


def _speaks_for(a: Telling, b: Telling) -> bool:
    """Whether two texts of one or two days share something rare that nothing contradicts: worth an editor's glance."""
    days, one, other = days_between(a, b), a.mentions, b.mentions
    if days is None or days > 1 or _differences(one, other):
        return False
    names = {*one.names, *one.maybe} & {*other.names, *other.maybe} & {*one.names, *other.names}
    rare = sum(rarity("names", key) for key in names)
    rare += sum(1.0 for value in shared_values(one, other) if value > SMALL or value != int(value))
    return rare + len(cities_of(one) & cities_of(other)) >= RARE_ENOUGH


def reason_of(a: Telling, b: Telling, closeness: float) -> str:
    """A sentence of what the two have in common and what sets them apart, as an editor can check it in the texts."""
    one, other = a.mentions, b.mentions
    names = [key for key in {**one.names, **one.maybe} if key in other.names or (key in other.maybe and key in one.names)]
    printed = {**one.maybe, **one.names}
    common = [
        ("both name ", [printed[key] for key in names]),
        ("both are about ", _common_places(one, other)),
        ("both speak of ", sorted(map(_plain, one.deeds & other.deeds))),
        ("both give ", [_figure(value) for value in sorted(shared_values(one, other), reverse=True)]),
        ("both say ", [_WEEKDAYS[day] for day in sorted(one.weekdays & other.weekdays)]),
    ]
    parts = [start + _listed(words) for start, words in common if words] + _differences(one, other)
    if a.day is not None and b.day is not None:
        days = days_between(a, b) or 0
        parts.append("published on the same day" if days == 0 else f"published {days} day{'s' if days > 1 else ''} apart")
    parts.append(f"their meanings are {max(0.0, closeness):.0%} close")
    return _sentence(parts)


def _common_places(one: Mentions, other: Mentions) -> list[str]:
    """What both are about, in each text's word; not a country of which they name different cities."""
    apart_in = {f"place:{mine[5:7]}" for mine, _ in other_cities(one, other)}
    keys = [key for key in one.places if key in other.places and key not in apart_in]
    keys.sort(key=lambda key: not key.startswith("city:"))
    words = [
        one.places[key] if fold(one.places[key]) == fold(other.places[key]) else f"{one.places[key]} ({other.places[key]})" for key in keys
    ]
    return list(dict.fromkeys(words))


def _differences(one: Mentions, other: Mentions) -> list[str]:
    parts = []
    for mine, yours in other_cities(one, other)[:1]:
        parts.append(f"one is about {one.places[mine]}, the other about {other.places[yours]}")
    for kind in sorted(MEASURED | TOLLS):
        values = other_values(one, other, kind)
        if values is not None:
            parts.append(f"one gives {_counted(values[0], kind)}, the other {_counted(values[1], kind)}")
    parts += _other_places(one, other)
    if one.weekdays and other.weekdays and not one.weekdays & other.weekdays:
        parts.append(f"one says {_WEEKDAYS[min(one.weekdays)]}, the other {_WEEKDAYS[min(other.weekdays)]}")
    for deed, against in opposed(one.headline_deeds, other.headline_deeds)[:1]:
        parts.append(f"one headline speaks of {_plain(deed)}, the other of {_plain(against)}")
    if one.names and other.names and not (one.names.keys() | one.maybe.keys()) & (other.names.keys() | other.maybe.keys()):
        parts.append("no name is in both")
    return parts


def _other_places(one: Mentions, other: Mentions) -> list[str]:
    if one.places and other.places and not one.places.keys() & other.places.keys():
        return [f"one is about {_listed(list(one.places.values()))}, the other about {_listed(list(other.places.values()))}"]
    mine, yours = own_countries(one, other), own_countries(other, one)
    if not mine or not yours:
        return []
    return [f"only one names {_listed(_printed(one, mine))}, only the other {_listed(_printed(other, yours))}"]


def _printed(of: Mentions, keys: Set[str]) -> list[str]:
    return list(dict.fromkeys(of.places[key] for key in sorted(keys)))


def _plain(deed: str) -> str:
    return deed.replace("_", " ")


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def _counted(value: float, kind: str) -> str:
    """A figure with what it counts: ``20 (bus)``, ``7.8 %``."""
    return f"{_figure(value)} %" if kind == "percent" else f"{_figure(value)} ({kind})"


def _sentence(parts: Sequence[str]) -> str:
    written = "; ".join(parts)
    return f"{written[0].upper()}{written[1:]}."


def _listed(words: Sequence[str]) -> str:
    """At most five of the words, as a list is written."""
    shown = list(words[:5])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
