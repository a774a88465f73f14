"""Scrapy's HTTP handler, made to take its turn, to keep heads as they were on the wire, and to say what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    TunnelError,
    _BindAddressAgent,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import CertificateError, VerificationError
from twisted.internet.error import ConnectError
from twisted.internet.error import TimeoutError as ConnectTimeout
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, RequestTransmissionFailed, ResponseFailed, ResponseNeverReceived
from twisted.web.client import URI

from crawler.guard import PrivateAddress
from crawler.refusals import ConnectionCut, ProxyRefused, TlsFailed, TooLarge, said
from crawler.throttle import Interrupted, retry_after_seconds

HEADS = "newsdesk_heads"  # request.meta: the Heads of the last answer
_HEAD_BYTES = 256 * 1024  # as browsers have it; without a limit a server can fill the memory with headers (bench/hostile.py)
_HEAD_LINE_BYTES = 64 * 1024
_CONNECT_SECONDS = 20.0  # a host that does not take a connection by then is down; the rest of the timeout is for its answer


@dataclass(frozen=True)
class Heads:
    """A request's and its answer's first lines and headers as they were on the wire (Latin-1), without line ends."""

    request: tuple[str, ...]
    response: tuple[str, ...]


class _Parser(_LenientHTTPClientParser):
    """Keeps the lines of the head as they came, up to a limit that counts provisional answers (1xx) too."""

    MAX_LENGTH = _HEAD_LINE_BYTES
    kept: list[str]
    head_bytes = 0

    def lineReceived(self, line: bytes) -> None:
        if self.state in (STATUS, HEADER):
            self.head_bytes += len(line) + 1
            if self.head_bytes > _HEAD_BYTES:
                raise TooLarge(f"the answer's head is longer than {_HEAD_BYTES} bytes")
        if self.state == STATUS:
            self.kept = []
        if self.state in (STATUS, HEADER) and line.strip(b"\r"):
            self.kept.append(line.removesuffix(b"\r").decode("latin-1"))
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        raise TooLarge(f"a line of the answer's head is longer than {_HEAD_LINE_BYTES} bytes")

    def allHeadersReceived(self) -> None:
        self.response.newsdesk_heads = Heads(_sent(self.request), tuple(self.kept))
        super().allHeadersReceived()  # type: ignore[no-untyped-call]  # Twisted has no types here


_KEPT_WAYS = 64  # hosts of one crawler; it sees one outlet after another
_KEEP_SECONDS = 15  # connections that nobody uses are not kept longer: a crawler sees many hosts


class _Wire(list[bytes]):
    """Takes what a request writes."""

    def writeSequence(self, lines: list[bytes]) -> None:
        self.extend(lines)


def _sent(request: Any) -> tuple[str, ...]:
    """The head of a request as Twisted wrote it; the proxy's password stays out of the archive."""
    wire = _Wire()
    request._writeHeaders(wire, None)
    lines = b"".join(wire).decode("latin-1").split("\r\n")
    return tuple(line for line in lines if line and not line.lower().startswith("proxy-authorization:"))


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser  # Twisted names the parser class in its own method; no state is added before the first line
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> Any:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted has no types here


class _Direct(_BindAddressAgent):
    """Twisted's agent, with the ways to the hosts asked last: making one encodes the host's name and, for https, reads the
    certificates that are trusted, which it would do for each page of a host, connected or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ways: dict[tuple[bytes, bytes, int], Any] = {}

    def _getEndpoint(self, uri: URI) -> Any:
        key = (uri.scheme, uri.host, uri.port)
        if key not in self._ways:
            if len(self._ways) >= _KEPT_WAYS:
                self._ways.clear()
            self._ways[key] = super()._getEndpoint(uri)  # type: ignore[no-untyped-call]  # Twisted has no types here
        return self._ways[key]


class _Agent(_ScrapyAgent):
    def __init__(self, direct: dict[float, _Direct], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._direct = direct

    def _get_agent(self, request: Request, timeout: float) -> Any:
        timeout = min(timeout, _CONNECT_SECONDS)
        if request.meta.get("proxy"):
            return super()._get_agent(request, timeout)
        if timeout not in self._direct:
            from twisted.internet import reactor  # importing it installs one, which must not happen on import

            self._direct[timeout] = _Direct(reactor, self._contextFactory, timeout, None, self._pool)
        return self._direct[timeout]

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        request.meta[HEADS] = getattr(txresponse, "newsdesk_heads", None)
        return super()._cb_bodyready(txresponse, request)


class PoliteHandler(HTTP11DownloadHandler):
    """Downloads http and https, one request at a time per slot of the process-wide gate."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._pool.cachedConnectionTimeout = _KEEP_SECONDS
        self._direct: dict[float, _Direct] = {}
        commons = crawler.settings["NEWSDESK_COMMONS"]
        self._gate, self._guard, self._rests, self._clock = commons.gate, commons.guard, commons.rests, commons.clock

    async def download_request(self, request: Request) -> Response:
        async with self._gate.turn(request.meta["download_slot"]):
            self._rests.check(request.url)  # the host may have asked for rest while this request waited for its turn
            try:
                response = await self._download(request)
            except Exception as error:
                raise self._named(error, request) from error
            if response.status == 429 or response.status >= 500:
                self._rests.asked(request.url, _retry_after(response, self._clock()))
            return response

    async def _download(self, request: Request) -> Response:
        agent = _Agent(
            self._direct,
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=0,
            fail_on_dataloss=True,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            deferred = agent.download_request(request)
            with self._gate.cuttable(deferred.cancel):
                return await maybe_deferred_to_future(deferred)

    def _named(self, error: Exception, request: Request) -> Exception:
        """The error as ``crawler.failures`` knows it."""
        if self._gate.closed:
            return Interrupted(f"newsdesk is stopping; {request.url} was cut")
        if isinstance(error, CannotResolveHostError):
            refusal = self._guard.refusal_for(request.url)
            return PrivateAddress(refusal) if refusal else error
        if isinstance(error, DownloadCancelledError):
            return TooLarge(
                f"{request.url} sends more than the {request.meta.get('download_maxsize', self._default_maxsize)} bytes allowed"
            )
        if isinstance(error, TunnelError):
            return ProxyRefused(f"the proxy did not open a way to {request.url}; look whether it runs and may reach the host")
        return _named_by_reason(error)


def _retry_after(response: Response, now: datetime) -> int:
    value = response.headers.get("Retry-After")
    return retry_after_seconds(value.decode("latin-1") if value else None, now) or 0


def _named_by_reason(error: Exception) -> Exception:
    """Twisted wraps what happened in lists of reasons; find the one that says it."""
    reasons = list(_reasons(error))
    for reason in reasons:
        if isinstance(reason, SSL.Error | VerificationError | CertificateError):
            return TlsFailed(_tls_words(reason))
        if isinstance(reason, TooLarge):
            return reason
    if isinstance(error, DownloadFailedError | RequestTransmissionFailed):
        words = dict.fromkeys(said(reason) for reason in reasons if not _is_wrapper(reason))
        return ConnectionCut("; ".join(words) or said(error))
    return error


def _is_wrapper(error: BaseException) -> bool:
    return isinstance(error, DownloadFailedError | ResponseFailed | ResponseNeverReceived | RequestTransmissionFailed)


def _reasons(error: BaseException | None, depth: int = 0) -> Iterator[BaseException]:
    if error is None:
        return
    yield error
    if depth > 5:
        return
    for reason in getattr(error, "reasons", None) or ():
        yield from _reasons(reason.value if isinstance(reason, Failure) else reason, depth + 1)
    yield from _reasons(error.__cause__, depth + 1)


def _tls_words(reason: BaseException) -> str:
    """OpenSSL's errors are lists of (library, function, reason)."""
    if isinstance(reason, SSL.Error) and reason.args and isinstance(reason.args[0], list):
        words = ", ".join(str(entry[-1]) for entry in reason.args[0] if entry)
        return f"TLS failed: {words or 'the connection was closed during the handshake'}"
    return "the certificate is not the host's"


_NO_CONNECTION = (CannotResolveHostError, DownloadConnectionRefusedError, ConnectError, TlsFailed)


def could_not_connect(error: BaseException) -> bool:
    """Whether the host did not even take the connection."""
    if isinstance(error, DownloadTimeoutError):
        return isinstance(error.__cause__, ConnectTimeout)
    return isinstance(error, _NO_CONNECTION)
