"""The watch-list: a folder of YAML files that an editor writes, read strictly.

A file has any of three keys. ``concepts`` defines what is watched; ``forms`` lists the words that stand for a concept, by
language (``any``, ``en``, ``es``, ``pt``, ``fr``); ``nothing`` lists words that only look like a watched name. A word may
hold alternatives: ``venezolan(o|a|os|as)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from babel import Locale

from config.strict import Book, Refused, Scalar, Table, day, flag, number, slug, text
from newsdesk.fingerprints import words_of
from newsdesk.judging import TermKind
from newsdesk.watchlist import WATCHED_LANGUAGES, Concept, Form, WatchList

LANGUAGES = tuple(sorted(WATCHED_LANGUAGES))
MOST_ALTERNATIVES = 200
_CONCEPT = re.compile(r"(actor|place|topic):[A-Za-z0-9_-]+")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_CONCEPT_KEYS = ("id", "name", "section", "weight", "country", "followed")
_FORM_KEYS = ("concept", "what", "any", *LANGUAGES, "exact", "supported", "from", "to")


def load_watchlist(folder: Path) -> WatchList:
    """Read every ``*.yaml`` of a folder, in the order of their names. Raises ConfigurationError with all problems."""
    book = Book(folder.parent)
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        book.note(folder, None, "(the folder)", "without a .yaml file", "at least one watch-list file")
    tables = [book.open(path, ("concepts", "forms", "nothing")) for path in files]
    concepts: dict[str, Concept] = {}
    forms: list[Form] = []
    for table in tables:
        for entry in table.tables("concepts", _CONCEPT_KEYS):
            forms += _concept(entry, concepts)
    for table in tables:
        for entry in table.tables("forms", _FORM_KEYS):
            forms += _forms(entry, concepts)
        forms += [Form(words, None) for many in table.all("nothing", expanded) for words in many]
    book.settle()
    return WatchList(tuple(concepts.values()), tuple(dict.fromkeys(forms)))


def _concept(entry: Table, concepts: dict[str, Concept]) -> Iterator[Form]:
    """Note a definition; yield the country's own names where it asks for them."""
    named = entry.need("id", concept_id, "topic:unreadable")
    if named in concepts:
        entry.refuse("id", "a concept that is not defined yet")
    concepts[named] = Concept(
        id=named,
        kind=TermKind(named.partition(":")[0]),
        name=entry.need("name", text, "?"),
        section=entry.take("section", slug, None),
        weight=entry.take("weight", number(0, 2), 1.0),
        followed=entry.take("followed", flag, False),
    )
    country = entry.take("country", country_code, None)
    if country is not None:
        yield from _country_names(named, country)


def _country_names(concept: str, country: str) -> Iterator[Form]:
    """A country's name in the four languages from CLDR, with its capitals (pt ``peru`` is a turkey, es ``china`` an adjective)."""
    for language in LANGUAGES:
        yield Form(str(Locale(language).territories[country]), concept, frozenset({language}), exact=True)


def _forms(entry: Table, concepts: dict[str, Concept]) -> Iterator[Form]:
    named = entry.need("concept", concept_id, "topic:unreadable")
    if named not in concepts and entry.has("concept"):
        entry.refuse("concept", "a concept that some file of this folder defines")
    entry.take("what", text, None)
    exact, supported = entry.take("exact", flag, False), entry.take("supported", flag, False)
    first, last = entry.take("from", day, None), entry.take("to", day, None)
    if first is not None and last is not None and last < first:
        entry.refuse("to", "a day not before the one in 'from'")
    empty = True
    for language in ("any", *LANGUAGES):
        spoken = frozenset() if language == "any" else frozenset({language})
        for many in entry.all(language, expanded):
            empty = False
            yield from (Form(words, named, spoken, exact, supported, first, last) for words in many)
    if empty:
        entry.refuse("any", "words in at least one of any, " + ", ".join(LANGUAGES))


def concept_id(value: Scalar) -> str:
    """``actor:RU``, ``place:VE``, ``topic:arms``."""
    if not isinstance(value, str) or not _CONCEPT.fullmatch(value):
        raise Refused("actor:, place: or topic: and a short name, such as actor:RU")
    return value


def country_code(value: Scalar) -> str:
    """An ISO 3166-1 alpha-2 code that CLDR names."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value) or value not in Locale("en").territories:
        raise Refused("a country's two-letter code, such as VE")
    return value


def expanded(value: Scalar) -> tuple[str, ...]:
    """The words with their alternatives written out.

    >>> expanded("rus(o|a)")
    ('ruso', 'rusa')
    """
    written = text(value)
    parts = _ALTERNATIVES.split(written)
    if any(sign in part for part in parts[::2] for sign in "()|"):
        raise Refused("alternatives in one pair of brackets, such as rus(o|a|os|as)")
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    words = tuple("".join(chosen).strip() for chosen in product(*choices))
    if len(words) > MOST_ALTERNATIVES:
        raise Refused(f"at most {MOST_ALTERNATIVES} alternatives")
    if not all(words_of(each) for each in words):
        raise Refused("words with at least a letter or digit")
    return words
