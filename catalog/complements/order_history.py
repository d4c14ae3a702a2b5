"""All that must be remembered of past orders to count them anew, or only what came since.

An order is known by a hash of its id, so that one that is sent again is not counted again; a customer likewise.
No id of either is kept, but whoever has an id can still look it up: keep the file as the orders themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from catalog.domain.errors import IndexUnusable

Keys = npt.NDArray[np.uint64]
Longs = npt.NDArray[np.int64]
_ARRAYS = ("orders", "customers", "times", "starts", "items")


@dataclass(frozen=True)
class OrderHistory:
    """Which order held which products, each once. Row n of `orders`, `customers` and `times` is one order.

    `orders` and `customers` are 64-bit keys, 0 for an unknown customer; `times` are seconds since 1970 in UTC,
    0 where unknown. `items[starts[n]:starts[n + 1]]` are the ascending places in `products` of what it held.
    """

    products: tuple[str, ...]
    orders: Keys
    customers: Keys
    times: Longs
    starts: Longs
    items: npt.NDArray[np.int32]

    @property
    def newest(self) -> int:
        """The time of the newest order; 0 without any."""
        return int(self.times.max(initial=0))

    def order_of_items(self) -> Longs:
        """The row of the order that each of `items` is of."""
        return np.repeat(np.arange(len(self.orders)), np.diff(self.starts))


@dataclass(frozen=True)
class PlacedOrder:
    """One order as the live shop knows it; `customer_id` is empty where nobody is known."""

    order_id: str
    customer_id: str
    placed_at: datetime | None
    product_ids: tuple[str, ...]


def key_of(text: str) -> int:
    """The 64-bit key of an id; 0 for none. Two of a million ids meet with a chance of 3 in 100 million."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") if text else 0


def history_of(lines: pl.DataFrame) -> OrderHistory:
    """The history of order lines as `read_orders` gives them; customer_id and timestamp may be lacking.

    An order is as old as its newest line and its customer's is the first that it names.
    """
    unknown = {"customer_id": pl.lit(""), "timestamp": pl.lit(None, pl.Datetime("us"))}
    lines = lines.with_columns(value.alias(name) for name, value in unknown.items() if name not in lines.columns)
    named = pl.col("customer_id").filter(pl.col("customer_id") != "").first().fill_null("")
    newest = pl.col("timestamp").max().dt.epoch("s").fill_null(0)
    orders = lines.group_by("order_id", maintain_order=True).agg(named, newest).with_row_index("order")
    products = lines.select(pl.col("product_id").unique(maintain_order=True)).with_row_index("product")
    numbered = (
        lines.select("order_id", "product_id")
        .join(orders.select("order_id", "order"), on="order_id", how="left")
        .join(products, on="product_id", how="left")
    )
    rows, items = numbered["order"].to_numpy(), numbered["product"].to_numpy()
    starts, held = _grouped(rows.astype(np.int64), items.astype(np.int64), len(orders), len(products))
    return OrderHistory(
        tuple(products["product_id"].to_list()), _keys(orders["order_id"].to_list()),
        _keys(orders["customer_id"].to_list()), orders["timestamp"].to_numpy().astype(np.int64), starts, held,
    )  # fmt: skip


def history_of_placed(orders: Iterable[PlacedOrder]) -> OrderHistory:
    """The history of orders that the live shop took, for `merged` and `counts.update`."""
    rows = [
        (order.order_id, product_id, order.customer_id, order.placed_at)
        for order in orders
        for product_id in order.product_ids
    ]
    texts = dict.fromkeys(("order_id", "product_id", "customer_id"), pl.String())
    schema = {**texts, "timestamp": pl.Datetime("us", "UTC")}
    return history_of(pl.DataFrame(rows, schema=schema, orient="row"))


def _keys(texts: Sequence[str]) -> Keys:
    return np.array([key_of(text) for text in texts], dtype=np.uint64)


def _grouped(rows: Longs, items: Longs, orders: int, products: int) -> tuple[Longs, npt.NDArray[np.int32]]:
    """(starts, items): the distinct items of each order, ascending."""
    pairs = np.sort(rows * max(products, 1) + items)
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    order_rows, held = np.divmod(pairs, max(products, 1))
    starts = np.zeros(orders + 1, np.int64)
    np.cumsum(np.bincount(order_rows, minlength=orders), out=starts[1:])
    return starts, held.astype(np.int32)


def merged(history: OrderHistory, newer: OrderHistory) -> OrderHistory:
    """Both together, as if their lines had been read at once. Orders and products of `history` keep their rows.

    Lines that are known already change nothing, so an order may be sent again, whole or with more lines.
    """
    # A dict keeps the order in which products were first named.
    products = tuple(dict.fromkeys((*history.products, *newer.products)))
    place = {product: row for row, product in enumerate(products)}
    item_of = np.array([place[product] for product in newer.products], dtype=np.int64)
    row_of = _rows_of(newer.orders, history.orders)
    new = row_of >= len(history.orders)
    rows = np.concatenate((history.order_of_items(), row_of[newer.order_of_items()]))
    items = np.concatenate((history.items.astype(np.int64), item_of[newer.items]))
    customers = np.concatenate((history.customers, newer.customers[new]))
    times = np.concatenate((history.times, newer.times[new]))
    customers[row_of] = np.where(customers[row_of] == 0, newer.customers, customers[row_of])
    times[row_of] = np.maximum(times[row_of], newer.times)
    orders = np.concatenate((history.orders, newer.orders[new]))
    return OrderHistory(products, orders, customers, times, *_grouped(rows, items, len(orders), len(products)))


def _rows_of(wanted: Keys, known: Keys) -> Longs:
    """The row of each wanted key among the known ones; those that are new get the rows after them, in order."""
    rows = np.full(len(wanted), -1, dtype=np.int64)
    if len(known):
        ranked = np.argsort(known, kind="stable")
        found = np.minimum(np.searchsorted(known, wanted, sorter=ranked), len(known) - 1)
        rows = np.where(known[ranked[found]] == wanted, ranked[found], -1)
    new = rows < 0
    rows[new] = len(known) + np.arange(int(new.sum()))
    return rows


def save_history(path: Path, history: OrderHistory) -> None:
    """Write as .npz; `load_history` reads it back unchanged."""
    arrays = {name: getattr(history, name) for name in _ARRAYS}
    np.savez(path, products=np.array(history.products, dtype=np.str_), **arrays)


def load_history(path: Path) -> OrderHistory:
    """Read what `save_history` wrote. Raises IndexUnusable."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return OrderHistory(tuple(kept["products"].tolist()), *(kept[name] for name in _ARRAYS))
    except (OSError, ValueError, KeyError) as error:
        raise IndexUnusable(f"{path}: the order history cannot be read; run `pairwell index` ({error})") from None
