"""What an editor should look at in the registry: statements missing, unverified, overdue, and why outlets are off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from newsdesk.naming import ambiguous_names, is_name_only
from newsdesk.outlets import Control, ControlStatement, Outlet

# Classifications are revised every year (State Media Monitor's yearly edition), so older evidence asks for a look.
REVIEW_AFTER = timedelta(days=365)


class FindingKind(StrEnum):
    """What kind of attention is asked for."""

    NO_STATEMENT = "no_statement"
    UNKNOWN_CONTROL = "unknown_control"
    NOT_STATED_TODAY = "not_stated_today"
    UNVERIFIED = "unverified"
    OVERDUE = "overdue"
    CONTRADICTORY = "contradictory"
    AMBIGUOUS_NAME = "ambiguous_name"
    UNIDENTIFIED = "unidentified"
    NO_TIME_ZONE = "no_time_zone"
    DRAFT = "draft"
    SWITCHED_OFF = "switched_off"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class RegistryFinding:
    """One thing to look at, in a sentence that names what to do."""

    outlet_id: str
    kind: FindingKind
    sentence: str


def check_outlets(outlets: Sequence[Outlet], today: date) -> Sequence[RegistryFinding]:
    """Everything to look at, by outlet and then by kind."""
    found = [finding for outlet in outlets for finding in _of_outlet(outlet, today)]
    found += _names(outlets)
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda finding: (finding.outlet_id, order.index(finding.kind))))


def _of_outlet(outlet: Outlet, today: date) -> Iterator[RegistryFinding]:
    for kind, sentence in (*_control(outlet, today), *_state(outlet)):
        yield RegistryFinding(outlet.id, kind, sentence)


def _control(outlet: Outlet, today: date) -> Iterator[tuple[FindingKind, str]]:
    if is_name_only(outlet):
        yield FindingKind.UNIDENTIFIED, f'nobody has identified the outlet behind the name "{outlet.name}"'
        return
    if not outlet.control:
        yield FindingKind.NO_STATEMENT, "nobody has stated who controls it; it counts as unknown, never as independent"
        return
    yield from _contradictions(outlet.control)
    held = outlet.control_on(today)
    if held is None:
        yield FindingKind.NOT_STATED_TODAY, "its statements of control hold for other days only; today it counts as unknown"
        return
    if held.control is Control.UNKNOWN:
        yield FindingKind.UNKNOWN_CONTROL, "its control is stated as unknown; find out and write it down with the evidence"
    if "unverified" in held.basis:
        yield FindingKind.UNVERIFIED, f'its control ({held.control}) rests on "{held.basis}"; name a source'
    yield from _overdue(held, today)


def _contradictions(statements: Iterable[ControlStatement]) -> Iterator[tuple[FindingKind, str]]:
    for one, other in combinations(statements, 2):
        begin = max(one.valid_from or date.min, other.valid_from or date.min)
        end = min(one.valid_to or date.max, other.valid_to or date.max)
        if begin <= end and (one.control, one.controller) != (other.control, other.controller):
            since = "all days" if begin == date.min else f"the days from {begin}"
            yield FindingKind.CONTRADICTORY, f"{one.control} and {other.control} are both stated for {since}; date them apart"


def _overdue(statement: ControlStatement, today: date) -> Iterator[tuple[FindingKind, str]]:
    seen = [evidence.seen_on for evidence in statement.evidence if evidence.seen_on is not None]
    due = statement.review_due_on or (max(seen) + REVIEW_AFTER if seen else None)
    if due is not None and due <= today:
        why = "the day its statement names" if statement.review_due_on else f"a year after its latest evidence ({max(seen)})"
        yield FindingKind.OVERDUE, f"the review of its control ({statement.control}) was due on {due}, {why}"


def _state(outlet: Outlet) -> Iterator[tuple[FindingKind, str]]:
    if outlet.draft:
        yield FindingKind.DRAFT, "it is a draft that nobody has reviewed; check it and take draft out of its file"
    if outlet.switched_off is not None:
        yield FindingKind.SWITCHED_OFF, f"it is not collected: {outlet.switched_off}"
    elif outlet.time_zone is None:
        yield FindingKind.NO_TIME_ZONE, "no time zone is known, so a moment it states in UTC is printed with the day in UTC"


def _names(outlets: Sequence[Outlet]) -> Iterator[RegistryFinding]:
    for name, ids in ambiguous_names(outlets):
        for outlet_id in ids:
            others = ", ".join(other for other in ids if other != outlet_id)
            yield RegistryFinding(outlet_id, FindingKind.AMBIGUOUS_NAME, f'the name "{name}" is also that of {others}')
