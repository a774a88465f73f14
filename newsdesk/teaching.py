"""From what the desk keeps to what the ranking learns from, and from a model to the queue's order. Pure but for the time an
encoder takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdesk.articles import bare_article
from newsdesk.learned import Example, Origin, PastEntry, RankedStory
from newsdesk.meaning import Encoder
from newsdesk.moments import Hint, Hinted
from newsdesk.ranking import Features, Lesson, Model, Rank, cold_rank, features_of, opening_of
from newsdesk.relevance import weigh
from newsdesk.watchlist import Matcher

AT_ONCE = 32  # texts an encoder is handed at a time, so that memory stays flat


@dataclass(frozen=True)
class Lessons:
    """Everything there is to learn from: decided stories, entries of past editions, and stories nobody decided on."""

    decided: Sequence[RankedStory]
    past: Sequence[PastEntry]
    background: Sequence[RankedStory]

    def counts(self) -> tuple[int, int]:
        """How many examples are of what the desk wants, and how many are not."""
        accepted = sum(story.lesson is Lesson.RELEVANT for story in self.decided)
        return accepted + len(self.past), len(self.decided) - accepted + len(self.background)


def go_on() -> None:
    """Nothing stops what is asked whether it may go on."""


def examples_of(lessons: Lessons, matcher: Matcher, encoder: Encoder, *, may_go_on: Callable[[], None] = go_on) -> list[Example]:
    """The lessons as examples, weighed by the present watch-list where they were never weighed. ``may_go_on`` is called every
    few texts, and raises where this is to stop."""
    past = []
    for number, entry in enumerate(lessons.past):
        may_go_on()
        past.append(_of_past(number, entry, matcher))
    return [
        *_examples(lessons.decided, Origin.DECISION, encoder, may_go_on),
        *_examples(past, Origin.PAST, encoder, may_go_on),
        *_examples(lessons.background, Origin.BACKGROUND, encoder, may_go_on),
    ]


def rank_all(
    stories: Sequence[RankedStory], model: Model | None, encoder: Encoder | None, names: Mapping[str, str]
) -> Sequence[tuple[RankedStory, Rank]]:
    """The rank of each candidate; without a model the watch-list's."""
    if model is None or encoder is None:
        return [(story, cold_rank(story.score)) for story in stories]
    return [(story, model.rank(seen, names)) for story, seen in zip(stories, _seen(stories, encoder), strict=True)]


def _examples(stories: Sequence[RankedStory], origin: Origin, encoder: Encoder, may_go_on: Callable[[], None]) -> list[Example]:
    named = {Origin.DECISION: "candidate", Origin.PAST: "past entry", Origin.BACKGROUND: "undecided"}[origin]
    return [
        Example(f"{named} {story.candidate_id}: {story.title or story.text[:80]}", features, _wanted(story, origin), origin, story.at)
        for story, features in zip(stories, _seen(stories, encoder, may_go_on), strict=True)
    ]


def _wanted(story: RankedStory, origin: Origin) -> bool:
    return origin is Origin.PAST or (origin is Origin.DECISION and story.lesson is Lesson.RELEVANT)


def _seen(stories: Sequence[RankedStory], encoder: Encoder, may_go_on: Callable[[], None] = go_on) -> list[Features]:
    seen = []
    for start in range(0, len(stories), AT_ONCE):
        may_go_on()
        batch = stories[start : start + AT_ONCE]
        meanings = encoder.encode([opening_of(story.title, story.text) for story in batch])
        for story, meaning in zip(batch, meanings, strict=True):
            relevance = replace(story.relevance, score=story.score)  # the story's, which its best article gave it
            where = {"language": story.language, "outlet_id": story.outlet_id or None}
            seen.append(features_of(story.title, story.text, relevance, meaning, **where))
    return seen


def _of_past(number: int, entry: PastEntry, matcher: Matcher) -> RankedStory:
    """A past entry as if it were a candidate; its outlet is left out, for it says what the desk read then, not what it wants."""
    relevance = weigh(bare_article("", None, entry.text, Hinted(entry.language or "en", Hint.DETECTOR), ""), matcher)
    return RankedStory(number, "", entry.text, entry.language or "en", "", relevance.score, relevance)
