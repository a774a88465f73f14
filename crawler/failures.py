"""What every failed exchange means: one named outcome and a sentence of detail."""

from __future__ import annotations

import logging
from datetime import datetime

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from scrapy.core.downloader.handlers.http11 import TunnelError
from service_identity import VerificationError
from twisted.internet import defer
from twisted.internet import error as net
from twisted.python.failure import Failure
from twisted.web import _newclient, http
from twisted.web import error as web

from crawler.archive import ArchiveError
from crawler.encodings import CompressionBomb, TruncatedBody, UndecodableBody, UnknownEncoding
from crawler.guard import PrivateAddress
from crawler.pool import TookTooLong, TooMuchMemory, WorkFailed
from crawler.refusals import ConnectionCut, OffHost, ProxyRefused, RedirectLoop, TlsFailed, TooLarge, said
from crawler.robots import RobotsDenied, RobotsUnreachable
from crawler.throttle import HostResting, Interrupted
from newsdesk.errors import BadAddress
from newsdesk.links import Outcome

log = logging.getLogger(__name__)

# The first line that fits decides, so the special stand before the general.
_MEANING: tuple[tuple[type[BaseException], Outcome], ...] = (
    (PrivateAddress, Outcome.PRIVATE_ADDRESS),
    (RobotsDenied, Outcome.ROBOTS_DENIED),
    (RobotsUnreachable, Outcome.ROBOTS_UNREACHABLE),
    (HostResting, Outcome.CONNECTION_FAILED),
    (Interrupted, Outcome.CONNECTION_FAILED),
    (TooLarge, Outcome.TOO_LARGE),
    (RedirectLoop, Outcome.REDIRECT_LOOP),
    (OffHost, Outcome.OFF_HOST),
    (CompressionBomb, Outcome.COMPRESSION_BOMB),
    (TruncatedBody, Outcome.TRUNCATED),
    (UnknownEncoding, Outcome.UNSUPPORTED_TYPE),
    (UndecodableBody, Outcome.TRUNCATED),
    (TookTooLong, Outcome.READER_TIMEOUT),
    (TooMuchMemory, Outcome.READER_MEMORY),
    (WorkFailed, Outcome.READER_FAILED),
    (BadAddress, Outcome.BAD_ADDRESS),
    (TlsFailed, Outcome.TLS_FAILED),
    (SSL.Error, Outcome.TLS_FAILED),
    (VerificationError, Outcome.TLS_FAILED),
    (net.VerifyError, Outcome.TLS_FAILED),
    (net.PeerVerifyError, Outcome.TLS_FAILED),
    (scrapy_errors.DownloadTimeoutError, Outcome.TIMEOUT),
    (net.TimeoutError, Outcome.TIMEOUT),
    (TimeoutError, Outcome.TIMEOUT),
    (scrapy_errors.CannotResolveHostError, Outcome.NAME_NOT_RESOLVED),
    (net.DNSLookupError, Outcome.NAME_NOT_RESOLVED),
    (net.UnknownHostError, Outcome.NAME_NOT_RESOLVED),
    (scrapy_errors.ResponseDataLossError, Outcome.TRUNCATED),
    (http.PotentialDataLoss, Outcome.TRUNCATED),
    (ConnectionCut, Outcome.CONNECTION_FAILED),
    (ProxyRefused, Outcome.CONNECTION_FAILED),
    (TunnelError, Outcome.CONNECTION_FAILED),
    (scrapy_errors.DownloadConnectionRefusedError, Outcome.CONNECTION_FAILED),
    (scrapy_errors.DownloadFailedError, Outcome.CONNECTION_FAILED),
    (scrapy_errors.DownloadCancelledError, Outcome.TOO_LARGE),
    (defer.CancelledError, Outcome.CONNECTION_FAILED),
    (scrapy_errors.UnsupportedURLSchemeError, Outcome.BAD_ADDRESS),
    (scrapy_errors.NotSupported, Outcome.BAD_ADDRESS),
    (web.SchemeNotSupported, Outcome.BAD_ADDRESS),
    (web.InfiniteRedirection, Outcome.REDIRECT_LOOP),
    (_newclient.ParseError, Outcome.CONNECTION_FAILED),
    (_newclient.RequestGenerationFailed, Outcome.BAD_ADDRESS),
    (_newclient.BadHeaders, Outcome.BAD_ADDRESS),
    (_newclient._WrapperException, Outcome.CONNECTION_FAILED),  # ResponseFailed, ResponseNeverReceived, RequestTransmissionFailed
    (net.ConnectError, Outcome.CONNECTION_FAILED),
    (net.ConnectingCancelledError, Outcome.CONNECTION_FAILED),
    (net.NoProtocol, Outcome.CONNECTION_FAILED),
    (net.ConnectionClosed, Outcome.CONNECTION_FAILED),
    (net.ConnectionLost, Outcome.CONNECTION_FAILED),
    (net.ConnectionDone, Outcome.CONNECTION_FAILED),
    (ArchiveError, Outcome.NOT_ARCHIVED),
    (OSError, Outcome.CONNECTION_FAILED),
    (UnicodeError, Outcome.BAD_ADDRESS),
    (ValueError, Outcome.BAD_ADDRESS),
)


def outcome_of_failure(failure: Failure | BaseException) -> tuple[Outcome, str]:
    """The outcome of a request that got no usable answer, and a detail for the editor.

    What is not in the table is an error of ours: CONNECTION_FAILED, so that the link is tried again, with the error's name in
    the detail and its traceback in the log.
    """
    error = _error(failure)
    for kind, outcome in _MEANING:
        if isinstance(error, kind):
            return outcome, said(error)
    log.error("a fetch ended in an error that has no outcome of its own: %r", error, exc_info=error)
    return Outcome.CONNECTION_FAILED, f"an unforeseen error: {said(error)}"


def is_known(error: BaseException) -> bool:
    """Whether the table has an outcome for an error."""
    return any(isinstance(error, kind) for kind, _ in _MEANING)


def outcome_of_status(status: int) -> Outcome | None:
    """The outcome of an answer by its HTTP status (RFC 9110, 15); None where there is a page to read (200, 203)."""
    if status in (200, 203):
        return None
    if status in _STATUSES:
        return _STATUSES[status]
    if 400 <= status < 500:
        return Outcome.CLIENT_ERROR
    return Outcome.SERVER_ERROR if 500 <= status < 600 else Outcome.UNEXPECTED_STATUS


_STATUSES = {
    401: Outcome.FORBIDDEN,
    402: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    408: Outcome.TIMEOUT,
    410: Outcome.GONE,
    429: Outcome.TOO_MANY_REQUESTS,
    451: Outcome.FORBIDDEN,
    504: Outcome.SERVER_ERROR,
}


def is_interruption(failure: Failure | BaseException) -> bool:
    """Whether the request was cut because newsdesk stops: give the lease back, count nothing."""
    return isinstance(_error(failure), Interrupted)


def not_before(failure: Failure | BaseException) -> datetime | None:
    """When a request may be tried again at the earliest (a resting host, an unreachable robots.txt); None where the failure
    does not say. The link itself was not tried then: postpone it without counting an attempt where the shelf can."""
    error = _error(failure)
    return error.until if isinstance(error, HostResting | RobotsUnreachable) else None


def _error(failure: Failure | BaseException) -> BaseException:
    value = failure.value if isinstance(failure, Failure) else failure
    return value if isinstance(value, BaseException) else RuntimeError(repr(value))
