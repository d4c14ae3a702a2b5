"""The small camping shop with everything that offers are made of: a set, a care plan, a subscription, thanks, tax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.simulation.running import SimulatedShop, simulated_shop
from catalog.domain.offer_rules import CouponRules, OfferRules, SellingRules, TaxRules
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle, ShopConfig, ShopDocuments
from tests.fakes.small_shop import TableGoods, config, products

FIRST_NIGHT = MerchantBundle("first-night", "First night out", ("TENT", "LAMP", "GAS"), discount_percent=10)
FEED = {
    "TENT": {"service_plan": "Tent care", "service_plan_monthly": "2.50", "service_plan_yearly": "24.00"},
    "GAS": {"subscription_days": "30", "subscription_price": "7.20", "lifetime_days": "20", "consumable": "yes"},
}
#        anchor      offered    score  together of   lift
MORE = """
         TENT        PEGS       0.90   41       312  6.2
         TENT        SHEET      0.60   30       312  4.0
         TENT        LAMP       0.40   22       312  2.5
         TENT        GAS        0.30   29       312  1.5
         STOVE       GAS        0.95   50       120  9.0
         STOVE       LAMP       0.50   30       120  3.2
         LAMP        GAS        0.30   22       90   2.1
         LAMP        PEGS-ALU   0.25   20       90   2.0
         SHEET       PEGS       0.50   20       90   3.0
         GAS         STOVE      0.60   50       140  5.0
"""


@dataclass(frozen=True)
class Learned:
    anchor_ids: tuple[str, ...]
    missing_ids: tuple[str, ...]
    orders: int = 40
    anchor_orders: int = 100


class ManyGoods(TableGoods):
    """Complements for nearly everything, and one set that was learned."""

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[Learned]:
        return [Learned(("STOVE",), ("GAS", "LAMP"))] if "STOVE" in product_ids else []

    def product(self, product_id: str) -> Product | None:
        return next((one for one in rich_products() if one.id == product_id), None)


def rich_products() -> list[Product]:
    return [replace(one, attributes={**one.attributes, **FEED.get(one.id, {})}) for one in products()]


def rich_config(offers: OfferRules | None = None) -> ShopConfig:
    selling = SellingRules(thank_you=CouponRules(percent=10, valid_days=30))
    return replace(config(offers), selling=selling, tax=TaxRules(rate=2000))


def rich_documents(offers: OfferRules | None = None) -> ShopDocuments:
    return ShopDocuments(rich_config(offers), bundles=(FIRST_NIGHT,))


def rich_shop(offers: OfferRules | None = None, goods: TableGoods | None = None) -> SimulatedShop:
    """Ready to play in."""
    goods = goods or ManyGoods(MORE, sets=(FIRST_NIGHT,))
    popularity = {"TENT": 300, "STOVE": 200, "LAMP": 100, "GAS": 100, "SHEET": 60}
    return simulated_shop(rich_documents(offers), rich_products(), goods, popularity)
