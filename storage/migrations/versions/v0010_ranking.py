"""The learned ranking: models, which of them ranks, entries of past editions to learn from, and each candidate's rank."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from newsdesk.ranking import lot_of

revision = "0010"
down_revision = "0009"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ranking_models",
        sa.Column("id", _id(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trained_by", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("report", _json(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_models")),
    )
    op.create_table(
        "ranking_choices",
        sa.Column("id", _id(), nullable=False),
        sa.Column("version", _id(), nullable=True),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_choices")),
        sa.ForeignKeyConstraint(["version"], ["ranking_models.id"], name=op.f("fk_ranking_choices_version")),
    )
    op.create_table(
        "past_entries",
        sa.Column("id", _id(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("entry", _json(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_entries")),
        sa.UniqueConstraint("digest", name=op.f("uq_past_entries_digest")),
    )
    _columns()
    for table in ("ranking_models", "ranking_choices"):
        _guard(table)


def _columns() -> None:
    op.add_column("candidates", sa.Column("rank", sa.Float(), nullable=False, server_default="0"))
    op.add_column("candidates", sa.Column("rank_reasons", _json(), nullable=True))
    op.add_column("candidates", sa.Column("ranked_by", _id(), nullable=True))
    op.add_column("candidates", sa.Column("lot", sa.Float(), nullable=False, server_default="0"))
    candidates = sa.table("candidates", *(sa.column(name) for name in ("id", "story_id", "score", "rank", "lot")))
    bind = op.get_bind()
    bind.execute(sa.update(candidates).values(rank=candidates.c.score))
    drawn = [{"one": row.id, "drawn": lot_of(row.story_id)} for row in bind.execute(sa.select(candidates.c.id, candidates.c.story_id))]
    if drawn:
        bind.execute(sa.update(candidates).where(candidates.c.id == sa.bindparam("one")).values(lot=sa.bindparam("drawn")), drawn)
    op.drop_index("ix_candidates_queue", "candidates")
    ranked: list[str | sa.TextClause] = ["state", sa.text("rank DESC"), sa.text("published_at DESC"), sa.text("id DESC")]
    op.create_index("ix_candidates_queue", "candidates", ranked, unique=False)
    op.create_index(op.f("ix_candidates_state_lot"), "candidates", ["state", "lot"], unique=False)


def _guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, 'the log {table} only grows: no {change}'); END"
            )
        return
    op.execute(f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION newsdesk_only_grows()")
    op.execute(f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION newsdesk_only_grows()")
