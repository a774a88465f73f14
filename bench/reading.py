"""How well pages are read: language, day, title, authors, articles found and speed, on the recorded pages.

    python -m bench.reading [--show] [PAGES_FOLDER]

The folder holds manifest.jsonl (url, lang, title, published, labels, file) and gzipped HTML. Without an argument it is
``replay/pages`` below NEWSDESK_SHARED, else below ``../shared``. ``--show`` lists each disagreement.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import json
import os
import re
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from crawler.people import agency
from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article, NoArticle
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Moment, Precision

WARM = b"<h1>A page that loads each library once</h1><p>" + b"It has a text of its own, and it is long enough to be read. " * 20
FACTS = PageFacts(fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
SITEMAP_DEFAULT = date(2026, 11, 1)  # what the recorded web's sitemap says of pages whose day is unknown
FEED_KINDS = ("rss", "atom", "rdf", "json")
DAYS = (
    ("day from the page alone", "alone", "84 of 93"),
    ("day with the feed", "fed", "91 of 93"),
    ("day with the sitemap", "mapped", "84 of 93"),
)


@dataclass(frozen=True)
class Row:
    """A recorded page, how it was read from itself alone, with its feed entry and with its sitemap entry."""

    label: dict[str, Any]
    alone: Article | NoArticle
    fed: Article | NoArticle
    mapped: Article | NoArticle


def shared_folder() -> Path:
    return Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")


def feed_entry(label: dict[str, Any]) -> Announcement:
    """The page's entry in the recorded feed: Atom at noon UTC, the other kinds as a day (RSS as midnight)."""
    host = urlsplit(label["url"]).hostname or ""
    kind = FEED_KINDS[int(hashlib.sha256(host.encode()).hexdigest(), 16) % 4]
    on = date.fromisoformat(label["published"]) if label["published"] else None
    moment = None
    if on is not None:
        noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
        moment = {"atom": Moment.of_instant(noon), "rss": Moment.of_instant(midnight)}.get(kind, Moment.of_day(on))
    return Announcement(label["url"], Hint.FEED, title=label["title"], published=moment)


def sitemap_entry(label: dict[str, Any]) -> Announcement:
    on = date.fromisoformat(label["published"]) if label["published"] else SITEMAP_DEFAULT
    return Announcement(label["url"], Hint.SITEMAP, title=label["title"], published=Moment.of_day(on), language=label["lang"])


def read_all(folder: Path) -> tuple[list[Row], float, float]:
    """Every page read, and the seconds that reading and trafilatura alone took for one pass."""
    rows, ours, theirs = [], 0.0, 0.0
    headers = [("Content-Type", "text/html")]
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        body = gzip.decompress((folder / label["file"]).read_bytes())
        began = time.process_time()
        alone = read_page(body, headers, label["url"], None, FACTS)
        ours += time.process_time() - began
        began = time.process_time()
        trafilatura.bare_extraction(body, url=label["url"], favor_precision=True, include_comments=False, with_metadata=True)
        theirs += time.process_time() - began
        fed = read_page(body, headers, label["url"], feed_entry(label), FACTS)
        mapped = read_page(body, headers, label["url"], sitemap_entry(label), FACTS)
        rows.append(Row(label, alone, fed, mapped))
    return rows, ours, theirs


def plain(text: str) -> str:
    """For comparing titles and names: entities, quotes, case and white space do not count."""
    text = unicodedata.normalize("NFKC", html.unescape(text)).casefold()
    text = re.sub("[’‘´`]", "'", re.sub("[“”«»]", '"', text))
    return " ".join(text.split()).replace('" ', '"').replace(' "', '"')


def day(reading: Article | NoArticle) -> str | None:
    return reading.published.value.on.isoformat() if isinstance(reading, Article) and reading.published else None


def names(reading: Article | NoArticle, with_origin: bool) -> set[str]:
    if isinstance(reading, NoArticle):
        return set()
    found = set(reading.authors.value if reading.authors else ())
    return {plain(name) for name in found | ({reading.origin.value} if with_origin and reading.origin and not found else set())}


class Table:
    """Counts right answers and prints each row's line, with its disagreements when asked to."""

    def __init__(self, show: bool) -> None:
        self.show = show

    def line(self, name: str, checks: list[tuple[bool, str]], floor: str) -> None:
        right = sum(ok for ok, _ in checks)
        print(f"{name:34} {right:4} of {len(checks):4}  {100 * right / max(1, len(checks)):5.1f} %   wanted: {floor}")
        if self.show:
            for ok, what in checks:
                if not ok:
                    print(f"    {what}")


def report(rows: list[Row], show: bool) -> None:
    table = Table(show)
    articles = [r for r in rows if isinstance(r.alone, Article)]
    table.line("articles found", [(isinstance(r.alone, Article), refused(r)) for r in rows], "248 of 257")
    table.line(
        "language", [(language(r) == r.label["lang"], f"{r.label['lang']} read as {language(r)} {where(r)}") for r in articles], "98 %"
    )
    dated = [r for r in rows if r.label["published"]]
    for name, kind, floor in DAYS:
        table.line(name, [(day(getattr(r, kind)) == r.label["published"], described(r, getattr(r, kind))) for r in dated], floor)
    undated = [r for r in articles if not r.label["published"] and day(r.alone)]
    table.line("sitemap's made-up day not believed", [(day(r.mapped) == day(r.alone), where(r)) for r in undated], "all")
    titled = [r for r in rows if r.label["labels"].get("title")]
    table.line("title exact", [title_check(r) for r in titled], "45 of 49")
    authored = [r for r in rows if r.label["labels"].get("authors")]
    for name, with_origin in (("authors exact", False), ("authors, or the agency as origin", True)):
        table.line(name, [author_check(r, with_origin) for r in authored], "30 of 37")


def where(row: Row) -> str:
    return str(row.label["url"])[:100]


def refused(row: Row) -> str:
    return f"{where(row)} {row.alone.outcome}: {row.alone.detail}" if isinstance(row.alone, NoArticle) else ""


def language(row: Row) -> str | None:
    return row.alone.language.value if isinstance(row.alone, Article) and row.alone.language else None


def title_check(row: Row) -> tuple[bool, str]:
    found, right = title_of(row.alone) or "", row.label["labels"]["title"]
    return plain(found) == plain(right), f"{found!r}\n      not {right!r}"


def author_check(row: Row, with_origin: bool) -> tuple[bool, str]:
    found, right = names(row.alone, with_origin), wanted(row.label)
    return found == right, f"{found} not {right} {where(row)}"


def described(row: Row, reading: Article | NoArticle) -> str:
    hinted = reading.published if isinstance(reading, Article) else None
    what = f"{hinted.hint} {hinted.value.isoformat()} {[(str(h), v) for h, v in hinted.others][:6]}" if hinted else "none"
    return f"{row.label['published']} read as {day(reading)} ({what}) {row.label['url'][:90]}"


def title_of(reading: Article | NoArticle) -> str | None:
    return reading.title.value if isinstance(reading, Article) and reading.title else None


def wanted(label: dict[str, Any]) -> set[str]:
    return {plain(agency(name) or name) for name in label["labels"]["authors"].split("; ")}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "replay" / "pages")
    arguments.add_argument("--show", action="store_true")
    options = arguments.parse_args()
    read_page(WARM, [], "https://a.example/", None, FACTS)
    rows, ours, theirs = read_all(options.folder)
    report(rows, options.show)
    hours = sum(
        isinstance(r.alone, Article) and bool(r.alone.published) and r.alone.published.value.precision is not Precision.DAY for r in rows
    )
    print(f"{'with an hour':34} {hours:4} of {len(rows):4}")
    print(f"speed: {len(rows) / ours:.1f} pages a CPU second; trafilatura with its metadata in the same run {len(rows) / theirs:.1f}")


if __name__ == "__main__":
    main()
