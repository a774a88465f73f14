"""The word index, and the guards of the logs that only grow."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

APPEND_ONLY = ("decisions", "narratives", "exports")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5("
        "title, text, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO article_words(rowid, title, text) SELECT id, title, text FROM articles")
    op.execute(
        "CREATE TRIGGER articles_words_in AFTER INSERT ON articles BEGIN "
        "INSERT INTO article_words(rowid, title, text) VALUES (new.id, new.title, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER articles_words_out AFTER DELETE ON articles BEGIN "
        "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END"
    )
    op.execute(
        "CREATE TRIGGER articles_words_anew AFTER UPDATE OF title, text ON articles BEGIN "
        "INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); "
        "INSERT INTO article_words(rowid, title, text) VALUES (new.id, new.title, new.text); END"
    )
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, 'the log {table} only grows: no {change}'); END"
            )


def _postgresql() -> None:
    op.create_index("ix_articles_words", "articles", ["words"], postgresql_using="gin")
    op.execute(
        "CREATE FUNCTION newsdesk_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log % only grows: no %', TG_TABLE_NAME, TG_OP; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION newsdesk_only_grows()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION newsdesk_only_grows()"
        )
