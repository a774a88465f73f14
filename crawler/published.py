"""When it was published: every witness heard, one believed, the rest kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from lxml import html

from crawler import dates
from crawler.pages import PageFacts
from crawler.text import day_by_search
from crawler.witnesses import TimeElement, Witnesses
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Hinted, Moment, Precision

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "date_published", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dc:date", "dcterms.date", "citation_publication_date", "bepress_citation_date", "article_date_original",
    "article.published", "published_time", "displaydate", "article_date", "articledate", "analyticsattributes.articledate",
    "mediator_published_time", "outbrain-date", "ptime", "rnews:datepublished", "release_date", "cxenseparse:epi-fpubli", "bi3dpubdate",
    "lastpublisheddate", "originalpublicationdate", "og:release_date", "article.created", "created", "date",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified",
    "article.updated", "lastmod", "last-modified", "revision_date", "last_updated_date", "modified_time",
)  # fmt: skip
_ADJACENT = timedelta(days=1)
_SAME_INSTANT = timedelta(minutes=1)
_PRINTED_DAY = 90  # characters; a longer piece of text that holds a date is a sentence
_UPDATED = re.compile(r"updat|modifi|actuali|atualiza|mis(?:e)? à jour", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|posted|creado|criado|creat|postado", re.IGNORECASE)
_WEST, _EAST = timedelta(hours=-11), timedelta(hours=14)  # the offsets people live under, a little narrowed in the west
_DAY_FIRST_DOMAINS = frozenset("uk au nz ie in za ng ke sg hk my pk bd lk mt cy ca".split())


@dataclass(frozen=True)
class Witness:
    """A plausible moment and where it was stated."""

    hint: Hint
    moment: Moment


def month_first(facts: PageFacts, host: str, language: str | None) -> bool:
    """Whether 03/11/2020 is March: in English, and where the outlet's country or the host's ending does not say otherwise."""
    if (language or "en") != "en":
        return False
    if facts.country:
        return facts.country.upper() in ("US", "PH", "PR")
    return host.rsplit(".", 1)[-1] not in _DAY_FIRST_DOMAINS


@dataclass(frozen=True)
class _Ear:
    """How written dates are understood on this page."""

    facts: PageFacts
    zone: ZoneInfo | None
    month_first: bool

    def hear(self, hint: Hint, text: str | None) -> Iterator[Witness]:
        if text:
            value = dates.read_moment(text, self.zone, self.facts.fetched_at, self.month_first)
            if value is not None:
                yield Witness(hint, value)

    def hear_day(self, hint: Hint, day: date | None) -> Iterator[Witness]:
        if day is not None:
            value = Moment.of_day(day)
            if dates.plausible(value, self.facts.fetched_at):
                yield Witness(hint, value)

    def hear_element(self, element: TimeElement) -> Iterator[Witness]:
        """An element's machine value and its words; the words are what readers see, so both are heard."""
        yield from self.hear(Hint.TIME_ELEMENT, element.value or element.text)


def _from_markup(ear: _Ear, seen: Witnesses) -> Iterator[Witness]:
    """The page's own statements, the most deliberate first."""
    if seen.linked.is_article:
        yield from ear.hear(Hint.JSON_LD, seen.linked.published)
    for name in _PUBLISHED_METAS[:3]:
        yield from ear.hear(Hint.OPEN_GRAPH, seen.first(name))
    for name in _PUBLISHED_METAS[3:]:
        yield from ear.hear(Hint.META, seen.first(name))
    if not seen.linked.is_article:
        yield from ear.hear(Hint.JSON_LD, seen.linked.published)


def _modifications(ear: _Ear, seen: Witnesses) -> Iterator[Witness]:
    """What the markup states of the last modification."""
    yield from ear.hear(Hint.JSON_LD, seen.linked.modified)
    for name in _MODIFIED_METAS:
        yield from ear.hear(Hint.OPEN_GRAPH if ":" in name else Hint.META, seen.first(name))


def _from_elements(ear: _Ear, seen: Witnesses, near: Sequence[str]) -> Iterator[Witness]:
    """What readers see: time elements marked as publication, then the day printed by the headline (a time element that
    names the same day goes before it, being more exact), then other elements that show a date."""
    times = [element for element in seen.times if not element.is_update]
    by_headline = [witness for text in near if _may_be_publication(text) for witness in ear.hear(Hint.TEXT, text)][:3]
    days = {witness.moment.on for witness in by_headline[:1]}
    for element in [element for element in times if element.marked][:2]:
        yield from ear.hear_element(element)
    for element in times:
        yield from (witness for witness in ear.hear_element(element) if witness.moment.on in days)
    yield from by_headline
    for element in [element for element in times if element.inside][:3]:
        yield from ear.hear_element(element)
    for text in seen.dated[:12]:
        yield from ear.hear(Hint.TIME_ELEMENT, text)
    for element in times[:3]:
        yield from ear.hear_element(element)


def _may_be_publication(text: str) -> bool:
    """Whether a short piece of text is more than a note of a modification."""
    return len(text) <= _PRINTED_DAY and (not _UPDATED.search(text) or _PUBLISHED.search(text) is not None)


def _visible_days(ear: _Ear, seen: Witnesses, near: Sequence[str]) -> set[date]:
    """Days that the page shows its readers: the outlet's own calendar. Those by the headline or marked as publication;
    anywhere else only where there are none, since lists of other articles carry days too."""
    times = [element for element in seen.times if not element.is_update]
    beside = [element.text for element in times if element.marked] + [text for text in near if _may_be_publication(text)]
    anywhere = [element.text for element in times] + list(seen.dated)
    for shown in (beside, anywhere):
        days = {witness.moment.on for text in shown for witness in ear.hear(Hint.TIME_ELEMENT, text)}
        if days:
            return days
    return set()


def _same_instant_elsewhere(best: Witness, others: Sequence[Witness]) -> date | None:
    """The day of a witness that states the same instant in an offset of its own, where the best one speaks in UTC."""
    if best.moment.offset_minutes != 0:
        return None
    spoken = (other.moment for other in others if other.moment.offset_minutes)
    return next((other.on for other in spoken if abs(other.at - best.moment.at) <= _SAME_INSTANT), None)


def _reachable(instant: Moment, day: date) -> bool:
    """Whether some local time of that instant falls on the day."""
    return day in ((instant.at + _WEST).date(), (instant.at + _EAST).date(), instant.at.date())


def _shown_day(value: Moment, visible: set[date], others: Sequence[Witness]) -> date | None:
    """The neighbouring day that the page shows its readers. Where the stamp has an offset of its own, another statement in
    the markup must agree: the stamp is then no mere evening in UTC."""
    near = [day for day in sorted(visible) if abs(day - value.on) == _ADJACENT and _reachable(value, day)]
    if value.offset_minutes:
        stated = {other.moment.on for other in others if other.hint in (Hint.OPEN_GRAPH, Hint.META, Hint.JSON_LD)}
        near = [day for day in near if day in stated]
    return near[0] if near else None


def _in_local_day(
    best: Witness, zone: ZoneInfo | None, guessed: ZoneInfo | None, visible: set[date], named: date | None, others: Sequence[Witness]
) -> Witness:
    """Correct a stamp by the day the outlet itself shows: most wrong days in Spanish are an evening in UTC (field notes).

    A witness of the same instant with its own offset knows the day. A stamp whose day the page also prints stands. Else the
    day in the address, then a printed day, and where nothing is printed and the zone is unknown, the day under the clock of
    the outlet's country (``guessed``).
    """
    value = best.moment
    own_offset = _same_instant_elsewhere(best, others)
    if own_offset is not None:
        return Witness(best.hint, replace(value, on=own_offset))
    if value.precision is Precision.DAY or value.on in visible or not _reachable(value, value.on):
        return best
    if named is not None and named != value.on and abs(named - value.on) <= _ADJACENT and _reachable(value, named):
        return Witness(best.hint, replace(value, on=named))
    if zone is not None:
        return best
    shown = _shown_day(value, visible, others)
    if shown is not None:
        return Witness(best.hint, replace(value, on=shown))
    return Witness(best.hint, dates.local(value, guessed)) if named is None else best


def _only_saved(seen: Witnesses) -> bool:
    """Whether the page's stamp of publication is that of its modification to the second: when it was last saved."""
    markup = seen.linked if seen.linked.is_article else None
    stated = (markup.published, markup.modified) if markup is not None and markup.published else None
    published_on, modified_on = stated or (seen.first(*_PUBLISHED_METAS[:3]), seen.first(*_MODIFIED_METAS[:3]))
    stamp = dates.read_stamp(published_on) if published_on else None
    return stamp is not None and stamp.exact and bool(modified_on) and dates.read_stamp(modified_on or "") == stamp


def _set_by_hand(value: Moment) -> bool:
    """Whether a stamp is a day in the form of an hour: noon to the second, in its own offset."""
    wall = (value.at + timedelta(minutes=value.offset_minutes or 0)).time()
    return value.precision is Precision.SECOND and wall == time(12)


def _issue_day(page: Sequence[Witness], seen: Witnesses) -> list[Witness]:
    """The neighbouring day that the markup sets by hand, where the stamp of publication only tells when the page was last
    saved: what is saved on the eve appears under its own day. Empty where there is none."""
    if not _only_saved(seen):
        return []
    stated = [other for other in page[1:] if other.hint in (Hint.OPEN_GRAPH, Hint.META, Hint.JSON_LD)]
    days = [other for other in stated if _set_by_hand(other.moment) and abs(other.moment.on - page[0].moment.on) == _ADJACENT]
    return [Witness(other.hint, Moment.of_day(other.moment.on)) for other in days[:1]]


def _announced(announcement: Announcement | None, zone: ZoneInfo | None, facts: PageFacts) -> Witness | None:
    if announcement is None or announcement.published is None:
        return None
    value = dates.local(announcement.published, zone)
    if value.precision is not Precision.DAY and value.offset_minutes in (0, None) and value.at.time().isoformat() == "00:00:00":
        value = Moment.of_day(value.at.date())
    return Witness(announcement.published_by or announcement.hint, value) if dates.plausible(value, facts.fetched_at) else None


def _choose(page: Sequence[Witness], told: Witness | None) -> Witness | None:
    """The believed one. A feed goes before the page where they differ, unless two kinds of witness on the page agree on
    another day; a sitemap or section page is believed only where the page says nothing."""
    own = page[0] if page else None
    if told is None or own is None:
        return own or told
    if told.hint is not Hint.FEED or told.moment.on == own.moment.on:
        return own
    against = {witness.hint for witness in page if witness.moment.on == own.moment.on}
    if len(against) >= 2 and abs(told.moment.on - own.moment.on) > _ADJACENT:
        return own
    return told


def _as_text(witness: Witness) -> tuple[Hint, str]:
    return witness.hint, witness.moment.isoformat()


def _others(believed: Witness, heard: Sequence[Witness]) -> tuple[tuple[Hint, str], ...]:
    rest = [_as_text(witness) for witness in heard if witness is not believed]
    return tuple(dict.fromkeys(rest))[:20]


def published(
    tree: html.HtmlElement,
    seen: Witnesses,
    near: Sequence[str],
    address: str,
    announcement: Announcement | None,
    facts: PageFacts,
    first_month: bool,
    labelled: Sequence[str] = (),
) -> Hinted[Moment] | None:
    """The moment of publication with its hint and what the other witnesses said, None where nobody names one. ``near``
    are the pieces of text around the headline, ``labelled`` those anywhere that follow a word for publication."""
    zone = dates.zone_of(facts.time_zone)
    ear = _Ear(facts, zone, first_month)
    named = dates.day_in_address(address)
    page = [*_from_markup(ear, seen), *ear.hear_day(Hint.ADDRESS, named), *_from_elements(ear, seen, near)]
    told = _announced(announcement, zone, facts)
    if not page and (told is None or told.hint is not Hint.FEED):
        updates = {witness.moment.on for witness in _modifications(ear, seen)}
        said = [witness for text in labelled for witness in ear.hear(Hint.TEXT, text)]
        found = said or ear.hear(Hint.TEXT, day_by_search(tree, address, facts.fetched_at))
        page = [witness for witness in found if witness.moment.on not in updates]
    if page:
        guessed = dates.zone_of_country(facts.country or dates.country_of(address))
        page[0] = _in_local_day(page[0], zone, guessed, _visible_days(ear, seen, near), named, page)
        page = [*_issue_day(page, seen), *page]
    believed = _choose(page, told)
    if believed is None:
        return None
    return Hinted(believed.moment, believed.hint, _others(believed, [*page, *([told] if told else [])]))


def modified(seen: Witnesses, announcement: Announcement | None, facts: PageFacts, first_month: bool) -> Hinted[Moment] | None:
    """The last modification as stated, kept apart from publication and never taken for it."""
    zone = dates.zone_of(facts.time_zone)
    ear = _Ear(facts, zone, first_month)
    heard = list(_modifications(ear, seen))
    if announcement is not None and announcement.modified is not None and dates.plausible(announcement.modified, facts.fetched_at):
        heard.append(Witness(announcement.hint, dates.local(announcement.modified, zone)))
    return Hinted(heard[0].moment, heard[0].hint, _others(heard[0], heard)) if heard else None
