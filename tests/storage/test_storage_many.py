"""Pages stored together end as if each had been stored alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from newsdesk.errors import NotFound
from newsdesk.ports import ReadPage, Stored
from storage.database import Database, migrate, open_database
from storage.schema import article_keys, articles, candidates, fingerprints, links, pages, stories, story_links
from tests.storage.made import NOW, Desk, judged, later, snapshot

Put = Callable[[Desk, Sequence[ReadPage]], Sequence[Stored]]
# number, host, fingerprints, text, score: copies, a page announced twice, two stories that become one, and a line of many pages
SCENE = [
    (1, "a.example", (1, 2, 3), "Copia uno", 10.0),
    (2, "b.example", (2, 3, 4), "Copia dos", 60.0),
    (1, "a.example", (1, 2, 3), "Copia uno", 10.0),
    (3, "a.example", (10, 11), "Copia tres", 10.0),
    (4, "b.example", (20, 21), "Copia cuatro", 70.0),
    (5, "c.example", (10, 11, 20, 21), "Copia cinco", 20.0),
    (4, "b.example", (20, 21), "Copia cuatro", 70.0),
    (6, "a.example", (), "Solo", 80.0),
    *((100 + n, "a.example", (50, 51, 52, 100 + n), f"T{n}", 5.0) for n in range(7)),
]


def together(desk: Desk, batch: Sequence[ReadPage]) -> Sequence[Stored]:
    return desk.shelf.store_many(batch, NOW)


def one_by_one(desk: Desk, batch: Sequence[ReadPage]) -> Sequence[Stored]:
    return [desk.shelf.store(page.link_id, page.judged, page.snapshot, NOW) for page in batch]


def scene(desk: Desk) -> list[ReadPage]:
    """The pages; each was announced under an address of its own."""
    batch = []
    for place, (number, host, held, text, score) in enumerate(SCENE):
        link = desk.link(f"{number}/{place}", host)
        batch.append(ReadPage(link.id, judged(number, host, fingerprints=held, text=text, score=score), snapshot(number, host)))
    return batch


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    columns = {
        articles: "id key link_id story_id score fingerprint_count text shown_at",
        article_keys: "key article_id",
        candidates: "id story_id article_id absorbed_into score articles_in_story state label",
        fingerprints: "hash article_id version outlet_id",
        links: "id outcome detail article_id ended_at holder lease_until",
        pages: "article_id outlet_id due_at",
        stories: "id merged_into",
        story_links: "story_id article_id other_article_id merged_story_id reason",
    }
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(*(table.c[name] for name in names.split())))), key=repr)
            for table, names in columns.items()
        }


def other_database(folder: Path) -> Database:
    database = open_database(f"sqlite:///{folder / 'other.sqlite3'}")
    migrate(database)
    return database


def test_a_batch_leaves_what_single_pages_leave(database: Database, tmp_path: Path) -> None:
    other = other_database(tmp_path)
    left: list[tuple[Sequence[Stored], Any]] = []
    for one, put in ((database, together), (other, one_by_one)):
        desk = Desk(one)
        left.append((put(desk, scene(desk)), rows(one)))
    other.close()
    assert left[0] == left[1]
    stored, tables = left[0]
    assert [one.new for one in stored[:8]] == [True, True, False, True, True, True, False, True]
    assert len(tables["story_links"]) == 3 and len({one.story_id for one in stored[8:]}) == 7


def test_a_batch_with_a_bad_page_leaves_nothing(desk: Desk) -> None:
    batch = scene(desk)
    before = rows(desk.database)
    with pytest.raises(NotFound, match="no link 7777"):
        desk.shelf.store_many([*batch, ReadPage(7777, judged(9), snapshot(9))], NOW)
    assert rows(desk.database) == before


def test_a_batch_stored_again_changes_nothing(desk: Desk) -> None:
    batch = scene(desk)
    first = together(desk, batch)
    before = rows(desk.database)
    again = desk.shelf.store_many(batch, later(hours=1))
    assert [one.article_id for one in again] == [one.article_id for one in first] and not any(one.new for one in again)
    assert rows(desk.database) == before


def test_snapshots_are_noted_together_and_never_after_the_end(desk: Desk) -> None:
    waiting, ended = desk.link(1), desk.link(2)
    desk.shelf.store(ended.id, judged(2), snapshot(2), NOW)
    desk.ledger.snapshots_taken([(waiting.id, snapshot(1)), (ended.id, snapshot("other"))], later(minutes=1))
    ((link, kept),) = desk.ledger.unread("a", "test", later(hours=1), 60)
    assert (link.id, kept) == (waiting.id, snapshot(1))
    with desk.database.reading() as connection:
        assert connection.scalar(sa.select(links.c.snapshot_file).where(links.c.id == ended.id)) is None


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)
