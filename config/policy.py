"""The desk's rules and the monitor's sections, from policy.yaml and sections.yaml."""

from __future__ import annotations

from pathlib import Path

from config.outlets import controller
from config.strict import Book, Table, flag, member, number, prose, slug, text
from newsdesk.editions import Policy, Section
from newsdesk.outlets import Control

POLICY_FILE = "config/policy.yaml"
SECTIONS_FILE = "config/sections.yaml"
POLICY_KEYS = (
    "title", "state_share_limit", "labelled_controls", "labelled_states", "lead_in", "disclaimer", "candidate_threshold",
    "exploration_share",
)  # fmt: skip
SECTION_KEYS = ("id", "name", "parent", "narrative", "must_read")


def load_policy(home: Path) -> Policy:
    """The desk's rules. Raises ConfigurationError with all problems."""
    book = Book(home)
    policy = read_policy(book, home / POLICY_FILE)
    book.settle()
    return policy


def load_sections(home: Path) -> tuple[Section, ...]:
    """The sections in print order. Raises ConfigurationError with all problems."""
    book = Book(home)
    sections = read_sections(book, home / SECTIONS_FILE)
    book.settle()
    return sections


def read_policy(book: Book, path: Path) -> Policy:
    """The desk's rules of a file, with the problems noted in the book."""
    table = book.open(path, POLICY_KEYS)
    return Policy(
        state_share_limit=table.need("state_share_limit", number(0, 1), 0.0),
        labelled_controls=frozenset(control.value for control in table.all("labelled_controls", member(Control), least=1)),
        labelled_states=frozenset(table.all("labelled_states", controller, least=1)),
        lead_in=table.need("lead_in", text, ""),
        disclaimer=table.all("disclaimer", prose, least=1),
        candidate_threshold=table.need("candidate_threshold", number(0, 100), 0.0),
        title=table.take("title", text, Policy.title),
        exploration_share=table.take("exploration_share", number(0, 0.5), Policy.exploration_share),
    )


def read_sections(book: Book, path: Path) -> tuple[Section, ...]:
    """The sections of a file, with the problems noted in the book."""
    table = book.open(path, ("sections",))
    tables = table.tables("sections", SECTION_KEYS)
    if not tables and not table.void:
        table.refuse("sections", "at least one section")
    sections: list[Section] = []
    for each in tables:
        section = _read_section(each)
        _check_section(each, section, sections)
        sections.append(section)
    return tuple(sections)


def _read_section(table: Table) -> Section:
    return Section(
        id=table.need("id", slug, ""),
        name=table.need("name", text, ""),
        parent=table.take("parent", slug, None),
        narrative=table.take("narrative", flag, False),
        must_read=table.take("must_read", flag, False),
    )


def _check_section(table: Table, section: Section, before: list[Section]) -> None:
    known = {each.id: each for each in before}
    if section.id in known:
        table.refuse("id", "a name that no other section has")
    if section.parent is not None and section.parent not in known:
        table.refuse("parent", "the id of a section above it")
    elif section.parent is not None and known[section.parent].parent is not None:
        table.refuse("parent", "a section that has no parent itself; there are two levels")
    if section.must_read and section.narrative:
        table.refuse("narrative", "false, because must-reads have no narrative")
