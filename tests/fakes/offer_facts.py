"""Facts for tests of the pure offer engine: products, candidates and situations in a few words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from actions.selling.facts import CandidateFacts, CartFacts, Rules, Situation, Versions
from actions.selling.model import Evidence
from actions.selling.product_facts import ProductFacts
from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules, OfferRules, RankingRules, SellingRules
from catalog.domain.shop import Shipping

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def gbp(text: str) -> Money:
    return Money.parse(text, "GBP")


def thing(product_id: str, price: str = "12.00", **values: Any) -> ProductFacts:
    """A product's facts; a cost of half its price unless told."""
    amount = gbp(price)
    facts = {"group_id": "", "kind": "Things", "in_stock": True, "cost": Money(amount.minor // 2, "GBP")}
    return ProductFacts(product_id, price=amount, **{**facts, **values})


TENT = thing("TENT", "200.00", kind="Tents", group_id="aero")
PEGS = thing("PEGS", "12.00", kind="Pegs")
SHEET = thing("SHEET", "40.00", kind="Groundsheets")
COUNTED = Evidence("orders", "TENT", together=41, anchor_orders=312, lift=6.2, lower_lift=4.0)


def companion(product: ProductFacts = PEGS, chance: float = 0.3, kind: str = "complement", **values: Any):
    """Something that goes with the tent, counted unless other evidence is given."""
    return CandidateFacts(kind, (product,), chance, values.pop("evidence", COUNTED), **values)


def in_cart(*products: ProductFacts, **values: Any) -> tuple[CartFacts, ...]:
    return tuple(CartFacts(product, 1, **values) for product in products)


def situation(moment: str = "after_add", cart: tuple[CartFacts, ...] = in_cart(TENT), **values: Any) -> Situation:
    """A calm shopper with a tent in the cart, who just put it there."""
    total = Money(sum(line.product.price.minor * line.quantity for line in cart), "GBP")
    known = {"subjects": (TENT,), "cart_total": total, "mood": "calm", "channel": "widget", **values}
    return Situation(
        moment=moment,
        conversation_id="c1",
        shopper_id="s1",
        locale="en",
        turn_id="t9",
        turn_index=9,
        now=NOW,
        currency="GBP",
        versions=Versions("2", "shop-1", "index-1"),
        cart=cart,
        **known,
    )


def rules(
    offers: OfferRules | None = None,
    bundles: BundleRules | None = None,
    ranking: RankingRules | None = None,
    free_from: str = "",
    **selling: Any,
) -> Rules:
    """The merchant's rules: no bundles, no fit bonus and no other weight, unless given."""
    plain = RankingRules(fit=0, novelty=0, stock=0, priority=0, segment=0)
    return Rules(
        offers or OfferRules(),
        bundles or BundleRules(),
        SellingRules(ranking=ranking or plain, **selling),
        Shipping(gbp("4.95"), gbp(free_from) if free_from else None),
    )


DEALS = BundleRules(allowed=True, discount_percent=10)
