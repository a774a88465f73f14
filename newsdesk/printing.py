"""How the monitor prints a report, and how a printed line is read back.

The form is that of the 2020-11 edition: ``TEXT – OUTLET on DD-MON (content in LANGUAGE)``, the language named when it is
not English, and ``AGENCY: Title`` for must-reads. A printed line carries no year: it follows from the edition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

from newsdesk.editions import Edition, Entry, Policy
from newsdesk.errors import NewsdeskError
from newsdesk.judging import Label

BULLET = "•"
DASH = "–"
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MONTH_NAMES = (
    "January February March April May June July August September October November December".split()
)  # fixed in English, so that no locale of the machine can change an edition

_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {"SEPT": 9, "JUNE": 6, "JULY": 7}
_UNPRINTABLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LEAD_IN_TYPED = re.compile(r"state[ -](?:run |owned )?media\b", re.IGNORECASE)
_TAIL = re.compile(
    r"^(?P<text>.*\S)\s+[–—]\s*(?P<outlet>\S.*?)\s+(?:on\s+)?(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3,4})\.?"
    r"(?:\s*\(content in (?P<language>[^()]+|[^()]*\([^()]*\))\))?\s*$",
)
_ANNEX_TAIL = re.compile(
    r"^(?P<text>.*\S)\s+[-–—]\s*\[(?P<outlet>[^\]]+?)\s+(?:on\s+)?(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3,4})\.?\]\((?P<address>\S*)\)"
    r"(?:\s*\(content in (?P<language>[^()]+)\))?\s*$",
)
_SENTENCE_LEFT = 20  # characters; less is no sentence, and the dateline then was one
_PLACE = r"[^\W\d_][\w.’'-]*(?: (?:de|del|do|da|dos|la|el|las|los|[A-Z0-9À-Þ(][\w.’')-]*)){0,4}"  # Buenos Aires, Ciudad de México
_DAY_WORDS = (
    r"(?:[^\W\d_]{3,10}\.? )?\d{1,2}(?:º|er)?(?: de)? [^\W\d_]{3,10}\.?(?:,?(?: de| del)? \d{4})?|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
)
_AGENCY = rf"(?:[A-Z]{{2,8}}|Reuters|Xinhua|Bloomberg|Sputnik|(?:Agencia|Ag[êe]ncia|Agence) {_PLACE})"
_DATELINE = re.compile(
    rf"\W{{0,2}}(?:"
    rf"{_PLACE}(?:[,/] ?{_PLACE})?(?:, ?(?:{_DAY_WORDS}))?,? ?"  # place, day ...
    rf"(?:\({_AGENCY}\)|\([^()]{{2,25}}\)(?=\.-)|[,/|–—-] ?{_AGENCY}) ?[.–—:-]+ "  # ... agency, stop
    rf"|{_PLACE}(?:, {_PLACE})?, ?(?:{_DAY_WORDS}),? ?(?:[–—:-]|\.[ –—-]*[–—-]) "  # place, day, dash
    rf"|{_PLACE}(?:, {_PLACE})?(?:, ?(?:{_DAY_WORDS}))?[. ]{{0,2}}/[A-Z]{{3,8}}/[. ]{{1,2}}[–—-]{{0,2}}"  # agency between strokes
    rf"|{_PLACE}(?:, {_PLACE})?\. ?[–—-]{{1,2}} ?(?=\W?[A-ZÀ-Þ])"  # place, stop and dash
    rf"|{_PLACE}(?:, {_PLACE})? ?(?:[–—]|--) ?(?=\W?[A-ZÀ-Þ])(?![^.]*[–—])"  # place, dash; a second would make it an aside
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’]{2,30} ?-{1,2} (?=\W?[A-ZÀ-Þ])"  # a place in capitals and a hyphen
    rf"|\((?:[A-Z]{{2,8}}|Reuters|Xinhua|Bloomberg|Sputnik)\) ?[–—:.-]{{0,2}} "  # agency alone in brackets
    rf")\s*(?=[^\W_]|[“\"«¿¡‘(])"
)
_UNDATED = re.compile(r"^(?P<text>.*[.!?…][”\"’')]*)\s+–\s+(?P<outlet>[^–]*\S)\s*$")
_MUST_READ = re.compile(r"^(?P<agency>[^:a-z]*[^:a-z\s]):\s+(?P<text>\S.*)$")

# Words that are written small in the middle of an English sentence whatever follows. Everything else keeps its letter:
# no list tells "Officials" from "Oriente", and a small name is a worse error than a capital noun.
_SMALL_WORDS = frozenset(
    "a an the this that these those his her its their our some any all both each every many most several few no another other such "
    "he she it they we there who what which "
    "about above according across after against ahead along amid among around as at because before behind below beneath beside "
    "besides between beyond but by despite during except following for from given if in inside into like near of off on once "
    "onto out outside over per since so than though although through throughout to toward towards under unless until up upon "
    "via when whenever where whereas whether while with within without yet and or nor not only also again still now today "
    "yesterday tomorrow earlier later recently currently meanwhile "
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands millions nearly almost more less "
    "officials authorities police lawmakers prosecutors investigators researchers scientists experts doctors workers farmers "
    "soldiers troops diplomats negotiators delegates exports imports trade talks relations".split()
)
_NAMES_AFTER_THE = frozenset({"Hague"})  # "The Hague" keeps its article


class UnreadableLine(NewsdeskError, ValueError):
    """A line that is not in the monitor's printed form."""


@dataclass(frozen=True)
class PrintedLine:
    """A printed report in three pieces, of which ``linked`` carries the link to the article."""

    before: str
    linked: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.linked}{self.after}"


@dataclass(frozen=True)
class ParsedEntry:
    """A printed line read back. ``text`` is as printed, ``report`` without the lead-in and beginning with a capital;
    ``language`` is the name as printed, None where none stands (English); day and month are None for must-reads and
    undated lines; ``address`` is known only in the form of the annex pages."""

    text: str
    report: str
    state_media: bool
    outlet: str
    day: int | None
    month: int | None
    language: str | None
    must_read: bool = False
    address: str | None = None

    def published_on(self, edition_month: str) -> date | None:
        """The day with its year: the latest such month that is not after the edition's (``YYYY-MM``)."""
        if self.day is None or self.month is None:
            return None
        year, month = split_month(edition_month)
        return date(year if self.month <= month else year - 1, self.month, self.day)


def split_month(month: str) -> tuple[int, int]:
    """Year and month of ``YYYY-MM``. Raises UnreadableLine."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month, re.ASCII)
    if match is None:
        raise UnreadableLine(f"{month!r} is no edition's month; write it as YYYY-MM, 2026-11 for instance")
    return int(match[1]), int(match[2])


def month_title(month: str) -> str:
    """The month in words: ``November 2026``. Raises UnreadableLine."""
    year, number = split_month(month)
    return f"{MONTH_NAMES[number - 1]} {year}"


def one_line(text: str) -> str:
    """The text on one line, in NFC, without characters that cannot or must not be printed: controls, lone surrogates,
    invisible marks that turn the writing direction (python-docx raises on the first two: field notes)."""
    return " ".join(unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text)).split())


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """The English name of an ISO 639 code (CLDR), or the code itself where CLDR has no name for it."""
    primary = code.replace("_", "-").split("-")[0].lower()
    return str(Locale("en").languages.get(primary, code))


def print_day(on: date) -> str:
    """``DD-MON``."""
    return f"{on.day:02d}-{MONTHS[on.month - 1]}"


def without_dateline(text: str) -> str:
    """A paragraph without the place, day and agency it begins with ("CARACAS, 3 Nov (AGENCY) - ", "Caracas / Agencia Faro. "):
    they are printed apart, or not at all. As it is where too little would remain, or where it begins otherwise."""
    match = _DATELINE.match(text)
    if match is None or len(text) - match.end() < _SENTENCE_LEFT:
        return text
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:]


def has_lead_in(report: str, policy: Policy) -> bool:
    """Whether the editor already wrote the lead-in, in the policy's words or as the monitor varies them ("State media
    BelTA learned ...")."""
    text = one_line(report)
    return bool(_LEAD_IN_TYPED.match(text)) or text.casefold().startswith(one_line(policy.lead_in).casefold() + " ")


def _small_start(text: str) -> str:
    first, _, rest = text.partition(" ")
    bare = first.rstrip(",;:")
    if first[:1].isupper() and bare[1:] == bare[1:].lower() and bare.lower() in _SMALL_WORDS:
        following = rest.partition(" ")[0].strip(",.;:’'")
        if bare == "The" and following in _NAMES_AFTER_THE:
            return text
        return first[0].lower() + text[1:]
    return text


def _with_stop(text: str) -> str:
    bare = text.rstrip("”\"’'»)")
    return text if not text or bare.endswith((".", "!", "?", "…")) or text.endswith((".", "!", "?", "…")) else text + "."


def report_text(entry: Entry, policy: Policy) -> str:
    """The report as printed: one line, ending in a stop, with the lead-in where the label asks for it and the editor has
    not typed it."""
    text = _with_stop(one_line(entry.report))
    if entry.label is not Label.STATE_MEDIA or has_lead_in(text, policy):
        return text
    return f"{one_line(policy.lead_in)} {_small_start(text)}"


def _outlet_text(entry: Entry) -> str:
    """The outlet's name; a dash in it becomes a hyphen, because the last dash of a line divides text from outlet."""
    return one_line(re.sub("[–—]", "-", entry.outlet_printed))


def _content_in(entry: Entry) -> str:
    if entry.language is None or language_name(entry.language) == "English":
        return ""
    return f" (content in {language_name(entry.language)})"


def line_of(entry: Entry, policy: Policy, *, must_read: bool = False) -> PrintedLine:
    """The printed line in pieces, without its bullet. A report without a day prints without one."""
    if must_read:
        return PrintedLine(f"{_outlet_text(entry).upper()}: ", one_line(entry.report), "")
    day = f" on {print_day(entry.published_on)}" if entry.published_on is not None else ""
    return PrintedLine(f"{report_text(entry, policy)} {DASH} ", _outlet_text(entry), f"{day}{_content_in(entry)}")


def print_entry(entry: Entry, policy: Policy, *, must_read: bool = False) -> str:
    """The printed line without its bullet: ``TEXT – OUTLET on DD-MON (content in LANGUAGE)`` or ``AGENCY: Title``."""
    return str(line_of(entry, policy, must_read=must_read))


def newest_first(edition: Edition) -> Sequence[Entry]:
    """The entries section by section, each section's newest day first as the monitor prints them; entries without a day
    come last, and entries of one day keep their order."""
    order = {section.id: number for number, section in enumerate(edition.sections)}
    return sorted(
        edition.entries,
        key=lambda entry: (order.get(entry.section_id, len(order)), -(entry.published_on or date.min).toordinal()),
    )


def _without_lead_in(text: str) -> tuple[str, bool]:
    lead = "State media reports "
    if text.casefold().startswith(lead.casefold()) and len(text) > len(lead):
        rest = text[len(lead) :]
        return rest[0].upper() + rest[1:], True
    return text, bool(_LEAD_IN_TYPED.match(text))


def _dated(match: re.Match[str]) -> ParsedEntry:
    month = _MONTH_NUMBERS.get(match["month"].upper())
    day = int(match["day"])
    if month is None or not 1 <= day <= (29, 30, 31)[0 if month == 2 else 1 if month in (4, 6, 9, 11) else 2]:
        raise UnreadableLine(f"“{match['day']}-{match['month']}” is no day; a report ends in a day such as 07-NOV")
    report, state_media = _without_lead_in(match["text"])
    address = match.groupdict().get("address")
    return ParsedEntry(match["text"], report, state_media, match["outlet"], day, month, match["language"], address=address)


def parse_entry(line: str) -> ParsedEntry:
    """Read a printed line back, with or without its bullet; copes with SEPT, a missing "on", spare blanks and the annex
    pages' ``- [Outlet on 29-DEC](address)``. Raises UnreadableLine."""
    text = one_line(line).removeprefix(BULLET).strip()
    match = _ANNEX_TAIL.match(text) or _TAIL.match(text)
    if match is not None:
        return _dated(match)
    undated = _UNDATED.match(text)
    if undated is not None:
        report, state_media = _without_lead_in(undated["text"])
        return ParsedEntry(undated["text"], report, state_media, undated["outlet"], None, None, None)
    title = _MUST_READ.match(text)
    if title is not None:
        return ParsedEntry(title["text"], title["text"], False, title["agency"], None, None, None, must_read=True)
    raise UnreadableLine(f"“{text[:120]}” is neither “TEXT – OUTLET on DD-MON” nor “AGENCY: Title”; see the monitor's form")


def outlet_key(printed: str) -> str:
    """What the spellings of one name share: letters and digits alone, without accents, small ("Merco Press",
    "MercoPress" and "Mercopress" are one; so are "La Nación" and "La Nacion")."""
    plain = unicodedata.normalize("NFKD", printed).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
