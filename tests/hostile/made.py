"""Documents made from grammars: every element and key that our parsers look at, with every odd value in every place."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.hostile.mutations import Mutant

ODD = (
    "",
    " ",
    "x",
    "0",
    "-1",
    "9" * 400,
    "9" * 5000,
    "1e999",
    "NaN",
    "nan inf",
    "POINT(1 2)",
    "1,2,3",
    "٣",
    "²",
    "İ",
    "ﷺ" * 50,
    "😀",
    "\u202e",
    "\x00",
    "\ud800",
    "&#xD800;",
    "&#0;",
    "<b>",
    "<![CDATA[",
    "]]>",
    "<!--",
    '"',
    "'",
    "%",
    "%zz",
    "true",
    "null",
    "[]",
    "{}",
    "2026-11-22",
    "2026-13-45T99:99:99Z",
    "Mon, 99 Foo 99999 99:99:99 +9999",
    "99:99:99",
    "1:2:3:4",
    "0000-00-00T00:00:00Z",
    "-001",
    "24:00",
    "20261122T101010",
    "1/1/1",
    "Sun Nov 22 2026",
    "dom, 22 nov 2026 10:00:00 -0400",
    "2026-W47-7",
    "2026-326",
    "10000-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "22 de noviembre de 20266",
    "hace 99999999999 días",
    "²² de noviembre de ²⁰²⁶",
    "http://[::1",
    "http://",
    "//",
    "/\ud800",
    "/",
    "?",
    "#",
    "*",
    "javascript:1",
    "http://a/%ff",
    "http://xn--a/",
    "http://a:99999/",
    "http://a b/",
    "mailto:a@b",
    "urn:x",
    "tag:a,2026:b",
    "data:,x",
    "http://é。com/",
    "http://1.2.3.4.5",
    "http://" + "a" * 300 + ".com/",
    "/?page=%C2%B2",
    "/page/²/",
    "?paged=" + "9" * 5000,
    "a@b (c)",
    "a@" * 200,
    "Por ",
    "Por: " * 50,
    "By " * 100,
    "AFP",
    "(Reuters) -",
    "EFE/",
    "Redacción",
    "-" * 300,
    "a - b | c",
    "©" * 100,
)
ADDRESSES = (
    "https://faro.example/nota",
    "https://faro.example/2026/11/22/x",
    "https://faro.example",
    "http://192.0.2.1/",
    "https://faro.example/?page=%C2%B2",
    "https://faro.example/page/" + "9" * 5000,
    "https://faro.example/²/٣/",
    "https://faro.example/9999/99/99/x",
    "https://faro.example/" + "a/" * 1000,
    "https://faro.example/?" + "&".join(f"p{n}={n}" for n in range(2000)),
    "https://faro.example/%ff%00%zz",
    "https://faro.example:8443/a;b?c=d#e",
)
_FEED_TAGS = (
    "title link guid id pubDate published updated dc:date dc:creator author name email uri category description "
    "summary content content:encoded "
    "enclosure media:content media:group media:thumbnail itunes:author itunes:image itunes:duration georss:point "
    "georss:polygon georss:box gml:pos "
    "gml:posList where geo:lat podcast:chapters podcast:chapter "
    "source generator cloud textInput ttl skipHours hour skipDays day sy:updatePeriod "
    "sy:updateFrequency image url language dc:language rights comments feedburner:origLink cc:license rel "
    "expirationDate created issued modified"
).split()
_FEED_ATTRIBUTES = (
    "href rel type url length isPermaLink xml:lang xml:base term scheme label version start mode src medium rdf:resource srsName".split()
)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "georss": "http://www.georss.org/georss",
        "gml": "http://www.opengis.net/gml",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "cc": "http://web.resource.org/cc/",
    }.items()
)
_FEED_ROOTS = (
    ('<rss version="2.0" {ns}><channel>', "item", "</channel></rss>"),
    ('<rss version="0.92" {ns}><channel>', "item", "</channel></rss>"),
    ('<feed xmlns="http://www.w3.org/2005/Atom" {ns}>', "entry", "</feed>"),
    ('<feed version="0.3" xmlns="http://purl.org/atom/ns#" {ns}>', "entry", "</feed>"),
    ('<rdf:RDF xmlns="http://purl.org/rss/1.0/" {ns}><channel/>', "item", "</rdf:RDF>"),
)
_JSON_KEYS = (
    "@type @id @graph @list @value @context name headline author datePublished dateModified dateCreated articleBody publisher image url "
    "mainEntityOfPage isPartOf description inLanguage articleSection creator contributor sourceOrganization itemListElement item hasPart"
).split()
_JSON_FEED_KEYS = (
    "id url external_url title content_html content_text summary date_published date_modified authors author tags language image".split()
)
_TYPES = (
    "NewsArticle",
    "Article",
    "Person",
    "Organization",
    "WebPage",
    "ItemList",
    "BreadcrumbList",
    "LiveBlogPosting",
    ["NewsArticle", "x"],
    3,
)
_METAS = (
    "og:title og:url og:type og:locale og:site_name og:image article:published_time article:modified_time "
    "article:author author byl date pubdate "
    "dc.date dc.creator dcterms.created parsely-pub-date sailthru.date lastmod description twitter:title "
    "twitter:data1 language article:section "
    "cXenseParse:recs:publishtime datePublished last-modified generator robots"
).split()
_SITEMAP_TAGS = (
    "loc lastmod news:news news:publication news:name news:language news:publication_date news:title news:keywords image:image priority"
).split()
_PROSE = "<p>El presidente anunció este martes en la capital un acuerdo de cooperación con su par, según dijo la cancillería.</p>"


class Maker:
    """Makes documents; the same for the same chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def odd(self) -> str:
        return self.chance.choice(ODD)

    def some(self, make: Callable[[], str], most: int) -> str:
        return "".join(make() for _ in range(self.chance.randrange(most)))

    def element(self, tags: Sequence[str], attributes: Sequence[str], depth: int = 0) -> str:
        tag = self.chance.choice(tags)
        stated = "".join(
            f' {self.chance.choice(attributes)}="{self.odd()}"' for _ in range(self.chance.choice((0, 0, 1, 2)) if attributes else 0)
        )
        deeper = depth < 3 and self.chance.random() < 0.4
        inside = self.some(lambda: self.element(tags, attributes, depth + 1), 4) if deeper else self.odd()
        return f"<{tag}{stated}>{inside}</{tag}>" if self.chance.random() < 0.95 else f"<{tag}{stated}/>"

    def feed(self) -> str:
        begin, entry, end = self.chance.choice(_FEED_ROOTS)
        part = lambda: self.element(_FEED_TAGS, _FEED_ATTRIBUTES)  # noqa: E731
        entries = self.some(lambda: f"<{entry}>{self.some(part, 8)}</{entry}>", 5)
        return (
            f'<?xml version="1.0"?>{begin.format(ns=_NAMESPACES if self.chance.random() < 0.9 else "")}{self.some(part, 5)}{entries}{end}'
        )

    def data(self, keys: Sequence[str], depth: int = 0) -> Any:
        """Anything that JSON can say, with our keys."""
        draw = self.chance.random()
        if depth > 4 or draw < 0.5:
            return self.chance.choice((self.odd(), 1, None, True, 1.5, 10**30, [], {}, -1))
        if draw < 0.65:
            return [self.data(keys, depth + 1) for _ in range(self.chance.randrange(4))]
        chosen = self.chance.choices(keys, k=self.chance.randrange(1, 8))
        return {
            key: self.chance.choice(_TYPES) if key == "@type" and self.chance.random() < 0.8 else self.data(keys, depth + 1)
            for key in chosen
        }

    def json_feed(self) -> str:
        version = self.chance.choice(("https://jsonfeed.org/version/1.1", self.odd(), 1))
        items = [self.data(_JSON_FEED_KEYS) for _ in range(self.chance.randrange(6))]
        return json.dumps(
            {"version": version, "title": self.data(_JSON_FEED_KEYS), "language": self.odd(), "items": items, "next_url": self.odd()}
        )

    def sitemap(self) -> str:
        root, entry = self.chance.choice((("urlset", "url"), ("sitemapindex", "sitemap")))
        spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        part = lambda: self.element(_SITEMAP_TAGS, ())  # noqa: E731
        return f'<?xml version="1.0"?><{root} {spaces}>{self.some(lambda: f"<{entry}>{self.some(part, 6)}</{entry}>", 6)}</{root}>'

    def meta(self) -> str:
        return f'<meta {self.chance.choice(("name", "property", "itemprop"))}="{self.chance.choice(_METAS)}" content="{self.odd()}">'

    def linked(self) -> str:
        return f'<script type="application/ld+json">{json.dumps(self.data(_JSON_KEYS))}</script>'

    def head(self) -> str:
        links = f'<link rel="canonical" href="{self.odd()}"><link rel="next" href="{self.odd()}"><base href="{self.odd()}">'
        named = links if self.chance.random() < 0.5 else ""
        return f"<title>{self.odd()}</title>{self.some(self.meta, 8)}{self.some(self.linked, 3)}{named}"

    def block(self) -> str:
        odd = self.odd
        return self.chance.choice(
            (
                f"<h1>{odd()}</h1>",
                f'<time datetime="{odd()}">{odd()}</time>',
                f'<span class="author">{odd()}</span>',
                f'<div class="{odd()}">{odd()}</div>',
                f"<figure><figcaption>{odd()}</figcaption></figure>",
                f'<article><h2><a href="{odd()}">{odd()}</a></h2><time datetime="{odd()}">{odd()}</time></article>',
                f'<a href="/2026/11/{self.chance.randrange(40)}/nota-{self.chance.randrange(99)}.html">{odd()} un titular largo</a>',
                f'<a href="{odd()}">{self.chance.randrange(4)}</a>',
                f'<div itemprop="{self.chance.choice(_METAS)}" content="{odd()}">{odd()}</div>',
                _PROSE * self.chance.randrange(6),
            )
        )

    def page(self) -> str:
        return f'<html lang="{self.odd()}"><head>{self.head()}</head><body>{self.some(self.block, 20)}</body></html>'

    def robots(self) -> str:
        names = ("Sitemap", "User-agent", "User-agent: *\nDisallow", "Allow", "Crawl-delay")
        return self.some(lambda: f"{self.chance.choice(names)}: {self.odd()}\n", 12)


_MAKERS: Mapping[str, tuple[Callable[[Maker], str], ...]] = {
    "read_feed": (Maker.feed, Maker.json_feed),
    "read_page": (Maker.page,),
    "read_sitemap": (Maker.sitemap,),
    "read_section": (Maker.page,),
    "examine home": (Maker.page,),
    "examine feed": (Maker.feed, Maker.page, Maker.json_feed),
    "examine sitemap": (Maker.sitemap,),
    "examine robots": (Maker.robots,),
    "parse_robots": (Maker.robots,),
}


def made(number: int, seed: int) -> tuple[str, Mutant]:
    """The parser and the document of a number."""
    chance = random.Random(f"made:{seed}:{number}")
    reader = list(_MAKERS)[number % len(_MAKERS)]
    text = chance.choice(_MAKERS[reader])(Maker(chance))
    kind = chance.choice(("text/html", "application/xml", "text/html; charset=utf-8", "text/html; charset=²"))
    return reader, Mutant(text.encode("utf-8", "surrogatepass"), (("Content-Type", kind),), chance.choice(ADDRESSES), ("made",))
