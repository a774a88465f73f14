"""What an editor is told when a newer text of an article was judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdesk.anew import Judgement, Retold, judgement_news, relabels
from newsdesk.kinds import Kind
from newsdesk.labels import Label, Origin, OriginKind

PLAIN = Judgement(Label.NOT_STATE_MEDIA, None, "B is private media.", (), 40.0, Kind.REPORT)
BYLINE = Origin(OriginKind.BYLINE, "TASS", "tass", "RU", Label.STATE_MEDIA, "TASS", "text", 8, 12, None, "TASS is controlled.")
RELAYS = replace(PLAIN, label=Label.STATE_MEDIA, controller="RU", why="Private media; relays TASS.", origins=(BYLINE,))


def test_a_byline_that_was_added_is_told_with_the_label_that_follows() -> None:
    assert relabels(PLAIN, RELAYS)
    assert judgement_news(PLAIN, RELAYS) == (
        "The label is “state media” now; it was “not state media”. Private media; relays TASS.",
        "The text now relays TASS: “TASS” in the byline.",
    )
    assert judgement_news(RELAYS, PLAIN)[1] == "The text no longer relays TASS."


def test_another_controller_is_told_though_the_label_is_the_same() -> None:
    china = replace(RELAYS, controller="CN")
    assert relabels(RELAYS, china)
    assert judgement_news(RELAYS, china) == ("The voice is that of China now; it was that of Russia. Private media; relays TASS.",)


def test_what_says_the_same_is_no_news() -> None:
    elsewhere = replace(RELAYS, origins=(replace(BYLINE, start=90, end=94),), why="Worded otherwise.")
    assert judgement_news(RELAYS, elsewhere) == () and not relabels(RELAYS, elsewhere)


@pytest.mark.parametrize(
    ("score", "told"), [(44.9, ()), (45.0, ("The score rose from 40 to 45.",)), (20, ("The score fell from 40 to 20.",))]
)
def test_the_score_is_told_when_it_moved_enough(score: float, told: tuple[str, ...]) -> None:
    assert judgement_news(PLAIN, replace(PLAIN, score=score)) == told


def test_the_kind_is_told_where_it_was_known() -> None:
    assert judgement_news(PLAIN, replace(PLAIN, kind=Kind.OPINION)) == ("It reads as opinion now; before as a report.",)
    assert judgement_news(replace(PLAIN, kind=None), PLAIN) == ()


@pytest.mark.parametrize(
    ("retold", "sentence"),
    [
        (Retold(), "Every article that new reports are compared with is told by the present rules."),
        (Retold(1), "1 article told anew."),
        (Retold(30, 1, 5), "30 articles told anew; 1 could not be told (see the log); 5 left for the next time."),
        (Retold(3, suggested=2), "3 articles told anew; 2 that came meanwhile perhaps belong with one of them, as their pages show."),
    ],
)
def test_what_telling_anew_came_to_in_words(retold: Retold, sentence: str) -> None:
    assert retold.sentence == sentence
