"""What the demo's web says: outlets and articles as values, read from the data beside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml


@dataclass(frozen=True)
class DemoOutlet:
    """An invented outlet. ``page`` is how its pages state their day: ``json-ld``, ``opengraph``, ``time`` or ``address``;
    ``announce`` is ``rss2``, ``rss1``, ``atom``, ``json``, ``sitemap`` or ``section``; ``path`` is the pattern of its
    article addresses; ``tracking`` puts utm_ parameters behind announced addresses; ``twins`` gives AMP and mobile pages.
    ``control`` None means that nobody has said who controls it."""

    id: str
    name: str
    also: Sequence[str]
    country: str
    language: str
    zone: str
    page: str
    announce: str
    path: str
    tagline: str
    encoding: str = "utf-8"
    control: str | None = None
    controller: str | None = None
    evidence: str = ""
    tracking: bool = False
    twins: bool = False


@dataclass(frozen=True)
class DemoArticle:
    """An invented article. ``published_at`` is aware, in the outlet's zone; ``event`` joins reports of one event;
    ``kind`` is ``original``, ``reprint`` or ``edited copy``, and ``of`` names what it was made from (``OUTLET/SLUG``)."""

    outlet_id: str
    slug: str
    number: int
    title: str
    lead: str
    by: str
    section: str
    paragraphs: Sequence[str]
    published_at: datetime
    event: str | None
    kind: str = "original"
    of: str | None = None


def _data(name: str) -> Any:
    return yaml.safe_load(files("demo").joinpath("web", name).read_text(encoding="utf-8"))


@cache
def outlets() -> tuple[DemoOutlet, ...]:
    """The outlets, in the order of their file."""
    return tuple(DemoOutlet(**{"also": (), **row}) for row in _data("outlets.yaml"))


def _moment(row: Mapping[str, Any], zone: str, base_day: date) -> datetime:
    on = base_day - timedelta(days=int(row["days_ago"]))
    return datetime.combine(on, time.fromisoformat(row["time"]), ZoneInfo(zone))


def _original(row: Mapping[str, Any], outlet: DemoOutlet, number: int, base_day: date) -> DemoArticle:
    paragraphs = tuple(line.strip() for line in row["text"].splitlines() if line.strip())
    return DemoArticle(
        outlet.id,
        row["slug"],
        number,
        row["title"],
        row.get("lead", ""),
        row["by"],
        row["section"],
        paragraphs,
        _moment(row, outlet.zone, base_day),
        row.get("event"),
    )


def _relayed(row: Mapping[str, Any], source: DemoArticle, outlet: DemoOutlet, number: int, base_day: date) -> DemoArticle:
    text = "\n".join(source.paragraphs[: row.get("keep", len(source.paragraphs))])
    for old, new in row.get("replace", ()):
        if old not in text:
            raise ValueError(f"{row['slug']}: {old!r} does not stand in {row['of']}")
        text = text.replace(old, new)
    paragraphs = [*text.split("\n"), *row.get("append", ())]
    if row.get("dateline"):
        paragraphs[0] = f"{row['dateline']} {paragraphs[0]}"
    when = _moment(row, outlet.zone, base_day)
    return DemoArticle(
        outlet.id,
        row["slug"],
        number,
        row["title"],
        "",
        row["by"],
        row["section"],
        tuple(paragraphs),
        when,
        source.event,
        row["kind"],
        row["of"],
    )


def articles(base_day: date) -> tuple[DemoArticle, ...]:
    """All articles with their days counted back from ``base_day``, each outlet's newest first."""
    by_id = {outlet.id: outlet for outlet in outlets()}
    made: dict[str, DemoArticle] = {}
    number = 4100
    for outlet in outlets():
        for row in _data(f"articles/{outlet.id}.yaml"):
            number += 7
            made[f"{outlet.id}/{row['slug']}"] = _original(row, outlet, number, base_day)
    for row in _data("relays.yaml"):
        number += 7
        made[f"{row['outlet']}/{row['slug']}"] = _relayed(row, made[row["of"]], by_id[row["outlet"]], number, base_day)
    places = {outlet.id: place for place, outlet in enumerate(outlets())}
    return tuple(sorted(made.values(), key=lambda one: (places[one.outlet_id], -one.published_at.timestamp())))
