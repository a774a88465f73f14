"""Several sources announce one address: it does not matter which of them spoke first."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from functools import reduce
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.hints import may_change_publication, publication_told, with_hints_of
from newsdesk.links import Announcement
from newsdesk.moments import Hint, Hinted, Moment, Precision

EVENING = datetime(2026, 11, 20, 22, 30, tzinfo=timezone(timedelta(hours=-4)))
KINDS = (Hint.FEED, Hint.SITEMAP, Hint.SECTION_PAGE)


def said(kind: Hint, published: Moment | None, **what: object) -> Announcement:
    return Announcement("https://a.example/1", kind, published=published, **what)  # type: ignore[arg-type]


moments = st.one_of(
    st.dates(date(1980, 1, 1), date(2026, 12, 31)).map(Moment.of_day),
    st.datetimes(datetime(1980, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)).map(Moment.of_instant),  # noqa: DTZ001
)
announcements = st.builds(said, st.sampled_from(KINDS), st.none() | moments)


@given(st.lists(announcements, min_size=1, max_size=4))
def test_every_order_gives_the_same_publication(heard: list[Announcement]) -> None:
    told = {publication_told(reduce(with_hints_of, order)) for order in itertools.permutations(heard)}
    assert len(told) == 1


@given(announcements, announcements)
def test_hearing_it_again_changes_nothing(one: Announcement, other: Announcement) -> None:
    both = with_hints_of(one, other)
    assert with_hints_of(both, one) == both and with_hints_of(both, other) == both


def test_a_feed_goes_before_a_sitemap_and_says_so() -> None:
    sitemap, feed = Moment.of_instant(EVENING + timedelta(hours=5)), Moment.of_instant(EVENING)
    after = with_hints_of(said(Hint.SITEMAP, sitemap, title="Of the sitemap"), said(Hint.FEED, feed, title="Of the feed"))
    assert (after.published, after.published_by, after.title) == (feed, Hint.FEED, "Of the sitemap")
    assert with_hints_of(said(Hint.FEED, feed), said(Hint.SITEMAP, sitemap)).published_by is None


def test_a_feed_that_moves_an_entry_with_each_change_does_not_move_its_day() -> None:
    first = said(Hint.FEED, Moment.of_instant(EVENING))
    assert with_hints_of(first, said(Hint.FEED, Moment.of_instant(EVENING + timedelta(days=1)))) == first


def test_an_hour_goes_before_a_bare_day_and_a_sound_clock_before_an_unset_one() -> None:
    hour, day = Moment.of_instant(EVENING), Moment.of_day(date(2026, 11, 19))
    assert with_hints_of(said(Hint.FEED, day), said(Hint.FEED, hour)).published == hour
    assert with_hints_of(said(Hint.FEED, Moment.of_day(date(1981, 1, 1))), said(Hint.SITEMAP, day)).published == day


CARACAS = ZoneInfo("America/Caracas")
AT_NIGHT = Moment.of_instant(datetime(2026, 11, 21, 2, 30, tzinfo=UTC))  # still the 20th in Caracas
BY_THE_PAGE = Hinted(Moment(AT_NIGHT.at, date(2026, 11, 20), Precision.SECOND, 0), Hint.JSON_LD)


@pytest.mark.parametrize(
    ("published", "told", "zone", "expected"),
    [
        (BY_THE_PAGE, said(Hint.FEED, None), CARACAS, False),
        (None, said(Hint.SITEMAP, AT_NIGHT), CARACAS, True),
        (BY_THE_PAGE, said(Hint.FEED, AT_NIGHT), CARACAS, False),
        (BY_THE_PAGE, said(Hint.FEED, AT_NIGHT), None, True),
        (BY_THE_PAGE, said(Hint.SITEMAP, Moment.of_day(date(2026, 11, 1))), CARACAS, False),
        (BY_THE_PAGE, said(Hint.SITEMAP, Moment.of_day(date(2026, 11, 1)), published_by=Hint.FEED), CARACAS, True),
        (Hinted(AT_NIGHT, Hint.SITEMAP), said(Hint.FEED, Moment.of_instant(EVENING)), CARACAS, True),
    ],
)
def test_a_page_is_read_again_only_where_its_day_may_change(
    published: Hinted[Moment] | None, told: Announcement, zone: ZoneInfo | None, expected: bool
) -> None:
    assert may_change_publication(published, told, zone) is expected
