"""What is mutated: real feeds, sitemaps and pages where the recorded web lies beside the repository, else the demo web's own."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from demo.content import articles, outlets
from demo.sites import build

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared"))
Headers = tuple[tuple[str, str], ...]


class Kind(StrEnum):
    """Which parser a body is for."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ROBOTS = "robots"


@dataclass(frozen=True)
class Material:
    """A body as it was really sent, and where."""

    kind: Kind
    body: bytes
    headers: Headers
    address: str


@lru_cache(maxsize=1)
def material() -> Sequence[Material]:
    """All there is; the recorded web's when it is there. The order is the same every time."""
    return tuple(_recorded()) if recorded() else tuple(_demo())


def recorded() -> bool:
    """Whether the recorded web is there."""
    return (SHARED / "replay" / "pages" / "manifest.jsonl").exists()


def _typed(kind: Kind, body: bytes, media_type: str, address: str) -> Material:
    return Material(kind, body, (("Content-Type", media_type),), address)


def _demo() -> Iterator[Material]:
    for outlet in outlets():
        mine = [article for article in articles(date(2026, 11, 20)) if article.outlet_id == outlet.id]
        home = f"https://{outlet.id}.example"
        for path, answer in sorted(build(outlet, mine, home, "https://ads.example").items()):
            if answer.status == 200 and answer.body:
                yield _typed(_kind_of(path, answer.body), answer.body, answer.media_type, home + path)


def _kind_of(path: str, body: bytes) -> Kind:
    if path == "/robots.txt":
        return Kind.ROBOTS
    start = body[:600].lower()
    if b"<urlset" in start or b"<sitemapindex" in start:
        return Kind.SITEMAP
    if b"<rss" in start or b"<feed" in start or b"<rdf" in start or start.startswith(b"{"):
        return Kind.FEED
    return Kind.SECTION if path.endswith("/") else Kind.PAGE


def _recorded() -> Iterator[Material]:
    replay: Any = _replay()
    sites = replay.load([SHARED / "replay" / "pages" / "manifest.jsonl"])
    for host, site in sorted(sites.items()):
        home = f"https://{host}"
        for path, kind in (
            ("/feed.xml", Kind.FEED),
            ("/news-sitemap.xml", Kind.SITEMAP),
            ("/", Kind.SECTION),
            ("/robots.txt", Kind.ROBOTS),
        ):
            _, headers, body = site.answer(path, {})
            yield _typed(kind, body, headers["Content-Type"], home + path)
        for path in sorted(site.pages):
            _, headers, body = site.answer(path, {})
            yield _typed(Kind.PAGE, body, headers["Content-Type"], home + path)
    yield from (one for one in _demo() if one.kind is not Kind.PAGE)


def _replay() -> Any:
    spec = importlib.util.spec_from_file_location("recorded_web_server", SHARED / "replay" / "replay.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
