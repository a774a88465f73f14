"""How far back a source's older pages are followed. Pure: what a page brought gives whether to go on, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

MOST_PAGES = 60  # of one source in one poll; at ten entries a page that is 600 articles, more than a round fetches


@dataclass(frozen=True)
class PageSeen:
    """What one page of a source brought: the ``number``-th of this walk, ``announced`` entries, of which ``new`` were unknown
    and ``fresh`` were on no earlier page of the walk; the days that its entries state (``days``), in any order."""

    number: int
    announced: int
    new: int
    fresh: int
    days: Sequence[date] = ()


def way_ends(page: PageSeen, back_to: date, *, by_hand: bool, most_pages: int = MOST_PAGES) -> str | None:
    """Why no older page is asked for, None where one is.

    Half of a page's stated days decide whether it is older than ``back_to``, because pinned entries stay on top of every page.
    A page that brings nothing unknown ends the way, except the first (the day may have been given later) and, by hand, dated
    ones: an earlier walk may have been cut short behind them.
    """
    if not page.announced or not page.fresh:
        return f"page {page.number} showed nothing that the pages before had not shown"
    if page.days and median_low(page.days) < back_to:
        return f"page {page.number} is older than {back_to}"
    if not page.new and page.number > 1 and not (by_hand and page.days):
        return f"page {page.number} brought nothing unknown"
    if page.number >= most_pages:
        return f"{most_pages} pages were read, which is the limit"
    return None
