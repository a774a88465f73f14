"""The shelf of articles: stored once, in one story, proposed once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from newsdesk.errors import NotFound
from newsdesk.judging import Label
from newsdesk.links import Outcome
from newsdesk.ports import QueueFilter, Stored
from storage.database import Database
from storage.schema import article_keys, articles, candidates, fingerprints, stories
from storage.shelves import SqlArticleShelf
from storage.stories import ARTICLES_OVERALL, OUTLET_ARTICLES
from tests.storage.made import NOW, Desk, judged, later, same_copy, same_text, snapshot

QUEUE = QueueFilter(today=NOW.date())


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def count(database: Database, table: sa.Table) -> int:
    with database.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_an_article_comes_back_as_it_was_read(desk: Desk) -> None:
    stored = desk.store(1, label=Label.STATE_MEDIA)
    found = desk.shelf.article(stored.article_id)
    assert found.article == judged(1).article
    assert (found.key, found.outlet_id, found.label, found.label_why) == (
        "a.example/news/1",
        "a",
        "state_media",
        "The law of 2013 says so.",
    )
    assert (found.story_id, found.stored_at, found.others_in_story) == (stored.story_id, NOW, ())
    assert desk.shelf.snapshot(stored.article_id) == snapshot(1)
    assert (found.snapshot_file, found.snapshot_offset, found.snapshot_record_id) == ("2026/11/20.warc.gz", 2**33, "<urn:uuid:1>")
    (end,) = desk.ledger.ends()
    assert (end.outcome, end.article_id) == (Outcome.STORED, stored.article_id)


def test_a_page_without_title_or_date_is_stored(desk: Desk) -> None:
    bare = judged(1)
    bare = replace(bare, article=replace(bare.article, title=None, published=None, language=None, authors=None))
    stored = desk.shelf.store(desk.link(1).id, bare, snapshot(1), NOW)
    assert desk.shelf.article(stored.article_id).article == bare.article
    (item,) = desk.desk.queue(QUEUE).items
    assert (item.title, item.published_on, item.language) == ("", None, None)


def test_storing_again_after_a_crash_is_the_same_article(desk: Desk) -> None:
    link = desk.link(1)
    first = desk.shelf.store(link.id, judged(1, fingerprints=(1, 2)), snapshot(1), NOW)
    again = desk.shelf.store(link.id, judged(1, fingerprints=(1, 2)), snapshot(1), later(hours=1))
    assert again == Stored(first.article_id, first.story_id, False, first.candidate_id)
    assert [end.outcome for end in desk.ledger.ends()] == [Outcome.STORED]
    assert [count(desk.database, table) for table in (articles, stories, candidates, fingerprints)] == [1, 1, 1, 2]


def test_another_link_to_the_same_article_ends_as_such(desk: Desk) -> None:
    first = desk.store(1)
    again = desk.shelf.store(desk.link("amp/1").id, judged(1), snapshot("amp/1"), NOW)
    assert again == Stored(first.article_id, first.story_id, False, first.candidate_id)
    assert [(end.outcome, end.article_id) for end in desk.ledger.ends()] == [
        (Outcome.STORED, first.article_id),
        (Outcome.SAME_ARTICLE, first.article_id),
    ]
    with desk.database.reading() as connection:
        assert set(connection.scalars(sa.select(article_keys.c.key))) == {"a.example/news/1", "a.example/news/amp/1"}


def test_what_is_not_there_is_named(desk: Desk) -> None:
    for ask in (
        lambda: desk.shelf.article(77),
        lambda: desk.shelf.snapshot(77),
        lambda: desk.shelf.store(77, judged(1), snapshot(1), NOW),
        lambda: desk.desk.candidate(77),
    ):
        with pytest.raises(NotFound, match="77"):
            ask()


def test_listing_is_by_outlet_and_bounded_the_last_first(desk: Desk) -> None:
    desk.store(1)
    desk.store(2)
    desk.store(3, "b.example")
    assert [found.key[-1] for found in desk.shelf.articles()] == ["3", "2", "1"]
    assert [found.key[-1] for found in desk.shelf.articles("a", 1)] == ["2"]


def test_search_knows_no_accents_or_case_and_wants_all_words(desk: Desk) -> None:
    desk.store(1, title="Petróleo Iraní", text="Uno", published=NOW - timedelta(days=2))
    desk.store(2, title="Другая новость", text="Dos petroleo «mañana» PETRÓLEOS x", published=NOW)
    desk.store(3, title="O'Brien \" AND (x*", text="Tres", published=NOW - timedelta(days=1))

    def keys(words: str, limit: int = 9) -> str:
        return "".join(found.key[-1] for found in desk.shelf.search(words, limit))

    assert keys("PETROLEO") == "21" and keys("petróleo", 1) == "2"
    assert keys("irani petroleo") == "1" and keys("irani dos") == "" and keys("manana") == "2"
    assert keys("НОВОСТЬ") == "2"
    assert keys("o'brien") == "3" and keys('x" OR * NEAR(') == ""
    assert keys(" \0 -- ") == "" and keys("") == ""


def test_copies_join_one_story_with_the_reason(desk: Desk) -> None:
    first = desk.store(1, fingerprints=(1, 2, 3), text="Copia uno")
    second = desk.store(2, "b.example", fingerprints=(2, 3, 4), text="Copia dos")
    assert (second.new, second.story_id, second.candidate_id) == (True, first.story_id, first.candidate_id)
    assert desk.shelf.article(second.article_id).others_in_story == (first.article_id,)
    (why,) = desk.shelf.story_links(first.story_id)
    assert (why.article_id, why.other_article_id, why.reason) == (second.article_id, first.article_id, "Both texts begin alike.")
    (item,) = desk.desk.queue(QUEUE).items
    assert item.articles_in_story == 2


def test_a_reprint_is_known_by_its_text_alone(database: Database) -> None:
    desk = Desk(database)
    shelf = SqlArticleShelf(database, same_text, 40)
    wire = "\n".join(f"La frase número {n} del cable cuenta algo que solo el cable sabe contar hoy, {n * 7}." for n in range(12))
    cases = [(1, "a.example", wire), (2, "b.example", f"Redacción propia.\n{wire}"), (3, "c.example", wire[::-1])]
    told = [
        shelf.store(desk.link(n, host).id, judged(n, host, text=text, fingerprints=(1, 2, 3)), snapshot(n, host), NOW)
        for n, host, text in cases
    ]
    assert told[0].story_id == told[1].story_id != told[2].story_id
    assert "five-word runs" in shelf.story_links(told[0].story_id)[0].reason


@pytest.mark.parametrize(
    ("fingerprints", "text", "why"),
    [((3, 8, 9), "Copia", "one shared fingerprint"), ((1, 2, 3), "Otro", "not verified"), ((), "Copia", "nothing to compare")],
)
def test_others_do_not(desk: Desk, fingerprints: tuple[int, ...], text: str, why: str) -> None:
    first = desk.store(1, fingerprints=(1, 2, 3), text="Copia uno")
    assert desk.store(2, "b.example", fingerprints=fingerprints, text=text).story_id != first.story_id, why


def test_fingerprints_of_another_version_are_not_compared(desk: Desk) -> None:
    first = desk.store(1, fingerprints=(1, 2, 3), text="Copia")
    other = replace(judged(2, fingerprints=(1, 2, 3), text="Copia"), fingerprint_version="v2")
    assert desk.shelf.store(desk.link(2).id, other, snapshot(2), NOW).story_id != first.story_id


def test_a_passage_of_many_articles_of_one_outlet_joins_nothing(desk: Desk) -> None:
    cookies = (1, 2, 3)
    seen = [desk.store(n, fingerprints=(*cookies, 100 + n), text=f"T{n}") for n in range(OUTLET_ARTICLES + 1)]
    assert len({stored.story_id for stored in seen}) == OUTLET_ARTICLES + 1
    alike = [desk.store(50, fingerprints=cookies, text="T0"), desk.store(51, "b.example", fingerprints=cookies, text="T1")]
    assert not {stored.story_id for stored in alike} & {stored.story_id for stored in seen}


def test_a_passage_seen_everywhere_is_no_longer_entered(desk: Desk) -> None:
    shown = desk.link(1)
    stored = desk.shelf.store(shown.id, judged(1, fingerprints=(7,)), snapshot(1), NOW)
    with desk.database.writing() as connection:
        row = dict(connection.execute(sa.select(articles)).mappings().one())
        rows = [{**row, "id": 1000 + n, "key": f"k{n}", "outlet_id": f"o{n}"} for n in range(ARTICLES_OVERALL)]
        connection.execute(sa.insert(articles), rows)
        held = [{"hash": 7, "article_id": 1000 + n, "version": "v1", "outlet_id": f"o{n}"} for n in range(ARTICLES_OVERALL)]
        connection.execute(sa.insert(fingerprints), held)
    later_one = desk.store(2, "b.example", fingerprints=(7, 8))
    assert later_one.story_id != stored.story_id
    with desk.database.reading() as connection:
        assert connection.scalars(sa.select(fingerprints.c.hash).where(fingerprints.c.article_id == later_one.article_id)).all() == [8]


def test_an_article_that_copies_two_stories_makes_them_one(desk: Desk) -> None:
    old = desk.store(1, fingerprints=(1, 2), text="Copia uno", score=10)
    young = desk.store(2, "b.example", fingerprints=(3, 4), text="Copia dos", score=60)
    assert old.story_id != young.story_id and old.candidate_id is None and young.candidate_id is not None
    both = desk.store(3, "c.example", fingerprints=(1, 2, 3, 4), text="Copia tres", score=10)
    assert (both.story_id, both.candidate_id) == (old.story_id, young.candidate_id)
    assert set(desk.shelf.article(old.article_id).others_in_story) == {young.article_id, both.article_id}
    joins = desk.shelf.story_links(old.story_id)
    assert [(one.other_article_id, one.merged_story_id) for one in sorted(joins, key=lambda one: one.other_article_id)] == [
        (old.article_id, None),
        (young.article_id, young.story_id),
    ]
    again = desk.store(4, "a.example", fingerprints=(3, 4), text="Copia cuatro", score=10)
    assert again.story_id == old.story_id


def test_a_story_is_proposed_when_one_of_its_articles_scores(desk: Desk) -> None:
    low = desk.store(1, fingerprints=(1, 2), text="Copia", score=39.9)
    assert low.candidate_id is None and desk.desk.queue(QUEUE).total == 0
    high = desk.store(2, "b.example", fingerprints=(1, 2), text="Copia", score=40)
    assert high.candidate_id is not None
    view = desk.desk.candidate(high.candidate_id)
    assert (view.score, len(view.others)) == (40, 1)


def test_the_leading_article_is_the_least_state_bound_then_the_best_then_the_first(desk: Desk) -> None:
    def leading() -> str:
        (item,) = desk.desk.queue(QUEUE).items
        return desk.shelf.article(item.article_id).key[-1]

    order = [
        (1, Label.STATE_MEDIA, 90.0, 0, "1"),
        (2, Label.UNKNOWN, 50.0, 0, "2"),
        (3, Label.UNKNOWN, 60.0, 0, "3"),
        (4, Label.UNKNOWN, 60.0, -1, "4"),
        (5, Label.NOT_STATE_MEDIA, 20.0, 0, "5"),
    ]
    for number, label, score, days, expected in order:
        published = NOW + timedelta(days=days)
        desk.store(number, fingerprints=(1, 2), text="Copia", score=score, label=label, published=published)
        assert leading() == expected
    (item,) = desk.desk.queue(QUEUE).items
    assert (item.score, item.label, item.articles_in_story) == (90, Label.NOT_STATE_MEDIA, 5)


def test_copies_stored_at_once_end_in_one_story(database: Database) -> None:
    desk = Desk(database)
    found = [desk.link(n, host) for n, host in enumerate(["a.example", "b.example", "c.example"] * 4)]
    hosts = ["a.example", "b.example", "c.example"] * 4
    stored: list[Stored] = []
    start = threading.Barrier(len(found))

    def put(number: int) -> None:
        shelf = SqlArticleShelf(database, same_copy, 40)
        article = judged(number, hosts[number], fingerprints=(1, 2, 3), text="Copia")
        start.wait()
        stored.append(shelf.store(found[number].id, article, snapshot(number), NOW))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(len(found))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stored) == 12 and len({one.story_id for one in stored}) == 1 and len({one.candidate_id for one in stored}) == 1
    assert count(database, candidates) == 1


def test_the_same_article_stored_at_once_by_two_links_is_stored_once(database: Database) -> None:
    desk = Desk(database)
    found = [desk.link(n) for n in range(6)]
    stored: list[Stored] = []
    start = threading.Barrier(len(found))

    def put(number: int) -> None:
        start.wait()
        stored.append(desk.shelf.store(found[number].id, judged("same"), snapshot(number), NOW))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(len(found))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.new for one in stored].count(True) == 1 and len({one.article_id for one in stored}) == 1
    assert sorted(str(end.outcome) for end in desk.ledger.ends()) == ["same_article"] * 5 + ["stored"]


def test_hostile_texts_are_stored_with_their_places_kept(desk: Desk) -> None:
    title = "nul\0 \ud800 Rusia " + "x" * 1_000_000
    text = "\x0b\ufffe" + " ".join(f"palabra{n}" for n in range(200_000))
    stored = desk.store(1, title=title, text=text)
    found = desk.shelf.article(stored.article_id).article
    assert found.title is not None and len(found.title.value) == len(title) and found.title.value.startswith("nul\ufffd \ufffd Rusia")
    assert len(found.text) == len(text)
    assert [one.id for one in desk.shelf.search("rusia nul", 3)] == [stored.article_id]
