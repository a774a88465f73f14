"""From a body of bytes to one tree: decoding and parsing, which never raise on what strangers send."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from charset_normalizer import from_bytes
from lxml import etree, html

from newsdesk.rules import ReadingRule

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels as the WHATWG encoding standard reads them: a page that says latin-1 or ASCII means windows-1252.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254", "euc_kr": "cp949"}
_KNOWN = re.compile(
    r"utf-8|utf-16(-le|-be)?|utf-32(-le|-be)?|iso8859-\d+|cp125\d|cp866|cp949|cp932|koi8-[ru]|gb18030|big5(hkscs)?"
    r"|euc_(jp|kr)|shift_jis|iso2022_jp|mac-(roman|cyrillic)"
)
_ESCAPING = frozenset({"iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_META_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,40})[^<>]*")
_UNSEEN = re.compile("[\x00-\x1f\x7f\u00ad\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LOOKED_AT_BYTES = 4096
_TAG_CHARACTERS = 50_000  # lxml takes 40 s on one tag with 60,000 attributes (field notes, measured)
_TAG_DIVIDERS = 2000
_TAGS = 100_000  # the largest recorded page has a tenth; reading 3,300,000 empty paragraphs took 195 s and 1.9 GB
_SAMPLE_BYTES = 65_536
DEEPEST = 256  # elements one in another; what lies deeper the parser leaves out, which keeps readers that recurse from falling


@dataclass(frozen=True)
class PageFacts:
    """What is known of the outlet whose page is read; everything but the fetch moment is optional.

    ``names`` are the outlet's spellings, ``time_zone`` an IANA name, ``languages`` ISO 639-1, ``country`` ISO 3166-1
    alpha-2. ``fetched_at`` (aware UTC) only bounds implausible future dates and is never taken as a date; it also says
    which of the outlet's ``rules`` of reading was in force.
    """

    fetched_at: datetime
    names: Sequence[str] = ()
    time_zone: str | None = None
    languages: Sequence[str] = ()
    country: str | None = None
    rules: Sequence[ReadingRule] = ()


def header(headers: Sequence[tuple[str, str]], name: str) -> str:
    """The first header of that name (any case), or an empty string."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), "")


def known_codec(label: str) -> str | None:
    """The codec a charset label means, or None for one that no page may use (punycode, undefined, zlib ...)."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _KNOWN.fullmatch(name) else None


def _stated_codecs(body: bytes, headers: Sequence[tuple[str, str]]) -> list[str]:
    """Codecs that header and markup state, in that order."""
    in_header = _HEADER_CHARSET.search(header(headers, "content-type")[:1000])
    in_markup = _META_CHARSET.search(body[:_LOOKED_AT_BYTES])
    labels = [in_header.group(1) if in_header else "", in_markup.group(1).decode("ascii") if in_markup else ""]
    return [codec for codec in map(known_codec, filter(None, labels)) if codec]


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _detected(body: bytes) -> str:
    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    codec = known_codec(best.encoding) if best else None
    return body.decode(codec or "cp1252", errors="replace")


def decode(body: bytes, headers: Sequence[tuple[str, str]]) -> str:
    """A body as text: byte order mark, valid UTF-8, header, markup, then detection. Never raises.

    UTF-8 that decodes without a fault goes before the stated charset, because text in another charset practically never
    does, while servers often state a wrong one.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, errors="replace")
    stated = _stated_codecs(body, headers)
    if not any(codec in _ESCAPING for codec in stated[:1]):
        plain = _strictly(body, "utf-8")
        if plain is not None:
            return plain
    for codec in stated:
        text = _strictly(body, codec)
        if text is not None:
            return text
    return body.decode(stated[0], errors="replace") if stated else _detected(body)


def _shorten_tag(match: re.Match[str]) -> str:
    tag = match.group()
    is_monster = len(tag) >= _TAG_CHARACTERS and tag.count("=") + tag.count(" ") + tag.count("\n") >= _TAG_DIVIDERS
    return f"<{match.group(1)}" if is_monster else tag


def _first_tags(text: str) -> str:
    """The text up to its ``_TAGS``-th tag."""
    if text.count("<") <= _TAGS:
        return text
    ends = (match.start() for match in re.finditer("<", text))
    return text[: next(islice(ends, _TAGS, None), len(text))]


def deepest(tree: html.HtmlElement) -> int:
    """How many elements lie one in another at the deepest place."""
    depth = most = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        most = max(most, depth)
    return most


def squeeze(text: str) -> str:
    """Text with every run of white space as one space, without control, unseen and impossible characters."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else _UNSEEN.sub("", joined)


def parse(text: str) -> html.HtmlElement | None:
    """Parse decoded HTML, None where it holds no element. Control characters are dropped, attributes of
    monstrous tags too, and what follows the ``_TAGS``-th tag."""
    clean = _NOT_TEXT.sub("", text)
    if len(clean) > _TAG_CHARACTERS:
        clean = _first_tags(_TAG.sub(_shorten_tag, clean))
    if not clean.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None
