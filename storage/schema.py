"""The tables. Migrations make them; a test compares the two."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storage.columns import BigId, CleanJson, CleanText, SearchWords, UtcMoment

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *rest: Any, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, CleanText(), *rest, nullable=nullable, **options)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, UtcMoment(), nullable=nullable)


def _number(name: str, nullable: bool = False, server_default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable, server_default=server_default)


def _id() -> sa.Column[Any]:
    return sa.Column("id", BigId, primary_key=True)


def _snapshot_columns(nullable: bool) -> list[sa.Column[Any]]:
    return [
        _text("snapshot_file", nullable=nullable),
        sa.Column("snapshot_offset", sa.BigInteger(), nullable=nullable),
        sa.Column("snapshot_length", sa.BigInteger(), nullable=nullable),
        _text("snapshot_record_id", nullable=nullable),
        _text("snapshot_digest", nullable=nullable),
        _text("snapshot_address", nullable=nullable),
        _number("snapshot_status", nullable=nullable),
        _moment("snapshot_fetched_at", nullable=nullable),
    ]


sources = sa.Table(
    "sources",
    metadata,
    _text("id", primary_key=True),
    _text("outlet_id"),
    _text("kind"),
    _text("url"),
    sa.Column("active", sa.Boolean(), nullable=False),
    _moment("due_at"),
    _text("etag", nullable=True),
    _text("last_modified", nullable=True),
    _text("body_sha256", nullable=True),
    _moment("polled_at", nullable=True),
    _moment("read_in_full_at", nullable=True),
    _text("last_outcome", nullable=True),
    _text("last_detail"),
    _moment("failing_since", nullable=True),
    sa.Column("weight", sa.Float(), nullable=False),
    _number("interval_seconds"),
    _number("pace_seconds", nullable=True),
    sa.Column("rhythm", CleanJson(), nullable=True),
    _text("reason", server_default=""),
    _text("moved_to", nullable=True),
    _moment("moved_at", nullable=True),
)

polls = sa.Table(
    "polls",
    metadata,
    _id(),
    _text("source_id", sa.ForeignKey("sources.id")),
    _text("outcome"),
    _text("detail"),
    _moment("polled_at"),
    _number("status", nullable=True),
    sa.Column("unconditional", sa.Boolean(), nullable=False),
    _number("announced"),
    _number("new"),
    _number("cut"),
    _number("retry_after_seconds", nullable=True),
    sa.Index(None, "source_id", "polled_at"),
    sa.Index(None, "polled_at", "source_id", "outcome"),
)

links = sa.Table(
    "links",
    metadata,
    _id(),
    _text("key", unique=True),
    _text("address"),
    _text("outlet_id"),
    _text("source_id"),
    sa.Column("announcement", CleanJson(), nullable=False),
    _number("attempts"),
    _moment("first_seen_at"),
    _moment("next_try_at"),
    _text("outcome", nullable=True),  # the final one when ended_at is set, else that of the last failed attempt
    _text("detail"),
    _moment("changed_at"),
    _moment("ended_at", nullable=True),
    _text("holder", nullable=True),
    _moment("lease_until", nullable=True),
    sa.Column("article_id", BigId, nullable=True),
    *_snapshot_columns(nullable=True),
    sa.Index(None, "source_id", "ended_at", "outcome"),
    sa.Index(None, "changed_at"),
)
sa.Index(
    "ix_links_open", links.c.outlet_id, links.c.id, sqlite_where=links.c.ended_at.is_(None), postgresql_where=links.c.ended_at.is_(None)
)
sa.Index("ix_links_holder", links.c.holder, sqlite_where=links.c.holder.is_not(None), postgresql_where=links.c.holder.is_not(None))

stories = sa.Table(
    "stories",
    metadata,
    _id(),
    _moment("began_at"),
    sa.Column("merged_into", BigId, sa.ForeignKey("stories.id"), nullable=True),
)

articles = sa.Table(
    "articles",
    metadata,
    _id(),
    _text("key", unique=True),
    sa.Column("link_id", BigId, sa.ForeignKey("links.id"), nullable=False),
    _text("outlet_id"),
    _text("source_id"),
    sa.Column("story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    _text("title"),
    _text("text"),
    _text("language", nullable=True),
    _moment("published_at", nullable=True),
    sa.Column("published_on", sa.Date(), nullable=True),
    _moment("shown_at"),  # published_at, or else stored_at: what lists sort by
    sa.Column("facts", CleanJson(), nullable=False),  # the Article without its text
    _text("label"),
    _text("label_why"),
    _text("controller", nullable=True),
    sa.Column("statement", CleanJson(), nullable=True),
    sa.Column("origins", CleanJson(), nullable=True),  # None: nobody looked for them
    sa.Column("publisher", CleanJson(), nullable=True),  # the publisher's own label where origins were looked for
    sa.Column("score", sa.Float(), nullable=False),
    sa.Column("relevance", CleanJson(), nullable=False),
    sa.Column("genre", CleanJson(), nullable=True),  # None: stored before genres were told
    sa.Column("categories", CleanJson(), nullable=True),
    _number("judged_version", nullable=True),  # whose words label, score, genre and telling are of; None: the first's
    _number("fingerprint_count"),
    _moment("stored_at"),
    sa.Column("words", SearchWords(), nullable=True),
    *_snapshot_columns(nullable=False),
    sa.Index(None, "outlet_id", "id"),
    sa.Index(None, "shown_at", "id"),
    sa.Index(None, "story_id"),
)

article_keys = sa.Table(
    "article_keys",
    metadata,
    _text("key", primary_key=True),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Index(None, "article_id"),
)

fingerprints = sa.Table(
    "fingerprints",
    metadata,
    sa.Column("hash", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    _text("version", primary_key=True),
    _text("outlet_id"),
    sqlite_with_rowid=False,
)

fingerprint_log = sa.Table(
    "fingerprint_log",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("hashes", sa.LargeBinary(), nullable=False),  # those entered into fingerprints: eight bytes each, the least first
)

story_links = sa.Table(
    "story_links",
    metadata,
    _id(),
    sa.Column("story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("other_article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("merged_story_id", BigId, sa.ForeignKey("stories.id"), nullable=True),
    _text("reason"),
    _moment("joined_at"),
    _text("kind", server_default="copy"),  # copy, same event, editor
    sa.Column("score", sa.Float(), nullable=True),
    sa.Index(None, "story_id"),
    sa.Index(None, "article_id"),
)

tellings = sa.Table(
    "tellings",
    metadata,
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    _text("version"),  # encoder and rules: only tellings of one version are compared
    sa.Column("day", sa.Date(), nullable=False),  # of publication, or else when it was stored
    sa.Column("meaning", sa.LargeBinary(), nullable=False),
    sa.Column("words", sa.LargeBinary(), nullable=False),
    sa.Index(None, "day"),
)

story_hints = sa.Table(
    "story_hints",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("other_article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("score", sa.Float(), nullable=False),
    _text("reason"),
    _moment("noted_at"),
    _moment("read_again_at", nullable=True),  # what a second reading made of it
    _text("second_verdict", nullable=True),  # same, perhaps, other
    sa.Column("second_score", sa.Float(), nullable=True),
    _text("second_reason", nullable=True),
    sa.Index(None, "read_again_at", "noted_at"),
    sa.Index(None, "article_id"),
    sa.Index(None, "other_article_id"),
)

story_verdicts = sa.Table(
    "story_verdicts",
    metadata,
    _id(),
    _text("kind"),  # same, split, apart, undo
    sa.Column("story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("other_story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("article_ids", CleanJson(), nullable=False),
    sa.Column("other_article_ids", CleanJson(), nullable=False),
    sa.Column("candidate_ids", CleanJson(), nullable=False),  # those that a merger absorbed
    _text("reason"),
    sa.Column("undoes", BigId, sa.ForeignKey("story_verdicts.id"), nullable=True, unique=True),
    _text("said_by"),
    _moment("said_at"),
    sa.Index(None, "story_id"),
    sa.Index(None, "other_story_id"),
)

story_bars = sa.Table(
    "story_bars",
    metadata,
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("other_article_id", BigId, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    sa.Column("verdict_id", BigId, sa.ForeignKey("story_verdicts.id"), primary_key=True, autoincrement=False),
    sa.Index(None, "other_article_id"),
    sa.Index(None, "verdict_id"),
)

candidates = sa.Table(
    "candidates",
    metadata,
    _id(),
    sa.Column("story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("absorbed_into", BigId, sa.ForeignKey("candidates.id"), nullable=True),
    _moment("proposed_at"),
    sa.Column("score", sa.Float(), nullable=False),
    sa.Column("reasons", CleanJson(), nullable=False),
    sa.Column("sections", CleanJson(), nullable=False),
    sa.Column("actors", CleanJson(), nullable=False),
    _text("proposed_section_id", nullable=True),
    _text("outlet_id"),
    _text("language", nullable=True),
    _text("label"),
    _moment("published_at", nullable=True),
    sa.Column("published_on", sa.Date(), nullable=True),
    _number("articles_in_story"),
    _text("kind", nullable=True),  # of the leading article; None: not told
    _text("category", nullable=True),  # the first of the article with the best score
    _text("corroboration", nullable=True),  # the verdict of the last search, where a state voice tells the story
    # The projection of the decision log, rebuilt by rebuild_projection():
    _text("state"),
    sa.Column("held_until", sa.Date(), nullable=True),
    _text("edition", nullable=True),
    _text("section_id", nullable=True),
    _text("report", nullable=True),
    sa.Column("cited_article_id", BigId, sa.ForeignKey("articles.id"), nullable=True),
    sa.Column("position", sa.Float(), nullable=True),
    _text("decided_by", nullable=True),
    sa.Column("current_decision_id", BigId, nullable=True),
    _number("decision_count"),
    # Where the ranking puts it (newsdesk/ranking.py); ranked_by None: not yet since its article or score changed
    sa.Column("rank", sa.Float(), nullable=False, server_default="0"),
    sa.Column("rank_reasons", CleanJson(), nullable=True),
    sa.Column("ranked_by", BigId, nullable=True),
    sa.Column("lot", sa.Float(), nullable=False, server_default="0"),
    _number("joined_since", server_default="0"),  # articles that joined the story after the last decision
    sa.Index(None, "story_id"),
    sa.Index(None, "edition", "position"),
    sa.Index(None, "current_decision_id"),
    sa.Index(None, "proposed_at"),
    sa.Index(None, "state", "lot"),
)
sa.Index("ix_candidates_queue", candidates.c.state, candidates.c.rank.desc(), candidates.c.published_at.desc(), candidates.c.id.desc())

ranking_models = sa.Table(
    "ranking_models",
    metadata,
    _id(),  # the version
    _moment("trained_at"),
    _text("trained_by"),
    _number("lessons"),
    sa.Column("adopted", sa.Boolean(), nullable=False),
    _text("why"),
    sa.Column("report", CleanJson(), nullable=False),
    _text("model"),  # JSON of newsdesk.ranking.dump_model
)

ranking_choices = sa.Table(
    "ranking_choices",
    metadata,
    _id(),
    sa.Column("version", BigId, sa.ForeignKey("ranking_models.id"), nullable=True),  # None: the watch-list alone
    _text("chosen_by"),
    _text("why"),
    _moment("chosen_at"),
)

past_entries = sa.Table(
    "past_entries",
    metadata,
    _id(),
    _text("digest", unique=True),
    sa.Column("entry", CleanJson(), nullable=False),
    _moment("added_at"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    _id(),
    sa.Column("candidate_id", BigId, sa.ForeignKey("candidates.id"), nullable=False),
    _number("seen"),
    _text("move"),
    sa.Column("draft", CleanJson(), nullable=False),
    _text("decided_by"),
    _moment("decided_at"),
    sa.UniqueConstraint("candidate_id", "seen"),  # nobody decides twice on one view
    sa.Index(None, "decided_by", "id"),
)

narratives = sa.Table(
    "narratives",
    metadata,
    _id(),
    _text("month"),
    _text("section_id"),
    _text("text"),
    _text("written_by"),
    _moment("written_at"),
    sa.Index(None, "month", "section_id", "id"),
)

exports = sa.Table(
    "exports",
    metadata,
    _id(),
    _text("month"),
    _number("revision"),
    _text("content_sha256"),
    _text("form"),
    _text("exported_by"),
    _text("waiver", nullable=True),
    sa.Column("findings", CleanJson(), nullable=False),
    _moment("exported_at"),
    sa.Index(None, "month", "id"),
)

pages = sa.Table(
    "pages",
    metadata,
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    _text("outlet_id"),
    _moment("due_at", nullable=True),  # None: it is not read again
    _moment("read_at", nullable=True),
    _number("failures"),  # readings in a row that came to nothing
    sa.Column("validators_known", sa.Boolean(), nullable=False),  # False: they stand in the first snapshot only
    _text("etag", nullable=True),
    _text("last_modified", nullable=True),
    _text("body_digest", nullable=True),
    _moment("missing_since", nullable=True),
    _text("last_found", nullable=True),
    _text("last_detail"),
)
sa.Index("ix_pages_due", pages.c.due_at, sqlite_where=pages.c.due_at.is_not(None), postgresql_where=pages.c.due_at.is_not(None))

readings = sa.Table(
    "readings",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    _text("found"),
    _number("status", nullable=True),
    _text("detail"),
    _moment("read_at"),
    sa.Index(None, "article_id"),
    sa.Index(None, "read_at"),
)

versions = sa.Table(
    "versions",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    _number("number"),  # 2 is the first that differs from what is in articles
    _text("title"),
    _text("text"),
    sa.Column("facts", CleanJson(), nullable=False),
    sa.Column("changes", CleanJson(), nullable=False),
    _moment("read_at"),
    *_snapshot_columns(nullable=False),
    sa.UniqueConstraint("article_id", "number"),
    sa.Index(None, "read_at", "article_id", "number"),
)

judgements = sa.Table(
    "judgements",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    _number("number"),  # of the version whose words were judged; 1 is the text in articles
    sa.Column("judged", CleanJson(), nullable=False),  # label, origins, score, relevance, genre, categories, as in articles
    sa.Column("news", CleanJson(), nullable=False),  # sentences: what it changed
    sa.Column("relabels", sa.Boolean(), nullable=False),  # another label is printed since
    _moment("judged_at"),
    sa.Index(None, "article_id", "number"),
)

health_days = sa.Table(
    "health_days",
    metadata,
    _text("kind", primary_key=True),  # source or section
    _text("subject", primary_key=True),
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("counts", CleanJson(), nullable=False),
    sa.Index(None, "day"),
)

health_states = sa.Table(
    "health_states",
    metadata,
    _text("subject", primary_key=True),
    _text("state", primary_key=True),
    _moment("since"),
    _text("sentence"),
    _moment("noticed_at"),
)

health_notices = sa.Table(
    "health_notices",
    metadata,
    _id(),
    _moment("noticed_at"),
    sa.Column("raised", CleanJson(), nullable=False),
    sa.Column("fixed", CleanJson(), nullable=False),
    _text("message"),
)


robots = sa.Table(
    "robots",
    metadata,
    _text("origin", primary_key=True),
    _moment("asked_at"),
    _number("status", nullable=True),
    _text("detail"),
    sa.Column("by_name", sa.Boolean(), nullable=False),
    sa.Column("rules", CleanJson(), nullable=True),
    _number("rules_cut"),
    sa.Column("crawl_delay_seconds", sa.Float(), nullable=True),
)

corroborations = sa.Table(
    "corroborations",
    metadata,
    _id(),
    sa.Column("story_id", BigId, sa.ForeignKey("stories.id"), nullable=False),
    _text("verdict"),
    sa.Column("independent", CleanJson(), nullable=False),  # ids of the articles that are independent reports
    sa.Column("found", CleanJson(), nullable=False),  # the whole of it, with where was searched
    _number("articles"),
    sa.Column("final", sa.Boolean(), nullable=False),
    _moment("began_at"),
    _moment("looked_at"),
    sa.Index(None, "story_id", "id"),
)

corroboration_news = sa.Table(
    "corroboration_news",
    metadata,
    _id(),
    sa.Column("candidate_id", BigId, sa.ForeignKey("candidates.id"), nullable=False),
    _text("state"),
    _text("sentence"),
    _moment("noticed_at"),
    _text("seen_by", nullable=True),
    _moment("seen_at", nullable=True),
)
_UNSEEN = corroboration_news.c.seen_at.is_(None)
sa.Index("ix_corroboration_news_unseen", corroboration_news.c.id, sqlite_where=_UNSEEN, postgresql_where=_UNSEEN)

control_corrections = sa.Table(
    "control_corrections",
    metadata,
    _id(),
    _text("outlet_id"),
    sa.Column("statement", CleanJson(), nullable=False),
    sa.Column("before", CleanJson(), nullable=False),
    sa.Column("after", CleanJson(), nullable=False),
    _text("reason"),
    _text("corrected_by"),
    _moment("corrected_at"),
    sa.Index(None, "outlet_id", "id"),
)

relabellings = sa.Table(
    "relabellings",
    metadata,
    _id(),
    sa.Column("article_id", BigId, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("correction_id", BigId, sa.ForeignKey("control_corrections.id"), nullable=True),
    _text("label_before"),
    _text("label_after"),
    _text("controller_before", nullable=True),
    _text("controller_after", nullable=True),
    _text("why"),
    _text("edition", nullable=True),  # the month that cited the article when it was relabelled
    sa.Column("candidate_id", BigId, sa.ForeignKey("candidates.id"), nullable=True),
    _moment("relabelled_at"),
    sa.Index(None, "article_id"),
    sa.Index(None, "correction_id"),
)

control_digests = sa.Table(
    "control_digests",
    metadata,
    _text("outlet_id", primary_key=True),
    _text("digest"),
)

users = sa.Table(
    "users",
    metadata,
    _text("name", primary_key=True),
    _text("password_hash"),
    _moment("created_at"),
    sa.Column("switched_off", sa.Boolean(), nullable=False),
)

desk_holder = sa.Table(
    "desk_holder",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    _text("who"),
    _text("host"),
    _number("pid"),
    _text("home"),
    _moment("since"),
)
sa.Index("ix_articles_words", articles.c.words, postgresql_using="gin").ddl_if(dialect="postgresql")

APPEND_ONLY = (
    "decisions",
    "narratives",
    "exports",
    "versions",
    "judgements",
    "control_corrections",
    "relabellings",
    "story_verdicts",
    "ranking_models",
    "ranking_choices",
)
