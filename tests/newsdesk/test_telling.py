"""Two articles of one event are called so across languages, siblings are not, and every verdict says why."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from newsdesk.meaning import EncoderMissing, open_encoder
from newsdesk.telling import Verdict, packed, same_story, same_story_many, tell, unpacked

ENCODER = open_encoder()


def test_one_event_in_two_languages_is_the_same_story() -> None:
    a = tell("Rusia envía dos aviones militares a Caracas con cien soldados", None, "", "es", date(2020, 5, 5), ENCODER)
    b = tell("Two Russian military planes with 100 soldiers land in Caracas", None, "", "en", date(2020, 5, 6), ENCODER)
    found = same_story(a, b)
    assert found.verdict is Verdict.SAME
    assert "Rusia" in found.reason
    assert "100" in found.reason
    assert "1 day apart" in found.reason


def test_what_is_stored_compares_as_before() -> None:
    a = tell("Chile e China assinam acordo de 1,2 bilhão", None, "O presidente chegou na segunda-feira.", "pt", None, ENCODER)
    again = unpacked(packed(a))
    assert again.mentions == a.mentions
    assert np.abs(again.meaning - a.meaning).max() < 1e-3
    assert same_story(a, again).score == pytest.approx(same_story(a, a).score, abs=1e-3)


def test_many_at_once_says_what_one_at_a_time_says() -> None:
    titles = ("Maduro viaja a Teherán", "Maduro arrives in Tehran", "Une vache gagne le concours agricole")
    tellings = [tell(title, None, "", None, None, ENCODER) for title in titles]
    alone = [same_story(tellings[0], other) for other in tellings]
    together = same_story_many(tellings[0], tellings)
    assert [(one.verdict, one.reason) for one in together] == [(one.verdict, one.reason) for one in alone]
    assert [one.score for one in together] == pytest.approx([one.score for one in alone], abs=1e-5)
    assert same_story_many(tellings[0], []) == []


def test_an_unknown_encoder_is_named_with_the_known_ones() -> None:
    with pytest.raises(EncoderMissing, match="use-multilingual-3"):
        open_encoder("word2vec")
