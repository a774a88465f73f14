"""Whether somebody independent reports what a state voice reports: what was found, kept as it was found, and what is news."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.corroboration import Corroboration, CorroborationNews, Member, Originator, Verdict
from newsdesk.decisions import State
from newsdesk.judging import Label, Origin, Provenance
from newsdesk.links import Fate, Outcome, PollOutcome
from storage.database import Database
from storage.schema import articles, candidates, corroboration_news, corroborations, decisions, links, polls, relabellings, story_links
from storage.values import from_plain, to_plain

AGAIN_AFTER = timedelta(hours=1)  # how often an open search of the last days is brought up to date ...
LATER_AFTER = timedelta(hours=6)  # ... and one of an older report
LAST_DAYS = timedelta(days=2)
_WELL = tuple(outcome.value for outcome in PollOutcome if not outcome.is_failure)
_UNREAD = tuple(outcome.value for outcome in Outcome if outcome.fate is Fate.RETRY or outcome is Outcome.ROBOTS_DENIED)
_LIVE = tuple(state.value for state in (State.WAITING, State.HELD, State.ACCEPTED))
_KEPT_BY_EDITORS = tuple(state.value for state in (State.HELD, State.ACCEPTED))


@dataclass(frozen=True)
class Polled:
    """When a source answered and when it failed, each in order; ``unread`` are the announced pages that could not be read, by
    when they were announced."""

    good: list[datetime] = field(default_factory=list)
    failed: list[datetime] = field(default_factory=list)
    unread: list[datetime] = field(default_factory=list)

    def between(self, since: datetime, until: datetime) -> tuple[Sequence[datetime], int, int]:
        """The answered polls, and how many failed and how many pages were left unread, in a stretch of time."""

        def cut(moments: list[datetime]) -> list[datetime]:
            return moments[bisect_left(moments, since) : bisect_right(moments, until)]

        return cut(self.good), len(cut(self.failed)), len(cut(self.unread))


class SqlCorroborationBook:
    """Searches for independent reports, in a database. ``name`` gives the name of an outlet by its id."""

    def __init__(self, database: Database, name: Callable[[str], str]) -> None:
        self._database = database
        self._name = name

    def due(self, now: datetime) -> Sequence[int]:
        """The stories with a state voice that editors may still print and whose search is missing, or older than an hour and
        still open, or was made before an article joined, left or got another label."""
        with self._database.reading() as connection:
            return [int(story_id) for story_id in connection.scalars(_due(now))]

    def members(self, story_id: int) -> tuple[Member, ...]:
        """The articles of a story, oldest stored first."""
        with self._database.reading() as connection:
            rows = connection.execute(_told(story_id)).mappings().all()
            copies = _copies(connection, [row["id"] for row in rows])
        return tuple(self._member(row, copies.get(row["id"], ())) for row in rows)

    def polled(self, since: datetime) -> Mapping[str, Polled]:
        """What became of the sources' polls and announced pages from a moment on."""
        found: dict[str, Polled] = defaultdict(Polled)
        asked = sa.select(polls.c.source_id, polls.c.outcome, polls.c.polled_at).where(polls.c.polled_at >= since)
        lost = sa.select(links.c.source_id, links.c.first_seen_at).where(
            links.c.changed_at >= since, links.c.first_seen_at >= since, links.c.article_id.is_(None), links.c.outcome.in_(_UNREAD)
        )
        with self._database.reading() as connection:
            for source_id, outcome, polled_at in connection.execute(asked.order_by(polls.c.polled_at)):
                (found[source_id].good if outcome in _WELL else found[source_id].failed).append(polled_at)
            for source_id, seen_at in connection.execute(lost.order_by(links.c.first_seen_at)):
                found[source_id].unread.append(seen_at)
        return found

    def record(self, story_id: int, found: Corroboration, members: int, final: bool, now: datetime) -> bool:
        """Keep what a search over so many ``members`` came to; returns whether it is news to the editors: a state report that
        they hold or accepted is independently reported now. A changed verdict or another independent report is a new line, the
        rest brings the last line up to date."""
        with self._database.writing() as connection:
            last = connection.execute(_last(story_id)).mappings().one_or_none()
            said = {
                "verdict": found.verdict.value,
                "independent": [member.article_id for member in found.independent],
                "found": to_plain(found),
                "articles": members,
                "final": final,
                "looked_at": now,
            }
            same = last is not None and (last["verdict"], last["independent"]) == (said["verdict"], said["independent"])
            if same and last is not None:
                connection.execute(sa.update(corroborations).where(corroborations.c.id == last["id"]).values(**said))
            else:
                connection.execute(sa.insert(corroborations).values(story_id=story_id, began_at=now, **said))
            mine = (candidates.c.story_id == story_id, candidates.c.absorbed_into.is_(None))
            connection.execute(sa.update(candidates).where(*mine).values(corroboration=found.verdict.value))
            newly = found.verdict is Verdict.FOUND and (last is None or last["verdict"] != Verdict.FOUND.value)
            return newly and _tell(connection, story_id, found, last is None, now)

    def of_story(self, story_id: int) -> tuple[Corroboration, datetime] | None:
        """What the last search of a story came to, and when it was made; None where none was made."""
        with self._database.reading() as connection:
            row = connection.execute(_last(story_id)).mappings().one_or_none()
        return None if row is None else (from_plain(Corroboration, row["found"]), row["looked_at"])

    def news(self) -> Sequence[CorroborationNews]:
        """What editors have not seen yet, the latest first."""
        query = sa.select(corroboration_news).where(corroboration_news.c.seen_at.is_(None)).order_by(corroboration_news.c.id.desc())
        with self._database.reading() as connection:
            return tuple(
                CorroborationNews(row["id"], row["candidate_id"], row["state"], row["sentence"], row["noticed_at"])
                for row in connection.execute(query).mappings()
            )

    def seen(self, news_id: int, by: str, now: datetime) -> None:
        """An editor has seen it."""
        open_one = (corroboration_news.c.id == news_id, corroboration_news.c.seen_at.is_(None))
        with self._database.writing() as connection:
            connection.execute(sa.update(corroboration_news).where(*open_one).values(seen_by=by, seen_at=now))

    def _member(self, row: RowMapping, copies: Sequence[tuple[int, float]]) -> Member:
        origins = tuple(from_plain(Origin, plain) for plain in row["origins"] or ())
        publisher = from_plain(Provenance, row["publisher"]) if row["publisher"] else None
        return Member(
            article_id=row["id"],
            outlet_id=row["outlet_id"],
            outlet_name=self._name(row["outlet_id"]),
            label=Label(row["label"]),
            publisher_label=publisher.label if publisher else Label(row["label"]),
            controller=row["controller"],
            origins=tuple(Originator(origin.name, origin.outlet_id) for origin in origins if origin.counts),
            language=row["language"],
            published_at=_stated_hour(row),
            published_on=row["published_on"],
            stored_at=row["stored_at"],
            copies=copies,
        )


def searches_of(connection: Connection, story_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The verdict and sentence of the last search of each story that has one."""
    newest = sa.select(sa.func.max(corroborations.c.id)).where(corroborations.c.story_id.in_(sorted(set(story_ids))))
    query = sa.select(corroborations).where(corroborations.c.id.in_(newest.group_by(corroborations.c.story_id)))
    return {row["story_id"]: (row["verdict"], row["found"]["sentence"]) for row in connection.execute(query).mappings()}


def _stated_hour(row: RowMapping) -> datetime | None:
    """The moment of publication where an hour was stated: a day is kept as noon, which is none."""
    published = row["facts"].get("published")
    if published is None or published["value"]["precision"] == "day":
        return None
    at: datetime | None = row["published_at"]
    return at


def _due(now: datetime) -> sa.Select[Any]:
    earlier = corroborations.alias("earlier")
    newest = sa.select(sa.func.max(earlier.c.id)).where(earlier.c.story_id == candidates.c.story_id).correlate(candidates).scalar_subquery()
    told = sa.select(articles.c.id).where(articles.c.story_id == candidates.c.story_id).correlate(candidates, corroborations)
    state_voice = told.where(articles.c.label == Label.STATE_MEDIA.value).exists()
    since = relabellings.c.relabelled_at > corroborations.c.looked_at
    relabelled = told.where(relabellings.c.article_id == articles.c.id, since).exists()
    old = sa.or_(
        corroborations.c.id.is_(None),
        corroborations.c.articles != candidates.c.articles_in_story,
        sa.and_(corroborations.c.final.is_(False), corroborations.c.looked_at <= now - LATER_AFTER),
        sa.and_(
            corroborations.c.final.is_(False),
            corroborations.c.looked_at <= now - AGAIN_AFTER,
            sa.func.coalesce(candidates.c.published_at, candidates.c.proposed_at) >= now - LAST_DAYS,
        ),
        relabelled,
    )
    return (
        sa.select(candidates.c.story_id)
        .select_from(candidates.outerjoin(corroborations, corroborations.c.id == newest))
        .where(candidates.c.absorbed_into.is_(None), candidates.c.state.in_(_LIVE), state_voice, old)
        .distinct()
    )


def _told(story_id: int) -> sa.Select[Any]:
    names = "id outlet_id label controller origins publisher language published_at published_on stored_at facts".split()
    return sa.select(*(articles.c[name] for name in names)).where(articles.c.story_id == story_id).order_by(articles.c.id)


def _copies(connection: Connection, article_ids: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
    query = sa.select(story_links.c.article_id, story_links.c.other_article_id, story_links.c.score).where(
        story_links.c.article_id.in_(article_ids), story_links.c.kind == "copy"
    )
    copies: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for article_id, other_id, share in connection.execute(query.order_by(story_links.c.id)):
        copies[article_id].append((other_id, 1.0 if share is None else share))  # unknown of joins before schema 9: never less
    return copies


def _last(story_id: int) -> sa.Select[Any]:
    return sa.select(corroborations).where(corroborations.c.story_id == story_id).order_by(corroborations.c.id.desc()).limit(1)


def _tell(connection: Connection, story_id: int, found: Corroboration, first: bool, now: datetime) -> bool:
    """Tell the editors who hold or accepted the story; after a ``first`` search only of what came after they had decided."""
    held = (
        sa.select(candidates.c.id, candidates.c.state, decisions.c.decided_at)
        .join(decisions, decisions.c.id == candidates.c.current_decision_id)
        .where(candidates.c.story_id == story_id, candidates.c.absorbed_into.is_(None), candidates.c.state.in_(_KEPT_BY_EDITORS))
    )
    newest = max(member.stored_at for member in found.independent)
    rows = [
        {"candidate_id": candidate_id, "state": state, "sentence": found.sentence, "noticed_at": now}
        for candidate_id, state, decided_at in connection.execute(held)
        if not first or newest > decided_at
    ]
    if rows:
        connection.execute(sa.insert(corroboration_news), rows)
    return bool(rows)
