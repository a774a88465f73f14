"""One key per address, and whose host it is.

A key is not the address shown: it identifies. It keeps case and order, and drops only what is known not to choose the
page: the scheme, a default port, the fragment, and known tracking parameters (field notes 16).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

import tldextract

from newsdesk.errors import BadAddress

TRACKING_PREFIXES = (
    "utm_",
    "mc_",
    "pk_",
    "hsa_",
    "ga_",
    "oly_",
    "vero_",
    "wt.",
    "xtor",
    "at_medium",
    "at_campaign",
    "at_custom",
    "at_link",
)
TRACKING_NAMES = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh mkt_tok dicbo obOrigUrl ocid ns_mchannel ns_source "
    "ns_campaign ns_linkname ns_fee _hsenc _hsmi __twitter_impression ftag cmpid smid smtyp soc_src soc_trk spm sr_share "
    "ref_src ref_url guccounter guce_referrer guce_referrer_sig trk trkinfo _ga _gl s_cid s_kwcid ef_id zanpid partnerid rsmid ".split()
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY = _SAFE_PATH + "?"
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
# An address that is its own key but for the scheme: lower case host, no port, query, fragment, escape or odd character.
_PLAIN = re.compile(r"https?://([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(/[A-Za-z0-9/:@!$&'()*+,;=~\-._]*)?")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON may spell one; nothing can keep or send it
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=128)
def split(address: str) -> SplitResult:
    """Take an absolute http(s) address apart. Raises BadAddress, saying what is wrong. The last ones are remembered, because
    guard, robots.txt, turn and ledger each ask for the same one."""
    text = address.strip()
    if _HALF_CHARACTER.search(text):
        raise BadAddress(f"{address!r} holds half a character")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = parts.hostname
    except ValueError as error:
        raise BadAddress(f"{address!r} cannot be read as an address: {error}") from None
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise BadAddress(f"{address!r} is not an http or https address")
    if not host:
        raise BadAddress(f"{address!r} names no host")
    if port == 0 or _CONTROL.search(parts.netloc):
        raise BadAddress(f"{address!r} has a host or port that cannot be")
    return parts


def host_of(address: str) -> str:
    """The host in lower case and IDNA ASCII form, without a final dot. Raises BadAddress."""
    found = _PLAIN.fullmatch(address)
    return found[1] if found is not None else _host_in(split(address), address)


def _host_in(parts: SplitResult, address: str) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise BadAddress(f"{address!r} names no host")
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadAddress(f"{address!r} has a host name that cannot be") from None


def site_of(address: str) -> str:
    """Whose place an address is: its host, with the port where that is not the scheme's own. Raises BadAddress."""
    parts = split(address)
    return host_of(address) if parts.port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f"{host_of(address)}:{parts.port}"


def origin_of(address: str) -> str:
    """``scheme://host:port`` of an http(s) address, the port always written out. Raises BadAddress."""
    parts = split(address)
    host = host_of(address)
    port = parts.port or _DEFAULT_PORTS[parts.scheme.lower()]
    return f"{parts.scheme.lower()}://{f'[{host}]' if ':' in host else host}:{port}"


def is_tracking(parameter: str) -> bool:
    """Whether a query parameter's name only tells the host where the reader came from."""
    return parameter in TRACKING_NAMES or parameter.lower().startswith(TRACKING_PREFIXES)


def without_tracking(address: str) -> str:
    """The address without known tracking parameters, otherwise as it was; to be shown and cited. Raises BadAddress."""
    parts = split(address)
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not is_tracking(pair.partition("=")[0])]
    return address if kept == pairs else parts._replace(query="&".join(kept)).geturl()


def _normal(text: str, safe: str) -> str:
    """Percent-encode what must be, decode what need not be, escapes in upper case (RFC 3986, 6.2.2)."""

    def settle(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match.group())[0]
        return chr(byte) if byte in _UNRESERVED else match.group().upper()

    return _ESCAPE.sub(settle, quote(text, safe=safe))


def key(address: str) -> str:
    """The identity of an address: ``host[:port]/path[?query]``. Raises BadAddress.

    >>> key("HTTPS://WWW.Granma.cu:443/Mundo/a%c3%b1o?utm_source=rss&id=7#top")
    'www.granma.cu/Mundo/a%C3%B1o?id=7'
    """
    return key_and_place(address)[0]


def key_and_place(address: str) -> tuple[str, str, int | None]:
    """An address's key, host and stated port. Raises BadAddress.

    Addresses without anything to settle, which most are, are taken apart by one pattern: a source announces dozens, each
    time it is polled.
    """
    found = _PLAIN.fullmatch(address)
    if found is not None:
        return f"{found[1]}{found[2] or '/'}", found[1], None
    parts = split(address)
    host = _host_in(parts, address)
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f":{parts.port}"
    kept = [pair for pair in parts.query.split("&") if pair and not is_tracking(pair.partition("=")[0])]
    query = "?" + _normal("&".join(kept), _SAFE_QUERY) if kept else ""
    return f"{host}{port}{_normal(parts.path or '/', _SAFE_PATH)}{query}", host, parts.port


def absolute(base: str, reference: str) -> str:
    """Resolve a reference against a base (RFC 3986, 5). Raises BadAddress."""
    if _PLAIN.fullmatch(reference) is not None:
        return reference
    try:
        joined = urljoin(base, reference.strip())
    except ValueError as error:
        raise BadAddress(f"{reference!r} cannot be resolved against {base}: {error}") from None
    host_of(joined)  # what is taken for an address here must have a key, too
    return joined


@lru_cache(maxsize=65536)
def registered_domain(host: str) -> str:
    """The domain somebody registered (public suffix plus one label), or the host itself where there is none."""
    bare = host.rstrip(".").lower()
    return _extract(bare).top_domain_under_public_suffix or bare


def belongs(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of the domains or below one. A domain may carry a port, which then must be the host's."""
    return any(host == domain or host.endswith("." + domain) for domain in domains)
