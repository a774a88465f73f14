"""Searching a desk for independent reports: what is found, what was searched, what turns up later, and who is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from newsdesk.corroboration import Verdict
from newsdesk.decisions import Draft, Move
from newsdesk.editions import Policy
from newsdesk.judging import Label, Provenance
from newsdesk.links import Outcome, PollOutcome
from newsdesk.outlets import Control, ControlStatement, Evidence, Outlet
from newsdesk.polling import after_poll
from newsdesk.ports import QueueFilter
from newsdesk.sources import PollEnd
from newsdesk.voices import Voices
from newsroom.corroboration import CorroborationRoom
from storage import joining
from storage.control import SqlControlBook
from storage.corroboration import SqlCorroborationBook
from storage.database import Database
from storage.schema import articles, story_links
from storage.shelves import SqlSourceBook
from tests.storage.made import NOW, later, outlet, source
from tests.storage.told import StoryRoom, by_closeness

SEEN = (Evidence("seen", date(2026, 1, 1)),)
POLICY = Policy(0.2, frozenset({"SC"}), frozenset({"CU"}), "State media reports", (), 40.0)
STATE = ControlStatement(Control.SC, "CU", "law", SEEN)
PRIVATE = ControlStatement(Control.PRIVATE, None, "press", SEEN)


def of(name: str, statement: ControlStatement | None, *languages: str) -> Outlet:
    made = outlet(name, source(f"{name}/feed"))
    control = (statement,) if statement else ()
    return Outlet(**{**made.__dict__, "control": control, "languages": languages or ("es",)})


OUTLETS = {each.id: each for each in (of("a", STATE), of("b", PRIVATE, "pt"), of("c", None))}


class Room:
    """A desk with a Cuban state outlet, an independent one in Portuguese, and one of which nobody has said anything."""

    def __init__(self, database: Database) -> None:
        self.desk = StoryRoom(database)
        self.sources = SqlSourceBook(database)
        self.sources.sync(list(OUTLETS.values()), NOW)
        self.book = SqlCorroborationBook(database, str.upper)
        self.room = CorroborationRoom(self.book, lambda: (OUTLETS, POLICY))

    def report(self, host: str, event: int = 1, **what: Any) -> Any:
        label = {"a": Label.STATE_MEDIA, "b": Label.NOT_STATE_MEDIA, "c": Label.UNKNOWN}[host[0]]
        return self.desk.report(event, host=host, **{"label": label, **what})

    def poll(self, source_id: str, outcome: PollOutcome | Outcome = PollOutcome.READ, **after: float) -> None:
        end = PollEnd(source_id, outcome, "", later(**after))
        self.sources.record_poll(end, after_poll(self.sources.state(source_id), end, end.polled_at))

    def verdict(self, story_id: int) -> Verdict:
        kept = self.book.of_story(story_id)
        assert kept is not None
        return kept[0].verdict


@pytest.fixture(autouse=True)
def compared_by_closeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "same_story_many", by_closeness)


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


def test_what_nobody_else_reports_is_not_found_with_where_was_searched(room: Room) -> None:
    story = room.report("a.example").story_id
    room.poll("b/feed", hours=2)
    room.poll("b/feed", Outcome.TIMEOUT, hours=3)
    room.room.look(later(hours=4))
    kept = room.book.of_story(story)
    assert kept is not None
    found, looked_at = kept
    assert (found.verdict, looked_at) == (Verdict.NOT_FOUND, later(hours=4))
    assert found.searched is not None
    (searched,) = found.searched.read
    assert (searched.source_id, searched.languages, searched.good, searched.failed) == ("b/feed", ("pt",), 1, 1)
    assert searched.last_good_at == later(hours=2)


def test_sources_that_were_down_are_not_searched(room: Room) -> None:
    story = room.report("a.example").story_id
    room.poll("b/feed", hours=-2)
    room.poll("b/feed", Outcome.TIMEOUT, hours=2)
    room.room.look(later(hours=4))
    assert room.verdict(story) is Verdict.NOT_SEARCHED


def test_an_independent_report_that_arrives_three_days_later_is_told_to_who_holds_the_state_report(room: Room) -> None:
    first = room.report("a.example", score=90)
    room.poll("b/feed", hours=2)
    assert room.room.look(later(hours=3)) == 0
    (item,) = room.desk.queue_of()
    room.desk.desk.decide(item.candidate_id, Draft(Move.ACCEPT, "2026-11", "russia", "It was so."), "ana", 0, later(hours=4))
    room.report("b.example", language="pt", published=later(days=3))
    assert room.room.look(later(days=3, hours=1)) == 1
    assert room.verdict(first.story_id) is Verdict.FOUND
    (news,) = room.book.news()
    assert (news.candidate_id, news.state) == (item.candidate_id, "accepted")
    assert "Reported independently by B (Portuguese" in news.sentence
    room.book.seen(news.id, "ana", later(days=4))
    assert room.book.news() == ()
    assert room.room.look(later(days=5)) == 0, "what was told once is not told again"


def test_what_came_before_the_first_search_and_after_the_decision_is_told(room: Room) -> None:
    room.report("a.example", score=90)
    (item,) = room.desk.queue_of()
    room.desk.desk.decide(item.candidate_id, Draft(Move.ACCEPT, "2026-11", "russia", "It was so."), "ana", 0, later(hours=-1))
    room.report("b.example")
    assert room.room.look(later(hours=1)) == 1


def test_what_was_there_when_the_editor_decided_is_no_news(room: Room) -> None:
    room.report("a.example", score=90)
    room.report("b.example")
    (item,) = room.desk.queue_of()
    room.desk.desk.decide(item.candidate_id, Draft(Move.ACCEPT, "2026-11", "russia", "It was so."), "ana", 0, later(hours=1))
    assert room.room.look(later(hours=2)) == 0


def test_one_that_joins_while_the_desk_looks_is_seen_at_the_next_look(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    story = room.report("a.example").story_id
    record = room.book.record

    def late(*given: Any) -> bool:
        monkeypatch.setattr(room.book, "record", record)
        room.report("b.example")
        return record(*given)

    monkeypatch.setattr(room.book, "record", late)
    room.room.look(later(days=12))
    assert room.book.due(later(days=12)) == [story]
    room.room.look(later(days=12))
    assert room.verdict(story) is Verdict.FOUND


def test_one_story_that_cannot_be_judged_does_not_stop_the_others(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    first = room.report("a.example", event=1).story_id
    second = room.report("a.example", event=2).story_id
    members = room.book.members
    asked: list[int] = []

    def broken(story_id: int) -> Any:
        asked.append(story_id)
        if story_id == first and asked.count(first) > 1:
            raise ValueError("a bad row")
        return members(story_id)

    monkeypatch.setattr(room.book, "members", broken)
    room.room.look(later(hours=1))
    assert room.book.of_story(first) is None
    assert room.book.of_story(second) is not None


def test_a_report_older_than_the_desk_looks_back_is_not_said_to_be_searched(room: Room) -> None:
    story = room.report("a.example", published=later(days=-100)).story_id
    room.poll("b/feed", hours=1)
    room.room.look(later(hours=2))
    kept = room.book.of_story(story)
    assert kept is not None
    assert (kept[0].verdict, kept[0].searched) == (Verdict.NOT_SEARCHED, None)
    assert "older than the desk looks back" in kept[0].sentence


def test_the_verdict_goes_when_no_state_voice_tells_the_story_any_more(room: Room) -> None:
    room.report("a.example")
    room.room.look(later(hours=1))
    free = Voices(Provenance(Label.NOT_STATE_MEDIA, None, None, "Looked at again."))
    SqlControlBook(room.desk.database).relabel(["a"], lambda article: free, None, later(hours=2))
    (item,) = room.desk.queue_of()
    assert item.corroboration is None


def test_a_copy_of_before_the_shares_were_kept_counts_as_one(room: Room) -> None:
    story = room.report("a.example", text="Mismo texto.").story_id
    room.report("b.example", text="Mismo texto de otro.", published=later(hours=1))
    with room.desk.database.writing() as connection:
        connection.execute(sa.update(story_links).values(kind="copy", score=None))
        connection.execute(sa.update(articles).where(articles.c.id == 2).values(label="not_state_media", origins=None, publisher=None))
    room.room.look(later(hours=2))
    assert room.verdict(story) is not Verdict.FOUND


def test_what_only_waits_is_no_news(room: Room) -> None:
    story = room.report("a.example").story_id
    room.room.look(later(hours=1))
    room.report("b.example")
    assert room.room.look(later(hours=3)) == 0
    assert room.verdict(story) is Verdict.FOUND


def test_unknown_control_does_not_corroborate_nor_count_as_searched(room: Room) -> None:
    story = room.report("a.example").story_id
    room.report("c.example")
    room.poll("c/feed", hours=2)
    room.room.look(later(hours=3))
    assert room.verdict(story) is Verdict.NOT_SEARCHED


def test_only_what_a_state_voice_tells_is_searched_for(room: Room) -> None:
    room.report("b.example")
    assert room.book.due(NOW) == []


def test_an_open_search_is_made_again_after_an_hour_and_a_closed_one_is_not(room: Room) -> None:
    story = room.report("a.example").story_id
    room.room.look(later(hours=1))
    assert room.book.due(later(hours=1.5)) == []
    assert room.book.due(later(hours=2)) == [story]
    room.room.look(later(days=11))
    assert room.book.due(later(days=30)) == []


def test_a_changed_label_asks_for_another_search(room: Room) -> None:
    story = room.report("a.example").story_id
    other = room.report("b.example")
    room.room.look(later(hours=1))
    assert room.verdict(story) is Verdict.FOUND
    unknown = Provenance(Label.UNKNOWN, None, None, "Nobody has said.")
    SqlControlBook(room.desk.database).relabel(["b"], lambda article: Voices(unknown), None, later(hours=1.1))
    assert room.book.due(later(hours=1.2)) == [story]
    room.room.look(later(hours=1.2))
    assert room.verdict(story) is not Verdict.FOUND
    assert other.story_id == story


def test_the_queue_shows_the_verdict(room: Room) -> None:
    room.report("a.example")
    room.poll("b/feed", hours=2)
    room.room.look(later(hours=3))
    (item,) = room.desk.desk.queue(QueueFilter(today=NOW.date())).items
    assert item.corroboration == "not_found"


def test_pages_that_were_announced_and_not_read_are_counted(room: Room) -> None:
    story = room.report("a.example").story_id
    link = room.desk.link("lost", "b.example")
    room.desk.ledger.end(link.id, Outcome.ROBOTS_DENIED, "", later(hours=1))
    room.poll("b/feed", hours=2)
    room.room.look(later(hours=3))
    kept = room.book.of_story(story)
    assert kept is not None and kept[0].searched is not None
    assert [one.unread for one in kept[0].searched.read] == [1]


def test_articles_that_were_dated_by_the_day_have_no_hour(room: Room) -> None:
    story = room.report("a.example", published=NOW - timedelta(hours=2)).story_id
    (member,) = room.book.members(story)
    assert member.published_at == NOW - timedelta(hours=2)
    assert (member.outlet_name, member.label) == ("A", Label.STATE_MEDIA)
