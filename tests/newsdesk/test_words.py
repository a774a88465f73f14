"""Words found in one pass are those that a plain reading finds, and the fingerprints are those of the definition."""

from __future__ import annotations

import re
from collections.abc import Sequence

import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk import fingerprints as fingerprinting
from newsdesk.fingerprints import HEAD_WINNOW, SHORT, WINDOW_WORDS, WINNOW, fingerprints, is_boilerplate, passages, words_of
from newsdesk.words import WORD, fold, words_in

SIGNS = "aéñÑßﬁ01_-.!…?,:«»“ \t\n\r\x0b\x1c\x85\u2028\u00a0\u00ad\u0301\u200d\ufe70"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=120)
NEWS = st.lists(st.sampled_from("el presidente dijo ayer. Accept cookies! Suscríbete ahora\n en Caracas… que no,".split(" ")), max_size=160)


@given(TEXTS)
def test_words_stand_where_they_stand(text: str) -> None:
    words = words_in(text)
    found = list(WORD.finditer(text))
    assert list(words.written) == [match.group() for match in found]
    assert [(words.begins(n), words.ends(n)) for n in range(len(words))] == [match.span() for match in found]
    assert "".join(gap + word for gap, word in zip(words.gaps, [*words.written, ""], strict=True)) == text
    assert list(words.folded) == [fold(word) for word in words.written]


@given(TEXTS)
def test_sentences_end_at_their_signs_and_at_lines(text: str) -> None:
    words = words_in(text)
    wanted = [words_of(sentence) for line in text.splitlines() for sentence in re.split(r"(?<=[.!?…])\s+", line)]
    found = [[word for word in words.folded[first:behind] if word] for first, behind in words.sentences()]
    assert [one for one in found if one] == [one for one in wanted if one]


@settings(max_examples=1500)
@given(st.from_regex(re.compile(fingerprinting._BOILERPLATE.pattern, re.ASCII), fullmatch=True))
def test_no_sentence_of_the_page_is_passed_over_for_its_first_word(sentence: str) -> None:
    assert is_boilerplate(sentence) or len(sentence.split()) > 60 or "_" in sentence or not sentence.strip()


@given(NEWS)
def test_fingerprints_are_those_of_the_definition(pieces: Sequence[str]) -> None:
    text = " ".join(pieces)
    assert list(fingerprints(text)) == by_definition(text)


PHRASES = (
    "cookies boletín de noticias terms and conditions reservé aux abonnés S'abonner Tous droits réservés continue to browse "
    "continuar la navegación conditions générales d'utilisation su navegador share this article Ya somos tus votre compte créez un"
).split()


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*PHRASES, "el", "presidente", "said"]), max_size=70))
def test_the_pages_own_sentences_are_those_that_hold_one_of_its_phrases_anywhere(words: list[str]) -> None:
    folded = words_of(" ".join(words))
    short = 0 < len(folded) <= fingerprinting._BOILERPLATE_LONGEST_WORDS
    assert is_boilerplate(" ".join(words)) == (short and fingerprinting._BOILERPLATE.search(" ".join(folded)) is not None)


def by_definition(text: str) -> list[int]:
    runs: list[list[str]] = [[]]
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?…])\s+", line):
            if is_boilerplate(sentence):
                runs.append([])
            else:
                runs[-1] += words_of(sentence)
    runs = [run for run in runs if run]
    assert runs == list(passages(text))
    if not runs:
        return []
    hashed = [[hashed_words(run[at : at + WINDOW_WORDS]) for at in range(len(run) - WINDOW_WORDS + 1)] for run in runs]
    head = [value for hashes in hashed for value in hashes][: SHORT + 1]
    if len(head) <= SHORT:
        return sorted(set(head) or {hashed_words([word for run in runs for word in run])})
    kept = {value for hashes in hashed for value in least(hashes, WINNOW)}
    return sorted(kept | set(least(head[:SHORT], HEAD_WINNOW)))


def least(hashes: Sequence[int], width: int) -> list[int]:
    return [min(hashes[at : at + width]) for at in range(max(1, len(hashes) - width + 1))] if hashes else []


def hashed_words(words: Sequence[str]) -> int:
    value = xxhash.xxh3_64_intdigest(" ".join(words).encode())
    return value - (1 << 64) if value >= 1 << 63 else value
