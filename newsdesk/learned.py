"""What the ranking learns from and what a training run found: values for the desk and the shelf, without scikit-learn behind
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsdesk.judging import Relevance
from newsdesk.ranking import Features, Lesson, Model


class Origin(StrEnum):
    """Where an example comes from."""

    DECISION = "decision"
    PAST = "past edition"
    BACKGROUND = "undecided story"


@dataclass(frozen=True)
class Example:
    """A story, whether it was wanted, and where that is known from. ``name`` tells it to an editor; ``at`` is the moment of
    the decision."""

    name: str
    seen: Features
    wanted: bool
    origin: Origin
    at: datetime | None = None


@dataclass(frozen=True)
class Bin:
    """Of ``count`` stories that were given ``said`` of 100 on average, ``seen`` of 100 were accepted."""

    said: float
    seen: float
    count: int


@dataclass(frozen=True)
class LanguageRow:
    """What the ranking gets right and wrong in a language. ``order`` is the share (0-1) of pairs of an accepted and a
    rejected story that stand in the right order, None where there is no pair; ``missed`` are accepted ones that were given
    less than 50 of 100, ``false_alarms`` rejected ones that were given 50 or more; ``watch_list_order`` is the watch-list's."""

    language: str
    accepted: int
    rejected: int
    order: float | None
    watch_list_order: float | None
    missed: int
    false_alarms: int


@dataclass(frozen=True)
class Mistake:
    """An example that was ranked far from what the desk decided."""

    name: str
    language: str
    said: float
    wanted: bool


@dataclass(frozen=True)
class Quality:
    """How good an order is on examples it had not seen: precision averaged over the accepted (AP), the share of pairs of one
    language in the right order, and the mean squared error of the chances (None for an order without chances)."""

    average_precision: float
    order_in_language: float | None
    brier: float | None


@dataclass(frozen=True)
class Report:
    """What a training run found. ``judged_on`` says on which examples; all figures are for folds the model had not seen."""

    decisions: int
    accepted: int
    past: int
    background: int
    judged_on: str
    watch_list: Quality
    learned: Quality
    bins: Sequence[Bin]
    languages: Sequence[LanguageRow]
    mistakes: Sequence[Mistake]


@dataclass(frozen=True)
class Learned:
    """The outcome of a training run: the model (None where there is too little to learn from), whether it may be used, and
    why, in a sentence."""

    model: Model | None
    report: Report | None
    adopt: bool
    why: str


# ---------------------------------------------------------------- as it is kept

WATCH_LIST = 0  # the version that stands for no model: the watch-list alone
LEAST_OF_EACH = 5  # relevant and irrelevant examples below which nothing is learned
RETRAIN_AFTER = 25  # lessons since the last training after which there is another ...
RETRAIN_HOURS = 24  # ... or after this many hours when there is any


@dataclass(frozen=True)
class RankedStory:
    """What the ranking reads of a candidate: its leading article, the story's score, what its standing teaches and since
    when."""

    candidate_id: int
    title: str
    text: str
    language: str | None
    outlet_id: str
    score: float
    relevance: Relevance
    lesson: Lesson = Lesson.NOTHING
    at: datetime | None = None
    article_id: int = 0


@dataclass(frozen=True)
class PastEntry:
    """A report of a past edition, as printed; the first examples of what the desk wants. ``edition`` is a month
    (``YYYY-MM``) where it is known."""

    text: str
    language: str | None = None
    outlet: str | None = None
    section: str | None = None
    edition: str | None = None


@dataclass(frozen=True)
class ModelRecord:
    """A training run as it is kept. ``adopted`` says whether the check let its model be used; ``lessons`` how many decisions
    it was learned from."""

    version: int
    trained_at: datetime
    trained_by: str
    lessons: int
    adopted: bool
    why: str
    report: Report


@dataclass(frozen=True)
class ModelChoice:
    """Which version ranks from a moment on, who chose it, and why."""

    version: int
    chosen_by: str
    why: str
    chosen_at: datetime


def too_few(relevant: int, irrelevant: int) -> str | None:
    """Why nothing can be learned from so many examples of each kind; None where there are enough."""
    if min(relevant, irrelevant) >= LEAST_OF_EACH:
        return None
    have = f"{relevant} relevant and {irrelevant} irrelevant"
    return f"There are {have} examples; {LEAST_OF_EACH} of each are needed to learn anything."


def is_due(lessons: int, before: int, last_at: datetime | None, now: datetime) -> bool:
    """Whether to train: enough lessons are new, or any is and the last training was a day ago. ``before`` is how many there
    were then."""
    new = abs(lessons - before)  # a decision taken back is news as well
    if last_at is None:
        return new >= RETRAIN_AFTER
    waited = (now - last_at).total_seconds() >= RETRAIN_HOURS * 3600
    return new >= RETRAIN_AFTER or (new > 0 and waited)
