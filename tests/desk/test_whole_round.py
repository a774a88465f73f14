"""The whole program on the demonstration's web, by real processes: a round, what it says, and what it leaves behind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

import scheduler
from demo.server import Asked, DemoWeb, Log
from demo.sites import SOURCE_PATHS
from newsdesk.links import Fate, Outcome, PollOutcome
from tests.databases import database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.desk.desks import Collected, Desk, demo_desk, today

LINK_KEYS = {"record", "address", "key", "outlet", "source", "outcome", "final", "sentence", "detail", "attempts", "next_try_at", "article"}
ARTICLE_KEYS = {
    "id", "address", "key", "outlet", "language", "title", "authors", "published", "label", "label_why", "story", "snapshot", "stored_at",
    "versions",
}  # fmt: skip


class Rounds(NamedTuple):
    """Two rounds over the same web, and what the web saw of each."""

    desk: Desk
    web: DemoWeb
    first: Collected
    seen_first: Log
    second: Collected
    seen_second: Log


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    with DemoWeb(today().date()) as web:
        desk = demo_desk(tmp_path_factory.mktemp("round") / "desk", web)
        first, seen = desk.collect(), web.log
        second, seen_both = desk.collect(), web.log
        yield Rounds(desk, web, first, seen, second, after(seen_both, seen))


def after(both: Log, first: Log) -> Log:
    """What was asked since; the log is by outlet."""
    counts = Counter(one.outlet_id for one in first.asked)
    left: list[Asked] = []
    for one in both.asked:
        if counts[one.outlet_id]:
            counts[one.outlet_id] -= 1
        else:
            left.append(one)
    return Log(tuple(left))


def pages(log: Log) -> list[tuple[str, str]]:
    """Requests for articles: neither robots.txt nor a source."""
    others = {"/robots.txt", *SOURCE_PATHS.values()}
    return [(one.outlet_id, one.path) for one in log.asked if one.path not in others and "sitemap" not in one.path]


def redirected_to(web: DemoWeb) -> set[str]:
    """Paths to which another address redirects."""
    answers = (answer for outlet in web.outlets() for answer in web.answers(outlet.id).values())
    return {urlsplit(answer.location).path for answer in answers if answer.location}


def test_every_link_has_exactly_one_end_and_the_summary_adds_up(rounds: Rounds) -> None:
    links, summary = rounds.first.links, rounds.first.summary
    assert len({row["key"] for row in links}) == len(links) > 80
    for row in links:
        assert set(row) == LINK_KEYS
        assert Outcome(row["outcome"]).sentence == row["sentence"]
        assert row["final"] is True, row
        assert (row["article"] is not None) == (Outcome(row["outcome"]).fate is Fate.KEPT)
    assert summary["complete"] is True
    assert summary["links"] == Counter(row["outcome"] for row in links)
    assert summary["polls"] == Counter(row["outcome"] for row in rounds.first.polls) == {"read": len(rounds.web.outlets())}
    assert (summary["retry"], summary["waiting"]) == ({}, 0)


def test_what_the_web_means_to_show_is_what_the_round_says(rounds: Rounds) -> None:
    said = Counter(row["outcome"] for row in rounds.first.links)
    for outcome in (
        "robots_denied",
        "off_host",
        "consent_wall",
        "paywall_stub",
        "soft_not_found",
        "not_found",
        "gone",
        "section_page",
        "same_article",
        "no_address",
    ):
        assert said[outcome] >= 1, outcome
    assert said["stored"] >= 75


def test_the_web_was_treated_politely(rounds: Rounds) -> None:
    for log in (rounds.seen_first, rounds.seen_second):
        assert log.violations() == []
        assert log.without_robots() == []
    assert all("newsdesk" in one.user_agent for one in rounds.seen_first.asked)
    twice = {path for (_, path), count in Counter(pages(rounds.seen_first)).items() if count > 1}
    assert twice <= redirected_to(rounds.web), "only a redirect, which nobody can foresee, may lead to a page again"


def test_the_second_round_fetches_no_page_and_gets_304(rounds: Rounds) -> None:
    assert pages(rounds.seen_second) == []
    asked = [one for one in rounds.seen_second.asked if one.path in SOURCE_PATHS.values()]
    assert len(asked) >= len(rounds.web.outlets())
    assert {(one.status, one.conditional) for one in asked} == {(304, True)}
    assert rounds.second.links == []
    assert rounds.second.summary["polls"] == {PollOutcome.NOT_MODIFIED.value: len(rounds.web.outlets())}


def test_status_and_links_tell_the_same(rounds: Rounds) -> None:
    status = rounds.desk.rows("status")
    counted: Counter[str] = Counter()
    for row in status:
        counted.update(row["outcomes"])
        assert row["waiting"] == 0
        assert row["failing_since"] is None
    assert counted == rounds.first.summary["links"]
    listed = rounds.desk.rows("links")
    assert Counter(row["outcome"] for row in listed) == counted
    by_source = rounds.desk.rows("links", "--source", status[0]["source"])
    assert {row["source"] for row in by_source} == {status[0]["source"]}
    table = rounds.desk.run("status").out
    assert all(row["source"] in table for row in status)
    assert f"{counted['stored']} stored" in table


def test_articles_carry_all_that_is_documented(rounds: Rounds) -> None:
    rows = rounds.desk.rows("articles")
    assert len(rows) == rounds.first.summary["links"]["stored"]
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == ARTICLE_KEYS
        assert set(row["snapshot"]) == {"file", "offset", "record_id"}
        assert row["language"] in ("es", "en", "pt", "fr")
        assert row["published"] is None or set(row["published"]) == {"value", "on", "at", "precision", "offset_minutes", "hint"}
    assert {"state_media", "unknown"} <= {row["label"] for row in rows}
    assert len({row["story"] for row in rows}) < len(rows), "near-duplicates share a story"
    assert all(row["text"] for row in rounds.desk.rows("articles", "--text", "--limit", "3"))


def test_twenty_articles_read_again_from_their_snapshots_are_identical(rounds: Rounds) -> None:
    """In one process here, by the same function as ``snapshot N --check``, which the next test runs."""
    with scheduler.open_newsroom(rounds.desk.home) as newsroom:
        for row in rounds.desk.rows("articles", "--limit", "20"):
            same, sentence = scheduler.check_snapshot(newsroom, row["id"])
            assert same, sentence


def test_a_snapshot_can_be_checked_and_printed(rounds: Rounds) -> None:
    row = rounds.desk.rows("articles", "--limit", "1")[0]
    assert "is identical" in rounds.desk.run("snapshot", str(row["id"]), "--check").out
    page = rounds.web.answers(row["outlet"])[urlsplit(row["address"]).path]
    assert rounds.desk.ask("snapshot", str(row["id"])).written == page.body
    assert rounds.desk.ask("snapshot", str(row["id"]), "--headers").out.startswith("200\n")
    assert "99999" in rounds.desk.ask("snapshot", "99999", code=1).err


def test_the_archive_holds_each_exchange_once_with_true_digests(rounds: Rounds) -> None:
    records = rounds.desk.warc_records()
    fetched = Counter(address for sort, address, _ in records if sort in ("response", "revisit"))
    requested = Counter(address for sort, address, _ in records if sort == "request")
    asked = Counter(rounds.web.home(one.outlet_id) + one.path for log in (rounds.seen_first, rounds.seen_second) for one in log.asked)
    assert fetched == requested == asked


def test_read_by_hand_says_what_would_be_stored(rounds: Rounds, tmp_path: Path) -> None:
    row = rounds.desk.rows("articles", "--limit", "1", "--text")[0]
    saved = tmp_path / "page.html"
    saved.write_bytes(rounds.desk.ask("snapshot", str(row["id"])).written)
    before = len(rounds.web.log.asked)
    (told,) = rounds.desk.run("read", str(saved), "--url", row["address"], "--json").rows
    assert len(rounds.web.log.asked) == before, "a file is read without the network"
    (fetched,) = rounds.desk.run("read", row["address"], "--json").rows
    for one in (told, fetched):
        assert (one["outcome"], one["text"]) == ("article", row["text"]) or one["text"] == row["text"]
        assert one["title"]["value"] == row["title"] if isinstance(one["title"], dict) else one["title"] == row["title"]
    assert len(rounds.desk.rows("articles")) == rounds.first.summary["links"]["stored"]


def test_outlets_are_listed_shown_checked_and_resolved(rounds: Rounds) -> None:
    rows = rounds.desk.rows("outlets", "list")
    assert {row["id"] for row in rows} == {outlet.id for outlet in rounds.web.outlets()}
    assert {"unknown", "SC"} <= {row["control"] for row in rows}
    shown = rounds.desk.ask("outlets", "show", "agencia-faro").out
    assert "name: Agencia Faro" in shown
    assert "stored" in shown
    checked = rounds.desk.rows("outlets", "check")
    assert any("control" in row["sentence"] or "controls" in row["sentence"] for row in checked)
    (resolved,) = rounds.desk.rows("outlets", "resolve", "AGENCIA FARO")
    assert resolved["outlets"] == ["agencia-faro"]
    (unknown,) = rounds.desk.rows("outlets", "resolve", "The Unheard Of Gazette")
    assert unknown["outlets"] == []
    assert "no outlet" in rounds.desk.ask("outlets", "resolve", "The Unheard Of Gazette").out


def test_the_shipped_workspace_is_complete(tmp_path: Path) -> None:
    """``init`` by the command, with the registry, and what can be asked of it without the network."""
    desk = Desk(tmp_path / "ws")
    said = desk.run("init", str(desk.home), "--contact", "desk@newsdesk.example").out
    assert "271 outlets" in said
    assert len(desk.rows("outlets", "list")) == 271
    assert all(row["sentence"] for row in desk.rows("outlets", "check"))
    assert json.loads(desk.ask("status", "--json").out.splitlines()[0])["last"] is None


def test_a_round_is_the_same_on_both_databases(database_url: str, kind: str, tmp_path: Path) -> None:  # noqa: F811
    with DemoWeb(today().date()) as web:
        desk = demo_desk(tmp_path / "desk", web)
        desk.environment["NEWSDESK_DATABASE_URL"] = database_url
        first = desk.collect()
        asked = web.log
        second = desk.collect()
        assert first.summary["links"]["stored"] >= 75, kind
        assert first.summary["links"] == Counter(row["outcome"] for row in desk.rows("links"))
        assert second.links == []
        assert pages(after(web.log, asked)) == []
        row = desk.rows("articles", "--limit", "1")[0]
        assert "is identical" in desk.ask("snapshot", str(row["id"]), "--check").out
