"""Documents made of odd values only: no parser raises, and what it gives can be kept."""

from __future__ import annotations

from collections import Counter

import pytest

from newsdesk.addresses import absolute
from newsdesk.errors import BadAddress
from spiders.paging import page_number, paged
from tests.hostile.made import ADDRESSES, made
from tests.hostile.running import told

COUNT = 900


@pytest.mark.parametrize("share", range(6))
def test_odd_values_in_every_place_end_in_a_value(share: int) -> None:
    ends: Counter[str] = Counter()
    for number in range(share, COUNT, 6):
        reader, document = made(number, 9309)
        try:
            ends[told(reader, document).outcome] += 1
        except Exception as error:
            raise AssertionError(f"{reader} on document {number} at {document.address[:80]}: {document.body[:2000]!r}") from error
    assert len(ends) >= 4


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_with_odd_numbers_have_a_page_number(address: str) -> None:
    assert page_number(address) >= 1
    assert paged(address).startswith(address[:20])


def test_an_address_with_half_a_character_is_none() -> None:
    with pytest.raises(BadAddress, match="half a character"):
        absolute("https://faro.example/", "/\ud800")


def test_a_document_can_be_made_again() -> None:
    assert all(made(number, 1) == made(number, 1) for number in range(50))
