"""The keys, and how the desk thinks, on one page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from review.front import SignedIn, TheFront

router = APIRouter()


@router.get("/help")
def show_help(front: TheFront, editor: SignedIn) -> Response:
    return front.render("help.html", editor)
