"""More than fifty kinds of servers that misbehave, each a server of its own on loopback, each with the ends it may come to.

``page`` as an end means: there is a page to read after all, and a parser has the next word.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import warnings
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from backports import zstd

from newsdesk.links import Outcome
from tests.crawler.probe import probe
from tests.crawler.servers import (
    PAGE,
    Answer,
    Asked,
    Server,
    certify,
    chunked,
    drip,
    flood,
    gzipped,
    half,
    head,
    nonsense,
    redirect,
    reset,
    robots,
    running,
    serving,
    silence,
    whole,
)

MIB = 1024 * 1024
PAGE_TO_READ = "page"
PATH = "/odd"
AROUND = ("/first", "/last")


@dataclass(frozen=True)
class Bad:
    """A kind: what the server answers at PATH (or at robots.txt), and the outcomes this may end in. ``around``: whether the
    same server's other pages must come through unharmed."""

    name: str
    answer: Answer
    ends: tuple[str, ...]
    path: str = PATH
    around: bool = True

    @property
    def id(self) -> str:
        return self.name.replace(" ", "-")


def raw(*pieces: bytes, close: bool = True, pause_seconds: float = 0.0) -> Answer:
    """Exactly these bytes."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_seconds)
        if close:
            writer.close()
        else:
            await asyncio.sleep(3600)

    return answer


def endless(begin: bytes, piece: bytes, pause_seconds: float = 0.0) -> Answer:
    """A beginning, then a piece again and again until somebody hangs up."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(begin)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_seconds)

    return answer


def first(line: str, *lines: str, body: bytes = PAGE) -> Answer:
    """A first line of one's own, headers, and a body with its length."""
    fields = "".join(f"{one}\r\n" for one in (*lines, f"Content-Length: {len(body)}"))
    return raw(f"{line}\r\nContent-Type: text/html\r\n{fields}\r\n".encode("latin-1") + body, close=True)


def packed(name: str, body: bytes) -> Answer:
    return whole(body, f"Content-Encoding: {name}")


BOMB_MIB = 48  # the limit is 10


def bomb(pack: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> bytes:
    """Zeros, packed piece by piece so that the tests themselves need no memory for them."""
    return b"".join([*(pack(bytes(MIB)) for _ in range(BOMB_MIB)), finish()])


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return bomb(packer.compress, packer.flush)


def deflate_bomb() -> bytes:
    packer = zlib.compressobj(6)
    return bomb(packer.compress, packer.flush)


def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return bomb(packer.process, packer.finish)


def zstd_bomb() -> bytes:
    packer = zstd.ZstdCompressor()
    return bomb(packer.compress, packer.flush)


def folded(times: int) -> bytes:
    body = PAGE
    for _ in range(times):
        body = gzip.compress(body)
    return body


async def further(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Every answer leads to the next."""
    path, _, place = asked.path.partition("?n=")
    await redirect(f"{path}?n={int(place or 0) + 1}")(writer, asked)


class Answers(dict[str, Answer]):
    """A server's answers, and every path with ``?n=`` leads further."""

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        return further if "?n=" in path else super().get(path, default)


def _ends(*outcomes: Outcome | str) -> tuple[str, ...]:
    return tuple(str(outcome) for outcome in outcomes)


CUT = _ends(Outcome.CONNECTION_FAILED, Outcome.TRUNCATED)
LATE = _ends(Outcome.TIMEOUT)
BIG = _ends(Outcome.TOO_LARGE)
FINE = (PAGE_TO_READ,)
SECRET = _ends(Outcome.PRIVATE_ADDRESS)
NOWHERE = _ends(Outcome.UNEXPECTED_STATUS, Outcome.BAD_ADDRESS, Outcome.PRIVATE_ADDRESS)
CHUNKS = head("200 OK", "Transfer-Encoding: chunked")
LENGTH = f"Content-Length: {len(PAGE)}"

HEADS = (
    Bad("status line of garbage", first("HTTP/1.1 abc OK"), CUT),
    Bad("no status line at all (HTTP 0.9)", raw(PAGE), CUT),
    Bad("another protocol's status line", first("ICY 200 OK"), (*CUT, PAGE_TO_READ)),
    Bad("bytes that are no HTTP", nonsense, CUT),
    Bad("TLS where HTTP was asked", raw(b"\x15\x03\x01\x00\x02\x02\x28"), CUT),
    Bad("status 999", first("HTTP/1.1 999 Go away"), _ends(Outcome.UNEXPECTED_STATUS)),
    Bad("status 000", first("HTTP/1.1 000 Nothing"), (*CUT, Outcome.UNEXPECTED_STATUS.value)),
    Bad("status without a reason", first("HTTP/1.1 200"), FINE),
    Bad("a version that is none", first("HTTP/9.9 200 OK"), (*FINE, *CUT)),
    Bad("a status line of a megabyte", raw(b"HTTP/1.1 200 " + b"O" * MIB + b"\r\n\r\n"), BIG),
    Bad("a header a byte at a time (slowloris)", endless(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", 0.1), LATE),
    Bad("headers without end, slowly", endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), LATE),
    Bad("headers without end, fast", endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1000), BIG),
    Bad("a header without end, fast", endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a" * 65536), BIG),
    Bad("a cookie of a megabyte", whole(PAGE, "Set-Cookie: a=" + "b" * MIB), BIG),
    Bad("two thousand cookies", whole(PAGE, *(f"Set-Cookie: a{n}=b" for n in range(2000))), FINE),
    Bad("headers with NULs and control characters", raw(head("200 OK", "X-\x00: \x01\x02", "X-B: a\x00b", LENGTH) + PAGE), (*FINE, *CUT)),
    Bad("headers without a colon", raw(head("200 OK", "what is this", LENGTH) + PAGE), (*FINE, *CUT)),
    Bad("folded headers", raw(head("200 OK", "X-A: b", " c", "\td", LENGTH) + PAGE), FINE),
    Bad("lines that end in one character", raw(head("200 OK", LENGTH).replace(b"\r\n", b"\n") + PAGE), (*FINE, *CUT)),
    Bad("hangs up in the middle of the head", raw(b"HTTP/1.1 200 OK\r\nContent-Ty"), CUT),
    Bad("hangs up after the head", raw(head("200 OK", "Content-Length: 500")), CUT),
    Bad("hangs up politely before a word", raw(b""), CUT),
    Bad("resets the connection", reset, CUT),
    Bad("says nothing", silence, LATE),
    Bad("100 Continue without end", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), BIG),
    Bad("103 Early Hints, then the page", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + head("200 OK", LENGTH) + PAGE), FINE),
    Bad(
        "101 Switching Protocols",
        raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", b"\x00" * 100),
        (*CUT, *LATE, Outcome.UNEXPECTED_STATUS.value),
    ),
    Bad("two answers to one question", raw((head("200 OK", LENGTH) + PAGE) * 2), (*FINE, *CUT)),
)
LENGTHS = (
    Bad("two lengths that differ", raw(head("200 OK", "Content-Length: 5", LENGTH) + PAGE), (*FINE, *CUT)),
    Bad("a negative length", raw(head("200 OK", "Content-Length: -5") + PAGE), (*FINE, *CUT)),
    Bad("a length that is no number", raw(head("200 OK", "Content-Length: many") + PAGE), (*FINE, *CUT)),
    Bad("a length beyond all numbers", raw(head("200 OK", "Content-Length: " + "9" * 40) + PAGE), (*BIG, *CUT)),
    Bad("a length of 5,000 digits", raw(head("200 OK", "Content-Length: " + "9" * 5000) + PAGE), (*BIG, *CUT)),
    Bad("a length too short", raw(head("200 OK", "Content-Length: 10") + PAGE), (*FINE, *CUT)),
    Bad("a length too long", half, CUT),
    Bad(
        "a length and chunks",
        raw(head("200 OK", "Content-Length: 3", "Transfer-Encoding: chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        (*FINE, *CUT),
    ),
    Bad("neither length nor end", raw(head("200 OK"), PAGE, close=False), LATE),
    Bad("chunks of no size", raw(CHUNKS + b"xyz\r\nabc\r\n0\r\n\r\n"), CUT),
    Bad("a chunk of negative size", raw(CHUNKS + b"-5\r\nabcde\r\n0\r\n\r\n"), CUT),
    Bad("a chunk of giant size", raw(CHUNKS + b"f" * 40 + b"\r\nabc"), (*CUT, *BIG)),
    Bad("a chunk size without end", endless(CHUNKS, b"1" * 65536), (*CUT, *BIG, *LATE)),
    Bad("a chunk extension without end", endless(CHUNKS + b"5;a=", b"b" * 65536), (*CUT, *BIG, *LATE)),
    Bad("chunks that break off", raw(CHUNKS + b"%x\r\n%s\r\n" % (len(PAGE), PAGE)), CUT),
    Bad("trailers without end", endless(CHUNKS + b"0\r\n", b"X-A: b\r\n" * 1000), (*CUT, *BIG, *LATE, *FINE)),
    Bad("chunks of one byte", chunked(*(bytes([byte]) for byte in PAGE)), FINE),
    Bad(
        "a transfer coding nobody knows",
        raw(head("200 OK", "Transfer-Encoding: gzip") + gzip.compress(PAGE)),
        (*CUT, *FINE, Outcome.UNSUPPORTED_TYPE.value),
    ),
    Bad("a byte every tenth of a second", drip, LATE),
    Bad("100 MB, announced", flood(100 * MIB, True), BIG),
    Bad("100 MB, unannounced", flood(100 * MIB, False), (*BIG, *LATE)),
)
ENCODINGS = (
    Bad("gzip cut off", gzipped(PAGE * 50, cut=-20), _ends(Outcome.TRUNCATED)),
    Bad("gzip with something after it", packed("gzip", gzip.compress(PAGE) + b"garbage" * 100), FINE),
    Bad("gzip with a wrong sum", packed("gzip", gzip.compress(PAGE)[:-8] + bytes(8)), _ends(Outcome.TRUNCATED)),
    Bad("gzip that is none", packed("gzip", PAGE), FINE),
    Bad("gzip bomb", packed("gzip", gzip_bomb()), _ends(Outcome.COMPRESSION_BOMB)),
    Bad("deflate bomb", packed("deflate", deflate_bomb()), _ends(Outcome.COMPRESSION_BOMB)),
    Bad("bare deflate", packed("deflate", zlib.compress(PAGE)[2:-4]), FINE),
    Bad("brotli bomb", packed("br", brotli_bomb()), _ends(Outcome.COMPRESSION_BOMB)),
    Bad("brotli cut off", packed("br", brotli.compress(PAGE * 50)[:-3]), _ends(Outcome.TRUNCATED)),
    Bad("brotli that is none", packed("br", PAGE), _ends(Outcome.TRUNCATED)),
    Bad("zstd bomb", packed("zstd", zstd_bomb()), _ends(Outcome.COMPRESSION_BOMB)),
    Bad("zstd cut off", packed("zstd", zstd.compress(PAGE * 50)[:-3]), _ends(Outcome.TRUNCATED)),
    Bad(
        "packed fifty times",
        packed(", ".join(["gzip"] * 50), folded(50)),
        (*FINE, Outcome.COMPRESSION_BOMB.value, Outcome.UNSUPPORTED_TYPE.value),
    ),
    Bad("an encoding nobody asked for", packed("rot13", PAGE), _ends(Outcome.UNSUPPORTED_TYPE)),
)
STATUSES = (
    Bad("204 with a body", raw(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), (*CUT, Outcome.UNEXPECTED_STATUS.value)),
    Bad(
        "206 that nobody asked for",
        whole(PAGE[:20], "Content-Range: bytes 0-19/87", status="206 Partial Content"),
        _ends(Outcome.UNEXPECTED_STATUS),
    ),
    Bad("304 that nobody asked for", raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), _ends(Outcome.UNEXPECTED_STATUS)),
    Bad("300 with a choice", whole(PAGE, status="300 Multiple Choices"), _ends(Outcome.UNEXPECTED_STATUS)),
    Bad("418", whole(PAGE, status="418 Teapot"), _ends(Outcome.CLIENT_ERROR)),
    Bad("451", whole(PAGE, status="451 For reasons of law"), _ends(Outcome.FORBIDDEN)),
    Bad("429, come again in an hour", whole(b"", "Retry-After: 3600", status="429 Slow"), _ends(Outcome.TOO_MANY_REQUESTS), around=False),
    Bad(
        "503, come again on a day",
        whole(b"", "Retry-After: Sun, 06 Nov 2044 08:49:37 GMT", status="503 Away"),
        _ends(Outcome.SERVER_ERROR),
        around=False,
    ),
    Bad("503, come again at no time", whole(b"", "Retry-After: soon, perhaps", status="503 Away"), _ends(Outcome.SERVER_ERROR)),
    Bad("503, come again yesterday", whole(b"", "Retry-After: -86400", status="503 Away"), _ends(Outcome.SERVER_ERROR)),
    Bad("503, come again in ages", whole(b"", "Retry-After: " + "9" * 400, status="503 Away"), _ends(Outcome.SERVER_ERROR), around=False),
    Bad("500 with a page", whole(PAGE, status="500 Oh"), _ends(Outcome.SERVER_ERROR)),
)
REDIRECTS = (
    Bad("redirects to itself", redirect(PATH), _ends(Outcome.REDIRECT_LOOP)),
    Bad("redirects ever further", further, _ends(Outcome.REDIRECT_LOOP)),
    Bad("redirects nowhere", whole(b"", status="302 Found"), _ends(Outcome.UNEXPECTED_STATUS)),
    Bad("redirects to nothing", redirect(""), (*NOWHERE, Outcome.REDIRECT_LOOP.value)),
    Bad("redirects to a file", redirect("file:///etc/passwd"), NOWHERE),
    Bad("redirects to data", redirect("data:text/html,hello"), NOWHERE),
    Bad("redirects to a script", redirect("javascript:alert(1)"), NOWHERE),
    Bad("redirects to FTP", redirect("ftp://ftp.example/x"), NOWHERE),
    Bad("redirects to loopback", redirect("http://127.0.0.1:1/x"), SECRET),
    Bad("redirects to a decimal loopback", redirect("http://2130706433:1/x"), (*SECRET, Outcome.BAD_ADDRESS.value)),
    Bad("redirects to a mapped metadata address", redirect("http://[::ffff:169.254.169.254]/latest"), SECRET),
    Bad("redirects with a name and a password", redirect("http://user:secret@10.0.0.1/x"), SECRET),
    Bad("redirects to a broken host", redirect("http://[::1/x"), (*NOWHERE, Outcome.CONNECTION_FAILED.value)),
    Bad("redirects to a port that cannot be", redirect("http://127.0.0.1:99999/x"), (*NOWHERE, Outcome.CONNECTION_FAILED.value)),
    Bad("redirects to an address of 200 KB", redirect("/" + "a" * 200_000), (*CUT, *BIG, *FINE, *NOWHERE)),
    Bad("redirects with other characters", redirect("/señal/\x85\xa0"), (*FINE, *CUT, *NOWHERE)),
    Bad("redirects by a Refresh header", whole(PAGE, "Refresh: 0; url=http://127.0.0.1:1/x"), FINE),
    Bad("redirects by a meta element", whole(b'<meta http-equiv=refresh content="0;url=http://127.0.0.1:1/">' + PAGE), FINE),
)
TYPES = (
    Bad("a picture that says it is a page", whole(b"\x89PNG\r\n\x1a\n" + bytes(500)), FINE),
    Bad("a page that says it is a picture", whole(PAGE, kind="image/png"), FINE),
    Bad("a charset that is none", whole(PAGE, kind="text/html; charset=punycode"), FINE),
    Bad("a charset that lies", whole(PAGE, kind="text/html; charset=utf-16"), FINE),
    Bad("a type of ten thousand letters", whole(PAGE, kind="text/" + "x" * 10_000), FINE),
    Bad("no type at all", raw(f"HTTP/1.1 200 OK\r\n{LENGTH}\r\n\r\n".encode() + PAGE), FINE),
    Bad(
        "parts that replace each other for ever",
        endless(head("200 OK", "Connection: close", kind="multipart/x-mixed-replace; boundary=b"), b"--b\r\n\r\n" + PAGE * 500),
        (*BIG, *LATE),
    ),
    Bad("nothing at all", whole(b""), FINE),
)
UNREACHABLE = _ends(Outcome.ROBOTS_UNREACHABLE)
ROBOTS = (
    Bad(
        "robots.txt without end",
        endless(head("200 OK", "Connection: close", kind="text/plain"), b"# nothing\n" * 5000),
        UNREACHABLE,
        "/robots.txt",
        False,
    ),
    Bad("robots.txt that never comes", silence, UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt a header at a time", endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt is a bomb", packed("gzip", gzip_bomb()), UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt answers 500 with rules", whole(b"User-agent: *\nAllow: /", status="500 Oh"), UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt is cut off", half, UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt redirects to loopback", redirect("http://127.0.0.1:1/robots.txt"), UNREACHABLE, "/robots.txt", False),
    Bad("robots.txt redirects ever further", further, FINE, "/robots.txt"),
    Bad(
        "robots.txt made to burn CPU",
        robots("User-agent: *\n" + "".join(f"Disallow: /{'*a' * 40}{n}$\n" for n in range(1800))),
        FINE,
        "/robots.txt",
    ),
    Bad("robots.txt is a picture", whole(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, kind="text/plain"), FINE, "/robots.txt"),
    Bad("robots.txt is a page", whole(PAGE), FINE, "/robots.txt"),
    Bad("robots.txt is 204", raw(b"HTTP/1.1 204 No Content\r\n\r\n"), FINE, "/robots.txt"),
)
KINDS: tuple[Bad, ...] = HEADS + LENGTHS + ENCODINGS + STATUSES + REDIRECTS + TYPES + ROBOTS


# --- TLS


@dataclass(frozen=True)
class BadTls:
    """A server on a TLS port; ``client`` serves the bare connection."""

    name: str
    client: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def answers_in_plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.write(head("400 Bad Request") + b"speak plainly")
    writer.close()


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.close()


async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A fatal alert: handshake_failure (RFC 8446, 6.2)."""
    await reader.read(10)
    writer.write(b"\x15\x03\x03\x00\x02\x02\x28")
    writer.close()


async def never_greets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()  # until the other side gives up


async def greets_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Handshake records of nothing, one after another."""
    try:
        while True:
            writer.write(b"\x16\x03\x03\x40\x00" + b"\x02\x00\xff\xff" + bytes(16380))
            await writer.drain()
    except (ConnectionError, asyncio.CancelledError):
        writer.close()


def weakened(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context, brought down to what nobody should speak any more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is the point
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


TLS = (
    BadTls("plain HTTP on the TLS port", answers_in_plain),
    BadTls("hangs up at the greeting", hangs_up),
    BadTls("refuses the greeting", refuses),
    BadTls("never greets", never_greets),
    BadTls("greets for ever", greets_for_ever),
)
WRONG_NAME, OLD_PROTOCOL = "a name that is another's", "a protocol nobody should speak"
TLS_NAMES = (*(kind.name for kind in TLS), WRONG_NAME, OLD_PROTOCOL)


# --- one round over all of them


@dataclass(frozen=True)
class Round:
    """The servers by name, the addresses on TLS by name, and what the crawl's process told."""

    servers: Mapping[str, Server]
    tls: Mapping[str, str]
    report: Mapping[str, Any]

    def end(self, address: str) -> dict[str, Any]:
        """The one end of an address; fails where it has none or two."""
        (result,) = self.report["results"][address]
        assert isinstance(result, dict)
        return result


@contextmanager
def one_round(home: Path) -> Iterator[Round]:
    """All servers at once, a crawler each: a good page, the bad one, a good page."""
    with ExitStack() as stack:
        servers = {}
        for kind in KINDS:
            server = servers[kind.name] = stack.enter_context(serving({kind.path: kind.answer}))
            server.answers = Answers(server.answers)
        tls = {kind.name: f"https://127.0.0.1:{stack.enter_context(running(kind.client))}/x" for kind in TLS}
        wrong, old = certify(home / "wrong", "DNS:other.test"), certify(home / "old", "IP:127.0.0.1")
        tls[WRONG_NAME] = stack.enter_context(serving(tls=wrong.context)).url + "/x"
        tls[OLD_PROTOCOL] = stack.enter_context(serving(tls=weakened(old.context))).url + "/x"
        report = probe(
            home / "desk",
            *([server.url + path for path in (AROUND[0], PATH, AROUND[1])] for server in servers.values()),
            *([address] for address in tls.values()),
            allowed=[*(server.place for server in servers.values()), *(address.split("/")[2] for address in tls.values())],
            politeness={"timeout_seconds": 4.0, "retries": 0, "rest_after_failure_seconds": 0.0},
            env={"SSL_CERT_FILE": str(old.ca)},
        )
        yield Round(servers, tls, report)
