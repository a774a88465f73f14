"""The ledger of what we may do, end to end: a round asks robots.txt, and ``newsdesk outlets allowed`` tells what it said."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.crawler.servers import robots, serving, whole
from tests.desk.desks import desk_in, outlet_at
from tests.desk.pages import feed, page

XML = "application/xml"
RULES = "User-agent: newsdesk\nDisallow: /privado/\nDisallow: /cerrado.xml\nCrawl-delay: 0.01\n"


def test_what_hosts_allow_is_kept_and_told(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, open_host, away = (stack.enter_context(serving()) for _ in range(3))
        host.answers.update(
            {
                "/robots.txt": robots(RULES),
                "/feed.xml": whole(feed(host.url, ("/nota", "/privado/1", "/privado/2")), kind=XML),
                "/nota": whole(page(1)),
            }
        )
        open_host.answers["/feed.xml"] = whole(feed(open_host.url, ()), kind=XML)
        away.answers["/robots.txt"] = whole(b"", status="503 Away")
        outlets = [
            outlet_at(host.place, "faro", feed="/feed.xml", cerrado="/cerrado.xml"),
            outlet_at(open_host.place, "abierto", feed="/feed.xml"),
            outlet_at(away.place, "lejos", feed="/feed.xml"),
        ]
        desk = desk_in(tmp_path / "desk", outlets, [host.place, open_host.place, away.place], retries=0, rest_after_failure_seconds=0)
        assert {row["robots"] for row in desk.rows("outlets", "allowed")} == {"not_asked"}
        desk.collect()
        told = {row["source"]: row for row in desk.rows("outlets", "allowed")}
        assert {source: row["robots"] for source, row in told.items()} == {
            "faro/feed": "allowed",
            "faro/cerrado": "denied",
            "abierto/feed": "no_file",
            "lejos/feed": "unreachable",
        }
        faro = told["faro/feed"]
        assert (faro["status"], faro["by_name"], faro["crawl_delay_seconds"], faro["links_denied"]) == (200, True, 0.01, 2)
        assert faro["last_denied_at"] and faro["asked_at"] and faro["origin"] == host.url
        assert "503" in told["lejos/feed"]["detail"]
        shown = desk.ask("outlets", "show", "faro").out
        assert "# faro/cerrado: robots.txt asks us not to fetch the source." in shown
        assert "Crawl-delay 0.01 s. Links not fetched because of it: 2." in shown
        assert "abierto/feed" in desk.run("outlets", "allowed").out
