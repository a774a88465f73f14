"""Proposals: what newsdesk found when it looked again for an outlet's sources, for an editor to apply. ``proposals/ID.yaml``.

The files are newsdesk's own and may be deleted; each also remembers when was looked, so that an outlet is looked at at most
once a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.files import replace, write_new
from config.outlets import SOURCE_KEYS, add_sources, read_source, scalar, source_lines
from config.strict import Book, Refused, Scalar, slug, text
from newsdesk.addresses import key
from newsdesk.errors import NotFound
from newsdesk.outlets import Outlet, Source

PROPOSAL_KEYS = ("outlet", "looked_at", "why", "sources")


@dataclass(frozen=True)
class Proposal:
    """Sources found for an outlet that it does not have. Empty ``sources``: was looked, nothing new was found."""

    outlet_id: str
    looked_at: datetime
    why: str
    sources: Sequence[Source]


def proposals_folder(home: Path) -> Path:
    """Where a workspace keeps its proposals."""
    return home / "proposals"


def moment(value: Scalar) -> datetime:
    """An aware moment as ISO 8601 writes it."""
    try:
        at = datetime.fromisoformat(text(value))
    except ValueError:
        raise Refused("a moment such as 2026-11-22T06:00:00+00:00") from None
    if at.tzinfo is None:
        raise Refused("a moment with its offset, such as 2026-11-22T06:00:00+00:00")
    return at.astimezone(UTC)


def load_proposals(folder: Path) -> tuple[Proposal, ...]:
    """Every proposal, by outlet. Raises ConfigurationError with all problems."""
    book = Book(folder.parent)
    read = tuple(_read(book, path) for path in sorted(folder.glob("*.yaml")) if not path.name.startswith("."))
    book.settle()
    return read


def _read(book: Book, path: Path) -> Proposal:
    table = book.open(path, PROPOSAL_KEYS, None)
    outlet_id = table.need("outlet", slug, path.stem)
    return Proposal(
        outlet_id,
        table.need("looked_at", moment, datetime(1970, 1, 1, tzinfo=UTC)),
        table.need("why", text, ""),
        tuple(read_source(outlet_id, source) for source in table.tables("sources", SOURCE_KEYS)),
    )


def write_proposal(folder: Path, proposal: Proposal) -> None:
    """Write a proposal, whole or not at all, over an earlier one for the same outlet."""
    lines = [
        "# What newsdesk found when it looked again; apply it with: newsdesk outlets apply " + proposal.outlet_id,
        f"outlet: {scalar(proposal.outlet_id)}",
        f"looked_at: {scalar(proposal.looked_at.isoformat())}",
        f"why: {scalar(proposal.why)}",
    ]
    if proposal.sources:
        lines.append("sources:")
        for source in proposal.sources:
            first, *rest = source_lines(source)
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    folder.mkdir(parents=True, exist_ok=True)
    path, content = folder / f"{proposal.outlet_id}.yaml", ("\n".join(lines) + "\n").encode()
    if not write_new(path, content):
        replace(path, content)


def unknown_sources(outlets: Sequence[Outlet], found: Sequence[Source]) -> tuple[Source, ...]:
    """The sources whose address no outlet has yet."""
    known = {key(source.url) for outlet in outlets for source in outlet.sources}
    return tuple(source for source in found if key(source.url) not in known)


def apply_proposal(home: Path, outlet_id: str) -> tuple[Outlet, Proposal]:
    """Add a proposal's sources to its outlet's file. Raises NotFound, ConfigurationError.

    The proposal stays without its sources, as the memory of when was looked.
    """
    folder = proposals_folder(home)
    proposal = next((each for each in load_proposals(folder) if each.outlet_id == outlet_id and each.sources), None)
    if proposal is None:
        raise NotFound(f"There is no proposal for {outlet_id!r}; 'newsdesk outlets check' shows those there are.")
    outlet = add_sources(home / "config" / "outlets", outlet_id, proposal.sources, None)
    write_proposal(folder, Proposal(outlet_id, proposal.looked_at, proposal.why, ()))
    return outlet, proposal
