"""Decisions: taken, refused, overtaken by a colleague, taken back."""

from __future__ import annotations

import html as markup
import re
from datetime import date, timedelta

import pytest

from newsdesk.decisions import Draft, Move, State
from review.candidate import QUICK_REASONS
from tests.review import fakes
from tests.review.conftest import Editor, House


def test_accept_goes_on_to_the_next_and_offers_undo(house: House, ana: Editor) -> None:
    answer = ana.accept(1, report="  Two tankers\r\narrived. ")
    assert answer.status_code == 303 and answer.headers["location"] == "/candidates/2?done=1"
    current = house.desk.candidate(1).standing.current
    assert current is not None
    assert current.draft == Draft(Move.ACCEPT, edition="2026-11", section_id="iran", report="Two tankers arrived.", article_id=1)
    assert (current.by, current.at, current.seen) == ("ana", fakes.NOW, 0)
    page = ana.get("/candidates/2?done=1").text
    assert "You accepted it into Iran of November 2026" in page and 'action="/candidates/1/undo"' in page


def test_the_filter_stays_while_deciding(ana: Editor) -> None:
    answer = ana.post("/candidates/3/reject?section=china", seen=0, quick="Too old")
    assert answer.headers["location"] == "/candidates/4?section=china&done=3"


def test_the_last_of_the_queue_leads_back_to_it(ana: Editor) -> None:
    assert ana.post("/candidates/5/reject", seen=0, quick="Duplicate").headers["location"] == "/?done=5"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"quick": "Opinion"}, "Opinion"),
        ({"reason": "An advertisement."}, "An advertisement."),
        ({"quick": "Opinion", "reason": "a column"}, "Opinion. a column"),
        ({"quick": "Made up", "reason": "Real"}, "Real"),
    ],
)
def test_reject_with_a_reason(house: House, ana: Editor, fields: dict[str, str], reason: str) -> None:
    assert ana.post("/candidates/1/reject", seen=0, **fields).status_code == 303
    current = house.desk.candidate(1).standing.current
    assert current is not None and current.draft.reason == reason
    assert f"ana</b> rejected it: {reason}" in ana.get("/candidates/1").text


def test_all_quick_reasons_are_on_the_page(ana: Editor) -> None:
    page = ana.get("/candidates/1").text
    assert all(f'value="{reason}"' in page for reason in QUICK_REASONS) and len(QUICK_REASONS) == 6


@pytest.mark.parametrize(("fields", "days"), [({"days": 3}, 3), ({"until": "2026-11-30", "hold_reason": "awaits a second report"}, 10)])
def test_hold_until_a_day(house: House, ana: Editor, fields: dict[str, object], days: int) -> None:
    assert ana.post("/candidates/1/hold", seen=0, **fields).status_code == 303
    standing = house.desk.candidate(1).standing
    assert standing.state is State.HELD and standing.current is not None
    assert standing.current.draft.until == fakes.NOW.date() + timedelta(days=days)
    assert "held until" in ana.get("/?view=held").text and "data-row" in ana.get("/?view=held").text
    house.clock.go_on(days=days)
    again = Editor(house)
    assert "/candidates/1" in again.get("/").text


@pytest.mark.parametrize("fields", [{}, {"until": "2026-11-20"}, {"until": "yesterday"}, {"days": 4000}, {"until": "0000-00-00"}])
def test_hold_needs_a_day_to_come(house: House, ana: Editor, fields: dict[str, object]) -> None:
    answer = ana.post("/candidates/1/hold", seen=0, report="My half-written sentence.", **fields)
    assert answer.status_code == 422 and "Hold until which day?" in answer.text
    assert "My half-written sentence.</textarea>" in answer.text
    assert house.desk.candidate(1).standing.count == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"report": "   "}, "give a report"),
        ({"section": ""}, "give a section"),
        ({"section": "no-such"}, "give a section"),
        ({"edition": "1999-01"}, "give an edition"),
        ({"seen": ""}, "what you had seen"),
    ],
)
def test_an_illegal_accept_loses_nothing(house: House, ana: Editor, change: dict[str, str], told: str) -> None:
    said = {"report": "A sentence I care about.", "reason": "and a reason"} | change
    answer = ana.accept(1, **said)
    assert answer.status_code == 422 and told in answer.text
    if change != {"report": "   "}:
        assert "A sentence I care about.</textarea>" in answer.text
    assert 'value="and a reason"' in answer.text
    assert house.desk.candidate(1).standing.count == 0


def test_reject_without_reason_is_refused_and_the_report_kept(ana: Editor) -> None:
    answer = ana.post("/candidates/1/reject", seen=0, report="My sentence.", article=1)
    assert answer.status_code == 422 and "give a reason" in answer.text and "My sentence.</textarea>" in answer.text


def test_a_colleague_was_faster(house: House, ana: Editor, boris: Editor) -> None:
    ana.get("/candidates/1")
    assert boris.post("/candidates/1/reject", seen=0, quick="Opinion").status_code == 303
    answer = ana.accept(1, report="My own careful sentence.", section="hezbollah")
    assert answer.status_code == 409
    assert "boris decided “reject” on it since you looked" in answer.text and "boris</b> rejected it: Opinion" in answer.text
    assert "My own careful sentence.</textarea>" in answer.text and '<option value="hezbollah" selected>' in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert house.desk.candidate(1).standing.state is State.REJECTED


def test_undo_and_undo_of_an_outdated_view(house: House, ana: Editor, boris: Editor) -> None:
    ana.accept(1)
    answer = ana.post("/candidates/1/undo", seen=1)
    assert answer.headers["location"] == "/candidates/1?done=1"
    assert "You took the last decision back" in ana.get("/candidates/1?done=1").text
    assert house.desk.candidate(1).standing.state is State.WAITING
    ana.accept(1, seen=2)
    boris.post("/candidates/1/undo", seen=3)
    assert ana.post("/candidates/1/undo", seen=3).status_code == 409


def test_the_queue_offers_to_undo_ones_own_last_decision(ana: Editor, boris: Editor) -> None:
    ana.post("/candidates/4/reject", seen=0, quick="Too old")
    boris.post("/candidates/5/reject", seen=0, quick="Opinion")
    page = ana.get("/").text
    assert "Your last decision" in page and 'action="/candidates/4/undo"' in page and 'data-key="u"' in page


def test_a_made_up_notice_says_nothing(ana: Editor, boris: Editor) -> None:
    boris.post("/candidates/5/reject", seen=0, quick="Opinion")
    for done in ("5", "1", "99", "-1", "<script>", "9" * 40):
        assert 'role="status">\n  <p>You ' not in ana.get(f"/candidates/2?done={done}").text


def test_the_entry_can_be_edited_after_acceptance(house: House, ana: Editor) -> None:
    ana.accept(2, article=1002, section="russia")
    page = ana.get("/candidates/2").text
    assert "Edit the entry" in page and "Two tankers arrived.</textarea>" in page and 'value="1002" checked' in page
    answer = ana.accept(2, seen=1, article=2, section="russia", report="State media reports that the minister came.")
    assert answer.headers["location"] == "/candidates/2?done=2"
    current = house.desk.candidate(2).standing.current
    assert current is not None and current.draft.move is Move.EDIT
    assert (current.draft.article_id, current.draft.report) == (2, "The minister came.")


def test_an_article_of_another_story_cannot_be_cited(house: House, ana: Editor) -> None:
    ana.accept(1, article=1002)
    current = house.desk.candidate(1).standing.current
    assert current is not None and current.draft.article_id == 1


@pytest.mark.parametrize(
    "typed", ["A minister came.", "State media reports a minister came.", "STATE MEDIA REPORTS: state media reports that a minister came."]
)
def test_the_lead_in_comes_from_the_provenance_and_once(ana: Editor, typed: str) -> None:
    page = markup.unescape(ana.post("/candidates/2/preview", seen=0, article=2, report=typed, section="russia").text)
    printed = re.search(r'id="printed"[^>]*>([^<]+)<', page)
    assert printed and printed.group(1) == "State media reports A minister came. – Voz Estatal on 16-NOV (content in Spanish)"


def test_preview_answers_the_script_as_json_and_decides_nothing(house: House, ana: Editor) -> None:
    answer = ana.http.post(
        "/candidates/2/preview", data={"form_token": ana.token, "report": "X.", "article": "1002"}, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"printed": "X. – Correo del Istmo on 16-NOV (content in Spanish)"}
    assert house.desk.candidate(2).standing.count == 0


def test_editions_offered_are_last_this_and_next_month(house: House, ana: Editor) -> None:
    assert re.findall(r'<option value="(20\d\d-\d\d)"( selected)?>', ana.get("/candidates/1").text) == [
        ("2026-10", ""),
        ("2026-11", " selected"),
        ("2026-12", ""),
    ]
    house.clock.now = house.clock.now.replace(month=12, day=31)
    assert ">January 2027</option>" in Editor(house).get("/candidates/1").text
    assert date(2026, 12, 31) == house.clock().date()
