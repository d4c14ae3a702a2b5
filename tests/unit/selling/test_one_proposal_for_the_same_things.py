"""Where the merchant's set and a learned one meet: one candidate for the same things, and the set's own price."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.domain.shop import MerchantBundle
from tests.fakes.small_shop import TableGoods, Visit, config, fresh_database, load

# The merchant's set holds a stove too; learned from orders, the same things go with the tent alone.
KIT = MerchantBundle("kit", "Camp kit", ("STOVE", "TENT", "PEGS", "LAMP"), discount_percent=10)


@dataclass(frozen=True)
class Learned:
    anchor_ids: tuple[str, ...] = ("TENT",)
    missing_ids: tuple[str, ...] = ("PEGS", "LAMP")
    orders: int = 23
    anchor_orders: int = 300


class BothSets(TableGoods):
    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[Learned]:
        return [Learned()] if "TENT" in product_ids else []


def test_an_offer_says_the_reason_of_the_very_candidate_that_was_chosen(tmp_path):
    database = fresh_database(tmp_path)
    load(database, config(), bundles=[KIT])
    visit = Visit(database, BothSets(table="", sets=(KIT,)))
    visit.shop.add(visit.shopper, "STOVE", 1, visit.now)
    offer = visit.add("TENT").offer
    assert offer.product_ids == ("PEGS", "LAMP")
    assert (offer.evidence.source, [claim.about for claim in offer.claims][:1]) == ("set", ["set"])
    assert offer.anchor_ids == ("STOVE", "TENT")


def test_a_learned_set_that_would_complete_the_merchants_is_not_offered_at_a_price_of_its_own(tmp_path):
    """Put into the cart by hand, the lamp and the pegs would bring the merchant's saving: no other price is true."""
    database, night = fresh_database(tmp_path), MerchantBundle("night", "Night out", ("TENT", "LAMP", "PEGS"), 10)
    load(database, config(), bundles=[night])
    offer = Visit(database, BothSets(table="", sets=(night,))).add("TENT").offer
    assert (offer.product_ids, offer.evidence.source) == (("LAMP", "PEGS"), "set")
