"""A suggestion and the evidence behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["orders", "compatibility", "attributes"]


@dataclass(frozen=True)
class Evidence:
    """Why one product is thought to go with another.

    `together` counts the distinct orders that held both, `anchor_orders` those that held the anchor; variants
    of one product count as that product. `lift` is the shrunken rate of the two together against chance, 0.0
    without orders. `note` is the shop's own word on the fit, if it gave one. `lower_lift` is the lower 95 %
    confidence bound of the plain lift. `buyers_together` of `anchor_buyers` customers bought both, in whichever
    orders; an order without a customer counts as a customer of its own.
    """

    source: Source
    anchor_id: str
    together: int = 0
    anchor_orders: int = 0
    lift: float = 0.0
    note: str = ""
    lower_lift: float = 0.0
    buyers_together: int = 0
    anchor_buyers: int = 0


@dataclass(frozen=True)
class Complement:
    """A product that goes with a cart. `score` orders suggestions; it is no probability."""

    product_id: str
    score: float
    evidence: Evidence
