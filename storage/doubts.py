"""What the first reading is in doubt about and an editor would be asked, and what a second reading makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.decisions import State
from newsdesk.nearness import WINDOW_DAYS
from newsdesk.rereading import READ_OF_EACH, Doubt, Reread
from newsdesk.storybook import JoinKind
from newsdesk.telling import DOUBT_FROM, SURE_FROM
from storage import candidates as desk_candidates
from storage import stories as told
from storage.database import LOCK_STORIES, Database, serialise
from storage.joining import parted_from
from storage.schema import articles, candidates, story_hints

_READ_WITHIN = timedelta(days=WINDOW_DAYS)  # of the note: what is older an editor has seen or will not see
_DECIDED_BOTH = "Both stories were decided on, so that they are not made one without an editor."


class SqlDoubts:
    """Doubts about stories that wait in the queue, are held or were accepted; of others no editor is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def doubts(self, now: datetime, most: int) -> list[Doubt]:
        """At most so many that were not read again, noted last first, without what came together since."""
        with self._database.reading() as connection:
            rows = connection.execute(_asked(now - _READ_WITHIN).limit(most)).all()
            return [_doubt(connection, row) for row in rows]

    def count(self, now: datetime) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            asked = _asked(now - _READ_WITHIN).order_by(None).subquery()
            return connection.scalar(sa.select(sa.func.count()).select_from(asked)) or 0

    def settle(self, doubt: Doubt, reread: Reread, now: datetime) -> bool:
        """Keep what the second reading made of a doubt, and let the two become one story where it says so and nothing that was
        decided meanwhile speaks against it. Returns whether they became one."""
        with self._database.writing() as connection:
            serialise(connection, LOCK_STORIES)
            story_of = _stories_of(connection, (doubt.ours[0], doubt.theirs[0]))
            ours, theirs = story_of[doubt.ours[0]], story_of[doubt.theirs[0]]
            hindered = _hindrance(connection, ours, theirs) if reread.joins else None
            reason = reread.sentence if hindered is None else f"{reread.sentence} {hindered}".strip()
            _note(connection, doubt.noted, reread, reason, now)
            joins = reread.joins and hindered is None
            if joins:
                _join(connection, doubt, story_of, reread, now)
            return joins


def _asked(since: datetime) -> sa.Select[Any]:
    """The notes of the last days that were not read again, and what of either side waits in the queue: each step has its index."""
    sides = [_noted_on(since, mine) for mine in ("article_id", "other_article_id")]
    found = sa.union(*sides).subquery()
    return sa.select(found).order_by(found.c.id.desc())


def _noted_on(since: datetime, mine: str) -> sa.Select[Any]:
    one, other = articles.alias(), articles.alias()
    pairs = (
        candidates.join(articles, articles.c.story_id == candidates.c.story_id)
        .join(story_hints, story_hints.c[mine] == articles.c.id)
        .join(one, one.c.id == story_hints.c.article_id)
        .join(other, other.c.id == story_hints.c.other_article_id)
    )
    columns = (story_hints.c.id, story_hints.c.article_id, story_hints.c.other_article_id)
    asked = sa.select(*columns, one.c.story_id.label("ours"), other.c.story_id.label("theirs")).select_from(pairs)
    unread = (story_hints.c.read_again_at.is_(None), story_hints.c.noted_at >= since, story_hints.c.score.between(DOUBT_FROM, SURE_FROM))
    open_ = (candidates.c.absorbed_into.is_(None), candidates.c.state != State.REJECTED.value)
    return asked.where(*unread, *open_, one.c.story_id != other.c.story_id)


def _doubt(connection: Connection, row: Any) -> Doubt:
    ours, theirs = _standing_for(connection, row.ours, row.article_id), _standing_for(connection, row.theirs, row.other_article_id)
    return Doubt(row.id, ours, theirs)


def _standing_for(connection: Connection, story_id: int, article_id: int) -> tuple[int, ...]:
    """The article in doubt, and the first and the last of the others."""
    of_story = sa.select(articles.c.id).where(articles.c.story_id == story_id, articles.c.id != article_id)
    ends = [connection.scalar(of_story.order_by(order).limit(1)) for order in (articles.c.id, articles.c.id.desc())]
    return (article_id, *dict.fromkeys(one for one in ends if one is not None))[:READ_OF_EACH]


def _stories_of(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    asked = sa.select(articles.c.id, articles.c.story_id).where(articles.c.id.in_(article_ids))
    return {row.id: row.story_id for row in connection.execute(asked)}


def _hindrance(connection: Connection, ours: int, theirs: int) -> str | None:
    """Why two stories are not made one, as a sentence to add (it may be empty); None where they may be."""
    if ours == theirs or theirs in parted_from(connection, [ours]).get(ours, ()):
        return ""
    decided = (candidates.c.story_id.in_((ours, theirs)), candidates.c.absorbed_into.is_(None), candidates.c.decision_count > 0)
    stories_decided = set(connection.scalars(sa.select(candidates.c.story_id).where(*decided)))
    return _DECIDED_BOTH if len(stories_decided) == 2 else None


def _note(connection: Connection, noted: int, reread: Reread, reason: str, now: datetime) -> None:
    made = {"read_again_at": now, "second_verdict": reread.verdict.value, "second_score": reread.score, "second_reason": reason}
    connection.execute(sa.update(story_hints).where(story_hints.c.id == noted).values(**made))


def _join(connection: Connection, doubt: Doubt, story_of: dict[int, int], reread: Reread, now: datetime) -> None:
    """The younger story becomes part of the older one, as when an arrival tells of both."""
    stayed, moved = sorted((doubt.ours[0], doubt.theirs[0]), key=lambda article_id: story_of[article_id])
    into, gone = story_of[stayed], story_of[moved]
    first = connection.scalar(sa.select(story_hints.c.reason).where(story_hints.c.id == doubt.noted))
    told.merge(connection, gone, into)
    desk_candidates.merge(connection, gone, into)
    why = f"{first} {reread.sentence}"
    told.log_joins(connection, into, moved, [told.Join(stayed, gone, why, JoinKind.SAME_EVENT, reread.score)], now)
    desk_candidates.refresh(connection, into, now)
