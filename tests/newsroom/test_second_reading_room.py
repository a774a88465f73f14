"""What the first reading is in doubt about is read again: stories become one or are told apart, never against an editor."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

import scheduler
from newsdesk import rereading
from newsdesk.decisions import Draft, Move
from newsdesk.meaning import Encoder, EncoderMissing, Vectors
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.storybook import JoinKind
from newsdesk.telling import Sameness, Telling, Verdict
from newsroom.second_reading import SecondReadingRoom, SecondReadings
from storage import joining
from storage.anew import SqlRenewals
from storage.database import Database
from storage.doubts import SqlDoubts
from storage.schema import candidates
from tests.desk.desks import desk_in, outlet_at
from tests.storage.made import NOW, later
from tests.storage.told import WIDTH, NoEncoder, StoryRoom, by_closeness

PERHAPS = 0.95  # radians from the event's axis: the first reading is in doubt
FIRST_SCORE = 0.58


class FirstSight(NoEncoder):
    """The first reader: it is in doubt about any two."""

    def __init__(self) -> None:
        super().__init__("first")


class Better:
    """The second reader: to it "Suceso 3" means the axis of event 3, however far off the first saw it."""

    name, width, opening = "better", WIDTH, 60

    def __init__(self) -> None:
        self.read = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read += len(texts) // 2
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for at, text in enumerate(texts):
            if "unreadable" in text:
                raise ValueError("made to fail")
            found = re.search(r"Suceso (\d+)(~?)", text)
            assert found, text
            angle = PERHAPS if found[2] else 0.0
            rows[at, 2 * int(found[1])], rows[at, 2 * int(found[1]) + 1] = np.cos(angle), np.sin(angle)
        return rows


def one_by_closeness(one: Telling, other: Telling) -> Sameness:
    if one.encoder == "first":
        return Sameness(Verdict.PERHAPS, FIRST_SCORE, 0.5, "In doubt.", doubtful=True)
    return by_closeness(one, [other])[0]


@pytest.fixture(autouse=True)
def compared_by_closeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "same_story_many", by_closeness)
    monkeypatch.setattr(rereading, "same_story", one_by_closeness)


@pytest.fixture
def desk(database: Database) -> StoryRoom:
    return StoryRoom(database)


def room_of(desk: StoryRoom, encoder: Callable[[], Encoder] | None = Better, at: datetime = NOW) -> SecondReadingRoom:
    to_tell = SqlRenewals(desk.database, desk.shelf).to_tell
    return SecondReadingRoom(SqlDoubts(desk.database), to_tell, lambda: at + timedelta(minutes=1), FirstSight, encoder)


def report(desk: StoryRoom, off: float, title: str, host: str = "a.example", **what: Any) -> Any:
    return desk.report(1, off, host, title=title, **what)


def doubted(desk: StoryRoom, second: str, **what: Any) -> tuple[Any, Any]:
    """Two reports of which the first reading is in doubt; the second reads the other's headline."""
    pair = report(desk, 0, "Suceso 1"), report(desk, PERHAPS, second, "b.example", **what)
    assert pair[0].story_id != pair[1].story_id and desk.book.story(pair[0].story_id).hints
    return pair


def test_what_tells_one_event_becomes_one_story_and_says_why(desk: StoryRoom) -> None:
    first, second = doubted(desk, "Suceso 1")
    assert room_of(desk).read_doubts() == SecondReadings(1, joined=1)
    assert desk.stories(first, second) == [first.story_id] * 2
    view = desk.book.story(second.story_id)
    assert view.members[1].kind is JoinKind.SAME_EVENT and view.members[1].other_article_id == first.article_id
    assert "close. Read a second time by the stronger comparison, they tell one event (100%)." in view.members[1].reason
    (link,) = desk.shelf.story_links(first.story_id)
    assert (link.merged_story_id, link.score) == (second.story_id, pytest.approx(1, abs=0.01))
    assert [item.candidate_id for item in desk.queue_of()] == [first.candidate_id], "one candidate, not two"
    assert room_of(desk).read_doubts() == SecondReadings(), "nothing is read twice"


def test_what_tells_another_event_is_no_suggestion_any_more_but_can_be_seen(desk: StoryRoom) -> None:
    first, second = doubted(desk, "Suceso 2")
    assert room_of(desk).read_doubts() == SecondReadings(1, withdrawn=1)
    for mine, other in ((first, second), (second, first)):
        view = desk.book.story(mine.story_id)
        assert not view.hints
        (hint,) = view.told_apart
        assert (hint.story_id, hint.score, hint.told_apart) == (other.story_id, pytest.approx(0, abs=0.01), True)
        assert "they tell different events" in hint.reason
    desk.book.merge(second.story_id, first.story_id, "ana", "", 0, later(minutes=2))
    assert desk.stories(first, second) == [first.story_id] * 2, "an editor may say otherwise"


def test_what_is_not_sure_either_is_left_to_the_editors(desk: StoryRoom) -> None:
    first, _ = doubted(desk, "Suceso 1~")
    assert room_of(desk).read_doubts() == SecondReadings(1)
    (hint,) = desk.book.story(first.story_id).hints
    assert "is not sure either (58%)" in hint.reason and hint.score == pytest.approx(FIRST_SCORE, abs=0.01)
    assert room_of(desk).read_doubts() == SecondReadings()


def test_one_pair_does_not_move_stories_whose_other_articles_tell_something_else(desk: StoryRoom) -> None:
    first = report(desk, 0, "Suceso 1")
    others = [report(desk, 0, f"Suceso {event}", "c.example") for event in (3, 4)]
    second = report(desk, PERHAPS, "Suceso 1", "b.example")
    assert desk.stories(first, *others) == [first.story_id] * 3
    room_of(desk).read_doubts()
    assert desk.stories(second) == [second.story_id]
    (hint,) = desk.book.story(second.story_id).hints
    assert hint.reason.endswith("The other articles of the two stories tell something else.")


def test_what_an_editor_keeps_apart_stays_apart(desk: StoryRoom) -> None:
    first, second = doubted(desk, "Suceso 1")
    desk.book.keep_apart(first.story_id, second.story_id, "ana", "", 0, NOW)
    assert room_of(desk).read_doubts() == SecondReadings(1)
    assert desk.stories(first, second) == [first.story_id, second.story_id]


def test_two_stories_that_were_decided_on_are_not_made_one(desk: StoryRoom) -> None:
    first, second = doubted(desk, "Suceso 1")
    for one in (first, second):
        desk.desk.decide(one.candidate_id, Draft(Move.HOLD, until=date(2027, 1, 1)), "ana", 0, NOW)
    assert room_of(desk).read_doubts().joined == 0
    (hint,) = desk.book.story(first.story_id).hints
    assert "they tell one event" in hint.reason and hint.reason.endswith("not made one without an editor.")


def test_a_held_story_takes_up_the_other_and_says_that_it_joined_since(desk: StoryRoom) -> None:
    first, second = doubted(desk, "Suceso 1")
    desk.desk.decide(first.candidate_id, Draft(Move.HOLD, until=date(2027, 1, 1)), "ana", 0, NOW)
    assert room_of(desk).read_doubts().joined == 1
    assert desk.desk.candidate(second.candidate_id).candidate_id == first.candidate_id
    with desk.database.reading() as connection:
        assert connection.scalar(sa.select(candidates.c.joined_since).where(candidates.c.id == first.candidate_id)) == 1
    assert desk.stories(second) == [first.story_id]


def test_only_what_an_editor_would_be_asked_is_read(desk: StoryRoom) -> None:
    pair = doubted(desk, "Suceso 1", score=0.0)
    with desk.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM candidates")
    reader = Better()
    assert room_of(desk, lambda: reader).read_doubts() == SecondReadings()
    assert reader.read == 0 and desk.stories(*pair) == [one.story_id for one in pair]


def test_old_notes_and_a_room_without_an_encoder_read_nothing(desk: StoryRoom) -> None:
    doubted(desk, "Suceso 1")
    assert room_of(desk, None).read_doubts() == SecondReadings() and room_of(desk, None).waiting() == 0
    assert room_of(desk, at=later(days=8)).read_doubts() == SecondReadings()
    assert room_of(desk).waiting() == 1


def test_what_cannot_be_read_keeps_nothing_else_from_it(desk: StoryRoom, caplog: pytest.LogCaptureFixture) -> None:
    first, second = doubted(desk, "Suceso 1")
    third = report(desk, -PERHAPS, "unreadable", "c.example")
    room = room_of(desk)
    with caplog.at_level(logging.ERROR):
        assert room.read_doubts() == SecondReadings(1, joined=1, failed=1)
        assert room.read_doubts() == SecondReadings(), "it is not tried again and again"
    assert desk.stories(first, second, third) == [first.story_id, first.story_id, third.story_id]
    assert "stay a suggestion" in caplog.text


def test_many_doubts_on_one_article_read_it_once(desk: StoryRoom) -> None:
    reader = Better()
    report(desk, 0, "Suceso 1")
    for off, host in ((PERHAPS, "b.example"), (-PERHAPS, "c.example")):
        report(desk, off, "Suceso 1~", host)
    counted = room_of(desk, lambda: reader).read_doubts()
    assert (counted.read, reader.read) == (2, 3)


def test_a_stop_ends_it_at_the_doubt_it_is_at(desk: StoryRoom) -> None:
    for event in (1, 2, 3):
        desk.report(event, title=f"Suceso {event}")
        desk.report(event, PERHAPS, "b.example", title=f"Suceso {event}")
    room = room_of(desk)
    assert room.read_doubts(step=lambda _: room.stop()).read == 1
    assert room_of(desk).read_doubts().read == 2


def test_the_sentence_says_what_it_came_to() -> None:
    assert SecondReadings().sentence == "Nothing is in doubt of what editors are asked."
    said = SecondReadings(9, 4, 3, 1).sentence
    assert said == "9 in doubt read again: 4 joined, 3 told apart, 2 left to the editors; 1 could not be read (see the log)."


def test_where_the_encoder_cannot_run_that_is_said_once(desk: StoryRoom, caplog: pytest.LogCaptureFixture) -> None:
    doubted(desk, "Suceso 1")

    def missing() -> Encoder:
        raise EncoderMissing("the encoder needs a processor with AVX2")

    room = room_of(desk, missing)
    with caplog.at_level(logging.WARNING):
        asyncio.run(scheduler.reread(room))
        asyncio.run(scheduler.reread(room))
    assert caplog.text.count("AVX2") == 1


def test_the_settings_say_whether_and_by_whom(tmp_path: Path) -> None:
    made = desk_in(tmp_path, [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")], ["127.0.0.1:9"])
    with scheduler.open_newsroom(made.home) as newsroom:
        settings = newsroom.loaded.settings
    assert settings.second_encoder == STRONGER_ENCODER
    assert replace(settings, second_reading=False).second_encoder is None
    assert replace(settings, encoder=STRONGER_ENCODER).second_encoder is None


ARREST = ("Ministro de Salud de Bolivia dimite por compra de respiradores", "La fiscalía investiga sobreprecios.", "es")
ARREST_TOO = ("Bolivia's health minister arrested over ventilators", "Police say Marcelo Navajas authorised the inflated purchase.", "en")
VISIT = ("Un general ruso visita Managua", "La delegación fue recibida por el jefe del ejército.", "es")


def test_the_command_reads_again_with_both_encoders_and_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk_in(tmp_path / "desk", [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")], ["127.0.0.1:9"])
    with scheduler.open_newsroom(made.home) as newsroom:
        desk = StoryRoom(newsroom.database)
        for off, host, (title, text, language) in ((0, "a", ARREST), (PERHAPS, "b", ARREST_TOO), (-PERHAPS, "c", VISIT)):
            page = desk.page(1, off, f"{host}.example", title=title, text=text, language=language)
            desk.shelf.store_many([page], scheduler.utc_now())
    monkeypatch.undo()  # the rules themselves from here on
    (counted,) = made.rows("stories", "reread")
    assert counted == {"read": 2, "joined": 1, "withdrawn": 1, "failed": 0}
    (story,) = made.rows("stories", "show", "1")
    assert [member["outlet"] for member in story["articles"]] == ["a", "b"]
    assert "they tell one event" in story["articles"][1]["why"]
    assert [hint["article"] for hint in story["told_apart"]] == [3] and story["perhaps"] == []
    assert made.ask("stories", "reread").out == "Nothing is in doubt of what editors are asked.\n"
