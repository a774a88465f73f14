"""Correcting a statement of control: it takes its days, the others keep theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.control import UnfitStatement, check_statement, corrected
from newsdesk.outlets import Control, ControlStatement, Evidence

SEEN = (Evidence("a paper of record, 3 June 2026", date(2026, 6, 3)),)
CAPTURED = ControlStatement(Control.CAPR, "VE", "press source", SEEN, valid_from=date(2014, 7, 4))
PRIVATE = ControlStatement(Control.PRIVATE, None, "press source", SEEN)


def test_a_new_statement_cuts_the_one_it_follows() -> None:
    kept = corrected([PRIVATE], CAPTURED)
    assert [(k.statement.control, k.statement.valid_from, k.statement.valid_to, k.came_from) for k in kept] == [
        (Control.PRIVATE, None, date(2014, 7, 3), 0),
        (Control.CAPR, date(2014, 7, 4), None, None),
    ]


def test_one_within_another_divides_it() -> None:
    within = replace(CAPTURED, valid_to=date(2016, 1, 1))
    kept = corrected([PRIVATE], within)
    assert [(k.statement.valid_from, k.statement.valid_to, k.came_from) for k in kept] == [
        (None, date(2014, 7, 3), 0),
        (date(2014, 7, 4), date(2016, 1, 1), None),
        (date(2016, 1, 2), None, 0),
    ]


def test_the_first_and_the_last_day_there_is_may_be_named() -> None:
    old = replace(CAPTURED, valid_from=None, valid_to=None)
    new = replace(CAPTURED, control=Control.PRIVATE, controller=None, valid_from=date.min, valid_to=date(2020, 1, 1))
    assert [(kept.statement.valid_from, kept.statement.valid_to) for kept in corrected([old], new)] == [
        (date.min, date(2020, 1, 1)),
        (date(2020, 1, 2), None),
    ]
    whole = replace(new, valid_to=date.max)
    assert [kept.statement for kept in corrected([old], whole)] == [whole]


def test_one_that_covers_another_takes_its_place() -> None:
    assert [k.statement for k in corrected([CAPTURED], PRIVATE)] == [PRIVATE]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (replace(CAPTURED, controller=None), "which state or group"),
        (replace(CAPTURED, basis=" "), "what it rests on"),
        (replace(CAPTURED, evidence=()), "evidence"),
        (replace(PRIVATE, controller="VE"), "leave the controller out"),
        (replace(CAPTURED, valid_to=date(2014, 7, 3)), "end (2014-07-03) before it begins"),
    ],
)
def test_an_unfit_statement_is_refused_in_words(statement: ControlStatement, says: str) -> None:
    with pytest.raises(UnfitStatement) as refusal:
        check_statement(statement)
    assert says in str(refusal.value)


days = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2003, 1, 1)))


@st.composite
def statements(draw: st.DrawFn) -> ControlStatement:
    begin, end = draw(days), draw(days)
    if begin and end and begin > end:
        begin, end = end, begin
    return replace(draw(st.sampled_from([PRIVATE, CAPTURED])), valid_from=begin, valid_to=end)


@given(st.lists(statements(), max_size=3), statements(), st.dates(date(1999, 6, 1), date(2003, 6, 1)))
def test_each_day_has_what_it_had_or_the_new_statement(old: list[ControlStatement], new: ControlStatement, day: date) -> None:
    def holding(control: list[ControlStatement]) -> list[tuple[Control, str | None]]:
        return sorted((each.control, each.controller) for each in control if each.holds_on(day))

    after = [kept.statement for kept in corrected(old, new)]
    assert holding(after) == (holding([new]) if new.holds_on(day) else holding(old))
