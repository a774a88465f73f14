"""Whether anybody independent reports what a state voice reports: found, not found, or not searched, with the evidence.

Counted over originators and controllers, not over labels: five outlets of one state and a reprint of them are one voice, and
two papers that print one agency's dispatch are one report. What nobody has classified is never independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from newsdesk.judging import Label
from newsdesk.printing import language_name

# A report is looked for from a day before the state voice's (time zones, and days without an hour) until ten days after:
# late reports beyond a week are rare, and a monthly edition cannot wait longer.
LOOK_BACK = timedelta(days=1)
LOOK_AHEAD = timedelta(days=10)


class Verdict(StrEnum):
    """What the search for an independent report came to."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_SEARCHED = "not_searched"


@dataclass(frozen=True)
class Originator:
    """Whom an article names as the one who wrote the report; ``outlet_id`` is None where the register does not know it."""

    name: str
    outlet_id: str | None = None


@dataclass(frozen=True)
class Member:
    """An article of a story, as far as it matters whose voice it is.

    ``label`` is the one that is printed (publisher and origins), ``publisher_label`` the publisher's own; ``controller`` the
    state or group behind the voice; ``origins`` whom it names as originators; ``copies`` the articles of the story whose text it
    shares, with the share (0-1) of the shorter one. ``published_at`` is None where no hour is known.
    """

    article_id: int
    outlet_id: str
    outlet_name: str
    label: Label
    publisher_label: Label
    controller: str | None
    origins: Sequence[Originator]
    language: str | None
    published_at: datetime | None
    published_on: date | None
    stored_at: datetime
    copies: Sequence[tuple[int, float]] = ()

    @property
    def state_voice(self) -> bool:
        return self.label is Label.STATE_MEDIA

    @property
    def when(self) -> datetime:
        """For sorting: the moment, else noon of the day, else when it was stored."""
        if self.published_at is not None:
            return self.published_at
        if self.published_on is not None:
            return datetime(self.published_on.year, self.published_on.month, self.published_on.day, 12, tzinfo=UTC)
        return self.stored_at


@dataclass(frozen=True)
class SourceSearch:
    """How one source of an outlet that may be independent was read in the time that counts: polls that were answered, the
    first and last of them, polls that failed, and announced pages that could not be read."""

    source_id: str
    outlet_id: str
    outlet_name: str
    languages: Sequence[str]
    good: int
    failed: int
    first_good_at: datetime | None = None
    last_good_at: datetime | None = None
    unread: int = 0


@dataclass(frozen=True)
class Searched:
    """Where an independent report was looked for, and where it could not be."""

    since: datetime
    until: datetime
    read: Sequence[SourceSearch] = ()
    missed: Sequence[SourceSearch] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes in which at least one source was read, sorted."""
        return tuple(sorted({code for source in self.read for code in source.languages}))

    @property
    def missed_languages(self) -> tuple[str, ...]:
        """Languages of sources that could not be read, in which none was."""
        return tuple(sorted({code for source in self.missed for code in source.languages} - set(self.languages)))


@dataclass(frozen=True)
class Uncounted:
    """An article of the story that is not an independent report, and why."""

    article_id: int
    why: str


@dataclass(frozen=True)
class Corroboration:
    """The verdict, its sentence, the independent reports (earliest first), in how many separate reports they rest
    (``separate``), what was not counted, and where was searched."""

    verdict: Verdict
    sentence: str
    independent: Sequence[Member] = ()
    separate: int = 0
    uncounted: Sequence[Uncounted] = field(default=())
    searched: Searched | None = None


def window(members: Sequence[Member], now: datetime) -> tuple[datetime, datetime]:
    """From when until when an independent report counts; ``now`` bounds the end."""
    voices = [member for member in members if member.state_voice] or list(members)
    first, last = min(member.when for member in voices), max(member.when for member in voices)
    return first - LOOK_BACK, max(first, min(last + LOOK_AHEAD, now))


def corroborate(members: Sequence[Member], sources: Iterable[SourceSearch] | None, now: datetime) -> Corroboration:
    """Judge a story that a state voice tells. ``sources`` are those of outlets whose label is not state media on the days of
    the window, with what ``window`` asks of them; None where the report is older than the desk looks back, so that nobody
    looked.

    An independent article counts wherever it came from and whenever it was stored; the search only says what not finding
    one is worth. Raises ValueError without a member.
    """
    if not members:
        raise ValueError("a story without an article cannot be corroborated")
    searched = None if sources is None else _searched(members, sources, now)
    reasons = _reasons(members)
    independent = sorted((member for member in members if reasons[member.article_id] is None), key=_order)
    uncounted = tuple(Uncounted(article_id, why) for article_id, why in reasons.items() if why is not None)
    if independent:
        separate = len({_root(member, independent) for member in independent})
        return Corroboration(Verdict.FOUND, _found(independent, separate), tuple(independent), separate, uncounted, searched)
    if searched is None or not searched.read:
        return Corroboration(Verdict.NOT_SEARCHED, _not_searched(searched), uncounted=uncounted, searched=searched)
    return Corroboration(Verdict.NOT_FOUND, _not_found(searched), uncounted=uncounted, searched=searched)


def _order(member: Member) -> tuple[datetime, int]:
    return member.when, member.article_id


def _searched(members: Sequence[Member], sources: Iterable[SourceSearch], now: datetime) -> Searched:
    since, until = window(members, now)
    first = since + LOOK_BACK
    read: list[SourceSearch] = []
    missed: list[SourceSearch] = []
    for source in sorted(sources, key=lambda each: each.source_id):
        # An answer from before the event cannot have held a report of it.
        (read if source.last_good_at is not None and source.last_good_at >= first else missed).append(source)
    return Searched(since, until, tuple(read), tuple(missed))


def _reasons(members: Sequence[Member]) -> dict[int, str | None]:
    """Why each member is no independent report; None where it is one. Whoever shares the text of one that is none, and is not
    known to be the earlier, is none either, however many copies lie between."""
    reasons = {member.article_id: _own_reason(member) for member in members}
    shared = _shared(members)
    changed = True
    while changed:
        changed = False
        for member in members:
            if reasons[member.article_id] is None:
                source = next((o for o in members if reasons[o.article_id] and _may_be_from(member, o, shared)), None)
                if source is not None:
                    reasons[member.article_id] = _copied(source, shared[member.article_id, source.article_id])
                    changed = True
    return reasons


def _own_reason(member: Member) -> str | None:
    if member.state_voice:
        if member.publisher_label is Label.STATE_MEDIA:
            return f"{member.outlet_name} is a state voice itself."
        return f"{member.outlet_name} relays {_listed([origin.name for origin in member.origins]) or 'a state voice'}."
    if member.label is Label.UNKNOWN or member.publisher_label is Label.UNKNOWN:
        return f"Nobody has said whose voice {member.outlet_name} is; unknown is not independent."
    return None


def _shared(members: Sequence[Member]) -> dict[tuple[int, int], float]:
    """How much of the shorter text two members share, either way round, whichever of them was stored first."""
    shared: dict[tuple[int, int], float] = {}
    for member in members:
        for other_id, share in member.copies:
            shared[member.article_id, other_id] = shared[other_id, member.article_id] = share
    return shared


def _may_be_from(member: Member, other: Member, shared: Mapping[tuple[int, int], float]) -> bool:
    return (member.article_id, other.article_id) in shared and not _surely_before(member, other)


def _copied(other: Member, share: float) -> str:
    return (
        f"{share:.0%} of its text, or of the shorter one, is that of {other.outlet_name}, which is no independent report, and it is"
        " not known to be the earlier."
    )


def _surely_before(one: Member, other: Member) -> bool:
    """Whether the first was published before the second, by stated hours or else by whole days."""
    if one.published_at is not None and other.published_at is not None:
        return one.published_at < other.published_at
    return one.published_on is not None and other.published_on is not None and one.published_on < other.published_on


def _root(member: Member, independent: Sequence[Member]) -> str:
    """What an independent article rests on: an agency it names, the earliest article whose text it shares, a common
    controller, or else its own outlet."""
    if member.origins:
        first = member.origins[0]
        return f"outlet:{first.outlet_id}" if first.outlet_id else "origin:" + first.name.casefold()
    sharing = {other_id for other_id, _ in member.copies} | {
        other.article_id for other in independent if member.article_id in {copied for copied, _ in other.copies}
    }
    earlier = [other for other in independent if other.article_id in sharing and _order(other) < _order(member)]
    if earlier:
        return _root(min(earlier, key=_order), independent)
    return f"controller:{member.controller}" if member.controller else f"outlet:{member.outlet_id}"


def _found(independent: Sequence[Member], separate: int) -> str:
    shown = "; ".join(f"{member.outlet_name} ({_language(member.language)}, {_moment(member)})" for member in independent[:3])
    more = f"; and {len(independent) - 3} more" if len(independent) > 3 else ""
    said = f"Reported independently by {shown}{more}."
    if separate < len(independent):
        said += f" These rest on {separate} separate {'report' if separate == 1 else 'reports'}."
    return said


def _not_found(searched: Searched) -> str:
    outlets = len({source.outlet_id for source in searched.read})
    sentence = (
        f"Not found in {_count(len(searched.read), 'source')} of {_count(outlets, 'independent outlet')}"
        f" ({_languages(searched.languages)}), read from {_day(searched.since)} to {_day(searched.until)}."
    )
    unread = sum(source.unread for source in searched.read)
    if unread:
        sentence += f" {_count(unread, 'page')} that they announced could not be read."
    if searched.missed:
        sentence += f" {_count(len(searched.missed), 'other source')} could not be read in that time"
        sentence += f"; none in {_languages(searched.missed_languages)} was." if searched.missed_languages else "."
    return sentence


def _not_searched(searched: Searched | None) -> str:
    if searched is None:
        return "Not searched: the report is older than the desk looks back, and its story holds no independent one."
    if not searched.missed:
        return "Not searched: the desk reads no source that is known to be independent."
    since = _day(searched.since + LOOK_BACK)
    return f"Not searched: none of the {_count(len(searched.missed), 'independent source')} answered since {since}."


def _moment(member: Member) -> str:
    if member.published_at is not None:
        return f"{_day(member.published_at)}, {member.published_at:%H:%M} UTC"
    return "day not stated" if member.published_on is None else _day(member.published_on)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else " and ".join([", ".join(names[:-1]), names[-1]]) if names else ""


def _language(code: str | None) -> str:
    return language_name(code) if code else "unknown language"


def _languages(codes: Sequence[str]) -> str:
    return _listed([language_name(code) for code in codes]) or "unknown language"


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


@dataclass(frozen=True)
class CorroborationNews:
    """That a state report which the editors hold or accepted (``state``) was found to be reported independently."""

    id: int
    candidate_id: int
    state: str
    sentence: str
    noticed_at: datetime
