"""Polls on their way into the book: those that end within a moment, or while a batch is being written, go in together.

A commit waits for the disk; a thousand sources that answer 304 would wait a thousand times. Nothing is told to be kept before
it is: each caller waits for the transaction that holds its poll.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from newsdesk.polling import NextPoll
from newsdesk.sources import PollEnd

Told = tuple[PollEnd, NextPoll]
GATHER_SECONDS = 0.03


class PollRecorder:
    """Writes polls in batches of whatever has gathered; ``write`` takes a batch and raises where it could not be kept."""

    def __init__(self, write: Callable[[Sequence[Told]], Awaitable[None]]) -> None:
        self._write = write
        self._gathered: list[tuple[Told, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, end: PollEnd, then: NextPoll) -> None:
        """Keep one poll. Raises what writing it raised."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append(((end, then), kept))
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write_gathered())
        await kept

    async def _write_gathered(self) -> None:
        try:
            while self._gathered:
                await asyncio.sleep(GATHER_SECONDS)
                batch, self._gathered = self._gathered, []
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: Sequence[tuple[Told, asyncio.Future[None]]]) -> None:
        """All in one transaction; where that fails, each alone, so that one that is refused does not cost the others."""
        try:
            await self._write([told for told, _ in batch])
        except Exception as error:  # noqa: BLE001 - told to those who wait
            if len(batch) == 1:
                _settle(batch[0][1], error)
                return
            for one in batch:
                await self._write_batch([one])
            return
        for _, kept in batch:
            _settle(kept, None)


def _settle(kept: asyncio.Future[None], error: Exception | None) -> None:
    if kept.done():
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)
