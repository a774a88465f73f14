"""Older pages: where they are, when to stop, and that a page made to be slow is not."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.paging import MOST_PAGES, PageSeen, way_ends
from spiders.feeds import read_feed
from spiders.paging import next_page_of, numbered, page_number, paged
from spiders.sections import parse_page, read_section

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = "https://diario.example/mundo/"
BACK_TO = date(2026, 10, 1)


def after(page: str, address: str = HERE, selector: str | None = None) -> str | None:
    root = parse_page(f"<html><body>{page}</body></html>")
    assert root is not None
    return next_page_of(root, address, address, selector)


@pytest.mark.parametrize(
    ("page", "address", "wanted"),
    [
        ('<link rel="next" href="/mundo/?p=2">', HERE, "https://diario.example/mundo/?p=2"),
        ('<a rel="nofollow next" href="pagina-2">x</a>', HERE, "https://diario.example/mundo/pagina-2"),
        (
            '<a href="/mundo/page/1/">1</a><a href="/mundo/page/2/">2</a><a href="/mundo/page/9/">9</a>',
            HERE,
            "https://diario.example/mundo/page/2/",
        ),
        ('<a href="?page=3">3</a><a href="?page=4">4</a>', HERE + "?page=3", HERE + "?page=4"),
        ('<a href="/ameriques/2/">2</a>', "https://diario.example/ameriques/", "https://diario.example/ameriques/2/"),
        ('<a href="/b">Siguiente »</a>', HERE, "https://diario.example/b"),
        ('<a href="/b">Próxima</a>', HERE, "https://diario.example/b"),
        ('<a href="/b">Articles plus anciens</a><a href="/c" aria-label="Page suivante">…</a>', HERE, "https://diario.example/c"),
        ('<a href="/b">Older posts</a>', HERE, "https://diario.example/b"),
        ('<div data-next-url="/more?page=2"></div>', HERE, "https://diario.example/more?page=2"),
        ('<link rel="stylesheet" href="/wp-content/x.css">', HERE, HERE + "page/2/"),
        ('<link rel="stylesheet" href="/wp-content/x.css">', HERE + "page/2/", HERE + "page/3/"),
        ('<a href="/2-muertos-en-un-choque">2</a><a href="https://otro.example/b">Siguiente</a>', HERE, None),
        ('<a href="/mundo/">Siguiente</a><a href="#">Siguiente</a><a href="javascript:x()">Siguiente</a>', HERE, None),
    ],
)
def test_where_the_older_page_is(page: str, address: str, wanted: str | None) -> None:
    assert after(page, address) == wanted


def test_an_outlets_own_selector_goes_before_everything() -> None:
    page = '<link rel="next" href="/feed/2"><button class="mas" data-next-url="/mundo?desde=20"></button>'
    assert after(page, selector="button.mas") == "https://diario.example/mundo?desde=20"
    assert after(page, selector="a.gone") is None


@given(st.integers(1, 9999))
def test_wordpress_addresses_count_on(number: int) -> None:
    assert page_number(numbered(HERE, number)) == number
    assert numbered(numbered(HERE, number), 7) == HERE + "page/7/"
    feed = paged(f"https://diario.example/feed/?x=1&paged={number}")
    assert feed == f"https://diario.example/feed/?x=1&paged={number + 1}"


def test_feeds_name_their_older_page() -> None:
    def next_of(body: str) -> str | None:
        return read_feed(body.encode(), (), "https://diario.example/feed", NOW, 10).next_page

    item = "<item><title>N</title><link>https://diario.example/1</link></item>"
    assert next_of(f"<rss version='2.0'><channel><title>D</title>{item}</channel></rss>") is None
    generator = "<generator>https://wordpress.org/?v=6.7</generator>"
    assert next_of(f"<rss version='2.0'><channel>{generator}{item}</channel></rss>") == "https://diario.example/feed?paged=2"
    entry = "<entry><id>1</id><title>N</title><link href='/1'/></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/feed?before=1'/>{entry}</feed>"
    assert next_of(atom) == "https://diario.example/feed?before=1"
    assert (
        next_of('{"version":"https://jsonfeed.org/version/1.1","title":"D","next_url":"/2.json","items":[]}')
        == "https://diario.example/2.json"
    )


def page(number: int = 2, announced: int = 10, new: int = 10, fresh: int = 10, days: tuple[date, ...] = ()) -> PageSeen:
    return PageSeen(number, announced, new, fresh, days)


def test_what_ends_the_way() -> None:
    recent, old = BACK_TO + timedelta(days=3), BACK_TO - timedelta(days=3)
    assert way_ends(page(days=(recent, recent, old)), BACK_TO, by_hand=False) is None
    assert "older than" in str(way_ends(page(days=(recent, old, old, old)), BACK_TO, by_hand=True))  # one is pinned
    assert "nothing unknown" in str(way_ends(page(new=0), BACK_TO, by_hand=False))
    assert way_ends(page(1, new=0), BACK_TO, by_hand=False) is None
    assert way_ends(page(new=0, days=(recent,)), BACK_TO, by_hand=True) is None
    assert "nothing unknown" in str(way_ends(page(new=0), BACK_TO, by_hand=True))
    assert "had not shown" in str(way_ends(page(fresh=0), BACK_TO, by_hand=True))
    assert "limit" in str(way_ends(page(MOST_PAGES, days=(recent,)), BACK_TO, by_hand=True))


@given(st.lists(st.tuples(st.integers(0, 20), st.lists(st.integers(-400, 0), max_size=20))))
def test_every_way_ends(pages: list[tuple[int, list[int]]]) -> None:
    for number in range(1, MOST_PAGES + 1):
        new, days = pages[(number - 1) % len(pages)] if pages else (1, [])
        seen = PageSeen(number, 20, new, 20, tuple(NOW.date() + timedelta(days=each) for each in days))
        if way_ends(seen, BACK_TO, by_hand=True):
            return
    pytest.fail("the way did not end")


LONG = "/2026/11/22/una-nota-larga"
SLOW_PAGES = {
    "short links": "<div>" + "".join(f'<a href="/s{n}">x</a><i>y</i>' for n in range(20_000)) + "</div>",
    "one target": "<div>" + f'<a href="{LONG}">Una nota larga</a><i>y</i>' * 20_000 + "</div>",
    "times": "<div>" + "<time>22 nov 2026</time>" * 30_000 + f'<a href="{LONG}">Una nota larga</a></div>',
    "cards": "".join(f'<p><a href="{LONG}-{n}">Una nota larga {n}</a><time>22 nov 2026</time></p>' for n in range(15_000)),
    "nested": "<div>" * 200 + "".join(f'<a href="{LONG}-{n}">Una nota larga' for n in range(10_000)),
    "slugs": "".join(f'<a href="/{"a-" * 900}{n}">Una nota larga</a>' for n in range(2_000)),
    "slashes": "".join(f'<a href="/{"/2026" * 300}{n}">Una nota larga</a>' for n in range(2_000)),
    "numbers": "".join(f'<a href="/page/{n}">{"2" * 50}</a>' for n in range(10_000)),
}


@pytest.mark.parametrize("name", SLOW_PAGES)
def test_pages_made_to_be_slow_are_read_in_proportion_to_their_length(name: str) -> None:
    began = time.process_time()
    reading = read_section(SLOW_PAGES[name].encode(), (), HERE, NOW, 100_000)
    assert time.process_time() - began < 12, reading.outcome
