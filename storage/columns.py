"""The kinds of columns that mean the same in both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from storage.text import clean, is_fit


class CleanText(TypeDecorator[str]):
    """Text, cleaned on its way in."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class CleanJson(TypeDecorator[Any]):
    """JSON whose strings are cleaned on their way in; JSONB in PostgreSQL."""

    impl = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Looked through in one pass over its written form, and taken apart only where something is to be cleaned."""
        return value if value is None or is_fit(json.dumps(value)) else _cleaned(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """As SQLAlchemy's; in SQLite the written form that was looked through is what is kept, instead of being written again."""
        return _written if dialect.name == "sqlite" else super().bind_processor(dialect)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC with microseconds; SQLite keeps it as text without a zone, which sorts as time does."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a naive datetime is no moment: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SearchWords(TypeDecorator[Any]):
    """PostgreSQL's word vector, of words without quotes and backslashes; in SQLite, whose index stands apart, an unused text."""

    impl = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or isinstance(value, str):  # a text is a vector as it was read
            return value
        return " ".join(f"'{word}'" for word in value)


BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers only INTEGER PRIMARY KEY by itself


def _written(value: Any) -> str | None:
    if value is None:
        return None
    written = json.dumps(value)
    return written if is_fit(written) else json.dumps(_cleaned(value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    return value
