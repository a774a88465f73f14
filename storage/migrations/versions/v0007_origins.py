"""Whose report each article gives, beside who published it; NULL where an earlier version did not look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0011"


def upgrade() -> None:
    plain = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    op.add_column("articles", sa.Column("origins", plain, nullable=True))
    op.add_column("articles", sa.Column("publisher", plain, nullable=True))
