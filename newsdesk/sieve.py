"""Which of many fingerprints were perhaps met before, told from memory: most of a new text's never were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]

BITS_EACH = 8  # bits for each number expected: when all are in, one stranger in twenty passes, with half of them one in seventy
FEWEST_WIDTH, MOST_WIDTH = 20, 30  # logarithms of the number of bits: 128 KB to 128 MB
# Any odd numbers with mixed bits: the upper bits of a product with them depend on all bits of a fingerprint, which are the
# least of their neighbours and so not evenly spread themselves (Dietzfelbinger and others, 1997).
_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


class Sieve:
    """Numbers (signed 64 bit) of which it can be said that they were surely not added, or perhaps were (Bloom, 1970).

    ``expected`` numbers fit in; beyond, it is ``full`` and passes ever more that were not added.
    """

    def __init__(self, expected: int) -> None:
        self._width = min(max((BITS_EACH * expected).bit_length(), FEWEST_WIDTH), MOST_WIDTH)
        self._bits = np.zeros(2**self._width // 8, dtype=np.uint8)
        self.size = 0

    @property
    def full(self) -> bool:
        """Whether a wider one would be worth its while."""
        return self._width < MOST_WIDTH and BITS_EACH * self.size > 2**self._width

    def add(self, hashes: Hashes) -> None:
        places = self._places(hashes)
        np.bitwise_or.at(self._bits, places >> np.uint64(3), _bit_of(places))
        self.size += len(hashes)

    def passing(self, hashes: Sequence[int]) -> list[int]:
        """Those that were added, and a few that were not."""
        asked = np.array(hashes, dtype=np.int64)
        places = self._places(asked)
        perhaps = (self._bits[places >> np.uint64(3)] & _bit_of(places)).all(axis=0)
        return list(map(int, asked[perhaps]))

    def _places(self, hashes: Hashes) -> NDArray[np.uint64]:
        """Two places for each number: shape (2, numbers)."""
        mixed: NDArray[np.uint64] = hashes.view(np.uint64) * _MIXERS[:, None]
        return mixed >> np.uint64(64 - self._width)


def _bit_of(places: NDArray[np.uint64]) -> NDArray[np.uint8]:
    return np.left_shift(np.uint8(1), (places & np.uint64(7)).astype(np.uint8))
