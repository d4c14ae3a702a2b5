"""Sums over pairs of items: in how many orders, how small ones, by how many customers both were bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.ranking.items import Floats
from catalog.complements.ranking.order_matrix import DAY, OrderMatrix

# A few huge orders (a wholesaler's stocking-up) hold most pairs and say least about each.
LARGE_ORDER = 60
LARGE_CUSTOMER = 30
SMALL_ORDER = 12
HALF_LIFE_DAYS = 240.0
# How much less an item of a large order says: 1 / size ** this, as in the two-step random walk of RP3beta
# (Paudel et al. 2016).
_SIZE_DAMPING = 0.8


@dataclass(frozen=True)
class PairSums:
    """(items, items) float32 matrices, symmetric but for `led`, the diagonal being the sums of single items.

    `orders` counts orders, `small` only those of at most `SMALL_ORDER` items. `recent` weighs an order down by age
    and above `LARGE_ORDER` items. `sized` weighs it by its size. `buyers` counts known customers, those with many
    items for less. `led` weighs an order by how dear the row's item was in it: 1 for the dearest, 1/2 for the next
    and so on, and less where it was large.
    """

    orders: Floats
    recent: Floats
    sized: Floats
    buyers: Floats
    led: Floats
    small: Floats


def pair_sums(matrix: OrderMatrix, log_prices: Floats) -> PairSums:
    """All sums over the orders of two items or more; `log_prices` are those of the matrix's columns."""
    several = matrix.chosen(matrix.sizes >= 2)
    sizes = several.sizes.astype(np.float64)
    ages = (matrix.newest - several.times) / DAY
    recent = np.minimum(1.0, LARGE_ORDER / np.maximum(sizes, 1)) * np.exp2(-ages / HALF_LIFE_DAYS)
    bought = _customers(matrix)
    many = np.minimum(1.0, LARGE_CUSTOMER / np.maximum(np.diff(bought.indptr), 1))
    return PairSums(
        _gram(several.held, np.ones(len(sizes))),
        # As many orders in all as there are, so that the regularisation means the same.
        _gram(several.held, recent * (len(recent) / max(float(recent.sum()), 1e-9))),
        _gram(several.held, sizes**-_SIZE_DAMPING),
        _gram(bought, many),
        _led(several, log_prices),
        _gram(several.held, (sizes <= SMALL_ORDER).astype(np.float64)),
    )


def _led(matrix: OrderMatrix, log_prices: Floats) -> Floats:
    """What an order was placed for is its dearest thing, as a rule; the rest went along with it."""
    held, sizes = matrix.held, matrix.sizes
    orders = np.repeat(np.arange(len(matrix)), sizes)
    order = np.lexsort((-log_prices[held.indices], orders))
    rank = np.empty(len(order))
    rank[order] = np.arange(len(order)) - held.indptr[orders[order]] + 1
    leading = (1.0 / rank / np.sqrt(sizes[orders])).astype(np.float32)
    led = sparse.csr_array((leading, held.indices, held.indptr), shape=held.shape).T @ held
    return np.ascontiguousarray(led.todense(), dtype=np.float32)


def _gram(rows: sparse.csr_array, weights: npt.NDArray[np.float64]) -> Floats:
    weighted = sparse.diags_array(weights.astype(np.float32)) @ rows
    return np.ascontiguousarray((rows.T @ weighted).todense(), dtype=np.float32)


def _customers(matrix: OrderMatrix) -> sparse.csr_array:
    """(known customers, items) ones: whatever each ever bought."""
    known = matrix.customers != 0
    _, rows = np.unique(matrix.customers[known], return_inverse=True)
    held = sparse.csr_array(matrix.held[known])
    belongs = sparse.csr_array(
        (np.ones(len(rows), np.float32), (rows, np.arange(len(rows)))), shape=(int(rows.max(initial=-1)) + 1, len(rows))
    )
    bought = sparse.csr_array(belongs @ held)
    bought.data[:] = 1.0
    return bought
