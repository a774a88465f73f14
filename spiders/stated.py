"""Moments as feeds and sitemaps state them, in four languages: RFC 822, ISO 8601, and what editors' systems write instead."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

from newsdesk.moments import Moment, Precision

INPUT_LIMIT = 200
FIRST_YEAR = 1980  # earlier ones are unset clocks (1970) or typing errors; no outlet published feeds then

_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:(?:[T_ ]|\s+)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(.{0,12}))?$", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(\d{1,2})\s*[:hH]\s*(\d{2})(?:\s*[:m]\s*(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\b\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:^|\s|GMT|UTC)([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:\s*(?:st|nd|rd|th|º|°|er))?[\s,.-]*(?:de\s+)?([a-z]{3,10})\b\.?[\s,.-]*(?:(?:de|del)\s+)?(\d{4}|\d{2})\b"
)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?:de\s+)?(\d{4})\b")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene january enero janeiro janvier janv",
            "feb fev february febrero fevereiro fevrier fevr",
            "mar march marzo marco mars",
            "apr abr avr april abril avril",
            "may mai mayo maio",
            "jun june junio junho juin",
            "jul july julio julho juillet juil",
            "aug ago aou august agosto aout",
            "sep set sept september septiembre setiembre setembro septembre",
            "oct out october octubre outubro octobre",
            "nov november noviembre novembro novembre",
            "dec dez dic december diciembre dezembro decembre",
        ),
        start=1,
    )
    for name in names.split()
}
# RFC 822's own zones, and those that the region's and Europe's systems print. Ambiguous letters (AST, CST) as RFC 822 has them.
_ZONES = {
    name: minutes
    for minutes, names in {
        0: "z gmt ut utc wet",
        -180: "art brt clst uyt adt",
        -240: "vet bot clt amt ast edt",
        -300: "cot pet ect est cdt",
        -360: "cst mdt",
        -420: "mst pdt",
        -480: "pst",
        60: "cet bst",
        120: "cest eet",
        180: "msk",
    }.items()
    for name in names.split()
}


def moment_of(stated: object, language: str | None = None) -> Moment | None:
    """The moment that a string states, None where none can be read. A date alone, or midnight exactly in UTC, is a day.

    ``language`` (ISO 639-1) only settles 03/04/2026, which is read day first in es, pt and fr and not at all otherwise.
    """
    if not isinstance(stated, str):
        return None
    text = " ".join(stated[:INPUT_LIMIT].split())
    try:
        return _iso(text) or _words(_bare(text), language)
    except (ValueError, OverflowError):
        return None


def _bare(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _iso(text: str) -> Moment | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    if day is None:
        return None  # a month is not a day
    on = date(int(year), int(month), int(day))
    if hour is None:
        return _day(on)
    return _instant(on, (int(hour), int(minute), None if second is None else int(second)), _offset((zone or "").strip()))


def _words(text: str, language: str | None) -> Moment | None:
    found = _date_in(text, language)
    if found is None:
        return None
    on, rest = found
    clock = _CLOCK.search(rest)
    if not clock:
        return _day(on)
    hour, minute, second, half = clock.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    return _instant(on, (hours, int(minute), None if second is None else int(second)), _offset(rest[clock.end() :]))


def _date_in(text: str, language: str | None) -> tuple[date, str] | None:
    """The first date in words or figures and the text without it."""
    for match in _DAY_FIRST.finditer(text):
        month = _MONTHS.get(match.group(2))
        if month:
            return date(_year(match.group(3)), month, int(match.group(1))), text[: match.start()] + " " + text[match.end() :]
    for match in _MONTH_FIRST.finditer(text):
        month = _MONTHS.get(match.group(1))
        if month:
            return date(int(match.group(3)), month, int(match.group(2))), text[: match.start()] + " " + text[match.end() :]
    match_n = _NUMERIC.search(text)
    if match_n:
        on = _from_figures(int(match_n.group(1)), int(match_n.group(2)), int(match_n.group(3)), language)
        return None if on is None else (on, text[: match_n.start()] + " " + text[match_n.end() :])
    return None


def _from_figures(first: int, second: int, year: int, language: str | None) -> date | None:
    if second > 12:
        return date(year, first, second)
    if first > 12 or language in ("es", "pt", "fr"):
        return date(year, second, first)
    return None


def _year(text: str) -> int:
    number = int(text)
    if len(text) == 4:
        return number
    return number + (2000 if number < 70 else 1900)


def _offset(zone: str) -> int | None:
    """Minutes from UTC; None where none is stated ("-0000" states none, RFC 5322 3.3) or it cannot be."""
    text = zone.strip().lower()
    signed = _OFFSET.search(text.upper())
    if signed:
        sign, hours, minutes = signed.groups()
        total = int(hours) * 60 + int(minutes or 0)
        if total > 14 * 60 or int(minutes or 0) > 59 or (sign == "-" and total == 0):
            return None
        return -total if sign == "-" else total
    word = re.match(r"\(?([a-z]{1,5})\b", text)
    return _ZONES.get(word.group(1)) if word else None


def _instant(on: date, clock: tuple[int, int, int | None], offset: int | None) -> Moment | None:
    hour, minute, second = clock
    if not FIRST_YEAR <= on.year <= 9998:
        return None
    if not offset and (hour, minute, second or 0) in ((0, 0, 0), (24, 0, 0)):
        return Moment.of_day(on if hour == 0 else on + timedelta(days=1))
    precision = Precision.MINUTE if second is None else Precision.SECOND
    at = datetime(on.year, on.month, on.day, hour, minute, min(second or 0, 59), tzinfo=timezone(timedelta(minutes=offset or 0)))
    if offset is None:
        return Moment(at.astimezone(UTC), on, precision, None)
    return Moment.of_instant(at, precision)


def _day(on: date) -> Moment | None:
    return Moment.of_day(on) if FIRST_YEAR <= on.year <= 9998 else None
