"""Incidents that cost other collectors articles (each from their issue threads), played on this one by real rounds.

Each incident is a generator over an outlet of its own: a ``yield`` is one round, and gives what was said of this outlet. All
incidents share their rounds, so that a dozen of them cost no more than the longest.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

import pytest

from tests.crawler.servers import Answer, Asked, Server, reset, serving, whole
from tests.desk.desks import Collected, Desk, Row, desk_in, outlet_at
from tests.desk.pages import entry, feed, page, rss

XML = "application/rss+xml"
PAGES_PER_ROUND = 3


class Outlet:
    """A server with a feed, and the workspace that reads it."""

    def __init__(self, name: str, server: Server) -> None:
        self.name, self.server = name, server
        self.desk: Desk

    @property
    def url(self) -> str:
        return self.server.url

    def announce(self, body: bytes, *headers: str, status: str = "200 OK", kind: str = XML) -> None:
        self.server.answers["/feed.xml"] = whole(body, *headers, status=status, kind=kind)

    def pages(self, *paths: str) -> None:
        self.server.answers.update({path: whole(page(number)) for number, path in enumerate(paths)})

    def asked(self, path: str) -> list[Asked]:
        return [one for one in self.server.asked if one.path == path]

    def stored(self) -> int:
        return len(self.desk.rows("articles", "--outlet", self.name))

    def status(self) -> Row:
        (row,) = [row for row in self.desk.rows("status") if row["outlet"] == self.name]
        return row

    def past(self, hours: float) -> None:
        self.desk.past(hours, self.name)

    def told(self, everything: Collected) -> Collected:
        """What a round said of this outlet."""
        polls = [row for row in everything.polls if row["source"] == f"{self.name}/feed"]
        links = [row for row in everything.links if row["outlet"] == self.name]
        return Collected([*polls, *links, everything.summary])


Incident = Generator[None, Collected, None]
INCIDENTS: dict[str, Callable[[Outlet], Incident]] = {}


def incident(play: Callable[[Outlet], Incident]) -> Callable[[Outlet], Incident]:
    """Add an incident under its function's name."""
    INCIDENTS[play.__name__] = play
    return play


def outcomes(told: Collected) -> list[str]:
    """How its links ended; None of those that wait."""
    return [row["outcome"] for row in told.links if row["outcome"]]


def validating(body: bytes, etag: str) -> Answer:
    """Answers 304 to whoever names the tag, as a server should."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        known = f"if-none-match: {etag}" in asked.head.lower()
        await whole(b"" if known else body, f"ETag: {etag}", status="304 Not Modified" if known else "200 OK", kind=XML)(writer, asked)

    return answer


def one_odd_page_of_three(middle: Answer, outcome: str, again: bool, outlet: Outlet) -> Incident:
    """The feed of three that cost another system all three, and its validators besides."""
    paths = ["/a", "/b", "/c"]
    outlet.pages(*paths)
    outlet.server.answers["/feed.xml"] = validating(feed(outlet.url, paths), '"one"')
    outlet.server.answers["/b"] = middle
    told = yield
    assert [told.link(outlet.url + path)["outcome"] for path in paths] == ["stored", outcome, "stored"]
    assert (told.link(outlet.url + "/b")["next_try_at"] is not None) is again
    outlet.server.answers["/b"] = whole(page(1))
    outlet.past(hours=2)
    told = yield
    assert told.polls[0]["outcome"] == "not_modified"
    assert outcomes(told) == (["stored"] if again else [])
    assert outlet.stored() == (3 if again else 2)
    assert len(outlet.asked("/a")) == len(outlet.asked("/c")) == 1


for name, middle, outcome, again in (
    ("middle_page_304", whole(b"", status="304 Not Modified"), "unexpected_status", True),
    ("middle_page_403", whole(b"", status="403 Forbidden"), "forbidden", True),
    ("middle_page_404", whole(b"", status="404 Not Found"), "not_found", False),
    ("middle_page_not_at_all", reset, "connection_failed", True),
):
    INCIDENTS[name] = functools.partial(one_odd_page_of_three, middle, outcome, again)


@incident
def a_feed_longer_than_a_round_then_304_still_brings_all(outlet: Outlet) -> Incident:
    paths = [f"/{number}" for number in range(7)]
    outlet.pages(*paths)
    outlet.server.answers["/feed.xml"] = validating(feed(outlet.url, paths), '"one"')
    assert outcomes((yield)) == ["stored"] * PAGES_PER_ROUND
    assert (yield).polls[0]["outcome"] == "not_modified"
    yield
    assert outlet.stored() == 7
    assert all(len(outlet.asked(path)) == 1 for path in paths)


@incident
def a_feed_that_turns_into_a_page_under_the_same_tag_is_noticed(outlet: Outlet) -> Incident:
    """The tag lies, so a round that asks in full once a day finds out; until a whole answer came it stays failing."""
    outlet.pages("/a", "/b")
    outlet.announce(feed(outlet.url, ["/a"]), 'ETag: "same"')
    assert (yield).polls[0]["outcome"] == "read"
    outlet.announce(page(5), 'ETag: "same"', kind="text/html")
    told = yield
    assert told.polls[0]["outcome"] == "not_a_feed"
    assert "feed" in told.polls[0]["sentence"]
    outlet.server.answers["/feed.xml"] = validating(feed(outlet.url, ["/a", "/b"]), '"same"')
    outlet.past(hours=30)
    assert (yield).polls[0]["outcome"] == "read", "after a failure a source is asked without validators"
    assert outlet.stored() == 2


@incident
def a_new_tag_on_an_unchanged_body_is_the_same_body(outlet: Outlet) -> Incident:
    body = feed(outlet.url, ["/a"])
    outlet.pages("/a")
    outlet.announce(body, 'ETag: "one"')
    yield
    outlet.announce(body, 'ETag: "two"')
    assert (yield).polls[0]["outcome"] == "same_body"
    yield
    assert 'if-none-match: "two"' in outlet.asked("/feed.xml")[-1].head.lower(), "the new tag is sent from now on"
    assert len(outlet.asked("/a")) == 1


@incident
def other_ids_and_an_edited_title_are_still_one_article(outlet: Outlet) -> Incident:
    address = f"{outlet.url}/a"
    outlet.pages("/a")
    outlet.announce(rss(entry(address, 0, guid="first")))
    yield
    outlet.announce(rss(entry(address + "?utm_source=feed#top", 0, guid="second", named="Otro título, corregido")))
    told = yield
    assert (told.polls[0]["announced"], told.polls[0]["new"]) == (1, 0)
    assert told.links == []
    assert outlet.stored() == 1
    assert len(outlet.asked("/a")) == 1


@incident
def a_static_feed_brings_nothing_twice(outlet: Outlet) -> Incident:
    outlet.pages("/a", "/b")
    for number in range(3):
        outlet.announce(feed(outlet.url, ["/a", "/b"]) + b"\n" * number)
        told = yield
        assert told.polls[0]["new"] == (0 if number else 2)
    assert outlet.stored() == 2


@incident
def a_source_that_fails_is_never_switched_off_and_says_since_when(outlet: Outlet) -> Incident:
    outlet.pages("/a")
    outlet.announce(b"", status="500 Oh")
    for _ in range(4):
        yield
        outlet.past(hours=30)
    (row,) = [row for row in outlet.desk.rows("status") if row["outlet"] == outlet.name]
    assert row["last"] == "server_error"
    assert row["failing_since"]
    assert len(outlet.asked("/feed.xml")) == 4
    outlet.announce(feed(outlet.url, ["/a"]))
    assert outcomes((yield)) == ["stored"]
    (row,) = [row for row in outlet.desk.rows("status") if row["outlet"] == outlet.name]
    assert row["failing_since"] is None


@incident
def retry_after_is_kept_to(outlet: Outlet) -> Incident:
    outlet.announce(b"", "Retry-After: 36000", status="429 Slow down")
    assert (yield).polls[0]["outcome"] == "too_many_requests"
    outlet.past(hours=9)
    assert (yield).polls == []
    outlet.past(hours=2)
    assert len((yield).polls) == 1


@incident
def a_304_after_a_failure_is_no_success(outlet: Outlet) -> Incident:
    """A server that says 304 to everybody proves nothing once the source has failed."""
    outlet.pages("/a")
    outlet.announce(feed(outlet.url, ["/a"]), 'ETag: "one"')
    yield
    outlet.announce(b"", status="500 Oh")
    yield
    outlet.announce(b"", 'ETag: "one"', status="304 Not Modified")
    outlet.past(hours=30)
    assert (yield).polls[0]["outcome"] == "not_modified"
    assert "if-none-match" not in outlet.asked("/feed.xml")[-1].head.lower()
    row = outlet.status()
    assert row["failing_since"]
    assert "failing since" in row["reason"]


@incident
def a_new_tag_in_a_304_is_the_one_to_send(outlet: Outlet) -> Incident:
    outlet.pages("/a")
    outlet.announce(feed(outlet.url, ["/a"]), 'ETag: "one"')
    yield
    outlet.announce(b"", 'ETag: "two"', status="304 Not Modified")
    assert (yield).polls[0]["outcome"] == "not_modified"
    yield
    assert 'if-none-match: "two"' in outlet.asked("/feed.xml")[-1].head.lower()


@incident
def a_source_that_moved_for_good_is_asked_at_its_new_address(outlet: Outlet) -> Incident:
    """Until it fails there: then the old address is tried again, which was kept."""
    outlet.pages("/a", "/b")
    outlet.announce(b"", "Location: /new.xml", status="301 Moved Permanently")
    outlet.server.answers["/new.xml"] = whole(feed(outlet.url, ["/a"]), kind=XML)
    assert (yield).polls[0]["outcome"] == "read"
    row = outlet.status()
    assert (row["url"], row["moved_to"]) == (f"{outlet.url}/feed.xml", f"{outlet.url}/new.xml")
    assert row["moved_at"]
    assert "moved for good" in row["asks_editor"]
    yield
    assert (len(outlet.asked("/feed.xml")), len(outlet.asked("/new.xml"))) == (1, 2)
    outlet.server.answers["/new.xml"] = whole(b"", status="404 Not Found")
    outlet.announce(feed(outlet.url, ["/a", "/b"]))
    yield
    outlet.past(hours=30)
    assert (yield).polls[0]["outcome"] == "read"
    row = outlet.status()
    assert (row["moved_to"], row["moved_at"], row["asks_editor"], row["failing_since"]) == (None, None, None, None)
    assert len(outlet.asked("/feed.xml")) == 2
    assert outlet.stored() == 2


@incident
def a_feed_that_redirects_to_a_page_has_not_moved(outlet: Outlet) -> Incident:
    outlet.announce(b"", "Location: /home", status="308 Permanent Redirect")
    outlet.server.answers["/home"] = whole(page(3))
    assert (yield).polls[0]["outcome"] == "not_a_feed"
    assert outlet.status()["moved_to"] is None


@incident
def a_feed_that_redirects_for_now_has_not_moved(outlet: Outlet) -> Incident:
    outlet.pages("/a")
    outlet.announce(b"", "Location: /elsewhere.xml", status="302 Found")
    outlet.server.answers["/elsewhere.xml"] = whole(feed(outlet.url, ["/a"]), kind=XML)
    assert (yield).polls[0]["outcome"] == "read"
    assert outlet.status()["moved_to"] is None


@incident
def a_source_gone_for_good_asks_an_editor_and_is_still_asked(outlet: Outlet) -> Incident:
    outlet.announce(b"", status="410 Gone")
    assert (yield).polls[0]["outcome"] == "gone"
    assert "410" in outlet.status()["asks_editor"]
    outlet.past(hours=25)
    assert len((yield).polls) == 1


@incident
def what_a_feed_states_of_its_rhythm_is_kept_to(outlet: Outlet) -> Incident:
    outlet.pages("/a")
    outlet.announce(feed(outlet.url, ["/a"]).replace(b"<channel>", b"<channel><ttl>600</ttl>"), "Cache-Control: max-age=60", 'ETag: "ttl"')
    yield
    outlet.announce(b"", status="304 Not Modified")
    yield
    assert "10 hours" in outlet.status()["reason"], "the feed's own word is remembered when it says nothing new"
    assert "ttl" in outlet.status()["reason"]


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, BaseException]]:
    """Plays all incidents to their ends; gives how each ended (StopIteration: as it should)."""
    with ExitStack() as stack:
        outlets = {name: Outlet(name.replace("_", "-"), stack.enter_context(serving())) for name in INCIDENTS}
        desk = desk_in(
            tmp_path_factory.mktemp("incidents") / "desk",
            [outlet_at(outlet.server.place, outlet.name, feed="/feed.xml") for outlet in outlets.values()],
            [outlet.server.place for outlet in outlets.values()],
            retries=0,
            timeout_seconds=3,
            rest_after_failure_seconds=0,
            pages_per_round=PAGES_PER_ROUND,
        )
        for outlet in outlets.values():
            outlet.desk = desk
        plays = {name: INCIDENTS[name](outlet) for name, outlet in outlets.items()}
        for play in plays.values():
            next(play)
        ended: dict[str, BaseException] = {}
        while len(ended) < len(plays):
            everything = desk.collect()
            for name, play in plays.items():
                if name not in ended:
                    try:
                        play.send(outlets[name].told(everything))
                    except (StopIteration, AssertionError) as end:
                        ended[name] = end
        yield ended


@pytest.mark.parametrize("name", INCIDENTS)
def test_incident(name: str, ends: dict[str, BaseException]) -> None:
    if not isinstance(ends[name], StopIteration):
        raise ends[name]
