"""A month's edition so far: its entries as they will be printed, its narratives, what the check says, and the exports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fastapi import APIRouter
from starlette.responses import Response

from newsdesk.decisions import Draft, Move, State
from newsdesk.edition_rules import Share, percent, share
from newsdesk.editions import Edition, Entry, Finding, Section
from newsdesk.errors import EditionRefused, IllegalMove, NewsdeskError, NotFound, OutdatedView
from newsdesk.printing import one_line
from review.front import EditorsForm, Front, SignedIn, TheFront, go
from review.sessions import Editor
from review.showing import month_words, months_around, next_month

router = APIRouter()
LONGEST_NARRATIVE = 40_000
LONGEST_WAIVER = 1000
TAKE_BACK_LIMIT = 1000  # decisions on one candidate; more than any history has
MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Line:
    """An entry and its printed form."""

    entry: Entry
    printed: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Part:
    """A section with its lines; ``section`` is None for sections that are no longer configured."""

    section: Section | None
    name: str
    lines: Sequence[Line]
    narrative: str
    narrative_mark: str


def too_many(share: Share, limit: float) -> int:
    """How many state-media entries would have to go until the share is within the limit (0-1)."""
    gone = 0
    while Share(share.state - gone, share.unknown, share.total - gone).exceeds(limit):
        gone += 1
    return gone


def _checked(month: str) -> str:
    if not _MONTH.fullmatch(month):
        raise NotFound(f"“{month}” is not a month; months are written like 2020-11.")
    return month


def mark_of(text: str) -> str:
    """Tells whether a narrative is still the one an editor saw."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def printed_entries(front: Front, month: str) -> list[Entry]:
    """The month's entries with the outlets' names to print."""
    return [replace(entry, outlet_printed=front.rooms.book.outlet_name(entry.outlet_id)) for entry in front.rooms.desk.entries(month)]


def parts_of(front: Front, month: str, entries: Sequence[Entry]) -> list[Part]:
    """Sections in print order with their lines; entries of unknown sections last, so that none is out of sight."""
    book = front.rooms.book
    narratives = front.rooms.desk.narratives(month)
    known = {section.id for section in book.sections}
    parts = [
        _part(front, section, section.name, [e for e in entries if e.section_id == section.id], narratives) for section in book.sections
    ]
    lost = [entry for entry in entries if entry.section_id not in known]
    if lost:
        parts.append(_part(front, None, "Sections that are no longer configured", lost, {}))
    return parts


def _part(front: Front, section: Section | None, name: str, entries: Sequence[Entry], narratives: Mapping[str, str]) -> Part:
    text = narratives.get(section.id, "") if section else ""
    last = len(entries) - 1
    lines = [Line(entry, front.rooms.book.printed(entry), number == 0, number == last) for number, entry in enumerate(entries)]
    return Part(section, name, lines, text, mark_of(text))


def _show(
    front: Front,
    editor: Editor,
    month: str,
    status: int = 200,
    problem: str = "",
    refused: Sequence[Finding] = (),
    form: str = "",
    waiver: str = "",
    kept: tuple[str, str] | None = None,
) -> Response:
    entries = printed_entries(front, month)
    limit = front.rooms.book.policy.state_share_limit
    counted = share(Edition(month, front.rooms.book.sections, entries))
    return front.render(
        "edition.html",
        editor,
        status,
        month=month,
        before=next_month(month, -1),
        after=next_month(month, 1),
        months=months_around(front.rooms.clock().date(), month),
        sections_of_month=parts_of(front, month, entries),
        share=counted,
        share_limit=percent(Fraction(str(limit))),
        too_many=too_many(counted, limit),
        findings=front.rooms.book.check(month),
        forms=front.rooms.book.forms,
        problem=problem,
        refused=refused,
        refused_form=form,
        waiver=waiver,
        kept=kept,
    )


@router.get("/edition")
def this_month(front: TheFront, editor: SignedIn, month: str = "") -> Response:
    return go(f"/edition/{_checked(month) if month else format(front.rooms.clock(), '%Y-%m')}")


@router.get("/edition/{month}")
def edition(month: str, front: TheFront, editor: SignedIn) -> Response:
    return _show(front, editor, _checked(month))


@router.post("/edition/{month}/narratives/{section_id}")
def write_narrative(month: str, section_id: str, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    section = front.rooms.book.section(section_id)
    if section is None or not section.narrative:
        raise NotFound(f"No section “{section_id}” begins with a narrative.")
    text = form.text("text")[:LONGEST_NARRATIVE]
    present = front.rooms.desk.narratives(_checked(month)).get(section_id, "")
    if mark_of(present) != form.text("seen"):
        problem = f"A colleague has changed the narrative of {section.name} meanwhile. Theirs is shown, yours is kept: join them and save."
        return _show(front, editor, month, 409, problem, kept=(section_id, text))
    front.rooms.desk.write_narrative(month, section_id, text, editor.name, front.rooms.clock())
    return go(f"/edition/{month}#section-{section_id}")


@router.post("/edition/{month}/entries/{candidate_id}/{way}")
def move_entry(month: str, candidate_id: int, way: str, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    """Up, down, or back to the queue."""
    entries = [entry for entry in front.rooms.desk.entries(_checked(month)) if entry.candidate_id == candidate_id]
    if not entries or way not in ("up", "down", "back"):
        raise NotFound("This entry does not stand in the edition; a colleague may have taken it back. Reload the edition.")
    try:
        if way == "back":
            take_back(front, editor, candidate_id)
        else:
            shift(front, editor, month, entries[0], -1 if way == "up" else 1)
    except (IllegalMove, OutdatedView) as refusal:
        return _show(front, editor, month, 409, str(refusal))
    return go(f"/edition/{month}#section-{entries[0].section_id}")


def take_back(front: Front, editor: Editor, candidate_id: int) -> None:
    """Undo until the candidate is no longer accepted: an edited entry has more than one decision to take back."""
    for _ in range(TAKE_BACK_LIMIT):
        standing = front.rooms.desk.candidate(candidate_id).standing
        if standing.state is not State.ACCEPTED:
            return
        front.rooms.desk.decide(candidate_id, Draft(Move.UNDO), editor.name, standing.count, front.rooms.clock())


def shift(front: Front, editor: Editor, month: str, entry: Entry, step: int) -> None:
    """Move an entry one place within its section."""
    row = [other for other in front.rooms.desk.entries(month) if other.section_id == entry.section_id]
    place = next(number for number, other in enumerate(row) if other.candidate_id == entry.candidate_id)
    if not 0 <= place + step < len(row):
        return
    row.insert(place + step, row.pop(place))
    for moved, position in places(row, place + step):
        _place(front, editor, month, moved, position)


def places(row: Sequence[Entry], moved: int) -> list[tuple[Entry, float]]:
    """Which entries need which position so that the row sorts as given: the moved one alone, between its neighbours; all
    of them, counted from 1, where the neighbours leave no room."""
    before = row[moved - 1].position if moved else None
    after = row[moved + 1].position if moved + 1 < len(row) else None
    low = before if before is not None else (after or 0.0) - 2
    high = after if after is not None else low + 2
    middle = (low + high) / 2
    if (before is None or before < middle) and (after is None or middle < after):
        return [(row[moved], middle)]
    return [(entry, float(number)) for number, entry in enumerate(row, 1) if entry.position != number]


def _place(front: Front, editor: Editor, month: str, entry: Entry, position: float) -> None:
    draft = Draft(
        Move.EDIT, edition=month, section_id=entry.section_id, report=entry.report, article_id=entry.article_id, position=position
    )
    seen = front.rooms.desk.candidate(entry.candidate_id).standing.count
    front.rooms.desk.decide(entry.candidate_id, draft, editor.name, seen, front.rooms.clock())


@router.post("/edition/{month}/export")
def export(month: str, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    chosen = form.text("form")
    if chosen not in front.rooms.book.forms:
        raise NotFound(f"There is no form “{chosen}”; there are {', '.join(front.rooms.book.forms)}.")
    waiver = one_line(form.text("waiver"))[:LONGEST_WAIVER]
    try:
        content = front.rooms.book.export(_checked(month), chosen, editor.name, waiver or None)
    except EditionRefused as refusal:
        findings = [finding for finding in front.rooms.book.check(month) if finding.refuses]
        problem = f"{month_words(month)} was not exported, because the check refuses it:" if findings else str(refusal)
        return _show(front, editor, month, 409, problem, findings, chosen, waiver)
    except NewsdeskError as failure:
        return _show(front, editor, month, 500, f"The export failed, and nothing was written: {failure}")
    name = f"monitor-{month}.{chosen}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPES.get(chosen, "application/octet-stream"), headers=headers)
