"""Moments that carry their offset, their precision and the hint they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Precision(StrEnum):
    """How exactly the witness stated the moment."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class Hint(StrEnum):
    """Where a value was read. Ordered here from the page's own to what was said of it elsewhere."""

    JSON_LD = "json-ld"
    OPEN_GRAPH = "opengraph"
    META = "meta"
    TIME_ELEMENT = "time-element"
    HEADING = "heading"
    TITLE_ELEMENT = "title-element"
    BYLINE = "byline"
    TEXT = "text"
    ADDRESS = "address"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION_PAGE = "section-page"
    MARKUP = "markup"
    DETECTOR = "detector"
    EXTRACTOR = "extractor"
    OUTLET = "outlet"


@dataclass(frozen=True)
class Moment:
    """An instant as a witness stated it.

    ``at`` is aware UTC. ``offset_minutes`` is the stated distance from UTC, None where none was stated. ``on`` is the
    day to print: the witness's own calendar day, or the outlet's local day where the witness spoke in UTC and the
    outlet's time zone is known. With ``precision`` DAY, ``at`` is noon UTC of ``on`` and must not be read as an hour.
    """

    at: datetime
    on: date
    precision: Precision
    offset_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None or self.at.utcoffset() != timedelta(0):
            raise ValueError(f"a moment is kept in UTC, not {self.at!r}")

    @classmethod
    def of_day(cls, on: date) -> Moment:
        """A day without an hour."""
        return cls(datetime(on.year, on.month, on.day, 12, tzinfo=UTC), on, Precision.DAY)

    @classmethod
    def of_instant(cls, stated: datetime, precision: Precision = Precision.SECOND) -> Moment:
        """An aware datetime as stated; ``on`` is the day in the stated offset. Raises ValueError when naive."""
        offset = stated.utcoffset()
        if offset is None:
            raise ValueError(f"a naive datetime is no moment: {stated!r}")
        return cls(stated.astimezone(UTC), stated.date(), precision, int(offset.total_seconds() // 60))

    def isoformat(self) -> str:
        """RFC 3339 with the stated offset, or the bare day."""
        if self.precision is Precision.DAY:
            return self.on.isoformat()
        zone = timezone(timedelta(minutes=self.offset_minutes or 0))
        return self.at.astimezone(zone).isoformat()


@dataclass(frozen=True)
class Hinted(Generic[T]):
    """A value, the hint it was taken from, and what other witnesses said (hint and their value as text)."""

    value: T
    hint: Hint
    others: Sequence[tuple[Hint, str]] = field(default=())
