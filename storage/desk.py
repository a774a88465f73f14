"""The editors' desk: the queue, the decisions, and what an edition holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from newsdesk.addresses import without_tracking
from newsdesk.decisions import Decision, Draft, Move, Standing, State, check_move, fold
from newsdesk.editions import Entry
from newsdesk.errors import IllegalMove, NotFound, OutdatedView
from newsdesk.judging import Label, Relevance, SectionProposal
from newsdesk.kinds import Dime, Genre, Kind
from newsdesk.labels import Origin, Provenance
from newsdesk.ports import CandidateView, Facets, QueueFilter, QueueItem, QueuePage
from newsdesk.ranking import draw_of, slots, window
from newsdesk.voices import relayed_by
from storage.articles import stored_articles
from storage.candidates import decision_of, decisions_of, project, rebuild
from storage.corroboration import searches_of
from storage.database import LOCK_EDITION, Database, serialise
from storage.pages import news_of
from storage.schema import articles, candidates, decisions, exports, judgements, narratives
from storage.search import holding_words
from storage.text import digest
from storage.values import from_plain, to_plain

_DONE = {
    Move.ACCEPT: "accepted it",
    Move.REJECT: "rejected it",
    Move.HOLD: "put it on hold",
    Move.EDIT: "edited it",
    Move.UNDO: "took a decision back",
}


class SqlDeskShelf:
    """DeskShelf in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, wanted: QueueFilter) -> QueuePage:
        """See DeskShelf: by rank, then by publication, the latest first; the places kept for learning hold stories from
        further down, drawn by lot for the day, so that they stay while an editor turns pages. Pages count from 1."""
        with self._database.reading() as connection:
            conditions = _conditions(connection, wanted)
            total = connection.scalar(sa.select(sa.func.count()).select_from(candidates).where(*conditions.values())) or 0
            drawn = _drawn(connection, wanted, conditions) if total > wanted.learn_page else []
            items = _placed(connection, wanted, conditions, drawn)
            return QueuePage(items, total, _facets(connection, wanted.today, conditions))

    def candidate(self, candidate_id: int) -> CandidateView:
        """See DeskShelf; a candidate absorbed by another is shown as that other."""
        with self._database.reading() as connection:
            row = _candidate_row(connection, candidate_id)
            told = stored_articles(connection, sa.select(articles).where(articles.c.story_id == row["story_id"]).order_by(articles.c.id))
            judged = _judged_of_first(connection, row["article_id"])
            made = decisions_of(connection, row["id"])
        (leading,) = (article for article in told if article.id == row["article_id"])
        return CandidateView(
            candidate_id=row["id"],
            article=leading,
            others=tuple(article for article in told if article.id != leading.id),
            score=row["score"],
            reasons=tuple(row["reasons"]),
            matches=from_plain(Relevance, judged["relevance"]).matches,
            sections=tuple(from_plain(SectionProposal, proposal) for proposal in row["sections"]),
            standing=fold(made),
            decisions=made,
            rank=row["rank"] if row["ranked_by"] is not None else None,
            rank_reasons=tuple(row["rank_reasons"] or ()),
            ranked_by=row["ranked_by"],
            origins_shown=from_plain(tuple[Origin, ...], judged["origins"] or ()),
        )

    def decide(self, candidate_id: int, draft: Draft, by: str, seen: int, now: datetime) -> Decision:
        """See DeskShelf. An acceptance that names no article cites the leading one, an edit the one cited before."""
        with self._database.writing() as connection:
            row = _candidate_row(connection, candidate_id, lock=True)
            made = decisions_of(connection, row["id"])
            _check_view(made, seen)
            standing = fold(made)
            check_move(standing, draft)
            full = _cited(connection, row, standing, draft)
            line = {
                "candidate_id": row["id"],
                "seen": seen,
                "move": full.move.value,
                "draft": to_plain(full),
                "decided_by": by,
                "decided_at": now,
            }
            (decision_id,) = connection.execute(sa.insert(decisions).values(**line)).inserted_primary_key or (0,)
            decision = decision_of(connection.execute(sa.select(decisions).where(decisions.c.id == decision_id)).mappings().one())
            project(connection, row["id"], (*made, decision))
            return decision

    def last_decision_of(self, by: str) -> Decision | None:
        current = candidates.c.current_decision_id == decisions.c.id
        query = sa.select(decisions).join(candidates, current).where(decisions.c.decided_by == by).order_by(decisions.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else decision_of(row)

    def entries(self, month: str) -> Sequence[Entry]:
        """See DeskShelf: in the order of acceptance, which an edit keeps."""
        with self._database.reading() as connection:
            rows = connection.execute(_accepted(month)).mappings().all()
            cited = sa.select(articles).where(
                articles.c.id.in_(_accepted(month).with_only_columns(candidates.c.cited_article_id).order_by(None))
            )
            articles_by_id = {row["id"]: row for row in connection.execute(cited).mappings()}
            outlets = _outlets_by_story(connection, [row["story_id"] for row in rows])
            searches = searches_of(connection, [row["story_id"] for row in rows])
            news = news_of(connection, [(row["cited_article_id"], row["decided_at"]) for row in rows])
        return tuple(
            _entry(
                row,
                articles_by_id[row["cited_article_id"]],
                outlets[row["story_id"]],
                searches.get(row["story_id"]),
                news[row["cited_article_id"], row["decided_at"]],
            )
            for row in rows
        )

    def narratives(self, month: str) -> Mapping[str, str]:
        """The latest wording of each section's narrative; one written empty is none."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(narratives).where(narratives.c.month == month).order_by(narratives.c.id)).mappings()
            latest = {row["section_id"]: row["text"] for row in rows}
        return {section_id: text for section_id, text in latest.items() if text.strip()}

    def write_narrative(self, month: str, section_id: str, text: str, by: str, now: datetime) -> None:
        """Append a wording; earlier ones stay in the log. The same wording again changes nothing."""
        place = sa.and_(narratives.c.month == month, narratives.c.section_id == section_id)
        line = {"month": month, "section_id": section_id, "text": text, "written_by": by, "written_at": now}
        with self._database.writing() as connection:
            serialise(connection, LOCK_EDITION)
            latest = connection.execute(sa.select(narratives.c.text).where(place).order_by(narratives.c.id.desc()).limit(1)).scalar()
            if latest != text:
                connection.execute(sa.insert(narratives).values(**line))

    def log_export(self, month: str, form: str, by: str, waiver: str | None, findings: Sequence[str], now: datetime) -> int:
        """See DeskShelf. The revision counts the different contents that left the house: exporting the same entries and
        narratives in a second form keeps it."""
        with self._database.writing() as connection:
            serialise(connection, LOCK_EDITION)
            content = _content_digest(connection, month)
            revision = _revision(connection, month, content)
            line = {"month": month, "revision": revision, "content_sha256": content, "form": form, "exported_by": by, "waiver": waiver}
            connection.execute(sa.insert(exports).values(**line, findings=list(findings), exported_at=now))
            return revision

    def revision(self, month: str) -> int:
        """The revision that an export of the edition as it stands would have."""
        with self._database.reading() as connection:
            return _revision(connection, month, _content_digest(connection, month))

    def rebuild_projection(self) -> int:
        """Fold every candidate's decisions anew into its row; returns how many rows had differed (0 unless tampered)."""
        with self._database.writing() as connection:
            return rebuild(connection)


def _judged_of_first(connection: Connection, article_id: int) -> Mapping[Any, Any]:
    """Relevance and origins with places in the first text, which is the one that is shown, whatever was judged since."""
    wanted = sa.select(articles.c.relevance, articles.c.origins, articles.c.judged_version).where(articles.c.id == article_id)
    row = connection.execute(wanted).mappings().one()
    if row["judged_version"] is None:
        return row
    first = sa.select(judgements.c.judged).where(judgements.c.article_id == article_id, judgements.c.number == 1)
    kept: Mapping[Any, Any] = connection.execute(first.order_by(judgements.c.id.desc()).limit(1)).scalar_one()
    return kept


def _state(today: date) -> sa.ColumnElement[str]:
    """The state as the queue shows it: what was held waits again when its day has come."""
    come = sa.and_(candidates.c.state == State.HELD.value, candidates.c.held_until <= today)
    return sa.case((come, State.WAITING.value), else_=candidates.c.state)


def _in_state(state: State, today: date) -> sa.ColumnElement[bool]:
    """The same as a condition that the queue's index can serve."""
    held = candidates.c.state == State.HELD.value
    if state is State.WAITING:
        return sa.or_(candidates.c.state == State.WAITING.value, sa.and_(held, candidates.c.held_until <= today))
    if state is State.HELD:
        return sa.and_(held, candidates.c.held_until > today)
    return candidates.c.state == state.value


def _conditions(connection: Connection, wanted: QueueFilter) -> dict[str, sa.ColumnElement[bool]]:
    """The filter, a condition for each facet, so that a facet can be counted with all the others."""
    conditions: dict[str, sa.ColumnElement[bool]] = {
        "alive": candidates.c.absorbed_into.is_(None),
        "state": _in_state(wanted.state, wanted.today),
    }
    chosen = {"section_id": wanted.section_id, "language": wanted.language, "label": wanted.label, "outlet_id": wanted.outlet_id}
    chosen |= {"kind": wanted.kind, "category": wanted.category}
    conditions |= {name: candidates.c[name] == value for name, value in chosen.items() if value is not None}
    if (wanted.words or "").strip():
        holding = holding_words(connection, wanted.words or "")
        told = sa.false() if holding is None else candidates.c.story_id.in_(sa.select(articles.c.story_id).where(holding))
        conditions["words"] = told
    return conditions


_BY_RANK = (candidates.c.rank.desc(), candidates.c.published_at.desc().nulls_last(), candidates.c.id.desc())


def _drawn(connection: Connection, wanted: QueueFilter, conditions: Mapping[str, sa.ColumnElement[bool]]) -> list[int]:
    """The stories from further down that the day's draw shows on the first page, at most as many as it keeps places for."""
    places = len(slots(wanted.learn_page, wanted.learn_share)) if wanted.state is State.WAITING else 0
    if not places:
        return []
    best = sa.select(candidates.c.id).where(*conditions.values()).order_by(*_BY_RANK).limit(wanted.learn_page - places)
    top = connection.scalars(best).all()
    further = (
        sa.select(candidates.c.id).where(*conditions.values(), candidates.c.id.not_in(top)).order_by(candidates.c.lot, candidates.c.id)
    )
    draw = draw_of(wanted.today)
    drawn = list(connection.scalars(further.where(candidates.c.lot >= draw).limit(places)))
    if len(drawn) < places:
        drawn += connection.scalars(further.where(candidates.c.lot < draw).limit(places - len(drawn)))
    return drawn


def _placed(
    connection: Connection, wanted: QueueFilter, conditions: Mapping[str, sa.ColumnElement[bool]], drawn: Sequence[int]
) -> tuple[QueueItem, ...]:
    """The page's stories in order, the drawn ones in the places kept for them."""
    start = (max(1, wanted.page) - 1) * wanted.page_size
    kept = slots(wanted.learn_page, wanted.learn_share)[: len(drawn)]
    offset, length, inside = window(start, wanted.page_size, kept)
    page = sa.select(candidates, articles.c.title, articles.c.origins, articles.c.publisher).join(
        articles, articles.c.id == candidates.c.article_id
    )
    ranked = page.where(*conditions.values(), candidates.c.id.not_in(drawn)).order_by(*_BY_RANK).limit(length).offset(offset)
    items = [_queue_item(row, wanted.today) for row in connection.execute(ranked).mappings()]
    shown = {row["id"]: row for row in connection.execute(page.where(candidates.c.id.in_(drawn))).mappings()} if inside else {}
    for number in inside:
        items.insert(kept[number] - start, replace(_queue_item(shown[drawn[number]], wanted.today), to_learn=True))
    return tuple(_with_page_news(connection, items))


def _with_page_news(connection: Connection, items: Sequence[QueueItem]) -> Sequence[QueueItem]:
    """What became of the pages of held and accepted stories since the decision."""
    decided = [item.candidate_id for item in items if item.held_until or item.state is State.ACCEPTED]
    if not decided:
        return items
    page = sa.func.coalesce(candidates.c.cited_article_id, candidates.c.article_id).label("page")
    asked = sa.select(candidates.c.id, page, decisions.c.decided_at).join(decisions, decisions.c.id == candidates.c.current_decision_id)
    pages = {row.id: (row.page, row.decided_at) for row in connection.execute(asked.where(candidates.c.id.in_(decided)))}
    news = news_of(connection, pages.values())
    told = {candidate_id: news[which].replace("The cited page", "Its page") for candidate_id, which in pages.items()}
    return [replace(item, page_news=told.get(item.candidate_id, "")) for item in items]


def _queue_item(row: RowMapping, today: date) -> QueueItem:
    back = row["state"] == State.HELD.value and row["held_until"] <= today
    return QueueItem(
        candidate_id=row["id"],
        article_id=row["article_id"],
        title=row["title"],
        outlet_id=row["outlet_id"],
        language=row["language"],
        published_on=row["published_on"],
        label=Label(row["label"]),
        score=row["score"],
        section_id=row["section_id"],
        reasons=tuple(row["reasons"]),
        articles_in_story=row["articles_in_story"],
        state=State.WAITING if back else State(row["state"]),
        held_until=row["held_until"],
        corroboration=row["corroboration"],
        kind=Kind(row["kind"]) if row["kind"] else None,
        category=Dime(row["category"]) if row["category"] else None,
        rank=row["rank"] if row["ranked_by"] is not None else None,
        rank_reasons=tuple(row["rank_reasons"] or ()),
        joined_since=row["joined_since"],
        relayed=_relayed(row),
    )


def _relayed(row: RowMapping) -> str:
    """Whose report the leading article gives, where its label follows from that."""
    if not row["origins"] or row["publisher"] is None:
        return ""
    return relayed_by(from_plain(Provenance, row["publisher"]), from_plain(tuple[Origin, ...], row["origins"]))


def _facets(connection: Connection, today: date, conditions: Mapping[str, sa.ColumnElement[bool]]) -> Facets:
    def counted(name: str, value: sa.ColumnElement[Any]) -> dict[str, int]:
        others = [condition for facet, condition in conditions.items() if facet != name]
        shown = value.label("shown")
        query = sa.select(shown, sa.func.count()).select_from(candidates).where(*others, value.is_not(None)).group_by(shown)
        pairs = [(str(found), int(count)) for found, count in connection.execute(query)]
        return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    return Facets(
        sections=counted("section_id", candidates.c.section_id),
        languages=counted("language", candidates.c.language),
        labels=counted("label", candidates.c.label),
        outlets=counted("outlet_id", candidates.c.outlet_id),
        states=counted("state", _state(today)),
        kinds=counted("kind", candidates.c.kind),
        categories=counted("category", candidates.c.category),
    )


def _candidate_row(connection: Connection, candidate_id: int, lock: bool = False) -> RowMapping:
    """The candidate, or the one that absorbed it. Raises NotFound."""
    query = sa.select(candidates).where(candidates.c.id == candidate_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no candidate {candidate_id}.")
    if row["absorbed_into"] is not None:  # perhaps while we waited for the lock
        return _candidate_row(connection, row["absorbed_into"], lock)
    return row


def _check_view(made: Sequence[Decision], seen: int) -> None:
    """Raise OutdatedView, saying who did what and when, unless the editor has seen every decision."""
    if seen == len(made):
        return
    missed = made[seen:] if 0 <= seen < len(made) else made[-1:]
    if not missed:
        raise OutdatedView("The page shows a decision that is not in the log. Look at the candidate again, then decide.")
    deeds = "; ".join(
        f"{one.by} {_DONE[one.draft.move]}{_why(one.draft)} on {one.at.astimezone(UTC):%Y-%m-%d at %H:%M} UTC" for one in missed
    )
    raise OutdatedView(f"Since you opened this candidate, {deeds}. Your decision was not kept; look again, then decide.")


def _why(draft: Draft) -> str:
    if draft.move in (Move.ACCEPT, Move.EDIT):
        return f" for {draft.edition}"
    if draft.move is Move.HOLD and draft.until:
        return f" until {draft.until.isoformat()}"
    return f" ({draft.reason})" if draft.reason else ""


def _cited(connection: Connection, row: RowMapping, standing: Standing, draft: Draft) -> Draft:
    """The draft with the article it cites. Raises IllegalMove for an article of another story."""
    if draft.move not in (Move.ACCEPT, Move.EDIT):
        return draft
    before = standing.current.draft.article_id if standing.current and draft.move is Move.EDIT else None
    article_id = draft.article_id or before or row["article_id"]
    wanted = sa.select(articles.c.story_id, articles.c.published_on).where(articles.c.id == article_id)
    cited = connection.execute(wanted).mappings().one_or_none()
    if cited is None or cited["story_id"] != row["story_id"]:
        raise IllegalMove(f"Article {article_id} does not belong to this candidate's story; cite one that does.")
    return replace(draft, article_id=article_id, position=_place_of(draft, cited["published_on"]))


def _place_of(draft: Draft, published_on: date | None) -> float | None:
    """Where an accepted entry stands until an editor moves it: newest first, as the monitor prints; undated ones last."""
    if draft.position is not None or draft.move is not Move.ACCEPT:
        return draft.position
    return 0.0 if published_on is None else -float(published_on.toordinal())


def _accepted(month: str) -> sa.Select[Any]:
    standing = (candidates.c.edition == month, candidates.c.state == State.ACCEPTED.value, candidates.c.absorbed_into.is_(None))
    current = decisions.c.id == candidates.c.current_decision_id
    chosen = sa.select(candidates, decisions.c.decided_at).join(decisions, current).where(*standing)
    return chosen.order_by(candidates.c.position, candidates.c.id)


def _outlets_by_story(connection: Connection, story_ids: Sequence[int]) -> dict[int, list[str]]:
    outlets: dict[int, list[str]] = {story_id: [] for story_id in story_ids}
    query = sa.select(articles.c.story_id, articles.c.outlet_id).where(articles.c.story_id.in_(list(outlets))).distinct()
    for story_id, outlet_id in connection.execute(query.order_by(articles.c.outlet_id)):
        outlets[story_id].append(outlet_id)
    return outlets


def _entry(row: RowMapping, cited: RowMapping, outlets: Sequence[str], search: tuple[str, str] | None, page_news: str) -> Entry:
    genre = None if cited["genre"] is None else from_plain(Genre, cited["genre"])
    return Entry(
        candidate_id=row["id"],
        article_id=cited["id"],
        section_id=row["section_id"],
        report=row["report"],
        outlet_id=cited["outlet_id"],
        outlet_printed=cited["outlet_id"],
        address=without_tracking(cited["facts"]["canonical"] or cited["facts"]["address"]),
        published_on=cited["published_on"],
        language=cited["language"],
        label=Label(cited["label"]),
        label_why=cited["label_why"],
        accepted_by=row["decided_by"],
        position=row["position"],
        other_outlets=tuple(outlet_id for outlet_id in outlets if outlet_id != cited["outlet_id"]),
        page_news=page_news,
        corroboration=search[0] if search else None,
        corroboration_why=search[1] if search else "",
        opinion=genre.why if genre is not None and genre.is_opinion else "",
        declaration=genre.declarations[0].why if genre is not None and genre.declares else "",
    )


def _content_digest(connection: Connection, month: str) -> str:
    """SHA-256 of what an edition holds: which decisions stand and how the narratives read."""
    standing = connection.scalars(_accepted(month).with_only_columns(candidates.c.current_decision_id)).all()
    written = sa.select(sa.func.max(narratives.c.id)).where(narratives.c.month == month).group_by(narratives.c.section_id)
    latest = sorted(connection.scalars(written))
    return digest("decisions", *map(str, standing), "narratives", *map(str, latest))


def _revision(connection: Connection, month: str, content: str) -> int:
    query = sa.select(exports.c.revision, exports.c.content_sha256).where(exports.c.month == month).order_by(exports.c.id.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    if last is None:
        return 1
    return int(last.revision) if last.content_sha256 == content else int(last.revision) + 1
