"""Proposals: written whole, read strictly, applied to the outlet's file, and then only a memory of when was looked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.outlets import load_outlets, write_draft
from config.proposals import Proposal, apply_proposal, load_proposals, proposals_folder, unknown_sources, write_proposal
from newsdesk.errors import ConfigurationError, NotFound
from newsdesk.outlets import Control, ControlStatement, Grade, Outlet, Source, SourceKind

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)


def source(short: str, url: str) -> Source:
    return Source(f"paper/{short}", "paper", SourceKind.FEED, url, Grade.A, "es", ("read by newsdesk on 2026-11-22: 10 entries",))


def outlet() -> Outlet:
    control = (ControlStatement(Control.UNKNOWN, None, basis="a test"),)
    return Outlet("paper", "Paper", ("Paper",), "PE", ("es",), ("paper.example",), control, (source("feed", "https://paper.example/old"),))


def test_a_proposal_reads_back_and_is_written_over(tmp_path: Path) -> None:
    made = Proposal("paper", AT, "paper/feed fails since 2026-11-01 (not_found)", (source("feed-2", "https://paper.example/feed?a=1#x"),))
    for one in (Proposal("paper", AT, "before", ()), made):
        write_proposal(tmp_path, one)
        assert load_proposals(tmp_path) == (one,)


def test_applying_adds_the_sources_and_leaves_a_memory(tmp_path: Path) -> None:
    write_draft(tmp_path / "config" / "outlets", outlet())
    folder = proposals_folder(tmp_path)
    write_proposal(folder, Proposal("paper", AT, "it is silent", (source("feed", "https://paper.example/new"),)))
    changed, _ = apply_proposal(tmp_path, "paper")
    assert [each.url for each in changed.sources] == ["https://paper.example/old", "https://paper.example/new"]
    assert load_outlets(tmp_path / "config" / "outlets") == (changed,)
    assert load_proposals(folder) == (Proposal("paper", AT, "it is silent", ()),)
    with pytest.raises(NotFound, match="no proposal"):
        apply_proposal(tmp_path, "paper")


def test_a_damaged_proposal_is_named(tmp_path: Path) -> None:
    (tmp_path / "paper.yaml").write_text("outlet: paper\nlooked_at: yesterday\nwhy: x\nsources:\n  - id: feed\n    url: nowhere\n")
    with pytest.raises(ConfigurationError) as caught:
        load_proposals(tmp_path)
    assert "looked_at is" in str(caught.value)
    assert "sources[0].url is" in str(caught.value)


def test_what_some_outlet_has_already_is_not_proposed() -> None:
    found = (source("a", "http://paper.example/old?utm_source=x"), source("b", "https://paper.example/new"))
    assert [each.url for each in unknown_sources((outlet(),), found)] == ["https://paper.example/new"]
