"""What kind of piece an article is and which categories it has; what the queue is filtered by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def _json() -> Any:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Rows of before are not judged: their columns are empty, which is no answer."""
    op.add_column("articles", sa.Column("genre", _json(), nullable=True))
    op.add_column("articles", sa.Column("categories", _json(), nullable=True))
    op.add_column("candidates", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("candidates", sa.Column("category", sa.Text(), nullable=True))
