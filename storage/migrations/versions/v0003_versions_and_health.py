"""Pages that are read again, the versions found there, and how the sources fare by day."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _pages()
    _versions()
    _health()
    op.create_index(op.f("ix_candidates_proposed_at"), "candidates", ["proposed_at"], unique=False)
    _watch_what_is_proposed()
    _guard()


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        _moment("due_at", nullable=True),
        _moment("read_at", nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("validators_known", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.Text(), nullable=True),
        _moment("missing_since", nullable=True),
        sa.Column("last_found", sa.Text(), nullable=True),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_pages")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_pages_article_id")),
    )
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index("ix_pages_due", "pages", ["due_at"], unique=False, sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "readings",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        _moment("read_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_readings_article_id")),
    )
    op.create_index(op.f("ix_readings_article_id"), "readings", ["article_id"], unique=False)
    op.create_index(op.f("ix_readings_read_at"), "readings", ["read_at"], unique=False)


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", _json(), nullable=False),
        sa.Column("changes", _json(), nullable=False),
        _moment("read_at"),
        sa.Column("snapshot_file", sa.Text(), nullable=False),
        sa.Column("snapshot_offset", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_length", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_record_id", sa.Text(), nullable=False),
        sa.Column("snapshot_digest", sa.Text(), nullable=False),
        sa.Column("snapshot_address", sa.Text(), nullable=False),
        sa.Column("snapshot_status", sa.Integer(), nullable=False),
        _moment("snapshot_fetched_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_versions_article_id")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_versions_article_id_number")),
    )


def _health() -> None:
    op.create_table(
        "health_days",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counts", _json(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "day", name=op.f("pk_health_days")),
    )
    op.create_index(op.f("ix_health_days_day"), "health_days", ["day"], unique=False)
    op.create_table(
        "health_states",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _moment("since"),
        sa.Column("sentence", sa.Text(), nullable=False),
        _moment("noticed_at"),
        sa.PrimaryKeyConstraint("subject", "state", name=op.f("pk_health_states")),
    )
    op.create_table(
        "health_notices",
        sa.Column("id", _id(), nullable=False),
        _moment("noticed_at"),
        sa.Column("raised", _json(), nullable=False),
        sa.Column("fixed", _json(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_notices")),
    )


def _watch_what_is_proposed() -> None:
    """Articles that wait before the editors are read again from now on; those stored long ago once, to catch up."""
    op.execute(
        "INSERT INTO pages (article_id, outlet_id, due_at, failures, validators_known, last_detail) "
        "SELECT articles.id, articles.outlet_id, articles.stored_at, 0, false, '' FROM articles "
        "WHERE EXISTS (SELECT 1 FROM candidates WHERE candidates.story_id = articles.story_id AND candidates.absorbed_into IS NULL)"
    )


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER versions_refuse_{change.lower()} BEFORE {change} ON versions BEGIN "
                f"SELECT RAISE(ABORT, 'the log versions only grows: no {change}'); END"
            )
        return
    op.execute("CREATE TRIGGER versions_only_grows BEFORE UPDATE OR DELETE ON versions FOR EACH ROW EXECUTE FUNCTION newsdesk_only_grows()")
    op.execute(
        "CREATE TRIGGER versions_never_emptied BEFORE TRUNCATE ON versions FOR EACH STATEMENT EXECUTE FUNCTION newsdesk_only_grows()"
    )
