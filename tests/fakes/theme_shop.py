"""An invented shop with orders enough to learn trees from: things of a theme go together, and customers come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from catalog.complements.order_history import OrderHistory, history_of
from catalog.complements.ranking.items import Items, log_prices
from catalog.domain.money import Money
from catalog.domain.product import Product
from tests.fakes.hash_encoder import HashEncoder
from tests.fakes.order_lines import FIRST_DAY, Line, frame

THEMES = ("zebra", "cherry", "lantern", "anchor", "violet", "compass", "daisy", "falcon")
THINGS = ("mug", "plate", "tray", "towel", "candle", "card")
# Reads like the cherry things, and was never bought.
NEW = "cherry-vase"
# Everybody's refill: bought again and again, with anything.
REFILL = "tea"
IDS = (*(f"{theme}-{thing}" for theme in THEMES for thing in THINGS), NEW, REFILL)
UNIT_OF = {item_id: item_id for item_id in IDS}


def items() -> Items:
    """All items, with ids that hold no numbers."""
    titles = tuple(item_id.replace("-", " ") for item_id in IDS)
    prices = log_prices(100 * (1 + place % 6) for place in range(len(IDS)))
    return Items(IDS, titles, prices, HashEncoder().encode(titles))


def lines(orders: int = 1500, seed: int = 5) -> pl.DataFrame:
    """Orders of two to four things of one theme, sometimes with the refill; each customer has two themes."""
    draw = np.random.default_rng(seed)
    rows: list[Line] = []
    for order in range(orders):
        customer = int(draw.integers(0, 120))
        theme = THEMES[(customer + int(draw.integers(0, 2)) * 3) % len(THEMES)]
        things = draw.permutation(THINGS)[: int(draw.integers(2, 5))]
        bought = [f"{theme}-{thing}" for thing in things] + ([REFILL] if draw.random() < 0.3 else [])
        named = "" if customer % 4 == 0 else f"customer-{customer}"
        rows += [(f"o{order}", product, named, order * 180.0 / orders) for product in bought]
    return frame(rows)


def history(orders: int = 1500) -> OrderHistory:
    """The same as a history."""
    return history_of(lines(orders))


LAST_DAY = FIRST_DAY + timedelta(days=180)


def products() -> list[Product]:
    """The items as products, each of a kind; the mugs come in two colours, two items of one group."""
    found = []
    for place, item_id in enumerate(IDS):
        theme, _, thing = item_id.partition("-")
        price = Money(100 * (1 + place % 6), "GBP")
        product = Product(
            id=item_id, title=f"{theme} {thing}".strip(), price=price, product_type=f"Home > {thing or theme}"
        )
        if thing == "mug":
            product = replace(product, group_id=f"{theme}-mugs", color="red")
            found.append(replace(product, id=f"{item_id}-blue", title=f"{theme} mug, blue", color="blue"))
        found.append(product)
    return found


def write_orders(path: Path, orders: int = 1500) -> Path:
    """The order file of the same history; customers of an odd number take their mugs in blue."""
    written = lines(orders).with_columns(
        pl.when(pl.col("product_id").str.ends_with("-mug") & pl.col("customer_id").str.contains("[13579]$"))
        .then(pl.col("product_id") + "-blue")
        .otherwise(pl.col("product_id"))
        .alias("product_id")
    )
    written.write_csv(path)
    return path
