"""Telling stored articles anew after the rules or the encoder changed, in the background, so that new reports find them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from newsdesk.anew import Retold, ToTell, told_of
from newsdesk.meaning import Encoder, open_encoder
from newsdesk.telling import Telling
from storage.anew import SqlRenewals
from storage.tellings import kind_now

log = logging.getLogger(__name__)

AT_ONCE = 16  # about a tenth of a second of encoder, and a transaction of some milliseconds


class RetellingRoom:
    """Tells anew what the present rules cannot compare. What is done is kept after every few articles, so that a process that is
    killed loses nothing and the next one goes on."""

    def __init__(self, book: SqlRenewals, clock: Callable[[], datetime], encoder: Callable[[], Encoder] = open_encoder) -> None:
        self._book = book
        self._clock = clock
        self._encoder = encoder
        self._stop = threading.Event()
        self._failed: set[int] = set()

    def stop(self) -> None:
        """Let what is under way end with the few articles it is at."""
        self._stop.set()

    def untold(self, now: datetime, *, everything: bool = False) -> list[int]:
        """Ids of what is to be told anew, stored last first, without those that could not be told before."""
        found = self._book.untold(kind_now(self._encoder().name), now, everything=everything)
        return [article_id for article_id in found if article_id not in self._failed]

    def tell_anew(self, now: datetime, *, everything: bool = False) -> Retold:
        """Tell until nothing is left, using half of a core at most: other work of the desk comes first."""
        return self.tell(self.untold(now, everything=everything), gently=True)

    def tell(self, article_ids: Sequence[int], *, gently: bool = False, step: Callable[[int], None] = lambda _: None) -> Retold:
        """Tell these articles; ``step`` is told how many more are done, ``gently`` rests between them."""
        told = done = 0
        failed_before, last_before = len(self._failed), self._book.last_stored()
        while done < len(article_ids) and not self._stop.is_set():
            began = time.monotonic()
            some = article_ids[done : done + AT_ONCE]
            told += self._book.retell(self._told(self._book.to_tell(some)))
            done += len(some)
            step(len(some))
            if gently:
                self._stop.wait(time.monotonic() - began)
        suggested = self._suggest(last_before) if told and done >= len(article_ids) else 0
        return Retold(told, len(self._failed) - failed_before, max(0, len(article_ids) - done), suggested)

    def _suggest(self, last_before: int) -> int:
        """What was stored meanwhile could not be compared with what was told only after it: editors are shown what may belong
        together."""
        came, suggested = self._book.told_after(last_before, kind_now(self._encoder().name)), 0
        for start in range(0, len(came), AT_ONCE):
            if not self._stop.is_set():
                suggested += self._book.suggest(came[start : start + AT_ONCE], self._clock())
        return suggested

    def _told(self, some: Sequence[ToTell]) -> list[tuple[ToTell, Telling]]:
        """Their tellings; one that cannot be told costs only itself."""
        try:
            return list(zip(some, told_of(some, self._encoder()), strict=True))
        except Exception:  # one that cannot be told must not keep all the others from being found
            if len(some) > 1:
                return [pair for one in some for pair in self._told([one])]
            log.exception("Article %d cannot be told anew and is not compared with new reports; please report it", some[0].article_id)
            self._failed.add(some[0].article_id)
            return []
