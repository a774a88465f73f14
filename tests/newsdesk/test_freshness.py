"""How long an answer says that it stays fresh."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.freshness import fresh_seconds

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DATE = ("Date", "Sun, 22 Nov 2026 12:00:00 GMT")
IN_AN_HOUR = ("Expires", "Sun, 22 Nov 2026 13:00:00 GMT")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        ([("cache-control", "max-age=600")], 600),
        ([("Cache-Control", "public, s-maxage=9999, max-age=600")], 600),
        ([("Cache-Control", "public"), ("Cache-Control", 'max-age="600"')], 600),
        ([("Cache-Control", "MAX-AGE=600, max-age=5")], 600),
        ([("Cache-Control", "max-age=600"), ("Age", "100")], 500),
        ([("Cache-Control", "max-age=600"), ("Age", "1000")], 0),
        ([("Cache-Control", "max-age=600, no-cache")], 0),
        ([("Cache-Control", "no-store")], 0),
        ([("Cache-Control", "private")], None),
        ([("Cache-Control", "max-age=a while")], 0),
        ([("Cache-Control", "max-age=99999999999999999999")], 10**9),
        ([DATE, IN_AN_HOUR], 3600),
        ([IN_AN_HOUR], 3600),
        ([DATE, IN_AN_HOUR, ("Cache-Control", "max-age=60")], 60),
        ([DATE, ("Expires", "0")], 0),
        ([DATE, ("Expires", "Sun, 22 Nov 2020 13:00:00 GMT")], 0),
        ([("Date", "yesterday"), IN_AN_HOUR], 3600),
        ([("Cache-Control", "stale-while-revalidate=30"), IN_AN_HOUR, DATE], 3600),
    ],
)
def test_the_headers_own_word(headers: list[tuple[str, str]], seconds: int | None) -> None:
    assert fresh_seconds(headers, NOW) == seconds


@given(st.lists(st.tuples(st.sampled_from(["Cache-Control", "Expires", "Date", "Age"]), st.text(max_size=60))))
def test_whatever_they_say_the_answer_is_a_bounded_number(headers: list[tuple[str, str]]) -> None:
    seconds = fresh_seconds(headers, NOW)
    assert seconds is None or 0 <= seconds <= 10**9
