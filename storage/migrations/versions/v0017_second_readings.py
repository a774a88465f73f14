"""What a second reading made of what is perhaps the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("story_hints", sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("story_hints", sa.Column("second_verdict", sa.Text(), nullable=True))
    op.add_column("story_hints", sa.Column("second_score", sa.Float(), nullable=True))
    op.add_column("story_hints", sa.Column("second_reason", sa.Text(), nullable=True))
    op.create_index(op.f("ix_story_hints_read_again_at_noted_at"), "story_hints", ["read_again_at", "noted_at"], unique=False)
