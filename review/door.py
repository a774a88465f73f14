"""Signing in and out."""

from __future__ import annotations

import secrets
from math import ceil

from fastapi import APIRouter, Request
from starlette.responses import Response

from newsdesk.ports import User
from review import passwords
from review.front import EditorsForm, Front, SignedIn, StrangersForm, TheFront, current_editor, go, local_path
from review.sessions import COOKIE, VISIT_COOKIE

router = APIRouter()
WRONG = "Name and password do not belong together, or the account is switched off. Try again, or ask whoever runs the desk."


def _sign_in_page(front: Front, then: str, name: str = "", message: str = "", status: int = 200) -> Response:
    visit = secrets.token_urlsafe(18)
    token = front.sessions.token(visit)
    answer = front.render("sign_in.html", None, status, then=then, name=name, message=message, form_token=token)
    answer.set_cookie(VISIT_COOKIE, visit, max_age=3600, httponly=True, samesite="lax", secure=front.rooms.book.secure_cookies)
    return answer


@router.get("/sign-in")
def sign_in_form(request: Request, front: TheFront, next: str = "/") -> Response:
    then = local_path(next)
    return go(then) if current_editor(request) else _sign_in_page(front, then)


@router.post("/sign-in")
def sign_in(request: Request, front: TheFront, form: StrangersForm) -> Response:
    name, then = form.text("name")[:200], local_path(form.text("next"))
    address = request.client.host if request.client else "unknown"
    now = front.rooms.clock()
    if wait := front.attempts.wait(name, address, now):
        minutes = max(1, ceil(wait.total_seconds() / 60))
        message = f"Too many failed attempts for this name from here. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
        return _sign_in_page(front, then, name, message, 429)
    user = _checked(front, name, form.secret("password"))
    if user is None:
        front.attempts.failed(name, address, now)
        return _sign_in_page(front, then, name, WRONG, 401)
    front.attempts.succeeded(name, address)
    return _with_session(front, user, then)


def _checked(front: Front, name: str, password: str) -> User | None:
    """The user whose password this is. Unknown, switched-off and known names cost the same work."""
    user = front.rooms.accounts.user(name) if name and "\x00" not in name else None
    right = passwords.matches(user.password_hash if user else None, password)
    if user is None or user.switched_off or not right:
        return None
    if passwords.is_outdated(user.password_hash):
        front.rooms.accounts.set_password(user.name, passwords.rehash(password))
        return front.rooms.accounts.user(name)
    return user


def _with_session(front: Front, user: User, then: str) -> Response:
    answer = go(then)
    answer.set_cookie(
        COOKIE,
        front.sessions.open(user),
        max_age=int(front.sessions.lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=front.rooms.book.secure_cookies,
        path="/",
    )
    answer.delete_cookie(VISIT_COOKIE)
    return answer


@router.post("/sign-out")
def sign_out(front: TheFront, editor: SignedIn, form: EditorsForm) -> Response:
    front.sessions.end(editor)
    answer = go("/sign-in")
    answer.delete_cookie(COOKIE, path="/")
    return answer
