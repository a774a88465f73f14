"""A sieve never loses what was added, and lets few strangers through."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.sieve import BITS_EACH, FEWEST_WIDTH, Sieve

NUMBERS = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=300)


def least_of_neighbours(count: int, seed: int) -> np.ndarray:
    """Numbers as winnowing leaves them: crowded at the lower end."""
    return np.random.default_rng(seed).integers(-(2**63), 2**63 - 1, size=(20, count), dtype=np.int64).min(axis=0)


@given(NUMBERS, NUMBERS)
def test_what_was_added_passes_in_its_order(added: list[int], others: list[int]) -> None:
    sieve = Sieve(len(added))
    sieve.add(np.array(added[::2], dtype=np.int64))
    sieve.add(np.array(added[1::2], dtype=np.int64))
    asked = [*added, *others]
    passed = sieve.passing(asked)
    assert all(number in passed for number in added)
    assert [number for number in asked if number in set(passed)] == passed


@pytest.mark.parametrize(("share", "strangers"), [(1.0, 0.06), (0.5, 0.02)])
def test_few_strangers_pass(share: float, strangers: float) -> None:
    room = 2**FEWEST_WIDTH // BITS_EACH
    sieve = Sieve(room - 1)
    sieve.add(least_of_neighbours(int(share * room), 1))
    assert not sieve.full
    assert len(sieve.passing(least_of_neighbours(20_000, 2).tolist())) < strangers * 20_000


def test_a_sieve_says_when_it_is_full() -> None:
    sieve = Sieve(0)
    assert sieve.passing([]) == [] and sieve.passing([7]) == []
    sieve.add(least_of_neighbours(2**FEWEST_WIDTH // BITS_EACH + 1, 1))
    assert sieve.full
    assert not Sieve(sieve.size).full
