"""What strangers wrote arrives dead."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.judging import Match, TermKind
from newsdesk.moments import Hint, Hinted
from review.showing import deaden, lead_sentence, mark, paragraphs, web_address, without_lead_in
from tests.review import fakes
from tests.review.conftest import Editor, House, build

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "<a href='javascript:alert(1)'>x</a>",
    "<!--<script>",
    "&lt;b&gt; &#x3c;script&#x3e;",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/x",
    "http://",
    "http://[",
    "ftp://host/x",
)
BIDI = "invoice\u202efdp.exe \u2066x\u2069 \x00\x07\x1b[31m\x85"


class Reader(HTMLParser):
    """Collects elements, event attributes and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.events: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.events += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def poisoned(word: str, address: str = "https://herald.example/1") -> list[fakes.FakeCandidate]:
    """Two articles with the word wherever a stranger can write."""
    made = []
    for id in (1, 2):
        base = fakes.stored(id, "herald", word, f"{word}\nSecond {word}", "en", address=address, authors=(word, word))
        article = replace(
            base.article,
            kind=word,
            section=word,
            origin=Hinted(word, Hint.META),
            extractor=word,
            published=replace(base.article.published, others=((Hint.FEED, word),)) if base.article.published else None,
        )
        made.append(replace(base, article=article, label_why=word, snapshot_file=word, outlet_id=f"out{word}"))
    matches = (Match("text", 0, min(5, len(word)), word[:5], word, TermKind.ACTOR),)
    return [fakes.FakeCandidate(1, made, 50.0, (word,), matches, ())]


@pytest.mark.parametrize("word", HOSTILE)
def test_markup_in_articles_arrives_dead(password_hash: str, word: str) -> None:
    house = build(password_hash, poisoned(word))
    ana = Editor(house)
    ana.post("/candidates/1/reject", seen=0, reason=word)
    ana.post("/candidates/1/undo", seen=1)
    pages = [ana.get(path).text for path in ("/", "/candidates/1", "/candidates/1?done=1")]
    ana.accept(1, seen=2, report=word)
    house.desk.write_narrative("2026-11", "iran", word, "ana", fakes.NOW)
    pages += [ana.get(path).text for path in ("/edition/2026-11", "/candidates/1", "/")]
    pages.append(ana.post("/candidates/1/preview", seen=0, report=word, reason=word, until=word, section=word).text)
    for html in pages:
        found = read(html)
        assert found.tags.count("script") == 1 and found.events == []
        assert not {"img", "iframe", "object", "embed"} & set(found.tags)
        assert all(re.match(r"(?:/|#|https?://)", link) for link in found.links), found.links
        assert "7 * 7" not in word or "{{ 7 * 7 }}" in html


@pytest.mark.parametrize("word", HOSTILE)
def test_markup_in_addresses_arrives_dead(ana: Editor, word: str) -> None:
    for path in ("/", "/candidates/1", "/sources", "/sign-in", "/edition"):
        parameters = dict.fromkeys(
            ("words", "section", "outlet", "language", "label", "view", "page", "done", "sort", "only", "next", "month"), word
        )
        html = ana.http.get(path, params=parameters).text
        found = read(html)
        assert found.events == [] and found.tags.count("script") <= 1 and "img" not in found.tags
        assert all(re.match(r"(?:/|#|https?://)", link) for link in found.links)


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_that_are_no_web_pages_are_not_linked(password_hash: str, address: str) -> None:
    assert web_address(address) is None
    ana = Editor(build(password_hash, poisoned("word", address)))
    html = ana.get("/candidates/1").text
    assert "no web address; not linked" in html
    assert all(link.startswith(("/", "#")) for link in read(html).links)


def test_controls_and_direction_overrides_are_shown_as_replaced(password_hash: str) -> None:
    ana = Editor(build(password_hash, poisoned(BIDI)))
    for path in ("/", "/candidates/1"):
        html = ana.get(path).text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
        assert "invoice\ufffdfdp.exe" in html


def test_controls_in_what_an_editor_pastes_are_not_kept(house: House, ana: Editor) -> None:
    ana.accept(1, report="A\u202e report\x00 with\x1b controls.")
    current = house.desk.candidate(1).standing.current
    assert current is not None and current.draft.report == "A report with controls."


def test_a_lone_surrogate_does_not_break_the_page(password_hash: str) -> None:
    ana = Editor(build(password_hash, poisoned("half \ud83d sign")))
    assert ana.get("/candidates/1").status_code == 200 and ana.get("/").status_code == 200


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 210), st.integers(-5, 210)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_marking_loses_and_adds_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    matches = [Match("text", start, end, "", f"actor:{number}", TermKind.ACTOR) for number, (start, end) in enumerate(spans)]
    pieces = mark(text, matches)
    assert "".join(piece.text for piece in pieces) == text
    place = 0
    for piece in pieces:
        middle = place
        place += len(piece.text)
        covering = {m.concept for m in matches if m.start <= middle and m.end >= place and m.start < m.end}
        assert set(piece.concepts) == covering
    joined = "".join(piece.text for line in paragraphs(text, matches) for piece in line)
    assert joined.replace(" ", "") in text.replace("\n", "").replace(" ", "") or "".join(joined.split()) == "".join(text.split())


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_deadening_keeps_every_offset(text: str) -> None:
    dead = deaden(text)
    assert len(dead) == len(text) and deaden(dead) == dead
    assert all(one == two or two == "\ufffd" for one, two in zip(text, dead, strict=True))


@given(st.text(max_size=200))
def test_without_lead_in_is_settled_at_once(report: str) -> None:
    once = without_lead_in("State media reports " + report, "State media reports")
    assert without_lead_in(once, "State media reports") == once


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The U.S. sent aid. It came late.", "The U.S. sent aid."),
        ("“Llegó el Sr. Pérez.” Después habló.", "“Llegó el Sr. Pérez.”"),
        ("¿Volverá? Nadie lo sabe.", "¿Volverá?"),
        ("No end here\nnext paragraph.", "No end here"),
        ("One. 2 followed.", "One."),
        ("", ""),
    ],
)
def test_the_lead_sentence(text: str, sentence: str) -> None:
    assert lead_sentence(fakes.stored(1, "herald", "t", text).article) == sentence


def test_datelines_and_asides_are_not_proposed_as_the_report() -> None:
    said = "A patrol aircraft counted 287 fishing vessels in one night along the edge of the zone, the navy said."
    text = f"Caracas / Agencia Faro.\nThe firms share a letter box.\n{said} It will count again."
    assert lead_sentence(fakes.stored(1, "herald", "t", text).article) == said


@pytest.mark.parametrize(
    "dateline",
    [
        "Caracas / Agencia Faro.",
        "CARACAS, 3 Nov (AGF) -",
        "LIMA (Reuters) —",
        "Puerto Faro.-",
        "Ciudad del Faro, 12 de marzo de 2022 (AGF).",
        "BEIJING, Nov. 3 (Xinhua) --",
        "San Faro, Costa Alta, 4 de mayo de 2022.-",
        "MOSCOW, November 4. /AGFA/.",
        "(AGF) —",
        "Brasília –",
        "FAROPOLIS- ",
        "Faro Alto, 21 Abr (Elfaro.example).-",
        "FAROPOLIS/THE PORT, March 7 (AGF) -",
        "PUERTO FARO - ",
    ],
)
def test_a_dateline_inside_the_first_paragraph_is_no_part_of_the_proposed_report(dateline: str) -> None:
    said = "The navy counted 287 vessels in one night along the edge of the zone."
    assert lead_sentence(fakes.stored(1, "herald", "t", f"{dateline} {said} It will count again.").article) == said


@pytest.mark.parametrize(
    "said",
    [
        "China – the largest buyer of the region's soy – said it will buy more.",
        "China – Brazil's largest buyer of soy since 2009 – said it will buy more.",
        "La OEA: el informe que nadie quiso leer en voz alta llegó ayer a Lima.",
        "El frente (FARO) - según su vocera - no irá a la mesa de diálogo.",
        "Caracas, 3 de noviembre.",
    ],
)
def test_a_sentence_that_only_begins_like_a_dateline_is_proposed_whole(said: str) -> None:
    assert lead_sentence(fakes.stored(1, "herald", "t", said).article) == said


def test_a_lead_without_an_end_is_cut_between_words() -> None:
    cut = lead_sentence(fakes.stored(1, "herald", "t", "word " * 500).article)
    assert len(cut) <= 401 and cut.endswith("word…")
