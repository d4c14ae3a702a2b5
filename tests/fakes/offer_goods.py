"""A catalogue for tests of the kinds of offers: it answers what it was told to, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actions.selling.facts import Rules
from actions.selling.goods import Bought
from actions.selling.kinds.plugin import Look
from actions.selling.model import Evidence
from catalog.domain.money import zero
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle
from tests.fakes.offer_facts import NOW, gbp, rules


@dataclass(frozen=True)
class Goes:
    """Something that goes with something."""

    product_id: str
    score: float
    evidence: Evidence


@dataclass(frozen=True)
class Changed:
    """One quality that an upgrade has otherwise."""

    attribute: str
    before: float
    after: float
    before_text: str = ""
    after_text: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Better:
    """A better one of the same thing."""

    product: Product
    improvements: tuple[Changed, ...] = ()
    trade_offs: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Whole:
    """A set learned from orders, against a cart."""

    anchor_ids: tuple[str, ...]
    missing_ids: tuple[str, ...]
    orders: int
    anchor_orders: int


@dataclass(frozen=True)
class Again:
    """What a customer of the order file may need again."""

    product_id: str
    score: float
    orders: int
    last_bought: datetime


@dataclass
class Catalogue:
    """`asked` are the questions in order, with what came with them."""

    shop: dict[str, Product] = field(default_factory=dict)
    goes: Sequence[Goes] = ()
    better: dict[str, Sequence[Better]] = field(default_factory=dict)
    again: Sequence[Again] = ()
    sets: Sequence[MerchantBundle] = ()
    learned: Sequence[Whole] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    version: str = "index-1"

    def product(self, product_id: str) -> Product | None:
        return self.shop.get(product_id)

    def complements(self, product_ids: Sequence[str], limit: int = 0, customer_id: str = "") -> Sequence[Goes]:
        self.asked.append(("complements", tuple(product_ids), limit, customer_id))
        return self.goes

    def upgrades(self, product_id: str, limit: int = 0, dearer: tuple[int, int] = (0, 0)) -> Sequence[Better]:
        self.asked.append(("upgrades", product_id, limit, dearer))
        return self.better.get(product_id, ())

    def reorders(self, product_ids: Sequence[str], customer_id: str, limit: int = 0) -> Sequence[Again]:
        self.asked.append(("reorders", tuple(product_ids), customer_id, limit))
        return self.again

    def bundles_with(self, product_id: str) -> Sequence[MerchantBundle]:
        product = self.product(product_id)
        names = {product_id, product.group_id if product else ""} - {""}
        return [one for one in self.sets if names.intersection(one.product_ids)]

    def bundles_for(self, product_ids: Sequence[str], limit: int = 0) -> Sequence[Whole]:
        self.asked.append(("bundles_for", tuple(product_ids)))
        return self.learned

    def look_alike(self, a: str, b: str) -> bool:
        return False

    def compatible(self, accessory_id: str, host_id: str) -> None:
        return None


def product(product_id: str, price: str = "12.00", **values: Any) -> Product:
    """A product; `attributes` are the feed's further columns."""
    return Product(product_id, product_id, gbp(price), **values)


def look(
    moment: str = "after_add",
    goods: Catalogue | None = None,
    cart: Sequence[str] = ("TENT",),
    about: Sequence[Product] = (),
    limits: Rules | None = None,
    **values: Any,
) -> Look:
    """A look at the cart with the tent in it, on the second of March."""
    known = {"cart_total": zero("GBP"), "today": "2026-03-02", **values}
    ids = tuple(one.id for one in about)
    return Look(moment, goods or Catalogue(), limits or rules(), NOW, ids, tuple(about), tuple(cart), **known)


def bought(product_id: str, quantity: int = 1, number: str = "TO-1001", order_total: str = "50.00", **ago: float):
    """A line of an order, so long ago."""
    return Bought(product_id, quantity, NOW - timedelta(**ago), number, gbp(order_total))
