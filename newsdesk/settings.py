"""A workspace's settings, as values (read by config/ from newsdesk.yaml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

DEFAULT_ENCODER = "use-multilingual-3"
STRONGER_ENCODER = "e5-small-multilingual-q4"
ENCODERS = (DEFAULT_ENCODER, STRONGER_ENCODER)  # by name; newsdesk/meaning.py opens them


@dataclass(frozen=True)
class Politeness:
    """How we treat hosts. The delay counts per registered domain; robots' crawl-delay is honoured above it, up to
    ``crawl_delay_limit_seconds``; after a failed connection a host rests for ``rest_after_failure_seconds``."""

    contact: str
    delay_seconds: float = 5.0
    crawl_delay_limit_seconds: float = 120.0
    rest_after_failure_seconds: float = 600.0
    timeout_seconds: float = 60.0
    retries: int = 2
    outlets_at_once: int = 16


@dataclass(frozen=True)
class Limits:
    """What a stranger's answer may cost. Body sizes count after decompression."""

    page_bytes: int = 10 * 1024 * 1024
    source_bytes: int = 32 * 1024 * 1024
    robots_bytes: int = 512 * 1024
    entries_per_poll: int = 100_000
    pages_per_round: int = 500
    parse_seconds: float = 20.0
    worker_memory_bytes: int = 1536 * 1024 * 1024
    link_attempts: int = 5


@dataclass(frozen=True)
class Settings:
    """Everything of newsdesk.yaml. ``allowed_hosts`` are the private or loopback hosts (name, address, or host:port)
    that the operator allows us to reach. ``encoder`` names what
    turns texts into vectors (newsdesk/meaning.py); with ``second_reading`` the stronger encoder reads pairs in doubt again.
    ``secure_cookies`` is for a page that is reached over HTTPS. ``secret_key`` signs
    sessions and is never shown."""

    home: PurePath
    database_url: str
    politeness: Politeness
    limits: Limits = Limits()
    allowed_hosts: Sequence[str] = ()
    page_host: str = "127.0.0.1"
    page_port: int = 8765
    readers: int = 2
    encoder: str = DEFAULT_ENCODER
    second_reading: bool = True
    secret_key: str = field(default="", repr=False)
    secure_cookies: bool = False

    @property
    def second_encoder(self) -> str | None:
        """The name of the encoder that reads again what the first is in doubt about; None where nothing is read again."""
        return STRONGER_ENCODER if self.second_reading and self.encoder != STRONGER_ENCODER else None
