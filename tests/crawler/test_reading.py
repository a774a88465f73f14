"""Pages of our own making in four languages: title, text, authors, day, language, canonical, origin, each with its hint."""

import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler import languages, people, text
from crawler.describe import describe
from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article, NoArticle
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Moment

FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACTS = PageFacts(FETCHED_AT, names=("El Faro del Sur",), languages=("es",))
ADDRESS = "https://www.faro.example/mundo/acuerdo-portuario"
HEADERS = [("Content-Type", "text/html; charset=utf-8")]
SPANISH = (
    "El ministro de Transporte firmó este lunes un acuerdo para ampliar el puerto con maquinaria traída de Asia.",
    "Según el documento, las obras empezarán en marzo y darán trabajo a unas cuatrocientas personas de la comarca.",
    "Los pescadores pidieron que se respete la zona de cría y anunciaron una asamblea para el próximo domingo.",
)
PORTUGUESE = (
    "O governo do estado anunciou nesta segunda-feira a compra de ônibus elétricos para as cidades do litoral.",
    "Segundo a secretaria, as primeiras unidades chegam em março e serão montadas por trabalhadores da região.",
    "Os sindicatos querem garantias de que as oficinas locais não serão fechadas durante a troca da frota.",
)
FRENCH = (
    "Le gouvernement a signé lundi un accord pour rénover la ligne de chemin de fer qui longe le fleuve.",
    "Selon le texte, les travaux commenceront au printemps et dureront trois ans, avec l'aide d'ingénieurs étrangers.",
    "Les habitants demandent que les petites gares restent ouvertes pendant toute la durée du chantier.",
)
ENGLISH = (
    "The ministry signed an agreement on Monday to rebuild the railway that follows the river to the coast.",
    "According to the document, the works begin in spring and will last three years, with engineers from abroad.",
    "Residents ask that the small stations stay open while the line is being rebuilt by the foreign company.",
)


def page(
    paragraphs: tuple[str, ...] = SPANISH,
    title: str = "Firman el acuerdo para ampliar el puerto",
    head: str = "",
    before: str = "",
    language: str = "es",
) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | El Faro del Sur</title>{head}</head><body>'
        f'<nav><a href="/">Inicio</a><a href="/mundo">Mundo</a></nav><main><article><h1>{title}</h1>{before}{body}</article></main>'
        f"<footer>Todos los derechos reservados</footer></body></html>"
    ).encode()


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **values})}</script>'


def read(body: bytes, announcement: Announcement | None = None, facts: PageFacts = FACTS, address: str = ADDRESS) -> Article:
    reading = read_page(body, HEADERS, address, announcement, facts)
    assert isinstance(reading, Article), reading
    return reading


@pytest.mark.parametrize(("paragraphs", "language"), [(SPANISH, "es"), (PORTUGUESE, "pt"), (FRENCH, "fr"), (ENGLISH, "en")])
def test_text_and_language_are_read_whatever_the_markup_says(paragraphs: tuple[str, ...], language: str) -> None:
    article = read(page(paragraphs, title=paragraphs[0][:60], language="de"))
    assert article.text.split("\n") == list(paragraphs)
    assert article.language is not None
    assert (article.language.value, article.language.hint) == (language, Hint.DETECTOR)
    assert (Hint.MARKUP, "de") in article.language.others
    assert article.extractor.startswith("trafilatura ")
    assert "favor_precision" in article.extractor


def test_a_reading_goes_through_a_worker_process_and_is_the_same_twice() -> None:
    first, second = read(page()), read(page())
    assert first == second == pickle.loads(pickle.dumps(first))  # noqa: S301 - our own value


def test_too_few_letters_have_no_language() -> None:
    assert languages.detect("", "12 34") is None
    assert languages.detect("Gol", "3-2") is None


@pytest.mark.parametrize(
    ("tag", "code"), [("es-VE", "es"), ("pt_BR", "pt"), ("fra", "fr"), ("EN", "en"), ("", None), ("x" * 99, None), (None, None)]
)
def test_language_tags(tag: str | None, code: str | None) -> None:
    assert languages.code(tag) == code


@pytest.mark.parametrize(
    "line",
    [
        "Lea también: Otra noticia del puerto", "Le puede interesar: Más obras", "Vea también el video", "Leia também: Ônibus", "Leia mais",
        "À lire aussi : la gare fermée", "Lire aussi Les petites gares", "Read also: the stations", "- Te puede interesar: Playas",
    ],
)  # fmt: skip
def test_invitations_to_other_articles_are_dropped(line: str) -> None:
    assert line not in read(page((SPANISH[0], SPANISH[1], line, SPANISH[2]))).text
    assert text.is_invitation(line)


def test_a_sentence_that_only_begins_like_an_invitation_stays() -> None:
    assert not text.is_invitation("Le interesa el puerto, dijo el ministro.")
    assert not text.is_invitation("Leer es lo que más le gusta, contó la maestra.")


def test_the_headline_goes_before_the_search_engines_title() -> None:
    head = '<meta property="og:title" content="Firman el acuerdo para ampliar el puerto - El Faro del Sur">'
    title = read(page(title="Firman el acuerdo para ampliar el puerto de la bah&iacute;a", head=head)).title
    assert title is not None
    assert (title.value, title.hint) == ("Firman el acuerdo para ampliar el puerto de la bahía", Hint.HEADING)


def test_the_sites_name_is_stripped_at_either_end() -> None:
    body = page().replace(b"<h1>Firman el acuerdo para ampliar el puerto</h1>", b"<h1>El Faro del Sur</h1>")
    title = read(body).title
    assert title is not None
    assert (title.value, title.hint) == ("Firman el acuerdo para ampliar el puerto", Hint.TITLE_ELEMENT)


def test_a_title_cut_at_an_inner_quote_is_replaced_by_the_printed_one() -> None:
    head = '<meta property="og:title" content="Ministro llama al puerto ">'
    body = page(title='Ministro llama al puerto "motor" de la comarca', head=head).replace(b"<h1>", b"<h2>").replace(b"</h1>", b"</h2>")
    title = read(body).title
    assert title is not None
    assert title.value == 'Ministro llama al puerto "motor" de la comarca'


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Por Ana Ruiz", ("Ana Ruiz",)),
        ("Por Ana Ruiz y Luis D&iacute;az", ("Ana Ruiz", "Luis Díaz")),
        ("By Jane Doe, Staff writer", ("Jane Doe",)),
        ("Par Anne Leroy et Jean Petit", ("Anne Leroy", "Jean Petit")),
        ("Ana Ruiz; Ana Ruiz; ANA RUIZ", ("Ana Ruiz",)),
        ("Ana Ruiz - ana@faro.example", ("Ana Ruiz",)),
        ("Ana Ruiz 3/11/2020 14:30", ("Ana Ruiz",)),
        ("Redacci&oacute;n", ()),
        ("El Faro del Sur", ()),
        ("https://faro.example/autor/7", ()),
        ("María de la O.", ("María de la O.",)),
        ("Publicado hace 3 horas", ()),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Ana e João", ("Ana", "João")),
        ("Ana Ruiz Editor Updated: August 8", ("Ana Ruiz",)),
        ("FARO.EXAMPLE", ()),
    ],
)
def test_names_in_bylines(stated: str, names: tuple[str, ...]) -> None:
    assert people.names_in([stated], ["El Faro del Sur"]) == names


@pytest.mark.parametrize("printed", ["Por favor escriba su nombre", "GMT", "Atividades", "CBS News February 24", "Ver todo"])
def test_a_printed_byline_must_look_like_a_person(printed: str) -> None:
    assert people.names_in([printed], printed=True) == ()


def test_an_agencys_own_page_relays_nobody() -> None:
    body = page(("BEIJING, 3 nov (Xinhua) -- " + SPANISH[0], *SPANISH[1:]))
    assert read(body, facts=replace(FACTS, names=("Xinhua Español", "Xinhua"))).origin is None


def test_authors_come_from_json_ld_first_and_keep_the_other_witnesses() -> None:
    head = (
        linked(headline="x", author=[{"@type": "Person", "name": "Ana Ruiz"}, {"name": "Luis D&iacute;az"}])
        + '<meta name="author" content="Mar Gil">'
    )
    authors = read(page(head=head)).authors
    assert authors is not None
    assert (authors.value, authors.hint) == (("Ana Ruiz", "Luis Díaz"), Hint.JSON_LD)
    assert (Hint.META, "Mar Gil") in authors.others


def test_a_printed_byline_is_found_beside_the_headline() -> None:
    authors = read(page(before="<div>Por Ana Ruiz</div><div>3 de noviembre de 2020</div>")).authors
    assert authors is not None
    assert (authors.value, authors.hint) == (("Ana Ruiz",), Hint.TEXT)


@pytest.mark.parametrize(
    ("before", "first", "origin", "hint"),
    [
        ('<span class="author">Agencia EFE</span>', SPANISH[0], "EFE", Hint.BYLINE),
        ("", "BEIJING, 3 nov (Xinhua) -- " + SPANISH[0], "Xinhua", Hint.TEXT),
        ("", "MOSCÚ, 3 de noviembre. /TASS/. " + SPANISH[0], "TASS", Hint.TEXT),
    ],
)
def test_an_agency_is_the_origin_and_no_person(before: str, first: str, origin: str, hint: Hint) -> None:
    article = read(page((first, *SPANISH[1:]), before=before))
    assert article.authors is None
    assert article.origin is not None
    assert (article.origin.value, article.origin.hint) == (origin, hint)


def published(
    head: str = "", before: str = "", facts: PageFacts = FACTS, address: str = ADDRESS, told: Announcement | None = None
) -> tuple[str, Hint]:
    article = read(page(head=head, before=before), told, facts, address)
    assert article.published is not None
    return article.published.value.isoformat(), article.published.hint


def test_the_day_comes_from_json_ld_meta_time_print_and_address_in_that_order() -> None:
    meta = '<meta property="article:published_time" content="2020-11-04T10:00:00-04:00">'
    element = '<time datetime="2020-11-05T10:00:00-04:00">5 de noviembre de 2020</time>'
    assert published(linked(datePublished="2020-11-03T10:00:00-04:00") + meta, element) == ("2020-11-03T10:00:00-04:00", Hint.JSON_LD)
    assert published(meta, element) == ("2020-11-04T10:00:00-04:00", Hint.OPEN_GRAPH)
    assert published("", element) == ("2020-11-05T10:00:00-04:00", Hint.TIME_ELEMENT)
    assert published("", "<div>5 de noviembre de 2020</div>") == ("2020-11-05", Hint.TEXT)
    assert published(address="https://www.faro.example/2020/11/06/acuerdo") == ("2020-11-06", Hint.ADDRESS)


def test_the_others_stay_on_record_and_modification_stays_apart() -> None:
    head = linked(datePublished="2020-11-03T10:00:00-04:00", dateModified="2021-01-01T10:00:00-04:00")
    article = read(page(head=head + '<meta property="article:published_time" content="2020-11-04">'))
    assert article.published is not None
    assert (Hint.OPEN_GRAPH, "2020-11-04") in article.published.others
    assert article.modified is not None
    assert article.modified.value.on == date(2021, 1, 1)
    only = read(page(head='<meta property="article:modified_time" content="2021-01-01">'))
    assert only.published is None


def test_an_evening_in_utc_is_put_right_by_zone_address_or_print() -> None:
    head = linked(datePublished="2020-12-01T02:30:00Z")

    def day(before: str = "", facts: PageFacts = FACTS, address: str = ADDRESS) -> date:
        article = read(page(head=head, before=before), None, facts, address)
        assert article.published is not None
        assert article.published.value.at == datetime(2020, 12, 1, 2, 30, tzinfo=UTC)
        return article.published.value.on

    assert day() == date(2020, 12, 1)
    assert day(facts=replace(FACTS, time_zone="America/Caracas")) == date(2020, 11, 30)
    assert day(before="<div>30 de noviembre de 2020</div>") == date(2020, 11, 30)
    assert day(address="https://www.faro.example/2020/11/30/acuerdo") == date(2020, 11, 30)
    assert day(before="<div>12 de noviembre de 2020</div>") == date(2020, 12, 1)


def test_a_day_set_by_hand_goes_before_a_stamp_that_is_only_the_last_save() -> None:
    saved = linked(datePublished="2020-11-03 21:40:09", dateModified="2020-11-03 21:40:09")
    changed = linked(datePublished="2020-11-03 21:40:09", dateModified="2020-11-03 23:00:00")

    def meta(content: str) -> str:
        return f'<meta name="cXenseParse:recs:publishtime" content="{content}">'

    assert published(saved + meta("2020-11-04T12:00:00.000Z")) == ("2020-11-04", Hint.META)
    assert published(changed + meta("2020-11-04T12:00:00.000Z")) == ("2020-11-03", Hint.JSON_LD)
    assert published(saved + meta("2020-11-04T01:40:09Z")) == ("2020-11-03", Hint.JSON_LD)  # the same instant in UTC
    assert published(saved + meta("2020-11-19T12:00:00Z")) == ("2020-11-03", Hint.JSON_LD)
    article = read(page(head=saved + meta("2020-11-04T12:00:00.000Z")))
    assert article.published is not None
    assert (Hint.JSON_LD, "2020-11-03") in article.published.others


def test_the_fetch_moment_is_never_a_date_and_the_future_is_refused() -> None:
    assert read(page()).published is None
    assert read(page(head=linked(datePublished="2031-01-01T10:00:00Z"))).published is None


def feed(moment: Moment, hint: Hint = Hint.FEED) -> Announcement:
    return Announcement(ADDRESS, hint, title="Firman el acuerdo", published=moment, authors=["Ana Ruiz"], language="es")


def test_a_feed_goes_before_the_page_unless_two_witnesses_speak_against_it() -> None:
    told = feed(Moment.of_day(date(2020, 11, 9)))
    one = linked(datePublished="2020-11-03T10:00:00-04:00")
    two = one + '<meta property="article:published_time" content="2020-11-03T10:00:00-04:00">'
    assert published(told=told) == ("2020-11-09", Hint.FEED)
    assert published(one, told=told) == ("2020-11-09", Hint.FEED)
    assert published(two, told=told) == ("2020-11-03T10:00:00-04:00", Hint.JSON_LD)


def test_the_more_exact_of_two_that_agree_is_kept() -> None:
    assert (
        published(linked(datePublished="2020-11-03T10:00:00-04:00"), told=feed(Moment.of_day(date(2020, 11, 3))))[0]
        == "2020-11-03T10:00:00-04:00"
    )


def test_a_sitemap_is_believed_only_where_the_page_says_nothing() -> None:
    told = feed(Moment.of_day(date(2026, 11, 1)), Hint.SITEMAP)
    assert published(linked(datePublished="2020-11-03"), told=told) == ("2020-11-03", Hint.JSON_LD)
    assert published(before="<div>3 de noviembre de 2020</div>", told=told) == ("2020-11-03", Hint.TEXT)
    assert published(told=told) == ("2026-11-01", Hint.SITEMAP)


def test_the_feed_gives_authors_where_the_page_names_none() -> None:
    authors = read(page(), feed(Moment.of_day(date(2020, 11, 3)))).authors
    assert authors is not None
    assert (authors.value, authors.hint) == (("Ana Ruiz",), Hint.FEED)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("https://faro.example/mundo/acuerdo", "https://faro.example/mundo/acuerdo"),
        ("/mundo/acuerdo", "https://www.faro.example/mundo/acuerdo"),
        ("https://other.example.org/mundo/acuerdo", None),
        ("https://www.faro.example/", None),
        ("/tag/puerto", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
    ],
)
def test_the_canonical_address_is_taken_only_where_it_may_stand_for_the_page(reference: str, expected: str | None) -> None:
    assert read(page(head=f'<link rel="canonical" href="{reference}">')).canonical == expected


def test_json_ld_body_is_taken_only_where_it_is_much_longer() -> None:
    long_body = "\n".join(f"Línea {number}: el puerto tendrá una grúa más, y la bahía otra escollera nueva." for number in range(30))
    assert read(page(head=linked(articleBody=long_body))).extractor == "json-ld articleBody"
    assert read(page(head=linked(articleBody=SPANISH[0]))).text.split("\n") == list(SPANISH)


def test_a_latin_page_with_a_wrong_header_is_read_right() -> None:
    body = page().decode().replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1252")
    for stated in ("text/html; charset=utf-8", "text/html; charset=punycode", "text/html; charset=undefined", "text/html"):
        reading = read_page(body, [("content-type", stated)], ADDRESS, None, FACTS)
        assert isinstance(reading, Article)
        assert "firmó" in reading.text or "charset=utf-8" in stated
    assert isinstance(read_page(page().decode().encode("utf-16"), HEADERS, ADDRESS, None, FACTS), Article)


def test_the_description_is_json_and_names_every_hint() -> None:
    head = linked(datePublished="2020-11-03T10:00:00-04:00", author="Ana Ruiz", articleSection="Mundo")
    told = json.loads(json.dumps(describe(read(page(head=head)))))
    assert told["outcome"] == "article"
    assert told["published"]["on"] == "2020-11-03"
    assert told["published"]["at"] == "2020-11-03T14:00:00+00:00"
    assert (told["published"]["hint"], told["published"]["offset_minutes"], told["published"]["precision"]) == ("json-ld", -240, "second")
    assert told["hints"]["authors"]["hint"] == "json-ld"
    assert (told["section"], told["kind"], told["language"]) == ("Mundo", "NewsArticle", "es")
    refused = read_page(b"", HEADERS, ADDRESS, None, FACTS)
    assert isinstance(refused, NoArticle)
    assert describe(refused)["outcome"] == "empty_body"
