"""What is known of a page's publisher before the page is read."""

from __future__ import annotations

from datetime import datetime

from crawler.pages import PageFacts
from newsdesk.outlets import Outlet


def page_facts(outlet: Outlet, fetched_at: datetime) -> PageFacts:
    """What the configuration knows of a page's publisher, for its reader."""
    return PageFacts(
        fetched_at=fetched_at,
        names=(outlet.name, *outlet.names),
        time_zone=outlet.time_zone,
        languages=tuple(outlet.languages),
        country=outlet.country,
        rules=tuple(outlet.reading),
    )
