"""The desk's rules and the monitor's sections."""

from pathlib import Path

import pytest

from config.policy import POLICY_FILE, SECTIONS_FILE, load_policy, load_sections
from config.workspace import init_workspace
from newsdesk.errors import ConfigurationError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "desk", contact=None, with_registry=False).home


def test_the_shipped_policy_is_the_monitors(home: Path) -> None:
    policy = load_policy(home)
    assert policy.state_share_limit == 0.20
    assert policy.labelled_controls == {"SC", "CaPu", "CaPr", "party_or_armed_group_organ"}
    assert policy.labelled_states == {"VE", "RU", "IR", "CN", "CU", "NI", "BO", "BY", "QA", "TR", "Hezbollah"}
    assert policy.lead_in == "State media reports"
    promises = " ".join(policy.disclaimer)
    assert all(word in promises for word in ("state", "no other outlet", "20 percent", "Opinion", "United States", "West"))


def test_the_shipped_sections_are_the_monitors_in_order(home: Path) -> None:
    sections = load_sections(home)
    assert [section.id for section in sections] == [
        "must_reads", "venezuela", "bolivarian_network", "iran", "hezbollah", "nisman_amia", "qatar", "russia", "china",
        "illegal_fishing", "medical_diplomacy",
    ]  # fmt: skip
    assert [section.id for section in sections if section.narrative] == ["venezuela", "iran", "russia", "china"]
    assert [section.id for section in sections if section.must_read] == ["must_reads"]
    assert {section.id: section.parent for section in sections if section.parent} == {
        "bolivarian_network": "venezuela", "hezbollah": "iran", "nisman_amia": "iran", "qatar": "iran", "illegal_fishing": "china",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("limit: 0.20", "limit: 20", "state_share_limit is 20; expected a number from 0 to 1"),
        ("  - SC #", "  - SM #", 'labelled_controls[0] is "SM"; expected one of'),
        ("  - VE #", "  - ve #", 'labelled_states[0] is "ve"; expected an ISO 3166 country code'),
        ("  - NO #", "  - NO #", ""),
        ("lead_in: State media reports", "lead_in:", "lead_in is empty; expected a text"),
        ("threshold: 30", "threshold: 101", "candidate_threshold is 101; expected a number from 0 to 100"),
        ("title:", "titel:", "titel is an unknown key; expected title (did you mean that?)"),
        ("disclaimer:", "disclaimer: []\nx:", "disclaimer is a list of 0; expected a list of at least 1"),
    ],
)
def test_what_cannot_be_in_a_policy(home: Path, old: str, new: str, complaint: str) -> None:
    path = home / POLICY_FILE
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    if not complaint:
        load_policy(home)
        return
    with pytest.raises(ConfigurationError) as caught:
        load_policy(home)
    assert complaint in str(caught.value) and f"{POLICY_FILE}:" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("- {id: a, name: A}\n- {id: a, name: B}", ':3: sections[1].id is "a"; expected a name that no other section has'),
        ("- {id: a, name: A, parent: b}\n- {id: b, name: B}", ':2: sections[0].parent is "b"; expected the id of a section above it'),
        ("- {id: a, name: A}\n- {id: b, name: B, parent: a}\n- {id: c, name: C, parent: b}", ":4: sections[2].parent is"),
        ("- {id: a, name: A, must_read: true, narrative: true}", ":2: sections[0].narrative is true; expected false"),
        ("- {id: a}", ":2: sections[0].name is missing"),
        ("[]", ":1: sections is a list of 0; expected at least one section"),
    ],
)
def test_what_cannot_be_in_the_sections(home: Path, content: str, complaint: str) -> None:
    (home / SECTIONS_FILE).write_text(f"sections:\n{content}\n" if content != "[]" else "sections: []\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_sections(home)
    assert len(caught.value.problems) == 1 and f"{SECTIONS_FILE}{complaint}" in str(caught.value)
