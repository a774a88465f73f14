"""Copies are found whatever was cut, moved or added; texts that only share the page around them are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.fingerprints import SHORT, WINDOW_WORDS, WINNOW, fingerprints, fold, is_boilerplate, line_key, words_of
from newsdesk.stories import copies, recurring_lines, worth_comparing

WORDS = [f"{start}{middle}{end}" for start in ("ba", "ce", "do", "fu", "gi") for middle in ("ra", "li", "no", "mu") for end in "aeiou"]
CONSENT = (
    "Utilizamos cookies para mejorar su experiencia. Si continúa navegando, consideramos que acepta su uso.\n"
    "Suscríbase a nuestro boletín y reciba cada mañana las noticias del día.\n"
    "We use cookies and similar technologies to personalise content. Subscribe now to read without limits.\n"
    "Nous utilisons des cookies. Abonnez-vous pour lire la suite de cet article.\n"
    "Assine agora para ler sem limites todo o conteúdo do jornal."
)


def text_of(seed: int, words: int = 240) -> str:
    """Made-up prose of sentences of twelve words."""
    chance = random.Random(seed)
    chosen = [chance.choice(WORDS) + chance.choice(WORDS) for _ in range(words)]
    return "\n".join(" ".join(chosen[at : at + 12]).capitalize() + "." for at in range(0, words, 12))


def shared(a: str, b: str) -> bool:
    one, other = set(fingerprints(a)), set(fingerprints(b))
    return worth_comparing(len(one & other), min(len(one), len(other)))


EDITS = {
    "cut to a third": lambda text: "\n".join(text.splitlines()[: len(text.splitlines()) // 3]),
    "cut to a fifth": lambda text: "\n".join(text.splitlines()[: len(text.splitlines()) // 5]),
    "the middle": lambda text: "\n".join(text.splitlines()[6:14]),
    "turned round": lambda text: "\n".join(reversed(text.splitlines())),
    "a third added": lambda text: text + "\n" + text_of(99, 80),
    "under a consent text": lambda text: CONSENT + "\n" + text,
    "capitals and accents": lambda text: text.upper().replace("A", "Á"),
    "one word in thirty": lambda text: " ".join(w if at % 30 else "otherwise" for at, w in enumerate(text.split())),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edited_copy_is_found(edit: object) -> None:
    for seed in range(20):
        text = text_of(seed)
        copy = edit(text)  # type: ignore[operator]
        assert shared(text, copy)
        found = copies("A headline", text, "Another headline", copy)
        assert found is not None
        assert 0.35 <= found.containment <= 1
        assert "another headline" in found.reason


def test_the_same_words_are_an_exact_copy() -> None:
    found = copies("Title", text_of(1), "Title", text_of(1).upper())
    assert found is not None
    assert found.kind == "exact"
    assert "same headline" in found.reason


def test_texts_of_their_own_join_nothing() -> None:
    for seed in range(0, 40, 2):
        assert not shared(text_of(seed), text_of(seed + 1))
        assert copies("Same title", text_of(seed), "Same title", text_of(seed + 1)) is None


def test_consent_and_subscription_texts_join_nothing() -> None:
    assert fingerprints(CONSENT) == ()
    assert copies("", CONSENT, "", CONSENT) is None
    one, other = f"{CONSENT}\n{text_of(1, 48)}", f"{CONSENT}\n{text_of(2, 48)}"
    assert not shared(one, other)
    assert copies("", one, "", other) is None


def test_an_article_about_cookies_is_no_boilerplate() -> None:
    long = "The regulator fined the company over its cookies because " + " ".join(WORDS[:70]) + "."
    assert not is_boilerplate(long)
    assert is_boilerplate("Utilizamos cookies propias y de terceros.")
    assert not is_boilerplate("El canciller llegó a Caracas para hablar de petróleo.")


def test_lines_that_an_outlet_repeats_are_suppressed() -> None:
    footer = "La redacción agradece el apoyo de sus amigos en todo el continente y en las islas vecinas del mar."
    bodies = [f"{text_of(seed, 24)}\n{footer}" for seed in range(3)]
    lines = recurring_lines(bodies)
    assert lines == {line_key(footer)}
    assert set(fingerprints(bodies[0], lines)).isdisjoint(fingerprints(bodies[1], lines))
    assert set(fingerprints(bodies[0])) > set(fingerprints(bodies[0], lines))
    assert recurring_lines([bodies[0]] * 5) == frozenset()


def test_a_few_words_are_a_copy_only_under_their_own_headline() -> None:
    assert copies("", "Photo of the day", "", "Photo of the day") is None
    assert copies("A", "Photo of the day", "B", "Photo of the day") is None
    assert copies("Storm over Havana", "Photo of the day", "Storm over Havana", "Photo of the day") is not None


def test_nothing_is_a_copy_of_nothing() -> None:
    assert copies("Title", "", "Title", "") is None
    assert fingerprints("") == fingerprints(" … — ") == ()
    assert len(fingerprints("three short words")) == 1


def test_fingerprints_are_what_they_always_were() -> None:
    """The stored ones must stay comparable: whoever changes these numbers changes FINGERPRINT_VERSION."""
    assert fingerprints("Zarif llegó a Caracas") == (-1678001643834976465,)


@given(st.text(max_size=400))
def test_fingerprints_are_signed_64_bit_sorted_and_each_once(text: str) -> None:
    prints = fingerprints(text)
    assert list(prints) == sorted(set(prints))
    assert all(-(1 << 63) <= value < 1 << 63 for value in prints)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 150), st.integers(WINDOW_WORDS + WINNOW - 1, 90))
def test_enough_words_in_a_row_are_always_seen(seed: int, start: int, length: int) -> None:
    """The promise of winnowing: two texts with 27 words in common, in a row, share a fingerprint."""
    words = text_of(seed, 260).replace(".", "").split()
    piece = " ".join(words[start : start + length])
    elsewhere = f"{text_of(seed + 1, 120)} {piece} {text_of(seed + 2, 120)}"
    assert set(fingerprints(" ".join(words))) & set(fingerprints(elsewhere))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = words_of(text)
    assert [part for word in once for part in words_of(word)] == [part for word in once for part in words_of(fold(word))]


@given(st.text(max_size=200), st.text(max_size=200))
def test_copying_is_mutual(a: str, b: str) -> None:
    one, other = copies("", a, "", b), copies("", b, "", a)
    assert (one is None) == (other is None)


def test_short_texts_keep_all_their_windows() -> None:
    assert len(fingerprints(text_of(3, SHORT + WINDOW_WORDS - 1))) == SHORT
