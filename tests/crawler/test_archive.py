"""The archive keeps exchanges byte for byte, survives kill -9 and a full disk, and is readable by warcio."""

from __future__ import annotations

import asyncio
import gzip
import random
import signal
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive, ArchiveError, Exchange, SnapshotDamaged, repair
from crawler.encodings import CompressionBomb, TruncatedBody, UnknownEncoding, gunzip, undo
from newsdesk.snapshots import SnapshotRef

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def exchange(body: bytes = b"<html>words</html>", **changes: Any) -> Exchange:
    given = Exchange(
        address="https://news.example/a?b=c",
        request_line="GET /a?b=c HTTP/1.1",
        request_headers=(("Host", "news.example"), ("User-Agent", "newsdesk/1")),
        status=200,
        reason="OK",
        headers=(
            ("cOnTent-type", "text/html"),
            ("X-Name", "señal"),
            ("Transfer-Encoding", "chunked"),
            ("Set-Cookie", "a"),
            ("Set-Cookie", "b"),
        ),
        body=body,
        fetched_at=NOW,
        ip_address="192.0.2.7",
    )
    return replace(given, **changes)


def opened(folder: Path, **options: Any) -> Archive:
    return Archive(folder, "newsdesk/1", "desk@example.org", now, **options)


def write(archive: Archive, *exchanges: Exchange) -> list[SnapshotRef]:
    async def all_of_them() -> list[SnapshotRef]:
        return list(await asyncio.gather(*(archive.write(one) for one in exchanges)))

    return asyncio.run(all_of_them())


def records(path: Path) -> list[tuple[str, str | None, bytes]]:
    """Type, address and content of every record, digests checked by warcio."""
    with path.open("rb") as stream:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
            for record in ArchiveIterator(stream, check_digests="raise", no_record_parse=False)
        ]


def test_an_exchange_comes_back_as_it_was_while_open_and_when_closed(tmp_path: Path) -> None:
    archive = opened(tmp_path)
    ones = [exchange(bytes([i]) * i * 1000) for i in range(30)]
    refs = write(archive, *ones)
    assert [path.suffix for path in tmp_path.iterdir()] == [".open"]
    assert [archive.read(ref) for ref in refs] == ones
    archive.close_now()
    assert [path.name for path in tmp_path.iterdir()] == [refs[0].file]
    assert [archive.read(ref) for ref in refs] == ones
    with pytest.raises(ArchiveError, match="closed"):
        write(archive, ones[0])


def test_warcio_reads_what_was_written(tmp_path: Path) -> None:
    archive = opened(tmp_path)
    (ref,) = write(archive, exchange())
    archive.close_now()
    with (tmp_path / ref.file).open("rb") as stream:
        found = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            found.append((record, record.content_stream().read()))
    (info, fields), (response, body), (request, _) = found
    assert info.rec_headers.protocol == "WARC/1.1" and b"robots: obey" in fields and b"desk@example.org" in fields
    assert response.rec_headers.get_header("WARC-Date") == "2026-11-22T01:02:03.456789Z"
    assert response.rec_headers.get_header("WARC-Payload-Digest") == ref.digest
    assert response.rec_headers.get_header("WARC-IP-Address") == "192.0.2.7"
    assert (response.http_headers.get_statuscode(), body) == ("200", exchange().body)
    assert request.rec_headers.get_header("WARC-Concurrent-To") == ref.record_id
    assert request.http_headers.get_header("User-Agent") == "newsdesk/1"
    with (tmp_path / ref.file).open("rb") as stream:
        stream.seek(ref.offset)
        assert gzip.decompress(stream.read(ref.length)).startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")


NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABC-", min_size=1, max_size=20)
VALUES = st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f\x85\xa0"), max_size=40)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=150), st.binary(max_size=3000), VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_head_and_body_round_trip(tmp_path: Path, headers: list[tuple[str, str]], body: bytes, reason: str) -> None:
    archive = opened(tmp_path)
    one = exchange(body, headers=tuple(headers), reason=reason, request_headers=tuple(headers))
    (ref,) = write(archive, one)
    archive.close_now()
    assert archive.read(ref) == one
    records(tmp_path / ref.file)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 300_000])
def test_what_comes_compressed_is_laid_in_as_it_is(tmp_path: Path, size: int) -> None:
    body = random.Random(size).randbytes(size)
    archive = opened(tmp_path)
    headers = (("Content-Encoding", "gzip"), ("Content-Type", "text/html"), *(("X-Long", "x" * 50) for _ in range(40)))
    (ref,) = write(archive, exchange(body, headers=headers))
    assert archive.read(ref).body == body
    archive.close_now()
    (file,) = tmp_path.iterdir()
    assert body[:30_000] in file.read_bytes(), "laid in as it is"
    assert ref.length < size + size // 1000 + 1000, "the headers are compressed"
    assert body in gzip.decompress(file.read_bytes())
    assert [kind for kind, *_ in records(file)] == ["warcinfo", "response", "request"]


def test_files_are_closed_at_their_size(tmp_path: Path) -> None:
    archive = opened(tmp_path, rotate_bytes=20_000)
    ones = [exchange(random.Random(i).randbytes(8000)) for i in range(12)]
    refs = [write(archive, one)[0] for one in ones]
    archive.close_now()
    assert len({ref.file for ref in refs}) == 4 == len(list(tmp_path.iterdir()))
    assert [archive.read(ref) for ref in refs] == ones
    assert all(records(path)[0][0] == "warcinfo" for path in tmp_path.iterdir())


def test_damage_is_named(tmp_path: Path) -> None:
    archive = opened(tmp_path)
    ref, other = write(archive, exchange(), exchange(b"other"))
    archive.close_now()
    for wrong in (
        replace(ref, offset=other.offset),
        replace(ref, offset=ref.offset + 3),
        replace(ref, offset=10**9),
        replace(ref, digest="sha256:00"),
        replace(ref, file="gone.warc.gz"),
        replace(ref, file="../" + ref.file),
    ):
        with pytest.raises(SnapshotDamaged, match=r"news\.example"):
            archive.read(wrong)


# --- dead processes --------------------------------------------------------------------------------------------------------

WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.archive import Archive
from tests.crawler.test_archive import exchange

async def main():
    archive = Archive(Path(sys.argv[1]), "newsdesk/1", "x", lambda: datetime.now(UTC))
    i = 0
    while True:
        refs = await asyncio.gather(*(archive.write(exchange(str(i + k).encode() * 2000)) for k in range(5)))
        i += 5
        for ref in refs:
            print(ref.file, ref.offset, ref.length, ref.record_id, ref.digest, flush=True)

asyncio.run(main())
"""


def test_nothing_promised_is_lost_to_kill_9(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    promised = []
    for turn in range(3):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        assert repair(folder) == [], "the file of a living process is left alone"
        time.sleep(0.1 + 0.1 * turn)
        writer.send_signal(signal.SIGKILL)
        lines = [first, *(line for line in writer.stdout if line.endswith("\n"))]
        writer.wait(10)
        writer.stdout.close()
        assert len(repair(folder)) == 1
        promised += [line.split() for line in lines]
    archive = opened(folder)
    for file, offset, length, record_id, digest in promised:
        ref = SnapshotRef(file, int(offset), int(length), record_id, digest, "https://news.example/a?b=c", 200, NOW)
        assert len(archive.read(ref).body) >= 2000
    archive.close_now()
    assert len(promised) > 15
    assert sum(len(records(path)) for path in folder.iterdir()) >= 2 * len(promised)


@pytest.mark.parametrize("torn", [0, 1, 10, 100, 400])
def test_a_torn_end_is_cut_off(tmp_path: Path, torn: int) -> None:
    archive = opened(tmp_path)
    refs = write(archive, exchange(b"1" * 500), exchange(b"2" * 500))
    archive.close_now()
    path = tmp_path / refs[0].file
    whole = path.read_bytes()
    left = tmp_path / (path.name + ".open")
    path.rename(left)
    left.write_bytes(whole[: len(whole) - torn] + (b"\0" * 50 if torn == 100 else b""))
    assert list(repair(tmp_path)) == [path.name]
    assert not left.exists()
    expected = {0: 5, 1: 4}.get(torn, 4 if torn < refs[1].length - 200 else len(records(path)))
    assert len(records(path)) == expected
    assert archive.read(refs[0]).body == b"1" * 500


def test_a_file_without_a_whole_record_goes(tmp_path: Path) -> None:
    for name, content in {"a": b"", "b": b"\x1f\x8b\x08", "c": b"garbage"}.items():
        (tmp_path / f"{name}.warc.gz.open").write_bytes(content)
    (tmp_path / "kept.warc.gz").write_bytes(b"x")
    assert repair(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["kept.warc.gz"]


def test_a_write_that_fails_says_so_and_the_next_goes_on(tmp_path: Path) -> None:
    archive = opened(tmp_path)
    (before,) = write(archive, exchange(b"before"))
    with pytest.raises(ArchiveError, match=r"https://news\.example/a"):
        write(archive, exchange(headers=(("X", "not latin-1: я"),)))
    (after,) = write(archive, exchange(b"after"))
    assert [archive.read(ref).body for ref in (before, after)] == [b"before", b"after"]
    archive.close_now()
    assert not list(tmp_path.glob("*.open"))


# --- encodings -------------------------------------------------------------------------------------------------------------

TEXT = b"Words, words, words. " * 5000


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "Deflate": bare_deflate(TEXT),
    "BR": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
    "identity": TEXT,
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings_are_undone(name: str) -> None:
    one = exchange(ENCODED[name], headers=(("content-encoding", name),))
    assert one.decoded_body(len(TEXT)) == TEXT


@pytest.mark.parametrize("name", sorted(set(ENCODED) - {"identity"}))
def test_bombs_and_broken_bodies_are_named(name: str) -> None:
    with pytest.raises(CompressionBomb):
        undo(ENCODED[name], [name], len(TEXT) - 1)
    for cut in (1, 8, 20):
        with pytest.raises(TruncatedBody):
            undo(ENCODED[name][:-cut], [name], len(TEXT))


def test_encodings_in_layers_members_and_lies() -> None:
    assert undo(brotli.compress(gzip.compress(TEXT)), ["gzip", "br"], len(TEXT)) == TEXT
    assert undo(gzip.compress(gzip.compress(TEXT)), ["gzip, gzip"], len(TEXT)) == TEXT
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"trailing", 10) == b"ab"
    assert undo(b"<html>", ["gzip"], 10) == b"<html>"
    assert undo(b"", ["gzip"], 10) == b""
    with pytest.raises(CompressionBomb):
        gunzip(gzip.compress(b"a" * 60) * 2, 100)
    with pytest.raises(UnknownEncoding, match="rot13"):
        undo(b"x", ["rot13"], 10)
    damaged = bytearray(gzip.compress(TEXT))
    damaged[-6] ^= 1
    with pytest.raises(TruncatedBody):
        gunzip(bytes(damaged), len(TEXT))


@given(st.sampled_from(sorted(ENCODED)), st.binary(max_size=200))
def test_no_body_breaks_the_decoder(name: str, body: bytes) -> None:
    try:
        assert len(undo(body, [name], 1000)) <= 1000
    except (CompressionBomb, TruncatedBody):
        return
