"""`same-price`: the same cart costs the same for everyone, whoever they are and whatever they did before."""

from tests.fakes.small_shop import Visit


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
