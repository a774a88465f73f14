"""No connection into private networks: every request's host is judged as text, and every address before it is dialled.

The text alone is not enough (a name may lead anywhere, and may lead elsewhere a second later), so the guard stands in the
reactor's name resolution: only addresses that passed are handed to the connection. Python 3.11's ``ipaddress`` misjudges
NAT64, 6to4, multicast and shared address space (field notes, "Measured"), hence the list here.

Through a proxy the proxy resolves names, and only the text of the address can be judged here.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from twisted.internet.address import IPv4Address as TwistedIPv4
from twisted.internet.address import IPv6Address as TwistedIPv6
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from twisted.web.client import URI
from zope.interface import implementer

from newsdesk.errors import BadAddress

# IANA's special-purpose address registries (RFC 6890 and its updates), and multicast.
_REFUSED_4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "reserved for protocols"),
        ("192.52.193.0/24", "reserved for protocols"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved for protocols"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")  # global unicast; everything else (loopback, mapped, NAT64, local, multicast) is refused
_REFUSED_6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("2620:4f:8000::/48", "reserved for protocols"),
        ("3fff::/20", "for documentation"),
    )
)
_NAMED_6 = (
    (IPv6Network("::/128"), "unspecified"),
    (IPv6Network("::1/128"), "loopback"),
    (IPv6Network("::ffff:0:0/96"), "an IPv4 address in disguise"),
    (IPv6Network("::/96"), "an IPv4 address in disguise"),
    (IPv6Network("64:ff9b::/96"), "a NAT64 address"),
    (IPv6Network("64:ff9b:1::/48"), "a NAT64 address"),
    (IPv6Network("fc00::/7"), "private"),
    (IPv6Network("fe80::/10"), "link-local"),
    (IPv6Network("fec0::/10"), "site-local"),
    (IPv6Network("ff00::/8"), "multicast"),
)
_LOCAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
_HEX = frozenset("0123456789abcdef")
_KEPT_SECONDS = 300.0  # a name's addresses are asked for again after this; a daemon runs for months
_KEPT_NAMES = 10_000
_DOTS = str.maketrans({"。": ".", "．": ".", "｡": "."})  # IDNA 2003 reads these as dots (RFC 3490, 3.1)

Address = IPv4Address | IPv6Address


class PrivateAddress(IgnoreRequest):
    """The address leads into a private or local network, and the operator has not allowed the host."""


def what_is(address: Address) -> str | None:
    """What an address is when it must not be dialled ("loopback", "private"...), None for a public one."""
    if isinstance(address, IPv4Address):
        return next((what for network, what in _REFUSED_4 if address in network), None)
    if address.scope_id is not None:
        return "bound to a local interface"
    if address not in _PUBLIC_6:
        return next((what for network, what in _NAMED_6 if address in network), "not public")
    return next((what for network, what in _REFUSED_6 if address in network), None)


def plain_host(host: str) -> str:
    """A host as the eager reader of a URL would understand it: unescaped, full-width forms folded, no brackets, no final dot."""
    for _ in range(3):  # an escaped escape is unescaped by some readers too
        host = unquote(host)
    folded = unicodedata.normalize("NFKC", host.translate(_DOTS)).strip().lower()
    return folded.removeprefix("[").removesuffix("]").rstrip(".")


def literal(host: str) -> Address | None:
    """The address a host spells in any form that ``inet_aton`` or ``inet_pton`` reads; None where it is a name.

    Raises BadAddress where the last label is a number and the whole is no address: nothing public is named so (WHATWG URL).
    """
    plain = plain_host(host)
    if ":" in plain:
        try:
            return ip_address(plain)
        except ValueError:
            raise BadAddress(f"{host!r} is neither a host name nor an address") from None
    labels = plain.split(".")
    if not _is_number(labels[-1]):
        return None
    try:
        return IPv4Address(_inet_aton([_number(label) for label in labels]))
    except ValueError:
        raise BadAddress(f"{host!r} ends in a number but is no address") from None


def _is_number(label: str) -> bool:
    return (label.isascii() and label.isdigit()) or (label.startswith("0x") and set(label[2:]) <= _HEX)


def _number(label: str) -> int:
    """A part of a dotted address: decimal, octal with a leading 0, hexadecimal with 0x (inet(3)). Raises ValueError."""
    if not _is_number(label) or len(label) > 20:
        raise ValueError(label)
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    if label.startswith("0") and label != "0":
        return int(label, 8)
    return int(label)


def _inet_aton(parts: list[int]) -> int:
    """One to four parts, the last filling what is left (inet(3)). Raises ValueError."""
    if len(parts) > 4 or any(part > 255 for part in parts[:-1]) or parts[-1] >= 256 ** (5 - len(parts)):
        raise ValueError(parts)
    return sum(part << (24 - 8 * i) for i, part in enumerate(parts[:-1])) + parts[-1]


def _split_port(entry: str) -> tuple[str, int | None]:
    """``host``, ``host:port``, ``[v6]:port`` or a URL, apart."""
    text = entry.partition("://")[2] or entry
    text = text.rpartition("@")[2].partition("/")[0]
    if text.count(":") > 1 and not text.startswith("["):
        return _known_as(text), None
    parts = SplitResult("", text, "", "", "")
    return _known_as(parts.hostname or ""), parts.port


@lru_cache(maxsize=4096)
def _known_as(host: str) -> str:
    """One spelling for a host, so that 127.1 and 127.0.0.1 are one entry."""
    try:
        address = literal(host)
    except BadAddress:
        address = None
    return plain_host(host) if address is None else str(address)


@dataclass(frozen=True)
class _Places:
    """Hosts with or without a port."""

    entries: frozenset[tuple[str, int | None]]

    def hold(self, host: str, port: int) -> bool:
        return (host, None) in self.entries or (host, port) in self.entries


class Guard:
    """What may be connected to. ``allowed_hosts`` are names, addresses or ``host:port`` listed by the operator; ``proxies``
    are ``host:port`` or URLs we connect through, which may be dialled but not fetched from."""

    def __init__(self, allowed_hosts: Sequence[str], proxies: Sequence[str] = ()) -> None:
        self._allowed = _Places(frozenset(_split_port(entry) for entry in allowed_hosts))
        self._proxies = _Places(frozenset(_split_port(entry) for entry in proxies))
        self._refused: OrderedDict[tuple[str, int], str] = OrderedDict()

    def check(self, url: str) -> None:
        """Judge the text of an address. Raises PrivateAddress, BadAddress."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise BadAddress(f"{url!r} cannot be read as an address: its host or port is malformed") from None
        if parts.scheme not in ("http", "https"):
            raise BadAddress(f"{url!r} is not an http or https address")
        if not host or "\\" in url or "@" in parts.netloc or _dialled_host(url) != host.lower():
            raise BadAddress(f"the host of {url!r} can be read in more than one way")
        if self._allowed.hold(_known_as(host), port):
            return
        reason = self._wrong_with(host, port)
        if reason:
            raise PrivateAddress(f"{host} is {reason}; add it to allowed_hosts if it is to be reached")

    def _wrong_with(self, host: str, port: int) -> str | None:
        plain = plain_host(host)
        if self._proxies.hold(_known_as(host), port):
            return "the proxy itself"
        address = literal(host)
        if address is not None:
            return what_is(address)
        local = "." not in plain or any(plain == name or plain.endswith("." + name) for name in _LOCAL_NAMES)
        return "a local name" if local else None

    def may_dial(self, host: str, address: str, port: int) -> bool:
        """Whether a resolved address may be dialled for this host and port; remembers a refusal for ``refusal``."""
        if any(places.hold(name, port) for places in (self._allowed, self._proxies) for name in (_known_as(host), _known_as(address))):
            return True
        try:
            what = what_is(ip_address(address))
        except ValueError:
            what = "no address"
        if what is None:
            return True
        self._refused[(host.lower(), port)] = f"{host} leads to {address}, which is {what}; add it to allowed_hosts if it is to be reached"
        while len(self._refused) > _KEPT_NAMES:
            self._refused.popitem(last=False)
        return False

    def refusal_for(self, url: str) -> str | None:
        """Why the last connection for an address was refused, told once."""
        parts = urlsplit(url)
        return self.refusal(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))

    def refusal(self, host: str, port: int) -> str | None:
        """Why the last connection to a host was refused, told once; None where the guard had no part in it."""
        return self._refused.pop((host.lower(), port), None)


def _dialled_host(url: str) -> str:
    """The host Twisted would connect to for this address."""
    uri: URI = URI.fromBytes(url.encode("ascii", "replace"))
    host: bytes = uri.host
    return host.decode("ascii").strip("[]").lower()


class GuardMiddleware:
    """Judges every request of a crawler, redirects, retries and robots.txt included."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        return cls(crawler.settings["NEWSDESK_COMMONS"].guard)

    def process_request(self, request: Request) -> None:
        try:
            self._guard.check(request.url)
        except BadAddress as error:
            raise PrivateAddress(str(error)) from error


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names through another resolver and passes on only addresses the guard lets through, IPv4 first.

    Remembers a name's addresses for five minutes and judges them anew each time: what was judged is what is dialled.
    """

    def __init__(self, guard: Guard, inner: Any) -> None:
        self._guard, self._inner = guard, inner
        self._known: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        sieve = _Sieve(self, resolutionReceiver, hostName, portNumber)
        known = self._known.get(hostName)
        if known is not None and known[0] > monotonic():
            sieve.resolutionBegan(_Resolution(hostName))
            sieve.answer(known[1])
            return _Resolution(hostName)
        return self._inner.resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)

    def remember(self, name: str, addresses: tuple[str, ...]) -> None:
        if addresses:
            self._known[name] = (monotonic() + _KEPT_SECONDS, addresses)
            while len(self._known) > _KEPT_NAMES:
                self._known.popitem(last=False)

    def may_dial(self, name: str, address: str, port: int) -> bool:
        return self._guard.may_dial(name, address, port)


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to cancel: the answer was known."""


@implementer(IResolutionReceiver)
@dataclass
class _Sieve:
    """Gathers what a name resolves to, and hands on what may be dialled."""

    resolver: GuardedResolver
    receiver: Any
    name: str
    port: int
    addresses: list[str] = field(default_factory=list)

    def resolutionBegan(self, resolution: Any) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        addresses = tuple(dict.fromkeys(self.addresses))
        self.resolver.remember(self.name, addresses)
        self.answer(addresses)

    def answer(self, addresses: tuple[str, ...]) -> None:
        for address in sorted(addresses, key=lambda text: ":" in text):
            if self.resolver.may_dial(self.name, address, self.port):
                kind = TwistedIPv6 if ":" in address else TwistedIPv4
                self.receiver.addressResolved(kind("TCP", address, self.port))
        self.receiver.resolutionComplete()


def install_guard(allowed_hosts: Sequence[str], reactor: Any = None) -> Guard:
    """Put the guard under the reactor's name resolution, for the whole process, and return it.

    Scrapy's TWISTED_DNS_RESOLVER is read by its process classes only, never by AsyncCrawlerRunner (house.md). Calling again
    replaces the guard.
    """
    if reactor is None:
        from twisted.internet import reactor  # importing it installs one, which must not happen on import
    guard = Guard(allowed_hosts, [url for scheme, url in getproxies().items() if scheme in ("http", "https", "all")])
    inner = reactor.nameResolver
    if isinstance(inner, GuardedResolver):
        inner = inner._inner
    reactor.installNameResolver(GuardedResolver(guard, inner))
    return guard
