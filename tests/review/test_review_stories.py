"""The story on the candidate's page: why each article is there, and what an editor does with it, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from newsdesk.decisions import Draft, Move
from newsdesk.judging import Label
from newsdesk.printing import print_entry
from newsdesk.rereading import Reread
from newsdesk.telling import Verdict
from review.app import create_app
from review.book import ReviewBook, Rooms
from storage import joining
from storage.database import Database
from storage.shelves import SqlAccounts, SqlDoubts, SqlHealthBook, SqlPageShelf, SqlSourceBook
from tests.databases import database, database_url, kind, postgres_server, postgres_template, sqlite_template  # noqa: F401
from tests.review import fakes
from tests.review.conftest import Editor, House
from tests.review.test_review_browser import Served, browser, context, serve, signed_in  # noqa: F401
from tests.storage.made import NOW, outlet
from tests.storage.told import StoryRoom, by_closeness

OUTLETS = {name: outlet(name) for name in ("a", "b", "c")}


@pytest.fixture
def room(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoryRoom]:  # noqa: F811
    monkeypatch.setattr(joining, "same_story_many", by_closeness)
    SqlSourceBook(database).sync(list(OUTLETS.values()), NOW)
    yield StoryRoom(database)


@pytest.fixture
def house(room: StoryRoom, password_hash: str) -> House:
    accounts = SqlAccounts(room.database)
    for name in ("ana", "boris"):
        accounts.add_user(name, password_hash, NOW)
    book = ReviewBook(
        OUTLETS,
        fakes.SECTIONS,
        fakes.POLICY,
        fakes.KEY,
        False,
        lambda entry: print_entry(entry, fakes.POLICY),
        lambda month: (),
        lambda month, form, by, waiver: b"",
    )
    clock = fakes.Clock(NOW)
    sources = SqlSourceBook(room.database)
    rooms = Rooms(
        desk=room.desk,
        articles=room.shelf,
        accounts=accounts,
        sources=sources,
        pages=SqlPageShelf(room.database),
        health=SqlHealthBook(room.database),
        control=fakes.FakeControl(OUTLETS),
        ranking=fakes.FakeRanking(),
        corroboration=fakes.FakeCorroboration(),
        book=book,
        clock=clock,
        stories=room.book,
    )
    return House(create_app(rooms), room.desk, accounts, sources, clock)  # type: ignore[arg-type]


@pytest.fixture
def editor(house: House) -> Editor:
    return Editor(house)


def card(html: str) -> str:
    found = re.search(r'<section class="card" id="story".*?</section>', html, re.S)
    assert found, "the page shows no story"
    return found.group()


def seen_in(html: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', card(html))
    assert found
    return found.group(1)


def test_each_article_is_shown_with_outlet_language_label_day_and_why_it_is_there(room: StoryRoom, editor: Editor) -> None:
    first = room.report(1, label=Label.STATE_MEDIA)
    room.report(1, 0.1, "b.example", language="pt", title="Tremor em Manágua")
    shown = card(editor.get(f"/candidates/{first.candidate_id}").text)
    for words in ("State media", "Portuguese", "Spanish", "20 November 2026", "Tremor em Manágua", "The story began with it."):
        assert words in shown, words
    assert "<b>Same event.</b> Their meanings are 100% close." in shown
    assert 'action="/candidates/1/story/split' in shown and '<b class="outlet">B</b>' in shown


def test_a_suggestion_is_accepted_with_one_click_and_taken_back(room: StoryRoom, editor: Editor) -> None:
    first, second = room.report(1), room.report(1, 0.95, "b.example", title="Otro sismo")
    page = editor.get(f"/candidates/{first.candidate_id}").text
    assert "Perhaps the same" in card(page) and "Otro sismo" in card(page) and "Likelihood 58 %" in card(page)
    answer = editor.post(f"/candidates/{first.candidate_id}/story/merge", other=second.story_id, seen=seen_in(page))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/candidates/{first.candidate_id}")
    page = editor.get(f"/candidates/{first.candidate_id}").text
    assert "ana merged the two stories." in card(page) and "Perhaps the same" not in card(page)
    assert "merged one article into this story" in card(page)
    verdict = re.search(r'name="verdict" value="(\d+)"', card(page))
    assert verdict
    editor.post(f"/candidates/{first.candidate_id}/story/undo", verdict=verdict.group(1), seen=seen_in(page))
    assert len(set(room.stories(first, second))) == 2


def test_what_a_second_reading_took_back_is_behind_the_suggestions_with_its_reason(room: StoryRoom, editor: Editor) -> None:
    first, second = room.report(1), room.report(1, 0.95, "b.example", title="Otro sismo")
    (doubt,) = SqlDoubts(room.database).doubts(NOW, 5)
    SqlDoubts(room.database).settle(doubt, Reread(Verdict.OTHER, 0.07, False, "They tell different events <b>(7%)</b>."), NOW)
    page = card(editor.get(f"/candidates/{first.candidate_id}").text)
    assert "Perhaps the same" not in page and "<summary>1 taken back by a second reading</summary>" in page
    assert "They tell different events &lt;b&gt;(7%)&lt;/b&gt;." in page and "Likelihood 7 %" in page and "Otro sismo" in page
    editor.post(f"/candidates/{first.candidate_id}/story/merge", other=second.story_id, seen=0)
    assert len(set(room.stories(first, second))) == 1, "an editor may say otherwise"


def test_not_the_same_takes_the_suggestion_away(room: StoryRoom, editor: Editor) -> None:
    first, second = room.report(1), room.report(1, 0.95, "b.example")
    editor.post(f"/candidates/{first.candidate_id}/story/apart", other=second.story_id, seen=0)
    page = editor.get(f"/candidates/{second.candidate_id}").text
    assert "Perhaps the same" not in card(page) and "said that two stories are not the same" in card(page)


def test_chosen_articles_are_split_off_with_a_reason(room: StoryRoom, editor: Editor) -> None:
    first, second, third = room.report(1), room.report(1, 0.05, "b.example"), room.report(1, 0.06, "c.example")
    answer = editor.http.post(
        f"/candidates/{first.candidate_id}/story/split",
        data={"form_token": editor.token, "seen": "0", "part": [str(second.article_id), str(third.article_id)], "why": "another <day>"},
    )
    assert answer.status_code == 303
    stories = room.stories(first, second, third)
    assert stories[0] != stories[1] == stories[2]
    shown = card(editor.get(f"/candidates/{first.candidate_id}").text)
    assert "split off 2 articles: another &lt;day&gt;" in shown
    refused = editor.post(f"/candidates/{first.candidate_id}/story/split", seen=room.book.story(stories[0]).seen, part=first.article_id)
    assert refused.status_code == 422 and "at least one article" in refused.text


def test_a_refused_split_keeps_what_was_chosen_and_typed(room: StoryRoom, house: House, editor: Editor) -> None:
    first, second, third = room.report(1), room.report(1, 0.05, "b.example"), room.report(1, 0.06, "c.example")
    place = f"/candidates/{first.candidate_id}/story/split"
    Editor(house, "boris").post(place, seen=0, part=third.article_id)
    refused = editor.post(place, seen=0, part=second.article_id, why="another <day>")
    assert refused.status_code == 409
    assert f'name="part" value="{second.article_id}" checked>' in refused.text and card(refused.text).count(" checked>") == 1
    assert 'name="why" maxlength="1000" value="another &lt;day&gt;"' in refused.text
    assert " checked>" not in card(editor.get(f"/candidates/{first.candidate_id}").text)


def test_who_looks_at_an_old_page_is_told_what_a_colleague_did(room: StoryRoom, house: House, editor: Editor) -> None:
    first, second = room.report(1), room.report(1, 0.05, "b.example")
    boris = Editor(house, "boris")
    boris.post(f"/candidates/{first.candidate_id}/story/split", seen=0, part=second.article_id)
    answer = editor.post(f"/candidates/{first.candidate_id}/story/split", seen=0, part=second.article_id)
    assert answer.status_code == 409 and "boris split it on 2026-11-20" in answer.text
    assert len(set(room.stories(first, second))) == 2


def test_what_was_said_of_another_story_is_not_taken_back_here_nor_anything_twice(room: StoryRoom, editor: Editor) -> None:
    first, second, apart = room.report(1), room.report(1, 0.95, "b.example"), room.report(9, 0.0, "c.example")
    editor.post(f"/candidates/{first.candidate_id}/story/merge", other=second.story_id, seen=0)
    (verdict,) = room.book.verdicts()
    elsewhere = editor.post(f"/candidates/{apart.candidate_id}/story/undo", verdict=verdict.id, seen=0)
    assert elsewhere.status_code == 409 and "among what editors said of this story" in elsewhere.text
    assert len(set(room.stories(first, second))) == 1
    answers = [editor.post(f"/candidates/{first.candidate_id}/story/undo", verdict=verdict.id, seen=1).status_code for _ in range(2)]
    assert answers == [303, 409] and len(set(room.stories(first, second))) == 2


def test_forged_and_senseless_forms_change_nothing(room: StoryRoom, editor: Editor) -> None:
    first, second = room.report(1), room.report(1, 0.95, "b.example")
    place = f"/candidates/{first.candidate_id}/story"
    forged = editor.http.post(f"{place}/merge", data={"form_token": "x", "other": str(second.story_id), "seen": "0"})
    assert forged.status_code == 403
    crossed = editor.http.post(
        f"{place}/merge", data={"form_token": editor.token, "other": "2", "seen": "0"}, headers={"origin": "https://evil.example"}
    )
    assert crossed.status_code == 403
    assert editor.post(f"{place}/merge", seen=0).status_code == 422
    assert editor.post(f"{place}/merge", other=second.story_id).status_code == 422
    assert editor.post(f"{place}/merge", other=10**14, seen=0).status_code == 404
    assert editor.post(f"{place}/split", seen=0, part="x").status_code == 422
    assert [editor.post(f"{place}/undo", seen=0, verdict=wrong).status_code for wrong in (77, 0, "x", 2**70)] == [409] * 4
    assert len(set(room.stories(first, second))) == 2
    assert room.book.verdicts() == []


def test_what_joined_after_the_decision_is_told_and_the_entry_stands(room: StoryRoom, editor: Editor, house: House) -> None:
    first = room.report(1)
    accept = Draft(Move.ACCEPT, edition="2026-11", section_id="russia", report="Told.")
    room.desk.decide(first.candidate_id or 0, accept, "ana", 0, NOW)
    (before,) = room.desk.entries("2026-11")
    house.clock.go_on(hours=1)
    room.shelf.store_many([room.page(1, 0.05, "b.example")], house.clock())
    shown = card(editor.get(f"/candidates/{first.candidate_id}").text)
    assert "One article joined after the last decision." in shown and "New since the last decision." in shown
    assert "1 joined since the decision" in editor.get("/?view=accepted").text
    (after,) = room.desk.entries("2026-11")
    assert (after.article_id, after.report, after.address) == (before.article_id, before.report, before.address)


@pytest.mark.parametrize("context", [False, True], indirect=True, ids=["without scripts", "with scripts"])
def test_an_editor_merges_and_splits_in_a_browser(room: StoryRoom, house: House, context: BrowserContext, tmp_path: Path) -> None:  # noqa: F811
    first, second = (
        room.report(1, title="Sismo en Managua"),
        room.report(1, 0.95, "b.example", title="Tremor atinge Manágua", language="pt"),
    )
    third = room.report(1, 0.1, "c.example", title="Séisme à Managua", language="fr")
    server, thread, address = serve(house)
    page = signed_in(context, Served(house, address))
    page.goto(f"{address}/candidates/{first.candidate_id}")
    story = page.locator("#story")
    expect(story).to_contain_text("Same event. Their meanings are 100% close.")
    expect(story).to_contain_text("Perhaps the same")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(story).to_contain_text("ana merged the two stories.")
    assert len(set(room.stories(first, second, third))) == 1
    story.locator("li", has_text="Séisme à Managua").get_by_label("tells something else").check()
    story.get_by_label("Why (optional)").fill("another quake")
    page.get_by_role("button", name="Split off the chosen").click()
    expect(story).to_contain_text("split off one article: another quake")
    expect(story).not_to_contain_text("Séisme")
    page.screenshot(path=tmp_path / "story.png", full_page=True)
    story.locator("li", has_text="split off one article").get_by_role("button", name="Take it back").click()
    expect(story).to_contain_text("Séisme à Managua")
    assert len(set(room.stories(first, second, third))) == 1
    server.should_exit = True
    thread.join(10)
