"""Whose report it is where a page relays somebody else's: what byline, markup, text and feed say. The rules for texts stand in
newsdesk/origins.py, and whose voice the named one is on its day is judged there."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.people import agency
from crawler.witnesses import Witnesses
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Hinted
from newsdesk.origins import credited, credited_beside
from newsdesk.register import Names

_NAMES = Names()


def credited_in(lines: Sequence[str]) -> list[str]:
    """Agencies credited in the short lines around a headline ("Fonte: Agência Brasil")."""
    return credited_beside(lines, _NAMES)


def find(
    seen: Witnesses, agencies: Sequence[str], text: str, announcement: Announcement | None, own_names: Sequence[str]
) -> Hinted[str] | None:
    """The named originator: byline, JSON-LD provider, dateline or credit, then the feed's word. None where nobody is
    named, or only the outlet itself (``own_names``)."""
    heard: list[tuple[Hint, str]] = [(Hint.BYLINE, name) for name in agencies[:3]]
    provider = agency(seen.linked.provider) if seen.linked.provider else None
    if provider:
        heard.append((Hint.JSON_LD, provider))
    inside = credited(text, _NAMES)
    if inside:
        heard.append((Hint.TEXT, inside))
    if announcement is not None and announcement.origin:
        heard.append((announcement.hint, announcement.origin[:200]))
    own = {agency(name) or name for name in own_names if name}
    heard = [(hint, name) for hint, name in heard if name not in own]
    return Hinted(heard[0][1], heard[0][0], tuple(heard[1:])) if heard else None
