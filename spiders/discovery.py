"""What to look at when an outlet is added by its address, and what was found. Pure: no fetch happens here.

Drive it so, for many hosts at once if you like::

    steps = discover(home_of("www.granma.cu"), now)
    fetch = next(steps)
    while True:
        ...fetch fetch.address through the downloader; where a body came with a status of success, let a worker process run
        page = examine(fetch.purpose, body, headers, final_address, now)
        try:
            fetch = steps.send(Answer(status, final_address, page))
        except StopIteration as stop:
            findings = stop.value
            break
    outlet = draft_outlet(findings, today, taken_ids)

robots.txt is always the first address; no article page is ever asked for; every answer that is not used is in
``Findings.refused`` with its reason.

An outlet may get several feeds: those its home page names that announce mostly what no other does, and one for each language
in which the desk reads and the outlet has a home page of its own (``hreflang``, or a link such as /es/ named so).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from babel import Locale
from lxml import html as lxml_html

from newsdesk.addresses import absolute, host_of, key, registered_domain, site_of
from newsdesk.errors import BadAddress
from newsdesk.links import Announcement, Outcome, PollOutcome, Reading
from newsdesk.outlets import Control, ControlStatement, Grade, Outlet, Source, SourceKind
from spiders.bodies import Headers, Hostile, decode, plain, unfold
from spiders.feeds import language_code, read_feed
from spiders.sections import base_of, parse_page, read_section, too_dear
from spiders.sitemaps import newsiness, read_sitemap

COMMON_FEED_PATHS = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/arc/outboundfeeds/rss/?outputType=xml",
    "/feed.json",
    "/rss/",
    "/feeds/posts/default",
    "/index.php?format=feed&type=rss",
    "/?feed=rss2",
)
COMMON_SITEMAP_PATHS = (
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/arc/outboundfeeds/news-sitemap/?outputType=xml",
    "/googlenews.xml",
    "/sitemap/news.xml",
    "/news_sitemap.xml",
    "/sitemap-google-news.xml",
    "/sitemaps/news.xml",
    "/newssitemap.xml",
    "/news-sitemap-index.xml",
    "/sitemap-noticias.xml",
    "/sitemap_index.xml",
    "/sitemap.xml",
)
ARC_FEED = "/arc/outboundfeeds/rss/?outputType=xml"
ARC_SITEMAPS = (
    "/arc/outboundfeeds/news-sitemap/?outputType=xml",
    "/arc/outboundfeeds/news-sitemap-index/?outputType=xml",
    "/arc/outboundfeeds/sitemap-news/?outputType=xml",
)
READ_LANGUAGES = ("es", "pt", "fr", "en")  # in which editions cite; other languages' home pages are passed over
LANGUAGE_HOMES_LIMIT = 3
SECTIONS_LIMIT = 2
FEEDS_LIMIT = 4
NEW_SHARE_NEEDED = 0.5  # of a further feed's entries that no source found so far announces
GUESSES_BESIDE_A_FEED = 4  # news sitemaps fill the gap where feeds are short (field notes 11), but a few guesses are enough
NAMED_FEEDS_LIMIT = 8
NAMED_SITEMAPS_LIMIT = 8
CHILDREN_LIMIT = 3
FETCHES_LIMIT = 45
EXAMINE_CAP = 5_000
SECTION_LINKS_NEEDED = 3
OWN_SHARE_NEEDED = 0.5
STALE_AFTER = timedelta(days=120)
BASIS = "newsdesk outlets add"

_UNREACHABLE = frozenset(
    {Outcome.NAME_NOT_RESOLVED, Outcome.CONNECTION_FAILED, Outcome.TLS_FAILED, Outcome.TIMEOUT, Outcome.PRIVATE_ADDRESS}
)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|xml|json)|text/xml", re.IGNORECASE)
_NOT_A_NEWS_FEED_TYPE = re.compile(r"oembed|opensearch|manifest|wp-json", re.IGNORECASE)
# At most one hyphen a segment: a long slug below /rss/ is an article, which discovery never asks for.
_FEED_PATH = re.compile(
    r"(?:/(?:rss|feeds?|atom)(?:[._-]?\d)?(?:/\w{1,30}(?:-\w{1,30})?){0,3}(?:\.(?:xml|rss|php|aspx?|json))?/?"
    r"|\.(?:rss|rdf|atom)|/(?:rss|feed|atom)[\w-]{0,30}\.(?:xml|php|json))\Z",
    re.IGNORECASE,
)
_COMMENTS_PATH = re.compile(r"/comments?/|/comentarios?/|/commentaires?/|[?&]feed=comments|withcomments", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(
    r"^\s*(?:comments?\s+(?:on|for)\b|comentarios?\s+(?:en|de|sobre|para|a|em)\b|comentários\s|commentaires\s+(?:sur|pour)\b)"
    r"|\bcomments? feed\b",
    re.IGNORECASE,
)
_LANGUAGE_NAMES = {
    "es": r"espa[nñ]ol|castellano|spanish|espagnol",
    "pt": r"portugu[eê]s|portuguese|portugais|brasil",
    "fr": r"fran[cç]ais|french|franc[eê]s",
    "en": r"english|ingl[eé]s|anglais",
}
_WORLD_SECTION = re.compile(
    r"/(?:internacional(?:es)?|mundo|world|international|monde|el-mundo|america-latina|latinoamerica|americas?|politica|economia)/?\Z",
    re.IGNORECASE,
)
_SITEMAP_LINE = re.compile(r"^[ \t]*site-?map[ \t]{0,20}:[ \t]{0,20}(\S+)", re.IGNORECASE | re.MULTILINE)
_GENERIC_TITLE = re.compile(r"^(?:home|inicio|início|accueil|portada|rss|feed|index|news|noticias)$", re.IGNORECASE)


class Purpose(StrEnum):
    """What an address is fetched for, which says how its answer is examined."""

    ROBOTS = "robots"
    HOME = "home"
    FEED = "feed"
    SITEMAP = "sitemap"


@dataclass(frozen=True)
class Fetch:
    """Please fetch this address; ``why`` says where it comes from."""

    address: str
    purpose: Purpose
    why: str


@dataclass(frozen=True)
class FeedLink:
    """A feed that a page names. ``declared`` when by a link element, not an anchor."""

    address: str
    title: str | None
    declared: bool


class System(StrEnum):
    """A publishing system whose addresses are known."""

    WORDPRESS = "wordpress"
    ARC = "arc"
    OTHER = "other"


@dataclass(frozen=True)
class LanguageHome:
    """A home page of the same outlet in another language (ISO 639-1)."""

    language: str
    address: str


@dataclass(frozen=True)
class Page:
    """What a worker read from an answer; the fields that the purpose does not ask for stay empty. ``sections`` are the
    outlet's sections on the world, politics and economy, in page order."""

    reading: Reading | None = None
    sitemaps: Sequence[str] = ()
    feeds: Sequence[FeedLink] = ()
    title: str | None = None
    language: str | None = None
    homes: Sequence[LanguageHome] = ()
    sections: Sequence[str] = ()
    system: System = System.OTHER


@dataclass(frozen=True)
class Answer:
    """What became of a fetch: the status and final address with the examined page (None where there was no success), or
    the failure's outcome with the detail. ``interrupted``: newsdesk stops, the host was not asked."""

    status: int | None
    address: str
    page: Page | None = None
    failure: Outcome | None = None
    detail: str = ""
    interrupted: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether a candidate is of use, and why. ``own_share`` is the share (0-1) of its links on the outlet's own hosts."""

    useful: bool
    reason: str
    entries: int = 0
    newest_on: date | None = None
    own_share: float = 0.0
    stale: bool = False


@dataclass(frozen=True)
class FoundSource:
    """A source that was read and is of use. ``url`` is the address that answered."""

    kind: SourceKind
    url: str
    verdict: Verdict
    format: str
    languages: Sequence[str] = ()
    title: str | None = None


@dataclass(frozen=True)
class Refused:
    """An address that was looked at and not taken, and why, in words."""

    address: str
    reason: str


@dataclass(frozen=True)
class Findings:
    """What discovery found at ``home`` (its final address). ``failure`` says why nothing could be looked at."""

    home: str
    title: str | None
    languages: Sequence[str]
    sources: Sequence[FoundSource]
    refused: Sequence[Refused]
    fetched: int
    failure: str | None = None


# --- the answers, read in a worker process


def examine(purpose: Purpose, body: bytes, headers: Headers, address: str, now: datetime) -> Page:
    """Read an answer for its purpose. Top-level and picklable: meant for a worker that can be killed. Never raises."""
    if purpose is Purpose.ROBOTS:
        return Page(sitemaps=sitemaps_in_robots(body, address))
    if purpose is Purpose.SITEMAP:
        return Page(reading=read_sitemap(body, headers, address, now, EXAMINE_CAP))
    if purpose is Purpose.FEED:
        reading = read_feed(body, headers, address, now, EXAMINE_CAP)
        listed = _feeds_listed(body, headers, address) if reading.outcome is PollOutcome.NOT_A_FEED else ()
        return Page(reading=reading, feeds=listed)
    return _examine_home(body, headers, address, now)


def _examine_home(body: bytes, headers: Headers, address: str, now: datetime) -> Page:
    root = _tree(body, headers)
    if root is None:
        return Page(reading=Reading(PollOutcome.NO_LINKS_FOUND, detail="The home page has no content that can be read."))
    return Page(
        reading=read_section(body, headers, address, now, EXAMINE_CAP),
        feeds=links_in_home(root, address),
        title=_site_title(root),
        language=language_code(root.get("lang") or root.get("xml:lang")),
        homes=language_homes(root, address),
        sections=_world_sections(root, address),
        system=_system_of(root),
    )


def language_homes(root: lxml_html.HtmlElement, address: str) -> Sequence[LanguageHome]:
    """The outlet's home pages in the languages that the desk reads, as ``hreflang`` links and links such as /es/ name them.

    Only those on the same host: another host in another language is as a rule an outlet of its own in the registry.
    """
    base, own = base_of(root, address), _bare(host_of(address))
    found: dict[str, LanguageHome] = {}
    for language, href in (*_hreflang(root), *_named_homes(root)):
        target = _resolved(base, href)
        if language not in READ_LANGUAGES or target is None or _bare(_safe_host(target)) != own:
            continue
        if len([part for part in urlsplit(target).path.split("/") if part]) <= 2 and key(target) != key(address):
            found.setdefault(language, LanguageHome(language, target))
    return tuple(found.values())


def _hreflang(root: lxml_html.HtmlElement) -> Iterator[tuple[str | None, str]]:
    for element in root.xpath("//link[@hreflang and @href] | //a[@hreflang and @href]")[:100]:
        if "alternate" in element.get("rel", "").lower().split() or element.tag == "a":
            yield language_code(element.get("hreflang")), element.get("href")


def _named_homes(root: lxml_html.HtmlElement) -> Iterator[tuple[str | None, str]]:
    """Anchors whose text is a language's name or code and whose address carries its code."""
    for anchor in root.xpath("//a[@href]")[:5000]:
        href, said = anchor.get("href", ""), " ".join((anchor.text_content()[:40] or anchor.get("title") or "").split())
        for language, names in _LANGUAGE_NAMES.items():
            coded = re.search(rf"(?:/{language}(?:-[a-z]{{2}})?/?\Z|//{language}\.|//(?:{names})\.|/(?:{names})/?\Z)", href, re.IGNORECASE)
            if coded and re.fullmatch(rf"(?:{names}|{language})", said, re.IGNORECASE):
                yield language, href


def _world_sections(root: lxml_html.HtmlElement, address: str) -> Sequence[str]:
    base, own = base_of(root, address), registered_domain(host_of(address))
    targets = (_resolved(base, anchor.get("href", "")) for anchor in root.xpath("//a[@href]")[:5000])
    wanted = (
        target
        for target in targets
        if target and _WORLD_SECTION.search(urlsplit(target).path) and registered_domain(_safe_host(target)) == own
    )
    return tuple(dict.fromkeys(wanted))[:10]


def _system_of(root: lxml_html.HtmlElement) -> System:
    generator = " ".join(str(name) for name in root.xpath("//meta[@name='generator' or @name='Generator']/@content")[:5]).lower()
    if "wordpress" in generator or root.xpath("//link[contains(@href, '/wp-content/') or contains(@href, '/wp-json')]")[:1]:
        return System.WORDPRESS
    arc = (
        "//*[@id='fusion-app'] | //script[contains(@src, '/pf/dist/') or @id='fusion-metadata'] | //link[contains(@href, '/pf/resources/')]"
    )
    return System.ARC if root.xpath(arc)[:1] else System.OTHER


def _safe_host(address: str) -> str:
    try:
        return host_of(address)
    except BadAddress:
        return ""


def _tree(body: bytes, headers: Headers) -> lxml_html.HtmlElement | None:
    try:
        text = decode(unfold(body)[0], headers).text
    except Hostile:
        return None
    return None if too_dear(text) else parse_page(text)


def _feeds_listed(body: bytes, headers: Headers, address: str) -> Sequence[FeedLink]:
    """The feeds that an HTML page at a feed-like address lists (many outlets have such a page at /rss)."""
    root = _tree(body, headers)
    return () if root is None else links_in_home(root, address)


def sitemaps_in_robots(body: bytes, address: str) -> Sequence[str]:
    """The sitemaps that a robots.txt names (sitemaps.org), news-looking ones first."""
    text = decode(body[: 512 * 1024], ()).text
    found: list[str] = []
    for stated in _SITEMAP_LINE.findall(text)[:200]:
        try:
            found.append(absolute(address, stated))
        except BadAddress:
            continue
    return tuple(sorted(dict.fromkeys(found), key=newsiness, reverse=True))


def robots_answer(address: str, named: Iterable[str]) -> Answer:
    """What a robots.txt that was read already tells discovery: the sitemaps it names, news-looking ones first."""
    found = (_resolved(address, stated) for stated in named)
    return Answer(200, address, page=Page(sitemaps=tuple(sorted({one for one in found if one}, key=lambda one: (-newsiness(one), one)))))


def links_in_home(root: lxml_html.HtmlElement, address: str) -> Sequence[FeedLink]:
    """The feeds that a page names in link elements (first) and in anchors on its own site that look like feeds."""
    base = base_of(root, address)
    own = registered_domain(host_of(address))
    found: dict[str, FeedLink] = {}
    for link in _feed_links(root, base, own):
        found.setdefault(key(link.address), link)
    return tuple(sorted(found.values(), key=_promise))


def _feed_links(root: lxml_html.HtmlElement, base: str, own: str) -> Iterator[FeedLink]:
    for element in root.xpath("//link[@rel and @href]")[:200]:
        if "alternate" not in element.get("rel", "").lower().split() and "feed" not in element.get("rel", "").lower().split():
            continue
        kind = element.get("type", "")
        target = _resolved(base, element.get("href", ""))
        if target and _FEED_TYPE.search(kind) and not _NOT_A_NEWS_FEED_TYPE.search(kind + target):
            yield FeedLink(target, plain(element.get("title"), 200), declared=True)
    for anchor in root.xpath("//a[@href]")[:5000]:
        href = anchor.get("href", "")
        if not re.search(r"rss|feed|atom|rdf", href, re.IGNORECASE):
            continue
        target = _resolved(base, href)
        if target and registered_domain(host_of(target)) == own and _FEED_PATH.search(urlsplit(target).path):
            yield FeedLink(target, plain(anchor.text_content(), 200), declared=False)


def _resolved(base: str, reference: str) -> str | None:
    try:
        return absolute(base, reference).partition("#")[0] if len(reference) < 2000 else None
    except BadAddress:
        return None


def _promise(link: FeedLink) -> tuple[bool, bool, int, int]:
    """Sorts the likelier main feed first: no comments, declared, a short path."""
    parts = urlsplit(link.address)
    return (is_comments_feed(link.address, link.title), not link.declared, parts.path.rstrip("/").count("/"), len(link.address))


def is_comments_feed(address: str, title: str | None) -> bool:
    """Whether a feed carries readers' comments."""
    return bool(_COMMENTS_PATH.search(address) or (title and _COMMENTS_TITLE.search(title)))


def _site_title(root: lxml_html.HtmlElement) -> str | None:
    """The site's name where the page states it, else the part of its title that looks like a name."""
    for stated in root.xpath("//meta[@property='og:site_name']/@content | //meta[@name='application-name']/@content")[:2]:
        if name := plain(str(stated), 200):
            return name
    title = plain(root.findtext(".//title"), 300)
    parts = [part.strip() for part in re.split(r"\s+[-–—|·:»]\s+|:\s+", title or "") if part.strip()]
    named = [part for part in parts if not _GENERIC_TITLE.match(part)]
    return min(named[:1] + named[-1:], key=len, default=title)


# --- judging


def judge_candidate(reading: Reading, kind: SourceKind, address: str, own_domains: Collection[str], now: datetime) -> Verdict:
    """Whether a read candidate is worth keeping. A status of success proves nothing: what counts is what it announces."""
    if reading.outcome.is_failure:
        return Verdict(False, reading.detail or reading.outcome.sentence)
    entries = [a for a in reading.announcements if a.address]
    if kind is SourceKind.FEED and is_comments_feed(address, reading.title):
        return Verdict(False, "It is a feed of readers' comments, not of articles.", len(entries))
    if not entries:
        return Verdict(False, "It is well formed but announces nothing." if not reading.announcements else "Its entries name no address.")
    own = sum(registered_domain(_host(a)) in own_domains for a in entries) / len(entries)
    newest = max((a.published.on for a in entries if a.published), default=None)
    if own < OWN_SHARE_NEEDED:
        return Verdict(False, f"Only {own:.0%} of its {len(entries)} links lead to the outlet's own hosts.", len(entries), newest, own)
    if kind is SourceKind.SECTION_PAGE and len(entries) < SECTION_LINKS_NEEDED:
        return Verdict(False, f"The page shows only {len(entries)} links that look like articles.", len(entries), newest, own)
    stale = newest is not None and newest < (now - STALE_AFTER).date()
    newest_words = f", the newest of {newest.isoformat()}" if newest else ""
    reason = f"{len(entries) + reading.cut} entries{newest_words}" + ("; perhaps abandoned" if stale else "")
    return Verdict(True, reason, len(entries) + reading.cut, newest, own, stale)


def _host(announcement: Announcement) -> str:
    return _safe_host(announcement.address or "")


# --- the walk

Steps = Generator[Fetch, Answer, Findings]


@dataclass
class _Walk:
    """The memory of one discovery."""

    home: str
    now: datetime
    own: set[str]
    title: str | None = None
    languages: list[str] = field(default_factory=list)
    found: list[FoundSource] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    announced: set[str] = field(default_factory=set)
    fetched: int = 0

    def refuse(self, address: str, reason: str) -> None:
        self.refused.append(Refused(address, reason))

    def has(self, kind: SourceKind) -> bool:
        return any(source.kind is kind for source in self.found)

    def count(self, kind: SourceKind) -> int:
        return sum(source.kind is kind for source in self.found)

    def findings(self, failure: str | None = None) -> Findings:
        return Findings(
            self.home,
            self.title or next((s.title for s in self.found if s.title), None),
            tuple(dict.fromkeys(self.languages)),
            tuple(self.found),
            tuple(self.refused),
            self.fetched,
            failure,
        )


def home_of(stated: str) -> str:
    """The address that an operator means by ``www.granma.cu`` or an address. Raises BadAddress."""
    text = stated.strip()
    if "://" not in text:
        text = "https://" + text
    host_of(text)
    return text if urlsplit(text).path else text + "/"


def discover(home: str, now: datetime) -> Steps:
    """Plan the discovery of an outlet's sources: robots.txt, the home page, feeds, news sitemaps, and the home page as a
    section page only where neither was found. ``home`` comes from ``home_of``."""
    walk = _Walk(home, now, {registered_domain(host_of(home))})
    first = robots = yield from _ask(walk, Fetch(absolute(home, "/robots.txt"), Purpose.ROBOTS, "robots.txt comes first"))
    front = yield from _ask(walk, Fetch(home, Purpose.HOME, "the home page"))
    if _unreachable(front) and home.startswith("https://") and (front is None or front.failure is not Outcome.PRIVATE_ADDRESS):
        plain_home = "http://" + home.removeprefix("https://")
        robots = yield from _ask(walk, Fetch(absolute(plain_home, "/robots.txt"), Purpose.ROBOTS, "robots.txt comes first"))
        front = yield from _ask(walk, Fetch(plain_home, Purpose.HOME, "the home page without TLS"))
    if _unreachable(front):
        # What went wrong is told by the first failure; later ones may only say that the host is left alone since then.
        cause = first if first is not None and (_unreachable(first) or first.failure is Outcome.ROBOTS_UNREACHABLE) else front
        return walk.findings(f"{home} cannot be reached: {cause.detail if cause else 'no answer'}")
    page = _welcome(walk, front)
    yield from _look_for_feeds(walk, page)
    yield from _look_in_languages(walk, page)
    yield from _look_for_sitemaps(walk, robots.page.sitemaps if robots and robots.page else (), page.system)
    if not walk.found and page.reading is not None:
        _consider(walk, SourceKind.SECTION_PAGE, walk.home, page.reading)
    return walk.findings()


def _unreachable(answer: Answer | None) -> bool:
    return answer is None or answer.failure in _UNREACHABLE


def _welcome(walk: _Walk, front: Answer | None) -> Page:
    """Take over what the home page says of itself; it may have answered from another host of the outlet."""
    page = (front.page if front else None) or Page()
    if front and front.page:
        walk.home = front.address
        walk.own.add(registered_domain(host_of(front.address)))
    walk.title = page.title
    if page.language:
        walk.languages.append(page.language)
    return page


def _ask(walk: _Walk, fetch: Fetch) -> Generator[Fetch, Answer, Answer | None]:
    """One fetch, None where it may not be asked (again). Failures are noted as refused, with the reason."""
    identity = (
        f"{urlsplit(fetch.address).scheme}:{key(fetch.address)}" if fetch.purpose in (Purpose.ROBOTS, Purpose.HOME) else key(fetch.address)
    )
    if walk.fetched >= FETCHES_LIMIT or identity in walk.asked:
        return None
    walk.asked.add(identity)
    walk.fetched += 1
    answer = yield fetch
    if answer.page is None and fetch.purpose is not Purpose.ROBOTS:
        reason = answer.detail or (answer.failure.sentence if answer.failure else f"It answered with status {answer.status}.")
        walk.refuse(fetch.address, reason)
    return answer


def _look_for_feeds(walk: _Walk, page: Page) -> Generator[Fetch, Answer, None]:
    """The feeds that the home page names, then common paths until one works, then those of sections. A stale one does not
    end the search among named feeds, but is kept where no other is found."""
    stale: list[FoundSource] = []
    for link in page.feeds[:NAMED_FEEDS_LIMIT]:
        if is_comments_feed(link.address, link.title):
            walk.refuse(link.address, "It is a feed of readers' comments, not of articles; not fetched.")
        elif walk.count(SourceKind.FEED) < FEEDS_LIMIT and (link.declared or not walk.has(SourceKind.FEED)):
            yield from _try_feed(walk, link.address, "named by the home page", stale)
    if not stale and not walk.has(SourceKind.FEED):
        for path in _common_paths(page.system):
            yield from _try_feed(walk, absolute(walk.home, path), "a common path", stale)
            if walk.has(SourceKind.FEED) or stale:
                break
    if not walk.has(SourceKind.FEED) and not stale:
        for address in _section_feeds(walk.home, page):
            yield from _try_feed(walk, address, "a section's feed, as its publishing system lays them out", stale)
    if stale and not walk.has(SourceKind.FEED):
        best = max(stale, key=lambda source: source.verdict.newest_on or date.min)
        _keep(walk, best)


def _common_paths(system: System) -> Sequence[str]:
    """The common paths of feeds, that of the publishing system first."""
    first = {System.ARC: (ARC_FEED,), System.WORDPRESS: ("/feed/", "/?feed=rss2")}.get(system, ())
    return tuple(dict.fromkeys((*first, *COMMON_FEED_PATHS)))


def _section_feeds(home: str, page: Page) -> Sequence[str]:
    """The feeds of the sections on the world, politics and economy: Arc's category feeds, WordPress's below the section."""
    if page.system is System.OTHER:
        return ()
    if page.system is System.ARC:
        return [
            absolute(home, f"/arc/outboundfeeds/rss/category{urlsplit(one).path.rstrip('/')}/?outputType=xml")
            for one in page.sections[:SECTIONS_LIMIT]
        ]
    return [one.rstrip("/") + "/feed/" for one in page.sections[:SECTIONS_LIMIT]]


def _look_in_languages(walk: _Walk, page: Page) -> Generator[Fetch, Answer, None]:
    """The feed of each further language in which the outlet has a home page of its own."""
    homes = [home for home in page.homes if home.language != page.language]
    for home in homes[:LANGUAGE_HOMES_LIMIT]:
        answer = yield from _ask(walk, Fetch(home.address, Purpose.HOME, f"the home page in {home.language}"))
        if answer is None or answer.page is None:
            continue
        named = [link.address for link in answer.page.feeds if link.declared and not is_comments_feed(link.address, link.title)]
        guessed = [answer.address.rstrip("/") + "/feed/"] if page.system is System.WORDPRESS else []
        before = walk.count(SourceKind.FEED)
        for address in dict.fromkeys([*named[:2], *guessed]):
            yield from _try_feed(walk, address, f"of the home page in {home.language}", [], home.language)
            if walk.count(SourceKind.FEED) > before:
                break


def _try_feed(walk: _Walk, address: str, why: str, stale: list[FoundSource], language: str | None = None) -> Generator[Fetch, Answer, None]:
    answer = yield from _ask(walk, Fetch(address, Purpose.FEED, why))
    if answer is None or answer.page is None or answer.page.reading is None:
        return
    before = walk.count(SourceKind.FEED)
    _consider(walk, SourceKind.FEED, answer.address, answer.page.reading, stale, language)
    for listed in answer.page.feeds[:CHILDREN_LIMIT]:
        if walk.count(SourceKind.FEED) > before:
            return
        child = yield from _ask(walk, Fetch(listed.address, Purpose.FEED, f"listed at {address}"))
        if child and child.page and child.page.reading:
            _consider(walk, SourceKind.FEED, child.address, child.page.reading, stale, language)


def _look_for_sitemaps(walk: _Walk, named: Sequence[str], system: System) -> Generator[Fetch, Answer, None]:
    """The sitemaps that robots.txt names, news-looking ones first, then common paths until one works."""
    usual = tuple(dict.fromkeys((*ARC_SITEMAPS, *COMMON_SITEMAP_PATHS))) if system is System.ARC else COMMON_SITEMAP_PATHS
    guesses = usual[:GUESSES_BESIDE_A_FEED] if walk.found else usual
    named_ones = [(address, "named by robots.txt") for address in named[:NAMED_SITEMAPS_LIMIT]]
    for address, why in (*named_ones, *((absolute(walk.home, path), "a common path") for path in guesses)):
        answer = yield from _ask(walk, Fetch(address, Purpose.SITEMAP, why))
        if answer is None or answer.page is None or answer.page.reading is None:
            continue
        if answer.page.reading.next_documents:
            yield from _try_children(walk, answer.address, answer.page.reading.next_documents)
        else:
            _consider(walk, SourceKind.NEWS_SITEMAP, answer.address, answer.page.reading)
        if walk.has(SourceKind.NEWS_SITEMAP):
            return


def _try_children(walk: _Walk, index: str, children: Iterable[str]) -> Generator[Fetch, Answer, None]:
    """Look into an index: a child whose name carries a number changes with time, so then the index is the source."""
    for child in list(children)[:CHILDREN_LIMIT]:
        answer = yield from _ask(walk, Fetch(child, Purpose.SITEMAP, f"named by {index}"))
        if answer is None or answer.page is None or answer.page.reading is None or answer.page.reading.next_documents:
            continue
        lasting = not re.search(r"\d", urlsplit(answer.address).path.rpartition("/")[2])
        _consider(walk, SourceKind.NEWS_SITEMAP, answer.address if lasting else index, answer.page.reading)
        if walk.has(SourceKind.NEWS_SITEMAP):
            return


def _consider(
    walk: _Walk,
    kind: SourceKind,
    url: str,
    reading: Reading,
    stale: list[FoundSource] | None = None,
    language: str | None = None,
) -> None:
    """Judge a reading: keep it, set it aside as stale, or note why it is refused. ``language`` is that of the home page that
    led to it. A further feed must announce mostly what no source so far does."""
    verdict = judge_candidate(reading, kind, url, walk.own, walk.now)
    if not verdict.useful:
        walk.refuse(url, verdict.reason)
        return
    source = FoundSource(kind, url, verdict, reading.format, (language,) if language else _languages_of(reading), reading.title)
    addresses = {a.address for a in reading.announcements if a.address}
    if kind is SourceKind.FEED and walk.has(SourceKind.FEED):
        new = len(addresses - walk.announced) / max(1, len(addresses))
        if new < NEW_SHARE_NEEDED or verdict.stale:
            why = (
                "it is perhaps abandoned" if verdict.stale else f"{1 - new:.0%} of its entries are announced by the sources found before it"
            )
            walk.refuse(url, f"A further feed, but {why}.")
            return
    if verdict.stale and stale is not None:
        stale.append(source)
        return
    walk.announced |= addresses
    _keep(walk, source)


def _keep(walk: _Walk, source: FoundSource) -> None:
    walk.found.append(source)
    walk.languages += source.languages


def _languages_of(reading: Reading) -> Sequence[str]:
    """The languages that a source states: its own, and those of at least a tenth of its entries."""
    stated = [a.language for a in reading.announcements if a.language]
    common = [code for code in dict.fromkeys(stated) if stated.count(code) * 10 >= len(stated)]
    return tuple(dict.fromkeys([*([reading.language] if reading.language else []), *common]))


# --- the draft


def outlet_id_of(home: str, taken: Collection[str]) -> str:
    """A slug from the host: ``www.granma.cu`` gives ``granma_cu``, numbered where it is taken already."""
    slug = re.sub(r"[^a-z0-9]+", "_", _bare(site_of(home))).strip("_") or "outlet"
    if not re.search(r"[a-z]", slug):
        slug = f"host_{slug}"  # a number as a name is read as a number
    return next(name for name in _numbered(slug) if name not in taken)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}_{number}"
        number += 1


def _bare(host: str) -> str:
    return host.removeprefix("www.")


_SHORT: dict[SourceKind, Callable[[FoundSource], str]] = {
    SourceKind.FEED: lambda _source: "feed",
    SourceKind.NEWS_SITEMAP: lambda _source: "news-sitemap",
    SourceKind.SECTION_PAGE: lambda _source: "front-page",
}


def draft_outlet(findings: Findings, today: date, taken: Collection[str] = ()) -> Outlet:
    """A draft for the editors: control unknown, nothing reviewed, its sources as read today. ``taken`` are the outlet ids
    in use. An outlet without sources is switched off with the reason."""
    outlet_id = outlet_id_of(findings.home, taken)
    host = host_of(findings.home)
    name = findings.title or _bare(host)
    return Outlet(
        id=outlet_id,
        name=name,
        names=(name,),
        country=None,
        languages=tuple(code for code in findings.languages if _is_language(code)),
        domains=tuple(dict.fromkeys((_bare(site_of(findings.home)), site_of(findings.home)))),
        control=(ControlStatement(Control.UNKNOWN, None, basis=BASIS),),
        sources=tuple(_sources(findings, outlet_id, today)),
        notes=f"Found by newsdesk on {today.isoformat()}; nobody has reviewed it.",
        switched_off=None if findings.sources else (findings.failure or "no source was found"),
        draft=True,
    )


def _sources(findings: Findings, outlet_id: str, today: date) -> Iterator[Source]:
    used: set[str] = set()
    for found in findings.sources:
        short = next(name for name in _numbered(_SHORT[found.kind](found)) if name not in used)
        used.add(short)
        yield Source(
            id=f"{outlet_id}/{short}",
            outlet_id=outlet_id,
            kind=found.kind,
            url=found.url,
            grade=Grade.A,
            language=found.languages[0] if len(found.languages) == 1 and _is_language(found.languages[0]) else None,
            evidence=(f"read by newsdesk on {today.isoformat()}: {found.verdict.reason}",),
        )


@lru_cache(maxsize=1)
def _language_codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def _is_language(code: str) -> bool:
    """Whether a stated code is ISO 639-1, as the registry wants it (feeds state much that is not)."""
    return code in _language_codes()
