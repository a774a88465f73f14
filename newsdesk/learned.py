"""What a training run of the ranking found: values for the desk and the shelf, without scikit-learn behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
