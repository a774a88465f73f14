"""From a snapshot's bytes to an article, or to the named reason why there is none. Pure: bytes and facts in, a value out."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml import html

from crawler import languages, nothing, origins, people, published, ruled, text, titles, witnesses
from crawler.pages import PageFacts, decode, deepest, parse, squeeze
from crawler.witnesses import Witnesses
from newsdesk import addresses
from newsdesk.articles import Article, NoArticle
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, Outcome
from newsdesk.moments import Hint, Hinted

__all__ = ["PageFacts", "read_page"]

_SHORT = 1000  # characters of lead, section, site name
_ADDRESS_CHARACTERS = 2000
_SURROUNDINGS = 40_000
_AUTHOR_METAS = (
    "author", "article:author_name", "parsely-author", "cxenseparse:author", "sailthru.author", "dc.creator", "dcterms.creator",
)  # fmt: skip
_SECTION_PATHS = frozenset("category categoria tag tags seccion section secciones author autor page search".split())


def _host(address: str) -> str:
    try:
        return addresses.host_of(address)
    except BadAddress:
        return ""


def _same_site(one: str, other: str) -> bool:
    first, second = _host(one), _host(other)
    if not first or not second:
        return False
    one_below_the_other = addresses.belongs(first, [second]) or addresses.belongs(second, [first])
    return one_below_the_other or addresses.registered_domain(first) == addresses.registered_domain(second)


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path.strip("/") in ("", "index.html", "index.php", "home") and not parts.query


def _looks_like_section(candidate: str) -> bool:
    first = urlsplit(candidate).path.strip("/").split("/", 1)[0].lower()
    return first in _SECTION_PATHS


def canonical(seen: Witnesses, address: str) -> str | None:
    """The page's own address as it states it, where that may stand for it: http(s), the same registered domain, not the
    site's root and no section unless the page is one itself. None otherwise."""
    for reference in (seen.canonical, seen.first("og:url")):
        if not reference or len(reference) > _ADDRESS_CHARACTERS:
            continue
        try:
            candidate = addresses.absolute(address, reference)
        except BadAddress:
            continue
        if not _same_site(candidate, address) or (_is_root(candidate) and not _is_root(address)):
            continue
        if _looks_like_section(candidate) and not _looks_like_section(address):
            continue
        return candidate
    return None


def stated_address(body: bytes, headers: Sequence[tuple[str, str]]) -> str | None:
    """The absolute address a page states as its own, for a saved page whose address nobody knows. None where it states none."""
    tree = parse(decode(body, headers))
    if tree is None:
        return None
    seen = witnesses.gather(tree)
    for reference in (seen.canonical, seen.first("og:url")):
        try:
            if reference and len(reference) <= _ADDRESS_CHARACTERS:
                addresses.split(reference)
                return reference
        except BadAddress:
            continue
    return None


def _site_name(seen: Witnesses) -> str | None:
    name = seen.first("og:site_name") or seen.linked.publisher or seen.first("application-name")
    return _cut(name)


def _authors(
    seen: Witnesses, near: Sequence[str], announcement: Announcement | None, facts: PageFacts, domain: str
) -> tuple[Hinted[tuple[str, ...]] | None, tuple[str, ...]]:
    """The people who wrote it with their hint, and the agencies named beside or instead of them."""
    site = [*seen.every("og:site_name", "application-name"), seen.linked.publisher or ""]
    strangers = [*facts.names, *site, domain, domain.split(".", maxsplit=1)[0]]
    metas = seen.every(*_AUTHOR_METAS)
    heard: list[tuple[Hint, Sequence[str]]] = [
        (Hint.JSON_LD, seen.linked.authors if seen.linked.is_article else ()),
        (Hint.META, metas or [name for name in seen.every("article:author", "byl", "twitter:data1") if " " in name]),
        *((Hint.BYLINE, [text]) for text in seen.bylines[:3]),
        *((Hint.TEXT, [text]) for text in people.bylines_in(near)),
        (Hint.JSON_LD, () if seen.linked.is_article else seen.linked.authors),
        (Hint.FEED, list(announcement.authors) if announcement is not None else []),
    ]
    agencies: list[str] = []
    chosen: list[tuple[Hint, tuple[str, ...]]] = []
    for hint, texts in heard:
        named, relayed = people.people_and_agencies(people.names_in(texts, strangers, printed=hint in (Hint.BYLINE, Hint.TEXT)))
        agencies += relayed
        if named:
            chosen.append((hint, named))
    if not chosen:
        return None, tuple(dict.fromkeys(agencies))
    chosen.sort(key=lambda one: not any(map(people.looks_like_person, one[1])))  # "LR", "Webmaster X" give way to a printed name
    others = tuple((hint, ", ".join(named)) for hint, named in chosen[1:])
    return Hinted(chosen[0][1], chosen[0][0], others), tuple(dict.fromkeys(agencies))


def _bylines(seen: Witnesses) -> tuple[str, ...]:
    """What markup and page state of the authors, as they state it."""
    return (*seen.linked.authors[:10], *seen.every(*_AUTHOR_METAS)[:10], *seen.bylines)


def _language(seen: Witnesses, title: str, body: str, announcement: Announcement | None) -> Hinted[str] | None:
    """The detected language; what markup and feed state stands beside it and never above it (field notes 15)."""
    stated = [
        (Hint.MARKUP, languages.code(seen.html_language)),
        (Hint.JSON_LD, languages.code(seen.linked.language)),
        (Hint.OPEN_GRAPH, languages.code(seen.first("og:locale"))),
        (Hint.META, languages.code(seen.first("language", "content-language", "dc.language"))),
        (Hint.FEED, languages.code(announcement.language) if announcement is not None else None),
    ]
    others = tuple((hint, code) for hint, code in stated if code)
    detected = languages.detect(title, body)
    return Hinted(detected.language, Hint.DETECTOR, others) if detected is not None else None


def _image(seen: Witnesses, address: str) -> str | None:
    reference = seen.first("og:image", "og:image:url", "twitter:image") or seen.linked.image
    if not reference or len(reference) > _ADDRESS_CHARACTERS:
        return None
    try:
        return addresses.absolute(address, reference)
    except BadAddress:
        return None


def _cut(value: str | None, limit: int = _SHORT) -> str | None:
    squeezed = squeeze(value[: limit * 2]) if value else ""
    return squeezed[:limit] or None


def _stated_language(seen: Witnesses) -> str | None:
    return languages.code(seen.html_language) or languages.code(seen.first("og:locale", "language"))


def _article(
    tree: html.HtmlElement, seen: Witnesses, title: Hinted[str] | None, body: text.PageText, address: str,
    announcement: Announcement | None, facts: PageFacts, own_address: str | None, shown: str,
) -> Article:  # fmt: skip
    domain = addresses.registered_domain(_host(own_address or address))
    near = witnesses.near_headline(shown, title.value) if title else ()
    authors, agencies = _authors(seen, near, announcement, facts, domain)
    language = _language(seen, title.value if title else "", body.text, announcement)
    first_month = published.month_first(facts, _host(address), language.value if language else _stated_language(seen))
    moment = published.published(tree, seen, near, own_address or address, announcement, facts, first_month, witnesses.labelled_days(shown))
    return Article(
        address=address,
        title=title,
        text=body.text,
        authors=authors,
        published=moment,
        modified=published.modified(seen, announcement, facts, first_month),
        language=language,
        canonical=own_address,
        site_name=_site_name(seen),
        kind=_cut(seen.linked.kind, 100),
        section=_cut(seen.first("article:section") or seen.linked.section, 200),
        origin=origins.find(
            seen,
            [*agencies, *origins.credited_in(near)],
            body.text,
            announcement,
            (domain.split(".", maxsplit=1)[0], _site_name(seen) or "", *facts.names),
        ),
        lead=_cut(seen.first("og:description", "description", "twitter:description") or seen.linked.lead),
        image=_image(seen, address),
        extractor=body.extractor,
    )


def read_page(
    body: bytes, headers: Sequence[tuple[str, str]], address: str, announcement: Announcement | None, facts: PageFacts
) -> Article | NoArticle:
    """Read one page. Never raises on what strangers send; time and memory are bounded by whoever runs it, in a process
    that can be ended."""
    refused = nothing.unsupported(body, headers)
    if refused is not None:
        return NoArticle(address, refused.outcome, refused.detail)
    tree = parse(decode(body, headers))
    if tree is None:
        return NoArticle(address, Outcome.EMPTY_BODY, "The body holds no element of HTML.")
    ruling = ruled.read(tree, facts.rules, facts.fetched_at.date())
    seen = witnesses.gather(tree)
    own_address = canonical(seen, address)
    names = titles.site_names(seen, addresses.registered_domain(_host(address)), facts.names)
    shown = witnesses.shown_text(tree, _SURROUNDINGS)
    title = titles.choose(seen, names, announcement.title if announcement is not None else None, shown)
    if ruling.title:
        title = Hinted(_cut(ruling.title) or "", Hint.OUTLET, ((title.hint, title.value),) if title else ())
    page_text = text.extract(tree, address, title.value if title else None, seen.linked.body, _bylines(seen), (ruling.body, ruling.named))
    at_root = _is_root(own_address or address)
    verdict = nothing.nothing(seen, title.value if title else "", page_text.text, page_text.notices, shown, at_root, lambda: deepest(tree))
    if verdict is not None:
        return NoArticle(address, verdict.outcome, verdict.detail, own_address)
    article = _article(tree, seen, title, page_text, address, announcement, facts, own_address, shown)
    language = article.language.value if article.language else _stated_language(seen)
    return ruled.over(article, ruling, facts, published.month_first(facts, _host(address), language))
