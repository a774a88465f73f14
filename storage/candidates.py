"""Stories proposed to the editors, and the projection of what they decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.decisions import Decision, Draft, Move, State, fold
from newsdesk.judging import Label
from newsdesk.kinds import Genre
from newsdesk.ranking import lot_of
from storage.pages import watch
from storage.schema import articles, candidates, decisions
from storage.values import from_plain

# Whom an edition would rather cite: a label that is known and not state media first (the monitor's own preference).
_LEADING: dict[str, int] = {Label.NOT_STATE_MEDIA.value: 0, Label.UNKNOWN.value: 1, Label.STATE_MEDIA.value: 2}
_WAITING: dict[str, Any] = {
    "held_until": None,
    "edition": None,
    "report": None,
    "cited_article_id": None,
    "position": None,
    "decided_by": None,
    "current_decision_id": None,
}
_INSERTION = sa.insert(candidates)


def candidate_of(connection: Connection, story_id: int) -> int | None:
    """The story's candidate: the first where two of them carry decisions."""
    found = connection.scalars(sa.select(candidates.c.id).where(*_alive(story_id)).order_by(candidates.c.id)).first()
    return None if found is None else int(found)


def propose(connection: Connection, story_id: int, threshold: float, now: datetime) -> int | None:
    """Enter or refresh the story's candidate; None where no article reaches the threshold and none was proposed before."""
    present = list(connection.execute(sa.select(candidates).where(*_alive(story_id))))
    told = connection.execute(_story_articles(story_id)).mappings().all()
    best = min(told, key=lambda row: (-row["score"], row["id"]))
    if not present and best["score"] < threshold:
        return None
    facts = _facts(best, min(told, key=_leading_order), len(told))
    watch(connection, told)
    if not present:
        return _enter(connection, story_id, facts, now)
    for candidate in present:
        section = {} if candidate.state == State.ACCEPTED else {"section_id": facts["proposed_section_id"]}
        as_ranked = (candidate.score, candidate.article_id) == (facts["score"], facts["article_id"])
        rank = {} if as_ranked else {"rank": facts["score"], "ranked_by": None}
        more = max(0, len(told) - candidate.articles_in_story) if candidate.decision_count else 0
        news: dict[str, Any] = {"joined_since": candidate.joined_since + more}
        if all(row["label"] != Label.STATE_MEDIA.value for row in told):
            news["corroboration"] = None  # no state voice tells it any more
        connection.execute(sa.update(candidates).where(candidates.c.id == candidate.id).values(**facts, **section, **rank, **news))
    return min(int(candidate.id) for candidate in present)


def propose_alone(connection: Connection, article: Mapping[str, Any], threshold: float, now: datetime) -> int | None:
    """As ``propose`` for a story that begins with this article (its row), of which the database need not be asked."""
    if article["score"] < threshold:
        return None
    watch(connection, [article])
    return _enter(connection, article["story_id"], _facts(article, article, 1), now)


def _enter(connection: Connection, story_id: int, facts: Mapping[str, Any], now: datetime) -> int:
    rank = {"rank": facts["score"], "lot": lot_of(story_id)}  # until the ranking has seen it
    row = {"story_id": story_id, "proposed_at": now, **facts, **rank, **_projection_of([], facts["proposed_section_id"])}
    (candidate_id,) = connection.execute(_INSERTION, row).inserted_primary_key or (0,)
    return int(candidate_id)


def refresh(connection: Connection, story_id: int, now: datetime) -> None:
    """Bring what a story's candidate shows of its articles up to date, where it has one."""
    if candidate_of(connection, story_id) is not None:
        propose(connection, story_id, float("inf"), now)


def merge(connection: Connection, story_id: int, into: int) -> None:
    """Bring the candidates of a story that was merged into another to that one.

    An undecided one is absorbed by a decided or older one; two that carry decisions both stay, so that no decision and
    no accepted entry is lost: the editors see both beside each other and undo one.
    """
    connection.execute(sa.update(candidates).where(candidates.c.story_id == story_id).values(story_id=into))
    _settle(connection, into)


def part(
    connection: Connection, story_id: int, home: int, going: Collection[int], stood: Collection[int], article_ids: Collection[int]
) -> None:
    """Take ``merge`` back: of the candidates that ``stood`` for the two stories, those ``going`` return ``home``; one that was
    absorbed earlier goes where the article goes that it showed. ``article_ids`` are those that go home."""
    here = sa.update(candidates).where(candidates.c.story_id == story_id)
    connection.execute(here.where(candidates.c.id.in_(stood)).values(absorbed_into=None))
    gone = sa.and_(candidates.c.absorbed_into.is_not(None), candidates.c.article_id.in_(article_ids))
    connection.execute(here.where(sa.or_(candidates.c.id.in_(going), gone)).values(story_id=home))
    for each in (home, story_id):
        _settle(connection, each)


def _settle(connection: Connection, story_id: int) -> None:
    """Let one candidate stand for a story beside those that carry decisions; the others are absorbed by it or one of those."""
    query = sa.select(candidates.c.id, candidates.c.absorbed_into, candidates.c.decision_count).where(candidates.c.story_id == story_id)
    present = connection.execute(query.order_by(candidates.c.id).with_for_update()).all()
    if not present:
        return
    alive = [row for row in present if row.absorbed_into is None] or present[:1]
    decided = [row.id for row in alive if row.decision_count]
    keeper = decided[0] if decided else alive[0].id
    standing = {keeper, *decided}
    absorbed = [row.id for row in present if row.id not in standing and row.absorbed_into not in standing]
    connection.execute(sa.update(candidates).where(candidates.c.id == keeper).values(absorbed_into=None))
    connection.execute(sa.update(candidates).where(candidates.c.id.in_(absorbed)).values(absorbed_into=keeper))


def decisions_of(connection: Connection, candidate_id: int) -> tuple[Decision, ...]:
    """A candidate's decisions, oldest first."""
    query = sa.select(decisions).where(decisions.c.candidate_id == candidate_id).order_by(decisions.c.id)
    return tuple(decision_of(row) for row in connection.execute(query).mappings())


def decision_of(row: RowMapping) -> Decision:
    return Decision(row["id"], row["candidate_id"], from_plain(Draft, row["draft"]), row["decided_by"], row["decided_at"], row["seen"])


def project(connection: Connection, candidate_id: int, made: Sequence[Decision]) -> None:
    """Write what the decisions fold to into the candidate's row."""
    proposed = connection.scalar(sa.select(candidates.c.proposed_section_id).where(candidates.c.id == candidate_id))
    values = _projection_of(made, proposed)  # who decides has seen what joined the story until then
    connection.execute(sa.update(candidates).where(candidates.c.id == candidate_id).values(**values, joined_since=0))


def _projection_of(made: Sequence[Decision], proposed_section: str | None) -> dict[str, Any]:
    """The columns that say how a candidate stands after its decisions."""
    standing = fold(made)
    projected = {**_WAITING, "state": standing.state.value, "decision_count": standing.count, "section_id": proposed_section}
    current = standing.current
    if current is None:
        return projected
    projected |= {"decided_by": current.by, "current_decision_id": current.id}
    if standing.state is State.HELD:
        projected["held_until"] = current.draft.until
    if standing.state is State.ACCEPTED:
        projected |= {
            "edition": current.draft.edition,
            "section_id": current.draft.section_id,
            "report": current.draft.report,
            "cited_article_id": current.draft.article_id,
            "position": _position(made),
        }
    return projected


def _position(made: Iterable[Decision]) -> float:
    """An entry stands where its acceptance put it, or where a later decision that counts moved it; an edit without a place
    leaves it there."""
    counting: list[Decision] = []
    for decision in made:
        if decision.draft.move is Move.UNDO:
            counting = counting[:-1]
        else:
            counting.append(decision)
    accepted = max((decision.id for decision in counting if decision.draft.move is Move.ACCEPT), default=0)
    moved = [decision.draft.position for decision in counting if decision.draft.position is not None and decision.id >= accepted]
    return moved[-1] if moved else float(accepted)


def rebuild(connection: Connection) -> int:
    """Fold every candidate's decisions anew into its row; returns how many rows were not as the fold says."""
    changed = 0
    for row in connection.execute(sa.select(candidates)).mappings().all():
        wanted = _projection_of(decisions_of(connection, row["id"]), row["proposed_section_id"])
        if any(row[name] != value for name, value in wanted.items()):
            connection.execute(sa.update(candidates).where(candidates.c.id == row["id"]).values(**wanted))
            changed += 1
    return changed


def _alive(story_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (candidates.c.story_id == story_id, candidates.c.absorbed_into.is_(None))


def _story_articles(story_id: int) -> sa.Select[Any]:
    wanted = "id outlet_id language label score relevance genre categories published_at published_on stored_at".split()
    return sa.select(*(articles.c[name] for name in wanted)).where(articles.c.story_id == story_id).order_by(articles.c.id)


def _leading_order(row: Mapping[Any, Any]) -> tuple[int, float, str, int]:
    published = row["published_at"]
    return (_LEADING.get(row["label"], 1), -row["score"], published.isoformat() if published else "9999", row["id"])


def _facts(best: Mapping[Any, Any], leading: Mapping[Any, Any], count: int) -> dict[str, Any]:
    """The candidate's columns that come from its articles: the score and its reasons from the best, the face from the
    leading one."""
    relevance = best["relevance"]
    return {
        "article_id": leading["id"],
        "score": best["score"],
        "reasons": relevance["reasons"],
        "sections": relevance["sections"],
        "actors": relevance["actors"],
        "proposed_section_id": relevance["sections"][0]["section_id"] if relevance["sections"] else None,
        "outlet_id": leading["outlet_id"],
        "language": leading["language"],
        "label": leading["label"],
        "published_at": leading["published_at"],
        "published_on": leading["published_on"],
        "articles_in_story": count,
        "kind": None if leading["genre"] is None else from_plain(Genre, leading["genre"]).kind.value,
        "category": best["categories"][0]["category"] if best["categories"] else None,
    }
