"""Whose report an article gives, as the pages show it: the words that show it marked, the label that follows said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.articles import StoredArticle
from newsdesk.labels import Origin, OriginKind
from newsdesk.voices import relay_in_words


@dataclass(frozen=True)
class Mark:
    """Words to mark in a headline or text, from ``start`` to ``end``; ``concept`` is what the mark says when pointed at."""

    start: int
    end: int
    concept: str
    kind: str = "origin"


@dataclass(frozen=True)
class Relay:
    """An origin in words; ``article_id`` is the earlier article it copies, if it does. ``counts``: the label rests on it."""

    sentence: str
    why: str
    counts: bool
    article_id: int | None


def marks_of(origins: Sequence[Origin], where: str) -> list[Mark]:
    """The words of headline ("title") or text ("text") that show whose report it is."""
    return [Mark(each.start, each.end, f"Origin: {each.name}") for each in origins if each.where == where]


def relays_of(article: StoredArticle) -> list[Relay]:
    """The article's origins, those on which its label rests first."""
    told = [_relay(origin) for origin in article.origins]
    return sorted(told, key=lambda each: not each.counts)


def _relay(origin: Origin) -> Relay:
    said = relay_in_words(origin)
    copied = origin.article_id if origin.kind is OriginKind.COPY else None
    return Relay(said[:1].upper() + said[1:], origin.why, origin.counts, copied)
