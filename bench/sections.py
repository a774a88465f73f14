"""How well the rules of newsdesk/relevance.py propose sections, and what they take for relevant.

Reads the parsed edition (``monitor/2020-11-entries.jsonl``) and the replayed pages (``replay/pages``) of the shared folder
(NEWSDESK_SHARED, else ``../shared`` beside the repository), which are no part of the project. Run from the repository:

    python -m bench.sections [--list]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from config.watchlist import load_watchlist
from newsdesk.articles import Article, bare_article
from newsdesk.judging import Relevance
from newsdesk.moments import Hint, Hinted
from newsdesk.relevance import weigh
from newsdesk.watchlist import Matcher

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared"))
SECTIONS = {
    "TRUMP ADMINISTRATION ON VENEZUELA": "must_reads",
    "VENEZUELA (implied heading)": "venezuela",
    "THE BOLIVARIAN NETWORK": "bolivarian_network",
    "IRAN (implied heading)": "iran",
    "HEZBOLLAH": "hezbollah",
    "THE NISMAN/AMIA CASE": "nisman_amia",
    "QATAR": "qatar",
    "RUSSIA (implied heading)": "russia",
    "CHINA (implied heading)": "china",
    "ILLEGAL FISHING": "illegal_fishing",
    "VRIC MEDICAL DIPLOMACY": "medical_diplomacy",
}


def article_of(title: str, text: str, language: str | None) -> Article:
    """An article that says no more than this."""
    hinted = Hinted(title, Hint.HEADING) if title else None
    return bare_article("https://example.org/", hinted, text, Hinted(language, Hint.DETECTOR) if language else None, "bench")


def entries() -> Iterator[tuple[str, str]]:
    """Section id and sentence of every dated entry."""
    with (SHARED / "monitor" / "2020-11-entries.jsonl").open(encoding="utf-8") as lines:
        for entry in map(json.loads, lines):
            if entry["day"] is not None:
                yield SECTIONS[entry["section"]], re.sub(r"^State media (reports|BelTA learned)\s+", "", entry["text"])


def pages() -> Iterator[tuple[str, str, str, str | None]]:
    """Name, title, text and language of every replayed page that yields text."""
    folder = SHARED / "replay" / "pages"
    for path in sorted(folder.glob("*.html.gz")):
        document = trafilatura.bare_extraction(gzip.decompress(path.read_bytes()), favor_precision=True, with_metadata=True)
        if document is not None and document.text:
            yield path.name.partition(".")[0], document.title or "", document.text, None


def measure_entries(matcher: Matcher, threshold: float, listing: bool) -> None:
    first = among_two = recalled = count = 0
    for wanted, sentence in entries():
        seen = weigh(article_of("", sentence, "en"), matcher)
        proposed = [each.section_id for each in seen.sections]
        count += 1
        first += proposed[:1] == [wanted]
        among_two += wanted in proposed[:2]
        recalled += seen.score >= threshold
        if listing and (wanted not in proposed[:2] or seen.score < threshold):
            print(f"  {seen.score:5.1f} printed {wanted}, proposed {', '.join(proposed[:3])}: {sentence[:140]}")
    print(f"entries: {count}; section first {first / count:.1%}, among two {among_two / count:.1%}")
    print(f"entries: {recalled / count:.1%} reach a score of {threshold}")


def measure_pages(matcher: Matcher, threshold: float, listing: bool) -> None:
    crossing: list[tuple[Relevance, str, str]] = []
    count, spent, longest = 0, 0.0, 0.0
    for name, title, text, language in pages():
        began = time.process_time()
        seen = weigh(article_of(title, text, language), matcher)
        took = time.process_time() - began
        count, spent, longest = count + 1, spent + took, max(longest, took)
        if seen.score >= threshold:
            crossing.append((seen, name, title))
    print(f"pages: {count}; {len(crossing)} reach a score of {threshold}")
    print(f"pages: {1000 * spent / max(1, count):.2f} ms each, {1000 * longest:.1f} ms the longest")
    for seen, name, title in sorted(crossing, key=lambda each: -each[0].score) if listing else ():
        print(f"  {seen.score:5.1f} {name} {title[:80]} | {'; '.join(seen.reasons)[:160]} | {[s.section_id for s in seen.sections[:2]]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--threshold", type=float, default=30.0, help="score from which an article counts as found (default 30, as in the shipped policy)"
    )
    parser.add_argument("--list", action="store_true", help="show what was missed and which pages were found")
    asked = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not there: set NEWSDESK_SHARED to the folder of past editions and replayed pages")
    matcher = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
    measure_entries(matcher, asked.threshold, asked.list)
    measure_pages(matcher, asked.threshold, asked.list)


if __name__ == "__main__":
    main()
