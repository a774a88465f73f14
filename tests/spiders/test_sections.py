"""Section pages: what looks like an article, and what must not come back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.links import PollOutcome, Reading
from newsdesk.moments import Hint
from spiders.sections import read_section

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = "https://www.diario.example/mundo/"
PAGE = """<!doctype html><html lang="es"><head><title>Mundo | El Diario</title></head><body>
<header><nav><a href="/">Inicio</a><a href="/2026/11/20/en-el-menu-hay-una-noticia">En el menú hay una noticia larga</a>
<a href="https://ads.example/2026/11/20/compre-este-auto-nuevo">Compre este auto nuevo hoy</a></nav></header>
<main>
<article><h2><a href="/mundo/2026/11/20/china-firma-un-acuerdo-con-peru.html#top">China firma un acuerdo con Perú</a></h2>
<a href="/mundo/2026/11/20/china-firma-un-acuerdo-con-peru.html">Leer más</a>
<a href="/autor/ana-perez">Ana Pérez</a><a href="/tag/china">China</a></article>
<article><h3><a rel="nofollow" href="noticia-8812345">Rusia envía trigo a la región</a></h3></article>
<div class="card"><a href="/index.php?id=4411"><h3>Un título dentro del enlace mismo</h3></a></div>
<div class="card"><a href="https://partner.example/2026/11/20/una-noticia-de-otro-sitio"><h3>Una noticia de otro sitio web</h3></a></div>
<div class="card"><a href="/galeria/foto.jpg"><h3>Una foto grande de la semana</h3></a></div>
<article aria-hidden="true"><h2><a href="/2026/11/20/esto-no-se-ve-en-pantalla">Esto no se ve en la pantalla</a></h2></article>
<div class="publicidad"><h2><a href="/2026/11/20/esto-es-un-anuncio-pagado">Esto es un anuncio pagado por alguien</a></h2></div>
<p><a href="/suscribirse">Suscríbase ahora por un peso</a> <a href="javascript:alert(1)">Una trampa con muchas palabras</a></p>
</main><aside><article><h2><a href="/2026/11/20/lo-mas-leido-de-la-semana">Lo más leído de la semana</a></h2></article></aside>
<footer><a href="/contacto">Contacto</a></footer></body></html>"""


def read(body: str | bytes, cap: int = 100, address: str = AT) -> Reading:
    return read_section(body.encode() if isinstance(body, str) else body, (("Content-Type", "text/html"),), address, NOW, cap)


def test_articles_come_back_and_nothing_else() -> None:
    reading = read(PAGE)
    assert (reading.outcome, reading.title, reading.language) == (PollOutcome.READ, "Mundo | El Diario", "es")
    assert [(a.address, a.title, a.hint) for a in reading.announcements] == [
        (
            "https://www.diario.example/mundo/2026/11/20/china-firma-un-acuerdo-con-peru.html",
            "China firma un acuerdo con Perú",
            Hint.SECTION_PAGE,
        ),
        ("https://www.diario.example/mundo/noticia-8812345", "Rusia envía trigo a la región", Hint.SECTION_PAGE),
        ("https://www.diario.example/index.php?id=4411", "Un título dentro del enlace mismo", Hint.SECTION_PAGE),
        ("https://www.diario.example/2026/11/20/lo-mas-leido-de-la-semana", "Lo más leído de la semana", Hint.SECTION_PAGE),
    ]
    assert reading.foreign == 1
    assert "1 links to other hosts" in reading.detail


def test_base_href_is_respected_but_does_not_make_other_hosts_own() -> None:
    page = PAGE.replace("<head>", '<head><base href="https://www.diario.example/otra/">')
    assert "https://www.diario.example/otra/noticia-8812345" in [a.address for a in read(page).announcements]
    away = PAGE.replace("<head>", '<head><base href="https://away.example/">')
    assert read(away).outcome is PollOutcome.NO_LINKS_FOUND


def test_the_cap_counts_what_it_leaves_out() -> None:
    reading = read(PAGE, cap=1)
    assert (len(reading.announcements), reading.cut) == (1, 3)


@pytest.mark.parametrize("body", ["", "<html></html>", "<p>Nada</p>", "<a href='/contacto'>Contacto</a>", "\x00", "{}"])
def test_pages_without_article_links(body: str) -> None:
    reading = read(body)
    assert reading.outcome is PollOutcome.NO_LINKS_FOUND
    assert reading.detail


def test_a_tag_of_sixty_thousand_attributes_is_not_given_to_the_parser() -> None:
    assert read("<p " + " ".join(f"a{n}='x'" for n in range(60_000)) + ">x</p>").outcome is PollOutcome.HOSTILE


def test_deep_nesting_ends() -> None:
    assert isinstance(read("<div>" * 10_000 + PAGE), Reading)


@settings(max_examples=100, deadline=None)
@given(
    st.floats(0, 1),
    st.one_of(st.binary(max_size=8), st.sampled_from([b"<a href='http://[x'>", b"<base href='//'>", b"<a href='//\xff'>"])),
    st.integers(0, 60),
)
def test_mutated_pages_never_raise(where: float, splinter: bytes, dropped: int) -> None:
    body = PAGE.encode()
    position = int(where * len(body))
    reading = read(body[:position] + splinter + body[position + dropped :])
    assert all(a.address and "diario.example" in a.address for a in reading.announcements)


def test_a_long_script_in_cdata_is_no_tag() -> None:
    script = "<script><![CDATA[ window.data = {" + '"a": "b", ' * 20_000 + "}; ]]></script>"
    assert read(PAGE.replace("<main>", script + "<main>")).outcome is PollOutcome.READ
