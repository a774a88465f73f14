"""Argon2id passwords (RFC 9106, second recommended option as shipped by argon2-cffi: 64 MiB, 3 passes, 4 lanes)."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from newsdesk.errors import NewsdeskError

SHORTEST = 12
LONGEST = 1024
_hasher = PasswordHasher()
_at_once = threading.Semaphore(2)  # each costs 64 MiB: strangers at the door must not cost more than twice that


class WeakPassword(NewsdeskError):
    """A password that is too short or too long to be kept."""


def hash_password(password: str) -> str:
    """Argon2id in PHC string form. Raises WeakPassword under 12 or over 1024 characters."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. Choose another.")
    with _at_once:
        return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("no account has this password")


def warm_up() -> None:
    """Make the hash that unknown names are checked against, so that the first unknown name takes no longer than others."""
    _nobodys_hash()


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed. With no hash (unknown name) the same work is done, and the answer is no."""
    if len(password) > LONGEST:
        return False
    with _at_once:
        try:
            _hasher.verify(password_hash or _nobodys_hash(), password)
        except (Argon2Error, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def rehash(password: str) -> str:
    """A known good password under today's parameters, whatever its length."""
    with _at_once:
        return _hasher.hash(password)
