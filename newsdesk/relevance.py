"""How much an article matters to the monitor, in which section it would stand, and why: rules and general words only.

An external actor named with a country of the region is what the monitor looks for; the politics of the Bolivarian network
and of the countries in crisis come next. Headline and lead count more than what follows, one sentence more than two.
Weights are the desk's judgement, measured by bench/sections.py; which words count is the editors' (config/watchlist/).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import exp, sqrt

from newsdesk.articles import Article
from newsdesk.judging import Match, Relevance, SectionProposal, TermKind
from newsdesk.outlets import Control, Outlet
from newsdesk.watchlist import Concept, Matcher

LEAD_SIGNS = 500  # code points of the text that are read as its lead; a short report is lead altogether
TITLE_COUNTS, LEAD_COUNTS, MENTION_COUNTS, MENTIONS = 3.0, 2.0, 0.5, 4
PROMINENT = 2.0  # the count at which a concept is prominent to 1 - 1/e
TITLE, LEAD, BODY = "in the title", "in the lead", "in the text"
_TOGETHER = {TITLE: 1.0, LEAD: 0.95, BODY: 0.6}
APART = 0.3  # named in one article, never in one sentence

ABROAD = frozenset({"place:VE", "place:CU", "place:NI", "place:BO"})  # in the region, and acting abroad as actors do
HOME_TOPICS = frozenset(
    f"topic:{name}"
    for name in "politics elections unrest repression diplomacy military arms oil sanctions crypto disinformation finance "
    "terrorism intelligence nuclear drugs integration".split()
)
WORLDWIDE = frozenset(f"topic:{name}" for name in "sanctions shipping medical disinformation illegal_fishing".split())
"""Subjects in which the monitor follows an external actor wherever it acts: an evaded sanction, a vaccine, a campaign."""
DIVERSIONS = frozenset({"topic:sport", "topic:show"})  # whoever is named: a match is no meeting of two states
ASIDES = DIVERSIONS | {"topic:weather", "topic:daily_life"}  # a country's own news that are not its politics
NOT_FOLLOWED = 0.4  # home politics of countries the monitor follows only for the actors in them
# A sentence's end with what follows up to the next, or lines' ends. It begins with one of a few signs, for which a text is
# looked through five times as fast as for what may stand behind them.
_SENTENCE = re.compile(r"[.!?…\n](?:(?<!\n)[\"'”’»)]*\s+(?=[\"'“‘«(¿¡]*[A-ZÀ-ÞŒ\d])|(?<=\n)\n*)")


@dataclass(frozen=True)
class _Sight:
    """How an article shows one concept: prominence (0-1), where first, in which sentences (-1: the title)."""

    concept: Concept
    prominence: float
    first: tuple[int, int]
    sentences: frozenset[int]
    place: str


@dataclass(frozen=True)
class _Pair:
    """Two concepts named in one article, how strongly together (0-1), and where."""

    actor: _Sight
    place: _Sight
    strength: float
    together: str | None


def weigh(article: Article, matcher: Matcher, outlet: Outlet | None = None) -> Relevance:
    """Score (0-100), reasons, matches and proposed sections (best first) of an article.

    ``outlet`` only matters for must-reads, which are publications of the United States government.
    """
    title = article.title.value if article.title else ""
    matches = matcher.find(
        title,
        article.text,
        article.language.value if article.language else None,
        article.published.value.on if article.published else None,
    )
    sights = _sights(matches, title, article.text, matcher.concepts)
    actors, places, topics = (
        [sight for sight in sights if sight.concept.kind is kind] for kind in (TermKind.ACTOR, TermKind.PLACE, TermKind.TOPIC)
    )
    pairs = _pairs(actors, places)
    score, reasons = _score(actors, places, topics, pairs, outlet)
    return Relevance(
        score=score,
        reasons=reasons,
        matches=matches,
        sections=_sections(actors, places, topics, outlet),
        actors=tuple(sight.concept.id.partition(":")[2] for sight in actors),
        places=tuple(sight.concept.id.partition(":")[2] for sight in places),
    )


# ---------------------------------------------------------------- what the article shows


def _sights(matches: Sequence[Match], title: str, text: str, concepts: Mapping[str, Concept]) -> list[_Sight]:
    """Every concept named, the most prominent first. Without a title the first sentence counts as one."""
    ends = [found.end() for found in _SENTENCE.finditer(text)] or [len(text)]
    by_concept: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_concept[match.concept].append(match)
    headline = 0 if title else ends[0]
    sights = [_sight(concepts[name], found, ends, headline) for name, found in by_concept.items()]
    return sorted(sights, key=lambda sight: (-sight.prominence, sight.first))


def _sight(concept: Concept, matches: Sequence[Match], sentence_ends: Sequence[int], headline: int) -> _Sight:
    in_title = [match for match in matches if match.where == "title"]
    in_text = [match for match in matches if match.where == "text"]
    in_lead = [match for match in in_text if match.start < LEAD_SIGNS]
    return _Sight(
        concept=concept,
        prominence=_prominence(matches, headline),
        first=(0, in_title[0].start) if in_title else (1, in_text[0].start),
        sentences=frozenset([-1] * bool(in_title) + [bisect_right(sentence_ends, match.start) for match in in_text]),
        place=TITLE if in_title else LEAD if in_lead else BODY,
    )


def _prominence(matches: Sequence[Match], headline: int) -> float:
    in_text = [match for match in matches if match.where == "text"]
    in_lead = [match for match in in_text if match.start < LEAD_SIGNS]
    in_headline = len(in_text) < len(matches) or in_text[0].start < headline
    count = TITLE_COUNTS * in_headline + LEAD_COUNTS * any(match.start >= headline for match in in_lead)
    count += MENTION_COUNTS * min(MENTIONS, max(0, len(in_text) - bool(in_lead)))
    return 1 - exp(-count / PROMINENT)


def prominences(matches: Sequence[Match], title: str, text: str) -> dict[str, float]:
    """How prominently (0-1) an article names each concept, from the matches that ``weigh`` kept of it."""
    first = None if title else _SENTENCE.search(text)
    headline = 0 if title else first.end() if first else len(text)
    by_concept: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_concept[match.concept].append(match)
    return {concept: _prominence(found, headline) for concept, found in by_concept.items()}


def _pairs(actors: Sequence[_Sight], places: Sequence[_Sight]) -> list[_Pair]:
    """Actors with places, and the countries that act abroad with other places; the strongest first."""
    outside = [_pair(actor, place) for actor, place in product(actors, places)]
    inside = [
        _pair(*((one, other) if one.concept.id in ABROAD else (other, one)), factor=0.75)
        for one, other in combinations(places, 2)
        if ABROAD & {one.concept.id, other.concept.id} and "place:region" not in (one.concept.id, other.concept.id)
    ]
    return sorted(outside + inside, key=lambda pair: -pair.strength)


def _pair(actor: _Sight, place: _Sight, factor: float = 1.0) -> _Pair:
    shared = actor.sentences & place.sentences
    together = None if not shared else TITLE if -1 in shared else LEAD if LEAD in (actor.place, place.place) else BODY
    if together is LEAD and min(shared) > 3:  # the lead names one of them, a later sentence both
        together = BODY
    weight = sqrt(actor.concept.weight * place.concept.weight) * factor
    strength = sqrt(actor.prominence * place.prominence) * weight * (_TOGETHER[together] if together else APART)
    return _Pair(actor, place, min(1.0, strength), together)


# ---------------------------------------------------------------- how much it matters


def _score(
    actors: Sequence[_Sight], places: Sequence[_Sight], shown: Sequence[_Sight], pairs: Sequence[_Pair], outlet: Outlet | None
) -> tuple[float, tuple[str, ...]]:
    topics = [sight for sight in shown if sight.concept.id not in ASIDES]
    asides = [sight for sight in shown if sight.concept.id in ASIDES]
    subject = 1 - _none_of(min(1.0, sight.prominence * sight.concept.weight) * 0.5 for sight in topics)
    reasons: list[str] = []
    doubts = [1.0]
    if pairs:
        best, kept = pairs[0], _kept_beside(asides, DIVERSIONS, subject)
        doubts.append(1 - 0.8 * best.strength * (0.45 + 0.55 * subject) * kept)
        doubts += [1 - 0.12 * pair.strength * kept for pair in pairs[1:4]]
        reasons.append(_pair_reason(best))
    home, home_reason = _home(places, topics, _kept_beside(asides, ASIDES, subject))
    doubts.append(1 - home)
    if home_reason:
        reasons.append(home_reason)
    special, special_reason = _special(actors, places, topics, outlet)
    doubts.append(1 - special)
    if special_reason:
        reasons.append(special_reason)
    if topics:
        reasons.append("is about " + ", ".join(sight.concept.name for sight in topics[:3]))
    if asides:
        reasons.append("is also about " + ", ".join(sight.concept.name for sight in asides[:2]) + ", which counts against it")
    if not pairs and actors and not special_reason:
        doubts.append(1 - _far_away(actors[0], topics))
        reasons.append(f"names {actors[0].concept.name} and no country of the region")
    if not reasons:
        reasons.append(f"only names {places[0].concept.name} {places[0].place}" if places else "names nothing that is watched")
    doubt = 1.0
    for each in doubts:
        doubt *= each
    return round(100 * (1 - doubt), 1), tuple(reasons)


def _kept_beside(asides: Sequence[_Sight], counted: frozenset[str], subject: float) -> float:
    """What remains (0-1) of a weight when the article is about sport or the like; all of it where it has a subject too."""
    rest = 1 - max((sight.prominence for sight in asides if sight.concept.id in counted), default=0.0)
    return float(rest ** (1 - subject))


def _far_away(actor: _Sight, topics: Sequence[_Sight]) -> float:
    """How much an external actor matters (0-1) where no country of the region is named."""
    followed = max((sight.prominence for sight in topics if sight.concept.id in WORLDWIDE), default=0.0)
    return 0.12 * actor.prominence + 0.25 * actor.prominence * followed


def _pair_reason(pair: _Pair) -> str:
    names = f"names {pair.actor.concept.name} ({_role(pair.actor)}) and {pair.place.concept.name} (place)"
    if pair.together:
        return f"{names} in one sentence {pair.together}" if pair.together is not TITLE else f"{names} in the title"
    return f"{names}, never in one sentence"


def _role(sight: _Sight) -> str:
    return "actor" if sight.concept.kind is TermKind.ACTOR else "acting abroad"


def _home(places: Sequence[_Sight], topics: Sequence[_Sight], kept: float) -> tuple[float, str | None]:
    """A country's own politics: how much they matter (0-1), and why. ``kept`` is what other matters leave of it (0-1)."""
    political = [sight for sight in topics if sight.concept.id in HOME_TOPICS]
    subject = 1 - _none_of(0.7 * sight.prominence * sight.concept.weight for sight in political)
    best, value = None, 0.0
    for place in places:
        followed = 1.0 if place.concept.followed else NOT_FOLLOWED
        worth = 0.62 * followed * place.concept.weight * place.prominence * (0.35 + 0.65 * subject) * kept
        if worth > value:
            best, value = place, worth
    if best is None or value < 0.15:
        return value, None
    said = f"names {best.concept.name} {best.place}"
    return min(0.9, value), f"{said}, whose own politics the monitor follows" if best.concept.followed else said


def _special(
    actors: Sequence[_Sight], places: Sequence[_Sight], topics: Sequence[_Sight], outlet: Outlet | None
) -> tuple[float, str | None]:
    """What the monitor follows whoever is named: Hezbollah, the AMIA case, alliances, foreign fleets, terrorism in the region,
    and what the United States government does or says about the watched actors and countries (its must-reads)."""
    shown = {sight.concept.id: sight for sight in (*actors, *topics)}
    watched = max((sight.prominence for sight in (*actors, *places)), default=0.0)
    region = max((sight.prominence for sight in places), default=0.0)
    found: list[tuple[float, str]] = []
    if (amia := shown.get("topic:amia")) is not None:
        found.append((0.75 * amia.prominence, f"names the AMIA case {amia.place}"))
    if (hezbollah := shown.get("actor:hezbollah")) is not None:
        found.append((0.55 * hezbollah.prominence, f"names Hezbollah {hezbollah.place}"))
    if (bodies := shown.get("topic:integration")) is not None:
        found.append((0.5 * bodies.prominence, f"names the alliances of the Bolivarian network {bodies.place}"))
    if (fishing := shown.get("topic:illegal_fishing")) is not None and region:
        found.append((0.45 * fishing.prominence * region, f"names fishing fleets {fishing.place} and the region"))
    if (terrorism := shown.get("topic:terrorism")) is not None and region:
        found.append((0.6 * terrorism.prominence * region, f"names terrorism or explosives {terrorism.place} and the region"))
    if watched and _is_us_government(outlet):
        found.append((0.5 * watched, "is a publication of the United States government on what the monitor watches"))
    if watched and (measures := shown.get("topic:us_measures")) is not None:
        found.append((0.5 * measures.prominence * watched, f"names an office of the United States government {measures.place}"))
    return max(found, default=(0.0, None))


def _is_us_government(outlet: Outlet | None) -> bool:
    return outlet is not None and outlet.country == "US" and any(one.control is Control.GOVERNMENT for one in outlet.control or ())


def _none_of(chances: Iterable[float]) -> float:
    rest = 1.0
    for chance in chances:
        rest *= 1 - min(1.0, chance)
    return rest


# ---------------------------------------------------------------- where it would stand


def _sections(
    actors: Sequence[_Sight], places: Sequence[_Sight], topics: Sequence[_Sight], outlet: Outlet | None
) -> tuple[SectionProposal, ...]:
    proposals = [
        *_by_topic(actors, places, topics),
        *_by_actor(actors),
        *_by_place(actors, places),
        *_must_reads(actors, places, topics, outlet),
    ]
    best: dict[str, SectionProposal] = {}
    for proposal in sorted(proposals, key=lambda each: -each.fit):
        best.setdefault(proposal.section_id, proposal)
    return tuple(best.values())


def _proposal(section_id: str, fit: float, why: str) -> SectionProposal:
    return SectionProposal(section_id, round(max(0.0, min(1.0, fit)), 3), why)


def _by_topic(actors: Sequence[_Sight], places: Sequence[_Sight], topics: Sequence[_Sight]) -> list[SectionProposal]:
    """Sections that stand for a subject, whoever is named."""
    outsiders = bool(actors) or any(sight.concept.id == "place:CU" for sight in places)
    worth = {
        "topic:illegal_fishing": 1.0,
        "topic:amia": 1.05,
        "topic:medical": 0.85 if outsiders else 0.45,
        "topic:terrorism": 0.75 if places else 0.3,
    }
    return [
        _proposal(sight.concept.section, worth[sight.concept.id] * sight.prominence, f"{sight.concept.name} {sight.place}")
        for sight in topics
        if sight.concept.section and sight.concept.id in worth
    ]


def _by_actor(actors: Sequence[_Sight]) -> list[SectionProposal]:
    """An actor's own section; the more actors are listed, the less each of them is what the article is about."""
    speaking = sorted((sight for sight in actors if sight.concept.section), key=lambda sight: sight.first)
    share = 0.9 ** max(0, len(speaking) - 1)
    return [
        _proposal(
            str(sight.concept.section),
            sight.prominence * min(1.0, sight.concept.weight) * share * (1 - 0.04 * min(3, rank)),
            f"{sight.concept.name} {sight.place}",
        )
        for rank, sight in enumerate(speaking)
    ]


def _by_place(actors: Sequence[_Sight], places: Sequence[_Sight]) -> list[SectionProposal]:
    """A country's section, behind the section of an external actor that the article shows as well."""
    shadow = max((sight.prominence for sight in actors if sight.concept.section), default=0.0)
    return [
        _proposal(
            sight.concept.section,
            sight.prominence * (1 - _shadowing(sight) * shadow) * (1 - 0.05 * min(3, rank)),
            f"{sight.concept.name} {sight.place}" + (", beside an external actor" if shadow else ""),
        )
        for rank, sight in enumerate(sorted(places, key=lambda sight: sight.first))
        if sight.concept.section
    ]


def _shadowing(place: _Sight) -> float:
    """How far an external actor takes a country's article away from the country's section (0-1)."""
    if place.concept.id == "place:VE":
        return 0.15
    return 0.35 if place.concept.id in ABROAD else 0.5


def _must_reads(
    actors: Sequence[_Sight], places: Sequence[_Sight], topics: Sequence[_Sight], outlet: Outlet | None
) -> list[SectionProposal]:
    """Publications of the United States government on what the monitor watches."""
    watched = max((sight.prominence for sight in (*actors, *places)), default=0.0)
    if outlet is not None and _is_us_government(outlet):
        return [_proposal("must_reads", 0.6 + 0.4 * watched, f"{outlet.name} is a publication of the United States government")]
    measures = next((sight for sight in topics if sight.concept.id == "topic:us_measures"), None)
    if measures is None:
        return []
    return [_proposal("must_reads", 0.4 * measures.prominence * watched, f"measures of the United States government {measures.place}")]
