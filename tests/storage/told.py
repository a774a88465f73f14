"""Tellings made for tests: their meaning is an angle on the axis of a numbered event, and they are compared by that alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from newsdesk.meaning import Vectors
from newsdesk.ports import ReadPage
from newsdesk.telling import Sameness, Telling, Verdict, tell
from storage.database import Database
from storage.storybook import SqlStoryBook
from tests.storage.made import NOW, Desk, judged, snapshot

WIDTH = 32


class NoEncoder:
    """An encoder to which everything means nothing."""

    def __init__(self, name: str = "made") -> None:
        self.name, self.width, self.opening = name, WIDTH, 60

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), WIDTH), dtype=np.float32)


def telling(event: int, off: float, day: date | None, encoder: str = "made") -> Telling:
    """A telling near the axis of an event, ``off`` (an angle in radians) away from it."""
    row = np.zeros(WIDTH, dtype=np.float32)
    row[2 * event], row[2 * event + 1] = np.cos(off), np.sin(off)
    return replace(tell("", None, "", "es", day, NoEncoder(encoder)), meaning=np.stack([row, row]))


def by_closeness(one: Telling, many: Sequence[Telling]) -> list[Sameness]:
    """Surely the same from a cosine of .75, perhaps from .5. Raises ValueError for tellings of two encoders, as the rule does."""
    if any(other.encoder != one.encoder for other in many):
        raise ValueError("tellings of two encoders")
    return [_sameness(float((one.meaning * other.meaning).sum(axis=1).mean())) for other in many]


def _sameness(closeness: float) -> Sameness:
    verdict = Verdict.SAME if closeness >= 0.75 else Verdict.PERHAPS if closeness >= 0.5 else Verdict.OTHER
    return Sameness(verdict, max(closeness, 0.0), closeness, f"Their meanings are {closeness:.0%} close.")


class StoryRoom(Desk):
    """A desk whose articles tell events by number; the text of each is its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.book = SqlStoryBook(database)
        self.count = 0

    def page(self, event: int | None, off: float = 0.0, host: str = "a.example", encoder: str = "made", **what: Any) -> ReadPage:
        self.count += 1
        number = self.count
        made = judged(number, host, **{"text": f"Palabra{number} es la primera de este texto.", **what})
        day = made.article.published.value.on if made.article.published else None
        told = None if event is None else telling(event, off, day, encoder)
        return ReadPage(self.link(number, host).id, replace(made, telling=told), snapshot(number, host))

    def report(self, event: int | None, off: float = 0.0, host: str = "a.example", **what: Any):  # type: ignore[no-untyped-def]
        (stored,) = self.shelf.store_many([self.page(event, off, host, **what)], NOW)
        return stored

    def stories(self, *stored: Any) -> list[int]:
        return [self.shelf.article(one.article_id).story_id for one in stored]
