"""A page as numbered lines, for a person to mark: one line for each block of visible text, by no extractor's judgement.

    python -m bench.pagelines PAGE.html.gz [...]

Used to make and to check ``bench/labels``; see ``bench/README.md``.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

from crawler.pages import decode, parse, squeeze

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong strike sub sup "
    "time tt u var wbr nobr amp-link".split()
)
UNSHOWN = frozenset("script style noscript template head svg option select textarea iframe object math".split())
NAMED = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th dt dd pre button footer nav aside header time caption".split())


@dataclass(frozen=True)
class Line:
    """A block's own text; ``tag`` is the nearest telling element, ``linked`` says that all of it is one link."""

    tag: str
    text: str
    linked: bool


@dataclass
class _Writer:
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    tag: str = "div"

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.pieces.append(text)
            self.linked += len(squeeze(text)) if in_link else 0

    def end_line(self, next_tag: str) -> None:
        text = squeeze("".join(self.pieces))
        if text:
            self.lines.append(Line(self.tag, text, self.linked >= 0.9 * len(text)))
        self.pieces, self.linked, self.tag = [], 0, next_tag


def _walk(element: html.HtmlElement, writer: _Writer, tag: str, in_link: bool) -> None:
    if not isinstance(element.tag, str) or element.tag in UNSHOWN:
        return
    inline = element.tag in INLINE
    own_tag = element.tag if element.tag in NAMED else tag
    linked = in_link or element.tag == "a"
    if not inline:
        writer.end_line(own_tag)
    writer.add(element.text, linked)
    for child in element:
        _walk(child, writer, own_tag, linked)
        writer.add(child.tail, linked)
    if not inline:
        writer.end_line(tag)


def lines_of(body: bytes, headers: list[tuple[str, str]] | None = None) -> list[Line]:
    """The page's lines in the order of its markup."""
    tree = parse(decode(body, headers or [("Content-Type", "text/html")]))
    if tree is None:
        return []
    for line_break in tree.iter("br"):
        line_break.text = "\n"
    found = tree.find("body")
    writer = _Writer()
    _walk(found if found is not None else tree, writer, "div", False)
    writer.end_line("div")
    return writer.lines


def shown(lines: list[Line], cut: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        text = line.text if len(line.text) <= cut else f"{line.text[: cut - 30]} […] {line.text[-25:]}"
        yield f"{number} {line.tag}{'@' if line.linked else ''} {text}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pages", nargs="+", type=Path)
    arguments.add_argument("--cut", type=int, default=110, help="characters of a line that are shown")
    options = arguments.parse_args()
    for page in options.pages:
        print(f"== {page.name}")
        print("\n".join(shown(lines_of(gzip.decompress(page.read_bytes())), options.cut)))


if __name__ == "__main__":
    main()
