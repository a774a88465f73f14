"""Learning the ranking from the editors' decisions, and judging whether what was learned may be used. The door to scikit-learn.

Apart from newsdesk/ranking.py, because importing scikit-learn takes a second that only who trains should pay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from threadpoolctl import threadpool_limits

from newsdesk.learned import LEAST_OF_EACH, Bin, Example, LanguageRow, Learned, Mistake, Origin, Quality, Report, too_few
from newsdesk.ranking import BLEND_HALF, PAST_COUNTS, UNKNOWN_LANGUAGE, Features, Model, Vector, chance_of
from newsdesk.teaching import go_on

SEED = 20261122
FOLDS = 5
LEAST_JUDGED = 30  # decisions from which the check is made on decisions alone
LEAST_NEW = 30  # decisions since the present model from which the two are compared
BACKGROUND_WEIGHT = 0.25  # of an undecided story taken as irrelevant: some of them are not
PAST_WEIGHT = 0.5
PENALTY = 0.3  # scikit-learn's C: smaller is more cautious
PRIOR_SCALE, MEANING_SCALE = 3.0, 2.0  # before the penalty: the watch-list is trusted more easily, a meaning less than a name
LEAST_OF_LANGUAGE = 20  # texts of a language below which it is measured against the mean of all
SLACK = 0.005  # two orders that differ by no more are equally good
MISTAKES = 8
BINS = 10

Numbers = NDArray[np.float64]


def learn(
    examples: Sequence[Example],
    encoder: str,
    champion: Model | None = None,
    champion_at: datetime | None = None,
    *,
    may_go_on: Callable[[], None] = go_on,
) -> Learned:
    """Learn from the examples; the result depends on nothing else (seeded).

    The new model may be used when, on stories it had not seen, it orders no worse than the watch-list, and no worse than
    the ``champion`` (in use, learned at ``champion_at``) on what was decided since, where there is enough of that.
    ``may_go_on`` is called before each fit, and raises where this is to stop.
    """
    wanted = np.array([example.wanted for example in examples], dtype=bool)
    lacking = too_few(int(wanted.sum()), int((~wanted).sum()))
    if lacking is not None:
        return Learned(None, None, False, lacking)
    blend, judged = _blend(examples), _judged(examples)
    with threadpool_limits(limits=1):  # on matrices this small two threads of OpenBLAS wait for each other: 7.3 s of CPU, not 0.4
        unseen = _out_of_fold(examples, wanted, blend, may_go_on)
        may_go_on()
        slope, offset = _calibrate(unseen[judged], wanted[judged])
        model = _fit(examples, wanted, blend, encoder, slope, offset)
    report = _report(examples, wanted, judged, unseen, slope, offset)
    adopt, why = _verdict(report, examples, judged, unseen, champion, champion_at)
    return Learned(model, report, adopt, why)


def _blend(examples: Sequence[Example]) -> float:
    """How loudly (0-1) the model may speak, by what it has seen."""
    counts = Counter(example.origin for example in examples)
    evidence = counts[Origin.DECISION] + PAST_COUNTS * counts[Origin.PAST]
    return evidence / (evidence + BLEND_HALF)


def _judged(examples: Sequence[Example]) -> NDArray[np.intp]:
    """The examples on which an order is judged: decisions, or else everything, while there are too few of them."""
    decided = [at for at, example in enumerate(examples) if example.origin is Origin.DECISION]
    wanted = sum(examples[at].wanted for at in decided)
    enough = len(decided) >= LEAST_JUDGED and min(wanted, len(decided) - wanted) >= LEAST_OF_EACH
    return np.array(decided if enough else range(len(examples)), dtype=np.intp)


# ---------------------------------------------------------------- fitting


@dataclass(frozen=True)
class _Space:
    """How features become a row: the names in order, the means of the languages, the width of a meaning."""

    names: Mapping[str, int]
    means: Mapping[str, Vector]
    width: int

    def row(self, seen: Features) -> Numbers:
        row = np.zeros(1 + len(self.names) + self.width)
        row[0] = PRIOR_SCALE * seen.prior
        for name, value in seen.named.items():
            if (at := self.names.get(name)) is not None:
                row[1 + at] = value
        if seen.meaning.any():
            row[1 + len(self.names) :] = MEANING_SCALE * (seen.meaning - self.means.get(seen.language, self.means[UNKNOWN_LANGUAGE]))
        return row


def _space(examples: Sequence[Example]) -> _Space:
    """Names seen at least twice; means of the languages that have enough texts."""
    counts = Counter(name for example in examples for name in example.seen.named)
    names = {name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count > 1))}
    width = examples[0].seen.meaning.size
    by_language: dict[str, list[Vector]] = defaultdict(list)
    for example in examples:
        if example.seen.meaning.any():
            by_language[example.seen.language].append(example.seen.meaning)
    everything = [vector for vectors in by_language.values() for vector in vectors]
    means = {language: _mean(vectors, width) for language, vectors in by_language.items() if len(vectors) >= LEAST_OF_LANGUAGE}
    return _Space(names, {**means, UNKNOWN_LANGUAGE: _mean(everything, width)}, width)


def _mean(vectors: Sequence[Vector], width: int) -> Vector:
    return np.mean(vectors, axis=0).astype(np.float32) if vectors else np.zeros(width, dtype=np.float32)


_WEIGHTS = {Origin.DECISION: 1.0, Origin.PAST: PAST_WEIGHT, Origin.BACKGROUND: BACKGROUND_WEIGHT}


def _regression(rows: Numbers, wanted: NDArray[np.bool_], weights: Numbers) -> LogisticRegression:
    regression = LogisticRegression(C=PENALTY, max_iter=400, random_state=SEED)
    return regression.fit(rows, wanted, sample_weight=weights)


def _fit(examples: Sequence[Example], wanted: NDArray[np.bool_], blend: float, encoder: str, slope: float, offset: float) -> Model:
    space = _space(examples)
    rows = np.stack([space.row(example.seen) for example in examples])
    regression = _regression(rows, wanted, _weights(examples))
    weights = regression.coef_[0]
    return Model(
        encoder=encoder,
        names={name: float(weights[1 + at]) for name, at in space.names.items()},
        prior=float(weights[0]) * PRIOR_SCALE,
        bias=float(regression.intercept_[0]),
        meaning=(MEANING_SCALE * weights[1 + len(space.names) :]).astype(np.float32),
        means=space.means,
        blend=blend,
        slope=slope,
        offset=offset,
        libraries={name: version(name) for name in ("scikit-learn", "numpy")},
    )


def _weights(examples: Sequence[Example]) -> Numbers:
    return np.array([_WEIGHTS[example.origin] for example in examples])


def _out_of_fold(examples: Sequence[Example], wanted: NDArray[np.bool_], blend: float, may_go_on: Callable[[], None]) -> Numbers:
    """Blended log-odds of each example by a model that had not seen it."""
    space = _space(examples)  # names and means use no answers
    rows = np.stack([space.row(example.seen) for example in examples])
    prior = np.array([example.seen.prior for example in examples])
    weights, folds, alone = _weights(examples), _folds(wanted), np.zeros(len(examples))
    for fold in range(FOLDS):
        may_go_on()
        held = folds == fold
        if held.any():
            alone[held] = _regression(rows[~held], wanted[~held], weights[~held]).decision_function(rows[held])
    return np.asarray((1 - blend) * prior + blend * alone)


def _folds(wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """A fold for each example, the wanted ones spread evenly."""
    chance = np.random.default_rng(SEED)
    folds = np.zeros(len(wanted), dtype=np.intp)
    for answer in (True, False):
        places = np.flatnonzero(wanted == answer)
        folds[chance.permutation(places)] = np.arange(len(places)) % FOLDS
    return folds


def _calibrate(log_odds: Numbers, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that turn log-odds into chances as often right as they say (Platt); the order stays."""
    regression = LogisticRegression(C=10.0, max_iter=400).fit(log_odds.reshape(-1, 1), wanted)
    return max(0.05, float(regression.coef_[0][0])), float(regression.intercept_[0])


# ---------------------------------------------------------------- judging


def quality(log_odds: Numbers, wanted: NDArray[np.bool_], languages: Sequence[str], chances: Numbers | None = None) -> Quality:
    """How good an order is; see Quality."""
    brier = None if chances is None else float(brier_score_loss(wanted, chances))
    return Quality(float(average_precision_score(wanted, log_odds)), order_in_language(log_odds, wanted, languages), brier)


def order_in_language(values: Numbers, wanted: NDArray[np.bool_], languages: Sequence[str]) -> float | None:
    """The share of pairs, one wanted and one not, of the same language, that stand in the right order; None without a pair.

    Pairs across languages are left out: an order that had only learned to tell languages apart would look good on them.
    """
    right = pairs = 0.0
    of = np.array(languages)
    for language in sorted(set(languages)):
        good, bad = values[(of == language) & wanted], values[(of == language) & ~wanted]
        if good.size and bad.size:
            right += float((good[:, None] > bad[None, :]).sum()) + 0.5 * float((good[:, None] == bad[None, :]).sum())
            pairs += good.size * bad.size
    return right / pairs if pairs else None


def bins_of(chances: Numbers, wanted: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Ten groups of about equal size, from the least likely to the most."""
    order = np.argsort(chances, kind="stable")
    groups = [group for group in np.array_split(order, min(BINS, len(order))) if group.size]
    return tuple(
        Bin(round(100 * float(chances[group].mean()), 1), round(100 * float(wanted[group].mean()), 1), int(group.size)) for group in groups
    )


def _report(
    examples: Sequence[Example], wanted: NDArray[np.bool_], judged: NDArray[np.intp], unseen: Numbers, slope: float, offset: float
) -> Report:
    counts = Counter(example.origin for example in examples)
    kept = [examples[at] for at in judged]
    answers, languages = wanted[judged], [example.seen.language for example in kept]
    chances = np.array([chance_of(slope * value + offset) for value in unseen[judged]])
    prior = np.array([example.seen.prior for example in kept])
    return Report(
        decisions=counts[Origin.DECISION],
        accepted=sum(example.wanted for example in examples if example.origin is Origin.DECISION),
        past=counts[Origin.PAST],
        background=counts[Origin.BACKGROUND],
        judged_on=_judged_on(kept),
        watch_list=quality(prior, answers, languages),
        learned=quality(unseen[judged], answers, languages, chances),
        bins=bins_of(chances, answers),
        languages=tuple(_language_row(one, chances, prior, answers, languages) for one in sorted(set(languages))),
        mistakes=_mistakes(kept, chances),
    )


def _judged_on(kept: Sequence[Example]) -> str:
    if all(example.origin is Origin.DECISION for example in kept):
        return f"{len(kept)} decisions"
    return f"{len(kept)} examples, for there are too few decisions: entries of past editions against undecided stories"


def _language_row(language: str, chances: Numbers, prior: Numbers, wanted: NDArray[np.bool_], languages: Sequence[str]) -> LanguageRow:
    mine = np.array([each == language for each in languages])
    answers, said = wanted[mine], chances[mine]
    same = [language] * int(mine.sum())
    return LanguageRow(
        language=language,
        accepted=int(answers.sum()),
        rejected=int((~answers).sum()),
        order=order_in_language(said, answers, same),
        watch_list_order=order_in_language(prior[mine], answers, same),
        missed=int((answers & (said < 0.5)).sum()),
        false_alarms=int((~answers & (said >= 0.5)).sum()),
    )


def _mistakes(kept: Sequence[Example], chances: Numbers) -> tuple[Mistake, ...]:
    """The examples furthest from what was decided, the worst first."""
    far = sorted(range(len(kept)), key=lambda at: (-abs(float(chances[at]) - kept[at].wanted), kept[at].name))
    worst = [at for at in far[:MISTAKES] if abs(float(chances[at]) - kept[at].wanted) >= 0.5]
    return tuple(Mistake(kept[at].name, kept[at].seen.language, round(100 * float(chances[at]), 1), kept[at].wanted) for at in worst)


def _verdict(
    report: Report,
    examples: Sequence[Example],
    judged: NDArray[np.intp],
    unseen: Numbers,
    champion: Model | None,
    champion_at: datetime | None,
) -> tuple[bool, str]:
    """Whether the new model may be used, and why."""
    if not _no_worse(report.learned, report.watch_list):
        return (
            False,
            f"Not used: on {report.judged_on} it orders worse than the watch-list ({_compared(report.learned, report.watch_list)}).",
        )
    said = f"On {report.judged_on} it orders no worse than the watch-list ({_compared(report.learned, report.watch_list)})"
    new = [at for at in judged if champion_at is not None and (when := examples[at].at) is not None and when > champion_at]
    answers = np.array([examples[at].wanted for at in new], dtype=bool)
    if champion is None:
        return True, f"{said}."
    if len(new) < LEAST_NEW or answers.all() or not answers.any():
        return True, f"{said}; too few decisions are new ({len(new)}) to compare it with the model in use."
    languages = [examples[at].seen.language for at in new]
    before = quality(np.array([champion.blended(examples[at].seen) for at in new]), answers, languages)
    now = quality(unseen[new], answers, languages)
    if not _no_worse(now, before):
        return False, f"Not used: on the {len(new)} decisions since, the model in use orders better ({_compared(now, before)})."
    return True, f"{said}, and on the {len(new)} decisions since no worse than the model in use ({_compared(now, before)})."


def _no_worse(one: Quality, other: Quality) -> bool:
    in_language = (
        one.order_in_language is None or other.order_in_language is None or (one.order_in_language >= other.order_in_language - SLACK)
    )
    return one.average_precision >= other.average_precision - SLACK and in_language


def _compared(one: Quality, other: Quality) -> str:
    words = f"average precision {one.average_precision:.3f} against {other.average_precision:.3f}"
    if one.order_in_language is None or other.order_in_language is None:
        return words
    return f"{words}, pairs in order {one.order_in_language:.1%} against {other.order_in_language:.1%}"
