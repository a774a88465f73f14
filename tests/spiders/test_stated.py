"""Moments as strangers state them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.moments import Precision
from spiders.stated import moment_of


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("Fri, 20 Nov 2026 22:30:05 -0400", "2026-11-20T22:30:05-04:00"),
        ("20 Nov 26 22:30 GMT", "2026-11-20T22:30:00+00:00"),
        ("Fri, 20 Nov 2026 22:30:05 EST", "2026-11-20T22:30:05-05:00"),
        ("2026-11-20T22:30:05.123Z", "2026-11-20T22:30:05+00:00"),
        ("2026-11-20 22:30:05 -0300", "2026-11-20T22:30:05-03:00"),
        ("20261120T223005+0100", "2026-11-20T22:30:05+01:00"),
        ("Seg, 24 Set 2018 15:11:00 -0300", "2018-09-24T15:11:00-03:00"),
        ("vie, 20 nov 2026 09:15:00 -0400", "2026-11-20T09:15:00-04:00"),
        ("jeu., 20 août 2026 09:15:00 +0200", "2026-08-20T09:15:00+02:00"),
        ("20 de noviembre de 2026", "2026-11-20"),
        ("21 février 2026", "2026-02-21"),
        ("quarta-feira, 4 de março de 2026", "2026-03-04"),
        ("November 5, 2026 4:05 PM", "2026-11-05T16:05:00+00:00"),
        ("Sat, 21 Nov 2026 00:00:00 GMT", "2026-11-21"),
        ("2026-11-21T00:00:00Z", "2026-11-21"),
        ("2026-11-21", "2026-11-21"),
        ("25/12/2026 10:00", "2026-12-25T10:00:00+00:00"),
    ],
)
def test_it_says_what_was_stated(stated: str, said: str) -> None:
    moment = moment_of(stated)
    assert moment is not None
    assert moment.isoformat() == said


def test_a_local_midnight_is_an_instant_and_the_day_is_local() -> None:
    moment = moment_of("2026-12-01T00:00:00-04:00")
    assert moment is not None
    assert (moment.precision, moment.on.isoformat()) == (Precision.SECOND, "2026-12-01")
    late = moment_of("2026-11-30T23:30:00-04:00")
    assert late is not None
    assert (late.on.isoformat(), late.at.date().isoformat()) == ("2026-11-30", "2026-12-01")


def test_an_offset_nobody_stated_is_not_invented() -> None:
    for stated in ("2026-11-20T10:00:00", "Fri, 20 Nov 2026 10:00:00 -0000", "20 Nov 2026 10:00"):
        moment = moment_of(stated)
        assert moment is not None
        assert moment.offset_minutes is None


def test_figures_are_read_day_first_only_where_the_language_says_so() -> None:
    assert moment_of("03/04/2026") is None
    spanish = moment_of("03/04/2026", "es")
    assert spanish is not None
    assert spanish.on.isoformat() == "2026-04-03"


@pytest.mark.parametrize(
    "stated",
    [None, 7, "", "ayer", "32 Nov 2026", "2026-13-01", "1970-01-01T00:00:00Z", "2026-11", "9999-12-31T23:59:59-23:00", "²³ Nov 2026"],
)
def test_what_states_no_moment(stated: object) -> None:
    assert moment_of(stated) is None


@given(st.datetimes(datetime(1981, 1, 2), datetime(2068, 12, 30)), st.integers(-720, 720))  # noqa: DTZ001 - the zone is drawn beside
def test_rfc_822_and_iso_round_trip(naive: datetime, minutes: int) -> None:
    aware = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    for stated in (format_datetime(aware), aware.isoformat()):
        moment = moment_of(stated)
        assert moment is not None
        assert moment.on == aware.date()
        if moment.precision is Precision.SECOND:
            assert moment.at == aware.astimezone(UTC)


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(stated: str) -> None:
    moment_of(stated)
