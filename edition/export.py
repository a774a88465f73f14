"""Export: check, then render, then write without ever leaving half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edition.forms import Form
from edition.render import render
from newsdesk.edition_rules import check
from newsdesk.editions import Edition, Finding, Policy
from newsdesk.errors import EditionRefused, NewsdeskError
from newsdesk.printing import one_line


class EditionBreaksRules(EditionRefused):
    """Carries every refusing finding; the message names them all and says how to go on."""

    def __init__(self, month: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = "\n".join(f"  - {finding.sentence}" for finding in self.findings)
        super().__init__(
            f"The edition {month} breaks the monitor's rules and was not exported:\n{lines}\n"
            "Mend these, or give a reason to export it all the same; the reason is kept with the export."
        )


class EditionNotWritten(NewsdeskError):
    """The edition could not be written; an earlier file of that name is untouched."""


@dataclass(frozen=True)
class Exported:
    """What left the house: the bytes, everything the check said, and the reason why refusals were waived (None where
    nothing was refused)."""

    content: bytes
    findings: Sequence[Finding]
    waiver: str | None


def export(edition: Edition, policy: Policy, form: Form, *, waiver: str | None, exported_at: datetime) -> Exported:
    """Render a checked edition. Raises EditionBreaksRules when a rule refuses it and no waiver reason is given, and
    UnknownForm."""
    findings = check(edition, policy)
    refusing = [finding for finding in findings if finding.refuses]
    reason = one_line(waiver or "")
    cannot = [finding for finding in refusing if finding.rule == "month"]  # without a month there is nothing to print
    if cannot or (refusing and not reason):
        raise EditionBreaksRules(edition.month, refusing)
    return Exported(render(edition, policy, form, exported_at=exported_at), findings, reason if refusing else None)


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a neighbouring file, sync, and put it in place at once: a run that fails never harms the last good file
    (field notes 24). Raises EditionNotWritten."""
    unfinished: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}.", delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        unfinished.replace(path)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise EditionNotWritten(f"The edition could not be written to {path}: {error}. The file there, if any, is as it was.") from error
