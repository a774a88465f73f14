"""Stored articles told and judged anew, in small transactions: what was told by other rules or another encoder cannot be compared
with what arrives now, and what a page says now may be another voice's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.anew import JUDGED_WITHIN, Judgement, ToJudge, ToTell, judgement_news, relabels
from newsdesk.articles import Article
from newsdesk.decisions import State
from newsdesk.judging import JudgedArticle
from newsdesk.kinds import Genre
from newsdesk.labels import Label, Origin, OriginKind
from newsdesk.nearness import WINDOW_DAYS
from newsdesk.telling import Telling
from newsdesk.voices import Voices, voice_of
from storage.articles import SqlArticleShelf
from storage.candidates import refresh
from storage.control import label_columns, log_relabelled, relabelled
from storage.database import Database
from storage.joining import log_hints, look_again
from storage.origins import OutletName, follow_copies
from storage.rows import among, wanted
from storage.schema import articles, candidates, judgements, tellings, versions
from storage.values import from_plain, to_plain

_JUDGED = "label label_why controller statement origins publisher score relevance genre categories".split()


class SqlRenewals:
    """What is to be told and judged anew in a database. ``shelf`` is the one through which this process stores: it keeps in
    memory where articles lie, and one process stores at a time. ``outlet_name`` gives the name under which an outlet is
    cited."""

    def __init__(self, database: Database, shelf: SqlArticleShelf, outlet_name: OutletName = str) -> None:
        self._database = database
        self._shelf = shelf
        self._outlet_name = outlet_name

    # --- told

    def untold(self, kind: str, now: datetime, *, everything: bool = False) -> list[int]:
        """Ids of the articles that are not told by the encoder and rules of this ``kind``, stored last first: those of the days
        among which an event of today is looked for, and those of stories that editors may still decide on; or all."""
        asked = _all_untold(kind) if everything else _untold(kind, now.date() - timedelta(days=WINDOW_DAYS))
        with self._database.reading() as connection:
            return sorted(set(connection.scalars(asked)), reverse=True)

    def to_tell(self, article_ids: Sequence[int]) -> list[ToTell]:
        """What is told of these articles, stored last first: the words that were judged last."""
        with self._database.reading() as connection:
            return [_to_tell(row) for row in connection.execute(_asked(connection.dialect.name), wanted(connection, article_ids))]

    def retell(self, told: Sequence[tuple[ToTell, Telling]]) -> int:
        """Keep the tellings, in one transaction; one whose article got another day or other words meanwhile is left for the next
        time. Returns how many were kept. No article changes its story by it."""
        with self._shelf.storing() as (connection, held):
            found = connection.execute(_dated(connection.dialect.name), wanted(connection, [one.article_id for one, _ in told]))
            now = {row.id: row for row in found}
            kept = [
                (one.article_id, telling, _day_of(now[one.article_id]))
                for one, telling in told
                if one.article_id in now and _same(one, now[one.article_id])
            ]
            held.tell_anew(connection, kept)
        return len(kept)

    def last_stored(self) -> int:
        """The id of the article that was stored last, 0 where there is none."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(sa.func.max(articles.c.id))) or 0

    def told_after(self, article_id: int, kind: str) -> list[int]:
        """Ids of the articles that were stored after one and told as this ``kind``."""
        later = sa.select(tellings.c.article_id).where(tellings.c.article_id > article_id, tellings.c.version == kind)
        with self._database.reading() as connection:
            return list(connection.scalars(later.order_by(tellings.c.article_id)))

    def suggest(self, article_ids: Sequence[int], now: datetime) -> int:
        """Note for these articles which other stories they may belong to, for an editor to say; returns for how many there was
        any."""
        suggested = 0
        with self._shelf.storing() as (connection, held):
            for row in connection.execute(_dated(connection.dialect.name), wanted(connection, article_ids)).all():
                hints = look_again(connection, held, row.id, _day_of(row))
                log_hints(connection, row.id, hints, now)
                suggested += bool(hints)
        return suggested

    # --- judged

    def unjudged(self, now: datetime) -> list[tuple[int, int]]:
        """The articles (id and number of the newest version) whose page changed lately and was not judged since, in the order of
        their ids."""
        newest = sa.select(versions.c.article_id, sa.func.max(versions.c.number).label("number"))
        lately = newest.where(versions.c.read_at >= now - JUDGED_WITHIN).group_by(versions.c.article_id).subquery()
        asked = sa.select(lately.c.article_id, lately.c.number).join(articles, articles.c.id == lately.c.article_id)
        behind = lately.c.number > sa.func.coalesce(articles.c.judged_version, 1)
        with self._database.reading() as connection:
            return [(row.article_id, row.number) for row in connection.execute(asked.where(behind).order_by(lately.c.article_id))]

    def to_judge(self, article_id: int, number: int) -> ToJudge:
        """What a version says, under its article's day of publication."""
        with self._database.reading() as connection:
            home = connection.execute(sa.select(articles).where(articles.c.id == article_id)).mappings().one()
            said = (versions.c.article_id == article_id, versions.c.number == number)
            version = connection.execute(sa.select(versions.c.facts, versions.c.text).where(*said)).one()
        plain = {**version.facts, "text": version.text, "published": home["facts"]["published"]}
        return ToJudge(article_id, number, home["key"], home["outlet_id"], home["source_id"], from_plain(Article, plain))

    def rejudge(self, asked: ToJudge, judged: JudgedArticle, now: datetime) -> bool | None:
        """Let the article's judgement be that of the newer text, and keep the one it had; what editors decided, the story and the
        first text stay. Returns whether another label is printed now; None where the article changed meanwhile and nothing was
        kept."""
        with self._shelf.storing() as (connection, held):
            row = connection.execute(sa.select(articles).where(articles.c.id == asked.article_id)).mappings().one()
            if not _is_current(connection, row, asked):
                return None
            if row["judged_version"] is None:
                _keep(connection, row["id"], 1, row, (), False, row["stored_at"])
            voices = _voices(row, judged)
            fresh = _columns(voices, judged)
            before, after = _judgement(row), _judgement(fresh)
            connection.execute(sa.update(articles).where(articles.c.id == row["id"]).values(**fresh, judged_version=asked.number))
            _keep(connection, row["id"], asked.number, fresh, judgement_news(before, after), relabels(before, after), now)
            if judged.telling is not None:
                held.tell_anew(connection, [(row["id"], judged.telling, _day_of(row))])
            log_relabelled(connection, relabelled(connection, [(row, voices)]), None, now)
            follow_copies(connection, row["id"], self._outlet_name, now)
            refresh(connection, row["story_id"], now)
            return relabels(before, after)


def _to_tell(row: Any) -> ToTell:
    if row.version_text is None:
        return ToTell(row.id, row.title, row.facts.get("lead"), row.text, row.language, row.published_on)
    facts = row.version_facts
    language = facts["language"]["value"] if facts["language"] else None
    return ToTell(row.id, row.version_title, facts["lead"], row.version_text, language, row.published_on, row.judged_version)


def _same(told: ToTell, row: Any) -> bool:
    """Whether the article still has the day and the words that were told."""
    return bool((row.published_on, row.judged_version or 1) == (told.published_on, told.number))


def _day_of(row: Any) -> date:
    """The day around which its event is looked for, as when it was stored (``joining.day_of``)."""
    day: date = row.published_on or row.stored_at.date()
    return day


def _is_current(connection: Connection, row: RowMapping, asked: ToJudge) -> bool:
    """Whether the version is the newest still, and the article has the day under which it was judged."""
    newest = connection.scalar(sa.select(sa.func.max(versions.c.number)).where(versions.c.article_id == row["id"]))
    return bool(newest == asked.number and row["facts"]["published"] == to_plain(asked.article.published))


def _voices(row: RowMapping, judged: JudgedArticle) -> Voices:
    """Whose voice the newer text is; that it gives an earlier text stays, for that is said of the first."""
    if judged.publisher is None:
        return Voices(judged.provenance)
    copied = (each for each in from_plain(tuple[Origin, ...], row["origins"] or ()) if each.kind is OriginKind.COPY)
    origins = (*judged.origins, *copied)
    return Voices(voice_of(judged.publisher, origins), judged.publisher, origins)


def _columns(voices: Voices, judged: JudgedArticle) -> dict[str, Any]:
    return {
        **label_columns(voices),
        "score": judged.relevance.score,
        "relevance": to_plain(judged.relevance),
        "genre": to_plain(judged.genre),
        "categories": to_plain(judged.categories),
    }


def _judgement(row: Mapping[Any, Any]) -> Judgement:
    genre = None if row["genre"] is None else from_plain(Genre, row["genre"])
    origins = from_plain(tuple[Origin, ...], row["origins"] or ())
    kind = None if genre is None else genre.kind
    return Judgement(Label(row["label"]), row["controller"], row["label_why"], origins, row["score"], kind)


def _keep(
    connection: Connection, article_id: int, number: int, row: Mapping[Any, Any], news: Sequence[str], relabelling: bool, at: datetime
) -> None:
    judged = {name: row[name] for name in _JUDGED}
    line = {"article_id": article_id, "number": number, "judged": judged, "news": list(news), "relabels": relabelling, "judged_at": at}
    connection.execute(sa.insert(judgements).values(**line))


_TOLD = sa.exists().where(tellings.c.article_id == articles.c.id)


def _untold(kind: str, first: date) -> sa.CompoundSelect[Any]:
    """By the days of tellings, by when articles without one are shown, and by the open candidates: each has its index."""
    of_the_days = sa.select(tellings.c.article_id).where(tellings.c.day >= first, tellings.c.version != kind)
    never = sa.select(articles.c.id).where(articles.c.shown_at >= datetime.combine(first, time.min, UTC), ~_TOLD)
    open_states = [State.WAITING.value, State.HELD.value]
    of_stories = (
        sa.select(articles.c.id)
        .join(candidates, candidates.c.story_id == articles.c.story_id)
        .where(candidates.c.state.in_(open_states), candidates.c.absorbed_into.is_(None), ~_told_by(kind))
    )
    return sa.union(of_the_days, never, of_stories)


def _all_untold(kind: str) -> sa.Select[Any]:
    return sa.select(articles.c.id).where(~_told_by(kind))


def _told_by(kind: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(tellings.c.article_id == articles.c.id, tellings.c.version == kind)


@lru_cache(maxsize=2)
def _asked(dialect: str) -> sa.Select[Any]:
    first = [articles.c[name] for name in ("id", "title", "text", "facts", "language", "published_on", "judged_version")]
    newer = [versions.c[name].label(f"version_{name}") for name in ("title", "text", "facts")]
    judged = sa.and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.judged_version)
    said = sa.select(*first, *newer).select_from(articles.outerjoin(versions, judged))
    return said.where(among(dialect, articles.c.id)).order_by(articles.c.id.desc())


@lru_cache(maxsize=2)
def _dated(dialect: str) -> sa.Select[Any]:
    columns = [articles.c[name] for name in ("id", "published_on", "stored_at", "judged_version")]
    return sa.select(*columns).where(among(dialect, articles.c.id))
