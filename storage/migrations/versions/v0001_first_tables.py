"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def _id() -> Any:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def _words() -> Any:
    return sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "desk_holder",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_holder")),
    )
    op.create_table(
        "exports",
        sa.Column("id", _id(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("exported_by", sa.Text(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=True),
        sa.Column("findings", _json(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_month_id"), "exports", ["month", "id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", _id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("announcement", _json(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("article_id", _id(), nullable=True),
        sa.Column("snapshot_file", sa.Text(), nullable=True),
        sa.Column("snapshot_offset", sa.BigInteger(), nullable=True),
        sa.Column("snapshot_length", sa.BigInteger(), nullable=True),
        sa.Column("snapshot_record_id", sa.Text(), nullable=True),
        sa.Column("snapshot_digest", sa.Text(), nullable=True),
        sa.Column("snapshot_address", sa.Text(), nullable=True),
        sa.Column("snapshot_status", sa.Integer(), nullable=True),
        sa.Column("snapshot_fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("key", name=op.f("uq_links_key")),
    )
    op.create_index(op.f("ix_links_changed_at"), "links", ["changed_at"], unique=False)
    op.create_index(
        "ix_links_holder",
        "links",
        ["holder"],
        unique=False,
        sqlite_where=sa.text("holder IS NOT NULL"),
        postgresql_where=sa.text("holder IS NOT NULL"),
    )
    op.create_index(
        "ix_links_open",
        "links",
        ["outlet_id", "id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_links_source_id_ended_at_outcome"), "links", ["source_id", "ended_at", "outcome"], unique=False)
    op.create_table(
        "narratives",
        sa.Column("id", _id(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narratives")),
    )
    op.create_index(op.f("ix_narratives_month_section_id_id"), "narratives", ["month", "section_id", "id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_sha256", sa.Text(), nullable=True),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_in_full_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_outcome", sa.Text(), nullable=True),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_table(
        "stories",
        sa.Column("id", _id(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_into", _id(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["stories.id"], name=op.f("fk_stories_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("switched_off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )
    op.create_table(
        "articles",
        sa.Column("id", _id(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("link_id", _id(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("story_id", _id(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", _json(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_why", sa.Text(), nullable=False),
        sa.Column("controller", sa.Text(), nullable=True),
        sa.Column("statement", _json(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("relevance", _json(), nullable=False),
        sa.Column("fingerprint_count", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", _words(), nullable=True),
        sa.Column("snapshot_file", sa.Text(), nullable=False),
        sa.Column("snapshot_offset", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_length", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_record_id", sa.Text(), nullable=False),
        sa.Column("snapshot_digest", sa.Text(), nullable=False),
        sa.Column("snapshot_address", sa.Text(), nullable=False),
        sa.Column("snapshot_status", sa.Integer(), nullable=False),
        sa.Column("snapshot_fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_articles_link_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_articles_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("key", name=op.f("uq_articles_key")),
    )
    op.create_index(op.f("ix_articles_outlet_id_id"), "articles", ["outlet_id", "id"], unique=False)
    op.create_index(op.f("ix_articles_shown_at_id"), "articles", ["shown_at", "id"], unique=False)
    op.create_index(op.f("ix_articles_story_id"), "articles", ["story_id"], unique=False)
    op.create_table(
        "polls",
        sa.Column("id", _id(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("unconditional", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("retry_after_seconds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_polls_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_source_id_polled_at"), "polls", ["source_id", "polled_at"], unique=False)
    op.create_table(
        "article_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_keys_article_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article_keys")),
    )
    op.create_index(op.f("ix_article_keys_article_id"), "article_keys", ["article_id"], unique=False)
    op.create_table(
        "candidates",
        sa.Column("id", _id(), nullable=False),
        sa.Column("story_id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("absorbed_into", _id(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", _json(), nullable=False),
        sa.Column("sections", _json(), nullable=False),
        sa.Column("actors", _json(), nullable=False),
        sa.Column("proposed_section_id", sa.Text(), nullable=True),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("articles_in_story", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("section_id", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("cited_article_id", _id(), nullable=True),
        sa.Column("position", sa.Float(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("current_decision_id", _id(), nullable=True),
        sa.Column("decision_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["absorbed_into"], ["candidates.id"], name=op.f("fk_candidates_absorbed_into")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_candidates_article_id")),
        sa.ForeignKeyConstraint(["cited_article_id"], ["articles.id"], name=op.f("fk_candidates_cited_article_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_candidates_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    op.create_index(op.f("ix_candidates_current_decision_id"), "candidates", ["current_decision_id"], unique=False)
    op.create_index(op.f("ix_candidates_edition_position"), "candidates", ["edition", "position"], unique=False)
    op.create_index(
        "ix_candidates_queue",
        "candidates",
        ["state", sa.literal_column("score DESC"), sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_candidates_story_id"), "candidates", ["story_id"], unique=False)
    op.create_table(
        "fingerprints",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _id(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_fingerprints_article_id")),
        sa.PrimaryKeyConstraint("hash", "article_id", "version", name=op.f("pk_fingerprints")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_links",
        sa.Column("id", _id(), nullable=False),
        sa.Column("story_id", _id(), nullable=False),
        sa.Column("article_id", _id(), nullable=False),
        sa.Column("other_article_id", _id(), nullable=False),
        sa.Column("merged_story_id", _id(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_story_links_article_id")),
        sa.ForeignKeyConstraint(["merged_story_id"], ["stories.id"], name=op.f("fk_story_links_merged_story_id")),
        sa.ForeignKeyConstraint(["other_article_id"], ["articles.id"], name=op.f("fk_story_links_other_article_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_links_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_links")),
    )
    op.create_index(op.f("ix_story_links_article_id"), "story_links", ["article_id"], unique=False)
    op.create_index(op.f("ix_story_links_story_id"), "story_links", ["story_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", _id(), nullable=False),
        sa.Column("candidate_id", _id(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("draft", _json(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_decisions_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("candidate_id", "seen", name=op.f("uq_decisions_candidate_id_seen")),
    )
    op.create_index(op.f("ix_decisions_decided_by_id"), "decisions", ["decided_by", "id"], unique=False)
