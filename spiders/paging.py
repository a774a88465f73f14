"""Where the next, older page of a feed or section page is: what the document itself names first, then WordPress's pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector

from newsdesk.addresses import absolute, host_of, key, registered_domain
from newsdesk.errors import BadAddress

ANCHORS_LIMIT = 5_000
_NEXT_WORDS = re.compile(
    r"\W*(?:(?:ver |cargar |leer |carregar )?(?:m[aá]s|mais) (?:noticias|not[ií]cias|antigu[oa]s|antig[oa]s)|siguientes?|"
    r"p[aá]gina siguiente|"
    r"pr[oó]xim[oa]s?|pr[oó]xima p[aá]gina|anteriores|entradas (?:m[aá]s )?antiguas|suivante?s?|page suivante|plus anciens|"
    r"next(?: page)?|older(?: posts| stories| entries)?|[»›→>]{1,2})\W*\Z",
    re.IGNORECASE,
)
_PAGE_NAMES = ("page", "paged", "pagina", "pag", "p")
_PAGE_IN_PATH = re.compile(r"/(?:page|pagina|pag|p)[/-](\d{1,4})/?\Z", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"/(\d{1,3})/?\Z")
_SCRIPTED = ("data-next-url", "data-next-page-url", "data-next-href", "data-next")


def next_page_of(root: Any, base: str, address: str, selector: str | None = None) -> str | None:
    """The next, older page of a section page on the same site, None where there is no sign of one.

    In this order: the outlet's own ``selector``; ``rel=next``; what an endless page's script is told; the link that bears the
    next page's number; a link that says "next" or "older" in one of four languages; WordPress's ``/page/N/``.
    """
    number = page_number(address)
    hrefs = _by_selector(root, selector) if selector else _by_markup(root, base, number)
    for href in hrefs:
        target = _same_site(base, href, address)
        if target is not None:
            return target
    return numbered(address, number + 1) if not selector and _is_wordpress(root) else None


def _by_selector(root: Any, selector: str) -> Iterator[str]:
    try:
        chosen = CSSSelector(selector, translator="html")(root)
    except (etree.XPathError, ValueError, SyntaxError):
        return
    for element in chosen[:10]:
        yield from (value for name in ("href", *_SCRIPTED) if (value := element.get(name)))


def _by_markup(root: Any, base: str, number: int) -> Iterator[str]:
    yield from (str(href) for href in root.xpath("//*[self::link or self::a][contains(concat(' ', @rel, ' '), ' next ')]/@href")[:5])
    for name in _SCRIPTED:
        yield from (str(value) for value in root.xpath(f"//@{name}")[:5] if "/" in value or "?" in value)
    anchors = root.xpath("//a[@href]")[:ANCHORS_LIMIT]
    yield from _numbered_links(anchors, base, number + 1)
    yield from (anchor.get("href") for anchor in anchors if _says_next(anchor))


def _numbered_links(anchors: Iterable[Any], base: str, wanted: int) -> Iterator[str]:
    """Links whose text is the next page's number and whose address names it too."""
    for anchor in anchors:
        if (anchor.text_content()[:20]).strip() == str(wanted):
            try:
                target = absolute(base, anchor.get("href"))
            except BadAddress:
                continue
            if page_number(target) == wanted or (_BARE_NUMBER.search(urlsplit(target).path) or [0, ""])[1] == str(wanted):
                yield anchor.get("href")


def _says_next(anchor: Any) -> bool:
    words = (anchor.get("aria-label"), anchor.get("title"), anchor.text_content()[:60])
    return any(word and _NEXT_WORDS.match(" ".join(word.split())) for word in words)


def _is_wordpress(root: Any) -> bool:
    generator = " ".join(str(name) for name in root.xpath("//meta[@name='generator']/@content")[:5])
    return "wordpress" in generator.lower() or bool(
        root.xpath("//link[contains(@href, '/wp-content/') or contains(@href, '/wp-json/')]")[:1]
    )


def _same_site(base: str, href: str, address: str) -> str | None:
    text = "".join(href.split())
    if not text or len(text) > 2000 or text.startswith(("#", "javascript:")):
        return None
    try:
        target = absolute(base, text).partition("#")[0]
        same = registered_domain(host_of(target)) == registered_domain(host_of(address))
        return target if same and key(target) != key(address) else None
    except BadAddress:
        return None


def page_number(address: str) -> int:
    """Which page an address says it is (``/page/3/``, ``?paged=3``), 1 where it says nothing."""
    parts = urlsplit(address)
    found = _PAGE_IN_PATH.search(parts.path)
    if found:
        return int(found[1])
    stated = [value for name, value in parse_qsl(parts.query) if name.lower() in _PAGE_NAMES and value.isdecimal() and len(value) < 5]
    return int(stated[-1]) if stated else 1


def numbered(address: str, number: int) -> str:
    """A WordPress section's page by number: ``/mundo/page/2/``."""
    parts = urlsplit(address)
    path = _PAGE_IN_PATH.sub("", parts.path).rstrip("/")
    return parts._replace(path=f"{path}/page/{number}/").geturl()


def paged(address: str) -> str:
    """A WordPress feed's next page: ``?paged=2``, then 3."""
    parts = urlsplit(address)
    number = page_number(address) + 1
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"]
    return parts._replace(query=urlencode([*kept, ("paged", str(number))])).geturl()


def next_of_feed(links: object, generator: object, address: str) -> str | None:
    """A feed's next page: its link with rel ``next`` (RFC 5005; JSON Feed's ``next_url``), else WordPress's ``?paged=``."""
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "next":
            target = _same_site(address, str(link.get("href") or ""), address)
            if target is not None:
                return target
    return paged(address) if "wordpress" in str(generator or "").lower() else None
