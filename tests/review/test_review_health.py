"""Counts by day on real shelves in both databases, and the page that shows them."""

from __future__ import annotations

from datetime import timedelta

from newsdesk.health import Trouble, conditions
from newsdesk.links import Outcome, PollOutcome
from newsdesk.polling import after_poll
from newsdesk.sources import PollEnd
from storage.database import Database
from storage.shelves import SqlHealthBook, SqlSourceBook
from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.review.conftest import Editor
from tests.review.test_review_on_databases import desk, editor  # noqa: F401
from tests.storage.made import HOSTS, NOW, Desk, announcement, later, outlet

MORNING = NOW.replace(hour=6)


def poll(database: Database, at: float, new: int, outcome: PollOutcome | Outcome = PollOutcome.READ) -> None:  # noqa: F811
    book = SqlSourceBook(database)
    end = PollEnd("a/feed", outcome, "", MORNING + timedelta(days=at), 200, announced=max(new, 1), new=new)
    book.record_poll(end, after_poll(book.state("a/feed"), end, end.polled_at))


def last_month(database: Database) -> None:  # noqa: F811
    """Ten a day for twenty days, and then nothing for four, and today's poll."""
    SqlSourceBook(database).sync([outlet("a")], MORNING - timedelta(days=24))
    for ago in range(24, -1, -1):
        poll(database, -ago if ago else 0.73, 10 + ago % 3 if ago > 4 else 0, PollOutcome.READ if ago > 4 else PollOutcome.NOT_MODIFIED)


def test_counts_by_day_come_from_polls_and_links(database: Database) -> None:  # noqa: F811
    made = Desk(database)
    SqlSourceBook(database).sync([outlet("a"), outlet("b", switched_off="no")], NOW)
    poll(database, 0, 3)
    poll(database, 0.01, 0, Outcome.TIMEOUT)
    poll(database, -1, 7)
    made.store(1, text="Corto.", language="es")
    made.store(2, text="Largo " * 200, language="pt")
    link = made.link(3)
    made.ledger.end(link.id, Outcome.SECTION_PAGE, "", NOW)
    health = SqlHealthBook(database)
    picture = health.gather(NOW)
    assert [record.state.source_id for record in picture.sources] == ["a/feed"]
    yesterday, today = picture.sources[0].days
    assert (yesterday.new, yesterday.polls, yesterday.stored) == (7, 1, 0)
    assert (today.new, today.polls, today.failed, today.stored, today.thin, today.undated) == (3, 2, 1, 2, 1, 0)
    assert today.languages == {"es": 1, "pt": 1} and (today.led, today.alike) == (3, 3), "both stored ones bear one title; one is a list"
    assert picture.sections == {"russia": {NOW.date(): 2}}
    assert health.gather(NOW) == picture == health.picture(NOW)


def test_only_the_last_days_are_counted_anew(database: Database) -> None:  # noqa: F811
    last_month(database)
    health = SqlHealthBook(database)
    first = health.gather(NOW)
    assert len(first.sources[0].days) == 25
    poll(database, -10.2, 500)  # as if it had been there: a finished day is not looked at again
    poll(database, 0.74, 6)
    days = health.gather(NOW).sources[0].days
    assert days[:-2] == first.sources[0].days[:-2] and days[-1].new == 6


def test_what_stands_is_kept_since_it_began_and_told_once(database: Database) -> None:  # noqa: F811
    last_month(database)
    health = SqlHealthBook(database)
    found = conditions(health.gather(NOW), NOW)
    assert [(one.subject, one.trouble) for one in found] == [("source:a/feed", Trouble.SILENCE)]
    assert "Look at: silence: a/feed" in health.record(found, NOW).message
    assert health.record(found, later(hours=1)).message == ""
    standings = health.standings()
    assert standings.checked_at == later(hours=1) and standings.conditions == found
    poll(database, 0.74, 9)
    again = conditions(health.gather(NOW), NOW)
    assert again == () and health.record(again, later(hours=2)).message.startswith("Fixed: silence: a/feed")
    assert [(len(one.raised), len(one.fixed)) for one in health.notices(9)] == [(0, 1), (1, 0)]
    assert health.notices(9)[1].raised == found and health.standings().conditions == ()


def test_the_page_shows_states_bars_languages_and_what_was_told(desk: Desk, editor: Editor) -> None:  # noqa: F811
    assert "Not looked at yet" in editor.get("/health").text
    last_month(desk.database)
    desk.store(1, language="pt")
    health = SqlHealthBook(desk.database)
    health.record(conditions(health.gather(NOW), NOW), NOW)
    html = editor.get("/health").text
    assert "1 to look at" in html and '<span class="trouble">silence</span> since 16 November 2026' in html
    assert html.count('class="bars"') >= 2 and "Portuguese" in html and "Look at: silence: a/feed" in html
    assert 'style="' not in html and "<script>" not in html
    troubled = editor.get("/health?only=troubled").text
    assert "a/feed" in troubled
    ready = editor.get("/health/ready").json()
    assert ready["attention"] == 1 and ready["health_checked_at"] == NOW.isoformat()


def test_a_desk_is_stale_only_when_something_was_due(desk: Desk, editor: Editor) -> None:  # noqa: F811
    """The clock of the page stands at NOW."""
    SqlSourceBook(desk.database).sync([outlet("a")], MORNING - timedelta(days=24))
    poll(desk.database, 0, 3)
    assert editor.get("/health/ready").json()["stale"] is True, "asked 17 hours ago and due 16 hours ago"
    poll(desk.database, 0.73, 3)
    assert editor.get("/health/ready").json()["stale"] is False


def test_names_from_strangers_stay_text(desk: Desk, editor: Editor) -> None:  # noqa: F811
    last_month(desk.database)
    desk.ledger.announce("a/feed", "a", [announcement("x")], HOSTS, NOW)
    health = SqlHealthBook(desk.database)
    found = conditions(health.gather(NOW), NOW)
    hostile = [type(one)(one.subject, one.trouble, one.since, "<script>alert(1)</script>") for one in found]
    health.record(hostile, NOW)
    assert "<script>alert" not in editor.get("/health").text
