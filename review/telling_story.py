"""The story of a candidate: its articles and why each is there, what is perhaps the same, and what editors said."""

from __future__ import annotations

from dataclasses import dataclass

from newsdesk.articles import StoredArticle
from newsdesk.ports import CandidateView
from newsdesk.storybook import JoinKind, StoryHint, StoryMember, StoryVerdict, VerdictKind
from review.front import Front

JOIN_WORDS = {
    JoinKind.BEGAN: "First",
    JoinKind.COPY: "Copy",
    JoinKind.SAME_EVENT: "Same event",
    JoinKind.EDITOR: "Joined by an editor",
}


@dataclass(frozen=True)
class Row:
    """A member as the page lists it. ``words`` say how it joined; ``is_new`` that it did after the last decision."""

    member: StoryMember
    words: str
    is_new: bool

    @property
    def article(self) -> StoredArticle:
        return self.member.article


@dataclass(frozen=True)
class SplitTyped:
    """What an editor had chosen (ids of articles) and written when a form was refused."""

    parts: tuple[int, ...] = ()
    why: str = ""


NOTHING_TYPED = SplitTyped()


@dataclass(frozen=True)
class StoryCard:
    """What the page shows of a story. ``said`` pairs each verdict that stands with its words; ``told_apart`` are suggestions that a
    second reading took back."""

    rows: tuple[Row, ...]
    hints: tuple[StoryHint, ...]
    said: tuple[tuple[StoryVerdict, str], ...]
    seen: int
    typed: SplitTyped = NOTHING_TYPED
    told_apart: tuple[StoryHint, ...] = ()

    @property
    def new_count(self) -> int:
        """How many articles joined after the last decision."""
        return sum(row.is_new for row in self.rows)


def story_card(front: Front, view: CandidateView, typed: SplitTyped) -> StoryCard | None:
    """The card of a candidate's story, with what was typed into it; None where the desk keeps no stories."""
    if front.rooms.stories is None:
        return None
    story = front.rooms.stories.story(view.article.story_id)
    current = view.standing.current
    decided_at = current.at if current is not None else None
    rows = tuple(
        Row(
            member,
            JOIN_WORDS[member.kind],
            decided_at is not None and member.article.stored_at > decided_at,
        )
        for member in story.members
    )
    said = tuple((verdict, verdict_words(verdict)) for verdict in story.verdicts)
    return StoryCard(rows, tuple(story.hints), said, story.seen, typed, tuple(story.told_apart))


def verdict_words(verdict: StoryVerdict) -> str:
    """``split off one article: another day``: what an editor did, without name and time."""
    count = len(verdict.article_ids)
    articles = "one article" if count == 1 else f"{count} articles"
    deed = {
        VerdictKind.SAME: f"merged {articles} into this story",
        VerdictKind.SPLIT: f"split off {articles}",
        VerdictKind.APART: "said that two stories are not the same",
        VerdictKind.UNDO: "took a verdict back",
    }[verdict.kind]
    return f"{deed}: {verdict.reason}" if verdict.reason else deed
