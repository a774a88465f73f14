"""Pages without an article: each with its name; and short real news, which is an article."""

from datetime import UTC, datetime

import pytest

from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article, NoArticle
from newsdesk.links import Outcome

FACTS = PageFacts(datetime(2026, 11, 22, 12, tzinfo=UTC))
HTML = [("Content-Type", "text/html; charset=utf-8")]


def outcome(
    body: bytes | str, headers: list[tuple[str, str]] | None = None, address: str = "https://faro.example/mundo/nota-7"
) -> Outcome | None:
    """The outcome, None for an article; a refusal must carry a sentence."""
    data = body.encode() if isinstance(body, str) else body
    reading = read_page(data, HTML if headers is None else headers, address, None, FACTS)
    if isinstance(reading, NoArticle):
        assert reading.detail.endswith(".")
        return reading.outcome
    return None


def html(title: str, inside: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize("body", [b"", b" \n ", b"\xef\xbb\xbf", b"\x00\x00", b"<!doctype html>", b"<html><body></body></html>"])
def test_empty(body: bytes) -> None:
    assert outcome(body) is Outcome.EMPTY_BODY


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (b"%PDF-1.7 ...", "text/html"),
        (b"\x89PNG\r\n\x1a\n....", "text/html"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"....ftypmp42....", "video/mp4"),
        (b"PK\x03\x04....", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b'{"title": "Firman el acuerdo"}', "application/json"),
        (b'{"title": "Firman el acuerdo"}', "text/html"),
        (b"body { color: red }", "text/css"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "text/html"),
    ],
)
def test_unsupported_types_by_first_bytes_and_by_header(body: bytes, stated: str) -> None:
    assert outcome(body, [("content-type", stated)]) is Outcome.UNSUPPORTED_TYPE


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("404 - El Faro", "<h1>404</h1><p>La página que buscas no existe.</p>"),
        ("Página no encontrada", "<h1>Página no encontrada</h1><p>Vuelva a la portada para seguir leyendo las noticias del día.</p>"),
        ("Página não encontrada", "<h1>Página não encontrada</h1><p>O endereço digitado não existe em nosso portal de notícias.</p>"),
        ("Page introuvable", "<h1>Page introuvable</h1><p>L'adresse demandée ne correspond à aucun article de notre site.</p>"),
        ("Page not found", "<h1>Page not found</h1><p>The address you followed leads nowhere, please go back to our front page.</p>"),
    ],
)
def test_soft_not_found_in_four_languages(title: str, inside: str) -> None:
    assert outcome(html(title, inside)) is Outcome.SOFT_NOT_FOUND


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Usamos cookies propias y de terceros, y pedimos su consentimiento para tratar sus datos personales con nuestros socios.</p>"
        "<p>Puede aceptar las cookies o rechazar su uso en la política de privacidad.</p>",
        "<p>Usamos cookies e pedimos o seu consentimento para tratar dados pessoais com os nossos parceiros de publicidade.</p>"
        "<p>Você pode aceitar os cookies ou ler a política de privacidade.</p>",
        "<p>Nous et nos partenaires utilisons des cookies et demandons votre consentement pour traiter vos données personnelles.</p>"
        "<p>Vous pouvez accepter les cookies ou lire notre politique de confidentialité.</p>",
        "<p>We and our partners use cookies and ask for your consent to process personal data for measuring and advertising.</p>"
        "<p>You can accept all cookies or read our privacy policy.</p>",
    ],
)
def test_consent_walls_in_four_languages(inside: str) -> None:
    assert outcome(html("Antes de continuar", f"<main><h1>Antes de continuar</h1>{inside}</main>")) is Outcome.CONSENT_WALL


@pytest.mark.parametrize("levels", [300, 10_000])
def test_a_page_nested_too_deep_says_so(levels: int) -> None:
    body = ("<html><body>" + "<div>" * levels + "<p>" + "El puerto abrió de nuevo este lunes. " * 20 + "</p>" + "</div>" * levels).encode()
    reading = read_page(body, [], "https://faro.example/a/b", None, FACTS)
    assert isinstance(reading, NoArticle)
    assert reading.outcome is Outcome.NOT_AN_ARTICLE
    assert "nested too deep" in reading.detail


def test_an_empty_body_says_more_than_its_outcome() -> None:
    for body in (b"", b" \n\x00"):
        reading = read_page(body, [], "https://faro.example/a/b", None, FACTS)
        assert isinstance(reading, NoArticle)
        assert reading.outcome is Outcome.EMPTY_BODY
        assert f"{len(body)} bytes" in reading.detail and reading.detail != reading.outcome.sentence


def test_an_article_about_cookies_is_an_article() -> None:
    inside = "<article><h1>El parlamento vota la ley de cookies</h1>" + "".join(
        f"<p>El artículo {number} de la ley, aprobado por la mayoría, obliga a los comercios a llevar un registro en la capital.</p>"
        for number in range(12)
    )
    assert (
        outcome(html("El parlamento vota la ley de cookies", inside + "<p>La ley habla de cookies y de privacidad.</p></article>")) is None
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<p>El ministro anunció un plan para el puerto.</p><p>Para seguir leyendo, suscríbete. ¿Ya eres suscriptor? Inicia sesión.</p>",
        "<p>O ministro anunciou um plano para o porto.</p><p>Para continuar lendo, assine o jornal. Já é assinante? Faça login.</p>",
        "<p>Le ministre a annoncé un plan pour le port.</p><p>Article réservé aux abonnés. Abonnez-vous pour lire la suite.</p>",
        "<p>The minister announced a plan for the port.</p><p>Subscribe to continue reading. Already a subscriber? Log in to continue.</p>",
    ],
)
def test_paywall_stubs_in_four_languages(inside: str) -> None:
    assert outcome(html("Un plan para el puerto", f"<article><h1>Un plan para el puerto</h1>{inside}</article>")) is Outcome.PAYWALL_STUB


def test_a_page_that_states_it_is_not_free_and_shows_little_is_a_stub() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Un plan","isAccessibleForFree":"False"}</script>'
    inside = "<article><h1>Un plan para el puerto</h1><p>El ministro anunció un plan para el puerto y la bahía.</p></article>"
    assert outcome(html("Un plan para el puerto", inside, head)) is Outcome.PAYWALL_STUB


def cards(count: int) -> str:
    return "".join(f'<article><h2><a href="/mundo/nota-{n}">Titular número {n} de la sección</a></h2></article>' for n in range(count))


def test_section_pages() -> None:
    assert outcome(html("Mundo", f"<h1>Mundo</h1>{cards(30)}"), address="https://faro.example/mundo") is Outcome.SECTION_PAGE
    assert outcome(html("El Faro", cards(12)), address="https://faro.example/") is Outcome.SECTION_PAGE


def test_an_article_among_many_links_is_an_article() -> None:
    inside = "<main><article><h1>Firman el acuerdo del puerto</h1>" + "".join(
        f"<p>El párrafo {n} cuenta con detalle qué firmaron los ministros, cuándo empezarán las obras y cuánto costarán.</p>"
        for n in range(6)
    )
    assert outcome(html("Firman el acuerdo del puerto", inside + "</article></main><aside>" + cards(40) + "</aside>")) is None


@pytest.mark.parametrize(
    "sentences",
    [
        "El buque escuela zarpó este martes rumbo a Montevideo con ciento veinte cadetes. Regresará en mayo, informó la Armada.",
        "O navio-escola partiu nesta terça-feira rumo a Montevidéu com cento e vinte cadetes. Volta em maio, informou a Marinha.",
        "Le navire-école a quitté mardi le port pour Montevideo avec cent vingt élèves. Il reviendra en mai, selon la Marine.",
        "The training ship sailed for Montevideo on Tuesday with a hundred and twenty cadets. It returns in May, the Navy said.",
    ],
)
def test_two_sentences_are_an_article(sentences: str) -> None:
    reading = read_page(
        html("Zarpa el buque escuela", f"<h1>Zarpa el buque escuela</h1><p>{sentences}</p>").encode(),
        HTML,
        "https://faro.example/7",
        None,
        FACTS,
    )
    assert isinstance(reading, Article)
    assert sentences in reading.text


def test_a_page_of_a_few_words_is_not_an_article() -> None:
    assert outcome(html("Video", "<h1>Video del día</h1><p>Ver ahora.</p><video></video>")) is Outcome.NOT_AN_ARTICLE
