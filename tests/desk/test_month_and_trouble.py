"""From a queue to the month's files by the command, and what a workspace in trouble is told."""

from __future__ import annotations

import csv
import getpass
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import scheduler
from demo.server import DemoWeb
from newsdesk.decisions import Draft, Move
from newsdesk.judging import Label
from newsdesk.ports import QueueFilter
from storage.schema import exports
from tests.desk.desks import Desk, demo_desk, today

MONTH = "2026-10"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A workspace with a collected queue and ten accepted reports, two of them of state media."""
    with DemoWeb(date(2026, 10, 28)) as web:
        made = demo_desk(tmp_path_factory.mktemp("month") / "desk", web)
        made.collect()
        accept(made, MONTH, Label.STATE_MEDIA, 2)
        accept(made, MONTH, None, 8)
        yield made


def accept(desk: Desk, month: str, label: Label | None, count: int) -> None:
    """Accept candidates with a report each; without a label only such as are no state media."""
    with scheduler.open_newsroom(desk.home) as newsroom:
        queue = newsroom.desk.queue(QueueFilter(today=today().date(), label=label, page_size=100)).items
        chosen = [item for item in queue if label is not None or item.label is not Label.STATE_MEDIA][:count]
        assert len(chosen) == count
        for item in chosen:
            report = f"Report on candidate {item.candidate_id} told in a sentence"
            draft = Draft(Move.ACCEPT, edition=month, section_id="russia", report=report, article_id=item.article_id)
            newsroom.desk.decide(item.candidate_id, draft, "ana", 0, today())


@pytest.mark.parametrize("form", ["md", "html", "docx", "csv", "json"])
def test_the_month_is_exported_in_each_form(form: str, desk: Desk, tmp_path: Path) -> None:
    assert "Nothing stands against" in desk.ask("edition", "check", MONTH).out
    written = desk.ask("edition", "export", MONTH, "--format", form).written
    file = tmp_path / f"edition.{form}"
    desk.ask("edition", "export", MONTH, "--format", form, "--output", str(file))
    assert reports_in(form, file.read_bytes()) == reports_in(form, written) == 10


def reports_in(form: str, content: bytes) -> int:
    """How many of our reports a rendered edition holds; each form is opened for what it claims to be."""
    if form == "docx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    text = content.decode("utf-8-sig")
    if form == "csv":
        return sum("Report on candidate" in " ".join(row) for row in csv.reader(io.StringIO(text)))
    if form == "json":
        text = json.dumps([entry["report"] for section in json.loads(text)["sections"] for entry in section["entries"]])
    return text.count("Report on candidate")


def test_over_twenty_percent_is_refused_and_a_waiver_is_logged(desk: Desk) -> None:
    month = "2026-09"
    accept(desk, month, Label.STATE_MEDIA, 2)
    accept(desk, month, None, 5)
    refused = desk.ask("edition", "export", month, code=1)
    assert refused.written == b""
    assert "2" in refused.err
    assert "7" in refused.err
    assert desk.ask("edition", "check", month, code=1).out.startswith("refused")
    waived = desk.ask("edition", "export", month, "--waive", "Only they reported the visit")
    assert "waived" in waived.err
    assert waived.written.count(b"Report on candidate") == 7
    with scheduler.open_newsroom(desk.home) as newsroom, newsroom.database.engine.connect() as connection:
        (line,) = connection.execute(sa.select(exports).where(exports.c.month == month)).all()
    assert (line.waiver, line.exported_by) == ("Only they reported the visit", getpass.getuser())
    assert line.findings


def test_what_cannot_be_had_is_said_in_a_sentence(desk: Desk) -> None:
    for arguments, words in (
        (("edition", "export", "2026-13"), "2026-13"),
        (("edition", "export", "November"), "2026-11"),
        (("outlets", "show", "nobody"), "outlets list"),
        (("collect", "--once", "--outlet", "nobody"), "outlets list"),
        (("snapshot", "424242"), "424242"),
        (("users", "off", "nobody"), "nobody"),
    ):
        said = desk.ask(*arguments, code=1)
        assert words in said.err, said.err
        assert "Traceback" not in said.err
    assert desk.ask("articles", "--limit", "0", code=2).out == ""
    assert desk.ask("collect", code=2).out == ""


def test_no_workspace_is_said_with_what_to_do(tmp_path: Path) -> None:
    for command in (("status",), ("collect", "--once"), ("run",), ("articles",)):
        said = Desk(tmp_path / "nowhere").ask(*command, code=1).err
        assert "nowhere" in said
        assert "newsdesk init" in said
    assert not (tmp_path / "nowhere").exists()


def test_by_a_real_process_a_refusal_has_no_traceback(tmp_path: Path) -> None:
    assert "newsdesk init" in Desk(tmp_path / "nowhere").run("status", code=1).err


@pytest.fixture
def fresh(tmp_path: Path) -> Desk:
    with DemoWeb(today().date()) as web:
        return demo_desk(tmp_path / "desk", web)


def test_broken_files_are_named_all_at_once(fresh: Desk) -> None:
    (fresh.home / "config" / "policy.yaml").write_text("state_share_limit: 3\nlabelled: [x\n", "utf-8")
    (fresh.home / "config" / "outlets" / "agencia-faro.yaml").write_text("id: agencia-faro\ncolour: blue\n", "utf-8")
    said = fresh.ask("status", code=1).err
    assert "policy.yaml" in said
    assert "agencia-faro.yaml" in said
    assert "colour" in said


def test_a_secret_that_others_can_read_is_refused_and_not_shown(fresh: Desk) -> None:
    secret = fresh.home / "secret.key"
    secret.chmod(0o644)
    said = fresh.ask("status", code=1).err
    assert "chmod 600" in said
    assert secret.read_text().strip() not in said


def test_a_database_that_cannot_be_reached_is_said_without_its_password(fresh: Desk) -> None:
    fresh.environment["NEWSDESK_DATABASE_URL"] = "postgresql://desk:hunter2hunter2@127.0.0.1:1/none"
    said = fresh.ask("status", code=1).err
    assert "hunter2" not in said
    assert "127.0.0.1" in said or "database" in said


def test_a_file_that_is_no_database_is_said(fresh: Desk) -> None:
    (fresh.home / "newsdesk.sqlite3").write_bytes(b"this is no database at all, " * 200)
    said = fresh.ask("status", code=1).err
    assert "newsdesk.sqlite3" in said or "database" in said


def test_offline_every_source_ends_in_a_named_outcome(fresh: Desk) -> None:
    """The demonstration's web is gone by now: nothing listens on its ports."""
    told = fresh.collect()
    assert {row["outcome"] for row in told.polls} <= {"robots_unreachable", "connection_failed"}
    assert all(row["sentence"] for row in told.polls)
    assert told.summary["complete"] is True
    assert told.links == []
