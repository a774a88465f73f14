"""The first fill back to a day, selectors, and whose links count: real rounds over a local server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from newsdesk.outlets import Selectors
from tests.crawler.servers import Answer, Server, redirect, robots, serving, whole
from tests.desk.desks import desk_in, outlet_at, today

TODAY = today().date()
RSS = "application/rss+xml"
TEXT = "El ministro dijo que el acuerdo se firmará en la capital antes de fin de año, y que habrá una segunda visita en marzo. " * 8


def article(title: str) -> Answer:
    return whole(
        f"<html lang='es'><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{TEXT}</p></article></body></html>".encode()
    )


def feed(place: str, numbers: range, day: date, head: str = "") -> Answer:
    items = "".join(
        f"<item><title>Nota número {n} del diario</title><link>http://{place}/nota-numero-{n}/</link>"
        f"<pubDate>{day:%d %b %Y} 10:00:00 +0000</pubDate></item>"
        for n in numbers
    )
    return whole(f'<rss version="2.0"><channel><title>Diario</title>{head}{items}</channel></rss>'.encode(), kind=RSS)


def wordpress(server: Server, pages: int) -> None:
    """A feed of ``pages`` pages, each four days older than the one before; the one after the last is missing."""
    generator = "<generator>https://wordpress.org/?v=6.7</generator>"
    for page in range(1, pages + 1):
        path = "/feed/" if page == 1 else f"/feed/?paged={page}"
        server.answers[path] = feed(server.place, range(page * 10, page * 10 + 3), TODAY - timedelta(days=4 * (page - 1)), generator)
        for n in range(page * 10, page * 10 + 3):
            server.answers[f"/nota-numero-{n}/"] = article(f"Nota número {n} del diario")
    server.answers[f"/feed/?paged={pages + 1}"] = whole(b"", status="404 Not Found")


def asked_for_pages(server: Server) -> list[str]:
    return [path for path in server.paths() if path.startswith("/feed/")]


def test_by_hand_a_feed_is_filled_back_to_a_day_and_no_further(tmp_path: Path) -> None:
    with serving() as server:
        wordpress(server, 5)
        desk = desk_in(tmp_path / "desk", [outlet_at(server.place, "diario", feed="/feed/")], [server.place])
        assert len(desk.collect().links) == 3
        assert asked_for_pages(server) == ["/feed/"]
        round_ = desk.collect("--outlet", "diario", "--back-to", (TODAY - timedelta(days=6)).isoformat())
        assert asked_for_pages(server)[1:] == ["/feed/", "/feed/?paged=2", "/feed/?paged=3"]
        assert len(desk.rows("articles")) == 9
        (poll,) = round_.polls
        assert (poll["outcome"], poll["announced"], poll["new"]) == ("read", 3, 0)
        assert "2 older pages brought 6 entries, 6 of them unknown; the end: page 3 is older than" in poll["detail"]


def test_the_end_of_the_archive_is_no_failure(tmp_path: Path) -> None:
    with serving() as server:
        wordpress(server, 2)
        source = outlet_at(server.place, "diario", feed="/feed/")
        outlet = replace(source, sources=(replace(source.sources[0], back_to=TODAY - timedelta(days=300)),))
        desk = desk_in(tmp_path / "desk", [outlet], [server.place])
        (poll,) = desk.collect().polls
        assert poll["outcome"] == "read"
        assert "page 3 has status 404" in poll["detail"]
        assert len(desk.rows("articles")) == 6
        before = len(asked_for_pages(server))
        server.answers["/feed/"] = feed(server.place, range(9, 12), TODAY, "<generator>https://wordpress.org/?v=6.7</generator>")
        desk.collect()
        assert asked_for_pages(server)[before:] == ["/feed/", "/feed/?paged=2"]  # which brought nothing unknown


def test_what_robots_forbids_ends_the_walk_quietly(tmp_path: Path) -> None:
    with serving({"/robots.txt": robots("User-agent: *\nDisallow: /*?paged=")}) as server:
        wordpress(server, 3)
        desk = desk_in(tmp_path / "desk", [outlet_at(server.place, "diario", feed="/feed/")], [server.place])
        (poll,) = desk.collect("--outlet", "diario", "--back-to", (TODAY - timedelta(days=30)).isoformat()).polls
        assert poll["outcome"] == "read"
        assert "robots_denied" in poll["detail"]
        assert asked_for_pages(server) == ["/feed/"]


def test_back_to_needs_an_outlet(tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk")
    assert "--back-to needs --outlet" in desk.ask("collect", "--once", "--back-to", "2026-10-01", code=2).err


def section(numbers: range, older: str | None) -> Answer:
    links = "".join(f"<p class='x'><b><a href='/v/{n}'>Nota {n}</a></b> <i>{TODAY:%d/%m/%Y}</i></p>" for n in numbers)
    more = f"<a class='mas' href='{older}'>+</a>" if older else ""
    return whole(f"<html lang='es'><body><div id='c'>{links}</div><p><a href='/v/9999'>Otra</a></p>{more}</body></html>".encode())


def test_selectors_say_where_the_links_and_the_older_page_are(tmp_path: Path) -> None:
    with serving() as server:
        server.answers |= {
            "/mundo": section(range(3), "/mundo/b"),
            "/mundo/b": section(range(3, 6), "/mundo/c"),
            "/mundo/c": section(range(6, 8), None),
        }
        server.answers |= {f"/v/{n}": article(f"El titular completo de la nota {n}") for n in range(8)}
        outlet = outlet_at(server.place, "diario", section_mundo="/mundo")
        chosen = Selectors(links="p.x", within="#c", next="a.mas", date="i")
        told = replace(outlet, sources=(replace(outlet.sources[0], selectors=chosen, back_to=TODAY - timedelta(days=9)),))
        desk = desk_in(tmp_path / "desk", [told], [server.place])
        round_ = desk.collect()
        assert sorted(row["address"].rpartition("/")[2] for row in round_.links) == [str(n) for n in range(8)]
        assert "page 3 names no older one" in round_.polls[0]["detail"]
        assert len(desk.rows("articles")) == 8


def test_a_feed_wrapper_belongs_to_the_source_and_its_target_must_be_the_outlets(tmp_path: Path) -> None:
    with serving() as server, serving(host="127.0.0.2") as wrapper:
        wrapped = wrapper.place
        links = {
            "/~r/1": f"http://{server.place}/nota-uno/",
            "/~r/2": f"http://127.0.0.3:{server.port}/anuncio/",
        }
        items = "".join(f"<item><title>Una nota {path}</title><link>http://{wrapped}{path}</link></item>" for path in links)
        foreign = "<item><title>Una nota ajena</title><link>http://otro.example/nota/</link></item>"
        wrapper.answers |= {path: redirect(target) for path, target in links.items()}
        server.answers["/nota-uno/"] = article("La nota número uno del diario")
        server.answers["/rss"] = whole(f'<rss version="2.0"><channel><title>D</title>{items}{foreign}</channel></rss>'.encode(), kind=RSS)
        outlet = outlet_at(server.place, "diario", feed="/rss")
        told = replace(outlet, sources=(replace(outlet.sources[0], link_hosts=(wrapped,)),))
        desk = desk_in(tmp_path / "desk", [told], [server.place, wrapped, f"127.0.0.3:{server.port}"])
        round_ = desk.collect()
        ends = {row["address"]: row["outcome"] for row in round_.links}
        assert ends == {
            f"http://{wrapped}/~r/1": "stored",
            f"http://{wrapped}/~r/2": "off_host",
            "http://otro.example/nota/": "off_host",
        }
        assert [row["address"] for row in desk.rows("articles")] == [f"http://{server.place}/nota-uno/"]
        (row,) = desk.rows("status")
        assert row["outcomes"] == {"stored": 1, "off_host": 2}
