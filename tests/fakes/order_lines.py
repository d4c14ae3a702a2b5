"""Order lines written as small tables, and as hypothesis draws them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import strategies as st

from catalog.feed.order_values import TIME

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
# (order, product, customer, day or None where no time is known)
Line = tuple[str, str, str, float | None]

LINES: st.SearchStrategy[list[Line]] = st.lists(
    st.tuples(
        st.sampled_from("1234567"),
        st.sampled_from("abcdef"),
        st.sampled_from(["", "x", "y", "z"]),
        st.one_of(st.none(), st.integers(0, 40).map(lambda half_days: half_days / 2)),
    ),
    max_size=30,
)


def frame(lines: list[Line]) -> pl.DataFrame:
    """The frame that `read_orders` would give of these lines."""
    rows = [
        (order, product, customer, None if day is None else FIRST_DAY + timedelta(days=day))
        for order, product, customer, day in lines
    ]
    texts = dict.fromkeys(("order_id", "product_id", "customer_id"), pl.String())
    return pl.DataFrame(rows, schema={**texts, "timestamp": TIME}, orient="row")


def table(text: str) -> pl.DataFrame:
    """One order a line: "id customer day: products"; "-" where customer or day is not known."""
    lines: list[Line] = []
    for row in text.strip().splitlines():
        head, products = row.split(":")
        order, customer, day = head.split()
        known = None if day == "-" else float(day)
        lines += [(order, product, customer.strip("-"), known) for product in products.split()]
    return frame(lines)
