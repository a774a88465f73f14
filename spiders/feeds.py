"""The one door to feedparser: a feed's bytes become a Reading. RSS 0.9x, 1.0, 2.0, Atom; JSON Feed is handed on.

feedparser gets text that is already decoded, free of entities and cut into portions; its sanitizer stays off because what it
lets through is cleaned at output (field notes), and its ``bozo`` flag is a note: what counts is a recognised version.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import feedparser

from newsdesk.addresses import absolute
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, PollOutcome, Reading
from newsdesk.moments import Hint, Moment
from spiders.bodies import Headers, Hostile, decode, defuse, plain, unfold
from spiders.cutting import CutFeed, cut, root_of
from spiders.jsonfeed import looks_like_json, read_json
from spiders.paging import next_of_feed
from spiders.rhythm import rhythm_of
from spiders.stated import moment_of

TITLE_LIMIT = 1000
SUMMARY_LIMIT = 2000
NAME_LIMIT = 200
ID_LIMIT = 2000
ADDRESS_LIMIT = 4000
AUTHORS_LIMIT = 20
PORTION = 500

_WRAPPED = re.compile(r"/\*(https?://\S+)\Z")
_MEDIA = re.compile(r"\.(?:mp3|mp4|m4a|m4v|mov|ogg|oga|ogv|wav|webm|avi|jpe?g|png|gif|webp|svg|pdf|zip)\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_BASE = re.compile(r"\bbase\s*=")
_SOME_TIME = time.struct_time((2000, 1, 1, 0, 0, 0, 5, 1, 0))

# Dates are read from the stated string (offset and precision, four languages), so feedparser need not try its eight readers.
feedparser.registerDateHandler(lambda _stated: _SOME_TIME)


def read_feed(body: bytes, headers: Headers, address: str, now: datetime, cap: int) -> Reading:
    """What a feed announces: all its entries up to ``cap``, the rest counted in ``cut``. Never raises.

    ``address`` is the one that answered, against which relative links are resolved; ``now`` is unused as yet.
    """
    try:
        unfolded, broken_off = unfold(body)
        decoded = decode(unfolded, headers)
        if looks_like_json(decoded.text):
            return read_json(decoded.text, address, cap, broken_off)
        text, notes = defuse(decoded.text)
    except Hostile as error:
        return Reading(PollOutcome.HOSTILE, detail=f"Not read: {error}.")
    notes = [*decoded.notes, *notes] + (["the compressed stream broke off"] if broken_off else [])
    return _read_text(text, address, cap, notes)


def _read_text(text: str, address: str, cap: int, notes: list[str]) -> Reading:
    if not text.strip():
        return Reading(PollOutcome.NOT_A_FEED, detail="The answer has no content.")
    root = root_of(text)
    pieces = None if root == "html" else cut(text)
    if pieces is None:
        return Reading(PollOutcome.NOT_A_FEED, detail=_what_it_is(text, root))
    return replace(_read_pieces(pieces, address, cap, notes), rhythm=rhythm_of(text))


def _read_pieces(pieces: CutFeed, address: str, cap: int, notes: list[str]) -> Reading:
    announcements: list[Announcement] = []
    version = ""
    feed: dict[str, Any] = {}
    for portion in pieces.portions(cap, PORTION):
        for parsed in _parsed(pieces, portion, address):
            version, feed = version or str(parsed.get("version", "")), feed or parsed["feed"]
            if parsed.get("bozo"):
                _note(notes, f"not well-formed: {str(parsed.get('bozo_exception', ''))[:200]}")
            announcements += map(partial(_announcement, version=version, feed=feed, base=address), parsed["entries"])
    if not version:
        return Reading(PollOutcome.NOT_A_FEED, detail=f"The document begins with <{pieces.root}> but is no RSS or Atom that is known.")
    return replace(
        _reading(pieces, announcements, version, feed, cap, notes),
        next_page=next_of_feed(dict.get(feed, "links"), dict.get(feed, "generator"), address),
    )


def _parsed(pieces: CutFeed, portion: Sequence[str], address: str) -> Iterator[dict[str, Any]]:
    """A portion as feedparser sees it; entry by entry where one of them spoils the portion."""
    whole = _parse(pieces.document(portion), address)
    if whole is not None and len(whole["entries"]) >= len(portion):
        yield whole
        return
    for entry in portion:
        single = _parse(pieces.document((entry,)), address)
        if single is not None:
            yield single


def _reading(pieces: CutFeed, announcements: list[Announcement], version: str, feed: dict[str, Any], cap: int, notes: list[str]) -> Reading:
    expected = min(cap, len(pieces.entries))
    if pieces.lost:
        notes.append("the last entry was cut off and is left for the next answer")
    if not pieces.ended:
        notes.append("the document does not reach its end")
    if len(announcements) < expected:
        notes.append(f"{expected - len(announcements)} of {expected} entries could not be read")
    damaged = bool(pieces.lost) or not pieces.ended or len(announcements) < expected or any("was not followed" in note for note in notes)
    outcome = PollOutcome.PARTLY_READ if damaged else PollOutcome.READ if announcements else PollOutcome.EMPTY
    return Reading(
        outcome,
        announcements=tuple(announcements[:cap]),
        cut=max(0, len(pieces.entries) - cap),
        detail="; ".join(dict.fromkeys(notes))[:1000],
        format=version,
        title=plain(dict.get(feed, "title"), TITLE_LIMIT),
        language=language_code(dict.get(feed, "language")),
    )


def _note(notes: list[str], note: str) -> None:
    if note not in notes and len(notes) < 10:
        notes.append(note)


def _what_it_is(text: str, root: str) -> str:
    if root == "html" or re.search(r"<(?:html|body|head|title|div|p)\b", text[:20_000], re.IGNORECASE):
        found = re.search(r"<title[^>]{0,200}>([^<]{0,300})", text[:100_000], re.IGNORECASE)
        title = plain(found.group(1), 120) if found else None
        return f"The answer is an HTML page{f' titled “{title}”' if title else ''}, not a feed."
    return f"The answer is a document that begins with <{root}>, not a feed." if root else "The answer is no XML or JSON, so no feed."


def _parse(document: str, address: str) -> dict[str, Any] | None:
    """feedparser's own view of a document; None where it raises, which it does on some hostile input.

    It resolves the document's address against itself for every element, a sixth of all its work. Only a document with bases
    of its own needs that; any other's links are resolved here, against the address.
    """
    base = {"content-location": address} if _BASE.search(document) else {}
    try:
        parsed: dict[str, Any] = feedparser.parse(
            document.encode("utf-8", "ignore"),
            response_headers={"content-type": "application/xml; charset=utf-8", **base},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError):
        return None
    return parsed


def _announcement(entry: dict[str, Any], version: str, feed: dict[str, Any], base: str) -> Announcement:
    """One entry. ``dict.get`` because feedparser's own ``get`` maps missing fields onto others, with a warning."""
    get = partial(dict.get, entry)
    language = language_code(get("language")) or language_code(dict.get(feed, "language"))
    published, modified = _moments(get, version, language)
    return Announcement(
        address=_address(get, version, base),
        hint=Hint.FEED,
        title=plain(get("title"), TITLE_LIMIT),
        published=published,
        modified=modified,
        authors=_authors(get),
        language=language,
        summary=_summary(get),
        entry_id=(str(get("id") or "").strip() or None) and str(get("id")).strip()[:ID_LIMIT],
        origin=_origin(get),
    )


def _moments(get: Any, version: str, language: str | None) -> tuple[Moment | None, Moment | None]:
    """Publication and modification. dc:date arrives as ``updated``; outside Atom that is the publication, not a change."""
    published = moment_of(get("published"), language) or moment_of(get("created"), language)
    updated = moment_of(get("updated"), language)
    if published is None and not version.startswith("atom"):
        return updated, None
    return published, None if updated == published else updated


def _address(get: Any, version: str, base: str) -> str | None:
    """The article's address: what FeedBurner wrapped, the link, the id that is a permanent link, a page enclosed."""
    for candidate in _candidates(get, version):
        text = _unwrapped(candidate)
        if not text or len(text) > ADDRESS_LIMIT:
            continue
        try:
            return absolute(base, text)
        except BadAddress:
            continue
    return None


def _candidates(get: Any, version: str) -> Iterable[str]:
    yield str(get("feedburner_origlink") or "")
    yield str(get("link") or "")
    links = [link for link in get("links") or () if isinstance(link, dict)]
    yield from (str(link.get("href", "")) for link in links if link.get("rel") == "alternate")
    identity = str(get("id") or "")
    # An Atom id and an RDF about may be the page's address; an RSS guid says so itself.
    if identity.startswith(("http://", "https://")) and (get("guidislink") or version.startswith(("atom", "rss10", "rss09"))):
        yield identity
    for link in links:
        if link.get("rel") == "enclosure" and not str(link.get("type", "")).startswith(("audio", "video", "image")):
            href = str(link.get("href", ""))
            if href and not _MEDIA.search(urlsplit_path(href)):
                yield href


def urlsplit_path(address: str) -> str:
    """An address's path; an empty string where it cannot be taken apart."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _unwrapped(candidate: str) -> str:
    """An address without blanks, and out of Folha's wrapper (``.../*https://...``)."""
    text = "".join(candidate.split())
    wrapped = _WRAPPED.search(text)
    return wrapped.group(1) if wrapped else text


def _authors(get: Any) -> Sequence[str]:
    details = [d for d in get("authors") or () if isinstance(d, dict)]
    names = [plain(dict.get(d, "name"), NAME_LIMIT) for d in details[:AUTHORS_LIMIT]]
    if not any(names):
        names = [plain(get("author"), NAME_LIMIT)]
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _summary(get: Any) -> str | None:
    summary = plain(get("summary"), SUMMARY_LIMIT)
    if summary:
        return summary
    contents = [c for c in get("content") or () if isinstance(c, dict)]
    return next((text for c in contents if (text := plain(c.get("value"), SUMMARY_LIMIT))), None)


def _origin(get: Any) -> str | None:
    source = get("source")
    named = plain(dict.get(source, "title"), NAME_LIMIT) if isinstance(source, dict) else None
    return named or plain(get("publisher"), NAME_LIMIT)


def language_code(stated: object) -> str | None:
    """ISO 639-1 or -2 of a stated language tag ("pt-BR" gives "pt"), None where it is no tag."""
    if not isinstance(stated, str) or not _LANGUAGE.match(stated.strip()):
        return None
    return re.split(r"[-_]", stated.strip())[0].lower()
