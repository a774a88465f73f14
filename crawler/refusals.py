"""Named ways in which a fetch ends without an answer to read, and the libraries' errors in words for an editor.

Each has an outcome in ``crawler.failures``.
"""

from __future__ import annotations

import os

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import IgnoreRequest
from service_identity import VerificationError
from twisted.internet import defer
from twisted.internet import error as net
from twisted.web import _newclient, http
from twisted.web import error as web


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


_LATE = "no whole answer came within the time a request may take"
_UNKNOWN_NAME = "no name server knows an address for the host's name"
_HALF = "the connection ended before the whole body had come"
_NO_WEB_ADDRESS = "only http and https addresses are fetched, and this is neither"
_NO_REQUEST = "no request can be made of this address; look at it for signs that do not belong there"
_TLS = "no protected connection could be made (TLS)"

# What an error of a library means. The first line that fits decides, so the special stand before the general.
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (SSL.Error, _TLS),
    (VerificationError, "the certificate is not the host's"),
    (net.VerifyError, _TLS),
    (net.PeerVerifyError, _TLS),
    (scrapy_errors.DownloadTimeoutError, _LATE),
    (net.TimeoutError, _LATE),
    (TimeoutError, _LATE),
    (scrapy_errors.CannotResolveHostError, _UNKNOWN_NAME),
    (net.DNSLookupError, _UNKNOWN_NAME),
    (net.UnknownHostError, _UNKNOWN_NAME),
    (scrapy_errors.ResponseDataLossError, _HALF),
    (http.PotentialDataLoss, _HALF),
    (TunnelError, "the proxy did not open a way to the host"),
    (scrapy_errors.DownloadConnectionRefusedError, "the host refused the connection"),
    (net.ConnectionRefusedError, "the host refused the connection"),
    (net.NoRouteError, "no way leads to the host"),
    (scrapy_errors.DownloadCancelledError, "the answer is larger than the limit for its kind"),
    (defer.CancelledError, "the request was cut before it was answered"),
    (scrapy_errors.UnsupportedURLSchemeError, _NO_WEB_ADDRESS),
    (scrapy_errors.NotSupported, _NO_WEB_ADDRESS),
    (web.SchemeNotSupported, _NO_WEB_ADDRESS),
    (web.InfiniteRedirection, "the address redirects too many times"),
    (_newclient.ParseError, "what the host sent is no answer of HTTP"),
    (_newclient.RequestGenerationFailed, _NO_REQUEST),
    (_newclient.BadHeaders, _NO_REQUEST),
    (net.ConnectionDone, "the host closed the connection before its answer was whole"),
    (net.ConnectionLost, "the connection was cut before the answer was whole"),
    (net.ConnectionClosed, "the connection was closed before the answer was whole"),
    (net.ConnectError, "no connection to the host could be made"),
    (net.ConnectingCancelledError, "the connection was given up before it was made"),
    (net.NoProtocol, "no connection to the host could be made"),
    (_newclient._WrapperException, "the connection was lost before the answer was whole"),
    (scrapy_errors.DownloadFailedError, "the connection was lost before the answer was whole"),
    (UnicodeError, _NO_REQUEST),
    (ValueError, _NO_REQUEST),
)


def said(error: BaseException) -> str:
    """One line of at most 500 characters: our own errors in their own words, a library's in ours, an unforeseen one with
    its name."""
    ours = type(error).__module__.startswith(("crawler.", "newsdesk."))
    known = None if ours else words_of(error)
    if known is not None:
        return known
    text = " ".join(str(error).split())[:500]
    name = type(error).__name__
    return (text if ours else f"{name}: {text}") if text else words_of(error) or name


def words_of(error: BaseException) -> str | None:
    """What a library's or the system's error means to an editor, None for one that is not foreseen. The library's own text
    stays out: it names classes and memory places."""
    known = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
    if known is None and isinstance(error, OSError):
        return f"the system reports: {os.strerror(error.errno)}" if error.errno else "the system could not do it and does not say why"
    return known
