"""One candidate: its text beside the facts, and the decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from newsdesk.articles import StoredArticle
from newsdesk.decisions import Draft, Move, State
from newsdesk.editions import Entry
from newsdesk.errors import IllegalMove, NotFound, OutdatedView
from newsdesk.judging import Label
from newsdesk.outlets import ControlStatement
from newsdesk.ports import CandidateView
from newsdesk.printing import one_line
from review.corroboration import who_else
from review.front import EditorsForm, Form, Front, SignedIn, TheFront, go
from review.notices import notice_of, told
from review.origins import marks_of, relays_of
from review.pages import news_of
from review.queue import Wanted, around
from review.sessions import Editor
from review.showing import Spot, label_of, lead_sentence, months_around, paragraphs, without_lead_in
from review.telling_story import NOTHING_TYPED, SplitTyped, story_card

router = APIRouter()
LONGEST_REPORT = 4000
LONGEST_REASON = 1000
QUICK_REASONS = (
    "Not relevant",
    "Opinion",
    "Declaration against the West",
    "Reported by others already",
    "Duplicate",
    "Too old",
)
HOLD_DAYS = (1, 3, 7)
_NUMBER_LIMIT = 2**62


@dataclass(frozen=True)
class Typed:
    """What stands in the forms: the editor's own words, or what the program proposes."""

    section_id: str
    report: str
    article_id: int
    edition: str
    reason: str = ""
    hold_reason: str = ""
    until: str = ""


def articles_of(view: CandidateView) -> list[StoredArticle]:
    """The story's articles, the leading one first."""
    return [view.article, *view.others]


def cited(view: CandidateView, article_id: int | None) -> StoredArticle:
    """The article of the story with that id, else the leading one."""
    return next((article for article in articles_of(view) if article.id == article_id), view.article)


def best_to_cite(view: CandidateView) -> StoredArticle:
    """The first article that is not state media, then one that is unknown, then the leading one."""
    order = {Label.NOT_STATE_MEDIA: 0, Label.UNKNOWN: 1, Label.STATE_MEDIA: 2}
    return min(articles_of(view), key=lambda article: order[label_of(article.label)])


def proposed(front: Front, view: CandidateView) -> Typed:
    """What the forms show before anybody types: the standing entry, or the lead sentence and the first proposed section."""
    current = view.standing.current
    if current is not None and view.standing.state is State.ACCEPTED:
        draft = current.draft
        return Typed(draft.section_id or "", draft.report or "", cited(view, draft.article_id).id, draft.edition or "")
    best = best_to_cite(view)
    section_id = view.sections[0].section_id if view.sections else ""
    report = without_lead_in(lead_sentence(best.article), front.rooms.book.policy.lead_in)
    return Typed(section_id, one_line(report), best.id, f"{front.rooms.clock():%Y-%m}")


def typed_of(form: Form, front: Front, view: CandidateView) -> Typed:
    """What the editor sent; a report loses a typed lead-in, for the program adds its own."""
    report = without_lead_in(one_line(form.text("report"))[:LONGEST_REPORT], front.rooms.book.policy.lead_in)
    return Typed(
        section_id=form.text("section"),
        report=report,
        article_id=cited(view, form.number("article")).id,
        edition=form.text("edition"),
        reason=one_line(form.text("reason"))[:LONGEST_REASON],
        hold_reason=one_line(form.text("hold_reason"))[:LONGEST_REASON],
        until=form.text("until")[:10],
    )


def entry_of(front: Front, view: CandidateView, typed: Typed, editor: Editor) -> Entry:
    """The candidate as it would be printed now."""
    article = cited(view, typed.article_id)
    published = article.article.published
    return Entry(
        candidate_id=view.candidate_id,
        article_id=article.id,
        section_id=typed.section_id,
        report=typed.report,
        outlet_id=article.outlet_id,
        outlet_printed=front.rooms.book.outlet_name(article.outlet_id),
        address=article.article.address,
        published_on=published.value.on if published else None,
        language=article.article.language.value if article.article.language else None,
        label=label_of(article.label),
        label_why=article.label_why,
        accepted_by=editor.name,
        position=0.0,
        opinion=article.genre.why if article.genre is not None and article.genre.is_opinion else "",
        declaration=article.genre.declarations[0].why if article.genre is not None and article.genre.declares else "",
        other_outlets=tuple(dict.fromkeys(other.outlet_id for other in articles_of(view) if other.outlet_id != article.outlet_id)),
    )


def statement_of(front: Front, article: StoredArticle) -> ControlStatement | None:
    """What the configuration states of the outlet's control on the day of publication, None where nothing is stated."""
    outlet = front.rooms.book.outlets.get(article.outlet_id)
    published = article.article.published
    return outlet.control_on(published.value.on if published else article.stored_at.date()) if outlet else None


def candidate_of(front: Front, candidate_id: int) -> CandidateView:
    """Raises NotFound, for a number no database could hold too."""
    if not 0 < candidate_id < _NUMBER_LIMIT:
        raise NotFound(f"There is no candidate {candidate_id}.")
    return front.rooms.desk.candidate(candidate_id)


def show(
    request: Request,
    front: Front,
    editor: Editor,
    view: CandidateView,
    typed: Typed,
    problem: str = "",
    status: int = 200,
    kept: bool = False,
    splitting: SplitTyped = NOTHING_TYPED,
) -> Response:
    """The page. ``problem`` is told on top; ``kept`` says that the forms hold the editor's own words, ``splitting`` what was
    chosen to be split off."""
    wanted = Wanted.of(request.query_params)
    article = view.article.article
    today = front.rooms.clock().date()
    return front.render(
        "candidate.html",
        editor,
        status,
        view=view,
        wanted=wanted,
        around=around(front, wanted, view.candidate_id),
        title=paragraphs(article.title.value, _marked(view, "title")) if article.title else (),
        text=paragraphs(article.text, _marked(view, "text")),
        relays=relays_of(view.article),
        articles=articles_of(view),
        story=story_card(front, view, splitting),
        page_news=news_of(front, view, articles_of(view)),
        statement=statement_of(front, view.article),
        typed=typed,
        printed=front.rooms.book.printed(entry_of(front, view, typed, editor)),
        cited=cited(view, typed.article_id),
        section_groups=[(parent, list(members)) for parent, members in groupby(front.rooms.book.sections, key=lambda s: s.parent)],
        months=months_around(today, typed.edition),
        quick_reasons=QUICK_REASONS,
        holds=[(days, today + timedelta(days=days)) for days in HOLD_DAYS],
        tomorrow=today + timedelta(days=1),
        history=[(decision, told(front, decision)) for decision in view.decisions],
        else_=who_else(front, view.article.story_id),
        problem=problem,
        kept=kept,
        notice=notice_of(front, editor, request.query_params),
    )


def _marked(view: CandidateView, where: str) -> list[Spot]:
    """What is marked in headline or text: watched terms, and the words that show whose report it is."""
    return [*(match for match in view.matches if match.where == where), *marks_of(view.origins_shown, where)]


@router.get("/candidates/{candidate_id}")
def candidate(request: Request, candidate_id: int, front: TheFront, editor: SignedIn) -> Response:
    view = candidate_of(front, candidate_id)
    return show(request, front, editor, view, proposed(front, view))


def decide(request: Request, front: Front, editor: Editor, candidate_id: int, form: Form, draft: Draft, typed: Typed) -> Response:
    """Take a decision and go on to the next candidate; told no, show the page again with everything the editor typed."""
    wanted = Wanted.of(request.query_params)
    neighbours = around(front, wanted, candidate_id)
    seen = form.number("seen")
    try:
        if seen is None:
            raise IllegalMove("The form did not say what you had seen of this candidate. Look at it again and decide.")
        front.rooms.desk.decide(candidate_id, draft, editor.name, seen, front.rooms.clock())
    except OutdatedView as refusal:
        return show(request, front, editor, front.rooms.desk.candidate(candidate_id), typed, str(refusal), 409, kept=True)
    except IllegalMove as refusal:
        return show(request, front, editor, front.rooms.desk.candidate(candidate_id), typed, str(refusal), 422, kept=True)
    if draft.move in (Move.UNDO, Move.EDIT) or neighbours.after is None:
        after = f"/candidates/{candidate_id}" if draft.move in (Move.UNDO, Move.EDIT) else "/"
    else:
        after = f"/candidates/{neighbours.after}"
    return go(after + wanted.here, done=candidate_id)


@router.post("/candidates/{candidate_id}/accept")
def accept(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    view = candidate_of(front, candidate_id)
    typed = typed_of(form, front, view)
    if front.rooms.book.section(typed.section_id) is None:
        typed = replace(typed, section_id="")
    edition = typed.edition if typed.edition in _months(front, view) else None
    move = Move.EDIT if view.standing.state is State.ACCEPTED else Move.ACCEPT
    draft = Draft(move, edition=edition, section_id=typed.section_id or None, report=typed.report, article_id=typed.article_id)
    return decide(request, front, editor, candidate_id, form, draft, typed)


def _months(front: Front, view: CandidateView) -> list[str]:
    standing = view.standing.current.draft.edition if view.standing.current else None
    return list(months_around(front.rooms.clock().date(), standing))


@router.post("/candidates/{candidate_id}/preview")
def preview(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    """How the entry would be printed: as JSON for the script, as the whole page without it. Nothing is decided."""
    view = candidate_of(front, candidate_id)
    typed = typed_of(form, front, view)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"printed": front.rooms.book.printed(entry_of(front, view, typed, editor))})
    return show(request, front, editor, view, typed, kept=True)


@router.post("/candidates/{candidate_id}/reject")
def reject(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    view = candidate_of(front, candidate_id)
    typed = typed_of(form, front, view)
    quick = form.text("quick") if form.text("quick") in QUICK_REASONS else ""
    draft = Draft(Move.REJECT, reason=". ".join(part for part in (quick, typed.reason) if part))
    return decide(request, front, editor, candidate_id, form, draft, typed)


@router.post("/candidates/{candidate_id}/hold")
def hold(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    view = candidate_of(front, candidate_id)
    typed = typed_of(form, front, view)
    until = _until(form, front.rooms.clock().date())
    if until is None:
        sentence = "Hold until which day? Give a day after today, as YYYY-MM-DD."
        return show(request, front, editor, view, typed, sentence, 422, kept=True)
    return decide(request, front, editor, candidate_id, form, Draft(Move.HOLD, until=until, reason=typed.hold_reason or None), typed)


def _until(form: Form, today: date) -> date | None:
    days = form.number("days")
    if days is not None:
        return today + timedelta(days=days) if days in HOLD_DAYS else None
    try:
        until = date.fromisoformat(form.text("until"))
    except ValueError:
        return None
    return until if until > today else None


@router.post("/candidates/{candidate_id}/undo")
def undo(request: Request, candidate_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    view = candidate_of(front, candidate_id)
    typed = typed_of(form, front, view) if form.text("report") else proposed(front, view)
    return decide(request, front, editor, candidate_id, form, Draft(Move.UNDO), typed)
