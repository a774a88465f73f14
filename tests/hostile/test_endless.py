"""Sources without end, through a whole round: indexes that name themselves or ever new ones, feeds that never stop, and one
address in every entry. Each poll ends in a named outcome after a bounded number of requests; the healthy source beside it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from newsdesk.links import Outcome, PollOutcome
from tests.crawler.servers import Answer, Asked, Server, redirect, whole
from tests.desk.desks import Collected, Desk
from tests.desk.hostile import HEALTHY, READ, XML, Case, flood_for_ever, misbehaving, odd_answer, odd_feed
from tests.desk.pages import entry, rss
from tests.hostile.misbehaving import endless, head

MOST_DOCUMENTS = 21  # spiders/run.py: an index and its twenty newest children
NAMES = {*(outcome.value for outcome in Outcome), *(outcome.value for outcome in PollOutcome)}


def index(*addresses: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'.encode()


class EverNew(dict[str, Answer]):
    """Every address below /index/ is an index of fifty more."""

    def __init__(self, home: str, answers: Mapping[str, Answer]) -> None:
        super().__init__(answers)
        self.home = home

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        if not path.startswith("/index/") and path != "/odd":
            return super().get(path, default)
        return whole(index(*(f"{self.home}/index/{path.count('/')}{number}{path}" for number in range(50))), kind=XML)


def ever_new(server: Server) -> Mapping[str, Answer]:
    server.answers = EverNew(server.url, server.answers)
    return {}


async def endless_feed(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Entries, as long as somebody listens."""
    home = f"http://{asked.head.partition('Host: ')[2].partition(chr(13))[0]}"
    items = "".join(entry(f"{home}/n/{number}", number) for number in range(200)).encode()
    await endless(head("200 OK", "Connection: close", kind=XML) + rss("").partition(b"</channel>")[0], items)(writer, asked)


def pairs(server: Server) -> Mapping[str, Answer]:
    """Two indexes that name each other."""
    return {"/odd": whole(index(server.url + "/other"), kind=XML), "/other": whole(index(server.url + "/odd"), kind=XML)}


def dead_children(server: Server) -> Mapping[str, Answer]:
    return {"/odd": whole(index(*(f"{server.url}/dead/{number}" for number in range(10_000))), kind=XML)}


def circling(server: Server) -> Mapping[str, Answer]:
    return {"/odd": redirect("/odd?2"), "/odd?2": redirect("/odd")}


def same_address(home: str) -> bytes:
    return rss("".join(entry(f"{home}/same", number, guid=str(number)) for number in range(500)))


SITEMAP = "sitemap_odd"
ENDS_OF_INDEX = ("not_a_news_sitemap", "partly_read", "empty", READ)
CASES = (
    Case("index that names itself", lambda server: {"/odd": whole(index(server.url + "/odd"), kind=XML)}, ENDS_OF_INDEX, source=SITEMAP),
    Case("indexes that name each other", pairs, ENDS_OF_INDEX, source=SITEMAP),
    Case("indexes of ever new indexes", ever_new, ENDS_OF_INDEX, source=SITEMAP),
    Case("index of 10,000 dead children", dead_children, ENDS_OF_INDEX, source=SITEMAP),
    odd_feed("one address in every entry", same_address, [READ], links={"/same": ("stored",)}),
    odd_answer("feed without end, entry by entry", endless_feed, "too_large", "timeout"),
    odd_answer("page without end instead of a feed", flood_for_ever, "too_large", "timeout"),
    Case("feed that redirects in a circle", circling, ("redirect_loop",)),
)
NUMBER = {case.name: number for number, case in enumerate(CASES)}


class Day(NamedTuple):
    desk: Desk
    servers: Mapping[str, Server]
    round: Collected


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    with misbehaving(CASES, tmp_path_factory.mktemp("endless") / "desk") as (desk, servers):
        yield Day(desk, servers, desk.collect())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_ends_in_a_named_outcome_beside_a_healthy_source(case: Case, day: Day) -> None:
    server = day.servers[case.name]
    poll = day.round.poll(f"case-{NUMBER[case.name]}/{case.source}")
    assert poll["outcome"] in NAMES
    assert poll["outcome"] in case.poll, poll
    assert "newsdesk itself" not in poll["detail"]
    for path, outcomes in case.links.items():
        assert day.round.link(server.url + path)["outcome"] in outcomes
    assert [day.round.link(server.url + path)["outcome"] for path in HEALTHY] == ["stored", "stored"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_number_of_requests_is_bounded(case: Case, day: Day) -> None:
    around = {"/robots.txt", "/healthy.xml", *HEALTHY, *case.links}
    odd = [path for path in day.servers[case.name].paths() if path not in around]
    assert 1 <= len(odd) <= MOST_DOCUMENTS, odd[:50]
