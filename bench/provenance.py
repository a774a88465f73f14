"""How the registry and the label rule agree with the entries and flags of a past edition.

    python -m bench.provenance [ENTRIES.jsonl]

Without an argument the entries of the edition of 2020-11 are looked for in
$NEWSDESK_SHARED/monitor, else in ../shared/monitor beside the repository. Prints every row, then every disagreement with its
explanation, and ends with 1 when a name leads nowhere or under 22 of the 23 flags agree.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.outlets import load_outlets
from config.policy import read_policy
from config.strict import Book
from config.workspace import DEFAULTS
from newsdesk.editions import Policy
from newsdesk.judging import Label, Provenance
from newsdesk.naming import NameKind, Resolved, resolve_name
from newsdesk.outlets import Outlet
from newsdesk.provenance import label_of

ROOT = Path(__file__).resolve().parent.parent
EDITION_ON = date(2020, 11, 15)  # must-reads carry no day; the middle of the edition's month stands in
LEAST_FLAGS_AGREEING = 22


@dataclass(frozen=True)
class Row:
    """One entry of the past edition beside what the registry and the rule say of it."""

    printed: str
    on: date
    flagged: bool
    resolved: Resolved
    found: Sequence[Provenance]

    @property
    def label(self) -> Label:
        """What all outlets of the name agree on, UNKNOWN where they do not."""
        labels = {each.label for each in self.found}
        return labels.pop() if len(labels) == 1 else Label.UNKNOWN

    @property
    def agrees(self) -> bool:
        return self.flagged == (self.label is Label.STATE_MEDIA)

    def line(self) -> str:
        outlets = ", ".join(self.resolved.outlet_ids) or f"no outlet (near: {', '.join(self.resolved.near) or 'none'})"
        mark = "  " if self.agrees else "!!"
        flag = "flagged" if self.flagged else "-"
        return f"{mark} {self.on} {self.printed:34} {self.resolved.kind.value:12} {outlets:34} {flag:8} {self.label.value}"


def entries_file() -> Path:
    shared = Path(os.environ.get("NEWSDESK_SHARED") or ROOT.parent / "shared")
    return shared / "monitor" / "2020-11-entries.jsonl"


def default_policy() -> Policy:
    """The policy that newsdesk ships."""
    book = Book(DEFAULTS)
    policy = read_policy(book, DEFAULTS / "policy.yaml")
    book.settle()
    return policy


def rows_of(path: Path, outlets: Sequence[Outlet], policy: Policy) -> Sequence[Row]:
    """The entries of a JSON Lines file, each judged for its day."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        on = date(entry["year"], entry["month"], entry["day"]) if entry["day"] else EDITION_ON
        resolved = resolve_name(outlets, entry["outlet_as_printed"])
        found = [label_of(outlet, on, policy) for outlet in resolved.outlets]
        rows.append(Row(entry["outlet_as_printed"], on, entry["state_media"], resolved, found))
    return rows


def explanation(row: Row) -> str:
    """Why the rule and the editors differ, from what the registry knows."""
    why = " / ".join(each.why for each in row.found)
    relays = sorted({relay for outlet in row.resolved.outlets for relay in outlet.relays})
    if row.flagged and relays:
        return f"The editors flagged what it relayed (it is known to reprint {', '.join(relays)}): the item's origin decides. {why}"
    if row.flagged:
        return f"The editors flagged it; the rule does not. {why}"
    return f"The editors did not flag it; the rule asks for it. {why}"


def main(arguments: Sequence[str]) -> int:
    """Print the comparison; 0 when it is as it must be."""
    path = Path(arguments[0]) if arguments else entries_file()
    if not path.is_file():
        print(f"There are no entries at {path}; give the file, or set NEWSDESK_SHARED to the folder that holds monitor/.", file=sys.stderr)
        return 2
    rows = rows_of(path, load_outlets(DEFAULTS / "outlets"), default_policy())
    for row in rows:
        print(row.line())
    differing = [row for row in rows if not row.agrees]
    print(f"\nDisagreements: {len(differing)}")
    for row in differing:
        print(f"- {row.printed} on {row.on}: {explanation(row)}")
    return summary(rows)


def summary(rows: Sequence[Row]) -> int:
    flags = [row for row in rows if row.flagged]
    agreeing = sum(row.agrees for row in flags)
    kinds = Counter(row.resolved.kind for row in {row.printed: row for row in rows}.values())
    nowhere = sorted({row.printed for row in rows if row.resolved.kind is NameKind.NONE})
    print(f"\nNames: {', '.join(f'{count} {kind.value}' for kind, count in kinds.items())}; nowhere: {', '.join(nowhere) or 'none'}")
    print(f"Flags: {agreeing} of {len(flags)} printed flags agree with the rule; {len(rows) - len(flags)} entries are not flagged, of")
    print(f"which the rule asks for {sum(not row.agrees for row in rows) - (len(flags) - agreeing)}.")
    return 0 if not nowhere and agreeing >= min(LEAST_FLAGS_AGREEING, len(flags)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
