"""How long an answer says that it stays fresh (RFC 9111, 4.2.1, as a private cache reads it)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LIMIT = 10**9  # RFC 9111, 1.2.2: greater values count as overflow
_DIRECTIVE = re.compile(r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s",;]*)))?')


def fresh_seconds(headers: Iterable[tuple[str, str]], now: datetime) -> int | None:
    """Seconds for which asking again would bring nothing new, by the answer's own headers; None where they do not say.

    ``max-age`` stands over ``Expires`` (5.3), ``s-maxage`` is for shared caches, ``no-cache`` and ``no-store`` give 0, and
    the time spent in caches on the way (``Age``) is taken off. What cannot be read is stale (4.2.1).
    """
    told: dict[str, list[str]] = {}
    for name, value in headers:
        told.setdefault(name.lower(), []).append(value)
    directives = _directives(", ".join(told.get("cache-control", ())))
    if "no-cache" in directives or "no-store" in directives:
        return 0
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"])
    elif "expires" in told:
        lifetime = _until(told["expires"][0], told.get("date", [""])[0], now)
    else:
        return None
    return max(0, lifetime - _seconds(told.get("age", ["0"])[0]))


def _directives(value: str) -> dict[str, str]:
    """Cache-Control taken apart; of a repeated directive the first counts (4.2.1)."""
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(value[:4000]):
        found.setdefault(name.lower(), quoted or plain)
    return found


def _seconds(value: str) -> int:
    text = value.strip()
    return min(int(text[:12]), _LIMIT) if text.isascii() and text.isdigit() else 0


def _until(expires: str, date: str, now: datetime) -> int:
    end = _moment(expires)
    if end is None:
        return 0
    return min(max(0, round((end - (_moment(date) or now)).total_seconds())), _LIMIT)


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
