"""Correcting who is said to control an outlet: a new statement takes its days, the others keep theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from newsdesk.errors import NewsdeskError
from newsdesk.judging import Label
from newsdesk.outlets import Control, ControlStatement, Outlet

_A_DAY = timedelta(days=1)
NEEDS_CONTROLLER = frozenset(
    {Control.SC, Control.CAPU, Control.CAPR, Control.ISFM, Control.ISF, Control.ISM, Control.GOVERNMENT, Control.ORGAN}
)
HAS_NO_CONTROLLER = frozenset({Control.PRIVATE, Control.PRIVATE_EXILE, Control.NONPROFIT, Control.THINK_TANK, Control.UNKNOWN})


class UnfitStatement(NewsdeskError):
    """A statement of control that cannot be kept: the message says what is missing."""


@dataclass(frozen=True)
class Kept:
    """A statement as it stands after a correction; ``came_from`` is its place in the list before, None for the new one."""

    statement: ControlStatement
    came_from: int | None


@dataclass(frozen=True)
class Relabelled:
    """An article whose printed label, controller or reason differs after a statement changed; ``edition`` (``YYYY-MM``) and
    ``candidate_id`` where it is cited in one."""

    article_id: int
    outlet_id: str
    title: str
    published_on: date | None
    before: Label
    after: Label
    controller_before: str | None
    controller_after: str | None
    why: str
    edition: str | None = None
    candidate_id: int | None = None


@dataclass(frozen=True)
class Correction:
    """A line of the log of corrections: who put which statement in place of which, when and why."""

    id: int
    outlet_id: str
    statement: ControlStatement
    before: Sequence[ControlStatement]
    after: Sequence[ControlStatement]
    reason: str
    by: str
    at: datetime
    relabelled: int = 0


def corrected(control: Sequence[ControlStatement], new: ControlStatement) -> tuple[Kept, ...]:
    """The statements with ``new`` in force on all its days, by the day they begin; what it covers in part is cut to the days
    that are left, in two where it lies within. Raises UnfitStatement."""
    check_statement(new)
    left = [Kept(part, at) for at, old in enumerate(control) for part in _without(old, new)]
    return tuple(sorted([*left, Kept(new, None)], key=lambda kept: kept.statement.valid_from or date.min))


def _without(old: ControlStatement, new: ControlStatement) -> Iterator[ControlStatement]:
    """The stretches of a statement's days that another does not take."""
    if not _overlap(old, new):
        yield old
        return
    begins, ends = new.valid_from or date.min, new.valid_to or date.max
    if (old.valid_from or date.min) < begins:
        yield replace(old, valid_to=begins - _A_DAY)
    if (old.valid_to or date.max) > ends:
        yield replace(old, valid_from=ends + _A_DAY)


def _overlap(one: ControlStatement, other: ControlStatement) -> bool:
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin <= min(one.valid_to or date.max, other.valid_to or date.max)


def check_seen(statement: ControlStatement, today: date) -> None:
    """Raise UnfitStatement where evidence would have been seen on a day to come; tomorrow is today somewhere."""
    ahead = [each.seen_on for each in statement.evidence if each.seen_on is not None and each.seen_on - today > _A_DAY]
    if ahead:
        raise UnfitStatement(f"Evidence cannot have been seen on {ahead[0]}, which is still to come.")


def check_statement(statement: ControlStatement) -> None:
    """Raise UnfitStatement unless the statement names its controller where it must, its basis and evidence, and days in order."""
    missing = [
        words
        for words, there in (
            ("what it rests on (the basis)", statement.basis.strip()),
            ("at least one piece of evidence", any(each.text.strip() for each in statement.evidence)),
            ("which state or group controls it", statement.controller or statement.control not in NEEDS_CONTROLLER),
        )
        if not there
    ]
    if missing:
        raise UnfitStatement(f"A statement of control needs {' and '.join(missing)}.")
    if statement.controller and statement.control in HAS_NO_CONTROLLER:
        raise UnfitStatement(f"Control “{statement.control}” means that no state or group controls it; leave the controller out.")
    if statement.valid_from and statement.valid_to and statement.valid_from > statement.valid_to:
        raise UnfitStatement(f"The statement would end ({statement.valid_to}) before it begins ({statement.valid_from}).")


@dataclass(frozen=True)
class Preview:
    """What a correction would do: the statements after it, and the articles whose label it would change."""

    after: Sequence[ControlStatement]
    touched: Sequence[Relabelled]


@dataclass(frozen=True)
class Corrected:
    """What a correction did: its number in the log, the outlet as its file states it now, the articles it relabelled."""

    id: int
    outlet: Outlet
    touched: Sequence[Relabelled]


def editions_of(touched: Sequence[Relabelled]) -> tuple[str, ...]:
    """The months (``YYYY-MM``) whose editions cite one of these articles, sorted."""
    return tuple(sorted({one.edition for one in touched if one.edition is not None}))
