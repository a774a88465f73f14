"""Everything that can be said of an article alone, said at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from newsdesk.articles import Article
from newsdesk.categories import categories_of
from newsdesk.editions import Policy
from newsdesk.fingerprints import FINGERPRINT_VERSION, fingerprints
from newsdesk.genre import GenreReader
from newsdesk.judging import JudgedArticle
from newsdesk.meaning import Encoder
from newsdesk.origins import find_origins
from newsdesk.outlets import Outlet
from newsdesk.provenance import label_of
from newsdesk.register import Register
from newsdesk.relevance import weigh
from newsdesk.telling import Telling, tell_many
from newsdesk.voices import voice_of
from newsdesk.watchlist import Matcher


def judge(
    article: Article,
    *,
    key: str,
    outlet: Outlet | None,
    outlet_id: str | None = None,
    source_id: str,
    policy: Policy,
    matcher: Matcher,
    suppressed: Collection[str] = (),
    encoder: Encoder | None = None,
    genre_reader: GenreReader | None = None,
    register: Register | None = None,
) -> JudgedArticle:
    """Label, fingerprints and relevance of an article, and with an ``encoder`` what is compared of it to find its event.

    With a ``register`` the label is that of whose report it gives; without one, its publisher's alone.
    With a ``genre_reader`` it says whether the article is opinion or a declaration.
    ``outlet`` None (one that left the configuration, say) yields the label UNKNOWN and is kept under ``outlet_id``.
    ``suppressed`` are keys of the outlet's recurring lines (``stories.recurring_lines``).
    """
    published_on = article.published.value.on if article.published else None
    publisher = label_of(outlet, published_on, policy)
    origins = () if register is None else find_origins(article, outlet, register, published_on)
    relevance = weigh(article, matcher, outlet)
    return JudgedArticle(
        key=key,
        outlet_id=outlet.id if outlet is not None else outlet_id or "",
        source_id=source_id,
        article=article,
        provenance=voice_of(publisher, origins),
        fingerprints=fingerprints(article.text, suppressed),
        fingerprint_version=FINGERPRINT_VERSION,
        relevance=relevance,
        telling=None if encoder is None else telling_of(article, encoder),
        genre=None if genre_reader is None else genre_reader.read(article, relevance.matches),
        categories=categories_of(relevance.matches),
        origins=origins,
        publisher=None if register is None else publisher,
    )


def telling_of(article: Article, encoder: Encoder) -> Telling:
    """What is compared of an article."""
    return tell_many([_told_of(article)], encoder)[0]


def tell_all(judged: Sequence[JudgedArticle], encoder: Encoder) -> list[JudgedArticle]:
    """The articles with what is compared of them, drawn together: alone each costs a quarter more (from eight on nothing more
    is gained), because the encoder's weights, 7 MB, are read anew for each call."""
    tellings = tell_many([_told_of(one.article) for one in judged], encoder)
    return [replace(one, telling=telling) for one, telling in zip(judged, tellings, strict=True)]


def _told_of(article: Article) -> tuple[str, str | None, str, str | None, date | None]:
    """Title, lead, text, language and day of publication."""
    published_on = article.published.value.on if article.published else None
    title = article.title.value if article.title else ""
    return title, article.lead, article.text, article.language.value if article.language else None, published_on
