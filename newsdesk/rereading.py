"""Reading doubtful pairs a second time, with an encoder that tells events apart better and costs some forty times as much.

The first reading compares every arrival with whatever lies near; only where it is in doubt is the second worth its price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.clusters import JOIN_FROM
from newsdesk.telling import Sameness, Telling, Verdict, same_story, same_story_many

READ_OF_EACH = 3  # articles of either story: each costs a fifth of a second of CPU

_SAID = {
    Verdict.SAME: "Read a second time by the stronger comparison, they tell one event ({score:.0%}).",
    Verdict.PERHAPS: "A second reading by the stronger comparison is not sure either ({score:.0%}).",
    Verdict.OTHER: "Read a second time by the stronger comparison, they tell different events ({score:.0%}).",
}


def read_again(first: Sameness, one: Telling, other: Telling) -> Sameness:
    """The verdict of a second reading of two articles: verdict and score are its own; the evidence is that of the first, which
    an editor can check, with a sentence that says what the second made of it.

    ``one`` and ``other`` are the tellings by the encoder of the second reading. Raises ValueError where they cannot be compared.
    """
    second = same_story(one, other)
    return replace(first, verdict=second.verdict, score=second.score, reason=f"{first.reason} {said(second)}", doubtful=False)


def said(second: Sameness) -> str:
    """What a second reading makes of two articles, as a sentence for an editor."""
    return _SAID[second.verdict].format(score=second.score)


@dataclass(frozen=True)
class Doubt:
    """Two stories that perhaps tell one event: ids of the articles that stand for each, at most ``READ_OF_EACH``, the two in doubt
    first. ``noted`` is the number under which it is kept."""

    noted: int
    ours: Sequence[int]
    theirs: Sequence[int]


@dataclass(frozen=True)
class Reread:
    """What the second reading makes of two stories: ``verdict`` and ``score`` (0-1) are those of the pair in doubt; ``joins`` says
    whether the stories are to become one, ``sentence`` why or why not."""

    verdict: Verdict
    score: float
    joins: bool
    sentence: str


def read_stories_again(ours: Sequence[Telling], theirs: Sequence[Telling]) -> Reread:
    """Whether two stories are one, by the second reading of the articles that stand for them, the pair in doubt first.

    They become one where that pair tells one event and the mean sameness over all pairs speaks for it (as when a story is joined
    on its arrival): one mistaken pair must not move several articles.
    """
    pair = same_story(ours[0], theirs[0])
    joins, sentence = pair.verdict is Verdict.SAME, said(pair)
    if joins and len(ours) + len(theirs) > 2:
        scores = [each.score for one in ours for each in same_story_many(one, theirs)]
        joins = sum(scores) / len(scores) >= JOIN_FROM
        sentence += "" if joins else " The other articles of the two stories tell something else."
    return Reread(pair.verdict, pair.score, joins, sentence)
