"""Bad input end to end: one round over servers that really misbehave, each beside a healthy source of the same outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import scheduler
from newsdesk.links import Outcome, PollOutcome
from tests.crawler.servers import Server
from tests.desk.desks import Collected, Desk
from tests.desk.hostile import CASES, HEALTHY, Case, misbehaving

QUICK = [case for case in CASES if not case.heavy]
NUMBER = {case.name: number for number, case in enumerate(QUICK)}


class BadDay(NamedTuple):
    desk: Desk
    servers: Mapping[str, Server]
    round: Collected


@pytest.fixture(scope="module")
def bad_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BadDay]:
    with misbehaving(QUICK, tmp_path_factory.mktemp("bad") / "desk") as (desk, servers):
        yield BadDay(desk, servers, desk.collect())


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.id)
def test_ends_in_a_named_outcome_and_harms_nothing_else(case: Case, bad_day: BadDay) -> None:
    server = bad_day.servers[case.name]
    poll = bad_day.round.poll(f"case-{NUMBER[case.name]}/{case.source}")
    assert poll["outcome"] in case.poll, poll
    assert poll["sentence"] == named(poll["outcome"]).sentence
    assert poll["outcome"] in ("read", "empty") or poll["detail"] or len(poll["sentence"]) > 20
    if case.announced is not None:
        assert poll["announced"] == case.announced
    for path, outcomes in case.links.items():
        link = bad_day.round.link(server.url + path)
        assert link["outcome"] in outcomes, link
        assert link["sentence"] == Outcome(link["outcome"]).sentence
        assert "newsdesk itself" not in link["detail"]
    if not case.healthy_suffers:
        assert [bad_day.round.link(server.url + path)["outcome"] for path in HEALTHY] == ["stored", "stored"]


def named(outcome: str) -> Outcome | PollOutcome:
    return PollOutcome(outcome) if outcome in list(PollOutcome) else Outcome(outcome)


def test_nothing_was_asked_of_a_page_twice_and_the_archive_is_whole(bad_day: BadDay) -> None:
    for name, server in bad_day.servers.items():
        twice = [path for path, count in Counter(server.paths()).items() if count > 1 and path != "/odd-page"]
        assert twice == [] or name == "feed hangs up", (name, twice)  # HTTP's own repetition where a kept connection was closed
    assert len(bad_day.desk.warc_records()) > 200


def test_secrets_of_the_machine_are_nowhere(bad_day: BadDay) -> None:
    assert not any("root:" in str(row) for row in bad_day.desk.rows("links"))
    assert not any("root:" in str(row) for row in bad_day.desk.rows("status"))


def test_entries_without_a_link_are_counted(bad_day: BadDay) -> None:
    source = f"case-{NUMBER['entries without link, id, date']}/feed"
    assert Counter(row["outcome"] for row in bad_day.round.links if row["source"] == source) == {"no_address": 2, "stored": 2}


def test_what_a_feed_of_50_000_announced_waits_for_its_turn(tmp_path: Path) -> None:
    (case,) = [case for case in CASES if case.heavy]
    with misbehaving([case], tmp_path / "desk") as (desk, servers):
        desk.settings(parse_seconds=60)
        told = desk.collect()
        server = servers[case.name]
        assert told.poll("case-0/feed")["announced"] == 50_000
        assert [told.link(server.url + path)["outcome"] for path in HEALTHY] == ["stored", "stored"]
        with scheduler.open_newsroom(desk.home) as newsroom:
            (report,) = [report for report in newsroom.book.report() if report.source_id == "case-0/feed"]
        assert sum(report.outcomes.values()) + report.waiting == 50_000
        fetched = [path for path in server.paths() if path.startswith("/many/")]
        assert 0 < len(fetched) == len(set(fetched)) <= 30
