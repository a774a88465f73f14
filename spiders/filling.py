"""One source's walk back over its older pages, for the first fill and after a gap. What ends it is newsdesk.paging's to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.dates import day_in_address
from newsdesk.links import Announcement, Reading
from newsdesk.outlets import Source, SourceKind
from newsdesk.paging import PageSeen, way_ends
from newsdesk.ports import Announced


@dataclass
class WayBack:
    """How far the walk has come: pages read (the newest is the first), what they showed, and why it ended."""

    back_to: date
    by_hand: bool
    pages: int = 0
    older: int = 0
    older_new: int = 0
    shown: set[str] = field(default_factory=set)
    ended: str = ""

    def follow(self, reading: Reading, counts: Announced, asked: Collection[str]) -> Sequence[str]:
        """Take in a page; returns the next, older one's address, or nothing. ``asked`` are the addresses asked so far."""
        self.pages += 1
        if self.pages > 1:
            self.older += counts.announced
            self.older_new += counts.new
        addresses = {a.address for a in reading.announcements if a.address}
        page = PageSeen(self.pages, counts.announced, counts.new, len(addresses - self.shown), tuple(_days(reading.announcements)))
        self.shown |= addresses
        reason = way_ends(page, self.back_to, by_hand=self.by_hand)
        if reason is None and (reading.next_page is None or reading.next_page in asked):
            reason = f"page {self.pages} names no older one"
        if reason is not None:
            return self.end(reason)
        return (reading.next_page,) if reading.next_page else ()

    def end(self, reason: str) -> Sequence[str]:
        """No older page is asked for."""
        self.ended = self.ended or reason
        return ()

    def told(self) -> str:
        """The walk in a sentence, empty where it never left the first page."""
        if self.pages < 2 and not self.by_hand:
            return ""
        brought = f"{self.older} entries, {self.older_new} of them unknown" if self.pages > 1 else "nothing"
        why = self.ended or "it was stopped"
        return f"Back to {self.back_to}: {max(0, self.pages - 1)} older pages brought {brought}; the end: {why}."


def way_of(source: Source, by_hand: date | None) -> WayBack | None:
    """The walk to begin for a source, None where its older pages are not wanted or it has none."""
    back_to = by_hand or source.back_to
    return WayBack(back_to, by_hand is not None) if back_to and source.kind is not SourceKind.NEWS_SITEMAP else None


def _days(announcements: Iterable[Announcement]) -> Iterator[date]:
    """The day that each entry states, or that its address names."""
    for announcement in announcements:
        day = announcement.published.on if announcement.published else day_in_address(announcement.address or "")
        if day is not None:
            yield day
