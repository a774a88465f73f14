"""What every page needs: who asks, whether the form is ours, and how a template becomes an answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from newsdesk.errors import NewsdeskError
from review import showing
from review.attempts import Attempts
from review.book import Rooms
from review.sessions import COOKIE, VISIT_COOKIE, Editor, Sessions

HERE = Path(__file__).parent


class SignInNeeded(Exception):
    """Nobody is signed in; after signing in the editor goes on at ``then``."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.then = then


class ForgedForm(NewsdeskError):
    """A form that did not come from one of our pages as shown to this editor."""


def _finalize(value: object) -> object:
    """Whatever a template prints, Markup aside, loses its control characters and direction overrides."""
    return showing.deaden(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def environment(rooms: Rooms) -> Environment:
    """Templates with escaping on for all, undefined names refused, and the words of ``showing`` as filters."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=showing.day_words,
        month=showing.month_words,
        at=showing.at_words,
        moment=showing.moment_words,
        language=showing.language_words,
        label=showing.label_of,
        label_words=lambda label: showing.LABEL_WORDS[showing.label_of(label)],
        hint=lambda hint: showing.HINT_WORDS[hint],
        web_address=showing.web_address,
        outlet=rooms.book.outlet_name,
        section=rooms.book.section_name,
    )
    made.globals.update(policy=rooms.book.policy)
    return made


@dataclass(frozen=True)
class Front:
    """The parts of the page that live as long as it does."""

    rooms: Rooms
    sessions: Sessions
    attempts: Attempts
    templates: Environment

    def render(self, template: str, editor: Editor | None, status: int = 200, **context: object) -> HTMLResponse:
        """A template as an answer. Every page knows the editor, the present month and the moment."""
        now = self.rooms.clock()
        html = self.templates.get_template(template).render(editor=editor, now=now, this_month=f"{now:%Y-%m}", **context)
        return HTMLResponse(html.encode("utf-8", "replace"), status)


def front_of(request: Request) -> Front:
    return cast(Front, request.app.state.front)


def current_editor(request: Request) -> Editor | None:
    """Who is signed in, if anybody. Asks the accounts: the answer is never older than this request."""
    return front_of(request).sessions.read(request.cookies.get(COOKIE))


def signed_in(request: Request) -> Editor:
    """The editor. Raises SignInNeeded."""
    editor = current_editor(request)
    if editor is None:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise SignInNeeded(asked if request.method == "GET" else "/")
    return editor


class Form:
    """What an editor sent, as text."""

    def __init__(self, data: FormData) -> None:
        self._data = data

    def text(self, name: str) -> str:
        """The field, stripped, with line ends as one newline; empty when it was not sent."""
        value = self._data.get(name, "")
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """The field exactly as typed."""
        value = self._data.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """The field as a number, None when it is none that a database could hold."""
        text = self.text(name)
        return _number(text)

    def numbers(self, name: str) -> list[int]:
        """All the numbers sent under one name, as ticked boxes are; what is none is left out."""
        values = [value for value in self._data.getlist(name) if isinstance(value, str)]
        return [number for value in values if (number := _number(value)) is not None]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def check_origin(request: Request) -> None:
    """Refuse a form sent from another site's page. Raises ForgedForm."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise ForgedForm("This form was sent from another site, so nothing was done. Open the desk itself and try again there.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForgedForm("This form was sent from another site, so nothing was done. Open the desk itself and try again there.")


async def editors_form(request: Request, editor: Annotated[Editor, Depends(signed_in)]) -> Form:
    """The form of a signed-in editor, proven ours. Raises ForgedForm."""
    check_origin(request)
    form = Form(await request.form(max_fields=100))
    if not front_of(request).sessions.is_token_of(editor.session_id, form.secret("form_token")):
        raise ForgedForm("This form is from an earlier session, so nothing was done. Go back, reload the page and send it again.")
    return form


async def strangers_form(request: Request) -> Form:
    """The sign-in form, bound to the visit's cookie. Raises ForgedForm."""
    check_origin(request)
    form = Form(await request.form(max_fields=20))
    visit = request.cookies.get(VISIT_COOKIE, "")
    if not visit or not front_of(request).sessions.is_token_of(visit, form.secret("form_token")):
        raise ForgedForm("The sign-in form was too old, or the browser keeps no cookies. Open the sign-in page again.")
    return form


SignedIn = Annotated[Editor, Depends(signed_in)]
EditorsForm = Annotated[Form, Depends(editors_form)]
StrangersForm = Annotated[Form, Depends(strangers_form)]
TheFront = Annotated[Front, Depends(front_of)]


def local_path(then: str) -> str:
    """The path to go on at, if it is one of ours: a single slash, then no slash or backslash, no controls. Else ``/``."""
    if not then.startswith("/") or then[1:2] in ("/", "\\") or "\\" in then or any(ord(sign) < 0x21 or ord(sign) == 0x7F for sign in then):
        return "/"
    parts = urlsplit(then)
    return "/" if parts.scheme or parts.netloc else then


def go(path: str, **query: object) -> Response:
    """See Other: the browser asks for the page anew, and a reload does not send the form again."""
    pairs = urlencode({name: value for name, value in query.items() if value is not None})
    joined = path + (("&" if "?" in path else "?") + pairs if pairs else "")
    return RedirectResponse(quote(joined, safe="/%:?#[]@!$&'()*+,;=~-._"), status_code=303)
