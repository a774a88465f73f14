"""The daemon tells anew what older rules told, is killed in the middle (kill -9), and goes on with what is left."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from unittest import mock

import sqlalchemy as sa

import scheduler
from storage import joining
from storage.database import Database, open_database
from storage.schema import articles, tellings
from tests.desk.desks import Desk, daemon, desk_in, outlet_at, stop, until
from tests.storage.told import StoryRoom, by_closeness

OLD, STORED = "another", 240


def old_desk(folder: Path) -> Desk:
    """A desk whose articles were told by another encoder."""
    desk = desk_in(folder, [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")], ["127.0.0.1:9"])
    with scheduler.open_newsroom(desk.home) as newsroom, mock.patch.object(joining, "same_story_many", by_closeness):
        room = StoryRoom(newsroom.database)
        pages = [room.page(number % 9, encoder=OLD, title=f"Acuerdo número {number}") for number in range(STORED)]
        for start in range(0, STORED, 50):
            room.shelf.store_many(pages[start : start + 50], scheduler.utc_now())
    return desk


def kinds(database: Database) -> Counter[bool]:
    """How many articles are told by the old encoder (True), and how many by the present one."""
    with database.reading() as connection:
        return Counter(version.startswith(OLD) for version in connection.scalars(sa.select(tellings.c.version)))


def stories(database: Database) -> list[tuple[int, int]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(sa.select(articles.c.id, articles.c.story_id).order_by(articles.c.id))]


def test_killed_in_the_middle_it_goes_on_until_none_is_left(tmp_path: Path) -> None:
    desk = old_desk(tmp_path / "desk")
    database = open_database(f"sqlite:///{desk.home / 'newsdesk.sqlite3'}")
    before = stories(database)
    with daemon(desk, tmp_path / "first") as (process, _):
        until(lambda: kinds(database)[False] > 0, 60)
        process.kill()
        process.wait()
    left = kinds(database)
    assert left[True] and left[True] + left[False] == STORED, "killed in the middle"
    with daemon(desk, tmp_path / "second") as (process, _):
        until(lambda: not kinds(database)[True], 60)
        until(lambda: f"{left[True]} articles told anew" in (tmp_path / "second").read_text(), 60)
        assert stop(process)[0] == 0
    assert stories(database) == before, "no article changes its story by it"
    database.close()
