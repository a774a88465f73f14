"""Whether anybody independent reports what a state voice reports: the built cases, three-valued, with what was searched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.amplification import Part, amplification, in_words
from newsdesk.corroboration import Corroboration, Member, Originator, SourceSearch, Verdict, corroborate, window
from newsdesk.judging import Label

STATE, OTHER, UNKNOWN = Label.STATE_MEDIA, Label.NOT_STATE_MEDIA, Label.UNKNOWN
DAY = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
NOW = DAY + timedelta(days=20)
TASS = Originator("TASS", "tass")
EFE = Originator("EFE", "efe")


def member(
    number: int,
    name: str,
    label: Label,
    *,
    publisher: Label | None = None,
    controller: str | None = None,
    origins: Sequence[Originator] = (),
    language: str = "es",
    after: timedelta | None = timedelta(),
    copies: Sequence[tuple[int, float]] = (),
) -> Member:
    at = None if after is None else DAY + after
    return Member(
        number,
        name.lower().replace(" ", "_"),
        name,
        label,
        publisher or label,
        controller,
        origins,
        language,
        at,
        at.date() if at else None,
        DAY,
        copies,
    )


def source(name: str, languages: Sequence[str] = ("es",), *, last: timedelta | None = timedelta(days=5), unread: int = 0) -> SourceSearch:
    good_at = None if last is None else DAY + last
    return SourceSearch(f"{name}/feed", name, name, languages, 0 if last is None else 9, 1, good_at, good_at, unread)


def verdict_of(members: Sequence[Member], sources: Sequence[SourceSearch] = (source("el_dia"),)) -> Corroboration:
    return corroborate(members, sources, NOW)


def test_five_outlets_of_one_state_and_a_reprint_corroborate_nothing() -> None:
    russian = [member(n, f"Voice {n}", STATE, controller="RU", after=timedelta(hours=n)) for n in range(1, 6)]
    reprint = member(6, "Diario Libre", STATE, publisher=OTHER, controller="RU", origins=[TASS], after=timedelta(hours=7))
    found = verdict_of([*russian, reprint])
    assert found.verdict is Verdict.NOT_FOUND
    assert len(found.uncounted) == 6
    assert found.uncounted[-1].why == "Diario Libre relays TASS."


def test_a_silent_reprint_is_not_independent_unless_it_is_surely_the_earlier() -> None:
    state = member(1, "Sputnik", STATE, controller="RU")
    silent = member(2, "Diario Libre", OTHER, after=timedelta(hours=2), copies=[(1, 0.9)])
    without_hour = member(3, "La Hoja", OTHER, after=None, copies=[(1, 0.5)])
    found = verdict_of([state, silent, without_hour])
    assert found.verdict is Verdict.NOT_FOUND
    assert "90% of its text" in found.uncounted[1].why
    earlier = member(2, "Diario Libre", OTHER, after=timedelta(hours=-2), copies=[(1, 0.9)])
    assert verdict_of([state, earlier]).verdict is Verdict.FOUND


def test_copies_count_whichever_was_stored_first_and_through_others() -> None:
    state = member(1, "Sputnik", STATE, controller="RU", after=timedelta(hours=3), copies=[(2, 0.5)])
    undated = member(2, "Diario Libre", OTHER, after=None)
    assert verdict_of([state, undated]).verdict is Verdict.NOT_FOUND
    earlier = member(2, "Diario Libre", OTHER)
    assert verdict_of([state, earlier]).verdict is Verdict.FOUND
    chain = [
        member(1, "Sputnik", STATE, controller="RU"),
        member(2, "Diario Libre", OTHER, after=timedelta(hours=1), copies=[(1, 0.9)]),
        member(3, "La Hoja", OTHER, after=timedelta(hours=2), copies=[(2, 0.8)]),
    ]
    found = verdict_of(chain)
    assert found.verdict is Verdict.NOT_FOUND
    assert "Diario Libre, which is no independent report" in found.uncounted[2].why
    unknown = member(1, "Portal", UNKNOWN)
    assert verdict_of([unknown, *chain[1:]]).verdict is Verdict.NOT_FOUND


def test_a_paraphrase_in_another_language_is_an_independent_report() -> None:
    spanish = member(1, "Prensa Latina", STATE, controller="CU")
    portuguese = member(2, "Jornal da Serra", OTHER, language="pt", after=timedelta(hours=5))
    found = verdict_of([spanish, portuguese])
    assert found.verdict is Verdict.FOUND
    assert found.sentence == "Reported independently by Jornal da Serra (Portuguese, 3 November 2026, 19:05 UTC)."


def test_one_that_arrives_three_days_later_turns_the_verdict() -> None:
    state = member(1, "Prensa Latina", STATE, controller="CU")
    late = member(2, "El Faro", OTHER, after=timedelta(days=3))
    assert verdict_of([state]).verdict is Verdict.NOT_FOUND
    assert verdict_of([state, late]).verdict is Verdict.FOUND


def test_sources_that_were_down_are_not_searched() -> None:
    state = member(1, "Prensa Latina", STATE, controller="CU")
    down = [source("el_faro", last=None), source("folha", ["pt"], last=timedelta(hours=-3))]
    none = verdict_of([state], down)
    assert none.verdict is Verdict.NOT_SEARCHED
    assert none.sentence == "Not searched: none of the 2 independent sources answered since 3 November 2026."
    some = verdict_of([state], [source("el_dia", unread=2), *down])
    assert some.verdict is Verdict.NOT_FOUND
    assert some.searched is not None
    assert [each.outlet_id for each in some.searched.read] == ["el_dia"]
    assert [each.outlet_id for each in some.searched.missed] == ["el_faro", "folha"]
    assert some.sentence == (
        "Not found in 1 source of 1 independent outlet (Spanish), read from 2 November 2026 to 13 November 2026."
        " 2 pages that they announced could not be read."
        " 2 other sources could not be read in that time; none in Portuguese was."
    )


def test_without_any_independent_source_nothing_was_searched() -> None:
    assert "reads no source" in verdict_of([member(1, "Granma", STATE, controller="CU")], []).sentence


def test_unknown_is_not_independent() -> None:
    found = verdict_of([member(1, "Granma", STATE, controller="CU"), member(2, "Portal X", UNKNOWN)])
    assert found.verdict is Verdict.NOT_FOUND
    assert "unknown is not independent" in found.uncounted[1].why


def test_another_states_voice_is_not_independent_either() -> None:
    found = verdict_of([member(1, "Granma", STATE, controller="CU"), member(2, "Xinhua", STATE, controller="CN")])
    assert found.verdict is Verdict.NOT_FOUND


def test_two_papers_with_one_agency_are_one_report_and_the_agency_itself_is_the_same() -> None:
    papers = [member(n, f"Paper {n}", OTHER, origins=[EFE], after=timedelta(hours=n)) for n in (2, 3)]
    agency = member(4, "EFE", OTHER, after=timedelta(hours=1))
    own = member(5, "El Faro", OTHER, after=timedelta(hours=9))
    found = verdict_of([member(1, "Granma", STATE, controller="CU"), *papers, agency, own])
    assert [each.article_id for each in found.independent] == [4, 2, 3, 5]
    assert found.separate == 2
    assert found.sentence.endswith("; and 1 more. These rest on 2 separate reports.")


def test_a_reprint_of_an_independent_report_is_the_same_report() -> None:
    first = member(2, "El Faro", OTHER, after=timedelta(hours=1))
    second = member(3, "La Hoja", OTHER, after=timedelta(hours=2), copies=[(2, 0.8)])
    assert verdict_of([member(1, "Granma", STATE, controller="CU"), first, second]).separate == 1


def test_the_window_reaches_from_a_day_before_to_ten_days_after_or_now() -> None:
    state = member(1, "Granma", STATE, controller="CU")
    assert window([state], NOW) == (DAY - timedelta(days=1), DAY + timedelta(days=10))
    assert window([state], DAY + timedelta(hours=1))[1] == DAY + timedelta(hours=1)


def test_a_story_without_articles_is_refused() -> None:
    with pytest.raises(ValueError, match="without an article"):
        corroborate([], [], NOW)
    with pytest.raises(ValueError, match="without an article"):
        amplification([])


def test_the_way_of_a_story() -> None:
    told = amplification(
        [
            member(3, "Diario Libre", STATE, publisher=OTHER, controller="RU", origins=[TASS], after=timedelta(hours=3)),
            member(1, "TASS", STATE, controller="RU"),
            member(2, "Sputnik", STATE, controller="RU", after=timedelta(minutes=95), copies=[(1, 0.72)]),
            member(4, "El Faro", OTHER, after=timedelta(days=1)),
        ]
    )
    assert [(step.member.article_id, step.part) for step in told.steps] == [(1, Part.FIRST), (2, Part.COPY), (3, Part.RELAY), (4, Part.OWN)]
    assert told.steps[1].sentence == "72% of the shorter text's five-word runs are those of TASS, printed 1 h 35 min before it."
    assert told.steps[1].of_article_id == 1
    assert told.steps[2].of_origin == TASS
    assert told.state_voices == ("TASS", "Sputnik")
    assert told.relays == ("Diario Libre",)
    assert told.took == timedelta(days=1)
    assert told.sentence == ("4 articles of 4 outlets within 1 d; TASS was first. State voices: TASS, Sputnik. Relays: Diario Libre.")


def test_a_copy_recorded_on_the_earlier_article_counts_for_the_later() -> None:
    told = amplification([member(1, "A", OTHER, copies=[(2, 0.9)]), member(2, "B", OTHER, after=timedelta(hours=1))])
    assert told.steps[1].of_article_id == 1


def test_without_hours_no_lag_is_invented() -> None:
    told = amplification([member(1, "A", OTHER, after=None), member(2, "B", OTHER, after=None)])
    assert told.took is None
    assert all(step.after is None for step in told.steps)


def test_lengths_of_time_in_words() -> None:
    assert in_words(timedelta(days=3, hours=2)) == "3 d 2 h"
    assert in_words(timedelta(seconds=20)) == "less than a minute"
    assert in_words(timedelta(hours=2)) == "2 h"
