"""Searches for independent reports of what state voices report, and what of it is news to the editors."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "corroborations",
        sa.Column("id", _id(), nullable=False),
        sa.Column("story_id", _id(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("independent", _json(), nullable=False),
        sa.Column("found", _json(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        _moment("began_at"),
        _moment("looked_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corroborations")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_corroborations_story_id")),
    )
    op.create_index(op.f("ix_corroborations_story_id_id"), "corroborations", ["story_id", "id"], unique=False)
    op.create_table(
        "corroboration_news",
        sa.Column("id", _id(), nullable=False),
        sa.Column("candidate_id", _id(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        _moment("noticed_at"),
        sa.Column("seen_by", sa.Text(), nullable=True),
        _moment("seen_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corroboration_news")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_corroboration_news_candidate_id")),
    )
    unseen = sa.text("seen_at IS NULL")
    op.create_index(
        "ix_corroboration_news_unseen", "corroboration_news", ["id"], unique=False, sqlite_where=unseen, postgresql_where=unseen
    )
    op.add_column("candidates", sa.Column("corroboration", sa.Text(), nullable=True))
