"""Counting pairs block by block, so that memory holds what is kept and not all that ever met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.baskets import Baskets
from catalog.complements.co_purchases import Weights
from catalog.complements.order_history import Longs

# Meetings of two units that one block may have; its memory is some 30 bytes for each.
_BLOCK = 8_000_000
# A customer of more units ("walk-in", a wholesaler) meets too many pairs: what is kept is looked up for such.
_MANY_UNITS = 500


@dataclass(frozen=True)
class Pairs:
    """Counts of ordered pairs. `keys` ascend and are first unit * number of units + second unit."""

    keys: Longs
    together: npt.NDArray[np.int32]
    recent: Weights
    customers: npt.NDArray[np.int32]

    def columns(self) -> tuple[npt.NDArray[Any], ...]:
        """All arrays, in the order in which they are declared."""
        return self.keys, self.together, self.recent, self.customers

    def chosen(self, places: Longs) -> Pairs:
        """The pairs at these places."""
        return Pairs(*(column[places] for column in self.columns()))


class PairCounter:
    """Counts the pairs of some baskets."""

    def __init__(self, baskets: Baskets) -> None:
        self._units = int(baskets.held.shape[1])
        self._held = baskets.held.astype(np.complex128)
        self._by_unit = _weighted(self._held, baskets.weights)
        sizes = np.diff(baskets.buyers.indptr)
        self._light = baskets.buyers[np.flatnonzero(sizes <= _MANY_UNITS)]
        self._light_by_unit = _by_unit(self._light)
        self._heavy = _bits(baskets.buyers[np.flatnonzero(sizes > _MANY_UNITS)])
        self._work = _meetings(self._by_unit, self._held) + _meetings(self._light_by_unit, self._light)

    def all(self, least: int) -> Pairs:
        """Every pair of two units with at least `least` baskets together."""
        return joined([self._block(rows, least) for rows in self._blocks(np.arange(self._units))])

    def some(self, keys: Longs) -> Pairs:
        """The given pairs, whether or not they met; `keys` ascend."""
        firsts = keys // max(self._units, 1)
        pieces = []
        for rows in self._blocks(np.unique(firsts)):
            begin, end = np.searchsorted(firsts, rows[0]), np.searchsorted(firsts, rows[-1], side="right")
            wanted = keys[begin:end]
            met = _values(self._by_unit[rows] @ self._held, rows, wanted)
            pieces.append(self._with_customers(rows, wanted, met))
        return joined(pieces)

    def _blocks(self, rows: Longs) -> Iterator[Longs]:
        """Stretches of `rows` of at most `_BLOCK` meetings each, or of one row."""
        done = np.cumsum(self._work[rows])
        first = 0
        while first < len(rows):
            before = int(done[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(done, before + _BLOCK, side="right")))
            yield rows[first:last]
            first = last

    def _block(self, rows: Longs, least: int) -> Pairs:
        met = self._by_unit[rows] @ self._held
        of_rows = np.repeat(rows, np.diff(met.indptr))
        kept = (met.data.real >= least) & (met.indices != of_rows)
        keys = of_rows[kept] * self._units + met.indices[kept]
        ascending = np.argsort(keys)
        return self._with_customers(rows, keys[ascending], met.data[kept][ascending])

    def _with_customers(self, rows: Longs, keys: Longs, met: npt.NDArray[np.complex128]) -> Pairs:
        customers = _values(self._light_by_unit[rows] @ self._light, rows, keys) + self._shared_heavy(keys)
        return Pairs(keys, met.real.astype(np.int32), met.imag.copy(), customers.astype(np.int32))

    def _shared_heavy(self, keys: Longs) -> npt.NDArray[np.int32]:
        """Customers of very many units that bought both."""
        shared = np.zeros(len(keys), np.int32)
        first, second = np.divmod(keys, max(self._units, 1))
        for word in self._heavy:
            shared += np.bitwise_count(word[first] & word[second])
        return shared


def _values(matrix: sparse.csr_array, rows: Longs, keys: Longs) -> Any:
    """The values at `keys` (ascending, first units among `rows`) of a matrix with one row for each of `rows`."""
    matrix.sort_indices()
    found = np.repeat(rows * matrix.shape[1], np.diff(matrix.indptr)) + matrix.indices
    if not len(found):
        return np.zeros(len(keys), matrix.dtype)
    place = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    return np.where(found[place] == keys, matrix.data[place], 0)


def meetings(held: sparse.csr_array, weights: Weights) -> sparse.csr_array:
    """For each pair of units, how many baskets held both (real part) and their weight (imaginary part)."""
    return _weighted(held.astype(np.complex128), weights) @ held


def _weighted(held: sparse.csr_array, weights: Weights) -> sparse.csr_array:
    # Each meeting adds 1 to the real part and the basket's weight to the imaginary one, so that one product of
    # matrices gives both counts.
    by_unit = _by_unit(held)
    by_unit.data += 1j * weights[by_unit.indices]
    return by_unit


def _by_unit(matrix: sparse.csr_array) -> sparse.csr_array:
    return matrix.T.tocsr()


def _meetings(by_unit: sparse.csr_array, rows_of: sparse.csr_array) -> Longs:
    """For each unit, how many units it met, in all rows together."""
    sizes = np.diff(rows_of.indptr).astype(np.int64)
    ones = sparse.csr_array((np.ones(by_unit.nnz, np.int64), by_unit.indices, by_unit.indptr), shape=by_unit.shape)
    return np.asarray(ones @ sizes)


def _bits(buyers: sparse.csr_array) -> npt.NDArray[np.uint64]:
    """One bit for each customer (row): shape (customers / 64, units)."""
    words = np.zeros((-(-buyers.shape[0] // 64), buyers.shape[1]), np.uint64)
    for customer in range(buyers.shape[0]):
        units = buyers.indices[buyers.indptr[customer] : buyers.indptr[customer + 1]]
        words[customer // 64, units] |= np.uint64(1 << customer % 64)
    return words


def joined(pieces: list[Pairs]) -> Pairs:
    """One piece after the other."""
    none = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.int32))
    columns = zip(*(piece.columns() for piece in (*pieces, none)), strict=True)
    return Pairs(*(np.concatenate(column) for column in columns))
