"""Whose report it is where a page relays somebody else's: agency bylines, datelines, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.people import AGENCIES, agency
from crawler.phrases import phrases
from crawler.witnesses import Witnesses
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Hinted

_DATELINE_CHARACTERS = 250
_LAST_CHARACTERS = 250
_SPELLINGS = {*AGENCIES.values(), "XINHUA", "ITAR-TASS", "TELAM", "Telam", "TELESUR", "Agencia EFE", "PL"}
_NAMES = "|".join(map(re.escape, sorted(_SPELLINGS, key=len, reverse=True)))
_DATELINE = re.compile(rf"[(/\[] ?({_NAMES}) ?[)/\]]|^({_NAMES})(?: ?[.:–—-]{{1,3}} |, )", re.MULTILINE)
_CREDITED_BY = phrases(r"""
    con (?:informaci[oó]n|datos) de
    com informa[cç][oõ]es d[aeo]s?
    (?:fuente|fonte|source) ?:
    tomado de
    avec
    from
    via
    """)
_CREDIT = re.compile(rf"{_CREDITED_BY} (?:la |el |a |o |l')?({_NAMES})\b", re.IGNORECASE)
_LAST_LINE = re.compile(rf"^[(\[—–-]? ?({_NAMES}) ?[)\].]?$", re.MULTILINE)


def credited_in(lines: Sequence[str]) -> list[str]:
    """Agencies credited in the short lines around a headline ("Fonte: Agência Brasil")."""
    found = (_CREDIT.search(line) for line in lines)
    return [agency(match.group(1)) or match.group(1) for match in found if match]


def _in_text(text: str) -> str | None:
    """The agency that a dateline at the beginning or a credit at the end names."""
    match = _DATELINE.search(text[:_DATELINE_CHARACTERS])
    if match is None:
        tail = text[-_LAST_CHARACTERS:]
        match = _CREDIT.search(tail) or _LAST_LINE.search(tail)
    if match is None:
        return None
    name = next(group for group in match.groups() if group)
    return agency(name) or name


def find(
    seen: Witnesses, agencies: Sequence[str], text: str, announcement: Announcement | None, own_names: Sequence[str]
) -> Hinted[str] | None:
    """The named originator: byline, JSON-LD provider, dateline or credit, then the feed's word. None where nobody is
    named, or only the outlet itself (``own_names``)."""
    heard: list[tuple[Hint, str]] = [(Hint.BYLINE, name) for name in agencies[:3]]
    provider = agency(seen.linked.provider) if seen.linked.provider else None
    if provider:
        heard.append((Hint.JSON_LD, provider))
    inside = _in_text(text)
    if inside:
        heard.append((Hint.TEXT, inside))
    if announcement is not None and announcement.origin:
        heard.append((announcement.hint, announcement.origin[:200]))
    own = {agency(name) or name for name in own_names if name}
    heard = [(hint, name) for hint, name in heard if name not in own]
    return Hinted(heard[0][1], heard[0][0], tuple(heard[1:])) if heard else None
