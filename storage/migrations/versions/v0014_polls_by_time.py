"""Polls by their moment, for what asks how all sources were read since a day."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index(op.f("ix_polls_polled_at_source_id_outcome"), "polls", ["polled_at", "source_id", "outcome"], unique=False)
