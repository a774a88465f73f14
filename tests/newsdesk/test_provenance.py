"""The label says whose voice an article is on its day, and never takes silence for independence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.editions import Policy
from newsdesk.judging import Label
from newsdesk.outlets import Control, ControlStatement, Evidence, Outlet
from newsdesk.provenance import controller_in_words, label_of

POLICY = Policy(
    state_share_limit=0.2,
    labelled_controls=frozenset({"SC", "CaPu", "CaPr", "party_or_armed_group_organ"}),
    labelled_states=frozenset({"VE", "RU", "IR", "CN", "CU", "NI", "BO", "BY", "QA", "TR", "Hezbollah"}),
    lead_in="State media reports",
    disclaimer=("Disclaimer.",),
    candidate_threshold=30,
)
DAY = date(2020, 11, 7)


def outlet(*statements: ControlStatement) -> Outlet:
    return Outlet("daily", "The Daily", ("The Daily",), "BY", ("en",), ("daily.example",), statements, ())


def said(control: Control, controller: str | None, first: date | None = None, last: date | None = None) -> ControlStatement:
    return ControlStatement(control, controller, "own knowledge (unverified)", (Evidence("a list", date(2026, 3, 25)),), first, last)


def test_a_state_controlled_outlet_is_state_media_and_the_sentence_says_why() -> None:
    found = label_of(outlet(said(Control.SC, "BY", date(2015, 1, 1))), DAY, POLICY)
    assert found.label is Label.STATE_MEDIA
    assert found.controller == "BY"
    for part in ("The Daily", "Belarus", "own knowledge (unverified)", "a list", "25 March 2026", "1 January 2015", "(SC)"):
        assert part in found.why


def test_an_armed_groups_organ_is_state_media() -> None:
    found = label_of(outlet(said(Control.ORGAN, "Hezbollah")), DAY, POLICY)
    assert found.label is Label.STATE_MEDIA
    assert "Hezbollah" in found.why


@pytest.mark.parametrize("control", [Control.PRIVATE, Control.NONPROFIT, Control.IP, Control.ISFM, Control.GOVERNMENT])
def test_other_kinds_of_control_are_not_labelled(control: Control) -> None:
    assert label_of(outlet(said(control, "VE")), DAY, POLICY).label is Label.NOT_STATE_MEDIA


def test_state_media_of_another_state_are_not_labelled_and_the_sentence_names_the_state() -> None:
    found = label_of(outlet(said(Control.SC, "KR")), DAY, POLICY)
    assert found.label is Label.NOT_STATE_MEDIA
    assert "South Korea" in found.why


def test_silence_is_unknown() -> None:
    for silent in (None, outlet(), outlet(said(Control.UNKNOWN, None)), outlet(said(Control.SC, None))):
        found = label_of(silent, DAY, POLICY)
        assert found.label is Label.UNKNOWN
        assert found.why.endswith(".")


def test_a_statement_that_ended_before_publication_says_nothing() -> None:
    ended = outlet(said(Control.SC, "BO", date(2006, 1, 22), date(2019, 11, 12)))
    assert label_of(ended, date(2019, 11, 12), POLICY).label is Label.STATE_MEDIA
    after = label_of(ended, date(2019, 11, 13), POLICY)
    assert after.label is Label.UNKNOWN
    assert "12 November 2019" in after.why


def test_the_statement_of_the_day_counts() -> None:
    changed = outlet(said(Control.PRIVATE, None, None, date(2018, 1, 1)), said(Control.CAPR, "NI", date(2018, 1, 2)))
    assert label_of(changed, date(2018, 1, 1), POLICY).label is Label.NOT_STATE_MEDIA
    assert label_of(changed, date(2018, 1, 2), POLICY).label is Label.STATE_MEDIA


def test_without_a_day_only_what_holds_on_every_day_is_said() -> None:
    always = outlet(said(Control.SC, "CU"))
    assert label_of(always, None, POLICY).label is Label.STATE_MEDIA
    for depends in (
        outlet(said(Control.SC, "CU", date(2015, 1, 1))),
        outlet(said(Control.PRIVATE, None, None, DAY), said(Control.SC, "CU", DAY + timedelta(days=1))),
    ):
        assert label_of(depends, None, POLICY).label is Label.UNKNOWN


def test_without_a_day_agreeing_statements_agree() -> None:
    both = outlet(said(Control.SC, "CU", None, DAY), said(Control.CAPU, "CU", DAY + timedelta(days=1)))
    assert label_of(both, None, POLICY).label is Label.STATE_MEDIA


def test_statements_that_contradict_each_other_on_a_day_are_unknown() -> None:
    found = label_of(outlet(said(Control.SC, "RU"), said(Control.PRIVATE, None)), DAY, POLICY)
    assert found.label is Label.UNKNOWN
    assert "contradict" in found.why


@pytest.mark.parametrize("group", ["Venezuela", "Hizbullah", "PSUV"])
def test_a_controller_that_the_policy_does_not_know_is_never_called_independent(group: str) -> None:
    found = label_of(outlet(said(Control.CAPR, group)), DAY, POLICY)
    assert (found.label, found.controller) == (Label.UNKNOWN, group)
    assert f"does not know {group}, so it is not taken for independent" in found.why
    assert label_of(outlet(said(Control.CAPR, "US")), DAY, POLICY).label is Label.NOT_STATE_MEDIA


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(
    st.lists(
        st.builds(said, st.sampled_from(Control), st.sampled_from([None, "RU", "US"]), st.none() | DAYS, st.none() | DAYS), max_size=4
    ),
    st.none() | DAYS,
)
def test_a_label_always_rests_on_a_statement_that_holds(statements: list[ControlStatement], day: date | None) -> None:
    found = label_of(outlet(*statements), day, POLICY)
    assert found.why
    if found.label is Label.UNKNOWN:
        return
    assert found.statement is not None
    assert found.statement in statements
    assert found.statement.control is not Control.UNKNOWN
    if day is not None:
        assert found.statement.holds_on(day)
    labelled = found.statement.control.value in POLICY.labelled_controls and found.statement.controller in POLICY.labelled_states
    assert (found.label is Label.STATE_MEDIA) == labelled


def test_countries_are_named_in_english() -> None:
    assert controller_in_words("NI") == "Nicaragua"
    assert controller_in_words("Hezbollah") == "Hezbollah"
