"""The DIME category of an article by the subjects it names; floors on the labelled reports only rise (bench/categories.py)."""

from __future__ import annotations

from bench.categories import ROOT, measure
from config.watchlist import load_watchlist
from newsdesk.categories import _MEANS, categories_of
from newsdesk.kinds import Dime
from newsdesk.watchlist import Matcher

WATCHED = load_watchlist(ROOT / "config" / "defaults" / "watchlist")
MATCHER = Matcher(WATCHED)


def test_the_main_category_is_proposed() -> None:
    counts = measure(listing=False)
    for name in ("en", "es", "pt", "fr", "held out"):
        count, first, two = counts[name]
        assert first / count >= 0.85 and two / count >= 0.95, name


def test_each_category_names_the_words_that_show_it() -> None:
    found = categories_of(MATCHER.find("Warship docks", "The frigate joined naval drills. A loan was signed.", "en"))
    assert found[0].category is Dime.MILITARY
    assert all(word in found[0].why for word in found[0].words) and found[0].words
    assert [each.fit for each in found] == sorted((each.fit for each in found), reverse=True)


def test_several_may_apply_and_none_is_invented() -> None:
    both = categories_of(MATCHER.find("Navy leases port from bank", "The navy and the bank signed a loan for the port terminal.", "en"))
    assert {each.category for each in both} == {Dime.MILITARY, Dime.ECONOMIC}
    assert categories_of(MATCHER.find("A quiet day", "Nothing happened.", "en")) == ()


def test_every_subject_of_the_table_is_watched() -> None:
    assert {f"topic:{name}" for name in _MEANS} <= {concept.id for concept in WATCHED.concepts}
