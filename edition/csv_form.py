"""The edition as a table (RFC 4180: commas, CRLF, quotes doubled).

It begins with a byte order mark: without it spreadsheet programs read UTF-8 as the machine's old code page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from edition.layout import Report, blocks
from newsdesk.editions import Edition, Policy
from newsdesk.printing import language_name, one_line

COLUMNS = (
    "edition",
    "section_id",
    "section",
    "printed",
    "report",
    "outlet",
    "outlet_id",
    "published_on",
    "language",
    "content_in",
    "label",
    "label_why",
    "address",
    "other_outlets",
    "accepted_by",
    "candidate_id",
    "article_id",
)


def cell(text: str) -> str:
    """A text that a spreadsheet does not run: a leading = + - @ is a formula there and gets an apostrophe before it."""
    plain = one_line(text)
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else plain


def _row(report: Report, edition: Edition, names: dict[str, str]) -> list[str]:
    entry = report.entry
    texts = (
        edition.month,
        entry.section_id,
        names.get(entry.section_id, entry.section_id),
        str(report.line),
        entry.report,
        entry.outlet_printed,
        entry.outlet_id,
        entry.published_on.isoformat() if entry.published_on else "",
        entry.language or "",
        language_name(entry.language) if entry.language else "",
        entry.label.value,
        entry.label_why,
        entry.address,
        "; ".join(entry.other_outlets),
        entry.accepted_by,
        str(entry.candidate_id),
        str(entry.article_id),
    )
    return [cell(text) for text in texts]


def _rows(edition: Edition, policy: Policy) -> Iterator[list[str]]:
    names = {section.id: section.name for section in edition.sections}
    yield list(COLUMNS)
    yield from (_row(block, edition, names) for block in blocks(edition, policy) if isinstance(block, Report))


def render_csv(edition: Edition, policy: Policy, exported_at: datetime) -> bytes:
    """A row an entry, in print order, beneath a row of column names."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(_rows(edition, policy))
    return out.getvalue().encode("utf-8-sig")
