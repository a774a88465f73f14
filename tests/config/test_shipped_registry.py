"""The registry that newsdesk ships: complete, honest about what is not known, and agreeing with a past edition's flags."""

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from bench import provenance
from config.outlets import NO_SOURCE, TERMS, load_outlets, render_outlet
from config.workspace import DEFAULTS
from newsdesk.addresses import belongs, host_of
from newsdesk.judging import Label
from newsdesk.naming import NameKind, outlet_of_host, resolve_name
from newsdesk.outlets import Control, Grade, Outlet, SourceKind
from newsdesk.registry_check import check_outlets

SHARED = Path(os.environ.get("NEWSDESK_SHARED") or Path(__file__).resolve().parents[3] / "shared")


def shared(path: str) -> Path:
    """A file of the shared material; the test is passed over without it, unless nothing may be."""
    found = SHARED / path
    if not found.is_file() and not os.environ.get("NEWSDESK_REQUIRE_ALL"):
        pytest.skip(f"without {found}: set NEWSDESK_SHARED to the folder with the shared material")
    return found


@pytest.fixture(scope="module")
def outlets() -> dict[str, Outlet]:
    return {outlet.id: outlet for outlet in load_outlets(DEFAULTS / "outlets")}


def test_it_loads_whole_and_fast(outlets: dict[str, Outlet]) -> None:
    assert len(outlets) == 271
    started = time.process_time()
    load_outlets(DEFAULTS / "outlets")
    assert time.process_time() - started < 0.5


def test_what_is_rendered_of_it_reads_back(outlets: dict[str, Outlet], tmp_path: Path) -> None:
    for outlet in outlets.values():
        (tmp_path / f"{outlet.id}.yaml").write_text(render_outlet(outlet), encoding="utf-8")
    assert {outlet.id: outlet for outlet in load_outlets(tmp_path)} == outlets


def test_every_outlet_that_is_off_says_why_and_every_other_has_a_source_of_grade_a_or_b(outlets: dict[str, Outlet]) -> None:
    for outlet in outlets.values():
        on = [source for source in outlet.sources if source.switched_off is None]
        assert all(source.grade in (Grade.A, Grade.B) for source in on), outlet.id
        if outlet.switched_off is None:
            assert on, outlet.id
        else:
            assert outlet.switched_off.startswith((TERMS + ": ", NO_SOURCE + ": ")), outlet.id
    forbidden = {outlet.id for outlet in outlets.values() if (outlet.switched_off or "").startswith(TERMS)}
    assert forbidden == {"reuters", "ap", "nyt", "aljazeera", "guardian_ve", "efe"}


def test_nothing_is_taken_for_independent_that_nobody_stated(outlets: dict[str, Outlet]) -> None:
    unknown = {each.id for each in outlets.values() if all(s.control is Control.UNKNOWN for s in each.control)}
    assert unknown == {"saxon_unresolved", "nuevo_periodico_unresolved", "el_popular_unresolved"}
    assert all(statement.basis for outlet in outlets.values() for statement in outlet.control)


@pytest.mark.parametrize(
    ("outlet_id", "on", "control", "controller"),
    [
        ("ultimas_noticias", date(2013, 5, 30), Control.PRIVATE, None),
        ("ultimas_noticias", date(2013, 5, 31), Control.CAPR, "VE"),
        ("ultimas_noticias", date(2020, 10, 23), Control.CAPR, "VE"),
        ("el_universal_ve", date(2014, 7, 3), Control.PRIVATE, None),
        ("el_universal_ve", date(2014, 7, 4), Control.CAPR, "VE"),
        ("100noticias", date(2018, 12, 20), Control.PRIVATE, None),
        ("100noticias", date(2018, 12, 21), Control.PRIVATE_EXILE, None),
        ("la_razon_bo", date(2019, 11, 10), Control.CAPR, "BO"),
        ("la_razon_bo", date(2019, 11, 11), Control.PRIVATE, None),
        ("la_razon_bo", date(2020, 10, 28), Control.PRIVATE, None),
        ("belsat", date(2023, 6, 1), Control.CAPU, "PL"),
        ("belsat", date(2026, 11, 1), None, None),
        ("abi", date(2020, 11, 1), Control.SC, "BO"),
        ("abi", date(2026, 11, 1), Control.SC, "BO"),
        ("telesur_es", date(2020, 10, 26), Control.SC, "VE"),
        ("gulf_times", date(2020, 10, 7), Control.CAPR, "QA"),
        ("almanar", date(2020, 10, 7), Control.ORGAN, "Hezbollah"),
        ("mercopress", date(2020, 10, 7), Control.PRIVATE, None),
    ],
)
def test_dated_statements(outlets: dict[str, Outlet], outlet_id: str, on: date, control: Control | None, controller: str | None) -> None:
    held = outlets[outlet_id].control_on(on)
    assert (held and held.control, held and held.controller) == (control, controller)


@pytest.mark.parametrize(
    ("outlet_id", "zone"),
    [("confidencial", "America/Costa_Rica"), ("granma_es", "America/Havana"), ("nbcsandiego", "America/Los_Angeles"), ("reuters", None)],
)
def test_time_zones_are_those_of_the_newsroom_where_it_is_known(outlets: dict[str, Outlet], outlet_id: str, zone: str | None) -> None:
    assert outlets[outlet_id].time_zone == zone


@pytest.mark.parametrize(
    ("host", "language", "outlet_id"),
    [
        ("www.granma.cu", None, "granma_es"),
        ("en.granma.cu", None, "granma_en"),
        ("actualidad.rt.com", None, "rt_es"),
        ("www.rt.com", None, "rt_en"),
        ("www.aa.com.tr", "es", "anadolu_es"),
        ("www.aa.com.tr", "en", "anadolu_en"),
        ("laprensalatina.com", None, None),
        ("notgranma.cu", None, None),
    ],
)
def test_hosts_lead_to_the_closest_outlet(outlets: dict[str, Outlet], host: str, language: str | None, outlet_id: str | None) -> None:
    found = outlet_of_host(outlets.values(), host, language)
    assert (found.id if found else None) == outlet_id


def test_the_check_finds_what_is_known_to_be_open(outlets: dict[str, Outlet]) -> None:
    found = {(finding.outlet_id, finding.kind.value) for finding in check_outlets(tuple(outlets.values()), date(2026, 11, 22))}
    assert {
        ("abi", "overdue"), ("belsat", "not_stated_today"), ("saxon_unresolved", "unidentified"), ("reuters", "switched_off"),
        ("elcomercio_pe", "ambiguous_name"), ("clarin", "unverified"), ("belta", "overdue"),
    } <= found  # fmt: skip
    assert ("tass", "overdue") not in found  # its latest evidence is of August 2026
    assert not [kind for _, kind in found if kind == "contradictory"]


def test_it_holds_every_outlet_and_source_that_was_gathered(outlets: dict[str, Outlet]) -> None:
    rows = [json.loads(line) for line in shared("outlets/outlets.jsonl").read_text("utf-8").splitlines()]
    assert {row["id"] for row in rows} <= set(outlets)
    for row in rows:
        outlet = outlets[row["id"]]
        assert (outlet.name, outlet.country, list(outlet.languages)) == (row["name"], row["country"] or None, row["languages"])
        assert list(outlet.domains) == row["domains"] and list(outlet.designations) == row["designations"]
        assert [source.grade.value for source in outlet.sources] == [source["grade"] for source in row["sources"]]
        assert all(resolve_name(outlets.values(), name).kind is not NameKind.NONE for name in row["printed_as"])
        assert row["notes"] in outlet.notes and list(outlet.relays) == row["relays"]
        texts = {evidence.text for statement in outlet.control for evidence in statement.evidence}
        assert set(row["control_evidence"]) <= texts
        for source, known in zip(outlet.sources, row["sources"], strict=True):
            assert source.url == known["url"].replace("{yyyy}/{mm}", "2026/11") and set(known["evidence"]) <= set(source.evidence)


def test_every_name_of_the_past_edition_is_resolved_and_the_flags_agree(outlets: dict[str, Outlet]) -> None:
    rows = provenance.rows_of(shared("monitor/2020-11-entries.jsonl"), tuple(outlets.values()), provenance.default_policy())
    assert {row.printed for row in rows if row.resolved.kind is NameKind.NONE} == set()
    assert {row.printed for row in rows if row.resolved.kind is NameKind.AMBIGUOUS} == {"El Comercio", "TeleSUR"}
    assert {row.printed for row in rows if row.resolved.kind is NameKind.UNIDENTIFIED} == {"Saxon", "Nuevo Periodico", "El Popular"}
    flags = [row for row in rows if row.flagged]
    assert len(flags) == 23 and [row.printed for row in flags if not row.agrees] == ["ANI"]
    assert [row.printed for row in rows if not row.flagged and row.label is Label.STATE_MEDIA] == [
        "Tehran Times", "Tn8", "China People’s Daily",
    ]  # fmt: skip
    assert all(provenance.explanation(row) for row in rows if not row.agrees)


def test_sources_that_are_on_can_be_read_and_announce_the_outlets_own_pages(outlets: dict[str, Outlet]) -> None:
    for outlet in outlets.values():
        for source in outlet.sources:
            if source.switched_off is None:
                assert "json" not in source.id and outlet.domains, source.id
            if source.kind is SourceKind.SECTION_PAGE and source.switched_off is None:
                assert belongs(host_of(source.url), outlet.domains), source.id
