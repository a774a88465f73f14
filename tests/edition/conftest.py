"""A made-up edition in every shape the monitor's form has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newsdesk.editions import Edition, Entry, Policy, Section
from newsdesk.judging import Label

EXPORTED_AT = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)

POLICY = Policy(
    state_share_limit=0.2,
    labelled_controls=frozenset({"SC"}),
    labelled_states=frozenset({"VE", "RU", "IR", "CN", "CU"}),
    lead_in="State media reports",
    disclaimer=("Disclaimer: this edition is made up.", "No more than a fifth of it comes from state media."),
    candidate_threshold=40,
    title="The Monitor",
)

SECTIONS = (
    Section("must-reads", "Must reads", must_read=True),
    Section("venezuela", "Venezuela", narrative=True),
    Section("bolivarian-network", "The Bolivarian Network", parent="venezuela"),
    Section("iran", "Iran", narrative=True),
    Section("hezbollah", "Hezbollah", parent="iran"),
    Section("china", "China", narrative=True),
    Section("fishing", "Illegal fishing", parent="china"),
)


def entry(number: int, **changed: object) -> Entry:
    """An entry of a private paper in English; anything may be changed."""
    plain = Entry(
        candidate_id=number,
        article_id=1000 + number,
        section_id="venezuela",
        report=f"A delegation of {number} engineers reached the port of Puerto Bravo to inspect its cranes.",
        outlet_id="harbour-post",
        outlet_printed="Harbour Post",
        address=f"https://harbour-post.example/news/{number}",
        published_on=date(2026, 11, 7),
        language="en",
        label=Label.NOT_STATE_MEDIA,
        label_why="Privately owned.",
        accepted_by="ana",
        position=float(number),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def twelve_reports() -> Edition:
    """Twelve entries, two of them state media, in four languages, with a must-read and two narratives."""
    entries = (
        entry(1, section_id="must-reads", outlet_printed="Treasury", report="Notice on *Harbour* Fees [2026]", published_on=None),
        entry(2),
        entry(3, language="es", outlet_printed="La Voz Andina", published_on=date(2026, 10, 29)),
        entry(4, label=Label.STATE_MEDIA, report="The president received a letter.", outlet_printed="Agencia Faro", language="es"),
        entry(5, section_id="bolivarian-network", report="Talks, held over two days – behind closed doors – ended with “no date.”"),
        entry(6, section_id="bolivarian-network", language="pt", outlet_printed="Diário & Filhos <SP>"),
        entry(
            7, section_id="iran", label=Label.STATE_MEDIA, report="Iran's envoy opened a *clinic* in Sucre", outlet_printed="Pars Bulletin"
        ),
        entry(8, section_id="hezbollah", language="fr", outlet_printed="Le Cap d'Or"),
        entry(9, section_id="china", report="1. The first of 3 loans_was signed & sealed <today>."),
        entry(10, section_id="china", report="=SUM(A1:A9) was the subject of the minister's mail.", address="javascript:alert(1)"),
        entry(11, section_id="fishing", address="https://x.example/a b?x=1&copy=2#(y)"),
        entry(12, section_id="fishing", label=Label.UNKNOWN, outlet_printed="Pier – Quay", published_on=date(2026, 11, 2)),
    )
    narratives = (
        ("venezuela", "The month began quietly.\n\nIt ended otherwise; # of visits: *9*."),
        ("iran", "Two envoys travelled."),
    )
    return Edition("2026-11", SECTIONS, entries, narratives, revision=3)


@pytest.fixture
def edition() -> Edition:
    return twelve_reports()
