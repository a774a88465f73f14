"""Announcements of several sources in one transaction, and pages that wait to be read again for what was announced later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from newsdesk.errors import StorageError
from newsdesk.links import Announcement, Outcome
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.ports import Heard, ReadPage
from storage.announcing import Repeats
from storage.database import Database
from storage.schema import articles, candidates
from storage.shelves import SqlLinkLedger
from tests.storage.made import HOSTS, NOW, Desk, announcement, judged, later, snapshot
from tests.storage.test_storage_plans import statements

EVE = Moment.of_instant(NOW - timedelta(days=1))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def heard(source: str, *announcements: Announcement) -> Heard:
    return Heard(source, source.split("/")[0], announcements, HOSTS)


def by_sitemap(number: int | str) -> Announcement:
    return Announcement(f"https://a.example/news/{number}", Hint.SITEMAP, published=Moment.of_instant(NOW))


def read(desk: Desk, told: Announcement | None = None) -> None:
    """Fetch and store the one link that waits, as its page alone says it was published NOW."""
    (link,) = desk.ledger.lease("a", 5, "me", NOW, 60)
    desk.ledger.snapshot_taken(link.id, snapshot(1), NOW)
    desk.shelf.store_many([ReadPage(link.id, judged(1), snapshot(1), told or link.announcement)], NOW)


def day_of(desk: Desk) -> object:
    with desk.database.reading() as connection:
        return connection.scalar(sa.select(articles.c.published_on))


def test_several_sources_are_told_what_was_new_of_each(database: Database) -> None:
    ledger = SqlLinkLedger(database)
    told = ledger.announce_many([heard("a/feed", announcement(1), announcement(2)), heard("a/map", announcement(2), announcement(3))], NOW)
    assert [(one.announced, one.new) for one in told] == [(2, 2), (2, 1)]
    again = ledger.announce_many([heard("a/map", announcement(1)), heard("b/feed", announcement(1, "b.example"))], later(hours=1))
    assert [(one.announced, one.new) for one in again] == [(1, 0), (1, 1)]


def test_more_than_a_batch_is_still_counted_by_source(database: Database) -> None:
    many = [announcement(number) for number in range(700)]
    told = SqlLinkLedger(database).announce_many([heard("a/feed", *many), heard("a/map", *many, announcement("x"))], NOW)
    assert [one.new for one in told] == [700, 1]


def test_a_feeds_day_that_comes_after_the_reading_has_the_page_read_again(desk: Desk) -> None:
    desk.ledger.announce_many([heard("a/map", by_sitemap(1))], NOW)
    read(desk)
    (told,) = desk.ledger.announce_many([heard("a/feed", announcement(1, published=EVE))], later(hours=1))
    assert (told.new, told.reopened) == (0, 1)
    assert desk.ledger.unread_outlets(NOW) == ("a",) == desk.ledger.waiting_outlets(NOW)
    ((link, kept),) = desk.ledger.unread("a", "me", NOW, 60)
    assert (link.announcement.published, link.announcement.published_by, kept) == (EVE, Hint.FEED, snapshot(1))
    article = replace(judged(1).article, published=Hinted(EVE, Hint.FEED))
    desk.shelf.store_many([ReadPage(link.id, replace(judged(1), article=article), kept, link.announcement)], later(hours=2))
    assert day_of(desk) == EVE.on
    assert [end.outcome for end in desk.ledger.ends()] == [Outcome.STORED] and not desk.ledger.unread_outlets(NOW)
    (stored,) = desk.shelf.articles()
    assert stored.article.published == Hinted(EVE, Hint.FEED)
    with desk.database.reading() as connection:
        assert connection.scalar(sa.select(candidates.c.published_on)) == EVE.on


def test_what_cannot_change_the_day_leaves_the_page_alone(desk: Desk) -> None:
    desk.ledger.announce_many([heard("a/feed", announcement(1, published=EVE))], NOW)
    read(desk)
    same = [
        by_sitemap(1),
        announcement(1, published=EVE),
        announcement(1, title="Another"),
        announcement(1, published=Moment.of_instant(NOW)),
    ]
    for one in same:
        assert desk.ledger.announce_many([heard("a/other", one)], later(hours=1))[0].reopened == 0
    assert desk.ledger.unread_outlets(NOW) == ()


def test_a_day_announced_while_the_page_is_read_has_it_read_again(desk: Desk) -> None:
    desk.ledger.announce_many([heard("a/map", by_sitemap(1))], NOW)
    before = by_sitemap(1)
    (link,) = desk.ledger.lease("a", 5, "me", NOW, 60)
    desk.ledger.snapshot_taken(link.id, snapshot(1), NOW)
    desk.ledger.announce_many([heard("a/feed", announcement(1, published=EVE))], NOW)
    desk.shelf.store_many([ReadPage(link.id, judged(1), snapshot(1), before)], NOW)
    assert len(desk.shelf.articles()) == 1 and desk.ledger.unread_outlets(NOW) == ("a",)


def test_another_address_of_the_article_counts_too(desk: Desk) -> None:
    desk.ledger.announce_many([heard("a/map", by_sitemap(1))], NOW)
    read(desk)
    desk.ledger.announce_many([heard("a/feed", announcement("1?amp=1", published=EVE))], NOW)
    (link,) = desk.ledger.lease("a", 5, "me", NOW, 60)
    desk.shelf.store_many([ReadPage(link.id, judged(1), snapshot(1), link.announcement)], NOW)
    ((home, _),) = desk.ledger.unread("a", "me", NOW, 60)
    assert home.key == "a.example/news/1" and home.announcement.published == EVE


def test_a_page_that_cannot_be_read_again_stays_stored(desk: Desk) -> None:
    desk.ledger.announce_many([heard("a/map", by_sitemap(1))], NOW)
    read(desk)
    desk.ledger.announce_many([heard("a/feed", announcement(1, published=EVE))], NOW)
    ((link, _),) = desk.ledger.unread("a", "me", NOW, 60)
    desk.ledger.end(link.id, Outcome.READER_TIMEOUT, "Too slow.", NOW)
    assert [end.outcome for end in desk.ledger.ends()] == [Outcome.STORED]


def test_what_was_recorded_before_is_not_asked_again_and_counts_the_same(database: Database) -> None:
    ledger = SqlLinkLedger(database)
    ledger.announce_many([heard("a/feed", announcement(1), announcement(2))], NOW)
    with statements(database) as asked:
        told = ledger.announce_many([heard("a/feed", announcement(1), announcement(2, authors=["Ana"]))], NOW)
        assert [(one.announced, one.new) for one in told] == [(2, 0)] and asked
    with statements(database) as asked:
        assert ledger.announce_many([heard("a/feed", announcement(2, authors=["Ana"]))], NOW)[0].announced == 1 and not asked
    assert ledger.announce("a/feed", "a", [announcement(1)], ["b.example"], NOW).new == 1, "for other hosts it is another matter"
    (_, link) = ledger.lease("a", 5, "me", NOW, 60)
    assert link.announcement.authors == ("Ana",)


def test_what_was_not_kept_is_not_taken_for_recorded(database: Database) -> None:
    ledger = SqlLinkLedger(database)
    with pytest.raises(StorageError), database.engine.begin() as other:
        other.exec_driver_sql("ALTER TABLE links RENAME TO elsewhere")
        other.commit()
        ledger.announce_many([heard("a/feed", announcement(1))], NOW)
    with database.engine.begin() as other:
        other.exec_driver_sql("ALTER TABLE elsewhere RENAME TO links")
    assert ledger.announce_many([heard("a/feed", announcement(1))], NOW)[0].new == 1


def test_memory_of_repeats_is_bounded() -> None:
    repeats = Repeats(most=10)
    for number in range(100):
        repeats.note(heard("a/feed", announcement(number)))
    left = repeats.without(heard("a/feed", *(announcement(number) for number in range(100))))
    assert 80 <= len(left.announcements) <= 90
