"""``newsdesk health`` and the daemon's look, on a workspace's own database."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

import scheduler
from newsdesk.links import PollOutcome
from newsdesk.polling import after_poll
from newsdesk.sources import PollEnd
from tests.desk.desks import Desk, desk_in, outlet_at, today


def poll(newsroom: scheduler.Newsroom, at: datetime, new: int) -> None:
    end = PollEnd("casa/feed", PollOutcome.READ if new else PollOutcome.EMPTY, "", at, 200, announced=new, new=new)
    newsroom.book.record_poll(end, after_poll(newsroom.book.state("casa/feed"), end, at))


@pytest.fixture
def silent(tmp_path: Path) -> Desk:
    """Twelve entries a day for three weeks, then four days without."""
    desk = desk_in(tmp_path / "desk", [outlet_at("127.0.0.1:9", "casa", feed="/feed.xml")])
    with scheduler.open_newsroom(desk.home) as newsroom:
        for ago in range(25, -1, -1):
            poll(newsroom, today() - timedelta(days=ago), 12 if ago > 4 else 0)
    return desk


def test_it_says_what_is_the_matter_and_then_what_is_fixed(silent: Desk) -> None:
    (row,) = silent.ask("health", "--json", code=1).rows
    assert (row["subject"], row["state"], row["new"], row["fixed"]) == ("source:casa/feed", "silence", True, False)
    assert row["since"][:10] == (today() - timedelta(days=4)).date().isoformat()
    assert "casa/feed: silence since" in silent.ask("health", code=1).out
    with scheduler.open_newsroom(silent.home) as newsroom:
        poll(newsroom, today(), 9)
    assert silent.ask("health").out == "source:casa/feed: silence is fixed.\nNothing is the matter.\n"


def test_the_daemon_logs_one_message(silent: Desk, caplog: pytest.LogCaptureFixture) -> None:
    nothing = cast(Any, None)
    with scheduler.open_newsroom(silent.home) as newsroom, caplog.at_level(logging.WARNING):
        daemon = scheduler.Daemon(newsroom, nothing, nothing, nothing)
        asyncio.run(daemon.look_at_health())
        asyncio.run(daemon.look_at_health())
    assert [record.message.splitlines()[1][:32] for record in caplog.records] == ["Look at: silence: casa/feed (Not"]
