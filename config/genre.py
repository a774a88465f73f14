"""The words by which genre is told: a folder of YAML files that an editor writes, read strictly.

A file has either ``language`` with ``signs`` and ``declarations``, lists of words by name; or ``marks`` (how pages name a
genre), ``credentials``, ``author_lines``, ``speakers`` and ``targets``. A word may hold alternatives, as in the watch-list.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from config.strict import Book, Table, one_of, text
from config.watchlist import concept_id, expanded
from newsdesk.genre_words import DECLARATION_LISTS, MARKS, SIGNS, GenreWords, LanguageWords, Target
from newsdesk.watchlist import WATCHED_LANGUAGES

GENRE_FOLDER = "config/genre"
SHIPPED = Path(__file__).parent / "defaults" / "genre"
LANGUAGE_KEYS = ("language", "signs", "declarations")
MARK_KEYS = ("marks", "credentials", "author_lines", "speakers", "targets", "not_targets")
TARGET_KEYS = ("id", "name", "words")


def load_genre_words(folder: Path) -> GenreWords:
    """Read every ``*.yaml`` of a folder; one that is not there yields what newsdesk ships, so that a workspace made before
    goes on. Raises ConfigurationError with all problems."""
    read_from = folder if folder.is_dir() else SHIPPED
    book = Book(read_from.parent)
    tables = [book.open(path, (*LANGUAGE_KEYS, *MARK_KEYS)) for path in sorted(read_from.glob("*.yaml"))]
    languages = tuple(_language(table) for table in tables if table.has("language"))
    marks = [table for table in tables if not table.has("language")]
    words = GenreWords(
        languages=languages,
        marks={name: _words(*(table.table("marks", MARKS) for table in marks), key=name) for name in MARKS},
        credentials=_words(*marks, key="credentials"),
        author_lines=_words(*marks, key="author_lines"),
        speakers=frozenset(chain.from_iterable(table.all("speakers", concept_id) for table in marks)),
        targets=tuple(_target(each) for table in marks for each in table.tables("targets", TARGET_KEYS)),
        not_targets=_words(*marks, key="not_targets"),
    )
    book.settle()
    return words


def _language(table: Table) -> LanguageWords:
    signs, declarations = table.table("signs", SIGNS), table.table("declarations", DECLARATION_LISTS)
    return LanguageWords(
        language=table.need("language", one_of(sorted(WATCHED_LANGUAGES)), ""),
        signs={name: _words(signs, key=name) for name in SIGNS},
        declarations={name: _words(declarations, key=name) for name in DECLARATION_LISTS},
    )


def _target(table: Table) -> Target:
    return Target(table.need("id", text, "?"), table.need("name", text, "?"), _words(table, key="words"))


def _words(*tables: Table, key: str) -> tuple[str, ...]:
    return tuple(chain.from_iterable(chain.from_iterable(table.all(key, expanded) for table in tables)))
