"""What is taken of a file given by hand: texts in any encoding, saved pages, and a sentence for what is neither."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.workspace import LoadedWorkspace, init_workspace, load_workspace
from crawler.text import TEXT_LIMIT as TEXT_LIMIT_OF_PAGES
from newsdesk.articles import Article
from newsdesk.errors import NotFound
from newsroom.by_hand import (
    NO_ADDRESS,
    TEXT_LIMIT,
    Given,
    UnreadableInput,
    article_of_text,
    articles_by_hand,
    looks_like_a_page,
    publisher_of,
    readable,
)

NOW = datetime(2020, 11, 8, 12, tzinfo=UTC)
TITLE = "El buque iraní atraca en la refinería de El Palito"
TEXT = "El tanquero «Fortune» atracó este lunes con 300.000 barriles de gasolina, dijeron dos fuentes portuarias en Caracas."
REPORT = f"{TITLE}\n\n{TEXT}\n"
PARAGRAPH = (
    "El canciller ruso llegó este martes a Caracas para reunirse con el gobierno y firmar un acuerdo de cooperación militar y "
    "energética, informó la Cancillería venezolana en un comunicado."
)
PAGE = (
    "<html lang='es'><head><title>El canciller ruso llega a Caracas</title>"
    "<link rel='canonical' href='https://www.eluniversal.com/politica/1/canciller-ruso'></head><body><article>"
    f"<h1>El canciller ruso llega a Caracas</h1><p>3 de noviembre de 2020</p><p>{PARAGRAPH}</p><p>{PARAGRAPH[:150]}</p></article>"
    "</body></html>"
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedWorkspace:
    home = tmp_path_factory.mktemp("rules") / "home"
    init_workspace(home, contact="https://newsdesk.example/tests")
    return load_workspace(home)


def found(loaded: LoadedWorkspace, *names: str, given: Given | None = None, standard_input: bytes = b"") -> list[Article | UnreadableInput]:
    stream = io.BytesIO(standard_input)
    return list(articles_by_hand(names, [given or Given()] * len(names), loaded, lambda: NOW, stream))


def of_bytes(loaded: LoadedWorkspace, content: bytes, given: Given | None = None) -> Article | UnreadableInput:
    (one,) = found(loaded, "-", given=given, standard_input=content)
    return one


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_whatever_encoding_it_was_saved(loaded: LoadedWorkspace, codec: str, newline: str) -> None:
    article = readable(of_bytes(loaded, REPORT.replace("\n", newline).encode(codec)))
    assert article.title is not None
    assert (article.title.value, article.text) == (TITLE, TEXT)
    assert article.language is not None and article.language.value == "es"


def test_a_packed_text_is_unpacked(loaded: LoadedWorkspace) -> None:
    assert readable(of_bytes(loaded, gzip.compress(REPORT.encode()))).text == TEXT


def test_signs_that_nobody_sees_are_taken_out_as_from_a_page(loaded: LoadedWorkspace) -> None:
    text = "Rusia\x00 envía\x07 tropas\nEl  ministro\u200b ruso\x0c dijo\u2028que\x85 sí enviará tropas."
    article = readable(of_bytes(loaded, text.encode()))
    assert article.title is not None and article.title.value == "Rusia envía tropas"
    assert article.text == "El ministro ruso\ndijo\nque\nsí enviará tropas."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it holds no word"),
        (b" \n\t", "it holds no word"),
        (b"...\n!!!\n", "it holds no word"),
        (bytes(range(256)) * 40, "neither a page nor plain text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture (PNG)"),
        (b"%PDF-1.4\n1 0 obj", "a PDF document"),
        (b"PK\x03\x04 word/document.xml", "a ZIP archive or office document"),
        (b"{\\rtf1\\ansi Rusia}", "an RTF document"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "a web archive (MHTML)"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>", "a web archive (MHTML)"),
        (b"<rss version='2.0'><channel/></rss>", "a feed or sitemap"),
        (b"<!doctype html><html><body>" + b"<div>" * 5000 + b"hola", "nested too deep"),
        (gzip.compress(b"a" * 20_000_000), "cannot be unpacked"),
        (b"a" * (10 * 1024 * 1024 + 1), "larger than 10485760 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_and_no_page_is_refused_by_name(loaded: LoadedWorkspace, content: bytes, says: str) -> None:
    refusal = of_bytes(loaded, content)
    assert isinstance(refusal, UnreadableInput)
    assert str(refusal).startswith("- ") and says in str(refusal)


def test_one_bad_file_takes_no_other_ones_answer(loaded: LoadedWorkspace, tmp_path: Path) -> None:
    names = ["good.txt", "missing.txt", "folder", "page.html", "empty.txt", 'it\'s "odd"\n.txt']
    for name, content in (("good.txt", REPORT), ("page.html", PAGE), ("empty.txt", ""), (names[-1], REPORT)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    said = found(loaded, *(str(tmp_path / name) for name in names))
    assert [isinstance(one, Article) for one in said] == [True, False, False, True, False, True]
    assert str(said[1]).endswith("missing.txt cannot be read: No such file or directory")
    assert str(said[2]).endswith("folder cannot be read: Is a directory")
    assert str(said[4]).endswith("empty.txt yields no article: it holds no word.")


def test_standard_input_is_read_once(loaded: LoadedWorkspace) -> None:
    first, second = found(loaded, "-", "-", standard_input=REPORT.encode())
    assert isinstance(first, Article)
    assert isinstance(second, UnreadableInput) and "only once" in str(second)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!doctype html>\n", "<!-- saved from url=(0017)https://x.example/ -->\n", " \n"])
def test_a_page_is_read_as_one_also_from_standard_input(loaded: LoadedWorkspace, codec: str, before: str) -> None:
    article = readable(of_bytes(loaded, (before + PAGE).encode(codec)))
    assert article.title is not None and article.title.value == "El canciller ruso llega a Caracas"
    assert article.address == "https://www.eluniversal.com/politica/1/canciller-ruso"
    assert "<" not in article.text


SINGLE_FILE = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {} \n saved date: Sun Nov 08 2020\n-->"


@pytest.mark.parametrize("head", ["<!DOCTYPE html>\n<!-- saved from url=(0045){} -->\n", SINGLE_FILE])
@pytest.mark.parametrize(
    ("noted", "outlet_id"), [("https://www.eluniversal.com/p/2", "el_universal_ve"), ("about:internet", None), ("https://[", None)]
)
def test_the_address_a_browser_noted_counts_where_the_page_states_none(
    loaded: LoadedWorkspace, head: str, noted: str, outlet_id: str | None
) -> None:
    silent = PAGE.replace("<link rel='canonical' href='https://www.eluniversal.com/politica/1/canciller-ruso'>", "")
    article = readable(of_bytes(loaded, (head.format(noted) + silent).encode()))
    found = publisher_of(loaded, Given(), article.address)
    assert (found.id if found else None) == outlet_id
    assert article.address == (noted if outlet_id else NO_ADDRESS)
    stating = readable(of_bytes(loaded, (head.format("https://elsewhere.example/a") + PAGE).encode()))
    assert stating.address == "https://www.eluniversal.com/politica/1/canciller-ruso"


def test_a_page_is_read_by_what_is_known_of_its_outlet(loaded: LoadedWorkspace) -> None:
    """An evening in Caracas is tomorrow in UTC, which the page alone does not tell."""
    page = PAGE.replace("<body>", "<body><time datetime='2020-11-03T22:30:00'></time>").replace(
        "https://www.eluniversal.com", "https://x.example"
    )
    here = readable(of_bytes(loaded, page.encode(), Given(outlet_id="el_universal_ve")))
    nowhere = readable(of_bytes(loaded, page.encode()))
    assert here.published is not None and here.published.value.at == datetime(2020, 11, 4, 2, 30, tzinfo=UTC)
    assert nowhere.published is None or nowhere.published.value.at != here.published.value.at


def test_what_the_asker_knows_comes_first(loaded: LoadedWorkspace) -> None:
    article = readable(of_bytes(loaded, PAGE.encode(), Given(published_on=date(2019, 1, 2), language="pt")))
    assert article.published is not None and article.published.value.isoformat() == "2019-01-02"
    assert article.language is not None and article.language.value == "pt"


def test_who_published_it(loaded: LoadedWorkspace) -> None:
    def outlet_id(given: Given, address: str) -> str | None:
        found = publisher_of(loaded, given, address)
        return found.id if found else None

    assert outlet_id(Given("mercopress"), "https://www.eluniversal.com/a") == "mercopress"
    assert outlet_id(Given(), "https://www.eluniversal.com/a") == "el_universal_ve"
    assert outlet_id(Given(), NO_ADDRESS) is None
    for unknown in ("nobody", ""):
        with pytest.raises(NotFound, match="There is no outlet"):
            publisher_of(loaded, Given(unknown), NO_ADDRESS)


PAGES = [
    PAGE,
    " \n<HTML>",
    "<?xml version='1.0'?><html/>",
    "<!-- saved --><html>",
    "<article class='x'>",
    "<p>Rusia</p>",
    "<rss version='2'>",
]
TEXTS = [REPORT, "Rusia <html> Venezuela", "<Rusia> y Venezuela", "< html", "a < b", "[Moscú] Rusia", ""]


def test_pages_and_texts_are_told_apart() -> None:
    assert [one for one in PAGES if not looks_like_a_page(one)] == []
    assert [one for one in TEXTS if looks_like_a_page(one)] == []


def test_a_text_of_one_paragraph_has_no_headline() -> None:
    article = article_of_text("Una sola línea.", Given())
    assert (article.title, article.text) == (None, "Una sola línea.")


def test_of_a_text_as_much_is_read_as_of_a_page() -> None:
    assert TEXT_LIMIT == TEXT_LIMIT_OF_PAGES
    assert len(article_of_text("Rusia y Venezuela.\n" * 100_000, Given()).text) <= TEXT_LIMIT
