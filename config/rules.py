"""Outlets' own rules of reading, from ``config/reading/OUTLET.yaml``, read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from config.strict import Book, Refused, Scalar, Table, day, text
from newsdesk.outlets import Outlet
from newsdesk.rules import ReadingRule

READING_FOLDER = "config/reading"
RULE_KEYS = ("why", "valid_from", "valid_to", "title", "authors", "published", "body", "drop")
FIELDS = ("title", "authors", "published", "body", "drop")
LONGEST_SELECTOR = 300
MOST_SELECTORS = 10
MOST_RULES = 20


def selector(value: Scalar) -> str:
    """CSS, or XPath where it begins with ``/``, ``./`` or ``(``; at most 300 characters, and it must be readable."""
    written = text(value)
    if len(written) > LONGEST_SELECTOR:
        raise Refused(f"a selector of at most {LONGEST_SELECTOR} characters")
    try:
        etree.XPath(written if written.startswith(("/", "./", "(")) else HTMLTranslator().css_to_xpath(written))
    except (SelectorError, etree.XPathError) as error:
        raise Refused(f"a CSS selector such as div.story p, or an XPath such as //time/@datetime ({error})") from None
    return written


def read_rules(book: Book, folder: Path) -> Mapping[str, Sequence[ReadingRule]]:
    """The rules by outlet; a missing folder holds none. Problems are noted in the book."""
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return {path.stem: _read_file(book.open(path, ("rules",))) for path in files}


def with_rules(book: Book, folder: Path, outlets: Sequence[Outlet]) -> tuple[Outlet, ...]:
    """The outlets with their rules of reading. A file that names no outlet is noted as a problem."""
    rules = read_rules(book, folder)
    for name in sorted(rules.keys() - {outlet.id for outlet in outlets}):
        book.note(folder / f"{name}.yaml", None, "(the file's name)", name, "the id of an outlet in config/outlets")
    return tuple(replace(outlet, reading=rules[outlet.id]) if outlet.id in rules else outlet for outlet in outlets)


def _read_file(table: Table) -> tuple[ReadingRule, ...]:
    entries = table.tables("rules", RULE_KEYS)
    if not entries and not table.void:
        table.refuse("rules", "a list of at least one rule")
    if len(entries) > MOST_RULES:
        table.refuse("rules", f"at most {MOST_RULES} rules", f"{len(entries)} rules")
    return tuple(_read_rule(entry) for entry in entries[:MOST_RULES])


def _read_rule(entry: Table) -> ReadingRule:
    selectors = {name: entry.all(name, selector) for name in FIELDS}
    for name, many in selectors.items():
        if len(many) > MOST_SELECTORS:
            entry.refuse(name, f"at most {MOST_SELECTORS} selectors", f"{len(many)} selectors")
    if not any(selectors.values()) and not entry.void:
        entry.refuse("body", "selectors in at least one of " + ", ".join(FIELDS))
    rule = ReadingRule(
        why=entry.need("why", text, ""),
        valid_from=entry.take("valid_from", day, None),
        valid_to=entry.take("valid_to", day, None),
        **selectors,
    )
    if rule.valid_from is not None and rule.valid_to is not None and rule.valid_to < rule.valid_from:
        entry.refuse("valid_to", "a day not before the one in 'valid_from'")
    return rule
