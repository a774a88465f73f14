"""The edition as one HTML page that needs nothing else: no script, no remote part, readable on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from edition.layout import Block, Heading, Report, blocks, title_of
from newsdesk.editions import Edition, Policy

_pages = Environment(
    loader=PackageLoader("edition"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class Run:
    """Neighbouring blocks of one kind, because HTML wraps reports into a list: ``kind`` is ``heading``, ``reports``,
    ``narrative`` or ``disclaimer``."""

    kind: str
    blocks: Sequence[Block]


def _kind(block: Block) -> str:
    if isinstance(block, Heading):
        return "heading"
    return "reports" if isinstance(block, Report) else block.kind


def runs(sequence: Sequence[Block]) -> Iterator[Run]:
    """Gather neighbours; headings stay alone."""
    held: list[Block] = []
    for block in sequence:
        if held and (_kind(block) != _kind(held[0]) or isinstance(block, Heading)):
            yield Run(_kind(held[0]), tuple(held))
            held = []
        held.append(block)
    if held:
        yield Run(_kind(held[0]), tuple(held))


def render_html(edition: Edition, policy: Policy, exported_at: datetime) -> bytes:
    """UTF-8; everything that was read or typed is escaped."""
    page = _pages.get_template("edition.html").render(
        title=title_of(edition, policy),
        runs=list(runs([block for block in blocks(edition, policy) if not (isinstance(block, Heading) and block.level == 1)])),
        month=edition.month,
        revision=edition.revision,
        exported_at=exported_at.isoformat(timespec="seconds"),
    )
    return page.encode()
