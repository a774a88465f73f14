"""The archive: each exchange as it happened, in WARC 1.1 files, written before anything is parsed. The one door to warcio.

Records are put together here byte by byte, because warcio's writer percent-encodes header bytes that are not ASCII, and the
archive keeps headers as they came; warcio reads and verifies. Bytes are handed to the operating system before ``write``
returns, so a killed process loses nothing; they are synced to the disk when a file is closed, so a power cut may cost the
last file's end, which ``repair`` cuts off at the last whole record.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import queue
import re
import struct
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import Any, BinaryIO, cast
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler import encodings
from newsdesk.errors import NewsdeskError
from newsdesk.snapshots import SnapshotRef

_ROTATE_BYTES = 1024**3  # the usual size of WARC files (ISO 28500, annex)
_SCAN_BYTES = 1024 * 1024
_BATCH = 64  # exchanges written before those who wait for them are told
_OPEN = ".open"
_NEW = ".new"
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # RFC 1952: deflate, no name, no time, unknown system
_SENT_DECODED = "X-Crawler-Transfer-Encoding"  # the body is kept without its chunks; readers would try to undo them again

Header = tuple[str, str]


class ArchiveError(NewsdeskError):
    """The archive cannot be written or read."""


class SnapshotDamaged(ArchiveError):
    """The record is not where it should be, or its bytes are not those that were written."""


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. Header names and values are Latin-1 text, in the order and spelling of the wire; ``body``
    is as received (content encodings not undone, chunks joined); ``request_line`` has method, target and protocol."""

    address: str
    request_line: str
    request_headers: Sequence[Header]
    status: int
    reason: str
    headers: Sequence[Header]
    body: bytes
    fetched_at: datetime
    ip_address: str | None = None
    protocol: str = "HTTP/1.1"

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def content_encodings(self) -> Sequence[str]:
        return [value for key, value in self.headers if key.lower() == "content-encoding"]

    def decoded_body(self, limit_bytes: int) -> bytes:
        """The body with its content encodings undone. Raises CompressionBomb, TruncatedBody, UnknownEncoding."""
        return encodings.undo(self.body, self.content_encodings(), limit_bytes)


@dataclass(frozen=True)
class _Order:
    """An exchange to be written, and where to say that it is."""

    exchange: Exchange
    done: Callable[[SnapshotRef | Exception], None]


@dataclass
class _OpenFile:
    """The file being written, locked for as long as this process lives."""

    stream: BinaryIO
    name: str  # the final name
    size: int = 0


class Archive:
    """A folder of WARC files with one writer thread. ``write`` from an asyncio loop, ``read`` from any thread."""

    def __init__(self, folder: Path, software: str, contact: str, clock: Callable[[], datetime], rotate_bytes: int = _ROTATE_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._clock = clock
        self._rotate_bytes = rotate_bytes
        self._info = (("software", software), ("operator", contact), ("robots", "obey"), ("format", "WARC File Format 1.1"))
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_orders, name="archive", daemon=True)
        self._file: _OpenFile | None = None
        self._count = 0
        self._closed = False
        self._writer.start()

    async def write(self, exchange: Exchange) -> SnapshotRef:
        """Append response and request records; returns when the bytes are with the operating system. Raises ArchiveError."""
        if self._closed:
            raise ArchiveError(f"{exchange.address} cannot be kept: the archive {self.folder} is closed")
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[SnapshotRef] = loop.create_future()
        self._orders.put(_Order(exchange, partial(_tell, loop, waiter)))
        return await waiter

    def read(self, ref: SnapshotRef) -> Exchange:
        """The exchange as it was written; blocks on the disk. Raises SnapshotDamaged, saying what is wrong with which file."""
        return _read(self.folder, ref)

    async def close(self) -> None:
        """Write what waits, sync, and give the file its final name. Idempotent."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """As ``close``, for callers without a loop."""
        if not self._closed:
            self._closed = True
            self._orders.put(None)
        self._writer.join()

    def _write_orders(self) -> None:
        going_on = True
        while going_on:
            orders = [self._orders.get()]
            while len(orders) < _BATCH and not self._orders.empty():
                orders.append(self._orders.get_nowait())
            going_on = None not in orders
            self._write_batch([order for order in orders if order is not None])
        self._finish_file()

    def _write_batch(self, orders: Sequence[_Order]) -> None:
        """Write several exchanges with one flush; each is told its place, or what went wrong."""
        written: list[tuple[_Order, SnapshotRef | Exception]] = []
        for order in orders:
            try:
                written.append((order, self._append(order.exchange)))
            except (OSError, ValueError) as error:
                written.append((order, ArchiveError(f"{order.exchange.address} cannot be kept in {self.folder}: {error}")))
                self._abandon_file()
        for order, told in written:
            order.done(told)

    def _append(self, exchange: Exchange) -> SnapshotRef:
        file = self._current_file()
        response_id, request_id = _new_id(), _new_id()
        response, digest = _response_record(exchange, response_id)
        ref = SnapshotRef(
            file=file.name,
            offset=file.size,
            length=len(response),
            record_id=response_id,
            digest=digest,
            address=exchange.address,
            status=exchange.status,
            fetched_at=exchange.fetched_at,
        )
        records = response + _request_record(exchange, request_id, response_id)
        _write_all(file.stream, records)
        file.size += len(records)
        return ref

    def _current_file(self) -> _OpenFile:
        if self._file is not None and self._file.size >= self._rotate_bytes:
            self._finish_file()
        if self._file is None:
            self._file = self._start_file()
        return self._file

    def _start_file(self) -> _OpenFile:
        """Make, lock and name a file; it bears its ``.open`` name only when locked, so that no repair can take it for dead."""
        self._count += 1
        moment = self._clock().astimezone(UTC)
        name = f"newsdesk-{moment:%Y%m%d%H%M%S%f}-{_host_name()}-{os.getpid()}-{self._count}.warc.gz"
        fresh = self.folder / (name + _NEW)
        stream = fresh.open("xb", buffering=0)
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        info = _info_record(name, moment, self._info)
        _write_all(cast(BinaryIO, stream), info)
        fresh.rename(self.folder / (name + _OPEN))
        return _OpenFile(cast(BinaryIO, stream), name, len(info))

    def _finish_file(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        with file.stream:
            os.fsync(file.stream.fileno())
            (self.folder / (file.name + _OPEN)).rename(self.folder / file.name)
        _sync_folder(self.folder)

    def _abandon_file(self) -> None:
        """After a failed write (a full disk): cut the torn record off, so that what was promised stays readable."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._file.stream.fileno(), self._file.size)
            self._finish_file()
        self._file = None


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Hand all bytes to the operating system; a raw stream may take them in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


def _tell(loop: asyncio.AbstractEventLoop, waiter: asyncio.Future[SnapshotRef], told: SnapshotRef | Exception) -> None:
    """Wake the one who waits, from the writer thread; a loop that is gone waits for nothing."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(_settle, waiter, told)


def _settle(waiter: asyncio.Future[SnapshotRef], told: SnapshotRef | Exception) -> None:
    if waiter.done():
        return
    if isinstance(told, Exception):
        waiter.set_exception(told)
    else:
        waiter.set_result(told)


# --- records -----------------------------------------------------------------------------------------------------------


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _host_name() -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "_", gethostname()) or "host"


def _sha256(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return "sha256:" + digest.hexdigest()


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _record(headers: Sequence[Header], head: bytes, body: bytes = b"", *, packed: bool = False) -> bytes:
    """One WARC 1.1 record as a gzip member of its own: its headers, and a block of ``head`` and ``body``.

    A ``packed`` body does not shrink again, however hard one tries, so it is laid in as it is.
    """
    length = ("Content-Length", str(len(head) + len(body)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*headers, length))
    first, last = f"WARC/1.1\r\n{lines}\r\n".encode() + head, b"\r\n\r\n"
    if not packed:
        packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        return b"".join((*map(packer.compress, (first, body, last)), packer.flush()))
    shrinking, storing = (zlib.compressobj(effort, zlib.DEFLATED, -zlib.MAX_WBITS, 8) for effort in (6, 0))
    parts = (shrinking.compress(first), shrinking.flush(zlib.Z_FULL_FLUSH), *map(storing.compress, (body, last)), storing.flush())
    checksum = zlib.crc32(last, zlib.crc32(body, zlib.crc32(first)))
    size = (len(first) + len(body) + len(last)) & 0xFFFFFFFF
    return b"".join((_GZIP_HEAD, *parts, struct.pack("<II", checksum, size)))


def _info_record(name: str, moment: datetime, info: Sequence[Header]) -> bytes:
    block = "".join(f"{key}: {value}\r\n" for key, value in info).encode()
    return _record(
        (
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", _new_id()),
            ("WARC-Date", _warc_date(moment)),
            ("WARC-Filename", name),
            ("WARC-Block-Digest", _sha256(block)),
            ("Content-Type", "application/warc-fields"),
        ),
        block,
    )


def _head(first_line: str, headers: Sequence[Header]) -> bytes:
    return "".join((f"{first_line}\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n")).encode("latin-1")


def _renamed(headers: Sequence[Header], old: str, new: str) -> Sequence[Header]:
    return tuple((new if name.lower() == old.lower() else name, value) for name, value in headers)


def _response_record(exchange: Exchange, record_id: str) -> tuple[bytes, str]:
    """The record, and the digest of its payload."""
    status_line = f"{exchange.protocol} {exchange.status} {exchange.reason}".rstrip()
    head = _head(status_line, _renamed(exchange.headers, "Transfer-Encoding", _SENT_DECODED))
    digest = _sha256(exchange.body)
    headers = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", _warc_date(exchange.fetched_at)),
        ("WARC-Target-URI", exchange.address),
        ("WARC-Payload-Digest", digest),
        ("WARC-Block-Digest", _sha256(head, exchange.body)),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    if exchange.ip_address is not None:
        headers.append(("WARC-IP-Address", exchange.ip_address))
    return _record(headers, head, exchange.body, packed=bool(exchange.content_encodings())), digest


def _request_record(exchange: Exchange, record_id: str, response_id: str) -> bytes:
    block = _head(exchange.request_line, exchange.request_headers)
    return _record(
        (
            ("WARC-Type", "request"),
            ("WARC-Record-ID", record_id),
            ("WARC-Date", _warc_date(exchange.fetched_at)),
            ("WARC-Target-URI", exchange.address),
            ("WARC-Concurrent-To", response_id),
            ("WARC-Block-Digest", _sha256(block)),
            ("Content-Type", "application/http; msgtype=request"),
        ),
        block,
    )


# --- reading -----------------------------------------------------------------------------------------------------------


def _read(folder: Path, ref: SnapshotRef) -> Exchange:
    try:
        with _opened(folder, ref.file) as stream:
            stream.seek(ref.offset)
            records = ArchiveIterator(stream, no_record_parse=True)
            response = _take(next(records, None), ref.record_id)
            request = _request_beside(next(records, None), ref.record_id)
    except (ArchiveLoadFailed, OSError, EOFError, zlib.error, ValueError) as error:
        raise SnapshotDamaged(f"the snapshot of {ref.address} cannot be read from {ref.file} at {ref.offset}: {error}") from error
    exchange = _exchange(ref, *response, request)
    if _sha256(exchange.body) != ref.digest:
        raise SnapshotDamaged(f"the snapshot of {ref.address} in {ref.file} at {ref.offset} is not what was written (its digest differs)")
    return exchange


def _opened(folder: Path, name: str) -> BinaryIO:
    """A finished file, or one still being written; it may be finished between two looks."""
    if Path(name).name != name:
        raise ValueError(f"{name!r} is no file of the archive")
    for candidate in (name, name + _OPEN, name):
        with contextlib.suppress(FileNotFoundError):
            return (folder / candidate).open("rb")
    raise FileNotFoundError(f"no file {name} in {folder}")


def _take(record: Any, record_id: str) -> tuple[bytes, str | None]:
    """The block and the server's address of the wanted response record."""
    if record is None or record.rec_headers.get_header("WARC-Record-ID") != record_id:
        raise ValueError(f"record {record_id} is not there")
    return record.raw_stream.read(), record.rec_headers.get_header("WARC-IP-Address")


def _request_beside(record: Any, response_id: str) -> bytes:
    if record is None or record.rec_headers.get_header("WARC-Concurrent-To") != response_id:
        return b"\r\n\r\n"
    block: bytes = record.raw_stream.read()
    return block


def _split_head(block: bytes) -> tuple[str, Sequence[Header], bytes]:
    head, _, body = block.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first, tuple((name, value.removeprefix(" ")) for name, _, value in pairs), body


def _exchange(ref: SnapshotRef, response: bytes, ip_address: str | None, request: bytes) -> Exchange:
    status_line, headers, body = _split_head(response)
    request_line, request_headers, _ = _split_head(request)
    protocol, _, rest = status_line.partition(" ")
    return Exchange(
        address=ref.address,
        request_line=request_line,
        request_headers=request_headers,
        status=ref.status,
        reason=rest.partition(" ")[2],
        headers=_renamed(headers, _SENT_DECODED, "Transfer-Encoding"),
        body=body,
        fetched_at=ref.fetched_at,
        ip_address=ip_address,
        protocol=protocol,
    )


# --- repair ------------------------------------------------------------------------------------------------------------


def repair(folder: Path) -> Sequence[str]:
    """Finish the files of processes that died: cut a torn last record off, and give the file its final name.

    Returns the final names. Files that a living process holds are left alone. Blocks on the disk (about 5 s a gigabyte).
    """
    finished = []
    for path in sorted((*folder.glob(f"*.warc.gz{_OPEN}"), *folder.glob(f"*.warc.gz{_NEW}"))):
        with contextlib.suppress(FileNotFoundError), path.open("r+b") as stream:
            if _locked(stream) and path.exists():
                name = _finish_orphan(path, stream)
                finished.extend([name] if name else [])
    _sync_folder(folder)
    return finished


def _locked(stream: BinaryIO) -> bool:
    """Take the file's lock; False where a living process holds it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _finish_orphan(path: Path, stream: BinaryIO) -> str | None:
    """Cut, sync and rename; a file without one whole record is removed."""
    end = _last_whole_record(stream)
    if end == 0:
        path.unlink()
        return None
    stream.truncate(end)
    os.fsync(stream.fileno())
    final = path.with_name(path.name.removesuffix(_OPEN).removesuffix(_NEW))
    path.rename(final)
    return final.name


def _last_whole_record(stream: BinaryIO) -> int:
    """Where the last whole gzip member ends, in bytes from the start."""
    end = position = 0
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    while data := stream.read(_SCAN_BYTES):
        position += len(data)
        while data:
            try:
                unpacker.decompress(data, _SCAN_BYTES)
            except zlib.error:
                return end
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            if unpacker.eof:
                end = position - len(data)
                unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    return end


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
