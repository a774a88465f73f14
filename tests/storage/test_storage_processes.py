"""Several processes on one database, and processes that die between two steps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from newsdesk.links import Outcome
from storage.database import Database
from tests.storage.made import HOSTS, NOW, Desk, announcement, judged, snapshot

ROOT = Path(__file__).parents[2]
LEASING = """
import sys
from storage.database import open_database
from tests.storage.made import NOW
from storage.shelves import SqlLinkLedger
ledger = SqlLinkLedger(open_database(sys.argv[1]))
input()
for _ in range(10):
    for link in ledger.lease("a", 7, sys.argv[2], NOW, 600):
        print(link.id)
"""
STORING = """
import sys
from storage.database import open_database
from tests.storage.made import NOW, Desk, judged, snapshot
desk = Desk(open_database(sys.argv[1]))
input()
for link in desk.ledger.lease("a", 6, sys.argv[2], NOW, 600):
    article = judged(link.key.rsplit("/")[-1], fingerprints=(1, 2, 3), text="Copia")
    print(desk.shelf.store(link.id, article, snapshot(link.id), NOW).story_id)
"""
DYING = """
import os, signal, sys
from storage.database import open_database
from tests.storage.made import NOW, Desk, judged, snapshot
desk = Desk(open_database(sys.argv[1]))
(link,) = desk.ledger.lease("a", 1, "killed", NOW, 600)
if sys.argv[2] == "after the snapshot":
    desk.ledger.snapshot_taken(link.id, snapshot(1), NOW)
if sys.argv[2] == "in the middle of storing":
    desk.ledger.snapshot_taken(link.id, snapshot(1), NOW)
    import storage.articles
    storage.articles._end_links = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    desk.shelf.store(link.id, judged(1, fingerprints=(1, 2)), snapshot(1), NOW)
os.kill(os.getpid(), signal.SIGKILL)
"""


def together(program: str, url: str, names: list[str]) -> list[list[str]]:
    """Run a program in several processes that begin at once; the lines each prints."""
    command = [sys.executable, "-c", program, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    running = [subprocess.Popen([*command, name], cwd=ROOT, text=True, **pipes) for name in names]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].split() for process in running]


def test_two_processes_never_lease_the_same_link(database: Database, database_url: str) -> None:
    Desk(database).ledger.announce("a/feed", "a", [announcement(n) for n in range(100)], HOSTS, NOW)
    leased = [link_id for lines in together(LEASING, database_url, ["one", "two"]) for link_id in lines]
    assert len(leased) == 100 == len(set(leased))


def test_copies_stored_by_two_processes_end_in_one_story(database: Database, database_url: str) -> None:
    desk = Desk(database)
    desk.ledger.announce("a/feed", "a", [announcement(n) for n in range(12)], HOSTS, NOW)
    told = [story_id for lines in together(STORING, database_url, ["one", "two"]) for story_id in lines]
    assert len(told) == 12 and len(set(told)) == 1


def die(database_url: str, when: str) -> None:
    command = [sys.executable, "-c", DYING, database_url, when]
    ended = subprocess.run(command, cwd=ROOT, timeout=60, check=False)
    assert ended.returncode == -9


def test_killed_before_the_snapshot_the_link_is_fetched_again(database: Database, database_url: str) -> None:
    desk = Desk(database)
    desk.ledger.announce("a/feed", "a", [announcement(1)], HOSTS, NOW)
    die(database_url, "before the snapshot")
    assert desk.ledger.release_others("next") == 1
    assert desk.ledger.unread("a", "next", NOW, 600) == () and len(desk.ledger.lease("a", 9, "next", NOW, 600)) == 1


def test_killed_after_the_snapshot_the_link_is_read_and_not_fetched(database: Database, database_url: str) -> None:
    desk = Desk(database)
    desk.ledger.announce("a/feed", "a", [announcement(1)], HOSTS, NOW)
    die(database_url, "after the snapshot")
    assert desk.ledger.release_others("next") == 1
    assert desk.ledger.lease("a", 9, "next", NOW, 600) == ()
    ((link, kept),) = desk.ledger.unread("a", "next", NOW, 600)
    assert kept == snapshot(1)
    assert desk.shelf.store(link.id, judged(1), kept, NOW).new


def test_killed_while_storing_nothing_is_half_done(database: Database, database_url: str) -> None:
    desk = Desk(database)
    desk.ledger.announce("a/feed", "a", [announcement(1)], HOSTS, NOW)
    die(database_url, "in the middle of storing")
    assert desk.shelf.articles() == () and desk.shelf.search("caracas", 9) == ()
    desk.ledger.release_others("next")
    ((link, kept),) = desk.ledger.unread("a", "next", NOW, 600)
    stored = desk.shelf.store(link.id, judged(1, fingerprints=(1, 2)), kept, NOW)
    assert stored.new and [end.outcome for end in desk.ledger.ends()] == [Outcome.STORED]
