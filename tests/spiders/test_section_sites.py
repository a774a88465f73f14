"""Floors under how well article links are found on labelled section pages (bench/sections_pages.py): they only rise."""

from __future__ import annotations

import pytest

from bench.section_sites import PAGES, SectionPage
from bench.sections_pages import HEADERS, NOW, rates, score
from newsdesk.links import PollOutcome
from newsdesk.outlets import Selectors
from spiders.sections import read_section

PRECISION, RECALL = 0.98, 0.98  # over all pages
EACH_PRECISION, EACH_RECALL = 0.80, 0.80  # on every single page


def named(name: str) -> SectionPage:
    return next(page for page in PAGES if page.name == name)


def test_all_pages_together() -> None:
    precision, recall, count = rates(score(page) for page in PAGES)
    assert count >= 80
    assert {page.language for page in PAGES} == {"en", "es", "fr", "pt"}
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("page", [page for page in PAGES if page.articles], ids=lambda page: page.name)
def test_each_page(page: SectionPage) -> None:
    row = score(page)
    precision, recall, _ = rates([row])
    assert precision >= EACH_PRECISION, row.wrong
    assert recall >= EACH_RECALL, row.missed


def test_a_hub_of_sections_announces_nothing() -> None:
    page = named("hub of sections")
    assert read_section(page.html.encode(), HEADERS, page.address, NOW, 100).outcome is PollOutcome.NO_LINKS_FOUND


def test_titles_are_headlines_and_times_are_read() -> None:
    page = named("headlines beside buttons")
    first = read_section(page.html.encode(), HEADERS, page.address, NOW, 100).announcements[0]
    assert first.title == "Canciller sostuvo reunión con su homólogo"
    assert first.published is not None
    assert first.published.on.isoformat() == "2026-11-22"


def test_an_amp_link_is_the_page_it_is_the_amp_form_of() -> None:
    page = named("arc results list")
    addresses = [a.address for a in read_section(page.html.encode(), HEADERS, page.address, NOW, 100).announcements]
    assert not [address for address in addresses if address and "outputType" in address]


def test_selectors_choose_what_no_guess_would() -> None:
    page = named("hub of sections")
    chosen = Selectors(links="article.card h3 a", within="main")
    reading = read_section(page.html.encode(), HEADERS, page.address, NOW, 100, chosen)
    assert [a.title for a in reading.announcements][:2] == ["Política", "Economía"]
    nothing = read_section(page.html.encode(), HEADERS, page.address, NOW, 100, Selectors(links=".gone a"))
    assert nothing.outcome is PollOutcome.NO_LINKS_FOUND
    assert "selectors" in nothing.detail


def test_within_narrows_the_guess_and_date_says_where_the_day_is() -> None:
    page = named("wordpress magazine list")
    reading = read_section(page.html.encode(), HEADERS, page.address, NOW, 100, Selectors(within=".td-main-content", date="time"))
    assert len(reading.announcements) == 6
    assert all(a.published for a in reading.announcements)


def test_further_hosts_of_the_outlet_are_its_own() -> None:
    page = named("blogger")
    first = read_section(page.html.encode(), HEADERS, page.address, NOW, 100)
    more = read_section(page.html.encode(), HEADERS, page.address, NOW, 100, hosts=("vecinos.example",))
    assert len(more.announcements) == len(first.announcements) + 1
    assert more.foreign == first.foreign - 1
