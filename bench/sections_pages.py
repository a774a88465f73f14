"""How well article links are found on section pages: precision and recall on the labelled pages of bench/section_sites.py.

    python -m bench.sections_pages [--show]

``--show`` lists each link missed or wrongly taken. A link that may be taken or left counts neither way.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.section_sites import PAGES, SectionPage
from newsdesk.addresses import absolute, key
from newsdesk.links import Reading
from spiders.sections import read_section
from spiders.shapes import without_amp

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True)
class Score:
    """Links found rightly, missed, and taken wrongly on one page, as keys."""

    page: SectionPage
    right: Sequence[str]
    missed: Sequence[str]
    wrong: Sequence[str]
    titled: int


def score(page: SectionPage, read: Callable[..., Reading] = read_section) -> Score:
    """Read a page and compare with its labels."""
    reading = read(page.html.encode(), HEADERS, page.address, NOW, 1000)
    base = page.address if "<base href" not in page.html else page.html.partition('<base href="')[2].partition('"')[0]
    wanted = {key(without_amp(absolute(base, href))) for href in page.articles}
    either = {key(without_amp(absolute(base, href))) for href in page.either}
    found = {key(without_amp(a.address)): a for a in reading.announcements if a.address}
    right = [name for name in found if name in wanted]
    titled = sum(1 for name in right if len((found[name].title or "").split()) >= 1)
    return Score(page, right, sorted(wanted - set(found)), [name for name in found if name not in wanted | either], titled)


def rates(scores: Iterable[Score]) -> tuple[float, float, int]:
    """Precision, recall and how many links are labelled articles."""
    rows = list(scores)
    right, missed, wrong = (sum(len(getattr(row, name)) for row in rows) for name in ("right", "missed", "wrong"))
    return right / max(1, right + wrong), right / max(1, right + missed), right + missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    score(PAGES[0])
    began = time.process_time()
    scores = [score(page) for page in PAGES]
    spent = time.process_time() - began
    for row in scores:
        print(f"{row.page.language}  {row.page.name:40} {len(row.right):3} right {len(row.missed):3} missed {len(row.wrong):3} wrong")
        for what, names in (("missed", row.missed), ("wrong", row.wrong)):
            for name in names if show else ():
                print(f"      {what}: {name}")
    for language in sorted({page.language for page in PAGES}):
        precision, recall, count = rates(row for row in scores if row.page.language == language)
        print(f"{language}: precision {precision:.1%}, recall {recall:.1%} of {count} article links")
    precision, recall, count = rates(scores)
    print(
        f"all {len(PAGES)} pages: precision {precision:.1%}, recall {recall:.1%} of {count} article links; {len(PAGES) / spent:.0f} pages/s"
    )


if __name__ == "__main__":
    main()
