"""Two articles of one event are called so across languages, siblings are not, and every verdict says why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.meaning import EncoderMissing, open_encoder
from newsdesk.mentions import Number, mentions_of, name_key
from newsdesk.stories import copies
from newsdesk.telling import SURE_FROM, Telling, Verdict, packed, same_story, same_story_many, tell, unpacked

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


def test_what_older_rules_stored_is_read_all_the_same() -> None:
    kept = json.loads(packed(tell("Chile e China assinam acordo", None, "", "pt", None, ENCODER)))
    del kept["sites"], kept["headline"]
    old = unpacked(json.dumps({**kept, "version": "telling-1/mentions-2"}).encode())
    assert old.version == "telling-1/mentions-2"
    assert old.mentions.sites == old.mentions.headline == frozenset()


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


def test_a_copy_is_the_same_story_and_its_reason_begins_with_it() -> None:
    text = " ".join(f"word{at}" for at in range(60))
    a = tell("One headline", None, text, "en", None, ENCODER)
    b = tell("Quite another matter", None, text, "en", None, ENCODER)
    copy = copies("One headline", text, "Quite another matter", text)
    found = same_story(a, b, copy)
    assert found.verdict is Verdict.SAME
    assert found.score >= 0.99
    assert found.copy is copy
    assert found.reason.startswith("The same text, word for word")


def test_what_undoes_a_deed_is_another_event_and_is_said() -> None:
    signed = tell("Bolivia firma contrato de litio con la china Huayu", None, "El ministro firmó el jueves en La Paz.", "es", None, ENCODER)
    halted = tell("Court suspends Bolivia's lithium contract with Huayu", None, "A judge ruled on Monday in Potosí.", "en", None, ENCODER)
    found = same_story(signed, halted)
    assert found.verdict is not Verdict.SAME
    assert "one says Thursday, the other Monday" in found.reason


def test_the_sentence_prints_the_words_of_each_text_and_figures_that_differ() -> None:
    a = tell("Ankara presta 20.000 millones de dólares a Nicaragua", None, "", "es", None, ENCODER)
    b = tell("Turkish bank lends Nicaragua $300 million", None, "", "en", None, ENCODER)
    reason = same_story(a, b).reason
    assert "Ankara (Turkish)" in reason
    assert "one gives 20,000,000,000 (money), the other 300,000,000 (money)" in reason


def test_four_boats_are_not_four_dead() -> None:
    a = tell("Hunden 4 barcos en Lima", None, "", "es", None, ENCODER)
    b = tell("Lima blast leaves 4 dead", None, "", "en", None, ENCODER)
    assert "both give" not in same_story(a, b).reason.lower()


def test_days_apart_lower_the_score() -> None:
    def told(day: int) -> Telling:
        return tell("Maduro viaja a Teherán", None, "El presidente llegó a Irán.", "es", date(2020, 5, day), ENCODER)

    first = tell("Maduro arrives in Tehran for talks", None, "The president landed in Iran.", "en", date(2020, 5, 1), ENCODER)
    scores = [same_story(first, told(day)).score for day in (1, 3, 6, 20)]
    assert scores[0] >= scores[1] > scores[2] > scores[3]


def test_the_same_words_in_one_language_are_the_same_story_however_few() -> None:
    a = tell("Maduro viaja a Teherán", None, "El presidente llegó a Irán.", "es", None, ENCODER)
    assert same_story(a, a).verdict is Verdict.SAME


def test_the_same_words_days_later_are_another_number_of_a_column() -> None:
    first = tell("Horóscopo de hoy", None, "", "es", date(2020, 5, 1), ENCODER)
    assert same_story(first, replace(first, day=date(2020, 5, 2))).verdict is Verdict.SAME
    assert same_story(first, replace(first, day=date(2020, 5, 4))).verdict is not Verdict.SAME


def test_tellings_of_two_encoders_are_not_compared() -> None:
    a = tell("Maduro viaja a Teherán", None, "", "es", None, ENCODER)
    with pytest.raises(ValueError, match="tell both articles anew"):
        same_story(a, replace(a, encoder="another"))


@pytest.mark.parametrize(("a", "b"), [("1.200", "1,200"), ("7,8", "7.8"), ("1 200 000", "1.200.000"), ("12.500,5", "12,500.5")])
def test_numbers_are_read_as_each_language_writes_them(a: str, b: str) -> None:
    assert mentions_of("", f"Son {a} toneladas", "es").numbers == mentions_of("", f"Son {b} toneladas", "es").numbers


def test_words_for_numbers_and_millions_are_values() -> None:
    values = {number.value for number in mentions_of("", "Treinta y cinco muertos y 1,2 millones de dólares", "es").numbers}
    assert values == {35.0, 1_200_000.0}
    assert Number(2000.0, "people") in mentions_of("", "Some two thousand people marched", "en").numbers


def test_cities_are_told_apart_within_a_country() -> None:
    a = tell("Sismo de magnitud 5 sacude Arequipa", None, "", "es", None, ENCODER)
    b = tell("Magnitude 5 quake shakes Cusco, Peru", None, "", "en", None, ENCODER)
    found = same_story(a, b)
    assert found.verdict is not Verdict.SAME
    assert "one is about Arequipa, the other about Cusco" in found.reason


PARAGUAY = ("en", "Russia sends 200,000 doses to Paraguay", "A plane with 200,000 doses of Sputnik V landed in Asunción on Tuesday.")
BOLIVIA = ("es", "Rusia envía 200.000 dosis a Bolivia", "Un avión con 200.000 dosis de Sputnik V aterrizó el martes en La Paz.")
IRAN = ("es", "Arce recibe al embajador iraní por el litio", "El presidente Luis Arce recibió el martes en La Paz al embajador de Irán.")
CHINA = ("en", "Arce receives Chinese ambassador over lithium", "President Luis Arce met China's ambassador in La Paz on Tuesday.")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [(PARAGUAY, BOLIVIA, "only one names Paraguay, only the other Bolivia"), (IRAN, CHINA, "only one names iraní, only the other Chinese")],
)
def test_one_phrase_about_two_countries_is_not_surely_one_event(one: tuple[str, str, str], other: tuple[str, str, str], said: str) -> None:
    a, b = (tell(title, None, text, language, None, ENCODER) for language, title, text in (one, other))
    found = same_story(a, b)
    assert found.score < SURE_FROM and said in found.reason, (found.score, found.reason)


def test_an_office_names_who_holds_it() -> None:
    a = mentions_of("Kremlin chief to visit Havana", "", "en", date(2024, 5, 1))
    assert name_key("putin") in {*a.names, *a.maybe}


def test_words_of_another_sense_are_no_deeds() -> None:
    assert "ceasefire" not in mentions_of("Rodrigo Paz gana en Bolivia", "", "es").deeds
    assert "leave" not in mentions_of("Ataque deja 64 muertos en Rio", "", "es").deeds


def test_places_and_names_meet_across_languages() -> None:
    es, fr = (
        mentions_of("", text, None)
        for text in ("El ruso Vladímir Zelenski llegó a Kiev", "Le Russe Vladimir Zelensky est à Moscou, Ukraine")
    )
    assert {"place:RU", "place:UA"} <= es.places.keys() & fr.places.keys()
    assert name_key("zelenski") in {*es.names, *es.maybe} & {*fr.names, *fr.maybe}


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_strangers_print_can_be_told(title: str, text: str) -> None:
    mentions = mentions_of(title, text, "es")
    assert mentions.headline_deeds <= mentions.deeds
