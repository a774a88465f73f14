"""Which articles tell one event: copies found by shared fingerprints, verified; joins made, and every join explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.judging import JudgedArticle
from newsdesk.stories import Copy, worth_comparing
from newsdesk.storybook import JoinKind
from storage.prints import Prints, written
from storage.rows import among, insert_plain, wanted
from storage.schema import articles, fingerprint_log, fingerprints, stories, story_links

OUTLET_ARTICLES = 5  # a passage in more articles of one outlet than this is that outlet's boilerplate ...
OUTLET_SHARE = 0.1  # ... once the outlet has OUTLET_SETTLED articles, if it is also in more than this share of them
OUTLET_SETTLED = 20
ARTICLES_OVERALL = 200  # a passage in more articles than this tells nothing of any two of them
_VERIFIED_PER_STORY = 4
_VERIFIED_IN_ALL = 24
_SUSPECTS = 500

_BEGINNING = sa.insert(stories)
_LINKING = sa.insert(story_links)
_LOGGING = sa.insert(fingerprint_log)

Verify = Callable[[Connection, JudgedArticle, int], Copy | None]


@dataclass(frozen=True)
class Join:
    """A stored article that a new one belongs with, its story, and why in a sentence. ``score`` (0-1) is how much of the
    shorter text stands in the other (COPY), or the sameness of the two tellings (SAME_EVENT)."""

    article_id: int
    story_id: int
    reason: str
    kind: JoinKind = JoinKind.COPY
    score: float | None = None


@dataclass(frozen=True)
class StoryLink:
    """Why an article joined a story: with which article it belongs, how and how surely (see ``Join``); ``merged_story_id`` is
    set where that brought two stories together."""

    story_id: int
    article_id: int
    other_article_id: int
    reason: str
    merged_story_id: int | None
    joined_at: datetime
    kind: JoinKind = JoinKind.COPY
    score: float | None = None


def find_copies(connection: Connection, judged: JudgedArticle, holders: Holders, verify: Verify) -> list[Join]:
    """The verified copies, at most one per story: the article of it that shares most."""
    shared = _shared_fingerprints(connection, judged, holders)
    if not shared:
        return []
    suspects = [article_id for article_id, _ in shared.most_common(_SUSPECTS)]
    query = sa.select(articles.c.id, articles.c.story_id, articles.c.fingerprint_count).where(articles.c.id.in_(suspects))
    facts = {article_id: (story_id, count) for article_id, story_id, count in connection.execute(query)}
    own = len(set(judged.fingerprints))
    copies: dict[int, Join] = {}
    tried: Counter[int] = Counter()
    for article_id in suspects:
        story_id, count = facts[article_id]
        if not worth_comparing(shared[article_id], min(own, count)):
            continue
        if story_id in copies or tried[story_id] == _VERIFIED_PER_STORY or tried.total() == _VERIFIED_IN_ALL:
            continue
        tried[story_id] += 1
        copy = verify(connection, judged, article_id)
        if copy is not None:
            copies[story_id] = Join(article_id, story_id, copy.reason, JoinKind.COPY, copy.containment)
    return list(copies.values())


def story_for(connection: Connection, joins: Sequence[Join], now: datetime) -> int:
    """The oldest story of the joins, or a new one."""
    return min(join.story_id for join in joins) if joins else begin(connection, now)


def begin(connection: Connection, now: datetime) -> int:
    """A new story, still empty."""
    (story_id,) = connection.execute(_BEGINNING, {"began_at": now}).inserted_primary_key or (0,)
    return int(story_id)


def log_joins(connection: Connection, story_id: int, article_id: int, joins: Sequence[Join], now: datetime) -> None:
    """Note each join, so that it can be explained and undone."""
    for join in joins:
        merged = join.story_id if join.story_id != story_id else None
        line = {"story_id": story_id, "article_id": article_id, "other_article_id": join.article_id, "merged_story_id": merged}
        why = {"reason": join.reason, "joined_at": now, "kind": join.kind.value, "score": join.score}
        connection.execute(_LINKING, {**line, **why})


def merge(connection: Connection, story_id: int, into: int) -> None:
    """Move a story's articles into an older story; the emptied one says where they went."""
    connection.execute(sa.update(articles).where(articles.c.story_id == story_id).values(story_id=into))
    emptied = sa.or_(stories.c.id == story_id, stories.c.merged_into == story_id)
    connection.execute(sa.update(stories).where(emptied).values(merged_into=into))


def links_of(connection: Connection, story_id: int) -> tuple[StoryLink, ...]:
    """The joins of a story and of those merged into it, oldest first."""
    merged = sa.select(stories.c.id).where(sa.or_(stories.c.id == story_id, stories.c.merged_into == story_id))
    query = sa.select(story_links).where(story_links.c.story_id.in_(merged)).order_by(story_links.c.id)
    rows = connection.execute(query).mappings()
    return tuple(link_of(row) for row in rows)


def link_of(row: RowMapping) -> StoryLink:
    plain = {name: part for name, part in row.items() if name not in ("id", "kind")}
    return StoryLink(**plain, kind=JoinKind(row["kind"]))


class Holders:
    """Which articles hold the fingerprints of the articles of a batch: asked of the database once, as far as ``prints`` let them
    pass, and kept up as they are stored."""

    def __init__(self, connection: Connection, prints: Prints, batch: Sequence[JudgedArticle]) -> None:
        self._connection = connection
        self._held: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        self._rows: list[tuple[int, int, str, str]] = []
        self._lines: list[dict[str, Any]] = []
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for judged in batch:
            counts[judged.fingerprint_version].update(set(judged.fingerprints))
        self._asked_again = {version: {hash_ for hash_, count in hashes.items() if count > 1} for version, hashes in counts.items()}
        for version, hashes in counts.items():
            known = prints.perhaps(sorted(hashes))
            if known:
                self._ask(version, known)

    def _ask(self, version: str, hashes: Sequence[int]) -> None:
        asked = {**wanted(self._connection, hashes), "version": version}
        held = self._held[version]
        for hash_, article_id, outlet_id in self._connection.execute(_holders_asked(self._connection.dialect.name), asked):
            held[hash_][article_id] = outlet_id

    def of(self, judged: JudgedArticle) -> Mapping[int, Mapping[int, str]]:
        """For each of an article's hashes that is held, the articles that hold it and their outlets."""
        held = self._held[judged.fingerprint_version]
        return {hash_: held[hash_] for hash_ in held.keys() & set(judged.fingerprints)}

    def enter(self, article_id: int, judged: JudgedArticle) -> None:
        """Enter a stored article's fingerprints; one that is in too many articles already is of no more use and not entered,
        so that looking one up reads a bounded number of rows."""
        version, outlet_id, hashes = judged.fingerprint_version, judged.outlet_id, set(judged.fingerprints)
        held = self._held[version]
        hashes -= {hash_ for hash_ in held.keys() & hashes if len(held[hash_]) > ARTICLES_OVERALL}
        for hash_ in self._asked_again[version] & hashes:
            held[hash_][article_id] = outlet_id
        entered = sorted(hashes)
        self._rows += [(hash_, article_id, version, outlet_id) for hash_ in entered]
        if entered:
            self._lines.append({"article_id": article_id, "hashes": written(entered)})

    def write(self) -> None:
        """Write what was entered."""
        if self._rows:
            insert_plain(self._connection, fingerprints, self._rows)
            self._connection.execute(_LOGGING, self._lines)
            self._rows, self._lines = [], []


@lru_cache(maxsize=2)
def _holders_asked(dialect: str) -> sa.Select[Any]:
    asked = sa.select(fingerprints.c.hash, fingerprints.c.article_id, fingerprints.c.outlet_id)
    return asked.where(among(dialect, fingerprints.c.hash), fingerprints.c.version == sa.bindparam("version"))


def _shared_fingerprints(connection: Connection, judged: JudgedArticle, holders: Holders) -> Counter[int]:
    """How many telling fingerprints each stored article shares with this one."""
    telling = {hash_: held for hash_, held in holders.of(judged).items() if len(held) <= ARTICLES_OVERALL}
    settled = _boilerplate_limits(connection, telling.values())
    shared: Counter[int] = Counter()
    for held in telling.values():
        boilerplate = {outlet_id for outlet_id, count in Counter(held.values()).items() if count > settled.get(outlet_id, OUTLET_ARTICLES)}
        if judged.outlet_id in boilerplate:
            continue
        shared.update(article_id for article_id, outlet_id in held.items() if outlet_id not in boilerplate)
    return shared


def _boilerplate_limits(connection: Connection, held: Iterable[Mapping[int, str]]) -> dict[str, float]:
    """In how many articles of an outlet a passage may occur, for the outlets where some occurs in more than five."""
    suspicious = {outlet_id for holders in held for outlet_id, count in Counter(holders.values()).items() if count > OUTLET_ARTICLES}
    limits = {}
    for outlet_id in suspicious:
        enough = sa.select(articles.c.id).where(articles.c.outlet_id == outlet_id).limit(round(ARTICLES_OVERALL / OUTLET_SHARE) + 1)
        total = connection.scalar(sa.select(sa.func.count()).select_from(enough.subquery())) or 0
        limits[outlet_id] = max(OUTLET_ARTICLES, OUTLET_SHARE * total) if total >= OUTLET_SETTLED else OUTLET_ARTICLES
    return limits
