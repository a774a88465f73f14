"""What editors keep apart is found from either article of a pair."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(op.f("ix_story_bars_other_article_id"), "story_bars", ["other_article_id"], unique=False)
