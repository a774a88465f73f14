"""Whose name it is, and whose host: from what is printed or seen to the outlet.

A name is not an outlet: "El Comercio" is Peru's or Ecuador's, and laprensalatina.com is not Prensa Latina. So a name leads to
one outlet, to several that are all named, or to none with the nearest names; a host leads to the most specific domain.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.outlets import Control, Outlet

MOST_NEAR = 3


class NameKind(StrEnum):
    """What a printed name led to. UNIDENTIFIED: the name is on record, but nobody knows which outlet it is."""

    ONE = "one"
    AMBIGUOUS = "ambiguous"
    UNIDENTIFIED = "unidentified"
    NONE = "none"


@dataclass(frozen=True)
class Resolved:
    """A printed name, what it led to, the outlets in the order of the registry, and for NONE the nearest names on record."""

    printed: str
    kind: NameKind
    outlets: Sequence[Outlet] = ()
    near: Sequence[str] = ()

    @property
    def outlet_ids(self) -> Sequence[str]:
        return tuple(outlet.id for outlet in self.outlets)


def fold(name: str) -> str:
    """What stays of a name for comparison: letters and digits without case or accents, a leading "The" dropped.

    >>> fold("The Jerusalem Post"), fold("Merco Press"), fold("Últimas Noticias"), fold("U.S. News")
    ('jerusalempost', 'mercopress', 'ultimasnoticias', 'usnews')
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " if c.isspace() else "" for c in plain).split()
    return "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def spellings(outlet: Outlet) -> Sequence[str]:
    """All names of an outlet, each once, the one to print first."""
    return tuple(dict.fromkeys((*outlet.names, outlet.name)))


def is_name_only(outlet: Outlet) -> bool:
    """Whether the outlet only keeps a printed name whose outlet nobody has identified: no domain, no control known."""
    return not outlet.domains and all(statement.control is Control.UNKNOWN for statement in outlet.control)


def name_index(outlets: Iterable[Outlet]) -> Mapping[str, Sequence[Outlet]]:
    """Folded name to the outlets that bear it, in the order given."""
    index: dict[str, dict[str, Outlet]] = defaultdict(dict)
    for outlet in outlets:
        for name in spellings(outlet):
            if folded := fold(name):
                index[folded][outlet.id] = outlet
    return {folded: tuple(bearers.values()) for folded, bearers in index.items()}


def resolve_name(outlets: Iterable[Outlet], printed: str) -> Resolved:
    """The outlet or outlets that a printed name stands for."""
    index = name_index(outlets)
    bearers = index.get(fold(printed), ())
    if len(bearers) > 1:
        return Resolved(printed, NameKind.AMBIGUOUS, bearers)
    if bearers:
        return Resolved(printed, NameKind.UNIDENTIFIED if is_name_only(bearers[0]) else NameKind.ONE, bearers)
    close = difflib.get_close_matches(fold(printed), index, MOST_NEAR, 0.75)
    return Resolved(printed, NameKind.NONE, (), tuple(index[folded][0].name for folded in close))


def ambiguous_names(outlets: Iterable[Outlet]) -> Sequence[tuple[str, Sequence[str]]]:
    """Names that several outlets bear: the spelling of the first, and their ids."""
    shared = [(folded, bearers) for folded, bearers in name_index(outlets).items() if len(bearers) > 1]
    return tuple((_spelling(bearers[0], folded), tuple(outlet.id for outlet in bearers)) for folded, bearers in shared)


def _spelling(outlet: Outlet, folded: str) -> str:
    return next(name for name in spellings(outlet) if fold(name) == folded)


def outlet_of_host(outlets: Iterable[Outlet], host: str, language: str | None = None) -> Outlet | None:
    """The outlet whose domain covers the host (which may carry a port) most closely, or None.

    Editions of one house may share a domain; then the one that publishes in ``language`` is taken, else the first.
    """
    bare = host.rstrip(".").lower()
    covering = [(len(domain), outlet) for outlet in outlets for domain in outlet.domains if bare == domain or bare.endswith(f".{domain}")]
    closest = max((length for length, _ in covering), default=0)
    bearers = [outlet for length, outlet in covering if length == closest]
    return next((outlet for outlet in bearers if language in outlet.languages), bearers[0] if bearers else None)
