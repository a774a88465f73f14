"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): text to Reading, entries of a cut document kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from newsdesk.addresses import absolute
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, PollOutcome, Reading
from newsdesk.moments import Hint
from spiders.bodies import plain
from spiders.paging import next_of_feed
from spiders.stated import moment_of

TITLE_LIMIT = 1000
SUMMARY_LIMIT = 2000
NAME_LIMIT = 200
ID_LIMIT = 2000
ADDRESS_LIMIT = 4000
AUTHORS_LIMIT = 20
VERSIONS = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def looks_like_json(text: str) -> bool:
    """Whether a body begins as a JSON object."""
    return text[:1000].lstrip("\ufeff \t\r\n").startswith("{")


def read_json(text: str, address: str, cap: int, broken_off: bool = False) -> Reading:
    """What a JSON Feed announces, up to ``cap``. Never raises."""
    text = text.lstrip("\ufeff")
    try:
        document = json.loads(text)
    except RecursionError:
        return Reading(PollOutcome.HOSTILE, detail="Not read: the JSON is nested too deep.")
    except ValueError as error:
        return _read_cut(text, address, cap, str(error)[:200])
    return _read_document(document, address, cap, ["the compressed stream broke off"] if broken_off else [])


def _read_document(document: object, address: str, cap: int, damage: list[str]) -> Reading:
    if not isinstance(document, dict) or not str(document.get("version", "")).startswith(VERSIONS):
        return Reading(PollOutcome.NOT_A_FEED, detail="The answer is JSON, but not JSON Feed: it names no version of jsonfeed.org.")
    items = document.get("items")
    if not isinstance(items, list):
        return Reading(PollOutcome.NOT_A_FEED, detail="The JSON Feed has no list of items, which its specification requires.")
    good = [item for item in items if isinstance(item, dict)]
    if len(good) < len(items):
        damage = [*damage, f"{len(items) - len(good)} of {len(items)} items are no objects"]
    language = _language(document.get("language"))
    announcements = tuple(_announcement(item, language, _authors(document), address) for item in good[:cap])
    outcome = PollOutcome.PARTLY_READ if damage else PollOutcome.READ if announcements else PollOutcome.EMPTY
    return Reading(
        outcome,
        announcements=announcements,
        cut=max(0, len(good) - cap),
        detail="; ".join(damage),
        format="jsonfeed",
        title=plain(document.get("title"), TITLE_LIMIT),
        language=language,
        next_page=next_of_feed([{"rel": "next", "href": document.get("next_url")}], None, address),
    )


def _read_cut(text: str, address: str, cap: int, why: str) -> Reading:
    """Keep the whole items of a document that breaks off or is damaged."""
    head, marker, rest = text.partition('"items"')
    opened = rest.find("[")
    if not marker or opened == -1 or "jsonfeed.org/version/" not in text:
        return Reading(PollOutcome.NOT_A_FEED, detail=f"The answer begins as JSON but cannot be read: {why}.")
    items = _whole_items(rest, opened + 1)
    document: dict[str, Any] = {"version": VERSIONS[0], "items": items}
    # The head's title and language are a convenience; the items are what counts.
    with suppress(ValueError, RecursionError, AttributeError):
        document |= {k: v for k, v in json.loads(head.rstrip().rstrip(",") + "}").items() if k != "version"}
    return _read_document(document, address, cap, [f"the JSON is damaged or cut ({why})"])


def _whole_items(text: str, position: int) -> list[object]:
    decoder = json.JSONDecoder()
    items: list[object] = []
    while position < len(text):
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        try:
            item, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items


def _announcement(item: Mapping[str, Any], language: str | None, feed_authors: Sequence[str], base: str) -> Announcement:
    own_language = _language(item.get("language")) or language
    published = moment_of(item.get("date_published"), own_language)
    modified = moment_of(item.get("date_modified"), own_language)
    text = item.get("summary") or item.get("content_text") or item.get("content_html")
    identity = item.get("id")
    return Announcement(
        address=_address(item, base),
        hint=Hint.FEED,
        title=plain(item.get("title"), TITLE_LIMIT),
        published=published,
        modified=None if modified == published else modified,
        authors=_authors(item) or feed_authors,
        language=own_language,
        summary=plain(text, SUMMARY_LIMIT),
        entry_id=plain(str(identity), ID_LIMIT) if isinstance(identity, (str, int, float)) else None,
    )


def _address(item: Mapping[str, Any], base: str) -> str | None:
    """``url`` is the item's page. ``external_url`` is somebody else's page that it speaks of, used only without one. An
    ``id`` should be the permanent address where there is one (specification, "items")."""
    for name in ("url", "id", "external_url"):
        value = item.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > ADDRESS_LIMIT:
            continue
        if name == "id" and not value.startswith(("http://", "https://")):
            continue
        try:
            return absolute(base, "".join(value.split()))
        except BadAddress:
            continue
    return None


def _authors(holder: Mapping[str, Any]) -> Sequence[str]:
    """Version 1.1 has a list ``authors``, 1.0 one ``author``."""
    listed = holder.get("authors")
    found = listed if isinstance(listed, list) else [holder.get("author")]
    names = (plain(author.get("name"), NAME_LIMIT) for author in found[:AUTHORS_LIMIT] if isinstance(author, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _language(stated: object) -> str | None:
    if not isinstance(stated, str):
        return None
    code = stated.strip().replace("_", "-").split("-")[0].lower()
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else None
