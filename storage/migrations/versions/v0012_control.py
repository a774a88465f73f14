"""Corrections of who controls an outlet, and the labels they changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0006"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    _corrections()
    _relabellings()
    op.create_table(
        "control_digests",
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", name=op.f("pk_control_digests")),
    )
    for table in ("control_corrections", "relabellings"):
        _guard(table)


def _corrections() -> None:
    op.create_table(
        "control_corrections",
        sa.Column("id", _id(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("statement", _json(), nullable=False),
        sa.Column("before", _json(), nullable=False),
        sa.Column("after", _json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_corrections")),
    )
    op.create_index(op.f("ix_control_corrections_outlet_id_id"), "control_corrections", ["outlet_id", "id"], unique=False)


def _relabellings() -> None:
    op.create_table(
        "relabellings",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("correction_id", _id(), nullable=True),
        sa.Column("label_before", sa.Text(), nullable=False),
        sa.Column("label_after", sa.Text(), nullable=False),
        sa.Column("controller_before", sa.Text(), nullable=True),
        sa.Column("controller_after", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("candidate_id", _id(), nullable=True),
        sa.Column("relabelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relabellings")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_relabellings_article_id")),
        sa.ForeignKeyConstraint(["correction_id"], ["control_corrections.id"], name=op.f("fk_relabellings_correction_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_relabellings_candidate_id")),
    )
    for column in ("article_id", "correction_id"):
        op.create_index(op.f(f"ix_relabellings_{column}"), "relabellings", [column], unique=False)


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
