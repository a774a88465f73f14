"""What surrounds every answer: headers that keep hostile content dead, and a limit on what a form may send."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM_BYTES = 512 * 1024

# "same-origin" rather than "no-referrer": under the latter browsers send "Origin: null" with our own forms (Fetch, 3.1), and
# the check of the origin would refuse them. Neither tells an outlet where a reader came from.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class _TooLarge(Exception):
    pass


class Shell:
    """ASGI middleware: sets the headers, keeps pages out of caches, and ends requests whose body is over 512 KiB."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False
        got = 0

        async def receive_limited() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > FORM_BYTES:
                raise _TooLarge
            return message

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _guard(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            await self.app(scope, receive_limited, send_guarded)
        except _TooLarge:
            if begun:
                raise
            await _refuse(send_guarded)


def _guard(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Cache-Control"] = "public, max-age=300" if path.startswith("/static/") else "no-store"


async def _refuse(send: Send) -> None:
    body = b"The form holds more than 512 KiB. Shorten the text and send it again."
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
