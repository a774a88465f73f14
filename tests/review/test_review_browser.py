"""The page in a real browser, with scripts and without: sign in, filter, accept, reject, hold, undo, export."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from newsdesk.decisions import State
from tests.review import fakes
from tests.review.conftest import PASSWORD, House, build
from tests.review.test_review_hostile import BIDI, HOSTILE, poisoned

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        sentence = f"There is no Chromium at {CHROMIUM}, so the page was not tried in a real browser."
        if os.environ.get("NEWSDESK_REQUIRE_ALL") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield made
        made.close()


@dataclass
class Served:
    house: House
    address: str


def serve(house: House) -> tuple[uvicorn.Server, threading.Thread, str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(house.app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    return server, thread, f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def served(request: pytest.FixtureRequest, password_hash: str) -> Iterator[Served]:
    candidates = getattr(request, "param", None) or fakes.candidates(12)
    house = build(password_hash, candidates)
    server, thread, address = serve(house)
    yield Served(house, address)
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=getattr(request, "param", True), viewport={"width": 1280, "height": 860})
    made.set_default_timeout(15_000)
    yield made
    made.close()


def signed_in(context: BrowserContext, served: Served) -> Page:
    page = context.new_page()
    page.goto(served.address + "/")
    page.get_by_label("Name").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Queue", level=1)).to_be_attached()
    return page


def state(served: Served, candidate_id: int) -> State:
    return served.house.desk.candidate(candidate_id).standing.state


@pytest.mark.parametrize("context", [True, False], indirect=True, ids=["with scripts", "without scripts"])
def test_an_editors_day(served: Served, context: BrowserContext) -> None:
    page = signed_in(context, served)
    page.get_by_label("Who speaks").select_option("state_media")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-row]")).to_have_count(3)
    page.get_by_role("link", name="Clear").click()

    page.get_by_role("link", name="Canciller de Rusia llega a Caracas", exact=True).click()
    page.get_by_label("Voz Estatal").check()
    page.get_by_label("Report, in one sentence").fill("The foreign minister of Russia signed three agreements.")
    if page.get_by_role("button", name="Show how it prints").is_visible():
        page.get_by_role("button", name="Show how it prints").click()
    line = "State media reports The foreign minister of Russia signed three agreements. – Voz Estatal on 16-NOV (content in Spanish)"
    expect(page.locator("#printed")).to_have_text(line)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("You accepted it into Russia of November 2026")
    assert state(served, 2) is State.ACCEPTED

    page.get_by_role("button", name="Too old").click()
    expect(page.get_by_role("status")).to_contain_text("You rejected it: Too old")
    assert state(served, 3) is State.REJECTED
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("You took the last decision back")
    assert state(served, 3) is State.WAITING

    page.get_by_label("Until", exact=True).fill("2026-12-01")
    page.get_by_role("button", name="Hold", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("You held it until 1 December 2026")
    assert state(served, 3) is State.HELD

    page.get_by_role("link", name="Edition").click()
    expect(page.locator(".line")).to_have_text([line])
    page.get_by_role("button", name="csv").click()
    page.get_by_label("Reason for exporting").fill("A try.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as csv with this reason").click()
    assert download.value.suggested_filename == "monitor-2026-11.csv"
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".line")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_keys(served: Served, context: BrowserContext) -> None:
    page = signed_in(context, served)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(served.address + "/candidates/1")
    page.keyboard.press("j")
    expect(page).to_have_url(served.address + "/candidates/2")
    page.keyboard.press("k")
    expect(page).to_have_url(served.address + "/candidates/1")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Until tomorrow")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Report, in one sentence")).to_be_focused()
    page.keyboard.type(" juhar")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("You accepted it")
    assert state(served, 1) is State.ACCEPTED
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("You took the last decision back")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You rejected it: Not relevant")
    page.goto(served.address + "/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search words")).to_be_focused()


def test_single_keys_can_be_switched_off(served: Served, context: BrowserContext) -> None:
    page = signed_in(context, served)
    page.keyboard.press("?")
    page.get_by_label("Switch single keys off in this browser").check()
    page.keyboard.press("Escape")
    page.goto(served.address + "/candidates/1")
    page.keyboard.press("j")
    page.wait_for_timeout(200)
    expect(page).to_have_url(served.address + "/candidates/1")


def test_enter_in_a_field_decides_nothing(served: Served, context: BrowserContext) -> None:
    page = signed_in(context, served)
    page.goto(served.address + "/candidates/1")
    page.get_by_label("Other reason, or more").fill("half")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert state(served, 1) is State.WAITING


@pytest.mark.parametrize("served", [poisoned("".join(HOSTILE) + BIDI)], indirect=True, ids=["poisoned"])
def test_nothing_hostile_runs_or_loads(served: Served, context: BrowserContext) -> None:
    page = context.new_page()
    alarms: list[str] = []

    def alarm(dialog: Dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", alarm)
    page.on("console", lambda message: alarms.append(message.text))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.on("request", lambda request: alarms.append(request.url) if not request.url.startswith(served.address) else None)
    user = served.house.accounts.user("ana")
    assert user
    cookie = served.house.app.state.front.sessions.open(user)
    context.add_cookies([{"name": "newsdesk_session", "value": cookie, "url": served.address}])
    served.house.desk.decide(1, replace(fakes.accept("iran", "".join(HOSTILE)), article_id=1), "ana", 0, fakes.NOW)
    for path in ("/", "/?view=accepted", "/candidates/1", "/edition/2026-11", "/sources"):
        page.goto(served.address + path, wait_until="networkidle")
        assert page.locator("main script, main img, main iframe").count() == 0
    page.goto(served.address + "/candidates/1")
    with page.expect_response("**/preview"):
        page.get_by_label("Report, in one sentence").fill("<img src=x onerror=alert(2)>")
    expect(page.locator("#printed")).to_contain_text("<img src=x onerror=alert(2)>")
    assert alarms == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(served: Served, browser: Browser, width: int) -> None:
    made = browser.new_context(viewport={"width": width, "height": 800})
    page = signed_in(made, served)
    for path in ("/", "/candidates/2", "/edition/2026-11", "/sources", "/help", "/nowhere"):
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    made.close()
