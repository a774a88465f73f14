"""Cut a feed's text into its head and its entries before any feed parser sees it.

So a feed of 50,000 entries is read in portions of bounded size, entries beyond the cap are counted without being parsed, one
damaged entry spoils only its own portion, and an entry that the connection cut off is known as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEAD_LIMIT = 256 * 1024
ENTRY_PASSES = 16 * 1024  # characters an entry may have before its fields are looked at
TEXT_RUN_LIMIT = 6 * 1024
ENTRY_TEXT_LIMIT = 48 * 1024
TAG_LIMIT = 8 * 1024
ROOT_WITHIN = 128 * 1024

_CDATA_COMMENT = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
_ENTRY = re.compile(rf"{_CDATA_COMMENT}|<(?P<end>/?)(?P<name>(?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s/>])(?P<rest>[^<>]*)>", re.DOTALL)
_TAG = re.compile(rf"{_CDATA_COMMENT}|<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<rest>[^<>]*)>", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<cdata><!\[CDATA\[.*?(?:\]\]>|\Z))|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|(?P<tag></?[A-Za-z_][^<>]*>)|(?P<text>[^<]+|<)", re.DOTALL
)
_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:rss|RDF|feed|channel))(?=[\s/>])")
_FIRST_ELEMENT = re.compile(rf"{_CDATA_COMMENT}|<(?P<name>[A-Za-z_][\w.:-]*)", re.DOTALL)
# Leaf elements that nothing here reads; feedparser spends a third of its time on them.
_UNREAD = re.compile(
    r"<((?:media|itunes|slash|wfw|sy|georss|geo|gml|googleplay|dcterms|yandex|turbo):(?!created|issued|modified)[\w.-]+|category|comments|"
    r"dc:subject|dc:rights|dc:format|dc:type|dc:identifier|rights)(?=[\s/>])"
    r"[^<>]*(?:(?<=/)>|(?<!/)>[^<]*+(?:(?><!\[CDATA\[.*?\]\]>)[^<]*+)*+</\1\s*>)\s*",
    re.DOTALL,
)
_LOOSE_END = re.compile(r"&[^;\s]{0,60}\Z")


@dataclass(frozen=True)
class CutFeed:
    """``head`` is everything before the first entry, ``closing`` the end tags that make head and entries a document,
    ``ended`` whether the document's own end was seen, ``lost`` the entries whose end was cut off with the document."""

    root: str
    head: str
    entries: Sequence[str]
    closing: str
    ended: bool
    lost: int

    def portions(self, upto: int, size: int) -> Iterator[Sequence[str]]:
        """The first ``upto`` entries in portions of at most ``size``; one empty portion where there is none."""
        for start in range(0, max(1, min(upto, len(self.entries))), size):
            yield self.entries[start : min(start + size, upto)]

    def document(self, entries: Sequence[str]) -> str:
        """A feed of these entries alone."""
        return self.head + "".join(entries) + self.closing


def root_of(text: str) -> str:
    """The name of the document's first element, lower case; an empty string where there is none."""
    for match in _FIRST_ELEMENT.finditer(text, 0, ROOT_WITHIN):
        if match.group("name"):
            return match.group("name").lower()
    return ""


def cut(text: str) -> CutFeed | None:
    """Cut a feed's text (already defused). None where no feed element begins within its first part."""
    root = _ROOT.search(text, 0, ROOT_WITHIN)
    if root is None:
        return None
    text = text[root.start() :]
    entries, starts, lost = _entries(text)
    head = text[:starts] if entries or lost else text
    head, closing, ended = _head(head, root.group(1), complete=not (entries or lost))
    if entries or lost:
        ended = bool(re.search(rf"</{re.escape(root.group(1))}\s*>", text[-4096:]))
    return CutFeed(root.group(1), head, entries, closing, ended, lost)


def _entries(text: str) -> tuple[list[str], int, int]:
    """The entries' texts, where the first begins, and how many were left open at the end (0 or 1)."""
    entries: list[str] = []
    first = len(text)
    opened: int | None = None
    name = ""
    for match in _ENTRY.finditer(text):
        tag = match.group("name")
        if tag is None or (opened is not None and tag != name):
            continue
        if match.group("end"):
            if opened is not None:
                entries.append(_slim(text[opened : match.end()]))
                opened = None
            continue
        if opened is not None:  # the end tag was forgotten
            entries.append(_slim(text[opened : match.start()] + f"</{name}>"))
        first = min(first, match.start())
        opened, name = match.start(), tag
        if match.group("rest").endswith("/"):
            entries.append(match.group())
            opened = None
    return entries, first, int(opened is not None)


def _head(head: str, root: str, complete: bool) -> tuple[str, str, bool]:
    """The head within its limit, the end tags of what it leaves open, and whether it closes its own root."""
    head = _slim(head[:HEAD_LIMIT])
    open_names: list[str] = []
    ended = False
    for match in _TAG.finditer(head):
        name = match.group("name")
        if name is None or match.group("rest").endswith("/"):
            continue
        if not match.group("end"):
            open_names.append(name)
        elif name in open_names:
            while open_names.pop() != name:
                pass
        ended = ended or (bool(match.group("end")) and name == root)
    if not complete or not ended:
        # a head that was cut inside a field keeps the field's beginning: closing it is all that is needed
        head = re.sub(r"<[^<>]*\Z", "", head)
    return head, "".join(f"</{name}>" for name in reversed(open_names)), ended


def _slim(entry: str) -> str:
    """An entry without what nobody reads, its over-long fields cut short: parsers need seconds for single long fields
    (field notes)."""
    entry = _UNREAD.sub("", entry)
    if len(entry) <= ENTRY_PASSES and not _has_long_run(entry):
        return entry
    budget = ENTRY_TEXT_LIMIT
    pieces: list[str] = []
    run = TEXT_RUN_LIMIT
    for match in _TOKEN.finditer(entry):
        piece = match.group()
        if match.group("tag"):
            pieces.append(_short_tag(piece))
            run = TEXT_RUN_LIMIT
        elif match.group("cdata"):
            kept = piece[9:].removesuffix("]]>")[: min(run, budget)]
            pieces.append(f"<![CDATA[{kept}]]>")
            run, budget = run - len(kept), budget - len(kept)
        elif match.group("text"):
            kept = piece[: min(run, budget)]
            pieces.append(_LOOSE_END.sub("", kept) if len(kept) < len(piece) else kept)
            run, budget = run - len(kept), budget - len(kept)
    return "".join(pieces)


def _short_tag(tag: str) -> str:
    """A tag within its limit; a longer one keeps its name only."""
    if len(tag) <= TAG_LIMIT:
        return tag
    name = re.match(r"</?[A-Za-z_][\w.:-]{0,100}", tag)
    return (name.group() if name else "<x") + ("/>" if tag.endswith("/>") else ">")


def _has_long_run(entry: str) -> bool:
    return len(entry) > TEXT_RUN_LIMIT and any(len(run) > TEXT_RUN_LIMIT for run in entry.split("<"))
