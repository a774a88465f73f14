"""Who is signed in, proven by a signed cookie; and the token that shows a form came from our own page.

The cookie carries name, a random id, the end and a mark of the password hash, signed with the desk's key. It ends at its
time, at sign-out, when the account is switched off and when the password changes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from newsdesk.ports import Accounts, User

COOKIE = "newsdesk_session"
VISIT_COOKIE = "newsdesk_visit"


@dataclass(frozen=True)
class Editor:
    """Somebody signed in, and the token that their forms carry."""

    name: str
    session_id: str
    ends_at: datetime
    form_token: str


def _mark(user: User) -> str:
    """Changes with the password, and tells nothing of it."""
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]


class Sessions:
    """Opens, reads and ends sessions. Ended ids are remembered until they would have ended by themselves."""

    def __init__(self, secret_key: str, accounts: Accounts, clock: Callable[[], datetime], hours: int) -> None:
        self._key = secret_key.encode()
        self._signer = URLSafeSerializer(secret_key, salt="newsdesk.session")
        self._accounts = accounts
        self._clock = clock
        self.lasts = timedelta(hours=hours)
        self._ended: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def open(self, user: User) -> str:
        """A cookie value for a user whose password was right."""
        ends_at = self._clock() + self.lasts
        payload = {"n": user.name, "i": secrets.token_urlsafe(18), "e": int(ends_at.timestamp()), "m": _mark(user)}
        return str(self._signer.dumps(payload))

    def read(self, cookie: str | None) -> Editor | None:
        """The editor of a cookie, None where it is forged, over, ended, or its account is off."""
        try:
            payload = self._signer.loads(cookie or "")
            name, session_id, ends, mark = (payload[part] for part in ("n", "i", "e", "m"))
            ends_at = datetime.fromtimestamp(ends, UTC)
        except (BadSignature, KeyError, TypeError, ValueError):
            return None
        if ends_at <= self._clock() or session_id in self._ended:
            return None
        user = self._accounts.user(name)
        if user is None or user.switched_off or not hmac.compare_digest(_mark(user), mark):
            return None
        return Editor(user.name, session_id, ends_at, self.token(session_id))

    def end(self, editor: Editor) -> None:
        """Sign out: the cookie is worth nothing from now on, wherever it has been copied to."""
        now = self._clock()
        with self._lock:
            self._ended = {key: until for key, until in self._ended.items() if until > now}
            self._ended[editor.session_id] = editor.ends_at

    def token(self, bound_to: str) -> str:
        """The form token that belongs to a session or visit."""
        return hmac.new(self._key, b"newsdesk.form:" + bound_to.encode(), hashlib.sha256).hexdigest()

    def is_token_of(self, bound_to: str, token: str) -> bool:
        """Whether a form's token belongs to the session or visit, compared in constant time."""
        return hmac.compare_digest(self.token(bound_to).encode(), token.encode())
