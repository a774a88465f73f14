"""What is the matter, judged from counts by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.health import MOST_NAMED, Condition, DayCounts, Picture, SourceRecord, Trouble, compare, conditions, usual
from newsdesk.sources import SourceState

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = NOW.date()


def day(ago: int, new: int = 0, **what: Any) -> DayCounts:
    return DayCounts(TODAY - timedelta(days=ago), **{"polls": 10, "new": new, **what})


def month(new: Sequence[int], **what: Any) -> list[DayCounts]:
    """Days that end today; every article stored is dated and in Spanish unless said otherwise."""
    stored = {"led": lambda n: n, "stored": lambda n: n, "languages": lambda n: {"es": n} if n else {}}
    return [day(len(new) - 1 - place, n, **{**{key: of(n) for key, of in stored.items()}, **what}) for place, n in enumerate(new)]


def record(days: Sequence[DayCounts], name: str = "a/feed", **state: Any) -> SourceRecord:
    return SourceRecord(SourceState(name, name.split("/")[0], NOW + timedelta(minutes=9), polled_at=NOW, **state), days)


def found(days: Sequence[DayCounts], **state: Any) -> dict[Trouble, Condition]:
    told = conditions(Picture([record(days, **state)], {}), NOW)
    return {one.trouble: one for one in told if one.subject == "source:a/feed"}


def midnight(ago: int) -> datetime:
    on = TODAY - timedelta(days=ago)
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def test_a_steady_source_has_nothing_the_matter() -> None:
    assert found(month([12, 9, 14, 10, 11, 8, 13] * 4)) == {}


def test_a_fast_source_is_silent_after_two_days() -> None:
    steady = [12, 9, 14, 10, 11, 8, 13] * 3
    assert Trouble.SILENCE not in found(month([*steady, 0])), "today is not over yet"
    silence = found(month([*steady, 0, 0, 0]))[Trouble.SILENCE]
    assert silence.since == midnight(2) and "about 11 a day" in silence.sentence


def test_a_weekday_source_may_rest_on_sunday_and_a_slow_one_for_weeks() -> None:
    week = [10, 12, 11, 9, 10, 0, 0]
    assert found(month([*week, *week, *week, *week[:5], 0, 0, 0])) == {}
    slow = [1, 0, 0, 0, 0] * 4
    assert found(month([*slow, 0, 0, 0])) == {}
    silence = found(month([*slow, *[0] * 12]))[Trouble.SILENCE]
    assert "every 5 days" in silence.sentence


def test_days_that_nobody_read_raise_no_silence() -> None:
    steady = month([12, 9, 14, 10, 11, 8, 13] * 3 + [0] * 6)
    unread = [one if one.new else DayCounts(one.day, polls=4, failed=4) for one in steady]
    assert Trouble.SILENCE in found(steady) and Trouble.SILENCE not in found(unread)


def test_a_source_that_never_announced_anything_is_silent_after_two_weeks() -> None:
    assert found(month([0] * 12)) == {}
    assert Trouble.SILENCE in found(month([0] * 20))
    assert Trouble.SILENCE in found(month([80, *[0] * 20])), "the backlog of the first poll, and nothing since"


def test_a_flood_is_told_by_what_is_usual_and_a_first_backlog_is_none() -> None:
    steady = [12, 9, 14, 10, 11, 8, 13] * 3
    assert found(month([*steady, 300]))[Trouble.FLOOD].since == midnight(0)
    assert found(month([400, 12, 9])) == {}
    assert Trouble.FLOOD not in found(month([*steady, 30]))
    assert Trouble.FLOOD not in found(month([300, *steady]))


def test_undated_articles_since_when() -> None:
    days = month([5] * 20)
    days = [DayCounts(**{**vars(one), "undated": 5 if number >= 15 else 0}) for number, one in enumerate(days)]
    assert found(days)[Trouble.ALL_UNDATED].since == midnight(4)
    one_dated = [*days[:-1], DayCounts(**{**vars(days[-1]), "undated": 4})]
    assert Trouble.ALL_UNDATED not in found(one_dated)
    assert Trouble.ALL_UNDATED not in found(month([1] * 5, undated=1)), "too few to tell"


def test_thin_texts_and_the_home_page_for_every_address() -> None:
    thin = found(month([5] * 20, thin=5))[Trouble.THIN_TEXT]
    assert thin.since == midnight(19)
    assert Trouble.THIN_TEXT not in found(month([5] * 20, thin=3))
    home = found([*month([5] * 20)[:-2], day(1, 6, led=6, alike=6), day(0, 5, led=5, alike=5)])
    assert home[Trouble.HOME_PAGE].since == midnight(1)


def test_another_language_than_usual() -> None:
    usual_days = month([5] * 18)
    english = [DayCounts(**{**vars(one), "languages": {"en": 5}}) for one in month([5, 5, 5])]
    days = [DayCounts(**{**vars(one), "day": one.day - timedelta(days=3)}) for one in usual_days] + english
    changed = found(days)[Trouble.OTHER_LANGUAGE]
    assert "in English" in changed.sentence and "0% were" in changed.sentence and changed.since == midnight(2)
    assert Trouble.OTHER_LANGUAGE not in found(month([5] * 21))
    mixed = [DayCounts(**{**vars(one), "languages": {"es": 3, "en": 2}}) for one in days[:18]] + month([5])
    assert Trouble.OTHER_LANGUAGE not in found(mixed), "five in Spanish of a source in two languages are chance"


def test_failing_hides_what_follows_from_it_and_waits_a_while() -> None:
    days = month([12] * 20 + [0, 0, 0])
    failing = found(days, failing_since=NOW - timedelta(hours=30), last_outcome="not_found", last_detail="It has status 404.")
    assert set(failing) == {Trouble.FAILING} and failing[Trouble.FAILING].since == NOW - timedelta(hours=30)
    assert "not found: It has status 404" in failing[Trouble.FAILING].sentence
    assert found(month([12] * 20), failing_since=NOW - timedelta(hours=1)) == {}


def stale_record(name: str) -> SourceRecord:
    return SourceRecord(SourceState(name, "a", NOW - timedelta(hours=20), polled_at=NOW - timedelta(hours=21)), month([9] * 9))


def test_a_stopped_daemon_is_one_condition_not_hundreds() -> None:
    every = conditions(Picture([stale_record(f"a/{n}") for n in range(300)], {}), NOW)
    assert [(one.subject, one.trouble) for one in every] == [("desk", Trouble.STALE)]
    one = conditions(Picture([stale_record("a/odd"), *(record(month([9] * 9), f"a/{n}") for n in range(9))], {}), NOW)
    assert [(one.subject, one.trouble) for one in one] == [("source:a/odd", Trouble.STALE)]


def wholes(languages: Sequence[dict[str, int]]) -> list[Condition]:
    """What is the matter with languages and the desk, the sources aside."""
    return [one for one in conditions(Picture(shared(languages), {}), NOW) if not one.subject.startswith("source:")]


def shared(languages: Sequence[dict[str, int]]) -> list[SourceRecord]:
    """A source that brings these languages together."""
    days = []
    for place, counts in enumerate(languages):
        stored = sum(counts.values())
        days.append(day(len(languages) - 1 - place, stored, stored=stored, led=stored, languages=counts))
    return [record(days)]


def test_a_language_that_is_lost_is_told_though_every_source_answers() -> None:
    both, one = {"es": 40, "pt": 20, "en": 2}, {"es": 40}
    told = wholes([both] * 14 + [one] * 3)
    assert [(one.subject, one.trouble, one.since) for one in told] == [("language:pt", Trouble.SILENCE, midnight(2))]
    fallen = wholes([both] * 14 + [{"es": 40, "pt": 2}] * 3)
    assert [(one.subject, one.trouble) for one in fallen] == [("language:pt", Trouble.FALLEN)]
    assert wholes([both] * 14 + [{"es": 20, "pt": 9}] * 3) == [], "a quiet weekend"


def test_a_section_without_stories_for_a_week_is_told() -> None:
    days = {TODAY - timedelta(days=ago): 3 for ago in range(9, 29)}
    told = conditions(Picture(shared([{"es": 40}] * 29), {"russia": days, "small": {TODAY - timedelta(days=12): 4}}), NOW)
    assert [(one.subject, one.trouble) for one in told] == [("section:russia", Trouble.SILENCE)]


counts = st.builds(
    DayCounts,
    day=st.dates(date(2026, 10, 20), TODAY),
    polls=st.integers(0, 30),
    failed=st.integers(0, 30),
    new=st.integers(0, 900),
    stored=st.integers(0, 90),
    undated=st.integers(0, 90),
    thin=st.integers(0, 90),
    led=st.integers(0, 90),
    alike=st.integers(0, 90),
    languages=st.dictionaries(st.sampled_from(["es", "pt", "?"]), st.integers(1, 50)),
)
months = st.lists(counts, max_size=29, unique_by=lambda one: one.day).map(lambda days: sorted(days, key=lambda one: one.day))


@given(
    st.lists(months, max_size=3), st.dictionaries(st.just("iran"), st.dictionaries(st.dates(date(2026, 10, 20), TODAY), st.integers(0, 9)))
)
def test_any_history_is_judged_with_a_moment_that_lies_behind(
    histories: list[list[DayCounts]], sections: dict[str, dict[date, int]]
) -> None:
    records = [record(days, f"a/{number}") for number, days in enumerate(histories)]
    told = conditions(Picture(records, sections), NOW)
    assert len({(one.subject, one.trouble) for one in told}) == len(told)
    assert all(one.since <= NOW and one.sentence for one in told)


@given(months)
def test_what_is_usual_is_bounded_by_what_was(days: list[DayCounts]) -> None:
    seen = usual(days)
    if seen.a_day is not None:
        assert 0 <= seen.a_day <= max(one.new for one in days) and seen.words


def condition(subject: str, trouble: Trouble = Trouble.SILENCE) -> Condition:
    return Condition(subject, trouble, NOW, "Nothing new.")


def test_one_message_tells_what_is_new_and_what_is_fixed() -> None:
    before = [condition("source:a/one"), condition("source:b/two")]
    after = [condition("source:a/one"), condition("source:c/three"), condition("language:pt", Trouble.FALLEN)]
    notice = compare(before, after, NOW)
    assert [one.subject for one in notice.raised] == ["source:c/three", "language:pt"]
    assert notice.message.splitlines() == [
        "Look at: silence: c/three (Nothing new.)",
        "Look at: fallen: language pt (Nothing new.)",
        "Fixed: silence: b/two (Nothing new.)",
    ]
    assert compare(after, after, NOW).message == ""


def test_a_hundred_at_once_are_one_line() -> None:
    many = [condition(f"source:a/{number}") for number in range(100)]
    (line,) = compare([], many, NOW).message.splitlines()
    assert line.endswith(f"and {100 - MOST_NAMED} more")


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_raised_and_fixed_are_the_differences(before: list[str], after: list[str]) -> None:
    notice = compare([condition(name) for name in before], [condition(name) for name in after], NOW)
    assert {one.subject for one in notice.raised} == set(after) - set(before)
    assert {one.subject for one in notice.fixed} == set(before) - set(after)


@pytest.mark.parametrize("trouble", Trouble)
def test_every_state_has_words(trouble: Trouble) -> None:
    assert trouble.words and trouble.sentence.endswith(".")
