"""The headline: the h1 that agrees with what else the page calls itself, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.pages import squeeze
from crawler.people import folded
from crawler.phrases import phrases
from crawler.witnesses import Witnesses
from newsdesk.moments import Hint, Hinted

TITLE_CHARACTERS = 1000
_WORD = re.compile(r"\w+")
_DIVIDER = re.compile(r"\s(?:[|–—·•»«‹›:-]|::|//|>|\|\|)\s|\s?\|\s?")
_AGREES = 0.6
_HEADLINE_WORDS = 4  # a lone heading of fewer words may be the site's or the section's name
_LABEL_AT_END = re.compile(
    r"(?<=\S)\s+" + phrases(r"""
    abonn[eé]s|r[eé]serv[eé] aux abonn[eé]s|acc[eè]s libre|article payant
    (?:solo |exclusivo )?(?:para )?suscriptores|s[oó] para assinantes|exclusivo para assinantes
    (?:for )?subscribers(?: only)?|premium
    """) + r"\Z", re.IGNORECASE,
)  # fmt: skip


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:TITLE_CHARACTERS].casefold()))


def agreement(one: str, other: str) -> float:
    """How far two titles share their words (0-1): shared words over those of the shorter, halved where it is very short."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    if folded(one[:TITLE_CHARACTERS]) == folded(other[:TITLE_CHARACTERS]):
        return 1.0
    shorter = min(len(first), len(second))
    shared = len(first & second) / shorter
    return shared if shorter >= 3 else shared * 0.5


def _is_name(part: str, names: Sequence[str]) -> bool:
    key = folded(part)
    return bool(key) and any(key == name or (len(key) > 4 and len(name) > 4 and (key in name or name in key)) for name in names)


def without_site(title: str, names: Sequence[str]) -> str:
    """A title without the site's name at either end; ``names`` are spellings of it, folded.

    >>> without_site("Hay acuerdo - El Diario", ["eldiario"])
    'Hay acuerdo'
    """
    for _ in range(3):
        dividers = list(_DIVIDER.finditer(title))
        if not dividers:
            break
        last, first = dividers[-1], dividers[0]
        if _is_name(title[last.end() :], names) and title[: last.start()].strip():
            title = title[: last.start()]
        elif _is_name(title[: first.start()], names) and title[first.end() :].strip():
            title = title[first.end() :]
        else:
            break
    return title.strip()


def site_names(witnesses: Witnesses, domain: str, outlets: Sequence[str]) -> list[str]:
    """Folded spellings of who publishes: stated site name, publisher, the outlet's names, its domain and the domain's label."""
    stated = witnesses.every("og:site_name", "application-name", "al:ios:app_name", "apple-mobile-web-app-title")
    labels = [domain, domain.split(".", maxsplit=1)[0]]
    return [key for name in (*stated, witnesses.linked.publisher or "", *outlets, *labels) if len(key := folded(name)) > 1]


def _printed(stated: Sequence[tuple[Hint, str]], title_element: str, shown: str) -> tuple[Hint, str] | None:
    """The longest stated title that the page also prints as a piece of its own: og:title is cut at inner quotes, and the
    title element carries names after dividers that nobody can know."""
    printed = {line.casefold() for line in shown.split("\n")}
    parts = [(Hint.TITLE_ELEMENT, title_element[: divider.start()].strip()) for divider in _DIVIDER.finditer(title_element)]
    fitting = [(hint, text) for hint, text in (*stated, *parts) if len(text.split()) >= 3 and text.casefold() in printed]
    return max(fitting, key=lambda one: len(one[1]), default=None)


def _without_label(heading: str, stated: Sequence[tuple[Hint, str]]) -> str:
    """A heading without the note of a barrier at its end ("Abonnés"), where some statement of the title lacks it."""
    bare = _LABEL_AT_END.sub("", heading)
    return bare if bare and any(text.startswith(bare) and not text.startswith(heading) for _, text in stated) else heading


def _lone_heading(headings: Sequence[str], stated: Sequence[tuple[Hint, str]]) -> str | None:
    """The only heading of the first rank on a page of which nothing else but the title element speaks: search engines are
    told one title, readers another."""
    only_title_element = bool(stated) and all(hint is Hint.TITLE_ELEMENT for hint, _ in stated)
    return headings[0] if only_title_element and len(headings) == 1 and len(headings[0].split()) >= _HEADLINE_WORDS else None


def choose(witnesses: Witnesses, names: Sequence[str], announced: str | None, shown: str) -> Hinted[str] | None:
    """The page's title with its hint, None where nothing names one. ``shown`` is its visible text, a piece a line."""
    stated: list[tuple[Hint, str]] = [
        (Hint.JSON_LD, witnesses.linked.headline if witnesses.linked.is_article and witnesses.linked.headline else ""),
        (Hint.OPEN_GRAPH, witnesses.first("og:title") or ""),
        (Hint.META, witnesses.first("twitter:title", "dc.title", "title", "headline", "parsely-title", "cxenseparse:title") or ""),
        (Hint.TITLE_ELEMENT, witnesses.title_element),
    ]
    stated = [(hint, without_site(squeeze(text[: TITLE_CHARACTERS * 2]), names)[:TITLE_CHARACTERS]) for hint, text in stated if text]
    headings = [without_site(text, names)[:TITLE_CHARACTERS] for text in witnesses.headings if text and not _is_name(text, names)]
    scored = [(max((agreement(heading, text) for _, text in stated), default=0.0), -place) for place, heading in enumerate(headings)]
    best = max(scored, default=(0.0, 0))
    if best[0] >= _AGREES:
        return Hinted(_without_label(headings[-best[1]], stated), Hint.HEADING, tuple(stated))
    lone = _lone_heading(headings, stated)
    if lone is not None:
        return Hinted(lone, Hint.HEADING, tuple(stated))
    printed = _printed(stated, squeeze(witnesses.title_element), shown)
    if printed is not None:
        return Hinted(printed[1], printed[0], tuple(stated))
    if stated:
        return Hinted(stated[0][1], stated[0][0], tuple(stated[1:]) + tuple((Hint.HEADING, heading) for heading in headings[:1]))
    if headings:
        return Hinted(headings[0], Hint.HEADING)
    return Hinted(squeeze(announced)[:TITLE_CHARACTERS], Hint.FEED) if announced and announced.strip() else None
