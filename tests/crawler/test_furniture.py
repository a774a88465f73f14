"""What stands around an article is taken out, and what only looks like it stays; on pages of our own in four languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from lxml import html

from crawler import furniture
from crawler.furniture import Surroundings, article_lines
from crawler.people import names_in
from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article, NoArticle
from newsdesk.links import Outcome

FACTS = PageFacts(datetime(2026, 11, 22, 12, tzinfo=UTC))
OWN = (
    "El consejo aprobó el martes la compra de nueve barcos para el puerto del norte, según dijo su presidenta.",
    "La compra se pagará en cuatro años y abre una disputa entre las dos ciudades que esperaban la obra.",
    "Los pescadores pidieron que se oiga a los pueblos antes de firmar el contrato con la empresa.",
    "El ministerio respondió que la consulta empezará en marzo y que durará tres semanas enteras.",
)


def read(inside: str, head: str = "", address: str = "https://faro.example/nota/7") -> Article | NoArticle:
    page = f'<html lang="es"><head><title>Nueve barcos para el puerto del norte</title>{head}</head><body>{inside}</body></html>'
    return read_page(page.encode(), [("Content-Type", "text/html; charset=utf-8")], address, None, FACTS)


def text(inside: str) -> str:
    article = read(inside)
    assert isinstance(article, Article)
    return article.text


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


H1 = "<h1>Nueve barcos para el puerto del norte</h1>"


@pytest.mark.parametrize(
    "box",
    [
        '<span class="legend">Un barco en el puerto, el lunes pasado por la mañana. © M.R.</span>',
        '<div class="cell legenda">Um barco no porto, na segunda-feira passada pela manhã</div>',
        '<p class="estimated-read-time">Tiempo de lectura aproximado de esta nota: cuatro minutos</p>',
        '<div class="read-more"><h4>Saiba mais</h4><ul><li>Outra notícia sobre o porto e os barcos</li></ul></div>',
        '<p class="article-copyright">Esta obra no puede ser publicada ni reescrita por nadie más</p>',
        '<div id="login-popup"><p>Estimado lector, muchas gracias por su interés en nuestras notas de hoy.</p></div>',
        '<ul class="comments-ul"><li><p>Qué vergüenza de consejo, siempre compran lo mismo y nadie pregunta nada.</p></li></ul>',
    ],
)
def test_boxes_are_left_out_by_their_names(box: str) -> None:
    found = text(f"<article>{H1}{paragraphs(*OWN[:2])}{box}{paragraphs(*OWN[2:])}</article>")
    assert found == "\n".join(OWN)


@pytest.mark.parametrize("name", ["modal", "caption", "carousel", "newsletter-box"])
def test_an_article_under_an_odd_name_is_not_lost(name: str) -> None:
    assert text(f'{H1}<div class="{name}">{paragraphs(*OWN)}</div>') == "\n".join(OWN)


def test_a_match_told_in_live_comments_stays() -> None:
    tree = html.fromstring(f'<body>{H1}<div class="live-match-comment">{"El árbitro pita el final del partido. " * 20}</div></body>')
    furniture.remove_boxes(tree)
    assert "pita el final" in tree.text_content()


def test_a_line_that_is_nothing_but_a_link_leads_elsewhere() -> None:
    links = '<p><a href="/otra">Otra nota sobre los barcos del puerto del norte</a></p>'
    assert text(f"<article>{H1}{paragraphs(*OWN[:2])}{links}{paragraphs(*OWN[2:])}</article>") == "\n".join(OWN)


def test_where_most_of_a_text_is_links_they_are_the_text() -> None:
    links = frozenset(map(furniture.folded, OWN[:3]))
    assert article_lines(OWN, Surroundings(links=links)) == list(OWN)


@pytest.mark.parametrize(
    "line",
    [
        "Publicidad", "Continúa después de la publicidad", "Passer la publicité", "Continue reading the main story", "Advertisement",
        "Foto: Presidencia", "Crédit photo : KB / Le Blog", "© 2024 El Faro", "Síguenos en Telegram para recibir las noticias",
        "Receba em seu email nosso guia gratuito sobre o porto", "Tu suscripción se está usando en otro dispositivo",
        "Abonnez-vous pour lire tous nos articles", "Cet article est réservé aux abonnés",
    ],
)  # fmt: skip
def test_notices_are_dropped_wherever_they_stand(line: str) -> None:
    assert article_lines([OWN[0], line, OWN[1]], Surroundings()) == [OWN[0], OWN[1]]


@pytest.mark.parametrize(
    "line",
    [
        "Publicidad y propaganda ocuparon la mitad del presupuesto, dijo la auditora.",
        "Foto, vídeo y sonido fueron entregados al juez por la defensa.",
        "Seguimos esperando una respuesta, dijo el alcalde de la ciudad.",
        "Por qué importa el puerto",
        "Par peur d’une hausse, les armateurs ont acheté tôt",
        "Lectura pública del fallo",
        "2024 fue el año más caluroso en el puerto desde que hay registros",
    ],
)
def test_sentences_and_headings_that_only_begin_so_stay(line: str) -> None:
    assert line in article_lines([line, *OWN], Surroundings())
    assert line in article_lines([*OWN, line], Surroundings())


@pytest.mark.parametrize(
    "line",
    [
        "Por Ana Ruiz", "By ANDREW STONE MILLER", "jeudi 13 juin 2019", "28 January 2013 Last updated at 12:45 GMT",
        "Temps de lecture 14 min", "4 min read", "Publicado el 3 de marzo de 2024 por la mañana", "Nueve barcos para el puerto del norte",
    ],
)  # fmt: skip
def test_bylines_days_and_the_headline_are_dropped_at_the_head_only(line: str) -> None:
    around = Surroundings(title="Nueve barcos para el puerto del norte")
    assert article_lines([line, *OWN], around) == list(OWN)
    assert line in article_lines([*OWN * 4, line, *OWN * 4], around)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2024 The Harbour Post. All rights reserved.", "To contact the reporter on this story: Ana Ruiz at ana@faro.example",
        "This article appeared in the World section of the print edition", "Cet article est paru dans notre lettre du lundi",
        "(puedes comentar esta información más abajo)", "Ana Ruiz is a reporter who covers the ports of the north.",
        "Deixe seu comentário sobre esta matéria",
    ],
)  # fmt: skip
def test_the_foot_is_dropped_at_the_foot_only(line: str) -> None:
    around = Surroundings(bylines=("By Ana Ruiz",))
    assert article_lines([*OWN, line], around) == list(OWN)
    assert line in article_lines([line, *OWN * 4], around)


@pytest.mark.parametrize("line", ["MR", "AB/CD", "(MR)", "AB/cd"])
def test_initials_at_the_very_end_are_of_whoever_wrote_it(line: str) -> None:
    assert article_lines([*OWN, line], Surroundings()) == list(OWN)
    assert article_lines([line, *OWN], Surroundings()) == [line, *OWN]


def test_a_last_line_that_is_a_word_stays() -> None:
    assert article_lines([*OWN, "Faro"], Surroundings()) == [*OWN, "Faro"]


@pytest.mark.parametrize("line", ["___", "-", "* * *", "— —", "…"])
def test_dividers_say_nothing(line: str) -> None:
    assert article_lines([OWN[0], line, *OWN[1:]], Surroundings()) == list(OWN)


@pytest.mark.parametrize(
    "line",
    [
        "- L’accès aux articles réservés aux membres",
        "- Une sélection de newsletters chaque semaine",
        "Acceso ilimitado a todas las notas",
        "Acesso ilimitado ao site e ao aplicativo",
        "Unlimited digital access to every story",
    ],
)
def test_what_a_subscription_holds_is_no_part_of_the_text(line: str) -> None:
    assert article_lines([*OWN[:2], line, *OWN[2:]], Surroundings()) == list(OWN)


def test_a_sentence_on_access_stays() -> None:
    said = (
        "Acceso ilimitado a los archivos del puerto pidió la fiscal, que quiere saber quién firmó los contratos de los nueve barcos "
        "y qué empresa cobró por ellos en los últimos años."
    )
    assert article_lines([*OWN, said], Surroundings()) == [*OWN, said]


def test_a_person_in_the_news_is_no_biography() -> None:
    last = "Ana Ruiz is a reporter who covers the ports of the north, the court heard."
    assert last in article_lines([*OWN, last], Surroundings(bylines=("By Tom Hale",)))


@pytest.mark.parametrize(
    "inside",
    [
        "Os vereadores pediram mais tempo antes da assinatura do contrato, porque o prefeito quer assinar já na sexta-feira.",
        "El canciller dijo que se suscribieron tres acuerdos y que suscribe lo dicho por los suscriptores de la carta del lunes.",
        "Le maire, abonné des conseils, a dit que l’abonnement des familles au port coûtera moins cher dès le mois de mars.",
        "Subscriptions to the port's fund rose again, the minister said, and a subscriber from the north paid for two boats.",
    ],
)
def test_short_news_of_signatures_and_subscriptions_is_news(inside: str) -> None:
    assert isinstance(read(f"<article>{H1}<p>{inside}</p></article>"), Article)


def test_a_stub_is_told_although_its_invitation_is_taken_out_of_the_text() -> None:
    page = read(f"<article>{H1}<p>{OWN[0]}</p><p>Assine para continuar lendo. Já é assinante? Entre.</p></article>")
    assert isinstance(page, NoArticle)
    assert page.outcome is Outcome.PAYWALL_STUB


@pytest.mark.parametrize(
    ("stated", "site", "names"),
    [
        ("Elizabeth Flores USA TODAY", "USA TODAY", ("Elizabeth Flores",)),
        ("Do UOL, em São Paulo", "UOL", ()),
        ("Redacción La Razón 2", "La Razón", ()),
        ("Kristen Falque Kristen Falque", "", ("Kristen Falque",)),
        ("Le Monde avec AFP", "Le Monde", ("AFP",)),
        ("Adolfo López | El Sol de México", "La Voz", ("Adolfo López",)),
        ("Diario El Día de La Plata", "eldia.com", ()),
        ("Redacción Internacional", "", ()),
        ("Recueilli par Patrick Angevin", "", ("Patrick Angevin",)),
        ("Foto: ATON", "", ()),
        ("São Paulo", "", ()),
        ("Collectif", "", ("Collectif",)),
        ("Ana Ruiz con información de EFE", "", ("Ana Ruiz", "EFE")),
    ],
)
def test_publishers_places_and_offices_are_no_authors(stated: str, site: str, names: tuple[str, ...]) -> None:
    assert names_in([stated], [site], printed=True) == names


@pytest.mark.parametrize(
    ("head", "address", "on"),
    [
        ('<meta property="article:published_time" content="2024-03-05T01:10:00+00:00">', "https://faro.example.ar/n/7", date(2024, 3, 4)),
        ('<meta property="article:published_time" content="2024-03-05T01:10:00+00:00">', "https://faro.example/n/7", date(2024, 3, 5)),
        ('<meta property="article:published_time" content="2024-03-05T01:10:00-03:00">', "https://faro.example.ar/n/7", date(2024, 3, 5)),
        (
            '<meta property="article:published_time" content="2024-03-05T01:10:00+00:00">'
            '<meta name="pubdate" content="2024-03-04T19:10:00-06:00">', "https://faro.example/n/7", date(2024, 3, 4),
        ),
        ("", "https://faro.example/2024/mar/04/barcos", date(2024, 3, 4)),
    ],
)  # fmt: skip
def test_the_day_is_the_outlets_own(head: str, address: str, on: date) -> None:
    article = read(f"<article>{H1}{paragraphs(*OWN)}</article>", head, address)
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.value.on == on


def test_a_printed_day_stands_against_the_address() -> None:
    head = '<meta property="article:published_time" content="2024-07-29T16:42:34-04:00">'
    inside = f"<article>{H1}<p>Ana Ruiz</p><span>July 29, 2024</span>{paragraphs(*OWN)}</article>"
    article = read(inside, head, "https://faro.example/2024/07/30/barcos.html")
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.value.on == date(2024, 7, 29)


def test_a_lone_heading_goes_before_the_search_engines_title_and_sheds_its_barrier() -> None:
    lone = read(f"<article><h1>El puerto del norte recibe nueve barcos</h1>{paragraphs(*OWN)}</article>")
    assert isinstance(lone, Article)
    assert lone.title is not None
    assert lone.title.value == "El puerto del norte recibe nueve barcos"
    head = '<meta property="og:title" content="Neuf bateaux pour le port du nord | Chroniques">'
    barred = read(f"<article><h1>Neuf bateaux pour le port du nord Abonnés</h1>{paragraphs(*OWN)}</article>", head)
    assert isinstance(barred, Article)
    assert barred.title is not None
    assert barred.title.value == "Neuf bateaux pour le port du nord"


def test_a_day_is_found_behind_its_label_wherever_it_stands() -> None:
    article = read(f"<article>{H1}{paragraphs(*OWN)}</article>{paragraphs(*OWN) * 3}<p>Mise en ligne</p><p>23 mai 2019</p>")
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.value.on == date(2019, 5, 23)
