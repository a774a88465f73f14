"""An outlet's own rules of reading: read strictly, bounded, and applied on the days for which they are meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.rules import READING_FOLDER, with_rules
from config.strict import Book
from config.workspace import init_workspace, load_workspace
from crawler.reading import PageFacts, read_page
from newsdesk.articles import Article
from newsdesk.errors import ConfigurationError
from newsdesk.moments import Hint
from newsdesk.outlets import Outlet
from newsdesk.rules import ReadingRule, rule_of_day
from spiders.facts import page_facts

SENTENCE = "El puente nuevo sobre el río se abre mañana después de tres años de obras y de muchas discusiones. "
PAGE = f"""<html lang="es"><head><title>Portal</title></head><body>
<div class="kicker-row">El puente se abre al fin</div><div class="who">Ana Ruiz</div><span class="stamp">3 de marzo de 2024</span>
<div class="novel"><p>{SENTENCE * 2}</p><p>Publirreportaje que nadie pidió, con un precio de 99 pesos.</p><p>{SENTENCE * 3}</p></div>
<div class="x1">{"".join(f"<p>{SENTENCE}</p>" for _ in range(9))}</div></body></html>"""
RULE = ReadingRule(
    why="its pages have no headings",
    valid_from=date(2024, 1, 1),
    valid_to=date(2024, 12, 31),
    title=("h1.gone", ".kicker-row"),
    authors=("//div[@class='who']",),
    published=(".stamp",),
    body=(".novel",),
    drop=(".novel p:nth-child(2)",),
)
OUTLET = Outlet("portal", "Portal", (), "VE", ("es",), ("portal.example",), (), ())


def read(day: datetime, *rules: ReadingRule) -> Article:
    facts = page_facts(replace(OUTLET, reading=rules), day)
    article = read_page(PAGE.encode(), [("Content-Type", "text/html")], "https://portal.example/nota/1", None, facts)
    assert isinstance(article, Article)
    return article


def test_a_page_is_read_with_the_rule_of_its_day() -> None:
    article = read(datetime(2024, 3, 4, tzinfo=UTC), RULE)
    assert article.title is not None
    assert (article.title.value, article.title.hint) == ("El puente se abre al fin", Hint.OUTLET)
    assert article.authors is not None
    assert (list(article.authors.value), article.authors.hint) == (["Ana Ruiz"], Hint.OUTLET)
    assert article.published is not None
    assert (article.published.value.on, article.published.hint) == (date(2024, 3, 3), Hint.OUTLET)
    assert article.text.count("El puente nuevo") == 5
    assert "Publirreportaje" not in article.text
    assert article.extractor.startswith("rule of the outlet from 2024-01-01")


@pytest.mark.parametrize("day", [datetime(2023, 12, 31, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)])
def test_a_rule_of_other_days_is_not_applied(day: datetime) -> None:
    article = read(day, RULE)
    assert article.extractor.startswith("trafilatura")
    assert article.title is None or article.title.hint is not Hint.OUTLET


def test_the_rule_that_began_last_holds() -> None:
    old, new = replace(RULE, why="old", valid_to=None), replace(RULE, why="new", valid_from=date(2024, 6, 1))
    assert rule_of_day([new, old], date(2024, 5, 31)) is old
    assert rule_of_day([new, old], date(2024, 6, 1)) is new
    assert rule_of_day([new, old], date(2023, 6, 1)) is None


def test_what_a_rule_does_not_find_is_read_the_general_way() -> None:
    article = read(datetime(2024, 3, 4, tzinfo=UTC), replace(RULE, body=(".gone",), title=(), drop=("(//nothing)",)))
    assert article.extractor.startswith("trafilatura")
    assert article.authors is not None
    assert article.authors.hint is Hint.OUTLET


def test_a_workspace_hands_its_rules_to_the_reader(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    init_workspace(home, contact="desk@example.org")
    folder = home / READING_FOLDER
    folder.mkdir()
    outlet = load_workspace(home).outlets[0]
    (folder / f"{outlet.id}.yaml").write_text(
        "rules:\n  - why: the story stands in a table\n    valid_from: 2026-01-01\n    body: [div.story]\n    drop: ['//aside']\n", "utf-8"
    )
    loaded = next(one for one in load_workspace(home).outlets if one.id == outlet.id)
    assert loaded.reading == (ReadingRule("the story stands in a table", date(2026, 1, 1), None, body=("div.story",), drop=("//aside",)),)
    assert list(page_facts(loaded, datetime(2026, 2, 1, tzinfo=UTC)).rules) == list(loaded.reading)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("rules: []\n", "at least one rule"),
        ("rules:\n  - why: x\n", "selectors in at least one"),
        ("rules:\n  - why: x\n    body: ['div[']\n", "a CSS selector"),
        ("rules:\n  - why: x\n    body: ['//div[']\n", "an XPath"),
        ("rules:\n  - body: [p]\n", "why"),
        ("rules:\n  - why: x\n    bodi: [p]\n", "body"),
        ("rules:\n  - why: x\n    body: [p]\n    valid_from: 2026-02-01\n    valid_to: 2026-01-01\n", "not before"),
        (f"rules:\n  - why: x\n    body: ['{'p ' * 200}p']\n", "at most 300"),
        (f"rules:\n  - why: x\n    body: [{', '.join(['p'] * 11)}]\n", "at most 10"),
    ],
)
def test_rules_are_read_strictly(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "portal.yaml").write_text(written, "utf-8")
    book = Book(tmp_path)
    with_rules(book, tmp_path, [OUTLET])
    with pytest.raises(ConfigurationError) as refused:
        book.settle()
    assert said in str(refused.value)


def test_rules_of_an_unknown_outlet_are_refused(tmp_path: Path) -> None:
    (tmp_path / "nobody.yaml").write_text("rules:\n  - why: x\n    body: [p]\n", "utf-8")
    book = Book(tmp_path)
    assert with_rules(book, tmp_path, [OUTLET]) == (OUTLET,)
    with pytest.raises(ConfigurationError, match="nobody"):
        book.settle()


def test_a_rule_on_a_hostile_page_only_finds_nothing() -> None:
    page = b"<p>" * 3000 + SENTENCE.encode() * 20
    facts = PageFacts(fetched_at=datetime(2024, 3, 4, tzinfo=UTC), rules=(replace(RULE, body=("p p p",), drop=("//p/p/text()",)),))
    assert read_page(page, [], "https://portal.example/nota/1", None, facts)
