"""How well pages are read must only rise: floors per language and field (bench/floors.json), ours above trafilatura's."""

from __future__ import annotations

import gzip
import json
import os
from typing import Any

import pytest

from bench.reading import FACTS, Row, author_check, day, shared_folder, title_check
from bench.reading_demo import read_demo
from bench.reading_gate import FLOORS, HEADERS, LANGUAGES, OURS, PRECISE, Run, figures, pages_of_shared, read_labelled
from bench.shingles import f1, overlap, packed, shingles, unpacked
from crawler.reading import read_page

PAGES = shared_folder() / "replay" / "pages"
WANTED: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))


def need_pages() -> None:
    if not (PAGES / "manifest.jsonl").is_file() and os.environ.get("NEWSDESK_REQUIRE_ALL") != "1":
        pytest.skip(f"the recorded pages are no part of the project: {PAGES} is not there (set NEWSDESK_SHARED)")


def below(run: Run, floors: dict[str, dict[str, float]]) -> list[str]:
    """Each figure that lies under its floor, in words."""
    found = {language: figures(run, OURS, language) for language in floors}
    return [
        f"{language} {name}: {found[language][name]:.3f}, floor {floor}"
        for language, wanted in floors.items()
        for name, floor in wanted.items()
        if found[language][name] < floor
    ]


def test_the_labelled_pages_are_read_above_the_floors_and_above_trafilatura() -> None:
    need_pages()
    run = read_labelled(*pages_of_shared(PAGES), readers=(OURS, PRECISE))
    assert not below(run, WANTED["labelled"])
    for language in LANGUAGES:
        assert len(run.texts(OURS, language)) >= 20
        assert f1(run.texts(OURS, language)) > f1(run.texts(PRECISE, language)), language


def test_the_recorded_webs_own_labels_are_met() -> None:
    need_pages()
    right = {"title": 0, "day": 0, "authors": 0}
    for line in (PAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if not label["published"] and not label["labels"]:
            continue
        read = read_page(gzip.decompress((PAGES / label["file"]).read_bytes()), HEADERS, label["url"], None, FACTS)
        row = Row(label, read, read, read)
        right["day"] += bool(label["published"]) and day(read) == label["published"]
        right["title"] += bool(label["labels"].get("title")) and title_check(row)[0]
        right["authors"] += bool(label["labels"].get("authors")) and author_check(row, with_origin=False)[0]
    assert all(right[name] >= floor for name, floor in WANTED["recorded"].items()), right


def test_the_demos_pages_are_read_whole() -> None:
    run = read_demo()
    assert len(run.scores[OURS]) >= 60
    assert not below(run, WANTED["demo"])


def test_the_measure_tells_a_whole_text_from_a_part_and_from_too_much() -> None:
    text = "one two three four five six seven eight"
    wanted = unpacked(packed(shingles(text)))
    assert overlap(wanted, shingles(text)).f1 == 1
    assert overlap(wanted, shingles(text + " and a line of a menu")).precision < 0.6  # type: ignore[operator]
    assert overlap(wanted, shingles("one two three four five")).recall == 0.4
    assert overlap(wanted, shingles("")).f1 == 0
