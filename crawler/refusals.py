"""Named ways in which a fetch ends without an answer to read. Each has an outcome in ``crawler.failures``."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class TooLarge(IgnoreRequest):
    """The answer is larger than the limit for its kind."""


class RedirectLoop(IgnoreRequest):
    """The address redirects in a circle or too many times."""


class OffHost(IgnoreRequest):
    """The address redirects to a host that is not the outlet's."""


class TlsFailed(Exception):
    """The host's certificate or its TLS cannot be trusted; the message says why."""


class ConnectionCut(Exception):
    """The connection was made, and lost before the answer's head was whole."""


class ProxyRefused(Exception):
    """The configured proxy did not open a way to the host."""
