"""The ledger of what hosts allow: the last answer of each, and what was left alone because of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdesk.links import Outcome
from newsdesk.permissions import Denials, RobotsAnswer
from storage.database import Database
from storage.robots import SqlRobotsLedger
from storage.shelves import SqlLinkLedger
from tests.storage.made import HOSTS, NOW, announcement, later

ANSWER = RobotsAnswer("https://a.example:443", NOW, 200, "", True, ((False, "/privado/"), (True, "/*.html$")), 3, 2.5)


@pytest.fixture
def robots(database: Database) -> SqlRobotsLedger:
    return SqlRobotsLedger(database)


def test_the_last_answer_of_an_origin_stands(robots: SqlRobotsLedger) -> None:
    robots.note(ANSWER)
    assert robots.answers() == {ANSWER.origin: ANSWER}
    newer = replace(ANSWER, asked_at=later(hours=24), status=404, rules=(), by_name=False, rules_cut=0, crawl_delay_seconds=None)
    robots.note(newer)
    robots.note(replace(ANSWER, origin="http://b.example:80"))
    assert robots.answers() == {ANSWER.origin: newer, "http://b.example:80": replace(ANSWER, origin="http://b.example:80")}


def test_a_file_that_cannot_be_had_leaves_the_old_rules_standing(robots: SqlRobotsLedger) -> None:
    away = RobotsAnswer(ANSWER.origin, later(hours=24), None, "status 503")
    robots.note(away)
    assert robots.answers()[ANSWER.origin] == away
    robots.note(ANSWER)
    robots.note(away)
    assert robots.answers()[ANSWER.origin] == replace(ANSWER, asked_at=away.asked_at, status=None, detail="status 503")


def test_links_left_alone_are_counted_by_source(robots: SqlRobotsLedger, database: Database) -> None:
    ledger = SqlLinkLedger(database)
    assert robots.denials() == {}
    ledger.announce("a/feed", "a", [announcement(n) for n in range(3)], HOSTS, NOW)
    first, second, third = ledger.lease("a", 10, "me", NOW, 60)
    ledger.end(first.id, Outcome.ROBOTS_DENIED, "", later(hours=1))
    ledger.end(second.id, Outcome.ROBOTS_DENIED, "", later(hours=2))
    ledger.end(third.id, Outcome.NOT_FOUND, "", later(hours=3))
    assert robots.denials() == {"a/feed": Denials("a/feed", 2, later(hours=2))}
