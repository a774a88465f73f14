"""What judging an article costs, and how long duplicates and stories are looked up, with 10,000 and with 300,000 stored.

The stored articles are fabricated: as many winnowed fingerprints as a report of 500 words has (of random values, a few shared),
meanings drawn around those of made news, and the words of made news, over ``--days`` days; one in five stands in a story of
four. The arriving ones are the replayed pages of the shared folder (NEWSDESK_SHARED, else ``../shared``), or else the demo's
articles; every tenth comes again with a tenth of its words gone. They come from the registry's outlets in turn, are judged and
told sixteen at a time and stored one at a time, by the very parts that the daemon uses.

CPU is that of the whole process, and of the server's processes that serve it with ``--postgresql``; the reference is the time
to hash 4 MB, measured between the articles, so that a slower machine or a busy one does not count. Judgement is what comes
beyond an article's label by its publisher, its fingerprints, its weight and its copies (the first three issues): whose report
it is, genre, categories and what is compared of it; looking up and joining stories; ranks, the search for other reports, and
second readings of what is in doubt (these alone grow with how much news is alike, and are capped by nothing but the queue).
Run from the repository:

    python -m bench.judgement_cost [--stored 10000 300000] [--days 60] [--articles 250] [--postgresql | --url postgresql://...]
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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import sqlalchemy as sa

import scheduler
from bench.made_news import MadePiece, made_news
from bench.pipeline import weighed
from bench.sections import SHARED, article_of, pages
from config.settings import DATABASE_VARIABLE
from config.workspace import init_workspace
from demo import content
from newsdesk.articles import Article
from newsdesk.fingerprints import FINGERPRINT_VERSION, words_of
from newsdesk.judging import JudgedArticle
from newsdesk.links import Announcement
from newsdesk.meaning import Vectors, open_encoder
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.outlets import Outlet
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.snapshots import SnapshotRef
from newsdesk.telling import TELLING_VERSION, packed, tell_many
from newsdesk.words import words_in
from newsroom.second_reading import SecondReadingRoom
from storage import articles as article_shelf
from storage import stories as story_rules
from storage.anew import SqlRenewals
from storage.database import Database
from storage.doubts import SqlDoubts
from storage.prints import Prints, written
from storage.rows import insert_plain
from storage.schema import articles, fingerprint_log, fingerprints, links, stories, tellings
from storage.tellings import Tellings, small
from tests.databases import private_postgres

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PRINTS = 45  # winnowed fingerprints of a text of 500 words
PATTERNS, WORDINGS = 1500, 20_000  # whence the meanings, and the words, of the stored articles are made
KIND = f"{open_encoder().name} {TELLING_VERSION}"
CHUNK = 5000
_BLOCK = b"newsdesk" * (4 * 1024 * 1024 // 8)

Burnt = Callable[[Database], Callable[[], float]]  # for a database, what tells the CPU seconds burnt so far


@dataclass
class Spent:
    """Seconds by what they were spent on, one for each article or group; ``burnt`` tells all CPU seconds so far."""

    burnt: Callable[[], float] = time.process_time
    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        began, burnt = time.perf_counter(), self.burnt()
        try:
            yield
        finally:
            self.wall.setdefault(name, []).append(time.perf_counter() - began)
            self.cpu.setdefault(name, []).append(self.burnt() - burnt)

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
    if not database.is_sqlite:
        _settle(database, count)


def _settle(database: Database, count: int) -> None:
    """As a PostgreSQL that has run for a while: numbers are given on from the last, and the planner knows the tables."""
    with database.writing() as connection:
        for table in ("links", "stories", "articles"):
            connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table, "id"), count)))
        connection.execute(sa.text("ANALYZE"))


class _Meaningless:
    """An encoder for tellings of which only the words are wanted."""

    name, width, opening = open_encoder().name, 0, 60

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
        with database.writing() as connection:
            _enter(connection, hashes[start : start + 50_000].tolist(), owners[start : start + 50_000].tolist())
    by_owner = np.lexsort((hashes, owners))
    ends = np.cumsum(np.bincount(owners)[1:])
    parts = np.split(hashes[by_owner], ends[:-1])
    for start in range(0, count, CHUNK):
        lines = [{"article_id": at + 1, "hashes": written(parts[at])} for at in range(start, min(start + CHUNK, count))]
        with database.writing() as connection:
            connection.execute(sa.insert(fingerprint_log), lines)


def _enter(connection: sa.Connection, hashes: Sequence[int], owners: Sequence[int]) -> None:
    """Enter fingerprints, the fastest way a database has."""
    rows = [(one, owner, FINGERPRINT_VERSION, f"o{owner % 190}") for one, owner in zip(hashes, owners, strict=True)]
    if connection.dialect.name == "sqlite":
        insert_plain(connection, fingerprints, rows)
        return
    with connection.connection.cursor() as cursor, cursor.copy("COPY fingerprints FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


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


def measure(url: str | None, burnt: Burnt, count: int, days: int, coming: Sequence[Article]) -> dict[str, float]:
    """Fabricate, then judge and store what arrives; returns the figures and prints them."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-cost-") as folder:
        home = Path(folder) / "desk"
        init_workspace(home, contact="editors@example.org")
        if url is not None:
            os.environ[DATABASE_VARIABLE] = url
        with scheduler.open_newsroom(home) as newsroom:
            began = time.monotonic()
            fabricate(newsroom.database, count, days)
            made_in = time.monotonic() - began
            spent = Spent(burnt(newsroom.database))
            _take_in(newsroom, coming, spent)
    kind = "SQLite" if url is None else "PostgreSQL"
    print(f"{kind}, {count} stored over {days} days (made in {made_in:.0f} s), {len(coming)} arriving, load {os.getloadavg()[0]:.1f}:")
    return shown(_figures(spent, len(coming)))


def shown(figures: dict[str, float]) -> dict[str, float]:
    for name in ("duplicate look-up", "story look-up", "judge", "store"):
        burnt = f"CPU mean {figures[name]:6.2f}  p95 {figures[name + ' CPU p95']:6.2f} ms"
        print(f"  {name:18} {burnt}   wall p50 {figures[name + ' p50']:6.2f}  p95 {figures[name + ' p95']:6.2f} ms")
    reference = figures["reference"]
    for name, what in (("whole", "judged and stored"), ("added", "judgement alone")):
        print(f"  {what:18} CPU mean {figures[name]:6.2f} ms = {figures[name] / reference:.2f} of the reference ({reference:.2f} ms)")
    print("    that is " + ", ".join(f"{name} {figures[name]:.2f}" for name in ADDED))
    return figures


# What judgement adds, by the part of storing that does it.
_PARTS: tuple[tuple[str, Any, str], ...] = (
    ("stories looked up", article_shelf, "place"),
    ("stories kept", Tellings, "begin"),
    ("stories kept", Tellings, "enter"),
    ("stories kept", Tellings, "write"),
    ("stories kept", article_shelf, "log_hints"),
    ("origins of copies", article_shelf, "follow_copies"),
    ("fingerprints sifted", Prints, "begin"),
    ("fingerprints asked", story_rules, "Holders"),
    ("copies verified", story_rules, "find_copies"),
)
ADDED = ("judged", "told", "stories looked up", "stories kept", "origins of copies", "ranked", "searched elsewhere", "read again")
_ONCE = ("ranked", "searched elsewhere", "read again")  # after all have arrived
GROUP = 16


def _take_in(newsroom: scheduler.Newsroom, coming: Sequence[Article], spent: Spent) -> None:
    """Judge and store what arrives, then do what the daemon does between its rounds."""
    outlets = [outlet for outlet in newsroom.loaded.outlets if outlet.domains and outlet.switched_off is None]
    with ExitStack() as patched:
        for name, place, part in _PARTS:
            patched.enter_context(patch.object(place, part, spent.timed(name, getattr(place, part))))
        for start in range(0, len(coming), GROUP):
            judged = [
                _judged(newsroom, outlets[at % len(outlets)], at, coming[at], spent) for at in range(start, min(start + GROUP, len(coming)))
            ]
            with spent.on("told"):
                told = newsroom.tell(judged)
            for at, one in enumerate(told, start):
                _stored(newsroom, outlets[at % len(outlets)], at, one, spent)
    with spent.on("ranked"):
        newsroom.ranking.rank_all()
    with spent.on("searched elsewhere"):
        newsroom.corroboration.look(NOW)
    _read_again(newsroom, spent)


def _read_again(newsroom: scheduler.Newsroom, spent: Spent) -> None:
    """What the daemon reads a second time of it, with weights that are loaded."""
    encoder = open_encoder(STRONGER_ENCODER)
    encoder.encode(["warm"])
    to_tell = SqlRenewals(newsroom.database, newsroom.shelf).to_tell
    room = SecondReadingRoom(SqlDoubts(newsroom.database), to_tell, lambda: NOW, open_encoder, lambda: encoder)
    with spent.on("read again"):
        found = room.read_doubts()
    print(f"  {found.sentence}")


def _judged(newsroom: scheduler.Newsroom, outlet: Outlet, at: int, article: Article, spent: Spent) -> JudgedArticle:
    """Judged as before judgement and as it is now, by turns first, each finding the text's words for itself."""

    def before() -> None:
        words_in.cache_clear()
        policy, matcher = newsroom.loaded.policy, newsroom.matcher
        with spent.on("weighed"):
            weighed(article, key=key, outlet=outlet, source_id=f"{outlet.id}/feed", policy=policy, matcher=matcher)

    key = f"{outlet.domains[0]}/made/{at}"
    if at % 2:
        before()
    words_in.cache_clear()
    with spent.on("judge"):
        judged = newsroom.judge(article, key=key, outlet=outlet, source_id=f"{outlet.id}/feed", told=False)
    if not at % 2:
        before()
    return judged


def _stored(newsroom: scheduler.Newsroom, outlet: Outlet, at: int, judged: JudgedArticle, spent: Spent) -> None:
    announced = [Announcement(f"https://{judged.key}", Hint.FEED)]
    newsroom.ledger.announce(f"{outlet.id}/feed", outlet.id, announced, outlet.domains, NOW)
    (link,) = newsroom.ledger.lease(outlet.id, 1, "bench", NOW, 600)
    before = {name: len(times) for name, times in spent.cpu.items()}
    with spent.on("store"):
        newsroom.shelf.store(link.id, judged, _snapshot(at), NOW)
    for name in {name for name, _, _ in _PARTS}:
        for times in (spent.wall, spent.cpu):  # one figure an article, however often it was done
            each = times.setdefault(name, [])
            each[before.get(name, 0) :] = [sum(each[before.get(name, 0) :])]
    with spent.on("reference"):
        hashlib.sha256(_BLOCK).digest()


WARM = GROUP  # articles passed over: the first load weights and read the days


def _figures(spent: Spent, count: int) -> dict[str, float]:
    """Milliseconds an article: the mean of CPU, and for some the middle and the 95th percentile of the clock."""
    for times in (spent.wall, spent.cpu):
        looked = [times[name] for name in ("fingerprints sifted", "fingerprints asked", "copies verified")]
        times["duplicate look-up"] = [sum(each) for each in zip(*looked, strict=True)]
        times["story look-up"] = times["stories looked up"]
    figures: dict[str, float] = {}
    for name, seconds in spent.wall.items():
        wall, cpu = (sorted(times[WARM:]) or times for times in (seconds, spent.cpu[name]))
        figures |= {f"{name} p50": 1000 * statistics.median(wall), f"{name} p95": 1000 * wall[int(0.95 * len(wall))]}
        figures |= {name: 1000 * statistics.mean(cpu), f"{name} CPU p95": 1000 * cpu[int(0.95 * len(cpu))]}
    figures["told"] = 1000 * sum(spent.cpu["told"][1:]) / (count - WARM)
    figures |= {name: 1000 * spent.cpu[name][0] / count for name in _ONCE}
    figures["judged"] = figures["judge"] - figures["weighed"]
    figures["added"] = sum(figures[name] for name in ADDED)
    figures["whole"] = sum(figures[name] for name in ("judge", "told", "store", *_ONCE))
    return figures


def of_this_process(database: Database) -> Callable[[], float]:
    return time.process_time


def with_the_server(database: Database) -> Callable[[], float]:
    """CPU seconds of this process and of those of a server on this machine that serve it."""
    with database.reading() as connection:
        pids = connection.scalars(sa.text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")).all()
    served = [Path(f"/proc/{pid}/schedstat") for pid in pids]  # nanoseconds on a processor come first

    def burnt() -> float:
        return time.process_time() + sum(int(one.read_text().split()[0]) for one in served) / 1e9

    return burnt


@contextmanager
def databases(asked: argparse.Namespace) -> Iterator[tuple[Callable[[int], str | None], Burnt]]:
    """Where each size is stored, and how CPU is told there."""
    if not asked.postgresql:
        yield (lambda count: asked.url and asked.url.format(count)), of_this_process
        return
    with private_postgres() as server:
        yield (lambda count: server.create(f"cost_{count}")), with_the_server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--articles", type=int, default=250)
    parser.add_argument("--url", help="an empty PostgreSQL database for each size, with {} for the size; SQLite without it")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own, in a temporary folder")
    asked = parser.parse_args()
    coming = arriving(asked.articles)
    with databases(asked) as (url_for, burnt):
        found = [measure(url_for(count), burnt, count, asked.days, coming) for count in asked.stored]
    first, last = found[0], found[-1]
    for name, what in (("whole", "judged and stored"), ("added", "judgement alone")):
        growth = (last[name] / last["reference"]) / (first[name] / first["reference"])
        print(f"{what}, from {asked.stored[0]} to {asked.stored[-1]} stored: {growth:.2f} times, measured in references")


if __name__ == "__main__":
    main()
