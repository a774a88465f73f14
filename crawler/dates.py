"""Dates as pages write them: ISO 8601, RFC 2822, numbers, and words in the languages of the desk.

``read_stamp`` takes a written date apart, ``moment`` settles it against the outlet's time zone, ``plausible`` refuses what
cannot be a publication. A year is never guessed: a date without one is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsdesk.moments import Moment, Precision

EARLIEST_YEAR = 1995  # news on the web is not older; earlier dates are the age of something else
_LOOKED_AT = 400  # characters; a date stands near the beginning of what states it

_MONTH_WORDS = """
1 january jan enero ene janeiro januari janvier janv gennaio gen januar jänner gener xaneiro ianuarie ian января
2 february feb febrero febr fevereiro fev février fevrier févr fevr fév februari febbraio februar febrer febreiro februarie февраля
3 march mar marzo março marco mars maart märz marz març martie марта
4 april apr abril abr avril avr aprile aprilie апреля
5 may mayo maio mai mei maggio mag maig мая
6 june jun junio junho juin juni giugno giu juny xuño iunie июня
7 july jul julio julho juillet juil juli luglio lug juliol xullo iulie июля
8 august aug agosto ago août aout augustus agost august августа
9 september sep sept septiembre setiembre set setembro septembre settembre setembre septembrie сентября
10 october oct octubre outubro out octobre oct oktober okt ottobre ott outubro octombrie октября
11 november nov noviembre novembro novembre noiembrie ноября
12 december dec diciembre dic dezembro dez décembre decembre déc dicembre dezember desembre decembro decembrie декабря
"""
_MONTHS = {word: int(line.split()[0]) for line in _MONTH_WORDS.strip().splitlines() for word in line.split()[1:]}
_MONTH = "(" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])\.?"

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2}))?(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:º|°|er|st|nd|rd|th)?[ .,/-]{{0,2}}(?:(?:de|of|d')? ?){_MONTH}[ ,/-]{{0,3}}(?:(?:de|del|of) )?(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"(?<![^\W\d_]){_MONTH}[ /-]?(\d{{1,2}})(?:st|nd|rd|th)?(?:,| de| del|/|-)? ?(\d{{4}})(?!\d)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_EPOCH = re.compile(r"\d{10}(\d{3})?")
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2}) ?(?:[:hH]|\bh\b) ?(\d{2})(?!\d)(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([ap])\.? ?m\b\.?)?"
    r"(?: ?\(?(Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?)(?![A-Za-z\d]))?",
    re.IGNORECASE,
)
_ISO_CLOCK = re.compile(
    r"[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)(?![A-Za-z\d]))?", re.IGNORECASE
)
_ZONES = {
    name: minutes
    for minutes, names in {
        0: "Z UTC GMT WET", 60: "CET BST WEST", 120: "CEST EET SAST", 180: "MSK EEST", 210: "IRST", 480: "HKT SGT", 540: "JST KST",
        -120: "BRST", -180: "BRT ART CLST UYT", -240: "VET EDT CLT AST BOT", -300: "EST CDT COT PET ECT", -360: "CST MDT", -420: "MST PDT",
        -480: "PST",
    }.items()
    for name in names.split()
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<!\d)(19\d{2}|20\d{2})([/_.-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_NAMED_IN_ADDRESS = re.compile(rf"/(19\d{{2}}|20\d{{2}})/{_MONTH}/(0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE)
_CLOCKS_OF_COUNTRIES = """
ar America/Argentina/Buenos_Aires
bo America/La_Paz
br America/Sao_Paulo
ca America/Toronto
cl America/Santiago
co America/Bogota
cr America/Costa_Rica
cu America/Havana
do America/Santo_Domingo
ec America/Guayaquil
es Europe/Madrid
fr Europe/Paris
gt America/Guatemala
hn America/Tegucigalpa
mx America/Mexico_City
ni America/Managua
pa America/Panama
pe America/Lima
pr America/Puerto_Rico
pt Europe/Lisbon
py America/Asuncion
sv America/El_Salvador
us America/New_York
uy America/Montevideo
ve America/Caracas
"""
_CLOCK_OF = {line.split()[0]: line.split()[1] for line in _CLOCKS_OF_COUNTRIES.strip().splitlines()}  # where most of its press sits


@dataclass(frozen=True)
class Stamp:
    """A written date taken apart: the day, the seconds since its midnight (None: no hour), the offset as written.

    ``exact`` tells whether seconds were written. ``sure`` is False where day and month could be the other way round.
    """

    on: date
    second_of_day: int | None = None
    offset_minutes: int | None = None
    exact: bool = False
    sure: bool = True


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _offset(text: str | None) -> int | None:
    """Minutes from UTC of a written offset or zone name; None for none and for names nobody knows."""
    if not text:
        return None
    known = _ZONES.get(text.upper())
    if known is not None:
        return known
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    if minutes > 14 * 60:
        return None
    return -minutes if match.group(1) == "-" else minutes


def _seconds(hour: int, minute: int, second: int, half: str | None) -> int | None:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour == 24 and minute == 0:
        return None
    return hour * 3600 + minute * 60 + min(second, 59) if hour < 24 and minute < 60 and second < 61 else None


def _with_clock(on: date, text: str, end: int, iso: bool) -> Stamp:
    """Join the clock time that follows a date, if one does within a few words."""
    match = _ISO_CLOCK.match(text, end) if iso else None
    if match is not None:
        seconds = _seconds(int(match.group(1)), int(match.group(2)), int(match.group(3) or 0), None)
        return Stamp(on, seconds, _offset(match.group(4)), match.group(3) is not None)
    match = _CLOCK.search(text, end, end + 40)
    if match is None:
        return Stamp(on)
    seconds = _seconds(int(match.group(1)), int(match.group(2)), int(match.group(3) or 0), match.group(4))
    return Stamp(on, seconds, _offset(match.group(5)), match.group(3) is not None)


def _from_epoch(text: str) -> Stamp | None:
    if not _EPOCH.fullmatch(text):
        return None
    stamp = datetime.fromtimestamp(int(text[:10]), UTC)
    return Stamp(stamp.date(), stamp.hour * 3600 + stamp.minute * 60 + stamp.second, 0, True)


def _from_compact(match: re.Match[str]) -> Stamp | None:
    on = _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    if on is None:
        return None
    if match.group(4) is None:
        return Stamp(on)
    return Stamp(on, _seconds(int(match.group(4)), int(match.group(5)), int(match.group(6)), None), None, True)


def _from_numbers(match: re.Match[str], month_first: bool) -> tuple[date | None, bool]:
    first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
    year += 2000 if year < 100 else 0
    day, month = (second, first) if month_first else (first, second)
    on = _day(year, month, day)
    if on is None:
        return _day(year, day, month), True
    return on, first > 12 or second > 12 or first == second


def _written(text: str, month_first: bool) -> Stamp | None:
    """The first date that stands in words or numbers; the leftmost wins."""
    found: list[tuple[int, int, date, bool, bool]] = []
    for match in filter(None, [_ISO.search(text)]):
        on = _day(int(match.group(1)), int(match.group(3)), int(match.group(4)))
        found += [(match.start(), match.end(), on, True, True)] if on else []
    for match in filter(None, [_DAY_MONTH.search(text)]):
        on = _day(int(match.group(3)), _MONTHS[match.group(2).lower()], int(match.group(1)))
        found += [(match.start(), match.end(), on, False, True)] if on else []
    for match in filter(None, [_MONTH_DAY.search(text)]):
        on = _day(int(match.group(3)), _MONTHS[match.group(1).lower()], int(match.group(2)))
        found += [(match.start(), match.end(), on, False, True)] if on else []
    for match in filter(None, [_CHINESE.search(text)]):
        on = _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
        found += [(match.start(), match.end(), on, False, True)] if on else []
    for match in filter(None, [_NUMBERS.search(text)]):
        on, sure = _from_numbers(match, month_first)
        found += [(match.start(), match.end(), on, False, sure)] if on else []
    if not found:
        return None
    _, end, on, iso, sure = min(found)
    return replace(_with_clock(on, text, end, iso), sure=sure)


@lru_cache(maxsize=4096)
def read_stamp(text: str, month_first: bool = False) -> Stamp | None:
    """The date in a short text, or None where none stands there with its year. Never raises.

    >>> read_stamp("Caracas, 3 de noviembre de 2020").on.isoformat()
    '2020-11-03'
    """
    short = " ".join(text[:_LOOKED_AT].split())
    epoch = _from_epoch(short)
    if epoch is not None:
        return epoch
    stamp = _written(short, month_first)
    if stamp is not None:
        return stamp
    compact = _COMPACT.fullmatch(short[:20].rstrip("Z")) or _COMPACT.match(short)
    return _from_compact(compact) if compact else None


@lru_cache(maxsize=512)
def zone_of(name: str | None) -> ZoneInfo | None:
    """The time zone of an IANA name, None for none or an unknown one."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(stamp: Stamp, zone: ZoneInfo | None) -> Moment | None:
    """Settle a stamp. Exactly midnight means a day without an hour; an hour without offset needs the outlet's time zone,
    else only its day is certain; an hour in UTC is printed under the outlet's local day. None where it overflows."""
    if not stamp.second_of_day:
        return Moment.of_day(stamp.on)
    wall = datetime(stamp.on.year, stamp.on.month, stamp.on.day) + timedelta(seconds=stamp.second_of_day)  # noqa: DTZ001 - zone below
    precision = Precision.SECOND if stamp.exact else Precision.MINUTE
    try:
        if stamp.offset_minutes is None:
            if zone is None:
                return Moment.of_day(stamp.on)
            return Moment(wall.replace(tzinfo=zone).astimezone(UTC), stamp.on, precision)
        stated = Moment.of_instant(wall.replace(tzinfo=timezone(timedelta(minutes=stamp.offset_minutes))), precision)
        return local(stated, zone)
    except (OverflowError, ValueError):
        return None


def local(stated: Moment, zone: ZoneInfo | None) -> Moment:
    """The same instant under the outlet's local day, where the witness spoke in UTC and the zone is known."""
    if zone is None or stated.offset_minutes != 0 or stated.precision is Precision.DAY:
        return stated
    return replace(stated, on=stated.at.astimezone(zone).date())


def plausible(value: Moment, fetched_at: datetime) -> bool:
    """Whether it can be a publication: not before 1995, not more than a day after the page was fetched."""
    return value.on.year >= EARLIEST_YEAR and value.at <= fetched_at + timedelta(days=1)


def country_of(address: str) -> str:
    """The country code a host ends with ("https://www.eldia.com.ar/x": "ar"), or an empty string."""
    try:
        last = (urlsplit(address).hostname or "").rsplit(".", 1)[-1]
    except ValueError:
        return ""
    return last if len(last) == 2 else ""


def zone_of_country(code: str) -> ZoneInfo | None:
    """The clock most of a country's press goes by, None for countries not listed. Only for days: never for an hour."""
    return zone_of(_CLOCK_OF.get(code.lower()))


def read_moment(text: str, zone: ZoneInfo | None, fetched_at: datetime, month_first: bool = False) -> Moment | None:
    """A written date as a plausible moment, or None. Never raises."""
    stamp = read_stamp(text, month_first)
    value = moment(stamp, zone) if stamp else None
    return value if value is not None and plausible(value, fetched_at) else None


def day_in_address(address: str) -> date | None:
    """The full day that an address names (/2020/11/03/, /2020/nov/03/, 2020-11-03, 20201103), or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(f"{parts.path}?{parts.query}")[:2000]
    for match in _NAMED_IN_ADDRESS.finditer(path):
        on = _day(int(match.group(1)), _MONTHS[match.group(2).lower()], int(match.group(3)))
        if on is not None and on.year >= EARLIEST_YEAR:
            return on
    for match in _IN_ADDRESS.finditer(path):
        year, divider, month, day = match.groups()
        if divider or len(month) == len(day) == 2:
            on = _day(int(year), int(month), int(day))
            if on is not None and on.year >= EARLIEST_YEAR:
                return on
    return None
