"""News sitemaps and their index files: bytes to Reading (sitemaps.org 0.9, Google's news extension 0.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from newsdesk.addresses import absolute
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, PollOutcome, Reading
from newsdesk.moments import Hint, Moment
from spiders.bodies import Headers, Hostile, decode, defuse, plain, unfold
from spiders.cutting import root_of
from spiders.stated import moment_of

NEXT_DOCUMENTS_LIMIT = 20
INDEX_READ_LIMIT = 50_000  # entries a sitemap index may have (sitemaps.org)
TITLE_LIMIT = 1000
NAME_LIMIT = 200
FIELD_LIMIT = 8_000
DEPTH_LIMIT = 30

_NEWSY = re.compile(r"news|notic|actualit|actus?\b|ultim|recent|latest|article|posts?\b|post-", re.IGNORECASE)
_DULL = re.compile(
    r"video|image|imagen|foto|photo|author|autor|tag|categor|page-|pages|paginas|section|archive|archivo|product", re.IGNORECASE
)
_LONGEST_AGO = datetime.min.replace(tzinfo=UTC)


class _Entry:
    """What stands in one <url> or <sitemap>, gathered while the parser walks through it."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.news = False


class _Target:
    """Gathers entries as the parser meets them, so that no tree is built and nothing is kept beyond the entry's fields."""

    _WANTED = frozenset("loc lastmod news:publication_date news:title news:name news:language".split())

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.urls: list[_Entry] = []
        self.sitemaps: list[_Entry] = []
        self.plain_urls = 0
        self.cut = 0
        self.root = ""
        self.unended = False
        self.too_deep = False
        self._path: list[str] = []
        self._entry: _Entry | None = None
        self._text: list[str] = []

    def start(self, tag: str, _attributes: object) -> None:
        name = _local(tag)
        self.root = self.root or name
        self._path.append(name)
        self.too_deep = self.too_deep or len(self._path) > DEPTH_LIMIT
        self._text = []
        if name in ("url", "sitemap"):
            self._entry = _Entry()
        elif name == "news:news" and self._entry:
            self._entry.news = True

    def data(self, data: str) -> None:
        if self._entry is not None and len(self._text) < 1000:
            self._text.append(data[:FIELD_LIMIT])

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self._path:
            self._path.pop()
        if self._entry is None:
            return
        if name in self._WANTED:
            self._entry.fields.setdefault(name, "".join(self._text)[:FIELD_LIMIT].strip())
            self._text = []
        elif name == "url":
            self._keep_url(self._entry)
        elif name == "sitemap":
            if len(self.sitemaps) < INDEX_READ_LIMIT:
                self.sitemaps.append(self._entry)
            self._entry = None

    def _keep_url(self, entry: _Entry) -> None:
        self._entry = None
        if not entry.news:
            self.plain_urls += 1
        elif len(self.urls) < self.cap:
            self.urls.append(entry)
        else:
            self.cut += 1

    def comment(self, _text: str) -> None:
        pass

    def pi(self, _target: str, _data: str | None = None) -> None:
        pass

    def close(self) -> _Target:
        self.unended = bool(self._path) or self._entry is not None
        return self


def _local(tag: str) -> str:
    """A tag's name, with ``news:`` for Google's news namespace, also where a damaged document lost its declaration."""
    space, _, name = tag.rpartition("}")
    if "sitemap-news" in space or name.startswith(("news:", "n:")):
        return "news:" + name.rpartition(":")[2].lower()
    return name.rpartition(":")[2].lower()


def read_sitemap(body: bytes, headers: Headers, address: str, now: datetime, cap: int) -> Reading:
    """What a news sitemap announces up to ``cap`` (the rest in ``cut``), or the documents that a sitemap index names:
    news-looking names first, the newest first, at most NEXT_DOCUMENTS_LIMIT. Never raises."""
    try:
        unfolded, broken_off = unfold(body)
        decoded = decode(unfolded, headers)
        text, notes = defuse(decoded.text)
    except Hostile as error:
        return Reading(PollOutcome.HOSTILE, detail=f"Not read: {error}.")
    root = root_of(text).rpartition(":")[2]
    if root not in ("urlset", "sitemapindex"):
        return Reading(PollOutcome.NOT_A_NEWS_SITEMAP, detail=_what_it_is(text, root))
    found, well_formed = _gather(text, cap)
    if found.too_deep:
        return Reading(PollOutcome.HOSTILE, detail=f"Not read: elements are nested more than {DEPTH_LIMIT} deep.")
    damage = [*decoded.notes, *notes]
    ended = re.search(rf"</(?:[\w.-]{{1,40}}:)?{root}\s{{0,9}}>", text[-4096:], re.IGNORECASE)
    if broken_off or not well_formed or not ended:
        damage.append("the document is damaged or does not reach its end; what came before was kept")
    return _index(found, address, damage) if root == "sitemapindex" else _urls(found, address, damage)


def _what_it_is(text: str, root: str) -> str:
    if not text.strip():
        return "The answer has no content."
    if root == "html" or re.search(r"<(?:html|body|head)\b", text[:20_000], re.IGNORECASE):
        return "The answer is an HTML page, not a sitemap."
    return f"The answer is a document that begins with <{root}>, not a sitemap." if root else "The answer is no XML, so no sitemap."


def _gather(text: str, cap: int) -> tuple[_Target, bool]:
    """Walk through the document; a damaged one as far as it goes. ``text`` has neither DOCTYPE nor entities any more."""
    target = _Target(cap)
    parser: Any = etree.XMLParser(  # the stubs know no target without every method typed as lxml's own
        target=target,  # type: ignore[call-overload]
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    body = text.lstrip().encode("utf-8", "ignore")
    try:
        for start in range(0, len(body), 65536):
            parser.feed(body[start : start + 65536])
            if target.too_deep:
                return target, False
        parser.close()
    except etree.LxmlError:
        return target, False
    return target, not target.unended and not parser.error_log


def _index(found: _Target, base: str, damage: Sequence[str]) -> Reading:
    ranked: list[tuple[int, datetime, str]] = []
    for entry in found.sitemaps:
        address = _address(entry.fields.get("loc", ""), base)
        if address:
            changed = moment_of(entry.fields.get("lastmod"))
            ranked.append((newsiness(address), changed.at if changed else _LONGEST_AGO, address))
    ranked.sort(key=lambda row: (row[0], row[1]), reverse=True)
    documents = tuple(dict.fromkeys(row[2] for row in ranked))
    left_out = len(documents) - NEXT_DOCUMENTS_LIMIT
    detail = [*damage, *([f"{left_out} older documents of the index are left out"] if left_out > 0 else [])]
    outcome = PollOutcome.PARTLY_READ if damage else PollOutcome.READ if documents else PollOutcome.EMPTY
    return Reading(outcome, next_documents=documents[:NEXT_DOCUMENTS_LIMIT], detail="; ".join(detail), format="sitemapindex")


def newsiness(address: str) -> int:
    """How much a sitemap's address looks like one of news: higher is likelier."""
    name = address.partition("://")[2].partition("/")[2]
    return (2 if _NEWSY.search(name) else 0) - (3 if _DULL.search(name) else 0)


def _urls(found: _Target, base: str, damage: Sequence[str]) -> Reading:
    if not found.urls:
        if found.plain_urls:
            detail = f"The sitemap lists {found.plain_urls} addresses, none of them with news tags."
            return Reading(PollOutcome.NOT_A_NEWS_SITEMAP, detail=detail, format="sitemap")
        outcome = PollOutcome.PARTLY_READ if damage else PollOutcome.EMPTY
        return Reading(outcome, detail="; ".join(damage), format="sitemap")
    damage_note = [f"{found.plain_urls} addresses without news tags are left out"] if found.plain_urls else []
    return Reading(
        PollOutcome.PARTLY_READ if damage else PollOutcome.READ,
        announcements=tuple(_announcements(found.urls, base)),
        cut=found.cut,
        detail="; ".join([*damage, *damage_note]),
        format="news-sitemap",
        title=plain(found.urls[0].fields.get("news:name"), NAME_LIMIT),
        language=_language(found.urls[0].fields.get("news:language")),
    )


def _announcements(entries: Iterable[_Entry], base: str) -> Iterator[Announcement]:
    for entry in entries:
        fields = entry.fields
        published = moment_of(fields.get("news:publication_date"))
        yield Announcement(
            address=_address(fields.get("loc", ""), base),
            hint=Hint.SITEMAP,
            title=plain(fields.get("news:title"), TITLE_LIMIT),
            published=published,
            modified=_modified(fields.get("lastmod"), published),
            language=_language(fields.get("news:language")),
        )


def _modified(stated: str | None, published: Moment | None) -> Moment | None:
    modified = moment_of(stated)
    return None if modified == published else modified


def _address(stated: str, base: str) -> str | None:
    text = "".join(stated.split())
    if not text or len(text) > 4000:
        return None
    try:
        return absolute(base, text)
    except BadAddress:
        return None


def _language(stated: str | None) -> str | None:
    """ISO 639-1 of Google's ``news:language`` (zh-cn and zh-tw are the only longer ones)."""
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else None
