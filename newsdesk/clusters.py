"""Which story an arriving article belongs to, whatever the order in which articles arrive.

A story is joined on the mean sameness of the arrival with its members (average linkage), so that one mistaken pair does not
chain two events together; two stories become one by the same measure once an article arrives that tells of both. Joining
wrongly hides an article from the editors, so what is not sure is only suggested, and what an editor parted stays parted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.telling import SURE_FROM, Sameness, Telling, Verdict

COMPARED_AT_ONCE = 10  # of the articles that lie near, the nearest first
STORIES_COMPARED = 6  # an arrival tells of one event; beyond the likeliest few there is nothing to find
MEMBERS_COMPARED = 8  # of a large story; the mean of eight differs little from that of all
SUGGESTIONS_KEPT = 5
JOIN_FROM = 0.6  # mean sameness over the members compared, beside one pair that is the same (a sure one where it stands alone)
MERGE_FROM = 0.6  # mean over the pairs of two stories: a merger moves several articles at once

Compare = Callable[[Telling, Sequence[Telling]], Sequence[Sameness]]


@dataclass(frozen=True)
class Teller:
    """A stored article as far as stories are concerned."""

    article_id: int
    telling: Telling


@dataclass(frozen=True)
class StoryTold:
    """A story that the arrival may belong to, with at most ``MEMBERS_COMPARED`` of its articles. ``decided`` says that an
    editor decided on it, so that it is not merged with another that was decided on."""

    story_id: int
    members: Sequence[Teller]
    decided: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a story: the member it is nearest to, the sameness with that one (0-1), and a sentence for the editor."""

    story_id: int
    article_id: int
    score: float
    sentence: str


@dataclass(frozen=True)
class Assignment:
    """Where an arrival goes. ``joins`` are the stories that it belongs to, the surest first (more than one: they become one
    story; none: it begins a story of its own); ``perhaps`` are those an editor may accept with one click."""

    joins: Sequence[Reason] = ()
    perhaps: Sequence[Reason] = ()


@dataclass
class _Link:
    """A story and how the arrival compares with its members."""

    story: StoryTold
    samenesses: Sequence[Sameness]
    best: int = field(init=False)

    def __post_init__(self) -> None:
        self.best = max(range(len(self.samenesses)), key=lambda at: self.samenesses[at].score)

    @property
    def mean(self) -> float:
        return sum(one.score for one in self.samenesses) / len(self.samenesses)

    @property
    def nearest(self) -> Sameness:
        return self.samenesses[self.best]

    def reason(self, more: str = "") -> Reason:
        return Reason(self.story.story_id, self.story.members[self.best].article_id, self.nearest.score, self.nearest.reason + more)


def compared_while_likely(near: Sequence[int], compare: Callable[[Sequence[int]], Mapping[int, Sameness]]) -> dict[int, Sameness]:
    """How the articles near an arrival (ids, the nearest first) compare with it: ten at a time, until none of ten may be the
    same. Those that are none are left out, as are those of which ``compare`` knows nothing.

    Comparing is dearer than finding what lies near. In a quiet neighbourhood ten say enough; where many articles are about
    one matter, some of them may be the same, and all are compared.
    """
    likely: dict[int, Sameness] = {}
    for start in range(0, len(near), COMPARED_AT_ONCE):
        found = compare(near[start : start + COMPARED_AT_ONCE])
        more = {article_id: sameness for article_id, sameness in found.items() if sameness.verdict is not Verdict.OTHER}
        if not more:
            break
        likely |= more
    return likely


def members_to_compare(near: Sequence[int], members: Sequence[int]) -> list[int]:
    """Which articles of a story stand for it: half of them those nearest to the arrival (``near``, the nearest first), the
    others spread over the rest from the first to the last, so that a story is not judged by its nearest corner alone."""
    nearest = [article_id for article_id in near if article_id in set(members)][: MEMBERS_COMPARED // 2]
    rest = [article_id for article_id in members if article_id not in nearest]
    wanted = min(MEMBERS_COMPARED - len(nearest), len(rest))
    return nearest + [rest[at * len(rest) // wanted] for at in range(wanted)]


def stories_worth_comparing(found: Iterable[tuple[int, Sameness]]) -> list[int]:
    """Ids of the stories of which a member may tell the same event, the likeliest first; ``found`` pairs the story of each
    article that lies near the arrival with how the two compare."""
    best: dict[int, float] = {}
    for story_id, sameness in found:
        if sameness.verdict is not Verdict.OTHER:
            best[story_id] = max(sameness.score, best.get(story_id, 0.0))
    return sorted(best, key=lambda story_id: (-best[story_id], story_id))[:STORIES_COMPARED]


def assign(
    arrival: Telling,
    stories: Sequence[StoryTold],
    compare: Compare,
    *,
    copied: Collection[int] = (),
    parted: Mapping[int, Collection[int]] | None = None,
) -> Assignment:
    """Where an arriving article goes, among stories that have a member near it.

    ``copied`` are ids of stories whose text it copies: it belongs to them already, and ``joins`` names only what comes
    besides. ``parted`` are, by story, the stories that editors keep apart from it. Costs at most ``MEMBERS_COMPARED``
    comparisons a story, and as many squared for each story beyond the first that is joined.
    """
    apart = parted or {}
    links = sorted((_Link(story, compare(arrival, _tellings(story))) for story in stories if story.members), key=_surest_first)
    joined = [story for story in stories if story.story_id in copied]  # also one of which no telling can be compared
    joins: list[Reason] = []
    perhaps: list[Reason] = []
    for link in links:
        if link.story.story_id in copied or link.nearest.verdict is Verdict.OTHER:
            continue
        hindrance = _hindrance(link, joined, compare, apart)
        if hindrance is None:
            joined.append(link.story)
            joins.append(link.reason())
        elif not _kept_apart(link.story, joined, apart):
            perhaps.append(link.reason(hindrance))
    return Assignment(tuple(joins), tuple(perhaps[:SUGGESTIONS_KEPT]))


def _tellings(story: StoryTold) -> list[Telling]:
    return [member.telling for member in story.members[:MEMBERS_COMPARED]]


def _surest_first(link: _Link) -> tuple[float, float, int]:
    return -link.mean, -link.nearest.score, link.story.story_id


def _hindrance(link: _Link, joined: Sequence[StoryTold], compare: Compare, apart: Mapping[int, Collection[int]]) -> str | None:
    """Why a story is not joined, as a sentence to add (it may be empty); None where it is."""
    if link.nearest.verdict is not Verdict.SAME or _kept_apart(link.story, joined, apart):
        return ""
    if len(link.samenesses) == 1 and link.mean < SURE_FROM:
        return " That is likely, but not sure enough while the story has one article only."
    if link.mean < JOIN_FROM:
        return " The other articles of that story tell something else."
    if link.story.decided and any(story.decided for story in joined):
        return " Both stories were decided on, so that they are not made one without an editor."
    if joined and _linkage(link, joined, compare) < MERGE_FROM:
        return " Its other articles differ from those of the story that this one joined."
    return None


def _kept_apart(story: StoryTold, joined: Sequence[StoryTold], apart: Mapping[int, Collection[int]]) -> bool:
    return any(other.story_id in apart.get(story.story_id, ()) or story.story_id in apart.get(other.story_id, ()) for other in joined)


def _linkage(link: _Link, joined: Sequence[StoryTold], compare: Compare) -> float:
    """The mean sameness over all pairs of a story's members with the arrival and the members of the stories it joined."""
    others = _tellings(link.story)
    scores = [sameness.score for sameness in link.samenesses]
    for story in joined:
        scores += [sameness.score for telling in _tellings(story) for sameness in compare(telling, others)]
    return sum(scores) / len(scores)
