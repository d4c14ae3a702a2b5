"""`same-price`: the same cart costs the same for everyone, whoever they are and whatever they did before."""

from actions.shop.sql_shop import SqlShop
from tests.fakes.promotions import FIRST_NIGHT, coupon, give
from tests.fakes.small_shop import Visit, config, load


def test_a_regular_and_a_newcomer_are_quoted_the_same(visit, database):
    visit.add("STOVE")
    visit.desk.decline(visit.turn())
    visit.shop.empty(visit.shopper, visit.now)
    visit.chat(4, days=1)
    regular = visit.add("TENT").offer
    newcomer = Visit(database, channel="whatsapp").add("TENT").offer
    assert regular.product_ids == newcomer.product_ids
    assert (regular.price, regular.saving) == (newcomer.price, newcomer.saving)


def test_the_price_working_takes_nothing_personal():
    """It cannot depend on the shopper: it is told about products and rules only."""
    import inspect

    from actions.selling.pricing import work_price

    assert list(inspect.signature(work_price).parameters) == ["anchors", "added", "rules", "percent", "segment"]


def test_the_shops_sets_are_for_everyone_whether_they_were_offered_or_not(visit, database):
    load(database, config(), bundles=[FIRST_NIGHT])
    visit.add("TENT")
    visit.desk.decline(visit.turn())
    visit.add("LAMP")
    page = SqlShop(database)
    for product_id in ("LAMP", "TENT"):
        page.add("s-newcomer", product_id, 1, visit.now)
    totals = [page.cart(shopper, visit.now).total for shopper in (visit.shopper, "s-newcomer")]
    assert [str(total) for total in totals] == ["211.50", "211.50"]


def test_a_coupon_lowers_the_price_for_whoever_holds_one_and_says_so(visit, database):
    for shopper in (visit.shopper, "s-other"):
        visit.shop.add(shopper, "LAMP", 1, visit.now)
        give(database, shopper, coupon(f"c-{shopper}"))
    carts = [visit.shop.cart(shopper, visit.now) for shopper in (visit.shopper, "s-other")]
    assert [str(cart.total) for cart in carts] == ["31.50", "31.50"]
    assert all(cart.savings[0].id.startswith("coupon:") for cart in carts)
