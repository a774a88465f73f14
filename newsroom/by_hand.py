"""Texts and saved pages that somebody gives by hand, read as the collector would read them. No network; nothing is stored."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from unicodedata import category

from config.workspace import LoadedWorkspace
from crawler.encodings import UndecodableBody, gunzip
from crawler.languages import detect
from crawler.nothing import unsupported
from crawler.pages import PageFacts, decode, squeeze
from crawler.pool import InWorker, WorkerPool, WorkFailed
from newsdesk.addresses import site_of
from newsdesk.articles import Article, NoArticle, bare_article
from newsdesk.errors import BadAddress, NewsdeskError, NotFound
from newsdesk.links import Outcome
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.naming import outlet_of_host
from newsdesk.outlets import Outlet
from spiders.facts import page_facts

STANDARD_INPUT = "-"
NO_ADDRESS = "https://unknown.invalid/text"  # RFC 6761: never a real host
LONGEST_TITLE = 300  # code points; a longer first line is text
TEXT_LIMIT = 1_000_000  # characters, as many as crawler.text keeps of a page
LOOKED_AT = 4096  # characters by which page, text and neither are told apart
MOST_STRANGE = 0.05  # of them may be control signs or undecodable; a picture has a tenth and more
READER = "crawler.reading"  # takes 0.7 s of CPU to load
STATED_ADDRESS, READ_PAGE = InWorker(READER, "stated_address"), InWorker(READER, "read_page")

_MARKUP = re.compile(
    r"\s*<(?:!doctype|\?xml|!--|(?:html|head|body|meta|title|base|link|script|style|main|article|section|div|p|h1|span|table|rss|feed|urlset)\b)",
    re.IGNORECASE,
)
_SAVED_FROM = re.compile(  # what Chrome and SingleFile write at the head of a page they save
    r"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]+) -->|<!--\s+Page saved with SingleFile\s+url: (https?://[^\s<>]+)\s"
)
_WEB_ARCHIVE = re.compile(r"(?:From: <Saved by|(?:.*\n){0,20}?Content-Type: multipart/related)", re.IGNORECASE)


class UnreadableInput(NewsdeskError):
    """A file given by hand from which nothing can be read; says which and why."""


@dataclass(frozen=True)
class Given:
    """What the asker knows of a text and the text does not say; None: not known."""

    outlet_id: str | None = None
    published_on: date | None = None
    language: str | None = None


def articles_by_hand(
    names: Sequence[str], given: Sequence[Given], loaded: LoadedWorkspace, now: Callable[[], datetime], standard_input: BinaryIO
) -> Iterator[Article | UnreadableInput]:
    """The article of each file, or why there is none, one after the other. - is standard input, saved pages and plain texts
    alike; pages are read in a worker process, by what is known of their outlet. Raises NotFound for an unknown outlet."""
    asked: set[str] = set()
    with _PageReader(loaded, now) as reader:
        for name, known in zip(names, given, strict=True):
            try:
                if name == STANDARD_INPUT in asked:
                    raise UnreadableInput("- (standard input) can be read only once")
                asked.add(name)
                yield _article_by_hand(name, _content(name, loaded.settings.limits.page_bytes, standard_input), known, reader)
            except UnreadableInput as refusal:
                yield refusal


def readable(found: Article | UnreadableInput) -> Article:
    """The article that was found, for whom a file without one ends everything. Raises UnreadableInput."""
    if isinstance(found, UnreadableInput):
        raise found
    return found


def _article_by_hand(name: str, content: bytes, known: Given, reader: _PageReader) -> Article:
    text = decode(content, ())
    if looks_like_a_page(text):
        return with_given(reader.read(name, content, known, saved_from(text)), known)
    refused = _no_text(content, text)
    if refused:
        raise UnreadableInput(f"{name} yields no article: {refused}")
    return article_of_text(text, known)


def _content(name: str, limit_bytes: int, standard_input: BinaryIO) -> bytes:
    """The bytes of a file, unpacked where it is gzip; never more than the limit is read."""
    try:
        if name == STANDARD_INPUT:
            content = standard_input.read(limit_bytes + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(limit_bytes + 1)
        if len(content) > limit_bytes:
            raise UnreadableInput(f"{name} is larger than {limit_bytes} bytes, the most that is read of a page (limits.page_bytes)")
        return gunzip(content, limit_bytes)
    except OSError as error:
        raise UnreadableInput(f"{name} cannot be read: {error.strerror or error}") from error
    except UndecodableBody as error:
        raise UnreadableInput(f"{name} cannot be unpacked: {error}") from error


def saved_from(text: str) -> str | None:
    """The address that a browser noted when it saved a page, None where it noted none or none of the web."""
    found = _SAVED_FROM.search(text[:LOOKED_AT])
    if found is None:
        return None
    address = found.group(1) or found.group(2)
    try:
        site_of(address)
    except BadAddress:
        return None
    return str(address)


def looks_like_a_page(text: str) -> bool:
    """Whether what a file says is an HTML page (or another kind of markup) rather than plain text."""
    return _MARKUP.match(text[:LOOKED_AT]) is not None


def _no_text(content: bytes, text: str) -> str | None:
    """Why a file that is no page is no text either; None where it is one."""
    beginning = text[:LOOKED_AT]
    if _WEB_ARCHIVE.match(beginning):
        return "it is a web archive (MHTML); save the page as HTML."
    if beginning.startswith("{\\rtf"):
        return "it is an RTF document, and neither a page nor plain text."
    found = unsupported(content, ())
    if found is not None and found.outcome is Outcome.UNSUPPORTED_TYPE and not beginning.lstrip().startswith(("[", "{")):
        return found.detail
    strange = sum(sign == "\ufffd" or (category(sign) == "Cc" and not sign.isspace()) for sign in beginning)
    if strange > MOST_STRANGE * len(beginning):
        return "it is neither a page nor plain text."
    return None if any(sign.isalnum() for sign in text) else "it holds no word."


def article_of_text(content: str, given: Given) -> Article:
    """An article from plain text that has a word: its first line is the headline where it is short and more follows."""
    lines = [line for line in map(squeeze, content[:TEXT_LIMIT].splitlines()) if line]
    has_title = len(lines) > 1 and len(lines[0]) <= LONGEST_TITLE
    title, rest = (lines[0], lines[1:]) if has_title else ("", lines)
    return with_given(_article(title, "\n".join(rest), given.language), given)


def _article(title: str, text: str, language: str | None) -> Article:
    found = None if language else detect(title, text)
    language_found = Hinted(found.language, Hint.DETECTOR) if found else None
    return bare_article(NO_ADDRESS, Hinted(title, Hint.TEXT) if title else None, text, language_found, "plain text")


def with_given(article: Article, given: Given) -> Article:
    """The article with what the asker knows of it in place of what was read."""
    if given.language:
        article = replace(article, language=Hinted(given.language, Hint.OUTLET))
    if given.published_on:
        article = replace(article, published=Hinted(Moment.of_day(given.published_on), Hint.OUTLET))
    return article


def publisher_of(loaded: LoadedWorkspace, known: Given, address: str, language: str | None = None) -> Outlet | None:
    """Who published a text: whom the asker names, else whose address it is. Raises NotFound for an unknown outlet."""
    if known.outlet_id is None:
        return outlet_of_host(loaded.outlets, site_of(address), known.language or language)
    for outlet in loaded.outlets:
        if outlet.id == known.outlet_id:
            return outlet
    raise NotFound(f"There is no outlet {known.outlet_id!r}; see 'newsdesk outlets list'.")


class _PageReader(AbstractContextManager["_PageReader"]):
    """Reads saved pages in one worker process, which is started for the first of them and may be killed by any."""

    def __init__(self, loaded: LoadedWorkspace, now: Callable[[], datetime]) -> None:
        self._loaded, self._now = loaded, now
        self._pool: WorkerPool | None = None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.close_now()

    def read(self, name: str, content: bytes, known: Given, noted_address: str | None = None) -> Article:
        """The article of a page. ``noted_address`` is whence it was saved, where it states no address of its own. Raises
        UnreadableInput, and NotFound for an unknown outlet."""
        try:
            found = asyncio.run(self._read(content, known, noted_address or NO_ADDRESS))
        except WorkFailed as error:
            raise UnreadableInput(f"{name} yields no article: {error}") from error
        if isinstance(found, NoArticle):
            raise UnreadableInput(f"{name} yields no article: {found.outcome.sentence} {found.detail}")
        return found

    async def _read(self, content: bytes, known: Given, otherwise: str) -> Article | NoArticle:
        pool = self._opened()
        address: str = await pool.run(STATED_ADDRESS, content, ()) or otherwise
        outlet = publisher_of(self._loaded, known, address)
        now = self._now()
        facts = page_facts(outlet, now) if outlet else PageFacts(fetched_at=now)
        found: Article | NoArticle = await pool.run(READ_PAGE, content, (), address, None, facts)
        return found

    def _opened(self) -> WorkerPool:
        limits = self._loaded.settings.limits
        if self._pool is None:
            self._pool = WorkerPool(1, limits.parse_seconds, limits.worker_memory_bytes, preload=(READER,))
        return self._pool
