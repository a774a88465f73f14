"""State is the fold of the decision log, and only legal moves enter it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.decisions import LEGAL, Decision, Draft, Move, Standing, State, check_move, fold
from newsdesk.errors import IllegalMove

AT = datetime(2026, 11, 22, tzinfo=UTC)
COMPLETE = {
    Move.ACCEPT: Draft(Move.ACCEPT, edition="2026-11", section_id="iran", report="A report."),
    Move.EDIT: Draft(Move.EDIT, edition="2026-11", section_id="russia", report="Another report."),
    Move.REJECT: Draft(Move.REJECT, reason="Not of the region."),
    Move.HOLD: Draft(Move.HOLD, until=date(2026, 12, 1)),
    Move.UNDO: Draft(Move.UNDO),
}


def log(moves: list[Move]) -> list[Decision]:
    return [Decision(number, 1, COMPLETE[move], "ana", AT, number - 1) for number, move in enumerate(moves, 1)]


def legal_log(wishes: list[Move]) -> list[Move]:
    """Those of the wished moves that are legal, one after the other."""
    kept: list[Move] = []
    for move in wishes:
        if move in LEGAL[fold(log(kept)).state]:
            kept.append(move)
    return kept


WISHES = st.lists(st.sampled_from(Move), max_size=12)


@given(WISHES)
def test_the_count_is_the_length_of_the_log(wishes: list[Move]) -> None:
    assert fold(log(wishes)).count == len(wishes)


@given(WISHES)
def test_undo_takes_back_the_last_move(wishes: list[Move]) -> None:
    moves = legal_log(wishes)
    before = fold(log(moves))
    for move in LEGAL[before.state] - {Move.UNDO}:
        after = fold(log([*moves, move, Move.UNDO]))
        assert (after.state, after.current) == (before.state, before.current)


@given(WISHES)
def test_a_waiting_candidate_has_no_current_decision_and_others_have(wishes: list[Move]) -> None:
    standing = fold(log(legal_log(wishes)))
    assert (standing.current is None) == (standing.state is State.WAITING)


@given(WISHES, st.sampled_from(Move))
def test_a_complete_draft_passes_exactly_where_the_table_allows_it(wishes: list[Move], move: Move) -> None:
    standing = fold(log(legal_log(wishes)))
    if move in LEGAL[standing.state]:
        check_move(standing, COMPLETE[move])
    else:
        with pytest.raises(IllegalMove, match="undo first"):
            check_move(standing, COMPLETE[move])


def test_every_state_has_its_row_and_nothing_can_be_undone_before_anything_was_decided() -> None:
    assert set(LEGAL) == set(State)
    assert Move.UNDO not in LEGAL[State.WAITING]
    assert all(Move.UNDO in LEGAL[state] for state in State if state is not State.WAITING)


@pytest.mark.parametrize(
    ("state", "draft", "missing"),
    [
        (State.WAITING, Draft(Move.ACCEPT), "an edition and a section and a report"),
        (State.WAITING, Draft(Move.ACCEPT, edition="2026-11", section_id="iran", report="  "), "a report"),
        (State.ACCEPTED, Draft(Move.EDIT, edition="2026-11", report="x"), "a section"),
        (State.WAITING, Draft(Move.REJECT, reason=" "), "a reason"),
        (State.HELD, Draft(Move.HOLD), "the day"),
    ],
)
def test_an_incomplete_draft_is_refused_in_words(state: State, draft: Draft, missing: str) -> None:
    with pytest.raises(IllegalMove, match=missing):
        check_move(Standing(state, None, 0), draft)
