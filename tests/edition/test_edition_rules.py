"""What the check says of an edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.edition_rules import Share, check, percent, share
from newsdesk.editions import Edition, Entry, Finding, Section
from newsdesk.judging import Label
from tests.edition.conftest import POLICY, SECTIONS, entry


def of(*entries: Entry, **changed: object) -> Edition:
    return replace(Edition("2026-11", SECTIONS, entries, (("venezuela", "Quiet."),)), **changed)  # type: ignore[arg-type]


def some(state: int, others: int) -> Edition:
    made = [entry(n, label=Label.STATE_MEDIA if n <= state else Label.NOT_STATE_MEDIA) for n in range(1, state + others + 1)]
    return of(*made)


def found(edition: Edition, rule: str) -> list[Finding]:
    return [finding for finding in check(edition, POLICY) if finding.rule == rule]


def test_a_sound_edition_has_no_findings() -> None:
    assert check(some(1, 4), POLICY) == ()


def test_an_opinion_and_a_state_medias_declaration_are_noted_with_their_reason() -> None:
    opinion = entry(1, opinion="Reads as opinion: it stands in the section “Opinión”.")
    state = entry(2, label=Label.STATE_MEDIA, declaration="“Rusia” speaks against the United States: “condenó”")
    reported = entry(3, declaration="“Rusia” speaks against the United States: “condenó”")
    edition = of(opinion, state, reported, *(entry(n) for n in range(4, 9)))
    (told,) = found(edition, "opinion")
    assert not told.refuses and told.candidate_ids == (1,) and "the section “Opinión”" in told.sentence
    (declared,) = found(edition, "declaration")
    assert not declared.refuses and declared.candidate_ids == (2,) and "speaks against the United States" in declared.sentence


def test_three_of_ten_state_media_refuse() -> None:
    (finding,) = found(some(3, 7), "state_share")
    assert finding.refuses
    assert finding.candidate_ids == (1, 2, 3)
    assert "3 of 10 entries (30 %)" in finding.sentence
    assert "the limit is 20 %" in finding.sentence
    assert "Take 1 out" in finding.sentence


@pytest.mark.parametrize(("state", "others", "refused"), [(1, 4, False), (1, 3, True), (20, 80, False), (201, 799, True), (0, 0, False)])
def test_the_limit_itself_is_allowed(state: int, others: int, refused: bool) -> None:
    assert bool(found(some(state, others), "state_share")) is refused


@given(st.integers(0, 500), st.integers(1, 2000), st.integers(1, 99))
def test_the_share_is_compared_without_rounding(state: int, total: int, limit_percent: int) -> None:
    state = min(state, total)
    counted = Share(state, 0, total)
    assert counted.exceeds(limit_percent / 100) == (state * 100 > limit_percent * total)


def test_a_share_over_the_limit_never_reads_as_the_limit() -> None:
    assert percent(Fraction(2001, 10000)) == "20.1 %"
    assert percent(Fraction(1, 5)) == "20 %"
    assert Share(1, 0, 3).percent == "33.4 %"


def test_unknown_is_counted_and_noted_and_not_state() -> None:
    edition = of(*(entry(n, label=Label.UNKNOWN, outlet_printed=f"Quay {n}") for n in (1, 2)), entry(3))
    assert share(edition) == Share(0, 2, 3)
    (finding,) = found(edition, "unknown_label")
    assert not finding.refuses
    assert finding.candidate_ids == (1, 2)
    assert "2 entries (Quay 1, Quay 2)" in finding.sentence


def test_a_report_needs_its_day_a_must_read_does_not() -> None:
    edition = of(entry(1, published_on=None), entry(2, section_id="must-reads", published_on=None))
    (finding,) = found(edition, "no_day")
    assert finding.refuses
    assert finding.candidate_ids == (1,)


def test_an_empty_report_or_outlet_refuses() -> None:
    assert [f.refuses for f in found(of(entry(1, report=" \n ")), "empty_report")] == [True]
    assert [f.refuses for f in found(of(entry(1, outlet_printed="")), "no_outlet")] == [True]
    assert [f.refuses for f in found(of(entry(1, language=None)), "no_language")] == [False]


@pytest.mark.parametrize(
    ("on", "noted"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 11, 30), False),
        (date(2026, 9, 30), True),
        (date(2026, 12, 1), True),
        (date(2025, 11, 7), True),
    ],
)
def test_a_day_out_of_reach_is_noted(on: date, noted: bool) -> None:
    findings = found(of(entry(1, published_on=on)), "reach")
    assert bool(findings) is noted
    assert not any(finding.refuses for finding in findings)


def test_january_reaches_into_december() -> None:
    assert not found(of(entry(1, published_on=date(2026, 12, 31)), month="2027-01"), "reach")
    (finding,) = found(of(entry(1, published_on=date(2026, 11, 30)), month="2027-01"), "reach")
    assert "from 01-DEC" in finding.sentence


def test_the_same_article_twice_refuses_once() -> None:
    first = entry(1, address="https://faro.example/a?utm_source=rss", article_id=7)
    (finding,) = found(of(first, entry(2, address="http://FARO.example/a", article_id=7), entry(3)), "duplicate")
    assert finding.refuses
    assert finding.candidate_ids == (1, 2)
    assert len(found(of(first, entry(2, article_id=7), entry(3, report="Same."), entry(4, report="same.")), "duplicate")) == 2


def test_a_state_report_that_others_carry_is_noted() -> None:
    (finding,) = found(
        of(entry(1, label=Label.STATE_MEDIA, other_outlets=("Harbour Post", "La Voz")), *map(entry, range(2, 7))), "others_report"
    )
    assert not finding.refuses
    assert "Harbour Post, La Voz" in finding.sentence
    assert not found(of(entry(1, other_outlets=("La Voz",))), "others_report")


def test_an_unknown_section_refuses() -> None:
    (finding,) = found(of(entry(1, section_id="atlantis")), "unknown_section")
    assert finding.refuses
    assert "“atlantis”" in finding.sentence
    assert found(of(entry(1), narratives=(("atlantis", "Lost."),)), "unknown_section")


def test_missing_narrative_and_stray_lead_in_are_notes() -> None:
    assert not found(of(entry(1), narratives=()), "no_narrative")[0].refuses
    assert not found(of(entry(1, report="State media reports it.")), "lead_in")[0].refuses


def test_a_month_that_is_none_refuses() -> None:
    assert [f.refuses for f in found(of(entry(1), month="2026-13"), "month")] == [True]


def test_what_refuses_comes_first() -> None:
    findings = check(of(entry(1, language=None), entry(2, report="")), POLICY)
    assert [finding.refuses for finding in findings] == sorted((f.refuses for f in findings), reverse=True)


def test_every_sentence_is_for_people() -> None:
    broken = of(
        entry(1, report="", published_on=None, language=None, label=Label.STATE_MEDIA, other_outlets=("A",)),
        entry(2, section_id="none", label=Label.UNKNOWN, published_on=date(2020, 1, 1)),
        sections=(Section("venezuela", "Venezuela", narrative=True),),
        narratives=(),
    )
    findings = check(broken, POLICY)
    assert len({finding.rule for finding in findings}) >= 8
    assert all(
        (finding.sentence.endswith((".", "!")) and finding.sentence[0].isupper()) or finding.sentence[0] == "“" for finding in findings
    )


@pytest.mark.parametrize(
    ("verdict", "rule"),
    [("found", "others_report"), ("not_searched", "others_not_searched"), ("not_found", None)],
)
def test_a_state_report_is_checked_against_the_last_search(verdict: str, rule: str | None) -> None:
    told = entry(1, label=Label.STATE_MEDIA, corroboration=verdict, corroboration_why="So it was found.", other_outlets=("b",))
    said = {finding.rule: finding.sentence for finding in check(of(told), POLICY)}
    assert {"others_report", "others_not_searched"} & set(said) == ({rule} if rule else set())
    if rule:
        assert "So it was found." in said[rule]
