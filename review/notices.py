"""What just happened, told on the next page, with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.decisions import Decision, Move
from newsdesk.errors import NotFound
from newsdesk.ports import CandidateView
from review.front import Front
from review.sessions import Editor
from review.showing import at_words, decision_words


@dataclass(frozen=True)
class Notice:
    """A sentence; ``undo_id`` names the candidate whose last decision can be taken back, seen at ``seen`` decisions."""

    sentence: str
    title: str
    undo_id: int | None
    seen: int


def title_of(view: CandidateView) -> str:
    """The leading article's title, or that it has none."""
    title = view.article.article.title
    return title.value if title else "(no title)"


def told(front: Front, decision: Decision) -> str:
    """``accepted it into Hezbollah of November 2020``."""
    return decision_words(decision, front.rooms.book.section_name(decision.draft.section_id))


def _view(front: Front, number: str) -> CandidateView | None:
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        return None
    try:
        return front.rooms.desk.candidate(int(number))
    except NotFound:
        return None


def notice_of(front: Front, editor: Editor, query: Mapping[str, str]) -> Notice | None:
    """The notice for ``done`` (the candidate decided just now). Read from the log, never from the address."""
    view = _view(front, query.get("done", ""))
    if view is None or not view.decisions or view.decisions[-1].by != editor.name:
        return None
    last = view.decisions[-1]
    undone = last.draft.move is Move.UNDO
    sentence = f"You {told(front, last)}"
    return Notice(sentence, title_of(view), None if undone else view.candidate_id, view.standing.count)


def last_decision(front: Front, editor: Editor) -> Notice | None:
    """The editor's own last decision that still counts, for undo from the queue."""
    decision = front.rooms.desk.last_decision_of(editor.name)
    view = _view(front, str(decision.candidate_id)) if decision else None
    if decision is None or view is None:
        return None
    sentence = f"Your last decision ({at_words(decision.at)}): you {told(front, decision)}"
    return Notice(sentence, title_of(view), view.candidate_id, view.standing.count)
