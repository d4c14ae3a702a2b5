"""How often things are bought together: in how many orders, how lately, by how many customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from catalog.complements.lift import lift, lower_lift

# Product id -> what it is counted as.
UnitOf = Mapping[str, str]
Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counting:
    """What is counted. All times are relative to the newest order: the clock is never asked.

    `least`: pairs with fewer orders together are left out. `half_life_days`: after so long an order counts half
    in the decayed counts. `session_gap_minutes`: orders of one known customer that follow each other within it
    count as one; 0 counts each order. `window_days`: only orders less than so old count; 0 counts all.
    """

    least: int = 1
    half_life_days: float = 180.0
    session_gap_minutes: int = 0
    window_days: int = 0

    def __post_init__(self) -> None:
        if self.least < 1 or self.half_life_days <= 0 or self.session_gap_minutes < 0 or self.window_days < 0:
            raise ValueError(f"{self}: least and half_life_days must be above 0, the others not below")


@dataclass(frozen=True)
class PairCounts:
    """All that is counted of two units. `recent_*` are the decayed counts; `customers_*` count who ever bought
    them, in whichever orders, an order without a customer as a customer of its own."""

    together: int
    first_orders: int
    second_orders: int
    orders: int
    recent_together: float
    recent_first: float
    recent_second: float
    recent_orders: float
    customers_together: int
    first_customers: int
    second_customers: int
    customers: int

    @property
    def lift(self) -> float:
        """How many times more often than by chance orders hold both."""
        return float(lift(self.together, self.first_orders, self.second_orders, self.orders))

    @property
    def lower_lift(self) -> float:
        """The lower 95 % confidence bound of `lift`."""
        return float(lower_lift(self.together, self.first_orders, self.second_orders, self.orders))

    @property
    def lower_customer_lift(self) -> float:
        """The lower 95 % confidence bound of the same lift among customers: fifty orders of one are one."""
        return float(lower_lift(self.customers_together, self.first_customers, self.second_customers, self.customers))


@dataclass(frozen=True)
class CoPurchases:
    """Counts over `orders` distinct orders. `units` are what was counted: products, groups of variants or kinds.

    `together` is symmetric with an empty diagonal; `recent_together` (decayed) and `customers_together` share its
    rows and columns. `order_counts`, `recent_counts` and `customer_counts` are those of single units. A decayed
    count sums 2^(-age / half life) over the orders, with ages against `newest` (seconds since 1970).
    """

    units: tuple[str, ...]
    orders: int
    order_counts: Counts
    together: sparse.csr_array
    counting: Counting
    newest: int
    recent_orders: float
    recent_counts: Weights
    recent_together: sparse.csr_array
    customers: int
    customer_counts: Counts
    customers_together: sparse.csr_array

    @cached_property
    def number(self) -> dict[str, int]:
        """Unit -> its row."""
        return {unit: row for row, unit in enumerate(self.units)}

    def orders_of(self, unit: str) -> int:
        """Distinct orders that held the unit."""
        row = self.number.get(unit)
        return 0 if row is None else int(self.order_counts[row])

    def partners(self, unit: str) -> list[tuple[str, int]]:
        """(other unit, orders that held both), in no particular order."""
        row = self.number.get(unit)
        if row is None:
            return []
        begin, end = self.together.indptr[row], self.together.indptr[row + 1]
        columns, counts = self.together.indices[begin:end], self.together.data[begin:end]
        return [(self.units[int(column)], int(count)) for column, count in zip(columns, counts, strict=True)]

    def pair(self, first: str, second: str) -> PairCounts | None:
        """All counts of two units; None where one was never bought or their orders together were left out."""
        a, b = self.number.get(first), self.number.get(second)
        if a is None or b is None:
            return None
        begin, end = self.together.indptr[a], self.together.indptr[a + 1]
        place = begin + int(np.searchsorted(self.together.indices[begin:end], b))
        if place == end or self.together.indices[place] != b:
            return None
        return PairCounts(
            int(self.together.data[place]), int(self.order_counts[a]), int(self.order_counts[b]), self.orders,
            float(self.recent_together.data[place]), float(self.recent_counts[a]), float(self.recent_counts[b]),
            self.recent_orders, int(self.customers_together.data[place]), int(self.customer_counts[a]),
            int(self.customer_counts[b]), self.customers,
        )  # fmt: skip
