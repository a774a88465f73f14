"""Questions and answers by a second voice, and the questions of a columnist."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.genre import ROOT, pieces
from config.genre import SHIPPED, load_genre_words
from config.watchlist import load_watchlist
from newsdesk.genre import GenreReader
from newsdesk.kinds import Form, Genre
from newsdesk.moments import Hint, Hinted
from newsdesk.watchlist import Matcher

READER = GenreReader(load_genre_words(SHIPPED))
MATCHER = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
PIECE = next(pieces()).article(False)


def read(title: str, text: str, language: str) -> Genre:
    article = replace(PIECE, title=Hinted(title, Hint.HEADING), text=text, language=Hinted(language, Hint.DETECTOR))
    return READER.read(article, MATCHER.find(title, text, language))


INTERVIEWS = [
    (
        "en",
        "“The reef can still heal”",
        "The marine biologist Dana Holt spoke to us on the jetty where she keeps her boat. How did you find the bay this year? Warmer, "
        "and I must say I was ashamed of us. We should have acted. What would you change first? I would ban the nets. It is absurd that "
        "we still allow them. Do you have hope? Of course I do. We cannot afford despair. And your students? They never give up.",
    ),
    (
        "es",
        "“Nadie cuida el bosque”",
        "Conversamos con la guardaparques Elvira Mena en su cabaña. ¿Cómo empezó usted? Yo era maestra y me cansé. Debemos cuidar lo "
        "nuestro. ¿Qué es lo peor? La indiferencia. Es una vergüenza que no nos escuchen. ¿Y su familia? Mi hija siempre me acompaña. "
        "¿Qué le pediría al Gobierno? Que cumpla. Necesitamos guardas y no discursos.",
    ),
    (
        "pt",
        "“A música precisa de silêncio”",
        "Em entrevista, o violonista Caio Prado fala do novo disco. Como nasceu o seu repertório? Eu ouvia meu avô. Acho que devemos "
        "tudo a ele. O que você ouve hoje? Nada que seja pressa. É um absurdo como ouvimos mal. Por que gravar em casa? Porque não "
        "suporto relógio. Sempre foi assim. E o seu público? Ele merece respeito.",
    ),
    (
        "fr",
        "« Nous avons oublié la neige »",
        "Entretien avec la glaciologue Maud Terrier, de retour des Alpes. Que voyez-vous là-haut ? Je vois du gris, et j'ai honte. Il faut "
        "agir. Que répondez-vous aux élus ? Qu'ils viennent. Nous ne pouvons plus attendre, c'est absurde. Votre équipe tient-elle ? Oui, "
        "mais nous sommes trop peu. Et demain ? Personne ne sait, hélas.",
    ),
]
EXPLAINERS = [
    (
        "en",
        "The new bus pass: your questions answered",
        "Must I change my card? No, it stays valid. You should keep it with you. Can I travel with my dog? Yes, but never at the front. "
        "You need to pay half. What if I lose my card? You have to buy another one. It is not free. Where do I pay? At any kiosk.",
    ),
    (
        "es",
        "Guía para el nuevo documento",
        "Respondemos las dudas más comunes. ¿Debo cambiarlo ya? No, hay tiempo. Conviene pedir turno. ¿Puedo viajar con el viejo? Sí, "
        "pero no siempre. ¿Cuánto pago? Nada, si es la primera vez. ¿Y si lo pierdo? Hay que denunciarlo. Nunca tire el comprobante.",
    ),
    (
        "pt",
        "Entenda a nova conta de luz",
        "O que muda? A faixa mais baixa deixa de pagar. É preciso ter cadastro. Quem perde? Ninguém, mas o prazo é curto. Devo pedir "
        "desconto? Não, ele é automático. Onde reclamar? Na agência, e nunca por telefone. Convém guardar as contas.",
    ),
    (
        "fr",
        "Consigne des bouteilles : ce qu'il faut savoir",
        "Qui est concerné ? Tous les magasins. Il faut une machine. Dois-je laver mes bouteilles ? Non, mais c'est mieux. Que faire du "
        "verre brisé ? Rien, il ne compte pas. Puis-je refuser le bon ? Oui, toujours. Personne ne doit l'imposer.",
    ),
]
COLUMNS = [
    (
        "en",
        "The price of a quiet library",
        "The council calls it thrift. It is nothing of the sort; it is a shameful retreat, and we should say so.\n{}\nNobody who has ever "
        "needed a warm room and a free book. Perhaps the mayor never did.\n{}\nA town must keep what it cannot buy back. To close the "
        "doors is a folly that we shall regret.\n{}\nBecause cuts never come alone. We cannot afford to be polite about it.",
    ),
    (
        "es",
        "El precio del silencio",
        "Lo llaman ahorro y es una vergüenza. Debemos decirlo sin rodeos, porque nadie más lo hará.\n{}\nLos de siempre, sin duda. Quizá "
        "por eso nadie protesta.\n{}\nHay que defender lo que no se recompra. Es absurdo creer lo contrario.\n{}\nPorque los recortes "
        "nunca llegan solos. No podemos callar.",
    ),
    (
        "pt",
        "O preço do silêncio",
        "Chamam isso de economia, e é uma vergonha. Devemos dizê-lo, porque ninguém mais o dirá.\n{}\nOs de sempre, sem dúvida. Talvez por "
        "isso ninguém proteste.\n{}\nÉ preciso defender o que não se recompra. É absurdo crer no contrário.\n{}\nPorque os cortes nunca "
        "vêm sós. Não podemos calar.",
    ),
    (
        "fr",
        "Le prix du silence",
        "On appelle cela une économie, et c'est une honte. Nous devons le dire, car personne ne le fera.\n{}\nLes mêmes que toujours, sans "
        "doute. Voilà peut-être pourquoi personne ne proteste.\n{}\nIl faut défendre ce qui ne se rachète pas. Il est absurde de croire le "
        "contraire.\n{}\nParce que les coupes n'arrivent jamais seules. Nous ne pouvons plus nous taire.",
    ),
]
SUBHEADS = {
    "en": ("Who is served by this?", "What can be saved?", "Why today?"),
    "es": ("¿A quién sirve?", "¿Qué se puede salvar?", "¿Por qué hoy?"),
    "pt": ("A quem serve?", "O que se pode salvar?", "Por que hoje?"),
    "fr": ("À qui cela sert-il ?", "Que peut-on sauver ?", "Pourquoi aujourd'hui ?"),
}


@pytest.mark.parametrize(("language", "title", "text"), INTERVIEWS, ids=[each[0] for each in INTERVIEWS])
def test_an_interview_within_a_paragraph_is_no_opinion(language: str, title: str, text: str) -> None:
    genre = read(title, text, language)
    assert not genre.is_opinion and genre.form is Form.INTERVIEW, genre.why


@pytest.mark.parametrize(("language", "title", "text"), EXPLAINERS, ids=[each[0] for each in EXPLAINERS])
def test_an_explainer_within_a_paragraph_is_no_opinion(language: str, title: str, text: str) -> None:
    assert not read(title, text, language).is_opinion


@pytest.mark.parametrize("layout", ["on lines", "begin paragraphs", "none"])
@pytest.mark.parametrize(("language", "title", "text"), COLUMNS, ids=[each[0] for each in COLUMNS])
def test_a_columns_own_questions_are_no_second_voice(language: str, title: str, text: str, layout: str) -> None:
    if layout == "none":
        text = text.replace("{}\n", "")
    elif layout == "begin paragraphs":
        text = text.replace("{}\n", "{} ")
    genre = read(title, text.format(*SUBHEADS[language]) if layout != "none" else text, language)
    assert genre.is_opinion, genre.why
    assert "somebody else" not in genre.why


def test_a_column_that_mentions_an_interview_stays_one() -> None:
    text = "The minister told a radio in an interview that all is well. I doubt it. " + COLUMNS[0][2].format(*SUBHEADS["en"])
    assert read("All is well", text, "en").is_opinion


@pytest.mark.parametrize("names", [("MENA", "DIARIO"), ("Ana Paz", "Revista Sur")])
def test_names_before_the_lines_are_voices(names: tuple[str, str]) -> None:
    text = "\n".join(
        f"{names[1]}: ¿Qué pasó en {year}?\n{names[0]}: Yo creo que debemos cambiar. Es absurdo." for year in range(2001, 2005)
    )
    genre = read("Debemos cambiar", text, "es")
    assert genre.form is Form.INTERVIEW and not genre.is_opinion


def test_related_headlines_that_ask_are_no_interview() -> None:
    text = COLUMNS[0][2].replace("{}\n", "") + "\nWill the bridge open?\nWho pays for the pier?\nCan trams come back?"
    assert read("The price of a quiet library", text, "en").is_opinion
