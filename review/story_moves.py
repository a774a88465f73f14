"""What an editor does with stories: merge, split, keep apart, and take that back."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from newsdesk.errors import IllegalMove, NotFound, OutdatedView
from newsdesk.ports import CandidateView, StoryBook
from newsdesk.printing import one_line
from newsdesk.storybook import StoryVerdict
from review.candidate import LONGEST_REASON, candidate_of, proposed, show
from review.front import EditorsForm, Form, Front, SignedIn, TheFront, go
from review.queue import Wanted
from review.sessions import Editor
from review.telling_story import SplitTyped

router = APIRouter()
Move = Callable[[StoryBook, CandidateView, str, int], StoryVerdict]


@router.post("/candidates/{candidate_id}/story/merge")
def merge(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    def move(book: StoryBook, view: CandidateView, why: str, seen: int) -> StoryVerdict:
        return book.merge(view.article.story_id, _other(form), editor.name, why, seen, front.rooms.clock())

    return _done(request, front, editor, candidate_id, form, move)


@router.post("/candidates/{candidate_id}/story/apart")
def keep_apart(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    def move(book: StoryBook, view: CandidateView, why: str, seen: int) -> StoryVerdict:
        return book.keep_apart(view.article.story_id, _other(form), editor.name, why, seen, front.rooms.clock())

    return _done(request, front, editor, candidate_id, form, move)


@router.post("/candidates/{candidate_id}/story/split")
def split(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    def move(book: StoryBook, view: CandidateView, why: str, seen: int) -> StoryVerdict:
        return book.split(view.article.story_id, form.numbers("part"), editor.name, why, seen, front.rooms.clock())

    return _done(request, front, editor, candidate_id, form, move)


@router.post("/candidates/{candidate_id}/story/undo")
def undo(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    def move(book: StoryBook, view: CandidateView, why: str, seen: int) -> StoryVerdict:
        verdict_id = form.number("verdict")
        if verdict_id not in {verdict.id for verdict in book.story(view.article.story_id).verdicts}:
            raise OutdatedView("That is not, or no longer, among what editors said of this story. Look at it again.")
        return book.undo(verdict_id, editor.name, front.rooms.clock())

    return _done(request, front, editor, candidate_id, form, move)


def _other(form: Form) -> int:
    """The other story. Raises IllegalMove."""
    other = form.number("other")
    if not other:
        raise IllegalMove("The form did not name another story. Look at the candidate again.")
    return other


def _done(request: Request, front: Front, editor: Editor, candidate_id: int, form: Form, move: Move) -> Response:
    """Make the move and show the candidate as it stands then; told no, show the page again and say why."""
    if front.rooms.stories is None:
        raise NotFound("This desk keeps no stories.")
    view = candidate_of(front, candidate_id)
    seen = form.number("seen")
    why = one_line(form.text("why"))[:LONGEST_REASON]
    try:
        if seen is None:
            raise IllegalMove("The form did not say what you had seen of this story. Look at it again.")
        move(front.rooms.stories, view, why, seen)
    except OutdatedView as refusal:
        return _refused(request, front, editor, candidate_id, form, str(refusal), 409)
    except IllegalMove as refusal:
        return _refused(request, front, editor, candidate_id, form, str(refusal), 422)
    return go(f"/candidates/{candidate_id}{Wanted.of(request.query_params).here}")


def _refused(request: Request, front: Front, editor: Editor, candidate_id: int, form: Form, problem: str, status: int) -> Response:
    """The page as it stands now, with what the editor had chosen and written."""
    view = candidate_of(front, candidate_id)
    typed = SplitTyped(tuple(form.numbers("part")), one_line(form.text("why"))[:LONGEST_REASON])
    return show(request, front, editor, view, proposed(front, view), problem, status, splitting=typed)
