"""How the queue's order is learned: what the model in use gets right and wrong, earlier versions, and the way back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from newsdesk.errors import NotFound
from newsdesk.learned import WATCH_LIST, Mistake, ModelRecord
from newsdesk.printing import one_line
from review.charts import calibration_svg
from review.front import EditorsForm, Form, Front, SignedIn, TheFront, go
from review.sessions import Editor

router = APIRouter()
LONGEST_REASON = 1000
_CANDIDATE = re.compile(r"candidate (\d{1,15}): ")


@dataclass(frozen=True)
class Wrong:
    """A mistake of the ranking, with the candidate it was made on where it is one."""

    mistake: Mistake
    candidate_id: int | None
    title: str


def wrong_of(mistake: Mistake) -> Wrong:
    """The mistake, with its candidate found in its name."""
    found = _CANDIDATE.match(mistake.name)
    return Wrong(mistake, int(found.group(1)) if found else None, mistake.name[found.end() :] if found else mistake.name)


def shown_record(records: Sequence[ModelRecord], asked: str | None, current: int) -> ModelRecord | None:
    """The training run to show: the one asked for, else the one in use, else the newest."""
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 16 else current
    return next((record for record in records if record.version == wanted), records[0] if records else None)


@dataclass(frozen=True)
class Typed:
    """What an editor had chosen and written when the form was refused."""

    version: int | None = None
    reason: str = ""


def show(request: Request, front: Front, editor: Editor, typed: Typed, problem: str = "", status: int = 200) -> Response:
    """The page; ``problem`` is told on top, and the form holds what was ``typed``."""
    book = front.rooms.ranking
    choices, records = book.choices(), book.records()
    current = choices[0].version if choices else WATCH_LIST
    record = shown_record(records, request.query_params.get("version"), current)
    return front.render(
        "ranking.html",
        editor,
        status,
        current=current,
        choices=choices,
        records=records,
        record=record,
        chart=Markup(calibration_svg(record.report.bins)) if record else "",  # noqa: S704  drawn by us, of numbers only
        wrong=[wrong_of(mistake) for mistake in record.report.mistakes] if record else (),
        counts=book.counts(),
        past=len(book.past()),
        lessons=book.lessons(),
        share=front.rooms.book.policy.exploration_share,
        typed=typed,
        problem=problem,
        done=request.query_params.get("done"),
    )


@router.get("/ranking")
def ranking(request: Request, front: TheFront, editor: SignedIn) -> Response:
    return show(request, front, editor, Typed())


@router.post("/ranking/use")
def use(request: Request, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    """Let another version rank. The daemon puts the queue in its order within half a minute."""
    typed = Typed(form.number("version"), _reason(form))
    if typed.version is None or not typed.reason:
        return show(request, front, editor, typed, "Choose a version and say why.", 422)
    try:
        front.rooms.ranking.choose(typed.version, editor.name, typed.reason, front.rooms.clock())
    except NotFound as refusal:
        return show(request, front, editor, typed, str(refusal), 404)
    return go("/ranking", done=typed.version)


def _reason(form: Form) -> str:
    return one_line(form.text("reason"))[:LONGEST_REASON]
