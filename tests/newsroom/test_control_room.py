"""Statements of control in a workspace: corrected in the files, logged, and followed by the stored labels."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.outlets import correct_control, load_outlets
from config.policy import load_policy
from config.workspace import init_workspace
from newsdesk.articles import Article
from newsdesk.control import UnfitStatement, corrected, editions_of
from newsdesk.decisions import Draft, Move
from newsdesk.errors import NotFound, OutdatedView
from newsdesk.judging import Label
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.outlets import Control, ControlStatement, Evidence
from newsdesk.provenance import label_of
from newsroom.control import ControlRoom
from storage.control import SqlControlBook
from storage.database import Database
from tests.storage.made import Desk, judged, snapshot

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SEEN = (Evidence("a report of the sale", date(2026, 11, 22)),)


class Workspace:
    """A workspace with the shipped registry and a desk of made articles."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.desk = Desk(database)
        self.load()
        self.room = ControlRoom(home, SqlControlBook(database), lambda: (self.outlets, self.policy))

    def load(self) -> None:
        self.outlets = {outlet.id: outlet for outlet in load_outlets(self.home / "config" / "outlets")}
        self.policy = load_policy(self.home)

    def store(self, number: int, outlet_id: str, on: date) -> int:
        """An article of an outlet, labelled by the statements in force; returns its id."""
        made = judged(number, f"{outlet_id}.example", text=f"{number} dice otra cosa.", score=80)
        article: Article = replace(made.article, published=Hinted(Moment.of_day(on), Hint.JSON_LD))
        voice = label_of(self.outlets[outlet_id], on, self.policy)
        full = replace(made, article=article, outlet_id=outlet_id, provenance=voice)
        link = self.desk.link(number, "a.example")
        return int(self.desk.shelf.store(link.id, full, snapshot(number), NOW).article_id)

    def label(self, article_id: int) -> str:
        return str(self.desk.shelf.article(article_id).label)


@pytest.fixture
def workspace(tmp_path: Path, database: Database) -> Iterator[Workspace]:
    init_workspace(tmp_path / "home", contact="https://newsdesk.example/tests")
    yield Workspace(tmp_path / "home", database)


@pytest.mark.parametrize(
    ("outlet_id", "last_before", "first_after", "before", "after"),
    [
        ("el_universal_ve", date(2014, 7, 3), date(2014, 7, 4), Label.NOT_STATE_MEDIA, Label.STATE_MEDIA),
        ("ultimas_noticias", date(2013, 5, 30), date(2013, 5, 31), Label.NOT_STATE_MEDIA, Label.STATE_MEDIA),
        ("la_razon_bo", date(2019, 11, 10), date(2019, 11, 11), Label.STATE_MEDIA, Label.NOT_STATE_MEDIA),
        ("100noticias", date(2018, 12, 20), date(2018, 12, 21), Label.NOT_STATE_MEDIA, Label.NOT_STATE_MEDIA),
    ],
)
def test_an_outlet_whose_control_changed_has_the_label_of_the_day(
    workspace: Workspace, outlet_id: str, last_before: date, first_after: date, before: Label, after: Label
) -> None:
    outlet = workspace.outlets[outlet_id]
    told = [label_of(outlet, day, workspace.policy) for day in (last_before, first_after)]
    assert [one.label for one in told] == [before, after]
    assert told[0].statement != told[1].statement
    assert all(one.statement is not None and one.statement.evidence for one in told)


def test_a_correction_lists_the_articles_and_editions_it_touches(workspace: Workspace) -> None:
    before = workspace.store(1, "la_razon_bo", date(2026, 10, 31))
    after = workspace.store(2, "la_razon_bo", date(2026, 11, 2))
    other = workspace.store(3, "el_deber", date(2026, 11, 2))
    candidate = next(item.candidate_id for item in workspace.desk.queue_of() if item.article_id == after)
    workspace.desk.desk.decide(candidate, Draft(Move.ACCEPT, "2026-11", "russia", "It was so."), "ana", 0, NOW)
    sold = ControlStatement(Control.CAPR, "BO", "press source", SEEN, valid_from=date(2026, 11, 1))

    shown = workspace.room.preview("la_razon_bo", sold)
    assert [(one.article_id, one.after, one.edition) for one in shown.touched] == [(after, Label.STATE_MEDIA, "2026-11")]
    assert workspace.label(after) == "not_state_media"

    seen = workspace.outlets["la_razon_bo"].control
    made = workspace.room.correct("la_razon_bo", sold, reason="sold again", by="ana", seen=seen, now=NOW)
    written, touched = made.outlet, made.touched
    assert workspace.room.relabelled_by(made.id) == touched
    assert editions_of(touched) == ("2026-11",)
    assert [workspace.label(each) for each in (before, after, other)] == ["not_state_media", "state_media", "not_state_media"]
    workspace.load()
    assert workspace.outlets["la_razon_bo"] == written
    (line,) = workspace.room.corrections("la_razon_bo")
    assert (line.by, line.reason, line.relabelled) == ("ana", "sold again", 1)


@pytest.mark.parametrize(
    ("controller", "seen_on", "says"),
    [
        ("Bolivia", date(2026, 11, 22), "expected the country's code, BO"),
        ("bo", date(2026, 11, 22), "expected an ISO 3166 country code"),
        ("BO", date(2026, 11, 24), "seen on 2026-11-24, which is still to come"),
    ],
)
def test_what_the_file_could_not_hold_is_refused_in_words_and_changes_nothing(
    workspace: Workspace, controller: str, seen_on: date, says: str
) -> None:
    """A country's name taken for a group's would make a captured outlet no state's media."""
    article = workspace.store(1, "el_deber", date(2026, 11, 2))
    unfit = ControlStatement(Control.CAPR, controller, "press source", (Evidence("a report of the sale", seen_on),))
    seen = workspace.outlets["el_deber"].control
    with pytest.raises(UnfitStatement, match=says):
        workspace.room.correct("el_deber", unfit, reason="sold", by="ana", seen=seen, now=NOW)
    if controller != "BO":
        with pytest.raises(UnfitStatement, match=says):
            workspace.room.preview("el_deber", unfit)
    assert (workspace.label(article), workspace.room.corrections("el_deber")) == ("not_state_media", ())
    assert workspace.room.stated("el_deber").control == seen


def test_a_reason_is_asked_for_and_kept_on_one_line(workspace: Workspace) -> None:
    seen = workspace.outlets["el_deber"].control
    sold = ControlStatement(Control.CAPR, "BO", "press source", SEEN)
    for empty in ("", " \n\x1b"):
        with pytest.raises(UnfitStatement, match="Say why"):
            workspace.room.correct("el_deber", sold, reason=empty, by="ana", seen=seen, now=NOW)
    workspace.room.correct("el_deber", sold, reason="it was\nsold \x1b[31magain", by="ana", seen=seen, now=NOW)
    assert [line.reason for line in workspace.room.corrections("el_deber")] == ["it was sold [31magain"]


def test_labels_follow_a_statement_that_was_changed_by_hand(workspace: Workspace) -> None:
    article = workspace.store(1, "el_deber", date(2026, 11, 2))
    assert workspace.room.follow(NOW) == ()
    captured = ControlStatement(Control.CAPR, "BO", "press source", SEEN)
    kept = corrected(workspace.outlets["el_deber"].control, captured)
    correct_control(workspace.home / "config" / "outlets", "el_deber", kept)
    workspace.load()
    assert workspace.room.pending() == ("el_deber",)
    (touched,) = workspace.room.follow(NOW)
    assert (touched.article_id, workspace.label(article)) == (article, "state_media")
    assert workspace.room.pending() == ()
    assert workspace.room.follow(NOW) == ()


def test_an_outlet_that_left_the_configuration_keeps_its_label(workspace: Workspace) -> None:
    article = workspace.store(1, "avn", date(2026, 11, 2))
    workspace.room.follow(NOW)
    del workspace.outlets["avn"]
    workspace.policy = replace(workspace.policy, labelled_states=workspace.policy.labelled_states | {"XX"})
    assert len(workspace.room.pending()) > 200
    workspace.room.follow(NOW)
    assert workspace.label(article) == "state_media"


def test_of_two_corrections_at_once_one_is_told_that_it_came_too_late(workspace: Workspace) -> None:
    seen = workspace.outlets["el_deber"].control
    made = [ControlStatement(Control.CAPR, "BO", f"source {number}", SEEN, valid_from=date(2026, 1, number)) for number in (1, 2, 3, 4)]

    def correct(statement: ControlStatement) -> str:
        try:
            workspace.room.correct("el_deber", statement, reason=statement.basis, by="ana", seen=seen, now=NOW)
        except OutdatedView:
            return "late"
        return statement.basis

    with ThreadPoolExecutor(4) as threads:
        ended = list(threads.map(correct, made))
    (kept,) = [one for one in ended if one != "late"]
    assert [line.reason for line in workspace.room.corrections("el_deber")] == [kept]
    assert workspace.room.stated("el_deber").control[-1].basis == kept


def test_a_file_that_cannot_be_written_leaves_no_line_in_the_log(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("newsroom.control.correct_control", full)
    seen = workspace.outlets["el_deber"].control
    with pytest.raises(OSError, match="no space"):
        workspace.room.correct("el_deber", ControlStatement(Control.CAPR, "BO", "b", SEEN), reason="r", by="a", seen=seen, now=NOW)
    assert workspace.room.corrections("el_deber") == ()


def test_an_outlet_that_loses_its_statement_is_never_independent(workspace: Workspace) -> None:
    article = workspace.store(1, "el_deber", date(2026, 11, 2))
    workspace.outlets["el_deber"] = replace(workspace.outlets["el_deber"], control=())
    workspace.room.follow(NOW)
    assert workspace.label(article) == "unknown"


def test_a_correction_on_an_outdated_view_changes_nothing(workspace: Workspace) -> None:
    captured = ControlStatement(Control.CAPR, "BO", "press source", SEEN)
    with pytest.raises(OutdatedView):
        workspace.room.correct("el_deber", captured, reason="r", by="ana", seen=(captured,), now=NOW)
    assert workspace.room.corrections("el_deber") == ()


def test_what_is_unfit_or_unknown_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UnfitStatement):
        workspace.room.preview("el_deber", ControlStatement(Control.CAPR, None, "b", SEEN))
    with pytest.raises(NotFound):
        workspace.room.preview("nowhere", ControlStatement(Control.PRIVATE, None, "b", SEEN))
