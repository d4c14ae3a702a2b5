"""An invented shop with orders enough to learn trees from: things of a theme go together, and customers come back."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from catalog.complements.order_history import OrderHistory, history_of
from catalog.complements.ranking.items import Items, log_prices
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
