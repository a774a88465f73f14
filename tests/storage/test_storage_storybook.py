"""Stories by what they tell: joined while articles are stored, merged and split by editors, never against them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from newsdesk.decisions import Draft, Move, State
from newsdesk.errors import IllegalMove, NotFound, OutdatedView
from newsdesk.labels import Label
from newsdesk.ports import QueueFilter
from newsdesk.storybook import JoinKind, VerdictKind
from newsdesk.telling import unpacked
from storage import joining
from storage.database import Database
from storage.joining import parted_from
from storage.schema import candidates, relabellings, story_bars, tellings
from storage.shelves import SqlArticleShelf
from storage.tellings import kind_of, large, small
from tests.storage.made import NOW, judged, later, same_copy
from tests.storage.test_storage_plans import statements
from tests.storage.told import StoryRoom, by_closeness, telling

TITLES = ("Sismo en Managua", "Terremoto sacude Managua", "Tremor atinge Manágua", "Séisme à Managua", "Managua hit by earthquake")


@pytest.fixture(autouse=True)
def compared_by_closeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "same_story_many", by_closeness)


@pytest.fixture
def room(database: Database) -> StoryRoom:
    return StoryRoom(database)


def test_reports_of_one_event_become_one_story_and_say_why(room: StoryRoom) -> None:
    first, other, second = room.report(1), room.report(2), room.report(1, 0.1, "b.example")
    assert second.story_id == first.story_id != other.story_id
    assert second.candidate_id == first.candidate_id
    view = room.book.story(first.story_id)
    assert [member.kind for member in view.members] == [JoinKind.BEGAN, JoinKind.SAME_EVENT]
    assert view.members[1].other_article_id == first.article_id
    assert "%" in view.members[1].reason and view.members[1].reason.endswith(".")
    (link,) = room.shelf.story_links(first.story_id)
    assert link.kind is JoinKind.SAME_EVENT and link.score is not None and 0.5 < link.score <= 1


def test_days_apart_and_other_encoders_are_not_compared(room: StoryRoom) -> None:
    first = room.report(1)
    assert room.report(1, published=NOW - timedelta(days=30)).story_id != first.story_id
    assert room.report(1, encoder="another").story_id != first.story_id
    assert room.report(None).story_id != first.story_id


def test_a_story_told_by_two_encoders_is_compared_with_what_can_be(room: StoryRoom) -> None:
    first = room.report(1, encoder="another", text="Igual empieza uno.", fingerprints=(1, 2, 3))
    second = room.report(1, host="b.example", text="Igual empieza otro.", fingerprints=(1, 2, 3))
    third = room.report(1, 0.05, host="c.example")
    copied = room.report(2, host="c.example", text="Igual empieza este.", fingerprints=(1, 2, 3))
    assert len(set(room.stories(first, second, third, copied))) == 1


def test_a_copy_is_a_copy_still(room: StoryRoom) -> None:
    first = room.report(None, text="Igual empieza uno.", fingerprints=(1, 2, 3))
    second = room.report(None, host="b.example", text="Igual empieza otro.", fingerprints=(1, 2, 3))
    assert second.story_id == first.story_id
    assert room.book.story(first.story_id).members[1].kind is JoinKind.COPY


def test_an_arrival_that_tells_of_two_stories_makes_them_one(room: StoryRoom) -> None:
    first, second = room.report(1, -0.4), room.report(1, 0.4)
    assert first.story_id != second.story_id
    third = room.report(1)
    assert len(set(room.stories(first, second, third))) == 1
    assert {member.article.id for member in room.book.story(second.story_id).members} == {1, 2, 3}


def test_what_is_only_perhaps_the_same_is_shown_to_both_and_joins_nothing(room: StoryRoom) -> None:
    first = room.report(1)
    second = room.report(1, 0.95, "b.example")
    assert first.story_id != second.story_id
    (hint,) = room.book.story(first.story_id).hints
    assert (hint.story_id, hint.article.id, hint.article_count, hint.candidate_id) == (
        second.story_id,
        second.article_id,
        1,
        second.candidate_id,
    )
    assert room.book.story(second.story_id).hints[0].story_id == first.story_id


def test_merging_by_hand_keeps_the_decided_candidate_and_can_be_taken_back(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(2, host="b.example")
    assert second.candidate_id is not None
    room.desk.decide(second.candidate_id, Draft(Move.REJECT, reason="old"), "ana", 0, NOW)
    verdict = room.book.merge(second.story_id, first.story_id, "ana", "both are the quake", 0, later(minutes=1))
    assert (verdict.kind, verdict.article_ids, verdict.other_article_ids) == (VerdictKind.SAME, (2,), (1,))
    assert len(set(room.stories(first, second))) == 1
    view = room.book.story(second.story_id)
    assert view.members[1].reason == "ana merged the two stories: both are the quake."
    assert room.desk.candidate(first.candidate_id or 0).candidate_id == second.candidate_id
    room.book.undo(verdict.id, "luis", later(minutes=2))
    assert room.stories(first, second) == [first.story_id, second.story_id]
    assert room.desk.candidate(first.candidate_id or 0).standing.state is State.WAITING
    assert room.desk.candidate(second.candidate_id).standing.state is State.REJECTED
    assert [one.article_id for one in (first, second)] == [room.desk.candidate(c).article.id for c in (1, 2)]
    assert room.book.story(first.story_id).verdicts == ()
    assert room.book.labels() == ()
    with pytest.raises(OutdatedView, match="taken back already"):
        room.book.undo(verdict.id, "ana", later(minutes=3))


def test_a_merger_is_not_taken_back_where_nothing_would_stay(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(2, host="b.example")
    verdict = room.book.merge(second.story_id, first.story_id, "ana", "", 0, NOW)
    room.book.split(first.story_id, [first.article_id], "ana", "", verdict.id, NOW)
    before = room.stories(first, second)
    with pytest.raises(IllegalMove, match="nothing to part it from"):
        room.book.undo(verdict.id, "ana", NOW)
    assert room.stories(first, second) == before


def test_a_merger_is_not_taken_back_where_an_entry_would_cite_the_other_story(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(2, host="b.example")
    room.desk.decide(second.candidate_id or 0, Draft(Move.HOLD, until=date(2027, 1, 1)), "ana", 0, NOW)
    verdict = room.book.merge(second.story_id, first.story_id, "ana", "", 0, NOW)
    accept = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="Told.", article_id=first.article_id)
    room.desk.decide(second.candidate_id or 0, accept, "ana", 1, NOW)
    with pytest.raises(IllegalMove, match="cite an article of the other story"):
        room.book.undo(verdict.id, "ana", NOW)
    room.desk.decide(second.candidate_id or 0, Draft(Move.UNDO), "ana", 2, NOW)
    room.desk.decide(second.candidate_id or 0, replace(accept, article_id=second.article_id), "ana", 3, NOW)
    room.book.undo(verdict.id, "ana", NOW)
    assert room.stories(first, second) == [first.story_id, second.story_id]
    (entry,) = room.desk.entries("2026-11")
    assert (entry.article_id, entry.other_outlets) == (second.article_id, ())


def test_what_was_absorbed_earlier_returns_to_its_own_candidate(room: StoryRoom) -> None:
    first, second, third = room.report(1), room.report(2, host="b.example"), room.report(3, host="c.example")
    room.book.merge(third.story_id, second.story_id, "ana", "", 0, NOW)
    verdict = room.book.merge(second.story_id, first.story_id, "ana", "", room.book.story(second.story_id).seen, NOW)
    assert room.desk.candidate(third.candidate_id or 0).candidate_id == first.candidate_id
    room.book.undo(verdict.id, "ana", NOW)
    shown = [room.desk.candidate(one.candidate_id or 0).candidate_id for one in (first, second, third)]
    assert shown == [first.candidate_id, second.candidate_id, second.candidate_id]


def test_a_merger_taken_back_leaves_a_later_one_standing(room: StoryRoom) -> None:
    first, second, third = room.report(1), room.report(2, host="b.example"), room.report(3, host="c.example")
    room.desk.decide(second.candidate_id or 0, Draft(Move.HOLD, until=date(2027, 1, 1)), "ana", 0, NOW)
    verdict = room.book.merge(second.story_id, first.story_id, "ana", "", 0, NOW)
    room.book.merge(third.story_id, first.story_id, "ana", "", room.book.story(first.story_id).seen, NOW)
    assert room.desk.queue(_waiting()).items == ()
    room.book.undo(verdict.id, "ana", NOW)
    assert room.stories(first, second, third) == [first.story_id, second.story_id, first.story_id]
    shown = [room.desk.candidate(one.candidate_id or 0).candidate_id for one in (first, second, third)]
    assert shown == [first.candidate_id, second.candidate_id, first.candidate_id]
    assert [item.candidate_id for item in room.desk.queue(_waiting()).items] == [first.candidate_id]


def test_what_an_editor_split_never_joins_again(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(1, 0.05, "b.example")
    verdict = room.book.split(first.story_id, [second.article_id], "ana", "another quake", 0, NOW)
    new = room.stories(second)[0]
    assert new == verdict.other_story_id != first.story_id
    assert room.desk.candidate(room.desk.queue(_waiting()).items[0].candidate_id)
    third = room.report(1, 0.06, "c.example")
    assert third.story_id == new
    assert room.stories(first, second, third) == [first.story_id, new, new]
    assert room.book.story(first.story_id).hints == ()
    copied = room.report(1, 0.01, text="Palabra1 es la primera.", fingerprints=(1, 2))
    assert room.stories(first, second)[0] == first.story_id and copied.story_id in (first.story_id, new)
    assert len(set(room.stories(first, second))) == 2


def test_a_split_is_proposed_and_can_be_taken_back(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(1, 0.05, "b.example", score=3.0)
    verdict = room.book.split(first.story_id, [second.article_id], "ana", "", 0, NOW)
    items = room.desk.queue(_waiting()).items
    assert {item.article_id: item.articles_in_story for item in items} == {first.article_id: 1, second.article_id: 1}
    room.book.undo(verdict.id, "ana", later(minutes=1))
    assert len(set(room.stories(first, second))) == 1
    (item,) = room.desk.queue(_waiting()).items
    assert item.articles_in_story == 2
    with room.database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(story_bars)) == 0
    assert len(set(room.stories(first, second, room.report(1, 0.02, "c.example")))) == 1


def test_a_split_refuses_what_would_change_a_printed_entry_or_leave_nothing(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(1, 0.05, "b.example")
    accept = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="Told.", article_id=second.article_id)
    room.desk.decide(first.candidate_id or 0, accept, "ana", 0, NOW)
    for chosen, sentence in (
        ([second.article_id], "cites an article"),
        ([first.article_id, second.article_id], "at least one"),
        ([], "Choose"),
    ):
        with pytest.raises(IllegalMove, match=sentence):
            room.book.split(first.story_id, chosen, "ana", "", 0, NOW)
    room.book.split(first.story_id, [first.article_id], "ana", "", 0, NOW)
    (entry,) = room.desk.entries("2026-11")
    assert entry.article_id == second.article_id and entry.other_outlets == ()


def test_who_has_not_seen_a_colleagues_verdict_is_told(room: StoryRoom) -> None:
    first, second, third = room.report(1), room.report(1, 0.05, "b.example"), room.report(1, 0.06, "c.example")
    room.book.split(first.story_id, [third.article_id], "ana", "", 0, NOW)
    with pytest.raises(OutdatedView, match="ana split it on 2026-11-20 at 23:59 UTC"):
        room.book.split(first.story_id, [second.article_id], "luis", "", 0, NOW)
    seen = room.book.story(first.story_id).seen
    with pytest.raises(OutdatedView, match="left the story"):
        room.book.split(first.story_id, [third.article_id], "luis", "", seen, NOW)
    room.book.merge(first.story_id, room.stories(third)[0], "luis", "", seen, NOW)
    with pytest.raises(OutdatedView, match="became one"):
        room.book.merge(first.story_id, third.story_id, "ana", "", room.book.story(first.story_id).seen, NOW)
    with pytest.raises(NotFound):
        room.book.story(99)
    with pytest.raises(NotFound):
        room.book.undo(99, "ana", NOW)


def test_saying_that_two_are_not_the_same_takes_the_suggestion_away(room: StoryRoom) -> None:
    first, second = room.report(1), room.report(1, 0.95, "b.example")
    room.book.keep_apart(first.story_id, second.story_id, "ana", "", 0, NOW)
    assert room.book.story(first.story_id).hints == room.book.story(second.story_id).hints == ()
    third = room.report(1, 0.4, "c.example")
    assert len(set(room.stories(first, second))) == 2
    assert third.story_id in room.stories(first, second)


def test_a_copy_of_what_was_stored_without_a_telling_does_not_bring_parted_stories_together(room: StoryRoom) -> None:
    before = room.report(None, text="Igual empieza uno.", fingerprints=(1, 2, 3))
    other = room.report(1, host="b.example")
    room.book.keep_apart(before.story_id, other.story_id, "ana", "", 0, NOW)
    copied = room.report(1, 0.05, "c.example", text="Igual empieza otro.", fingerprints=(1, 2, 3))
    assert copied.story_id == before.story_id
    assert room.stories(before, other) == [before.story_id, other.story_id]


def test_verdicts_are_labelled_pairs(room: StoryRoom) -> None:
    first, second, third = room.report(1, title=TITLES[0]), room.report(1, 0.05, "b.example", title=TITLES[1]), room.report(3)
    room.book.split(first.story_id, [second.article_id], "ana", "another day", 0, NOW)
    room.book.merge(third.story_id, first.story_id, "luis", "", 0, NOW)
    pairs = {(pair.one.article_id, pair.other.article_id): pair for pair in room.book.labels()}
    assert {ids: pair.same for ids, pair in pairs.items()} == {(1, 2): False, (1, 3): True}
    assert (pairs[1, 2].one.title, pairs[1, 2].other.title, pairs[1, 2].by, pairs[1, 2].reason) == (*TITLES[:2], "ana", "another day")
    assert pairs[1, 2].one.opening.startswith("Palabra1")
    room.book.merge(first.story_id, room.stories(second)[0], "ana", "after all", room.book.story(first.story_id).seen, NOW)
    assert {(pair.one.article_id, pair.other.article_id): pair.same for pair in room.book.labels()} == {
        (1, 2): True,
        (1, 3): True,
        (2, 3): True,
    }


def test_a_decided_story_tells_how_many_joined_since(room: StoryRoom) -> None:
    first = room.report(1)
    room.desk.decide(first.candidate_id or 0, Draft(Move.HOLD, until=date(2027, 1, 1)), "ana", 0, NOW)
    room.report(1, 0.05, "b.example")
    room.report(1, 0.06, "c.example")
    assert _joined_since(room, first) == 2
    room.desk.decide(first.candidate_id or 0, Draft(Move.UNDO), "ana", 1, NOW)
    assert _joined_since(room, first) == 0


def test_two_decided_stories_are_not_made_one_without_an_editor(room: StoryRoom) -> None:
    first, second = room.report(1, -0.4), room.report(1, 0.4)
    for one in (first, second):
        room.desk.decide(one.candidate_id or 0, Draft(Move.REJECT, reason="old"), "ana", 0, NOW)
    room.report(1)
    assert len(set(room.stories(first, second))) == 2
    assert any("without an editor" in hint.reason for one in (first, second) for hint in room.book.story(one.story_id).hints)


def test_another_process_and_a_failed_batch_leave_the_look_up_right(room: StoryRoom, open_again: Callable[[], Database]) -> None:
    first = room.report(1)
    elsewhere = SqlArticleShelf(open_again(), same_copy, 40.0)
    assert elsewhere.store_many([room.page(1, 0.05)], NOW)[0].story_id == first.story_id
    third = elsewhere.store_many([room.page(2)], NOW)[0]
    assert room.report(2, 0.05).story_id == third.story_id
    broken = replace(room.page(4), link_id=999)
    with pytest.raises(NotFound):
        room.shelf.store_many([room.page(3), broken], NOW)
    reused = room.report(5)
    assert room.report(3, 0.05).story_id != reused.story_id
    assert room.report(5, 0.05).story_id == reused.story_id


def test_a_page_that_is_dated_anew_is_found_around_its_new_day(room: StoryRoom) -> None:
    page = room.page(1, published=NOW - timedelta(days=30))
    (first,) = room.shelf.store_many([page], NOW)
    again = replace(page, judged=replace(page.judged, article=judged(1, text=page.judged.article.text).article))
    broken = replace(room.page(4), link_id=999)
    with pytest.raises(NotFound):
        room.shelf.store_many([again, broken], NOW)
    assert room.report(1, 0.05, "c.example", published=NOW - timedelta(days=29)).story_id == first.story_id
    room.shelf.store_many([again], NOW)
    with room.database.reading() as connection:
        row = connection.execute(sa.select(tellings).where(tellings.c.article_id == first.article_id)).one()
    assert row.day == unpacked(row.words).day == NOW.date()
    assert room.report(1, 0.3, "b.example").story_id == first.story_id
    room.shelf = SqlArticleShelf(room.database, same_copy, 40.0)
    assert room.report(1, 0.3, "b.example").story_id == first.story_id


def test_a_label_that_changes_with_the_day_of_publication_is_logged(room: StoryRoom) -> None:
    page = room.page(1)
    (first,) = room.shelf.store_many([page], NOW)
    eve = judged(1, text=page.judged.article.text, published=NOW - timedelta(days=1), label=Label.STATE_MEDIA)
    room.shelf.store_many([replace(page, judged=eve)], later(hours=1))
    room.shelf.store_many([replace(page, judged=replace(eve, article=judged(1).article))], later(hours=2))
    with room.database.reading() as connection:
        (line,) = connection.execute(sa.select(relabellings)).mappings()
    assert (line["article_id"], line["label_before"], line["label_after"]) == (first.article_id, "unknown", "state_media")
    assert (line["correction_id"], line["why"], line["relabelled_at"]) == (None, "The law of 2013 says so.", later(hours=1))


def test_a_restarted_process_finds_what_was_stored(room: StoryRoom) -> None:
    first = room.report(1)
    room.shelf = SqlArticleShelf(room.database, same_copy, 40.0)
    assert room.report(1, 0.05).story_id == first.story_id
    assert len({*room.stories(*room.shelf.store_many([room.page(7), room.page(7, 0.05)], NOW))}) == 1


def test_vectors_are_kept_small_and_come_back_nearly_whole(room: StoryRoom) -> None:
    rows = np.random.default_rng(1).standard_normal((2, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert len(small(rows)) == 1024
    assert (large(small(rows)) * rows).sum(axis=1) == pytest.approx(1.0, abs=1e-3)
    assert not large(small(np.zeros((2, 512), dtype=np.float32))).any()
    room.report(1)
    with room.database.reading() as connection:
        row = connection.execute(sa.select(tellings)).mappings().one()
    assert (row["version"], row["day"]) == (kind_of(telling(1, 0.0, None)), NOW.date())


def test_bars_are_found_from_either_side_without_reading_all_of_them(room: StoryRoom) -> None:
    reports = [room.report(number) for number in range(4)]
    one, two, three, four = (each.story_id for each in reports)
    room.book.keep_apart(one, two, "ana", "", 0, NOW)
    room.book.keep_apart(three, two, "ana", "", room.book.story(two).seen, NOW)
    with statements(room.database) as heard, room.database.reading() as connection:
        parted = parted_from(connection, [one, two])
        assert parted_from(connection, [four]) == {}
    assert parted == {one: {two}, two: {one, three}, three: {two}}
    for statement, parameters in heard:
        assert bars_read_through(room.database, statement, parameters) == []


def bars_read_through(database: Database, statement: str, parameters: Any) -> list[str]:
    with database.reading() as connection:
        if database.is_sqlite:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            return [line for line in plan if line.startswith("SCAN")]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        return [line for line in plan if re.search("Seq Scan|Join Filter.* OR ", line)]


def test_a_verdict_writes_only_the_bars_that_it_changes(room: StoryRoom) -> None:
    one, two, three = (room.report(number).story_id for number in range(3))
    room.book.keep_apart(one, two, "ana", "", 0, NOW)
    written: list[tuple[str, Any]] = []

    def hear(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if "story_bars" in statement and not statement.startswith("SELECT"):
            written.append((statement.split()[0], parameters))

    sa.event.listen(room.database.engine, "before_cursor_execute", hear)
    verdict = room.book.keep_apart(two, three, "ana", "", room.book.story(two).seen, NOW)
    room.book.undo(verdict.id, "ana", NOW)
    sa.event.remove(room.database.engine, "before_cursor_execute", hear)
    assert [word for word, _ in written] == ["INSERT", "DELETE"]
    with room.database.reading() as connection:
        assert connection.execute(sa.select(story_bars.c.article_id, story_bars.c.other_article_id)).all() == [(1, 2)]


def _waiting() -> QueueFilter:
    return QueueFilter(today=NOW.date())


def _joined_since(room: StoryRoom, stored: Any) -> int:
    with room.database.reading() as connection:
        return connection.scalar(sa.select(candidates.c.joined_since).where(candidates.c.id == stored.candidate_id)) or 0
