"""What editors see and say of stories: merging, splitting, keeping apart, and taking that back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.decisions import State
from newsdesk.errors import IllegalMove, NotFound, OutdatedView
from newsdesk.storybook import (
    JoinKind,
    Labelled,
    LabelledPair,
    StoryHint,
    StoryMember,
    StoryVerdict,
    StoryView,
    VerdictKind,
    pairs_said,
    standing,
)
from newsdesk.telling import Verdict, opening_of
from storage import candidates as desk_candidates
from storage import stories as told
from storage.articles import stored_articles
from storage.database import LOCK_STORIES, Database, serialise
from storage.joining import parted_from
from storage.schema import articles, candidates, stories, story_bars, story_hints, story_links, story_verdicts

_DONE = {
    VerdictKind.SAME: "merged it with another story",
    VerdictKind.SPLIT: "split it",
    VerdictKind.APART: "said that another story is not the same",
    VerdictKind.UNDO: "took a verdict on it back",
}
_HINTS_SHOWN = 8
_second = story_hints.c.second_score
_BAR_GONE = ("one", "other", "verdict")
_UNBARRING = sa.delete(story_bars).where(
    story_bars.c.article_id == sa.bindparam("one"),
    story_bars.c.other_article_id == sa.bindparam("other"),
    story_bars.c.verdict_id == sa.bindparam("verdict"),
)


class SqlStoryBook:
    """StoryBook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def story(self, story_id: int) -> StoryView:
        """See StoryBook; a story that became part of another is shown as that other. Raises NotFound."""
        with self._database.reading() as connection:
            present = _present(connection, story_id)
            said = _verdicts_on(connection, present)
            hints = _hints(connection, present)
            return StoryView(
                present,
                _members(connection, present),
                tuple(hint for hint in hints if not hint.told_apart),
                tuple(reversed(standing(said))),
                max((verdict.id for verdict in said), default=0),
                tuple(hint for hint in hints if hint.told_apart),
            )

    def merge(self, story_id: int, other_story_id: int, by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """See StoryBook. The younger story becomes part of the older one; a candidate with decisions is kept."""
        with self._database.writing() as connection:
            one, other = self._two(connection, story_id, other_story_id, seen)
            into, gone = min(one, other), max(one, other)
            moved, stayed = _article_ids(connection, gone), _article_ids(connection, into)
            before = _candidates_of(connection, [into, gone])
            told.merge(connection, gone, into)
            desk_candidates.merge(connection, gone, into)
            verdict = _say(connection, VerdictKind.SAME, gone, into, moved, stayed, by, reason, now, before=before)
            why = f"{by} merged the two stories{': ' + reason if reason else ''}."
            told.log_joins(connection, into, moved[0], [told.Join(stayed[0], gone, why, JoinKind.EDITOR)], now)
            desk_candidates.refresh(connection, into, now)
            return verdict

    def split(self, story_id: int, article_ids: Sequence[int], by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """See StoryBook. What is split off is proposed whatever its score: an editor had it in view."""
        with self._database.writing() as connection:
            present = self._one(connection, story_id, seen)
            moved, stayed = _parts(_article_ids(connection, present), article_ids)
            _refuse_cited(connection, present, moved)
            new = told.begin(connection, now)
            _move(connection, moved, new)
            verdict = _say(connection, VerdictKind.SPLIT, present, new, moved, stayed, by, reason, now)
            desk_candidates.refresh(connection, present, now)
            desk_candidates.propose(connection, new, 0.0, now)
            return verdict

    def keep_apart(self, story_id: int, other_story_id: int, by: str, reason: str, seen: int, now: datetime) -> StoryVerdict:
        """See StoryBook."""
        with self._database.writing() as connection:
            one, other = self._two(connection, story_id, other_story_id, seen)
            ours, theirs = _article_ids(connection, one), _article_ids(connection, other)
            return _say(connection, VerdictKind.APART, one, other, ours, theirs, by, reason, now)

    def undo(self, verdict_id: int, by: str, now: datetime) -> StoryVerdict:
        """See StoryBook."""
        with self._database.writing() as connection:
            serialise(connection, LOCK_STORIES)
            row = connection.execute(sa.select(story_verdicts).where(story_verdicts.c.id == verdict_id)).mappings().one_or_none()
            if row is None:
                raise NotFound(f"There is no verdict {verdict_id} on a story.")
            verdict = _verdict_of(row)
            _refuse_undone(connection, verdict)
            if verdict.kind is VerdictKind.SAME:
                _part_again(connection, verdict, _plain_candidates(row["candidate_ids"]), now)
            elif verdict.kind is VerdictKind.SPLIT:
                _join_again(connection, verdict, now)
            ids = (verdict.story_id, verdict.other_story_id, verdict.article_ids, verdict.other_article_ids)
            return _say(connection, VerdictKind.UNDO, *ids, by, "", now, undoes=verdict.id)

    def verdicts(self) -> Sequence[StoryVerdict]:
        """The whole log, oldest first."""
        with self._database.reading() as connection:
            return _verdicts(connection, sa.true())

    def labels(self) -> Sequence[LabelledPair]:
        """See StoryBook."""
        with self._database.reading() as connection:
            said = pairs_said(_verdicts(connection, sa.true()))
            facts = _labelled(connection, sorted({article_id for pair in said for article_id in pair}))
        return tuple(
            LabelledPair(verdict.kind is VerdictKind.SAME, facts[one], facts[other], verdict.id, verdict.by, verdict.at, verdict.reason)
            for (one, other), verdict in said.items()
        )

    def _one(self, connection: Connection, story_id: int, seen: int) -> int:
        serialise(connection, LOCK_STORIES)
        present = _present(connection, story_id)
        _check_view(_verdicts_on(connection, present), seen)
        return present

    def _two(self, connection: Connection, story_id: int, other_story_id: int, seen: int) -> tuple[int, int]:
        one = self._one(connection, story_id, seen)
        other = _present(connection, other_story_id)
        if one == other:
            raise OutdatedView("Since you opened this page the two stories became one. Look again.")
        return one, other


def _present(connection: Connection, story_id: int) -> int:
    """The story, or the one it became part of. Raises NotFound."""
    row = connection.execute(sa.select(stories.c.id, stories.c.merged_into).where(stories.c.id == story_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no story {story_id}.")
    return int(row.merged_into or row.id)


def _article_ids(connection: Connection, story_id: int) -> list[int]:
    return list(connection.scalars(sa.select(articles.c.id).where(articles.c.story_id == story_id).order_by(articles.c.id)))


def _parts(held: Sequence[int], chosen: Sequence[int]) -> tuple[list[int], list[int]]:
    """What leaves a story and what stays. Raises OutdatedView, IllegalMove."""
    moved = sorted(set(chosen))
    if not moved:
        raise IllegalMove("Choose the articles that tell something else.")
    if not set(moved) <= set(held):
        raise OutdatedView("Since you opened this page an article you chose has left the story. Look again, then split.")
    stayed = [article_id for article_id in held if article_id not in moved]
    if not stayed:
        raise IllegalMove("Leave at least one article in the story: all of them together are no other story.")
    return moved, stayed


def _refuse_cited(connection: Connection, story_id: int, moved: Sequence[int]) -> None:
    """A printed entry is not changed by a split. Raises IllegalMove."""
    accepted = (candidates.c.story_id == story_id, candidates.c.state == State.ACCEPTED.value, candidates.c.absorbed_into.is_(None))
    cited = connection.scalars(sa.select(candidates.c.cited_article_id).where(*accepted)).all()
    if set(cited) & set(moved):
        raise IllegalMove(
            "An accepted entry cites an article you chose. Split off the others, or let the entry cite another article first."
        )


def _move(connection: Connection, article_ids: Sequence[int], story_id: int) -> None:
    connection.execute(sa.update(articles).where(articles.c.id.in_(article_ids)).values(story_id=story_id))


def _check_view(said: Sequence[StoryVerdict], seen: int) -> None:
    """Raise OutdatedView, saying who did what and when, unless the editor has seen every verdict on the story."""
    missed = [verdict for verdict in said if verdict.id > seen]
    if missed:
        deeds = "; ".join(f"{one.by} {_DONE[one.kind]} on {one.at.astimezone(UTC):%Y-%m-%d at %H:%M} UTC" for one in missed)
        raise OutdatedView(f"Since you opened this story, {deeds}. Nothing was changed; look again, then decide.")


def _say(
    connection: Connection,
    kind: VerdictKind,
    story_id: int,
    other_story_id: int,
    article_ids: Sequence[int],
    other_article_ids: Sequence[int],
    by: str,
    reason: str,
    now: datetime,
    *,
    undoes: int | None = None,
    before: Mapping[int, Sequence[int]] | None = None,
) -> StoryVerdict:
    """Append to the log, and bring the pairs that are kept apart in line with it."""
    line = {
        "kind": kind.value,
        "story_id": story_id,
        "other_story_id": other_story_id,
        "article_ids": list(article_ids),
        "other_article_ids": list(other_article_ids),
        "candidate_ids": [[story, list(ids)] for story, ids in (before or {}).items()],
        "reason": reason,
        "undoes": undoes,
        "said_by": by,
        "said_at": now,
    }
    (verdict_id,) = connection.execute(sa.insert(story_verdicts).values(**line)).inserted_primary_key or (0,)
    _rebar(connection)
    return _verdict_of(connection.execute(sa.select(story_verdicts).where(story_verdicts.c.id == verdict_id)).mappings().one())


def _rebar(connection: Connection) -> None:
    """The pairs that editors keep apart, folded anew from the whole log: editors speak seldom, and a fold cannot drift. Only
    what differs is written."""
    said = pairs_said(_verdicts(connection, sa.true()))
    wanted = {(one, other, verdict.id) for (one, other), verdict in said.items() if verdict.kind is not VerdictKind.SAME}
    names = ("article_id", "other_article_id", "verdict_id")
    held = {tuple(row) for row in connection.execute(sa.select(*(story_bars.c[name] for name in names)))}
    if gone := [dict(zip(_BAR_GONE, bar, strict=True)) for bar in sorted(held - wanted)]:
        connection.execute(_UNBARRING, gone)
    if new := [dict(zip(names, bar, strict=True)) for bar in sorted(wanted - held)]:
        connection.execute(sa.insert(story_bars), new)


def _verdicts(connection: Connection, which: sa.ColumnElement[bool]) -> list[StoryVerdict]:
    query = sa.select(story_verdicts).where(which).order_by(story_verdicts.c.id)
    return [_verdict_of(row) for row in connection.execute(query).mappings()]


def _verdicts_on(connection: Connection, story_id: int) -> list[StoryVerdict]:
    """The verdicts on a story and on those that became part of it, oldest first."""
    ids = sa.select(stories.c.id).where(sa.or_(stories.c.id == story_id, stories.c.merged_into == story_id))
    return _verdicts(connection, sa.or_(story_verdicts.c.story_id.in_(ids), story_verdicts.c.other_story_id.in_(ids)))


def _verdict_of(row: RowMapping) -> StoryVerdict:
    return StoryVerdict(
        id=row["id"],
        kind=VerdictKind(row["kind"]),
        story_id=row["story_id"],
        other_story_id=row["other_story_id"],
        article_ids=tuple(row["article_ids"]),
        other_article_ids=tuple(row["other_article_ids"]),
        reason=row["reason"],
        undoes=row["undoes"],
        by=row["said_by"],
        at=row["said_at"],
    )


def _refuse_undone(connection: Connection, verdict: StoryVerdict) -> None:
    if verdict.kind is VerdictKind.UNDO:
        raise IllegalMove("What took a verdict back cannot be taken back itself; merge or split again.")
    if connection.scalar(sa.select(story_verdicts.c.id).where(story_verdicts.c.undoes == verdict.id)) is not None:
        raise OutdatedView("This verdict was taken back already. Look again.")


def _part_again(connection: Connection, verdict: StoryVerdict, before: Mapping[int, Sequence[int]], now: datetime) -> None:
    """Take a merger back: what it moved leaves again, and the candidates stand as they stood."""
    here, home = _present(connection, verdict.other_story_id), verdict.story_id
    moved, rest = _still_there(connection, here, verdict)
    if not rest:
        raise IllegalMove("The articles it was merged with have left the story since, so there is nothing to part it from.")
    going = before.get(home, ())
    _refuse_torn(connection, here, moved, going)
    connection.execute(sa.update(stories).where(stories.c.id == home).values(merged_into=None))
    _move(connection, moved, home)
    desk_candidates.part(connection, here, home, going, [each for ids in before.values() for each in ids], moved)
    for story_id in (home, here):
        desk_candidates.refresh(connection, story_id, now)


def _refuse_torn(connection: Connection, story_id: int, moved: Sequence[int], going: Collection[int]) -> None:
    """An accepted entry stays with the article that it cites. Raises IllegalMove."""
    accepted = (candidates.c.story_id == story_id, candidates.c.state == State.ACCEPTED.value, candidates.c.absorbed_into.is_(None))
    query = sa.select(candidates.c.id, candidates.c.cited_article_id).where(*accepted, candidates.c.cited_article_id.is_not(None))
    if any((cited in moved) is not (candidate_id in going) for candidate_id, cited in connection.execute(query)):
        raise IllegalMove("An accepted entry would cite an article of the other story. Let the entry cite another article first.")


def _join_again(connection: Connection, verdict: StoryVerdict, now: datetime) -> None:
    """Take a split back: what it moved returns to the story it left."""
    here, home = _present(connection, verdict.other_story_id), _present(connection, verdict.story_id)
    if here == home:
        raise IllegalMove("The two stories are one again already.")
    moved, rest = _still_there(connection, here, verdict)
    if rest:
        _refuse_cited(connection, here, moved)
        _move(connection, moved, home)
        desk_candidates.refresh(connection, here, now)
    else:
        told.merge(connection, here, home)
        desk_candidates.merge(connection, here, home)
    desk_candidates.refresh(connection, home, now)


def _still_there(connection: Connection, story_id: int, verdict: StoryVerdict) -> tuple[list[int], list[int]]:
    held = _article_ids(connection, story_id)
    if not set(verdict.article_ids) <= set(held):
        raise IllegalMove("The story has changed since that verdict, so it cannot be taken back; merge or split by hand.")
    return list(verdict.article_ids), [article_id for article_id in held if article_id not in verdict.article_ids]


def _candidates_of(connection: Connection, story_ids: Sequence[int]) -> dict[int, list[int]]:
    """The candidates that stand for stories, by story."""
    found: dict[int, list[int]] = {story_id: [] for story_id in story_ids}
    query = sa.select(candidates.c.id, candidates.c.story_id).where(
        candidates.c.story_id.in_(story_ids), candidates.c.absorbed_into.is_(None)
    )
    for candidate_id, story_id in connection.execute(query.order_by(candidates.c.id)):
        found[story_id].append(candidate_id)
    return found


def _plain_candidates(plain: Sequence[Any]) -> dict[int, list[int]]:
    return {int(story_id): list(ids) for story_id, ids in plain}


def _members(connection: Connection, story_id: int) -> tuple[StoryMember, ...]:
    held = stored_articles(connection, sa.select(articles).where(articles.c.story_id == story_id).order_by(articles.c.id))
    ids = [article.id for article in held]
    links: dict[int, RowMapping] = {}
    for row in connection.execute(sa.select(story_links).where(story_links.c.article_id.in_(ids)).order_by(story_links.c.id)).mappings():
        if row["other_article_id"] in ids or row["article_id"] not in links:
            links[row["article_id"]] = row
    return tuple(_member(article, links.get(article.id), first=at == 0) for at, article in enumerate(held))


def _member(article: Any, link: RowMapping | None, first: bool) -> StoryMember:
    if link is None:
        began = "The story began with it." if first else "It began a story of its own, which became part of this one."
        return StoryMember(article, JoinKind.BEGAN, began)
    return StoryMember(article, JoinKind(link["kind"]), link["reason"], link["other_article_id"], link["joined_at"])


def _hints(connection: Connection, story_id: int) -> tuple[StoryHint, ...]:
    """What is perhaps the same, the likeliest first; neither what an editor keeps apart nor what has come together since. Of what
    was noted of another story counts what was read again, and then what is likeliest."""
    ours = sa.select(articles.c.id).where(articles.c.story_id == story_id)
    noted = sa.or_(story_hints.c.article_id.in_(ours), story_hints.c.other_article_id.in_(ours))
    likeliest = (_second.is_(None), _second.desc(), story_hints.c.score.desc(), story_hints.c.id)
    rows = connection.execute(sa.select(story_hints).where(noted).order_by(*likeliest)).all()
    story_of = _stories_by_article(connection, {number for row in rows for number in (row.article_id, row.other_article_id)})
    apart = parted_from(connection, [story_id]).get(story_id, set()) if rows else set()
    best: dict[int, Any] = {}
    for row in rows:
        other = story_of[row.other_article_id] if story_of[row.article_id] == story_id else story_of[row.article_id]
        if other != story_id and other not in apart:
            best.setdefault(other, row)
    ordered = sorted(best.items(), key=_likeliest)
    apart_again = [noted for noted in ordered if _told_apart(noted[1])]
    shown = [*[noted for noted in ordered if noted not in apart_again][:_HINTS_SHOWN], *apart_again[:_HINTS_SHOWN]]
    return tuple(_hint(connection, other, row) for other, row in shown)


def _hint(connection: Connection, story_id: int, row: Any) -> StoryHint:
    candidate_id = desk_candidates.candidate_of(connection, story_id)
    ids = _article_ids(connection, story_id)
    leading = next((number for number in (row.other_article_id, row.article_id) if number in ids), ids[0])
    (article,) = stored_articles(connection, sa.select(articles).where(articles.c.id == leading))
    reason = row.reason if row.second_reason is None else f"{row.reason} {row.second_reason}"
    return StoryHint(story_id, article, len(ids), candidate_id, _score_of(row), reason, _told_apart(row))


def _told_apart(row: Any) -> bool:
    return bool(row.second_verdict == Verdict.OTHER.value)


def _score_of(row: Any) -> float:
    """That of the second reading, where there was one."""
    score: float = row.score if row.second_score is None else row.second_score
    return score


def _likeliest(noted: tuple[int, Any]) -> tuple[float, int]:
    story_id, row = noted
    return -_score_of(row), story_id


def _stories_by_article(connection: Connection, article_ids: Iterable[int]) -> dict[int, int]:
    query = sa.select(articles.c.id, articles.c.story_id).where(articles.c.id.in_(list(article_ids)))
    return {row.id: row.story_id for row in connection.execute(query)}


def _labelled(connection: Connection, article_ids: Sequence[int]) -> dict[int, Labelled]:
    found: dict[int, Labelled] = {}
    wanted = (articles.c.id, articles.c.outlet_id, articles.c.language, articles.c.published_on, articles.c.title, articles.c.text)
    for start in range(0, len(article_ids), 500):
        query = sa.select(*wanted).where(articles.c.id.in_(article_ids[start : start + 500]))
        for row in connection.execute(query):
            opening = opening_of(None, row.text)
            found[row.id] = Labelled(row.id, row.outlet_id, row.language, row.published_on, row.title, opening)
    return found
