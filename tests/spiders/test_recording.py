"""Polls that end together are written together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from newsdesk.errors import NotFound
from newsdesk.links import PollOutcome
from newsdesk.polling import NextPoll
from newsdesk.sources import PollEnd
from spiders.recording import Gathering, PollRecorder, Told

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def poll(name: str) -> Told:
    return PollEnd(name, PollOutcome.READ, "", NOW), NextPoll(NOW, 3600, "", 0.0, None, True)


class Slow:
    """Writes batches, refusing those that hold a bad poll; each takes a while."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.began = asyncio.Event()

    async def write(self, told: Sequence[Told]) -> None:
        names = [end.source_id for end, _ in told]
        self.batches.append(names)
        self.began.set()
        await asyncio.sleep(0.01)
        if "bad" in names:
            raise NotFound("no source bad")


def test_what_gathers_meanwhile_is_one_batch_and_each_waits_for_its_own() -> None:
    async def play() -> list[list[str]]:
        slow = Slow()
        recorder = PollRecorder(slow.write)
        first = asyncio.ensure_future(recorder.record(*poll("first")))
        await slow.began.wait()
        rest = [asyncio.ensure_future(recorder.record(*poll(str(number)))) for number in range(50)]
        await first
        assert not any(one.done() for one in rest), "nothing is told to be kept before it is"
        await asyncio.gather(*rest)
        await recorder.record(*poll("last"))
        return slow.batches

    assert asyncio.run(play()) == [["first"], [str(number) for number in range(50)], ["last"]]


def test_a_refused_poll_does_not_cost_the_others() -> None:
    async def play() -> None:
        slow = Slow()
        recorder = PollRecorder(slow.write)
        ends = await asyncio.gather(*(recorder.record(*poll(name)) for name in ("one", "bad", "two")), return_exceptions=True)
        assert [type(end) for end in ends] == [type(None), NotFound, type(None)]
        assert slow.batches[-3:] == [["one"], ["bad"], ["two"]]
        with pytest.raises(NotFound):
            await recorder.record(*poll("bad"))

    asyncio.run(play())


def test_each_is_told_what_became_of_it_and_a_full_batch_does_not_wait() -> None:
    batches: list[list[int]] = []

    async def write(numbers: Sequence[int]) -> Sequence[int]:
        batches.append(list(numbers))
        return [number * number for number in numbers]

    async def play() -> list[int]:
        gathering: Gathering[int, int] = Gathering(write, seconds=30.0, most=3)
        started = asyncio.get_running_loop().time()
        squares = await asyncio.gather(*(gathering.put(number) for number in range(6)))
        assert asyncio.get_running_loop().time() - started < 10
        return squares

    assert asyncio.run(play()) == [0, 1, 4, 9, 16, 25]
    assert batches == [[0, 1, 2], [3, 4, 5]]


class Kept:
    """Keeps batches of numbers at once."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    async def write(self, numbers: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(numbers))
        return numbers


def test_what_is_on_its_way_is_waited_for_and_nothing_else_is() -> None:
    async def play() -> None:
        kept = Kept()
        gathering = Gathering(kept.write, 60.0, announced=True)

        async def come(number: int, after_seconds: float) -> int:
            with gathering.coming():
                await asyncio.sleep(after_seconds)
            return await gathering.keep(number)

        async with asyncio.timeout(5):
            assert list(await asyncio.gather(come(1, 0.0), come(2, 0.02), come(3, 0.04))) == [1, 2, 3]
            assert kept.batches == [[1, 2, 3]]
            assert await gathering.keep(4) == 4

    asyncio.run(play())


def test_one_that_comes_to_nothing_keeps_nobody_waiting() -> None:
    async def play() -> None:
        kept = Kept()
        gathering = Gathering(kept.write, 60.0, announced=True)

        async def fail() -> None:
            with gathering.coming():
                await asyncio.sleep(0.02)
                raise ValueError

        async with asyncio.timeout(5):
            failing = asyncio.ensure_future(fail())
            await asyncio.sleep(0)
            assert await gathering.keep(1) == 1
            with pytest.raises(ValueError):
                await failing

    asyncio.run(play())


def test_nobody_waits_longer_than_the_seconds_for_what_takes_long() -> None:
    async def play() -> None:
        kept = Kept()
        gathering = Gathering(kept.write, 0.05, announced=True)
        async with asyncio.timeout(5):
            with gathering.coming():
                assert await gathering.keep(1) == 1

    asyncio.run(play())
