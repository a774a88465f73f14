"""The page of an outlet's control: its history, a correction with its preview and reason, and what it touched."""

from __future__ import annotations

import re

import pytest

from newsdesk.errors import ConfigurationError, Problem
from tests.review.conftest import Editor, House

CORRECTION = {
    "control": "CaPr",
    "controller": "VE",
    "valid_from": "2014-07-04",
    "basis": "press source",
    "evidence": "a report of the sale <script>",
    "seen_on": "2014-11-05",
    "reason": "It was sold",
}


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found.group(1)


def an_outlet(house: House) -> str:
    return next(iter(house.control.outlets))


def test_every_outlet_is_listed_with_its_label_and_what_to_look_at(house: House, ana: Editor) -> None:
    page = ana.get("/outlets").text
    assert all(f"/outlets/{outlet_id}" in page for outlet_id in house.control.outlets)
    asking = ana.get("/outlets?only=asking").text
    assert page.count('<th scope="row">') >= asking.count('<th scope="row">') > 0


def test_a_preview_says_what_would_be_touched_and_changes_nothing(house: House, ana: Editor) -> None:
    outlet_id = an_outlet(house)
    before = house.control.outlets[outlet_id]
    page = ana.post(f"/outlets/{outlet_id}/preview", **CORRECTION, seen=seen_on(ana.get(f"/outlets/{outlet_id}").text)).text
    assert "What it would touch" in page
    assert "November 2026" in page
    assert "&lt;b&gt;Hostil" in page and "<b>Hostil" not in page
    assert "a report of the sale &lt;script&gt;" in page
    assert house.control.outlets[outlet_id] == before


def test_a_correction_is_made_logged_and_told(house: House, ana: Editor) -> None:
    outlet_id = an_outlet(house)
    answer = ana.post(f"/outlets/{outlet_id}/correct", **CORRECTION, seen=seen_on(ana.get(f"/outlets/{outlet_id}").text))
    assert answer.status_code == 303
    page = ana.get(answer.headers["location"]).text
    assert "The statement is corrected" in page
    assert "entry in November 2026" in page
    (line,) = house.control.log
    assert (line.by, line.reason, line.statement.controller, line.statement.reviewed_by) == ("ana", "It was sold", "VE", "ana")
    assert "It was sold" in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"controller": ""}, "which state or group"),
        ({"control": "no such"}, "Choose who decides"),
        ({"valid_from": "last year"}, "as YYYY-MM-DD"),
        ({"valid_from": "2020-13-01"}, "as YYYY-MM-DD"),
        ({"valid_from": "20201101"}, "as YYYY-MM-DD"),
        ({"valid_from": "2020-W45-1"}, "as YYYY-MM-DD"),
        ({"valid_from": "2020-11-03T10:00:00-04:00"}, "as YYYY-MM-DD"),
        ({"evidence": ""}, "evidence"),
        ({"reason": ""}, "Say why"),
        ({"control": "private"}, "leave the controller out"),
    ],
)
def test_an_unfit_correction_is_refused_and_what_was_typed_stays(house: House, ana: Editor, changed: dict[str, str], says: str) -> None:
    outlet_id = an_outlet(house)
    seen = seen_on(ana.get(f"/outlets/{outlet_id}").text)
    answer = ana.post(f"/outlets/{outlet_id}/correct", **{**CORRECTION, **changed}, seen=seen)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="press source"' in answer.text
    assert house.control.log == []


@pytest.mark.parametrize("typed", [{"valid_from": "0001-01-01"}, {"valid_to": "9999-12-31"}])
def test_the_first_and_the_last_day_there_is_may_be_named(house: House, ana: Editor, typed: dict[str, str]) -> None:
    outlet_id = an_outlet(house)
    answer = ana.post(f"/outlets/{outlet_id}/preview", **CORRECTION | typed, seen=seen_on(ana.get(f"/outlets/{outlet_id}").text))
    assert answer.status_code == 200 and "What it would touch" in answer.text


def test_signs_that_no_file_may_hold_are_left_out(house: House, ana: Editor) -> None:
    outlet_id = an_outlet(house)
    odd = {"evidence": "one\r\ntwo\x00 \x1bthree\u202e", "reason": " sold\x07\tagain "}
    ana.post(f"/outlets/{outlet_id}/correct", **CORRECTION | odd, seen=seen_on(ana.get(f"/outlets/{outlet_id}").text))
    (line,) = house.control.log
    assert (line.statement.evidence[0].text, line.reason) == ("one two three", "sold again")


def test_a_correction_on_an_outdated_view_is_not_made(house: House, ana: Editor, boris: Editor) -> None:
    outlet_id = an_outlet(house)
    seen = seen_on(ana.get(f"/outlets/{outlet_id}").text)
    boris.post(f"/outlets/{outlet_id}/correct", **CORRECTION, seen=seen)
    answer = ana.post(f"/outlets/{outlet_id}/correct", **{**CORRECTION, "controller": "CU"}, seen=seen)
    assert answer.status_code == 409
    assert "stated anew since you opened the page" in answer.text
    assert len(house.control.log) == 1


def test_while_the_file_cannot_be_read_the_page_says_so_and_what_was_typed_stays(house: House, ana: Editor) -> None:
    outlet_id = an_outlet(house)
    seen = seen_on(ana.get(f"/outlets/{outlet_id}").text)

    def unreadable(outlet_id: str) -> None:
        raise ConfigurationError([Problem("outlets/a.yaml", 3, "control", "half", "a whole file")])

    house.control.stated = unreadable  # type: ignore[assignment,method-assign]
    assert "cannot be read at the moment" in ana.get(f"/outlets/{outlet_id}").text
    answer = ana.post(f"/outlets/{outlet_id}/correct", **CORRECTION, seen=seen)
    assert answer.status_code == 409
    assert 'value="It was sold"' in answer.text
    assert house.control.log == []


def test_an_unknown_outlet_is_not_here(ana: Editor) -> None:
    assert ana.get("/outlets/nowhere").status_code == 404


def test_a_forged_correction_is_refused(house: House, ana: Editor) -> None:
    answer = ana.http.post(f"/outlets/{an_outlet(house)}/correct", data=CORRECTION)
    assert answer.status_code == 403
    assert house.control.log == []
