"""Genre and categories kept with the article, and the queue filtered by them, on both databases."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from newsdesk.decisions import Draft, Move
from newsdesk.kinds import Category, Declaration, Dime, Form, Genre, Kind, Sign
from newsdesk.ports import QueueFilter
from storage.database import Database
from storage.schema import articles, candidates
from tests.storage.made import NOW, Desk, judged, snapshot

SAID = Declaration(
    "Rusia", "actor:RU", ("US", "NATO"), "condenó", ("injerencia",), "Rusia condenó.", "text", 0, 14, "Rusia speaks against the US"
)
OPINION = Genre(0.9, True, Form.EDITORIAL, (Sign("type", 4.5, ("x",), "its page calls it x"),), (SAID,), True, "Reads as opinion: x.")
MILITARY = Category(Dime.MILITARY, 0.8, ("fragata",), "Military, by the words “fragata”")


def store(desk: Desk, number: int, genre: Genre | None, *categories: Category) -> int:
    article = replace(judged(number, text=f"Texto{number} otro."), genre=genre, categories=categories)
    stored = desk.shelf.store(desk.link(number).id, article, snapshot(number), NOW)
    assert stored.candidate_id is not None
    return stored.candidate_id


def ids(desk: Desk, **wanted: object) -> set[int]:
    return {item.candidate_id for item in desk.desk.queue(QueueFilter(today=NOW.date(), **wanted)).items}  # type: ignore[arg-type]


def test_it_comes_back_as_it_was_judged(database: Database) -> None:
    desk = Desk(database)
    view = desk.desk.candidate(store(desk, 1, OPINION, MILITARY))
    assert view.article.genre == OPINION and view.article.categories == (MILITARY,)


def test_the_queue_is_filtered_and_counted(database: Database) -> None:
    desk = Desk(database)
    opinion, report = store(desk, 1, OPINION, MILITARY), store(desk, 2, replace(OPINION, is_opinion=False, declares=False))
    declares, before = store(desk, 3, replace(OPINION, is_opinion=False)), store(desk, 4, None)
    assert ids(desk) == {opinion, report, declares, before}
    assert ids(desk, kind=Kind.OPINION) == {opinion} == ids(desk, category=Dime.MILITARY)
    assert ids(desk, kind=Kind.REPORT) == {report} and ids(desk, kind=Kind.DECLARATION) == {declares}
    page = desk.desk.queue(QueueFilter(today=NOW.date(), kind=Kind.OPINION))
    assert page.facets.kinds == {"opinion": 1, "report": 1, "declaration": 1} and page.facets.categories == {"military": 1}
    (item,) = page.items
    assert item.kind is Kind.OPINION and item.category is Dime.MILITARY


def test_a_row_of_before_is_not_judged(database: Database) -> None:
    desk = Desk(database)
    candidate_id = store(desk, 1, OPINION, MILITARY)
    with database.writing() as connection:
        connection.execute(sa.update(articles).values(genre=None, categories=None))
        connection.execute(sa.update(candidates).values(kind=None, category=None))
    view = desk.desk.candidate(candidate_id)
    assert view.article.genre is None and view.article.categories == ()
    assert ids(desk) == {candidate_id} and ids(desk, kind=Kind.REPORT) == set()


def test_an_entry_carries_why_it_reads_as_opinion(database: Database) -> None:
    desk = Desk(database)
    candidate_id = store(desk, 1, OPINION)
    desk.desk.decide(candidate_id, Draft(Move.ACCEPT, "2026-11", "russia", "Russia speaks."), "ana", 0, NOW)
    (entry,) = desk.desk.entries("2026-11")
    assert entry.opinion == OPINION.why and entry.declaration == SAID.why
