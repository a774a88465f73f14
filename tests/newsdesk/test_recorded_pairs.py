"""The labels of bench/recorded_pairs.py, what may stand in them, and floors under what the demo's pairs show."""

from __future__ import annotations

import os
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from bench.reading import shared_folder
from bench.recorded_pairs import (
    DEMO_LABELS,
    RECORDED_LABELS,
    Comparison,
    LabelledPair,
    Truth,
    by_languages,
    compare_all,
    copies_among,
    demo_articles,
    labelled_pairs,
    recorded_articles,
    tally,
    titled,
)
from demo.content import articles
from newsdesk.telling import Sameness, Verdict

WHY_SIGNS, WHY_WORDS = 110, 20  # at most: a reason is the reader's own few words, never a passage
SHARED_RUN = 5  # words in a row that a reason must not have in common with a page
DEMO_PRECISION, DEMO_RECALL = 0.82, 0.96
PAGES = shared_folder() / "replay" / "pages"


@pytest.mark.parametrize("path", [RECORDED_LABELS, DEMO_LABELS], ids=lambda path: path.stem)
def test_each_pair_is_labelled_once_and_in_few_words(path: Path) -> None:
    labels = labelled_pairs(path)
    assert all(label.first < label.second for label in labels)
    assert len({(label.first, label.second) for label in labels}) == len(labels)
    assert {label.truth for label in labels} == set(Truth)
    for label in labels:
        assert 0 < len(label.why) <= WHY_SIGNS and len(label.why.split()) <= WHY_WORDS, label
        assert not re.search('["“”«»]', label.why), label


def test_recorded_pages_are_named_by_host_and_digest_and_enough_of_them_are_labelled() -> None:
    labels = labelled_pairs(RECORDED_LABELS)
    assert all(re.fullmatch(r"[a-z0-9.-]+/[0-9a-f]{16}", name) for label in labels for name in (label.first, label.second))
    assert len(labels) >= 500
    assert len({name for label in labels for name in (label.first, label.second)}) == 256


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "pairs.tsv"
    wrong.write_text("# how\none\tanother\tmaybe\twhy\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv:2: .*same, copy, matter, other"):
        labelled_pairs(wrong)


def test_the_labels_of_the_demo_know_its_articles_and_its_copies() -> None:
    every = {f"{one.outlet_id}/{one.slug}": one for one in articles(date(2026, 10, 20))}
    labels = {(label.first, label.second): label.truth for label in labelled_pairs(DEMO_LABELS)}
    assert {name for pair in labels for name in pair} <= every.keys()
    text_of = {name: one.of or name for name, one in every.items()}
    copied = {pair for pair in combinations(sorted(every), 2) if text_of[pair[0]] == text_of[pair[1]]}
    assert copied == {pair for pair, truth in labels.items() if truth is Truth.COPY}


def test_no_reason_repeats_what_a_page_says() -> None:
    if not PAGES.is_dir() and os.environ.get("NEWSDESK_REQUIRE_ALL") != "1":
        pytest.skip(f"recorded pages are no part of the project: {PAGES} is not there (set NEWSDESK_SHARED)")
    read = recorded_articles(PAGES)
    runs = {name: _runs(f"{titled(one)} . {one.lead or ''} . {one.text}") for name, one in read.items()}
    labels = labelled_pairs(RECORDED_LABELS)
    assert {name for label in labels for name in (label.first, label.second)} <= read.keys()
    repeated = {label.why for label in labels if _runs(label.why) & (runs[label.first] | runs[label.second])}
    assert not repeated


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+|[.,;:/]", text.casefold())
    return {tuple(words[at : at + SHARED_RUN]) for at in range(len(words) - SHARED_RUN + 1)}


def test_the_demos_articles_are_joined_as_its_labels_say() -> None:
    read = demo_articles()
    labels = labelled_pairs(DEMO_LABELS)
    assert copies_among(read).keys() == {(label.first, label.second) for label in labels if label.truth is Truth.COPY}
    found = tally(compare_all(read, labels))
    assert found.pairs == 81 * 80 // 2
    assert found.one_event == 28
    assert found.precision >= DEMO_PRECISION
    assert found.recall >= DEMO_RECALL


def comparison(truth: Truth, verdict: Verdict, languages: str = "en-es", days: int | None = 0) -> Comparison:
    return Comparison(LabelledPair("a", "b", truth, "why"), Sameness(verdict, 0.5, 0.5, "Both."), languages, days)


def test_what_is_joined_is_counted_against_what_is_one_event() -> None:
    compared = [
        comparison(Truth.SAME, Verdict.SAME),
        comparison(Truth.COPY, Verdict.SAME),
        comparison(Truth.MATTER, Verdict.SAME),
        comparison(Truth.SAME, Verdict.PERHAPS),
        comparison(Truth.OTHER, Verdict.OTHER, "fr-fr", None),
    ]
    found = tally(compared)
    assert (found.pairs, found.one_event, found.right, found.wrong) == (5, 3, 2, 1)
    assert (found.precision, found.recall, found.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert by_languages(compared)["fr-fr"].f1 == 1.0
    assert [one.asked for one in compared] == [True, True, True, True, False]
    assert not comparison(Truth.SAME, Verdict.SAME, days=8).asked
