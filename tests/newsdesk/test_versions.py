"""When a page is read again, and what differs between two readings of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.versions import MOST_TRIES, STEPS, Change, changes_between, difference, next_reading, overlap, same_words

STORED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "El ministro de Energía firmó el lunes en Caracas un acuerdo con una empresa rusa.\nLa oposición lo rechaza y pide cifras."


def schedule(answers_late_by: timedelta = timedelta()) -> list[timedelta]:
    """When a page would be read, counted from the moment it was stored."""
    read_at, read = STORED, []
    while (then := next_reading(STORED, read_at)).due_at is not None:
        read_at = then.due_at + answers_late_by
        read.append(then.due_at - STORED)
    return read


def test_the_schedule_fades_and_ends() -> None:
    assert schedule() == list(STEPS) == [HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR]
    assert "7 d after" in next_reading(STORED, STORED + timedelta(days=2)).reason


def test_one_reading_answers_every_step_that_passed() -> None:
    assert next_reading(STORED, STORED + timedelta(days=3)).due_at == STORED + timedelta(days=7)
    assert next_reading(STORED, STORED + timedelta(days=9)).due_at is None


@given(late=st.timedeltas(timedelta(), timedelta(days=20)), failures=st.integers(0, 6))
def test_a_next_reading_lies_ahead_and_there_are_few(late: timedelta, failures: int) -> None:
    read_at = STORED + late
    then = next_reading(STORED, read_at, failures)
    assert then.due_at is None or then.due_at > read_at
    assert len(schedule(late)) <= len(STEPS)


def test_a_failed_reading_is_tried_again_soon_but_not_for_ever() -> None:
    read_at, failures, waits = STORED + 6 * HOUR, 0, []
    for _ in range(MOST_TRIES):
        failures += 1
        then = next_reading(STORED, read_at, failures)
        assert then.due_at is not None
        waits.append(then.due_at - read_at)
        read_at, failures = then.due_at, then.failures
    assert waits[:2] == [HOUR / 2, HOUR] and read_at == STORED + 24 * HOUR and failures == 0


def test_a_failure_at_the_last_step_is_tried_again_and_then_left() -> None:
    read_at = STORED + timedelta(days=7)
    assert next_reading(STORED, read_at, 1).due_at == read_at + HOUR / 2
    assert next_reading(STORED, read_at, MOST_TRIES).due_at is None


def sides(old: str, new: str) -> tuple[str, str]:
    pieces = difference(old, new)
    return (
        "".join(piece.text for piece in pieces if piece.change is not Change.ADDED),
        "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED),
    )


words = st.lists(st.sampled_from(["uno", "dos", " ", "\n", ".", "Ñ", "tres 3", "  ", "\r\n", "\u2028"]), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(old=words | st.text(max_size=80), new=words | st.text(max_size=80))
def test_a_difference_spells_both_texts(old: str, new: str) -> None:
    assert sides(old, new) == (old, new)
    changes = [piece.change for piece in difference(old, new)]
    assert all(one is not other for one, other in pairwise(changes))


@given(words)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.change for piece in difference(text, text)} <= {Change.KEPT}
    changes = changes_between("t", text, "t", text)
    assert (changes.words_added, changes.words_removed, changes.material) == (0, 0, False)


def test_a_difference_shows_the_words_not_the_paragraph() -> None:
    pieces = difference(TEXT, TEXT.replace("el lunes", "el martes"))
    changed = [(piece.change, piece.text) for piece in pieces if piece.change is not Change.KEPT]
    assert changed == [(Change.REMOVED, "lunes"), (Change.ADDED, "martes")]


def test_words_kept_between_two_changes_do_not_tear_the_sentence() -> None:
    pieces = difference("a b c d e f g h", "a x c y e f g h")
    assert [piece.text for piece in pieces if piece.change is Change.ADDED] == ["x c y"]


@pytest.mark.parametrize("unit", ["de la ", "a", "\n", "x\n", "é "])
def test_hostile_texts_cost_bounded_work(unit: str) -> None:
    old, new = unit * 60_000, ("z" + unit) * 60_000
    began = time.process_time()
    assert sides(old, new) == (old, new)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("new_title", "new_text", "material"),
    [
        ("Un título", TEXT.replace("Energía", "energia").replace(".", " ."), False),
        ("Un título", TEXT.replace("rechaza", "rechazó"), False),
        ("Otro título", TEXT, True),
        ("UN TÍTULO", TEXT, False),
        ("Un título", TEXT + " Murieron 11 personas.", True),
        ("Un título", TEXT + "\nEl presidente anunció además que viajará a Moscú durante la próxima semana.", True),
    ],
)
def test_what_is_material(new_title: str, new_text: str, material: bool) -> None:
    text = TEXT + "\n" + " ".join(f"palabra{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))
    changed = text.replace(TEXT, new_text)
    assert changes_between("Un título", text, new_title, changed).material is material


def test_a_summary_names_figures_and_counts() -> None:
    changes = changes_between("A", "Hubo 8 heridos y 3,5 millones.", "B", "Hubo 11 heridos y 3,5 millones de pérdidas.")
    assert changes.summary == "The title changed; 3 words added, 1 removed; figures changed (−8, +11)."


def test_the_same_words_in_another_order_are_counted() -> None:
    changes = changes_between("A", "uno dos tres cuatro cinco seis", "A", "cuatro cinco seis uno dos tres")
    assert changes.words_added == changes.words_removed > 0


def test_blanks_and_composed_letters_are_no_change() -> None:
    assert same_words("Energía  \n nueva", "Energi\u0301a nueva") and not same_words("Energía", "energía")


def test_two_reports_of_one_language_overlap_little() -> None:
    other = "El presidente de la empresa rusa dijo en Moscú que el acuerdo con el ministro de Energía se firmó en una semana."
    assert overlap(TEXT, TEXT + " Y más.") > 0.9
    assert overlap(TEXT, other) < 0.2
