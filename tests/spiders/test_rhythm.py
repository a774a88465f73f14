"""What feeds state of when to ask for them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.links import Rhythm
from spiders.feeds import read_feed
from spiders.rhythm import rhythm_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "rhythm"),
    [
        ("", Rhythm()),
        ("<ttl>60</ttl>", Rhythm(ttl_seconds=3600)),
        ("<ttl> <![CDATA[ 60 ]]></ttl>", Rhythm(ttl_seconds=3600)),
        ("<ttl>0</ttl><ttl>9</ttl>", Rhythm()),
        ("<ttl>often</ttl>", Rhythm()),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n\t2\t</sy:updateFrequency>", Rhythm(update_seconds=1800)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", Rhythm(update_seconds=86_400)),
        ("<sy:updateFrequency>4</sy:updateFrequency>", Rhythm()),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Rhythm(update_seconds=86_400)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>77</hour></skipHours>", Rhythm(skip_hours=(0, 5))),
        ("<skipDays><day>Sunday</day><day>Monday</day><day>Never</day></skipDays>", Rhythm(skip_days=(0, 6))),
    ],
)
def test_the_head_states(head: str, rhythm: Rhythm) -> None:
    document = f"<rss><channel>{head}<item><title>ttl</title><ttl>1</ttl></item></channel></rss>"
    assert rhythm_of(document) == rhythm


def test_a_reading_carries_it() -> None:
    entry = "<item><title>Uno</title><link>https://a.example/1</link></item>"
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><ttl>30</ttl>{entry}</channel></rss>'.encode()
    reading = read_feed(body, (), "https://a.example/feed", NOW, 100)
    assert reading.rhythm == Rhythm(ttl_seconds=1800)
    assert len(reading.announcements) == 1


@given(st.text(alphabet="<>/ttlsyhourday:updatePeriod0123456789 ", max_size=500))
def test_nonsense_is_passed_over(text: str) -> None:
    rhythm = rhythm_of(text)
    assert all(0 <= hour < 24 for hour in rhythm.skip_hours)
    assert rhythm.ttl_seconds is None or rhythm.ttl_seconds > 0
