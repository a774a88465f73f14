"""The page on the real shelves, in both databases, with the real edition room behind the export."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from edition.export import export
from newsdesk.decisions import State
from newsdesk.edition_rules import check
from newsdesk.editions import Edition
from newsdesk.judging import Label
from newsdesk.printing import print_entry
from review.app import create_app
from review.book import ReviewBook, Rooms
from storage.database import Database
from storage.shelves import SqlAccounts, SqlCorroborationBook, SqlHealthBook, SqlPageShelf, SqlRankingBook, SqlSourceBook
from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.review import fakes
from tests.review.conftest import Editor, House
from tests.storage.made import NOW, Desk, outlet

OUTLETS = {name: outlet(name) for name in ("a", "b", "c")}


def edition_of(desk: Desk, month: str) -> Edition:
    return Edition(month, fakes.SECTIONS, tuple(desk.desk.entries(month)), tuple(desk.desk.narratives(month).items()), 1)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:  # noqa: F811
    made = Desk(database)
    SqlSourceBook(database).sync(list(OUTLETS.values()), NOW)
    yield made


@pytest.fixture
def editor(desk: Desk, password_hash: str) -> Editor:
    accounts = SqlAccounts(desk.database)
    accounts.add_user("ana", password_hash, NOW)

    def write(month: str, form: str, by: str, waiver: str | None) -> bytes:
        done = export(edition_of(desk, month), fakes.POLICY, form, waiver=waiver, exported_at=NOW)  # type: ignore[arg-type]
        desk.desk.log_export(month, form, by, done.waiver, [finding.sentence for finding in done.findings], NOW)
        return done.content

    book = ReviewBook(
        OUTLETS,
        fakes.SECTIONS,
        fakes.POLICY,
        fakes.KEY,
        False,
        lambda entry: print_entry(entry, fakes.POLICY),
        lambda month: check(edition_of(desk, month), fakes.POLICY),
        write,
    )
    clock = fakes.Clock(NOW)
    sources = SqlSourceBook(desk.database)
    pages, health, control = SqlPageShelf(desk.database), SqlHealthBook(desk.database), fakes.FakeControl(OUTLETS)
    ranking, who_else = SqlRankingBook(desk.database), SqlCorroborationBook(desk.database, str.upper)
    app = create_app(Rooms(desk.desk, desk.shelf, accounts, sources, pages, health, control, book, clock, ranking, who_else))
    house = House(app, desk.desk, accounts, sources, clock)  # type: ignore[arg-type]
    return Editor(house)


def test_a_month_from_the_queue_to_the_file(desk: Desk, editor: Editor) -> None:
    first = desk.candidate(1, "a.example", label=Label.STATE_MEDIA, score=90.0, text="Uno dijo algo.")
    second = desk.candidate(2, "b.example", score=80.0, text="Dos dijo algo.")
    third = desk.candidate(3, "c.example", score=70.0, text="Tres dijo algo.")
    queue = editor.get("/").text
    assert queue.index(f"/candidates/{first}") < queue.index(f"/candidates/{second}") < queue.index(f"/candidates/{third}")
    assert f"/candidates/{first}" in editor.get("/?label=state_media&section=russia&language=es&outlet=a").text
    assert "data-row" not in editor.get("/?label=not_state_media").text

    for number, seen in ((first, 0), (second, 0), (third, 0)):
        answer = editor.accept(number, seen, article="", section="russia", report=f"Report {number}.")
        assert answer.status_code == 303, answer.text
    editor.post(f"/edition/2026-11/entries/{third}/up")
    order = [entry.candidate_id for entry in desk.desk.entries("2026-11")]
    assert order == [first, third, second]
    page = editor.get("/edition/2026-11").text
    assert f"State media reports Report {first}. – A on 20-NOV (content in Spanish)" in page and "1 of 3" in page

    refused = editor.post("/edition/2026-11/export", form="md")
    assert refused.status_code == 409 and 'name="waiver"' in refused.text
    written = editor.post("/edition/2026-11/export", form="md", waiver="The chief editor agreed.")
    assert written.status_code == 200 and f"Report {third}." in written.content.decode()

    editor.post(f"/edition/2026-11/entries/{third}/back")
    assert desk.desk.candidate(third).standing.state is State.WAITING
    assert "Your last decision" in editor.get("/").text


def test_an_outdated_view_on_the_real_desk(desk: Desk, editor: Editor) -> None:
    number = desk.candidate(1)
    editor.post(f"/candidates/{number}/hold", seen=0, days=3)
    answer = editor.accept(number, 0, article="", section="russia", report="My own words.")
    assert answer.status_code == 409 and "My own words.</textarea>" in answer.text and "held" in answer.text


def test_sources_and_health_on_the_real_book(editor: Editor) -> None:
    assert "a/feed" in editor.get("/sources").text
    assert editor.get("/health/ready").json()["stale"] is True
