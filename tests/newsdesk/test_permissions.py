"""What we may do at a source: the host's answer and the registry's word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsdesk.outlets import Grade, Outlet, Source, SourceKind
from newsdesk.permissions import Denials, Robots, RobotsAnswer, permissions, robots_for, terms_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ORIGIN = "https://faro.example:443"
FEED = Source("faro/feed", "faro", SourceKind.FEED, "https://faro.example/feed.xml", Grade.A)


def outlet(**what: object) -> Outlet:
    values = {"id": "faro", "name": "Faro", "names": ("Faro",), "country": "VE", "languages": ("es",), "domains": ("faro.example",)}
    return Outlet(**{**values, "control": (), "sources": (FEED,), **what})  # type: ignore[arg-type]


def answer(*rules: tuple[bool, str], status: int | None = 200, cut: int = 0) -> RobotsAnswer:
    return RobotsAnswer(ORIGIN, NOW, status, rules=rules, rules_cut=cut)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, Robots.NOT_ASKED),
        (answer(), Robots.ALLOWED),
        (answer((False, "/")), Robots.DENIED),
        (answer((False, "/"), (True, "/feed")), Robots.ALLOWED),
        (answer((False, "/otra")), Robots.ALLOWED),
        (answer(status=404), Robots.NO_FILE),
        (RobotsAnswer(ORIGIN, NOW, None, "status 503"), Robots.UNREACHABLE),
        (answer((False, "/feed"), status=None), Robots.DENIED),
        (answer((True, "/feed"), cut=1), Robots.TOO_LONG),
    ],
)
def test_how_an_answer_stands_to_an_address(said: RobotsAnswer | None, expected: Robots) -> None:
    assert robots_for(FEED.url, said) is expected
    assert len(expected.sentence) > 20


def test_a_source_is_judged_by_its_own_origin() -> None:
    (one,) = permissions(
        outlet(), {ORIGIN: answer((False, "/feed")), "http://faro.example:80": answer()}, {"faro/feed": Denials("faro/feed", 3, NOW)}
    )
    assert (one.origin, one.robots, one.denied.count) == (ORIGIN, Robots.DENIED, 3)
    (one,) = permissions(outlet(), {"http://faro.example:80": answer()}, {})
    assert (one.robots, one.denied) == (Robots.NOT_ASKED, Denials("faro/feed", 0, None))


def test_what_the_registry_says_of_terms() -> None:
    assert terms_of(outlet(), FEED) is None
    assert terms_of(outlet(permission="by letter of 3 May"), FEED) == "permission: by letter of 3 May"
    assert terms_of(outlet(switched_off="terms: no robots"), FEED) == "switched off: terms: no robots"
