"""The ranking's shelf: what it learns from, what it learned, which version ranks, and where it puts each candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.decisions import State
from newsdesk.errors import NotFound
from newsdesk.judging import Relevance
from newsdesk.learned import WATCH_LIST, Learned, ModelChoice, ModelRecord, PastEntry, RankedStory, Report
from newsdesk.ranking import Lesson, Model, Rank, dump_model, lesson_of, load_model
from storage.database import Database
from storage.rows import insert
from storage.schema import articles, candidates, decisions, past_entries, ranking_choices, ranking_models
from storage.text import digest
from storage.values import from_plain, to_plain

PASSED_OVER = timedelta(days=14)  # a candidate that has waited for so long was seen and not wanted
TEXT_SIGNS = 4000  # of a text, for the prominence of what it names; its meaning is read from far less


class SqlRankingBook:
    """RankingBook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decided(self, limit: int) -> Sequence[RankedStory]:
        query = (
            _stories(decisions.c.draft, decisions.c.decided_at)
            .join(decisions, decisions.c.id == candidates.c.current_decision_id)
            .where(_TAUGHT, candidates.c.absorbed_into.is_(None))
            .order_by(decisions.c.id.desc())
        )
        with self._database.reading() as connection:
            told = (_story(row) for row in connection.execute(query.limit(limit)).mappings())
            return tuple(story for story in told if story.lesson is not Lesson.NOTHING)

    def lessons(self) -> int:
        query = (
            sa.select(candidates.c.state, decisions.c.draft)
            .join(decisions, decisions.c.id == candidates.c.current_decision_id)
            .where(_TAUGHT, candidates.c.absorbed_into.is_(None))
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return sum(lesson_of(state, draft.get("reason")) is not Lesson.NOTHING for state, draft in rows)

    def background(self, limit: int, now: datetime) -> Sequence[RankedStory]:
        """See RankingBook: half of each, the newest; fewer where there are fewer."""
        waited = (candidates.c.state == State.WAITING.value, candidates.c.absorbed_into.is_(None), candidates.c.decision_count == 0)
        passed = _stories().where(*waited, candidates.c.proposed_at < now - PASSED_OVER).order_by(candidates.c.id.desc())
        proposed = sa.exists().where(candidates.c.story_id == articles.c.story_id)
        never = sa.select(*_FROM_ARTICLE, articles.c.score, articles.c.id.label("candidate_id")).where(~proposed)
        with self._database.reading() as connection:
            rows = [
                *connection.execute(passed.limit(limit // 2)).mappings(),
                *connection.execute(never.order_by(articles.c.id.desc()).limit(limit - limit // 2)).mappings(),
            ]
        return tuple(_story(row) for row in rows)

    def add_past(self, entries: Sequence[PastEntry], now: datetime) -> int:
        """See RankingBook; an entry with the same words is known."""
        rows = {digest(entry.text): {"digest": digest(entry.text), "entry": to_plain(entry), "added_at": now} for entry in entries}
        if not rows:
            return 0
        with self._database.writing() as connection:
            before = _past_count(connection)
            connection.execute(insert(connection, past_entries).on_conflict_do_nothing(index_elements=["digest"]), list(rows.values()))
            return _past_count(connection) - before

    def past(self) -> Sequence[PastEntry]:
        with self._database.reading() as connection:
            plain = connection.scalars(sa.select(past_entries.c.entry).order_by(past_entries.c.id)).all()
        return tuple(from_plain(PastEntry, entry) for entry in plain)

    def keep(self, learned: Learned, lessons: int, by: str, now: datetime) -> ModelRecord:
        if learned.model is None or learned.report is None:
            raise ValueError("a training run without a model is not kept")
        row = {"trained_at": now, "trained_by": by, "lessons": lessons, "adopted": learned.adopt, "why": learned.why}
        stored = {**row, "report": to_plain(learned.report), "model": dump_model(learned.model)}
        with self._database.writing() as connection:
            (version,) = connection.execute(sa.insert(ranking_models).values(**stored)).inserted_primary_key or (0,)
            if learned.adopt:
                _choose(connection, version, by, "It passed the check after training.", now)
        return ModelRecord(int(version), now, by, lessons, learned.adopt, learned.why, learned.report)

    def choose(self, version: int, by: str, why: str, now: datetime) -> None:
        with self._database.writing() as connection:
            known = sa.select(ranking_models.c.id).where(ranking_models.c.id == version)
            if version != WATCH_LIST and connection.scalar(known) is None:
                raise NotFound(f"There is no version {version} of the ranking; see: newsdesk ranking status")
            _choose(connection, version, by, why, now)

    def records(self, limit: int = 50) -> Sequence[ModelRecord]:
        wanted = [column for column in ranking_models.c if column.name != "model"]
        query = sa.select(*wanted).order_by(ranking_models.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(_record(row) for row in connection.execute(query).mappings())

    def choices(self, limit: int = 50) -> Sequence[ModelChoice]:
        query = sa.select(ranking_choices).order_by(ranking_choices.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(ModelChoice(row["version"] or WATCH_LIST, row["chosen_by"], row["why"], row["chosen_at"]) for row in rows)

    def current(self) -> tuple[int, Model | None]:
        last = sa.select(ranking_choices.c.version).order_by(ranking_choices.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            version = connection.scalar(last)
            stored = None if version is None else connection.scalar(sa.select(ranking_models.c.model).where(ranking_models.c.id == version))
        return (WATCH_LIST, None) if version is None or stored is None else (int(version), load_model(stored))

    def unranked(self, version: int, limit: int) -> Sequence[RankedStory]:
        stale = sa.or_(candidates.c.ranked_by.is_(None), candidates.c.ranked_by != version)
        query = _stories().where(*_OPEN, stale).order_by(candidates.c.score.desc(), candidates.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(_story(row) for row in connection.execute(query).mappings())

    def write_ranks(self, ranks: Sequence[tuple[RankedStory, Rank]], version: int) -> None:
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in ("rank", "rank_reasons", "ranked_by")}
        read = (candidates.c.id == sa.bindparam("one"), candidates.c.score == sa.bindparam("read_score"))
        unchanged = (*read, candidates.c.article_id == sa.bindparam("read_article"))
        change = sa.update(candidates).where(*unchanged).values(**values)
        rows = [
            {
                "one": story.candidate_id,
                "read_score": story.score,
                "read_article": story.article_id,
                "new_rank": rank.value,
                "new_rank_reasons": list(rank.reasons),
                "new_ranked_by": version,
            }
            for story, rank in ranks
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(change, rows)

    def counts(self) -> Mapping[int, int]:
        query = (
            sa.select(candidates.c.ranked_by, sa.func.count())
            .where(*_OPEN, candidates.c.ranked_by.is_not(None))
            .group_by(candidates.c.ranked_by)
        )
        with self._database.reading() as connection:
            return {int(version): int(count) for version, count in connection.execute(query)}


_TAUGHT = candidates.c.state.in_((State.ACCEPTED.value, State.REJECTED.value))
_OPEN = (candidates.c.state.in_((State.WAITING.value, State.HELD.value)), candidates.c.absorbed_into.is_(None))
_FROM_ARTICLE = (
    articles.c.id.label("article_id"),
    articles.c.title,
    sa.func.substr(articles.c.text, 1, TEXT_SIGNS).label("text"),
    articles.c.language,
    articles.c.outlet_id,
    articles.c.relevance,
)


def _stories(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Candidates with their leading article."""
    wanted = (*_FROM_ARTICLE, candidates.c.score, candidates.c.id.label("candidate_id"), candidates.c.state, *more)
    return sa.select(*wanted).select_from(candidates).join(articles, articles.c.id == candidates.c.article_id)


def _story(row: RowMapping) -> RankedStory:
    draft = row.get("draft")
    return RankedStory(
        candidate_id=row["candidate_id"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        outlet_id=row["outlet_id"],
        score=row["score"],
        relevance=from_plain(Relevance, row["relevance"]),
        lesson=Lesson.NOTHING if draft is None else lesson_of(row["state"], draft.get("reason")),
        at=row.get("decided_at"),
        article_id=row["article_id"],
    )


def _record(row: RowMapping) -> ModelRecord:
    return ModelRecord(
        version=row["id"],
        trained_at=row["trained_at"],
        trained_by=row["trained_by"],
        lessons=row["lessons"],
        adopted=row["adopted"],
        why=row["why"],
        report=from_plain(Report, row["report"]),
    )


def _choose(connection: Connection, version: int, by: str, why: str, now: datetime) -> None:
    line = {"version": version or None, "chosen_by": by, "why": why, "chosen_at": now}
    connection.execute(sa.insert(ranking_choices).values(**line))


def _past_count(connection: Connection) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(past_entries)) or 0
