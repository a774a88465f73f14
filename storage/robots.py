"""What hosts' robots.txt said, and what was left alone because of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from newsdesk.links import Outcome
from newsdesk.permissions import Denials, RobotsAnswer
from storage.database import Database
from storage.rows import insert
from storage.schema import links, robots


class SqlRobotsLedger:
    """RobotsLedger in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, answer: RobotsAnswer) -> None:
        with self._database.writing() as connection:
            connection.execute(_noting(connection.dialect.name, answer.rules is not None), _row(answer))

    def answers(self) -> Mapping[str, RobotsAnswer]:
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(robots).order_by(robots.c.origin)).mappings().all()
        return {row["origin"]: _answer(row) for row in rows}

    def denials(self) -> Mapping[str, Denials]:
        denied = links.c.outcome == Outcome.ROBOTS_DENIED.value
        query = sa.select(links.c.source_id, sa.func.count(), sa.func.max(links.c.ended_at)).where(denied).group_by(links.c.source_id)
        with self._database.reading() as connection:
            return {source_id: Denials(source_id, count, last_at) for source_id, count, last_at in connection.execute(query)}


@lru_cache(maxsize=4)
def _noting(dialect: str, read: bool) -> Any:
    """What was said before stays where the file could not be had now."""
    adding = insert(dialect, robots)
    change = [column.name for column in robots.c if read or column.name in ("asked_at", "status", "detail")]
    return adding.on_conflict_do_update(index_elements=["origin"], set_={name: adding.excluded[name] for name in change})


def _row(answer: RobotsAnswer) -> dict[str, Any]:
    return {
        "origin": answer.origin,
        "asked_at": answer.asked_at,
        "status": answer.status,
        "detail": answer.detail,
        "by_name": answer.by_name,
        "rules": None if answer.rules is None else [[allow, pattern] for allow, pattern in answer.rules],
        "rules_cut": answer.rules_cut,
        "crawl_delay_seconds": answer.crawl_delay_seconds,
    }


def _answer(row: RowMapping) -> RobotsAnswer:
    rules = row["rules"]
    return RobotsAnswer(
        row["origin"],
        row["asked_at"],
        row["status"],
        row["detail"],
        row["by_name"],
        None if rules is None else tuple((bool(allow), str(pattern)) for allow, pattern in rules),
        row["rules_cut"],
        row["crawl_delay_seconds"],
    )
