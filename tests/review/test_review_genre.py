"""Genre and category in the desk: the badge, the filter, and every reason on the candidate's page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdesk.kinds import Category, Declaration, Dime, Form, Genre, Sign
from tests.review import fakes
from tests.review.conftest import Editor, House, build

SIGN = Sign("section", 4.5, ("Opinión",), "it stands in the section “Opinión”")
OPINION = Genre(
    0.97, True, Form.OPINION, (SIGN,), (), False, "Reads as opinion (97 % likely to be opinion): it stands in the section “Opinión”."
)
SAID = Declaration(
    "Rusia", "actor:RU", ("US",), "condenó", ("injerencia",), "Rusia <condenó> la injerencia.", "text", 0, 30,
    "“Rusia” speaks against the United States: “condenó” with “injerencia”",
)  # fmt: skip
DECLARES = Genre(0.05, False, Form.REPORT, (), (SAID,), True, "Reads as a report (5 % likely to be opinion): it says whose words it gives.")
MILITARY = Category(Dime.MILITARY, 0.8, ("fragata",), "Military, by the words “fragata”")


@pytest.fixture
def told(password_hash: str) -> House:
    made = fakes.candidates()
    for candidate, genre in ((made[0], OPINION), (made[1], DECLARES)):
        candidate.articles[0] = replace(candidate.articles[0], genre=genre, categories=(MILITARY,))
    return build(password_hash, made)


def test_the_queue_shows_and_filters(told: House) -> None:
    ana = Editor(told)
    html = ana.get("/").text
    assert html.count('<span class="badge kind opinion">Opinion</span>') == 1
    assert html.count('<span class="badge kind declaration">Declaration</span>') == 1
    assert html.count("data-row") == 5, "nothing is hidden unless the editor asks"
    filtered = ana.get("/?kind=opinion").text
    assert filtered.count("data-row") == 1 and "Tanker convoy" in filtered and "kind=opinion" in filtered
    assert ana.get("/?category=military").text.count("data-row") == 2
    assert ana.get("/?category=economic").text.count("data-row") == 0
    assert ana.get("/?kind=nonsense").text.count("data-row") == 5


def test_the_candidate_says_why(told: House) -> None:
    ana = Editor(told)
    html = ana.get("/candidates/1").text
    assert "Reads as opinion (97 % likely" in html and "it stands in the section “Opinión”" in html and "(+4.5)" in html
    assert "Military, by the words “fragata”" in html
    declared = ana.get("/candidates/2").text
    assert "speaks against the United States" in declared and "Rusia &lt;condenó&gt; la injerencia." in declared
    assert "The article is about what is declared." in declared


def test_what_was_stored_before_is_not_called_a_report(told: House) -> None:
    html = Editor(told).get("/candidates/3").text
    assert "Not told: the article was stored before" in html and 'class="badge kind' not in html
