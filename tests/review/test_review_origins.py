"""The desk shows whose report an article gives: in the queue, beside the text, and in the words themselves."""

from __future__ import annotations

from dataclasses import replace

from newsdesk.judging import Label, Origin, OriginKind, Provenance
from newsdesk.voices import voice_of
from tests.review import fakes
from tests.review.conftest import Editor, build

PUBLISHER = Provenance(Label.NOT_STATE_MEDIA, None, None, "MercoPress is private media.")
TITLE, TEXT = "Wheat for Cuba, says <TASS>", "MOSCOW, Nov 3 (TASS) - Wheat was sold.\nThe price, reported by Reuters, is low."


def origin(kind: OriginKind, name: str, words: str, where: str, label: Label = Label.STATE_MEDIA, **what: object) -> Origin:
    start = {"title": TITLE, "text": TEXT}.get(where, words).index(words)
    made = Origin(kind, name, name.lower(), "RU", label, words, where, start, start + len(words), None, f"{name} is what it is.")
    return replace(made, **what)  # type: ignore[arg-type]


DATELINE = origin(OriginKind.DATELINE, "TASS", "(TASS)", "text")
COPIED = origin(OriginKind.COPY, "TASS", "", "text", start=0, end=0, article_id=41)
BESIDE = origin(OriginKind.ATTRIBUTION, "Reuters", "reported by Reuters", "text", Label.NOT_STATE_MEDIA)


def page_of(password_hash: str, *origins: Origin, looked: bool = True, path: str = "/candidates/1") -> str:
    candidate = fakes.candidates(1)[0]
    printed = voice_of(PUBLISHER, origins)
    article = replace(
        fakes.stored(1, "herald", TITLE, TEXT, "en"),
        label=printed.label.value,
        label_why=printed.why,
        origins=origins,
        publisher=PUBLISHER if looked else None,
    )
    candidate.articles[0], candidate.matches = article, ()
    return Editor(build(password_hash, [candidate])).get(path).text


def test_the_queue_says_who_is_relayed_and_where_it_shows(password_hash: str) -> None:
    html = page_of(password_hash, DATELINE, path="/")
    assert '<span class="badge relay" dir="auto">Not state media; relays TASS: “(TASS)” in the dateline</span>' in html
    assert 'class="badge state_media"' in html


def test_an_outlets_own_report_has_no_such_badge(password_hash: str) -> None:
    assert "badge relay" not in page_of(password_hash, BESIDE, path="/")


def test_the_words_are_marked_in_the_text_and_explained_beside_it(password_hash: str) -> None:
    html = page_of(password_hash, DATELINE)
    assert '<mark class="origin" title="Origin: TASS">(TASS)</mark> - Wheat was sold.' in html
    assert "Relays TASS: “(TASS)” in the dateline" in html and "TASS is what it is." in html
    assert "whose report it is</mark>" in html


def test_words_of_the_headline_are_marked_there_and_markup_stays_dead(password_hash: str) -> None:
    html = page_of(password_hash, origin(OriginKind.ATTRIBUTION, "TASS", "says <TASS>", "title"))
    assert '<mark class="origin" title="Origin: TASS">says &lt;TASS&gt;</mark>' in html and "<TASS>" not in html


def test_a_copy_names_the_earlier_article(password_hash: str) -> None:
    assert "Relays TASS: the text of article 41" in page_of(password_hash, COPIED)


def test_an_origin_set_aside_is_shown_as_such(password_hash: str) -> None:
    html = page_of(password_hash, replace(DATELINE, counts=False), BESIDE)
    assert "named beside others" in html and 'class="badge state_media"' not in html


def test_nobody_named_and_nobody_looked_are_different(password_hash: str) -> None:
    assert "names nobody else as the author" in page_of(password_hash)
    assert "stored before the desk looked for it" in page_of(password_hash, looked=False)


def test_the_entry_of_a_relay_begins_with_the_lead_in(password_hash: str) -> None:
    html = page_of(password_hash, DATELINE)
    assert f'<p id="printed" dir="auto">{fakes.POLICY.lead_in} ' in html
