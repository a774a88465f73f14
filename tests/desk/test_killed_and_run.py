"""Kill -9 in the middle of a round, and the daemon's life: start, refusal of a second, stop, changed configuration."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo.server import DemoWeb
from demo.sites import SOURCE_PATHS
from tests.crawler.servers import Server, serving, silence, whole
from tests.desk.desks import Desk, daemon, demo_desk, desk_in, get, outlet_at, stop, today, until
from tests.desk.pages import feed, page

KILLS = 5
ROUND_SECONDS = 3.0  # of a whole round here, from the start of its process


@pytest.fixture
def web() -> Iterator[DemoWeb]:
    with DemoWeb(today().date()) as served:
        yield served


def redirected_to(web: DemoWeb) -> set[str]:
    answers = (answer for outlet in web.outlets() for answer in web.answers(outlet.id).values())
    return {urlsplit(answer.location).path for answer in answers if answer.location}


def test_after_kill_9_at_random_moments_everything_ends_once(web: DemoWeb, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    desk = demo_desk(tmp_path / "desk", web)
    asked_before = 0
    for _ in range(KILLS):
        process = desk.started("collect", "--once", "--json")
        with process:
            until(lambda: len(web.log.asked) > asked_before or process.poll() is not None)  # noqa: B023  called at once
            time.sleep(chance.uniform(0.0, ROUND_SECONDS / 2))
            process.kill()
            process.communicate()
        asked_before = len(web.log.asked)
    last = desk.collect()
    assert last.summary["complete"] is True
    links = desk.rows("links")
    assert len({row["key"] for row in links}) == len(links)
    assert all(row["final"] for row in links), [row for row in links if not row["final"]]
    unkilled = demo_desk(tmp_path / "unkilled", web)
    wanted = Counter(row["outcome"] for row in unkilled.collect().links)
    assert Counter(row["outcome"] for row in links) == wanted
    articles = desk.rows("articles")
    assert len({row["key"] for row in articles}) == len(articles) == wanted["stored"]
    asked = Counter(web.home(page.outlet_id) + page.path for page in web.log.asked)
    archived = Counter(address for sort, address, _ in desk.warc_records() if sort in ("response", "revisit"))
    assert archived.keys() >= {row["address"] for row in articles}
    assert not archived - asked, "nothing is archived that was not asked"
    # What was on its way at a kill, or not yet in the ledger, is asked again; at most once a kill.
    others = {"/robots.txt", *SOURCE_PATHS.values()} | redirected_to(web)
    pages = {address: count for address, count in asked.items() if urlsplit(address).path not in others and "sitemap" not in address}
    assert max(pages.values()) <= 1 + KILLS
    for row in articles[:3]:
        assert "is identical" in desk.ask("snapshot", str(row["id"]), "--check").out


def test_the_daemon_collects_answers_refuses_a_second_and_stops(web: DemoWeb, tmp_path: Path) -> None:
    desk = demo_desk(tmp_path / "desk", web)
    with daemon(desk, tmp_path / "log", "--delay", "0") as (process, page_address):
        assert get(f"{page_address}/health/live")[0] == 200
        until(lambda: get(f"{page_address}/health/ready")[0] == 200)
        second = desk.ask("run", "--port", "0", code=1)
        assert str(process.pid) in second.err
        assert "newsdesk run" in second.err
        by_hand = desk.ask("collect", "--once", code=1)
        assert str(process.pid) in by_hand.err
        until(lambda: len(desk.rows("links")) > 80 and all(row["final"] for row in desk.rows("links")), 40)
        code, seconds = stop(process)
        assert code == 0, (tmp_path / "log").read_text()
        assert seconds < 10
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert web.log.violations() == []
    assert desk.collect().links == [], "the daemon left nothing behind"


@pytest.fixture
def slow_web() -> Iterator[Server]:
    """An outlet whose feed comes at once and whose pages never do."""
    with serving() as server:
        paths = [f"/slow/{number}" for number in range(20)]
        server.answers.update(dict.fromkeys(paths, silence))
        server.answers["/feed.xml"] = whole(feed(server.url, paths), kind="application/rss+xml")
        yield server


def test_sigterm_ends_within_ten_seconds_in_the_middle_of_slow_answers(slow_web: Server, tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at(slow_web.place, "slow", feed="/feed.xml")], [slow_web.place])
    with daemon(desk, tmp_path / "log", "--delay", "0") as (process, _):
        until(lambda: any(path.startswith("/slow/") for path in slow_web.paths()))
        code, seconds = stop(process)
    log = (tmp_path / "log").read_text()
    assert code == 0, log
    assert seconds < 10
    assert "Traceback" not in log
    assert len(desk.rows("links")) == 20
    assert all(row["outcome"] is None and row["attempts"] == 0 for row in desk.rows("links")), "an interruption is nobody's failure"


def test_sigterm_stops_a_round_by_hand_and_the_next_goes_on(slow_web: Server, tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at(slow_web.place, "slow", feed="/feed.xml")], [slow_web.place])
    with desk.started("collect", "--once") as process:
        until(lambda: any(path.startswith("/slow/") for path in slow_web.paths()))
        code, seconds = stop(process)
        assert (code, seconds < 10) == (130, True)
        _, err = process.communicate()
        assert "the next round goes on from here" in err
    slow_web.answers.update({f"/slow/{number}": whole(page(number)) for number in range(20)})
    assert desk.collect().summary["links"] == {"stored": 20}


def test_after_kill_9_the_daemon_starts_again_and_goes_on(slow_web: Server, tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "desk", [outlet_at(slow_web.place, "slow", feed="/feed.xml")], [slow_web.place])
    with daemon(desk, tmp_path / "first", "--delay", "0") as (process, _):
        until(lambda: any(path.startswith("/slow/") for path in slow_web.paths()))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    slow_web.answers.update({f"/slow/{number}": whole(page(number)) for number in range(20)})
    with daemon(desk, tmp_path / "second", "--delay", "0") as (process, _):
        until(lambda: len(desk.stored()) == 20, 30)
        assert stop(process)[0] == 0
    assert slow_web.paths().count("/feed.xml") == 1, "the poll was recorded before the kill"


@pytest.fixture
def short_tick(tmp_path: Path) -> Path:
    """The command with a daemon that looks about every second, instead of every twenty."""
    script = tmp_path / "impatient.py"
    script.write_text("import cli, scheduler\nscheduler.TICK_SECONDS = 1\ncli.main()\n", "utf-8")
    return script


def test_changed_outlets_are_taken_up_and_broken_ones_are_not(short_tick: Path, tmp_path: Path) -> None:
    with serving() as first, serving() as second:
        for server, number in ((first, 1), (second, 2)):
            server.answers["/feed.xml"] = whole(feed(server.url, [f"/{number}"]), kind="application/rss+xml")
            server.answers[f"/{number}"] = whole(page(number))
        desk = desk_in(tmp_path / "desk", [outlet_at(first.place, "first", feed="/feed.xml")], [first.place, second.place])
        with impatient(desk, short_tick, tmp_path / "log") as process:
            until(lambda: len(desk.stored()) == 1)
            file = desk.home / "config" / "outlets" / "first.yaml"
            good = file.read_text("utf-8")
            file.write_text(good + "colour: blue\n", "utf-8")
            until(lambda: "last good one stays in force" in (tmp_path / "log").read_text())
            assert "colour" in (tmp_path / "log").read_text()
            assert process.poll() is None
            file.write_text(good, "utf-8")
            other = good.replace(first.place, second.place).replace("id: first", "id: second").replace("first", "second")
            (file.parent / "second.yaml").write_text(other, "utf-8")
            until(lambda: len(desk.stored()) == 2)
            assert stop(process)[0] == 0


class impatient:
    """A daemon from the script, in the desk's workspace."""

    def __init__(self, desk: Desk, script: Path, log: Path) -> None:
        self.desk, self.script, self.log = desk, script, log

    def __enter__(self) -> subprocess.Popen[str]:
        self.process = self.desk.started("run", "--port", "0", "--delay", "0", log=self.log, program=[str(self.script)])
        return self.process

    def __exit__(self, *trouble: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def test_a_daemon_dead_for_six_hours_polls_each_source_once(short_tick: Path, web: DemoWeb, tmp_path: Path) -> None:
    desk = demo_desk(tmp_path / "desk", web)
    desk.collect()
    before = Counter((one.outlet_id, one.path) for one in web.log.asked)
    desk.past(hours=6)
    with impatient(desk, short_tick, tmp_path / "log") as process:
        wanted = len(web.outlets())

        def polled() -> Counter[tuple[str, str]]:
            now = Counter((one.outlet_id, one.path) for one in web.log.asked)
            return Counter({key: count for key, count in (now - before).items() if key[1] in SOURCE_PATHS.values()})

        until(lambda: len(polled()) == wanted)
        time.sleep(2.5)  # further looks at the clock
        assert set(polled().values()) == {1}
        assert stop(process)[0] == 0
