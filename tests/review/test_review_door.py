"""Signing in and out, and forms that are not ours."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from httpx import Response

from newsdesk.decisions import State
from review import passwords
from review.attempts import PER_ADDRESS, Attempts
from review.front import local_path
from review.passwords import WeakPassword, hash_password, matches
from review.sessions import COOKIE
from tests.review import fakes
from tests.review.conftest import PASSWORD, Editor, House, token_in


def sign_in(house: House, name: str = "ana", password: str = PASSWORD, then: str = "/", **headers: str) -> tuple[Response, object]:
    http = house.client()
    token = token_in(http.get("/sign-in").text)
    data = {"name": name, "password": password, "next": then, "form_token": token}
    return http.post("/sign-in", data=data, headers=headers), http


def test_signing_in_sets_a_guarded_cookie_and_goes_on(house: House) -> None:
    answer, http = sign_in(house, then="/edition/2026-11?x=1")
    assert answer.status_code == 303 and answer.headers["location"] == "/edition/2026-11?x=1"
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(COOKIE))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=43200" in cookie and "Secure" not in cookie
    assert http.get("/").status_code == 200  # type: ignore[attr-defined]


def test_secure_cookies_where_asked(house: House) -> None:
    house.app.state.front = replace(
        house.app.state.front, rooms=replace(house.app.state.front.rooms, book=fakes.book(house.desk, secure_cookies=True))
    )
    assert "Secure" in house.client().get("/sign-in").headers["set-cookie"]


@pytest.mark.parametrize("path", ["/", "/candidates/1", "/edition/2026-11", "/sources", "/help"])
def test_nothing_is_shown_without_signing_in(house: House, path: str) -> None:
    answer = house.client().get(path + "?view=held")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=%2F")


@pytest.mark.parametrize(
    "path", ["/candidates/1/accept", "/candidates/1/undo", "/edition/2026-11/export", "/edition/2026-11/narratives/iran", "/sign-out"]
)
def test_nothing_is_done_without_signing_in(house: House, path: str) -> None:
    answer = house.client().post(path, data={"form": "md", "seen": "0"})
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in"
    assert house.desk.exports == [] and house.desk.candidate(1).standing.count == 0


@pytest.mark.parametrize(
    ("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("", ""), ("ana\x00", PASSWORD), ("ana", PASSWORD + "x" * 2000)]
)
def test_wrong_names_and_passwords_are_told_alike(house: House, name: str, password: str) -> None:
    answer, _ = sign_in(house, name, password)
    assert answer.status_code == 401 and "do not belong together" in answer.text
    assert not any(line.startswith(COOKIE) for line in answer.headers.get_list("set-cookie"))


def test_an_unknown_name_costs_the_same_work(password_hash: str) -> None:
    passwords.warm_up()

    def cost(known: str | None) -> float:
        begun = time.process_time()
        for _ in range(3):
            assert not matches(known, "wrong")
        return time.process_time() - begun

    assert cost(None) > 0.3 * cost(password_hash)


def test_a_switched_off_account_is_out_at_once(house: House, ana: Editor) -> None:
    assert ana.get("/").status_code == 200
    house.accounts.switch_user("ana", True)
    assert ana.get("/").status_code == 303
    assert sign_in(house)[0].status_code == 401


def test_a_new_password_ends_old_sessions(house: House, ana: Editor) -> None:
    house.accounts.set_password("ana", hash_password("another long password"))
    assert ana.get("/").status_code == 303


def test_a_session_ends_at_its_time_and_at_sign_out(house: House, ana: Editor, boris: Editor) -> None:
    kept = dict(ana.http.cookies)
    answer = ana.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    copied = house.client()
    copied.cookies.update(kept)
    assert copied.get("/").status_code == 303, "a copied cookie must be worth nothing after signing out"
    assert boris.get("/").status_code == 200
    house.clock.go_on(hours=12, minutes=1)
    assert boris.get("/").status_code == 303


def test_a_forged_cookie_is_nobody(house: House, ana: Editor) -> None:
    genuine = ana.http.cookies[COOKIE]
    payload, _, signature = genuine.rpartition(".")
    for forged in (f"{payload}.{signature[::-1]}", f"{payload[:-1]}.{signature}", payload, "", "x.y", "W10.abc", "\u00e9"):
        http = house.client()
        answer = http.get("/", headers={"cookie": f"{COOKIE}={forged}".encode()})
        assert answer.status_code == 303


def test_too_many_failures_are_refused_with_a_clear_sentence(house: House) -> None:
    for _ in range(5):
        assert sign_in(house, password="wrong")[0].status_code == 401
    answer, _ = sign_in(house)
    assert answer.status_code == 429 and "Try again in 15 minutes" in answer.text
    assert sign_in(house, "boris")[0].status_code == 303, "another account is not locked"
    house.clock.go_on(minutes=16)
    assert sign_in(house)[0].status_code == 303


def test_one_address_cannot_try_many_names() -> None:
    attempts = Attempts()
    for number in range(PER_ADDRESS):
        attempts.failed(f"name{number}", "192.0.2.1", fakes.NOW)
    assert attempts.wait("fresh", "192.0.2.1", fakes.NOW) and not attempts.wait("fresh", "192.0.2.2", fakes.NOW)


def test_an_outdated_hash_is_made_anew(house: House) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    house.accounts.set_password("ana", weak)
    answer, http = sign_in(house)
    user = house.accounts.user("ana")
    assert answer.status_code == 303 and user and user.password_hash != weak and not passwords.is_outdated(user.password_hash)
    assert user.password_hash.startswith("$argon2id$")
    assert http.get("/").status_code == 200  # type: ignore[attr-defined]


@pytest.mark.parametrize("password", ["short", "", "x" * 1025])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword, match="12 to 1024"):
        hash_password(password)


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_open_redirects_are_refused(house: House, then: str) -> None:
    answer, _ = sign_in(house, then=then)
    location = answer.headers["location"]
    assert location == "/" or (location.startswith("/%") and "//" not in location)
    assert "\r" not in local_path(then)


def test_forms_need_their_token(house: House, ana: Editor, boris: Editor) -> None:
    for token in ("", "x", boris.token, "é"):
        answer = ana.http.post("/candidates/1/reject", data={"form_token": token, "seen": "0", "quick": "Opinion"})
        assert answer.status_code == 403 and "earlier session" in answer.text
    assert house.desk.candidate(1).standing.state is State.WAITING
    assert house.client().post("/sign-in", data={"name": "ana", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://desk.test.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_forms_from_other_sites_are_refused(house: House, ana: Editor, headers: dict[str, str]) -> None:
    data = {"form_token": ana.token, "seen": "0", "quick": "Opinion"}
    assert ana.http.post("/candidates/1/reject", data=data, headers=headers).status_code == 403
    assert sign_in(house, **headers)[0].status_code == 403
    assert house.desk.candidate(1).standing.state is State.WAITING
    own = {"origin": "http://desk.test", "sec-fetch-site": "same-origin"}
    assert ana.http.post("/candidates/1/reject", data=data, headers=own).status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/", "/candidates/1", "/nowhere", "/static/desk.css", "/health/live"])
def test_every_answer_carries_the_headers(ana: Editor, path: str) -> None:
    headers = ana.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("public, max-age=300" if path.startswith("/static") else "no-store")


def test_no_page_has_inline_script_or_style(ana: Editor) -> None:
    for path in ("/", "/candidates/2", "/edition/2026-11", "/sources", "/help", "/nowhere"):
        html = ana.get(path).text
        assert "style=" not in html and "<style" not in html and " onclick" not in html
        assert html.count("<script") == 1 and '<script src="/static/desk.js" defer></script>' in html


def test_a_form_that_is_too_large_is_refused(house: House, ana: Editor) -> None:
    answer = ana.post("/candidates/1/accept", report="x" * 600_000, seen=0)
    assert answer.status_code == 413 and "512 KiB" in answer.text
    assert "content-security-policy" in answer.headers


def test_the_static_folder_ends_at_its_walls(ana: Editor) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fcli.py"):
        assert ana.get(path).status_code == 404
