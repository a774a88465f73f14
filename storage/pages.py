"""Pages of articles that stand before the editors: when each is read again, and what it said then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.errors import NotFound
from newsdesk.links import Announcement
from newsdesk.sources import Validators
from newsdesk.versions import (
    STEPS,
    WATCHED,
    Changes,
    Found,
    NextReading,
    PageHistory,
    ReadingEnd,
    ReadingLine,
    Reread,
    Version,
    page_news,
)
from storage.database import Database
from storage.rows import insert, snapshot_columns, snapshot_of
from storage.schema import articles, candidates, judgements, links, pages, readings, versions
from storage.values import from_plain, to_plain


class SqlPageShelf:
    """PageShelf in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_outlets(self, now: datetime) -> Sequence[str]:
        query = sa.select(pages.c.outlet_id).join(articles, articles.c.id == pages.c.article_id).where(*_due(now)).distinct()
        with self._database.reading() as connection:
            return tuple(sorted(connection.scalars(query)))

    def due(self, outlet_id: str, limit: int, now: datetime) -> Sequence[Reread]:
        query = (
            sa.select(pages, articles, links.c.announcement)
            .join(articles, articles.c.id == pages.c.article_id)
            .join(links, links.c.id == articles.c.link_id)
            .where(pages.c.outlet_id == outlet_id, *_due(now))
            .order_by(pages.c.due_at, pages.c.article_id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
            newest = {one["article_id"]: one for one in _versions_of(connection, [row["article_id"] for row in rows])}
        return tuple(_reread(row, newest.get(row["article_id"])) for row in rows)

    def record(self, end: ReadingEnd, then: NextReading) -> None:
        with self._database.writing() as connection:
            page = (
                connection.execute(sa.select(pages).where(pages.c.article_id == end.article_id).with_for_update()).mappings().one_or_none()
            )
            if page is None:
                raise NotFound(f"The page of article {end.article_id} is not one that is read again.")
            line = {"found": end.found.value, "status": end.status, "detail": end.detail, "read_at": end.read_at}
            connection.execute(sa.insert(readings).values(article_id=end.article_id, **line))
            if end.article is not None and end.snapshot is not None:
                _add_version(connection, end)
            connection.execute(sa.update(pages).where(pages.c.article_id == end.article_id).values(**_memory_after(page, end, then)))

    def postpone(self, article_id: int, until: datetime) -> None:
        later = sa.update(pages).where(pages.c.article_id == article_id, pages.c.due_at < until)
        with self._database.writing() as connection:
            connection.execute(later.values(due_at=until))

    def readings(self, since: datetime) -> Sequence[ReadingLine]:
        query = (
            sa.select(readings, articles.c.outlet_id)
            .join(articles, articles.c.id == readings.c.article_id)
            .where(readings.c.read_at >= since)
            .order_by(readings.c.read_at, readings.c.id)
        )
        with self._database.reading() as connection:
            return tuple(_line(row) for row in connection.execute(query).mappings())

    def histories(self, article_ids: Sequence[int]) -> Mapping[int, PageHistory]:
        wanted = articles.c.id.in_(article_ids)
        with self._database.reading() as connection:
            firsts = connection.execute(sa.select(articles).where(wanted)).mappings().all()
            watched = connection.execute(sa.select(pages).where(pages.c.article_id.in_(article_ids))).mappings()
            memory = {row["article_id"]: row for row in watched}
            later: dict[int, list[RowMapping]] = defaultdict(list)
            for row in _versions_of(connection, article_ids):
                later[row["article_id"]].append(row)
            lines: dict[int, list[ReadingLine]] = defaultdict(list)
            log = sa.select(readings, articles.c.outlet_id).join(articles, articles.c.id == readings.c.article_id).where(wanted)
            for row in connection.execute(log.order_by(readings.c.id)).mappings():
                lines[row["article_id"]].append(_line(row))
            judged = _judgements_of(connection, article_ids)
        return {row["id"]: _history(row, memory.get(row["id"]), later[row["id"]], lines[row["id"]], judged) for row in firsts}

    def version_counts(self) -> Mapping[int, int]:
        query = sa.select(versions.c.article_id, sa.func.max(versions.c.number).label("number")).group_by(versions.c.article_id)
        with self._database.reading() as connection:
            return {row.article_id: row.number for row in connection.execute(query)}


def watch(connection: Connection, told: Iterable[Mapping[Any, Any]]) -> None:
    """Read the pages of a proposed story's articles again from now on; those that are watched already stay as they are."""
    rows = [
        {
            "article_id": row["id"],
            "outlet_id": row["outlet_id"],
            "due_at": row["stored_at"] + STEPS[0],
            "failures": 0,
            "validators_known": False,
            "last_detail": "",
        }
        for row in told
    ]
    connection.execute(_watching(connection.dialect.name), rows)


@lru_cache(maxsize=2)
def _watching(dialect: str) -> Any:
    return insert(dialect, pages).on_conflict_do_nothing(index_elements=["article_id"])


def news_of(connection: Connection, cited: Iterable[tuple[int, datetime]]) -> Mapping[tuple[int, datetime], str]:
    """What happened to cited pages, by article and the moment of the decision that cites it."""
    cited = list(cited)
    wanted = [article_id for article_id, _ in cited]
    gone = sa.select(pages.c.article_id, pages.c.missing_since).where(pages.c.article_id.in_(wanted), pages.c.missing_since.is_not(None))
    missing = {row.article_id: row.missing_since for row in connection.execute(gone)}
    changes: dict[int, list[tuple[datetime, Changes]]] = defaultdict(list)
    query = sa.select(versions.c.article_id, versions.c.read_at, versions.c.changes).where(versions.c.article_id.in_(wanted))
    for row in connection.execute(query):
        changes[row.article_id].append((row.read_at, from_plain(Changes, row.changes)))
    relabelled: dict[int, list[datetime]] = defaultdict(list)
    judged = sa.select(judgements.c.article_id, judgements.c.judged_at).where(judgements.c.article_id.in_(wanted), judgements.c.relabels)
    for article_id, judged_at in connection.execute(judged):
        relabelled[article_id].append(judged_at)
    return {one: page_news(one[1], missing.get(one[0]), changes[one[0]], relabelled[one[0]]) for one in cited}


def _due(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Whose time has come, while the story stands before the editors."""
    stands = sa.exists().where(
        candidates.c.story_id == articles.c.story_id,
        candidates.c.absorbed_into.is_(None),
        candidates.c.state.in_([state.value for state in WATCHED]),
    )
    return (pages.c.due_at <= now, stands)


def _versions_of(connection: Connection, article_ids: Sequence[int]) -> Sequence[RowMapping]:
    query = sa.select(versions).where(versions.c.article_id.in_(article_ids)).order_by(versions.c.article_id, versions.c.number)
    return connection.execute(query).mappings().all()


@dataclass(frozen=True)
class _Judged:
    """What judging a version anew came to; the last time, where its article got another day and it was judged again."""

    judged_at: datetime
    news: Sequence[str] = ()
    relabels: bool = False


def _judgements_of(connection: Connection, article_ids: Sequence[int]) -> dict[tuple[int, int], _Judged]:
    """By article and number of the version; the first text, which was judged when it was stored, is left out."""
    found: dict[tuple[int, int], _Judged] = {}
    query = sa.select(judgements).where(judgements.c.article_id.in_(article_ids), judgements.c.number > 1).order_by(judgements.c.id)
    for row in connection.execute(query):
        before = found.get((row.article_id, row.number), _Judged(row.judged_at))
        news = tuple(dict.fromkeys((*before.news, *row.news)))
        found[row.article_id, row.number] = _Judged(row.judged_at, news, before.relabels or row.relabels)
    return found


def _reread(row: RowMapping, newest: RowMapping | None) -> Reread:
    latest = newest or row
    return Reread(
        article_id=row["article_id"],
        key=row["key"],
        outlet_id=row["outlet_id"],
        announcement=from_plain(Announcement, row["announcement"]),
        snapshot=snapshot_of(row),
        stored_at=row["stored_at"],
        validators=None if not row["validators_known"] else Validators(row["etag"], row["last_modified"]),
        body_digest=row["body_digest"] or row["snapshot_digest"],
        failures=row["failures"],
        number=newest["number"] if newest else 1,
        title=latest["title"],
        text=latest["text"],
        extractor=latest["facts"]["extractor"],
        newest=snapshot_of(latest),
    )


def _add_version(connection: Connection, end: ReadingEnd) -> None:
    article, snapshot = end.article, end.snapshot
    if article is None or snapshot is None:
        return
    facts = to_plain(article)
    del facts["text"]
    number = connection.scalar(sa.select(sa.func.max(versions.c.number)).where(versions.c.article_id == end.article_id)) or 1
    row = {
        "article_id": end.article_id,
        "number": number + 1,
        "title": article.title.value if article.title else "",
        "text": article.text,
        "facts": facts,
        "changes": to_plain(end.changes),
        "read_at": end.read_at,
        **snapshot_columns(snapshot),
    }
    connection.execute(sa.insert(versions).values(**row))


def _memory_after(page: RowMapping, end: ReadingEnd, then: NextReading) -> dict[str, Any]:
    memory: dict[str, Any] = {
        "due_at": then.due_at,
        "failures": then.failures,
        "read_at": end.read_at,
        "last_found": end.found.value,
        "last_detail": end.detail,
    }
    if end.validators is not None:
        memory |= {"validators_known": True, "etag": end.validators.etag, "last_modified": end.validators.last_modified}
    if end.body_digest is not None:
        memory["body_digest"] = end.body_digest
    if end.found is Found.MISSING:
        memory["missing_since"] = page["missing_since"] or end.read_at
    elif end.found.is_unchanged or end.found is Found.CHANGED:
        memory["missing_since"] = None
    return memory


def _line(row: RowMapping) -> ReadingLine:
    return ReadingLine(row["article_id"], row["outlet_id"], Found(row["found"]), row["status"], row["detail"], row["read_at"])


def _history(
    first: RowMapping,
    page: RowMapping | None,
    later: Sequence[RowMapping],
    lines: Sequence[ReadingLine],
    judged: Mapping[tuple[int, int], _Judged],
) -> PageHistory:
    one = Version(1, first["title"], first["text"], first["snapshot_fetched_at"], snapshot_of(first), None)
    rest = (_version(row, judged.get((row["article_id"], row["number"]))) for row in later)
    due_at, missing_since = (page["due_at"], page["missing_since"]) if page else (None, None)
    return PageHistory(first["id"], (one, *rest), tuple(lines), due_at, missing_since)


def _version(row: RowMapping, judged: _Judged | None) -> Version:
    changes = from_plain(Changes, row["changes"])
    said = Version(row["number"], row["title"], row["text"], row["read_at"], snapshot_of(row), changes)
    return said if judged is None else replace(said, judged_at=judged.judged_at, news=judged.news, relabels=judged.relabels)
