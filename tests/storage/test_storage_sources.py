"""The book of sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from newsdesk.errors import NotFound
from newsdesk.links import Outcome, PollOutcome, Rhythm
from newsdesk.polling import after_poll
from newsdesk.sources import PollEnd, Validators
from storage.database import Database
from storage.shelves import SqlLinkLedger, SqlSourceBook
from tests.storage.made import HOSTS, NOW, announcement, later, outlet, source


@pytest.fixture
def book(database: Database) -> SqlSourceBook:
    book = SqlSourceBook(database)
    book.sync([outlet("a", source("a/feed"), source("a/map")), outlet("b")], NOW)
    return book


def poll(outcome: PollOutcome | Outcome = PollOutcome.READ, minutes: float = 0, **what: object) -> PollEnd:
    return PollEnd("a/feed", outcome, "detail", later(minutes=minutes), **what)  # type: ignore[arg-type]


def tell(book: SqlSourceBook, end: PollEnd, due_at: datetime) -> None:
    """Record a poll as the collector does, but due at a moment the test chooses."""
    book.record_poll(end, replace(after_poll(book.state(end.source_id), end, end.polled_at), due_at=due_at))


def test_new_sources_are_due_at_once_the_longest_due_first(book: SqlSourceBook) -> None:
    tell(book, poll(), later(minutes=30))
    assert [state.source_id for state in book.due(NOW)] == ["a/map", "b/feed"]
    assert [state.source_id for state in book.due(later(hours=1))] == ["a/map", "b/feed", "a/feed"]


def test_sync_switches_off_and_on_and_keeps_history(book: SqlSourceBook) -> None:
    tell(book, poll(validators=Validators("e", "l", "b")), later(minutes=30))
    off = [outlet("a", source("a/feed", switched_off="dead"), source("a/map")), outlet("b", switched_off="terms")]
    book.sync(off, NOW)
    assert [state.source_id for state in book.due(later(days=1))] == ["a/map"]
    book.sync([], NOW)
    assert book.due(later(days=1)) == () and book.state("a/feed").validators.etag == "e"
    for _ in range(2):
        book.sync([outlet("a")], NOW)
    assert [state.validators.etag for state in book.due(later(days=1))] == ["e"]


def test_a_changed_address_forgets_validators(book: SqlSourceBook) -> None:
    tell(book, poll(validators=Validators("e"), unconditional=True), later(days=30))
    book.sync([outlet("a", source("a/feed", url="https://a.example/new"))], later(minutes=1))
    state = book.state("a/feed")
    assert (state.validators, state.read_in_full_at, state.due_at) == (Validators(), None, later(minutes=1))


def test_a_poll_is_remembered(book: SqlSourceBook) -> None:
    tell(book, poll(validators=Validators("e", "l", "b"), unconditional=True), later(minutes=45))
    tell(book, poll(PollOutcome.NOT_MODIFIED, 45), later(minutes=105))
    state = book.state("a/feed")
    assert (state.validators, state.read_in_full_at, state.polled_at) == (Validators("e", "l", "b"), NOW, later(minutes=45))
    assert (state.last_outcome, state.interval_seconds, state.due_at) == ("not_modified", 5400, later(minutes=105))
    assert state.failing_since is None and state.weight == 0


def test_failures_add_up_until_a_real_answer(book: SqlSourceBook) -> None:
    tell(book, poll(Outcome.TIMEOUT), later(hours=2))
    tell(book, poll(Outcome.NOT_FOUND, 1), later(hours=2))
    tell(book, poll(PollOutcome.NOT_A_FEED, 2, validators=Validators("of a web page")), later(hours=2))
    tell(book, poll(PollOutcome.NOT_MODIFIED, 3), later(hours=2))  # field notes 12: proves nothing
    state = book.state("a/feed")
    assert (state.failing_since, state.weight, state.validators) == (NOW, 1.75, Validators())
    tell(book, poll(PollOutcome.SAME_BODY, 4), later(hours=2))
    state = book.state("a/feed")
    assert (state.failing_since, state.weight) == (None, 0)


def test_a_poll_told_twice_counts_once(book: SqlSourceBook) -> None:
    for _ in range(2):
        tell(book, poll(Outcome.NOT_FOUND), later(hours=2))
    assert book.state("a/feed").weight == 1


def test_an_unknown_source_is_named(book: SqlSourceBook) -> None:
    for ask in (lambda: book.state("x/y"), lambda: tell(book, PollEnd("x/y", PollOutcome.READ, "", NOW), NOW)):
        with pytest.raises(NotFound, match="x/y"):
            ask()


def test_the_report_counts_each_link_once(database: Database, book: SqlSourceBook) -> None:
    ledger = SqlLinkLedger(database)
    ledger.announce("a/feed", "a", [announcement(n) for n in range(5)] + [announcement(1, "x.invalid")], HOSTS, NOW)
    first, second, third, *_ = ledger.lease("a", 5, "me", NOW, 60)
    ledger.end(first.id, Outcome.NOT_FOUND, "", NOW)
    ledger.end(second.id, Outcome.NOT_FOUND, "", NOW)
    ledger.postpone(third.id, Outcome.TIMEOUT, "", later(hours=1), NOW)
    book.sync([outlet("b")], NOW)
    report = {row.source_id: row for row in book.report()}
    assert set(report) == {"a/feed", "b/feed"}
    assert (report["a/feed"].outcomes, report["a/feed"].waiting) == ({"not_found": 2, "off_host": 1}, 3)
    assert (report["b/feed"].outcomes, report["b/feed"].waiting, report["b/feed"].url) == ({}, 0, "https://b.example/feed")


def test_when_an_outlet_last_brought_something_unknown(book: SqlSourceBook) -> None:
    for minutes, new in ((0, 3), (60, 0), (120, 1)):
        tell(book, poll(minutes=minutes, announced=3, new=new), later(minutes=minutes + 30))
    assert book.last_news() == {"a": later(minutes=120)}
    assert book.news_of("a", NOW) == (later(minutes=0), later(minutes=120))
    assert book.news_of("a", later(minutes=1)) == (later(minutes=120),)
    assert book.news_of("b", NOW) == ()
    assert [state.source_id for state in book.states()] == ["a/feed", "a/map", "b/feed"]


def test_what_polling_remembers_comes_back(book: SqlSourceBook) -> None:
    """And a changed address makes it forget, the place it had moved to above all."""
    end = poll(rhythm=Rhythm(ttl_seconds=900, skip_hours=(1, 2)), moved_to="https://a.example/moved")
    then = replace(after_poll(book.state("a/feed"), end, NOW), pace_seconds=1234, reason="because")
    book.record_poll(end, then)
    state = book.state("a/feed")
    assert (state.rhythm, state.pace_seconds, state.reason) == (Rhythm(ttl_seconds=900, skip_hours=(1, 2)), 1234, "because")
    assert (state.moved_to, state.moved_at) == ("https://a.example/moved", NOW)
    tell(book, poll(PollOutcome.NOT_MODIFIED, 60), later(hours=3))
    state = book.state("a/feed")
    assert (state.rhythm, state.moved_at) == (Rhythm(ttl_seconds=900, skip_hours=(1, 2)), NOW), "a 304 says nothing of either"
    tell(book, poll(minutes=90, moved_to=""), later(hours=3))
    assert (book.state("a/feed").moved_to, book.state("a/feed").moved_at) == (None, None)
    tell(book, poll(minutes=120, moved_to="https://a.example/moved"), later(hours=3))
    book.sync([outlet("a", source("a/feed", url="https://a.example/new"))], later(minutes=150))
    state = book.state("a/feed")
    assert (state.moved_to, state.rhythm, state.pace_seconds) == (None, None, None)


def test_many_polls_are_one_transaction_all_or_none(book: SqlSourceBook) -> None:
    ends = [PollEnd(name, PollOutcome.READ, "", NOW, validators=Validators(name)) for name in ("a/feed", "a/map", "b/feed")]
    told = [(end, replace(after_poll(book.state(end.source_id), end, NOW), due_at=later(hours=2))) for end in ends]
    stranger = PollEnd("c/feed", PollOutcome.READ, "", NOW)
    with pytest.raises(NotFound):
        book.record_polls([*told, (stranger, told[0][1])])
    assert book.state("a/feed").polled_at is None
    book.record_polls([*told, told[0]])
    book.record_polls(told)
    assert {book.state(end.source_id).validators.etag for end in ends} == {"a/feed", "a/map", "b/feed"}
    assert book.due(later(hours=1)) == ()
    book.record_polls([])


def test_an_unasked_304_is_no_full_read(book: SqlSourceBook) -> None:
    tell(book, poll(PollOutcome.NOT_MODIFIED, unconditional=True), later(hours=1))
    assert book.state("a/feed").read_in_full_at is None
