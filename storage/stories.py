"""Which articles tell one event: copies found by shared fingerprints, verified, joined, and every join explained."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.judging import JudgedArticle
from newsdesk.stories import worth_comparing
from storage.rows import insert
from storage.schema import articles, fingerprints, stories, story_links

OUTLET_ARTICLES = 5  # a passage in more articles of one outlet than this is that outlet's boilerplate ...
OUTLET_SHARE = 0.1  # ... once the outlet has OUTLET_SETTLED articles, if it is also in more than this share of them
OUTLET_SETTLED = 20
ARTICLES_OVERALL = 200  # a passage in more articles than this tells nothing of any two of them
_VERIFIED_PER_STORY = 4
_VERIFIED_IN_ALL = 24
_SUSPECTS = 500
_CHUNK = 5000

Verify = Callable[[Connection, JudgedArticle, int], str | None]


@dataclass(frozen=True)
class Copy:
    """A stored article that the new one copies, its story, and the reason in a sentence."""

    article_id: int
    story_id: int
    reason: str


@dataclass(frozen=True)
class StoryLink:
    """Why an article joined a story: which article it copies; ``merged_story_id`` is set where that brought two together."""

    story_id: int
    article_id: int
    other_article_id: int
    reason: str
    merged_story_id: int | None
    joined_at: datetime


def find_copies(connection: Connection, judged: JudgedArticle, verify: Verify) -> list[Copy]:
    """The verified copies, at most one per story: the article of it that shares most."""
    shared = _shared_fingerprints(connection, judged)
    if not shared:
        return []
    suspects = [article_id for article_id, _ in shared.most_common(_SUSPECTS)]
    query = sa.select(articles.c.id, articles.c.story_id, articles.c.fingerprint_count).where(articles.c.id.in_(suspects))
    facts = {article_id: (story_id, count) for article_id, story_id, count in connection.execute(query)}
    own = len(set(judged.fingerprints))
    copies: dict[int, Copy] = {}
    tried: Counter[int] = Counter()
    for article_id in suspects:
        story_id, count = facts[article_id]
        if not worth_comparing(shared[article_id], min(own, count)):
            continue
        if story_id in copies or tried[story_id] == _VERIFIED_PER_STORY or tried.total() == _VERIFIED_IN_ALL:
            continue
        tried[story_id] += 1
        reason = verify(connection, judged, article_id)
        if reason is not None:
            copies[story_id] = Copy(article_id, story_id, reason)
    return list(copies.values())


def story_for(connection: Connection, copies: Sequence[Copy], now: datetime) -> int:
    """The oldest story of the copies, or a new one."""
    if copies:
        return min(copy.story_id for copy in copies)
    (story_id,) = connection.execute(sa.insert(stories).values(began_at=now)).inserted_primary_key or (0,)
    return int(story_id)


def log_joins(connection: Connection, story_id: int, article_id: int, copies: Sequence[Copy], now: datetime) -> None:
    """Note each join, so that it can be explained and undone."""
    for copy in copies:
        merged = copy.story_id if copy.story_id != story_id else None
        line = {"story_id": story_id, "article_id": article_id, "other_article_id": copy.article_id, "merged_story_id": merged}
        connection.execute(sa.insert(story_links).values(**line, reason=copy.reason, joined_at=now))


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
    return tuple(StoryLink(**{name: part for name, part in row.items() if name != "id"}) for row in rows)


def add_fingerprints(connection: Connection, article_id: int, judged: JudgedArticle) -> None:
    """Enter an article's fingerprints; one that is in too many articles already is of no more use and not entered, so
    that looking one up reads a bounded number of rows."""
    hashes = sorted(set(judged.fingerprints))
    crowded = {
        hash_ for hash_, outlets in _holders(connection, hashes, judged.fingerprint_version).items() if len(outlets) > ARTICLES_OVERALL
    }
    common = {"article_id": article_id, "version": judged.fingerprint_version, "outlet_id": judged.outlet_id}
    rows = [{"hash": hash_, **common} for hash_ in hashes if hash_ not in crowded]
    if rows:
        connection.execute(insert(connection, fingerprints).on_conflict_do_nothing(), rows)


def _shared_fingerprints(connection: Connection, judged: JudgedArticle) -> Counter[int]:
    """How many telling fingerprints each stored article shares with this one."""
    holders = _holders(connection, sorted(set(judged.fingerprints)), judged.fingerprint_version)
    telling = {hash_: held for hash_, held in holders.items() if len(held) <= ARTICLES_OVERALL}
    settled = _boilerplate_limits(connection, telling.values())
    shared: Counter[int] = Counter()
    for held in telling.values():
        boilerplate = {outlet_id for outlet_id, count in Counter(held.values()).items() if count > settled.get(outlet_id, OUTLET_ARTICLES)}
        if judged.outlet_id in boilerplate:
            continue
        shared.update(article_id for article_id, outlet_id in held.items() if outlet_id not in boilerplate)
    return shared


def _holders(connection: Connection, hashes: Sequence[int], version: str) -> Mapping[int, dict[int, str]]:
    """For each hash, the articles that hold it and their outlets."""
    holders: dict[int, dict[int, str]] = defaultdict(dict)
    for start in range(0, len(hashes), _CHUNK):
        query = sa.select(fingerprints.c.hash, fingerprints.c.article_id, fingerprints.c.outlet_id).where(
            fingerprints.c.hash.in_(hashes[start : start + _CHUNK]), fingerprints.c.version == version
        )
        for hash_, article_id, outlet_id in connection.execute(query):
            holders[hash_][article_id] = outlet_id
    return holders


def _boilerplate_limits(connection: Connection, held: Iterable[Mapping[int, str]]) -> dict[str, float]:
    """In how many articles of an outlet a passage may occur, for the outlets where some occurs in more than five."""
    suspicious = {outlet_id for holders in held for outlet_id, count in Counter(holders.values()).items() if count > OUTLET_ARTICLES}
    limits = {}
    for outlet_id in suspicious:
        enough = sa.select(articles.c.id).where(articles.c.outlet_id == outlet_id).limit(round(ARTICLES_OVERALL / OUTLET_SHARE) + 1)
        total = connection.scalar(sa.select(sa.func.count()).select_from(enough.subquery())) or 0
        limits[outlet_id] = max(OUTLET_ARTICLES, OUTLET_SHARE * total) if total >= OUTLET_SETTLED else OUTLET_ARTICLES
    return limits
