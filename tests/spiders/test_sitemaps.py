"""News sitemaps, their index files, and what is neither."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.links import PollOutcome, Reading
from newsdesk.moments import Hint, Precision
from spiders.sitemaps import NEXT_DOCUMENTS_LIMIT, read_sitemap

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'


def url(number: int, published: str = "2026-11-20T21:00:00-03:00", more: str = "") -> str:
    return (
        f"<url><loc>https://jornal.example/{number}</loc>{more}<news:news><news:publication><news:name>Jornal</news:name>"
        f"<news:language>pt</news:language></news:publication><news:publication_date>{published}</news:publication_date>"
        f"<news:title>Not&#237;cia {number} &amp; mais</news:title></news:news></url>"
    )


def read(body: str | bytes, cap: int = 1000, address: str = "https://jornal.example/news.xml") -> Reading:
    return read_sitemap(body.encode() if isinstance(body, str) else body, (), address, NOW, cap)


def test_a_news_sitemap_says_all_it_says() -> None:
    reading = read(HEAD + url(1) + url(2, "2026-11-19", "<lastmod>2026-11-21T10:00Z</lastmod>") + "</urlset>")
    first, second = reading.announcements
    assert (reading.outcome, reading.format, reading.title, reading.language) == (PollOutcome.READ, "news-sitemap", "Jornal", "pt")
    assert (first.address, first.title, first.language, first.hint) == ("https://jornal.example/1", "Notícia 1 & mais", "pt", Hint.SITEMAP)
    assert first.published is not None and second.published is not None and second.modified is not None
    assert (first.published.on, first.published.offset_minutes) == (date(2026, 11, 20), -180)
    assert (second.published.precision, second.modified.precision) == (Precision.DAY, Precision.MINUTE)


def test_gzip_without_content_encoding_and_with_any_prefix() -> None:
    body = (HEAD + url(1) + "</urlset>").replace("news:", "n:").replace("xmlns:n:", "xmlns:n").replace("xmlns:news=", "xmlns:n=")
    assert len(read(gzip.compress(body.encode())).announcements) == 1


def test_the_cap_counts_what_it_leaves_out() -> None:
    reading = read(HEAD + "".join(url(n) for n in range(30)) + "</urlset>", cap=7)
    assert (len(reading.announcements), reading.cut) == (7, 23)


def test_plain_url_sets_are_refused_and_mixed_ones_read() -> None:
    plain = "<url><loc>https://jornal.example/x</loc></url>"
    assert read(HEAD + plain + "</urlset>").outcome is PollOutcome.NOT_A_NEWS_SITEMAP
    mixed = read(HEAD + plain + url(1) + "</urlset>")
    assert [a.address for a in mixed.announcements] == ["https://jornal.example/1"]
    assert "1 addresses without news tags" in mixed.detail


def test_an_index_names_its_documents_news_first_then_newest() -> None:
    rows = "".join(
        f"<sitemap><loc>https://jornal.example/archive-{n}.xml</loc><lastmod>2026-10-{n:02}</lastmod></sitemap>" for n in range(1, 31)
    )
    news = "<sitemap><loc>/sitemap-news.xml</loc></sitemap><sitemap><loc>https://jornal.example/noticias-2.xml</loc><lastmod>2026-11-01</lastmod></sitemap>"
    reading = read(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}{news}</sitemapindex>')
    assert reading.outcome is PollOutcome.READ
    assert len(reading.next_documents) == NEXT_DOCUMENTS_LIMIT
    assert list(reading.next_documents[:3]) == [
        "https://jornal.example/noticias-2.xml",
        "https://jornal.example/sitemap-news.xml",
        "https://jornal.example/archive-30.xml",
    ]
    assert "12 older documents" in reading.detail


@pytest.mark.parametrize("body", ["", "<html><body>x</body></html>", "<rss/>", "no", '{"a":1}'])
def test_other_things_are_no_sitemap(body: str) -> None:
    reading = read(body)
    assert reading.outcome is PollOutcome.NOT_A_NEWS_SITEMAP
    assert reading.detail


def test_a_cut_sitemap_keeps_its_whole_entries() -> None:
    body = HEAD + url(1) + url(2) + url(3)
    reading = read(body[:-60])
    assert reading.outcome is PollOutcome.PARTLY_READ
    assert [a.address for a in reading.announcements] == ["https://jornal.example/1", "https://jornal.example/2"]


def test_an_empty_set_is_empty() -> None:
    assert read(HEAD + "</urlset>").outcome is PollOutcome.EMPTY


def test_bombs_are_hostile() -> None:
    entities = '<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEAD.partition("?>")[2] + url(1) + "</urlset>"
    assert read(entities).outcome is PollOutcome.HOSTILE
    assert read(gzip.compress(b" " * 60_000_000)).outcome is PollOutcome.HOSTILE
    assert read(HEAD + "<url>" * 10_000).outcome is PollOutcome.HOSTILE


@settings(max_examples=150, deadline=None)
@given(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 60))
def test_mutated_sitemaps_never_raise(where: float, splinter: bytes, dropped: int) -> None:
    body = (HEAD + url(1) + url(2) + "</urlset>").encode()
    position = int(where * len(body))
    assert isinstance(read(body[:position] + splinter + body[position + dropped :]), Reading)
