"""What the shape of a piece shows: the note on its author, the checked claim, the reporter on the spot; and what little shows."""

from __future__ import annotations

import pytest

from newsdesk.genre import ENOUGH
from newsdesk.genre_shape import LONGEST_NOTE, is_author_note
from newsdesk.kinds import Form
from tests.newsdesk.test_genre import read


@pytest.mark.parametrize(
    "note",
    [
        "Ana Ruiz Gil teaches maritime law in Cali.",
        "Dr Lena Holm is a senior fellow at the Harbour Institute.",
        "*Tomás Prieto es economista y dirige el Observatorio del Agua.*",
        "Rui Tavares Lima é deputado e preside a comissão de portos.",
        "Odile Marchand est éleveuse dans le Jura.",
        "Profesora de Historia en la Universidad del Valle.",
        "Chercheur associé au Laboratoire des rivages.",
    ],
)
def test_a_note_on_the_author_marks_opinion(note: str) -> None:
    column = "The quay was dredged in May and silted up by June.\nThe harbour council met twice and closed the pier."
    assert is_author_note([*column.split("\n"), note])
    assert read(f"{column}\n{note}", title="Quay").opinion > read(column, title="Quay").opinion + 0.3


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz is a member of the council since May.",  # who was spoken of
        "Pedro Lagos fue detenido en la frontera con Chile.",
        "Marc Delon est mort à Nantes en avril dernier.",
        "The Harbour Council is the body that grants permits.",
        "Lena Holm is a reporter in the Lisbon bureau.",
        "Does Lena Holm teach maritime law?",
        "Lena Holm is a fellow " + "and a guest " * LONGEST_NOTE,
        "Short line.",
    ],
)
def test_a_line_about_somebody_else_is_no_note(line: str) -> None:
    assert not is_author_note(["The mayor, Ana Ruiz, spoke.", line])
    assert not is_author_note([line])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The claim: a bridge fell.\nThe verdict: it did not, and nobody should believe that it was ever in danger."),
        ("es", "Qué se dice: que el puente cayó.\nConclusión: es mentira, y nadie debería creerlo jamás."),
        ("pt", "O que diz o vídeo: que a ponte caiu.\nConclusão: é mentira, e ninguém deveria acreditar nisso."),
        ("fr", "L'affirmation : le pont serait tombé.\nLe verdict : c'est faux, le pont tient encore et personne ne s'y trompe."),
    ],
)
def test_a_checked_claim_is_an_explainer(language: str, text: str) -> None:
    genre = read(text, title="Bridge", language=language)
    assert not genre.is_opinion and genre.form is Form.EXPLAINER and "claimed" in genre.why
    assert read(text.partition("\n")[0], title="Bridge", language=language).form is Form.REPORT


ON_THE_SPOT = (
    "I climb the stairs with my lamp and I find it hard to believe that anybody lives here. Perhaps I am wrong. "
    "“We wash at the neighbours' on Sundays,” {told} and I nod, because I had guessed as much. "
    "I count my steps again. Nothing in my own street is so dark, and I think of my mother, who never complained."
)


def test_a_reporter_on_the_spot_may_speak_in_person() -> None:
    column = ON_THE_SPOT.format(told="an old woman told me,")
    report = "CALI - " + ON_THE_SPOT.format(told="Rosa Tello, 61, told me,")
    assert read(column, title="Stairs").is_opinion
    genre = read(report, title="Stairs")
    assert genre.opinion < read(column, title="Stairs").opinion - 0.05
    (sign,) = (each for each in genre.signs if each.name == "shape")
    assert sign.toward < -1 and sign.words[:2] == ("CALI", "Tello, 61,") and "gathered on the spot" in sign.why


def test_a_saying_in_the_headline_is_a_reporters_habit_and_a_word_in_doubt_is_none() -> None:
    text = ON_THE_SPOT.format(told="an old woman told me,")
    shapes = [
        [each.name for each in read(text, title=title).signs] for title in ("“We wash on Sundays”: a visit", "“Progress” on the stairs")
    ]
    assert "shape" in shapes[0] and "shape" not in shapes[1]


def test_a_headline_or_a_lead_alone_is_rarely_opinion() -> None:
    assert not read("", title="Port receives more ships").is_opinion
    assert not read("A fire is out in the port of Cali. No ship is lost.", title="Fire is out").is_opinion
    words = "The quay is no ruin. " * (ENOUGH // 5)
    assert read(words, title="Quay").opinion > read(words[:40], title="Quay").opinion
