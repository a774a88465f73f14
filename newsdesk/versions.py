"""When an article's page is read again, what was found there, and what differs, word by word. Pure.

The shelf keeps the first text: it is what was joined to its story and perhaps cited. A later version stands beside it and
never replaces it (decision 8); what is judged of the article is judged of the newest (decision 21).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsdesk.articles import Article
from newsdesk.decisions import State
from newsdesk.links import Announcement, Outcome
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import Validators

STEPS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))  # after it was stored
WATCHED = frozenset({State.WAITING, State.HELD, State.ACCEPTED})  # how its story must stand before the editors
RETRY_STEP = timedelta(minutes=30)
MOST_TRIES = 3  # readings in a row that came to nothing before the next step is waited for


class Found(StrEnum):
    """What one reading of a page came to. ``sentence`` is for the editor."""

    NOT_MODIFIED = "not_modified"
    SAME_TEXT = "same_text"
    CHANGED = "changed"
    MISSING = "missing"
    NO_ARTICLE = "no_article"
    FAILED = "failed"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]

    @property
    def is_unchanged(self) -> bool:
        return self in (Found.NOT_MODIFIED, Found.SAME_TEXT)


_SENTENCES = {
    Found.NOT_MODIFIED: "The page has not changed (304).",
    Found.SAME_TEXT: "The page says the same as before.",
    Found.CHANGED: "The page has changed.",
    Found.MISSING: "The page is no longer there.",
    Found.NO_ARTICLE: "The page answers, but shows no article at present.",
    Found.FAILED: "The page could not be had.",
}


@dataclass(frozen=True)
class Reread:
    """A page to read again: the address and snapshot of the first reading, what to send with the request (None: the
    validators stand in that snapshot's headers), the digest of the last body, and the newest version's title and text."""

    article_id: int
    key: str
    outlet_id: str
    announcement: Announcement
    snapshot: SnapshotRef
    stored_at: datetime
    validators: Validators | None
    body_digest: str | None
    failures: int
    number: int
    title: str
    text: str
    extractor: str
    newest: SnapshotRef


@dataclass(frozen=True)
class Changes:
    """What distinguishes a version from the one before. ``material`` says whether an editor who cited the page should
    look again; ``figures`` are the numbers that were taken out and put in, where any were."""

    words_added: int
    words_removed: int
    title_changed: bool
    figures: tuple[str, ...]
    material: bool

    @property
    def summary(self) -> str:
        """The change in one sentence."""
        parts = ["The title changed"] if self.title_changed else []
        if self.words_added or self.words_removed:
            parts.append(f"{self.words_added} words added, {self.words_removed} removed")
        if self.figures:
            parts.append(f"figures changed ({', '.join(self.figures)})")
        sentence = "; ".join(parts) or "Only punctuation, capitals or the order of paragraphs changed"
        return sentence[:1].upper() + sentence[1:] + "."


@dataclass(frozen=True)
class ReadingEnd:
    """How one reading ended. ``article``, ``snapshot`` and ``changes`` are given for a new version; ``validators`` and
    ``body_digest`` where they are to be remembered."""

    article_id: int
    found: Found
    detail: str
    read_at: datetime
    status: int | None = None
    validators: Validators | None = None
    body_digest: str | None = None
    article: Article | None = None
    snapshot: SnapshotRef | None = None
    changes: Changes | None = None


@dataclass(frozen=True)
class ReadingLine:
    """A line of the log of readings."""

    article_id: int
    outlet_id: str
    found: Found
    status: int | None
    detail: str
    read_at: datetime


@dataclass(frozen=True)
class Version:
    """What a page said from ``read_at`` on. Number 1 is the text on the shelf, whose ``changes`` are None. ``judged_at`` is
    when it was judged anew, None where it was not (the first was judged when it was stored); ``news`` are sentences of what
    that changed, and ``relabels`` says whether another label is printed since."""

    number: int
    title: str
    text: str
    read_at: datetime
    snapshot: SnapshotRef
    changes: Changes | None
    judged_at: datetime | None = None
    news: Sequence[str] = ()
    relabels: bool = False


@dataclass(frozen=True)
class PageHistory:
    """An article's versions, first to newest, and every later look at its page, oldest first. ``missing_since`` is set
    while the page is gone; ``due_at`` is when it is read again if its story still stands before the editors."""

    article_id: int
    versions: Sequence[Version]
    readings: Sequence[ReadingLine]
    due_at: datetime | None
    missing_since: datetime | None

    def news_since(self, moment: datetime) -> str:
        """What an editor who decided at ``moment`` should know, empty where the page did not go or change materially."""
        changes = [(one.read_at, one.changes) for one in self.versions if one.changes]
        relabelled = [one.judged_at for one in self.versions if one.relabels and one.judged_at]
        return page_news(moment, self.missing_since, changes, relabelled)


def page_news(
    decided_at: datetime,
    missing_since: datetime | None,
    changes: Iterable[tuple[datetime, Changes]],
    relabelled: Iterable[datetime] = (),
) -> str:
    """What happened to a cited page since a decision, from when it went missing, when each change was read, and when a
    changed text gave it another label."""
    if missing_since is not None and missing_since > decided_at:
        return "The cited page is gone"
    if any(judged_at > decided_at for judged_at in relabelled):
        return "The cited page has changed since, and its label with it"
    changed = any(change.material and read_at > decided_at for read_at, change in changes)
    return "The cited page has changed since" if changed else ""


# --- when


@dataclass(frozen=True)
class NextReading:
    """When to read a page again (None: never again) and why, in words; ``failures`` is what to remember."""

    due_at: datetime | None
    reason: str
    failures: int = 0


def next_reading(stored_at: datetime, read_at: datetime, failures: int = 0) -> NextReading:
    """When a page is read again after its last reading at ``read_at`` (``stored_at`` where there was none).

    The steps count from the moment it was stored, and one reading answers every step that has passed: a desk that was off
    for a week reads each page once. A failed reading is repeated after half an hour, an hour, and then waits for the next
    step. Whether the story still stands before the editors is asked when the time has come (``WATCHED``).
    """
    step = next((stored_at + step for step in STEPS if stored_at + step > read_at), None)
    if 0 < failures < MOST_TRIES:
        again = read_at + RETRY_STEP * failures
        if step is None or again < step:
            return NextReading(again, f"the last reading failed; tried again, {failures} of {MOST_TRIES}", failures)
    if step is None:
        return NextReading(None, f"the last of {len(STEPS)} readings is done")
    return NextReading(step, f"{_span(step - stored_at)} after it was stored")


def _span(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return f"{hours} h" if hours < 24 else f"{hours // 24} d"


# --- what differs


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but blanks, line ends and the form of composed letters."""
    return _normal(one).split() == _normal(other).split()


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_WORD = re.compile(r"\w+(?:[.,:]\d+)*")


def _words(text: str) -> list[str]:
    """The words without case and punctuation; a number keeps its decimal signs."""
    return _WORD.findall(_normal(text).casefold())


FEW_WORDS = 10  # from so many words on, or this share of the text, a change is material
FEW_SHARE = 0.05


def changes_between(old_title: str, old_text: str, new_title: str, new_text: str) -> Changes:
    """What distinguishes a version from the one before.

    Material is another title, another figure, ten words, or a twentieth of the text; not a comma or a corrected letter.
    """
    old, new = Counter(_words(old_text)), Counter(_words(new_text))
    if old != new or _words(old_text) == _words(new_text):
        added, removed = (new - old).total(), (old - new).total()
    else:  # the same words in another order
        added = removed = sum(len(_words(piece.text)) for piece in difference(old_text, new_text) if piece.change is Change.ADDED)
    title_changed = _words(old_title) != _words(new_title)
    figures = (*_figures(old - new, "−"), *_figures(new - old, "+"))
    few = max(added, removed) < FEW_WORDS and max(added, removed) < FEW_SHARE * max(1, old.total())
    return Changes(added, removed, title_changed, figures, title_changed or bool(figures) or not few)


def _figures(words: Counter[str], sign: str) -> list[str]:
    return [f"{sign}{word}" for word in words if word[0].isdigit()][:8]


SHINGLE = 3


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's runs of three words that the other holds too, 0-1. Two reports in one language share
    most of their words, but hardly such runs."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1))}


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A stretch of a difference, white space included."""

    change: Change
    text: str


_TOKEN = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
_BUDGET = 300_000  # steps of comparison, about a quarter of a second; what is beyond is shown as replaced whole
_ISLAND = 2  # so few words kept between two changes are shown as changed too: they read better


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """A word-level difference: what is kept and removed spells ``old``, what is kept and added spells ``new``.

    Paragraphs are matched first, then the words of those that were replaced. The work is bounded: a pair of texts that
    would take too long is shown in whole paragraphs.
    """
    budget = _Budget(_BUDGET)
    pieces: list[Piece] = []
    for change, olds, news in _runs(old.splitlines(keepends=True), new.splitlines(keepends=True), budget):
        if change is Change.KEPT:
            pieces.append(Piece(Change.KEPT, "".join(olds)))
        else:
            pieces += _word_pieces("".join(olds), "".join(news), budget)
    return _joined(pieces)


@dataclass
class _Budget:
    steps: int


_Run = tuple[Change, Sequence[str], Sequence[str]]


def _word_pieces(old: str, new: str, budget: _Budget) -> list[Piece]:
    pieces: list[Piece] = []
    for change, olds, news in _without_islands(list(_runs(_TOKEN.findall(old), _TOKEN.findall(new), budget))):
        if change is Change.KEPT:
            pieces.append(Piece(Change.KEPT, "".join(olds)))
        else:
            pieces += [Piece(Change.REMOVED, "".join(olds)), Piece(Change.ADDED, "".join(news))]
    return pieces


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Runs in which a few kept words between two changes count as changed."""
    joined: list[_Run] = []
    for number, (change, olds, news) in enumerate(runs):
        inside = 0 < number < len(runs) - 1
        words = sum(1 for token in olds if token[0].isalnum())
        if change is Change.KEPT and not (inside and words <= _ISLAND and "\n" not in olds):
            joined.append((change, olds, news))
        elif joined and joined[-1][0] is not Change.KEPT:
            joined[-1] = (Change.REMOVED, [*joined[-1][1], *olds], [*joined[-1][2], *news])
        else:
            joined.append((Change.REMOVED, olds, news))
    return joined


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, neighbours of one kind as one."""
    result: list[Piece] = []
    for piece in pieces:
        if result and result[-1].change is piece.change:
            result[-1] = Piece(piece.change, result[-1].text + piece.text)
        elif piece.text:
            result.append(piece)
    return tuple(result)


def _runs(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[_Run]:
    """Kept and replaced runs of two sequences; a replaced run bears REMOVED and holds both sides."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    runs: list[_Run] = [(Change.KEPT, old[:start], new[:start])] if start else []
    runs += _replaced(middle_old, middle_new, budget)
    return [*runs, (Change.KEPT, old[len(old) - end :], new[len(new) - end :])] if end else runs


def _replaced(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[_Run]:
    if not old and not new:
        return []
    matches = _matches(old, new, budget) if old and new else ()
    runs: list[_Run] = []
    at_old = at_new = 0
    for i, j, length in (*matches, (len(old), len(new), 0)):
        if i > at_old or j > at_new:
            runs.append((Change.REMOVED, old[at_old:i], new[at_new:j]))
        if length:
            runs.append((Change.KEPT, old[i : i + length], new[j : j + length]))
        at_old, at_new = i + length, j + length
    return runs


def _matches(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[tuple[int, int, int]]:
    """Common runs (start in old, start in new, length) by Myers' greedy algorithm (Algorithmica 1, 1986); none where the
    budget is used up before they are found."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for depth in range(len(old) + len(new) + 1):
        trail.append(dict(reach))
        for k in range(-depth, depth + 1, 2):
            down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
            x = began = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reach[k] = x
            budget.steps -= 1 + x - began
            if x >= len(old) and x - k >= len(new):
                return _walked_back(trail, len(old), len(new))
        budget.steps -= depth
        if budget.steps < 0:
            return []
    return []


def _walked_back(trail: Sequence[Mapping[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    matches: list[tuple[int, int, int]] = []
    for depth in range(len(trail) - 1, -1, -1):
        reach, k = trail[depth], x - y
        down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
        before_k = k + 1 if down else k - 1
        before_x = reach[before_k]
        before_y = before_x - before_k
        begin_x = max(0, before_x if down else before_x + 1)
        if x > begin_x:
            matches.append((begin_x, begin_x - k, x - begin_x))
        x, y = before_x, before_y
    return matches[::-1]


# --- a page that leads elsewhere


OTHER_ARTICLE = 0.2  # a redirected page that shares less than this with what was read shows something else


def leads_elsewhere(wanted: Reread, asked: str, answered: str, key: str, text: str) -> bool:
    """Whether a page that redirects now shows another article: another address, another key, other words."""
    return asked != answered and key != wanted.key and overlap(wanted.text, text) < OTHER_ARTICLE


MISSING_OUTCOMES = frozenset({Outcome.NOT_FOUND, Outcome.GONE, Outcome.SOFT_NOT_FOUND})
