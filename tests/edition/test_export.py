"""The five forms of an edition, and how they reach the disk."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from edition.export import EditionBreaksRules, EditionNotWritten, export, write_atomically
from edition.forms import FORMS, MEDIA_TYPES, Form
from edition.layout import blocks, linkable
from edition.markdown_form import escaped
from edition.render import UnknownForm, form_named, render
from newsdesk.editions import Edition
from newsdesk.judging import Label
from newsdesk.printing import one_line, parse_entry, print_entry
from tests.edition.conftest import EXPORTED_AT, POLICY, entry, twelve_reports

EXPECTED = [
    ("h1", "The Monitor, November 2026"),
    ("h2", "MUST READS"),
    ("li", "TREASURY: Notice on *Harbour* Fees [2026]"),
    ("h2", "VENEZUELA"),
    ("p", "The month began quietly."),
    ("p", "It ended otherwise; # of visits: *9*."),
    ("li", "A delegation of 2 engineers reached the port of Puerto Bravo to inspect its cranes. – Harbour Post on 07-NOV"),
    (
        "li",
        "A delegation of 3 engineers reached the port of Puerto Bravo to inspect its cranes."
        " – La Voz Andina on 29-OCT (content in Spanish)",
    ),
    ("li", "State media reports the president received a letter. – Agencia Faro on 07-NOV (content in Spanish)"),
    ("h3", "THE BOLIVARIAN NETWORK"),
    ("li", "Talks, held over two days – behind closed doors – ended with “no date.” – Harbour Post on 07-NOV"),
    (
        "li",
        "A delegation of 6 engineers reached the port of Puerto Bravo to inspect its cranes."
        " – Diário & Filhos <SP> on 07-NOV (content in Portuguese)",
    ),
    ("h2", "IRAN"),
    ("p", "Two envoys travelled."),
    ("li", "State media reports Iran's envoy opened a *clinic* in Sucre. – Pars Bulletin on 07-NOV"),
    ("h3", "HEZBOLLAH"),
    (
        "li",
        "A delegation of 8 engineers reached the port of Puerto Bravo to inspect its cranes. – Le Cap d'Or on 07-NOV (content in French)",
    ),
    ("h2", "CHINA"),
    ("li", "1. The first of 3 loans_was signed & sealed <today>. – Harbour Post on 07-NOV"),
    ("li", "=SUM(A1:A9) was the subject of the minister's mail. – Harbour Post on 07-NOV"),
    ("h3", "ILLEGAL FISHING"),
    ("li", "A delegation of 11 engineers reached the port of Puerto Bravo to inspect its cranes. – Harbour Post on 07-NOV"),
    ("li", "A delegation of 12 engineers reached the port of Puerto Bravo to inspect its cranes. – Pier - Quay on 02-NOV"),
    ("p", "Disclaimer: this edition is made up."),
    ("p", "No more than a fifth of it comes from state media."),
]


def html_lines(content: bytes) -> list[tuple[str, str]]:
    page = lxml_html.document_fromstring(content.decode())
    return [(str(node.tag), str(node.text_content()).strip()) for node in page.iter("h1", "h2", "h3", "p", "li")]


def markdown_lines(content: bytes) -> list[tuple[str, str]]:
    return [line for line in html_lines(f"<body>{MarkdownIt('commonmark').render(content.decode())}".encode()) if line[1]]


def docx_lines(content: bytes) -> list[tuple[str, str]]:
    tags = {"Title": "h1", "Heading 1": "h2", "Heading 2": "h3", "List Bullet": "li", "Normal": "p"}
    return [(tags[p.style.name], p.text) for p in Document(io.BytesIO(content)).paragraphs]


def rendered(form: Form, edition: Edition | None = None) -> bytes:
    return render(edition or twelve_reports(), POLICY, form, exported_at=EXPORTED_AT)


@pytest.mark.parametrize(("form", "read"), [("html", html_lines), ("md", markdown_lines), ("docx", docx_lines)])
def test_each_form_shows_the_edition_line_by_line(form: Form, read: object) -> None:
    assert callable(read)
    assert read(rendered(form)) == EXPECTED


def test_the_printed_lines_read_back_to_the_entries(edition: Edition) -> None:
    lines = [text for tag, text in docx_lines(rendered("docx")) if tag == "li"]
    for one, line in zip(edition.entries, lines, strict=True):
        parsed = parse_entry(line)
        assert parsed.published_on(edition.month) == one.published_on
        assert parsed.state_media == (one.label is Label.STATE_MEDIA)
        assert parsed.must_read == (one.section_id == "must-reads")


def test_the_disclaimer_is_last_and_empty_sections_are_left_out(edition: Edition) -> None:
    small = replace(edition, entries=edition.entries[-1:], narratives=())
    assert [text for tag, text in html_lines(rendered("html", small)) if tag != "li"] == [
        "The Monitor, November 2026",
        "CHINA",
        "ILLEGAL FISHING",
        *POLICY.disclaimer,
    ]


def test_links_stand_on_the_outlet_and_only_lead_to_the_web() -> None:
    page = lxml_html.document_fromstring(rendered("html").decode())
    links = {str(a.text_content()): a.get("href") for a in page.iter("a")}
    assert links["La Voz Andina"] == "https://harbour-post.example/news/3"
    assert all(str(href).startswith("https://") for href in links.values())
    assert len(list(page.iter("a"))) == 11  # twelve, less the one with a javascript: address
    assert linkable("https://bank.example@evil.example/") is None


def test_html_is_alone_and_runs_nothing() -> None:
    hostile = replace(
        twelve_reports(),
        entries=[entry(1, report="<script>alert(1)</script> \"x\" onmouseover='y'", outlet_printed="<img src=x onerror=alert(1)>")],
        narratives=[("venezuela", "</p><script>alert(2)</script>")],
    )
    text = rendered("html", hostile).decode()
    page = lxml_html.document_fromstring(text)
    assert not list(page.iter("script", "img", "iframe", "link", "object", "base"))
    assert "<script" not in text
    assert "http-equiv" in text
    assert "@media print" in text
    assert text.startswith("<!DOCTYPE html>")


def test_markdown_links_survive_odd_addresses() -> None:
    page = lxml_html.document_fromstring(MarkdownIt("commonmark").render(rendered("md").decode()))
    hrefs = [str(a.get("href")) for a in page.iter("a")]
    assert "https://x.example/a%20b?x=1&copy=2#%28y%29" in hrefs
    assert len(hrefs) == 11


@given(st.text(max_size=80))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    plain = one_line(text)
    shown = lxml_html.fragment_fromstring(MarkdownIt("commonmark").render(escaped(plain)) or "<p></p>", create_parent="div")
    assert str(shown.text_content()).strip() == plain.strip()
    assert {node.tag for node in shown.iter()} <= {"div", "p"}


def test_docx_has_real_styles_links_and_properties() -> None:
    document = Document(io.BytesIO(rendered("docx")))
    links = document.element.body.findall(".//" + qn("w:hyperlink"))
    targets = {document.part.rels[link.get(qn("r:id"))].target_ref for link in links}
    assert len(links) == 11
    assert "https://harbour-post.example/news/3" in targets
    assert {paragraph.style.name for paragraph in document.paragraphs} == {"Title", "Heading 1", "Heading 2", "List Bullet", "Normal"}
    assert document.core_properties.title == "The Monitor, November 2026"


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=30))
def test_no_title_can_abort_an_edition(report: str, outlet: str) -> None:
    hostile = replace(twelve_reports(), entries=[entry(1, report=report, outlet_printed=outlet)], narratives=[("venezuela", report)])
    for form in FORMS:
        assert rendered(form, hostile)


def test_control_characters_and_lone_surrogates_are_left_out() -> None:
    hostile = replace(
        twelve_reports(), entries=[entry(1, report="A\x00B\x1b\ud83d\uffff \u202eC.", outlet_printed="\x07Q", label_why="\ud800")]
    )
    assert ("li", "AB C. – Q on 07-NOV") in docx_lines(rendered("docx", hostile))
    assert json.loads(rendered("json", hostile))["sections"][1]["entries"][0]["report"] == "AB C."
    rendered("csv", hostile)


def test_csv_is_a_table_that_runs_no_formula() -> None:
    content = rendered("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content and b"\r\r" not in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 12
    assert rows[9]["report"] == "'=SUM(A1:A9) was the subject of the minister's mail."
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert rows[3]["printed"] == "State media reports the president received a letter. – Agencia Faro on 07-NOV (content in Spanish)"
    assert rows[3]["label"] == "state_media"


def test_json_names_its_schema_and_keeps_everything(edition: Edition) -> None:
    document = json.loads(rendered("json"))
    assert (document["schema"], document["version"], document["month"], document["revision"]) == ("newsdesk.edition", 1, "2026-11", 3)
    assert document["share"] == {"state_media": 2, "unknown": 1, "total": 12, "limit": 0.2}
    entries = [one for section in document["sections"] for one in section["entries"]]
    assert [one["candidate_id"] for one in entries] == [one.candidate_id for one in edition.entries]
    assert document["exported_at"] == "2026-11-30T18:00:00+00:00"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_edition_gives_the_same_bytes(form: Form) -> None:
    assert rendered(form) == rendered(form)
    assert form in MEDIA_TYPES


def test_a_form_that_does_not_exist_and_a_naive_moment_are_refused() -> None:
    with pytest.raises(UnknownForm, match="choose one of md, html, docx, csv, json"):
        form_named("pdf")
    with pytest.raises(ValueError, match="aware"):
        render(twelve_reports(), POLICY, "md", exported_at=datetime(2026, 11, 1))  # noqa: DTZ001 - the point of the test


def test_entries_of_an_unknown_section_are_not_lost_by_a_waiver() -> None:
    strayed = replace(twelve_reports(), entries=[entry(1, section_id="atlantis")])
    out = export(strayed, POLICY, "md", waiver="Section comes next week", exported_at=EXPORTED_AT)
    assert "ATLANTIS" in out.content.decode()
    assert json.loads(rendered("json", strayed))["strays"][0]["candidate_id"] == 1


def test_a_parent_that_is_no_section_heads_its_block_once(edition: Edition) -> None:
    sections = [replace(section, parent="Annex") if section.id in ("iran", "china") else section for section in edition.sections]
    shown = [text for tag, text in html_lines(rendered("html", replace(edition, sections=sections))) if tag in ("h2", "h3")]
    assert shown.count("ANNEX") >= 1


def test_refusals_stop_the_export_and_all_are_named() -> None:
    entries = [entry(n, label=Label.STATE_MEDIA if n <= 3 else Label.NOT_STATE_MEDIA) for n in range(1, 11)]
    entries[9] = replace(entries[9], published_on=None)
    bad = replace(twelve_reports(), entries=entries)
    with pytest.raises(EditionBreaksRules) as raised:
        export(bad, POLICY, "md", waiver=None, exported_at=EXPORTED_AT)
    assert {finding.rule for finding in raised.value.findings} == {"state_share", "no_day"}
    assert "3 of 10" in str(raised.value)
    with pytest.raises(EditionBreaksRules):
        export(bad, POLICY, "md", waiver="  ", exported_at=EXPORTED_AT)
    waived = export(bad, POLICY, "md", waiver="Agreed by the board", exported_at=EXPORTED_AT)
    assert waived.waiver == "Agreed by the board"
    assert any(finding.refuses for finding in waived.findings)


def test_a_needless_waiver_is_not_kept_and_a_month_cannot_be_waived() -> None:
    assert export(twelve_reports(), POLICY, "md", waiver="Just in case", exported_at=EXPORTED_AT).waiver is None
    with pytest.raises(EditionBreaksRules, match="YYYY-MM"):
        export(replace(twelve_reports(), month="Nov"), POLICY, "md", waiver="Please", exported_at=EXPORTED_AT)


def test_a_failed_write_leaves_the_last_good_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "2026-11.md"
    write_atomically(path, b"good")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EditionNotWritten, match="No space left"):
        write_atomically(path, b"half")
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]


def test_writing_into_no_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(EditionNotWritten, match="nowhere"):
        write_atomically(tmp_path / "nowhere" / "a.md", b"x")


def test_blocks_begin_with_the_title_and_print_each_entry_once(edition: Edition) -> None:
    lines = [str(block.line) for block in blocks(edition, POLICY) if hasattr(block, "line")]
    assert lines == [print_entry(one, POLICY, must_read=one.section_id == "must-reads") for one in edition.entries]


def _office() -> Sequence[str]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        assert os.environ.get("NEWSDESK_REQUIRE_ALL") != "1", "LibreOffice is missing and nothing may be skipped"
        pytest.skip("LibreOffice is not installed")
    return [program]


def test_the_document_opens_in_an_office_program(tmp_path: Path) -> None:
    office = _office()
    (tmp_path / "edition.docx").write_bytes(rendered("docx"))
    subprocess.run(
        [*office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
         "--outdir", str(tmp_path), str(tmp_path / "edition.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    text = (tmp_path / "edition.txt").read_text(encoding="utf-8-sig")
    for _, line in EXPECTED:
        assert line in text
