"""The ranking at work: learning from what the desk decided, putting the queue in order, taking in past editions."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsdesk.errors import NewsdeskError
from newsdesk.learned import WATCH_LIST, Learned, ModelRecord, PastEntry, RankedStory, is_due, too_few
from newsdesk.meaning import Encoder, open_encoder
from newsdesk.ranking import Model, Rank, cold_rank
from newsdesk.teaching import Lessons, examples_of, rank_all
from newsdesk.watchlist import Matcher
from storage.ranking import SqlRankingBook

log = logging.getLogger(__name__)

DAEMON = "newsdesk"  # who trains by itself
MOST_DECISIONS, MOST_BACKGROUND = 3000, 600  # what a training reads: the newest
AT_ONCE = 200  # candidates ranked in one go
WRITTEN_AT_ONCE = 25  # of them, so that a stop waits for a fraction of a second
SHORTEST_ENTRY = 20  # characters


@dataclass(frozen=True)
class Known:
    """What the ranking needs of the configuration in force: the watch-list, and names of sections and outlets by id."""

    matcher: Matcher
    sections: Mapping[str, str]
    outlets: Mapping[str, str]

    def names(self) -> Mapping[str, str]:
        """Features in words."""
        named = {concept.id: concept.name for concept in self.matcher.concepts.values()}
        named |= {f"section:{section_id}": name for section_id, name in self.sections.items()}
        return named | {f"outlet:{outlet_id}": name for outlet_id, name in self.outlets.items()}


class UnreadableEntries(NewsdeskError):
    """A file of past entries cannot be read."""


class Stopped(NewsdeskError):
    """A training was broken off, because newsdesk stops."""


class RankingRoom:
    """The ranking of a workspace. ``known`` gives the configuration in force."""

    def __init__(self, book: SqlRankingBook, known: Callable[[], Known]) -> None:
        self.book = book
        self._known = known
        self._stop = threading.Event()

    def stop(self) -> None:
        """Let what is under way end soon: a ranking with the few candidates it is at, a training with nothing kept."""
        self._stop.set()

    def _may_go_on(self) -> None:
        if self._stop.is_set():
            raise Stopped("The training was broken off, because newsdesk stops.")

    def train(self, by: str, now: datetime) -> tuple[Learned, ModelRecord | None]:
        """Learn from everything the desk keeps, and keep what came of it; its model ranks from now on where it passed its
        check. The record is None where there is too little to learn from. Raises Stopped."""
        lessons = Lessons(self.book.decided(MOST_DECISIONS), self.book.past(), self.book.background(MOST_BACKGROUND, now))
        lacking = too_few(*lessons.counts())
        if lacking is not None:  # before anything is read for its meaning
            return Learned(None, None, False, lacking), None
        from newsdesk.learning import learn  # scikit-learn: a second to import, which only who trains should pay

        encoder = open_encoder()
        version, champion = self._champion()
        trained_at = {record.version: record.trained_at for record in self.book.records()}
        comparable = champion if champion is not None and champion.encoder == encoder.name else None
        examples = examples_of(lessons, self._known().matcher, encoder, may_go_on=self._may_go_on)
        learned = learn(examples, encoder.name, comparable, trained_at.get(version), may_go_on=self._may_go_on)
        if learned.model is None:
            return learned, None
        return learned, self.book.keep(learned, self.book.lessons(), by, now)

    def train_if_due(self, now: datetime) -> ModelRecord | None:
        """Train where enough was decided since the last time; says None where it is too early or there is too little."""
        last = next(iter(self.book.records(1)), None)
        if not is_due(self.book.lessons(), last.lessons if last else 0, last.trained_at if last else None, now):
            return None
        try:
            return self.train(DAEMON, now)[1]
        except Stopped as stopped:
            log.info("%s", stopped)
            return None

    def rank_waiting(self, limit: int = AT_ONCE) -> int:
        """Rank candidates that the version in force has not ranked as they stand now; returns how many were looked at."""
        version, model = self.book.current()
        stories = self.book.unranked(version, limit)
        encoder = open_encoder(model.encoder) if stories and model is not None else None
        for start in range(0, len(stories), WRITTEN_AT_ONCE):
            if self._stop.is_set():
                return start
            self.book.write_ranks(self._ranked(stories[start : start + WRITTEN_AT_ONCE], model, encoder), version)
        return len(stories)

    def _ranked(self, stories: Sequence[RankedStory], model: Model | None, encoder: Encoder | None) -> list[tuple[RankedStory, Rank]]:
        """Their ranks; one that cannot be ranked stands where the watch-list puts it."""
        try:
            return list(rank_all(stories, model, encoder, self._known().names()))
        except Exception:  # one that cannot be ranked must not keep all the others from being ranked, for good
            if len(stories) > 1:
                return [ranked for story in stories for ranked in self._ranked([story], model, encoder)]
            log.exception("Candidate %d cannot be ranked and stands where the watch-list puts it; report it", stories[0].candidate_id)
            return [(stories[0], cold_rank(stories[0].score))]

    def rank_all(self) -> int:
        """Rank everything that waits; returns how many."""
        total = 0
        while (ranked := self.rank_waiting()) > 0:
            total += ranked
            if ranked < AT_ONCE:
                break
        return total

    def use(self, version: int, by: str, why: str, now: datetime) -> None:
        """Let a version rank from now on, 0 being the watch-list alone. Raises NotFound."""
        self.book.choose(version, by, why, now)

    def _champion(self) -> tuple[int, Model | None]:
        """The version in force; one that cannot be read counts as the watch-list, and a new one takes its place."""
        try:
            return self.book.current()
        except NewsdeskError as error:
            log.warning("The ranking in force is set aside while a new one is trained. %s", error)
            return WATCH_LIST, None


def read_past(path: Path) -> Sequence[PastEntry]:
    """The entries of a past edition: a JSON object a line (``text``, and what is known of ``language``, ``outlet``,
    ``section``, ``edition``), or a report a line of plain text.

    Raises UnreadableEntries, naming file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableEntries(f"{path} cannot be read: {error}. Give a file of text in UTF-8.") from error
    entries = [_entry(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not entries:
        raise UnreadableEntries(f"{path} holds no entry: give a report a line, or a JSON object with a text a line.")
    return entries


def _entry(line: str, path: Path, number: int) -> PastEntry:
    if not line.lstrip().startswith("{"):
        return _checked(PastEntry(line.strip()), path, number)
    try:
        plain = json.loads(line)
    except ValueError as error:
        raise UnreadableEntries(f"{path}, line {number}: not JSON ({error}).") from error
    return _checked(
        PastEntry(
            text=str(plain.get("text") or "").strip(),
            language=_said(plain, "language"),
            outlet=_said(plain, "outlet"),
            section=_said(plain, "section"),
            edition=_said(plain, "edition"),
        ),
        path,
        number,
    )


def _said(plain: Mapping[str, Any], name: str) -> str | None:
    value = plain.get(name)
    return value.strip() if isinstance(value, str) and value.strip() else None


def _checked(entry: PastEntry, path: Path, number: int) -> PastEntry:
    if len(entry.text) < SHORTEST_ENTRY:
        raise UnreadableEntries(f"{path}, line {number}: a report of at least {SHORTEST_ENTRY} characters was expected.")
    return entry
