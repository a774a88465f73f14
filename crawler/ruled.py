"""An outlet's own rule of reading applied to a page; what a rule does not find is left to the general way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree, html

from crawler import dates
from crawler.pages import PageFacts, squeeze
from crawler.people import names_in, people_and_agencies
from crawler.witnesses import text_of
from newsdesk.articles import Article
from newsdesk.moments import Hint, Hinted
from newsdesk.rules import ReadingRule, rule_of_day

_FOUND = 50  # elements of one selector
_LINES = 2000
_BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "pre", "dt", "dd")


@lru_cache(maxsize=500)
def _path(selector: str) -> etree.XPath | None:
    try:
        written = selector if selector.startswith(("/", "./", "(")) else HTMLTranslator().css_to_xpath(selector)
        return etree.XPath(written, smart_strings=False)
    except (SelectorError, etree.XPathError):
        return None


def _select(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement | str]:
    path = _path(selector)
    if path is None:
        return []
    try:
        found = path(tree)
    except etree.XPathError:
        return []
    return list(found[:_FOUND]) if isinstance(found, list) else [str(found)]


def texts(tree: html.HtmlElement, selectors: Sequence[str]) -> list[str]:
    """What the first selector that finds any text finds: attributes as they are, a time element's machine value before
    its words, other elements' visible text."""
    for selector in selectors:
        found = [squeeze(one) if isinstance(one, str) else one.get("datetime") or text_of(one) for one in _select(tree, selector)]
        if any(found):
            return [one for one in found if one]
    return []


def drop(tree: html.HtmlElement, rule: ReadingRule) -> None:
    """Take out, in place, what the rule says is no part of a page."""
    for selector in rule.drop:
        for element in _select(tree, selector):
            if isinstance(element, html.HtmlElement) and element.getparent() is not None:
                element.drop_tree()


def _lines(element: html.HtmlElement) -> Iterator[str]:
    """The innermost blocks of an element a line each, or its whole text where it has none."""
    blocks = [block for block in element.iter(*_BLOCKS) if next(block.iterdescendants(*_BLOCKS), None) is None][:_LINES]
    if blocks:
        yield from (text_of(block, 20_000) for block in blocks)
    else:
        yield from element.text_content().splitlines()


def body(tree: html.HtmlElement, rule: ReadingRule) -> str:
    """The text under the rule's selectors, empty where they find none."""
    for selector in rule.body:
        elements = [one for one in _select(tree, selector) if isinstance(one, html.HtmlElement)]
        text = "\n".join(line for element in elements for line in _lines(element) if line.strip())
        if text:
            return text
    return ""


@dataclass(frozen=True)
class Ruling:
    """What a rule found on a page, as written there; empty where it found nothing or names nothing."""

    title: str = ""
    authors: Sequence[str] = ()
    published: Sequence[str] = ()
    body: str = ""
    named: str = ""


def read(tree: html.HtmlElement, rules: Sequence[ReadingRule], day: date) -> Ruling:
    """Apply the rule in force on a day: take out what it drops, in place, and read what it names."""
    rule = rule_of_day(rules, day)
    if rule is None:
        return Ruling()
    drop(tree, rule)
    return Ruling(
        title=next(iter(texts(tree, rule.title)), ""),
        authors=texts(tree, rule.authors),
        published=texts(tree, rule.published),
        body=body(tree, rule),
        named=f"rule of the outlet from {rule.valid_from or 'the beginning'}",
    )


def over(article: Article, ruling: Ruling, facts: PageFacts, month_first: bool) -> Article:
    """The article with what the rule found in the place of what the general way found, which stays as another witness."""
    people, _ = people_and_agencies(names_in(ruling.authors, facts.names))
    zone = dates.zone_of(facts.time_zone)
    said = (dates.read_moment(text, zone, facts.fetched_at, month_first) for text in ruling.published)
    moment = next((value for value in said if value is not None), None)
    if people:
        before = ((article.authors.hint, ", ".join(article.authors.value)),) if article.authors else ()
        article = replace(article, authors=Hinted(people, Hint.OUTLET, before))
    if moment is not None:
        told = ((article.published.hint, article.published.value.isoformat()),) if article.published else ()
        article = replace(article, published=Hinted(moment, Hint.OUTLET, told))
    return article
