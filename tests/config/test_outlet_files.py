"""Outlets' files: every refusal with its line, writing drafts, and adding sources without losing an editor's remarks."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.outlets import (
    EVIDENCE_KEYS,
    OUTLET_KEYS,
    SOURCE_KEYS,
    STATEMENT_KEYS,
    add_sources,
    correct_control,
    load_outlets,
    render_outlet,
    scalar,
    write_draft,
)
from config.strict import parse_yaml
from newsdesk.control import corrected
from newsdesk.errors import ConfigurationError, NotFound, WorkspaceError
from newsdesk.outlets import Control, ControlStatement, Evidence, Grade, Outlet, Source, SourceKind

GOOD = """\
id: granma
name: Granma
names: [Granma, Diario Granma]
country: CU
languages: [es]
domains: [granma.cu]
time_zone: America/Havana
control:
  - control: SC
    controller: CU
    basis: press source
    evidence:
      - text: a guide to the media
        seen_on: 2024-02-07
sources:
  - id: feed
    kind: feed
    url: https://www.granma.cu/feed
    grade: B
    language: es
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load_outlets(folder)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (outlet,) = load_outlets(write(tmp_path, granma=GOOD))
    statement = ControlStatement(Control.SC, "CU", "press source", (Evidence("a guide to the media", date(2024, 2, 7)),))
    source = Source("granma/feed", "granma", SourceKind.FEED, "https://www.granma.cu/feed", Grade.B, "es")
    assert outlet == Outlet(
        "granma", "Granma", ("Granma", "Diario Granma"), "CU", ("es",), ("granma.cu",), (statement,), (source,), "America/Havana"
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (changed("id: granma", "id: Granma"), 'granma.yaml:1: id is "Granma"; expected a short name'),
        (changed("id: granma", "id: other"), 'granma.yaml:1: id is "other"; expected granma, as the file is named'),
        (GOOD + "note: Granma\n", "granma.yaml:21: note is an unknown key; expected notes (did you mean that?)"),
        (changed("name: Granma\n", ""), "granma.yaml:1: name is missing; expected it to be given"),
        (changed("country: CU", "country: Cuba"), 'granma.yaml:4: country is "Cuba"; expected an ISO 3166 country code'),
        (changed("country: CU", "country: EU"), 'granma.yaml:4: country is "EU"; expected an ISO 3166 country code'),
        (changed("languages: [es]", "languages: [es, spa]"), 'granma.yaml:5: languages[1] is "spa"; expected an ISO 639-1'),
        (changed("languages: [es]", "languages: [es, es]"), "granma.yaml:5: languages is holding es twice; expected each one once"),
        (changed("languages: [es]", "languages: es"), 'granma.yaml:5: languages is "es"; expected a list (- item)'),
        (changed("[granma.cu]", "[https://granma.cu]"), "granma.yaml:6: domains[0] is"),
        (changed("[granma.cu]", "[]"), "granma.yaml:6: domains is a list of 0; expected at least one domain"),
        (changed("America/Havana", "Havana"), 'granma.yaml:7: time_zone is "Havana"; expected an IANA time zone'),
        (changed("America/Havana", "../../etc/passwd"), "granma.yaml:7: time_zone is"),
        (changed("control: SC", "control: state"), 'granma.yaml:9: control[0].control is "state"; expected one of'),
        (changed("    controller: CU\n", ""), "granma.yaml:9: control[0].controller is missing; expected the state or group"),
        (changed("controller: CU", "controller: cu"), 'granma.yaml:10: control[0].controller is "cu"; expected an ISO 3166'),
        (changed("controller: CU", "controller: Cuba"), 'granma.yaml:10: control[0].controller is "Cuba"; expected the country'),
        (changed("controller: CU", "controller: IRÃ"), "granma.yaml:10: control[0].controller is \"IRÃ\"; expected the country's code, IR"),
        (changed("controller: CU", "controller: mali"), "granma.yaml:10: control[0].controller is \"mali\"; expected the country's"),
        (changed("control: SC", "control: private"), 'granma.yaml:10: control[0].controller is "CU"; expected none'),
        (changed("    basis: press source\n", ""), "granma.yaml:9: control[0].basis is missing"),
        (changed("2024-02-07", "2024-02-30"), 'granma.yaml:14: control[0].evidence[0].seen_on is "2024-02-30"; expected a day that exists'),
        (
            changed("basis: press source", "basis: x\n    valid_from: 2020-01-02\n    valid_to: 2020-01-01"),
            'granma.yaml:13: control[0].valid_to is "2020-01-01"; expected a day not before valid_from (2020-01-02)',
        ),
        (changed("kind: feed", "kind: rss"), 'granma.yaml:17: sources[0].kind is "rss"; expected one of feed, news_sitemap, section_page'),
        (changed("https://www", "gopher://www"), "granma.yaml:18: sources[0].url is"),
        (changed("grade: B", "grade: E"), 'granma.yaml:19: sources[0].grade is "E"; expected one of A, B, C, D, X'),
        (changed("grade: B", "grade: X"), "granma.yaml:16: sources[0].switched_off is missing; expected a reason"),
        (changed("    grade: B\n", "    grade: B\n    switched_off: broken\n"), "granma.yaml:1: switched_off is missing; expected a sour"),
        (GOOD + "  - {id: feed, kind: feed, url: 'https://granma.cu/2', grade: B}\n", "granma.yaml:21: sources[1].id is"),
        (GOOD + "  - {id: two, kind: feed, url: 'http://www.granma.cu/feed', grade: B}\n", "granma.yaml:21: sources[1].url is"),
        (GOOD + "permission: me\nswitched_off: 'terms: forbidden'\n", "granma.yaml:22: switched_off is"),
        (GOOD + "draft: maybe\n", 'granma.yaml:21: draft is "maybe"; expected true or false'),
    ],
)  # fmt: skip
def test_refusals_name_file_line_key_value_and_expectation(tmp_path: Path, content: str, complaint: str) -> None:
    found = problems(write(tmp_path / "outlets", granma=content))
    assert len(found) == 1
    assert found[0].removeprefix("outlets/").startswith(complaint)


STATEMENTS = """\
control:
  - {{control: private, basis: x, valid_to: {until}}}
  - {{control: CaPr, controller: VE, basis: y, valid_from: 2014-07-04}}
switched_off: "no source: none"
"""


def test_contradictory_statements_must_not_overlap(tmp_path: Path) -> None:
    head = "id: a\nname: A\n"
    (outlet,) = load_outlets(write(tmp_path, a=head + STATEMENTS.format(until="2014-07-03")))
    held = [outlet.control_on(date(2014, 7, n)) for n in (3, 4)]
    assert [statement.control if statement else None for statement in held] == [Control.PRIVATE, Control.CAPR]
    (found,) = problems(write(tmp_path, a=head + STATEMENTS.format(until="2014-07-04")))
    assert ":5: control[1].control is private and CaPr on the same days (the other statement is on line 4)" in found


def test_a_domain_or_an_address_belongs_to_one_outlet(tmp_path: Path) -> None:
    other = GOOD.replace("id: granma", "id: other")
    found = problems(write(tmp_path, granma=GOOD, other=other))
    assert [line.split(": ", 1)[1].split(" is ")[0] for line in found] == ["domains[0]", "sources[0].url"]
    assert "a domain that granma does not have" in found[0] and "an address that granma/feed does not have" in found[1]


def test_editions_of_one_house_may_share_a_domain(tmp_path: Path) -> None:
    english = GOOD.replace("id: granma", "id: other").replace("[es]", "[en]").replace("cu/feed", "cu/en/feed")
    assert len(load_outlets(write(tmp_path, granma=GOOD, other=english))) == 2
    rival = english.replace("control: SC", "control: CaPu")
    assert "a domain that granma does not have" in problems(write(tmp_path, other=rival))[0]


def test_a_more_specific_domain_is_another_domain(tmp_path: Path) -> None:
    other = GOOD.replace("id: granma", "id: other").replace("[granma.cu]", "[en.granma.cu]").replace("www.", "en.")
    assert len(load_outlets(write(tmp_path, granma=GOOD, other=other))) == 2


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path, a="id: a\nname: [\n", b="- x\n", granma=changed("grade: B", "grade: Z").replace("CU\nlang", "cuba\nlang"))
    (folder / "stray.yml").write_text("id: stray\n", encoding="utf-8")
    (folder / ".granma.yaml.tmp").write_text("half", encoding="utf-8")
    found = problems(folder)
    assert [line.split(": ")[0].rpartition("/")[2] for line in found] == [
        "a.yaml:3", "b.yaml:1", "granma.yaml:4", "granma.yaml:19", "stray.yml",
    ]  # fmt: skip


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == ["none: (the folder) is missing; expected a folder with one file per outlet"]


OUTLET = Outlet(
    id="found",
    name="Found: the paper",
    names=("Found: the paper", "NO", "2020-11-22", "# hash", 'it\'s "quoted"'),
    country=None,
    languages=("es",),
    domains=("found.example",),
    control=(),
    sources=(
        Source(
            "found/feed", "found", SourceKind.FEED, "https://found.example/feed?a=1&b=2", Grade.A, "es", ("seen: 200",), ("wrap.example",)
        ),
    ),
    draft=True,
    notes="two\nlines",
)


def test_a_draft_reads_back_as_it_was_and_is_never_overwritten(tmp_path: Path) -> None:
    path = write_draft(tmp_path / "outlets", OUTLET)
    assert load_outlets(path.parent) == (OUTLET,)
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="there already"):
        write_draft(path.parent, replace(OUTLET, name="Other"))
    assert path.read_bytes() == before and [each.name for each in path.parent.iterdir()] == ["found.yaml"]


def test_of_two_who_write_the_same_draft_one_wins(tmp_path: Path) -> None:
    outcomes: list[str] = []

    def attempt(name: str) -> None:
        try:
            write_draft(tmp_path, replace(OUTLET, name=name, names=(name,)))
            outcomes.append(name)
        except WorkspaceError:
            pass

    threads = [threading.Thread(target=attempt, args=(f"N{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 1 and load_outlets(tmp_path)[0].name == outcomes[0]


def test_an_outlet_that_would_be_refused_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="country"):
        write_draft(tmp_path / "outlets", replace(OUTLET, country="XX"))
    assert not (tmp_path / "outlets").exists()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff\ufeff"))
LINE = WORDS.map(str.strip).filter(bool)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
STATEMENT = st.builds(
    ControlStatement,
    control=st.just(Control.SC),
    controller=st.sampled_from(("VE", "NO", "Hezbollah")),
    basis=LINE,
    evidence=st.lists(st.builds(Evidence, LINE, st.none() | DAYS), max_size=2).map(tuple),
    reviewed_by=st.none() | LINE,
    review_due_on=st.none() | DAYS,
)


@given(name=LINE, notes=st.just("") | LINE, evidence=st.lists(LINE, max_size=2), statements=st.just(()) | st.tuples(STATEMENT))
def test_what_is_rendered_reads_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, notes: str, evidence: list[str], statements: tuple[ControlStatement, ...]
) -> None:
    source = replace(OUTLET.sources[0], evidence=tuple(evidence))
    outlet = replace(OUTLET, name=name, names=(name,), notes=notes, control=statements, sources=(source,), relays=(name,))
    folder = tmp_path_factory.mktemp("outlets")
    (folder / "found.yaml").write_text(render_outlet(outlet), encoding="utf-8")
    assert load_outlets(folder) == (outlet,)


@given(WORDS)
def test_a_scalar_stands_on_one_line_and_reads_back(value: str) -> None:
    node, found = parse_yaml(f"- a\n- {scalar(value)}\n- b".encode(), "f")
    assert not found and node is not None and isinstance(node.value, tuple) and node.value[1].value == value


REMARKED = """\
# The editor's remark at the head.
id: paper
name: Paper   # printed so since 2019

names:
  - "Paper"
  - 'The Paper'
languages: [es, en]  # both
domains:
  - paper.example
# Why it is off:
switched_off: "no source: none of grade A or B is known"
sources:
  # seen once
  - id: feed
    kind: feed
    url: http://paper.example/feed
    grade: D   # guessed
    switched_off: 'grade D: a guessed address'
notes: >-
  Long notes
  over two lines.
# The end.
"""
FOUND = Source("paper/feed", "paper", SourceKind.NEWS_SITEMAP, "https://paper.example/news.xml", Grade.A, "es", ("seen 2026-11-22",))


def test_adding_a_source_keeps_every_remark_and_switches_the_outlet_on(tmp_path: Path) -> None:
    folder = write(tmp_path, paper=REMARKED)
    outlet = add_sources(folder, "paper", [FOUND], None)
    assert load_outlets(folder) == (outlet,)
    assert outlet.switched_off is None
    assert [source.id for source in outlet.sources] == ["paper/feed", "paper/feed-2"]
    assert outlet.sources[1] == replace(FOUND, id="paper/feed-2")
    after = (folder / "paper.yaml").read_text("utf-8")
    kept = [line for line in REMARKED.splitlines() if not line.startswith("switched_off")]
    assert [line for line in kept if line not in after.splitlines()] == []


def test_a_source_that_is_there_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = write(tmp_path, paper=REMARKED)
    seen = Source("paper/x", "paper", SourceKind.FEED, "https://paper.example/feed", Grade.A, "es", ("seen 2026-11-22",))
    outlet = add_sources(folder, "paper", [seen], None)
    assert outlet.sources == (replace(seen, id="paper/feed"),) and outlet.switched_off is None
    again = add_sources(folder, "paper", [seen], None)
    assert again == outlet


def test_terms_need_a_permission(tmp_path: Path) -> None:
    terms = REMARKED.replace("no source: none of grade A or B is known", "terms: reported to forbid automated collection")
    folder = write(tmp_path, paper=terms)
    assert add_sources(folder, "paper", [FOUND], None).switched_off == "terms: reported to forbid automated collection"
    allowed = add_sources(folder, "paper", [], "Ana Ruiz, 2026-11-22: agreement of 2026-10-01")
    assert allowed.switched_off is None
    assert allowed.permission == ("Ana Ruiz, 2026-11-22: agreement of 2026-10-01 (before: terms: reported to forbid automated collection)")


def test_another_reason_stays_and_a_useless_source_switches_nothing_on(tmp_path: Path) -> None:
    folder = write(tmp_path, paper=REMARKED.replace("no source: none", "the desk does not want it; none"))
    assert (add_sources(folder, "paper", [FOUND], "me, 2026-11-22").switched_off or "").startswith("the desk does not want it")
    folder = write(tmp_path, paper=REMARKED)
    off = replace(FOUND, grade=Grade.X, switched_off="grade X: dead")
    assert (add_sources(folder, "paper", [off], None).switched_off or "").startswith("no source")


@pytest.mark.parametrize("sources", ["", "sources:\n", "sources: []\n", "sources: null\n"])
def test_sources_are_added_where_there_were_none(tmp_path: Path, sources: str) -> None:
    folder = write(tmp_path, paper=f'id: paper\nname: Paper\ndomains: [paper.example]\nswitched_off: "no source: none"\n{sources}')
    assert len(add_sources(folder, "paper", [FOUND], None).sources) == 1
    assert "  - id: feed\n    kind: news_sitemap\n" in (folder / "paper.yaml").read_text("utf-8")


def test_a_file_that_is_or_would_be_refused_stays_as_it_is(tmp_path: Path) -> None:
    folder = write(tmp_path, paper=REMARKED, broken="id: broken\nname: [\n")
    with pytest.raises(NotFound, match="no outlet nobody"):
        add_sources(folder, "nobody", [FOUND], None)
    with pytest.raises(ConfigurationError, match="not YAML"):
        add_sources(folder, "broken", [FOUND], None)
    with pytest.raises(ConfigurationError, match="url"):
        add_sources(folder, "paper", [replace(FOUND, url="ftp://paper.example/")], None)
    assert (folder / "paper.yaml").read_text("utf-8") == REMARKED
    assert sorted(each.name for each in folder.iterdir()) == ["broken.yaml", "paper.yaml"]


def test_what_another_outlet_has_is_not_written_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "outlets", paper=REMARKED, granma=GOOD, broken="id: broken\nname: [\n")
    taken = replace(FOUND, url="http://www.granma.cu/feed")
    with pytest.raises(ConfigurationError, match="granma/feed") as caught:
        add_sources(folder, "paper", [taken], None)
    assert len(caught.value.problems) == 1
    assert (folder / "paper.yaml").read_text("utf-8") == REMARKED
    with pytest.raises(ConfigurationError, match="a domain that granma does not have"):
        write_draft(folder, replace(OUTLET, domains=("granma.cu",)))
    assert not (folder / "found.yaml").exists()
    (folder / "broken.yaml").unlink()
    assert len(load_outlets(folder)) == 2


def test_every_key_and_control_is_explained() -> None:
    reference = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "configuration.md").read_text("utf-8")
    for word in (*OUTLET_KEYS, *STATEMENT_KEYS, *EVIDENCE_KEYS, *SOURCE_KEYS, *Control, *SourceKind):
        assert f"`{word}`" in reference, word


def test_a_correction_of_control_keeps_the_editors_file(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "outlets"
    folder.mkdir(parents=True)
    (folder / "diario.yaml").write_text(
        "id: diario\nname: Diario\ncountry: VE\nlanguages: [es]\ndomains: [diario.example]\n"
        'switched_off: "no source: none was found"\n'
        "# Sold in July 2014.\ncontrol:\n  - control: private  # until the sale\n    basis: press source\n"
        "    evidence:\n      - text: seen in print\n        seen_on: 2014-01-02\n# where it announces\nsources: []\n",
        encoding="utf-8",
    )
    new = ControlStatement(Control.CAPR, "VE", "press source", (Evidence("a report", date(2014, 7, 4)),), valid_from=date(2014, 7, 4))
    (before,) = load_outlets(folder)
    after = correct_control(folder, "diario", corrected(before.control, new))
    assert [(s.control, s.valid_from, s.valid_to) for s in after.control] == [
        (Control.PRIVATE, None, date(2014, 7, 3)),
        (Control.CAPR, date(2014, 7, 4), None),
    ]
    assert load_outlets(folder) == (after,)
    written = (folder / "diario.yaml").read_text(encoding="utf-8")
    assert all(comment in written for comment in ("# Sold in July 2014.", "# until the sale", "# where it announces"))
    with pytest.raises(NotFound):
        correct_control(folder, "nowhere", corrected((), new))


def test_a_first_statement_is_put_before_the_sources(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "outlets"
    folder.mkdir(parents=True)
    path = folder / "diario.yaml"
    path.write_text(
        "id: diario\nname: Diario\ncountry: VE\nlanguages: [es]\ndomains: [diario.example]\nswitched_off: no source known\nsources: []\n",
        encoding="utf-8",
    )
    new = ControlStatement(Control.CAPR, "VE", "press source", (Evidence("a report", None),))
    assert correct_control(folder, "diario", corrected((), new)).control == (new,)
    assert path.read_text(encoding="utf-8").index("control:") < path.read_text(encoding="utf-8").index("sources:")
