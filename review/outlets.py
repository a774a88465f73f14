"""Who is said to control each outlet, day by day; corrections with a reason, and what they touch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter
from starlette.responses import Response

from newsdesk.control import Preview, Relabelled, UnfitStatement, editions_of
from newsdesk.errors import ConfigurationError, NotFound, OutdatedView
from newsdesk.outlets import Control, ControlStatement, Evidence, Outlet
from newsdesk.printing import one_line
from newsdesk.provenance import IN_WORDS, controller_in_words, label_of
from newsdesk.registry_check import FindingKind, RegistryFinding, check_outlets
from review.front import EditorsForm, Form, Front, SignedIn, TheFront, go
from review.sessions import Editor

router = APIRouter()
LONGEST = 2000
ABOUT_CONTROL = frozenset(
    {
        FindingKind.NO_STATEMENT,
        FindingKind.UNKNOWN_CONTROL,
        FindingKind.NOT_STATED_TODAY,
        FindingKind.UNVERIFIED,
        FindingKind.OVERDUE,
        FindingKind.CONTRADICTORY,
        FindingKind.UNIDENTIFIED,
    }
)


@dataclass(frozen=True)
class Line:
    """An outlet in the list: its label today, why, and what an editor should look at."""

    outlet: Outlet
    label: str
    why: str
    findings: Sequence[RegistryFinding]


@dataclass(frozen=True)
class Typed:
    """What stands in the form of a correction."""

    control: str = ""
    controller: str = ""
    valid_from: str = ""
    valid_to: str = ""
    basis: str = ""
    evidence: str = ""
    seen_on: str = ""
    review_due_on: str = ""
    reason: str = ""


def _findings(front: Front, today: date) -> dict[str, list[RegistryFinding]]:
    found: dict[str, list[RegistryFinding]] = {}
    for finding in check_outlets(list(front.rooms.book.outlets.values()), today):
        if finding.kind in ABOUT_CONTROL:
            found.setdefault(finding.outlet_id, []).append(finding)
    return found


@router.get("/outlets")
def outlets(front: TheFront, editor: SignedIn, only: str = "") -> Response:
    book, today = front.rooms.book, front.rooms.clock().date()
    findings = _findings(front, today)
    lines = []
    for outlet in sorted(book.outlets.values(), key=lambda each: each.name.casefold()):
        voice = label_of(outlet, today, book.policy)
        lines.append(Line(outlet, voice.label.value, voice.why, findings.get(outlet.id, ())))
    asking = [line for line in lines if line.findings]
    return front.render(
        "outlets.html", editor, lines=asking if only == "asking" else lines, total=len(lines), asking=len(asking), only=only
    )


def _seen(statements: Sequence[ControlStatement]) -> str:
    """What the editor saw, so that a correction on an outdated view is noticed."""
    return hashlib.sha256(repr(tuple(statements)).encode()).hexdigest()[:16]


def _show(
    front: Front,
    editor: Editor,
    outlet: Outlet,
    typed: Typed,
    *,
    problem: str = "",
    preview: Preview | None = None,
    status: int = 200,
    done: Sequence[Relabelled] | None = None,
) -> Response:
    today = front.rooms.clock().date()
    statements = sorted(outlet.control, key=lambda each: each.valid_from or date.min)
    changes = front.rooms.control.changes(outlet.id)
    return front.render(
        "outlet.html",
        editor,
        status,
        outlet=outlet,
        voice=label_of(outlet, today, front.rooms.book.policy),
        history=[(one, IN_WORDS[one.control], one.controller and controller_in_words(one.controller)) for one in statements],
        findings=[finding for finding in check_outlets([outlet], today) if finding.kind in ABOUT_CONTROL],
        corrections=front.rooms.control.corrections(outlet.id),
        changes=changes,
        controls=[(control.value, IN_WORDS[control]) for control in Control],
        typed=typed,
        seen=_seen(outlet.control),
        problem=problem,
        preview=preview,
        preview_editions=editions_of(preview.touched) if preview else (),
        done=done,
        done_editions=editions_of(done or ()),
        in_words=IN_WORDS,
    )


@router.get("/outlets/{outlet_id}")
def outlet(outlet_id: str, front: TheFront, editor: SignedIn, done: int | None = None) -> Response:
    _must_know(front, outlet_id)
    touched = front.rooms.control.relabelled_by(done) if done is not None and 0 < done < 2**62 else None
    stated, problem = _stated(front, outlet_id)
    return _show(front, editor, stated, Typed(), problem=problem, done=touched)


def _stated(front: Front, outlet_id: str) -> tuple[Outlet, str]:
    """The outlet as its file states it; while that cannot be read, as the desk knows it, and why."""
    try:
        return front.rooms.control.stated(outlet_id), ""
    except ConfigurationError as error:
        return front.rooms.book.outlets[outlet_id], f"The outlet's file cannot be read at the moment. {error}"


def _must_know(front: Front, outlet_id: str) -> None:
    if outlet_id not in front.rooms.book.outlets:
        raise NotFound("There is no outlet of that name in the desk's configuration.")


@router.post("/outlets/{outlet_id}/preview")
def preview(outlet_id: str, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    """What a correction would change: articles, and the editions that cite them. Nothing is changed."""
    _must_know(front, outlet_id)
    (stated, problem), typed = _stated(front, outlet_id), _typed(form)
    if problem:
        return _show(front, editor, stated, typed, problem=problem, status=409)
    try:
        return _show(front, editor, stated, typed, preview=front.rooms.control.preview(outlet_id, _statement(typed, editor)))
    except UnfitStatement as refusal:
        return _show(front, editor, stated, typed, problem=str(refusal), status=422)


@router.post("/outlets/{outlet_id}/correct")
def correct(outlet_id: str, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    _must_know(front, outlet_id)
    (stated, problem), typed = _stated(front, outlet_id), _typed(form)
    if problem:
        return _show(front, editor, stated, typed, problem=problem, status=409)
    try:
        if form.text("seen") != _seen(stated.control):
            raise OutdatedView("Who controls this outlet was stated anew since you opened the page. Look again, then correct it.")
        if not typed.reason:
            raise UnfitStatement("Say why the statement is corrected; the log keeps the reason.")
        made = front.rooms.control.correct(
            outlet_id, _statement(typed, editor), reason=typed.reason, by=editor.name, seen=stated.control, now=front.rooms.clock()
        )
    except OutdatedView as refusal:
        return _show(front, editor, stated, typed, problem=str(refusal), status=409)
    except (UnfitStatement, ConfigurationError) as refusal:
        return _show(front, editor, stated, typed, problem=str(refusal), status=422)
    return go(f"/outlets/{outlet_id}", done=made.id)


def _typed(form: Form) -> Typed:
    return Typed(**{name: one_line(form.text(name))[:LONGEST] for name in Typed.__dataclass_fields__})


def _statement(typed: Typed, editor: Editor) -> ControlStatement:
    """Raises UnfitStatement."""
    if typed.control not in {control.value for control in Control}:
        raise UnfitStatement("Choose who decides what the outlet prints.")
    evidence = (Evidence(typed.evidence, _day(typed.seen_on, "the evidence was seen")),) if typed.evidence else ()
    return ControlStatement(
        control=Control(typed.control),
        controller=typed.controller or None,
        basis=typed.basis,
        evidence=evidence,
        valid_from=_day(typed.valid_from, "it begins"),
        valid_to=_day(typed.valid_to, "it ends"),
        reviewed_by=editor.name,
        review_due_on=_day(typed.review_due_on, "it is due again"),
    )


def _day(text: str, what: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UnfitStatement(f"Give the day on which {what} as YYYY-MM-DD; “{text}” is none.") from None
