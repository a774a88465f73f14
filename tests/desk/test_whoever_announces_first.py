"""A page gets the same day of publication whichever of its outlet's sources announces it first."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.crawler.servers import Answer, Server, serving, whole
from tests.desk.desks import desk_in, outlet_at, today

FEEDS_DAY, PAGES_DAY = today().date() - timedelta(days=5), today().date() - timedelta(days=3)
TEXT = "El ministro dijo que el acuerdo se firmará en la capital antes de fin de año, y que habrá una segunda visita en marzo. " * 8
FAILS = whole(b"", status="404 Not Found")


def feed(server: Server) -> Answer:
    item = f"<item><title>El acuerdo</title><link>{server.url}/acuerdo</link><pubDate>{FEEDS_DAY:%d %b %Y} 16:00:00 +0000</pubDate></item>"
    return whole(f'<rss version="2.0"><channel><title>Diario</title>{item}</channel></rss>'.encode(), kind="application/rss+xml")


def sitemap(server: Server) -> Answer:
    news = f"<news:news><news:publication_date>{PAGES_DAY}T16:00:00Z</news:publication_date><news:title>El acuerdo</news:title></news:news>"
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
    return whole(f"<urlset {spaces}><url><loc>{server.url}/acuerdo</loc>{news}</url></urlset>".encode(), kind="application/xml")


def page() -> Answer:
    stamp = f"<meta property='article:published_time' content='{PAGES_DAY}T16:00:00+00:00'>"
    body = f"<article><h1>El acuerdo</h1><p>{TEXT}</p></article>"
    return whole(f"<html lang='es'><head><title>El acuerdo</title>{stamp}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize("first", ["feed", "sitemap", "both"])
def test_the_day_does_not_hang_on_who_announces_first(first: str, tmp_path: Path) -> None:
    with serving() as server:
        answers = {"/feed.xml": feed(server), "/map.xml": sitemap(server)}
        late = {"feed": "/map.xml", "sitemap": "/feed.xml"}.get(first)
        server.answers.update(answers | {"/acuerdo": page()} | ({late: FAILS} if late else {}))
        outlet = outlet_at(server.place, "diario", sitemap_one="/map.xml", feed="/feed.xml")
        desk = desk_in(tmp_path / "desk", [outlet], [server.place], retries=0, rest_after_failure_seconds=0)
        desk.collect()
        if late:
            server.answers[late] = answers[late]
            desk.past(60)
            desk.collect()
        (article,) = desk.rows("articles")
        assert article["published"]["on"] == FEEDS_DAY.isoformat()
        assert server.paths().count("/acuerdo") == 1
        assert [row["outcome"] for row in desk.rows("links")] == ["stored"]
