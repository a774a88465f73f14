"""From the bytes of an answer to text that any parser may be given: unfolded, decoded, free of entities and of what XML forbids.

Everything here is bounded: a gzip body unfolds to at most UNFOLDED_LIMIT_BYTES, entities add at most ENTITY_GROWTH_LIMIT characters.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html.entities import html5

from lxml import etree
from lxml import html as lxml_html

Headers = Sequence[tuple[str, str]]

UNFOLDED_LIMIT_BYTES = 64 * 1024 * 1024
RATIO_LIMIT = 200  # sitemaps fold to a tenth or a thirtieth; deflate's own limit is about 1,030
RATIO_FREE_BYTES = 4 * 1024 * 1024
ENTITY_GROWTH_LIMIT = 1024 * 1024
ENTITY_VALUE_LIMIT = 200
ENTITIES_LIMIT = 512
PLAIN_INPUT_LIMIT = 64 * 1024

# Codecs that Python knows but no feed may ask for: they fail in odd ways (field notes) or run escapes.
_REFUSED_CODECS = frozenset("punycode undefined idna utf-7 unicode_escape raw_unicode_escape".split())
_MARKS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
_UNMARKED = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CHARACTER_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+(%\s+)?([\w.:-]{1,100})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""")
_NAMED = re.compile(r"&([A-Za-z][\w.-]{0,60});")
_XML_NAMES = frozenset(("lt", "gt", "amp", "quot", "apos"))
_TAG_LIKE = re.compile(r"<[/!?A-Za-z]")


class Hostile(ValueError):
    """A body that would unfold or expand beyond its budget; says which and by how much."""


@dataclass(frozen=True)
class Decoded:
    """A body as text. ``encoding`` is the codec that read it, ``notes`` are sentences on what had to be mended."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def header(headers: Headers, name: str) -> str:
    """The first value of a header, or an empty string."""
    return next((value for key, value in headers if key.lower() == name), "")


def unfold(body: bytes) -> tuple[bytes, bool]:
    """Undo gzip that no Content-Encoding named (``.gz`` files); True when the stream was cut. Raises Hostile."""
    if not body.startswith(b"\x1f\x8b"):
        return body, False
    limit = min(UNFOLDED_LIMIT_BYTES, max(RATIO_FREE_BYTES, len(body) * RATIO_LIMIT))
    pieces: list[bytes] = []
    total = 0
    rest = body
    while rest.startswith(b"\x1f\x8b"):
        stream = zlib.decompressobj(wbits=31)
        try:
            piece = stream.decompress(rest, limit - total + 1)
        except zlib.error:
            return b"".join(pieces), True
        pieces.append(piece)
        total += len(piece)
        if total > limit:
            raise Hostile(f"{len(body)} bytes of gzip unfold to more than {limit} bytes")
        if not stream.eof:
            return b"".join(pieces), True
        rest = stream.unused_data
    return b"".join(pieces), False


def decode(body: bytes, headers: Headers) -> Decoded:
    """Read bytes as text: byte order mark, then UTF-8 where it fits, then what header and document declare.

    Text that is valid UTF-8 and not plain ASCII is UTF-8 whatever was declared; a codec that is no character set is not
    tried. Never raises: the last resort is windows-1252 with replacement.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _tolerant(body[len(mark) :], codec)
    for start, codec in _UNMARKED:
        if body.startswith(start):
            return _tolerant(body, codec)
    notes: list[str] = []
    declared = _declared(body, headers, notes)
    for name in (*(d for d in declared if body.isascii()), "utf-8", *declared):
        try:
            return Decoded(body.decode(name), name, tuple(notes))
        except (UnicodeError, LookupError):
            continue
    # A few broken characters, or a cut in the middle of one, must not turn a whole UTF-8 document into mojibake.
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = len(lenient) - len(lenient.encode("ascii", "ignore")) - broken
    if broken * 3 <= whole or (broken == 1 and lenient.endswith("\ufffd")):
        return Decoded(lenient, "utf-8", (*notes, "some characters are not valid UTF-8"))
    return Decoded(body.decode("windows-1252", "replace"), "windows-1252", (*notes, "the character set had to be guessed"))


def _tolerant(body: bytes, codec: str) -> Decoded:
    text = body.decode(codec, "replace")
    return Decoded(text, codec, ("some characters could not be read",) if "\ufffd" in text else ())


def _declared(body: bytes, headers: Headers, notes: list[str]) -> list[str]:
    named = _CHARSET.search(header(headers, "content-type"))
    names = [named.group(1)] if named else []
    for pattern in (_DECLARED, _META):
        found = pattern.search(body[:2048])
        if found:
            names.append(found.group(1).decode("ascii"))
    kept: list[str] = []
    for name in names:
        codec = _codec(name)
        if codec is None:
            notes.append(f"the declared character set {name!r} is none")
        elif codec not in kept and not codec.startswith(("utf-16", "utf-32")):
            kept.append(codec)
    return kept


def _codec(name: str) -> str | None:
    """Python's name of a character set, None where it is not one. ISO 8859-1 means windows-1252 on the web (WHATWG)."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if info.name in _REFUSED_CODECS or not getattr(info, "_is_text_encoding", True):
        return None
    if info.name in ("iso8859-1", "ascii", "latin-1"):
        return "windows-1252"
    return "gb18030" if info.name == "gb2312" else info.name


def defuse(text: str) -> tuple[str, list[str]]:
    """Make a document's text safe for any XML parser: no DOCTYPE, no entities but XML's five, no forbidden characters.

    Named characters of HTML are put in; harmless entities the document declares are put in, within a budget. Returns the
    text and notes on what was left out. Raises Hostile where entities refer to one another or grow beyond the budget.
    """
    notes: list[str] = []
    text = text.lstrip("\ufeff \t\r\n")
    declaration = _XML_DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    declared: dict[str, str] = {}
    doctype = _DOCTYPE.search(text[:PLAIN_INPUT_LIMIT])
    if doctype:
        text, declared = _without_doctype(text, doctype.start(), notes)
    if "&" in text:
        text = _put_in(text, declared)
        text = _CHARACTER_REFERENCE.sub(_character, text)
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
        notes.append("characters that XML forbids were dropped")
    return text, notes


def _without_doctype(text: str, start: int, notes: list[str]) -> tuple[str, dict[str, str]]:
    opened = text.find("[", start)
    end = text.find(">", start)
    if end == -1:
        return text[:start], {}
    if opened == -1 or opened > end:
        return text[:start] + text[end + 1 :], {}
    closed = re.compile(r"\]\s*>").search(text, opened)
    if not closed:
        raise Hostile("the document type declaration does not end")
    return text[:start] + text[closed.end() :], _entities(text[opened : closed.start()], notes)


def _entities(subset: str, notes: list[str]) -> dict[str, str]:
    declared: dict[str, str] = {}
    for parameter, name, outside, double, single in _ENTITY.findall(subset):
        value = double or single
        if outside:
            notes.append(f"the entity {name!r} points outside the document and was not followed")
        elif parameter:
            notes.append(f"the parameter entity {name!r} was not followed")
        elif "&" in _CHARACTER_REFERENCE.sub("", value):
            raise Hostile(f"the entity {name!r} is made of other entities")
        elif len(value) > ENTITY_VALUE_LIMIT:
            raise Hostile(f"the entity {name!r} stands for {len(value)} characters")
        else:
            declared[name] = html.escape(html.unescape(value))
        if len(declared) > ENTITIES_LIMIT:
            raise Hostile(f"the document declares more than {ENTITIES_LIMIT} entities")
    return declared


def _put_in(text: str, declared: dict[str, str]) -> str:
    grown = 0

    def settle(match: re.Match[str]) -> str:
        nonlocal grown
        name = match.group(1)
        if name in declared:
            grown += max(0, len(declared[name]) - len(name))
            if grown > ENTITY_GROWTH_LIMIT:
                raise Hostile(f"entities expand by more than {ENTITY_GROWTH_LIMIT} characters")
            return declared[name]
        if name in _XML_NAMES:
            return match.group()
        return html5.get(name + ";") or f"&amp;{name};"

    return _NAMED.sub(settle, text)


def _character(match: re.Match[str]) -> str:
    """A reference to a character that XML allows, its semicolon put in where it was forgotten; else nothing."""
    hexadecimal, decimal = match.groups()
    digits = (hexadecimal or decimal).lstrip("0")
    if not 0 < len(digits) <= 7:
        return ""
    number = int(digits, 16 if hexadecimal else 10)
    allowed = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number <= 0x10FFFF
    return f"&#{number};" if allowed else ""


def plain(value: object, limit: int) -> str | None:
    """Plain text of a title or summary: tags dropped by a parser, entities unescaped (twice, as many feeds escape
    twice), whitespace folded, at most ``limit`` characters; None where nothing is left or the value is no string."""
    if not isinstance(value, str):
        return None
    text = value[:PLAIN_INPUT_LIMIT]
    for _ in range(2):
        if _TAG_LIKE.search(text):
            text = without_tags(text)
        if "&" not in text:
            break
        text = html.unescape(text)
    if _TAG_LIKE.search(text) and "&lt;" in value:
        text = without_tags(text)
    folded = " ".join(_FORBIDDEN.sub("", text).split())
    return cut_short(folded, limit) or None


def without_tags(text: str) -> str:
    """The text of an HTML fragment, with a space where an element stood between words; scripts and styles left out."""
    clean = _FORBIDDEN.sub("", text)
    if "&" not in clean:
        bare = _SIMPLE_TAG.sub(_simple_gap, clean)
        if "<" not in bare:
            return bare
    try:
        root = lxml_html.fragment_fromstring(clean, create_parent="div", parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return re.sub(r"<[^>]{0,4000}>", " ", clean)
    for element in root.xpath(".//script|.//style|.//comment()"):
        element.drop_tree()
    return "".join(_pieces(root))


_INLINE = frozenset("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup u".split())
# Tags that any parser understands alike; most summaries hold no others.
_SIMPLE_TAG = re.compile(
    r"""</?(p|br|div|a|b|i|em|strong|span)(?:\s{1,8}[a-z-]{1,40}=(?:"[^"<>]{0,2000}"|'[^'<>]{0,2000}')){0,20}\s{0,8}/?>"""
)


def _simple_gap(tag: re.Match[str]) -> str:
    return "" if tag[1] in _INLINE else " "


def _pieces(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            pieces.append(" ")
        content = element.text if event == "start" else element.tail
        if content and not (event == "end" and element is root):
            pieces.append(content)
    return pieces


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)


def cut_short(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a space where one is near, with an ellipsis."""
    if len(text) <= limit:
        return text
    shorter = text[: limit - 1]
    space = shorter.rfind(" ", limit - 80)
    return (shorter[:space] if space > 0 else shorter).rstrip() + "…"
