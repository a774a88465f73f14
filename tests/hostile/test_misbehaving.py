"""One round over more than a hundred servers that misbehave, all at once: each in its named outcome, nobody else harmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsdesk.links import Outcome
from tests.hostile.misbehaving import AROUND, KINDS, PAGE_TO_READ, PATH, TLS_NAMES, UNREACHABLE, Bad, Round, one_round

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    with one_round(tmp_path_factory.mktemp("misbehaving")) as done:
        yield done


def test_there_are_at_least_fifty_kinds() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 50


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_each_ends_once_in_a_named_outcome(day: Round, kind: Bad) -> None:
    end = day.end(day.servers[kind.name].url + PATH)
    assert (end["outcome"] or PAGE_TO_READ) in kind.ends, end
    assert "unforeseen" not in end.get("detail", "")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.around], ids=lambda kind: kind.id)
def test_the_same_servers_other_pages_come_through(day: Round, kind: Bad) -> None:
    assert [day.end(day.servers[kind.name].url + path)["outcome"] for path in AROUND] == [None, None]


@pytest.mark.parametrize("name", TLS_NAMES)
def test_each_oddity_of_tls_is_named(day: Round, name: str) -> None:
    end = day.end(day.tls[name])
    assert end["outcome"] in UNREACHABLE
    assert "unforeseen" not in end["detail"]


def test_time_memory_and_the_loop_are_bounded(day: Round) -> None:
    assert day.report["seconds"] < 60
    assert day.report["peak_bytes"] < 600 * MIB
    assert day.report["lag_seconds"] < 2.0


def test_nothing_private_was_read(day: Round) -> None:
    ends = [end for ends in day.report["results"].values() for end in ends]
    assert not any("root:" in str(end) for end in ends)
    assert {end["outcome"] for end in ends} <= {None, *(outcome.value for outcome in Outcome)}
