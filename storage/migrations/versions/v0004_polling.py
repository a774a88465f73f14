"""What polling remembers of a source: its fastest pace, what it states, the reason of its next poll, where it has moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    plain = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    op.add_column("sources", sa.Column("pace_seconds", sa.Integer(), nullable=True))
    op.add_column("sources", sa.Column("rhythm", plain, nullable=True))
    op.add_column("sources", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("sources", sa.Column("moved_to", sa.Text(), nullable=True))
    op.add_column("sources", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
