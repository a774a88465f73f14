"""The demo's web: everything is served, announced and trapped as promised."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from demo.content import articles, outlets
from demo.server import ADVERTISER, DemoWeb
from newsdesk.addresses import belongs
from newsdesk.outlets import SourceKind

BASE = date(2026, 11, 22)


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb(BASE) as running:
        yield running


def get(address: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def announced(web: DemoWeb, outlet_id: str) -> list[str | None]:
    """The addresses an outlet's source announces."""
    outlet = next(one for one in web.outlets() if one.id == outlet_id)
    (source,) = outlet.sources
    _, _, body = get(source.url)
    if source.kind is SourceKind.NEWS_SITEMAP:
        _, _, body = get(source.url.replace("sitemap-index", "sitemap-news"))
        return [str(loc.text) for loc in etree.fromstring(body).iter("{*}loc")]
    if source.kind is SourceKind.SECTION_PAGE:
        page = lxml_html.document_fromstring(body)
        page.make_links_absolute(source.url)
        return [str(link.get("href")) for link in page.xpath("//main//a")]
    if source.url.endswith(".json"):
        return [item["url"] for item in json.loads(body)["items"]]
    return [entry.get("link") for entry in feedparser.parse(body).entries]


def test_the_web_is_large_enough_and_in_four_languages(web: DemoWeb) -> None:
    assert len(web.articles()) >= 60
    assert len(web.outlets()) >= 12
    languages = {outlet.id: outlet.languages[0] for outlet in web.outlets()}
    counts = {code: sum(1 for one in web.articles() if languages[one.outlet_id] == code) for code in ("en", "es", "pt", "fr")}
    assert min(counts.values()) >= 9
    texts = [" ".join(one.paragraphs) for one in web.articles()]
    assert min(map(len, texts)) > 350
    assert len(set(texts)) == len(texts)


def test_every_article_is_served_with_its_text_in_its_encoding(web: DemoWeb) -> None:
    for article in web.articles():
        status, headers, body = get(web.address(article))
        assert status == 200
        charset = headers.get_content_charset() or ""
        text = str(lxml_html.document_fromstring(body.decode(charset)).text_content())
        assert article.title in text
        assert all(paragraph in text for paragraph in article.paragraphs)
    latin = next(one for one in web.articles() if one.outlet_id == "diario-la-rada")
    assert get(web.address(latin))[1].get_content_charset() == "iso-8859-1"


def test_every_article_is_announced_by_its_outlet(web: DemoWeb) -> None:
    for outlet in web.outlets():
        own = {web.address(one) for one in web.articles() if one.outlet_id == outlet.id}
        assert own <= {str(address).partition("?")[0] for address in announced(web, outlet.id)}


def test_the_days_count_back_from_the_base_day_and_are_never_to_come() -> None:
    for base in (BASE, date(2026, 3, 1)):
        on = {one.published_at.date() for one in articles(base)}
        assert max(on) == base - timedelta(days=1)
        assert min(on) >= base - timedelta(days=21)
        assert all(one.published_at < datetime(base.year, base.month, base.day, tzinfo=UTC) + timedelta(hours=6) for one in articles(base))


def test_each_way_of_announcing_is_there(web: DemoWeb) -> None:
    versions = set()
    for outlet in web.outlets():
        (source,) = outlet.sources
        if source.kind is SourceKind.FEED and not source.url.endswith(".json"):
            parsed = feedparser.parse(get(source.url)[2])
            assert parsed.entries
            assert not parsed.bozo, outlet.id
            versions.add(parsed.version)
    assert versions == {"rss20", "rss10", "atom10"}
    assert {outlet.announce for outlet in outlets()} == {"rss2", "rss1", "atom", "json", "sitemap", "section"}
    index = etree.fromstring(get(web.home("volga-courier") + "/sitemap-index.xml")[2])
    assert index.tag.endswith("sitemapindex")
    assert len(list(index.iter("{*}loc"))) == 2
    assert b"news:publication_date" in get(web.home("volga-courier") + "/sitemap-news.xml")[2]
    assert b"<news:news>" not in get(web.home("volga-courier") + "/sitemap-pages.xml")[2]


def test_each_way_of_stating_the_day_is_there(web: DemoWeb) -> None:
    def page(outlet_id: str) -> str:
        return get(web.address(next(one for one in web.articles() if one.outlet_id == outlet_id)))[2].decode("utf-8", "replace")

    assert '"datePublished": "2026-' in page("harbour-post")
    assert "article:published_time" in page("andes-ledger") and "ld+json" not in page("andes-ledger")
    volga = page("volga-courier")
    assert "<time datetime=" in volga and "published_time" not in volga and "ld+json" not in volga
    only_address = page("el-mirador-andino")
    assert "<time" not in only_address and "published_time" not in only_address and "datePublished" not in only_address
    assert re.search(r"/2026/11/\d\d/", only_address)


def test_pages_and_sources_answer_304(web: DemoWeb) -> None:
    for address in (web.outlets()[0].sources[0].url, web.address(web.articles()[0])):
        status, headers, body = get(address)
        assert status == 200 and body
        assert get(address, If_None_Match=str(headers["ETag"]))[::2] == (304, b"")
        assert get(address, If_Modified_Since=str(headers["Last-Modified"]))[0] == 304
        assert get(address, If_None_Match='"another"', If_Modified_Since=str(headers["Last-Modified"]))[0] == 200


def test_the_same_day_gives_the_same_pages_elsewhere_than_in_ports() -> None:
    assert articles(BASE) == articles(BASE)
    with DemoWeb(BASE) as first, DemoWeb(BASE) as second:
        home = first.home("istmo-hoy"), second.home("istmo-hoy")
        assert home[0] != home[1]
        assert set(first.answers("istmo-hoy")) == set(second.answers("istmo-hoy"))


@pytest.mark.parametrize(
    ("trap", "outlet_id", "status"),
    [
        ("gone", "harbour-post", 410),
        ("paywall stub", "andes-ledger", 200),
        ("consent wall", "la-gazette-amazone", 200),
        ("soft 404", "istmo-hoy", 200),
        ("robots", "istmo-hoy", 200),
        ("robots", "el-mirador-andino", 200),
        ("redirect", "la-voz-del-estuario", 301),
        ("amp twin", "la-voz-del-estuario", 200),
        ("section page", "folha-do-cais", 200),
    ],
)
def test_each_trap_is_served_and_announced(web: DemoWeb, trap: str, outlet_id: str, status: int) -> None:
    paths = [path for path, answer in web.answers(outlet_id).items() if answer.trap == trap]
    assert paths
    assert get(web.home(outlet_id) + paths[0])[0] == status
    addresses = {str(address) for address in announced(web, outlet_id)}
    assert any(web.home(outlet_id) + path in addresses for path in paths)


def test_feeds_carry_foreign_links_an_entry_without_link_and_one_twice(web: DemoWeb) -> None:
    istmo = announced(web, "istmo-hoy")
    assert None in istmo
    advertiser = urlsplit(web.home(ADVERTISER)).netloc
    assert any(urlsplit(str(address)).netloc == advertiser for address in istmo)
    assert any("off-site.example" in str(address) for address in announced(web, "harbour-post"))
    assert any("utm_source=" in str(address) for address in istmo)
    pars = announced(web, "pars-bulletin")
    assert len(pars) == len(set(pars)) + 1
    missing = [str(address) for address in announced(web, "yangtze-horizon") if get(str(address))[0] == 404]
    assert len(missing) == 1


def test_twins_name_their_canonical(web: DemoWeb) -> None:
    article = next(one for one in web.articles() if one.outlet_id == "la-voz-del-estuario")
    address = web.address(article)
    for twin in ("/amp", "/m"):
        page = lxml_html.document_fromstring(get(web.home(article.outlet_id) + twin + urlsplit(address).path)[2].decode())
        assert page.xpath("//link[@rel='canonical']/@href") == [address]


def test_the_wire_is_reprinted_and_copies_are_edited(web: DemoWeb) -> None:
    by_name = {f"{one.outlet_id}/{one.slug}": one for one in web.articles()}
    reprints = [one for one in web.articles() if one.kind == "reprint"]
    assert len({one.outlet_id for one in reprints}) == 3
    assert all("Agencia Faro" in one.paragraphs[0] for one in reprints)
    edited = [one for one in web.articles() if one.kind == "edited copy"]
    assert len(edited) >= 3
    for one in [*reprints, *edited]:
        source = by_name[str(one.of)]
        shared = set(one.paragraphs) & set(source.paragraphs)
        assert shared
        assert one.paragraphs != source.paragraphs


def test_one_event_is_told_in_four_languages(web: DemoWeb) -> None:
    languages = {outlet.id: outlet.languages[0] for outlet in web.outlets()}
    told = {languages[one.outlet_id] for one in web.articles() if one.event == "cormoran"}
    assert told == {"en", "es", "pt", "fr"}


def test_robots_are_served_and_one_asks_for_patience(web: DemoWeb) -> None:
    for outlet in web.outlets():
        status, headers, body = get(web.home(outlet.id) + "/robots.txt")
        assert status == 200 and headers.get_content_type() == "text/plain"
        assert b"Disallow: /privado/" in body
    assert b"Crawl-delay: 0.05" in get(web.home("andes-ledger") + "/robots.txt")[2]
    assert b"Sitemap: http://127.0.0.1:" in get(web.home("correio-do-planalto") + "/robots.txt")[2]


def test_the_configuration_has_state_outlets_with_evidence_and_one_unknown(web: DemoWeb) -> None:
    on = {outlet.id: outlet.control_on(BASE) for outlet in web.outlets()}
    state = {name: said.controller for name, said in on.items() if said is not None and said.controller is not None}
    assert state == {"pars-bulletin": "IR", "yangtze-horizon": "CN", "volga-courier": "RU", "agencia-faro": "VE"}
    assert [name for name, said in on.items() if said is None] == ["istmo-hoy"]
    assert all(said.evidence for said in on.values() if said is not None)
    assert len(web.allowed_hosts) == len(web.outlets())
    for outlet, allowed in zip(web.outlets(), web.allowed_hosts, strict=True):
        assert urlsplit(outlet.sources[0].url).netloc == allowed
        assert belongs(allowed, outlet.domains)


def test_the_log_tells_what_was_asked_and_what_should_not_have_been() -> None:
    with DemoWeb(BASE) as web:
        assert not web.log.asked
        get(web.home("istmo-hoy") + "/robots.txt", User_Agent="tester")
        get(web.home("istmo-hoy") + "/privado/borrador-canal")
        get(web.home("folha-do-cais") + "/atom.xml?x=1")
        get(web.home(ADVERTISER) + "/sun")
        assert web.log.count("istmo-hoy", "/robots.txt") == 1
        assert [one.path for one in web.log.violations()] == ["/privado/borrador-canal", "/sun"]
        assert web.log.without_robots() == ["folha-do-cais"]
        assert web.log.asked[0].user_agent == "tester"


def test_stopping_closes_every_port_and_can_be_done_twice() -> None:
    web = DemoWeb(BASE)
    web.start()
    home = web.home("istmo-hoy")
    web.stop()
    web.stop()
    with pytest.raises(ConnectionRefusedError):
        get(home + "/")
