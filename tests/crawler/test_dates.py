"""Written dates: four languages, offsets, midnights, and what must never be guessed or raised."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import dates
from newsdesk.moments import Moment, Precision

FETCHED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CARACAS = ZoneInfo("America/Caracas")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Caracas, 3 de noviembre de 2020", date(2020, 11, 3)),
        ("martes 3 noviembre, 2020", date(2020, 11, 3)),
        ("Noviembre 3 de 2020", date(2020, 11, 3)),
        ("3 novembre 2020", date(2020, 11, 3)),
        ("Publié le 1er août 2020 à 10:15", date(2020, 8, 1)),
        ("3 nov. 2020, 14h30", date(2020, 11, 3)),
        ("Terça-feira, 3 de março de 2020", date(2020, 3, 3)),
        ("Seg, 24 Set 2018 10:00:00 -0300", date(2018, 9, 24)),
        ("November 3rd, 2020", date(2020, 11, 3)),
        ("Nov 3, 2020 5:07 pm EST", date(2020, 11, 3)),
        ("03/11/2020 às 14h30", date(2020, 11, 3)),
        ("23.11.2020", date(2020, 11, 23)),
        ("11/23/2020", date(2020, 11, 23)),
        ("2020-11-03T14:30:00.000Z", date(2020, 11, 3)),
        ("20201103T143000", date(2020, 11, 3)),
        ("1604413800", date(2020, 11, 3)),
        ("3 ноября 2020", date(2020, 11, 3)),
        ("2020年11月3日", date(2020, 11, 3)),
        ("Tue, 03 Nov 2020 14:30:00 GMT", date(2020, 11, 3)),
    ],
)
def test_a_written_day_is_read(written: str, day: date) -> None:
    stamp = dates.read_stamp(written)
    assert stamp is not None
    assert stamp.on == day


@pytest.mark.parametrize(
    "written", ["3 de noviembre", "hace 3 horas", "mayo 2020", "", "31 de febrero de 2020", "99/99/2020", "2020", "Marte 2020 3"]
)
def test_what_names_no_full_day_is_no_date(written: str) -> None:
    assert dates.read_stamp(written) is None


def test_day_and_month_follow_the_language() -> None:
    assert dates.read_stamp("03/11/2020", month_first=False).on == date(2020, 11, 3)  # type: ignore[union-attr]
    assert dates.read_stamp("03/11/2020", month_first=True).on == date(2020, 3, 11)  # type: ignore[union-attr]


def heard(written: str, zone: ZoneInfo | None = None) -> Moment:
    value = dates.read_moment(written, zone, FETCHED_AT)
    assert value is not None
    return value


def test_an_evening_in_caracas_is_printed_under_its_own_day() -> None:
    stated = "2020-12-01T02:30:00Z"
    assert heard(stated).on == date(2020, 12, 1)
    assert heard(stated, CARACAS).on == date(2020, 11, 30)
    assert heard(stated, CARACAS).at == datetime(2020, 12, 1, 2, 30, tzinfo=UTC)


def test_a_stated_offset_keeps_its_own_day_and_is_remembered() -> None:
    value = heard("2020-11-30T22:30:00-04:00", ZoneInfo("Europe/Moscow"))
    assert (value.on, value.offset_minutes, value.precision) == (date(2020, 11, 30), -240, Precision.SECOND)
    assert value.isoformat() == "2020-11-30T22:30:00-04:00"


@pytest.mark.parametrize("written", ["2020-11-03T00:00:00Z", "2020-11-03", "2020-11-03 00:00", "2020-11-03T00:00:00+00:00"])
def test_midnight_means_a_day_without_an_hour(written: str) -> None:
    assert heard(written, CARACAS) == Moment.of_day(date(2020, 11, 3))


def test_an_hour_without_offset_needs_the_outlets_time_zone() -> None:
    assert heard("3 nov. 2020, 14h30") == Moment.of_day(date(2020, 11, 3))
    assert heard("3 nov. 2020, 14h30", CARACAS).at == datetime(2020, 11, 3, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2026-11-24", "2099-01-01T00:00:00Z", "1994-12-31", "1970-01-01T00:00:00Z", "1399-08-13"])
def test_future_and_ancient_days_are_refused(written: str) -> None:
    assert dates.read_moment(written, None, FETCHED_AT) is None


def test_a_day_ahead_of_us_is_still_possible() -> None:
    assert dates.read_moment("2026-11-23T08:00:00+14:00", None, FETCHED_AT) is not None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2020/11/03/acuerdo/", date(2020, 11, 3)),
        ("https://a.example/nota/2020-11-3-acuerdo", date(2020, 11, 3)),
        ("https://a.example/mundo/20201103/acuerdo.html", date(2020, 11, 3)),
        ("https://a.example/2020/11/acuerdo/", None),
        ("https://a.example/id-2020110312345", None),
        ("https://a.example/2020/13/45/x", None),
        ("http://[", None),
    ],
)
def test_a_full_day_in_the_address(address: str, day: date | None) -> None:
    assert dates.day_in_address(address) == day


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_raise_or_leave_utc(written: str) -> None:
    value = dates.read_moment(written, CARACAS, FETCHED_AT)
    assert value is None or value.at.utcoffset() == timedelta(0)
    dates.day_in_address("https://a.example/" + written)


@given(
    st.datetimes(datetime(1995, 1, 2), datetime(2026, 11, 21)),  # noqa: DTZ001 - the offset is drawn below
    st.integers(-12 * 60, 14 * 60),
)
def test_an_iso_stamp_keeps_instant_offset_and_day(wall: datetime, offset_minutes: int) -> None:
    sign, minutes = "-" if offset_minutes < 0 else "+", abs(offset_minutes)
    wall = wall.replace(microsecond=0)
    value = dates.read_moment(f"{wall.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}", None, FETCHED_AT)
    assert value is not None
    assert value.on == wall.date()
    if value.precision is not Precision.DAY:
        assert value.at == (wall - timedelta(minutes=offset_minutes)).replace(tzinfo=UTC)
        assert value.offset_minutes == offset_minutes


@given(st.dates(date(1995, 1, 1), date(2026, 11, 21)), st.sampled_from([None, CARACAS, ZoneInfo("Asia/Tehran")]))
def test_a_spelled_day_round_trips_in_four_languages(day: date, zone: ZoneInfo | None) -> None:
    spanish = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    portuguese = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()
    french = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    english = "January February March April May June July August September October November December".split()
    month = day.month - 1
    for written in (
        f"{day.day} de {spanish[month]} de {day.year}",
        f"{day.day} de {portuguese[month]} de {day.year}",
        f"{day.day} {french[month]} {day.year}",
        f"{english[month]} {day.day}, {day.year}",
    ):
        assert dates.read_moment(written, zone, FETCHED_AT) == Moment.of_day(day)
