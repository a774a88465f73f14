"""Who else reports a story, and how it travelled, as the candidate's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from newsdesk.amplification import Amplification, amplification
from newsdesk.corroboration import Corroboration
from newsdesk.errors import NotFound
from review.front import EditorsForm, Front, SignedIn, TheFront, go
from review.timeline import Timeline, timeline

router = APIRouter()


@dataclass(frozen=True)
class WhoElse:
    """What the page says of a story: the search (None: a state voice tells it and nobody has looked yet, or none does), when
    it was made, and the story's way as a picture (None for a single article)."""

    has_state_voice: bool
    found: Corroboration | None
    looked_at: datetime | None
    way: Amplification | None
    picture: Timeline | None


def who_else(front: Front, story_id: int) -> WhoElse:
    """Ask the shelf and draw the picture."""
    members = front.rooms.corroboration.members(story_id)
    kept = front.rooms.corroboration.of_story(story_id)
    way = amplification(members) if len(members) > 1 else None
    return WhoElse(
        has_state_voice=any(member.state_voice for member in members),
        found=kept[0] if kept else None,
        looked_at=kept[1] if kept else None,
        way=way,
        picture=timeline(way) if way else None,
    )


@router.post("/news/{news_id}/seen")
def seen(request: Request, news_id: int, front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    """An editor has taken note; the message goes away for all. Raises NotFound for a number no database could hold."""
    if not 0 < news_id < 2**62:
        raise NotFound("There is no such message.")
    front.rooms.corroboration.seen(news_id, editor.name, front.rooms.clock())
    return go("/")
