"""Who else reports a story and how it travelled, on the candidate's page, in the queue, and as news to the editors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdesk.corroboration import CorroborationNews, corroborate
from tests.newsdesk.test_corroboration import DAY, NOW, OTHER, STATE, TASS, member, source
from tests.review.conftest import Editor, House

STORY = [
    member(1, "TASS", STATE, controller="RU"),
    member(2, "Diario <b>Libre</b>", STATE, publisher=OTHER, controller="RU", origins=[TASS], after=timedelta(hours=2)),
]


def story_of(house: House, candidate_id: int) -> int:
    return int(house.desk.candidate(candidate_id).article.story_id)


def test_the_page_says_that_nothing_was_found_and_where_was_searched(house: House, ana: Editor) -> None:
    story = story_of(house, 1)
    house.who_else.told[story] = tuple(STORY)
    house.who_else.found[story] = (corroborate(STORY, [source("el_dia"), source("folha", ["pt"], last=None)], NOW), NOW)
    page = ana.get("/candidates/1").text
    assert "Not found elsewhere" in page
    assert "relays TASS" in page
    assert "folha/feed" in page
    assert "none in Portuguese was" in page
    assert "Diario &lt;b&gt;Libre" in page and "<b>Libre" not in page


def test_the_page_names_the_independent_reports(house: House, ana: Editor) -> None:
    story = story_of(house, 1)
    told = [*STORY, member(3, "El Faro", OTHER, after=timedelta(hours=5))]
    house.who_else.told[story] = tuple(told)
    house.who_else.found[story] = (corroborate(told, [source("el_dia")], NOW), NOW)
    assert "Reported independently by El Faro" in ana.get("/candidates/1").text


def test_a_state_report_that_nobody_looked_at_yet_is_not_searched(house: House, ana: Editor) -> None:
    house.who_else.told[story_of(house, 1)] = tuple(STORY[:1])
    page = ana.get("/candidates/1").text
    assert "Nobody has looked yet" in page
    assert "How it travelled" not in page


def test_the_way_is_drawn_without_inline_styles_or_scripts(house: House, ana: Editor) -> None:
    house.who_else.told[story_of(house, 1)] = tuple(STORY)
    page = ana.get("/candidates/1").text
    assert '<svg class="timeline"' in page
    assert 'class="dot state' in page and 'class="dot relay' in page
    assert "style=" not in page


def test_editors_are_told_once(house: House, ana: Editor, boris: Editor) -> None:
    house.who_else.open.append(CorroborationNews(5, 1, "accepted", "Reported independently by El <i>Faro</i>.", DAY))
    assert "El &lt;i&gt;Faro" in ana.get("/").text
    answer = ana.post("/news/5/seen")
    assert answer.status_code == 303
    assert house.who_else.seen_by == {5: "ana"}
    assert "has an independent one now" not in boris.get("/").text


def test_the_queue_shows_the_verdict(house: House, ana: Editor) -> None:
    found = house.desk.queue

    def with_verdict(wanted):  # type: ignore[no-untyped-def]
        page = found(wanted)
        return replace(page, items=[replace(item, corroboration="not_found") for item in page.items])

    house.desk.queue = with_verdict  # type: ignore[method-assign]
    assert "Not found elsewhere" in ana.get("/").text
