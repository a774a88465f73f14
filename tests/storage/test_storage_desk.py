"""The editors' desk: queue, decisions, entries, narratives, exports."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsdesk.decisions import LEGAL, Draft, Move, State, fold
from newsdesk.errors import IllegalMove, OutdatedView
from newsdesk.judging import Label
from newsdesk.ports import QueueFilter
from storage.database import Database
from storage.schema import candidates
from tests.storage.made import NOW, Desk, later

TODAY = NOW.date()
QUEUE = QueueFilter(today=TODAY)
REJECT = Draft(Move.REJECT, reason="old")
UNDO = Draft(Move.UNDO)


def accept(month: str = "2026-11", section: str = "russia", report: str = "Russia sells.", **what: object) -> Draft:
    return Draft(Move.ACCEPT, month, section, report, **what)  # type: ignore[arg-type]


def hold(days: int = 2) -> Draft:
    return Draft(Move.HOLD, until=TODAY + timedelta(days=days))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_the_queue_ranks_by_score_then_by_date_and_pages(desk: Desk) -> None:
    for number, score, days in ((1, 50, 0), (2, 90, 0), (3, 50, 1), (4, 50, -1)):
        desk.candidate(number, score=float(score), published=NOW + timedelta(days=days))
    pages = [desk.desk.queue(QueueFilter(TODAY, page=page, page_size=3)) for page in (1, 2, 3)]
    keys = [[desk.shelf.article(item.article_id).key[-1] for item in page.items] for page in pages]
    assert keys == [["2", "3", "1"], ["4"], []] and [page.total for page in pages] == [4, 4, 4]


def test_filters_and_the_facets_beside_them(desk: Desk) -> None:
    desk.candidate(1, label=Label.STATE_MEDIA, language="es", section="russia")
    desk.candidate(2, label=Label.UNKNOWN, language="pt", section="china", title="Vacina")
    third = desk.candidate(3, "b.example", label=Label.STATE_MEDIA, language="pt", section="russia", title="Vacina")
    everything = desk.desk.queue(QUEUE).facets
    assert everything.sections == {"russia": 2, "china": 1} and everything.outlets == {"a": 2, "b": 1}
    assert everything.languages == {"pt": 2, "es": 1} and everything.states == {"waiting": 3}
    page = desk.desk.queue(QueueFilter(TODAY, language="pt", label=Label.STATE_MEDIA))
    assert [item.candidate_id for item in page.items] == [third] and page.total == 1
    assert page.facets.labels == {"state_media": 1, "unknown": 1}  # with the language, without its own filter
    assert page.facets.languages == {"es": 1, "pt": 1} and page.facets.outlets == {"b": 1}
    assert desk.desk.queue(QueueFilter(TODAY, section_id="china")).total == 1
    assert desk.desk.queue(QueueFilter(TODAY, outlet_id="a", words="VACINA acuerdo")).total == 1
    assert desk.desk.queue(QueueFilter(TODAY, words="nada")).total == 0 == desk.desk.queue(QueueFilter(TODAY, words="...")).total
    desk.desk.decide(third, REJECT, "ana", 0, NOW)
    assert desk.desk.queue(QUEUE).facets.states == {"waiting": 2, "rejected": 1}
    assert desk.desk.queue(QueueFilter(TODAY, state=State.REJECTED)).items[0].state is State.REJECTED


def test_what_is_held_comes_back_on_its_day(desk: Desk) -> None:
    candidate = desk.candidate(1)
    desk.desk.decide(candidate, hold(2), "ana", 0, NOW)
    for days, waiting in ((0, 0), (1, 0), (2, 1), (3, 1)):
        day = TODAY + timedelta(days=days)
        page = desk.desk.queue(QueueFilter(day))
        assert page.total == waiting and desk.desk.queue(QueueFilter(day, state=State.HELD)).total == 1 - waiting
        assert page.facets.states == {"waiting" if waiting else "held": 1}
    assert (page.items[0].state, page.items[0].held_until) == (State.WAITING, TODAY + timedelta(days=2))
    assert desk.desk.decide(candidate, accept(), "ana", 1, NOW).draft.move is Move.ACCEPT


def test_the_view_holds_all_the_editor_needs(desk: Desk) -> None:
    first = desk.store(1, fingerprints=(1, 2), text="Copia", label=Label.STATE_MEDIA)
    second = desk.store(2, "b.example", fingerprints=(1, 2), text="Copia")
    view = desk.desk.candidate(first.candidate_id)
    assert (view.article.id, [other.id for other in view.others]) == (second.article_id, [first.article_id])
    assert view.matches[0].words == "Rusia" and view.sections[0].section_id == "russia" and view.reasons == ("Rusia × Venezuela",)
    assert (view.standing.state, view.decisions) == (State.WAITING, ())


def test_a_decision_on_an_outdated_view_is_told_what_the_colleague_did(desk: Desk) -> None:
    candidate = desk.candidate(1)
    desk.desk.decide(candidate, REJECT, "ana", 0, NOW)
    with pytest.raises(OutdatedView, match=r"ana rejected it \(old\) on 2026-11-20 at 23:59 UTC"):
        desk.desk.decide(candidate, accept(), "luis", 0, NOW)
    with pytest.raises(OutdatedView):
        desk.desk.decide(candidate, UNDO, "luis", 5, NOW)
    assert len(desk.desk.candidate(candidate).decisions) == 1


def test_illegal_moves_leave_no_trace(desk: Desk) -> None:
    candidate, other = desk.candidate(1), desk.store(2)
    for draft in (
        UNDO,
        Draft(Move.EDIT, "2026-11", "russia", "x"),
        Draft(Move.ACCEPT),
        accept(article_id=other.article_id),
        accept(article_id=999),
    ):
        with pytest.raises(IllegalMove):
            desk.desk.decide(candidate, draft, "ana", 0, NOW)
    assert desk.desk.candidate(candidate).decisions == ()


def test_two_editors_deciding_at_once_one_is_told(database: Database) -> None:
    desk = Desk(database)
    candidate = desk.candidate(1)
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def decide(name: str) -> None:
        start.wait()
        try:
            desk.desk.decide(candidate, Draft(Move.REJECT, reason=name), name, 0, NOW)
            outcomes.append("kept")
        except OutdatedView:
            outcomes.append("told")

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("ana", "luis", "eva", "leo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told", "told", "told"]


def test_entries_stand_newest_first_and_an_edit_keeps_the_place(desk: Desk) -> None:
    first, second = desk.candidate(1), desk.candidate(2, "b.example", label=Label.STATE_MEDIA, published=later(days=1))
    elsewhere, undone = desk.candidate(3), desk.candidate(4)
    desk.desk.decide(second, accept(section="china"), "ana", 0, NOW)
    desk.desk.decide(first, accept(), "luis", 0, NOW)
    desk.desk.decide(elsewhere, accept("2026-12"), "ana", 0, NOW)
    desk.desk.decide(undone, accept(), "ana", 0, NOW)
    desk.desk.decide(undone, UNDO, "ana", 1, NOW)
    desk.desk.decide(second, Draft(Move.EDIT, "2026-11", "iran", "Edited."), "eva", 1, NOW)
    entries = desk.desk.entries("2026-11")
    assert [(entry.candidate_id, entry.section_id, entry.report, entry.accepted_by) for entry in entries] == [
        (second, "iran", "Edited.", "eva"),
        (first, "russia", "Russia sells.", "luis"),
    ]
    one = entries[0]
    assert (one.outlet_id, one.outlet_printed, one.address, one.label) == ("b", "b", "https://b.example/news/2", Label.STATE_MEDIA)
    assert (one.published_on, one.language, one.label_why) == (date(2026, 11, 21), "es", "The law of 2013 says so.")
    assert one.position < entries[1].position and desk.desk.entries("2026-10") == ()


def test_an_entry_cites_the_article_that_led_when_it_was_accepted(desk: Desk) -> None:
    first = desk.store(1, fingerprints=(1, 2), text="Copia")
    desk.desk.decide(first.candidate_id, accept(), "ana", 0, NOW)
    better = desk.store(2, "b.example", fingerprints=(1, 2), text="Copia", label=Label.NOT_STATE_MEDIA)
    desk.desk.decide(first.candidate_id, Draft(Move.EDIT, "2026-11", "russia", "New."), "ana", 1, NOW)
    (entry,) = desk.desk.entries("2026-11")
    assert (entry.article_id, entry.other_outlets) == (first.article_id, ("b",))
    desk.desk.decide(first.candidate_id, Draft(Move.EDIT, "2026-11", "russia", "New.", better.article_id), "ana", 2, NOW)
    assert desk.desk.entries("2026-11")[0].article_id == better.article_id


def test_the_last_decision_of_an_editor_is_the_one_that_counts(desk: Desk) -> None:
    first, second = desk.candidate(1), desk.candidate(2)
    assert desk.desk.last_decision_of("ana") is None
    kept = desk.desk.decide(first, REJECT, "ana", 0, NOW)
    desk.desk.decide(second, hold(), "ana", 0, NOW)
    desk.desk.decide(second, UNDO, "luis", 1, NOW)
    assert desk.desk.last_decision_of("ana") == kept and desk.desk.last_decision_of("luis") is None


@pytest.mark.parametrize("decided", ["old", "young", "neither"])
def test_merging_stories_keeps_the_decided_candidate(desk: Desk, decided: str) -> None:
    old = desk.candidate(1, fingerprints=(1, 2), text="Copia")
    young = desk.candidate(2, "b.example", fingerprints=(3, 4), text="Copia")
    keeper = young if decided == "young" else old
    if decided != "neither":
        desk.desk.decide(keeper, REJECT, "ana", 0, NOW)
    both = desk.store(3, "c.example", fingerprints=(1, 2, 3, 4), text="Copia")
    assert both.candidate_id == keeper
    for candidate in (old, young):
        view = desk.desk.candidate(candidate)
        assert (view.candidate_id, len(view.others), len(view.decisions)) == (keeper, 2, decided != "neither")
    facets = desk.desk.queue(QUEUE).facets.states
    assert facets == {"waiting" if decided == "neither" else "rejected": 1}
    if decided != "neither":
        with pytest.raises(OutdatedView, match="ana rejected"):
            desk.desk.decide(old if decided == "young" else young, accept(), "luis", 0, NOW)


def test_merging_two_decided_candidates_loses_neither(desk: Desk) -> None:
    old = desk.candidate(1, fingerprints=(1, 2), text="Copia")
    young = desk.candidate(2, "b.example", fingerprints=(3, 4), text="Copia")
    for candidate in (old, young):
        desk.desk.decide(candidate, accept(), "ana", 0, NOW)
    desk.store(3, "c.example", fingerprints=(1, 2, 3, 4), text="Copia")
    assert [entry.candidate_id for entry in desk.desk.entries("2026-11")] == [old, young]
    assert len(desk.desk.candidate(young).others) == 2


def test_narratives_keep_their_history(desk: Desk) -> None:
    for text in ("First", "Second", "Second"):
        desk.desk.write_narrative("2026-11", "russia", text, "ana", NOW)
    desk.desk.write_narrative("2026-11", "iran", "Iran", "ana", NOW)
    desk.desk.write_narrative("2026-11", "iran", " ", "ana", NOW)
    assert desk.desk.narratives("2026-11") == {"russia": "Second"} and desk.desk.narratives("2026-12") == {}
    with desk.database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM narratives")) == 4


def test_the_revision_counts_contents_not_files(desk: Desk) -> None:
    def export(month: str = "2026-11") -> int:
        return desk.desk.log_export(month, "md", "ana", "waived", ["too much"], NOW)

    candidate = desk.candidate(1)
    assert [desk.desk.revision("2026-11"), export(), export(), export("2026-12")] == [1, 1, 1, 1]
    desk.desk.decide(candidate, accept(), "ana", 0, NOW)
    assert [desk.desk.revision("2026-11"), export(), export(), desk.desk.revision("2026-11")] == [2, 2, 2, 2]
    desk.desk.write_narrative("2026-11", "russia", "Text", "ana", NOW)
    assert [export(), export("2026-12")] == [3, 1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.sampled_from(list(Move)), max_size=12),
    months=st.lists(st.sampled_from(["2026-11", "2026-12"]), min_size=12, max_size=12),
)
def test_the_projection_is_the_fold(desk: Desk, moves: list[Move], months: list[str]) -> None:
    candidate = desk.candidate(f"{later().timestamp()}-{_next()}")
    for number, (move, month) in enumerate(zip(moves, months, strict=False)):
        standing = desk.desk.candidate(candidate).standing
        if move not in LEGAL[standing.state]:
            continue
        draft = Draft(move, month, "russia", f"Report {number}", None, "why", TODAY + timedelta(days=number))
        desk.desk.decide(candidate, draft, "ana", standing.count, NOW)
    standing = fold(desk.desk.candidate(candidate).decisions)
    with desk.database.reading() as connection:
        row = connection.execute(sa.select(candidates).where(candidates.c.id == candidate)).mappings().one()
    current = standing.current
    accepted = current.draft if current and standing.state is State.ACCEPTED else None
    assert (row["state"], row["decision_count"]) == (standing.state, standing.count)
    assert row["current_decision_id"] == (current.id if current else None)
    assert row["held_until"] == (current.draft.until if current and standing.state is State.HELD else None)
    assert (row["edition"], row["report"]) == ((accepted.edition, accepted.report) if accepted else (None, None))
    assert desk.desk.rebuild_projection() == 0


def test_a_spoilt_projection_is_rebuilt_from_the_log(desk: Desk) -> None:
    accepted, waiting = desk.candidate(1), desk.candidate(2)
    desk.desk.decide(accepted, accept(), "ana", 0, NOW)
    before = desk.desk.entries("2026-11")
    with desk.database.writing() as connection:
        connection.execute(sa.update(candidates).values(state="rejected", edition=None, report="spoilt", position=0.5))
    assert desk.desk.rebuild_projection() == 2
    assert desk.desk.entries("2026-11") == before and desk.desk.queue(QUEUE).items[0].candidate_id == waiting


_numbers = iter(range(10**9))


def _next() -> int:
    return next(_numbers)
