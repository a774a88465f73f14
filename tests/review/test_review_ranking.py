"""The page Ranking: the check, the table by language, the picture, and the way back; ranks in the queue."""

from __future__ import annotations

import re

import pytest

from newsdesk.learned import Bin
from newsdesk.ranking import Rank
from review.charts import MARGIN, SIDE, calibration_svg
from review.ranking import shown_record, wrong_of
from storage.database import Database
from storage.shelves import SqlRankingBook
from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.review import fakes
from tests.review.conftest import Editor
from tests.review.test_review_on_databases import desk, editor  # noqa: F401
from tests.storage.made import Desk


def test_the_page_tells_the_check_the_languages_and_the_mistakes(ana: Editor) -> None:
    page = ana.get("/ranking").text
    assert "Now version 1 puts the queue in order" in page
    assert "It orders no worse." in page
    row = re.search(r"<tr><th scope=\"row\">Spanish</th>(.*?)</tr>", page)
    assert row and re.findall(r"<td>(.*?)</td>", row[1]) == ["12", "20", "91.0 %", "80.0 %", "2", "1"]
    row = re.search(r"<tr><th scope=\"row\">Portuguese</th>(.*?)</tr>", page)
    assert row and re.findall(r"<td>(.*?)</td>", row[1]) == ["3", "0", "–", "–", "1", "0"]
    assert '<a href="/candidates/1"><bdi>&lt;b&gt;Hostil&lt;/b&gt;</bdi></a>' in page
    assert "<b>Hostil" not in page
    assert 'class="chart" role="img"' in page and "said 80, accepted 85 of 100 (12 stories)" in page
    assert 'aria-current="page">Ranking' in page


def test_an_earlier_version_can_be_looked_at(ana: Editor) -> None:
    assert "Version 2: the check" in ana.get("/ranking?version=2").text
    assert "Version 1: the check" in ana.get("/ranking?version=nonsense").text
    runs = fakes.FakeRanking().runs
    assert shown_record(runs, None, 0) is runs[0] and shown_record([], "1", 1) is None


def test_an_editor_goes_back_with_a_reason(ana: Editor) -> None:
    answer = ana.post("/ranking/use", version=0, reason="It likes football.")
    assert answer.status_code == 303
    page = ana.get(answer.headers["location"]).text
    assert "From now on the watch-list alone ranks" in page and "It likes football." in page


@pytest.mark.parametrize(("fields", "status"), [({"version": 0}, 422), ({"reason": "so"}, 422), ({"version": 99, "reason": "so"}, 404)])
def test_a_choice_without_a_version_or_reason_is_refused(ana: Editor, fields: dict[str, object], status: int) -> None:
    answer = ana.post("/ranking/use", **fields)
    assert answer.status_code == status and "Not done." in answer.text


def test_a_refused_choice_keeps_what_was_chosen_and_typed(ana: Editor) -> None:
    assert 'value="It likes &lt;football&gt;."' in ana.post("/ranking/use", reason="It likes <football>.").text
    assert '<option value="0" selected>' in ana.post("/ranking/use", version=0).text
    assert " selected" not in ana.get("/ranking").text


def test_a_forged_choice_is_refused(ana: Editor) -> None:
    assert ana.http.post("/ranking/use", data={"form_token": "x", "version": "0", "reason": "so"}).status_code == 403


def test_before_anything_is_learned_the_page_says_how_it_will_be(editor: Editor) -> None:  # noqa: F811
    page = editor.get("/ranking").text
    assert "Now the watch-list alone puts the queue in order" in page and "Nothing was learned yet" in page


def test_queue_and_candidate_show_the_rank_and_its_reasons(desk: Desk, editor: Editor, database: Database) -> None:  # noqa: F811
    low, high = desk.candidate(1, score=45.0, text="Uno"), desk.candidate(2, score=90.0, text="Dos")
    book = SqlRankingBook(database)
    read = {story.candidate_id: story for story in book.unranked(0, 9)}
    ranks = [(read[low], Rank(81.0, ("its meaning is close to what the desk accepts (+1.2)",))), (read[high], Rank(12.0, ()))]
    book.write_ranks(ranks, 0)
    queue = editor.get("/").text
    assert queue.index(f"/candidates/{low}") < queue.index(f"/candidates/{high}")
    assert '<span class="hidden">Rank </span><b>81</b>' in queue and "close to what the desk accepts (+1.2)" in queue
    page = editor.get(f"/candidates/{low}").text
    assert "<b>81</b> of 100, by the watch-list alone" in page and "close to what the desk accepts (+1.2)" in page


def test_stories_shown_to_learn_are_marked_and_next_leads_through_them(desk: Desk, editor: Editor) -> None:  # noqa: F811
    for number in range(40):
        desk.candidate(number, score=95.0 - number, text=f"Texto {number}")
    queue = editor.get("/").text
    assert queue.count("shown to learn") == 3
    shown = [int(one) for one in re.findall(r"/candidates/(\d+)\" data-row", queue)]
    assert len(shown) == 30
    assert f"/candidates/{shown[10]}" in editor.get(f"/candidates/{shown[9]}").text
    assert "shown to learn" not in editor.get("/?words=texto").text


def test_the_picture_puts_each_group_where_it_belongs() -> None:
    drawn = calibration_svg([Bin(0.0, 100.0, 4), Bin(50.0, 50.0, 16)])
    corner, middle = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawn)
    assert (float(corner[0]), float(corner[1])) == (MARGIN, MARGIN)
    assert (float(middle[0]), float(middle[1])) == (MARGIN + SIDE / 2, MARGIN + SIDE / 2)
    assert float(middle[2]) > float(corner[2])
    assert "style=" not in drawn and "<script" not in drawn
    assert "nothing to show yet" in calibration_svg([])


def test_a_mistake_leads_to_its_candidate() -> None:
    mistakes = fakes.FakeRanking().runs[0].report.mistakes
    assert [(one.candidate_id, one.title) for one in map(wrong_of, mistakes)] == [(1, "<b>Hostil</b>"), (None, "past entry 3: a report")]
