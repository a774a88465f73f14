"""Discovery walks an in-memory web: robots first, one source of each kind, articles never."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from newsdesk.errors import BadAddress
from newsdesk.links import Outcome
from newsdesk.outlets import Control, Grade, SourceKind
from spiders.discovery import FETCHES_LIMIT, Answer, Findings, discover, draft_outlet, examine, home_of, outlet_id_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://www.diario.example/"
ARTICLES = "".join(
    f'<article><h2><a href="/2026/11/2{n}/una-noticia-bastante-larga">Una noticia bastante larga {n}</a></h2></article>' for n in range(4)
)


def rss(host: str = "www.diario.example", day: str = "20 Nov 2026", title: str = "El Diario", count: int = 3) -> str:
    items = "".join(
        f"<item><title>N {n}</title><link>https://{host}/{n}</link><pubDate>{day} 10:00:00 GMT</pubDate></item>" for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>{title}</title><language>es</language>{items}</channel></rss>'


def sitemap(host: str = "www.diario.example") -> str:
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>https://{host}/1</loc><news:news><news:publication><news:name>El Diario</news:name><news:language>es</news:language>"
        "</news:publication><news:publication_date>2026-11-20</news:publication_date><news:title>N</news:title></news:news></url></urlset>"
    )


def home(links: str = "", body: str = ARTICLES) -> str:
    return f'<html lang="es"><head><title>Portada - El Diario</title>{links}</head><body>{body}</body></html>'


def link(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def walk(
    web: Mapping[str, str | Outcome], start: str = "www.diario.example", moved: Mapping[str, str] | None = None
) -> tuple[Findings, list[str]]:
    """Drive the machine over a web of address to body or failure; anything else answers 404."""
    asked: list[str] = []
    steps = discover(home_of(start), NOW)
    fetch = next(steps)
    while True:
        asked.append(fetch.address)
        final = (moved or {}).get(fetch.address, fetch.address)
        held = web.get(final)
        if held is None:
            answer = Answer(404, final)
        elif isinstance(held, Outcome):
            answer = Answer(None, final, failure=held, detail=held.sentence)
        else:
            answer = Answer(200, final, examine(fetch.purpose, held.encode(), (), final, NOW))
        try:
            fetch = steps.send(answer)
        except StopIteration as stop:
            return stop.value, asked


def test_the_named_feed_and_sitemap_are_enough() -> None:
    web = {
        HOME + "robots.txt": "User-agent: *\nSitemap: https://www.diario.example/sm.xml\n",
        HOME: home(link("/comments/feed/", title="Comments Feed") + link("/main.rss")),
        HOME + "main.rss": rss(),
        HOME + "sm.xml": sitemap(),
    }
    findings, asked = walk(web)
    assert asked == [HOME + "robots.txt", HOME, HOME + "main.rss", HOME + "sm.xml"]
    assert [(s.kind, s.url) for s in findings.sources] == [(SourceKind.FEED, HOME + "main.rss"), (SourceKind.NEWS_SITEMAP, HOME + "sm.xml")]
    assert (findings.title, findings.languages) == ("El Diario", ("es",))


def test_json_feeds_count_although_the_link_says_rss() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "1", "url": HOME + "1"}]}
    findings, _ = walk({HOME: home(link("/feed.xml")), HOME + "feed.xml": json.dumps(feed)})
    assert [s.format for s in findings.sources] == ["jsonfeed"]


def test_common_paths_are_tried_when_nothing_is_named() -> None:
    findings, asked = walk({HOME: home(), HOME + "rss.xml": rss(), HOME + "sitemap-news.xml": sitemap()})
    assert [s.url for s in findings.sources] == [HOME + "rss.xml", HOME + "sitemap-news.xml"]
    assert asked.index(HOME + "rss.xml") < asked.index(HOME + "news-sitemap.xml")
    assert HOME + "atom.xml" not in asked


def test_a_status_of_success_proves_nothing() -> None:
    everything_is_home = {HOME + path: home() for path in ("feed/", "rss", "rss.xml", "feed.xml", "news-sitemap.xml")}
    findings, _ = walk({HOME: home(link("/feed/")), **everything_is_home})
    assert [s.kind for s in findings.sources] == [SourceKind.SECTION_PAGE]
    assert any("HTML page" in refused.reason for refused in findings.refused)


def test_the_section_page_is_the_last_resort_and_articles_are_never_asked_for() -> None:
    findings, asked = walk({HOME: home()})
    assert [(s.kind, s.url, s.verdict.entries) for s in findings.sources] == [(SourceKind.SECTION_PAGE, HOME, 4)]
    assert asked[0] == HOME + "robots.txt"
    assert not [address for address in asked if "noticia-bastante" in address]
    assert len(asked) == len(set(asked)) <= FETCHES_LIMIT


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (rss(count=0), "announces nothing"),
        (rss(host="otro.example"), "own hosts"),
        (rss(title="Comments on: El Diario"), "comments"),
    ],
)
def test_useless_feeds_are_refused_with_the_reason(feed: str, reason: str) -> None:
    findings, _ = walk({HOME: home(link("/feed.xml")), HOME + "feed.xml": feed})
    assert not [s for s in findings.sources if s.kind is SourceKind.FEED]
    assert any(reason in refused.reason for refused in findings.refused)


def test_a_fresh_feed_beats_a_stale_one_and_a_stale_one_beats_none() -> None:
    links = link("/a.xml") + link("/old/b.xml")
    stale_first = {HOME: home(links), HOME + "a.xml": rss(day="20 Nov 2019"), HOME + "old/b.xml": rss()}
    assert [s.url for s in walk(stale_first)[0].sources] == [HOME + "old/b.xml"]
    only_stale = {HOME: home(links), HOME + "a.xml": rss(day="20 Nov 2019")}
    (source,) = walk(only_stale)[0].sources
    assert (source.url, source.verdict.stale) == (HOME + "a.xml", True)


def test_a_page_that_lists_feeds_is_followed_one_step() -> None:
    web = {
        HOME: home('<a href="/rss">RSS</a>'),
        HOME + "rss": '<html><body><a href="/rss/mundo.xml">Mundo</a></body></html>',
        HOME + "rss/mundo.xml": rss(),
    }
    assert [s.url for s in walk(web)[0].sources] == [HOME + "rss/mundo.xml"]


def test_an_index_is_the_source_when_its_children_carry_numbers() -> None:
    index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://www.diario.example/{}</loc></sitemap></sitemapindex>'
    robots = "Sitemap: /index.xml.gz"
    for child, source in (("news-2026-11.xml", "index.xml.gz"), ("news.xml", "news.xml")):
        web = {HOME: home(), HOME + "robots.txt": robots, HOME + "index.xml.gz": index.format(child), HOME + child: sitemap()}
        assert [s.url for s in walk(web)[0].sources] == [HOME + source]


def test_a_home_that_moves_is_followed_and_one_without_tls_is_tried() -> None:
    findings, _ = walk({HOME: home(link("/f.xml")), HOME + "f.xml": rss()}, "diario.example", {"https://diario.example/": HOME})
    assert (findings.home, [s.url for s in findings.sources]) == (HOME, [HOME + "f.xml"])
    bare = "http://www.diario.example/"
    web = {HOME: Outcome.TLS_FAILED, bare: home(link("/f.xml")), bare + "f.xml": rss()}
    findings, asked = walk(web)
    assert [s.url for s in findings.sources] == [bare + "f.xml"]
    assert asked.index(bare + "robots.txt") < asked.index(bare)


def test_a_host_that_cannot_be_reached_is_left_alone() -> None:
    web = {HOME: Outcome.NAME_NOT_RESOLVED, "http://www.diario.example/": Outcome.NAME_NOT_RESOLVED}
    findings, asked = walk(web)
    assert findings.failure is not None
    assert len(asked) == 4
    assert draft_outlet(findings, date(2026, 11, 22)).switched_off == findings.failure


def test_a_forbidden_home_does_not_end_the_search() -> None:
    findings, _ = walk({HOME: Outcome.FORBIDDEN, HOME + "feed/": rss()})
    assert [s.url for s in findings.sources] == [HOME + "feed/"]


def test_the_draft_claims_nothing() -> None:
    findings, _ = walk({HOME: home(link("/f.xml")), HOME + "f.xml": rss(), HOME + "news-sitemap.xml": sitemap()})
    outlet = draft_outlet(findings, date(2026, 11, 22), taken={"diario_example"})
    assert (outlet.id, outlet.name, outlet.draft, outlet.country) == ("diario_example_2", "El Diario", True, None)
    assert outlet.domains == ("diario.example", "www.diario.example")
    assert [(s.control, s.basis) for s in outlet.control] == [(Control.UNKNOWN, "newsdesk outlets add")]
    assert [s.id for s in outlet.sources] == ["diario_example_2/feed", "diario_example_2/news-sitemap"]
    assert {s.grade for s in outlet.sources} == {Grade.A}
    assert outlet.sources[0].evidence == ("read by newsdesk on 2026-11-22: 3 entries, the newest of 2026-11-20",)
    assert outlet.languages == ("es",)


def test_homes_and_slugs() -> None:
    assert home_of(" www.granma.cu ") == "https://www.granma.cu/"
    assert home_of("http://granma.cu/es?x=1") == "http://granma.cu/es?x=1"
    assert outlet_id_of("https://www.granma.cu/", ()) == "granma_cu"
    assert outlet_id_of("https://espanol.cgtn.com/", {"espanol_cgtn_com", "espanol_cgtn_com_2"}) == "espanol_cgtn_com_3"
    with pytest.raises(BadAddress):
        home_of("ftp://granma.cu")


def numbered(numbers: range, title: str = "El Diario", language: str = "es") -> str:
    items = "".join(f"<item><title>N {n}</title><link>{HOME}{n}</link><pubDate>20 Nov 2026 10:00:00 GMT</pubDate></item>" for n in numbers)
    return f'<rss version="2.0"><channel><title>{title}</title><language>{language}</language>{items}</channel></rss>'


def test_a_further_feed_is_kept_where_it_announces_something_else() -> None:
    links = link("/main.rss") + link("/world.rss") + link("/opinion.rss")
    web = {HOME: home(links), HOME + "main.rss": numbered(range(10)), HOME + "world.rss": numbered(range(2, 12))}
    findings, _ = walk({**web, HOME + "opinion.rss": numbered(range(8, 20))})
    assert [s.url for s in findings.sources] == [HOME + "main.rss", HOME + "opinion.rss"]
    assert any("80% of its entries" in refused.reason for refused in findings.refused)


def test_each_language_that_the_desk_reads_gets_its_feed() -> None:
    hreflang = "".join(f'<link rel="alternate" hreflang="{code}" href="/{code}/">' for code in ("es", "en", "ru", "zh-cn"))
    web = {
        HOME: home(link("/feed/") + hreflang, '<a href="/pt/">Português</a><a href="/en/about-us">English</a>' + ARTICLES),
        HOME + "feed/": numbered(range(5)),
        HOME + "en/": home(link("/en/feed/")),
        HOME + "en/feed/": numbered(range(10, 15), language="en"),
        HOME + "pt/": home(link("/pt/rss.xml")),
        HOME + "pt/rss.xml": numbered(range(20, 25), language="pt-br"),
    }
    findings, asked = walk(web)
    feeds = [(s.url, s.languages) for s in findings.sources if s.kind is SourceKind.FEED]
    assert feeds == [(HOME + "feed/", ("es",)), (HOME + "en/feed/", ("en",)), (HOME + "pt/rss.xml", ("pt",))]
    assert not [address for address in asked if "/ru/" in address or "/zh" in address or "about-us" in address]
    drafted = draft_outlet(findings, date(2026, 11, 22)).sources
    assert [source.language for source in drafted] == ["es", "en", "pt"]


def test_wordpress_guesses_the_feed_of_a_language_that_names_none() -> None:
    generator = '<meta name="generator" content="WordPress 6.7"><link rel="alternate" hreflang="en" href="/en/">'
    web = {
        HOME: home(generator + link("/feed/")),
        HOME + "feed/": numbered(range(5)),
        HOME + "en/": home(),
        HOME + "en/feed/": numbered(range(9, 15)),
    }
    assert [s.url for s in walk(web)[0].sources] == [HOME + "feed/", HOME + "en/feed/"]


def test_the_feeds_of_sections_are_found_where_the_main_one_is_shut() -> None:
    nav = '<a href="/mundo/">Mundo</a><a href="/deportes/">Deportes</a>'
    wordpress = '<link rel="stylesheet" href="/wp-content/themes/x.css">'
    web: dict[str, str | Outcome] = {HOME: home(wordpress, nav + ARTICLES), HOME + "feed/": Outcome.FORBIDDEN, HOME + "mundo/feed/": rss()}
    assert [s.url for s in walk(web)[0].sources] == [HOME + "mundo/feed/"]
    arc = {
        HOME: home("", f'<div id="fusion-app">{nav}{ARTICLES}</div>'),
        HOME + "arc/outboundfeeds/rss/category/mundo/?outputType=xml": rss(),
    }
    assert [s.url for s in walk(arc)[0].sources] == [HOME + "arc/outboundfeeds/rss/category/mundo/?outputType=xml"]


def test_arc_addresses_come_first_on_an_arc_site() -> None:
    feed, news = HOME + "arc/outboundfeeds/rss/?outputType=xml", HOME + "arc/outboundfeeds/news-sitemap-index/?outputType=xml"
    index = (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{HOME}news-1.xml</loc></sitemap></sitemapindex>'
    )
    web = {HOME: home("", f'<div id="fusion-app">{ARTICLES}</div>'), feed: rss(), news: index, HOME + "news-1.xml": sitemap()}
    findings, asked = walk(web)
    assert [s.url for s in findings.sources] == [feed, news]
    assert asked.index(feed) == 2
    assert len(asked) <= 7


@pytest.mark.parametrize("path", ["sitemap-google-news.xml", "sitemaps/news.xml", "newssitemap.xml", "sitemap-noticias.xml"])
def test_news_sitemaps_that_robots_does_not_name_are_found(path: str) -> None:
    findings, asked = walk({HOME: home(), HOME + path: sitemap()})
    assert [s.url for s in findings.sources] == [HOME + path]
    assert len(asked) <= FETCHES_LIMIT
