"""Stories by what they tell: tellings, why an article joined, what may be the same, and what editors said of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0012"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _tellings()
    _hints()
    _verdicts()
    _bars()
    op.add_column("story_links", sa.Column("kind", sa.Text(), nullable=False, server_default="copy"))
    op.add_column("story_links", sa.Column("score", sa.Float(), nullable=True))
    op.add_column("candidates", sa.Column("joined_since", sa.Integer(), nullable=False, server_default="0"))
    _guard("story_verdicts")


def _tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meaning", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_tellings")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_tellings_article_id")),
    )
    op.create_index(op.f("ix_tellings_day"), "tellings", ["day"], unique=False)


def _hints() -> None:
    op.create_table(
        "story_hints",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("other_article_id", _id(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_hints")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_story_hints_article_id")),
        sa.ForeignKeyConstraint(["other_article_id"], ["articles.id"], name=op.f("fk_story_hints_other_article_id")),
    )
    for column in ("article_id", "other_article_id"):
        op.create_index(op.f(f"ix_story_hints_{column}"), "story_hints", [column], unique=False)


def _verdicts() -> None:
    op.create_table(
        "story_verdicts",
        sa.Column("id", _id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story_id", _id(), nullable=False),
        sa.Column("other_story_id", _id(), nullable=False),
        sa.Column("article_ids", _json(), nullable=False),
        sa.Column("other_article_ids", _json(), nullable=False),
        sa.Column("candidate_ids", _json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoes", _id(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_verdicts")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_verdicts_story_id")),
        sa.ForeignKeyConstraint(["other_story_id"], ["stories.id"], name=op.f("fk_story_verdicts_other_story_id")),
        sa.ForeignKeyConstraint(["undoes"], ["story_verdicts.id"], name=op.f("fk_story_verdicts_undoes")),
        sa.UniqueConstraint("undoes", name=op.f("uq_story_verdicts_undoes")),
    )
    for column in ("story_id", "other_story_id"):
        op.create_index(op.f(f"ix_story_verdicts_{column}"), "story_verdicts", [column], unique=False)


def _bars() -> None:
    op.create_table(
        "story_bars",
        sa.Column("article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("other_article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("verdict_id", _id(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other_article_id", "verdict_id", name=op.f("pk_story_bars")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_story_bars_article_id")),
        sa.ForeignKeyConstraint(["other_article_id"], ["articles.id"], name=op.f("fk_story_bars_other_article_id")),
        sa.ForeignKeyConstraint(["verdict_id"], ["story_verdicts.id"], name=op.f("fk_story_bars_verdict_id")),
    )
    op.create_index(op.f("ix_story_bars_verdict_id"), "story_bars", ["verdict_id"], unique=False)


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, 'the log {table} only grows: no {change}'); END"
            )
        return
    grows = "FOR EACH {} EXECUTE FUNCTION newsdesk_only_grows()"
    op.execute(f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} {grows.format('ROW')}")
    op.execute(f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} {grows.format('STATEMENT')}")
