"""Every page answers, in words, and shows what an editor needs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newsdesk.judging import Match, TermKind
from review.queue import PAGE_SIZE
from tests.review import fakes
from tests.review.conftest import Editor, House, build


@pytest.mark.parametrize("path", ["/", "/candidates/1", "/candidates/2", "/edition/2026-11", "/sources", "/help"])
def test_pages_answer_with_landmarks(ana: Editor, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1 and '<main id="main"' in answer.text and 'class="skip" href="#main"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/candidates/1", "/edition/2026-11"])
def test_each_field_has_a_label(ana: Editor, path: str) -> None:
    html = ana.get(path).text
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    named = [field for field in fields if not re.search(r'type="(?:hidden|radio|checkbox)"', field)]
    assert named
    for field in named:
        identity = re.search(r'\bid="([^"]+)"', field)
        assert identity and f'for="{identity.group(1)}"' in html, field


def test_queue_ranks_and_says_who_speaks_in_words(ana: Editor) -> None:
    html = ana.get("/").text
    titles = re.findall(r"data-row[^>]*>([^<]+)<", html)
    assert titles == [fakes._TEXTS[number][2] for number in range(5)]
    row = html[html.index("Canciller de Rusia") : html.index("China amplia porto")]
    assert "State media" in row and "16 November 2026" in row and "Spanish" in row and "2 articles" in row and "Russia" in row
    assert "named in the first paragraph" in row
    assert "Unknown control" in html[html.index("La Chine ouvre") :]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("label=state_media", {2}),
        ("label=unknown", {4}),
        ("language=fr", {4}),
        ("section=china", {3, 4, 5}),
        ("outlet=folha", {3}),
        ("words=puente+panam%C3%A1", {5}),
        ("section=china&language=pt", {3}),
        ("view=rejected", set()),
        ("label=nonsense&page=zero", {1, 2, 3, 4, 5}),
    ],
)
def test_queue_filters(ana: Editor, query: str, expected: set[int]) -> None:
    html = ana.get(f"/?{query}").text
    assert {int(number) for number in re.findall(r'href="/candidates/(\d+)[^"]*" data-row', html)} == expected


def test_filters_show_counts_and_travel_to_the_candidate(ana: Editor) -> None:
    html = ana.get("/?section=china").text
    assert "China (3)" in html and "State media (1)" in html and "Portuguese (1)" in html
    assert 'href="/candidates/3?section=china"' in html
    page = ana.get("/candidates/3?section=china").text
    assert 'href="/candidates/4?section=china" data-key="j"' in page and 'data-key="k"' not in page


def test_queue_pages(password_hash: str) -> None:
    house = build(password_hash, fakes.candidates(PAGE_SIZE + 3))
    ana = Editor(house)
    first, second, beyond = (ana.get(f"/?page={number}").text for number in (1, 2, 3))
    assert first.count("data-row") == PAGE_SIZE and "Page 1 of 2" in first and 'rel="next"' in first
    assert second.count("data-row") == 3 and f'start="{PAGE_SIZE + 1}"' in second
    assert "This page of the queue is empty" in beyond


def test_empty_queue_says_so(password_hash: str) -> None:
    assert "Nothing waits" in Editor(build(password_hash, [])).get("/").text


def test_candidate_shows_the_facts(ana: Editor) -> None:
    html = ana.get("/candidates/2").text
    for fact in (
        "The state of Venezuela controls this outlet",
        "by VE",
        "Read from the page&#39;s structured data (JSON-LD)",
        "the feed says 2026-11-17T01:30:00Z",
        "Ana Prueba",
        'href="https://voz.example/2" rel="noopener noreferrer nofollow"',
        "voz-0001.warc.gz, byte 8192",
        "Ministro ruso visita Caracas",
        "Privately owned",
        "Nobody has decided on it yet",
    ):
        assert fact in html, fact


def test_candidate_prefers_to_cite_an_article_that_is_not_state_media(ana: Editor) -> None:
    html = ana.get("/candidates/2").text
    assert re.search(r'name="article" value="1002" checked', html)
    assert "El ministro ruso visitó Caracas.</textarea>" in html
    assert "El ministro ruso visitó Caracas. – Correo del Istmo on 16-NOV (content in Spanish)" in html


def test_matches_are_marked_at_their_offsets_even_where_they_overlap(password_hash: str) -> None:
    candidate = fakes.candidates(1)[0]
    text = "Qeshm Fars Air flew.\nIran & <Venezuela>."
    candidate.articles[0] = fakes.stored(1, "herald", "Iran flies", text, "en")
    candidate.matches = (
        Match("text", 0, 10, "Qeshm Fars", "actor:IR", TermKind.ACTOR),
        Match("text", 6, 14, "Fars Air", "topic:aviation", TermKind.TOPIC),
        Match("text", 29, 38, "Venezuela", "place:VE", TermKind.PLACE),
        Match("title", 0, 4, "Iran", "actor:IR", TermKind.ACTOR),
        Match("text", 999, 1005, "beyond", "actor:IR", TermKind.ACTOR),
    )
    html = Editor(build(password_hash, [candidate])).get("/candidates/1").text
    assert (
        '<mark class="actor" title="actor:IR">Qeshm </mark><mark class="actor topic" title="actor:IR, topic:aviation">Fars</mark>'
        '<mark class="topic" title="topic:aviation"> Air</mark> flew.</p>' in html
    )
    assert 'Iran &amp; &lt;<mark class="place" title="place:VE">Venezuela</mark>&gt;.' in html
    assert '<h1 dir="auto"><mark class="actor" title="actor:IR">Iran</mark> flies</h1>' in html


def test_sources_are_sorted_by_the_address(ana: Editor) -> None:
    failing_first = ana.get("/sources").text
    assert failing_first.index("Voz Estatal") < failing_first.index("Harbour Herald")
    by_stored = ana.get("/sources?sort=stored").text
    assert by_stored.index("Harbour Herald") < by_stored.index("Voz Estatal")
    only = ana.get("/sources?only=failing").text
    assert "Voz Estatal" in only and "Harbour Herald" not in only
    assert "18 Nov 2026, 10:00 UTC" in only and "The source is no feed" in only
    assert "asks us not to fetch" in by_stored and "javascript:" not in only
    assert ana.get("/sources?sort=<script>").status_code == 200


def test_health_needs_no_account_and_tells_no_secret(house: House) -> None:
    with house.client() as http:
        assert http.get("/health/live").json() == {"status": "live"}
        ready = http.get("/health/ready").json()
        assert ready["status"] == "ready" and ready["newest_poll_age_seconds"] == 3600 and ready["stale"] is False
        house.clock.go_on(hours=9)
        assert http.get("/health/ready").json()["stale"] is True
        house.sources.broken = True
        answer = http.get("/health/ready")
        assert answer.status_code == 503 and "secret-place" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/candidates/99",
        "/candidates/0",
        "/candidates/-1",
        "/candidates/x",
        "/candidates/99999999999999999999999",
        "/edition/2026-13",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_told_kindly(ana: Editor, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code == 404 and "Not here" in answer.text and "Traceback" not in answer.text


def test_a_mistake_of_ours_shows_no_insides(house: House, ana: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(wanted: object) -> None:
        raise RuntimeError("the inner secret")

    monkeypatch.setattr(house.desk, "queue", fail)
    quiet = type(ana.http)(house.app, base_url="http://desk.test", raise_server_exceptions=False, cookies=ana.http.cookies)
    answer = quiet.get("/")
    assert answer.status_code == 500 and "Something failed on our side" in answer.text
    assert "inner secret" not in answer.text and "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_candidate_without_title_day_language_or_authors(password_hash: str) -> None:
    candidate = fakes.candidates(1)[0]
    bare = fakes.stored(1, "gone-outlet", "x", "", None, None, authors=())
    candidate.articles[0] = replace(bare, article=replace(bare.article, title=None))
    candidate.matches, candidate.sections, candidate.reasons = (), (), ()
    ana = Editor(build(password_hash, [candidate]))
    html = ana.get("/candidates/1").text
    assert "(no title)" in html and "Nobody stated it" in html and "none named" in html and "The article has no text" in html
    assert ana.get("/").status_code == 200
