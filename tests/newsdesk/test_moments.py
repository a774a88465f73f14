"""A moment keeps its offset and its day: the wrong month at the edge is fatal for a monthly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.moments import Moment, Precision

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1), timezones=OFFSETS).map(lambda at: at.replace(microsecond=0, fold=0))  # noqa: DTZ001


@given(INSTANTS)
def test_an_instant_survives_its_own_spelling(stated: datetime) -> None:
    moment = Moment.of_instant(stated)
    assert datetime.fromisoformat(moment.isoformat()) == stated
    assert moment.isoformat() == stated.isoformat()
    assert moment.at.utcoffset() == timedelta(0)
    assert moment.on == stated.date()


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_day_stays_a_day(day: date) -> None:
    moment = Moment.of_day(day)
    assert moment.on == day
    assert moment.isoformat() == day.isoformat()
    assert moment.precision is Precision.DAY
    assert moment.offset_minutes is None


def test_a_caracas_evening_at_the_months_edge_keeps_its_month() -> None:
    moment = Moment.of_instant(datetime(2026, 10, 31, 21, 30, tzinfo=timezone(timedelta(hours=-4))))
    assert moment.on == date(2026, 10, 31)
    assert moment.at == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
    assert moment.offset_minutes == -240


def test_naive_and_foreign_datetimes_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Moment.of_instant(datetime(2026, 11, 1))  # noqa: DTZ001
    for wrong in (datetime(2026, 11, 1), datetime(2026, 11, 1, tzinfo=timezone(timedelta(hours=1)))):  # noqa: DTZ001
        with pytest.raises(ValueError, match="UTC"):
            Moment(wrong, date(2026, 11, 1), Precision.SECOND)
