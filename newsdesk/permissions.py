"""What we may fetch: what a host's robots.txt says, and what is known of an outlet's terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from newsdesk.addresses import origin_of
from newsdesk.errors import BadAddress
from newsdesk.outlets import Outlet, Source
from newsdesk.robotstxt import RobotsRules

MOST_RULES = 2000  # kept of one file; what has more is not judged from the ledger


@dataclass(frozen=True)
class RobotsAnswer:
    """What a host's robots.txt answered when it was last asked. ``origin`` is ``scheme://host:port``.

    ``status`` is None and ``detail`` says why where the file could not be had; ``rules`` (True allows) are then None, and
    those of the last answer stand. ``by_name`` tells whether a group names us. ``rules_cut`` counts rules not kept."""

    origin: str
    asked_at: datetime
    status: int | None
    detail: str = ""
    by_name: bool = False
    rules: Sequence[tuple[bool, str]] | None = None
    rules_cut: int = 0
    crawl_delay_seconds: float | None = None


@dataclass(frozen=True)
class Denials:
    """How many of a source's links were not fetched because robots.txt asks us not to, and when that was last so."""

    source_id: str
    count: int
    last_at: datetime | None


class Robots(StrEnum):
    """How robots.txt stands to a source's address."""

    ALLOWED = "allowed"
    DENIED = "denied"
    NO_FILE = "no_file"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not_asked"
    TOO_LONG = "too_long"

    @property
    def sentence(self) -> str:
        return _ROBOTS_MEANING[self]


_ROBOTS_MEANING = {
    Robots.ALLOWED: "robots.txt lets us fetch the source.",
    Robots.DENIED: "robots.txt asks us not to fetch the source.",
    Robots.NO_FILE: "The host has no robots.txt (4xx): everything may be fetched.",
    Robots.UNREACHABLE: "robots.txt cannot be had: nothing is fetched until it can (RFC 9309, 2.3.1.4).",
    Robots.NOT_ASKED: "robots.txt has not been asked for yet; that is done before the first fetch.",
    Robots.TOO_LONG: "robots.txt has more rules than the ledger keeps; they are obeyed all the same.",
}


@dataclass(frozen=True)
class Permission:
    """What we may do at one source. ``terms`` is what the registry says of the outlet's terms, None where nothing."""

    outlet_id: str
    source_id: str
    url: str
    origin: str
    robots: Robots
    answer: RobotsAnswer | None
    denied: Denials
    terms: str | None


def permissions(outlet: Outlet, answers: Mapping[str, RobotsAnswer], denials: Mapping[str, Denials]) -> Iterator[Permission]:
    """What we may do at each source of an outlet; ``answers`` by origin, ``denials`` by source."""
    for source in outlet.sources:
        origin = _origin(source)
        answer = answers.get(origin)
        denied = denials.get(source.id, Denials(source.id, 0, None))
        yield Permission(outlet.id, source.id, source.url, origin, robots_for(source.url, answer), answer, denied, terms_of(outlet, source))


def _origin(source: Source) -> str:
    try:
        return origin_of(source.url)
    except BadAddress:
        return ""


def robots_for(address: str, answer: RobotsAnswer | None) -> Robots:
    """How a host's answer stands to an address."""
    if answer is None:
        return Robots.NOT_ASKED
    if answer.rules is None:
        return Robots.UNREACHABLE
    if answer.status is not None and 400 <= answer.status < 500:
        return Robots.NO_FILE
    if answer.rules_cut:
        return Robots.TOO_LONG
    return Robots.ALLOWED if RobotsRules(tuple(answer.rules)).allows(address) else Robots.DENIED


def terms_of(outlet: Outlet, source: Source) -> str | None:
    """What the registry says of whether we may collect: why it is switched off, or who gave permission."""
    if outlet.switched_off is not None:
        return f"switched off: {outlet.switched_off}"
    if source.switched_off is not None:
        return f"switched off: {source.switched_off}"
    return f"permission: {outlet.permission}" if outlet.permission is not None else None
