"""How often products are bought together: distinct orders, counted once and kept with the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from catalog.domain.errors import IndexUnusable

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CoPurchases:
    """Counts over `orders` distinct orders. `units` are what was counted: products, groups of variants or
    kinds. `together` is symmetric with an empty diagonal."""

    units: tuple[str, ...]
    orders: int
    order_counts: Counts
    together: sparse.csr_array

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


def count_together(lines: pl.DataFrame, unit_of: Mapping[str, str], least: int = 1) -> CoPurchases:
    """Count order lines (columns order_id, product_id); each product counts as `unit_of` it.

    Products without a unit are left out, and so are pairs with fewer than `least` orders together.
    """
    mapped = lines.select(
        pl.col("order_id"), pl.col("product_id").replace_strict(dict(unit_of), default=None).alias("unit")
    )
    pairs = mapped.drop_nulls().unique()
    units = tuple(sorted(pairs["unit"].unique().to_list()))
    row_of = {unit: row for row, unit in enumerate(units)}
    columns = pairs["unit"].replace_strict(row_of, return_dtype=pl.Int64).to_numpy() if units else np.zeros(0, np.int64)
    orders = pairs["order_id"].rank("dense").to_numpy().astype(np.int64) - 1
    total = int(orders.max()) + 1 if len(orders) else 0
    baskets = sparse.csr_array((np.ones(len(orders), np.int32), (orders, columns)), shape=(total, len(units)))
    together = sparse.csr_array(baskets.T @ baskets)
    together.setdiag(0)
    together.data[together.data < least] = 0
    together.eliminate_zeros()
    order_counts = np.asarray(baskets.sum(axis=0)).ravel().astype(np.int64)
    return CoPurchases(units, total, order_counts, together)


def save_counts(path: Path, counts: CoPurchases) -> None:
    """Write as .npz; `load_counts` reads it back unchanged."""
    np.savez_compressed(
        path,
        units=np.array(counts.units, dtype=np.str_),
        orders=np.array(counts.orders),
        order_counts=counts.order_counts,
        data=counts.together.data,
        indices=counts.together.indices,
        indptr=counts.together.indptr,
    )


def load_counts(path: Path) -> CoPurchases:
    """Read what `save_counts` wrote. Raises IndexUnusable."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            units = tuple(kept["units"].tolist())
            shape = (len(units), len(units))
            together = sparse.csr_array((kept["data"], kept["indices"], kept["indptr"]), shape=shape)
            return CoPurchases(units, int(kept["orders"]), kept["order_counts"], together)
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnusable(f"{path}: the order counts cannot be read; run `pairwell index` ({error})") from None
