"""What a page's markup says: JSON-LD, meta elements, headings, time elements, bylines, links. Read once, judged elsewhere."""

from __future__ import annotations

import html as entities
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from crawler import linkeddata
from crawler.linkeddata import LinkedData
from crawler.pages import squeeze

_METAS = 600
_CONTENT = 5000
_TIMES = 40
_BYLINES = 12
_HEADINGS = 20
_BYLINE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:author|autor|auteur|byline|by-line|autoria|firma|firmante|signature|journalist|writer|credito)", re.I
)
_NOT_BYLINE = re.compile(r"bio|box|image|img|photo|foto|avatar|social|follow|comment|related|card-list|date|time", re.I)
_OTHER_ARTICLES = re.compile(
    r"(?:^|[\s_-])(?:related|relacionad[ao]s?|recommended|recomendad[ao]s?|teaser|most-?(?:read|viewed)|mas-?leid[ao]s?|mais-?lid[ao]s?)(?:$|[\s_-])"
    r"|(?:^|\s)(?:nav__|nav(?:$|\s)|menu|sidebar|thumb-|comments?(?:$|\s|-list|-area))",
    re.I,
)
_DATE_WORDS = re.compile(r"(?:^|[\s_-])(?:date|fecha|data|time|published|publish|pub|posted|publicado|hora|datetime|entry-meta)", re.I)
_NOT_DATE = re.compile(r"update|modif|actualiz|atualiz|comment|related|sidebar|widget|footer|current|today|hoy", re.I)
_MARKED_TAGS = frozenset("span div p li a address cite em strong small h3 h4 h5 h6 b td i ul".split())
_ASIDE = frozenset({"aside", "footer", "nav"})


@dataclass(frozen=True)
class TimeElement:
    """A ``<time>`` element or one whose class names a date: its machine value, its text, and where it stands.

    ``inside`` says that it stands in an article, main or header element and in no aside; ``is_update`` that its own words
    or attributes speak of a modification.
    """

    value: str
    text: str
    inside: bool
    marked: bool
    is_update: bool


@dataclass(frozen=True)
class Witnesses:
    """All that the markup states. ``meta`` maps lower-case names (name, property, itemprop) to their contents in order."""

    linked: LinkedData
    meta: dict[str, tuple[str, ...]]
    title_element: str
    headings: tuple[str, ...]
    times: tuple[TimeElement, ...]
    dated: tuple[str, ...]
    bylines: tuple[str, ...]
    canonical: str | None
    html_language: str | None
    links: int = 0
    linked_characters: int = 0
    characters: int = 0
    articles: int = 0
    paragraphs: int = field(default=0)

    def first(self, *names: str) -> str | None:
        """The first non-empty content among meta names, in the order given."""
        return next((content for name in names for content in self.meta.get(name, ()) if content), None)

    def every(self, *names: str) -> tuple[str, ...]:
        return tuple(content for name in names for content in self.meta.get(name, ()) if content)


def text_of(element: html.HtmlElement, limit: int = 2000) -> str:
    """The visible text of an element, squeezed, up to ``limit`` characters."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > limit * 2:
            break
    return squeeze(" ".join(pieces))[:limit]


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for count, element in enumerate(tree.iter("meta")):
        if count >= _METAS:
            break
        content = squeeze(entities.unescape((element.get("content") or "")[:_CONTENT]))
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and len(name) < 100:
                found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _parents(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for count, parent in enumerate(element.iterancestors()):
        if count > 40:
            return
        yield parent


def _stands_inside(element: html.HtmlElement) -> bool:
    tags = {parent.tag for parent in _parents(element)}
    return bool(tags & {"article", "main", "header"}) and not tags & _ASIDE


def _marks(element: html.HtmlElement) -> str:
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"), element.get("rel"))))[:500]


def _belongs_elsewhere(element: html.HtmlElement) -> bool:
    """Whether a byline stands in a box of other articles or of comments."""
    around = [element, *(parent for parent, _ in zip(_parents(element), range(6), strict=False))]
    return any(one.tag in _ASIDE or (one.tag != "body" and _OTHER_ARTICLES.search(_marks(one))) for one in around)


def _time(element: html.HtmlElement) -> TimeElement:
    parent = element.getparent()
    marks = _marks(element) + " " + (_marks(parent) if parent is not None else "")
    text = text_of(element, 200)
    return TimeElement(
        value=squeeze((element.get("datetime") or element.get("content") or "")[:100]),
        text=text,
        inside=_stands_inside(element),
        marked="publi" in marks.lower() or element.get("pubdate") is not None,
        is_update=bool(_NOT_DATE.search(marks) or _NOT_DATE.search(text)),
    )


def _canonical(tree: html.HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return (link.get("href") or "").strip() or None
    return None


@dataclass
class _Walk:
    """What one pass over the body collects."""

    headings: list[str] = field(default_factory=list)
    times: list[TimeElement] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    links: int = 0
    linked_characters: int = 0
    articles: int = 0
    paragraphs: int = 0

    def see(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self.links += 1
            self.linked_characters += len(squeeze(element.text or ""))
        elif tag == "p":
            self.paragraphs += len(squeeze(element.text or "")) > 80
        elif tag == "h1" and len(self.headings) < _HEADINGS:
            self.headings.append(text_of(element))
        elif tag == "article":
            self.articles += 1
        if tag == "time" and len(self.times) < _TIMES:
            self.times.append(_time(element))
        elif tag in _MARKED_TAGS:
            self._see_marked(element)

    def _see_marked(self, element: html.HtmlElement) -> None:
        marks = _marks(element)
        if not marks:
            return
        if len(self.bylines) < _BYLINES and _BYLINE_WORDS.search(marks) and not _NOT_BYLINE.search(marks):
            text = text_of(element, 300)
            if 3 <= len(text) <= 160 and not _belongs_elsewhere(element):
                self.bylines.append(text)
        if len(self.dated) < _TIMES and _DATE_WORDS.search(marks) and not _NOT_DATE.search(marks):
            text = text_of(element, 300)
            if 6 <= len(text) <= 120 and any(character.isdigit() for character in text):
                self.dated.append(text)


def gather(tree: html.HtmlElement) -> Witnesses:
    """Everything the markup states, bounded in number and size."""
    walk = _Walk()
    body = tree.find("body")
    for element in (body if body is not None else tree).iter(etree.Element):
        walk.see(element)
    title = tree.find(".//title")
    return Witnesses(
        linked=linkeddata.read(tree),
        meta=_metas(tree),
        title_element=text_of(title) if title is not None else "",
        headings=tuple(walk.headings),
        times=tuple(walk.times),
        dated=tuple(walk.dated),
        bylines=tuple(walk.bylines),
        canonical=_canonical(tree),
        html_language=tree.get("lang") or tree.get("xml:lang"),
        links=walk.links,
        linked_characters=walk.linked_characters,
        articles=walk.articles,
        paragraphs=walk.paragraphs,
    )


_UNSHOWN = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "option"})


def shown_text(tree: html.HtmlElement, limit: int) -> str:
    """The page's visible text a piece a line, scripts and styles left out, up to about ``limit`` characters."""
    pieces, length = [], 0
    body = tree.find("body")
    for element in (body if body is not None else tree).iter(etree.Element):
        own = "" if element.tag in _UNSHOWN else element.text or ""
        for piece in (squeeze(own), squeeze(element.tail or "")):
            if piece:
                pieces.append(piece)
                length += len(piece)
        if length > limit:
            break
    return "\n".join(pieces)[:limit]


_BEFORE, _AFTER = 4, 14  # pieces of text around the headline in which outlets put day and name
_NEAR_CHARACTERS = 160


def near_headline(shown: str, title: str) -> tuple[str, ...]:
    """The short pieces of text around each of the headline's first places on the page, those after it first.

    Outlets print day and author within a few pieces of the headline, whatever they call the element.
    """
    lines = shown.split("\n")
    wanted = squeeze(title).casefold()
    places = [place for place, line in enumerate(lines) if line.casefold() == wanted][:3] if len(wanted) > 8 else []
    near: list[str] = []
    for place in reversed(places):
        near += lines[place + 1 : place + 1 + _AFTER] + lines[max(0, place - _BEFORE) : place][::-1]
    return tuple(line for line in near if len(line) <= _NEAR_CHARACTERS)


_DAY_LABEL = re.compile(
    r"(?:mise? en ligne|(?:date de )?publication|publi[eé]e?(?: le)?|publicad[oa](?: el| em)?|fecha(?: de publicaci[oó]n)?"
    r"|data(?: de publica[cç][aã]o)?|posted(?: on)?|published(?: on)?|date)\s?:?",
    re.IGNORECASE,
)


def labelled_days(shown: str) -> tuple[str, ...]:
    """Pieces of text that follow a piece which only announces the day of publication ("Mise en ligne", "Fecha:")."""
    lines = shown.split("\n")
    pairs = itertools.pairwise(lines)
    return tuple(following for line, following in pairs if len(line) <= 25 and len(following) <= 60 and _DAY_LABEL.fullmatch(line))[:5]
