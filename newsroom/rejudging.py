"""Judging anew what the pages of stored articles say since they changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newsdesk.anew import ToJudge
from newsdesk.errors import NotFound
from newsdesk.judging import JudgedArticle
from storage.anew import SqlRenewals

log = logging.getLogger(__name__)

JudgeAnew = Callable[[ToJudge], JudgedArticle]


@dataclass(frozen=True)
class Rejudged:
    """How many changed pages were judged anew, how many of them got another label, and how many could not be judged."""

    judged: int = 0
    relabelled: int = 0
    failed: int = 0


class RejudgingRoom:
    """Judges newer versions, each in a transaction of its own. ``judge`` raises NotFound where nothing is known of the outlet any
    more; such an article keeps the judgement it has."""

    def __init__(self, book: SqlRenewals, judge: JudgeAnew) -> None:
        self._book = book
        self._judge = judge
        self._stop = threading.Event()
        self._left: set[tuple[int, int]] = set()

    def stop(self) -> None:
        """Let what is under way end with the article it is at; the rest is judged when newsdesk runs again."""
        self._stop.set()

    def judge_changed(self, now: datetime) -> Rejudged:
        """Judge every page that changed and was not judged since; repeating it changes nothing more."""
        before = len(self._left)
        ends: list[bool] = []
        for which in self._book.unjudged(now):
            if self._stop.is_set():
                break
            if which not in self._left:
                ends += self._judged(which, now)
        return Rejudged(len(ends), sum(ends), len(self._left) - before)

    def _judged(self, which: tuple[int, int], now: datetime) -> list[bool]:
        """Whether it got another label; empty where it was not judged."""
        try:
            asked = self._book.to_judge(*which)
            relabelled = self._book.rejudge(asked, self._judge(asked), now)
        except NotFound:
            self._left.add(which)
            return []
        except Exception:  # one page that cannot be judged must not keep the others from it
            log.exception("Version %d of article %d cannot be judged and keeps the older judgement; please report it", which[1], which[0])
            self._left.add(which)
            return []
        if relabelled:
            log.warning("The page of article %d changed, and its label with it; see newsdesk versions %d", which[0], which[0])
        return [] if relabelled is None else [relabelled]
