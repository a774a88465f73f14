"""No connection into private networks: the string of every request is judged, and every address before it is dialled."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.exceptions import IgnoreRequest


class PrivateAddress(IgnoreRequest):
    """The address leads into a private or local network, and the operator has not allowed the host."""


class Guard:
    """What may be connected to. ``allowed_hosts`` are names, addresses or ``host:port`` listed by the operator."""

    def __init__(self, allowed_hosts: Sequence[str], proxies: Sequence[str] = ()) -> None:
        raise NotImplementedError


def install_guard(allowed_hosts: Sequence[str]) -> Guard:
    """Put the guard under the reactor's name resolution, for the whole process; once, before the first crawl."""
    raise NotImplementedError
