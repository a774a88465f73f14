"""How well newsdesk/telling.py tells whether two articles tell one event, and the making of its constants.

The constants are fitted on ``bench/labels/stories/events.txt``, events told for newsdesk in four languages. The labelled pairs
of the shared folder (NEWSDESK_SHARED, else ``../shared`` beside the repository) are only measured. Run from the repository:

    python -m bench.same_story [--fit] [--errors]
"""

from __future__ import annotations

import argparse
import base64
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import precision_recall_curve, roc_auc_score

from bench.made_news import MadePiece, made_news
from bench.sections import ROOT, SHARED
from newsdesk import likeness, likeness_fit, telling
from newsdesk.fingerprints import words_of
from newsdesk.likeness import FEATURES
from newsdesk.meaning import DEFAULT_ENCODER, open_encoder
from newsdesk.nearness import WINDOW_DAYS
from newsdesk.rereading import read_again
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.telling import Sameness, Telling, Verdict, same_story_many, tell_many

STORIES = ROOT / "bench" / "labels" / "stories"
EVENTS = STORIES / "events.txt"
UNSEEN = STORIES / "unseen.txt"  # written blind, never fitted on
PAIRS = SHARED / "stories" / "pairs.jsonl"
FIT_FILE = ROOT / "newsdesk" / "likeness_fit.py"
FOLDS = 6
SEED = 20201122
RANDOM_SHARE = 0.15  # of the pairs of different subjects, weighted back
COMMON_FROM = 3  # subjects that use a word before the constants know it
RIDGE = 3.0  # on coefficients of features of unit spread, against a loss of one a pair
LEAST_SPREAD = 0.005  # of a feature: what is hardly ever there must not get a coefficient without measure
DOUBTED = {
    "weekday": 0.2,
    "other_weekday": 0.2,
    "dated": 0.3,
    "day_near": 0.3,
    "day_far": 0.3,
}  # whose share in the labelled texts is not that of the news
TRUST = np.array([DOUBTED.get(name, 1.0) for name in FEATURES])
LAGS = (0.6, 0.3, 0.1)  # shares of reports printed on the day of the event, the next, the second
NOTHING_FITTED = {"same_from": 1.0, "perhaps_from": 1.0, "dated_same_from": 1.0, "dated_perhaps_from": 1.0, "bias": 0.0, "weights": {}}
ROUTINE = 260  # pieces of made-up routine news in the fit
ROUTINE_WEIGHT = 0.15  # of a pair of them: more would part what is one event told in few words
FLAT = 0.005  # of F0.5: the curve is flat around its best, and where the best lies is chance
FAR_APART = 20  # days: events of two files may be one where they are nearer
DATED_WEIGHT = 0.25  # their days are drawn by chance, so that they say little more than what days do
TERSE_WORDS = 6  # of an opening: below it a telling is a headline alone, rare among articles
TERSE_WEIGHT = 0.35


@dataclass(frozen=True)
class Told:
    """One labelled telling."""

    topic: str
    event: str
    language: str
    title: str
    text: str
    day: date | None = None  # of the event
    written: str = ""  # the file it stands in: two files may tell one event


def fitted_on() -> list[Told]:
    """All labelled tellings that the constants are fitted on."""
    return [one for path in sorted(STORIES.glob("events*.txt")) for one in labelled(path)]


def labelled(path: Path = EVENTS) -> list[Told]:
    """The labelled tellings of a file, in order."""
    told: list[Told] = []
    topic = event = happened = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            topic, event, happened = ([part.strip() for part in line[2:].split(" / ")] + [""])[:3]
        elif line and not line.startswith("#"):
            title, _, text = line[3:].partition(" :: ")
            day = date.fromisoformat(happened) if happened else None
            told.append(Told(f"{path.stem}: {topic}", f"{path.stem}: {topic} / {event}", line[:2], title, text, day, path.stem))
    return told


def shared_pairs() -> list[Told]:
    """The labelled tellings of the shared folder."""
    lines = (json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines())
    return [Told(str(one["topic"]), str(one["event"]), one["language"], one["headline"], one["lede"]) for one in lines]


def tellings_of(told: Sequence[Told], encoder: str = DEFAULT_ENCODER) -> list[Telling]:
    return tell_many([(one.title, None, one.text, one.language, None) for one in told], open_encoder(encoder))


@dataclass(frozen=True)
class Pairs:
    """Pairs of tellings: their positions, whether they tell one event or share a topic, their features and weights."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    same: NDArray[np.bool_]
    siblings: NDArray[np.bool_]
    features: NDArray[np.float64]
    weights: NDArray[np.float64]


def pairs_of(told: Sequence[Told], tellings: Sequence[Telling]) -> Pairs:
    """All pairs of one topic and a share of the others, with the features that the present tables give."""
    chance = np.random.default_rng(SEED)
    repeating = _files_that_repeat(told)
    chosen = [
        (a, b)
        for a, b in combinations(range(len(told)), 2)
        if (told[a].language != told[b].language or {told[a].written, told[b].written} <= repeating)
        and (told[a].topic == told[b].topic or (chance.random() < RANDOM_SHARE and _surely_apart(told[a], told[b])))
    ]
    first, second = np.array(chosen).T
    topics, events = np.array([one.topic for one in told]), np.array([one.event for one in told])
    one_topic = topics[first] == topics[second]
    terse = np.array([len(words_of(one.text)) < TERSE_WORDS for one in told])
    weights = np.where(one_topic, 1.0, 1 / RANDOM_SHARE) * np.where(terse[first] | terse[second], TERSE_WEIGHT, 1.0)
    same = events[first] == events[second]
    return Pairs(first, second, same, one_topic & ~same, features_of_pairs(tellings, chosen), weights)


def features_of_pairs(tellings: Sequence[Telling], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Shape (pairs, features), in the order of the pairs, which are sorted by their first."""
    second_of: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        second_of[a].append(b)
    rows: list[list[float]] = []
    for a, many in second_of.items():
        others = [tellings[b] for b in many]
        cosines = telling._cosines(tellings[a], others, np.stack([other.meaning for other in others]))
        rows += [telling.features_of(tellings[a], other, five) for other, five in zip(others, cosines.tolist(), strict=True)]
    return np.array(rows)


def _files_that_repeat(told: Sequence[Told]) -> set[str]:
    """The files that tell events twice in one language. In the others two texts of one language never tell one event, which
    says nothing about the press: such pairs are left out."""
    counted = Counter((one.written, one.event, one.language) for one in told)
    return {written for (written, _, _), times in counted.items() if times > 1}


def _surely_apart(one: Told, other: Told) -> bool:
    """Whether two tellings of different topics tell different events: so in one file; in two where their days say so."""
    if one.written == other.written:
        return True
    return one.day is not None and other.day is not None and abs((one.day - other.day).days) > FAR_APART


def with_days(told: Sequence[Told], pairs: Pairs) -> Pairs:
    """The same pairs with days of publication: those of their events and up to two later, others anywhere in the window."""
    chance = np.random.default_rng(SEED)
    lags = chance.choice(3, size=(len(pairs.same), 2), p=LAGS)
    happened = np.array([0 if one.day is None else one.day.toordinal() for one in told])
    gaps = np.abs(happened[pairs.first] + lags[:, 0] - happened[pairs.second] - lags[:, 1])
    known = pairs.same | (pairs.siblings & (happened[pairs.first] > 0) & (happened[pairs.second] > 0))
    gaps = np.where(known, gaps, chance.integers(0, WINDOW_DAYS + 1, len(gaps)))
    features = pairs.features.copy()
    features[:, FEATURES.index("dated") :] = [likeness._days(int(gap)) for gap in gaps]
    return replace(pairs, features=features, weights=pairs.weights * DATED_WEIGHT)


def together(*parts: Pairs) -> Pairs:
    """The pairs of all parts, in order."""
    return Pairs(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Pairs)))


def regression(pairs: Pairs, rows: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Coefficients (features,) and bias of the logistic regression of some of the pairs, each with the sign that its feature can
    have: without that, features that say nearly the same take coefficients against each other, and what is wholly alike in
    everything is no longer the likeliest to be one event."""
    features, weights, same = pairs.features[rows], pairs.weights[rows] / pairs.weights[rows].mean(), pairs.same[rows]
    mean = np.average(features, axis=0, weights=weights)
    spread = np.maximum(np.sqrt(np.average((features - mean) ** 2, axis=0, weights=weights)), LEAST_SPREAD) / TRUST
    scaled = (features - mean) / spread
    bounds = [*((None, 0.0) if name in likeness.AGAINST else (0.0, None) for name in FEATURES), (None, None)]

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = scaled @ values[:-1] + values[-1]
        error = weights * (expit(logits) - same)
        lost = (weights * (np.logaddexp(0, logits) - same * logits)).sum() + RIDGE / 2 * (values[:-1] ** 2).sum()
        return float(lost), np.append(scaled.T @ error + RIDGE * values[:-1], error.sum())

    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    slopes = found[:-1] / spread
    return slopes, float(found[-1] - slopes @ mean)


def cross_validated(told: Sequence[Told], pairs: Pairs) -> NDArray[np.float64]:
    """Probabilities by models that saw neither topic of a pair; the mean of two where the topics are of two folds."""
    topics = sorted({one.topic for one in told})
    fold_of = dict(zip(topics, np.random.default_rng(SEED).permutation(len(topics)) % FOLDS, strict=True))
    folds = np.array([*(fold_of[one.topic] for one in told), -1])  # the last is for pairs of no topic
    first, second = folds[pairs.first], folds[pairs.second]
    scores = np.zeros(len(pairs.same))
    for fold in range(FOLDS):
        slopes, bias = regression(pairs, (first != fold) & (second != fold))
        held = (first == fold) | (second == fold)
        scores[held] += 1 / (1 + np.exp(-(pairs.features[held] @ slopes + bias))) / np.where(first[held] == second[held], 1, 2)
    return scores


def weighted_scores(same: NDArray[np.bool_], scores: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    precision, recall, thresholds = precision_recall_curve(same, scores, sample_weight=weights)
    return precision[:-1], recall[:-1], thresholds


def thresholds_of(pairs: Pairs, scores: NDArray[np.float64]) -> tuple[float, float]:
    """SAME at the highest score where F0.5 is within ``FLAT`` of its best (precision counts double: a wrong join must be found
    and split by an editor, a missed one is still shown as PERHAPS); PERHAPS where 97 % are found, but from a tenth at least and
    half of SAME at most."""
    precision, recall, thresholds = weighted_scores(pairs.same, scores, pairs.weights)
    f05 = 1.25 * precision * recall / (0.25 * precision + recall + 1e-9)
    same = float(thresholds[np.nonzero(f05 >= f05.max() - FLAT)[0][-1]])
    perhaps = float(thresholds[np.nonzero(recall >= 0.97)[0][-1]])
    return round(same, 3), round(min(max(perhaps, 0.1), same / 2), 3)


def common_words(told: Sequence[Told], tellings: Sequence[Telling]) -> dict[str, dict[str, int]]:
    """In how many topics each name, place, deed and stem occurs, where in at least three."""
    uses: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in ("names", "places", "deeds", "stems")}
    for one, tale in zip(told, tellings, strict=True):
        found: dict[str, Iterable[str]] = {
            "names": (*tale.mentions.names, *tale.mentions.maybe),
            "places": tale.mentions.places,
            "deeds": tale.mentions.deeds,
            "stems": tale.mentions.stems,
        }
        for kind, keys in found.items():
            for key in keys:
                uses[kind][key].add(one.topic)
    return {kind: {key: len(topics) for key, topics in sorted(many.items()) if len(topics) >= COMMON_FROM} for kind, many in uses.items()}


def mean_meanings(told: Sequence[Told], tellings: Sequence[Telling]) -> dict[str, str]:
    """By language: the mean of both rows, as base64 of 16-bit floats."""
    means = {}
    for language in ("en", "es", "pt", "fr"):
        rows = np.concatenate([tale.meaning for one, tale in zip(told, tellings, strict=True) if one.language == language])
        means[language] = base64.b64encode(rows.mean(axis=0).astype("<f2").tobytes()).decode()
    return means


def write_fit(values: dict[str, object]) -> None:
    head = (
        '"""Constants of newsdesk/likeness.py and telling.py, written by ``python -m bench.same_story --fit``: do not edit by hand."""\n\n'
    )
    body = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    FIT_FILE.write_text(f"# ruff: noqa: E501\n# fmt: off\n{head}{body}\n", encoding="utf-8")


def fit(encoders: Sequence[str]) -> None:
    """Make the constants of some encoders anew from the labelled tellings; those of others are kept."""
    told = fitted_on()
    events, subjects = len({one.event for one in told}), len({one.topic for one in told})
    common = common_words(told, tellings_of(told, DEFAULT_ENCODER))
    fits = dict(likeness_fit.FITS)
    for encoder in encoders:
        _use({"COMMON": common, "SUBJECTS": subjects, "FITS": fits})
        fits[encoder] = fit_one(told, encoder)
    values: dict[str, object] = {
        "FIT_VERSION": f"fit-2/{len(told)} tellings of {events} events on {subjects} subjects",
        "SUBJECTS": subjects,
        "COMMON": common,
        "FITS": fits,
    }
    write_fit(values)


def fit_one(told: Sequence[Told], encoder: str) -> dict[str, object]:
    """The constants for one encoder, in the form of ``likeness_fit.FITS``."""
    tellings = tellings_of(told, encoder)
    means = mean_meanings(told, tellings)
    _use({"FITS": {**likeness_fit.FITS, encoder: {**NOTHING_FITTED, "means": means}}})
    undated = pairs_of(told, tellings)
    dated = with_days(told, undated)
    pairs = together(undated, dated, routine_pairs(encoder))
    scores = cross_validated(told, pairs)
    halves = scores[: len(undated.same)], scores[len(undated.same) : 2 * len(undated.same)]
    same_from, perhaps_from = thresholds_of(undated, halves[0])
    dated_same_from, dated_perhaps_from = thresholds_of(dated, halves[1])
    slopes, bias = regression(pairs, np.ones(len(pairs.same), dtype=np.bool_))
    report(f"{encoder}, cross-validated by topic", undated.same, undated.siblings, halves[0], undated.weights, same_from)
    report("the same with days", dated.same, dated.siblings, halves[1], dated.weights, dated_same_from)
    return {
        "same_from": same_from,
        "perhaps_from": perhaps_from,
        "dated_same_from": dated_same_from,
        "dated_perhaps_from": dated_perhaps_from,
        "bias": round(bias, 4),
        "weights": {name: round(float(slope), 4) for name, slope in zip(FEATURES, slopes, strict=True)},
        "means": means,
    }


def routine_pairs(encoder: str) -> Pairs:
    """Made-up routine news of every other subject, no two of one event: what the same phrases of different places look like."""
    subjects = sorted({_subject(piece) for piece in made_news(900, seed=SEED)})
    fitted = set(subjects[::2])
    made = [_as_told(piece) for piece in made_news(900, seed=SEED) if _subject(piece) in fitted][:ROUTINE]
    first, second = np.triu_indices(len(made), 1)
    rows = features_of_pairs(tellings_of(made, encoder), list(zip(first.tolist(), second.tolist(), strict=True)))
    none = np.full(len(first), -1)  # of no topic: in every fold's training, in no fold's test
    never = np.zeros(len(first), dtype=np.bool_)
    return Pairs(none, none, never, never, rows, np.full(len(first), ROUTINE_WEIGHT))


def _subject(piece: MadePiece) -> str:
    return piece.event.split("/")[1]


def _as_told(piece: MadePiece) -> Told:
    return Told(piece.event, piece.event, piece.language, piece.title, piece.lead, None, "made")


def _use(tables: dict[str, object]) -> None:
    """Let the features be drawn with new tables in this process."""
    for name, value in tables.items():
        setattr(likeness_fit, name, value)
        setattr(likeness, name, value)
    likeness.fit_of.cache_clear()
    likeness._rarity.cache_clear()


def report(
    name: str,
    same: NDArray[np.bool_],
    siblings: NDArray[np.bool_],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
    threshold: float,
) -> dict[str, float]:
    """Print and return what a set shows at a threshold."""
    precision, recall, thresholds = weighted_scores(same, scores, weights)
    f1s = 2 * precision * recall / (precision + recall + 1e-9)
    told = scores >= threshold
    right = weights[told & same].sum()
    found = {
        "f1": 2 * right / (weights[told].sum() + weights[same].sum()),
        "precision": right / max(1e-9, weights[told].sum()),
        "recall": right / weights[same].sum(),
        "best_f1": float(f1s.max()),
        "precision_at_85": float(precision[np.nonzero(recall >= 0.85)[0][-1]]),
        "auc_siblings": float(roc_auc_score(same[same | siblings], scores[same | siblings])),
    }
    print(f"{name}: {same.sum()} same, {siblings.sum()} siblings among {len(same)} pairs; from {threshold}")
    print("  " + "  ".join(f"{key} {value:.4f}" for key, value in found.items()), f" best from {thresholds[f1s.argmax()]:.3f}")
    return found


@dataclass(frozen=True)
class Measured:
    """A set compared in full: positions, truth, siblings, scores, verdicts."""

    told: Sequence[Told]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    same: NDArray[np.bool_]
    siblings: NDArray[np.bool_]
    scores: NDArray[np.float64]
    verdicts: Sequence[Verdict]

    @property
    def called(self) -> NDArray[np.bool_]:
        """Which pairs are called the same."""
        return np.array([verdict is Verdict.SAME for verdict in self.verdicts])


def compare_all(told: Sequence[Told], tellings: Sequence[Telling]) -> Measured:
    """Every pair of a set, by ``same_story_many`` as it is shipped."""
    return _measured(told, [one for at in range(len(told) - 1) for one in same_story_many(tellings[at], tellings[at + 1 :])])


def _measured(told: Sequence[Told], found: Sequence[Sameness]) -> Measured:
    first, second = np.triu_indices(len(told), 1)
    events, topics = np.array([one.event for one in told]), np.array([one.topic for one in told])
    same = events[first] == events[second]
    siblings = (topics[first] == topics[second]) & ~same
    return Measured(told, first, second, same, siblings, np.array([one.score for one in found]), [one.verdict for one in found])


def compare_twice(told: Sequence[Told], tellings: Sequence[Telling]) -> Measured:
    """Every pair of a set as the desk says it in the end: what the first reading doubts is read again by the stronger encoder."""
    first, second = np.triu_indices(len(told), 1)
    found = [one for at in range(len(told) - 1) for one in same_story_many(tellings[at], tellings[at + 1 :])]
    doubted = [at for at, one in enumerate(found) if one.doubtful]
    wanted = sorted({int(number) for at in doubted for number in (first[at], second[at])})
    rows = [(told[at].title, None, told[at].text, told[at].language, tellings[at].day) for at in wanted]
    again = dict(zip(wanted, tell_many(rows, open_encoder(STRONGER_ENCODER)), strict=True))
    for at in doubted:
        found[at] = read_again(found[at], again[first[at]], again[second[at]])
    print(f"  read again: {len(doubted)} of {len(found)} pairs, {len(wanted)} of {len(told)} tellings")
    return _measured(told, found)


def with_drawn_days(told: Sequence[Told], encoder: str) -> list[Telling]:
    """Tellings with days of publication: those of their events and up to two later (``LAGS``), drawn by chance."""
    chance = np.random.default_rng(SEED)
    days = [None if one.day is None else one.day + timedelta(days=int(chance.choice(3, p=LAGS))) for one in told]
    return tell_many([(one.title, None, one.text, one.language, day) for one, day in zip(told, days, strict=True)], open_encoder(encoder))


def say_called(name: str, measured: Measured) -> None:
    """Print what the verdicts of a set come to."""
    called, same = measured.called, measured.same
    right = (called & same).sum()
    precision, recall, _ = weighted_scores(same, measured.scores, np.ones(len(same)))
    perhaps = np.array([verdict is Verdict.PERHAPS for verdict in measured.verdicts])
    f1 = 2 * right / (called.sum() + same.sum())
    at_85 = precision[np.nonzero(recall >= 0.85)[0][-1]]
    print(f"  {name}: F1 {f1:.4f}  precision {right / called.sum():.4f}  recall {right / same.sum():.4f}  at recall .85 {at_85:.4f}")
    print("    by languages: " + "  ".join(f"{pair} {value:.3f}" for pair, value in by_language(measured).items()))
    print(f"    perhaps: {(perhaps & same).sum()} of the same, {(perhaps & ~same).sum()} others")


def measure_twice(name: str, told: Sequence[Told], encoder: str) -> None:
    """Print what a set shows when doubts are read again, without days of publication and with them where they are known."""
    print(f"{name}, read by {encoder} and, in doubt, by {STRONGER_ENCODER}")
    say_called("without days", compare_twice(told, tellings_of(told, encoder)))
    if any(one.day is not None for one in told):
        dated = with_drawn_days(told, encoder)
        say_called("with days, first reading only", compare_all(told, dated))
        say_called("with days", compare_twice(told, dated))


def by_language(measured: Measured) -> dict[str, float]:
    """F1 of SAME for each pair of languages."""
    languages = np.array([one.language for one in measured.told])
    first, second = languages[measured.first], languages[measured.second]
    called = measured.called
    values = {}
    for a, b in combinations(("en", "es", "pt", "fr"), 2):
        mask = ((first == a) & (second == b)) | ((first == b) & (second == a))
        right = (called & measured.same & mask).sum()
        values[f"{a}-{b}"] = float(2 * right / max(1, (called & mask).sum() + (measured.same & mask).sum()))
    return values


def measure(name: str, told: Sequence[Told], encoder: str = DEFAULT_ENCODER) -> dict[str, float]:
    measured = compare_all(told, tellings_of(told, encoder))
    weights = np.ones(len(measured.same))
    found = report(name, measured.same, measured.siblings, measured.scores, weights, likeness.fit_of(encoder).same_from)
    languages = by_language(measured)
    print("  by languages: " + "  ".join(f"{pair} {value:.3f}" for pair, value in languages.items()))
    perhaps = np.array([verdict is not Verdict.OTHER for verdict in measured.verdicts])
    kept, others = (perhaps & measured.same).sum() / measured.same.sum(), (perhaps & ~measured.same).sum()
    print(f"  same or perhaps: {kept:.4f} of the same, {others} others")
    return {**found, **languages}


def errors_by_topic(told: Sequence[Told], encoder: str = DEFAULT_ENCODER) -> None:
    measured = compare_all(told, tellings_of(told, encoder))
    called = measured.called
    wrong: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at in np.nonzero(called != measured.same)[0]:
        wrong[told[measured.first[at]].topic][int(measured.same[at])] += 1
    for topic, (joined, missed) in sorted(wrong.items(), key=lambda each: -sum(each[1])):
        print(f"    {topic}: {joined} joined wrongly, {missed} missed")


def milliseconds(work: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - began) / times


def measure_cost(told: Sequence[Told], name: str) -> None:
    encoder = open_encoder(name)
    encoder.encode(["warm"])
    some = told[:60]
    each = milliseconds(lambda: [tell_many([(one.title, None, one.text, one.language, None)], encoder) for one in some], 1) / len(some)
    together = milliseconds(lambda: tellings_of(some, name), 2) / len(some)
    tellings = tellings_of(told[:200], name)
    pair = milliseconds(lambda: same_story_many(tellings[0], tellings), 5) / len(tellings)
    print(f"CPU: {each:.2f} ms a telling alone, {together:.2f} ms among sixty; {pair:.3f} ms a comparison among {len(tellings)}")


def measure_routine(encoder: str, count: int = 300) -> None:
    """How many pairs of routine news, told in the same phrases of other places and people, are taken for one event."""
    made = [_as_told(piece) for piece in made_news(count)]
    measured = compare_all(made, tellings_of(made, encoder))
    print(f"made news, no two of one event: {measured.called.sum()} of {len(measured.same)} pairs called the same")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="make the constants anew from the labelled tellings, and stop")
    parser.add_argument("--errors", action="store_true", help="count errors by topic on the project's own set")
    parser.add_argument(
        "--encoder", action="append", metavar="NAME", help=f"encoder to fit or to measure with (default: {DEFAULT_ENCODER})"
    )
    asked = parser.parse_args()
    encoders = asked.encoder or [DEFAULT_ENCODER]
    if asked.fit:
        fit(encoders)
        return
    print(likeness_fit.FIT_VERSION)
    for encoder in encoders:
        measure_all(encoder, errors=asked.errors)


def measure_all(encoder: str, *, errors: bool) -> None:
    """Print what each set shows with an encoder."""
    print(encoder)
    for path in sorted(STORIES.glob("events*.txt")):
        measure(f"{path.name} (fitted on)", labelled(path), encoder)
    for path in sorted(STORIES.glob("unseen*.txt")):
        measure(f"{path.name} (written blind, not fitted on)", labelled(path), encoder)
    if errors:
        errors_by_topic(labelled(), encoder)
    if PAIRS.is_file():
        measure("shared pairs (not fitted on)", shared_pairs(), encoder)
    else:
        print(f"{PAIRS} is not there: set NEWSDESK_SHARED to the folder of labelled pairs")
    if encoder != STRONGER_ENCODER:
        for path in sorted(STORIES.glob("unseen*.txt")):
            measure_twice(path.name, labelled(path), encoder)
        if PAIRS.is_file():
            measure_twice("shared pairs", shared_pairs(), encoder)
    measure_routine(encoder)
    measure_cost(labelled(), encoder)


if __name__ == "__main__":
    main()
