"""What was judged of each text of an article, where its page said something else later."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("articles", sa.Column("judged_version", sa.Integer(), nullable=True))
    op.create_table(
        "judgements",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("judged", _json(), nullable=False),
        sa.Column("news", _json(), nullable=False),
        sa.Column("relabels", sa.Boolean(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_judgements_article_id")),
    )
    op.create_index(op.f("ix_judgements_article_id_number"), "judgements", ["article_id", "number"], unique=False)
    op.create_index(op.f("ix_versions_read_at_article_id_number"), "versions", ["read_at", "article_id", "number"], unique=False)
    _guard("judgements")


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
