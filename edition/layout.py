"""An edition as a sequence of blocks, before any form is chosen: what stands where is decided once for all forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from newsdesk.addresses import split
from newsdesk.editions import Edition, Entry, Policy, Section
from newsdesk.errors import BadAddress
from newsdesk.printing import PrintedLine, line_of, month_title, one_line

_SAFE_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title, 2 a section or block, 3 a sub-section."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """``kind`` is ``narrative`` or ``disclaimer``."""

    text: str
    kind: str


@dataclass(frozen=True)
class Report:
    """A printed line; ``address`` is an http(s) address in ASCII, None where the entry has none that may be linked."""

    line: PrintedLine
    address: str | None
    entry: Entry


Block = Heading | Paragraph | Report


def paragraphs(text: str) -> Sequence[str]:
    """A narrative's paragraphs: any line break divides, as in the editor's box."""
    return [line for line in (one_line(part) for part in text.splitlines()) if line]


def linkable(address: str) -> str | None:
    """An address that may stand behind a link: absolute http(s), percent-encoded; None for anything else."""
    try:
        parts = split(address)
    except BadAddress:
        return None
    if parts.username is not None or parts.password is not None:
        return None  # an address with a name before the host misleads the reader about whose it is
    return quote(address.strip(), safe=_SAFE_IN_ADDRESS)


def title_of(edition: Edition, policy: Policy) -> str:
    """``The Monitor, November 2026``."""
    return f"{one_line(policy.title)}, {month_title(edition.month)}"


def _groups(edition: Edition, policy: Policy) -> Mapping[str, Sequence[Report]]:
    must_reads = {section.id for section in edition.sections if section.must_read}
    groups: dict[str, list[Report]] = {}
    for entry in edition.entries:
        line = line_of(entry, policy, must_read=entry.section_id in must_reads)
        groups.setdefault(entry.section_id, []).append(Report(line, linkable(entry.address), entry))
    return groups


def _above(section: Section, sections: Mapping[str, Section]) -> str | None:
    """The heading a sub-section stands under: its parent section's name, or the parent as written where it is no id."""
    if section.parent is None:
        return None
    return sections[section.parent].name if section.parent in sections else section.parent


def blocks(edition: Edition, policy: Policy) -> Iterator[Block]:
    """Title, sections in order (those with reports or narrative, the narrative first), disclaimer last.

    Entries of a section that does not exist come after the known sections under its id: a waived export loses nothing.
    """
    yield Heading(1, title_of(edition, policy))
    groups = _groups(edition, policy)
    narratives = {section_id: paragraphs(text) for section_id, text in edition.narratives}
    sections = {section.id: section for section in edition.sections}
    strays = [Section(id=name, name=name) for name in dict.fromkeys([*groups, *narratives]) if name not in sections]
    above: str | None = None  # the block heading under which the next section would stand
    for section in [*edition.sections, *strays]:
        told, reports = narratives.get(section.id, ()), groups.get(section.id, ())
        if not told and not reports:
            continue
        parent = _above(section, sections)
        if parent is not None and parent != above:
            yield Heading(2, one_line(parent).upper())
        above = parent if parent is not None else section.name
        yield Heading(2 if parent is None else 3, one_line(section.name).upper())
        yield from (Paragraph(text, "narrative") for text in told)
        yield from reports
    yield from (Paragraph(one_line(text), "disclaimer") for text in policy.disclaimer if one_line(text))
