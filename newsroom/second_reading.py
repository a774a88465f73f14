"""Reading again, in the background, what the first reading of stories is in doubt about and an editor would be asked."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.anew import ToTell, told_of
from newsdesk.meaning import Encoder, EncoderMissing
from newsdesk.rereading import Doubt, Reread, TwiceTold, read_stories_again
from newsdesk.telling import Verdict
from storage.doubts import SqlDoubts

log = logging.getLogger(__name__)

TAKEN_AT_ONCE = 20  # doubts, noted last first: what arrives meanwhile comes before what is older
KEPT = 512  # tellings in memory: an article is in doubt with several others (some 5 kB each)

ToTellOf = Callable[[Sequence[int]], Sequence[ToTell]]


@dataclass(frozen=True)
class SecondReadings:
    """What second readings came to: how many doubts were read, in how many of them two stories became one, how many suggestions
    were taken back, and how many could not be read."""

    read: int = 0
    joined: int = 0
    withdrawn: int = 0
    failed: int = 0

    @property
    def sentence(self) -> str:
        """For whoever asked."""
        if not (self.read or self.failed):
            return "Nothing is in doubt of what editors are asked."
        parts = [f"{self.read} in doubt read again: {self.joined} joined, {self.withdrawn} told apart, {self._left} left to the editors"]
        if self.failed:
            parts.append(f"{self.failed} could not be read (see the log)")
        return f"{'; '.join(parts)}."

    @property
    def _left(self) -> int:
        return self.read - self.joined - self.withdrawn


class SecondReadingRoom:
    """Reads doubts again one after the other, each kept in a transaction of its own. ``to_tell`` gives what is told of articles,
    ``first`` is the encoder of the first reading; without a ``second`` nothing is read."""

    def __init__(
        self,
        book: SqlDoubts,
        to_tell: ToTellOf,
        clock: Callable[[], datetime],
        first: Callable[[], Encoder],
        second: Callable[[], Encoder] | None,
    ) -> None:
        self._book = book
        self._to_tell = to_tell
        self._clock = clock
        self._first, self._second = first, second
        self._told: OrderedDict[int, TwiceTold] = OrderedDict()
        self._failed: set[int] = set()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let what is under way end with the doubt it is at; the rest is read when newsdesk runs again."""
        self._stop.set()

    def waiting(self) -> int:
        """How many doubts are to be read."""
        return self._book.count(self._clock()) if self._second is not None else 0

    def read_doubts(self, *, gently: bool = False, step: Callable[[int], None] = lambda _: None) -> SecondReadings:
        """Read until nothing is left in doubt; ``gently`` rests between them, so that half of a core is used at most.

        Raises EncoderMissing where the encoder is not installed.
        """
        ends: list[Reread | None] = []
        failed_before, joined = len(self._failed), 0
        while not self._stop.is_set() and (some := self._some()):
            for doubt in some:
                if self._stop.is_set():
                    break
                began = time.monotonic()
                reread = self._read(doubt)
                joined += reread is not None and self._book.settle(doubt, reread, self._clock())
                ends.append(reread)
                step(1)
                if gently:
                    self._stop.wait(time.monotonic() - began)
        read = [each for each in ends if each is not None]
        apart = sum(each.verdict is Verdict.OTHER for each in read)
        return SecondReadings(len(read), joined, apart, len(self._failed) - failed_before)

    def _some(self) -> list[Doubt]:
        if self._second is None:
            return []
        found = self._book.doubts(self._clock(), TAKEN_AT_ONCE + len(self._failed))
        return [doubt for doubt in found if doubt.noted not in self._failed]

    def _read(self, doubt: Doubt) -> Reread | None:
        try:
            return read_stories_again(self._tellings(doubt.ours), self._tellings(doubt.theirs))
        except EncoderMissing:
            raise
        except Exception:  # one that cannot be read must not keep the others from it
            log.exception("Articles %d and %d cannot be read again and stay a suggestion; please report it", doubt.ours[0], doubt.theirs[0])
            self._failed.add(doubt.noted)
            return None

    def _tellings(self, article_ids: Sequence[int]) -> list[TwiceTold]:
        """In the order of the ids; told once while they are kept in mind."""
        missing = [article_id for article_id in article_ids if article_id not in self._told]
        if missing and self._second is not None:
            some = self._to_tell(missing)
            for one, first, second in zip(some, told_of(some, self._first()), told_of(some, self._second()), strict=True):
                self._told[one.article_id] = TwiceTold(first, second)
        found = [self._told[article_id] for article_id in article_ids]
        while len(self._told) > KEPT:
            self._told.popitem(last=False)
        return found
