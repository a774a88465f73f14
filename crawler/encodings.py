"""Undoing content encodings of strangers' bodies, bounded in size and strict about ends."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import brotli
from backports import zstd

from newsdesk.errors import NewsdeskError

_CHUNK_BYTES = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
ACCEPTED = ("gzip", "deflate", "br", "zstd")


class UndecodableBody(NewsdeskError):
    """A body whose content encoding cannot be undone."""


class CompressionBomb(UndecodableBody):
    """The body unfolds to more than the limit."""


class TruncatedBody(UndecodableBody):
    """The encoded body breaks off before its own end, or is damaged."""


class UnknownEncoding(UndecodableBody):
    """The body is encoded in a way we did not ask for and cannot undo."""


def undo(body: bytes, encodings: Sequence[str], limit_bytes: int) -> bytes:
    """Undo content encodings, the last applied first. Raises CompressionBomb, TruncatedBody, UnknownEncoding.

    ``encodings`` are Content-Encoding values as sent (each may list several). A body that claims gzip and is none is taken
    as it is: servers that label plain pages so are common, and their pages are readable.
    """
    for name in reversed([part.strip().lower() for value in encodings for part in value.split(",") if part.strip()]):
        if name in ("identity", "utf-8", "none"):
            continue
        if name not in _DECODERS:
            raise UnknownEncoding(f"the body is encoded as {name!r}, which was not asked for; expected one of {', '.join(ACCEPTED)}")
        if body:
            body = _DECODERS[name](body, limit_bytes)
    return body


def gunzip(body: bytes, limit_bytes: int) -> bytes:
    """Unfold a gzip body (all its members). Raises CompressionBomb, TruncatedBody; a body that is no gzip comes back as it is."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    pieces: list[bytes] = []
    rest, size = body, 0
    while rest.startswith(_GZIP_MAGIC):
        piece, rest = _inflate(rest, zlib.MAX_WBITS + 16, limit_bytes - size)
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _inflate(data: bytes, bits: int, limit_bytes: int) -> tuple[bytes, bytes]:
    """One zlib stream: what it holds, and what follows it."""
    stream = zlib.decompressobj(bits)
    try:
        out = stream.decompress(data, max_length=limit_bytes + 1)
    except zlib.error:
        raise TruncatedBody(f"the compressed body is damaged at some place of its {len(data)} bytes") from None
    if len(out) > limit_bytes:
        raise CompressionBomb(f"{len(data)} compressed bytes unfold to more than {limit_bytes}")
    if not stream.eof:
        raise TruncatedBody(f"the compressed body breaks off after {len(data)} bytes")
    return out, stream.unused_data


def _deflate(body: bytes, limit_bytes: int) -> bytes:
    """RFC 9110's deflate is a zlib stream; some servers send the bare one (RFC 1951)."""
    zlib_header = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, limit_bytes)[0]


def _gather(pieces: Iterator[bytes], limit_bytes: int, given_bytes: int) -> bytes:
    out = BytesIO()
    for piece in pieces:
        if out.tell() + len(piece) > limit_bytes:
            raise CompressionBomb(f"{given_bytes} compressed bytes unfold to more than {limit_bytes}")
        out.write(piece)
    return out.getvalue()


def _unbrotli(body: bytes, limit_bytes: int) -> bytes:
    stream = brotli.Decompressor()

    def pieces() -> Iterator[bytes]:
        given = body
        while not stream.is_finished():
            piece = stream.process(given, output_buffer_limit=_CHUNK_BYTES)
            given = b""
            if not piece:
                return
            yield piece

    try:
        out = _gather(pieces(), limit_bytes, len(body))
    except brotli.error:
        raise TruncatedBody(f"the brotli body is damaged at some place of its {len(body)} bytes") from None
    if not stream.is_finished():
        raise TruncatedBody(f"the brotli body breaks off after {len(body)} bytes")
    return out


def _unzstd(body: bytes, limit_bytes: int) -> bytes:
    stream = zstd.ZstdFile(BytesIO(body))
    try:
        return _gather(iter(lambda: stream.read(_CHUNK_BYTES), b""), limit_bytes, len(body))
    except EOFError:
        raise TruncatedBody(f"the zstd body breaks off after {len(body)} bytes") from None
    except zstd.ZstdError:
        raise TruncatedBody(f"the zstd body is damaged at some place of its {len(body)} bytes") from None


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
