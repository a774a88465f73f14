"""Labels that follow the statements of control: the log of corrections, what they changed, and doing the change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.control import Correction, Relabelled
from newsdesk.decisions import State
from newsdesk.labels import Label, Origin
from newsdesk.outlets import ControlStatement
from newsdesk.voices import Voices
from storage.candidates import refresh
from storage.database import LOCK_STORIES, Database, serialise
from storage.rows import insert
from storage.schema import articles, candidates, control_corrections, control_digests, relabellings
from storage.values import from_plain, to_plain

_AT_ONCE = 300  # articles a transaction: SQLite lets nobody else write meanwhile
_ASKED_ONE_BY_ONE = 200  # outlets; SQLite takes no condition of a thousand parts, and with so many every article is concerned


@dataclass(frozen=True)
class Labelled:
    """What decides an article's label, as it is stored."""

    article_id: int
    outlet_id: str
    published_on: date | None
    origins: Sequence[Origin] | None = None  # None: nobody looked for them


LabelNow = Callable[[Labelled], Voices | None]  # None: leave it as it is


class SqlControlBook:
    """The corrections of control and the labels they touch, in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def correct(self, correction: Correction, put_down: Callable[[], object]) -> int:
        """Append a correction to the log and let ``put_down`` write the outlet's file, both or neither; returns its id."""
        line = {
            "outlet_id": correction.outlet_id,
            "statement": to_plain(correction.statement),
            "before": to_plain(correction.before),
            "after": to_plain(correction.after),
            "reason": correction.reason,
            "corrected_by": correction.by,
            "corrected_at": correction.at,
        }
        with self._database.writing() as connection:
            (correction_id,) = connection.execute(sa.insert(control_corrections).values(**line)).inserted_primary_key or (0,)
            put_down()
        return int(correction_id)

    def corrections(self, outlet_id: str) -> Sequence[Correction]:
        """The corrections of an outlet's control, the latest first, with how many articles each relabelled."""
        counted = sa.select(sa.func.count()).where(relabellings.c.correction_id == control_corrections.c.id).scalar_subquery()
        query = sa.select(control_corrections, counted.label("relabelled")).where(control_corrections.c.outlet_id == outlet_id)
        with self._database.reading() as connection:
            return tuple(_correction(row) for row in connection.execute(query.order_by(control_corrections.c.id.desc())).mappings())

    def touched(self, outlet_ids: Collection[str], label: LabelNow) -> Sequence[Relabelled]:
        """The articles whose label or controller would be another one; nothing is changed."""
        found: list[Relabelled] = []
        last: int | None = 0
        with self._database.reading() as connection:
            while last is not None:
                last, changing = _changing(connection, outlet_ids, label, last)
                found += relabelled(connection, changing)
        return tuple(found)

    def relabel(self, outlet_ids: Collection[str], label: LabelNow, correction_id: int | None, now: datetime) -> Sequence[Relabelled]:
        """Bring the articles of these outlets, and those that relay them, to the label the statements give now, and what
        waits for the editors with them; every changed label or controller is logged. Some articles a transaction, so that
        others can write in between: repeating it goes on where it was cut and changes nothing more."""
        found: list[Relabelled] = []
        last: int | None = 0
        while last is not None:
            with self._database.writing() as connection:
                serialise(connection, LOCK_STORIES)
                last, changing = _changing(connection, outlet_ids, label, last)
                found += _put(connection, changing, correction_id, now)
        return tuple(found)

    def relabelled_by(self, correction_id: int) -> Sequence[Relabelled]:
        """Every article whose label or controller a correction changed, in the order of their ids."""
        query = _LOGGED.where(relabellings.c.correction_id == correction_id).order_by(relabellings.c.article_id)
        with self._database.reading() as connection:
            return tuple(_logged(row) for row in connection.execute(query).mappings())

    def changes(self, outlet_id: str, limit: int) -> Sequence[tuple[Relabelled, datetime]]:
        """The labels of an outlet's articles that were changed, the latest first, with when."""
        query = _LOGGED.where(articles.c.outlet_id == outlet_id).order_by(relabellings.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple((_logged(row), row["relabelled_at"]) for row in connection.execute(query).mappings())

    def digests(self) -> Mapping[str, str]:
        """For each outlet, the digest of the statements that its stored labels follow."""
        with self._database.reading() as connection:
            return {row.outlet_id: row.digest for row in connection.execute(sa.select(control_digests))}

    def follow(self, digests: Mapping[str, str]) -> None:
        """Note that the stored labels of these outlets follow the statements with these digests."""
        rows = [{"outlet_id": outlet_id, "digest": digest} for outlet_id, digest in digests.items()]
        if not rows:
            return
        with self._database.writing() as connection:
            put = insert(connection, control_digests)
            connection.execute(put.on_conflict_do_update(index_elements=["outlet_id"], set_={"digest": put.excluded.digest}), rows)


_LOGGED = sa.select(relabellings, articles.c.title, articles.c.published_on, articles.c.outlet_id).join(
    articles, articles.c.id == relabellings.c.article_id
)


def _changing(
    connection: Connection, outlet_ids: Collection[str], label: LabelNow, after: int
) -> tuple[int | None, list[tuple[RowMapping, Voices]]]:
    """Of the next articles behind an id, those whose stored label is not word for word what it would be now, with that; and
    the last id looked at, None where there is none behind."""
    rows = connection.execute(_batch(outlet_ids, after)).mappings().all()
    changing = []
    for row in rows:
        origins = None if row["publisher"] is None else from_plain(tuple[Origin, ...], row["origins"] or ())
        voices = label(Labelled(row["id"], row["outlet_id"], row["published_on"], origins))
        columns = {} if voices is None else label_columns(voices)
        if voices is not None and columns != {name: row[name] for name in columns}:
            changing.append((row, voices))
    return (rows[-1]["id"] if len(rows) == _AT_ONCE else None), changing


def _put(
    connection: Connection, changing: Sequence[tuple[RowMapping, Voices]], correction_id: int | None, now: datetime
) -> Sequence[Relabelled]:
    """Write the new labels, log those that differ for a reader, and refresh what waits of their stories."""
    for row, voices in changing:
        connection.execute(sa.update(articles).where(articles.c.id == row["id"]).values(**label_columns(voices)))
    found = relabelled(connection, changing)
    log_relabelled(connection, found, correction_id, now)
    told = {one.article_id for one in found}
    for story_id in sorted({row["story_id"] for row, _ in changing if row["id"] in told}):
        refresh(connection, story_id, now)
    return found


def _batch(outlet_ids: Collection[str], after: int) -> sa.Select[Any]:
    wanted = "id outlet_id story_id title published_on label label_why controller statement origins publisher".split()
    query = sa.select(*(articles.c[name] for name in wanted)).where(articles.c.id > after)
    if len(outlet_ids) <= _ASKED_ONE_BY_ONE:
        relayed = sa.cast(articles.c.origins, sa.Text)
        relaying = (relayed.contains(f'"outlet_id": "{each}"') for each in sorted(outlet_ids))
        query = query.where(sa.or_(articles.c.outlet_id.in_(sorted(outlet_ids)), *relaying))
    return query.order_by(articles.c.id).limit(_AT_ONCE)


def label_columns(voices: Voices) -> dict[str, Any]:
    """What an article's row keeps of whose voice it is."""
    printed, looked_for = voices.printed, voices.publisher is not None
    return {
        "label": printed.label.value,
        "label_why": printed.why,
        "controller": printed.controller,
        "statement": to_plain(printed.statement),
        "origins": to_plain(tuple(voices.origins)) if looked_for else None,
        "publisher": to_plain(voices.publisher),
    }


def _differs(row: RowMapping, voices: Voices) -> bool:
    return bool(row["label"] != voices.printed.label.value or row["controller"] != voices.printed.controller)


def relabelled(connection: Connection, changing: Sequence[tuple[RowMapping, Voices]]) -> tuple[Relabelled, ...]:
    """The articles whose label or controller differs, with the editions that cite them."""
    changing = [(row, voices) for row, voices in changing if _differs(row, voices)]
    cited = _citing(connection, [row["id"] for row, _ in changing])
    return tuple(
        Relabelled(
            article_id=row["id"],
            outlet_id=row["outlet_id"],
            title=row["title"],
            published_on=row["published_on"],
            before=Label(row["label"]),
            after=voices.printed.label,
            controller_before=row["controller"],
            controller_after=voices.printed.controller,
            why=voices.printed.why,
            edition=cited[row["id"]][1] if row["id"] in cited else None,
            candidate_id=cited[row["id"]][0] if row["id"] in cited else None,
        )
        for row, voices in changing
    )


def _citing(connection: Connection, article_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """For each article that an edition cites, the candidate and the month."""
    cited: dict[int, tuple[int, str]] = {}
    for start in range(0, len(article_ids), _AT_ONCE):
        query = sa.select(candidates.c.cited_article_id, candidates.c.id, candidates.c.edition).where(
            candidates.c.cited_article_id.in_(article_ids[start : start + _AT_ONCE]),
            candidates.c.state == State.ACCEPTED.value,
            candidates.c.absorbed_into.is_(None),
        )
        cited |= {article_id: (candidate_id, edition) for article_id, candidate_id, edition in connection.execute(query)}
    return cited


def log_relabelled(connection: Connection, found: Sequence[Relabelled], correction_id: int | None, now: datetime) -> None:
    """Note every changed label; without a correction where the articles themselves or the files made the change."""
    rows = [
        {
            "article_id": one.article_id,
            "correction_id": correction_id,
            "label_before": one.before.value,
            "label_after": one.after.value,
            "controller_before": one.controller_before,
            "controller_after": one.controller_after,
            "why": one.why,
            "edition": one.edition,
            "candidate_id": one.candidate_id,
            "relabelled_at": now,
        }
        for one in found
    ]
    if rows:
        connection.execute(sa.insert(relabellings), rows)


def _logged(row: RowMapping) -> Relabelled:
    return Relabelled(
        article_id=row["article_id"],
        outlet_id=row["outlet_id"],
        title=row["title"],
        published_on=row["published_on"],
        before=Label(row["label_before"]),
        after=Label(row["label_after"]),
        controller_before=row["controller_before"],
        controller_after=row["controller_after"],
        why=row["why"],
        edition=row["edition"],
        candidate_id=row["candidate_id"],
    )


def _correction(row: RowMapping) -> Correction:
    def statements(plain: Sequence[Any]) -> tuple[ControlStatement, ...]:
        return tuple(from_plain(ControlStatement, one) for one in plain)

    return Correction(
        id=row["id"],
        outlet_id=row["outlet_id"],
        statement=from_plain(ControlStatement, row["statement"]),
        before=statements(row["before"]),
        after=statements(row["after"]),
        reason=row["reason"],
        by=row["corrected_by"],
        at=row["corrected_at"],
        relabelled=row["relabelled"],
    )
