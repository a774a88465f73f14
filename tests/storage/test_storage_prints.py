"""Fingerprints sifted from memory: nothing that is held is missed, whoever entered it and when."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from newsdesk import sieve
from newsdesk.errors import NotFound
from newsdesk.ports import ReadPage
from storage import prints
from storage.articles import _article_row
from storage.columns import UtcMoment
from storage.database import Database, migrate, open_database, upgrade
from storage.prints import Prints, written
from storage.schema import articles, fingerprint_log, fingerprints
from storage.shelves import SqlArticleShelf
from tests.storage.made import NOW, Desk, judged, same_copy, snapshot
from tests.storage.test_storage_plans import statements

SCRIPT = ScriptDirectory(str(resources.files("storage") / "migrations"))


def page(desk: Desk, number: int, held: tuple[int, ...], host: str = "a.example") -> ReadPage:
    return ReadPage(desk.link(number, host).id, judged(number, host, fingerprints=held, text="Copia"), snapshot(number, host))


def logged(database: Database) -> list[tuple[int, list[int]]]:
    with database.reading() as connection:
        rows = connection.execute(sa.select(fingerprint_log).order_by(fingerprint_log.c.id)).all()
    return [(row.article_id, np.frombuffer(row.hashes, dtype="<i8").tolist()) for row in rows]


def test_what_nobody_holds_is_not_asked_of_the_database(database: Database) -> None:
    desk = Desk(database)
    first = desk.store(1, fingerprints=(3, -1, 2), text="Copia")
    with statements(database) as heard:
        other = desk.store(2, fingerprints=(5, 6), text="Copia")
    assert not [statement for statement, _ in heard if "FROM fingerprints" in statement]
    with statements(database) as heard:
        copy = desk.store(3, "b.example", fingerprints=(2, 3, 7), text="Copia")
    assert len([statement for statement, _ in heard if "FROM fingerprints" in statement]) == 1
    assert copy.story_id == first.story_id != other.story_id
    assert logged(database)[:2] == [(first.article_id, [-1, 2, 3]), (other.article_id, [5, 6])]


def test_what_another_process_entered_is_found(database: Database, open_again: Callable[[], Database]) -> None:
    desk = Desk(database)
    desk.store(1, fingerprints=(90, 91), text="Copia")
    elsewhere = SqlArticleShelf(open_again(), same_copy, 40.0)
    (theirs,) = elsewhere.store_many([page(desk, 2, (1, 2))], NOW)
    assert desk.store(3, "b.example", fingerprints=(1, 2), text="Copia").story_id == theirs.story_id


def test_a_failed_batch_enters_nothing_and_hides_nothing(database: Database) -> None:
    desk = Desk(database)
    good, late = page(desk, 1, (1, 2)), page(desk, 2, (1, 2), "b.example")
    with pytest.raises(NotFound):
        desk.shelf.store_many([good, ReadPage(999, judged(9), snapshot(9))], NOW)
    assert logged(database) == []
    (kept,) = desk.shelf.store_many([good], NOW)
    assert desk.shelf.store_many([late], NOW)[0].story_id == kept.story_id


def test_a_full_sieve_is_made_wider(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "FEWEST_WIDTH", 8)
    monkeypatch.setattr(prints, "_AT_ONCE", 3)
    desk = Desk(database)
    stored = [desk.store(n, fingerprints=tuple(range(10 * n, 10 * n + 10)), text="Copia") for n in range(10)]
    sifted = Prints()
    for _ in range(2):
        with database.writing() as connection:
            sifted.begin(connection)
    assert sifted.perhaps(range(100)) == list(range(100))
    assert len(sifted.perhaps(range(1000, 2000))) < 150
    again = [desk.store(100 + n, "b.example", fingerprints=tuple(range(10 * n, 10 * n + 10)), text="Copia") for n in range(10)]
    assert [one.story_id for one in again] == [one.story_id for one in stored]


def test_fingerprints_of_an_older_database_are_found(empty_url: str, tmp_path: Path) -> None:
    database = open_database(empty_url)
    with database.engine.connect() as connection:
        upgrade(connection.execution_options(newsdesk_writes=True), SCRIPT, "0014")
    held = {1: (-(2**63), 2, 3), 2: (2, 2**63 - 1)}
    with database.writing() as connection:
        moment = sa.bindparam("now", NOW, UtcMoment())
        connection.execute(sa.text("INSERT INTO stories (id, began_at) VALUES (1000, :now)").bindparams(moment))
        link = (
            "INSERT INTO links (id, key, address, outlet_id, source_id, announcement, attempts, first_seen_at, next_try_at, detail, "
            "changed_at) VALUES (1000, 'k', 'a', 'a', 'a/feed', '{}', 0, :now, :now, '', :now)"
        )
        connection.execute(sa.text(link).bindparams(moment))
        for number, hashes in held.items():
            row = _article_row(connection, 1000, 1000, judged(number, text="Copia", fingerprints=hashes), snapshot(number), NOW)
            connection.execute(sa.insert(articles).values(id=1000 + number, **row))
            rows = [{"hash": one, "article_id": 1000 + number, "version": "v1", "outlet_id": "a"} for one in hashes]
            connection.execute(sa.insert(fingerprints), rows)
    migrate(database)
    assert logged(database) == [(1001, list(held[1])), (1002, list(held[2]))]
    desk = Desk(database)
    assert desk.store(5, "b.example", fingerprints=(-(2**63), 3, 9), text="Copia").story_id == 1000
    database.close()


def test_fingerprints_are_written_alike_on_every_machine() -> None:
    assert written([1, -1]) == b"\x01" + b"\x00" * 7 + b"\xff" * 8
