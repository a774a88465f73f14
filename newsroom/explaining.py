"""What the desk would say of a text that nobody collected, and whether two texts tell one story; nothing is stored."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.genre import GENRE_FOLDER, load_genre_words
from config.settings import load_settings
from config.watchlist import load_watchlist
from config.workspace import LoadedWorkspace, init_workspace, is_workspace, load_workspace
from newsdesk.addresses import site_of
from newsdesk.articles import Article
from newsdesk.genre import GenreReader
from newsdesk.judge import judge, telling_of
from newsdesk.judging import JudgedArticle
from newsdesk.kinds import Genre
from newsdesk.meaning import EncoderMissing, open_encoder
from newsdesk.outlets import Outlet
from newsdesk.register import Register
from newsdesk.rereading import read_again
from newsdesk.settings import DEFAULT_ENCODER, STRONGER_ENCODER
from newsdesk.stories import copies
from newsdesk.telling import Sameness, Telling, same_story
from newsdesk.watchlist import Matcher
from newsroom.by_hand import NO_ADDRESS, Given, publisher_of
from storage.values import to_plain

MOST_WORDS = 5  # of a country or actor that a sentence cites; ``matches`` has all


@dataclass(frozen=True)
class Explainer:
    """The rules of a desk made ready: its outlets, policy, watch-list and words."""

    loaded: LoadedWorkspace
    matcher: Matcher
    genre_reader: GenreReader
    register: Register

    def publisher(self, article: Article, given: Given) -> Outlet | None:
        """Raises NotFound for an unknown outlet."""
        return publisher_of(self.loaded, given, article.address, article.language.value if article.language else None)

    def judged(self, article: Article, given: Given) -> JudgedArticle:
        """The whole judgement of an article, as the collector would make it. Raises NotFound for an unknown outlet."""
        return judge(
            article,
            key="explained",
            outlet=self.publisher(article, given),
            source_id="",
            policy=self.loaded.policy,
            matcher=self.matcher,
            genre_reader=self.genre_reader,
            register=self.register,
        )


@contextmanager
def workspace_or_shipped(home: Path) -> Iterator[Path]:
    """``home`` where it is a workspace, else one for the moment with what newsdesk comes with."""
    if is_workspace(home):
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="newsdesk-") as folder:
        shipped = Path(folder) / "as-shipped"
        init_workspace(shipped, contact=None)
        yield shipped


@contextmanager
def open_explainer(home: Path) -> Iterator[Explainer]:
    """The rules of a workspace, or those newsdesk comes with where ``home`` is none. Raises ConfigurationError."""
    with workspace_or_shipped(home) as rules:
        loaded = load_workspace(rules)
        matcher = Matcher(load_watchlist(rules / "config" / "watchlist"))
        genre_reader = GenreReader(load_genre_words(rules / GENRE_FOLDER))
        yield Explainer(loaded, matcher, genre_reader, Register(loaded.outlets, loaded.policy))


def explanation(judged: JudgedArticle, given: Given) -> dict[str, Any]:
    """The judgement as JSON's own kinds, each part with its reasons. ``given`` is what the asker knew."""
    article, genre = judged.article, judged.genre
    publisher = judged.publisher or judged.provenance
    return {
        "title": article.title.value if article.title else None,
        "outlet": judged.outlet_id or None,
        "outlet_why": _outlet_why(judged, given),
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
        "countries_why": _named(judged, "place", judged.relevance.places),
        "actors": list(judged.relevance.actors),
        "actors_why": _named(judged, "actor", judged.relevance.actors),
        "categories": to_plain(tuple(judged.categories)),
        "matches": to_plain(tuple(judged.relevance.matches)),
    }


def _outlet_why(judged: JudgedArticle, given: Given) -> str:
    site = site_of(judged.article.address)
    if given.outlet_id:
        return "You said who published it."
    if judged.article.address == NO_ADDRESS:
        return "Nobody said who published it, and it states no address."
    if not judged.outlet_id:
        return f"The page states an address on {site}, which is no outlet's of the register."
    return f"The page states an address on {site}, which is this outlet's."


def _named(judged: JudgedArticle, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """Of each country or actor, a sentence with the words that name it (each spelling once, the first five) and where."""
    sentences = {}
    for one in ids:
        found = [match for match in judged.relevance.matches if match.concept == f"{kind}:{one}"]
        words = list(dict.fromkeys(match.words for match in found))[:MOST_WORDS]
        where = " and ".join(place for place in ("title", "text") if any(match.where == place for match in found))
        sentences[one] = f"Named by {', '.join(f'“{each}”' for each in words)} in the {where}."
    return sentences


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
