"""Reads `range/*.yml`, where people write the products, and spells out every variant as a row of products.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
SHOP = HERE.parent
CURRENCY = "GBP"
# Sale prices began here; orders before it paid the full price.
SALE_FROM = datetime(2026, 1, 27, tzinfo=UTC)

# Without a word in the range files, a product may be discounted down to this share of its price, in percent.
FLOOR_PERCENT = 70
# What is sent again and again (`subscription_days`) costs this share of today's price each time, in percent.
SUBSCRIPTION_PERCENT = 95

# Columns of Google's product data specification, in the order of the file; further attributes follow.
COLUMNS = [
    "id",
    "title",
    "description",
    "price",
    "sale_price",
    "availability",
    "item_group_id",
    "brand",
    "color",
    "size",
    "material",
    "product_type",
    "image_link",
    "cost_of_goods_sold",
    "auto_pricing_min_price",
]

# Keys of a group that say how to write its rows and do not go into the file themselves.
_ROW_RECIPE = {"id", "group", "bare_first", "title", "about", "price", "sale_price", "colors", "sizes", "stock"}
_RECIPE = _ROW_RECIPE | {"picture", "tint", "cost_percent", "floor_percent"}


@dataclass(frozen=True)
class Variant:
    """One buyable row. `base` is shared by all variants of one article, whether or not it has a group id."""

    base: str
    color: str
    size: str
    row: dict[str, str]

    @property
    def id(self) -> str:
        """The product id."""
        return self.row["id"]

    @property
    def kind(self) -> str:
        """The last part of product_type."""
        return self.row["product_type"].rsplit(">", 1)[-1].strip()

    @property
    def pence(self) -> int:
        """Today's price in pence."""
        return to_pence((self.row["sale_price"] or self.row["price"]).split()[0])


def to_pence(amount: str) -> int:
    """Pence of "12.50". The range files write every price with two decimals."""
    pounds, pence = amount.split(".")
    return int(pounds) * 100 + int(pence)


def money(pence: int) -> str:
    """Google's notation: "12.50 GBP"."""
    return f"{pence // 100}.{pence % 100:02d} {CURRENCY}"


def _percent(pence: int, percent: int) -> int:
    return (2 * pence * percent + 100) // 200


def _suffix(value: str) -> str:
    # "100 g" becomes 100G and "1.5 L" 1-5L: a variant's id stays one word.
    return re.sub(r"[^A-Z0-9]+", "-", value.upper().replace(" ", "")).strip("-")


def _variant(kind: dict[str, Any], group: dict[str, Any], color: str, size: str, price: str, first: bool) -> Variant:
    colors, sizes = group.get("colors", []), group.get("sizes", [])
    shown = ([color] if len(colors) > 1 else []) + ([size] if len(sizes) > 1 else [])
    has_variants = bool(shown)
    bare = not has_variants or (first and "bare_first" in group)
    # A unit before or after the number keeps a size readable in a title: "UK 8", "230 g".
    spoken = [f"{kind.get('size_prefix', '')}{part}" if part == size else part for part in shown]
    pence = to_pence(price)
    cost_percent = int(group.get("cost_percent", kind["cost_percent"])) + sum(map(ord, group["id"])) % 7 - 3
    floor_percent = int(group.get("floor_percent", kind.get("floor_percent", FLOOR_PERCENT)))
    picture = group.get("picture", kind["picture"])
    tint = color or group.get("tint") or kind.get("tint") or "grey"
    row = {
        "id": group["id"] if bare else "-".join([group["id"], *map(_suffix, shown)]),
        "title": ", ".join([group["title"], *spoken]),
        "description": " ".join(group["about"].split()),
        "price": money(pence),
        "sale_price": money(to_pence(group["sale_price"])) if "sale_price" in group else "",
        "availability": group.get("stock", {}).get("/".join(filter(None, (color, size))), "in_stock"),
        "item_group_id": group.get("group", group["id"]) if has_variants else "",
        "brand": group["brand"],
        "color": color,
        "size": size,
        "material": "",
        "product_type": kind["kind"],
        "image_link": f"images/{picture}-{tint}.svg",
        "cost_of_goods_sold": money(_percent(pence, cost_percent)),
        "auto_pricing_min_price": money(_percent(pence, floor_percent)),
    }
    row |= {key: value for key, value in (kind.get("all", {}) | group).items() if key not in _RECIPE}
    if "subscription_days" in row:
        today = to_pence((row["sale_price"] or row["price"]).split()[0])
        row["subscription_price"] = money(_percent(today, SUBSCRIPTION_PERCENT))
    return Variant(group.get("group", group["id"]), color, size, row)


def _variants(kind: dict[str, Any], group: dict[str, Any]) -> list[Variant]:
    sizes = group.get("sizes") or [""]
    prices = sizes if isinstance(sizes, dict) else dict.fromkeys(sizes, group.get("price", ""))
    pairs = [(color, size, price) for color in group.get("colors") or [""] for size, price in prices.items()]
    return [_variant(kind, group, *pair, first=index == 0) for index, pair in enumerate(pairs)]


@cache
def variants() -> tuple[Variant, ...]:
    """Every product of the shop, in the order of the range files."""
    # BaseLoader leaves every value a string: no price becomes a float, no "yes" a boolean.
    files = [yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in sorted((HERE / "range").glob("*.yml"))]
    return tuple(
        variant for file in files for kind in file for group in kind["groups"] for variant in _variants(kind, group)
    )


def columns() -> list[str]:
    """The file's header: Google's columns, then every further attribute in order of first use."""
    return list(dict.fromkeys([*COLUMNS, *(name for variant in variants() for name in variant.row)]))
