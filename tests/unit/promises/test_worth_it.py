"""`worth-it`: only what is new, buyable, fitting, not owned, not returned, and inside the price band."""

import json

from actions.store.offer_book import SqlOfferBooks
from catalog.domain.shop import OfferRules
from tests.fakes.small_shop import TableGoods, Visit, config, load


def _refusals(visit: Visit) -> dict[str, str]:
    """Why the gate refused candidates of the latest decision, from the ledger; not those that only fit less well."""
    row = SqlOfferBooks(visit.database).ledger_rows(visit.id)[-1]
    verdicts = json.loads(row.record)["choice"]["verdicts"]
    return {v["product_ids"][0]: v["refused"] for v in verdicts if v["refused"] not in ("", "weaker_fit")}


def _only(database, *offered: str, anchor: str = "TENT", **goods) -> Visit:
    return Visit(database, TableGoods("\n".join(f"{anchor} {o} 0.5 30 300 3.0" for o in offered), **goods))


def test_what_is_in_the_cart_is_not_offered(visit):
    visit.shop.add(visit.shopper, "PEGS", 1, visit.now)
    assert visit.add("TENT").offer.product_ids == ("SHEET",)
    assert _refusals(visit)["PEGS"] == "in_cart"


def test_neither_is_a_variant_of_it(database):
    visit = _only(database, "TENT-RED")
    assert visit.add("TENT").reason == "nothing_fits"
    assert _refusals(visit) == {"TENT-RED": "variant_in_cart"}


def test_nor_a_look_alike(database):
    visit = _only(database, "PEGS-ALU")
    visit.shop.add(visit.shopper, "PEGS", 1, visit.now)
    visit.add("TENT")
    assert _refusals(visit) == {"PEGS-ALU": "look_alike"}


def test_nor_what_is_sold_out_or_too_dear(database):
    visit = _only(database, "SOLD-OUT", "DEAR")
    visit.add("TENT")
    assert _refusals(visit) == {"SOLD-OUT": "out_of_stock", "DEAR": "outside_price_band"}


def test_the_price_band_is_the_shops_to_set(database):
    load(database, config(offers=OfferRules(price_band_percent=10)))
    visit = Visit(database)
    assert visit.add("TENT").offer.product_ids == ("PEGS",)
    assert _refusals(visit) == {"SHEET": "outside_price_band", "LAMP": "outside_price_band"}


def test_nor_what_does_not_fit(database):
    visit = _only(database, "SHEET", fits={("SHEET", "TENT"): False})
    visit.add("TENT")
    assert _refusals(visit) == {"SHEET": "incompatible"}


def test_what_fits_one_thing_in_the_cart_may_be_offered(database):
    visit = _only(database, "SHEET", fits={("SHEET", "TENT"): False, ("SHEET", "STOVE"): True})
    visit.shop.add(visit.shopper, "STOVE", 1, visit.now)
    assert visit.add("TENT").offer.product_ids == ("SHEET",)


def _buy(visit: Visit, product_id: str) -> str:
    visit.shop.add(visit.shopper, product_id, 1, visit.now)
    token = visit.shop.checkout_token(visit.shopper, visit.now)
    return visit.shop.place_order(token, {}, visit.now).number


def test_what_was_bought_before_is_not_offered_again(visit):
    _buy(visit, "PEGS")
    assert visit.add("TENT").offer.product_ids == ("SHEET",)
    assert _refusals(visit) == {"PEGS": "owned"}


def test_unless_it_runs_out(visit):
    _buy(visit, "GAS")
    assert visit.add("STOVE").offer.product_ids == ("GAS",)


def test_what_was_returned_is_not_offered_again_even_if_it_runs_out(visit):
    visit.shop.request_return(_buy(visit, "GAS"), visit.shopper, visit.now)
    visit.add("STOVE")
    assert _refusals(visit)["GAS"] == "returned_before"


def test_a_cancelled_order_is_no_ownership(visit):
    visit.shop.cancel(_buy(visit, "PEGS"), visit.shopper, visit.now)
    assert visit.add("TENT").offer.product_ids == ("PEGS",)


def test_where_nothing_is_known_nothing_is_offered(visit):
    decision = visit.add("DEAR")
    assert (decision.action, decision.reason) == ("silent", "nothing_known")
