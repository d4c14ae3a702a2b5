"""A declared set and the same one learned from orders are one candidate: an offer must not mix the two."""

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
