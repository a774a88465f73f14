"""The one door to trafilatura: from a page's tree to its text, paragraphs divided by one newline."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import trafilatura
from htmldate import find_date
from lxml import etree, html

from crawler.furniture import FURNITURE, Surroundings, article_lines, link_texts, remove_boxes
from crawler.pages import squeeze
from crawler.phrases import phrases
from crawler.witnesses import text_of

TEXT_LIMIT = 1_000_000  # characters
_FAR_TOO_LITTLE = 2.0  # times: the field notes' measure for taking the default settings instead
_BODY_GAIN = 1.3  # times: JSON-LD's articleBody is often a teaser and helps only where it is this much longer (field notes)
_LITTLE = 250  # characters; below this the default settings are tried whatever the paragraphs say
_PARAGRAPHS = 400
_NOTICE_CHARACTERS = 4000
_VERSION = version("trafilatura")
_PRECISE = f"trafilatura {_VERSION} favor_precision, furniture {FURNITURE}"
_DEFAULT = f"trafilatura {_VERSION} default, furniture {FURNITURE}"
_LIBRARY_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.Error)
_INVITATION = re.compile(
    r"[\W_]{0,6}"
    + phrases(r"""
    (?:lea|lee|leer|ver|vea|mira|mire|escuche|consulte|siga leyendo|te recomendamos|le recomendamos) (?:tambi[eé]n|adem[aá]s|m[aá]s)\b
    (?:le|te|les|os) (?:puede|podr[ií]a|pueden|va a) (?:interesar|gustar)\b
    (?:quiz[aá]s?|tal vez) (?:le|te) interese\b
    tambi[eé]n (?:le|te) (?:puede|podr[ií]a) interesar
    (?:leia|veja|ou[cç]a|saiba|confira|assista) (?:tamb[eé]m|mais)\b
    voc[eê] (?:tamb[eé]m )?(?:pode|vai) (?:gostar|se interessar)
    [aà] (?:lire|voir) (?:aussi|[eé]galement)\b
    (?:lire|voir) (?:aussi|[eé]galement)\b
    [aà] lire sur\b
    sur le m[eê]me sujet\b
    (?:read|see|watch) (?:also|more|next)\b ?[:|»>-]
    also read\b
    you (?:may|might) also (?:like|be interested)
    related (?:stories|articles|news)\b
    (?:noticias?|notas?|art[ií]culos?|mat[eé]rias?) relacionad[ao]s?\b
    contenido relacionado\b
    """),
    re.IGNORECASE,
)
_INVITATION_CHARACTERS = 320  # a longer line that begins so is the article's own sentence

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it gives up on is our outcome, told once and elsewhere
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


_NOTHING_KNOWN = Surroundings()


@dataclass(frozen=True)
class PageText:
    """A page's text and the program, version and settings that made it; empty where there is none. ``notices`` are the
    lines taken out of it as furniture: what tells a stub before a barrier."""

    text: str
    extractor: str
    notices: str = ""


def _run(tree: html.HtmlElement, address: str, precise: bool) -> str:
    """Trafilatura's text with one setting, empty where it finds none. Raises ``_LIBRARY_FAULTS`` on pages it fails at."""
    document = trafilatura.bare_extraction(
        tree, url=address, favor_precision=precise, include_comments=False, include_tables=True, with_metadata=False
    )
    return (getattr(document, "text", None) or "") if document is not None else ""


def is_invitation(line: str) -> bool:
    """Whether a line invites to another article ("Lea también ...") and is none of this one's."""
    return len(line) <= _INVITATION_CHARACTERS and _INVITATION.match(line) is not None


def _lines(text: str) -> list[str]:
    return [line for line in (squeeze(line) for line in text[: 2 * TEXT_LIMIT].splitlines()) if line]


def tidy(text: str, around: Surroundings = _NOTHING_KNOWN) -> str:
    """Lines squeezed, empty ones, invitations and what belongs to the page's furniture dropped, at most ``TEXT_LIMIT``."""
    lines = [line for line in _lines(text) if not is_invitation(line)]
    return "\n".join(article_lines(lines, around))[:TEXT_LIMIT]


def _notices(found: str, text: str) -> str:
    """The lines of what was found that are not in the text."""
    kept = set(text.splitlines())
    return "\n".join(line for line in _lines(found) if line not in kept)[:_NOTICE_CHARACTERS]


def paragraphs(tree: html.HtmlElement) -> list[tuple[html.HtmlElement, str]]:
    """The long paragraphs of a page outside navigation and footers, with their elements."""
    found = []
    for element in tree.iter("p"):
        text = text_of(element)
        if len(text) > 80 and not any(parent.tag in ("nav", "footer", "aside", "form") for parent in _few(element.iterancestors())):
            found.append((element, text))
        if len(found) >= _PARAGRAPHS:
            break
    return found


def expected_characters(own: Sequence[tuple[html.HtmlElement, str]], text: str) -> int:
    """What a text must roughly come to: the long paragraphs that stand near one that was found (in its grandparent), all
    of them where none was. Paragraphs elsewhere are other articles and comments."""
    anchor = next((element for element, written in own if written in text), None)
    around = anchor
    for parent, _ in zip(anchor.iterancestors() if anchor is not None else (), range(2), strict=False):
        around = parent
    near = [written for element, written in own if around is None or around in (element, *_few(element.iterancestors()))]
    return sum(map(len, near))


def _few(parents: Iterable[html.HtmlElement]) -> Iterable[html.HtmlElement]:
    return (parent for parent, _ in zip(parents, range(40), strict=False))


def plain(markup: str) -> str:
    """A fragment of markup as lines of text."""
    if "<" not in markup:
        return markup
    try:
        fragment = html.fragment_fromstring(markup[:TEXT_LIMIT], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return "\n".join(fragment.itertext())


_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "ul", "ol", "article", "section", "blockquote", "table"})


def unfold_layout(tree: html.HtmlElement) -> None:
    """Turn tables that lay a page out (their cells hold paragraphs, headings or tables) into plain divisions, in place.

    Trafilatura would print such a cell as one line of a table; many older sites of the region are built so.
    """
    for table in list(tree.iter("table")):
        if any(inner is not table and inner.tag in _BLOCKS for inner in table.iter(*_BLOCKS)):
            for part in [table, *table.iter("thead", "tbody", "tfoot", "tr", "td", "th")]:
                if next(part.iterancestors("table"), table) is table:
                    part.tag = "div"


def _by_trafilatura(tree: html.HtmlElement, address: str, around: Surroundings, own: Sequence[tuple[html.HtmlElement, str]]) -> PageText:
    """Precise settings, or the default ones where those give far too little. Raises ``_LIBRARY_FAULTS``."""
    found = _run(tree, address, precise=True)
    text = tidy(found, around)
    if expected_characters(own, text) > _FAR_TOO_LITTLE * len(text) or len(text) < _LITTLE:
        wider_found = _run(tree, address, precise=False)
        wider = tidy(wider_found, around)
        if len(wider) > _FAR_TOO_LITTLE * len(text):
            return PageText(wider, _DEFAULT, _notices(wider_found, wider))
    return PageText(text, _PRECISE, _notices(found, text))


def extract(
    tree: html.HtmlElement,
    address: str,
    title: str | None,
    stated_body: str | None,
    bylines: Sequence[str] = (),
    ruled: tuple[str, str] = ("", ""),
) -> PageText:
    """The article's text: trafilatura's without the page's furniture, JSON-LD's body where it is much longer. Never raises on
    strangers' pages; where trafilatura fails, the long paragraphs stand in and are named so. Changes the tree. ``ruled`` is
    the text that the outlet's own rule found, with the rule's name; it goes before all others."""
    around = Surroundings(title or "", bylines, link_texts(tree))
    by_rule = tidy(ruled[0], around)
    if by_rule:
        return PageText(by_rule, f"{ruled[1]}, furniture {FURNITURE}")
    remove_boxes(tree)
    own = paragraphs(tree)
    unfold_layout(tree)
    try:
        found = _by_trafilatura(tree, address, around, own)
    except _LIBRARY_FAULTS as fault:
        text = tidy("\n".join(written for _, written in own), around)
        found = PageText(text, f"paragraphs, after trafilatura {_VERSION} failed: {type(fault).__name__}")
    body = tidy(plain(stated_body), around) if stated_body else ""
    if len(body) > max(_BODY_GAIN * len(found.text), 200):
        return PageText(body, "json-ld articleBody", found.notices)
    return found


def day_by_search(tree: html.HtmlElement, address: str, fetched_at: datetime) -> str | None:
    """The day (YYYY-MM-DD) that htmldate finds on a page whose markup names none, None where it finds none or fails."""
    try:
        found = find_date(tree, url=address, original_date=True, max_date=fetched_at + timedelta(days=1), extensive_search=False)
    except _LIBRARY_FAULTS:
        return None
    return found if isinstance(found, str) else None
