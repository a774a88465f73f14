"""What editors decide. State is the fold of an append-only log; the legal moves are one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from newsdesk.errors import IllegalMove


class State(StrEnum):
    """How a candidate stands."""

    WAITING = "waiting"
    HELD = "held"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Move(StrEnum):
    """What an editor can do."""

    ACCEPT = "accept"
    REJECT = "reject"
    HOLD = "hold"
    EDIT = "edit"  # the report, section or order of an accepted candidate
    UNDO = "undo"  # takes the last move that still counts back


LEGAL: dict[State, frozenset[Move]] = {
    State.WAITING: frozenset({Move.ACCEPT, Move.REJECT, Move.HOLD}),
    State.HELD: frozenset({Move.ACCEPT, Move.REJECT, Move.HOLD, Move.UNDO}),
    State.ACCEPTED: frozenset({Move.EDIT, Move.UNDO}),
    State.REJECTED: frozenset({Move.UNDO}),
}

_AFTER: dict[Move, State] = {
    Move.ACCEPT: State.ACCEPTED,
    Move.EDIT: State.ACCEPTED,
    Move.REJECT: State.REJECTED,
    Move.HOLD: State.HELD,
}


@dataclass(frozen=True)
class Draft:
    """What an editor asks for. ACCEPT and EDIT carry edition (``YYYY-MM``), section and report; REJECT a reason; HOLD the
    day until which it rests and perhaps a reason. ``article_id`` is the article of the story that is cited. ``position``
    orders the entries of a section (smaller first); None on ACCEPT puts the entry last, None on EDIT keeps its place."""

    move: Move
    edition: str | None = None
    section_id: str | None = None
    report: str | None = None
    article_id: int | None = None
    reason: str | None = None
    until: date | None = None
    position: float | None = None


@dataclass(frozen=True)
class Decision:
    """One line of the log. ``seen`` is how many decisions on this candidate the editor had seen when deciding."""

    id: int
    candidate_id: int
    draft: Draft
    by: str
    at: datetime
    seen: int


@dataclass(frozen=True)
class Standing:
    """A candidate's state after its decisions; ``current`` is the one that counts, None while it waits."""

    state: State
    current: Decision | None
    count: int


def fold(decisions: Iterable[Decision]) -> Standing:
    """Replay a candidate's decisions, oldest first. UNDO takes back the last move that still counts."""
    counting: list[Decision] = []
    count = 0
    for decision in decisions:
        count += 1
        if decision.draft.move is Move.UNDO:
            if counting:
                counting.pop()
        else:
            counting.append(decision)
    if not counting:
        return Standing(State.WAITING, None, count)
    return Standing(_AFTER[counting[-1].draft.move], counting[-1], count)


def check_move(standing: Standing, draft: Draft) -> None:
    """Raise IllegalMove, in words for the editor, when the draft cannot follow on the standing or lacks a part."""
    if draft.move not in LEGAL[standing.state]:
        raise IllegalMove(f"A candidate that is {standing.state} cannot be given the move “{draft.move}”; undo first.")
    if draft.move in (Move.ACCEPT, Move.EDIT):
        missing = [
            name
            for name, value in (("an edition", draft.edition), ("a section", draft.section_id), ("a report", (draft.report or "").strip()))
            if not value
        ]
        if missing:
            raise IllegalMove(f"To {draft.move} a candidate give {' and '.join(missing)}.")
    if draft.move is Move.REJECT and not (draft.reason or "").strip():
        raise IllegalMove("To reject a candidate give a reason.")
    if draft.move is Move.HOLD and draft.until is None:
        raise IllegalMove("To hold a candidate give the day until which it rests.")
