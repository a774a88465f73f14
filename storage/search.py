"""Words in articles: SQLite's FTS5, PostgreSQL's word vectors, one meaning (all words, without accents or case)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from storage.schema import articles
from storage.text import folded_words, words


def searched_words(dialect: str, text: str) -> list[str] | None:
    """What the column ``articles.words`` takes: for PostgreSQL the words folded here, so that neither its parser nor an
    extension decides what a word is; nothing in SQLite, whose index keeps itself by trigger."""
    return None if dialect == "sqlite" else folded_words(text)


def holding_words(connection: Connection, wanted: str) -> sa.ColumnElement[bool] | None:
    """The condition that an article holds all the words; None when there is no word."""
    if connection.dialect.name == "sqlite":
        phrases = " ".join(f'"{word}"' for word in words(wanted))
        hits = sa.text("SELECT rowid FROM article_words WHERE article_words MATCH :phrases").bindparams(phrases=phrases)
        # The plus keeps SQLite from looking each hit up in the table, past its text: it walks the index of dates instead.
        held = sa.literal_column("+articles.id", sa.Integer())
        return held.in_(hits.columns(sa.column("rowid", sa.Integer())).scalar_subquery()) if phrases else None
    query = " & ".join(f"'{word}'" for word in folded_words(wanted))
    return articles.c.words.op("@@")(sa.cast(sa.cast(query, sa.Text()), postgresql.TSQUERY())) if query else None
