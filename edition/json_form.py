"""The edition as JSON for other programs: schema ``newsdesk.edition``, version 1. New members may come, none change."""

from __future__ import annotations

import json
from datetime import datetime

from edition.layout import Report, blocks, paragraphs, title_of
from newsdesk.edition_rules import share
from newsdesk.editions import Edition, Policy, Section
from newsdesk.printing import language_name, one_line

SCHEMA = "newsdesk.edition"
VERSION = 1


def _entry(report: Report) -> dict[str, object]:
    entry = report.entry
    return {
        "printed": str(report.line),
        "report": one_line(entry.report),
        "outlet": {"id": entry.outlet_id, "printed": one_line(entry.outlet_printed)},
        "address": report.address,
        "published_on": entry.published_on.isoformat() if entry.published_on else None,
        "language": entry.language,
        "content_in": language_name(entry.language) if entry.language else None,
        "label": entry.label.value,
        "label_why": one_line(entry.label_why),
        "other_outlets": [one_line(name) for name in entry.other_outlets],
        "accepted_by": one_line(entry.accepted_by),
        "candidate_id": entry.candidate_id,
        "article_id": entry.article_id,
    }


def _section(section: Section, edition: Edition, reports: list[Report]) -> dict[str, object]:
    narratives = dict(edition.narratives)
    return {
        "id": section.id,
        "name": section.name,
        "parent": section.parent,
        "must_read": section.must_read,
        "narrative": list(paragraphs(narratives.get(section.id, ""))),
        "entries": [_entry(report) for report in reports if report.entry.section_id == section.id],
    }


def render_json(edition: Edition, policy: Policy, exported_at: datetime) -> bytes:
    """UTF-8, indented, every section of the edition present, entries of no known section under ``strays``."""
    reports = [block for block in blocks(edition, policy) if isinstance(block, Report)]
    known = {section.id for section in edition.sections}
    counted = share(edition)
    document = {
        "schema": SCHEMA,
        "version": VERSION,
        "month": edition.month,
        "title": title_of(edition, policy),
        "revision": edition.revision,
        "exported_at": exported_at.isoformat(timespec="seconds"),
        "share": {"state_media": counted.state, "unknown": counted.unknown, "total": counted.total, "limit": policy.state_share_limit},
        "sections": [_section(section, edition, reports) for section in edition.sections],
        "strays": [_entry(report) for report in reports if report.entry.section_id not in known],
        "disclaimer": [one_line(text) for text in policy.disclaimer],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
