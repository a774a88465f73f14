"""What a feed says of when to ask for it: RSS 2.0 ``ttl``, ``skipHours``, ``skipDays``; the syndication module of RSS 1.0."""

from __future__ import annotations

import re

from newsdesk.links import Rhythm

HEAD_CHARACTERS = 64 * 1024
_FIRST_ENTRY = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)[\s/>]")
_ELEMENT = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?P<name>ttl|updatePeriod|updateFrequency|hour|day)\b[^<>]{0,200}>\s{0,100}"
    r"(?:<!\[CDATA\[)?\s{0,100}(?P<value>[A-Za-z0-9]{1,12})",
    re.IGNORECASE,
)
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 30 * 86_400, "yearly": 365 * 86_400}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def rhythm_of(text: str) -> Rhythm:
    """What the head of a feed's text states; an empty rhythm where it states nothing. What makes no sense is passed over."""
    head = text[:HEAD_CHARACTERS]
    entry = _FIRST_ENTRY.search(head)
    stated: dict[str, list[str]] = {}
    for match in _ELEMENT.finditer(head, 0, entry.start() if entry else len(head)):
        stated.setdefault(match.group("name").lower(), []).append(match.group("value").lower())
    return Rhythm(
        ttl_seconds=_minutes(stated.get("ttl", [""])[0]),
        update_seconds=_update(stated.get("updateperiod", [""])[0], stated.get("updatefrequency", ["1"])[0]),
        # RSS 0.91 counted hours from 1 to 24, RSS 2.0 from 0 to 23: 24 is midnight in the one and says nothing in the other
        skip_hours=tuple(sorted({int(hour) % 24 for hour in stated.get("hour", ()) if hour.isdigit() and int(hour) <= 24})),
        skip_days=tuple(sorted({_DAYS.index(day) for day in stated.get("day", ()) if day in _DAYS})),
    )


def _minutes(value: str) -> int | None:
    return int(value[:9]) * 60 if value.isdigit() and int(value[:9]) > 0 else None


def _update(period: str, frequency: str) -> int | None:
    """``updatePeriod`` divided by ``updateFrequency``."""
    if period not in _PERIODS:
        return None
    times = int(frequency[:6]) if frequency.isdigit() else 1
    return _PERIODS[period] // max(1, times)
