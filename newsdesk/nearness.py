"""Which stored articles mean nearly the same as an arriving one: a look-up whose cost does not grow with the archive.

Articles lie in blocks of days, so that what was published long before or after is not touched; within a block they lie in
cells of like meaning, each split in two when it is full. A look-up reads the cells of its days, the nearest first, and stops
after ``ROWS_READ`` rows. While the days hold fewer, which is a desk's daily life, it reads them all and misses nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

WINDOW_DAYS = 7  # an event is told anew for a week; what comes later is seldom a report of it, and often another event
BLOCK_DAYS = 4
CELL_ROWS = 1024
ROWS_READ = 12_288
SKETCH_WIDTH = 96  # principal directions kept: cosines of sentence vectors then err by .02 (512 wide, measured)
LEARN_AT = 2048  # rows after which the principal directions are learned; before that vectors are kept whole
SHORTLIST = 40  # nearest articles that are compared in earnest
FLOOR = 0.3  # approximate cosine; nine in ten of all pairs lie below it, reports of one event hardly ever
MOST_ROWS = 400_000  # about 160 MB; beyond, the block of days that nobody asked for longest is let go


@dataclass(frozen=True)
class Near:
    """A stored article and its approximate cosine (-1 to 1) with the one asked for."""

    article_id: int
    cosine: float


class _Cell:
    """Up to ``CELL_ROWS`` articles of like meaning: growing arrays of ids, days (ordinals) and sketches."""

    def __init__(self, width: int) -> None:
        self.size = 0
        self.ids = np.empty(16, dtype=np.int64)
        self.days = np.empty(16, dtype=np.int32)
        self.rows = np.empty((16, width), dtype=np.float32)
        self._sum = np.zeros(width, dtype=np.float32)
        self._centre: Vector | None = None

    @property
    def centre(self) -> Vector:
        """The mean direction, of unit length."""
        if self._centre is None:
            self._centre = _unit(self._sum)
        return self._centre

    def add(self, article_id: int, day: int, row: Vector) -> None:
        if self.size == len(self.ids):
            self.ids, self.days, self.rows = (np.concatenate([part, np.empty_like(part)]) for part in (self.ids, self.days, self.rows))
        self.ids[self.size], self.days[self.size], self.rows[self.size] = article_id, day, row
        self._sum += row
        self._centre = None
        self.size += 1

    def without(self, article_ids: NDArray[np.int64]) -> _Cell:
        kept = _Cell(self.rows.shape[1])
        for at in np.flatnonzero(~np.isin(self.ids[: self.size], article_ids)):
            kept.add(int(self.ids[at]), int(self.days[at]), self.rows[at])
        return kept

    def halves(self) -> list[_Cell]:
        """Two cells by two-means, begun at the row that is least like the centre and the row least like that one."""
        rows = self.rows[: self.size]
        first = rows[np.argmin(_dots(rows, self.centre))]
        centres = np.stack([first, rows[np.argmin(_dots(rows, first))]])
        for _ in range(4):
            side = (_dots(rows, centres[1]) > _dots(rows, centres[0])).astype(np.int8)
            if side.all() or not side.any():
                side = (np.arange(self.size) % 2).astype(np.int8)  # all alike: any halves will do
            centres = np.stack([_unit(rows[side == number].sum(axis=0)) for number in (0, 1)])
        made = [_Cell(rows.shape[1]), _Cell(rows.shape[1])]
        for at in range(self.size):
            made[side[at]].add(int(self.ids[at]), int(self.days[at]), rows[at])
        return made


def direction_of(meaning: Vector) -> Vector:
    """One vector of unit length for the rows of a telling's meaning, shape (rows, width)."""
    return _unit(meaning.sum(axis=0))


class NearTellings:
    """Sketches of stored vectors by day. Days are ordinals (``date.toordinal``), vectors of unit length and one encoder."""

    def __init__(self, window_days: int = WINDOW_DAYS, most_rows: int = MOST_ROWS) -> None:
        self.window_days = window_days
        self.size = 0
        self._most_rows = most_rows
        self._basis: Vector | None = None
        self._whole: list[tuple[int, int, Vector]] = []
        self._blocks: OrderedDict[int, list[_Cell]] = OrderedDict()

    def learn(self, sample: Vector) -> None:
        """Take the principal directions of these vectors (shape (rows, width)); only before anything was added."""
        directions = np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :SKETCH_WIDTH]
        self._basis = np.ascontiguousarray(directions, dtype=np.float32)

    def blocks_around(self, day: int) -> range:
        """Numbers of the blocks of days (day // BLOCK_DAYS) that a look-up for a day reads."""
        return range((day - self.window_days) // BLOCK_DAYS, (day + self.window_days) // BLOCK_DAYS + 1)

    def holds(self, number: int) -> bool:
        """Whether a block is in memory: begun, and not let go since."""
        return number in self._blocks

    def begin(self, number: int) -> None:
        """Hold a block from now on; its articles are then added one by one."""
        self._blocks.setdefault(number, [])

    def add(self, article_id: int, day: int, vector: Vector) -> None:
        """Enter an article. A vector of zeros (nothing to go by) is not entered."""
        if not vector.any():
            return
        if self._basis is None:
            self._whole.append((article_id, day, vector))
            if len(self._whole) == LEARN_AT:
                self._settle()
        self._enter(article_id, day, self._sketch(vector))

    def drop(self, article_ids: Iterable[int]) -> None:
        """Forget articles, such as those of a transaction that was rolled back."""
        gone = np.array(sorted(article_ids), dtype=np.int64)
        if not len(gone):
            return
        self._whole = [one for one in self._whole if one[0] not in gone]
        for cells in self._blocks.values():
            for number, cell in enumerate(cells):
                if np.isin(cell.ids[: cell.size], gone).any():
                    cells[number] = cell.without(gone)
                    self.size -= cell.size - cells[number].size

    def near(self, vector: Vector, day: int, limit: int, floor: float) -> list[Near]:
        """At most ``limit`` articles of the days around with a cosine of at least ``floor``, the nearest first."""
        if not vector.any() or not self.size:
            return []
        sketch = self._sketch(vector)
        cells = self._cells_to_read(sketch, day)
        if not cells:
            return []
        cosines = np.concatenate([_dots(cell.rows[: cell.size], sketch) for cell in cells])
        days = np.concatenate([cell.days[: cell.size] for cell in cells])
        near = np.flatnonzero((cosines >= floor) & (np.abs(days - day) <= self.window_days))
        if len(near) > limit:
            near = near[np.argpartition(-cosines[near], limit - 1)[:limit]]
        ids = np.concatenate([cell.ids[: cell.size] for cell in cells])[near]
        ordered = np.lexsort((ids, -cosines[near]))
        return [Near(int(ids[at]), float(cosines[near[at]])) for at in ordered]

    def _cells_to_read(self, sketch: Vector, day: int) -> Sequence[_Cell]:
        cells = [cell for number in self.blocks_around(day) for cell in self._used(number) if cell.size]
        if sum(cell.size for cell in cells) <= ROWS_READ:
            return cells
        likeness = _dots(np.stack([cell.centre for cell in cells]), sketch)
        ordered = [cells[at] for at in np.argsort(-likeness)]
        read = int(np.searchsorted(np.cumsum([cell.size for cell in ordered]), ROWS_READ)) + 1
        return ordered[:read]

    def _used(self, number: int) -> Iterator[_Cell]:
        if number in self._blocks:
            self._blocks.move_to_end(number)
            yield from self._blocks[number]

    def _enter(self, article_id: int, day: int, sketch: Vector) -> None:
        number = day // BLOCK_DAYS
        cells = self._blocks.setdefault(number, [])
        self._blocks.move_to_end(number)
        if not cells:
            cells.append(_Cell(len(sketch)))
        at = 0 if len(cells) == 1 else int(np.argmax(_dots(np.stack([cell.centre for cell in cells]), sketch)))
        cells[at].add(article_id, day, sketch)
        self.size += 1
        if cells[at].size > CELL_ROWS:
            cells[at : at + 1] = cells[at].halves()
        while self.size > self._most_rows and len(self._blocks) > 1:
            self.size -= sum(cell.size for cell in self._blocks.popitem(last=False)[1])

    def _sketch(self, vector: Vector) -> Vector:
        return vector if self._basis is None else _unit(np.einsum("i,ij->j", vector, self._basis))

    def _settle(self) -> None:
        """Learn the directions from what was kept whole so far, and enter it anew, shorter."""
        kept, self._whole = self._whole[:-1], []
        self.learn(np.stack([vector for _, _, vector in kept]))
        for number in self._blocks:
            self._blocks[number] = []
        self.size = 0
        for article_id, day, vector in kept:
            self._enter(article_id, day, self._sketch(vector))


def _dots(rows: Vector, vector: Vector) -> Vector:
    """Their dot products, without the threads that a matrix product would start and wait for: 20 ms on a busy machine."""
    return np.asarray(np.einsum("ij,j->i", rows, vector), dtype=np.float32)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
