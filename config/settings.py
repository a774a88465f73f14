"""newsdesk.yaml, the environment and the secret key, as Settings. Secrets never reach a message."""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from config.strict import Book, Refused, Scalar, Table, domain, flag, number, text, whole
from newsdesk.errors import WorkspaceError
from newsdesk.settings import ENCODERS, Limits, Politeness, Settings

SETTINGS_FILE = "newsdesk.yaml"
SECRET_FILE = "secret.key"  # noqa: S105  a file's name
DATABASE_FILE = "newsdesk.sqlite3"
DATABASE_VARIABLE = "NEWSDESK_DATABASE_URL"
SHORTEST_SECRET = 32

KEYS = ("database_url", "politeness", "limits", "allowed_hosts", "page", "readers", "encoder", "second_reading")
POLITENESS_KEYS = tuple(field.name for field in fields(Politeness))
LIMIT_KEYS = tuple(field.name for field in fields(Limits))
PAGE_KEYS = ("host", "port", "secure_cookies")

_MIB = 1024 * 1024
# The least and the most each limit may be: below, nothing real passes; above, one stranger can fill the machine.
_LIMIT_BOUNDS: Mapping[str, tuple[int, int]] = {
    "page_bytes": (1024, 1024 * _MIB),
    "source_bytes": (1024, 1024 * _MIB),
    "robots_bytes": (1024, 64 * _MIB),
    "entries_per_poll": (1, 1_000_000),
    "pages_per_round": (1, 1_000_000),
    "worker_memory_bytes": (256 * _MIB, 1024 * 1024 * _MIB),
    "link_attempts": (1, 100),
}


def load_settings(home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """A workspace's settings; NEWSDESK_DATABASE_URL of the environment (by default the process's) takes precedence.

    Raises WorkspaceError where there is no workspace or its secret key will not do, ConfigurationError with all problems.
    """
    book = Book(home)
    settings = read_settings(book, home, environment)
    book.settle()
    return settings


def read_settings(book: Book, home: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """As load_settings, with the problems of the file noted in the book."""
    path = home / SETTINGS_FILE
    if not path.is_file():
        raise WorkspaceError(f"{home} is no workspace (it has no {SETTINGS_FILE}); make one with: newsdesk init {home}")
    table = book.open(path, KEYS)
    page = table.table("page", PAGE_KEYS)
    given = (os.environ if environment is None else environment).get(DATABASE_VARIABLE)
    written = table.take("database_url", database_url, f"sqlite:///{DATABASE_FILE}", hide=True)
    return Settings(
        home=home,
        database_url=_placed(home, _from_environment(book, given) or written),
        politeness=_politeness(table.table("politeness", POLITENESS_KEYS)),
        limits=_limits(table.table("limits", LIMIT_KEYS)),
        allowed_hosts=table.all("allowed_hosts", allowed_host),
        page_host=page.take("host", text, Settings.page_host),
        page_port=page.take("port", whole(1, 65535), Settings.page_port),
        readers=table.take("readers", whole(1, 64), Settings.readers),
        encoder=table.take("encoder", encoder, Settings.encoder),
        second_reading=table.take("second_reading", flag, Settings.second_reading),
        secret_key=read_secret(home / SECRET_FILE),
        secure_cookies=page.take("secure_cookies", flag, False),
    )


def _politeness(table: Table) -> Politeness:
    return Politeness(
        contact=table.take("contact", contact, ""),
        delay_seconds=table.take("delay_seconds", number(0, 3600), Politeness.delay_seconds),
        crawl_delay_limit_seconds=table.take("crawl_delay_limit_seconds", number(0, 3600), Politeness.crawl_delay_limit_seconds),
        rest_after_failure_seconds=table.take("rest_after_failure_seconds", number(0, 86400), Politeness.rest_after_failure_seconds),
        timeout_seconds=table.take("timeout_seconds", number(1, 600), Politeness.timeout_seconds),
        retries=table.take("retries", whole(0, 10), Politeness.retries),
        outlets_at_once=table.take("outlets_at_once", whole(1, 256), Politeness.outlets_at_once),
    )


def _limits(table: Table) -> Limits:
    wholes = {name: table.take(name, whole(*bounds), getattr(Limits, name)) for name, bounds in _LIMIT_BOUNDS.items()}
    return Limits(**wholes, parse_seconds=table.take("parse_seconds", number(1, 600), Limits.parse_seconds))


def _from_environment(book: Book, given: str | None) -> str | None:
    if not given:
        return None
    try:
        return database_url(given)
    except Refused as refused:
        book.note(Path(DATABASE_VARIABLE), None, "(the environment)", "not usable (its value is kept secret)", str(refused))
        return None


def database_url(value: Scalar) -> str:
    """``sqlite:///FILE`` (relative to the workspace) or ``postgresql://USER:PASSWORD@HOST/NAME``."""
    expected = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    if not isinstance(value, str) or any(c.isspace() for c in value):
        raise Refused(expected)
    scheme, found, rest = value.partition("://")
    known = scheme == "sqlite" or scheme.partition("+")[0] in ("postgresql", "postgres")
    if not found or not known or (scheme == "sqlite" and len(rest) < 2):
        raise Refused(expected)
    return value


def _placed(home: Path, url: str) -> str:
    """A SQLite file is meant relative to the workspace, not to where the command is called."""
    file = url.removeprefix("sqlite:///")
    return url if file == url else f"sqlite:///{home.resolve() / file}"


def contact(value: Scalar) -> str:
    """An e-mail address or a web address for the user agent."""
    written = text(value)
    if "@" not in written and "://" not in written:
        raise Refused("an e-mail address or a web address that a host's administrator can write to")
    if not written.isascii() or any(c in written for c in '()<>\\" '):
        raise Refused("an address of ASCII characters without blanks, brackets or quotes (it goes into a header)")
    return written


def encoder(value: Scalar) -> str:
    """The name of a known encoder, installed or not: whoever asks it says what is missing."""
    if value not in ENCODERS:
        raise Refused(f"one of {', '.join(ENCODERS)}")
    return str(value)


def allowed_host(value: Scalar) -> str:
    """A host name, an IP address, or either with a port."""
    written = text(value)
    host, _, port = written.rpartition(":") if written.count(":") == 1 else (written, "", "1")
    if not port.isdecimal() or not 0 < int(port[:6]) < 65536:
        raise Refused("a host, an address, or host:port")
    if host == "localhost" or _is_address(host.strip("[]")):
        return written
    domain(host)
    return written


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def read_secret(path: Path) -> str:
    """The key that signs sessions. Raises WorkspaceError when it is missing, too short, or readable by others."""
    try:
        mode = path.stat().st_mode
        secret = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise WorkspaceError(f"{path} is missing; it signs the editors' sessions. Repeat newsdesk init to make a new one.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} cannot be read ({type(error).__name__}); it must be a line of letters and digits.") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WorkspaceError(f"{path} can be read by others; close it with: chmod 600 {path}")
    if len(secret) < SHORTEST_SECRET:
        raise WorkspaceError(f"{path} is too short: at least {SHORTEST_SECRET} characters. Remove it and repeat newsdesk init.")
    return secret
