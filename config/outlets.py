"""The registry: one hand-editable file per outlet, read strictly, written without touching what an editor wrote."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from cssselect import HTMLTranslator, SelectorError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from config.files import replace, write_new
from config.strict import (
    Book,
    Refused,
    Scalar,
    Table,
    day,
    domain,
    flag,
    member,
    one_of,
    prose,
    resolve,
    slug,
    text,
    web_address,
    whole,
)
from newsdesk.addresses import key as address_key
from newsdesk.control import HAS_NO_CONTROLLER, NEEDS_CONTROLLER, Kept
from newsdesk.errors import BadAddress, NotFound, WorkspaceError
from newsdesk.outlets import Control, ControlStatement, Evidence, Grade, Outlet, Selectors, Source, SourceKind

OUTLET_KEYS = (
    "id", "name", "names", "country", "languages", "domains", "time_zone", "control", "sources", "designations",
    "relays", "notes", "switched_off", "permission", "draft",
)  # fmt: skip
STATEMENT_KEYS = ("control", "controller", "basis", "evidence", "valid_from", "valid_to", "reviewed_by", "review_due_on")
EVIDENCE_KEYS = ("text", "seen_on")
SELECTOR_KEYS = ("links", "within", "next", "date")
SOURCE_KEYS = (
    "id",
    "kind",
    "url",
    "grade",
    "language",
    "evidence",
    "link_hosts",
    "switched_off",
    *SELECTOR_KEYS,
    "back_to",
    "poll_minutes",
)
LONGEST_SELECTOR = 500

POLL_MINUTES = (5, 7 * 24 * 60)  # the operator's word may leave the bounds of 15 minutes and a day

# Reasons in ``switched_off`` begin with one of these words where the program can act on them (see add_sources).
NO_SOURCE = "no source"
TERMS = "terms"

_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes as CLDR knows them."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=1)
def _codes_of_names() -> dict[str, str]:
    """The code of each country's name in the four languages, without case: taken for a group's name, it would be no state's media."""
    named = ((str(code), str(name)) for language in ("en", "es", "pt", "fr") for code, name in Locale(language).territories.items())
    return {name.casefold(): code for code, name in named if code in _countries()}


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """ISO 639-1 codes as CLDR knows them."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def country(value: Scalar) -> str:
    return one_of(_countries(), "an ISO 3166 country code in capitals, such as VE")(value)


def language(value: Scalar) -> str:
    return one_of(language_codes(), "an ISO 639-1 language code in small letters, such as es")(value)


def controller(value: Scalar) -> str:
    """A country's code, or an armed group's name (never two letters, never a country's, and beginning with a capital)."""
    written = text(value)
    code = _codes_of_names().get(written.casefold())
    if code is not None:
        raise Refused(f"the country's code, {code}")
    if written in _countries() or (len(written) > 2 and written[0].isupper()):
        return written
    raise Refused("an ISO 3166 country code in capitals, or an armed group's name")


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return "/" in name


def time_zone(value: Scalar) -> str:
    written = text(value)
    if not _is_zone(written):
        raise Refused("an IANA time zone such as America/Caracas")
    return written


def selector(value: Scalar) -> str:
    """A CSS selector that can be read, of at most 500 characters."""
    written = text(value)
    try:
        HTMLTranslator().css_to_xpath(written)
    except SelectorError as error:
        raise Refused(f"a CSS selector such as main article h2 a ({error})") from None
    if len(written) > LONGEST_SELECTOR:
        raise Refused(f"a CSS selector of at most {LONGEST_SELECTOR} characters")
    return written


@dataclass(frozen=True)
class _Filed:
    """An outlet and the tables it was read from, so that checks over several files can name the line."""

    outlet: Outlet
    table: Table
    sources: Sequence[Table]


def load_outlets(folder: Path) -> tuple[Outlet, ...]:
    """Every outlet of a folder, by id. Raises ConfigurationError with all problems of all files."""
    book = Book(folder.parent)
    outlets = read_outlets(book, folder)
    book.settle()
    return outlets


def read_outlets(book: Book, folder: Path) -> tuple[Outlet, ...]:
    """Every outlet of a folder; problems are noted in the book."""
    if not folder.is_dir():
        book.note(folder, None, "(the folder)", "missing", "a folder with one file per outlet")
        return ()
    for path in sorted(folder.glob("*.yml")):
        book.note(path, None, "(the file)", "named .yml and would be passed over", f"the name {path.stem}.yaml")
    filed = [_read_file(book, path) for path in _files(folder)]
    _check_together(filed)
    return tuple(sorted((each.outlet for each in filed), key=lambda outlet: outlet.id))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def _check_together(filed: Sequence[_Filed]) -> None:
    _check_domains(filed)
    _check_addresses(filed)


def _read_file(book: Book, path: Path, content: bytes | None = None) -> _Filed:
    table = book.open(path, OUTLET_KEYS, content)
    outlet_id = table.need("id", slug, path.stem)
    if outlet_id != path.stem:
        table.refuse("id", f"{path.stem}, as the file is named")
    name = table.need("name", text, path.stem)
    tables = table.tables("sources", SOURCE_KEYS)
    outlet = Outlet(
        id=outlet_id,
        name=name,
        names=table.all("names", text) or (name,),
        country=table.take("country", country, None),
        languages=table.all("languages", language),
        domains=table.all("domains", domain),
        control=_read_control(table),
        sources=tuple(read_source(outlet_id, source) for source in tables),
        time_zone=table.take("time_zone", time_zone, None),
        designations=table.all("designations", text),
        relays=table.all("relays", text),
        notes=table.take("notes", prose, ""),
        switched_off=table.take("switched_off", text, None),
        permission=table.take("permission", text, None),
        draft=table.take("draft", flag, False),
    )
    _check_outlet(outlet, table, tables)
    return _Filed(outlet, table, tables)


def _read_control(table: Table) -> tuple[ControlStatement, ...]:
    tables = table.tables("control", STATEMENT_KEYS)
    statements = tuple(_read_statement(each) for each in tables)
    for (one, one_at), (other, other_at) in combinations(zip(statements, tables, strict=True), 2):
        if (one.control, one.controller) != (other.control, other.controller) and _overlap(one, other):
            at = f"{one.control} and {other.control} on the same days (the other statement is on line {one_at.line})"
            other_at.refuse("control", "statements that do not contradict each other; give valid_from and valid_to", at)
    return statements


def _overlap(one: ControlStatement, other: ControlStatement) -> bool:
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin <= min(one.valid_to or date.max, other.valid_to or date.max)


def _read_statement(table: Table) -> ControlStatement:
    control = table.need("control", member(Control), None)
    statement = ControlStatement(
        control=control or Control.UNKNOWN,
        controller=table.take("controller", controller, None),
        basis=table.need("basis", text, ""),
        evidence=tuple(
            Evidence(each.need("text", prose, ""), each.take("seen_on", day, None)) for each in table.tables("evidence", EVIDENCE_KEYS)
        ),
        valid_from=table.take("valid_from", day, None),
        valid_to=table.take("valid_to", day, None),
        reviewed_by=table.take("reviewed_by", text, None),
        review_due_on=table.take("review_due_on", day, None),
    )
    if control in NEEDS_CONTROLLER and not table.has("controller"):
        table.refuse("controller", f"the state or group that controls it, because control is {statement.control}")
    if control in HAS_NO_CONTROLLER and statement.controller is not None:
        table.refuse("controller", f"none, because control is {statement.control}")
    if statement.valid_from and statement.valid_to and statement.valid_from > statement.valid_to:
        table.refuse("valid_to", f"a day not before valid_from ({statement.valid_from})")
    return statement


def read_source(outlet_id: str, table: Table) -> Source:
    """A source as its table states it; problems are noted in the table's book."""
    source = Source(
        id=f"{outlet_id}/{table.need('id', slug, '')}",
        outlet_id=outlet_id,
        kind=table.need("kind", member(SourceKind), SourceKind.FEED),
        url=table.need("url", web_address, ""),
        grade=table.need("grade", member(Grade), Grade.D),
        language=table.take("language", language, None),
        evidence=table.all("evidence", prose),
        link_hosts=table.all("link_hosts", domain),
        switched_off=table.take("switched_off", text, None),
        selectors=_read_selectors(table),
        back_to=table.take("back_to", day, None),
        poll_minutes=table.take("poll_minutes", whole(*POLL_MINUTES), None),
    )
    if source.selectors is not None and source.kind is not SourceKind.SECTION_PAGE:
        named = next(name for name in SELECTOR_KEYS if table.has(name))
        table.refuse(named, f"no selectors, because the source is a {source.kind}; only a section_page has them")
    if source.back_to is not None and source.kind is SourceKind.NEWS_SITEMAP:
        table.refuse("back_to", "nothing, because a news sitemap has no older pages; give it to a feed or section_page")
    if source.grade is Grade.X and not table.has("switched_off"):
        table.refuse("switched_off", "a reason, because the source has grade X (reported dead or blocked)")
    return source


def _read_selectors(table: Table) -> Selectors | None:
    read = Selectors(**{name: table.take(name, selector, None) for name in SELECTOR_KEYS})
    return None if read == Selectors() else read


def _check_outlet(outlet: Outlet, table: Table, tables: Sequence[Table]) -> None:
    """What cannot be within one file."""
    for name in ("names", "languages", "domains"):
        values: Sequence[str] = getattr(outlet, name)
        for repeated in sorted({value for value in values if values.count(value) > 1}):
            table.refuse(name, "each one once", f"holding {repeated} twice")
    seen: set[str] = set()
    for source, at in zip(outlet.sources, tables, strict=True):
        if source.id in seen:
            at.refuse("id", "a name that no other source of this outlet has")
        seen.add(source.id)
    collected = any(source.switched_off is None for source in outlet.sources)
    if outlet.switched_off is None and not collected and not table.void:
        table.refuse("switched_off", f'a source that is not switched off, or a reason such as "{NO_SOURCE}: none was found"')
    if outlet.permission is not None and (outlet.switched_off or "").startswith(TERMS):
        table.refuse("switched_off", "nothing, because permission is given; take one of the two out")
    hosts_given = all(source.link_hosts for source in outlet.sources if source.switched_off is None)
    if collected and table.is_empty("domains") and not hosts_given:
        table.refuse("domains", "at least one domain, or link_hosts at every source, so that its links can be told from others'")


def _check_domains(filed: Iterable[_Filed]) -> None:
    """A domain belongs to one outlet, except that editions of one house in different languages may share it.

    (Anadolu publishes in Spanish and English below aa.com.tr.)
    """
    first: dict[str, _Filed] = {}
    for each in filed:
        for index, name in enumerate(each.outlet.domains):
            other = first.setdefault(name, each)
            if other is not each and not _one_house(other.outlet, each.outlet):
                expected = f"a domain that {other.outlet.id} does not have (or the same control and other languages)"
                each.table.refuse("domains", expected, index=index)


def _one_house(one: Outlet, other: Outlet) -> bool:
    voices = [{(s.control, s.controller) for s in outlet.control} for outlet in (one, other)]
    return voices[0] == voices[1] and not set(one.languages) & set(other.languages)


def _check_addresses(filed: Iterable[_Filed]) -> None:
    first: dict[str, str] = {}
    for each in filed:
        for source, at in zip(each.outlet.sources, each.sources, strict=True):
            identity = _identity(source.url)
            if identity is None:
                continue
            other = first.setdefault(identity, source.id)
            if other != source.id:
                at.refuse("url", f"an address that {other} does not have")


def _identity(url: str) -> str | None:
    try:
        return address_key(url)
    except BadAddress:
        return None  # noted already when it was read


# Writing


def write_draft(folder: Path, outlet: Outlet) -> Path:
    """Write an outlet's file, whole or not at all, never over another. Raises WorkspaceError when it is there already,
    and ConfigurationError when the outlet would be refused when read, alone or beside the folder's other outlets."""
    path = folder / f"{outlet.id}.yaml"
    content = render_outlet(outlet).encode()
    _read_alone(path, content)
    _refuse_clashes(path, content)
    folder.mkdir(parents=True, exist_ok=True)
    if not write_new(path, content):
        raise WorkspaceError(f"{path} is there already; edit it, or add sources to it")
    return path


def add_sources(folder: Path, outlet_id: str, sources: Sequence[Source], permission: str | None) -> Outlet:
    """Add sources to an outlet's file, keeping the editor's comments and order; returns the outlet as it now reads.

    A source whose address is there already is brought up to date instead. ``switched_off`` is taken out when its reason
    was the lack of a source, and, with ``permission`` (who allowed it and on which day), when it was the terms: then the
    permission is written down. Raises NotFound, and ConfigurationError when the file is or would be refused, or
    when an address is already another outlet's.
    """
    path = folder / f"{outlet_id}.yaml"
    if not path.is_file():
        raise NotFound(f"no outlet {outlet_id}: there is no file {path}")
    before = path.read_bytes()
    _read_alone(path, before)
    editor = _editor()
    document = editor.load(before.decode("utf-8-sig"))
    _put_sources(document, sources)
    _switch_on(document, sources, permission)
    written = StringIO()
    editor.dump(document, written)
    content = written.getvalue().encode()
    outlet = _read_alone(path, content)
    _refuse_clashes(path, content)
    replace(path, content)
    return outlet


def read_outlet(folder: Path, outlet_id: str) -> Outlet:
    """One outlet as its file states it now. Raises NotFound, ConfigurationError."""
    path = folder / f"{outlet_id}.yaml"
    if not path.is_file():
        raise NotFound(f"no outlet {outlet_id}: there is no file {path}")
    return _read_alone(path, path.read_bytes())


def correct_control(folder: Path, outlet_id: str, kept: Sequence[Kept]) -> Outlet:
    """Put these statements of control into an outlet's file, keeping what an editor wrote of those that stay; returns the
    outlet as it now reads. Raises NotFound, and ConfigurationError when the file is or would be refused."""
    read_outlet(folder, outlet_id)
    path = folder / f"{outlet_id}.yaml"
    editor = _editor()
    document = editor.load(path.read_bytes().decode("utf-8-sig"))
    _put_control(document, kept)
    written = StringIO()
    editor.dump(document, written)
    content = written.getvalue().encode()
    outlet = _read_alone(path, content)
    replace(path, content)
    return outlet


def _put_control(document: CommentedMap, kept: Sequence[Kept]) -> None:
    there = list(document.get("control") or ())
    used: set[int] = set()
    items = []
    for each in kept:
        old = there[each.came_from] if each.came_from is not None and each.came_from not in used else None
        used |= set() if each.came_from is None else {each.came_from}
        items.append(_statement_map(each.statement) if old is None else _redated(old, each.statement))
    if isinstance(document.get("control"), CommentedSeq):
        document["control"][:] = items
    else:
        place = list(document).index("sources") if "sources" in document else len(document)
        document.insert(place, "control", CommentedSeq(items))


def _redated(item: CommentedMap, statement: ControlStatement) -> CommentedMap:
    for name in ("valid_from", "valid_to"):
        value = getattr(statement, name)
        if value is None:
            item.pop(name, None)
        else:
            item[name] = value
    return item


def _statement_map(statement: ControlStatement) -> CommentedMap:
    item = CommentedMap(control=statement.control.value)
    for name in ("controller", "valid_from", "valid_to", "basis"):
        if getattr(statement, name) is not None:
            item[name] = getattr(statement, name)
    if statement.evidence:
        item["evidence"] = CommentedSeq(
            CommentedMap(text=each.text) if each.seen_on is None else CommentedMap(text=each.text, seen_on=each.seen_on)
            for each in statement.evidence
        )
    for name in ("reviewed_by", "review_due_on"):
        if getattr(statement, name) is not None:
            item[name] = getattr(statement, name)
    return item


def _editor() -> YAML:
    """The one place that edits a file: ruamel.yaml keeps comments, order and quotes."""
    editor = YAML(typ="rt")
    editor.preserve_quotes = True
    editor.width = 4096
    editor.allow_unicode = True
    editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def _put_sources(document: CommentedMap, sources: Sequence[Source]) -> None:
    if not isinstance(document.get("sources"), CommentedSeq):
        document["sources"] = CommentedSeq()
    there: CommentedSeq = document["sources"]
    if there.fa.flow_style() and not there:  # ``sources: []`` would stay in brackets
        there.fa.set_block_style()
    known = {_identity(str(item.get("url", ""))): item for item in there if isinstance(item, CommentedMap)}
    names = {str(item.get("id")) for item in known.values()}
    for source in sources:
        item = known.get(_identity(source.url))
        if item is None:
            short = _free_name(source.id.rpartition("/")[2], names)
            names.add(short)
            item = CommentedMap(id=short)
            there.append(item)
        _update(item, source)


def _free_name(wanted: str, taken: set[str]) -> str:
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if name not in taken)


def _update(item: CommentedMap, source: Source) -> None:
    item["kind"] = source.kind.value
    item["url"] = source.url
    item["grade"] = source.grade.value
    if source.language is not None:
        item["language"] = source.language
    for name, values in (("evidence", source.evidence), ("link_hosts", source.link_hosts)):
        if new := [value for value in values if value not in (item.get(name) or ())]:
            item[name] = [*(item.get(name) or ()), *new]
    if source.switched_off is not None:
        item["switched_off"] = source.switched_off
    else:
        item.pop("switched_off", None)


def _switch_on(document: CommentedMap, sources: Sequence[Source], permission: str | None) -> None:
    reason = str(document.get("switched_off") or "")
    usable = any(source.switched_off is None for source in sources)
    if reason.startswith(NO_SOURCE) and usable:
        document.pop("switched_off")
    elif reason.startswith(TERMS) and permission is not None:
        document.pop("switched_off")
        document["permission"] = f"{permission} (before: {reason})"


def _read_alone(path: Path, content: bytes) -> Outlet:
    """An outlet from what its file holds or would hold. Raises ConfigurationError."""
    book = Book(path.parent.parent)
    filed = _read_file(book, path, content)
    book.settle()
    return filed.outlet


def _refuse_clashes(path: Path, content: bytes) -> None:
    """Raise ConfigurationError where a file's new content takes a domain or an address that another outlet has.

    What is wrong among the other files already is not said here; loading them says it.
    """
    book = Book(path.parent.parent)
    others = [_read_file(book, each) for each in _files(path.parent) if each != path]
    book.problems.clear()
    _check_together(others)
    known = set(book.problems)
    book.problems.clear()
    _check_together([*others, _read_file(book, path, content)])
    book.problems[:] = [problem for problem in book.problems if problem not in known]
    book.settle()


def render_outlet(outlet: Outlet, remarks: Mapping[str, str] | None = None) -> str:
    """An outlet's file: what is read back from it is the outlet. ``remarks`` are comments by the key they stand above."""
    remarks = remarks or {}
    lines: list[str] = []
    for name, part in (*_facts(outlet), *_control_and_sources(outlet), *_tail(outlet)):
        if part:
            lines += [f"# {line}" for line in textwrap.wrap(remarks.get(name, ""), 100)]
            lines += part
    return "\n".join(lines) + "\n"


_Part: TypeAlias = tuple[str, list[str]]


def _facts(outlet: Outlet) -> Iterator[_Part]:
    yield "id", [f"id: {scalar(outlet.id)}"]
    yield "name", [f"name: {scalar(outlet.name)}"]
    names = () if tuple(outlet.names) == (outlet.name,) else outlet.names
    yield "names", _listed("names", names)
    yield "country", _pair("country", outlet.country)
    yield "languages", _in_brackets("languages", outlet.languages)
    yield "domains", _in_brackets("domains", outlet.domains)
    yield "time_zone", _pair("time_zone", outlet.time_zone)
    yield "draft", ["draft: true"] if outlet.draft else []
    yield "switched_off", _pair("switched_off", outlet.switched_off)
    yield "permission", _pair("permission", outlet.permission)


def _control_and_sources(outlet: Outlet) -> Iterator[_Part]:
    yield "control", _blocks("control", [_statement_lines(statement) for statement in outlet.control])
    yield "sources", _blocks("sources", [source_lines(source) for source in outlet.sources])


def _tail(outlet: Outlet) -> Iterator[_Part]:
    yield "designations", _listed("designations", outlet.designations)
    yield "relays", _listed("relays", outlet.relays)
    yield "notes", _pair("notes", outlet.notes or None)


def _statement_lines(statement: ControlStatement) -> list[str]:
    lines = _pair("control", statement.control.value) + _pair("controller", statement.controller)
    for name in ("valid_from", "valid_to", "basis"):
        lines += _pair(name, getattr(statement, name))
    evidence = [_pair("text", each.text) + _pair("seen_on", each.seen_on) for each in statement.evidence]
    lines += _blocks("evidence", evidence)
    return lines + _pair("reviewed_by", statement.reviewed_by) + _pair("review_due_on", statement.review_due_on)


def source_lines(source: Source) -> list[str]:
    """A source as the lines of a list's item."""
    lines = _pair("id", source.id.rpartition("/")[2]) + _pair("kind", source.kind.value) + _pair("url", source.url)
    lines += _pair("grade", source.grade.value) + _pair("language", source.language)
    lines += _listed("evidence", source.evidence) + _in_brackets("link_hosts", source.link_hosts)
    for name in SELECTOR_KEYS:
        lines += _pair(name, getattr(source.selectors or Selectors(), name))
    return (
        lines + _pair("back_to", source.back_to) + _pair("poll_minutes", source.poll_minutes) + _pair("switched_off", source.switched_off)
    )


def _pair(name: str, value: str | date | int | None) -> list[str]:
    if value is None:
        return []
    if isinstance(value, int):
        return [f"{name}: {value}"]
    return [f"{name}: {value.isoformat() if isinstance(value, date) else scalar(value)}"]


def _in_brackets(name: str, values: Sequence[str]) -> list[str]:
    """Codes and domains on one line; what needs quotes gets them."""
    return [f"{name}: [{', '.join(scalar(value) for value in values)}]"] if values else []


def _listed(name: str, values: Sequence[str]) -> list[str]:
    return [f"{name}:", *(f"  - {scalar(value)}" for value in values)] if values else []


def _blocks(name: str, blocks: Sequence[list[str]]) -> list[str]:
    if not blocks:
        return []
    lines = [f"{name}:"]
    for block in blocks:
        lines += [f"  - {block[0]}", *(f"    {line}" for line in block[1:])]
    return lines


# Plain where no reader of YAML could take it for anything else; in quotes otherwise.
_PLAIN = re.compile(r"(?!.*(?:: |:$| #))[^\W_][\w .,;:()/'’%+&=?!#@~*$–—-]*")


def scalar(value: str) -> str:
    """A text as YAML on one line."""
    safe = _PLAIN.fullmatch(value) and value == value.strip() and isinstance(resolve(value), str)
    if safe and value.lower() not in _YAML_1_1 and value.isprintable():
        return value
    if '"' in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


_YAML_1_1 = frozenset("y n yes no on off true false null".split())  # other programs read these as booleans
