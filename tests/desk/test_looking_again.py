"""The daemon looks again for a lost source and proposes what it finds; adding an outlet asks robots.txt once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

import scheduler
from storage.schema import sources
from tests.crawler.servers import Server, robots, serving, whole
from tests.desk.desks import Desk, desk_in, outlet_at, today

LOOK = """
import sys
from pathlib import Path
import scheduler

async def main(newsroom):
    async with scheduler.collecting(newsroom, delay_seconds=0, witness=scheduler.Quiet()) as collector:
        print([(one.outlet_id, [source.url for source in one.sources]) for one in await scheduler.look_again(newsroom, collector)])

with scheduler.open_newsroom(Path(sys.argv[1])) as newsroom:
    scheduler.run_in_loop(lambda: main(newsroom))
"""


def rss(place: str) -> bytes:
    items = "".join(
        f"<item><title>Nota {n}</title><link>http://{place}/nota-{n}/</link><pubDate>{today():%d %b %Y} 08:00:00 GMT</pubDate></item>"
        for n in range(4)
    )
    return f'<rss version="2.0"><channel><title>Diario</title><language>es</language>{items}</channel></rss>'.encode()


def moved(server: Server) -> None:
    """The feed is gone from where it was; the home page names its new place."""
    home = '<html lang="es"><head><title>Diario</title><link rel="alternate" type="application/rss+xml" href="/nuevo.xml"></head></html>'
    server.answers |= {
        "/": whole(home.encode()),
        "/rss": whole(b"", status="404 Not Found"),
        "/nuevo.xml": whole(rss(server.place), kind="application/rss+xml"),
        "/robots.txt": robots("User-agent: *\nDisallow: /privado/\n"),
    }


def look(desk: Desk) -> str:
    with desk.started(str(desk.home), program=("-c", LOOK)) as process:
        out, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    return out.strip().splitlines()[-1]


def fail_since(desk: Desk, days: int) -> None:
    since = today() - timedelta(days=days)
    with scheduler.open_newsroom(desk.home) as newsroom, newsroom.database.engine.begin() as connection:
        connection.execute(sa.update(sources).values(failing_since=since))


def test_a_lost_feed_is_found_again_proposed_and_applied_by_an_editor(tmp_path: Path) -> None:
    with serving() as server:
        moved(server)
        desk = desk_in(tmp_path / "desk", [outlet_at(server.place, "diario", feed="/rss")], [server.place])
        (poll,) = desk.collect().polls
        assert poll["outcome"] == "not_found"
        assert look(desk) == "[]"
        fail_since(desk, 9)
        new = f"http://{server.place}/nuevo.xml"
        before = (desk.home / "config" / "outlets" / "diario.yaml").read_text()
        assert look(desk) == f"[('diario', ['{new}'])]"
        assert look(desk) == "[]"  # once a week
        assert (desk.home / "config" / "outlets" / "diario.yaml").read_text() == before
        (finding,) = [row for row in desk.rows("outlets", "check") if row["kind"] == "proposed"]
        assert finding["sentence"].startswith("diario/feed fails since")
        assert "newsdesk outlets apply diario" in finding["sentence"]
        assert new in desk.ask("outlets", "apply", "diario").out
        assert [row["sources"] for row in desk.rows("outlets", "list")] == [[f"http://{server.place}/rss", new]]
        assert "no proposal" in desk.ask("outlets", "apply", "diario", code=1).err


def test_adding_an_outlet_asks_for_robots_once_and_obeys_it(tmp_path: Path) -> None:
    with serving() as server:
        moved(server)
        server.answers["/robots.txt"] = robots(f"User-agent: *\nDisallow: /feed\nSitemap: http://{server.place}/noticias.xml\n")
        news = (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
            f"<url><loc>http://{server.place}/nota-1/</loc><news:news><news:publication><news:name>D</news:name>"
            f"<news:language>es</news:language></news:publication><news:publication_date>{today():%Y-%m-%d}</news:publication_date>"
            "<news:title>N</news:title></news:news></url></urlset>"
        )
        server.answers["/noticias.xml"] = whole(news.encode(), kind="application/xml")
        desk = desk_in(tmp_path / "desk", [], [server.place])
        desk.run("outlets", "add", f"http://{server.place}/")
        assert server.paths().count("/robots.txt") == 1
        assert server.paths()[0] == "/robots.txt"
        (row,) = desk.rows("outlets", "list")
        assert row["sources"] == [f"http://{server.place}/nuevo.xml", f"http://{server.place}/noticias.xml"]


def test_a_source_that_another_outlet_has_is_left_to_it(tmp_path: Path) -> None:
    with serving() as server:
        moved(server)
        english = replace(outlet_at(server.place, "diario_en", feed="/nuevo.xml"), domains=("diario.example",), languages=("en",))
        mine = outlet_at(server.place, "diario", feed="/rss")
        desk = desk_in(tmp_path / "desk", [english, mine], [server.place])
        ran = desk.run("outlets", "add", f"http://{server.place}/", code=1)
        assert "belongs to other outlets already" in ran.out
        assert [row["sources"] for row in desk.rows("outlets", "list")] == [
            [f"http://{server.place}/rss"],
            [f"http://{server.place}/nuevo.xml"],
        ]


STOPPED = LOOK.replace("        print(", "        await collector.stop(5)\n        print(")


def test_what_a_stop_cut_short_is_no_memory_of_having_looked(tmp_path: Path) -> None:
    with serving() as server:
        moved(server)
        desk = desk_in(tmp_path / "desk", [outlet_at(server.place, "diario", feed="/rss")], [server.place])
        desk.collect()
        fail_since(desk, 9)
        with desk.started(str(desk.home), program=("-c", STOPPED)) as process:
            _, err = process.communicate(timeout=90)
        assert "Interrupted" in err
        assert not (desk.home / "proposals").exists()
