"""The words of genre as an editor writes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.genre import SHIPPED, load_genre_words
from config.watchlist import load_watchlist
from newsdesk.errors import ConfigurationError
from newsdesk.genre_words import ABOUT, DECLARATION_LISTS, MARKS, SHOWN
from newsdesk.watchlist import WATCHED_LANGUAGES

WORDS = load_genre_words(SHIPPED)


def test_the_shipped_words_are_whole() -> None:
    assert {each.language for each in WORDS.languages} == WATCHED_LANGUAGES
    for language in WORDS.languages:
        assert [name for name in (*SHOWN, *ABOUT) if not language.signs[name]] == []
        assert [name for name in DECLARATION_LISTS if not language.declarations[name]] == []
    assert [mark for mark in MARKS if not WORDS.marks[mark]] == []
    known = {concept.id for concept in load_watchlist(SHIPPED.parent / "watchlist").concepts}
    assert WORDS.speakers and WORDS.speakers <= known
    assert len({target.id for target in WORDS.targets}) == len(WORDS.targets) >= 5


def test_a_workspace_of_before_reads_what_is_shipped(tmp_path: Path) -> None:
    assert load_genre_words(tmp_path / "genre") == WORDS


def test_an_editors_words_count(tmp_path: Path) -> None:
    folder = tmp_path / "genre"
    shutil.copytree(SHIPPED, folder)
    english = folder / "en.yaml"
    english.write_text(english.read_text("utf-8").replace("verdicts: [", "verdicts: [claptrap(|s), ", 1), "utf-8")
    verdicts = next(each for each in load_genre_words(folder).languages if each.language == "en").signs["verdicts"]
    assert {"claptrap", "claptraps"} <= set(verdicts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("language: de\n", "language"),
        ("language: en\nsigns: {verdict: [bad]}\n", "verdicts (did you mean that?)"),
        ("language: en\nsigns: {verdicts: bad}\n", "a list"),
        ("marks: {opinion: [opinion], humour: [fun]}\n", "humour"),
        ("speakers: [Russia]\n", "actor:"),
        ("targets: [{id: US, words: [US]}]\n", "name"),
        ("words: [a]\n", "words"),
    ],
)
def test_mistakes_are_refused_with_their_place(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "genre").mkdir()
    (tmp_path / "genre" / "own.yaml").write_text(content, "utf-8")
    with pytest.raises(ConfigurationError, match=r"own\.yaml") as refusal:
        load_genre_words(tmp_path / "genre")
    assert said in str(refusal.value)
