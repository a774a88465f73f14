"""Failed sign-ins, counted so that passwords cannot be guessed at speed (OWASP ASVS 5, V6.3)."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
PER_ACCOUNT_AND_ADDRESS = 5
PER_ADDRESS = 30
REMEMBERED = 10_000  # pairs; the oldest are forgotten, so that strangers cannot fill the memory


class Attempts:
    """Counts failures per account and address, and per address, within the last quarter of an hour."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, account: str, address: str, now: datetime) -> timedelta | None:
        """How long to wait before the next try counts; None when one may try now."""
        with self._lock:
            waits = [self._wait((account, address), PER_ACCOUNT_AND_ADDRESS, now), self._wait(("", address), PER_ADDRESS, now)]
        return max((wait for wait in waits if wait), default=None)

    def _wait(self, pair: tuple[str, str], limit: int, now: datetime) -> timedelta | None:
        failures = self._failures.get(pair)
        if failures is None:
            return None
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        return failures[-limit] + WINDOW - now if len(failures) >= limit else None

    def failed(self, account: str, address: str, now: datetime) -> None:
        """Note a failure."""
        with self._lock:
            for pair in ((account, address), ("", address)):
                self._failures.setdefault(pair, deque(maxlen=PER_ADDRESS)).append(now)
                self._failures.move_to_end(pair)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of an account at an address."""
        with self._lock:
            self._failures.pop((account, address), None)
