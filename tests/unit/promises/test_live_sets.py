"""`honest-price`: where a thing would complete a set of the merchant's, the price said is the set's or none is said."""

import json

import pytest

from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import MerchantBundle
from tests.fakes.small_shop import TableGoods, Visit, config, load

PEGGED = MerchantBundle("pegged", "Tent and pegs", ("aero", "PEGS"), discount_percent=5)


@pytest.fixture
def visit(database) -> Visit:
    load(database, config(), bundles=[PEGGED])
    return Visit(database, TableGoods(sets=(PEGGED,)))


def _verdicts(visit: Visit, decision) -> dict[tuple[str, ...], str]:
    record = json.loads(SqlOfferBooks(visit.database).ledger_rows(decision.id)[0].record)
    return {(v["kind"], *v["product_ids"]): v["refused"] for v in record["choice"]["verdicts"]}


def test_the_pair_gives_way_to_the_set_that_it_would_complete(visit):
    decision = visit.add("TENT")
    refused = _verdicts(visit, decision)
    assert refused["complement", "PEGS"] == "cheaper_promotion"
    assert refused["complement", "SHEET"] == ""


def test_the_price_of_the_set_is_the_price_in_the_cart(visit):
    for other in ("SHEET", "LAMP", "GAS"):
        visit.shop.add(visit.shopper, other, 1, visit.now)
    offer = visit.add("TENT").offer
    assert (offer.kind, offer.product_ids, offer.title) == ("bundle", ("PEGS",), "Tent and pegs")
    before = visit.shop.cart(visit.shopper, visit.now).total
    after = visit.desk.accept(visit.turn()).cart.total
    assert after - before == offer.price


def test_a_part_that_any_variant_serves_is_left_to_the_shopper(database):
    either = MerchantBundle("either", "Any tent and pegs", ("PEGS", "aero"), discount_percent=5)
    load(database, config(), bundles=[either])
    visit = Visit(database, TableGoods("PEGS TENT 0.5 30 300 3.0", sets=(either,)))
    decision = visit.add("PEGS")
    assert decision.offer is None
    assert _verdicts(visit, decision) == {("complement", "TENT"): "outside_price_band"}
