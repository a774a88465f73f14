"""robots.txt as RFC 9309 has it: grouping, longest match, escapes, hostile files, and one cache for many askers."""

from __future__ import annotations

import asyncio
import pickle
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from crawler.robots import RobotsBook, RobotsUnreachable
from newsdesk.robotstxt import RobotsRules, parse_robots

HOST = "https://news.example"


def allowed(text: str, path: str) -> bool:
    return parse_robots(text.encode()).allows(HOST + path)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("user-agent: NEWSDESK\ndisallow: /x", "/x", False),
        ("User-agent: newsdesk/2.0 (bot)\nDisallow: /x", "/x", False),
        ("User-agent: newsdeskbot\nDisallow: /x", "/x", True),
        ("User-agent: news\nDisallow: /x", "/x", True),
        ("User-agent: *\nDisallow: /x\nUser-agent: newsdesk\nAllow: /", "/x", True),
        ("User-agent: newsdesk\n\nUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: newsdesk\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: newsdesk\nDisallow: /b", "/b", False),
        ("User-agent: newsdesk\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: newsdesk\nDisallow: /b", "/c", True),
        ("User-agent: a\nUser-agent: newsdesk\nUser-agent: b\nDisallow: /x", "/x", False),
        ("User-agent: newsdesk\nSitemap: https://a/\nUnknown: y\nCrawl-delay: 2\nUser-agent: b\nDisallow: /x", "/x", False),
        ("User-agent: newsdesk\nFoo: bar\nDisallow: /x", "/x", False),
        ("Disallow: /x", "/x", True),
        ("User-agent: *\nDisallow: /x\nAllow: /x/y", "/x/y/z", True),
        ("User-agent: *\nAllow: /x/y\nDisallow: /x", "/x/y/z", True),
        ("User-agent: *\nAllow: /page\nDisallow: /page", "/page", True),
        ("User-agent: *\nAllow: /p\nDisallow: /", "/page", True),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?x", True),
        ("User-agent: *\nDisallow: /*.php", "/a.php?x", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a1c2b3", True),
        ("User-agent: *\nDisallow: /*a$", "/aba", False),
        ("User-agent: *\nDisallow: /aa*a$", "/aa", True),
        ("User-agent: *\nDisallow: /x$", "/x", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /año", "/a%C3%B1o/1", False),
        ("User-agent: *\nDisallow: /a%c3%b1o", "/año/1", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/x", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: *\nDisallow: /?id=", "/?id=7", False),
        ("User-agent: *\nDisallow: private", "/private", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /Folder", "/folder", True),
        ("User-agent: * # all\nDisallow: /x # comment", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: *\rDisallow: /x\r", "/x", False),
        ("User-agent: *\r\n\r\nDisallow: /x", "/x", False),
        ("  User-agent :  *  \n\t Disallow\t:\t/x ", "/x", False),
        ("User-agent *\nDisallow /x", "/x", False),
        ("User-agent: *\nDisalow: /x\nDissallow: /y", "/y", False),
        ("User agent: *\nDisallow: /x", "/x", False),
        ("User-agent: *bot\nDisallow: /x", "/x", True),
        ("<html><body>User-agent: *\nDisallow: /</body></html>", "/x", True),
    ],
)
def test_rules(text: str, path: str, expected: bool) -> None:
    assert allowed(text, path) is expected


def test_delay_and_sitemaps() -> None:
    rules = parse_robots(
        b"Sitemap: https://a/1\nUser-agent: *\nCrawl-delay: 3\nUser-agent: newsdesk\nCrawl-delay: 1.5\nSITE-MAP: https://a/2"
    )
    assert rules.crawl_delay_seconds == 1.5
    assert rules.sitemaps == ("https://a/1", "https://a/2")
    assert parse_robots(b"User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: inf").crawl_delay_seconds is None
    assert pickle.loads(pickle.dumps(rules)) == rules  # noqa: S301


PIECES = st.sampled_from(["/", "/a", "/b", "/*", "/a*b", "/a$", "/*c$", "/a/b/c", "/ab?x=1"])
LINES = st.one_of(
    st.tuples(st.just("User-agent"), st.sampled_from(["*", "newsdesk", "other"])), st.tuples(st.sampled_from(["Allow", "Disallow"]), PIECES)
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["/", "/a", "/ab", "/a/b/c", "/b", "/ab?x=1", "/xxc", "/robots.txtx"]))
def test_plain_files_are_read_as_protego_reads_them(lines: list[tuple[str, str]], path: str) -> None:
    text = "\n".join(f"{key}: {value}" for key, value in lines)
    assert allowed(text, path) is bool(Protego.parse(text).can_fetch(HOST + path, "newsdesk"))


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_bytes_break_the_reader(body: bytes, path: str) -> None:
    parse_robots(b"User-agent: *\nDisallow: " + body).allows(HOST + "/" + path)


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Disallow: /a\n" * 39_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 1_000 + b"b\n") * 250,
        b"User-agent: newsdesk\n" * 25_000,
        b"\r\n\x00:" * 120_000,
        b"U" * 512_000,
        b"User-agent: *\nDisallow: /" + b"%" * 500_000,
    ],
    ids=["many", "stars", "many stars", "agents", "nothing", "one line", "escapes"],
)
def test_hostile_files_cost_little(body: bytes) -> None:
    began = time.process_time()
    parse_robots(body).allows(HOST + "/" + "a" * 2000)
    assert time.process_time() - began < 3.0


# --- the cache -------------------------------------------------------------------------------------------------------------


class Clock:
    now = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Host:
    """A host that answers robots.txt with what the test puts in."""

    def __init__(self, *answers: tuple[int, bytes] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def fetch(self, address: str) -> tuple[int, bytes]:
        self.asked.append(address)
        await asyncio.sleep(0.01)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


DENY = (200, b"User-agent: *\nDisallow: /")


def test_an_origin_is_asked_once_a_day_however_many_want_to_know() -> None:
    clock, host = Clock(), Host(DENY, (200, b""))
    book = RobotsBook(clock, 500 * 1024)

    async def ask() -> list[RobotsRules]:
        return await asyncio.gather(*(book.rules(f"{HOST}/{i}", host.fetch) for i in range(20)))

    assert not any(rules.allows(HOST + "/x") for rules in asyncio.run(ask()))
    clock.now += timedelta(hours=23)
    assert not asyncio.run(book.rules(HOST + "/x", host.fetch)).allows(HOST + "/x")
    clock.now += timedelta(hours=2)
    assert asyncio.run(book.rules(HOST + "/x", host.fetch)).allows(HOST + "/x")
    assert host.asked == [HOST + "/robots.txt"] * 2


def test_http_https_and_ports_are_asked_apart() -> None:
    host = Host(*[(404, b"")] * 3)
    book = RobotsBook(Clock(), 1000)
    for address in ("http://a.test/x", "https://a.test/x", "https://a.test:8443/x", "https://a.test:443/y", "http://A.TEST./z"):
        asyncio.run(book.rules(address, host.fetch))
    assert host.asked == ["http://a.test/robots.txt", "https://a.test/robots.txt", "https://a.test:8443/robots.txt"]


def test_an_unreachable_file_forbids_and_is_asked_for_again_later() -> None:
    clock, host = Clock(), Host((503, b""), ConnectionError("reset"), DENY, (500, b""))
    book = RobotsBook(clock, 1000)
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(RobotsUnreachable) as caught:
                asyncio.run(book.rules(HOST + "/x", host.fetch))
            assert caught.value.until is not None and caught.value.until > clock.now
        clock.now += timedelta(minutes=11)
    assert not asyncio.run(book.rules(HOST + "/x", host.fetch)).allows(HOST + "/x")
    clock.now += timedelta(hours=25)
    assert not asyncio.run(book.rules(HOST + "/x", host.fetch)).allows(HOST + "/x"), "an old copy serves while the file cannot be had"
    assert len(host.asked) == 4


def test_an_asker_who_is_cancelled_leaves_the_question_to_the_next() -> None:
    host = Host((200, b""), DENY)
    book = RobotsBook(Clock(), 1000)

    async def ask() -> RobotsRules:
        first = asyncio.ensure_future(book.rules(HOST + "/1", host.fetch))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(book.rules(HOST + "/2", host.fetch))
        await asyncio.sleep(0)
        first.cancel()
        return await asyncio.wait_for(second, 5)

    assert not asyncio.run(ask()).allows(HOST + "/x") or host.asked
    assert len(host.asked) == 2


def test_long_files_are_read_by_the_parser_given_and_cut_at_the_limit() -> None:
    seen: list[int] = []

    async def parse(body: bytes) -> RobotsRules:
        seen.append(len(body))
        return parse_robots(body)

    host = Host((200, DENY[1] + b"\n" + b"#" * 99 + b"\n" + (b"Disallow: /" + b"x" * 88 + b"\n") * 9_000))
    rules = asyncio.run(RobotsBook(Clock(), 512_050, parse).rules(HOST + "/x", host.fetch))
    assert not rules.allows(HOST + "/x")
    assert 511_950 < seen[0] <= 512_050
    assert {len(pattern) for _, pattern in rules.rules} == {1, 89}, "half a line would be another, wider rule"


def test_one_line_beyond_the_limit_is_cut_in_it() -> None:
    host = Host((200, DENY[1] + b"x" * 900_000))
    assert asyncio.run(RobotsBook(Clock(), 512_000).rules(HOST + "/x", host.fetch)).allows(HOST + "/x")
