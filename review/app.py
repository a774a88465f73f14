"""The editors' page as one ASGI application. Endpoints are plain functions: storage calls run in the thread pool."""

from __future__ import annotations

import logging
from dataclasses import replace
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from newsdesk.errors import NotFound
from review import candidate, corroboration, door, health, help_page, month, outlets, passwords, queue, ranking, story_moves
from review.attempts import Attempts
from review.book import ReviewBook, Rooms
from review.front import HERE, ForgedForm, Front, SignInNeeded, current_editor, environment, front_of, go
from review.sessions import Sessions
from review.shell import HEADERS, Shell

log = logging.getLogger("newsdesk.review")


def create_app(rooms: Rooms) -> FastAPI:
    """Build the page. Nothing is started; the caller serves the application."""
    book, accounts, clock = rooms.book, rooms.accounts, rooms.clock
    sessions = Sessions(book.secret_key, accounts, clock, book.session_hours)
    passwords.warm_up()
    app = FastAPI(title="newsdesk", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.front = Front(rooms, sessions, Attempts(), environment(rooms))
    for part in (door, queue, candidate, corroboration, month, health, outlets, ranking, story_moves, help_page):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(Shell)
    _tell_errors_kindly(app)
    return app


def take_up(app: FastAPI, book: ReviewBook) -> None:
    """Let a running page know changed configuration. Sessions, and what is remembered of failed sign-ins, stay."""
    front: Front = app.state.front
    rooms = replace(front.rooms, book=book)
    app.state.front = replace(front, rooms=rooms, templates=environment(rooms))


def _tell_errors_kindly(app: FastAPI) -> None:
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(ForgedForm, _forged)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)


def _to_sign_in(request: Request, error: Exception) -> Response:
    then = error.then if isinstance(error, SignInNeeded) else "/"
    return go("/sign-in", next=then if then != "/" else None)


def _page(request: Request, status: int, heading: str, sentence: str) -> Response:
    front = front_of(request)
    return front.render("error.html", current_editor(request), status, heading=heading, sentence=sentence)


def _not_found(request: Request, error: Exception) -> Response:
    return _page(request, 404, "Not here", str(error))


def _forged(request: Request, error: Exception) -> Response:
    return _page(request, 403, "Not done", str(error))


def _unreadable(request: Request, error: Exception) -> Response:
    return _page(request, 404, "Not here", "The address holds something that cannot be read, such as a number that is none.")


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.NOT_FOUND:
        return _page(request, 404, "Not here", "There is no page at this address.")
    return _page(request, status, "Not done", f"The request was refused: {HTTPStatus(status).phrase.lower()}.")


def _failed(request: Request, error: Exception) -> Response:
    """A mistake of ours: logged in full, told without its insides. Runs outside the shell, so it sets the headers itself."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    html = front_of(request).templates.get_template("failed.html").render()
    return Response(html, 500, media_type="text/html", headers={**HEADERS, "Cache-Control": "no-store"})
