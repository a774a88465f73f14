"""A section page's links that look like articles: bytes to Reading. For outlets that have neither feed nor news sitemap, so it
prefers to miss a link rather than to follow navigation or advertisements.

A page is measured once, from its leaves up. A link's *block* is the largest element around it that speaks of no other page:
the card, the list item. What the block holds (headline, time), how often its like is repeated, what a JSON-LD list names, the
form of the address, and whether that form is this page's usual one, are points; a link is an article's from ``ENOUGH`` on. Where
that is not enough, an outlet's own selectors say where the links are (``newsdesk.outlets.Selectors``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

from newsdesk.addresses import absolute, belongs, host_of, key, registered_domain
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, PollOutcome, Reading
from newsdesk.moments import Hint, Moment
from newsdesk.outlets import Selectors
from spiders.bodies import Headers, Hostile, decode, plain, unfold
from spiders.feeds import language_code
from spiders.paging import next_page_of
from spiders.shapes import family_of, is_template, looks_like_section, may_be_article, points_of, without_amp
from spiders.stated import moment_of

TITLE_LIMIT = 1000
ANCHORS_LIMIT = 5_000
ELEMENTS_LIMIT = 200_000
TAG_ATTRIBUTES_LIMIT = 64 * 1024
LINKED_DATA_LIMIT = 1024 * 1024
ENOUGH = 3  # points from which a link is taken for an article
BESIDE = 4  # and in a side column, where boxes of services stand as well
BLOCK_ELEMENTS = 400  # more than any card holds; bounds what is looked through for one link
LINKS_OF_NO_PAGE = 2  # links to sections and authors that a block of none but such may hold
CLIMB = 8  # how far up from an anchor its block is looked for
USUAL = 3  # sure links of one form from which the form counts as usual on the page
REPEATED = 3
TEXT_READ = 2_000  # characters of an anchor's or headline's text

_SKIPPED = frozenset("nav footer form script style noscript template head iframe svg button select menu dialog".split())
_SKIPPED_ROLES = frozenset("navigation contentinfo search menu menubar banner dialog".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SKIPPED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|mega-?menu|menu|breadcrumbs?|migas|footer|rodape|social|share|sharing|cookies?|consent|newsletter|"
    r"subscri\w*|suscri\w*|sponsor(?:ed)?|advert\w*|publicidad\w*|publicidade|publi|patrocin\w*|branded|banner|taboola|outbrain|pagination|"
    r"paginat\w*|paginacion|paginador|tags?|tag-?cloud|nube|login|servicios|servicos|trending-topics)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ADVERTISED = re.compile(
    r"(?:^|[\s_-])(?:sponsor(?:ed)?|publicidad\w*|publicidade|patrocin\w*|branded|taboola|outbrain)(?:$|[\s_-])", re.IGNORECASE
)
_ARTICLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:article|articulo|artigo|noticia|news|story|post|entry|card|teaser|nota|headline|title|titular|manchete|une)",
    re.IGNORECASE,
)
_SLIDE_CLASS = re.compile(r"(?:^|[\s_-])(?:carousel|carrusel|carrossel|slick|swiper|slide|slider|glide|splide|owl)", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|fecha|data|hora|time|datetime|timestamp|published|publicado|pubdate|heure)(?:$|[\s_-])", re.IGNORECASE
)
_DATE_TAGS = frozenset("span p div small em abbr td b strong i font".split())
_LINK_ATTRIBUTES = ("data-href", "data-url", "data-link", "data-permalink")
_MANY = "\0many"


@dataclass
class _Measure:
    """What stands in an element: headings, stated times, anchors, and the key of the only page it speaks of."""

    headings: int = 0
    times: int = 0
    anchors: int = 0
    size: int = 1
    target: str | None = None

    def add(self, other: _Measure) -> None:
        self.headings += other.headings
        self.times += other.times
        self.anchors += other.anchors
        self.size += other.size
        if other.target is not None:
            self.target = other.target if self.target in (None, other.target) else _MANY


@dataclass
class _Candidate:
    """A page that one or more anchors lead to."""

    address: str
    titles: list[str] = field(default_factory=list)
    points: int = 0
    heading: bool = False
    beside: bool = True
    block_form: str = ""
    published: Moment | None = None


@dataclass(frozen=True)
class _Place:
    """Where a page is and whose hosts its links may lead to. ``hosts`` empty: the page's own registered domain."""

    base: str
    here: str
    hosts: Sequence[str]
    domain: str
    language: str | None

    def owns(self, address: str) -> bool:
        host = host_of(address)
        return registered_domain(host) == self.domain or belongs(host, self.hosts)

    def target(self, href: str | None) -> str | None:
        """An absolute http address without fragment, None where an href is none or leads to this very page."""
        text = "".join((href or "").split())
        if not text or len(text) > 2000 or text[0] == "#" or is_template(text):
            return None
        try:
            target = absolute(self.base, text).partition("#")[0]
            return None if key(target) == self.here else target
        except BadAddress:
            return None


def read_section(
    body: bytes,
    headers: Headers,
    address: str,
    now: datetime,
    cap: int,
    selectors: Selectors | None = None,
    hosts: Sequence[str] = (),
) -> Reading:
    """The article-like links of a section page, in page order, on its own hosts only. Never raises.

    ``hosts`` are further hosts whose links are the outlet's. ``rel=nofollow`` is no robots rule and is ignored (it is a
    remark to search engines about the link's worth).
    """
    try:
        unfolded, _ = unfold(body)
    except Hostile as error:
        return Reading(PollOutcome.HOSTILE, detail=f"Not read: {error}.")
    text = decode(unfolded, headers).text
    refusal = too_dear(text)
    if refusal:
        return Reading(PollOutcome.HOSTILE, detail=refusal)
    root = parse_page(text)
    if root is None:
        return Reading(PollOutcome.NO_LINKS_FOUND, detail="The answer has no HTML content.")
    place = _Place(base_of(root, address), key(address), hosts, registered_domain(host_of(address)), language_code(root.get("lang")))
    return _reading(root, place, address, cap, selectors or Selectors())


def _reading(root: lxml_html.HtmlElement, place: _Place, address: str, cap: int, selectors: Selectors) -> Reading:
    parts = _chosen(root, selectors.within) if selectors.within else [root]
    if selectors.links:
        found, foreign = _by_selector(parts, place, selectors)
    else:
        found, foreign = _article_links(root, parts, place, selectors)
    announcements = tuple(Announcement(c.address, Hint.SECTION_PAGE, title=_title(c), published=c.published) for c in found)
    foreign_words = f"{foreign} links to other hosts that look like articles are left out." if foreign else ""
    if not announcements:
        how = "is what its selectors choose" if selectors != Selectors() else "looks like an article"
        detail = f"None of the page's {len(root.xpath('//a[@href]'))} links {how}. {foreign_words}".strip()
        return Reading(PollOutcome.NO_LINKS_FOUND, detail=detail, format="html", foreign=foreign)
    return Reading(
        PollOutcome.READ,
        announcements=announcements[:cap],
        cut=max(0, len(announcements) - cap),
        detail=foreign_words,
        format="html",
        title=plain(root.findtext(".//title"), TITLE_LIMIT),
        language=place.language,
        next_page=next_page_of(root, place.base, address, selectors.next),
        foreign=foreign,
    )


def too_dear(text: str) -> str | None:
    """Why a page may not be given to the HTML parser: one tag of 60,000 attributes takes lxml 40 s (field notes)."""
    long_runs = (run for run in text.split("<") if len(run) > TAG_ATTRIBUTES_LIMIT)
    # What begins with ! is a comment or CDATA, in which no attributes are read.
    if any(len(run.partition(">")[0]) > TAG_ATTRIBUTES_LIMIT for run in long_runs if not run.startswith("!")):
        return f"Not read: one of its tags is longer than {TAG_ATTRIBUTES_LIMIT} characters."
    return None


def parse_page(text: str) -> lxml_html.HtmlElement | None:
    """An HTML document's tree, None where there is nothing to build one of. No network, no entities of its own."""
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return root if isinstance(root, lxml_html.HtmlElement) else None


def base_of(root: lxml_html.HtmlElement, address: str) -> str:
    """Against what the page's relative links count: its ``<base href>`` where it has a good one."""
    for href in root.xpath("//base/@href")[:1]:
        try:
            return absolute(address, str(href))
        except BadAddress:
            break
    return address


def _chosen(root: lxml_html.HtmlElement, selector: str) -> list[Any]:
    """The elements that a selector chooses; none where it cannot be read (the configuration refused it before)."""
    try:
        return list(CSSSelector(selector, translator="html")(root))[:ANCHORS_LIMIT]
    except (etree.XPathError, ValueError, SyntaxError):
        return []


def _by_selector(parts: Sequence[Any], place: _Place, selectors: Selectors) -> tuple[list[_Candidate], int]:
    """The links that the outlet's selectors choose, whatever they look like, and how many led to other hosts."""
    found: dict[str, _Candidate] = {}
    foreign: set[str] = set()
    for block in (block for part in parts for block in _chosen(part, selectors.links or "a")):
        for anchor in [block] if block.tag == "a" else block.iter("a"):
            target = place.target(anchor.get("href"))
            if target is None or not place.owns(target):
                foreign |= {target} if target else set()
                continue
            candidate = found.setdefault(key(without_amp(target)), _Candidate(target))
            candidate.titles += _names(anchor, block)
            around = block if block.tag != "a" else _around(anchor)
            candidate.published = candidate.published or _stated_in(around, place, selectors.date)
            break
    return list(found.values()), len(foreign)


def _around(anchor: Any) -> Any:
    """A selected anchor's block: up while no other link comes in."""
    block = anchor
    for _ in range(CLIMB):
        parent = block.getparent()
        hrefs = {other.get("href") for other in islice(parent.iter("a"), 8)} if parent is not None else set()
        if parent is None or parent.tag in ("body", "main", "html") or len(hrefs - {anchor.get("href"), None}) > 2:
            break
        block = parent
    return block


def _article_links(root: lxml_html.HtmlElement, parts: Sequence[Any], place: _Place, selectors: Selectors) -> tuple[list[_Candidate], int]:
    measures, kept = _measured(root, place)
    listed = _listed(root, place)
    gathered: dict[str, _Candidate] = {}
    foreign: set[str] = set()
    for element, target, beside in _links(parts, place, measures):
        if not place.owns(target):
            if points_of(target) >= ENOUGH and _names(element, element):
                foreign.add(key(target))
            continue
        if not may_be_article(without_amp(target)):
            continue
        identity = key(without_amp(target))
        candidate = gathered.setdefault(identity, _Candidate(target))
        if without_amp(candidate.address) != candidate.address and without_amp(target) == target:
            candidate.address = target
        _weigh(candidate, element, identity, measures, place, selectors)
        candidate.beside = candidate.beside and beside
    for identity, (target, title, published) in listed.items():
        candidate = gathered.setdefault(identity, _Candidate(target, beside=False))
        candidate.points += 3
        candidate.titles += [title] if title else []
        candidate.published = candidate.published or published
    del kept
    return _judged(gathered), len(foreign)


def _judged(gathered: dict[str, _Candidate]) -> list[_Candidate]:
    """The candidates with enough points, where an address of the page's usual form is worth one more."""
    forms = Counter(c.block_form for c in gathered.values() if c.block_form)
    points = {name: _points(c, forms) for name, c in gathered.items()}
    usual = Counter(family_of(c.address) for name, c in gathered.items() if points[name] > ENOUGH)
    articles = []
    for name, candidate in gathered.items():
        custom = _custom(candidate, usual)
        if points[name] + custom >= (BESIDE if candidate.beside else ENOUGH):
            articles.append(candidate)
    return articles


def _custom(candidate: _Candidate, usual: Counter[str]) -> int:
    """1 for an address of a form that the page's sure articles have; where nearly all of them have one form, 2 less for
    another form without anything around the link that speaks for an article."""
    if usual[family_of(candidate.address)] >= USUAL:
        return 1 if points_of(candidate.address) > 0 else 0
    commonest = max(usual.values(), default=0)
    return -2 if candidate.points == 0 and commonest >= USUAL and commonest * 4 >= usual.total() * 3 else 0


def _points(candidate: _Candidate, forms: Counter[str]) -> int:
    """Block, time, address and title together."""
    words = max((len(title.split()) for title in candidate.titles), default=0)
    points = candidate.points + points_of(candidate.address) + (forms[candidate.block_form] >= REPEATED)
    points += 1 if words >= 4 else -2 if words <= 2 else 0
    return points - (3 if looks_like_section(candidate.address) else 0)


def _weigh(candidate: _Candidate, element: Any, identity: str, measures: dict[Any, _Measure], place: _Place, selectors: Selectors) -> None:
    """What one anchor's block says of the page it leads to."""
    block = _block(element, identity, measures)
    measure = measures.get(block, _Measure())
    inside_heading = any(ancestor.tag in _HEADINGS for ancestor in _ancestors(element, 4))
    heading = inside_heading or measure.headings > 0
    article = any(
        each.tag == "article" or _ARTICLE_CLASS.search((each.get("class") or "")[:300]) for each in _ancestors(block, 2, own=True)
    )
    published = _stated_in(block, place, selectors.date) if measure.times or selectors.date else None
    candidate.points = max(candidate.points, 2 * heading + article + bool(measure.times))
    candidate.heading = candidate.heading or heading
    candidate.published = candidate.published or published
    candidate.block_form = candidate.block_form or _form(block)
    candidate.titles += _names(element, block)


def _block(element: Any, identity: str, measures: dict[Any, _Measure]) -> Any:
    """The largest element around a link that speaks of no other page and has at most two headings and two times."""
    block = element
    for _ in range(CLIMB):
        parent = block.getparent()
        measure = measures.get(parent) if parent is not None else None
        if measure is None or parent.tag in ("body", "main", "html") or measure.target not in (identity, None):
            break
        if measure.headings > 2 or measure.times > 2 or measure.size > BLOCK_ELEMENTS:
            break
        if measure.target is None and measure.anchors > LINKS_OF_NO_PAGE:
            break
        block = parent
    return block


def _ancestors(element: Any, count: int, own: bool = False) -> Iterator[Any]:
    current = element if own else element.getparent()
    for _ in range(count):
        if current is None or current.tag in ("body", "main", "html"):
            return
        yield current
        current = current.getparent()


def _form(block: Any) -> str:
    """A block's name with its first classes and those around it: repeated blocks have one form. Numbers do not count."""
    names = [f"{each.tag}.{' '.join((each.get('class') or '').split()[:2])}" for each in _ancestors(block, 3, own=True)]
    return re.sub(r"\d+", "#", "<".join(names))


def _names(element: Any, block: Any) -> list[str]:
    """What a link could be called: its text, its labels, the block's headline."""
    names = [_text(element), element.get("aria-label"), element.get("title")]
    if block is not element or len((names[0] or "").split()) > 40:
        names += [_text(heading) for heading in _first(block, _HEADINGS, 2)]
    if not any(names):
        names += [image.get("alt") for image in _first(element, frozenset({"img"}), 1)]
    return [name for each in names if each and (name := plain(each, TITLE_LIMIT))]


def _first(element: Any, tags: frozenset[str], count: int) -> list[Any]:
    found = []
    for each in element.iter(*tags):
        found.append(each)
        if len(found) == count:
            break
    return found


def _text(element: Any) -> str:
    """An element's text, up to a limit, with blanks between its pieces."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > TEXT_READ:
            break
    return " ".join(" ".join(pieces).split())


def _stated_in(block: Any, place: _Place, selector: str | None) -> Moment | None:
    """The moment that a block states of its article: what the selector chooses, a time element, an element named so."""
    elements = _chosen(block, selector) if selector else [each for each in block.iter() if _is_time(each)]
    for element in elements[:3]:
        for stated in (element.get("datetime"), element.get("content"), element.get("data-date"), _text(element)[:200]):
            moment = moment_of(stated, place.language)
            if moment is not None:
                return moment
    return None


def _is_time(element: Any) -> bool:
    return element.tag == "time" or (element.tag in _DATE_TAGS and bool(_DATE_CLASS.search((element.get("class") or "")[:200])))


def _measured(root: lxml_html.HtmlElement, place: _Place) -> tuple[dict[Any, _Measure], list[Any]]:
    """Every element's measure, from the leaves up. The list keeps the elements alive, by which they are looked up."""
    kept = []
    for count, element in enumerate(root.iter(etree.Element)):
        if count >= ELEMENTS_LIMIT:
            break
        kept.append(element)
    first = set(islice((element for element in kept if element.tag == "a"), ANCHORS_LIMIT))
    measures: dict[Any, _Measure] = {element: _Measure() for element in kept}
    for element in reversed(kept):  # children come after their parents in document order
        measure = measures[element]
        if element.tag in _HEADINGS:
            measure.headings += 1
        if _is_time(element):
            measure.times = max(measure.times, 1)
        if element.tag == "a":
            measure.anchors += 1
            measure.target = _spoken_of(element, place) if element in first else None
        parent = element.getparent()
        if parent is not None and parent in measures:
            measures[parent].add(measure)
    return measures, kept


def _spoken_of(anchor: Any, place: _Place) -> str | None:
    """The key of an anchor's page where it may be an article, so that a card's links to its section and author do not count."""
    target = place.target(anchor.get("href"))
    if target is None or not place.owns(target):
        return None
    bare = without_amp(target)
    if not may_be_article(bare) or (points_of(bare) == 0 and len(_text(anchor).split()) < 4):
        return None
    return key(bare)


def _links(parts: Sequence[Any], place: _Place, measures: dict[Any, _Measure]) -> Iterator[tuple[Any, str, bool]]:
    """Links outside navigation, footers and hidden parts, in document order; the third value says that they stand in a
    side column. Elements that lead somewhere by a script (``data-href``) count as links."""
    seen = 0
    for part in parts:
        everything = max(1, measures.get(part, _Measure()).anchors)
        beside: list[Any] = []
        walk = etree.iterwalk(part, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event == "end":
                if beside and beside[-1] is element:
                    beside.pop()
                continue
            holds_the_page = measures.get(element, _Measure()).anchors > everything / 2 and everything > 10
            if element is not part and _is_skipped(element) and not holds_the_page:
                walk.skip_subtree()
                continue
            if element.tag == "aside" or element.get("role") == "complementary":
                beside.append(element)
            href = element.get("href") if element.tag == "a" else _scripted(element)
            target = place.target(href)
            if target is not None:
                seen += 1
                if seen > ANCHORS_LIMIT:
                    return
                yield element, target, bool(beside)


def _scripted(element: Any) -> str | None:
    return next((value for name in _LINK_ATTRIBUTES if (value := element.get(name))), None)


def _is_skipped(element: Any) -> bool:
    tag = element.tag
    if tag in ("html", "body", "main"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    if tag in _SKIPPED or element.get("role") in _SKIPPED_ROLES or _is_hidden(element, named):
        return True
    if _ADVERTISED.search(named):
        return True
    return tag not in ("article", "a") and bool(_SKIPPED_CLASS.search(named)) and not _ARTICLE_CLASS.search(named)


def _is_hidden(element: Any, named: str) -> bool:
    """Whether no reader sees it; a carousel's slides take turns, so being hidden from the ear says nothing there."""
    if element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" and element.tag != "a" and not _SLIDE_CLASS.search(named):
        return True
    style = (element.get("style") or "")[:500].replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _listed(root: lxml_html.HtmlElement, place: _Place) -> dict[str, tuple[str, str | None, Moment | None]]:
    """The articles that JSON-LD lists (ItemList, a collection's parts, a blog's posts), by key."""
    found: dict[str, tuple[str, str | None, Moment | None]] = {}
    budget = LINKED_DATA_LIMIT
    for script in root.xpath("//script[@type='application/ld+json']")[:50]:
        text = script.text or ""
        budget -= len(text)
        if budget < 0:
            break
        try:
            items = list(_items(json.loads(text), 0))
        except (ValueError, RecursionError):
            continue
        for item in items[:ANCHORS_LIMIT]:
            target = place.target(_text_of(item.get("url")) or _text_of(item.get("@id")))
            if target and place.owns(target) and may_be_article(target) and not looks_like_section(target):
                title = plain(_text_of(item.get("headline")) or _text_of(item.get("name")), TITLE_LIMIT)
                found.setdefault(key(without_amp(target)), (target, title, moment_of(item.get("datePublished"), place.language)))
    return found


def _items(node: Any, depth: int, listed: bool = False) -> Iterator[dict[str, Any]]:
    """The entries of lists of articles in a JSON-LD document."""
    if depth > 12:
        return
    if isinstance(node, list):
        for each in node[:2000]:
            yield from _items(each, depth + 1, listed)
    elif isinstance(node, dict):
        inner = node.get("item")
        if listed and isinstance(inner, dict):
            yield inner
        elif listed and (node.get("url") or node.get("@id")):
            yield {**node, "url": inner} if isinstance(inner, str) else node
        elif listed and isinstance(inner, str):
            yield {"url": inner, "name": node.get("name")}
        if "BreadcrumbList" in str(node.get("@type", "")) or "SiteNavigationElement" in str(node.get("@type", "")):
            return
        for name in ("itemListElement", "hasPart", "blogPost", "blogPosts"):
            yield from _items(node.get(name), depth + 1, listed=True)
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "about"):
            if isinstance(node.get(name), (list, dict)):
                yield from _items(node.get(name), depth + 1)


def _text_of(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _title(candidate: _Candidate) -> str | None:
    """The longest text of up to 40 words among the anchors, so the headline and neither "Read more" nor a whole card."""
    fitting = [title for title in candidate.titles if len(title.split()) <= 40]
    return max(fitting or candidate.titles, key=len, default=None)
