"""How well relevant reports come first: the watch-list on a cold start, then the ranking learned from decisions.

Relevant are the 97 entries of a past edition (``monitor/2020-11-entries.jsonl`` of the shared folder, which is no part of the
project) and 64 invented reports in four languages (bench/ranking_texts.py). Irrelevant are paragraphs of the replayed pages,
cut to the size of a listing, and invented news from patterns: sport, crime, councils, weather, near misses from abroad.
The edition is used for measuring only. Run from the repository:

    python -m bench.ranking [--json FILE] [--plot FILE.svg]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.ranking_texts import RELEVANT, Told, irrelevant
from bench.sections import ROOT, SHARED, article_of, pages
from config.watchlist import load_watchlist
from crawler.languages import detect
from newsdesk.learned import Example, Learned, Origin
from newsdesk.learning import bins_of, learn, order_in_language, quality
from newsdesk.meaning import open_encoder
from newsdesk.ranking import Features, Model, chance_of, features_of, opening_of, slots, window
from newsdesk.relevance import weigh
from newsdesk.watchlist import Matcher
from review.charts import calibration_svg

EACH = 14  # texts of every pattern
FIRST = 300
DECISIONS, RETRAIN, PAGE, SHARE = 200, 50, 30, 0.1
SEEDS = 5
LONGEST_PIECE, SHORTEST_PIECE, PIECES_OF_A_PAGE = 700, 80, 8
# Replayed pages that the monitor might well print: external actors in the region, or politics of Venezuela, Nicaragua, Bolivia.
MATTERING = frozenset("3f2cb470cacd3885 3dc6783e008da8ad adbc5ab55ee72d1f 4a44ab3e4c41d56c f2309db2fa9fff99".split())
LANGUAGES = ("en", "es", "pt", "fr")


@dataclass(frozen=True)
class Item:
    """A text of the measurement. ``group`` keeps what belongs together on one side of a split: a page, a pattern's kind."""

    told: Told
    wanted: bool
    group: str
    kind: str
    seen: Features
    score: float


def edition() -> Iterator[Told]:
    """The entries of the past edition, as sentences; what the desk itself put before them is taken off."""
    with (SHARED / "monitor" / "2020-11-entries.jsonl").open(encoding="utf-8") as lines:
        for entry in map(json.loads, lines):
            yield Told("", re.sub(r"^State media (reports|BelTA learned)\s+", "", entry["text"]), "en")


def pieces() -> Iterator[tuple[str, Told]]:
    """Paragraphs of the replayed pages with the page's title before the first, in the four languages."""
    for name, title, text, _ in pages():
        if name in MATTERING:
            continue
        paragraphs = [line for line in text.splitlines() if SHORTEST_PIECE <= len(line) <= LONGEST_PIECE][:PIECES_OF_A_PAGE]
        for at, paragraph in enumerate(paragraphs):
            head = title if at == 0 else ""
            found = detect(head, paragraph)
            if found is not None and found.language in LANGUAGES:
                yield name, Told(head, paragraph, found.language)


def material() -> list[Item]:
    """Everything, weighed by the watch-list and read for its meaning."""
    matcher = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
    gathered: list[tuple[Told, bool, str, str]] = []
    gathered += [(told, True, f"entry {number}", "edition") for number, told in enumerate(edition())]
    gathered += [(told, True, f"own {number}", "own") for number, told in enumerate(RELEVANT)]
    gathered += [(told, False, f"{told.language} {pattern}", kind) for kind, pattern, told in irrelevant(EACH)]
    gathered += [(told, False, name, "page") for name, told in pieces()]
    vectors = open_encoder().encode([opening_of(told.title, told.text) for told, *_ in gathered])
    items = []
    for (told, wanted, group, kind), vector in zip(gathered, vectors, strict=True):
        relevance = weigh(article_of(told.title, told.text, told.language), matcher)
        seen = features_of(told.title, told.text, relevance, vector, language=told.language, outlet_id=None)
        items.append(Item(told, wanted, group, kind, seen, relevance.score))
    return items


# ---------------------------------------------------------------- measures


Order = Callable[[Item], float]


def by_watch_list(item: Item) -> float:
    """The watch-list's score, more finely than it is printed."""
    return item.score


def by_model(model: Model | None) -> Order:
    """The model's order; the watch-list's where there is none."""
    return by_watch_list if model is None else lambda item: model.blended(item.seen)


def recall_at(items: Sequence[Item], order: Order, first: int) -> float:
    """The share of the wanted among the ``first``; ties count against us."""
    ranked = sorted(items, key=lambda item: (-order(item), item.wanted))
    return sum(item.wanted for item in ranked[:first]) / max(1, sum(item.wanted for item in items))


def measured(items: Sequence[Item], order: Order) -> dict[str, Any]:
    """Recall at as many times as there are wanted, average precision, pairs in order within a language."""
    values, wanted = np.array([order(item) for item in items]), np.array([item.wanted for item in items])
    languages = [item.told.language for item in items]
    found = quality(values, wanted, languages)
    count = int(wanted.sum())
    return {
        "relevant": count,
        "of": len(items),
        "recall_at_1x": round(recall_at(items, order, count), 4),
        "recall_at_2x": round(recall_at(items, order, 2 * count), 4),
        "recall_at_3x": round(recall_at(items, order, 3 * count), 4),
        "average_precision": round(found.average_precision, 4),
        "pairs_in_order": None if found.order_in_language is None else round(found.order_in_language, 4),
    }


def by_language(items: Sequence[Item], orders: dict[str, Order]) -> list[dict[str, Any]]:
    """For each language: how many, the pairs in order, and the recall when the queue of all is read three times as far."""
    rows = []
    wanted_in_all = sum(item.wanted for item in items)
    for language in LANGUAGES:
        mine = [item for item in items if item.told.language == language]
        row: dict[str, Any] = {"language": language, "relevant": sum(i.wanted for i in mine), "irrelevant": sum(not i.wanted for i in mine)}
        for name, order in orders.items():
            ranked = sorted(items, key=lambda item: (-order(item), item.wanted))[: 3 * wanted_in_all]
            inside = sum(item.wanted and item.told.language == language for item in ranked)
            values, wanted = np.array([order(item) for item in mine]), np.array([item.wanted for item in mine])
            pairs = order_in_language(values, wanted, [language] * len(mine))
            row[name] = {"pairs_in_order": None if pairs is None else round(pairs, 4), "recall": round(inside / max(1, row["relevant"]), 3)}
        rows.append(row)
    return rows


# ---------------------------------------------------------------- the desk, played


def split(items: Sequence[Item], seed: int) -> tuple[list[Item], list[Item]]:
    """Two months: no page, pattern or report stands in both."""
    chance = random.Random(seed)
    groups = sorted({item.group for item in items})
    chance.shuffle(groups)
    first = set(groups[: len(groups) // 2])
    return [item for item in items if item.group in first], [item for item in items if item.group not in first]


def play(month: Sequence[Item], seed: int, decisions: int = DECISIONS) -> tuple[list[Item], Learned | None]:
    """An editor reads the queue page by page and decides on everything there; the ranking is trained anew as it goes."""
    chance = random.Random(seed)
    waiting, decided = list(month), []
    model: Model | None = None
    learned: Learned | None = None
    trained = 0
    while len(decided) < decisions:
        waiting.sort(key=lambda item: -by_model(model)(item))
        page = first_page(waiting, chance)
        page = page[: decisions - len(decided)]
        decided += page
        shown = {id(item) for item in page}
        waiting = [item for item in waiting if id(item) not in shown]
        if len(decided) - trained >= RETRAIN or len(decided) == decisions:
            background = chance.sample(waiting, min(300, len(waiting)))
            learned = learn(examples(decided, background), "bench", model)
            model = learned.model if learned.adopt else model
            trained = len(decided)
    return decided, replace(learned, model=model) if learned else None


def first_page(waiting: Sequence[Item], chance: random.Random) -> list[Item]:
    """A page with the share of stories from further down."""
    kept = slots(PAGE, SHARE)
    _, best, inside = window(0, PAGE, kept)
    return [*waiting[:best], *chance.sample(list(waiting[best:]), min(len(inside), max(0, len(waiting) - best)))]


def examples(decided: Sequence[Item], background: Sequence[Item], past: Sequence[Item] = ()) -> list[Example]:
    """What a training run is given."""
    return [
        *(Example(item.group, item.seen, item.wanted, Origin.DECISION) for item in decided),
        *(Example(item.group, item.seen, True, Origin.PAST) for item in past),
        *(Example(item.group, item.seen, False, Origin.BACKGROUND) for item in background),
    ]


def cold(items: Sequence[Item]) -> dict[str, Any]:
    """The row of the acceptance: the entries among the irrelevant, no decision made."""
    bad = [item for item in items if not item.wanted]
    sets = {name: [item for item in items if item.kind == name] for name in ("edition", "own")}
    found = {
        name: {"relevant": len(good), "irrelevant": len(bad), "recall_at_300": round(recall_at([*good, *bad], by_watch_list, FIRST), 4)}
        for name, good in sets.items()
    }
    return {**found, "languages": by_language([*sets["own"], *bad], {"watch_list": by_watch_list})}


def after_decisions(items: Sequence[Item]) -> dict[str, Any]:
    """Over several splits: what 200 decisions in one month do to the order of another."""
    runs, said, truth, tables = [], [], [], []
    for seed in range(SEEDS):
        first, second = split(items, seed)
        decided, learned = play(first, seed)
        model = learned.model if learned else None
        after = by_model(model)
        runs.append(
            {
                "seed": seed,
                "accepted_of_200": sum(item.wanted for item in decided),
                "used": model is not None,
                "watch_list": measured(second, by_watch_list),
                "learned": measured(second, after),
            }
        )
        tables.append(by_language(second, {"watch_list": by_watch_list, "learned": after}))
        if model is not None:
            head = sorted(second, key=lambda item: -after(item))[:FIRST]
            said += [chance_of(model.slope * model.blended(item.seen) + model.offset) for item in head]
            truth += [item.wanted for item in head]
    names = [name for name in runs[0]["learned"] if name not in ("relevant", "of")]
    mean = {
        side: {name: round(float(np.mean([run[side][name] for run in runs])), 4) for name in names} for side in ("watch_list", "learned")
    }
    bins = bins_of(np.array(said), np.array(truth, dtype=bool)) if said else ()
    error = sum(each.count * abs(each.said - each.seen) for each in bins) / max(1, sum(each.count for each in bins))
    return {"runs": runs, "mean": mean, "languages": mean_tables(tables), "bins": bins, "calibration_error_points": round(error, 2)}


def mean_tables(tables: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The tables of all splits as one."""
    rows = []
    for at, language in enumerate(LANGUAGES):
        row: dict[str, Any] = {"language": language, "relevant": sum(table[at]["relevant"] for table in tables)}
        for side in ("watch_list", "learned"):
            for name in ("pairs_in_order", "recall"):
                values = [table[at][side][name] for table in tables if table[at][side][name] is not None]
                row[f"{side}_{name}"] = round(float(np.mean(values)), 4)
        rows.append(row)
    return rows


def artefact(items: Sequence[Item]) -> dict[str, Any]:
    """Learned from nothing but English sentences and undecided stories of all languages: has it learned English, or length?

    ``english``: of two irrelevant texts, one English and one not, how often the English one gained more by learning (0.5:
    it learned nothing of language); ``short``: the same of an invented one-liner and a paragraph of a page, both English.
    """
    chance = random.Random(7)
    bad = [item for item in items if not item.wanted]
    learned = learn(examples((), chance.sample(bad, 900), [item for item in items if item.kind == "edition"]), "bench")
    model = learned.model
    if model is None:
        return {"why": learned.why}
    gains = {id(item): model.blended(item.seen) - item.seen.prior for item in bad}
    english = [gains[id(item)] for item in bad if item.told.language == "en"]
    others = [gains[id(item)] for item in bad if item.told.language != "en"]
    short = [gains[id(item)] for item in bad if item.told.language == "en" and item.kind != "page" and not item.told.title]
    long = [gains[id(item)] for item in bad if item.told.language == "en" and item.kind == "page"]
    mixed = [item for item in items if item.kind == "own" or not item.wanted]
    return {
        "used": learned.adopt,
        "why": learned.why,
        "english": round(more_often(english, others), 3),
        "short": round(more_often(short, long), 3),
        "languages": by_language(mixed, {"watch_list": by_watch_list, "learned": by_model(model)}),
    }


def more_often(one: Sequence[float], other: Sequence[float]) -> float:
    """How often a value of the first is above one of the second."""
    first, second = np.array(one)[:, None], np.array(other)[None, :]
    return float((first > second).mean() + 0.5 * (first == second).mean())


def costs(items: Sequence[Item]) -> dict[str, float]:
    """Milliseconds of CPU for a story."""
    model = learn(examples(items[:200], items[-300:]), "bench").model
    matcher = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
    sample = items[::10]
    weighed = [(item, weigh(article_of(item.told.title, item.told.text, item.told.language), matcher)) for item in sample]
    began = time.process_time()
    for item, relevance in weighed:
        seen = features_of(item.told.title, item.told.text, relevance, item.seen.meaning, language="en", outlet_id="x")
        if model is not None:
            model.rank(seen, {})
    ranked = time.process_time() - began
    encoder = open_encoder()
    began = time.process_time()
    for item in sample:
        encoder.encode([opening_of(item.told.title, item.told.text)])
    encoded = time.process_time() - began
    return {"rank_ms": round(1000 * ranked / len(sample), 3), "encode_ms": round(1000 * encoded / len(sample), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--plot", type=Path, help="write the calibration plot to this file")
    asked = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not there: set NEWSDESK_SHARED to the folder of past editions and replayed pages")
    items = material()
    found = {"cold": cold(items), "after": after_decisions(items), "artefact": artefact(items), "cost": costs(items)}
    bins = found["after"].pop("bins")
    found["after"]["bins"] = [(each.said, each.seen, each.count) for each in bins]
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if asked.json:
        asked.json.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    if asked.plot:
        asked.plot.write_text(calibration_svg(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
