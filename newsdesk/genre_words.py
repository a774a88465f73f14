"""The words by which genre and declarations are told, as configured (config/genre/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Phrases that count as they stand.
SHOWN = ("first_person", "we", "appeals", "verdicts", "turns", "reader", "states", "denies", "says", "dated", "narrates")
# Phrases that count only where a sentence begins, by the sign they show.
ONLY_FIRST = {"appeals_first": "appeals", "turns_first": "turns"}
# Phrases whose words mean something else; how a lead announces an interview or answers; whom questions address.
ABOUT = ("idioms", "interviews", "explains", "addresses")
PHRASES = (*SHOWN, *ONLY_FIRST, *ABOUT)
# Ends of words that count unless the word is among those that only look so; words that must stand before such an end.
ENDINGS = ("we_endings", "we_not", "narrates_endings", "narrates_not", "narrates_before")
SIGNS = (*PHRASES, *ENDINGS)
DECLARATION_LISTS = ("attacks", "speaks", "names", "charges", "praises", "offices", "opponents")
MARKS = ("opinion", "leaning", "editorial", "letter", "review", "analysis", "interview", "live", "explainer")


@dataclass(frozen=True)
class LanguageWords:
    """One language's words by name of the list (``SIGNS``, ``DECLARATION_LISTS``); ``language`` is ISO 639-1."""

    language: str
    signs: Mapping[str, tuple[str, ...]]
    declarations: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Target:
    """Whom declarations are made against: a short id, its English name for reasons, and its words in any language."""

    id: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class GenreWords:
    """All languages; ``marks`` by genre are names of sections, parts of addresses and words beside headlines;
    ``credentials`` and ``author_lines`` show a writer who is no reporter; ``speakers`` are concepts of the watch-list
    whose officials make declarations; ``not_targets`` are names that hold a target's and mean another."""

    languages: tuple[LanguageWords, ...]
    marks: Mapping[str, tuple[str, ...]]
    credentials: tuple[str, ...]
    author_lines: tuple[str, ...]
    speakers: frozenset[str]
    targets: tuple[Target, ...]
    not_targets: tuple[str, ...] = ()
