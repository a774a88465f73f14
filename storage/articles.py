"""The shelf of articles: stored once, joined to their story, proposed to the editors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk import addresses
from newsdesk.articles import StoredArticle
from newsdesk.errors import BadAddress, NotFound
from newsdesk.judging import JudgedArticle
from newsdesk.links import Outcome
from newsdesk.ports import Stored
from newsdesk.snapshots import SnapshotRef
from storage import candidates as desk_candidates
from storage import stories as told
from storage.database import LOCK_STORIES, Database, serialise
from storage.rows import NO_LEASE, insert, snapshot_columns, snapshot_of, stored_article_of
from storage.schema import article_keys, articles, links
from storage.search import holding_words, word_vector
from storage.text import bounded_key, clean
from storage.values import to_plain

SameCopy = Callable[[JudgedArticle, StoredArticle], str | None]


class SqlArticleShelf:
    """ArticleShelf in a database.

    ``same_copy`` verifies a suspected copy and returns the reason in a sentence, None where it is none;
    ``candidate_threshold`` is the score (0-100) from which a story is proposed (Policy.candidate_threshold).
    """

    def __init__(self, database: Database, same_copy: SameCopy, candidate_threshold: float) -> None:
        self._database = database
        self._threshold = candidate_threshold
        self._same_copy = same_copy

    def store(self, link_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime) -> Stored:
        """See ArticleShelf. Raises NotFound when there is no such link."""
        with self._database.writing() as connection:
            # Two processes storing two copies at once would each find no other and begin two stories.
            serialise(connection, LOCK_STORIES)
            link = connection.execute(sa.select(links.c.id, links.c.key).where(links.c.id == link_id)).one_or_none()
            if link is None:
                raise NotFound(f"There is no link {link_id} in the ledger.")
            known = _known_article(connection, judged.key)
            if known is not None:
                return self._stored_before(connection, link_id, link.key, known, judged, now)
            stored = self._store_new(connection, link_id, judged, snapshot, now)
            _add_keys(connection, stored.article_id, [judged.key, link.key, *_keys_of([judged.article.address, snapshot.address])])
            _end_link(connection, link_id, Outcome.STORED, "", stored.article_id, now)
            return stored

    def articles(self, outlet_id: str | None = None, limit: int | None = None) -> Sequence[StoredArticle]:
        """The articles stored last, first."""
        query = sa.select(articles).order_by(articles.c.id.desc()).limit(limit)
        if outlet_id is not None:
            query = query.where(articles.c.outlet_id == outlet_id)
        with self._database.reading() as connection:
            return stored_articles(connection, query)

    def article(self, article_id: int) -> StoredArticle:
        with self._database.reading() as connection:
            found = stored_articles(connection, sa.select(articles).where(articles.c.id == article_id))
        if not found:
            raise NotFound(f"There is no article {article_id}.")
        return found[0]

    def snapshot(self, article_id: int) -> SnapshotRef:
        with self._database.reading() as connection:
            row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).mappings().one_or_none()
        if row is None:
            raise NotFound(f"There is no article {article_id}.")
        return snapshot_of(row)

    def search(self, words: str, limit: int) -> Sequence[StoredArticle]:
        """See ArticleShelf; without any word it finds nothing. Sorted by date, because ranking 174,000 hits of a broad
        word took 1.8-2.7 s where this takes milliseconds (house.md, "Traps of this stack")."""
        with self._database.reading() as connection:
            holding = holding_words(connection, words)
            if holding is None:
                return ()
            newest = connection.scalars(sa.select(articles.c.id).where(holding).order_by(*_NEWEST_FIRST).limit(limit)).all()
            return stored_articles(connection, sa.select(articles).where(articles.c.id.in_(newest)).order_by(*_NEWEST_FIRST))

    def story_links(self, story_id: int) -> Sequence[told.StoryLink]:
        """Why the articles of a story were joined, oldest first."""
        with self._database.reading() as connection:
            return told.links_of(connection, story_id)

    def _stored_before(
        self, connection: Connection, link_id: int, link_key: str, known: RowMapping, judged: JudgedArticle, now: datetime
    ) -> Stored:
        same_link = known["link_id"] == link_id
        _add_keys(connection, known["id"], [link_key, *_keys_of([judged.article.address])])
        _end_link(connection, link_id, Outcome.STORED if same_link else Outcome.SAME_ARTICLE, "", known["id"], now)
        candidate_id = desk_candidates.candidate_of(connection, known["story_id"])
        return Stored(known["id"], known["story_id"], False, candidate_id)

    def _store_new(self, connection: Connection, link_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime) -> Stored:
        found = told.find_copies(connection, judged, self._verified)
        story_id = told.story_for(connection, found, now)
        row = _article_row(connection, link_id, story_id, judged, snapshot, now)
        (article_id,) = connection.execute(sa.insert(articles).values(**row)).inserted_primary_key or (0,)
        told.add_fingerprints(connection, article_id, judged)
        told.log_joins(connection, story_id, article_id, found, now)
        for merged in sorted({copy.story_id for copy in found} - {story_id}):
            told.merge(connection, merged, story_id)
            desk_candidates.merge(connection, merged, story_id)
        candidate_id = desk_candidates.propose(connection, story_id, self._threshold, now)
        return Stored(article_id, story_id, True, candidate_id)

    def _verified(self, connection: Connection, judged: JudgedArticle, article_id: int) -> str | None:
        (other,) = stored_articles(connection, sa.select(articles).where(articles.c.id == article_id))
        return self._same_copy(judged, other)


_NEWEST_FIRST = (articles.c.shown_at.desc(), articles.c.id.desc())


def stored_articles(connection: Connection, query: sa.Select[Any]) -> tuple[StoredArticle, ...]:
    """The articles of a query over the whole table, with the others of their stories, in two queries."""
    rows = connection.execute(query).mappings().all()
    by_story = _ids_by_story(connection, sorted({row["story_id"] for row in rows}))
    return tuple(stored_article_of(row, tuple(other for other in by_story[row["story_id"]] if other != row["id"])) for row in rows)


def _ids_by_story(connection: Connection, story_ids: Sequence[int]) -> dict[int, list[int]]:
    by_story: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(story_ids), 1000):
        query = sa.select(articles.c.story_id, articles.c.id).where(articles.c.story_id.in_(story_ids[start : start + 1000]))
        for story_id, article_id in connection.execute(query.order_by(articles.c.id)):
            by_story[story_id].append(article_id)
    return by_story


def _known_article(connection: Connection, key: str) -> RowMapping | None:
    query = (
        sa.select(articles.c.id, articles.c.link_id, articles.c.story_id)
        .join(article_keys, article_keys.c.article_id == articles.c.id)
        .where(article_keys.c.key == bounded_key(key))
    )
    return connection.execute(query).mappings().one_or_none()


def _keys_of(known_addresses: Iterable[str]) -> list[str]:
    keys = []
    for address in known_addresses:
        try:
            keys.append(addresses.key(clean(address)))
        except BadAddress:
            continue  # an address that cannot be one cannot be announced either
    return keys


def _add_keys(connection: Connection, article_id: int, keys: Iterable[str]) -> None:
    """Under whichever of these keys the article is announced again, it is known. A key of another article stays its."""
    rows = [{"key": key, "article_id": article_id} for key in dict.fromkeys(bounded_key(key) for key in keys)]
    connection.execute(insert(connection, article_keys).on_conflict_do_nothing(index_elements=["key"]), rows)


def _end_link(connection: Connection, link_id: int, outcome: Outcome, detail: str, article_id: int, now: datetime) -> None:
    end = {"outcome": outcome.value, "detail": detail, "article_id": article_id, "ended_at": now, "changed_at": now, **NO_LEASE}
    connection.execute(sa.update(links).where(links.c.id == link_id, links.c.ended_at.is_(None)).values(**end))


def _article_row(
    connection: Connection, link_id: int, story_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime
) -> dict[str, Any]:
    article, provenance = judged.article, judged.provenance
    published = article.published.value if article.published else None
    title = article.title.value if article.title else ""
    facts = to_plain(article)
    del facts["text"]
    return {
        "key": bounded_key(judged.key),
        "link_id": link_id,
        "outlet_id": judged.outlet_id,
        "source_id": judged.source_id,
        "story_id": story_id,
        "title": title,
        "text": article.text,
        "language": article.language.value if article.language else None,
        "published_at": published.at if published else None,
        "published_on": published.on if published else None,
        "shown_at": published.at if published else now,
        "facts": facts,
        "label": provenance.label.value,
        "label_why": provenance.why,
        "controller": provenance.controller,
        "statement": to_plain(provenance.statement),
        "score": judged.relevance.score,
        "relevance": to_plain(judged.relevance),
        "fingerprint_count": len(set(judged.fingerprints)),
        "stored_at": now,
        "words": word_vector(connection, f"{title}\n{article.text}"),
        **snapshot_columns(snapshot),
    }
