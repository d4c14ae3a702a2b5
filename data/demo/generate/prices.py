"""Writes prices.csv, what is on sale and what it cost before: `python data/demo/generate/prices.py`."""

from __future__ import annotations

import csv
import io

from assortment import SALE_FROM, SHOP, Variant, variants

COLUMNS = ("product_id", "price", "sale_price", "valid_from", "valid_until")
# The first orders are of this day.
OPENED = "2025-01-01"


def _rows(variant: Variant) -> list[dict[str, str]]:
    price, sale_price = variant.row["price"], variant.row["sale_price"]
    before = {"product_id": variant.id, "price": price, "valid_from": OPENED}
    return [before, {**before, "sale_price": sale_price, "valid_from": SALE_FROM.date().isoformat()}]


def prices_csv() -> str:
    """The whole file as text, lines ended by a line feed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for variant in variants():
        if variant.row["sale_price"]:
            writer.writerows(_rows(variant))
    return text.getvalue()


if __name__ == "__main__":
    (SHOP / "prices.csv").write_text(prices_csv(), "utf-8", newline="")
