"""Whose voice an article is on its day. What nobody has said is unknown, never independent (field notes 17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from newsdesk.editions import Policy
from newsdesk.judging import Label, Provenance
from newsdesk.outlets import Control, ControlStatement, Evidence, Outlet

IN_WORDS: dict[Control, str] = {
    Control.SC: "state-controlled media (SC)",
    Control.CAPU: "captured public or state-managed media (CaPu)",
    Control.CAPR: "captured private media (CaPr)",
    Control.ISFM: "independent state-funded and state-managed media (ISFM)",
    Control.ISF: "independent state-funded media (ISF)",
    Control.ISM: "independent state-managed media (ISM)",
    Control.IP: "independent public media (IP)",
    Control.PRIVATE: "private media",
    Control.PRIVATE_EXILE: "private media in exile",
    Control.NONPROFIT: "nonprofit media",
    Control.THINK_TANK: "a think tank",
    Control.GOVERNMENT: "a government's own publication",
    Control.ORGAN: "the organ of a party or an armed group",
    Control.ALIGNED: "aligned media of undisclosed ownership",
    Control.UNKNOWN: "of unknown control",
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale("en").territories.items()}


def controller_in_words(controller: str) -> str:
    """The English country name (CLDR) of an ISO 3166-1 alpha-2 code; an armed group's name stays as it is.

    >>> controller_in_words("BY"), controller_in_words("Hezbollah")
    ('Belarus', 'Hezbollah')
    """
    return _countries().get(controller, controller)


def label_of(outlet: Outlet | None, published_on: date | None, policy: Policy) -> Provenance:
    """The publisher's control as stated for the day of publication, and whether the policy asks for its lead-in.

    UNKNOWN where the outlet is not in the register, nobody has said, statements contradict each other, or the day is
    unknown and the answer depends on it.
    """
    if outlet is None:
        return _unknown("The publisher is not an outlet of the register, so nobody has said who controls it.")
    if not outlet.control:
        return _unknown(f"Nobody has said who controls {outlet.name}.")
    if published_on is None:
        return _without_day(outlet, policy)
    return _on_day(outlet, published_on, policy)


def _on_day(outlet: Outlet, day: date, policy: Policy) -> Provenance:
    statement = outlet.control_on(day)
    if statement is None:
        said = "; ".join(_span(each) for each in outlet.control)
        return _unknown(f"Nobody has said who controlled {outlet.name} on {_day(day)}: what is stated of it holds {said}.")
    rivals = [each for each in outlet.control if each.holds_on(day) and each.valid_from == statement.valid_from]
    if len({_answer(each, policy) for each in rivals}) > 1:
        return _unknown(
            f"The statements on who controls {outlet.name} contradict each other on {_day(day)}: "
            + " / ".join(IN_WORDS[each.control] + _by(each) for each in rivals)
            + "."
        )
    return Provenance(_label(statement, policy), statement.controller, statement, _why(outlet, statement, policy))


def _without_day(outlet: Outlet, policy: Policy) -> Provenance:
    answers = {None if held is None else _answer(held, policy) for held in map(outlet.control_on, _turning_days(outlet.control))}
    if len(answers) == 1 and None not in answers:
        found = _on_day(outlet, _turning_days(outlet.control)[-1], policy)
        return Provenance(found.label, found.controller, found.statement, found.why + " The day of publication is not known.")
    return _unknown(
        f"The day of publication is not known, and who controls {outlet.name} depends on the day: "
        + "; ".join(f"{IN_WORDS[each.control]}{_by(each)}, {_span(each)}" for each in outlet.control)
        + "."
    )


def _turning_days(statements: Iterable[ControlStatement]) -> list[date]:
    """Days among which every stretch with its own answer has at least one."""
    days = {date.min, date.max}
    for statement in statements:
        if statement.valid_from is not None and statement.valid_from > date.min:
            days |= {statement.valid_from, statement.valid_from - timedelta(days=1)}
        if statement.valid_to is not None and statement.valid_to < date.max:
            days |= {statement.valid_to, statement.valid_to + timedelta(days=1)}
    return sorted(days)


def _answer(statement: ControlStatement, policy: Policy) -> tuple[Label, str | None]:
    return _label(statement, policy), statement.controller


def _label(statement: ControlStatement, policy: Policy) -> Label:
    if statement.control is Control.UNKNOWN:
        return Label.UNKNOWN
    if statement.control.value not in policy.labelled_controls:
        return Label.NOT_STATE_MEDIA
    if statement.controller is None:
        return Label.UNKNOWN
    if statement.controller in policy.labelled_states:
        return Label.STATE_MEDIA
    return Label.NOT_STATE_MEDIA if statement.controller in _countries() else Label.UNKNOWN


def _why(outlet: Outlet, statement: ControlStatement, policy: Policy) -> str:
    basis = f" Basis: {statement.basis}" if statement.basis else " No basis is given"
    evidence = "; ".join(_evidence(each) for each in statement.evidence)
    return (
        f"{outlet.name} is {IN_WORDS[statement.control]}{_by(statement)}, {_span(statement)}; {_consequence(statement, policy)}."
        f"{basis}{f' ({evidence})' if evidence else '; no evidence is named'}."
    )


def _consequence(statement: ControlStatement, policy: Policy) -> str:
    label = _label(statement, policy)
    if label is Label.STATE_MEDIA:
        return "the policy labels it as state media"
    if statement.control is Control.UNKNOWN:
        return "so it is not taken for independent"
    if label is Label.UNKNOWN and statement.controller is None:
        return "the policy labels such control, but nobody has said which state it is"
    if label is Label.UNKNOWN:
        return f"the policy labels such control but does not know {statement.controller}, so it is not taken for independent"
    if statement.control.value in policy.labelled_controls and statement.controller is not None:
        return f"the policy does not label the media of {controller_in_words(statement.controller)}"
    return "the policy does not label this kind of control"


def _by(statement: ControlStatement) -> str:
    return "" if statement.controller is None else f", voice of {controller_in_words(statement.controller)}"


def _span(statement: ControlStatement) -> str:
    match statement.valid_from, statement.valid_to:
        case None, None:
            return "stated without limit in time"
        case start, None if start is not None:
            return f"stated from {_day(start)}"
        case None, end if end is not None:
            return f"stated until {_day(end)}"
    assert statement.valid_from is not None and statement.valid_to is not None  # noqa: S101  the match leaves only this
    return f"stated from {_day(statement.valid_from)} until {_day(statement.valid_to)}"


def _evidence(evidence: Evidence) -> str:
    return evidence.text if evidence.seen_on is None else f"{evidence.text}, seen on {_day(evidence.seen_on)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _unknown(why: str) -> Provenance:
    return Provenance(Label.UNKNOWN, None, None, why)
