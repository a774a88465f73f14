"""The month's edition: order, share, narratives, export and waiver."""

from __future__ import annotations

import re

from newsdesk.decisions import State
from tests.review import fakes
from tests.review.conftest import Editor, House, build

MONTH = "/edition/2026-11"


def lines(html: str) -> list[str]:
    return re.findall(r'class="line"[^>]*>([^<]+)<', html)


def accept_all(house: House, numbers: tuple[int, ...], section: str = "iran") -> None:
    for number in numbers:
        house.desk.decide(number, fakes.accept(section, f"Report {number}.", number), "ana", 0, fakes.NOW)


def test_entries_stand_as_they_will_be_printed(house: House, ana: Editor) -> None:
    accept_all(house, (2,), "russia")
    accept_all(house, (1,), "hezbollah")
    html = ana.get(MONTH).text
    assert lines(html) == [
        "Report 1. – Harbour Herald on 16-NOV",
        "State media reports Report 2. – Voz Estatal on 16-NOV (content in Spanish)",
    ]
    assert "State media are cited in a limited number." in html
    assert lines(ana.get("/edition/2026-10").text) == []


def test_entries_move_up_and_down_within_their_section(house: House, ana: Editor) -> None:
    accept_all(house, (1, 3, 4))
    for way, number, order in (
        ("up", 4, [1, 4, 3]),
        ("up", 4, [4, 1, 3]),
        ("up", 4, [4, 1, 3]),
        ("down", 4, [1, 4, 3]),
        ("down", 1, [4, 1, 3]),
    ):
        assert ana.post(f"{MONTH}/entries/{number}/{way}").headers["location"] == f"{MONTH}#section-iran"
        assert [entry.candidate_id for entry in house.desk.entries("2026-11")] == order


def test_entries_with_equal_positions_move_too(house: House, ana: Editor) -> None:
    for number in (1, 3, 4):
        draft = fakes.replace(fakes.accept("iran", f"Report {number}.", number), position=0.0)
        house.desk.decide(number, draft, "ana", 0, fakes.NOW)
    ana.post(f"{MONTH}/entries/4/up")
    assert [entry.candidate_id for entry in house.desk.entries("2026-11")] == [1, 4, 3]


def test_take_back_undoes_edits_and_acceptance(house: House, ana: Editor) -> None:
    accept_all(house, (1, 3))
    ana.post(f"{MONTH}/entries/3/up")
    assert house.desk.candidate(3).standing.count > 1
    ana.post(f"{MONTH}/entries/3/back")
    assert house.desk.candidate(3).standing.state is State.WAITING
    assert ana.post(f"{MONTH}/entries/3/back").status_code == 404


def test_share_of_state_media_is_said_and_the_limit_too(house: House, ana: Editor) -> None:
    accept_all(house, (1, 3, 4, 5))
    assert "<b>0 of 4</b> entries (0 %)" in ana.get(MONTH).text
    accept_all(house, (2,))
    at_the_limit = ana.get(MONTH).text
    assert "<b>1 of 5</b> entries (20 %); the limit is 20 %." in at_the_limit and "Over the limit" not in at_the_limit
    assert "Control is unknown for 1." in at_the_limit
    ana.post(f"{MONTH}/entries/5/back")
    over = ana.get(MONTH).text
    assert "<b>1 of 4</b> entries (25 %)" in over and "Over the limit" in over and "Take back 1 state-media entry" in over
    assert "Refuses the export</b>: State media are over the limit" in over


def test_an_entry_without_a_day_is_warned_of(password_hash: str) -> None:
    candidate = fakes.candidates(1)[0]
    candidate.articles[0] = fakes.stored(1, "herald", "T", "x", "en", None)
    house = build(password_hash, [candidate])
    accept_all(house, (1,))
    assert "No day: the export refuses it" in Editor(house).get(MONTH).text


def test_an_entry_of_a_section_gone_from_the_configuration_is_not_out_of_sight(house: House, ana: Editor) -> None:
    accept_all(house, (1,), "a-section-of-last-year")
    html = ana.get(MONTH).text
    assert "Sections that are no longer configured" in html and "Report 1." in html


def test_narratives_are_kept_and_not_overwritten_blindly(house: House, ana: Editor) -> None:
    def seen(html: str) -> str:
        found = re.search(r'narratives/iran".*?name="seen" value="(\w+)"', html, re.DOTALL)
        assert found
        return found.group(1)

    first = seen(ana.get(MONTH).text)
    assert ana.post(f"{MONTH}/narratives/iran", seen=first, text="Tehran travelled.\r\n\r\nThen it <rested>.").status_code == 303
    assert house.desk.texts["2026-11", "iran"] == "Tehran travelled.\n\nThen it <rested>."
    assert '<p dir="auto">Then it &lt;rested&gt;.</p>' in ana.get(MONTH).text
    late = ana.post(f"{MONTH}/narratives/iran", seen=first, text="My own words.")
    assert late.status_code == 409 and "My own words.</textarea>" in late.text and "Tehran travelled." in late.text
    assert house.desk.texts["2026-11", "iran"].startswith("Tehran")
    assert ana.post(f"{MONTH}/narratives/hezbollah", seen=first, text="x").status_code == 404


def test_export_downloads(house: House, ana: Editor) -> None:
    accept_all(house, (1,))
    for form in ("md", "html", "docx", "csv", "json"):
        answer = ana.post(f"{MONTH}/export", form=form)
        assert answer.status_code == 200 and answer.content == b"Report 1. \xe2\x80\x93 herald on 16-NOV"
        assert answer.headers["content-disposition"] == f'attachment; filename="monitor-2026-11.{form}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert [entry[1] for entry in house.desk.exports] == ["md", "html", "docx", "csv", "json"]
    assert ana.post(f"{MONTH}/export", form="exe").status_code == 404
    assert ana.get(f"{MONTH}/export").status_code == 405


def test_a_refused_export_shows_findings_and_takes_a_reason(house: House, ana: Editor) -> None:
    accept_all(house, (2,))
    refused = ana.post(f"{MONTH}/export", form="md")
    assert refused.status_code == 409 and "State media are over the limit of 20 percent." in refused.text
    assert 'name="waiver"' in refused.text and house.desk.exports == []
    answer = ana.post(f"{MONTH}/export", form="md", waiver="Agreed with the chief editor.")
    assert answer.status_code == 200
    assert house.desk.exports == [("2026-11", "md", "ana", "Agreed with the chief editor.")]
