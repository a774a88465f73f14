"""The queue: what waits for the editors, ranked, filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from newsdesk.decisions import State
from newsdesk.judging import Label
from newsdesk.kinds import Dime, Kind
from newsdesk.ports import QueueFilter
from review.front import Front, SignedIn, TheFront
from review.notices import last_decision, notice_of

router = APIRouter()
PAGE_SIZE = 30
NEIGHBOURS = 200  # how far down the queue "next" and "previous" reach
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Wanted:
    """What an editor chose to see; travels in the address, so that a view can be bookmarked and come back to."""

    view: State = State.WAITING
    section: str | None = None
    language: str | None = None
    label: Label | None = None
    outlet: str | None = None
    words: str | None = None
    kind: Kind | None = None
    category: Dime | None = None
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """Read the address's query; what makes no sense counts as not said."""

        def said(name: str) -> str | None:
            return query.get(name, "").replace("\x00", "").strip()[:LONGEST_SEARCH] or None

        page = said("page") or "1"
        return cls(
            view=next((state for state in State if state == said("view")), State.WAITING),
            section=said("section"),
            language=said("language"),
            label=next((label for label in Label if label == said("label")), None),
            outlet=said("outlet"),
            words=said("words"),
            kind=next((kind for kind in Kind if kind == said("kind")), None),
            category=next((category for category in Dime if category == said("category")), None),
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def query(self, **changes: object) -> str:
        """The query string, with a leading ``?`` or empty. A change other than of the page begins again at page 1."""
        changed = replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]
        pairs = {
            "view": None if changed.view is State.WAITING else changed.view,
            "section": changed.section,
            "language": changed.language,
            "label": changed.label,
            "outlet": changed.outlet,
            "words": changed.words,
            "kind": changed.kind,
            "category": changed.category,
            "page": None if changed.page == 1 else changed.page,
        }
        said = {name: str(value) for name, value in pairs.items() if value is not None}
        return "?" + urlencode(said) if said else ""

    @property
    def here(self) -> str:
        """The query string as it is."""
        return self.query(page=self.page)

    @property
    def is_filtered(self) -> bool:
        return any((self.section, self.language, self.label, self.outlet, self.words, self.kind, self.category))

    @property
    def cleared(self) -> str:
        """The query string without any filter."""
        return self.query(section=None, language=None, label=None, outlet=None, words=None, kind=None, category=None)

    def filter(self, today: date, page_size: int = PAGE_SIZE, learn_share: float = 0.0) -> QueueFilter:
        """The same, in the desk's words. ``learn_share`` of the first page shows stories from further down (0-0.5)."""
        return QueueFilter(
            today=today,
            state=self.view,
            section_id=self.section,
            language=self.language,
            label=self.label,
            outlet_id=self.outlet,
            words=self.words,
            kind=self.kind,
            category=self.category,
            page=self.page,
            page_size=page_size,
            learn_share=learn_share if not self.is_filtered else 0.0,
            learn_page=PAGE_SIZE,
        )


@dataclass(frozen=True)
class Around:
    """The candidates before and after one in the queue, None at its ends."""

    before: int | None
    after: int | None


def around(front: Front, wanted: Wanted, candidate_id: int) -> Around:
    """Neighbours among the first 200 of the view. A candidate that is not there has the first of the queue after it."""
    items = front.rooms.desk.queue(replace(wanted, page=1).filter(front.rooms.clock().date(), NEIGHBOURS, _share(front))).items
    ids = [item.candidate_id for item in items]
    if candidate_id not in ids:
        return Around(None, ids[0] if ids else None)
    place = ids.index(candidate_id)
    return Around(ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None)


def _share(front: Front) -> float:
    return front.rooms.book.policy.exploration_share


@router.get("/")
def queue(request: Request, front: TheFront, editor: SignedIn) -> Response:
    wanted = Wanted.of(request.query_params)
    found = front.rooms.desk.queue(wanted.filter(front.rooms.clock().date(), learn_share=_share(front)))
    pages = max(1, ceil(found.total / PAGE_SIZE))
    book = front.rooms.book
    outlets = sorted(found.facets.outlets.items(), key=lambda pair: book.outlet_name(pair[0]).casefold())
    known = [section.id for section in book.sections]
    sections = sorted(found.facets.sections.items(), key=lambda pair: known.index(pair[0]) if pair[0] in known else len(known))
    return front.render(
        "queue.html",
        editor,
        wanted=wanted,
        found=found,
        pages=pages,
        outlets=outlets,
        sections=sections,
        languages=sorted(found.facets.languages.items(), key=lambda pair: -pair[1]),
        states=list(State),
        labels=list(Label),
        kinds=list(Kind),
        categories=list(Dime),
        first=(wanted.page - 1) * PAGE_SIZE + 1,
        news=front.rooms.corroboration.news(),
        notice=notice_of(front, editor, request.query_params),
        mine=last_decision(front, editor),
    )
