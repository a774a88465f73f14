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
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score

from bench.made_news import made_news
from bench.sections import ROOT, SHARED
from newsdesk import likeness, likeness_fit, telling
from newsdesk.fingerprints import words_of
from newsdesk.likeness import FEATURES
from newsdesk.meaning import open_encoder
from newsdesk.telling import Telling, Verdict, same_story_many, tell_many

EVENTS = ROOT / "bench" / "labels" / "stories" / "events.txt"
PAIRS = SHARED / "stories" / "pairs.jsonl"
FIT_FILE = ROOT / "newsdesk" / "likeness_fit.py"
FOLDS = 6
SEED = 20201122
RANDOM_SHARE = 0.15  # of the pairs of different subjects, weighted back
COMMON_FROM = 3  # subjects that use a word before the constants know it
PENALTY = 0.3  # inverse strength of the ridge
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


def labelled(path: Path = EVENTS) -> list[Told]:
    """The labelled tellings of the project, in order."""
    told: list[Told] = []
    topic = event = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            topic, event = (part.strip() for part in line[2:].split(" / ")[:2])
        elif line and not line.startswith("#"):
            title, _, text = line[3:].partition(" :: ")
            told.append(Told(topic, f"{topic} / {event}", line[:2], title, text))
    return told


def shared_pairs() -> list[Told]:
    """The labelled tellings of the shared folder."""
    lines = (json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines())
    return [Told(str(one["topic"]), str(one["event"]), one["language"], one["headline"], one["lede"]) for one in lines]


def tellings_of(told: Sequence[Told]) -> list[Telling]:
    return tell_many([(one.title, None, one.text, one.language, None) for one in told], open_encoder())


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
    chosen = [(a, b) for a, b in combinations(range(len(told)), 2) if told[a].topic == told[b].topic or chance.random() < RANDOM_SHARE]
    second_of: dict[int, list[int]] = defaultdict(list)
    for a, b in chosen:
        second_of[a].append(b)
    rows: list[list[float]] = []
    for a, many in second_of.items():
        others = [tellings[b] for b in many]
        cosines = telling._cosines(tellings[a], others, np.stack([other.meaning for other in others]))
        rows += [telling.features_of(tellings[a], other, five) for other, five in zip(others, cosines.tolist(), strict=True)]
    first, second = np.array(chosen).T
    topics, events = np.array([one.topic for one in told]), np.array([one.event for one in told])
    one_topic = topics[first] == topics[second]
    terse = np.array([len(words_of(one.text)) < TERSE_WORDS for one in told])
    weights = np.where(one_topic, 1.0, 1 / RANDOM_SHARE) * np.where(terse[first] | terse[second], TERSE_WEIGHT, 1.0)
    return Pairs(first, second, events[first] == events[second], one_topic & (events[first] != events[second]), np.array(rows), weights)


def regression(pairs: Pairs, rows: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Coefficients (features,) and bias of the logistic regression of some of the pairs."""
    features, weights = pairs.features[rows], pairs.weights[rows]
    mean, spread = np.average(features, axis=0, weights=weights), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit((features - mean) / spread, pairs.same[rows], weights)
    slopes = model.coef_[0] / spread
    return slopes, float(model.intercept_[0] - slopes @ mean)


def cross_validated(told: Sequence[Told], pairs: Pairs) -> NDArray[np.float64]:
    """Probabilities by models that saw neither topic of a pair; the mean of two where the topics are of two folds."""
    topics = sorted({one.topic for one in told})
    fold_of = dict(zip(topics, np.random.default_rng(SEED).permutation(len(topics)) % FOLDS, strict=True))
    folds = np.array([fold_of[one.topic] for one in told])
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
    """SAME where F0.5 is best (precision counts double: a wrong join must be found and split by an editor, a missed one is
    still shown as PERHAPS); PERHAPS where 97 % are found, but from a tenth at least and half of SAME at most."""
    precision, recall, thresholds = weighted_scores(pairs.same, scores, pairs.weights)
    same = float(thresholds[np.argmax(1.25 * precision * recall / (0.25 * precision + recall + 1e-9))])
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
    """By language: the mean of both rows, in thousandths, as base64 of signed bytes."""
    means = {}
    for language in ("en", "es", "pt", "fr"):
        rows = np.concatenate([tale.meaning for one, tale in zip(told, tellings, strict=True) if one.language == language])
        means[language] = base64.b64encode(np.clip(np.round(rows.mean(axis=0) * 1000), -127, 127).astype(np.int8).tobytes()).decode()
    return means


def write_fit(values: dict[str, object]) -> None:
    head = (
        '"""Constants of newsdesk/likeness.py and telling.py, written by ``python -m bench.same_story --fit``: do not edit by hand."""\n\n'
    )
    body = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    FIT_FILE.write_text(f"# ruff: noqa: E501\n# fmt: off\n{head}{body}\n", encoding="utf-8")


def fit() -> None:
    """Make the constants anew from the labelled tellings."""
    told = labelled()
    tellings = tellings_of(told)
    common, means = common_words(told, tellings), mean_meanings(told, tellings)
    subjects = len({one.topic for one in told})
    _use({"COMMON": common, "MEANS": means, "SUBJECTS": subjects})
    pairs = pairs_of(told, tellings)
    scores = cross_validated(told, pairs)
    same_from, perhaps_from = thresholds_of(pairs, scores)
    slopes, bias = regression(pairs, np.ones(len(pairs.same), dtype=np.bool_))
    events = len({one.event for one in told})
    values: dict[str, object] = {
        "FIT_VERSION": f"fit-1/{len(told)} tellings of {events} events on {subjects} subjects",
        "SUBJECTS": subjects,
        "SAME_FROM": same_from,
        "PERHAPS_FROM": perhaps_from,
        "BIAS": round(bias, 4),
        "WEIGHTS": {name: round(float(slope), 4) for name, slope in zip(FEATURES, slopes, strict=True)},
        "COMMON": common,
        "MEANS": means,
    }
    write_fit(values)
    report("own, cross-validated by topic", pairs.same, pairs.siblings, scores, pairs.weights, same_from)


def _use(tables: dict[str, object]) -> None:
    """Let the features be drawn with new tables in this process."""
    for name, value in tables.items():
        setattr(likeness_fit, name, value)
        setattr(likeness, name, value)
    likeness.means.cache_clear()
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


def compare_all(told: Sequence[Told], tellings: Sequence[Telling]) -> Measured:
    """Every pair of a set, by ``same_story_many`` as it is shipped."""
    first, second = np.triu_indices(len(told), 1)
    found = [one for at in range(len(told) - 1) for one in same_story_many(tellings[at], tellings[at + 1 :])]
    events, topics = np.array([one.event for one in told]), np.array([one.topic for one in told])
    same = events[first] == events[second]
    siblings = (topics[first] == topics[second]) & ~same
    return Measured(told, first, second, same, siblings, np.array([one.score for one in found]), [one.verdict for one in found])


def by_language(measured: Measured) -> dict[str, float]:
    """F1 of each pair of languages at the shipped threshold."""
    languages = np.array([one.language for one in measured.told])
    first, second = languages[measured.first], languages[measured.second]
    called = measured.scores >= likeness_fit.SAME_FROM
    values = {}
    for a, b in combinations(("en", "es", "pt", "fr"), 2):
        mask = ((first == a) & (second == b)) | ((first == b) & (second == a))
        right = (called & measured.same & mask).sum()
        values[f"{a}-{b}"] = float(2 * right / max(1, (called & mask).sum() + (measured.same & mask).sum()))
    return values


def measure(name: str, told: Sequence[Told]) -> dict[str, float]:
    measured = compare_all(told, tellings_of(told))
    weights = np.ones(len(measured.same))
    found = report(name, measured.same, measured.siblings, measured.scores, weights, likeness_fit.SAME_FROM)
    languages = by_language(measured)
    print("  by languages: " + "  ".join(f"{pair} {value:.3f}" for pair, value in languages.items()))
    perhaps = np.array([verdict is not Verdict.OTHER for verdict in measured.verdicts])
    kept, others = (perhaps & measured.same).sum() / measured.same.sum(), (perhaps & ~measured.same).sum()
    print(f"  same or perhaps: {kept:.4f} of the same, {others} others")
    return {**found, **languages}


def errors_by_topic(told: Sequence[Told]) -> None:
    measured = compare_all(told, tellings_of(told))
    called = measured.scores >= likeness_fit.SAME_FROM
    wrong: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at in np.nonzero(called != measured.same)[0]:
        wrong[told[measured.first[at]].topic][int(measured.same[at])] += 1
    for topic, (joined, missed) in sorted(wrong.items(), key=lambda each: -sum(each[1])):
        print(f"    {topic}: {joined} joined wrongly, {missed} missed")


def measure_routine(count: int = 300) -> None:
    """How many pairs of routine news, told in the same phrases of other places and people, are taken for one event."""
    made = [Told(piece.event, piece.event, piece.language, piece.title, piece.lead) for piece in made_news(count)]
    measured = compare_all(made, tellings_of(made))
    called = sum(1 for verdict in measured.verdicts if verdict is Verdict.SAME)
    print(f"made news, no two of one event: {called} of {len(measured.same)} pairs called the same")


def milliseconds(work: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - began) / times


def measure_cost(told: Sequence[Told]) -> None:
    encoder = open_encoder()
    encoder.encode(["warm"])
    some = told[:60]
    each = milliseconds(lambda: [tell_many([(one.title, None, one.text, one.language, None)], encoder) for one in some], 1) / len(some)
    together = milliseconds(lambda: tellings_of(some), 2) / len(some)
    tellings = tellings_of(told[:200])
    pair = milliseconds(lambda: same_story_many(tellings[0], tellings), 5) / len(tellings)
    print(f"CPU: {each:.2f} ms a telling alone, {together:.2f} ms among sixty; {pair:.3f} ms a comparison among {len(tellings)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="make the constants anew from the labelled tellings, and stop")
    parser.add_argument("--errors", action="store_true", help="count errors by topic on the project's own set")
    asked = parser.parse_args()
    if asked.fit:
        fit()
        return
    print(likeness_fit.FIT_VERSION)
    measure("own, all pairs (fitted on them)", labelled())
    if asked.errors:
        errors_by_topic(labelled())
    if PAIRS.is_file():
        measure("shared pairs (not fitted on)", shared_pairs())
    else:
        print(f"{PAIRS} is not there: set NEWSDESK_SHARED to the folder of labelled pairs")
    measure_routine()
    measure_cost(labelled())


if __name__ == "__main__":
    main()
