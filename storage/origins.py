"""Copies across outlets: a stored article that gives another's earlier text carries that one's origin, in whatever order the
two arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.articles import Article
from newsdesk.labels import Label, Origin, OriginKind, Provenance
from newsdesk.moments import Moment
from newsdesk.origins import Earlier, copied_origin
from newsdesk.outlets import ControlStatement
from newsdesk.voices import Voices, voice_of
from storage.control import label_columns, log_relabelled, relabelled
from storage.schema import articles
from storage.values import from_plain

OutletName = Callable[[str], str]
_MOST_COMPARED = 30  # articles of a story; a report that more outlets took over is known by its first ones


@dataclass(frozen=True)
class _Told:
    """A stored article with what its text and its label are."""

    row: RowMapping
    published: Moment | None
    publisher: Provenance
    origins: Sequence[Origin]

    @property
    def own_origins(self) -> tuple[Origin, ...]:
        """Those that its text names, copies left out."""
        return tuple(each for each in self.origins if each.kind is not OriginKind.COPY)


def follow_copies(connection: Connection, article_id: int, name: OutletName, now: datetime) -> None:
    """Give an article, and the articles of its story that copy it, the origin of the earlier text, or take it back where it
    is the earlier one no more. Labels of other articles that change are logged; repeating it changes nothing."""
    story = list(_story(connection, article_id))
    (new,) = (each for each in story if each.row["id"] == article_id)
    changing = []
    for told in story:
        others = [other for other in story if other is not told] if told is new else [new]
        voices = _voices(told, others, name)
        if voices is not None:
            changing.append((told.row, voices))
    for row, voices in changing:
        connection.execute(sa.update(articles).where(articles.c.id == row["id"]).values(**label_columns(voices)))
    log_relabelled(connection, [one for one in relabelled(connection, changing) if one.article_id != article_id], None, now)


def _story(connection: Connection, article_id: int) -> Iterator[_Told]:
    """The article and the earliest others of its story."""
    wanted = "id outlet_id story_id title text published_on facts label label_why controller statement origins publisher".split()
    mine = sa.select(articles.c.story_id).where(articles.c.id == article_id).scalar_subquery()
    query = sa.select(*(articles.c[each] for each in wanted)).where(articles.c.story_id == mine)
    order = (sa.case((articles.c.id == article_id, 0), else_=1), articles.c.shown_at, articles.c.id)
    for row in connection.execute(query.order_by(*order).limit(_MOST_COMPARED)).mappings():
        published = from_plain(Article, {**row["facts"], "text": ""}).published
        yield _Told(row, published.value if published else None, _publisher(row), from_plain(tuple[Origin, ...], row["origins"] or ()))


def _publisher(row: RowMapping) -> Provenance:
    """The publisher's own label; what an earlier version stored is that."""
    if row["publisher"] is not None:
        return from_plain(Provenance, row["publisher"])
    statement = None if row["statement"] is None else from_plain(ControlStatement, row["statement"])
    return Provenance(Label(row["label"]), row["controller"], statement, row["label_why"])


def _voices(told: _Told, others: Sequence[_Told], name: OutletName) -> Voices | None:
    """Whose voice an article is by the texts it copies, None where nothing changes."""
    compared = {other.row["id"] for other in others}
    kept = [each for each in told.origins if each.kind is OriginKind.COPY and each.article_id not in compared]
    found = [*kept, *(origin for other in others if (origin := _copied(told, other, name)) is not None)]
    found.sort(key=lambda origin: origin.label is not Label.STATE_MEDIA)
    origins = (*told.own_origins, *found[:1])
    return None if origins == tuple(told.origins) else Voices(voice_of(told.publisher, origins), told.publisher, origins)


def _copied(told: _Told, other: _Told, name: OutletName) -> Origin | None:
    """The origin that the other's text gives it; an independent outlet's own text leads nowhere here: corroboration counts it."""
    if other.publisher.label is Label.NOT_STATE_MEDIA and not other.origins:
        return None
    earlier = Earlier(
        article_id=other.row["id"],
        outlet_id=other.row["outlet_id"],
        outlet_name=name(other.row["outlet_id"]),
        text=other.row["text"],
        published=other.published,
        label=other.publisher.label,
        controller=other.publisher.controller,
        why=other.publisher.why,
        origins=other.origins,
    )
    return copied_origin(told.row["text"], told.published, told.row["outlet_id"], told.own_origins, earlier)
