"""What a page said when it was read again, for the editor: the difference, and whether an entry must be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.articles import StoredArticle
from newsdesk.decisions import State
from newsdesk.ports import CandidateView
from newsdesk.versions import Change, Found, PageHistory, Piece, ReadingLine, Version, difference
from review.front import Front


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a difference; ``skipped`` counts the unchanged paragraphs it stands for, 0 where it shows words."""

    pieces: Sequence[Piece]
    skipped: int = 0


@dataclass(frozen=True)
class Step:
    """A version, and how it differs from the one before."""

    version: Version
    title: Sequence[Piece]
    text: Sequence[Paragraph]


@dataclass(frozen=True)
class PageNews:
    """What an editor should know of an article's page. ``warns`` is set where an entry stands on it and it changed
    materially, or went, after the last decision."""

    article: StoredArticle
    steps: Sequence[Step]
    missing_since: datetime | None
    last: ReadingLine | None
    warns: bool


def news_of(front: Front, view: CandidateView, articles: Sequence[StoredArticle]) -> list[PageNews]:
    """The pages of a story that changed, went or show no article, the cited one first."""
    histories = front.rooms.pages.histories([article.id for article in articles])
    current = view.standing.current if view.standing.state is State.ACCEPTED else None
    told = []
    for article in articles:
        history = histories.get(article.id)
        if history is None or not has_news(history):
            continue
        cited = current is not None and (current.draft.article_id or view.article.id) == article.id
        told.append(_news(article, history, cited and current is not None and bool(history.news_since(current.at))))
    return sorted(told, key=lambda news: not news.warns)


def has_news(history: PageHistory) -> bool:
    """Whether the page is not simply as it was."""
    last = history.readings[-1] if history.readings else None
    return len(history.versions) > 1 or history.missing_since is not None or (last is not None and last.found is Found.NO_ARTICLE)


def _news(article: StoredArticle, history: PageHistory, warns: bool) -> PageNews:
    steps = []
    for before, version in zip(history.versions, history.versions[1:], strict=False):
        text = by_paragraph(difference(before.text, version.text))
        steps.append(Step(version, difference(before.title, version.title), text))
    return PageNews(article, steps[::-1], history.missing_since, history.readings[-1] if history.readings else None, warns)


def by_paragraph(pieces: Sequence[Piece]) -> list[Paragraph]:
    """A difference cut at its newlines; runs of unchanged paragraphs are only counted."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Piece(piece.change, part))
    told: list[Paragraph] = []
    for line in filter(None, lines):
        if any(piece.change is not Change.KEPT for piece in line):
            told.append(Paragraph(line))
        elif told and told[-1].skipped:
            told[-1] = Paragraph((), told[-1].skipped + 1)
        else:
            told.append(Paragraph((), 1))
    return told
