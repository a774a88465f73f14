"""An external actor in the region counts most; at home it counts little; every score has its reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.watchlist import load_watchlist
from newsdesk.articles import Article, bare_article
from newsdesk.editions import Policy
from newsdesk.fingerprints import FINGERPRINT_VERSION, fingerprints
from newsdesk.judge import judge
from newsdesk.judging import Label, Relevance
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.outlets import Control, ControlStatement, Outlet
from newsdesk.relevance import _SENTENCE, weigh
from newsdesk.watchlist import Matcher

DEFAULTS = Path(__file__).resolve().parents[2] / "config" / "defaults"
MATCHER = Matcher(load_watchlist(DEFAULTS / "watchlist"))
POLICY = Policy(0.2, frozenset({"SC"}), frozenset({"VE"}), "State media reports", ("Disclaimer.",), candidate_threshold=30)
FILLER = "The weather stayed calm and the harvest was good. " * 30


def article(title: str, text: str, language: str | None = "en", day: date | None = date(2020, 11, 7)) -> Article:
    hinted = Hinted(title, Hint.HEADING) if title else None
    bare = bare_article("https://daily.example/a", hinted, text, Hinted(language, Hint.DETECTOR) if language else None, "test")
    return replace(bare, published=Hinted(Moment.of_day(day), Hint.META) if day else None)


def weighed(title: str, text: str = "", language: str = "en") -> Relevance:
    return weigh(article(title, text, language), MATCHER)


IN_THE_REGION = [
    ("en", "Russia ships attack helicopters to Nicaragua", "russia"),
    ("es", "Irán firma un acuerdo petrolero con Bolivia", "iran"),
    ("pt", "China financia novo porto no Uruguai", "china"),
    ("fr", "La Chine construit un barrage au Honduras", "china"),
    ("es", "Detienen en Paraguay a un financista de Hezbolá", "hezbollah"),
    ("es", "Un juez reabre la causa AMIA", "nisman_amia"),
    ("es", "Catar dona ambulancias a Guatemala", "qatar"),
    ("es", "La flota china de pesca ilegal vuelve frente a las costas argentinas", "illegal_fishing"),
    ("pt", "Médicos cubanos e vacinas chegam a Honduras", "medical_diplomacy"),
    ("es", "La Asamblea Nacional de Venezuela aprueba una reforma", "venezuela"),
    ("es", "El régimen de Nicaragua condena a presos políticos", "bolivarian_network"),
]


@pytest.mark.parametrize(("language", "title", "section"), IN_THE_REGION)
def test_what_the_monitor_looks_for_waits_in_the_queue_under_its_section(language: str, title: str, section: str) -> None:
    found = weighed(title, language=language)
    assert found.score >= POLICY.candidate_threshold
    assert section in [proposal.section_id for proposal in found.sections[:2]]
    assert found.reasons
    assert all(proposal.why for proposal in found.sections)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Russia shells a town in Ukraine"),
        ("en", "Local team wins the cup final"),
        ("pt", "Receita de peru assado para o Natal"),
        ("es", "Colombia vence a Paraguay en un amistoso"),
        ("fr", "La Chine inaugure une ligne de train à Shanghai"),
        ("es", "El clima en Costa Rica para el fin de semana"),
    ],
)
def test_what_it_does_not_look_for_does_not(language: str, title: str) -> None:
    assert weighed(title, language=language).score < POLICY.candidate_threshold


def test_title_outweighs_lead_and_lead_outweighs_the_rest() -> None:
    sentence = "Russia sells missiles to Peru."
    scores = [
        weighed(sentence, FILLER).score,
        weighed("News of the day", sentence + " " + FILLER).score,
        weighed("News of the day", FILLER + sentence).score,
        weighed("News of the day", FILLER).score,
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_one_sentence_outweighs_two_far_apart() -> None:
    together = weighed("News", FILLER + "Iran and Ecuador signed. " + FILLER)
    apart = weighed("News", FILLER + "Iran signed. " + FILLER + "Ecuador waited. ")
    assert together.score > apart.score
    assert "never in one sentence" in apart.reasons[0]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Venezuela beat Iran in World Cup qualifier"),
        ("es", "La cantante cubana presenta su disco en Caracas"),
        ("pt", "Rússia elimina Cuba no Mundial de vôlei"),
        ("fr", "Fortes pluies et coupure d'eau à Managua"),
    ],
)
def test_sport_and_the_like_are_no_politics(language: str, title: str) -> None:
    found = weighed(title, language=language)
    assert found.score < POLICY.candidate_threshold
    assert any("counts against it" in reason for reason in found.reasons)


def test_a_subject_stands_beside_an_aside() -> None:
    assert weighed("China sells missiles to Peru after the football match").score >= POLICY.candidate_threshold


def test_the_united_states_government_on_a_watched_actor_needs_no_country_of_the_region() -> None:
    assert weighed("Justice Department: forfeiture of Iranian petroleum").score >= POLICY.candidate_threshold
    assert weighed("Justice Department sues a bakery").score < 10


def test_an_actor_in_a_followed_subject_outweighs_the_same_actor_at_home() -> None:
    assert weighed("Iranian tanker evades sanctions").score > weighed("Iranian village gets a school").score


def test_reasons_are_words() -> None:
    found = weighed("Russia sends troops to Nicaragua")
    assert found.reasons[0] == "names Russia (actor) and Nicaragua (place) in the title"
    assert "military cooperation" in " ".join(found.reasons)
    assert found.actors == ("RU",)
    assert found.places == ("NI",)


def test_a_publication_of_the_united_states_government_is_a_must_read() -> None:
    government = Outlet(
        "us_treasury",
        "U.S. Treasury",
        ("TREASURY",),
        "US",
        ("en",),
        ("treasury.example",),
        (ControlStatement(Control.GOVERNMENT, "US", "its own imprint"),),
        (),
    )
    found = weigh(article("Treasury sanctions officials of Nicaragua", ""), MATCHER, government)
    assert found.sections[0].section_id == "must_reads"


@settings(max_examples=80)
@given(st.lists(st.sampled_from([*MATCHER.concepts.values()]), max_size=8), st.text(max_size=60))
def test_scores_and_fits_stay_within_bounds(concepts: list[object], noise: str) -> None:
    names = ". ".join(str(getattr(concept, "name", "")) for concept in concepts)
    found = weigh(article(names[:80], f"{noise} {names}", None), MATCHER)
    assert 0 <= found.score <= 100
    fits = [proposal.fit for proposal in found.sections]
    assert fits == sorted(fits, reverse=True)
    assert all(0 <= fit <= 1 for fit in fits)
    assert len({proposal.section_id for proposal in found.sections}) == len(fits)


def test_an_article_is_judged_at_once() -> None:
    outlet = Outlet("tele", "Tele", ("Tele",), "VE", ("es",), ("tele.example",), (ControlStatement(Control.SC, "VE", "a list"),), ())
    told = article("Irán envía combustible a Venezuela", "El tanquero iraní llegó a Puerto Cabello con gasolina.", "es")
    judged = judge(told, key="tele.example/a", outlet=outlet, source_id="tele/feed", policy=POLICY, matcher=MATCHER)
    assert judged.provenance.label is Label.STATE_MEDIA
    assert judged.fingerprints == fingerprints(told.text)
    assert judged.fingerprint_version == FINGERPRINT_VERSION
    assert judged.relevance == weigh(told, MATCHER, outlet)
    assert (judged.key, judged.outlet_id, judged.source_id) == ("tele.example/a", "tele", "tele/feed")


def test_an_article_of_nobody_is_unknown() -> None:
    judged = judge(article("A", "B"), key="k", outlet=None, outlet_id="gone", source_id="gone/feed", policy=POLICY, matcher=MATCHER)
    assert judged.provenance.label is Label.UNKNOWN
    assert judged.outlet_id == "gone"


def test_an_empty_article_is_weighed_without_ado() -> None:
    assert weigh(article("", "", None, None), MATCHER) == Relevance(0.0, ("names nothing that is watched",), (), (), (), ())


def test_a_score_has_a_reason_where_a_country_is_all_that_is_named() -> None:
    found = weigh(article("Falklands squid season opens", "Fewer ships asked for a licence than last year."), MATCHER)
    assert (found.places, found.reasons) == (("AR",), ("only names Argentina in the title",))
    assert 0 < found.score < 15


SIGNS = ".!?…\"'”’»«“‘(¿¡) \n\t\r\u00a0aZÉŒ7"
PLAIN_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[\"'“‘«(¿¡]*[A-ZÀ-ÞŒ\d])|\n+")


@settings(deadline=None, max_examples=500)
@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_sentences_end_where_a_plain_reading_ends_them(text: str) -> None:
    assert [found.end() for found in _SENTENCE.finditer(text)] == [found.end() for found in PLAIN_SENTENCE.finditer(text)]
