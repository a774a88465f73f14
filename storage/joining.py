"""Where an arriving article goes: the stories whose text it copies, and those that tell its event in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.clusters import Reason, StoryTold, Teller, assign, compared_while_likely, members_to_compare, stories_worth_comparing
from newsdesk.judging import JudgedArticle
from newsdesk.storybook import JoinKind
from newsdesk.telling import Sameness, Telling, comparable, same_story_many
from storage.rows import among, wanted
from storage.schema import articles, candidates, story_bars, story_hints
from storage.stories import Join
from storage.tellings import Tellings

_LARGEST_STORY = 400  # members looked at to choose those that are compared


@dataclass(frozen=True)
class Placement:
    """The joins of an arrival, at most one a story (none: it begins one), and with which articles it perhaps belongs."""

    joins: Sequence[Join] = ()
    perhaps: Sequence[Join] = ()


def day_of(judged: JudgedArticle, now: datetime) -> date:
    """The day around which an article's event is looked for: of publication, else the present."""
    return judged.article.published.value.on if judged.article.published else now.date()


def place(connection: Connection, tellings: Tellings, judged: JudgedArticle, copies: Sequence[Join], now: datetime) -> Placement:
    """Decide where an article goes. ``copies`` are verified, the likest first; those of stories that an editor keeps apart
    from an earlier one are left out."""
    near = [] if judged.telling is None else tellings.nearest(connection, judged.telling, day_of(judged, now))
    worth = [] if judged.telling is None else _worth_comparing(connection, tellings, judged.telling, near)
    concerned = sorted({*worth, *(copy.story_id for copy in copies)})
    if not concerned:
        return Placement()
    parted = parted_from(connection, concerned)
    kept = _not_parted(copies, parted)
    if judged.telling is None or not worth:
        return Placement(kept)
    stories = _stories_told(connection, tellings, judged.telling, concerned, near)
    found = assign(judged.telling, stories, same_story_many, copied=[copy.story_id for copy in kept], parted=parted)
    return Placement([*kept, *map(_join, found.joins)], [_join(reason) for reason in found.perhaps])


def look_again(connection: Connection, tellings: Tellings, article_id: int, day: date) -> list[Join]:
    """With which other stories a stored article may belong, of those that could not be compared when it came, the surest first;
    what an editor keeps apart from its own story is left out."""
    telling = tellings.told(connection, [article_id])[article_id]
    own = connection.execute(sa.select(articles.c.story_id).where(articles.c.id == article_id)).scalar_one()
    near = [one for one in tellings.nearest(connection, telling, day) if one != article_id]
    left_out = {own, *parted_from(connection, [own]).get(own, ())}
    worth = [story_id for story_id in _worth_comparing(connection, tellings, telling, near) if story_id not in left_out]
    found = assign(telling, _stories_told(connection, tellings, telling, worth, near), same_story_many)
    return [_join(reason) for reason in (*found.joins, *found.perhaps)]


def _worth_comparing(connection: Connection, tellings: Tellings, telling: Telling, near: Sequence[int]) -> list[int]:
    """Ids of the stories of which an article near the arrival may tell the same event."""

    def compare(article_ids: Sequence[int]) -> Mapping[int, Sameness]:
        told = tellings.told(connection, article_ids)
        return dict(zip(told, same_story_many(telling, list(told.values())), strict=True))

    likely = compared_while_likely(near, compare)
    if not likely:
        return []
    story_of = connection.execute(_stories_asked(connection.dialect.name), wanted(connection, list(likely)))
    return stories_worth_comparing((row.story_id, likely[row.id]) for row in story_of)


def parted_from(connection: Connection, story_ids: Sequence[int]) -> Mapping[int, set[int]]:
    """For each story, the stories that an editor keeps apart from it. Costs what the bars of these stories' own articles cost,
    however many bars there are."""
    parted: dict[int, set[int]] = defaultdict(set)
    for story_id, other_story_id in connection.execute(_BARS, {"story_ids": list(story_ids)}):
        parted[story_id].add(other_story_id)
        parted[other_story_id].add(story_id)
    return parted


def log_hints(connection: Connection, article_id: int, perhaps: Sequence[Join], now: datetime) -> None:
    """Note what an editor may accept with one click."""
    lines = [
        {"article_id": article_id, "other_article_id": hint.article_id, "score": hint.score, "reason": hint.reason, "noted_at": now}
        for hint in perhaps
    ]
    if lines:
        connection.execute(_HINTING, lines)


def _not_parted(copies: Sequence[Join], parted: Mapping[int, set[int]]) -> list[Join]:
    kept: list[Join] = []
    for copy in copies:
        if not any(copy.story_id in parted.get(earlier.story_id, ()) for earlier in kept):
            kept.append(copy)
    return kept


def _stories_told(
    connection: Connection, tellings: Tellings, telling: Telling, story_ids: Sequence[int], near: Sequence[int]
) -> list[StoryTold]:
    """The stories with the articles that stand for them; those told by other rules or another encoder cannot."""
    members = _members(connection, story_ids)
    chosen = {story_id: members_to_compare(near, members[story_id]) for story_id in story_ids}
    told = tellings.told(connection, [article_id for ids in chosen.values() for article_id in ids])
    fit = {article_id: Teller(article_id, one) for article_id, one in told.items() if comparable(telling, one)}
    decided = set(connection.scalars(sa.select(candidates.c.story_id).where(candidates.c.story_id.in_(story_ids), *_DECIDED)))
    return [StoryTold(story_id, [fit[one] for one in ids if one in fit], story_id in decided) for story_id, ids in chosen.items()]


def _members(connection: Connection, story_ids: Sequence[int]) -> Mapping[int, list[int]]:
    members: dict[int, list[int]] = {}
    for story_id in story_ids:
        query = sa.select(articles.c.id).where(articles.c.story_id == story_id).order_by(articles.c.id.desc()).limit(_LARGEST_STORY)
        members[story_id] = sorted(connection.scalars(query))
    return members


def _join(reason: Reason) -> Join:
    return Join(reason.article_id, reason.story_id, reason.sentence, JoinKind.SAME_EVENT, reason.score)


@lru_cache(maxsize=2)
def _stories_asked(dialect: str) -> sa.Select[Any]:
    return sa.select(articles.c.id, articles.c.story_id).where(among(dialect, articles.c.id))


def _barred(ours: sa.Column[Any], theirs: sa.Column[Any]) -> sa.Select[Any]:
    """The stories of which an article stands on one side of a bar, and those on its other side."""
    one, other = articles.alias(), articles.alias()
    pairs = story_bars.join(one, one.c.id == ours).join(other, other.c.id == theirs)
    asked = sa.select(one.c.story_id, other.c.story_id.label("other_story_id")).select_from(pairs)
    return asked.where(one.c.story_id.in_(sa.bindparam("story_ids", expanding=True)), one.c.story_id != other.c.story_id)


# Asked side by side: one condition with "or" over both articles rules out an index, and the whole table is read.
_BARS = sa.union(
    _barred(story_bars.c.article_id, story_bars.c.other_article_id), _barred(story_bars.c.other_article_id, story_bars.c.article_id)
)
_DECIDED = (candidates.c.absorbed_into.is_(None), candidates.c.decision_count > 0)
_HINTING = sa.insert(story_hints)
