"""Feeds of every format, in four languages, and what strangers send instead of them."""

from __future__ import annotations

import gzip
import json
import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.links import PollOutcome, Reading
from newsdesk.moments import Hint, Precision
from spiders import cutting, feeds
from spiders.feeds import read_feed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED_AT = "https://diario.example/feeds/main.xml"

RSS20 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>El Diario</title><link>https://diario.example/</link><language>es-VE</language>
<item><title>La c&amp;aacute;mara &lt;b&gt;debate&lt;/b&gt; el
 presupuesto</title><link>https://diario.example/2026/11/20/camara</link><guid isPermaLink="false">n-1</guid>
<pubDate>Fri, 20 Nov 2026 22:30:05 -0400</pubDate><dc:creator><![CDATA[Ana Pérez]]></dc:creator>
<description><![CDATA[<p>El texto <a href="/x">breve</a>.</p>]]></description><source url="https://wire.example/rss">Agencia Prueba</source>
<media:content url="https://diario.example/a.jpg"/><category>Nacional</category></item>
<item><title>Segundo</title><link>/2026/11/21/segundo</link><pubDate>Sat, 21 Nov 2026 00:00:00 GMT</pubDate></item>
<item><title>Sin enlace</title><guid isPermaLink="true">https://diario.example/tercero</guid></item>
<item><title>Envuelto</title><link>https://feeds.example/~r/4</link><feedburner:origLink>https://diario.example/cuarto</feedburner:origLink></item>
<item><title>Nada más que un título</title></item>
<item><title>Audio</title><enclosure url="https://diario.example/a.mp3" type="audio/mpeg" length="1"/></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://journal.example/monde/"><title>Le Journal</title><id>tag:x</id>
<entry xml:base="2026/"><title type="html">L&amp;#8217;&lt;i&gt;accord&lt;/i&gt;</title><link rel="alternate" href="accord.html"/>
<id>tag:journal.example,2026:1</id><published>2026-11-20T23:59:00-04:00</published><updated>2026-11-21T08:00:00Z</updated>
<author><name>Zoé Martin</name></author><author><name>Luc Roy</name></author><summary>Un résumé.</summary></entry>
<entry><title>Seulement modifié</title><link href="deux.html"/><id>tag:2</id><updated>2026-11-21T08:00:00Z</updated></entry>
</feed>"""

RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://jornal.example/rdf"><title>Jornal</title><link>https://jornal.example/</link><dc:language>pt-br</dc:language></channel>
<item rdf:about="https://jornal.example/1"><title>Eleição</title><link>https://jornal.example/1</link><dc:date>2026-11-20T10:00-03:00</dc:date>
<dc:publisher>Agência Teste</dc:publisher></item></rdf:RDF>"""

RSS091 = '<rss version="0.91"><channel><title>Old</title><language>en</language><item><title>One</title><link>https://old.example/1</link></item></channel></rss>'

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Daily",
    "language": "en-US",
    "authors": [{"name": "Desk"}],
    "items": [
        {
            "id": 7,
            "url": "/a",
            "title": "First <b>one</b>",
            "date_published": "2026-11-20T22:00:00-04:00",
            "content_html": "<p>Body &amp; more</p>",
        },
        {"id": "https://daily.example/b", "authors": [{"name": "Sam"}], "date_modified": "2026-11-20"},
        {"id": "x"},
    ],
}


def read(body: str | bytes, content_type: str = "application/xml", cap: int = 1000, address: str = FEED_AT) -> Reading:
    data = body.encode() if isinstance(body, str) else body
    return read_feed(data, (("Content-Type", content_type),), address, NOW, cap)


def rss(items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


def item(number: int = 1, title: str = "Título", more: str = "") -> str:
    return f"<item><title>{title}</title><link>https://diario.example/{number}</link>{more}</item>"


def test_rss20_says_all_it_says() -> None:
    reading = read(RSS20)
    assert (reading.outcome, reading.format, reading.title, reading.language) == (PollOutcome.READ, "rss20", "El Diario", "es")
    first = reading.announcements[0]
    assert first.address == "https://diario.example/2026/11/20/camara"
    assert first.title == "La cámara debate el presupuesto"
    assert first.summary == "El texto breve ." or first.summary == "El texto breve."
    assert (first.authors, first.entry_id, first.origin, first.language, first.hint) == (
        ("Ana Pérez",),
        "n-1",
        "Agencia Prueba",
        "es",
        Hint.FEED,
    )
    assert first.published is not None
    assert first.published.isoformat() == "2026-11-20T22:30:05-04:00"
    assert first.published.on == date(2026, 11, 20)
    assert first.modified is None


def test_an_address_is_sought_where_feeds_put_it() -> None:
    addresses = [a.address for a in read(RSS20).announcements]
    assert addresses[1:] == [
        "https://diario.example/2026/11/21/segundo",
        "https://diario.example/tercero",
        "https://diario.example/cuarto",
        None,
        None,
    ]


def test_midnight_in_utc_is_a_day() -> None:
    published = read(RSS20).announcements[1].published
    assert published is not None
    assert (published.precision, published.on) == (Precision.DAY, date(2026, 11, 21))


def test_atom_resolves_against_nested_xml_base() -> None:
    reading = read(ATOM, "application/atom+xml")
    first, second = reading.announcements
    assert reading.format == "atom10"
    assert first.address == "https://journal.example/monde/2026/accord.html"
    assert second.address == "https://journal.example/monde/deux.html"
    assert first.title == "L’accord"
    assert first.authors == ("Zoé Martin", "Luc Roy")
    assert first.published is not None
    assert (first.published.on, first.language) == (date(2026, 11, 20), "fr")
    assert first.modified is not None


def test_atom_updated_alone_is_no_publication() -> None:
    second = read(ATOM).announcements[1]
    assert second.published is None
    assert second.modified is not None


def test_rdf_date_is_the_publication() -> None:
    reading = read(RDF)
    (only,) = reading.announcements
    assert (reading.format, only.language, only.origin) == ("rss10", "pt", "Agência Teste")
    assert only.published is not None
    assert (only.published.isoformat(), only.published.precision) == ("2026-11-20T10:00:00-03:00", Precision.MINUTE)
    assert only.modified is None


def test_rss091_and_prefixed_atom_are_feeds() -> None:
    assert read(RSS091).announcements[0].address == "https://old.example/1"
    prefixed = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:link href="/z"/></a:entry></a:feed>'
    assert read(prefixed).announcements[0].address == "https://diario.example/z"


def test_json_feed_by_its_body_whatever_the_type() -> None:
    reading = read(json.dumps(JSON_FEED), "text/html", address="https://daily.example/feed.json")
    first, second, third = reading.announcements
    assert (reading.outcome, reading.format, reading.language) == (PollOutcome.READ, "jsonfeed", "en")
    assert (first.address, first.title, first.summary, first.entry_id) == ("https://daily.example/a", "First one", "Body & more", "7")
    assert first.authors == ("Desk",)
    assert (second.address, second.authors) == ("https://daily.example/b", ("Sam",))
    assert third.address is None


def test_a_cut_json_feed_keeps_its_whole_items() -> None:
    reading = read(json.dumps(JSON_FEED)[:-8])
    assert reading.outcome is PollOutcome.PARTLY_READ
    assert len(reading.announcements) == 2
    assert reading.language == "en"


def test_folhas_wrapped_link_is_unwrapped_and_google_news_left() -> None:
    wrapped = "https://redir.example/redir/online/mundo/rss/*https://www1.folha.example/mundo/1.shtml"
    google = "https://news.google.com/rss/articles/CBMi?oc=5"
    body = rss(f"<item><link>{wrapped}</link></item><item><link>{google}</link></item>")
    assert [a.address for a in read(body).announcements] == ["https://www1.folha.example/mundo/1.shtml", google]


def test_local_weekday_and_month_names() -> None:
    body = rss(item(1, more="<pubDate>Seg, 24 Set 2018 15:11:00 -0300</pubDate>"))
    published = read(body).announcements[0].published
    assert published is not None
    assert published.isoformat() == "2018-09-24T15:11:00-03:00"


# --- what strangers send


def test_html_is_no_feed_and_is_named() -> None:
    reading = read("<!doctype html><html><head><title>Aviso &amp; más</title></head><body>hola</body></html>")
    assert reading.outcome is PollOutcome.NOT_A_FEED
    assert "Aviso & más" in reading.detail


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"hello", b'{"a": 1}', b"<urlset/>", b"<rss", b"\xff\xfe", b"[1]", b'{"version":"https://jsonfeed.org/version/1"}'],
)
def test_other_things_are_no_feed(body: bytes) -> None:
    reading = read(body)
    assert reading.outcome is PollOutcome.NOT_A_FEED
    assert reading.detail


def test_a_cut_feed_keeps_its_whole_entries_and_leaves_the_cut_one() -> None:
    body = rss(item(1) + item(2) + item(3))
    reading = read(body[: body.rindex("diario.example/3") + 8])
    assert reading.outcome is PollOutcome.PARTLY_READ
    assert [a.address for a in reading.announcements] == ["https://diario.example/1", "https://diario.example/2"]


def test_an_empty_feed_is_empty() -> None:
    assert read(rss("")).outcome is PollOutcome.EMPTY
    assert read('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>').outcome is PollOutcome.EMPTY


def test_fifty_thousand_entries_in_bounded_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is bounded: no portion is larger than PORTION, none over the cap is parsed, nothing is lost uncounted."""
    body = rss("".join(item(n) for n in range(50_000)))
    sizes: list[int] = []
    genuine = feeds._parse

    def counting(document: str, address: str) -> object:
        sizes.append(document.count("<item>"))
        return genuine(document, address)

    monkeypatch.setattr(feeds, "_parse", counting)
    reading = read(body, cap=1200)
    assert (len(reading.announcements), reading.cut) == (1200, 48_800)
    assert sizes == [500, 500, 200]


def test_every_entry_is_announced_when_the_cap_allows() -> None:
    reading = read(rss("".join(item(n) for n in range(3_000))), cap=100_000)
    assert [a.address for a in reading.announcements] == [f"https://diario.example/{n}" for n in range(3_000)]
    assert reading.cut == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings(encoding: str) -> None:
    assert read(rss(item(1, "Peña")).encode(encoding)).announcements[0].title == "Peña"


def test_declared_one_byte_encodings_and_wrong_ones() -> None:
    declared = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss(item(1, "Peña"))
    assert read(declared.encode("latin-1")).announcements[0].title == "Peña"
    assert read(declared.encode("utf-8")).announcements[0].title == "Peña"
    assert read(rss(item(1, "Peña")).encode("cp1252")).announcements[0].title == "Peña"


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "idna", "unicode_escape", "utf-7", "rot13", "no-such", "utf-16"])
def test_encodings_that_are_none(encoding: str) -> None:
    reading = read(f'<?xml version="1.0" encoding="{encoding}"?>' + rss(item(1, "Peña")))
    assert reading.announcements[0].title == "Peña"


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&#99999999999999;", "&#xFFFFFFFFF;", "\x0b", "&#55296;"])
def test_characters_that_xml_forbids(reference: str) -> None:
    assert read(rss(item(1, f"a{reference}b"))).announcements[0].title == "ab"


def test_billion_laughs_is_hostile_and_expands_nothing() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    reading = read(rss(item(1, "&l11;"), f'<!DOCTYPE l [<!ENTITY l0 "lol">{levels}]>'))
    assert reading.outcome is PollOutcome.HOSTILE
    assert "entit" in reading.detail


def test_quadratic_expansion_is_hostile() -> None:
    head = f'<!DOCTYPE l [<!ENTITY a "{"b" * 150}">]>'
    assert read(rss(item(1, "&a;" * 100_000), head)).outcome is PollOutcome.HOSTILE


def test_external_entities_are_not_followed() -> None:
    reading = read(rss(item(1, "x&e;y"), '<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))
    assert reading.outcome is PollOutcome.PARTLY_READ
    assert reading.announcements[0].title == "x&e;y"
    assert "outside" in reading.detail


def test_harmless_entities_are_put_in() -> None:
    reading = read(rss(item(1, "&copyright; a&ntilde;o"), '<!DOCTYPE l [<!ENTITY copyright "(C)">]>'))
    assert (reading.outcome, reading.announcements[0].title) == (PollOutcome.READ, "(C) año")


def test_gzip_bomb_is_hostile_and_honest_gzip_is_read() -> None:
    assert read(gzip.compress(b"\0" * 60_000_000)).outcome is PollOutcome.HOSTILE
    assert read(gzip.compress(rss(item(1)).encode())).outcome is PollOutcome.READ


def test_one_damaged_entry_costs_itself_only() -> None:
    reading = read(rss(item(1) + "<item><title>a < b & c</title><link>https://diario.example/2</link></item>" + item(3)))
    assert [a.address for a in reading.announcements][::2] == ["https://diario.example/1", "https://diario.example/3"]
    assert "not well-formed" in reading.detail


def test_an_entry_that_the_parser_raises_on_costs_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = feeds.feedparser.parse

    def raising(document: bytes, **more: object) -> object:
        if b"POISON" in document:
            raise ValueError("as feedparser does")
        return genuine(document, **more)

    monkeypatch.setattr(feeds.feedparser, "parse", raising)
    reading = read(rss(item(1) + item(2, "POISON") + item(3)))
    assert reading.outcome is PollOutcome.PARTLY_READ
    assert [a.address for a in reading.announcements] == ["https://diario.example/1", "https://diario.example/3"]
    assert "1 of 3 entries" in reading.detail


def test_over_long_fields_are_cut_before_feedparser_sees_them() -> None:
    long = item(1, more="<author>" + "a" * 60_000 + "@</author><description>" + "url(" * 20_000 + "</description>")
    pieces = cutting.cut(rss(long))
    assert pieces is not None
    assert len(pieces.entries[0]) < 2 * cutting.TEXT_RUN_LIMIT + 500
    assert read(rss(long)).announcements[0].address == "https://diario.example/1"


def test_titles_and_summaries_are_bounded() -> None:
    only = read(rss(item(1, "palabra " * 500, "<description>" + "texto " * 900 + "</description>"))).announcements[0]
    assert only.title is not None and len(only.title) <= 1000
    assert only.summary is not None and len(only.summary) <= 2000


def test_deep_nesting_ends() -> None:
    assert read(rss("<item>" + "<a>" * 10_000 + "</a>" * 10_000 + "</item>")).outcome in (PollOutcome.READ, PollOutcome.PARTLY_READ)
    assert read(b'{"a":' + b"[" * 100_000).outcome is PollOutcome.HOSTILE


def test_entries_inside_cdata_and_comments_are_text() -> None:
    body = rss(item(1, more="<description><![CDATA[<item>no</item>]]></description><!-- <item> -->") + item(2))
    assert len(read(body).announcements) == 2


def test_many_headers_do_no_harm() -> None:
    headers = (*((f"X-{n}", "v" * 100) for n in range(150)), ("CONTENT-TYPE", "text/xml; charset=utf-8"))
    assert read_feed(rss(item(1)).encode(), headers, FEED_AT, NOW, 10).outcome is PollOutcome.READ


def test_a_reading_can_be_pickled_and_so_can_the_reader() -> None:
    assert pickle.loads(pickle.dumps(read(RSS20))) == read(RSS20)  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(read_feed)) is read_feed  # noqa: S301


SEEDS = [RSS20.encode(), ATOM.encode(), RDF.encode(), RSS091.encode(), json.dumps(JSON_FEED).encode(), ATOM.encode("utf-16")]
SPLINTERS = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<item>",
        b"</entry>",
        b"\x00",
        b"\xff",
        b"<!DOCTYPE x [",
        b"&#xD800;",
        b"xml:base='['",
        b"'",
        b'"',
        b"http://[",
        b"{",
        b"}",
    ]
)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.one_of(SPLINTERS, st.binary(max_size=6)), st.integers(0, 40)), max_size=6),
)
def test_mutated_feeds_never_raise(seed: bytes, changes: list[tuple[float, bytes, int]]) -> None:
    body = seed
    for where, splinter, dropped in changes:
        position = int(where * len(body))
        body = body[:position] + splinter + body[position + dropped :]
    reading = read(body, cap=4)
    assert isinstance(reading, Reading)
    assert len(reading.announcements) <= 4
    assert all(a.address is None or a.address.startswith(("http://", "https://")) for a in reading.announcements)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: rss(item(1, t)).encode("utf-8", "surrogatepass"))))
def test_arbitrary_bytes_and_titles_never_raise(body: bytes) -> None:
    reading = read(body)
    for announcement in reading.announcements:
        assert announcement.title is None or announcement.title.isprintable() or announcement.title.encode("utf-8")
