"""Floors under what was measured on a past edition: they only rise (bench/sections.py, bench/duplicates.py)."""

from __future__ import annotations

import os

import pytest

from bench.sections import ROOT, SECTIONS, SHARED, article_of, entries
from config.watchlist import load_watchlist
from newsdesk.relevance import weigh
from newsdesk.watchlist import Matcher

FIRST, AMONG_TWO, FOUND = 0.80, 0.94, 0.95


def test_the_printed_section_is_proposed_and_the_entry_is_found() -> None:
    if not SHARED.is_dir() and os.environ.get("NEWSDESK_REQUIRE_ALL") != "1":
        pytest.skip(f"past editions are no part of the project: {SHARED} is not there (set NEWSDESK_SHARED)")
    matcher = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
    weighed = [(wanted, weigh(article_of("", sentence, "en"), matcher)) for wanted, sentence in entries()]
    proposed = [(wanted, [each.section_id for each in seen.sections[:2]]) for wanted, seen in weighed]
    assert len(weighed) == 91
    assert sum(sections[:1] == [wanted] for wanted, sections in proposed) / 91 >= FIRST
    assert sum(wanted in sections for wanted, sections in proposed) / 91 >= AMONG_TWO
    assert sum(seen.score >= 30 for _, seen in weighed) / 91 >= FOUND


def test_every_proposed_section_exists() -> None:
    known = (ROOT / "config" / "defaults" / "sections.yaml").read_text(encoding="utf-8")
    speaking = {concept.section for concept in load_watchlist(ROOT / "config" / "defaults" / "watchlist").concepts if concept.section}
    for section in speaking | set(SECTIONS.values()):
        assert f"id: {section}\n" in known
