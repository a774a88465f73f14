"""What the desk would say of a text that nobody collected, and whether two texts tell one story; nothing is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from config.genre import GENRE_FOLDER, load_genre_words
from config.settings import load_settings
from config.watchlist import load_watchlist
from config.workspace import LoadedWorkspace, init_workspace, is_workspace, load_workspace
from crawler.languages import detect
from newsdesk.addresses import site_of
from newsdesk.articles import Article
from newsdesk.errors import NewsdeskError, NotFound
from newsdesk.genre import GenreReader
from newsdesk.judge import judge, telling_of
from newsdesk.judging import JudgedArticle
from newsdesk.kinds import Genre
from newsdesk.meaning import EncoderMissing, open_encoder
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.naming import outlet_of_host
from newsdesk.outlets import Outlet
from newsdesk.register import Register
from newsdesk.rereading import read_again
from newsdesk.settings import DEFAULT_ENCODER, STRONGER_ENCODER
from newsdesk.stories import copies
from newsdesk.telling import Sameness, Telling, same_story
from newsdesk.watchlist import Matcher
from storage.values import to_plain

NO_ADDRESS = "https://unknown.invalid/text"  # RFC 6761: never a real host
LONGEST_TITLE = 300  # code points; a longer first line is text


class NothingToExplain(NewsdeskError):
    """A text without a word."""


@dataclass(frozen=True)
class Given:
    """What the asker knows of a text and the text does not say; None: not known."""

    outlet_id: str | None = None
    published_on: date | None = None
    language: str | None = None


@dataclass(frozen=True)
class Explainer:
    """The rules of a desk made ready: its outlets, policy, watch-list and words."""

    loaded: LoadedWorkspace
    matcher: Matcher
    genre_reader: GenreReader
    register: Register

    def outlet(self, outlet_id: str) -> Outlet:
        """Raises NotFound."""
        for outlet in self.loaded.outlets:
            if outlet.id == outlet_id:
                return outlet
        raise NotFound(f"There is no outlet {outlet_id!r}; see 'newsdesk outlets list'.")

    def judged(self, article: Article, given: Given) -> JudgedArticle:
        """The whole judgement of an article, as the collector would make it. Raises NotFound for an unknown outlet."""
        host = site_of(article.address)
        outlet = self.outlet(given.outlet_id) if given.outlet_id else outlet_of_host(self.loaded.outlets, host)
        return judge(
            article,
            key="explained",
            outlet=outlet,
            source_id="",
            policy=self.loaded.policy,
            matcher=self.matcher,
            genre_reader=self.genre_reader,
            register=self.register,
        )


@contextmanager
def open_explainer(home: Path) -> Iterator[Explainer]:
    """The rules of a workspace, or those newsdesk comes with where ``home`` is none. Raises ConfigurationError."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-") as folder:
        if not is_workspace(home):
            home = Path(folder) / "as-shipped"
            init_workspace(home, contact=None)
        loaded = load_workspace(home)
        matcher = Matcher(load_watchlist(home / "config" / "watchlist"))
        genre_reader = GenreReader(load_genre_words(home / GENRE_FOLDER))
        yield Explainer(loaded, matcher, genre_reader, Register(loaded.outlets, loaded.policy))


def looks_like_a_page(content: bytes) -> bool:
    """Whether bytes are an HTML page rather than plain text."""
    beginning = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<body", b"<article")) or b"<html" in beginning


def article_of_text(content: str, given: Given) -> Article:
    """An article from plain text: its first line is the headline where it is short and more follows. Raises NothingToExplain."""
    lines = [line.strip() for line in content.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        raise NothingToExplain("The text is empty.")
    has_title = len(lines) > 1 and len(lines[0]) <= LONGEST_TITLE
    title, rest = (lines[0], lines[1:]) if has_title else ("", lines)
    return with_given(_article(title, "\n".join(rest)), given)


def _article(title: str, text: str) -> Article:
    found = detect(title, text)
    return Article(
        address=NO_ADDRESS,
        title=Hinted(title, Hint.TEXT) if title else None,
        text=text,
        authors=None,
        published=None,
        modified=None,
        language=Hinted(found.language, Hint.DETECTOR) if found else None,
        canonical=None,
        site_name=None,
        kind=None,
        section=None,
        origin=None,
        lead=None,
        image=None,
        extractor="plain text",
    )


def with_given(article: Article, given: Given) -> Article:
    """The article with what the asker knows of it in place of what was read."""
    if given.language:
        article = replace(article, language=Hinted(given.language, Hint.OUTLET))
    if given.published_on:
        article = replace(article, published=Hinted(Moment.of_day(given.published_on), Hint.OUTLET))
    return article


def explanation(judged: JudgedArticle) -> dict[str, Any]:
    """The judgement as JSON's own kinds, each part with its reasons."""
    article, genre = judged.article, judged.genre
    publisher = judged.publisher or judged.provenance
    return {
        "title": article.title.value if article.title else None,
        "outlet": judged.outlet_id or None,
        "published": article.published.value.isoformat() if article.published else None,
        "language": article.language.value if article.language else None,
        "label": judged.provenance.label.value,
        "label_why": judged.provenance.why,
        "controller": judged.provenance.controller,
        "publisher": {"label": publisher.label.value, "controller": publisher.controller, "why": publisher.why},
        "origins": to_plain(tuple(judged.origins)),
        "opinion": None if genre is None else _opinion(genre),
        "declaration": None if genre is None else _declaration(genre),
        "score": judged.relevance.score,
        "reasons": list(judged.relevance.reasons),
        "sections": to_plain(tuple(judged.relevance.sections)),
        "countries": list(judged.relevance.places),
        "actors": list(judged.relevance.actors),
        "categories": to_plain(tuple(judged.categories)),
        "matches": to_plain(tuple(judged.relevance.matches)),
    }


def _opinion(genre: Genre) -> dict[str, Any]:
    return {
        "is_opinion": genre.is_opinion,
        "likelihood": round(genre.opinion, 3),
        "form": genre.form.value,
        "why": genre.why,
        "signs": to_plain(tuple(genre.signs)),
    }


def _declaration(genre: Genre) -> dict[str, Any]:
    return {"is_declaration": genre.declares, "declarations": to_plain(tuple(genre.declarations))}


@dataclass(frozen=True)
class Readers:
    """The names of the encoders that compare two articles: the first reading, and the second of what is in doubt (None: there is
    none)."""

    first: str = DEFAULT_ENCODER
    second: str | None = STRONGER_ENCODER


def readers_of(home: Path) -> Readers:
    """Those of a workspace, or the defaults where ``home`` is none."""
    if not is_workspace(home):
        return Readers()
    settings = load_settings(home)
    return Readers(settings.encoder, settings.second_encoder)


def compared(a: Article, b: Article, readers: Readers | None = None) -> Sameness:
    """Whether two articles tell one story or are copies, by the functions that the desk itself asks."""
    by = readers or Readers()
    copy = copies(_title(a), a.text, _title(b), b.text)
    first = same_story(*_tellings(a, b, by.first), copy)
    if by.second is None or not first.doubtful:
        return first
    try:
        return read_again(first, *_tellings(a, b, by.second))
    except EncoderMissing as missing:
        return replace(first, reason=f"{first.reason} This is in doubt, and was not read a second time: {missing}.")


def _tellings(a: Article, b: Article, encoder_name: str) -> tuple[Telling, Telling]:
    encoder = open_encoder(encoder_name)
    return telling_of(a, encoder), telling_of(b, encoder)


def _title(article: Article) -> str:
    return article.title.value if article.title else ""


def comparison(a: Article, b: Article, readers: Readers | None = None) -> dict[str, Any]:
    """The same as JSON's own kinds."""
    found = compared(a, b, readers)
    return {
        "verdict": found.verdict.value,
        "same_story": found.verdict.value == "same",
        "score": round(found.score, 4),
        "closeness": round(found.closeness, 4),
        "reason": found.reason,
        "copy": None if found.copy is None else to_plain(found.copy),
        "titles": [_title(a), _title(b)],
        "languages": [each.language.value if each.language else None for each in (a, b)],
    }
