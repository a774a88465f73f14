"""The YAML reader: what is taken as written, what is refused with its line, and what strangers may not cost."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.strict import (
    DEEPEST,
    LARGEST_BYTES,
    Book,
    Converter,
    Node,
    Refused,
    day,
    domain,
    flag,
    member,
    number,
    one_of,
    parse_yaml,
    prose,
    read_yaml,
    resolve,
    shown,
    slug,
    text,
    web_address,
    whole,
)
from newsdesk.errors import ConfigurationError
from newsdesk.outlets import Grade


def plain(node: Node | None) -> object:
    """A node as ordinary Python values."""
    if node is None:
        return None
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(value) for value in node.value] if isinstance(node.value, tuple) else node.value


def parsed(content: str) -> object:
    node, problems = parse_yaml(content.encode(), "file.yaml")
    assert not problems, problems
    return plain(node)


def complaints(content: str | bytes) -> list[tuple[int | None, str, str]]:
    _, problems = parse_yaml(content if isinstance(content, bytes) else content.encode(), "file.yaml")
    return [(problem.line, problem.key, problem.value) for problem in problems]


def book_of(tmp_path: Path, content: str, keys: tuple[str, ...] = ("a", "b")) -> tuple[Book, object]:
    path = tmp_path / "file.yaml"
    path.write_text(content, encoding="utf-8")
    book = Book(tmp_path)
    return book, book.open(path, keys)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("2020-11-22", "2020-11-22"), ("12:30:00", "12:30:00"), ("1_000", "1_000"),
        ("~", None), ("", None), ("null", None), ("true", True), ("FALSE", False), ("10", 10), ("-3", -3), ("0o17", 15),
        ("0x1F", 31), ("010", 10), ("1.5", 1.5), ("1e3", 1000.0), (".inf", float("inf")), ("-.inf", float("-inf")), ("'10'", "10"),
        ('"true"', "true"), ("9" * 19, "9" * 19), ("14ymedio", "14ymedio"), ("1.2.3", "1.2.3"), ("<<", "<<"),
    ],
)  # fmt: skip
def test_scalars_follow_the_core_schema(written: str, meant: object) -> None:
    assert parsed(f"- {written}") == [meant]


def test_keys_are_always_text() -> None:
    assert parsed("1: a\ntrue: b\nNO: c") == {"1": "a", "true": "b", "NO": "c"}


def test_lines_are_those_of_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("# a remark\na:\n  - x\n\n  - y\nb:\n  c: 1\n", encoding="utf-8")
    value = read_yaml(path).value
    assert isinstance(value, dict)
    items, inner = value["a"].value, value["b"].value
    assert isinstance(items, tuple) and isinstance(inner, dict)
    assert [value["a"].line, items[0].line, items[1].line, value["b"].line, inner["c"].line] == [2, 3, 5, 6, 7]


@pytest.mark.parametrize(
    ("content", "line", "key", "value"),
    [
        ("a: 1\nb: 2\na: 3", 3, "a", "given twice"),
        ("a:\n  c: 1\n  c: 2", 3, "a.c", "given twice"),
        ("a: &x 1", 1, "a", "an anchor (&)"),
        ("a: 1\nb: *x", 2, "b", "an alias (*)"),
        ("a: !!python/object/apply:os.system [ls]", 1, "a", "a tag (!)"),
        ("a:\n  - !secret x", 2, "a[0]", "a tag (!)"),
        ("a: 1\n---\nb: 2", 2, "(the file)", "followed by a second document (---)"),
        ("? [a]\n: 1", 1, "(the file)", "a list or a mapping as a key"),
        ("a: [1", 2, "(the file)", "not YAML (did not find expected ',' or ']')"),
        ("a: 1\n\tb: 2", 2, "(the file)", "not YAML (found a tab character that violates indentation)"),
        ("a: 1\nb: \x07", 2, "(the file)", "holding a character that YAML forbids (U+0007)"),
        (b"a: 1\nb: \xff", 2, "(the file)", "not UTF-8"),
        (b"\xff\xfea\x00", 1, "(the file)", "not UTF-8"),
    ],
)
def test_refusals_name_line_key_and_value(content: str | bytes, line: int, key: str, value: str) -> None:
    assert complaints(content) == [(line, key, value)]


def test_every_problem_of_form_is_reported_and_what_is_secret_is_not_shown() -> None:
    found = complaints("a: &hush 1\nb: *hush\nb: 2\nc: !hush 3")
    assert [line for line, _, _ in found] == [1, 2, 3, 4]
    assert "hush" not in str(found)


def test_a_byte_order_mark_and_an_empty_file_are_fine() -> None:
    assert parsed("\ufeffa: 1") == {"a": 1}
    assert parse_yaml(b"# nothing\n", "f") == (None, ())


def hostile() -> dict[str, bytes]:
    laughs = b"a0: &a0 lol\n" + b"".join(b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 10)) for i in range(1, 12))
    return {
        "billion laughs": laughs,
        "nested lists": b"[" * 500_000,
        "nested mappings": b"{a: " * 200_000,
        "nested blocks": b"".join(b" " * i + b"a:\n" for i in range(1500)),
        "too large": b"a: " + b"x" * LARGEST_BYTES,
        "too many values": b"[" + b"1," * 900_000 + b"]",
        "many duplicates": b"a: 1\n" * 100_000,
        "long number": b"a: " + b"9" * 1_000_000,
        "merge keys": b"a: &a {x: 1}\nb: {<<: *a}\n",
        "long key": b"? " + b"k" * 100_000 + b"\n: 1\n",
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_files_cost_little_and_raise_nothing_else(name: str) -> None:
    started = time.process_time()
    node, problems = parse_yaml(hostile()[name], "file.yaml")
    assert time.process_time() - started < 3
    assert problems or name in ("long number", "long key")
    assert len(problems) <= 100
    if name == "long number":
        assert plain(node) == {"a": "9" * 1_000_000}


def test_the_deepest_nesting_is_exact() -> None:
    assert not complaints("[" * DEEPEST + "]" * DEEPEST)
    assert complaints("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == [(1, "(the file)", f"nested more than {DEEPEST} deep")]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff\ufeff")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_json_reads_as_itself(value: object) -> None:
    assert parsed(json.dumps(value, ensure_ascii=False)) == value


@given(st.binary(max_size=300) | st.text("ab:- \n#&*!|>'\"%@`{}[],?~0.", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_place(content: bytes) -> None:
    node, problems = parse_yaml(content, "file.yaml")
    lines = (
        content.replace(b"\r\n", b"\n").count(b"\n") + content.count(b"\r") + content.count(b"\xc2\x85") + content.count(b"\xe2\x80") + 1
    )
    assert all(problem.line is None or 1 <= problem.line <= lines + 1 for problem in problems)
    assert node is None or isinstance(node, Node)


@given(st.text("0123456789+-.eExoXabfnulTrytNI~", max_size=20))
def test_plain_words_never_fail(word: str) -> None:
    assert isinstance(resolve(word), str | int | float | bool | None)


CONVERTED: list[tuple[Converter[object], object, object]] = [
    (text, " a ", "a"),
    (prose, "a\nb", "a\nb"),
    (slug, "rt_en-2", "rt_en-2"),
    (flag, True, True),
    (day, "2024-02-29", date(2024, 2, 29)),
    (whole(1, 3), 3, 3),
    (number(0, 1), 1, 1.0),
    (member(Grade), "A", Grade.A),
    (one_of(("x", "y")), "x", "x"),
    (web_address, "https://www.granma.cu/feed?x=1", "https://www.granma.cu/feed?x=1"),
    (web_address, "http://localhost:8000/f", "http://localhost:8000/f"),
    (domain, "granma.cu", "granma.cu"),
    (domain, "xn--espaa-rta.example:8080", "xn--espaa-rta.example:8080"),
]


@pytest.mark.parametrize(("convert", "value", "meant"), CONVERTED)
def test_values_are_converted(convert: Converter[object], value: object, meant: object) -> None:
    assert convert(value) == meant  # type: ignore[arg-type]


REFUSED: list[tuple[Converter[object], object, str]] = [
    (text, 5, "in quotes"),
    (text, None, "a text"),
    (text, "  ", "not empty"),
    (text, "a\nb", "one line"),
    (text, "a\x85b", "control"),
    (text, "x" * 20_001, "at most"),
    (prose, "a\x00b", "control"),
    (slug, "RT", "a-z"),
    (slug, 14, "quotes"),
    (slug, "../x", "a-z"),
    (flag, "yes", "true or false"),
    (day, "2023-02-29", "exists"),
    (day, "22.11.2020", "YYYY-MM-DD"),
    (day, 2020, "YYYY-MM-DD"),
    (whole(1, 3), 4, "from 1 to 3"),
    (whole(0, 1), True, "whole number"),
    (whole(1, 3), 2.0, "whole number"),
    (number(0, 1), float("nan"), "from 0 to 1"),
    (number(0, 1), "1", "number"),
    (member(Grade), "E", "one of A, B, C, D, X"),
    (one_of(("feed", "page")), "fed", "did you mean feed"),
    (web_address, "ftp://a.example/x", "http"),
    (web_address, "granma.cu/feed", "http"),
    (web_address, "http://", "http"),
    (web_address, "https://a.example/{yyyy}", "brackets"),
    (web_address, "https://user:word@a.example/", "password"),
    (web_address, "https://granma/feed", "full host name"),
    (domain, "https://granma.cu", "without http"),
    (domain, "Granma.cu", "lower case"),
    (domain, "granma", "domain"),
    (domain, "granma.cu/x", "path"),
    (domain, "granma.cu:99999", "domain"),
    (domain, "-a.cu", "domain"),
]


@pytest.mark.parametrize(("convert", "value", "expected"), REFUSED)
def test_unusable_values_are_refused_saying_what_was_expected(convert: Converter[object], value: object, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        convert(value)  # type: ignore[arg-type]


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("wdith: 1\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("width: wide\nheight: [1]\n", encoding="utf-8")
    book = Book(tmp_path)
    for name in ("b.yaml", "a.yaml", "c.yaml"):
        table = book.open(tmp_path / name, ("width", "height", "names"))
        table.need("width", whole(1, 9), 1)
        table.take("height", whole(1, 9), None)
        table.all("names", text)
    with pytest.raises(ConfigurationError) as caught:
        book.settle()
    assert [str(problem) for problem in caught.value.problems] == [
        'a.yaml:1: width is "wide"; expected a whole number from 1 to 9',
        "a.yaml:2: height is a list of 1; expected a single value",
        "b.yaml:1: wdith is an unknown key; expected width (did you mean that?)",
        "b.yaml:1: width is missing; expected it to be given",
        "c.yaml: (the file) is unreadable (No such file or directory); expected a file that can be read",
    ]
    assert str(caught.value).startswith("5 problems in the configuration; mend and try again:\n  a.yaml:1: width")


def test_a_broken_file_is_one_problem_and_not_also_missing_keys(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [", encoding="utf-8")
    book = Book(tmp_path)
    table = book.open(tmp_path / "a.yaml", ("a",))
    assert table.need("a", text, "fallback") == "fallback"
    assert table.all("a", text, least=1) == ()
    assert len(book.problems) == 1


def test_lists_and_tables_name_the_item(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("names: [x, 5]\nparts:\n  - {id: one}\n  - nothing\n  - {ib: two}\n", encoding="utf-8")
    book = Book(tmp_path)
    table = book.open(tmp_path / "a.yaml", ("names", "parts"))
    assert table.all("names", text) == ("x",)
    assert [part.need("id", text, "?") for part in table.tables("parts", ("id",))] == ["one", "?", "?"]
    assert [(problem.line, problem.key) for problem in book.problems] == [
        (1, "names[1]"), (4, "parts[1]"), (5, "parts[2].ib"), (5, "parts[2].id"),
    ]  # fmt: skip


def test_a_hidden_value_does_not_reach_the_message(tmp_path: Path) -> None:
    book, table = book_of(tmp_path, "a: hunter2\n")
    table.take("a", whole(1, 2), None, hide=True)  # type: ignore[attr-defined]
    assert "hunter2" not in str(book.problems) and len(book.problems) == 1


def test_a_mapping_is_expected_and_long_values_are_cut(tmp_path: Path) -> None:
    book, _ = book_of(tmp_path, "- a\n- b\n")
    assert str(book.problems[0]) == "file.yaml:1: (the file) is a list of 2; expected a mapping (key: value)"
    assert len(shown("x" * 500)) == 80
