"""Things on their way into the database: those that come within a moment, or while a batch is being written, go in together.

A commit waits for the disk, and what a transaction costs besides is more than what one line of it does; a thousand sources
that answer 304 would pay it a thousand times. Nothing is told to be kept before it is: each caller waits for the transaction
that holds its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from newsdesk.polling import NextPoll
from newsdesk.sources import PollEnd

T = TypeVar("T")
R = TypeVar("R")
Told = tuple[PollEnd, NextPoll]
GATHER_SECONDS = 0.03
MOST = 64  # a transaction keeps others from writing, and one that fails is done again piece by piece
_MOST_POLLS = 1000


class Gathering(Generic[T, R]):
    """Writes things in batches of whatever has gathered within ``seconds``, at most ``most``.

    ``write`` takes a batch, keeps all of it or none, returns what became of each, and raises where it could not be kept.
    Where all that comes is ``announced`` (``coming``), nothing waits once nothing more is on its way.
    """

    def __init__(
        self,
        write: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        seconds: float = GATHER_SECONDS,
        most: int = MOST,
        *,
        announced: bool = False,
    ) -> None:
        self._write = write
        self._seconds, self._most, self._announced = seconds, most, announced
        self._coming, self._none_coming = 0, asyncio.Event()
        self._gathered: list[tuple[T, asyncio.Future[R]]] = []
        self._writing: asyncio.Task[None] | None = None

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Inside, something is on its way that may have to be kept; what has gathered waits for it, as long as it waits at all."""
        self._coming += 1
        self._none_coming.clear()
        try:
            yield
        finally:
            self._coming -= 1
            if not self._coming:
                self._none_coming.set()

    async def keep(self, one: T) -> R:
        """Keep one thing; returns what became of it. Raises what writing it raised."""
        return await self.put(one)

    def put(self, one: T) -> asyncio.Future[R]:
        """As ``keep``, for callers who have something to do meanwhile and await the future later."""
        kept: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._gathered.append((one, kept))
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write_gathered())
        return kept

    async def _write_gathered(self) -> None:
        try:
            while self._gathered:
                if len(self._gathered) < self._most:
                    await self._wait_for_company()
                batch, self._gathered = self._gathered[: self._most], self._gathered[self._most :]
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _wait_for_company(self) -> None:
        if not self._announced:
            await asyncio.sleep(self._seconds)
        elif self._coming:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._none_coming.wait(), self._seconds)

    async def _write_batch(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        """All in one transaction; where that fails, each alone, so that one that is refused does not cost the others."""
        try:
            results = await self._write([one for one, _ in batch])
        except Exception as error:  # noqa: BLE001 - told to those who wait
            if len(batch) == 1:
                _refuse(batch[0][1], error)
                return
            for one in batch:
                await self._write_batch([one])
            return
        for (_, kept), result in zip(batch, results, strict=True):
            if not kept.done():
                kept.set_result(result)


class PollRecorder:
    """Writes polls in batches; ``write`` takes a batch and raises where it could not be kept."""

    def __init__(self, write: Callable[[Sequence[Told]], Awaitable[None]]) -> None:
        self._write = write
        self._polls: Gathering[Told, None] = Gathering(self._write_batch, most=_MOST_POLLS)

    async def record(self, end: PollEnd, then: NextPoll) -> None:
        """Keep one poll. Raises what writing it raised."""
        await self._polls.keep((end, then))

    async def _write_batch(self, told: Sequence[Told]) -> Sequence[None]:
        await self._write(told)
        return [None] * len(told)


def _refuse(kept: asyncio.Future[R], error: Exception) -> None:
    if not kept.done():
        kept.set_exception(error)
