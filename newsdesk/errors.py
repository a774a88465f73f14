"""The error tree, drawn once.

A message says what was tried, on what, and what to do next. Whoever shows an error to a person shows ``str(error)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class NewsdeskError(Exception):
    """Anything newsdesk itself refuses or fails at; the command line prints it without a traceback and exits with 1."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a configuration file.

    ``line`` is 1-based and None where it cannot be had; ``key`` is a dotted path such as ``sources[0].url``.
    """

    file: str
    line: int | None
    key: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.key} is {self.value}; expected {self.expected}"


class ConfigurationError(NewsdeskError):
    """The configuration cannot be used; carries every problem found, not the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the configuration; mend and try again:\n{lines}")


class WorkspaceError(NewsdeskError):
    """The workspace is missing, already there, or not what it should be."""


class AlreadyRunning(NewsdeskError):
    """Another process holds the desk of this database; says who."""


class StorageError(NewsdeskError):
    """The database refused or cannot be reached."""


class NotFound(NewsdeskError):
    """What was asked for by name or number is not there."""


class IllegalMove(NewsdeskError):
    """A decision that the table of legal moves does not allow from the present state."""


class OutdatedView(NewsdeskError):
    """An editor decided on a view that a colleague has changed since; says what the colleague did."""


class EditionRefused(NewsdeskError):
    """The edition breaks the monitor's rules and no waiver was given."""


class BadAddress(NewsdeskError, ValueError):
    """An address that cannot be a page's: not http(s), no host, or unparsable."""
