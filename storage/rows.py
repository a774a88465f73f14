"""Between rows and the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.articles import Article, StoredArticle
from newsdesk.links import Announcement, Link, LinkEnd, Outcome, Rhythm
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import SourceState, Validators
from storage.values import from_plain

_SNAPSHOT = ("file", "offset", "length", "record_id", "digest", "address", "status", "fetched_at")
NO_SNAPSHOT: Mapping[str, None] = {f"snapshot_{name}": None for name in _SNAPSHOT}
NO_LEASE: Mapping[str, None] = {"holder": None, "lease_until": None}


def insert(connection: Connection, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


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
    )
