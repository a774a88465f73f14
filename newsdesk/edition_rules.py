"""The monitor's own rules, checked before an edition leaves the house.

The disclaimer promises that state media are cited only for what others do not report, and are at most 20 percent of the
whole. A refusing finding stops the export unless somebody waives it with a reason; a note does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from newsdesk.addresses import key
from newsdesk.corroboration import Verdict
from newsdesk.editions import Edition, Entry, Finding, Policy
from newsdesk.errors import BadAddress
from newsdesk.judging import Label
from newsdesk.printing import UnreadableLine, has_lead_in, month_title, one_line, print_day, split_month


@dataclass(frozen=True)
class Share:
    """How many of an edition's entries, must-reads included, are state media, and how many nobody has classified."""

    state: int
    unknown: int
    total: int

    @property
    def fraction(self) -> Fraction:
        """State media as an exact part of the whole; 0 of an empty edition."""
        return Fraction(self.state, self.total) if self.total else Fraction(0)

    def exceeds(self, limit: float) -> bool:
        """Whether the share is over the limit (0-1), without rounding: one of five is exactly 0.2 and allowed."""
        return self.fraction > Fraction(str(limit))

    @property
    def percent(self) -> str:
        """For people: the whole number where it is exact, else one decimal rounded up, so that a share over a limit never
        reads as the limit."""
        return percent(self.fraction)


def percent(part: Fraction) -> str:
    """A part of the whole in words, rounded up to a tenth of a percent."""
    tenths = -((-part.numerator * 1000) // part.denominator)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} %"


def share(edition: Edition) -> Share:
    """Count state media and unclassified outlets in an edition."""
    labels = [entry.label for entry in edition.entries]
    return Share(labels.count(Label.STATE_MEDIA), labels.count(Label.UNKNOWN), len(labels))


def _ids(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(entry.candidate_id for entry in entries)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _quoted(entry: Entry) -> str:
    text = one_line(entry.report)
    return f"“{text if len(text) <= 70 else text[:69].rstrip() + '…'}” ({entry.outlet_printed})"


def _must_read_ids(edition: Edition) -> frozenset[str]:
    return frozenset(section.id for section in edition.sections if section.must_read)


def _month(edition: Edition, policy: Policy) -> Iterator[Finding]:
    try:
        split_month(edition.month)
    except UnreadableLine as error:
        yield Finding("month", True, f"The edition has no month: {error}.")
    if not edition.entries:
        yield Finding("no_entries", False, "The edition has no entries yet; accept some candidates first.")


def _state_share(edition: Edition, policy: Policy) -> Iterator[Finding]:
    counted = share(edition)
    if not counted.exceeds(policy.state_share_limit):
        return
    state = [entry for entry in edition.entries if entry.label is Label.STATE_MEDIA]
    limit = Fraction(str(policy.state_share_limit))
    allowed = (limit.numerator * counted.total) // limit.denominator
    yield Finding(
        "state_share",
        True,
        f"State media are {counted.state} of {_entries(counted.total)} ({counted.percent}); the limit is {percent(limit)}, which is"
        f" {allowed} of {counted.total}. Take {counted.state - allowed} out or add reports from other outlets.",
        _ids(state),
    )


def _unknown_label(edition: Edition, policy: Policy) -> Iterator[Finding]:
    unknown = [entry for entry in edition.entries if entry.label is Label.UNKNOWN]
    if unknown:
        outlets = ", ".join(sorted({entry.outlet_printed for entry in unknown}))
        yield Finding(
            "unknown_label",
            False,
            f"Nobody has said who controls the outlet of {_entries(len(unknown))} ({outlets}); unknown is not independent."
            " State the control of these outlets, or judge each report yourself.",
            _ids(unknown),
        )


def _no_day(edition: Edition, policy: Policy) -> Iterator[Finding]:
    must_reads = _must_read_ids(edition)
    for entry in edition.entries:
        if entry.published_on is None and entry.section_id not in must_reads:
            yield Finding("no_day", True, f"{_quoted(entry)} has no day of publication; a report is printed with its day.", _ids([entry]))


def _incomplete(edition: Edition, policy: Policy) -> Iterator[Finding]:
    for entry in edition.entries:
        if not one_line(entry.report):
            yield Finding("empty_report", True, f"The entry from {entry.outlet_printed} has no report; write its sentence.", _ids([entry]))
        if not one_line(entry.outlet_printed):
            yield Finding("no_outlet", True, f"{_quoted(entry)} names no outlet; a report is printed with its outlet.", _ids([entry]))
        if entry.language is None:
            yield Finding(
                "no_language", False, f"The language of {_quoted(entry)} is not known; it prints as if it were English.", _ids([entry])
            )


def _reach(edition: Edition, policy: Policy) -> Iterator[Finding]:
    try:
        year, month = split_month(edition.month)
    except UnreadableLine:
        return
    for entry in edition.entries:
        on = entry.published_on
        if on is not None and (year * 12 + month) - (on.year * 12 + on.month) not in (0, 1):
            yield Finding(
                "reach",
                False,
                f"{_quoted(entry)} is of {print_day(on)} {on.year}; the edition of {month_title(edition.month)} reaches from"
                f" {print_day(_month_before(year, month))} to the end of its month, and no year is printed.",
                _ids([entry]),
            )


def _month_before(year: int, month: int) -> date:
    return date(year, month - 1, 1) if month > 1 else date(year - 1, 12, 1)


def _page(entry: Entry) -> str:
    try:
        return key(entry.address)
    except BadAddress:
        return f"article {entry.article_id}"


def _duplicates(edition: Edition, policy: Policy) -> Iterator[Finding]:
    said: list[set[int]] = []
    for what, identity in (("page", _page), ("article", lambda entry: str(entry.article_id)), ("report", _same_report)):
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in edition.entries:
            groups[identity(entry)].append(entry)
        for name, group in groups.items():
            places = {id(entry) for entry in group}
            if not name or len(group) < 2 or any(places <= earlier for earlier in said):
                continue  # nothing twice, or said already: one page is also one article
            said.append(places)
            yield Finding("duplicate", True, f"The same {what} stands {len(group)} times: {_quoted(group[0])}; keep one.", _ids(group))


def _same_report(entry: Entry) -> str:
    text = one_line(entry.report).casefold()
    return f"{text}|{entry.outlet_id}" if text else ""


def _others_report(edition: Edition, policy: Policy) -> Iterator[Finding]:
    for entry in edition.entries:
        if entry.label is not Label.STATE_MEDIA:
            continue
        if entry.corroboration == Verdict.FOUND:
            yield Finding(
                "others_report",
                False,
                f"{_quoted(entry)} is state media, and others report it. {entry.corroboration_why} The monitor cites state media only"
                " for what others do not report.",
                _ids([entry]),
            )
        elif entry.corroboration == Verdict.NOT_SEARCHED:
            yield Finding(
                "others_not_searched",
                False,
                f"{_quoted(entry)} is state media, and whether others report it is not known. {entry.corroboration_why}",
                _ids([entry]),
            )
        elif entry.corroboration is None and entry.other_outlets:
            others = ", ".join(entry.other_outlets)
            yield Finding(
                "others_report",
                False,
                f"{_quoted(entry)} is state media, and the same story is reported by {others}; the monitor cites state media only for"
                " what others do not report.",
                _ids([entry]),
            )


def _sections(edition: Edition, policy: Policy) -> Iterator[Finding]:
    known = {section.id for section in edition.sections}
    for entry in edition.entries:
        if entry.section_id not in known:
            yield Finding(
                "unknown_section",
                True,
                f"{_quoted(entry)} stands in the section “{entry.section_id}”, which does not exist; choose another.",
                _ids([entry]),
            )
    for section_id, text in edition.narratives:
        if section_id not in known and text.strip():
            yield Finding("unknown_section", True, f"A narrative is written for “{section_id}”, a section that does not exist.")
    written = {section_id for section_id, text in edition.narratives if text.strip()}
    printed = {entry.section_id for entry in edition.entries}
    missing = [section.name for section in edition.sections if section.narrative and section.id in printed and section.id not in written]
    if missing:
        yield Finding("no_narrative", False, f"No narrative is written for {', '.join(missing)}.")


def _lead_in(edition: Edition, policy: Policy) -> Iterator[Finding]:
    must_reads = _must_read_ids(edition)
    for entry in edition.entries:
        if entry.label is not Label.STATE_MEDIA and has_lead_in(entry.report, policy):
            yield Finding(
                "lead_in",
                False,
                f"{_quoted(entry)} begins with “State media” though the outlet is not labelled so; it does not count in the share.",
                _ids([entry]),
            )
        if entry.label is Label.STATE_MEDIA and entry.section_id in must_reads:
            yield Finding("lead_in", False, f"{_quoted(entry)} is state media among the must-reads, which print no lead-in.", _ids([entry]))


def _changed_pages(edition: Edition, policy: Policy) -> Iterator[Finding]:
    for entry in edition.entries:
        if entry.page_news:
            yield Finding("changed_page", False, f"{_quoted(entry)}: {entry.page_news}. Look at it again.", _ids([entry]))


def _genre(edition: Edition, policy: Policy) -> Iterator[Finding]:
    """The disclaimer promises no opinion, and of state media nothing against the West. A note, for the desk may err."""
    for entry in edition.entries:
        if entry.opinion:
            yield Finding("opinion", False, f"{_quoted(entry)}: {entry.opinion} The monitor prints no opinion.", _ids([entry]))
        if entry.declaration and entry.label is Label.STATE_MEDIA:
            yield Finding(
                "declaration",
                False,
                f"{_quoted(entry)} is state media and gives a declaration: {entry.declaration}. The monitor prints none against the West.",
                _ids([entry]),
            )


_RULES: tuple[Callable[[Edition, Policy], Iterator[Finding]], ...] = (
    _month,
    _state_share,
    _sections,
    _incomplete,
    _no_day,
    _duplicates,
    _unknown_label,
    _others_report,
    _reach,
    _lead_in,
    _changed_pages,
    _genre,
)


def check(edition: Edition, policy: Policy) -> tuple[Finding, ...]:
    """All that the rules say of an edition, what refuses first."""
    findings = [finding for rule in _RULES for finding in rule(edition, policy)]
    return tuple(sorted(findings, key=lambda finding: not finding.refuses))
