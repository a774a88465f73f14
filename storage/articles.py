"""The shelf of articles: stored once, joined to their story, proposed to the editors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row, RowMapping

from newsdesk import addresses
from newsdesk.articles import StoredArticle
from newsdesk.errors import BadAddress, NotFound
from newsdesk.hints import publication_told
from newsdesk.judging import JudgedArticle
from newsdesk.labels import Label, Provenance
from newsdesk.links import Announcement, Outcome
from newsdesk.ports import ReadPage, Stored
from newsdesk.snapshots import SnapshotRef
from newsdesk.stories import Copy
from newsdesk.storybook import JoinKind
from newsdesk.voices import Voices
from storage import candidates as desk_candidates
from storage import stories as told
from storage.announcing import Late, reopen
from storage.control import log_relabelled, relabelled
from storage.database import LOCK_STORIES, Database, serialise
from storage.joining import day_of, log_hints, place
from storage.origins import OutletName, follow_copies
from storage.prints import Prints
from storage.rows import NO_LEASE, among, insert, snapshot_columns, snapshot_of, stored_article_of, wanted
from storage.schema import article_keys, articles, links
from storage.search import holding_words, searched_words
from storage.tellings import Tellings
from storage.text import bounded_key, clean
from storage.values import from_plain, to_plain

SameCopy = Callable[[JudgedArticle, StoredArticle], Copy | None]


class SqlArticleShelf:
    """ArticleShelf in a database.

    ``same_copy`` verifies a suspected copy and says how much of it stands in the other, None where it is none;
    ``candidate_threshold`` is the score (0-100) from which a story is proposed (Policy.candidate_threshold); ``outlet_name``
    gives the name under which an outlet is cited.
    """

    def __init__(self, database: Database, same_copy: SameCopy, candidate_threshold: float, outlet_name: OutletName = str) -> None:
        self._database = database
        self._outlet_name = outlet_name
        self._threshold = candidate_threshold
        self._same_copy = same_copy
        self._tellings = Tellings()
        self._prints = Prints()
        self._turn = Lock()

    def store(self, link_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime) -> Stored:
        """See ArticleShelf. Raises NotFound when there is no such link."""
        (stored,) = self.store_many([ReadPage(link_id, judged, snapshot)], now)
        return stored

    def store_many(self, pages: Sequence[ReadPage], now: datetime) -> Sequence[Stored]:
        """See ArticleShelf. Raises NotFound when one of the links does not exist."""
        with self._storing() as connection:
            batch = _Batch(connection, self._prints, pages, now)
            stored = [self._store_page(batch, page) for page in pages]
            batch.write()
            self._tellings.write(connection)
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

    @contextmanager
    def _storing(self) -> Iterator[Connection]:
        """A transaction in which stories may be joined, alone among threads and processes: two that store two reports of one
        event at once would each find no other and begin two stories."""
        with self._turn:
            try:
                with self._database.writing() as connection:
                    serialise(connection, LOCK_STORIES)
                    self._tellings.begin(connection)
                    self._prints.begin(connection)
                    yield connection
            except BaseException:
                self._tellings.forget()
                raise
            self._tellings.settle()

    @contextmanager
    def storing(self) -> Iterator[tuple[Connection, Tellings]]:
        """Such a transaction for whoever tells stored articles anew, with what is looked up of them."""
        with self._storing() as connection:
            yield connection, self._tellings

    def _store_page(self, batch: _Batch, page: ReadPage) -> Stored:
        link_key = batch.link_key(page.link_id)
        known = batch.known_article(page.judged.key)
        if known is not None:
            return self._stored_before(batch, page, link_key, known)
        stored = self._store_new(batch, page)
        judged = page.judged
        batch.add_keys(stored.article_id, [judged.key, link_key, *_keys_of([judged.article.address, page.snapshot.address])])
        batch.end_or_leave(page, stored.article_id)
        return stored

    def _stored_before(self, batch: _Batch, page: ReadPage, link_key: str, article_id: int) -> Stored:
        query = sa.select(articles.c.link_id, articles.c.story_id).where(articles.c.id == article_id)
        link_id, story_id = batch.connection.execute(query).one()
        batch.add_keys(article_id, [link_key, *_keys_of([page.judged.article.address])])
        if link_id == page.link_id:
            self._date_again(batch, page, article_id, story_id)
            batch.end_or_leave(page, article_id)
        else:
            batch.end_link(page.link_id, Outcome.SAME_ARTICLE, article_id)
            batch.tell_of(article_id, page)
        return Stored(article_id, story_id, False, desk_candidates.candidate_of(batch.connection, story_id))

    def _date_again(self, batch: _Batch, page: ReadPage, article_id: int, story_id: int) -> None:
        """Where the page gives another publication now: everything that follows from its day."""
        connection, judged = batch.connection, page.judged
        before = _labelled(connection, article_id)
        if not _date_again(connection, article_id, page):
            return
        published = judged.article.published
        self._tellings.date_again(connection, article_id, published.value.on if published else None, day_of(judged, before["stored_at"]))
        follow_copies(connection, article_id, self._outlet_name, batch.now)
        after = _labelled(connection, article_id)
        printed = Provenance(Label(after["label"]), after["controller"], None, after["label_why"])
        log_relabelled(connection, relabelled(connection, [(before, Voices(printed))]), None, batch.now)
        desk_candidates.refresh(connection, story_id, batch.now)

    def _store_new(self, batch: _Batch, page: ReadPage) -> Stored:
        connection, judged, now = batch.connection, page.judged, batch.now
        copies = told.find_copies(connection, judged, batch.holders, self._verified)
        placed = place(connection, self._tellings, judged, copies, now)
        found = placed.joins
        story_id = told.story_for(connection, found, now)
        row = _article_row(connection, page.link_id, story_id, judged, page.snapshot, now)
        (article_id,) = connection.execute(_INSERTION, row).inserted_primary_key or (0,)
        batch.holders.enter(article_id, judged)
        if judged.telling is not None:
            self._tellings.enter(article_id, judged.telling, day_of(judged, now))
        log_hints(connection, article_id, placed.perhaps, now)
        if not found:
            alone = {**row, "id": article_id}
            return Stored(article_id, story_id, True, desk_candidates.propose_alone(connection, alone, self._threshold, now))
        told.log_joins(connection, story_id, article_id, found, now)
        for merged in sorted({join.story_id for join in found} - {story_id}):
            told.merge(connection, merged, story_id)
            desk_candidates.merge(connection, merged, story_id)
        if any(join.kind is JoinKind.COPY for join in found):
            follow_copies(connection, article_id, self._outlet_name, now)
        return Stored(article_id, story_id, True, desk_candidates.propose(connection, story_id, self._threshold, now))

    def _verified(self, connection: Connection, judged: JudgedArticle, article_id: int) -> Copy | None:
        row = connection.execute(_SUSPECT, {"suspect": article_id}).mappings().one()
        return self._same_copy(judged, stored_article_of(row))


class _Batch:
    """Pages stored in one transaction: what is asked and written of all of them together."""

    def __init__(self, connection: Connection, prints: Prints, pages: Sequence[ReadPage], now: datetime) -> None:
        self.connection, self.now = connection, now
        self.holders = told.Holders(connection, prints, [page.judged for page in pages])
        self._links = _links_by_id(connection, [page.link_id for page in pages])
        self._articles = _articles_by_key(connection, [bounded_key(page.judged.key) for page in pages])
        self._new_keys: dict[str, int] = {}
        self._ends: list[dict[str, Any]] = []
        self._late: list[Late] = []

    def link_key(self, link_id: int) -> str:
        """Raises NotFound."""
        if link_id not in self._links:
            raise NotFound(f"There is no link {link_id} in the ledger.")
        key: str = self._links[link_id].key
        return key

    def known_article(self, key: str) -> int | None:
        """The article stored under a page's key, before or by this batch."""
        bounded = bounded_key(key)
        return self._articles.get(bounded, self._new_keys.get(bounded))

    def add_keys(self, article_id: int, keys: Iterable[str]) -> None:
        """Under whichever of these keys the article is announced again, it is known. A key of another article stays its."""
        for key in keys:
            self._new_keys.setdefault(bounded_key(key), article_id)

    def end_link(self, link_id: int, outcome: Outcome, article_id: int) -> None:
        """A link that has ended keeps its first end."""
        end = {"outcome": outcome.value, "detail": "", "article_id": article_id, "ended_at": self.now, "changed_at": self.now}
        self._ends.append({"ended_link": link_id, **end, **NO_LEASE})

    def end_or_leave(self, page: ReadPage, article_id: int) -> None:
        """End the link of an article read from it; where the ledger has learned of another publication since its page was
        given to be read, it waits to be read again."""
        known = from_plain(Announcement, self._links[page.link_id].announcement)
        if page.told is None or publication_told(known) == publication_told(page.told):
            self.end_link(page.link_id, Outcome.STORED, article_id)
        else:
            left = {"outcome": None, "detail": "", "article_id": article_id, "ended_at": None, "changed_at": self.now}
            self._ends.append({"ended_link": page.link_id, **left, **NO_LEASE})

    def tell_of(self, article_id: int, page: ReadPage) -> None:
        """Another address of a stored article was announced: what that announcement says of its publication counts too."""
        announcement = from_plain(Announcement, self._links[page.link_id].announcement)
        self._late.append((article_id, announcement, page.zone, page))

    def write(self) -> None:
        """Write what was gathered."""
        self.holders.write()
        rows = [{"key": key, "article_id": article_id} for key, article_id in self._new_keys.items()]
        self.connection.execute(_key_insertion(self.connection.dialect.name), rows)
        _end_links(self.connection, self._ends)
        reopen(self.connection, self._late, self.now)


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


def _links_by_id(connection: Connection, link_ids: Sequence[int]) -> dict[int, Row[Any]]:
    found = connection.execute(_links_asked(connection.dialect.name), wanted(connection, link_ids))
    return {row.id: row for row in found}


def _articles_by_key(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    found = connection.execute(_keys_asked(connection.dialect.name), wanted(connection, keys))
    return {row.key: row.article_id for row in found}


# Statements that every page needs are made once a dialect: making one costs as much as running it.


@lru_cache(maxsize=2)
def _links_asked(dialect: str) -> sa.Select[Any]:
    # Locked, so that a source that announces one of them meanwhile sees its article, or we see what it announced.
    asked = sa.select(links.c.id, links.c.key, links.c.announcement).where(among(dialect, links.c.id))
    return asked.order_by(links.c.id).with_for_update()


@lru_cache(maxsize=2)
def _keys_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(article_keys.c.key, article_keys.c.article_id).where(among(dialect, article_keys.c.key))


@lru_cache(maxsize=2)
def _key_insertion(dialect: str) -> Any:
    return insert(dialect, article_keys).on_conflict_do_nothing(index_elements=["key"])


_SUSPECT = sa.select(articles).where(articles.c.id == sa.bindparam("suspect"))
_INSERTION = sa.insert(articles)
_ENDING = sa.update(links).where(links.c.id == sa.bindparam("ended_link"), links.c.ended_at.is_(None))


def _keys_of(known_addresses: Iterable[str]) -> list[str]:
    keys = []
    for address in known_addresses:
        try:
            keys.append(addresses.key(clean(address)))
        except BadAddress:
            continue  # an address that cannot be one cannot be announced either
    return keys


def _end_links(connection: Connection, ends: Sequence[dict[str, Any]]) -> None:
    connection.execute(_ENDING, ends)


_DATED = "published_at published_on shown_at label label_why controller statement origins publisher".split()
_WEIGHED = "score relevance genre categories".split()


def _labelled(connection: Connection, article_id: int) -> RowMapping:
    wanted = "id outlet_id title published_on stored_at label label_why controller".split()
    return connection.execute(sa.select(*(articles.c[name] for name in wanted)).where(articles.c.id == article_id)).mappings().one()


def _date_again(connection: Connection, article_id: int, page: ReadPage) -> bool:
    """Give an article whose page was read again the publication found now, and the label of that day; whether it differs."""
    query = sa.select(*(articles.c[name] for name in ("story_id", "stored_at", "facts", "judged_version")))
    story_id, stored_at, facts, newer = connection.execute(query.where(articles.c.id == article_id)).one()
    published = to_plain(page.judged.article.published)
    if facts["published"] == published:
        return False
    fresh = _article_row(connection, page.link_id, story_id, page.judged, page.snapshot, stored_at)
    anew = _DATED if newer is None else [*_DATED, *_WEIGHED]  # a newer text that was judged is judged again, for the new day
    change = {name: fresh[name] for name in anew} | {"facts": {**facts, "published": published}, "judged_version": None}
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(**change))
    return True


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
        "origins": None if judged.publisher is None else to_plain(tuple(judged.origins)),
        "publisher": to_plain(judged.publisher),
        "score": judged.relevance.score,
        "relevance": to_plain(judged.relevance),
        "genre": to_plain(judged.genre),
        "categories": to_plain(judged.categories),
        "fingerprint_count": len(set(judged.fingerprints)),
        "stored_at": now,
        "words": searched_words(connection.dialect.name, f"{title}\n{article.text}"),
        **snapshot_columns(snapshot),
    }
