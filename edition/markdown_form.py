"""The edition as Markdown (CommonMark 0.31)."""

from __future__ import annotations

import re
from datetime import datetime

from edition.layout import Block, Heading, Paragraph, blocks
from newsdesk.editions import Edition, Policy

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")


def escaped(text: str) -> str:
    """Text that a CommonMark reader shows as it is, also at the beginning of a line."""
    safe = _SPECIAL.sub(r"\\\1", text)
    numbered = re.match(r"^(\d{1,9})([.)])", safe)
    if numbered:
        return f"{numbered[1]}\\{safe[numbered.end(1) :]}"
    return re.sub(r"^([-+=:])", r"\\\1", safe)


def _middle(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _link(text: str, address: str | None) -> str:
    if address is None or not text:
        return _middle(text)
    target = address.replace("&", "&amp;").replace("(", "%28").replace(")", "%29")
    return f"[{_middle(text)}](<{target}>)"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}\n\n"
    if isinstance(block, Paragraph):
        return f"{escaped(block.text)}\n\n"
    line = block.line
    first = _link(line.linked, block.address) if not line.before.strip() else escaped(line.before) + _link(line.linked, block.address)
    return f"- {first}{_middle(line.after)}\n"


def render_markdown(edition: Edition, policy: Policy, exported_at: datetime) -> bytes:
    """UTF-8, ending in one newline."""
    parts: list[str] = []
    last_was_report = False
    for block in blocks(edition, policy):
        is_report = not isinstance(block, Heading | Paragraph)
        if last_was_report and not is_report:
            parts.append("\n")
        parts.append(_block(block))
        last_was_report = is_report
    return ("".join(parts).rstrip("\n") + "\n").encode()
