"""Reading doubtful pairs a second time, with an encoder that tells events apart better and costs some thirty times as much.

The first reading compares every arrival with whatever lies near; only where it is in doubt is the second worth its price. What
counts then is what both say together: each is wrong where the other is not (the second takes one phrase of two places for one
event, the first does not know one event told in other words).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.clusters import JOIN_FROM
from newsdesk.telling import Sameness, Telling, Verdict, same_story

READ_OF_EACH = 3  # articles of either story: each costs a tenth of a second of CPU
SAME_TOGETHER = 0.7  # of the score of both readings; chosen on the first blind set of labelled events (decision 23)

_SAID = {
    Verdict.SAME: "Read a second time by the stronger comparison, they tell one event ({score:.0%}).",
    Verdict.PERHAPS: "A second reading by the stronger comparison is not sure either ({score:.0%}).",
    Verdict.OTHER: "Read a second time by the stronger comparison, they tell different events ({score:.0%}).",
}


@dataclass(frozen=True)
class TwiceTold:
    """An article as either reading compares it: the tellings by the encoder of the first and by that of the second."""

    first: Telling
    second: Telling


def read_again(first: Sameness, one: Telling, other: Telling) -> Sameness:
    """What two readings of two articles come to: the score is that of both (the mean of their logits), the evidence that of the
    first, which an editor can check, with a sentence that says what the second made of it.

    ``one`` and ``other`` are the tellings by the encoder of the second reading. Raises ValueError where they cannot be compared.
    """
    second = same_story(one, other)
    score = together(first.score, second.score)
    verdict = Verdict.SAME if score >= SAME_TOGETHER else Verdict.OTHER if second.verdict is Verdict.OTHER else Verdict.PERHAPS
    return replace(first, verdict=verdict, score=score, reason=f"{first.reason} {said(verdict, score)}", doubtful=False)


def read_twice(one: TwiceTold, other: TwiceTold) -> Sameness:
    """The sameness of two articles, read a second time where the first reading is in doubt."""
    first = same_story(one.first, other.first)
    return read_again(first, one.second, other.second) if first.doubtful else first


def together(*scores: float) -> float:
    """The mean of probabilities, taken of their logits.

    >>> round(together(0.9, 0.5), 3)
    0.75
    """
    logits = [math.log(kept / (1 - kept)) for kept in (min(max(score, 1e-6), 1 - 1e-6) for score in scores)]
    return 1 / (1 + math.exp(-sum(logits) / len(logits)))


def said(verdict: Verdict, score: float) -> str:
    """What a second reading makes of two articles, as a sentence for an editor."""
    return _SAID[verdict].format(score=score)


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


def read_stories_again(ours: Sequence[TwiceTold], theirs: Sequence[TwiceTold]) -> Reread:
    """Whether two stories are one, by two readings of the articles that stand for them, the pair in doubt first.

    They become one where that pair tells one event and the mean sameness over all pairs speaks for it (as when a story is joined
    on its arrival): one mistaken pair must not move several articles.
    """
    pair = read_again(same_story(ours[0].first, theirs[0].first), ours[0].second, theirs[0].second)
    joins, sentence = pair.verdict is Verdict.SAME, said(pair.verdict, pair.score)
    rest = [(one, other) for one in ours for other in theirs if one is not ours[0] or other is not theirs[0]]
    if joins and rest:
        scores = [pair.score, *(read_twice(one, other).score for one, other in rest)]
        joins = sum(scores) / len(scores) >= JOIN_FROM
        sentence += "" if joins else " The other articles of the two stories tell something else."
    return Reread(pair.verdict, pair.score, joins, sentence)
