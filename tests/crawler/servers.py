"""Servers on loopback that really misbehave, on request by path; each keeps what was asked of it."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PAGE = b"<html><head><title>A page</title></head><body><p>Words of a page.</p></body></html>"


@dataclass
class Asked:
    """One request as the server saw it; ``began`` and ``ended`` are monotonic seconds."""

    path: str
    head: str
    began: float
    ended: float = 0.0


Answer = Callable[[asyncio.StreamWriter, Asked], Awaitable[None]]
Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """A running server. ``answers`` may be changed while it runs; a path without an answer gets PAGE."""

    answers: dict[str, Answer]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    scheme: str = "http"
    host: str = "127.0.0.1"

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.place}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                head = line
                while (more := await reader.readline()).strip():
                    head += more
                one = Asked(line.split()[1].decode(), head.decode("latin-1"), time.monotonic())
                self.asked.append(one)
                await self.answers.get(one.path, whole(PAGE))(writer, one)
                await writer.drain()
                one.ended = time.monotonic()
        except (ConnectionError, asyncio.CancelledError, ValueError, IndexError):
            pass
        finally:
            writer.close()


@contextmanager
def serving(answers: dict[str, Answer] | None = None, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Server]:
    """Run a server in a thread of its own."""
    server = Server({"/robots.txt": whole(b"", status="404 Not Found"), **(answers or {})}, scheme="https" if tls else "http", host=host)
    with running(server.client, tls, host) as port:
        server.port = port
        yield server


@contextmanager
def running(
    client: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
) -> Iterator[int]:
    """Serve connections in a thread; yields the port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(client, host, 0, ssl=tls, limit=1 << 20), loop).result(10)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_end(listening), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


def head(status: str = "200 OK", *lines: str, kind: str = "text/html; charset=utf-8") -> bytes:
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines, "")).encode("latin-1")


def whole(body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> Answer:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(head(status, *lines, f"Content-Length: {len(body)}", kind=kind) + body)

    return answer


def robots(text: str) -> Answer:
    return whole(text.encode(), kind="text/plain")


def redirect(location: str, status: str = "302 Found") -> Answer:
    return whole(b"", f"Location: {location}", status=status)


def gzipped(body: bytes, cut: int | None = None) -> Answer:
    return whole(gzip.compress(body)[:cut], "Content-Encoding: gzip")


def chunked(*pieces: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(head("200 OK", "Transfer-Encoding: chunked"))
        for piece in (*pieces, b""):
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()

    return answer


def flood(size: int, announced: bool) -> Answer:
    """A body of ``size`` bytes, with or without a Content-Length."""

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(head("200 OK", *([f"Content-Length: {size}"] if announced else ["Connection: close"])))
        for _ in range(size // 65536):
            writer.write(b"x" * 65536)
            await writer.drain()
        writer.close()

    return answer


async def drip(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """A body that never ends, a byte every tenth of a second."""
    writer.write(head("200 OK", "Transfer-Encoding: chunked"))
    while True:
        writer.write(b"1\r\nx\r\n")
        await writer.drain()
        await asyncio.sleep(0.1)


async def silence(writer: asyncio.StreamWriter, asked: Asked) -> None:
    await asyncio.sleep(3600)


async def reset(writer: asyncio.StreamWriter, asked: Asked) -> None:
    writer.transport.abort()


async def half(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Promises 1000 bytes, sends ten and hangs up."""
    writer.write(head("200 OK", "Content-Length: 1000") + b"0123456789")
    await writer.drain()
    writer.close()


async def nonsense(writer: asyncio.StreamWriter, asked: Asked) -> None:
    writer.write(b"\x00\x01 what is this\r\n\r\n")
    await writer.drain()
    writer.close()


def slow(seconds: float, body: bytes = PAGE) -> Answer:
    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        await asyncio.sleep(seconds)
        await whole(body)(writer, asked)

    return answer


@dataclass(frozen=True)
class Authority:
    """A certificate authority made for a test, and a certificate it signed."""

    ca: Path
    context: ssl.SSLContext


def certify(folder: Path, *names: str) -> Authority:
    """Make an authority and a server certificate for the names (``DNS:a.test``, ``IP:127.0.0.1``). Needs openssl."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607

    folder.mkdir(parents=True, exist_ok=True)
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.pem"
    )
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-keyout", "leaf.key", "-out", "leaf.csr")
    (folder / "san").write_text("subjectAltName=" + ",".join(names) + "\n")
    openssl(
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "3",
        "-extfile",
        "san",
        "-out",
        "leaf.pem",
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "leaf.pem", folder / "leaf.key")
    return Authority(folder / "ca.pem", context)


@dataclass
class Proxy:
    """A forward proxy: CONNECT and absolute addresses, all led to one server; keeps the first lines it was sent."""

    port: int = 0
    lines: list[str] = field(default_factory=list)


@contextmanager
def proxying(target: Server, refuse: bool = False) -> Iterator[Proxy]:
    proxy = Proxy()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        proxy.lines.append(line.decode("latin-1").strip())
        if line.startswith(b"CONNECT"):
            while (await reader.readline()).strip():
                pass
        if refuse:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            await writer.drain()
            writer.close()
            return
        onward, back = await asyncio.open_connection("127.0.0.1", target.port)
        if line.startswith(b"CONNECT"):
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(line)
        await asyncio.gather(_pump(reader, back), _pump(onward, writer), return_exceptions=True)

    with running(client) as proxy.port:
        yield proxy


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
