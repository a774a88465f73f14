"""What strangers send: a case is an outlet on a server of its own that really misbehaves, beside a healthy source.

The tests run all cases in one round; ``python -m bench.bad_input`` runs each by itself and measures it.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.crawler.servers import (
    Answer,
    Asked,
    Server,
    chunked,
    drip,
    flood,
    gzipped,
    half,
    nonsense,
    redirect,
    reset,
    robots,
    serving,
    silence,
    whole,
)
from tests.desk.desks import Desk, desk_in, outlet_at
from tests.desk.pages import entry, feed, page, rss, title

MIB = 1024 * 1024
XML = "application/xml"
HEALTHY = ("/healthy/1", "/healthy/2")
SETTINGS = {"timeout_seconds": 4, "retries": 0, "rest_after_failure_seconds": 0, "parse_seconds": 3, "pages_per_round": 30}
READ, STORED = "read", "stored"


@dataclass(frozen=True)
class Case:
    """``answers`` makes a server misbehave; ``poll`` are the outcomes its odd source may end in, None where the healthy source
    alone is polled; ``links`` the outcome of each announced path; ``stored`` how many of the odd source's links are stored."""

    name: str
    answers: Callable[[Server], Mapping[str, Answer]]
    poll: tuple[str, ...] = (READ,)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = "feed"
    announced: int | None = None
    heavy: bool = False  # needs more than the tests' short budgets
    healthy_suffers: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(" ", "-")


def odd_feed(
    name: str,
    body: bytes | Callable[[str], bytes],
    poll: Sequence[str],
    *,
    kind: str = XML,
    source: str = "feed",
    announced: int | None = None,
    links: Mapping[str, tuple[str, ...]] | None = None,
    heavy: bool = False,
) -> Case:
    """A source whose body is odd."""
    return Case(
        name,
        lambda server: {"/odd": whole(body(server.url) if callable(body) else body, kind=kind)},
        tuple(poll),
        links or {},
        source,
        announced,
        heavy,
    )


def odd_answer(name: str, answer: Answer, *poll: str) -> Case:
    """A source whose answer is odd."""
    return Case(name, lambda server: {"/odd": answer}, poll)


def odd_page(name: str, answer: Answer, *outcomes: str) -> Case:
    """A feed of three whose middle page is odd."""
    paths = ("/before", "/odd-page", "/after")
    links = {"/before": (STORED,), "/odd-page": outcomes, "/after": (STORED,)}

    def answers(server: Server) -> Mapping[str, Answer]:
        feeding = whole(feed(server.url, paths), kind=XML)
        return {"/odd": feeding, "/before": whole(page(11)), "/odd-page": answer, "/after": whole(page(12))}

    return Case(name, answers, (READ,), links)


def laughs(item: str) -> bytes:
    """Ten entities, each ten of the one before: 3 GB of laughter."""
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>&l9;</title>{item}</channel></rss>'.encode()


def quadratic() -> bytes:
    """One entity of 100,000 characters, named 20,000 times: 2 GB."""
    named = "&a;" * 20_000
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]><rss><channel><title>{named}</title></channel></rss>'.encode()
    )


def outside() -> bytes:
    """An entity that names a file of the reader's machine."""
    entity = b'<!ENTITY x SYSTEM "file:///etc/passwd">'
    return b'<?xml version="1.0"?><!DOCTYPE rss [' + entity + b']><rss version="2.0"><channel><title>&x;</title></channel></rss>'


def nested(depth: int) -> bytes:
    return b"<html><body>" + b"<div>" * depth + b"<p>" + page(1) + b"</p>" + b"</div>" * depth + b"</body></html>"


def nested_feed() -> bytes:
    return rss("<item><description>" + "<b>" * 10_000 + "x" + "</b>" * 10_000 + "</description></item>")


def cut_feed(home: str) -> bytes:
    whole_feed = rss("".join(entry(f"{home}/cut/{number}", number) for number in range(3)))
    return whole_feed[: whole_feed.rindex(b"<guid")]


def without_much(home: str) -> bytes:
    """Entries without link, id or date."""
    bare = f"<item><title>{title(3)}</title></item>"
    undated = f"<item><title>{title(4)}</title><link>{home}/undated</link></item>"
    untitled = f"<item><link>{home}/untitled</link></item>"
    return rss(bare + undated + untitled + "<item/>")


def many(home: str) -> bytes:
    return rss("".join(entry(f"{home}/many/{number}", number) for number in range(50_000)))


def utf16(home: str) -> bytes:
    return rss(entry(f"{home}/sixteen", 16)).decode().replace("utf-8", "utf-16").encode("utf-16")


def based(home: str) -> bytes:
    """Atom whose links are relative to xml:base."""
    head = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{home}/based/"><title>t</title><id>urn:x</id>'
    when = "<updated>2026-11-20T10:00:00Z</updated>"
    item = f'<entry xml:base="deep/"><title>{title(5)}</title><id>urn:x:1</id>{when}<link href="here"/></entry>'
    return f"{head}{when}{item}</feed>".encode()


def odd_links(home: str) -> bytes:
    """Links that are no web addresses, or lead elsewhere."""
    addresses = ("javascript:alert(1)", "file:///etc/passwd", "http://[::1", "http://ads.invalid/buy", "mailto:a@b.c", f"{home}/fine")
    return rss("".join(entry(address, number) for number, address in enumerate(addresses)))


def long_author() -> bytes:
    """Takes feedparser over ten seconds: a long author (field notes, small inputs burn CPU)."""
    return rss(f"<item><title>t</title><author>{'a@' * 40_000}</author><link>http://x.invalid/</link></item>")


def gzip_bomb(mib: int) -> Answer:
    """``mib`` of zeros, packed a thousand to one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(bytes(MIB)) for _ in range(mib)) + packer.flush()
    return whole(packed, "Content-Encoding: gzip")


def twice_packed() -> Answer:
    inner = gzip.compress(gzip.compress(bytes(64 * MIB)))
    return whole(inner, "Content-Encoding: gzip, gzip")


async def flood_for_ever(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """A body that never ends, as fast as it is taken."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"<p>" + b"x" * 65536)
        await writer.drain()


def many_headers(body: bytes, count: int) -> Answer:
    return whole(body, *(f"X-Header-{number}: {'v' * 20}" for number in range(count)))


def robots_bomb() -> bytes:
    """Wildcards that take Protego the better part of a minute (field notes, 178 KB of robots.txt)."""
    return b"User-agent: *\n" + b"".join(b"Disallow: /" + b"*a" * 40 + b"%d$\n" % number for number in range(1800))


def sitemap(body: str) -> bytes:
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'.encode()


SURROGATE = rss("<item><title>&#xD800;</title><link>http://x.invalid/</link></item>")
ATTRIBUTES = b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(60_000)) + b">x</p></body></html>"
PRIVATE = ("private_address",)
FEEDS = (
    odd_feed("feed that is HTML", page(7), ["not_a_feed"], kind="text/html"),
    odd_feed("feed cut in the middle", cut_feed, ["partly_read"], links={"/cut/0": (STORED,), "/cut/1": (STORED,)}),
    odd_feed("empty feed", b"", ["not_a_feed", "empty_body"]),
    odd_feed("feed without entries", rss(""), ["empty"], announced=0),
    odd_feed("50,000 entries", many, [READ], announced=50_000, heavy=True),
    odd_feed("feed in UTF-16", utf16, [READ], links={"/sixteen": (STORED,)}),
    odd_feed("billion laughs", laughs(""), ["hostile", "not_a_feed", "partly_read", "empty"]),
    odd_feed("quadratic entities", quadratic(), ["hostile", "not_a_feed", "partly_read", "empty"]),
    odd_feed("outside entity", outside(), ["hostile", "not_a_feed", "partly_read", "empty"]),
    odd_feed("entries without link, id, date", without_much, [READ], links={"/undated": (STORED,), "/untitled": (STORED,)}),
    odd_feed("Atom with xml:base", based, [READ], links={"/based/deep/here": (STORED,)}),
    odd_feed("links that are none", odd_links, [READ, "partly_read"], links={"/fine": (STORED,)}),
    odd_feed("feed nested 10,000 deep", nested_feed(), [READ, "hostile", "partly_read", "not_a_feed"]),
    odd_feed("author made to burn CPU", long_author(), [READ, "hostile"]),
    odd_feed("encoding punycode", rss("").replace(b"utf-8", b"punycode"), ["empty", "not_a_feed", "hostile", "partly_read"]),
    odd_feed("half a surrogate", SURROGATE, [READ, "partly_read", "not_a_feed", "hostile"]),
    odd_answer("feed of 100 MB, announced", flood(100 * MIB, True), "too_large"),
    odd_answer("feed of 100 MB, unannounced", flood(100 * MIB, False), "too_large"),
    odd_answer("gzip bomb as a feed", gzip_bomb(512), "compression_bomb", "too_large"),
    odd_answer("feed that never ends", drip, "timeout"),
    odd_answer("feed redirects to loopback", redirect("http://127.0.0.1:1/"), *PRIVATE),
    odd_answer("feed redirects to 10.0.0.1", redirect("http://10.0.0.1/"), *PRIVATE),
    odd_answer("feed redirects to a metadata address", redirect("http://169.254.169.254/latest/"), *PRIVATE),
    odd_answer("feed redirects to localhost by name", redirect("http://localhost:1/"), *PRIVATE),
    odd_answer("feed answers 503", whole(b"", status="503 Busy"), "server_error"),
    odd_answer("feed hangs up", reset, "connection_failed"),
    odd_answer("feed speaks no HTTP", nonsense, "connection_failed", "truncated", "server_error", "unexpected_status"),
    odd_answer("feed with 150 headers", many_headers(rss(""), 150), "empty"),
    odd_feed("sitemap of laughs", laughs("").replace(b"rss", b"urlset"), ["hostile", "not_a_news_sitemap"], source="sitemap_odd"),
    odd_feed("sitemap without news", sitemap("<url><loc>http://x.invalid/a</loc></url>"), ["not_a_news_sitemap"], source="sitemap_odd"),
    odd_feed(
        "sitemap packed bomb",
        gzip.compress(bytes(200 * MIB)),
        ["compression_bomb", "hostile", "too_large", "not_a_news_sitemap"],
        kind="application/x-gzip",
        source="sitemap_odd",
    ),
    odd_feed("section nested 10,000 deep", nested(10_000), ["no_links_found", "hostile", READ], kind="text/html", source="section_odd"),
)
PAGES = (
    odd_page("page of 100 MB, announced", flood(100 * MIB, True), "too_large"),
    odd_page("page of 100 MB, unannounced", flood(100 * MIB, False), "too_large"),
    odd_page("gzip bomb", gzip_bomb(512), "compression_bomb", "too_large"),
    odd_page("gzip packed twice", twice_packed(), "compression_bomb", "too_large", "not_an_article"),
    odd_page("gzip cut off", gzipped(page(13), cut=300), "truncated"),
    odd_page("page that never ends, slowly", drip, "timeout"),
    odd_page("page that never ends, fast", flood_for_ever, "too_large", "timeout"),
    odd_page(
        "nesting 10,000 deep", whole(nested(10_000)), "empty_body", "not_an_article", "reader_failed", "reader_timeout", "reader_memory"
    ),
    odd_page(
        "nesting 200,000 deep", whole(nested(200_000)), "empty_body", "not_an_article", "reader_failed", "reader_timeout", "reader_memory"
    ),
    odd_page("60,000 attributes on one tag", whole(ATTRIBUTES), "reader_timeout", "not_an_article"),
    odd_page("redirect to loopback", redirect("http://127.0.0.1:1/secret"), *PRIVATE),
    odd_page("redirect to a private address", redirect("http://192.168.1.1/"), *PRIVATE),
    odd_page("redirect to IPv6 loopback", redirect("http://[::1]:1/"), *PRIVATE),
    odd_page("redirect to a mapped address", redirect("http://[::ffff:10.0.0.1]/"), *PRIVATE),
    odd_page("redirect to a decimal address", redirect("http://2130706433:1/"), *PRIVATE, "bad_address"),
    odd_page("redirect to a file", redirect("file:///etc/passwd"), "bad_address", "private_address", "unexpected_status", "off_host"),
    odd_page("redirect to itself", redirect("/odd-page"), "redirect_loop"),
    odd_page("page answers 304", whole(b"", status="304 Not Modified"), "unexpected_status"),
    odd_page("page answers 403", whole(b"no", status="403 Forbidden"), "forbidden"),
    odd_page("page answers 404", whole(b"no", status="404 Not Found"), "not_found"),
    odd_page("page answers 500", whole(b"no", status="500 Oh"), "server_error"),
    odd_page("page answers not at all", silence, "timeout"),
    odd_page("page hangs up", reset, "connection_failed"),
    odd_page("page breaks off", half, "truncated"),
    odd_page("page speaks no HTTP", nonsense, "connection_failed", "truncated", "server_error", "unexpected_status"),
    odd_page("page is empty", whole(b""), "empty_body"),
    odd_page("page is a PDF", whole(b"%PDF-1.7 " + bytes(900), kind="application/pdf"), "unsupported_type"),
    odd_page("page is zeros", whole(bytes(100_000)), "not_an_article", "empty_body", "unsupported_type"),
    odd_page("150 response headers", many_headers(page(14), 150), STORED),
    odd_page("NUL and control characters", whole(page(15).replace(b"de la", b"de\x00\x08 la")), STORED),
    odd_page("chunks of one byte", chunked(*(bytes([byte]) for byte in page(16))), STORED),
)
ROBOTS = (
    Case(
        "robots.txt answers 503",
        lambda server: {"/robots.txt": whole(b"", status="503 Busy"), "/odd": whole(rss(""))},
        ("robots_unreachable",),
        healthy_suffers=True,
    ),
    Case(
        "robots.txt hangs up", lambda server: {"/robots.txt": reset, "/odd": whole(rss(""))}, ("robots_unreachable",), healthy_suffers=True
    ),
    Case(
        "robots.txt made to burn CPU",
        lambda server: {"/robots.txt": robots(robots_bomb().decode()), "/odd": whole(rss(""), kind=XML)},
        ("robots_unreachable", "empty"),
        healthy_suffers=True,
    ),
    Case(
        "robots.txt refuses",
        lambda server: {"/robots.txt": robots("User-agent: *\nDisallow: /\n")},
        ("robots_denied",),
        healthy_suffers=True,
    ),
)
CASES = FEEDS + PAGES + ROBOTS


@contextmanager
def misbehaving(cases: Sequence[Case], home: Path) -> Iterator[tuple[Desk, Mapping[str, Server]]]:
    """A workspace with an outlet for each case, and their servers by the case's name."""
    with ExitStack() as stack:
        servers: dict[str, Server] = {}
        outlets = []
        for number, case in enumerate(cases):
            server = servers[case.name] = stack.enter_context(serving())
            server.answers.update({path: whole(page(place)) for place, path in enumerate(HEALTHY)})
            server.answers.update({path: whole(page(20 + place)) for place, path in enumerate(case.links)})
            server.answers["/healthy.xml"] = whole(feed(server.url, HEALTHY), kind=XML)
            server.answers.update(case.answers(server))
            outlets.append(outlet_at(server.place, f"case-{number}", **{case.source: "/odd", "healthy": "/healthy.xml"}))
        yield desk_in(home, outlets, [server.place for server in servers.values()], **SETTINGS), servers
