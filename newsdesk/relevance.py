"""How much an article matters to the monitor, in which section it would stand, and why: rules and general words only."""

from __future__ import annotations

from newsdesk.articles import Article
from newsdesk.judging import Relevance
from newsdesk.outlets import Outlet
from newsdesk.watchlist import Matcher


def weigh(article: Article, matcher: Matcher, outlet: Outlet | None = None) -> Relevance:
    """Score (0-100), reasons, matches and proposed sections (best first) of an article."""
    title = article.title.value if article.title else ""
    language = article.language.value if article.language else None
    day = article.published.value.on if article.published else None
    matches = matcher.find(title, article.text, language, day)
    return Relevance(0.0, (), matches, (), (), ())
