"""The Robots Exclusion Protocol as RFC 9309 has it, with one cache for all crawlers of the process.

The rules are read and matched here and not by Protego: an unknown line splits a group for Protego, which makes it too
permissive, and 178 KB can cost it 49 s and 1.75 GB (field notes, "Measured"). This reader takes time in proportion to the
file's length; a file too long to be read on the loop is read in a worker.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.refusals import RedirectLoop
from crawler.throttle import Interrupted, origin_of, slot_of
from newsdesk.errors import BadAddress

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

TOKEN = "newsdesk"  # noqa: S105 - the product token of RFC 9309, 2.2.1
_EXPIRY = timedelta(hours=24)  # RFC 9309, 2.4
_UNREACHABLE_EXPIRY = timedelta(minutes=10)  # asked again after a failed host's rest
_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_LINE_CHARACTERS = 2083 * 8  # as Google's parser has it; no address is longer
_INLINE_BYTES = 32 * 1024  # up to here reading takes under 10 ms, less than handing it to a worker under load
_KEPT_ORIGINS = 20_000

_AGENT = re.compile(r"user-?\s?agent")
_ALLOW = re.compile(r"allow")
_DISALLOW = re.compile(r"dis?s?all?ow|diasllow|disallaw")  # the spellings Google's parser knows
_SITEMAP = re.compile(r"site-?map")
_DELAY = re.compile(r"crawl-?delay")
_TOKEN_END = re.compile(r"[^a-zA-Z_-]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "/%:?#[]@!$&'()*+,;=-._~"

log = logging.getLogger(__name__)


class RobotsDenied(IgnoreRequest):
    """The host's robots.txt asks us not to fetch the address."""


class RobotsUnreachable(IgnoreRequest):
    """The host's robots.txt cannot be had, which RFC 9309 (2.3.1.4) reads as: fetch nothing. ``until``: not asked again before."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


# --- reading and matching: pure ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RobotsRules:
    """What one robots.txt says to us: rules in order (True allows), our crawl-delay in seconds, and the sitemaps it names."""

    rules: tuple[tuple[bool, str], ...] = ()
    crawl_delay_seconds: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, address: str) -> bool:
        """Whether we may fetch the address: the longest matching rule decides, allow wins a tie (RFC 9309, 2.2.2)."""
        parts = urlsplit(address)
        path = _canonical(parts.path or "/") + (f"?{_canonical(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        matching = [(len(pattern), allow) for allow, pattern in self.rules if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


ALLOW_ALL = RobotsRules()


def _canonical(text: str) -> str:
    """Escapes of plain characters undone, others in upper case, what is not ASCII escaped (RFC 9309, 2.2.2)."""

    def settle(match: re.Match[str]) -> str:
        character = chr(int(match.group(1), 16))
        return character if character in _UNRESERVED else match.group().upper()

    return _ESCAPE.sub(settle, quote(text, safe=_SAFE))


def _matches(pattern: str, path: str) -> bool:
    """Whether a rule's path matches, with ``*`` for anything and ``$`` at the end for the end.

    Each piece between stars is taken at its first place, which finds a match where there is one without ever going back.
    """
    anchored = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return not anchored or len(path) == len(first)
    last = pieces.pop() if anchored else None
    place = len(first)
    for piece in pieces:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return last is None or (len(path) - len(last) >= place and path.endswith(last))


@dataclass
class _Group:
    """The rules gathered for one kind of visitor: us by name, or everybody."""

    named: bool = False
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float | None = None


def parse_robots(body: bytes, token: str = TOKEN) -> RobotsRules:
    """Read a robots.txt for the product token; never fails, whatever the bytes.

    Groups that name us are joined; those for ``*`` count where none does. A line that is neither rule nor agent parts no
    group, and an agent line after a rule begins the next one.
    """
    ours, everybody = _Group(), _Group()
    sitemaps: list[str] = []
    listening: set[str] = set()
    rule_seen = True
    for key, value in _lines(body):
        if _AGENT.fullmatch(key):
            if rule_seen:
                listening, rule_seen = set(), False
            listening.add(_visitor(value, token))
        elif _SITEMAP.fullmatch(key):
            sitemaps.append(value)
        else:
            rule_seen = _hear(key, value, [g for name, g in (("us", ours), ("*", everybody)) if name in listening]) or rule_seen
        ours.named = ours.named or "us" in listening
    group = ours if ours.named else everybody
    return RobotsRules(tuple(group.rules), group.delay, tuple(dict.fromkeys(filter(None, sitemaps))))


def _lines(body: bytes) -> list[tuple[str, str]]:
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\x00", "")
    found = []
    for line in re.split(r"[\r\n]+", text):
        plain = line[:_LINE_CHARACTERS].partition("#")[0].strip()
        key, colon, value = plain.partition(":")
        if not colon:  # "Disallow /path": Google's parser takes a missing colon where two words are left
            key, _, value = plain.partition(" ")
        if value or colon:
            found.append((key.strip().lower(), value.strip()))
    return found


def _visitor(value: str, token: str) -> str:
    """Whom an agent line speaks to: us, everybody, or somebody else."""
    if value.startswith("*") and (len(value) == 1 or value[1].isspace()):
        return "*"
    return "us" if _TOKEN_END.split(value, maxsplit=1)[0].lower() == token.lower() else ""


def _hear(key: str, value: str, groups: list[_Group]) -> bool:
    """Take a line into the groups it is for; True where it is a rule (allow or disallow)."""
    allow = _ALLOW.fullmatch(key) is not None
    if allow or _DISALLOW.fullmatch(key):
        if value:
            pattern = re.sub(r"\*+", "*", _canonical(value if value.startswith(("/", "*")) else "/" + value))
            for group in groups:
                group.rules.append((allow, pattern))
        return True
    if _DELAY.fullmatch(key) and (seconds := _seconds(value)) is not None:
        for group in groups:
            group.delay = max(seconds, group.delay or 0.0)
    return False


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0.0 <= seconds < float("inf") else None


# --- the process-wide cache ------------------------------------------------------------------------------------------------

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
Parse = Callable[[bytes], Awaitable[RobotsRules]]


@dataclass
class _Known:
    """What an origin answered. ``rules`` is None where it could not be had; ``detail`` then says why."""

    rules: RobotsRules | None
    detail: str
    expires_at: datetime


class RobotsBook:
    """The rules of every origin asked so far, for all crawlers; an origin is asked once, however many want to know.

    ``parse`` reads a long file in a worker; ``limit_bytes`` is how much of a file is read (RFC 9309, 2.5: at least 500 KiB).
    """

    def __init__(self, clock: Callable[[], datetime], limit_bytes: int, parse: Parse | None = None) -> None:
        self._clock = clock
        self.limit_bytes = limit_bytes
        self._parse = parse
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Future[None]] = {}

    async def rules(self, address: str, fetch: Fetch) -> RobotsRules:
        """The rules for an address. ``fetch`` gets the robots.txt's address and returns status and decoded body.

        Raises RobotsUnreachable, Interrupted. An expired copy is used while the file cannot be had (RFC 9309, 2.4).
        """
        origin = origin_of(address)
        while True:
            known = self._known.get(origin)
            if known is not None and known.expires_at > self._clock():
                return _rules_or_raise(origin, known)
            asking = self._asking.get(origin)
            if asking is None:
                return _rules_or_raise(origin, await self._ask(origin, fetch))
            await asyncio.shield(asking)

    async def _ask(self, origin: str, fetch: Fetch) -> _Known:
        """Fetch and remember; those who wait look again afterwards, also when this crawler was interrupted."""
        self._asking[origin] = asyncio.get_running_loop().create_future()
        try:
            known = await self._answer(origin, fetch)
            self._remember(origin, known)
            return known
        finally:
            self._asking.pop(origin).set_result(None)

    async def _answer(self, origin: str, fetch: Fetch) -> _Known:
        now = self._clock()
        try:
            status, body = await fetch(_robots_address(origin))
        except (Interrupted, asyncio.CancelledError):
            raise
        except RedirectLoop:  # as if there were none (RFC 9309, 2.3.1.2)
            return _Known(ALLOW_ALL, "", now + _EXPIRY)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, RFC 9309 says: unreachable, fetch nothing
            log.info("%s/robots.txt cannot be had: %s: %s", origin, type(error).__name__, error)
            return self._unreachable(origin, f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
        if status >= 500 or status == 429:
            return self._unreachable(origin, f"status {status}")
        if 200 <= status < 300:
            return _Known(await self._read(body[: self.limit_bytes]), "", now + _EXPIRY)
        return _Known(ALLOW_ALL, "", now + _EXPIRY)

    def _unreachable(self, origin: str, detail: str) -> _Known:
        stale = self._known.get(origin)
        return _Known(stale.rules if stale else None, detail, self._clock() + _UNREACHABLE_EXPIRY)

    async def _read(self, body: bytes) -> RobotsRules:
        if self._parse is None or len(body) <= _INLINE_BYTES:
            return parse_robots(body)
        return await self._parse(body)

    def _remember(self, origin: str, known: _Known) -> None:
        if len(self._known) >= _KEPT_ORIGINS:
            for old in sorted(self._known, key=lambda name: self._known[name].expires_at)[: _KEPT_ORIGINS // 10]:
                del self._known[old]
        self._known[origin] = known


def _rules_or_raise(origin: str, known: _Known) -> RobotsRules:
    if known.rules is None:
        raise RobotsUnreachable(f"{origin}/robots.txt cannot be had ({known.detail})", known.expires_at)
    return known.rules


def _robots_address(origin: str) -> str:
    """The file's address, a default port left out as everybody writes it."""
    scheme, _, place = origin.partition("://")
    return f"{scheme}://{place.removesuffix({'http': ':80', 'https': ':443'}[scheme])}/robots.txt"


# --- Scrapy ----------------------------------------------------------------------------------------------------------------


class RobotsMiddleware:
    """Asks robots.txt before every request that is not one itself, through the crawler's own downloader.

    The page waits here, before it takes a place in the downloader's slot, so that robots.txt can have it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        commons = crawler.settings["NEWSDESK_COMMONS"]
        self._book: RobotsBook = commons.robots
        self._gate = commons.gate

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("newsdesk_robots"):
            return
        try:
            rules = await self._book.rules(request.url, self._fetch)
        except BadAddress as error:
            raise IgnoreRequest(str(error)) from error
        if not rules.allows(request.url):
            raise RobotsDenied(f"robots.txt of {urlsplit(request.url).netloc} asks us not to fetch {request.url}")
        self._gate.heed_crawl_delay(slot_of(request.url), rules.crawl_delay_seconds)

    async def _fetch(self, address: str) -> tuple[int, bytes]:
        request = Request(
            address,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={
                "newsdesk_robots": True,
                "allow_offsite": True,
                "redirect_ttl": _REDIRECTS,
                "download_maxsize": 8 * self._book.limit_bytes,
            },
        )
        response: Response = await self._engine.download_async(request)
        return response.status, response.body

    @property
    def _engine(self) -> Any:
        return self._crawler.engine
