"""What editors see and say of stories: members with the reason of each, what is perhaps the same, and their verdicts.

A verdict is one line of a log that only grows. Merging and splitting move articles; what was parted never joins again by
itself, until an editor says otherwise. All verdicts that stand are labelled pairs for the next measurement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from newsdesk.articles import StoredArticle


class JoinKind(StrEnum):
    """Why an article is in its story."""

    BEGAN = "began"  # the story began with it
    COPY = "copy"  # its text is another's, in whole or in part
    SAME_EVENT = "same event"  # it tells the same event in its own words, or in another language
    EDITOR = "editor"  # an editor said so


class VerdictKind(StrEnum):
    """What an editor says of two stories, or of some articles of one."""

    SAME = "same"  # two stories become one
    SPLIT = "split"  # some articles become a story of their own
    APART = "apart"  # two stories stay two
    UNDO = "undo"  # takes an earlier verdict back


@dataclass(frozen=True)
class StoryMember:
    """An article of a story, why it is there in a sentence, and the article it was compared with."""

    article: StoredArticle
    kind: JoinKind
    reason: str
    other_article_id: int | None = None
    joined_at: datetime | None = None


@dataclass(frozen=True)
class StoryHint:
    """Another story that perhaps tells the same event: its leading article, how many it has, its candidate if it has one, the
    score (0-1) of the likeliest pair and the reason. ``told_apart`` says that a second reading found it to be another event."""

    story_id: int
    article: StoredArticle
    article_count: int
    candidate_id: int | None
    score: float
    reason: str
    told_apart: bool = False


@dataclass(frozen=True)
class StoryVerdict:
    """One line of the log. SAME: ``article_ids`` came from ``story_id`` to ``other_story_id``, which held
    ``other_article_ids``. SPLIT: ``article_ids`` left ``story_id``, which kept ``other_article_ids``, for
    ``other_story_id``. APART: the articles of both when it was said. ``undoes`` is the verdict that UNDO takes back."""

    id: int
    kind: VerdictKind
    story_id: int
    other_story_id: int
    article_ids: Sequence[int]
    other_article_ids: Sequence[int]
    reason: str
    undoes: int | None
    by: str
    at: datetime


@dataclass(frozen=True)
class StoryView:
    """A story as its editors see it. ``seen`` is the last verdict on it (0: none): a verdict given on an older view is
    refused. ``verdicts`` are those that stand, the latest first; ``told_apart`` are suggestions that a second reading took back."""

    story_id: int
    members: Sequence[StoryMember]
    hints: Sequence[StoryHint]
    verdicts: Sequence[StoryVerdict]
    seen: int
    told_apart: Sequence[StoryHint] = ()


@dataclass(frozen=True)
class Labelled:
    """An article of a labelled pair, as a measurement needs it."""

    article_id: int
    outlet_id: str
    language: str | None
    published_on: date | None
    title: str
    opening: str


@dataclass(frozen=True)
class LabelledPair:
    """Two articles of which an editor said that they tell one event, or not."""

    same: bool
    one: Labelled
    other: Labelled
    verdict_id: int
    by: str
    at: datetime
    reason: str


def standing(verdicts: Iterable[StoryVerdict]) -> list[StoryVerdict]:
    """The verdicts that count, oldest first: neither taken back nor taking back."""
    kept = list(verdicts)
    undone = {verdict.undoes for verdict in kept}
    return [verdict for verdict in kept if verdict.kind is not VerdictKind.UNDO and verdict.id not in undone]


def pairs_said(verdicts: Iterable[StoryVerdict]) -> dict[tuple[int, int], StoryVerdict]:
    """For each pair of articles (the smaller id first) the last verdict that stands on it."""
    said: dict[tuple[int, int], StoryVerdict] = {}
    for verdict in standing(verdicts):
        for one in verdict.article_ids:
            for other in verdict.other_article_ids:
                if one != other:
                    said[min(one, other), max(one, other)] = verdict
    return said
