"""What several sources say of one address, brought together so that it does not matter which of them spoke first.

The publication is chosen by one rule over all that was ever announced: a feed goes before a sitemap, a sitemap before a section
page; among equals an hour goes before a bare day, and then the earliest, because feeds move an entry's date when the page
changes and do not move it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, tzinfo

from newsdesk.links import Announcement
from newsdesk.moments import Hint, Hinted, Moment, Precision

_RANK: Mapping[Hint, int] = {Hint.FEED: 0, Hint.SITEMAP: 1, Hint.SECTION_PAGE: 2}
_FIRST_YEAR = 1995  # earlier days are unset clocks (crawler/dates.py refuses them too)
_SETTLED_APART = ("published", "published_by")
HINTS = tuple(field.name for field in fields(Announcement) if field.name not in _SETTLED_APART)


def with_hints_of(first: Announcement, other: Announcement) -> Announcement:
    """The first announcement, with what only the other one states, and the better of both publications."""
    lacking = {name: getattr(other, name) for name in HINTS if not getattr(first, name) and getattr(other, name)}
    known = replace(first, **lacking) if lacking else first
    return with_publication_of(known, other)


def with_publication_of(first: Announcement, other: Announcement) -> Announcement:
    """The first announcement, with the better of both publications."""
    if other.published is None or _order(first) <= _order(other):
        return first
    kind = other.published_by or other.hint
    return replace(first, published=other.published, published_by=None if kind is first.hint else kind)


def publication_told(announcement: Announcement) -> tuple[Moment | None, Hint | None]:
    """What an announcement says of the publication, and the kind of source that says so."""
    return announcement.published, (announcement.published_by or announcement.hint) if announcement.published else None


def may_change_publication(published: Hinted[Moment] | None, told: Announcement, zone: tzinfo | None) -> bool:
    """Whether a page of which ``published`` was read would be dated otherwise had its reader known ``told``: only a feed goes
    before what the page itself says, and only where it names another day; ``zone`` is the outlet's clock."""
    if told.published is None:
        return False
    if published is None or published.hint in _RANK:
        return published is None or published.value != told.published
    return (told.published_by or told.hint) is Hint.FEED and local_day(told.published, zone) != published.value.on


def local_day(stated: Moment, zone: tzinfo | None) -> date:
    """The day to print: the outlet's own where the witness spoke in UTC and the outlet's clock is known."""
    if zone is None or stated.offset_minutes != 0 or stated.precision is Precision.DAY:
        return stated.on
    return stated.at.astimezone(zone).date()


def _order(announcement: Announcement) -> tuple[object, ...]:
    """The least is believed."""
    stated = announcement.published
    if stated is None:
        return (True,)
    kind = announcement.published_by or announcement.hint
    return (False, stated.on.year < _FIRST_YEAR, _RANK.get(kind, len(_RANK)), stated.precision is Precision.DAY, stated.at, stated.on)
