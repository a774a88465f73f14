"""The picture of a story's way."""

from __future__ import annotations

from datetime import timedelta

from newsdesk.amplification import amplification
from newsdesk.judging import Label
from review.timeline import LEFT, LINES, RIGHT, WIDTH, timeline
from tests.newsdesk.test_corroboration import OTHER, STATE, TASS, member


def test_time_runs_to_the_right_and_each_outlet_has_a_line() -> None:
    drawn = timeline(
        amplification(
            [
                member(1, "TASS", STATE, controller="RU"),
                member(2, "Sputnik", STATE, controller="RU", after=timedelta(hours=1), copies=[(1, 0.8)]),
                member(3, "Diario", STATE, publisher=OTHER, origins=[TASS], after=timedelta(hours=4)),
                member(4, "Nadie", Label.UNKNOWN, after=timedelta(hours=5)),
                member(5, "TASS", STATE, controller="RU", after=timedelta(hours=6)),
            ]
        )
    )
    assert [dot.x for dot in drawn.dots] == sorted(dot.x for dot in drawn.dots)
    assert (drawn.dots[0].x, drawn.dots[-1].x) == (LEFT, WIDTH - RIGHT)
    assert [(name, kind) for _, name, kind in drawn.lines] == [
        ("TASS", "state"),
        ("Sputnik", "state"),
        ("Diario", "relay"),
        ("Nadie", "unknown"),
    ]
    (arrow,) = drawn.arrows
    assert (arrow.x1, arrow.x2, arrow.share) == (drawn.dots[0].x, drawn.dots[1].x, 0.8)
    assert [words for _, words in drawn.ticks] == ["0", "+2 h", "+4 h", "+6 h"]


def test_one_article_and_one_without_an_hour_can_be_drawn() -> None:
    drawn = timeline(amplification([member(1, "TASS", STATE, after=None)]))
    assert not drawn.dots[0].hour_known
    assert "undated, stored 2026-11-03 14:05 UTC" in drawn.dots[0].words


def test_a_very_wide_story_is_cut_and_says_so() -> None:
    many = [member(n, f"Outlet {n}", OTHER, after=timedelta(minutes=n)) for n in range(1, LINES + 6)]
    drawn = timeline(amplification(many))
    assert (len(drawn.lines), drawn.cut) == (LINES, 5)
