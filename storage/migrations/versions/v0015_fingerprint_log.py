"""A log of the fingerprints entered, by which a process tells from memory those that nobody holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from struct import pack
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_AT_ONCE = 1000


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    log = op.create_table(
        "fingerprint_log",
        sa.Column("id", number, nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fingerprint_log")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_fingerprint_log_article_id")),
    )
    lines: list[dict[str, Any]] = []
    for line in _entered_before():
        lines.append(line)
        if len(lines) == _AT_ONCE:
            op.bulk_insert(log, lines)
            lines = []
    op.bulk_insert(log, lines)


def _entered_before() -> Iterator[dict[str, Any]]:
    """Read as a stream: there are some fifty an article."""
    asked = sa.text("SELECT article_id, hash FROM fingerprints ORDER BY article_id, hash")
    with op.get_bind().execute(asked, execution_options={"yield_per": 50_000}) as rows:
        for article_id, held in groupby(rows, key=itemgetter(0)):
            hashes = [row[1] for row in held]
            yield {"article_id": article_id, "hashes": pack(f"<{len(hashes)}q", *hashes)}
