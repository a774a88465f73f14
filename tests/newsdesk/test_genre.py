"""Opinion and report, declarations, and the reasons for each; floors on the labelled pieces only rise (bench/genre.py)."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.genre import EXPECTED, LANGUAGES, ROOT, Labelled, pieces, rates, read_all
from config.genre import SHIPPED, load_genre_words
from config.watchlist import load_watchlist
from newsdesk.articles import Article
from newsdesk.genre import WEIGHTS, GenreReader
from newsdesk.kinds import Form, Genre, Kind
from newsdesk.moments import Hint, Hinted
from newsdesk.watchlist import Matcher
from newsdesk.wording import Phrasebook, Text

READER = GenreReader(load_genre_words(SHIPPED))
MATCHER = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
PIECES = list(pieces())
FLOOR, DECLARED_PRECISION, DECLARED_RECALL = 0.94, 0.97, 0.90

REPORT = (
    "The ministry said on Tuesday that the port of Callao had received 14 ships in March, two more than a year before. "
    "Officials told reporters that work on a second pier began in January. A spokesman declined to comment on its cost."
)


def read(
    text: str = REPORT,
    title: str = "Port receives more ships",
    language: str | None = "en",
    address: str = "https://paper.example/news/port",
    authors: tuple[str, ...] = (),
    kind: str | None = None,
    section: str | None = None,
) -> Genre:
    article: Article = replace(
        PIECES[0].article(False),
        title=Hinted(title, Hint.HEADING) if title else None,
        text=text,
        language=Hinted(language, Hint.DETECTOR) if language else None,
        address=address,
        authors=Hinted(authors, Hint.BYLINE) if authors else None,
        kind=kind,
        section=section,
    )
    return READER.read(article, MATCHER.find(title, text, language))


@pytest.mark.parametrize("stated", [False, True], ids=["text only", "with what pages state"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_opinion_is_told_from_report_in_each_language(language: str, stated: bool) -> None:
    mine = [piece for piece in PIECES if piece.language == language]
    assert len(mine) >= 40
    judged = read_all(READER, MATCHER, mine, stated)
    precision, recall = rates([piece.opinion for piece in mine], [genre.is_opinion for genre in judged])
    assert precision >= FLOOR and recall >= FLOOR


def test_declarations_are_found() -> None:
    judged = read_all(READER, MATCHER, PIECES, stated=True)
    precision, recall = rates([piece.says is not None for piece in PIECES], [genre.declares for genre in judged])
    assert sum(piece.says is not None for piece in PIECES) >= 16
    assert precision >= DECLARED_PRECISION and recall >= DECLARED_RECALL


def test_the_halves_share_no_subject() -> None:
    assert {piece.id[2:] for piece in PIECES if piece.held_out}.isdisjoint(piece.id[2:] for piece in PIECES if not piece.held_out)
    for half in (True, False):
        assert {piece.opinion for piece in PIECES if piece.held_out is half} == {True, False}


def test_no_sign_speaks_against_what_it_means() -> None:
    assert WEIGHTS.keys() == EXPECTED.keys()
    assert all(WEIGHTS[name] * EXPECTED[name] > 0 for name in EXPECTED)


def test_a_report_reads_as_one_and_says_why() -> None:
    genre = read()
    assert not genre.is_opinion and genre.form is Form.REPORT and genre.kind is Kind.REPORT
    assert genre.why.startswith("Reads as a report (") and "“said”" in genre.why


@pytest.mark.parametrize(
    ("stated", "form", "words"),
    [
        ({"kind": "OpinionNewsArticle"}, Form.OPINION, "OpinionNewsArticle"),
        ({"kind": "ReviewNewsArticle"}, Form.REVIEW, "ReviewNewsArticle"),
        ({"address": "https://paper.example/opinion/2024/port"}, Form.OPINION, "opinion"),
        ({"address": "https://paper.example/columnas/ana/port"}, Form.OPINION, "columnas"),
        ({"address": "https://opinion.paper.example/port"}, Form.OPINION, "opinion"),
        ({"address": "https://paper.example/op-ed/port"}, Form.OPINION, "op ed"),
        ({"section": "Editoriales"}, Form.EDITORIAL, "Editoriales"),
        ({"section": "Idées"}, Form.OPINION, "Idées"),
        ({"section": "Portada / Tribuna"}, Form.OPINION, "Tribuna"),
        ({"title": "Opinion: A port too many"}, Form.OPINION, "Opinion"),
        ({"title": "A port too many | Editorial"}, Form.EDITORIAL, "Editorial"),
        ({"title": "Tribune. Un port de trop"}, Form.OPINION, "Tribune"),
        ({"authors": ("Editorial Board",)}, Form.EDITORIAL, "Editorial Board"),
    ],
)
def test_what_the_page_calls_it_counts_and_is_named(stated: dict[str, object], form: Form, words: str) -> None:
    genre = read(**stated)  # type: ignore[arg-type]
    assert genre.is_opinion and genre.form is form, "a report's register does not outweigh what the page says of itself"
    assert any(sign.toward > 3 and words in sign.words for sign in genre.signs) and words in genre.why


def test_a_blog_leans_to_opinion_and_does_not_decide() -> None:
    genre = read(address="https://blogs.paper.example/port")
    assert genre.opinion > read().opinion and not genre.is_opinion


@pytest.mark.parametrize(
    "stated",
    [
        {"address": "https://paper.example/news/opinion-poll-shows-lead"},
        {"address": "https://paper.example/news/letters-found-in-attic"},
        {"title": "Minister: port will open"},
        {"address": "https://paper.example/news/the-west-coast"},
        {"title": "Chicago Tribune building sold"},
        {"section": "World"},
        {"kind": "NewsArticle"},
        {"authors": ("Ana Ruiz",)},
    ],
)
def test_what_only_looks_like_a_mark_counts_for_nothing(stated: dict[str, object]) -> None:
    assert abs(read(**stated).opinion - read().opinion) < 0.05  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "author", ["Laura Ruiz, politóloga", "Rui Sá, professor de direito", "Jean Petit, économiste", "A. Bell, senior fellow"]
)
def test_a_byline_with_a_profession_is_no_reporters(author: str) -> None:
    genre = read(authors=(author,))
    assert any(sign.name == "byline" and author in sign.why for sign in genre.signs)


def test_a_line_about_the_author_speaks_for_opinion() -> None:
    genre = read(REPORT + "\nThe author is a professor at the University of Lima.")
    assert any(sign.name == "author" and "professor at the University" in sign.why for sign in genre.signs)


def test_a_letter_is_known_by_its_address_to_the_editor() -> None:
    genre = read("Señor director: yo vivo en el puerto y me duele lo que veo.\nNadie nos escucha.", language="es", title="El puerto")
    assert genre.is_opinion and genre.form is Form.LETTER


def test_quoted_words_are_not_the_writers() -> None:
    said = '"I am ashamed. We must stop this farce. Is that not absurd?" the mayor said on Tuesday.'
    unsaid = said.replace('"', "")
    assert not read(said).is_opinion
    assert read(said).opinion < read(unsaid.replace(" the mayor said on Tuesday.", "")).opinion - 0.3


def test_an_interview_is_no_opinion_and_is_called_one() -> None:
    interview = "\n".join(f"Q: What about year {n}?\nA: I think we must do better. It is a shame." for n in range(4))
    genre = read(interview, title="We must do better")
    assert not genre.is_opinion and genre.form is Form.INTERVIEW


def test_a_live_page_is_called_live() -> None:
    genre = read("\n".join(f"1{n}:30 The count goes on, the court said." for n in range(5)))
    assert genre.form is Form.LIVE and not genre.is_opinion


@pytest.mark.parametrize("language", [None, "de"])
def test_a_language_that_is_not_read_is_said_so(language: str | None) -> None:
    assert "is not read" in read(language=language).why
    assert read(language=language, section="Opinion").is_opinion


# ---------------------------------------------------------------- declarations


@pytest.mark.parametrize(
    ("language", "text", "side", "against"),
    [
        ("en", "Iran's foreign minister condemned the US sanctions on Monday.", "actor:IR", {"US"}),
        ("en", "“The United States is an imperialist bully,” said Russian Foreign Minister Sergey Lavrov.", "actor:RU", {"US"}),
        (
            "en",
            "During a visit to the United States last year, much was promised. Venezuela accuses Washington of a plot.",
            "place:VE",
            {"US"},
        ),
        ("es", "El canciller cubano, Bruno Rodríguez, denunció la injerencia de Estados Unidos y de la OTAN.", "place:CU", {"US", "NATO"}),
        ("es", "Nicolás Maduro responsabilizó al imperialismo norteamericano y a Washington del apagón.", "place:VE", {"US"}),
        ("pt", "O presidente da Venezuela, Nicolás Maduro, acusou os Estados Unidos de sabotagem.", "place:VE", {"US"}),
        ("pt", "O porta-voz da chancelaria da China criticou a União Europeia.", "actor:CN", {"EU"}),
        ("fr", "Le ministère russe des affaires étrangères a dénoncé l'ingérence de Washington.", "actor:RU", {"US"}),
        ("fr", "Le guide suprême iranien, Ali Khamenei, a accusé Israël et l'Occident de complot.", "actor:IR", {"IL", "West"}),
    ],
)
def test_who_declares_against_whom(language: str, text: str, side: str, against: set[str]) -> None:
    genre = read(text, title="Agenda", language=language)
    assert genre.declares
    (declared,) = genre.declarations
    assert declared.side == side and set(declared.against) == against
    assert declared.act in text and text[declared.start : declared.end].startswith(declared.words[:40])
    assert declared.speaker in declared.why and declared.act in declared.why


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The United States condemned Iran's missile test on Monday."),
        ("en", "Venezuelan opposition leader María Corina Machado accused the United States of hesitation."),
        ("en", "Russia and Venezuela signed an agreement on oil, the Kremlin said."),
        ("en", "Cuba condemned the terror attack in the United States and offered help."),
        ("en", "Those who study Chinese influence across the whole of the Latin American region say the United States has lost ground."),
        ("es", "Estados Unidos acusó a Venezuela de injerencia."),
        ("es", "El presidente de Bolivia inauguró una planta y agradeció a Estados Unidos."),
        ("pt", "A oposição venezuelana criticou os Estados Unidos."),
        ("fr", "Washington a condamné la Russie pour son agression."),
    ],
)
def test_what_is_no_declaration(language: str, text: str) -> None:
    assert read(text, title="Agenda", language=language).declarations == ()


@pytest.mark.parametrize(
    ("language", "text", "speaker", "against"),
    [
        ("en", "TEHRAN - Iran on Sunday rejected remarks by Germany and Canada.", "Iran", {"DE", "CA"}),
        ("en", "MINSK (AP) — The Foreign Ministry of Belarus condemned new sanctions by Poland.", "Foreign Ministry of Belarus", {"PL"}),
        ("en", "“Paris is meddling,” said Russian Foreign Minister Sergei Lavrov.", "Russian Foreign Minister Sergei Lavrov", {"FR"}),
        ("es", "LA HABANA.- El canciller cubano, Bruno Rodríguez, denunció la injerencia de España.", "Bruno Rodríguez", {"ES"}),
        ("es", "CARACAS.- El Gobierno de Venezuela rechazó una nota de Canadá.", "Gobierno de Venezuela", {"CA"}),
        ("pt", "CARACAS - O presidente da Venezuela, Nicolás Maduro, acusou a França de sabotagem.", "Nicolás Maduro", {"FR"}),
        ("fr", "MOSCOU — Le Kremlin a dénoncé l'ingérence de l'Allemagne.", "Kremlin", {"DE"}),
    ],
)
def test_who_speaks_is_a_person_or_body_and_no_dateline(language: str, text: str, speaker: str, against: set[str]) -> None:
    (declared,) = read(text, title="Agenda", language=language).declarations
    assert declared.speaker == speaker and set(declared.against) == against


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iran rejected an Iraqi plan for the strait that was drafted last year with the United States."),
        ("en", "Russia rejected a Turkish draft backed by the United States."),
        ("es", "Venezuela rechazó una propuesta de Guyana que había sido respaldada por Estados Unidos."),
        ("pt", "A Rússia rejeitou uma proposta turca que tinha sido apoiada pelos Estados Unidos."),
        ("fr", "La Russie a rejeté une proposition turque qui avait été soutenue par les États-Unis."),
        ("es", "Cuba criticó el retraso en el Acuerdo de París."),
    ],
)
def test_a_target_of_another_clause_is_none(language: str, text: str) -> None:
    assert read(text, title="Agenda", language=language).declarations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Russia rejected the sanctions that the United States imposed.",
        "Russia denounced on Monday that at a base in the north the United States keeps rockets.",
        "Cuba condemned the measures imposed by the United States.",
    ],
)
def test_a_clause_that_is_what_is_declared_keeps_its_target(text: str) -> None:
    (declared,) = read(text, title="Agenda").declarations
    assert set(declared.against) == {"US"}


def test_one_mention_far_down_does_not_make_the_article() -> None:
    text = " ".join(f"Port number {n} opened on Monday, officials said." for n in range(9)) + " Iran condemned US sanctions."
    genre = read(text)
    assert len(genre.declarations) == 1 and not genre.declares


# ---------------------------------------------------------------- what only looks like a sign


def signs_of(language: str, text: str) -> dict[str, float]:
    return dict(READER.register("", text, language).shown)


@pytest.mark.parametrize(
    ("language", "sign", "false", "true"),
    [
        ("es", "appeals", "El tren que no llega cuesta poco.", "Que no nos engañen otra vez."),
        ("pt", "appeals", "O trem que não chega custa pouco.", "Que não nos enganem outra vez."),
        ("fr", "turns", "La dette fut payée en francs-or.", "Or, la dette reste due."),
        ("fr", "we", "Le quai que l'on nettoie ferme.", "On ferme notre quai."),
        ("es", "says", "La feria contó con cien puestos.", "La vendedora contó su jornada."),
        ("pt", "says", "A feira contou com cem bancas.", "A vendedora contou sua jornada."),
        ("en", "says", "The tale is told as a comedy.", "The guard told a comedy."),
        ("pt", "narrates", "A praia de Montevideu tem areia.", "A chuva varreu a praia."),
        ("pt", "narrates", "Na velha Bordeu tem areia.", "A chuva desceu o morro."),
        ("es", "turns", "Estudia la historia del puerto.", "Nadie estudia el puerto."),
        ("pt", "verdicts", "O bonde leva apenas dez pessoas.", "O bonde é uma vergonha."),
        ("fr", "verdicts", "Le théâtre ouvre seulement le soir.", "Le quai est une honte."),
    ],
)
def test_a_word_that_means_something_else_is_no_sign(language: str, sign: str, false: str, true: str) -> None:
    assert signs_of(language, false)[sign] == 0 < signs_of(language, true)[sign]


def test_evidence_is_whole_words_of_one_sentence_and_told_once() -> None:
    text = "BUENOS AIRES - The port belongs to us. No ship of Costa Verde pays 870,000 on Thursday. Why would Costa Verde do so?"
    words = READER.register("", text, "en").words
    assert words["we"] == ("us",) and words["figures"] == ("870,000",) and words["questions"] == ("Why would Costa Verde do so?",)
    assert words["names"] == ("Costa Verde",)
    said = READER.register("It is so", "It is. It is.", "en").words
    assert len({each.casefold() for each in said["states"]}) == len(said["states"])


def test_a_letter_and_a_long_quotation_are_cut_between_words() -> None:
    line = "Dear editor, " + "the lamp posts remain dark " * 9
    genre = read(line + "\nNobody repairs them.", title="Lamps")
    (sign,) = (each for each in genre.signs if each.name == "author")
    assert sign.why.startswith("it is addressed to the editor") and sign.words[0].removesuffix(" …").split()[-1] in line.split()


def test_a_citys_dateline_weighs_less_than_an_agencys() -> None:
    column = "The bridge is worth its price, and no excuse is left. We should build it. Perhaps the council will see that it must."
    assert read("LIMA - " + column, title="The bridge").is_opinion
    city, agency = signs_of("en", "LIMA - " + column), signs_of("en", "LIMA (AP) - " + column)
    assert 0 < city["dateline"] < agency["dateline"] == 1


@pytest.mark.parametrize(
    ("language", "scene"),
    [
        (
            "en",
            "At dawn Rosa Tello, 61, opens the shutter of her stall, lights the stove and pours the first cup. Her son carries two "
            "sacks of maize up the stairs. No bus has come. A man waits at the corner, sits on a crate and tells of the river.",
        ),
        (
            "es",
            "Antes de que salga el sol, Rosa Tello, de 61 años, abre su puesto y enciende la hornilla. Su hijo sube dos sacos que no caben "
            "en la bodega. Un hombre camina hasta la esquina, se sienta y vende loterías. Nadie baja todavía del bus de las seis.",
        ),
        (
            "pt",
            "Antes de nascer o sol, Rosa Tello, de 61 anos, abre a banca e acende o fogareiro. O filho sobe com dois sacos que não cabem "
            "no depósito. Um homem caminha até a esquina, senta-se e vende bilhetes. Ninguém desce ainda do ônibus das seis.",
        ),
        (
            "fr",
            "À l'aube, Rosa Tello, 61 ans, ouvre son étal et allume le réchaud. Son fils monte deux sacs qui n'entrent pas dans la "
            "réserve. Un homme marche jusqu'au coin, s'assied et vend des billets. Personne ne descend encore du bus de six heures.",
        ),
    ],
)
def test_a_scene_told_in_the_present_is_a_report(language: str, scene: str) -> None:
    genre = read(scene, title="Rosa Tello", language=language)
    assert not genre.is_opinion, genre.why


# ---------------------------------------------------------------- words


def test_capitals_accents_and_commas_keep_words_apart() -> None:
    book = Phrasebook([("US", "country"), ("us", "we"), ("pregunto", "i"), ("it is time", "appeal")])
    tags = [hit.tag for hit in book.find(Text.of("The US told us. Preguntó; pregunto. It is, time and again, it is time."))]
    assert tags == ["country", "we", "i", "appeal"]


def test_a_shouted_headline_is_read_as_if_it_were_not() -> None:
    assert [hit.tag for hit in Phrasebook([("we must", "appeal")]).find(Text.of("WE MUST ACT NOW"))] == ["appeal"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from([*LANGUAGES, None]))
def test_anything_can_be_read(text: str, title: str, language: str | None) -> None:
    genre = read(text, title=title, language=language)
    assert 0 <= genre.opinion <= 1 and genre.why


@pytest.mark.parametrize("text", ['"' * 20_000, "“a " * 8_000, "?\n" * 9_000, "I " * 9_000, "— " * 9_000, "Iran condemned US " * 900])
def test_texts_made_to_cost_do_not(text: str) -> None:
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 0.5


def test_the_labelled_pieces_are_many_and_varied() -> None:
    kinds = {piece.id: piece for piece in PIECES}
    assert len(kinds) == len(PIECES) >= 160
    shortest: Labelled = min(PIECES, key=lambda piece: len(piece.text))
    longest: Labelled = max(PIECES, key=lambda piece: len(piece.text))
    assert len(longest.text) > 2 * len(shortest.text)
