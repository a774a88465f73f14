"""Between rows and the words of the house."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.articles import Article, StoredArticle
from newsdesk.kinds import Category, Genre
from newsdesk.labels import Origin, Provenance
from newsdesk.links import Announcement, Link, LinkEnd, Outcome, Rhythm
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import SourceState, Validators
from storage.values import from_plain

_SNAPSHOT = ("file", "offset", "length", "record_id", "digest", "address", "status", "fetched_at")
NO_SNAPSHOT: Mapping[str, None] = {f"snapshot_{name}": None for name in _SNAPSHOT}
NO_LEASE: Mapping[str, None] = {"holder": None, "lease_until": None}


def insert(dialect: Connection | str, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in a dialect or in that of a connection."""
    name = dialect if isinstance(dialect, str) else dialect.dialect.name
    return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)


def insert_plain(connection: Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of plain numbers and clean texts in the order of the table's columns, passing over those that are there.

    In SQLite they go to the driver as they are: what a statement does for every value costs more than writing it.
    """
    names = table.columns.keys()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_plain_insertion(table), list(rows))
    else:
        connection.execute(insert(connection, table).on_conflict_do_nothing(), [dict(zip(names, row, strict=True)) for row in rows])


@lru_cache(maxsize=8)
def _plain_insertion(table: sa.Table) -> str:
    return str(sqlite.insert(table).on_conflict_do_nothing().compile(dialect=sqlite.dialect(paramstyle="qmark")))


def among(dialect: str, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Whether a column is one of the values given as ``wanted``: one text of the statement however many they are, so that
    it is put together once."""
    if dialect == "sqlite":
        values = sa.func.json_each(sa.bindparam("wanted", type_=sa.Text())).table_valued("value")
        return column.in_(sa.select(values.c.value))
    kind = sa.BigInteger() if isinstance(column.type, sa.Integer | sa.BigInteger) else sa.Text()
    return column == sa.any_(sa.bindparam("wanted", type_=postgresql.ARRAY(kind)))


def wanted(connection: Connection, values: Sequence[int] | Sequence[str]) -> dict[str, Any]:
    """The values that ``among`` asks for."""
    return {"wanted": json.dumps(list(values)) if connection.dialect.name == "sqlite" else list(values)}


def snapshot_columns(snapshot: SnapshotRef) -> dict[str, Any]:
    return {f"snapshot_{name}": getattr(snapshot, name) for name in _SNAPSHOT}


def snapshot_of(row: RowMapping) -> SnapshotRef:
    return SnapshotRef(**{name: row[f"snapshot_{name}"] for name in _SNAPSHOT})


def link_of(row: RowMapping) -> Link:
    return Link(
        id=row["id"],
        key=row["key"],
        address=row["address"],
        outlet_id=row["outlet_id"],
        source_id=row["source_id"],
        announcement=from_plain(Announcement, row["announcement"]),
        attempts=row["attempts"],
        first_seen_at=row["first_seen_at"],
    )


def link_end_of(row: RowMapping) -> LinkEnd:
    retried = row["ended_at"] is None and row["outcome"] is not None
    return LinkEnd(
        key=row["key"],
        address=row["address"],
        outlet_id=row["outlet_id"],
        source_id=row["source_id"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        detail=row["detail"],
        attempts=row["attempts"],
        next_try_at=row["next_try_at"] if retried else None,
        article_id=row["article_id"],
    )


def source_state_of(row: RowMapping) -> SourceState:
    return SourceState(
        source_id=row["id"],
        outlet_id=row["outlet_id"],
        due_at=row["due_at"],
        validators=Validators(row["etag"], row["last_modified"], row["body_sha256"]),
        polled_at=row["polled_at"],
        read_in_full_at=row["read_in_full_at"],
        last_outcome=row["last_outcome"],
        last_detail=row["last_detail"],
        failing_since=row["failing_since"],
        weight=row["weight"],
        interval_seconds=row["interval_seconds"],
        pace_seconds=row["pace_seconds"],
        rhythm=None if row["rhythm"] is None else from_plain(Rhythm, row["rhythm"]),
        reason=row["reason"],
        moved_to=row["moved_to"],
        moved_at=row["moved_at"],
    )


def stored_article_of(row: RowMapping, others: tuple[int, ...] = ()) -> StoredArticle:
    return StoredArticle(
        id=row["id"],
        key=row["key"],
        outlet_id=row["outlet_id"],
        article=from_plain(Article, {**row["facts"], "text": row["text"]}),
        label=row["label"],
        label_why=row["label_why"],
        story_id=row["story_id"],
        snapshot_file=row["snapshot_file"],
        snapshot_offset=row["snapshot_offset"],
        snapshot_record_id=row["snapshot_record_id"],
        stored_at=row["stored_at"],
        others_in_story=others,
        genre=None if row["genre"] is None else from_plain(Genre, row["genre"]),
        categories=tuple(from_plain(Category, each) for each in row["categories"] or ()),
        origins=from_plain(tuple[Origin, ...], row["origins"] or ()),
        publisher=from_plain(Provenance, row["publisher"]) if row["publisher"] else None,
    )
