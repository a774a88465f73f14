"""A section page's links that look like articles: bytes to Reading. The last resort where an outlet has neither feed nor
news sitemap, so it prefers to miss a link rather than to follow navigation or advertisements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from newsdesk.addresses import absolute, host_of, key, registered_domain
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, PollOutcome, Reading
from newsdesk.moments import Hint
from spiders.bodies import Headers, Hostile, decode, plain, unfold
from spiders.feeds import language_code

TITLE_LIMIT = 1000
ANCHORS_LIMIT = 5_000
ELEMENTS_LIMIT = 200_000
TAG_ATTRIBUTES_LIMIT = 64 * 1024
DEPTH_LIMIT = 250
ENOUGH = 3  # points from which a link is taken for an article
SURE_ADDRESS = 3  # points of an address that is an article's even below /newsletters/ or /topics/

_SKIPPED = frozenset("nav footer aside form script style noscript template head iframe svg button select menu dialog".split())
_SKIPPED_ROLES = frozenset("navigation contentinfo complementary search menu menubar banner dialog".split())
_BLOCKS = frozenset("article section li div td tr figure".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SKIPPED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|social|share|sharing|cookies?|consent|newsletter|subscri\w*|"
    r"sponsor(?:ed)?|advert\w*|publicidad\w*|publicidade|publi|promo|banner|taboola|outbrain|pagination|paginat\w*|tags?|login)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:article|articulo|noticia|news|story|post|entry|card|teaser|nota|headline|title|titular|manchete)", re.IGNORECASE
)
_NOT_ARTICLE_PATH = re.compile(
    r"/(?:tags?|etiquetas?|temas?|topics?|categor(?:y|ia|ias|ies|ie)|autor(?:es)?|authors?|auteurs?|columnistas?|colunistas?|secciones|section|"
    r"login|signin|sign-in|logout|register|registro|cadastro|account|cuenta|conta|compte|suscri\w*|subscri\w*|assine|assinatura\w*|abonn\w*|"
    r"search|busca|buscar|buscador|recherche|pesquisa|contact[oe]?|contato|about|acerca-?de|sobre(?:-nos)?|quienes-somos|quem-somos|"
    r"privac\w*|privacidad|cookies?|terms|terminos\w*|termos\w*|aviso-legal|mentions-legales|newsletters?|rss|feeds?|page|pagina|"
    r"wp-admin|wp-login\.php|cart|shop|tienda|loja|boutique|share|compartir|publicidad|anuncie|advertis\w*|private|galer\w*)(?:/|$)",
    re.IGNORECASE,
)
_NEVER_PATH = re.compile(
    r"/(?:login|signin|sign-in|logout|register|wp-admin|wp-login\.php|search|busca|buscar|recherche|pesquisa|share|compartir|private|cart|"
    r"tags?|etiquetas?|autor(?:es)?|authors?|auteurs?|columnistas?|colunistas?|page)(?:/|$)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|gz|mp[34]|m4[av]|mov|avi|webm|og[gav]|wav|css|js|json|xml|rss|atom)\Z",
    re.IGNORECASE,
)
_DATE_IN_PATH = re.compile(r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/_-]|$)")
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_NUMBER_QUERY = re.compile(r"(?:^|&)(?:id|p|nid|noticia|article|art|idnoticia|codigo|storyid)=\d+", re.IGNORECASE)


@dataclass
class _Candidate:
    """A link gathered from one or more anchors to the same page."""

    address: str
    titles: list[str] = field(default_factory=list)
    points: int = 0
    shape: str = ""


def read_section(body: bytes, headers: Headers, address: str, now: datetime, cap: int) -> Reading:
    """The article-like links of a section page, in page order, on the page's own host only. Never raises.

    ``rel=nofollow`` is no robots rule and is ignored (it is a remark to search engines about the link's worth).
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
    found = _article_links(root, address)
    announcements = tuple(Announcement(c.address, Hint.SECTION_PAGE, title=_title(c)) for c in found)
    if not announcements:
        anchors = len(root.xpath("//a[@href]"))
        return Reading(PollOutcome.NO_LINKS_FOUND, detail=f"None of the page's {anchors} links looks like an article.", format="html")
    return Reading(
        PollOutcome.READ,
        announcements=announcements[:cap],
        cut=max(0, len(announcements) - cap),
        format="html",
        title=plain(root.findtext(".//title"), TITLE_LIMIT),
        language=language_code(root.get("lang")),
    )


def too_dear(text: str) -> str | None:
    """Why a page may not be given to the HTML parser: one tag of 60,000 attributes takes lxml 40 s (field notes)."""
    if any(len(run.partition(">")[0]) > TAG_ATTRIBUTES_LIMIT for run in text.split("<") if len(run) > TAG_ATTRIBUTES_LIMIT):
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


def _article_links(root: lxml_html.HtmlElement, address: str) -> list[_Candidate]:
    base, own = base_of(root, address), registered_domain(host_of(address))
    here = key(address)
    gathered: dict[str, _Candidate] = {}
    for anchor in _anchors(root):
        target = _target(anchor, base, own, here)
        if target is None:
            continue
        candidate = gathered.setdefault(key(target), _Candidate(target))
        candidate.shape = candidate.shape or _shape(anchor)
        candidate.points = max(candidate.points, _context_points(anchor))
        title = plain(anchor.text_content(), TITLE_LIMIT)
        if title:
            candidate.titles.append(title)
    shapes = Counter(c.shape for c in gathered.values())
    return [c for c in gathered.values() if c.points + _address_points(c.address) + _title_points(c) + (shapes[c.shape] >= 4) >= ENOUGH]


def _anchors(root: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """Anchors outside navigation, footers, asides and hidden parts, in document order."""
    walk = etree.iterwalk(root, events=("start", "end"))
    seen = count = 0
    for event, element in walk:
        if event == "end" or not isinstance(element.tag, str):
            continue
        count += 1
        if count > ELEMENTS_LIMIT or seen >= ANCHORS_LIMIT:
            return
        if _is_skipped(element):
            walk.skip_subtree()
        elif element.tag == "a" and element.get("href"):
            seen += 1
            yield element


def _is_skipped(element: etree._Element) -> bool:
    tag = element.tag
    if tag in ("html", "body", "main"):
        return False
    if tag in _SKIPPED or element.get("role") in _SKIPPED_ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" and tag != "a":
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return tag not in ("article", "a") and bool(_SKIPPED_CLASS.search(named)) and not _ARTICLE_CLASS.search(named)


def _target(anchor: lxml_html.HtmlElement, base: str, own: str, here: str) -> str | None:
    """Where an anchor leads, None where that cannot be an article of this outlet."""
    href = str(anchor.get("href", "")).strip()
    if not href or len(href) > 2000 or href.startswith(("#", "javascript:", "mailto:", "tel:", "whatsapp:")):
        return None
    try:
        target = absolute(base, href).partition("#")[0]
        if registered_domain(host_of(target)) != own or key(target) == here:
            return None
    except BadAddress:
        return None
    return target if _may_be_article(target) else None


def _may_be_article(target: str) -> bool:
    """Whether an address is neither the front page nor a file, a list, a form or an account page."""
    parts = urlsplit(target)
    if parts.path in ("", "/"):
        return bool(_NUMBER_QUERY.search(parts.query))
    if _FILE.search(parts.path) or _NEVER_PATH.search(parts.path):
        return False
    return not _NOT_ARTICLE_PATH.search(parts.path) or _address_points(target) >= SURE_ADDRESS


def _shape(anchor: lxml_html.HtmlElement) -> str:
    """The names of the elements around an anchor with their classes: repeated blocks have one shape."""
    names: list[str] = []
    element: etree._Element | None = anchor
    for _ in range(4):
        if element is None:
            break
        names.append(f"{element.tag!s}.{' '.join((element.get('class') or '').split()[:2])}")
        element = element.getparent()
    return "<".join(names)


def _context_points(anchor: lxml_html.HtmlElement) -> int:
    """2 for a headline around or within, 1 for an article element or class near by."""
    points = 2 if any(child.tag in _HEADINGS for child in anchor.iter("h1", "h2", "h3", "h4", "h5", "h6")) else 0
    element = anchor.getparent()
    near = False
    for _ in range(6):
        if element is None or element.tag in ("body", "main"):
            break
        if element.tag in _HEADINGS:
            points = 2
        near = (
            near or element.tag == "article" or (element.tag in _BLOCKS and bool(_ARTICLE_CLASS.search((element.get("class") or "")[:300])))
        )
        element = element.getparent()
    return points + near


def _address_points(address: str) -> int:
    """2 for a date or a long slug in the path, 1 for a number or a middling slug."""
    parts = urlsplit(address)
    last = [segment for segment in parts.path.split("/") if segment][-1:] or [""]
    words = len([word for word in re.split(r"[-_+]|%20", last[0]) if word])
    points = 2 if words >= 4 else 1 if words >= 3 else 0
    if _DATE_IN_PATH.search(parts.path):
        points += 2
    if _NUMBER.search(parts.path) or _NUMBER_QUERY.search(parts.query):
        points += 1
    return min(points, 3)


def _title_points(candidate: _Candidate) -> int:
    """1 for a link text as long as a headline, 1 less for a word or two outside a headline."""
    words = max((len(title.split()) for title in candidate.titles), default=0)
    return 1 if words >= 4 else -1 if words <= 2 and candidate.points < 2 else 0


def _title(candidate: _Candidate) -> str | None:
    """The longest text of up to 40 words among the anchors, so the headline and neither "Read more" nor a whole card."""
    fitting = [title for title in candidate.titles if len(title.split()) <= 40]
    return max(fitting or candidate.titles, key=len, default=None)
