"""Which story an arrival joins: by the mean of its members, never against an editor."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from newsdesk.clusters import STORIES_COMPARED, StoryTold, Teller, assign, compared_while_likely, stories_worth_comparing
from newsdesk.telling import Sameness, Telling, Verdict
from tests.storage import told as made


def telling(number: float) -> Telling:
    """A telling whose event is a number; those of one event lie within a tenth of it."""
    return replace(made.telling(0, 0.0, None), meaning=np.array([[number]], dtype=np.float32))


def compare(one: Telling, many: Sequence[Telling]) -> list[Sameness]:
    """Surely the same up to a distance of .1, perhaps up to .3."""
    return [_sameness(abs(float(one.meaning[0, 0] - other.meaning[0, 0]))) for other in many]


def _sameness(distance: float) -> Sameness:
    score = max(0.0, 1.0 - 2 * distance)
    verdict = Verdict.SAME if distance <= 0.1 else Verdict.PERHAPS if distance <= 0.3 else Verdict.OTHER
    return Sameness(verdict, score, score, f"They are {distance:.2f} apart.")


def story(story_id: int, *numbers: float, decided: bool = False) -> StoryTold:
    return StoryTold(story_id, [Teller(100 * story_id + at, telling(number)) for at, number in enumerate(numbers)], decided)


def test_an_arrival_joins_the_story_that_tells_its_event_and_says_why() -> None:
    found = assign(telling(5.0), [story(1, 2.0), story(2, 5.2, 5.05)], compare)
    assert [(one.story_id, one.article_id) for one in found.joins] == [(2, 201)]
    assert found.joins[0].sentence == "They are 0.05 apart."
    assert not found.perhaps


def test_an_event_of_its_own_joins_nothing() -> None:
    assert assign(telling(9.0), [story(1, 2.0)], compare).joins == ()


def test_what_may_be_the_same_is_suggested_only() -> None:
    found = assign(telling(5.0), [story(1, 5.25)], compare)
    assert found.joins == ()
    assert [one.story_id for one in found.perhaps] == [1]


def test_one_near_member_does_not_chain_two_events() -> None:
    found = assign(telling(5.0), [story(1, 5.08, 6.0, 6.1, 6.2)], compare)
    assert found.joins == ()
    assert found.perhaps[0].sentence == "They are 0.08 apart. The other articles of that story tell something else."


def test_two_stories_become_one_when_an_arrival_shows_that_they_are() -> None:
    found = assign(telling(5.0), [story(1, 4.96), story(2, 5.04)], compare)
    assert [one.story_id for one in found.joins] == [1, 2]


def test_two_stories_that_differ_stay_two() -> None:
    found = assign(telling(5.0), [story(1, 5.0, 4.7, 4.75), story(2, 5.09, 5.2)], compare)
    assert [one.story_id for one in found.joins] == [2]
    assert [one.story_id for one in found.perhaps] == [1]
    assert "differ" in found.perhaps[0].sentence


def test_two_stories_that_were_decided_on_are_left_to_the_editors() -> None:
    found = assign(telling(5.0), [story(1, 5.0, decided=True), story(2, 5.01, decided=True)], compare)
    assert [one.story_id for one in found.joins] == [1]
    assert "without an editor" in found.perhaps[0].sentence
    one_decided = assign(telling(5.0), [story(1, 5.0, decided=True), story(2, 5.01)], compare)
    assert [one.story_id for one in one_decided.joins] == [1, 2]


def test_what_an_editor_parted_is_neither_joined_nor_suggested_again() -> None:
    for parted in ({1: {2}}, {2: [1]}):
        found = assign(telling(5.0), [story(1, 5.0), story(2, 5.01)], compare, parted=parted)
        assert [one.story_id for one in found.joins] == [1]
        assert not found.perhaps


def test_a_copied_story_counts_as_joined_already() -> None:
    stories = [story(1, 5.2), story(2, 5.04), story(3, 5.0)]
    found = assign(telling(5.0), stories, compare, copied=[1], parted={1: [3]})
    assert [one.story_id for one in found.joins] == [2]
    assert not found.perhaps


def test_a_copied_story_of_which_nothing_can_be_compared_counts_as_well() -> None:
    silent = StoryTold(1, [], decided=True)
    apart = assign(telling(5.0), [silent, story(2, 5.0)], compare, copied=[1], parted={1: {2}, 2: {1}})
    assert apart.joins == apart.perhaps == ()
    decided = assign(telling(5.0), [silent, story(2, 5.0, decided=True)], compare, copied=[1])
    assert decided.joins == () and "without an editor" in decided.perhaps[0].sentence
    assert [one.story_id for one in assign(telling(5.0), [silent, story(2, 5.0)], compare, copied=[1]).joins] == [2]


def test_the_order_of_arrival_does_not_matter_where_events_are_clear() -> None:
    numbers = [1.0, 1.04, 1.08, 3.0, 3.05, 7.0]
    for order in itertools.permutations(numbers):
        stories: dict[int, list[float]] = {}
        for at, number in enumerate(order):
            told = [story(story_id, *members) for story_id, members in stories.items()]
            joined = [one.story_id for one in assign(telling(number), told, compare).joins]
            stories[at] = [number, *(member for story_id in joined for member in stories.pop(story_id))]
        assert sorted(sorted(members) for members in stories.values()) == [[1.0, 1.04, 1.08], [3.0, 3.05], [7.0]]


def test_the_likeliest_stories_are_compared() -> None:
    found = [(number % 9, _sameness(0.01 * number)) for number in range(40)]
    assert stories_worth_comparing(found) == list(range(STORIES_COMPARED))
    assert stories_worth_comparing([(1, _sameness(0.5))]) == []


def test_what_lies_near_is_compared_until_ten_in_turn_are_nothing() -> None:
    def among(*likely: int, known: int = 40) -> tuple[list[int], list[int]]:
        def counted(some: Sequence[int]) -> dict[int, Sameness]:
            asked.extend(some)
            return {one: _sameness(0.2 if one in likely else 0.9) for one in some if one < known}

        asked: list[int] = []
        return list(compared_while_likely(range(40), counted)), asked

    assert among() == ([], list(range(10)))
    assert among(9) == ([9], list(range(20)))
    assert among(15) == ([], list(range(10)))
    assert among(*range(40)) == (list(range(40)), list(range(40)))
    assert among(0, 1, known=1) == ([0], list(range(20)))
