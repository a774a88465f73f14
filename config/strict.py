"""Strict YAML with line numbers: what an editor wrote is taken as written or refused with its place, all problems at once.

Scalars follow the YAML 1.2 core schema, so that ``NO`` (Norway) and ``2020-11-22`` stay text. Aliases, anchors, tags, several
documents and duplicate keys are refused; size, depth and number of nodes are bounded, because a file may come from strangers.

Reading goes in three steps::

    book = Book()
    table = book.open(path, ("name", "country", "sources"))        # unknown keys are noted at once
    name = table.need("name", text, "")                            # the fallback stands in only after a noted problem
    country = table.take("country", one_of(COUNTRIES), None)       # may be absent
    for source in table.tables("sources", ("url", "grade")): ...
    book.settle()                                                  # raises ConfigurationError with every problem
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml

from newsdesk.addresses import host_of
from newsdesk.errors import BadAddress, ConfigurationError, Problem

LARGEST_BYTES = 2 * 1024 * 1024
DEEPEST = 16
MOST_NODES = 200_000
MOST_PROBLEMS = 100  # of form, in one file; nobody reads more at once
LONGEST_TEXT = 20_000
WHOLE_FILE = "(the file)"

Scalar: TypeAlias = str | int | float | bool | None
T = TypeVar("T")
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)

_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_SPECIAL: Mapping[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_NUMBER = 32
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the 1-based line on which it (as a mapping's value: its key) begins."""

    line: int
    value: Scalar | tuple[Node, ...] | dict[str, Node]


class Refused(ValueError):
    """A converter's way to say that a value will not do; the message says what was expected."""


Converter: TypeAlias = Callable[[Scalar], T]


def resolve(plain: str) -> Scalar:
    """What an unquoted scalar means in the YAML 1.2 core schema. Numbers longer than any setting stay text, so that none costs."""
    if plain in _SPECIAL:
        return _SPECIAL[plain]
    if len(plain) > _LONGEST_NUMBER:
        return plain
    if _INT.fullmatch(plain):
        return int(plain, 0) if plain.startswith(("0o", "0x")) else int(plain)
    if _FLOAT.fullmatch(plain):
        return float(plain)
    if infinite := _INFINITE.fullmatch(plain):
        return float(f"{infinite[1]}inf")
    return math.nan if plain in (".nan", ".NaN", ".NAN") else plain


@dataclass
class _Open:
    """A collection that is being composed; ``key`` waits for its value."""

    line: int
    items: list[Node] | None
    pairs: dict[str, Node] | None
    path: str
    key: tuple[str, int] | None = None
    doubled: bool = False

    def place(self) -> str:
        if self.pairs is None:
            return f"{self.path}[{len(self.items or ())}]"
        name = self.key[0] if self.key else "(key)"
        return f"{self.path}.{name}" if self.path else name


class _Composer:
    """Builds nodes from libyaml's events, without recursion, noting what is refused."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.nodes = 0

    def note(self, line: int, key: str, value: str, expected: str) -> None:
        self.problems.append(Problem(self.file, line, key or WHOLE_FILE, value, expected))

    def place(self) -> str:
        return self.stack[-1].place() if self.stack else ""

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when the file must not be read further."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            self.note(line, self.place(), "an alias (*)", "the value itself; aliases are not read")
            return self.add(Node(line, None))
        if isinstance(event, yaml.ScalarEvent):
            self.plain(event, line)
            plain = not event.style and event.implicit[0]
            key = self.stack and self.stack[-1].pairs is not None and self.stack[-1].key is None
            return self.add(Node(line, resolve(event.value) if plain and not key else event.value))
        if isinstance(event, yaml.CollectionStartEvent):
            self.plain(event, line)
            return self.begin(event, line)
        if isinstance(event, yaml.CollectionEndEvent):
            return self.end()
        return self.between(event, line)

    def plain(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        """Note anchors and tags: they are never needed here, and they are how YAML is made to cost or to run code."""
        if event.anchor is not None:
            self.note(line, self.place(), "an anchor (&)", "the value without an anchor")
        if event.tag is not None:
            self.note(line, self.place(), "a tag (!)", "the value without a tag")

    def begin(self, event: yaml.CollectionStartEvent, line: int) -> bool:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.pairs is not None and top.key is None:
            self.note(line, top.path, "a list or a mapping as a key", "a word as a key")
            return False
        if len(self.stack) >= DEEPEST:
            self.note(line, "", f"nested more than {DEEPEST} deep", "a flat file")
            return False
        path = self.place()
        if isinstance(event, yaml.MappingStartEvent):
            self.stack.append(_Open(line, None, {}, path))
        else:
            self.stack.append(_Open(line, [], None, path))
        return True

    def end(self) -> bool:
        closed = self.stack.pop()
        value = closed.pairs if closed.pairs is not None else tuple(closed.items or ())
        return self.add(Node(closed.line, value))

    def between(self, event: yaml.Event, line: int) -> bool:
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.note(line, "", "followed by a second document (---)", "one document in a file")
            return False
        return True

    def add(self, node: Node) -> bool:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.note(node.line, "", f"over {MOST_NODES} values", "a smaller file")
            return False
        if not self.stack:
            self.root = node
            return True
        top = self.stack[-1]
        if top.items is not None:
            top.items.append(node)
        elif top.pairs is not None:
            self.pair(top, top.pairs, node)
        return True

    def pair(self, top: _Open, pairs: dict[str, Node], node: Node) -> None:
        if top.key is None:
            top.key = (str(node.value), node.line)
            top.doubled = top.key[0] in pairs
            if top.doubled:
                first = pairs[top.key[0]].line
                self.note(node.line, top.place(), "given twice", f"it once (first on line {first})")
            return
        if not top.doubled:
            pairs[top.key[0]] = Node(top.key[1], node.value)
        top.key = None


def parse_yaml(content: bytes, file: str) -> tuple[Node | None, Sequence[Problem]]:
    """Compose one document from bytes; ``file`` only names it. None where nothing could be read (then there are problems)."""
    if len(content) > LARGEST_BYTES:
        return None, (Problem(file, None, WHOLE_FILE, f"{len(content)} bytes", f"at most {LARGEST_BYTES} bytes"),)
    try:
        characters = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, (Problem(file, line, WHOLE_FILE, "not UTF-8", "a text file in UTF-8"),)
    composer = _Composer(file)
    try:
        for event in yaml.parse(characters, Loader=yaml.CLoader):
            if not composer.take(event) or len(composer.problems) >= MOST_PROBLEMS:
                return None, tuple(composer.problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        composer.note(mark.line + 1 if mark else 1, "", f"not YAML ({error.problem or error.context})", "valid YAML")
        return None, tuple(composer.problems)
    except yaml.reader.ReaderError as error:
        line = characters.count("\n", 0, error.position) + 1
        composer.note(line, "", f"holding a character that YAML forbids (U+{_code_point(error.character):04X})", "plain text")
        return None, tuple(composer.problems)
    return composer.root, tuple(composer.problems)


def _code_point(character: object) -> int:
    """PyYAML hands out the character as text or as a number, by which of its readers met it."""
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")


def read_yaml(path: Path) -> Node:
    """The document in a file. Raises ConfigurationError with every problem of its form."""
    book = Book()
    node = book.node(path)
    book.settle()
    return node if node is not None else Node(1, None)


def shown(value: object) -> str:
    """A value for a message: as YAML would write it, cut at 80 characters."""
    if isinstance(value, tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a mapping of {len(value)} keys" if value else "an empty mapping"
    if value is None:
        return "empty"
    written = str(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 80 else written[:77] + "..."


class Book:
    """What is read from several files together, and everything that is wrong with them."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def name_of(self, path: Path) -> str:
        """How messages name a file: relative to the book's root where it lies below it."""
        if self.root is not None and path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return str(path)

    def node(self, path: Path) -> Node | None:
        """A file's document, or None (its problems are noted)."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_BYTES + 1)
        except OSError as error:
            self.note(path, None, WHOLE_FILE, f"unreadable ({error.strerror})", "a file that can be read")
            return None
        return self._parse(path, content)

    def _parse(self, path: Path, content: bytes) -> Node | None:
        node, problems = parse_yaml(content, self.name_of(path))
        self.problems.extend(problems)
        return node

    def open(self, path: Path, keys: Collection[str] | None, content: bytes | None = None) -> Table:
        """A file whose document is a mapping with (at most) these keys; None allows any (see ``Table.names``).

        With ``content`` the file is not read: it is what the file would hold.
        """
        before = len(self.problems)
        node = self.node(path) if content is None else self._parse(path, content)
        broken = node is None and len(self.problems) > before
        return Table.over(self, self.name_of(path), "", Node(1, {}) if node is None else node, keys, void=broken)

    def note(self, path: Path, line: int | None, key: str, value: str, expected: str) -> None:
        self.problems.append(Problem(self.name_of(path), line, key, value, expected))

    def settle(self) -> None:
        """Raise ConfigurationError with all problems, in the order of files and lines, unless there are none."""
        if self.problems:
            raise ConfigurationError(sorted(self.problems, key=lambda p: (p.file, p.line or 0)))


@dataclass(frozen=True)
class Table:
    """A mapping that is being read. ``void``: it could not be had and that is noted, so missing keys are not noted again."""

    book: Book
    file: str
    path: str
    line: int
    pairs: Mapping[str, Node] = field(default_factory=dict)
    void: bool = False

    @classmethod
    def over(cls, book: Book, file: str, path: str, node: Node, keys: Collection[str] | None, void: bool = False) -> Table:
        """Note what is not a mapping, and unknown keys with the nearest known one; ``keys`` None allows any."""
        if not isinstance(node.value, dict):
            said = shown(node.value) if path or isinstance(node.value, tuple) else "a single value"  # which may be a secret
            book.problems.append(Problem(file, node.line, path or WHOLE_FILE, said, "a mapping (key: value)"))
            return cls(book, file, path, node.line, void=True)
        table = cls(book, file, path, node.line, node.value, void)
        for key in () if keys is None else node.value.keys() - set(keys):
            near = difflib.get_close_matches(key, keys or (), 1, 0.6)
            known = f"{near[0]} (did you mean that?)" if near else "one of " + ", ".join(sorted(keys or ()))
            table.refuse(key, known, "an unknown key")
        return table

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return key in self.pairs

    def is_empty(self, key: str) -> bool:
        """Whether a key is absent, or holds nothing or an empty list."""
        return not self.has(key) or self.pairs[key].value in (None, ())

    def names(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(self.pairs)

    def line_of(self, key: str) -> int:
        return self.pairs[key].line if key in self.pairs else self.line

    def refuse(self, key: str, expected: str, value: str | None = None, index: int | None = None) -> None:
        """Note a problem at a key (and an item of its list); ``value`` is what is shown instead of the value itself."""
        node = self.pairs.get(key)
        place = self.at(key)
        if index is not None and node is not None and isinstance(node.value, tuple) and index < len(node.value):
            node, place = node.value[index], f"{place}[{index}]"
        line = self.line if node is None else node.line
        said = value if value is not None else "missing" if node is None else shown(node.value)
        self.book.problems.append(Problem(self.file, line, place, said, expected))

    def _convert(self, place: str, node: Node, convert: Converter[T], fallback: D, hide: bool) -> T | D:
        try:
            if isinstance(node.value, tuple | dict):
                raise Refused("a single value")
            return convert(node.value)
        except Refused as refused:
            value = "not usable (its value is kept secret)" if hide else shown(node.value)
            self.book.problems.append(Problem(self.file, node.line, place, value, str(refused)))
            return fallback

    def need(self, key: str, convert: Converter[T], fallback: T, *, hide: bool = False) -> T:
        """A value that must be there; ``fallback`` stands in after a noted problem; ``hide`` keeps it out of messages."""
        node = self.pairs.get(key)
        if node is None:
            if not self.void:
                self.refuse(key, "it to be given")
            return fallback
        return self._convert(self.at(key), node, convert, fallback, hide)

    def take(self, key: str, convert: Converter[T], default: D, *, hide: bool = False) -> T | D:
        """A value that may be absent or empty."""
        node = self.pairs.get(key)
        if node is None or node.value is None:
            return default
        return self._convert(self.at(key), node, convert, default, hide)

    def all(self, key: str, convert: Converter[T], *, least: int = 0) -> tuple[T, ...]:
        """A list of single values, at least ``least``; absent or empty is an empty list. Items refused are left out."""
        nodes = self._items(key)
        if len(nodes) < least and not self.void and not (self.has(key) and not isinstance(self.pairs[key].value, tuple)):
            self.refuse(key, f"a list of at least {least}")
        values: list[T] = []
        for index, node in enumerate(nodes):
            kept = self._convert(f"{self.at(key)}[{index}]", node, convert, None, False)
            if kept is not None:
                values.append(kept)
        return tuple(values)

    def table(self, key: str, keys: Collection[str] | None) -> Table:
        """A mapping below a key; absent is an empty one whose needed keys are noted as missing."""
        node = self.pairs.get(key)
        if node is None or node.value is None:
            return Table(self.book, self.file, self.at(key), self.line_of(key), {}, self.void)
        return Table.over(self.book, self.file, self.at(key), node, keys)

    def tables(self, key: str, keys: Collection[str]) -> tuple[Table, ...]:
        """A list of mappings; absent or empty is an empty list."""
        return tuple(
            Table.over(self.book, self.file, f"{self.at(key)}[{index}]", node, keys) for index, node in enumerate(self._items(key))
        )

    def _items(self, key: str) -> tuple[Node, ...]:
        node = self.pairs.get(key)
        if node is None or node.value is None:
            return ()
        if not isinstance(node.value, tuple):
            self.refuse(key, "a list (- item)")
            return ()
        return node.value


def text(value: Scalar) -> str:
    """One line of at least one character, without control characters, blanks trimmed."""
    line = prose(value)
    if "\n" in line or "\t" in line:
        raise Refused("a text on one line")
    return line


def prose(value: Scalar) -> str:
    """A text of one or more lines, without other control characters, blanks trimmed at its ends."""
    if not isinstance(value, str):
        raise Refused("a text" if value is None else "a text (put it in quotes)")
    trimmed = value.strip()
    if not trimmed:
        raise Refused("a text that is not empty")
    if len(trimmed) > LONGEST_TEXT:
        raise Refused(f"a text of at most {LONGEST_TEXT} characters")
    if _CONTROL.search(trimmed.replace("\n", "").replace("\t", "")):
        raise Refused("a text without control characters")
    return trimmed


def slug(value: Scalar) -> str:
    """A name made of a-z, 0-9, _ and -, at most 64 characters."""
    if not isinstance(value, str) or not _SLUG.fullmatch(value) or len(value) > 64:
        raise Refused("a short name of a-z, 0-9, _ and - (in quotes when it is a number)")
    return value


def flag(value: Scalar) -> bool:
    if not isinstance(value, bool):
        raise Refused("true or false")
    return value


def day(value: Scalar) -> date:
    """An ISO 8601 calendar day."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Refused("a day that exists, as YYYY-MM-DD") from None
    raise Refused("a day as YYYY-MM-DD")


def whole(low: int, high: int) -> Converter[int]:
    """A whole number within bounds, both inclusive."""

    def convert(value: Scalar) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Refused(f"a whole number from {low} to {high}")
        return value

    return convert


def number(low: float, high: float) -> Converter[float]:
    """A finite number within bounds, both inclusive."""

    def convert(value: Scalar) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise Refused(f"a number from {low:g} to {high:g}")
        return float(value)

    return convert


def member(kind: type[E]) -> Converter[E]:
    """A value of an enumeration, in its own spelling."""

    def convert(value: Scalar) -> E:
        try:
            return kind(str(value))
        except ValueError:
            raise Refused(_choices(value, [each.value for each in kind])) from None

    return convert


def one_of(words: Collection[str], what: str | None = None) -> Converter[str]:
    """One of some words; ``what`` names the set in the message where listing it would be too long."""

    def convert(value: Scalar) -> str:
        if not isinstance(value, str) or value not in words:
            raise Refused(what or _choices(value, words))
        return value

    return convert


def _choices(value: Scalar, words: Collection[str]) -> str:
    near = difflib.get_close_matches(str(value), words, 1, 0.6)
    return ("one of " + ", ".join(sorted(words))) + (f" (did you mean {near[0]}?)" if near else "")


def web_address(value: Scalar) -> str:
    """An absolute http or https address, as written."""
    written = text(value)
    try:
        host = host_of(written)
    except BadAddress:
        raise Refused("an http or https address") from None
    if any(mark in written for mark in ' <>"{}|\\^`'):
        raise Refused("an address without blanks or brackets (percent-encode them)")
    if "@" in written.partition("//")[2].partition("/")[0]:
        raise Refused("an address without a user name or password")
    if "." not in host and host != "localhost" and ":" not in host:
        raise Refused("an address with a full host name")
    return written


def domain(value: Scalar) -> str:
    """A host name in lower case (ASCII form), or an IPv4 address such as the demo's, optionally with ``:port``."""
    written = text(value)
    host, _, port = written.partition(":")
    if not (_HOST.fullmatch(host) or _IPV4.fullmatch(host)) or (":" in written and not _is_port(port)):
        raise Refused("a domain in lower case such as granma.cu, without http:// or a path")
    return written


def _is_port(port: str) -> bool:
    return port.isdecimal() and len(port) <= 5 and 0 < int(port) < 65536
