"""Stored articles told anew, in small transactions, the newest first: what was told by other rules or another encoder cannot be
compared with what arrives now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from newsdesk.anew import ToTell
from newsdesk.decisions import State
from newsdesk.nearness import WINDOW_DAYS
from newsdesk.telling import Telling
from storage.articles import SqlArticleShelf
from storage.database import Database
from storage.rows import among, wanted
from storage.schema import articles, candidates, tellings


class SqlRenewals:
    """What is to be told anew in a database. ``shelf`` is the one through which this process stores: it keeps in memory where
    articles lie, and one process stores at a time."""

    def __init__(self, database: Database, shelf: SqlArticleShelf) -> None:
        self._database = database
        self._shelf = shelf

    def untold(self, kind: str, now: datetime, *, everything: bool = False) -> list[int]:
        """Ids of the articles that are not told by the encoder and rules of this ``kind``, stored last first: those of the days
        among which an event of today is looked for, and those of stories that editors may still decide on; or all."""
        asked = _all_untold(kind) if everything else _untold(kind, now.date() - timedelta(days=WINDOW_DAYS))
        with self._database.reading() as connection:
            return sorted(set(connection.scalars(asked)), reverse=True)

    def to_tell(self, article_ids: Sequence[int]) -> list[ToTell]:
        """What is told of these articles, stored last first."""
        with self._database.reading() as connection:
            rows = connection.execute(_asked(connection.dialect.name), wanted(connection, article_ids)).mappings().all()
        return [
            ToTell(row["id"], row["title"], row["facts"].get("lead"), row["text"], row["language"], row["published_on"]) for row in rows
        ]

    def retell(self, told: Sequence[tuple[ToTell, Telling]]) -> int:
        """Keep the tellings, in one transaction; one whose article got another day meanwhile is left for the next time. Returns
        how many were kept. No article changes its story by it."""
        with self._shelf.storing() as (connection, held):
            found = connection.execute(_dated(connection.dialect.name), wanted(connection, [one.article_id for one, _ in told]))
            dated = {row.id: row for row in found}
            kept = [
                (one.article_id, telling, _day_of(dated[one.article_id]))
                for one, telling in told
                if one.article_id in dated and dated[one.article_id].published_on == one.published_on
            ]
            held.tell_anew(connection, kept)
        return len(kept)


def _day_of(row: Any) -> date:
    """The day around which its event is looked for, as when it was stored (``joining.day_of``)."""
    day: date = row.published_on or row.stored_at.date()
    return day


_TOLD = sa.exists().where(tellings.c.article_id == articles.c.id)


def _untold(kind: str, first: date) -> sa.CompoundSelect[Any]:
    """By the days of tellings, by when articles without one are shown, and by the open candidates: each has its index."""
    of_the_days = sa.select(tellings.c.article_id).where(tellings.c.day >= first, tellings.c.version != kind)
    never = sa.select(articles.c.id).where(articles.c.shown_at >= datetime.combine(first, time.min, UTC), ~_TOLD)
    open_states = [State.WAITING.value, State.HELD.value]
    of_stories = (
        sa.select(articles.c.id)
        .join(candidates, candidates.c.story_id == articles.c.story_id)
        .where(candidates.c.state.in_(open_states), candidates.c.absorbed_into.is_(None), ~_told_by(kind))
    )
    return sa.union(of_the_days, never, of_stories)


def _all_untold(kind: str) -> sa.Select[Any]:
    return sa.select(articles.c.id).where(~_told_by(kind))


def _told_by(kind: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(tellings.c.article_id == articles.c.id, tellings.c.version == kind)


@lru_cache(maxsize=2)
def _asked(dialect: str) -> sa.Select[Any]:
    columns = [articles.c[name] for name in ("id", "title", "text", "facts", "language", "published_on")]
    return sa.select(*columns).where(among(dialect, articles.c.id)).order_by(articles.c.id.desc())


@lru_cache(maxsize=2)
def _dated(dialect: str) -> sa.Select[Any]:
    return sa.select(articles.c.id, articles.c.published_on, articles.c.stored_at).where(among(dialect, articles.c.id))
