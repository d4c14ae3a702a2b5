"""Counting what is bought together, keeping the counts, and counting only what came since."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from catalog.complements.baskets import Singles, baskets_of, unit_rows, units_of
from catalog.complements.co_purchases import CoPurchases, Counting, UnitOf
from catalog.complements.order_history import OrderHistory, history_of
from catalog.complements.pair_counts import PairCounter, Pairs
from catalog.domain.errors import IndexUnusable

__all__ = ["CoPurchases", "count", "count_together", "from_pairs", "load_counts", "save_counts"]

_PAIRS = ("together", "recent_together", "customers_together")
_ARRAYS = ("order_counts", "recent_counts", "customer_counts")
_NUMBERS = ("orders", "newest", "recent_orders", "customers")


def count(history: OrderHistory, unit_of: UnitOf, counting: Counting | None = None) -> CoPurchases:
    """Count a whole history; each product counts as `unit_of` it, those without a unit are left out."""
    counting = counting or Counting()
    units = units_of(history, unit_of)
    rows = unit_rows(history, unit_of, units)
    baskets = baskets_of(history, rows, len(units), counting)
    return from_pairs(units, counting, history.newest, baskets.singles(), PairCounter(baskets).all(counting.least))


def count_together(lines: pl.DataFrame, unit_of: UnitOf, least: int = 1) -> CoPurchases:
    """Count order lines (columns order_id, product_id and, where known, customer_id and timestamp).

    Pairs with fewer than `least` orders together are left out.
    """
    return count(history_of(lines), unit_of, Counting(least=least))


def from_pairs(units: tuple[str, ...], counting: Counting, newest: int, singles: Singles, pairs: Pairs) -> CoPurchases:
    """The counts of single units and of two."""
    size = len(units)
    indices = (pairs.keys % max(size, 1)).astype(np.int32)
    # scipy gives both the wider type of the two, so they are kept alike.
    narrow = np.int32 if len(indices) <= np.iinfo(np.int32).max else np.int64
    starts = np.searchsorted(pairs.keys, np.arange(size + 1) * size).astype(narrow)

    def matrix(data: Any) -> sparse.csr_array:
        return sparse.csr_array((data, indices, starts), shape=(size, size))

    return CoPurchases(
        units=units,
        counting=counting,
        newest=newest,
        together=matrix(pairs.together),
        # Half the memory, and still seven digits of a sum that decays anyway.
        recent_together=matrix(pairs.recent.astype(np.float32)),
        customers_together=matrix(pairs.customers),
        **vars(singles),
    )


def save_counts(path: Path, counts: CoPurchases) -> None:
    """Write as .npz, not compressed, so that it loads at once; `load_counts` reads it back unchanged."""
    kept: dict[str, Any] = {name: getattr(counts, name) for name in (*_ARRAYS, *_NUMBERS)}
    kept |= {name: _narrow(getattr(counts, name).data) for name in _PAIRS}
    kept |= {"indices": counts.together.indices, "indptr": counts.together.indptr}
    units = np.array(counts.units, dtype=np.str_)
    np.savez(path, units=units, counting=np.array(json.dumps(asdict(counts.counting))), **kept)


def _narrow(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers in two bytes each where they fit; they hardly ever do not."""
    whole = np.issubdtype(values.dtype, np.integer)
    return values.astype(np.uint16) if whole and values.max(initial=0) <= np.iinfo(np.uint16).max else values


def _wide(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return values.astype(np.int32) if np.issubdtype(values.dtype, np.integer) else values


def load_counts(path: Path) -> CoPurchases:
    """Read what `save_counts` wrote. Raises IndexUnusable."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            units = tuple(kept["units"].tolist())
            shape, place = (len(units), len(units)), (kept["indices"], kept["indptr"])
            pairs = {name: sparse.csr_array((_wide(kept[name]), *place), shape=shape) for name in _PAIRS}
            arrays = {name: kept[name] for name in _ARRAYS}
            numbers = {name: kept[name].item() for name in _NUMBERS}
            counting = Counting(**json.loads(kept["counting"].item()))
            return CoPurchases(units=units, counting=counting, **pairs, **arrays, **numbers)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"{path}: the order counts cannot be read; run `pairwell index` ({error})") from None
