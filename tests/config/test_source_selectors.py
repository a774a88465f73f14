"""Selectors and the first fill as data of a source: read, refused with the place, written and read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.outlets import load_outlets, render_outlet
from newsdesk.errors import ConfigurationError
from newsdesk.outlets import Selectors

PAPER = """id: paper
name: The Paper
domains: [paper.example]
time_zone: America/Lima
control:
  - control: unknown
    basis: a test
sources:
  - id: front
    kind: section_page
    url: https://paper.example/mundo/
    grade: A
    links: "main .note > h3 a[href*='/nota/']"
    within: main
    next: a.older
    date: time
    back_to: 2026-10-01
"""


def load(folder: Path, content: str) -> list[object]:
    outlets = folder / "outlets"
    outlets.mkdir(exist_ok=True)
    (outlets / "paper.yaml").write_text(content, "utf-8")
    return list(load_outlets(outlets))


def refusals(folder: Path, content: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(folder, content)
    return str(caught.value)


def test_selectors_are_read_and_read_back(tmp_path: Path) -> None:
    load(tmp_path, PAPER)
    (outlet,) = load_outlets(tmp_path / "outlets")
    (source,) = outlet.sources
    assert source.selectors == Selectors("main .note > h3 a[href*='/nota/']", "main", "a.older", "time")
    assert source.back_to == date(2026, 10, 1)
    assert load(tmp_path, render_outlet(outlet)) == [outlet]


def test_a_source_without_selectors_has_none(tmp_path: Path) -> None:
    load(tmp_path, "".join(line for line in PAPER.splitlines(True) if line.split(":")[0].strip() not in "links within next date".split()))
    (outlet,) = load_outlets(tmp_path / "outlets")
    assert outlet.sources[0].selectors is None


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("within: main", "within: 'main >'", "sources[0].within is"),
        ("within: main", f"within: '{'a ' * 300}'", "at most 500"),
        ("kind: section_page", "kind: feed", "only a section_page has them"),
        ("back_to: 2026-10-01", "back_to: October", "sources[0].back_to"),
        ("next: a.older", "nxt: a.older", "nxt"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert complaint in refusals(tmp_path, PAPER.replace(old, new))


def test_a_news_sitemap_has_no_older_pages(tmp_path: Path) -> None:
    content = "".join(line for line in PAPER.splitlines(True) if line.split(":")[0].strip() not in "links within next date".split())
    assert "has no older pages" in refusals(tmp_path, content.replace("section_page", "news_sitemap"))


def test_the_operators_own_rhythm_is_read_and_read_back(tmp_path: Path) -> None:
    load(tmp_path, PAPER + "    poll_minutes: 30\n")
    (outlet,) = load_outlets(tmp_path / "outlets")
    assert outlet.sources[0].poll_minutes == 30
    assert "poll_minutes: 30\n" in render_outlet(outlet)


@pytest.mark.parametrize("minutes", ["4", "10081", "often", "30.5", "true"])
def test_a_rhythm_that_makes_no_sense_is_refused(tmp_path: Path, minutes: str) -> None:
    assert "sources[0].poll_minutes" in refusals(tmp_path, PAPER + f"    poll_minutes: {minutes}\n")
