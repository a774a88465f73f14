"""What strangers send to hurt: no exception, bounded values, and none of the quadratic traps that can be avoided."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.describe import describe
from crawler.pages import decode, parse
from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article, NoArticle

FACTS = PageFacts(datetime(2026, 11, 22, 12, tzinfo=UTC), time_zone="America/Caracas")
HTML = [("Content-Type", "text/html")]
NEWS = "<p>El presidente anunció este martes en la capital un acuerdo de cooperación con su par, según dijo la cancillería.</p>" * 4
TITLE = "<h1>Anuncian un acuerdo de cooperación</h1>"


def page(inside: str, head: str = "") -> bytes:
    return f"<html><head><title>Anuncian un acuerdo de cooperación</title>{head}</head><body>{TITLE}{inside}</body></html>".encode()


def json_ld(text: str) -> bytes:
    return page(NEWS, f'<script type="application/ld+json">{text}</script>')


def read(body: bytes) -> Article | NoArticle:
    reading = read_page(body, HTML, "https://faro.example/nota", None, FACTS)
    if isinstance(reading, Article):
        assert len(reading.text) <= 1_000_000
        assert reading.title is None or len(reading.title.value) <= 1000
        assert reading.authors is None or (len(reading.authors.value) <= 20 and all(len(name) <= 120 for name in reading.authors.value))
    str(describe(reading)).encode("utf-8")  # lone surrogates would fail here, and later in every database
    return reading


BOMBS = {
    "nested 10,000 deep": page("<div>" * 10_000 + NEWS + "</div>" * 10_000),
    "nested tables": page("<table><tr><td>" * 5_000 + NEWS),
    "a tag with 60,000 attributes": page("<a " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x</a>" + NEWS),
    "a tag with 60,000 bare attributes": page("<a " + " ".join(f"a{n}" for n in range(60_000)) + ">x</a>" + NEWS),
    "ten million brackets": b"<" * 10_000_000,
    "open tags without end": b"<a" * 1_000_000,
    "a title of a megabyte": f"<title>{'palabra ' * 130_000}</title>{NEWS}".encode(),
    "a headline of a megabyte": f"<h1>{'palabra ' * 130_000}</h1>{NEWS}".encode(),
    "a title of dividers": f"<title>{' - ' * 100_000}</title>{NEWS}".encode(),
    "a byline without end": page(f'<span class="author">{"Ana y " * 20_000}</span>{NEWS}'),
    "authors without end": json_ld('{"@type":"NewsArticle","author":[' + ",".join(f'"Ana {"x" * 300} {n}"' for n in range(500)) + "]}"),
    "JSON-LD lists, 300,000 deep": json_ld("[" * 300_000),
    "JSON-LD objects, 90,000 deep": json_ld('{"a":' * 90_000 + "1" + "}" * 90_000),
    "JSON-LD of wrong types": json_ld(
        '{"@type":["NewsArticle",3],"@id":{"a":1},"author":[[[["x"]]],{"name":{"name":"y"}}],"datePublished":[],"image":[[]]}'
    ),
    "JSON-LD with half a character": json_ld('{"@type":"NewsArticle","headline":"\\ud800 x","author":"\\ud800\\u0000 Ana Ruiz"}'),
    "JSON-LD number of 10,000 digits": json_ld('{"@type":"NewsArticle","datePublished":' + "9" * 10_000 + "}"),
    "NUL in every word": page(NEWS).replace(b"a", b"a\x00"),
    "entities that would expand": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><body>&b;' + NEWS.encode(),
    "five million spaces": page(" " * 5_000_000 + NEWS),
    "control characters as entities": page("&#1;&#xFFFE;&#xD800;&#0;" * 50 + NEWS),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_a_value_and_in_time(name: str) -> None:
    began = time.process_time()
    read(BOMBS[name])
    assert time.process_time() - began < 15, "the trap is as slow as before it was avoided (40 s and more)"


def test_an_honest_page_around_a_monstrous_tag_is_still_read() -> None:
    reading = read(BOMBS["a tag with 60,000 attributes"])
    assert isinstance(reading, Article)
    assert "acuerdo de cooperación" in reading.text


def test_a_script_of_brackets_does_not_swallow_the_page() -> None:
    script = "<script>var a = '<b " + "x = 1 " * 20_000 + "';</script>"
    reading = read(page(script + NEWS))
    assert isinstance(reading, Article)


def test_values_of_strangers_hold_no_half_characters() -> None:
    reading = read(BOMBS["JSON-LD with half a character"])
    assert isinstance(reading, Article)
    assert reading.authors is not None
    assert reading.authors.value == ("Ana Ruiz",)


@pytest.mark.parametrize("charset", ["punycode", "undefined", "idna", "zlib", "base64", "unicode_escape", "utf-7", "x" * 40, "../etc"])
def test_no_charset_label_raises_or_decodes_what_no_page_may_use(charset: str) -> None:
    body = f'<meta charset="{charset}">'.encode() + "<p>Según la cancillería</p>".encode("cp1252")
    assert "Según la cancillería" in decode(body, [("Content-Type", f"text/html; charset={charset}")])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "utf-16", "shift_jis", "gb18030", "iso2022_jp", "koi8-r", "euc-kr"]))
def test_any_bytes_decode_and_parse(body: bytes, charset: str) -> None:
    parse(decode(body, [("Content-Type", f"text/html; charset={charset}")]))


_PIECES = [
    *"<p> </p> <h1> '> </script> < > &#xD800; & \x00 <title> <article> [ \" Por".split(" "),
    "<time datetime='",
    "<script type='application/ld+json'>",
    '{"@type":"NewsArticle","author":',
    "<meta name=author content=",
    "<base href=",
    " 3 de noviembre de 2020 ",
    " texto ",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_any_shuffle_of_markup_ends_in_a_value(pieces: list[str]) -> None:
    read("".join(pieces).encode("utf-8", "replace"))
