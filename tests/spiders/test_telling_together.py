"""Pages that wait to be stored are judged and told together, and one that cannot be costs only itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest

from newsdesk.articles import Article
from newsdesk.judge import tell_all, telling_of
from newsdesk.judging import JudgedArticle
from newsdesk.links import Link
from newsdesk.meaning import open_encoder
from newsdesk.outlets import Outlet
from newsdesk.ports import ReadPage, Stored
from spiders.parts import PAGES_GATHER_SECONDS, TOLD_AT_ONCE, FoundPage, Parts
from tests.storage.made import NOW, announcement, judged, outlet, snapshot
from tests.storage.told import telling

T = TypeVar("T")


class Shelf:
    """Keeps what it is given, batch by batch."""

    def __init__(self) -> None:
        self.batches: list[list[ReadPage]] = []

    def store_many(self, pages: Sequence[ReadPage], now: datetime) -> Sequence[Stored]:
        self.batches.append(list(pages))
        return [Stored(page.link_id, page.link_id, True, None) for page in pages]


class Teller:
    """Tells all but one title, and remembers how many it was given at once."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def __call__(self, judged: Sequence[JudgedArticle]) -> Sequence[JudgedArticle]:
        self.counts.append(len(judged))
        if any(one.article.title and one.article.title.value == "untellable" for one in judged):
            raise ValueError("made to fail")
        return [replace(one, telling=telling(1, 0.0, None)) for one in judged]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Desk:
    """Judges all but one title, and remembers whom it judged for which source."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def __call__(self, article: Article, *, key: str, outlet: Outlet, source_id: str) -> JudgedArticle:
        if article.title and article.title.value == "unjudgeable":
            raise ValueError("made to fail")
        self.sources.append(source_id)
        return replace(judged(1), key=key, outlet_id=outlet.id, article=article, telling=None)


def parts_with(shelf: Shelf, teller: Teller, threads: ThreadPoolExecutor) -> Parts:
    none: Any = None
    kept: Any = shelf
    return Parts(none, none, kept, none, none, threads, Desk(), teller, none, lambda: NOW, none, "test", none)


def page(number: int, title: str = "Rusia firma") -> FoundPage:
    article = judged(number, title=title).article
    told = announcement(number)
    link = Link(number, article.address, article.address, "a", f"a/{number}", told, 0, NOW)
    return FoundPage(link, article, f"a.example/news/{number}", outlet(), snapshot(number), UTC)


def played(play: Callable[[], Coroutine[Any, Any, T]]) -> T:
    return asyncio.run(play())


def test_what_waits_is_told_together_and_stored_with_its_telling(threads: ThreadPoolExecutor) -> None:
    shelf, teller = Shelf(), Teller()

    async def play() -> list[Stored]:
        parts = parts_with(shelf, teller, threads)
        return await asyncio.gather(*(parts.articles.keep(page(number)) for number in range(1, 41)))

    assert [stored.article_id for stored in played(play)] == list(range(1, 41))
    assert teller.counts == [TOLD_AT_ONCE, TOLD_AT_ONCE, 40 - 2 * TOLD_AT_ONCE]
    assert [len(batch) for batch in shelf.batches] == [40]
    assert all(one.judged.telling is not None for one in shelf.batches[0])


def test_what_is_stored_is_what_was_found(threads: ThreadPoolExecutor) -> None:
    shelf, teller = Shelf(), Teller()

    async def play() -> Desk:
        parts = parts_with(shelf, teller, threads)
        await asyncio.gather(*(parts.articles.keep(page(number, f"Title {number}")) for number in range(1, 8)))
        assert isinstance(parts.judge, Desk)
        return parts.judge

    assert played(play).sources == [f"a/{number}" for number in range(1, 8)]
    for number, stored in enumerate(shelf.batches[0], 1):
        given = page(number, f"Title {number}")
        assert (stored.link_id, stored.snapshot, stored.told, stored.zone) == (number, given.snapshot, given.link.announcement, UTC)
        assert (stored.judged.article, stored.judged.key, stored.judged.outlet_id) == (given.article, given.key, "a")


def test_a_single_page_waits_for_nobody(threads: ThreadPoolExecutor) -> None:
    shelf, teller = Shelf(), Teller()

    async def play() -> float:
        parts = parts_with(shelf, teller, threads)
        began = asyncio.get_running_loop().time()
        await parts.articles.keep(page(1))
        return asyncio.get_running_loop().time() - began

    assert played(play) < PAGES_GATHER_SECONDS
    assert teller.counts == [1]


@pytest.mark.parametrize("bad", ["untellable", "unjudgeable"])
def test_one_that_cannot_be_judged_or_told_costs_only_itself(threads: ThreadPoolExecutor, bad: str) -> None:
    shelf, teller = Shelf(), Teller()

    async def play() -> list[Any]:
        parts = parts_with(shelf, teller, threads)
        pages = [page(1), page(2, bad), page(3)]
        return list(await asyncio.gather(*(parts.articles.keep(one) for one in pages), return_exceptions=True))

    ends = played(play)
    assert [type(end) for end in ends] == [Stored, ValueError, Stored]
    assert [one.link_id for batch in shelf.batches for one in batch] == [1, 3]


def test_told_together_or_alone_they_are_the_same() -> None:
    encoder = open_encoder()
    titles = ("Rusia envía aviones a Caracas", "China opens a port in Chancay", "Иран и Куба подписали соглашение")
    articles = [replace(judged(number, title=title), telling=None) for number, title in enumerate(titles)]
    together = tell_all(articles, encoder)
    for one in together:
        assert one.telling is not None
        alone = telling_of(one.article, encoder)
        assert abs(one.telling.meaning - alone.meaning).max() < 1e-3
        assert (one.telling.mentions, one.telling.day, one.telling.version) == (alone.mentions, alone.day, alone.version)
        assert isinstance(one.telling.day, date)
