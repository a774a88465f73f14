"""Who is said to control an outlet, its history, its corrections, and the labels that follow them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from config.files import locked
from config.outlets import controller, correct_control, read_outlet
from config.strict import Refused
from newsdesk.control import Corrected, Correction, Preview, Relabelled, UnfitStatement, check_seen, check_statement, corrected
from newsdesk.editions import Policy
from newsdesk.errors import NotFound, OutdatedView
from newsdesk.outlets import ControlStatement, Outlet
from newsdesk.printing import one_line
from newsdesk.provenance import label_of
from newsdesk.register import Register
from newsdesk.voices import Voices, voice_of
from storage.control import Labelled, LabelNow, SqlControlBook

log = logging.getLogger(__name__)

Configured = Callable[[], tuple[Mapping[str, Outlet], Policy]]


class ControlRoom:
    """The statements of control of a workspace: read from its configuration, corrected in its files, followed by its labels.

    ``configured`` gives the outlets by id and the policy that are in force.
    """

    def __init__(self, home: Path, book: SqlControlBook, configured: Configured) -> None:
        self._folder = home / "config" / "outlets"
        self._book = book
        self._configured = configured

    def preview(self, outlet_id: str, new: ControlStatement) -> Preview:
        """What a correction would change; nothing is. Raises NotFound, UnfitStatement."""
        _check_controller(new)
        outlet = self.stated(outlet_id)
        after = tuple(kept.statement for kept in corrected(outlet.control, new))
        changed = replace(outlet, control=after)
        return Preview(after, self._book.touched([outlet_id], self._labelling({outlet_id: changed})))

    def correct(
        self, outlet_id: str, new: ControlStatement, *, reason: str, by: str, seen: Sequence[ControlStatement], now: datetime
    ) -> Corrected:
        """Write a statement into the outlet's file, log who did it and why, and bring the stored labels in line.

        ``seen`` are the statements the editor saw. Raises OutdatedView where they have changed since, UnfitStatement,
        NotFound, ConfigurationError; nothing is changed then.
        """
        reason = one_line(reason)
        if not reason:
            raise UnfitStatement("Say why the statement is corrected; the log keeps the reason.")
        check_statement(new)
        check_seen(new, now.date())
        _check_controller(new)
        with locked(self._folder.parent / ".lock"):
            outlet = self.stated(outlet_id)
            if tuple(seen) != tuple(outlet.control):
                raise OutdatedView(f"Who controls {outlet.name} was stated anew since you opened the page. Look again, then correct it.")
            kept = corrected(outlet.control, new)
            after = tuple(each.statement for each in kept)
            line = Correction(0, outlet_id, new, tuple(outlet.control), after, reason, by, now)
            correction_id = self._book.correct(line, lambda: correct_control(self._folder, outlet_id, kept))
        changed = replace(outlet, control=after)
        touched = self._book.relabel([outlet_id], self._labelling({outlet_id: changed}), correction_id, now)
        return Corrected(correction_id, changed, touched)

    def stated(self, outlet_id: str) -> Outlet:
        """The outlet as its file states it now, whether or not that is in force yet. Raises NotFound, ConfigurationError."""
        self._must_know(outlet_id)
        return read_outlet(self._folder, outlet_id)

    def corrections(self, outlet_id: str) -> Sequence[Correction]:
        """See SqlControlBook."""
        return self._book.corrections(outlet_id)

    def changes(self, outlet_id: str, limit: int = 200) -> Sequence[tuple[Relabelled, datetime]]:
        """See SqlControlBook."""
        return self._book.changes(outlet_id, limit)

    def relabelled_by(self, correction_id: int) -> Sequence[Relabelled]:
        """See SqlControlBook."""
        return self._book.relabelled_by(correction_id)

    def pending(self) -> tuple[str, ...]:
        """Outlets whose stored labels do not follow the statements in force yet."""
        known = self._book.digests()
        return tuple(outlet_id for outlet_id, digest in self._digests().items() if known.get(outlet_id) != digest)

    def follow(self, now: datetime) -> Sequence[Relabelled]:
        """Bring the stored labels of every outlet whose statements changed in line, and remember that they are."""
        pending = self.pending()
        if not pending:
            return ()
        digests = self._digests()
        found = self._book.relabel(pending, self._labelling({}), None, now)
        self._book.follow({outlet_id: digests[outlet_id] for outlet_id in pending})
        if found:
            log.warning("%d stored articles got another label, because statements of control changed", len(found))
        return found

    def _must_know(self, outlet_id: str) -> None:
        if outlet_id not in self._configured()[0]:
            raise NotFound(f"There is no outlet {outlet_id!r}; see 'newsdesk outlets list'.")

    def _labelling(self, instead: Mapping[str, Outlet]) -> LabelNow:
        configured, policy = self._configured()
        outlets = {**configured, **instead}

        register = Register(tuple(outlets.values()), policy)

        def label(article: Labelled) -> Voices | None:
            if article.outlet_id not in outlets:
                return None  # nobody states anything of it any more; what was stated for its day stays
            publisher = label_of(outlets[article.outlet_id], article.published_on, policy)
            if article.origins is None:
                return Voices(publisher)
            origins = tuple(register.again(each, article.published_on) for each in article.origins)
            return Voices(voice_of(publisher, origins), publisher, origins)

        return label

    def _digests(self) -> Mapping[str, str]:
        outlets, policy = self._configured()
        rules = f"{sorted(policy.labelled_controls)}{sorted(policy.labelled_states)}"
        return {outlet_id: _digest(rules, outlet.name, outlet.control) for outlet_id, outlet in outlets.items()}


def _check_controller(statement: ControlStatement) -> None:
    """Raises UnfitStatement, as the outlet's file would be refused."""
    if statement.controller is None:
        return
    try:
        controller(statement.controller)
    except Refused as refusal:
        raise UnfitStatement(f"The controller is “{statement.controller}”; expected {refusal}.") from None


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
