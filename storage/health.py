"""How sources fare, counted by day, and what was told of it.

A day's counts are kept, so that a check only counts today and yesterday anew: with 28 days of 500 sources counting all of
them each hour would read a third of a million polls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from newsdesk.health import THIN_CHARACTERS, WINDOW_DAYS, Condition, DayCounts, Notice, Picture, SourceRecord, Trouble, compare
from newsdesk.links import Outcome, PollOutcome
from newsdesk.ports import Standings
from storage.database import LOCK_HEALTH, Database, serialise
from storage.rows import source_state_of
from storage.schema import articles, candidates, health_days, health_notices, health_states, links, polls, sources
from storage.values import from_plain, to_plain

SOURCE, SECTION, CHECK = "source", "section", "check"
KEPT_DAYS = 2 * WINDOW_DAYS
_CONTENT = frozenset({Outcome.STORED.value, Outcome.SAME_ARTICLE.value, Outcome.SECTION_PAGE.value})
_WELL = frozenset(outcome.value for outcome in PollOutcome if not outcome.is_failure)


class SqlHealthBook:
    """HealthBook in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def gather(self, now: datetime) -> Picture:
        today = now.date()
        oldest = today - timedelta(days=WINDOW_DAYS)
        with self._database.reading() as connection:  # counted before the write lock is taken, which others wait for
            counted = connection.scalar(sa.select(sa.func.max(health_days.c.day)).where(health_days.c.kind == SOURCE))
            start = oldest if counted is None else max(oldest, min(counted, today) - timedelta(days=1))
            rows = [*_source_rows(connection, start), *_section_rows(connection, start)]
        with self._database.writing() as connection:
            serialise(connection, LOCK_HEALTH)
            stale = sa.or_(health_days.c.day >= start, health_days.c.day < today - timedelta(days=KEPT_DAYS))
            connection.execute(sa.delete(health_days).where(stale, health_days.c.kind != CHECK))
            if rows:
                connection.execute(sa.insert(health_days), rows)
        return self.picture(now)

    def picture(self, now: datetime) -> Picture:
        since = now.date() - timedelta(days=WINDOW_DAYS)
        query = sa.select(health_days).where(health_days.c.day >= since, health_days.c.kind != CHECK).order_by(health_days.c.day)
        days: dict[str, list[DayCounts]] = defaultdict(list)
        sections: dict[str, dict[date, int]] = defaultdict(dict)
        with self._database.reading() as connection:
            for row in connection.execute(query).mappings():
                if row["kind"] == SECTION:
                    sections[row["subject"]][row["day"]] = row["counts"]["proposed"]
                else:
                    days[row["subject"]].append(from_plain(DayCounts, {**row["counts"], "day": row["day"].isoformat()}))
            active = connection.execute(sa.select(sources).where(sources.c.active).order_by(sources.c.id)).mappings()
            records = tuple(SourceRecord(source_state_of(row), tuple(days.get(row["id"], ()))) for row in active)
        return Picture(records, sections)

    def record(self, found: Sequence[Condition], now: datetime) -> Notice:
        with self._database.writing() as connection:
            serialise(connection, LOCK_HEALTH)
            before = _standing(connection)
            since = {(one.subject, one.trouble): one.since for one in before}
            notice = compare(before, found, now)
            connection.execute(sa.delete(health_states))
            for one in found:
                known = since.get((one.subject, one.trouble), one.since)
                row = {"subject": one.subject, "state": one.trouble.value, "since": min(known, one.since), "sentence": one.sentence}
                connection.execute(sa.insert(health_states).values(**row, noticed_at=now))
            if notice.message:
                line = {"raised": to_plain(notice.raised), "fixed": to_plain(notice.fixed), "message": notice.message}
                connection.execute(sa.insert(health_notices).values(noticed_at=now, **line))
            connection.execute(sa.delete(health_days).where(health_days.c.kind == CHECK))
            mark = {"kind": CHECK, "subject": CHECK, "day": now.date(), "counts": {"checked_at": now.isoformat()}}
            connection.execute(sa.insert(health_days).values(**mark))
        return notice

    def standings(self) -> Standings:
        with self._database.reading() as connection:
            plain = connection.scalar(sa.select(health_days.c.counts).where(health_days.c.kind == CHECK))
            return Standings(_standing(connection), datetime.fromisoformat(plain["checked_at"]) if plain else None)

    def notices(self, limit: int) -> Sequence[Notice]:
        query = sa.select(health_notices).order_by(health_notices.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(
                Notice(
                    row["noticed_at"],
                    from_plain(tuple[Condition, ...], row["raised"]),
                    from_plain(tuple[Condition, ...], row["fixed"]),
                    row["message"],
                )
                for row in connection.execute(query).mappings()
            )


def _standing(connection: Connection) -> tuple[Condition, ...]:
    query = sa.select(health_states).order_by(health_states.c.subject, health_states.c.state)
    return tuple(
        Condition(row["subject"], Trouble(row["state"]), row["since"], row["sentence"]) for row in connection.execute(query).mappings()
    )


@dataclass
class _Day:
    """A source's day while it is counted. ``places`` counts the links by where they led."""

    polls: int = 0
    failed: int = 0
    new: int = 0
    stored: int = 0
    undated: int = 0
    thin: int = 0
    led: int = 0
    lists: int = 0
    places: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, Any]:
        """As ``DayCounts`` without its day."""
        alike = max((*self.places.values(), *self.titles.values()), default=0)
        names = ("polls", "failed", "new", "stored", "undated", "thin", "led")
        plain: dict[str, Any] = {name: getattr(self, name) for name in names}
        return {**plain, "alike": self.lists + (alike if alike > 1 else 0), "languages": dict(self.languages)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _source_rows(connection: Connection, start: date) -> Iterator[dict[str, Any]]:
    """The counts of all sources from a day on."""
    days: dict[tuple[str, date], _Day] = defaultdict(_Day)
    _count_polls(connection, start, days)
    _count_links(connection, start, days)
    for (source_id, day), one in days.items():
        yield {"kind": SOURCE, "subject": source_id, "day": day, "counts": one.counts()}


def _count_polls(connection: Connection, start: date, days: Mapping[tuple[str, date], _Day]) -> None:
    """Source by source, which the index of polls by source and moment serves."""
    query = (
        sa.select(sources.c.id, polls.c.polled_at, polls.c.outcome, polls.c.new)
        .join(polls, sa.and_(polls.c.source_id == sources.c.id, polls.c.polled_at >= _midnight(start)))
        .where(sources.c.active)
    )
    for source_id, polled_at, outcome, new in connection.execute(query):
        one = days[source_id, polled_at.date()]
        one.polls += 1
        one.failed += outcome not in _WELL
        one.new += new


def _count_links(connection: Connection, start: date, days: Mapping[tuple[str, date], _Day]) -> None:
    """Where the links led that ended since, by the index of links by their last change."""
    query = (
        sa.select(
            links.c.source_id,
            links.c.changed_at,
            links.c.outcome,
            articles.c.key,
            articles.c.title,
            articles.c.language,
            articles.c.published_at,
            sa.func.length(articles.c.text).label("characters"),
        )
        .outerjoin(articles, articles.c.id == links.c.article_id)
        .where(links.c.changed_at >= _midnight(start), links.c.ended_at.is_not(None), links.c.outcome.in_(_CONTENT))
    )
    for row in connection.execute(query):
        one = days[row.source_id, row.changed_at.date()]
        one.led += 1
        if row.outcome == Outcome.SECTION_PAGE.value or row.key is None:
            one.lists += 1
            continue
        one.places[row.key] += 1
        if row.title:
            one.titles[row.title] += 1
        if row.outcome == Outcome.STORED.value:
            one.stored += 1
            one.undated += row.published_at is None
            one.thin += row.characters < THIN_CHARACTERS
            one.languages[row.language or "?"] += 1


def _section_rows(connection: Connection, start: date) -> Iterator[dict[str, Any]]:
    """Stories proposed for each section from a day on."""
    proposed: Counter[tuple[str, date]] = Counter()
    query = sa.select(candidates.c.proposed_section_id, candidates.c.proposed_at).where(candidates.c.proposed_at >= _midnight(start))
    for section_id, proposed_at in connection.execute(query.where(candidates.c.proposed_section_id.is_not(None))):
        proposed[section_id, proposed_at.date()] += 1
    for (section_id, day), count in proposed.items():
        yield {"kind": SECTION, "subject": section_id, "day": day, "counts": {"proposed": count}}
