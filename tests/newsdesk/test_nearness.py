"""Looking up what means nearly the same: exact while days are few, bounded when they are many."""

from __future__ import annotations

import numpy as np
import pytest

from newsdesk import nearness
from newsdesk.nearness import CELL_ROWS, LEARN_AT, ROWS_READ, NearTellings, direction_of

WIDTH = 128
DAY = 738_000


def rows(count: int, seed: int = 1) -> np.ndarray:
    """Unit vectors around a hundred centres."""
    chance = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((100, WIDTH))
    made = centres[chance.integers(0, 100, count)] + 0.8 * chance.standard_normal((count, WIDTH))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def filled(vectors: np.ndarray, days: list[int]) -> NearTellings:
    made = NearTellings()
    for number, (vector, day) in enumerate(zip(vectors, days, strict=True)):
        made.add(number, day, vector)
    return made


def test_the_nearest_come_first_with_their_cosines() -> None:
    vectors = rows(300)
    found = filled(vectors, [DAY] * 300).near(vectors[7], DAY, 5, 0.0)
    exact = vectors @ vectors[7]
    assert [one.article_id for one in found] == np.argsort(-exact)[:5].tolist()
    assert found[0].cosine == pytest.approx(1.0, abs=1e-5)
    assert all(one.cosine == pytest.approx(exact[one.article_id], abs=1e-5) for one in found)


def test_days_outside_the_window_and_what_is_less_near_than_the_floor_are_not_found() -> None:
    vectors = rows(1).repeat(4, axis=0)
    made = filled(vectors, [DAY, DAY - 7, DAY + 8, DAY + 400])
    assert {one.article_id for one in made.near(vectors[0], DAY, 10, 0.5)} == {0, 1}
    assert made.near(-vectors[0], DAY, 10, 0.5) == []


def test_shortened_vectors_find_the_same_articles() -> None:
    vectors = rows(LEARN_AT + 2000)
    made = filled(vectors, [DAY + number % 5 for number in range(len(vectors))])
    for number in range(0, len(vectors), 97):
        exact = set(np.argsort(-(vectors @ vectors[number]))[:10].tolist())
        found = [one.article_id for one in made.near(vectors[number], DAY + 2, 40, 0.3)]
        assert found[0] == number
        assert len(exact & set(found)) >= 9


def test_a_look_up_reads_a_bounded_number_of_rows_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = rows(40_000)
    made = filled(vectors, [DAY] * len(vectors))
    read = made._cells_to_read(made._sketch(vectors[0]), DAY)
    assert sum(cell.size for cell in read) <= ROWS_READ + CELL_ROWS
    found = sum(made.near(vectors[number], DAY, 3, 0.3)[0].article_id == number for number in range(0, 40_000, 400))
    assert found >= 98


def test_what_was_rolled_back_is_forgotten() -> None:
    vectors = rows(50)
    made = filled(vectors, [DAY] * 50)
    made.drop([3, 49])
    assert made.size == 48
    assert 3 not in {one.article_id for one in made.near(vectors[3], DAY, 50, -1.0)}
    made.add(3, DAY, vectors[10])
    assert {one.article_id for one in made.near(vectors[10], DAY, 2, 0.9)} == {3, 10}


def test_memory_is_bounded_and_the_days_nobody_asks_for_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = rows(600)
    made = NearTellings(most_rows=400)
    for number, vector in enumerate(vectors):
        made.add(number, DAY + number // 100 * 20, vector)
    assert made.size <= 400
    assert made.near(vectors[599], DAY + 100, 1, 0.9)[0].article_id == 599
    assert made.near(vectors[0], DAY, 1, 0.9) == []


def test_articles_all_alike_fill_cells_too() -> None:
    made = filled(rows(1).repeat(LEARN_AT + 3 * CELL_ROWS, axis=0), [DAY] * (LEARN_AT + 3 * CELL_ROWS))
    assert len(made.near(rows(1)[0], DAY, 20, 0.99)) == 20


def test_nothing_to_go_by_is_near_nothing() -> None:
    made = NearTellings()
    made.add(1, DAY, np.zeros(WIDTH, dtype=np.float32))
    assert made.size == 0
    assert made.near(rows(1)[0], DAY, 5, -1.0) == []


def test_a_telling_has_one_direction() -> None:
    meaning = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    assert direction_of(meaning) == pytest.approx([2**-0.5, 2**-0.5])
    assert not direction_of(np.zeros((2, 4), dtype=np.float32)).any()
    assert nearness.SKETCH_WIDTH < 512
