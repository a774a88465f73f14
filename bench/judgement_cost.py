"""What judging an article costs, and how long duplicates and stories are looked up, with 10,000 and with 300,000 stored.

The stored articles are fabricated: as many winnowed fingerprints as a report of 500 words has (of random values, a few shared),
meanings drawn around those of made news, and the words of made news, over ``--days`` days; one in five stands in a story of
four. The arriving ones are the replayed pages of the shared folder (NEWSDESK_SHARED, else ``../shared``), or else the demo's
articles; every tenth comes again with a tenth of its words gone. They are judged and stored one at a time by the very parts
that the daemon uses. CPU is that of the whole process; the reference is the time to hash 4 MB, measured between the articles,
so that a slower machine or a busy one does not count. Run from the repository:

    python -m bench.judgement_cost [--stored 10000 300000] [--days 60] [--articles 250] [--url postgresql://...]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import sqlalchemy as sa

import scheduler
from bench.made_news import MadePiece, made_news
from bench.sections import SHARED, article_of, pages
from config.settings import DATABASE_VARIABLE
from config.workspace import init_workspace
from demo import content
from newsdesk.articles import Article
from newsdesk.fingerprints import FINGERPRINT_VERSION, words_of
from newsdesk.links import Announcement
from newsdesk.meaning import Vectors, open_encoder
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.snapshots import SnapshotRef
from newsdesk.telling import TELLING_VERSION, packed, tell_many
from storage import articles as article_shelf
from storage import joining
from storage import stories as story_rules
from storage.database import Database
from storage.schema import articles, fingerprints, links, stories, tellings
from storage.tellings import small

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PRINTS = 45  # winnowed fingerprints of a text of 500 words
PATTERNS, WORDINGS = 1500, 20_000  # whence the meanings, and the words, of the stored articles are made
KIND = f"{open_encoder().name} {TELLING_VERSION}"
CHUNK = 5000
_BLOCK = b"newsdesk" * (4 * 1024 * 1024 // 8)


@dataclass
class Spent:
    """Seconds by what they were spent on, one for each article."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        began, burnt = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.wall.setdefault(name, []).append(time.perf_counter() - began)
            self.cpu.setdefault(name, []).append(time.process_time() - burnt)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            with self.on(name):
                return function(*given, **named)

        return run


def fabricate(database: Database, count: int, days: int) -> None:
    """Fill an empty database with ``count`` articles."""
    chance = random.Random(count)
    pieces = list(made_news(WORDINGS))
    wordings = _wordings(pieces)
    meanings = _meanings(count)
    day = [NOW.date() - timedelta(days=int(days * chance.random())) for _ in range(count)]
    story_of = [1 + at - (at % 4 if at % 20 < 4 else 0) for at in range(count)]
    for start in range(0, count, CHUNK):
        with database.writing() as connection:
            numbers = range(start, min(start + CHUNK, count))
            connection.execute(sa.insert(links), [_link(at) for at in numbers])
            connection.execute(sa.insert(stories), [{"id": at + 1, "began_at": NOW} for at in numbers])
            rows = [_article(at, pieces[at % WORDINGS], day[at], story_of[at]) for at in numbers]
            connection.execute(sa.insert(articles), rows)
            told = [
                {"article_id": at + 1, "version": KIND, "day": day[at], "meaning": next(meanings), "words": wordings[at % WORDINGS]}
                for at in numbers
            ]
            connection.execute(sa.insert(tellings), told)
    _prints(database, count)


class _Meaningless:
    """An encoder for tellings of which only the words are wanted."""

    name, width = open_encoder().name, 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 0), dtype=np.float32)


def _wordings(pieces: Sequence[MadePiece]) -> list[bytes]:
    return [packed(one) for one in tell_many([(one.title, None, one.lead, one.language, NOW.date()) for one in pieces], _Meaningless())]


def _meanings(count: int) -> Iterator[bytes]:
    """Vectors around those of made news: some near (a report of like matter), most far."""
    made = [(one.title, None, one.lead, one.language, NOW.date()) for one in made_news(PATTERNS)]
    patterns = np.stack([one.meaning for one in tell_many(made, open_encoder())])
    chance = np.random.default_rng(count)
    for _ in range(count):
        pattern = patterns[chance.integers(PATTERNS)]
        noise = chance.standard_normal(pattern.shape).astype(np.float32)
        mixed = pattern + chance.uniform(0.5, 1.5) * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        yield small(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def _prints(database: Database, count: int) -> None:
    """Random fingerprints, one in fifty shared with another article, entered in their order (as fast as a database goes)."""
    chance = np.random.default_rng(7)
    hashes = chance.integers(-(2**63), 2**63 - 1, size=count * PRINTS, dtype=np.int64)
    shared = chance.random(count * PRINTS) < 0.02
    hashes[shared] = chance.choice(hashes, size=int(shared.sum()))
    owners = np.repeat(np.arange(1, count + 1), PRINTS)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[fresh], owners[fresh]
    for start in range(0, len(hashes), 50_000):
        part = zip(hashes[start : start + 50_000].tolist(), owners[start : start + 50_000].tolist(), strict=True)
        common = {"version": FINGERPRINT_VERSION}
        with database.writing() as connection:
            rows = [{"hash": one, "article_id": owner, "outlet_id": f"o{owner % 190}", **common} for one, owner in part]
            connection.execute(sa.insert(fingerprints), rows)


def _link(at: int) -> dict[str, Any]:
    address = f"https://o{at % 190}.example/{at}"
    return {
        "id": at + 1,
        "key": address[8:],
        "address": address,
        "outlet_id": f"o{at % 190}",
        "source_id": f"o{at % 190}/feed",
        "announcement": {},
        "attempts": 1,
        "first_seen_at": NOW,
        "next_try_at": NOW,
        "detail": "",
        "changed_at": NOW,
        "ended_at": NOW,
        "article_id": at + 1,
    }


def _article(at: int, piece: Any, day: Any, story_id: int) -> dict[str, Any]:
    snapshot = {f"snapshot_{name}": value for name, value in vars(_snapshot(at)).items()}
    return {
        "id": at + 1,
        "key": f"o{at % 190}.example/{at}",
        "link_id": at + 1,
        "outlet_id": f"o{at % 190}",
        "source_id": f"o{at % 190}/feed",
        "story_id": story_id,
        "title": piece.title,
        "text": piece.lead,
        "language": piece.language,
        "published_on": day,
        "shown_at": NOW,
        "facts": {},
        "label": "unknown",
        "label_why": "",
        "score": 10.0,
        "relevance": {"score": 10.0, "reasons": [], "matches": [], "sections": [], "actors": [], "places": []},
        "fingerprint_count": PRINTS,
        "stored_at": NOW,
        **snapshot,
    }


def _snapshot(number: int) -> SnapshotRef:
    return SnapshotRef("made.warc.gz", number, 1, f"<urn:made:{number}>", "sha256:" + "0" * 64, f"https://new.example/{number}", 200, NOW)


def arriving(count: int) -> list[Article]:
    """Whole reports of today, every tenth again with a tenth of its words gone."""
    if SHARED.is_dir():
        made = [article_of(title, text, language) for _, title, text, language in pages() if len(words_of(text)) > 60]
    else:
        made = [article_of(one.title, "\n".join(one.paragraphs), None) for one in content.articles(NOW.date())]
    made = (made * (1 + count // len(made)))[:count]
    chance = random.Random(3)
    published = Hinted(Moment.of_instant(NOW), Hint.JSON_LD)
    for at in range(9, len(made), 10):
        words = [word for word in made[at - 5].text.split(" ") if chance.random() > 0.1]
        made[at] = replace(made[at - 5], text=" ".join(words))
    return [replace(article, published=published, address=f"https://new.example/{at}") for at, article in enumerate(made)]


def measure(url: str | None, count: int, days: int, coming: Sequence[Article]) -> dict[str, float]:
    """Fabricate, then judge and store what arrives; returns the figures and prints them."""
    spent = Spent()
    with tempfile.TemporaryDirectory(prefix="newsdesk-cost-") as folder:
        home = Path(folder) / "desk"
        init_workspace(home, contact="editors@example.org")
        if url is not None:
            os.environ[DATABASE_VARIABLE] = url
        with scheduler.open_newsroom(home) as newsroom:
            began = time.monotonic()
            fabricate(newsroom.database, count, days)
            made_in = time.monotonic() - began
            _take_in(newsroom, coming, spent)
    figures = _figures(spent)
    print(f"{count} stored over {days} days (made in {made_in:.0f} s), {len(coming)} arriving:")
    for name in ("judge", "tell", "store", "duplicate look-up", "story look-up"):
        print(
            f"  {name:18} CPU mean {figures[name]:6.2f} ms   wall p50 {figures[name + ' p50']:6.2f}  p95 {figures[name + ' p95']:6.2f} ms"
        )
    whole, reference = figures["judge"] + figures["store"], figures["reference"]
    print(f"  judged and stored  CPU mean {whole:6.2f} ms = {whole / reference:.2f} of the reference ({reference:.2f} ms)")
    return {**figures, "whole": whole}


def _take_in(newsroom: scheduler.Newsroom, coming: Sequence[Article], spent: Spent) -> None:
    outlet = newsroom.loaded.outlets[0]
    with (
        patch.object(story_rules, "find_copies", spent.timed("verify copies", story_rules.find_copies)),
        patch.object(story_rules, "Holders", spent.timed("fingerprints", story_rules.Holders)),
        patch.object(article_shelf, "place", spent.timed("story look-up", joining.place)),
    ):
        for at, article in enumerate(coming):
            _one(newsroom, outlet, at, article, spent)


def _one(newsroom: scheduler.Newsroom, outlet: Any, at: int, article: Article, spent: Spent) -> None:
    address = f"https://{outlet.domains[0]}/made/{at}"
    newsroom.ledger.announce(f"{outlet.id}/feed", outlet.id, [Announcement(address, Hint.FEED)], outlet.domains, NOW)
    (link,) = newsroom.ledger.lease(outlet.id, 1, "bench", NOW, 600)
    with spent.on("judge"):
        judged = newsroom.judge(article, key=address[8:], outlet=outlet, source_id=f"{outlet.id}/feed")
    with spent.on("store"):
        newsroom.shelf.store(link.id, judged, _snapshot(at), NOW)
    with spent.on("tell"):  # once more, for itself
        tell_many([("Title", None, article.text, None, None)], open_encoder())
    with spent.on("reference"):
        hashlib.sha256(_BLOCK).digest()


def _figures(spent: Spent) -> dict[str, float]:
    spent.wall["duplicate look-up"] = [a + b for a, b in zip(spent.wall["fingerprints"], spent.wall["verify copies"], strict=True)]
    spent.cpu["duplicate look-up"] = [a + b for a, b in zip(spent.cpu["fingerprints"], spent.cpu["verify copies"], strict=True)]
    figures: dict[str, float] = {}
    for name, seconds in spent.wall.items():
        warm = sorted(seconds[5:])  # the first load weights and read the days
        figures |= {f"{name} p50": 1000 * statistics.median(warm), f"{name} p95": 1000 * warm[int(0.95 * len(warm))]}
        figures[name] = 1000 * statistics.mean(spent.cpu[name][5:])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--articles", type=int, default=250)
    parser.add_argument("--url", help="an empty PostgreSQL database for each size, with {} for the size; SQLite without it")
    asked = parser.parse_args()
    coming = arriving(asked.articles)
    found = [measure(asked.url and asked.url.format(count), count, asked.days, coming) for count in asked.stored]
    first, last = found[0], found[-1]
    growth = (last["whole"] / last["reference"]) / (first["whole"] / first["reference"])
    print(f"cost of an article from {asked.stored[0]} to {asked.stored[-1]} stored: {growth:.2f} times, measured in references")


if __name__ == "__main__":
    main()
