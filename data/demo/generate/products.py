"""Writes products.csv from the range files: `python data/demo/generate/products.py`."""

from __future__ import annotations

import csv
import io

from assortment import SHOP, columns, variants


def products_csv() -> str:
    """The whole file as text, lines ended by a line feed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(variant.row for variant in variants())
    return text.getvalue()


if __name__ == "__main__":
    (SHOP / "products.csv").write_text(products_csv(), "utf-8", newline="")
