"""A desk in memory, the page before it, and a browser-less client that signs in."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI
from httpx import Response

from review.app import create_app
from review.book import Rooms
from review.passwords import hash_password
from review.sessions import COOKIE
from tests.review import fakes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette asks for httpx2; the client works with httpx all the same
    from fastapi.testclient import TestClient

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass
class House:
    """Everything a test touches."""

    app: FastAPI
    desk: fakes.FakeDesk
    accounts: fakes.FakeAccounts
    sources: fakes.FakeSources
    clock: fakes.Clock
    pages: fakes.FakePages = field(default_factory=fakes.FakePages)
    health: fakes.FakeHealth = field(default_factory=fakes.FakeHealth)
    control: fakes.FakeControl = field(default_factory=lambda: fakes.FakeControl({}))
    who_else: fakes.FakeCorroboration = field(default_factory=fakes.FakeCorroboration)

    def client(self) -> TestClient:
        return TestClient(self.app, base_url="http://desk.test", follow_redirects=False)


def build(password_hash: str, candidates: list[fakes.FakeCandidate]) -> House:
    clock = fakes.Clock()
    desk = fakes.FakeDesk(candidates, fakes.SECTIONS)
    accounts = fakes.FakeAccounts()
    for name in ("ana", "boris"):
        accounts.add_user(name, password_hash, clock())
    sources = fakes.FakeSources(fakes.reports(clock))
    articles = fakes.FakeArticles([article for candidate in candidates for article in candidate.articles])
    pages = fakes.FakePages()
    health = fakes.FakeHealth()
    control = fakes.FakeControl(fakes.book(desk).outlets)
    else_ = fakes.FakeCorroboration()
    app = create_app(Rooms(desk, articles, accounts, sources, pages, health, control, fakes.book(desk), clock, fakes.FakeRanking(), else_))
    return House(app, desk, accounts, sources, clock, pages, health, control, else_)


@pytest.fixture
def house(password_hash: str) -> House:
    return build(password_hash, fakes.candidates())


def token_in(html: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found, "the page carries no form token"
    return found.group(1)


class Editor:
    """A client with an open session (signing in by password has its own tests) that sends forms as the page would."""

    def __init__(self, house: House, name: str = "ana") -> None:
        self.http = house.client()
        user = house.accounts.user(name)
        assert user
        self.http.cookies.set(COOKIE, house.app.state.front.sessions.open(user))
        self.token = token_in(self.http.get("/help").text)

    def get(self, path: str) -> Response:
        return self.http.get(path)

    def post(self, path: str, **fields: object) -> Response:
        return self.http.post(path, data={"form_token": self.token, **{name: str(value) for name, value in fields.items()}})

    def accept(self, candidate_id: int, seen: int = 0, **fields: object) -> Response:
        said = {"section": "iran", "edition": "2026-11", "report": "Two tankers arrived.", "article": candidate_id, "seen": seen} | fields
        return self.post(f"/candidates/{candidate_id}/accept", **said)


@pytest.fixture
def ana(house: House) -> Iterator[Editor]:
    editor = Editor(house)
    with editor.http:
        yield editor


@pytest.fixture
def boris(house: House) -> Iterator[Editor]:
    editor = Editor(house, "boris")
    with editor.http:
        yield editor
