"""What a page says of itself in JSON-LD (schema.org), read with bounds: strangers write it, and some write bombs."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import html

from crawler.pages import squeeze

_SCRIPTS = 30
_SCRIPT_CHARACTERS = 1_000_000
_SHORT = 5000  # longer strings are bodies, whose lines are kept
_NODES = 3000
_DEEP = 12  # authors and images are not nested deeper by anybody honest
_TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
_RAW_LINE_BREAK = re.compile(r"[\r\n\t]")

ARTICLE_TYPES = frozenset(
    "NewsArticle Article ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle AskPublicNewsArticle "
    "ReviewNewsArticle LiveBlogPosting BlogPosting SatiricalArticle AdvertiserContentArticle ScholarlyArticle TechArticle Report "
    "SocialMediaPosting MedicalScholarlyArticle Review CriticReview Interview".split()
)
_RELATED_TYPES = frozenset("WebPage ItemPage VideoObject AudioObject Recipe PodcastEpisode RadioEpisode TVEpisode CreativeWork".split())
LIST_TYPES = frozenset("CollectionPage ItemList SearchResultsPage ProfilePage".split())


@dataclass(frozen=True)
class LinkedData:
    """The page's main node. Texts are unescaped; ``is_article`` says that its type is an article's; ``types`` are all
    types on the page."""

    kind: str | None = None
    is_article: bool = False
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    body: str | None = None
    lead: str | None = None
    image: str | None = None
    publisher: str | None = None
    provider: str | None = None
    free: bool | None = None
    types: frozenset[str] = frozenset()


Node = Mapping[str, object]


def _load(text: str) -> object:
    """One script's value, mended where it is mended easily; None where it is no JSON."""
    bare = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    bare = bare.removeprefix("//<![CDATA[").removesuffix("//]]>").removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for candidate in (bare, _TRAILING_COMMA.sub(r"\1", _RAW_LINE_BREAK.sub(" ", bare))):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(values: list[object]) -> Iterator[Node]:
    """Every object of the values, outer ones first, at most ``_NODES`` of them."""
    waiting = list(values)
    for count, value in enumerate(waiting):  # grows while it is walked: breadth first
        if count >= _NODES:
            return
        if isinstance(value, dict):
            yield value
            waiting.extend(child for child in value.values() if isinstance(child, dict | list))
        elif isinstance(value, list):
            waiting.extend(child for child in value[:_NODES] if isinstance(child, dict | list))


def _texts(value: object, depth: int = 0) -> list[str]:
    """The strings a value stands for: itself, its members, or its ``name``."""
    if isinstance(value, str):
        text = squeeze(entities.unescape(value)) if len(value) <= _SHORT else entities.unescape(value)
        return [text] if text else []
    if isinstance(value, int) and not isinstance(value, bool):
        return [str(value)]
    if depth > _DEEP:
        return []
    if isinstance(value, list):
        return [text for child in value[:100] for text in _texts(child, depth + 1)]
    if isinstance(value, dict):
        return _texts(value.get("name", value.get("@value")), depth + 1)
    return []


def _first(node: Node, *keys: str) -> str | None:
    return next((texts[0] for key in keys if (texts := _texts(node.get(key)))), None)


def _types(node: Node) -> list[str]:
    return [text.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for text in _texts(node.get("@type"))]


def _image(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return value.strip() if isinstance(value, str) and value.strip() else None


def _free(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None


def _names(node: Node, by_id: Mapping[str, Node], *keys: str) -> tuple[str, ...]:
    """Names of people or organisations, references (``@id``) followed once."""
    names: list[str] = []
    for key in keys:
        value = node.get(key)
        for one in value[:50] if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "name" not in one and isinstance(one.get("@id"), str):
                one = by_id.get(one["@id"])
            names += _texts(one)
        if names:
            break
    return tuple(names[:50])


def _rank(node: Node) -> tuple[int, int]:
    """How likely a node is the page's main one: an article with headline and date first."""
    types = _types(node)
    if any(kind in ARTICLE_TYPES for kind in types):
        return (0, -sum(key in node for key in ("headline", "datePublished", "author", "articleBody")))
    return (1, -sum(key in node for key in ("datePublished", "author"))) if any(kind in _RELATED_TYPES for kind in types) else (2, 0)


def _main(nodes: list[Node]) -> Node | None:
    ranked = [node for node in nodes if _rank(node)[0] < 2]
    if not ranked:
        return None
    return min(ranked, key=_rank)


def _scripts(tree: html.HtmlElement) -> list[object]:
    values: list[object] = []
    for script in tree.iterfind(".//script[@type]"):
        if len(values) >= _SCRIPTS:
            break
        kind = (script.get("type") or "").strip().lower()
        text = script.text
        if kind.startswith("application/ld+json") and text and len(text) <= _SCRIPT_CHARACTERS:
            values.append(_load(text))
    return values


def read(tree: html.HtmlElement) -> LinkedData:
    """The page's JSON-LD; an empty value where there is none or none that can be read."""
    nodes = list(_nodes(_scripts(tree)))
    types = frozenset(kind for node in nodes for kind in _types(node)[:5])
    main = _main(nodes)
    if main is None:
        return LinkedData(types=types)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    kinds = _types(main)
    is_article = any(kind in ARTICLE_TYPES for kind in kinds)
    return LinkedData(
        kind=next((kind for kind in kinds if kind in ARTICLE_TYPES), kinds[0] if kinds else None),
        is_article=is_article,
        headline=_first(main, "headline", "name"),
        authors=_names(main, by_id, "author", "creator"),  # type: ignore[arg-type]
        published=_first(main, "datePublished", "uploadDate", "dateCreated"),
        modified=_first(main, "dateModified"),
        section=_first(main, "articleSection"),
        language=_first(main, "inLanguage"),
        body=_first(main, "articleBody") if is_article else None,
        lead=_first(main, "description", "abstract"),
        image=_image(main.get("image")),
        publisher=next(iter(_names(main, by_id, "publisher")), None),  # type: ignore[arg-type]
        provider=next(iter(_names(main, by_id, "provider", "sourceOrganization", "isBasedOn")), None),  # type: ignore[arg-type]
        free=_free(main.get("isAccessibleForFree")),
        types=types,
    )
