"""Structured damage: each mutation takes a body and gives a worse one. Chance comes from outside, so each can be made again.

``size`` (0 to 1) says how far a mutation may go: 1 is what the pipeline's own size limits still let through.
"""

from __future__ import annotations

import gzip
import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.hostile.material import Headers, Material

LIMIT_BYTES = 10 * 1024 * 1024  # newsdesk.settings.Limits.page_bytes: nothing longer reaches a parser


@dataclass(frozen=True)
class Mutant:
    """A damaged body, and the names of what was done to it."""

    body: bytes
    headers: Headers
    address: str
    done: tuple[str, ...]


@dataclass
class Chance:
    """The chance of one mutant."""

    random: random.Random
    size: float

    def many(self, most: int) -> int:
        """A count up to ``most`` x size, small ones as likely as large ones."""
        return max(1, int((most * self.size) ** self.random.random()))

    def place(self, body: bytes) -> int:
        return self.random.randrange(len(body) + 1)

    def choice(self, of: Sequence[bytes]) -> bytes:
        return self.random.choice(of)

    def span(self, body: bytes) -> tuple[int, int]:
        """The beginning and end of a part of the body."""
        begin, end = sorted((self.place(body), self.place(body)))
        return begin, end

    def at_tag(self, body: bytes) -> int:
        """A place where a tag begins or ends, where there is one."""
        near = self.place(body)
        found = max(body.rfind(b">", 0, near) + 1, 0)
        return found or near


def put(body: bytes, place: int, what: bytes) -> bytes:
    return body[:place] + what + body[place:]


Mutation = Callable[[Chance, bytes], bytes]


def truncate(chance: Chance, body: bytes) -> bytes:
    return body[: chance.place(body)]


def behead(chance: Chance, body: bytes) -> bytes:
    return body[chance.place(body) // 4 :]


def duplicate(chance: Chance, body: bytes) -> bytes:
    """A part said again and again."""
    begin, end = chance.span(body)
    part = body[begin : min(end, begin + 20_000)]
    return put(body, end, part * chance.many(200))


def repeat_entries(chance: Chance, body: bytes) -> bytes:
    """Entries, paragraphs or links by the thousand."""
    found = re.search(rb"(?s)<(item|entry|url|p|a|li|article)\b.{1,4000}?</\1>", body[chance.place(body) // 2 :])
    part = found.group() if found else b"<p>x</p>"
    return put(body, chance.at_tag(body), part * chance.many(20_000))


def nest(chance: Chance, body: bytes) -> bytes:
    tag = chance.choice(
        (b"div", b"b", b"table><tr><td", b"ul><li", b"blockquote", b"item", b"entry", b"x:y", b"span", b"svg", b"form", b"font", b"urlset")
    )
    depth = chance.many(60_000)
    begin, end = chance.at_tag(body), chance.at_tag(body)
    begin, end = min(begin, end), max(begin, end)
    close = b"</" + tag.partition(b">")[0] + b">"
    return (
        body[:begin] + (b"<" + tag + b">") * depth + body[begin:end] + (close * depth if chance.random.random() < 0.5 else b"") + body[end:]
    )


def entities(chance: Chance, body: bytes) -> bytes:
    """References that are wrong, forbidden or endless."""
    bad = chance.choice(
        (
            b"&#xD800;",
            b"&#0;",
            b"&#x110000;",
            b"&#99999999999999999999;",
            b"&nope;",
            b"&",
            b"&#;",
            b"&#x;",
            b"&amp;amp;amp;",
            b"&lt;script&gt;",
            b"&nbsp",
            b"&#xFFFE;",
        )
    )
    return put(body, chance.place(body), bad * chance.many(50_000))


def doctype(chance: Chance, body: bytes) -> bytes:
    """Declarations that expand, point outside or do not end."""
    deep = chance.random.randrange(2, 12)
    laughs = b'<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, deep))
    inside = chance.choice(
        (
            laughs,
            b'<!ENTITY x SYSTEM "file:///etc/passwd">',
            b'<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;',
            b'<!ENTITY q "' + b"q" * chance.many(200_000) + b'">',
            b"".join(b'<!ENTITY e%d "%d">' % (n, n) for n in range(chance.many(5_000))),
            b"<!ENTITY",
        )
    )
    named = b"&a%d;" % (deep - 1) + b"&x;&q;" * chance.many(5_000)
    begin = body.find(b"?>") + 2 if body.lstrip().startswith(b"<?xml") else 0
    spoiled = body[:begin] + b"<!DOCTYPE rss [" + inside + b"]>" + body[begin:]
    return put(spoiled, chance.at_tag(spoiled), named)


def attributes(chance: Chance, body: bytes) -> bytes:
    """One tag with too many attributes, or with one too long."""
    count = chance.many(60_000)
    flood = chance.choice(
        (
            b" ".join(b"a%d=1" % n for n in range(count)),
            b" ".join(b"a%d" % n for n in range(count)),
            b"a=1 " * count,
            b'style="' + b"url(" * count,
            b'href="' + b"a/../" * count + b'"',
            b'xmlns:n="' + b"u" * count + b'"',
            b"=" * count,
            b'class="' + b"a b " * count + b'"',
        )
    )
    tag = chance.choice((b"p", b"a", b"div", b"item", b"rss", b"link", b"meta", b"html"))
    return put(body, chance.at_tag(body), b"<" + tag + b" " + flood + b">")


def noughts(chance: Chance, body: bytes) -> bytes:
    """NULs and other control characters, sprinkled or in a heap."""
    bad = chance.choice((b"\x00", b"\x08", b"\x1b", b"\x0c", b"\x7f", b"\xff", b"\xfe\xff", b"\x1a"))
    if chance.random.random() < 0.5:
        return put(body, chance.place(body), bad * chance.many(500_000))
    sprinkled = bytearray(body)
    for _ in range(min(chance.many(2_000), len(body))):
        sprinkled[chance.random.randrange(len(body))] = bad[0]
    return bytes(sprinkled)


def surrogates(chance: Chance, body: bytes) -> bytes:
    """Half characters, overlong forms, direction marks, combining marks by the thousand."""
    bad = chance.choice(
        (
            b"\xed\xa0\x80",
            b"\xed\xb0\x80",
            b"\xc0\x80",
            b"\xf8\x88\x80\x80\x80",
            "\u202e".encode(),
            "\u0301".encode(),
            "\ufeff".encode(),
            b"\xf4\x90\x80\x80",
            "\U000e0041".encode(),
            "ﷺ".encode(),
            "İ".encode(),
        )
    )
    return put(body, chance.place(body), bad * chance.many(100_000))


_LABELS = (
    b"utf-8",
    b"utf-16",
    b"utf-32",
    b"utf-7",
    b"punycode",
    b"undefined",
    b"idna",
    b"base64",
    b"zlib",
    b"rot13",
    b"shift_jis",
    b"gb18030",
    b"iso-2022-jp",
    b"ebcdic-cp-us",
    b"cp037",
    b"unicode_escape",
    b"hz",
    b"x-user-defined",
    b"windows-1252",
    b"latin-1",
    b"../../etc/passwd",
    b"mbcs",
    b"big5",
    b"koi8-r",
    b"",
)


def encoding_lies(chance: Chance, body: bytes) -> bytes:
    """A declared encoding that is not the body's, or a body in another than declared."""
    label = chance.choice(_LABELS)
    if chance.random.random() < 0.5:
        swapped = re.sub(rb"""((?:encoding|charset)=["']?)[\w:-]+""", lambda found: found.group(1) + label, body, count=3)
        return swapped if swapped != body else b'<?xml version="1.0" encoding="' + label + b'"?>' + body
    text = body.decode("utf-8", "replace")
    codec = chance.random.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp037", "utf-7", "utf-8-sig", "gb18030", "shift_jis")
    )
    return text.encode(codec, "replace")


def numbers(chance: Chance, body: bytes) -> bytes:
    """Numbers and dates that no calendar and no machine word holds."""
    giant = chance.choice(
        (
            b"9" * chance.many(20_000),
            b"-" + b"9" * 400,
            b"1e999999",
            b"0x" + b"f" * 100,
            b"99999-99-99T99:99:99+99:99",
            b"0000-00-00",
            b"2026-02-30T25:61:61Z",
            b"9999-12-31T23:59:59-23:59",
            b"0001-01-01T00:00:00+23:59",
            b"Mon, 99 Foo 20266 99:99:99 +9999",
            "٣٠/١١/٢٠٢٦".encode(),
            "²⁰²⁶-¹¹-²²".encode(),
            b"NaN",
            b"Infinity",
        )
    )
    pattern = rb"\d{4}-\d\d-\d\d[T0-9:.+-]*Z?|\w{3}, \d\d? \w{3} \d{4} [\d:]+ \S+" if chance.random.random() < 0.7 else rb"\d+"
    most = chance.many(200)
    return re.sub(pattern, lambda _: giant, body, count=most)[:LIMIT_BYTES]


def soup(chance: Chance, body: bytes) -> bytes:
    """Tags in another order, brackets and quotes lost."""
    pieces = re.split(rb"(?=<)", body)
    for _ in range(chance.many(len(pieces))):
        one, other = chance.random.randrange(len(pieces)), chance.random.randrange(len(pieces))
        pieces[one], pieces[other] = pieces[other], pieces[one]
    lost = chance.choice((b">", b'"', b"/", b"<", b"--", b"]]"))
    return b"".join(piece.replace(lost, b"", 1) if chance.random.random() < 0.1 else piece for piece in pieces)


def without_ends(chance: Chance, body: bytes) -> bytes:
    """Something begun that does not end."""
    begun = chance.choice(
        (
            b"<!--",
            b"<![CDATA[",
            b"<script>",
            b"<style>",
            b"<title>",
            b"<textarea>",
            b"<plaintext>",
            b"<a ",
            b'<a href="',
            b"<?xml ",
            b"<!DOCTYPE ",
            b"<svg><![CDATA[",
            b"<",
            b"</",
        )
    )
    return put(body, chance.place(body), begun * chance.many(100_000))


def long_words(chance: Chance, body: bytes) -> bytes:
    """A megabyte where a word should be: blanks, letters, brackets, what patterns stumble over."""
    unit = chance.choice(
        (
            b"a",
            b" ",
            b"\n",
            b"a@",
            b"Ana y ",
            b" - ",
            b" | ",
            b"(",
            b"[",
            b"http://",
            b"20261122",
            b"a.",
            b",",
            b"Por ",
            b"\xe2\x80\xa6",
            b"x-",
            b"..",
            b"&",
            b"%",
            b"1:1:",
        )
    )
    word = unit * chance.many(1_000_000 // len(unit))
    if chance.random.random() < 0.5:
        tag = chance.choice(
            (
                b"title",
                b"h1",
                b"author",
                b"pubDate",
                b"link",
                b"guid",
                b"loc",
                b"news:title",
                b"dc:creator",
                b"span class=author",
                b"time datetime=x",
                b"p",
                b"category",
                b"summary",
            )
        )
        name = tag.partition(b" ")[0]
        found = re.search(rb"<" + name + rb"\b[^>]*>", body)
        return put(body, found.end(), word) if found else put(body, chance.at_tag(body), b"<" + tag + b">" + word + b"</" + name + b">")
    return put(body, chance.place(body), word)


def json_bombs(chance: Chance, body: bytes) -> bytes:
    """Linked data that nests, repeats, lies about its types or does not end."""
    count = chance.many(100_000)
    bomb = chance.choice(
        (
            b"[" * count,
            b'{"a":' * count + b"1" + b"}" * count,
            b'{"@type":"NewsArticle","author":[' + b",".join(b'{"name":"A%d"}' % n for n in range(min(count, 20_000))) + b"]}",
            b'{"@type":"NewsArticle","articleBody":"' + b"palabra " * count + b'"}',
            b'{"@type":["NewsArticle",3,null],"author":[[[["x"]]],{"name":{"name":[]}}],"datePublished":[],"image":[[]],"headline":{"a":1}}',
            b'{"@type":"NewsArticle","headline":"\\ud800 \\u0000","author":"\\udfff","datePublished":"\\ud83d"}',
            b'{"@type":"NewsArticle","datePublished":' + b"9" * min(count, 20_000) + b"}",
            b'{"@graph":[' + b'{"@type":"NewsArticle","@id":"#x","isPartOf":{"@id":"#x"}},' * min(count, 20_000) + b"1]}",
            b'{"@type":"NewsArticle","headline":"a"' + b',"headline":"b"' * min(count, 20_000) + b"}",
            b'"' + b"\\" * count,
            b"true",
            b"null",
            b"NaN",
            b"1e9999",
            b"[[],{},0]",
        )
    )
    if body.lstrip()[:1] in (b"{", b"["):
        return put(body, chance.place(body), bomb)
    return put(body, chance.at_tag(body), b'<script type="application/ld+json">' + bomb + b"</script>")


def links(chance: Chance, body: bytes) -> bytes:
    """Addresses that are none, or lead where nobody should go."""
    bad = chance.choice(
        (
            b"http://[::1",
            b"javascript:alert(1)",
            b"http://" + b"a." * 5_000,
            b"//",
            b"http://a@b@c/",
            b"http://127.0.0.1:99999/",
            b"\\\\host\\share",
            b"data:text/html,x",
            b"http://x/" + b"../" * 10_000,
            b"http://%00/",
            b"ht\ntp://a/",
            b"http://\xe3\x80\x82/",
            b"http://xn--" + b"a" * 300 + b"/",
            b"?" * 5_000,
            b"http://a:b:c/",
            b"https://[v1.x]/",
            "http://ﬀ。example/".encode(),
            b"http://1.2.3.4.5/",
            b"/*https://",
        )
    )
    most = chance.many(500)
    return re.sub(rb"""(href=["']?|<link>|<loc>|<guid[^>]*>|"url": ?")[^"'<>\s]*""", lambda found: found.group(1) + bad, body, count=most)[
        :LIMIT_BYTES
    ]


def flip(chance: Chance, body: bytes) -> bytes:
    """Bits that fell over."""
    flipped = bytearray(body)
    for _ in range(min(chance.many(3_000), len(body))):
        flipped[chance.random.randrange(len(body))] ^= 1 << chance.random.randrange(8)
    return bytes(flipped)


def zipped(chance: Chance, body: bytes) -> bytes:
    """Folded: whole, cut, damaged, twice, with something after, or a bomb."""
    packed = gzip.compress(body, 6, mtime=0)
    how = chance.random.randrange(7)
    if how == 0:
        return packed[: chance.place(packed)]
    if how == 1:
        return gzip.compress(packed, mtime=0)
    if how == 2:
        return packed + b"garbage"
    if how == 3:
        return flip(chance, packed)
    if how == 4:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(chance.many(200))) + packer.flush()
    if how == 5:
        return packed * chance.many(50)
    return packed


def namespaces(chance: Chance, body: bytes) -> bytes:
    """Prefixes by the thousand, bound to nothing or to each other, and bases upon bases."""
    count = chance.many(20_000)
    flood = chance.choice(
        (
            b"<a " + b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(count)) + b"/>",
            b"".join(b"<n%d:x>" % n for n in range(count)),
            b'<e xml:base="a/b/">' * count,
            b'<e xml:base="http://[::1">' * min(count, 200),
            b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">' * min(count, 5_000),
            b'<e xmlns="http://www.w3.org/2005/Atom"><e xmlns="">' * min(count, 5_000),
            b'<media:group><media:content url="a"/>' * count,
            b"<?pi x?><!-- y -->" * count,
            b'<link rel="alternate" href="x"/>' * count,
            b"<dc:creator>A</dc:creator><category>b</category>" * count,
        )
    )
    return put(body, chance.at_tag(body), flood)


def lines(chance: Chance, body: bytes) -> bytes:
    """What hurts in a file of lines."""
    bad = chance.choice(
        (
            b"Disallow: /" + b"*a" * 2_000 + b"\n",
            b"User-agent: *\n",
            b"Disallow: /" + b"*" * 10_000 + b"$\n",
            b"\r",
            b":\n",
            b"Allow: /" + b"%" * 5_000 + b"\n",
            b"Crawl-delay: 1e400\n",
            b"Sitemap: \xff\xfe\n",
            b"#" * 50_000,
        )
    )
    return put(body, chance.place(body), bad * chance.many(5_000))


ALL: tuple[Mutation, ...] = (
    truncate,
    behead,
    duplicate,
    repeat_entries,
    nest,
    entities,
    doctype,
    attributes,
    noughts,
    surrogates,
    encoding_lies,
    numbers,
    soup,
    without_ends,
    long_words,
    json_bombs,
    links,
    flip,
    zipped,
    lines,
    namespaces,
)


def mutant_of(number: int, seed: int, stock: Sequence[Material], size: float) -> tuple[Material, Mutant]:
    """The mutant of a number: always the same for the same seed and stock."""
    dice = random.Random(f"{seed}:{number}")
    chance = Chance(dice, size)
    origin = dice.choice(stock)
    body, headers = origin.body, origin.headers
    done: list[str] = []
    for mutation in dice.choices(ALL, k=dice.choice((1, 1, 1, 2, 2, 3))):
        body = mutation(chance, body)[:LIMIT_BYTES]
        done.append(mutation.__name__)
    if dice.random() < 0.15:
        kind = dice.choice(
            (
                "text/html; charset=utf-16",
                "application/pdf",
                "text/plain",
                "",
                "text/html; charset=punycode",
                "x" * 5_000,
                "application/x-gzip",
                "text/xml; charset=\x00",
            )
        )
        headers = (("Content-Type", kind),)
        done.append("type lies")
    if dice.random() < 0.03:
        body = dice.choice((b"", b"\x00", b"\xef\xbb\xbf", b"<", b" " * 1000, b"\xff\xfe", b"{}", b"[]", b"null"))
        done.append("next to nothing")
    return origin, Mutant(body, headers, origin.address, tuple(done))
