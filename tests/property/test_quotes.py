"""Whatever the prices, floors and rules: bundle arithmetic keeps the promise `honest-price`."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.selling.facts import ProductFacts
from actions.selling.pricing import lowest_price, work_price
from actions.shop.pricing import HeldLine, HeldQuote, StandingLine, price_cart
from catalog.domain.bundling import share_saving
from catalog.domain.money import Money, total
from catalog.domain.product import Product
from catalog.domain.shop import BundleRules

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
amounts = st.integers(1, 1_000_000).map(lambda minor: Money(minor, "GBP"))
rules = st.builds(
    BundleRules,
    allowed=st.booleans(),
    discount_percent=st.integers(0, 100),
    min_price_percent=st.integers(0, 100),
    min_margin_percent=st.integers(0, 200),
)


def facts(product_id: str) -> st.SearchStrategy[ProductFacts]:
    return st.builds(
        ProductFacts,
        id=st.just(product_id),
        group_id=st.just(""),
        kind=st.just("Kind"),
        price=amounts,
        in_stock=st.just(True),
        consumable=st.just(False),
        cost=st.none() | amounts,
        floor=st.none() | amounts,
    )


@given(facts("A"), facts("B"), rules, st.integers(0, 100))
def test_a_bundle_never_costs_more_than_its_parts_and_its_lines_add_up(anchor, added, rules, percent):
    working = work_price((anchor,), (added,), rules, percent)
    assert working.saving.minor >= 0
    assert working.price <= added.price
    assert total([line.discount for line in working.lines], "GBP") == working.saving
    assert total([line.unit_price for line in working.lines], "GBP") == working.parts


@given(facts("A"), facts("B"), rules, st.integers(0, 100))
def test_no_line_of_a_bundle_goes_under_its_floor(anchor, added, rules, percent):
    working = work_price((anchor,), (added,), rules, percent)
    for line, product in zip(reversed(working.lines), (added, anchor), strict=False):
        floor = min(lowest_price(product, rules), product.price)
        assert line.unit_price - line.discount >= floor


@given(facts("A"), facts("B"), rules, st.integers(0, 100))
def test_accepting_never_makes_the_cart_cheaper_than_it_was(anchor, added, rules, percent):
    working = work_price((anchor,), (added,), rules, percent)
    assert working.price >= min(lowest_price(added, rules), added.price)
    assert working.price.minor >= 0


@given(facts("A"), facts("B"), rules, st.integers(0, 100))
def test_the_saving_never_exceeds_the_shops_percentage(anchor, added, rules, percent):
    working = work_price((anchor,), (added,), rules, percent)
    assert working.saving <= (anchor.price + added.price).share(percent, 100)
    assert rules.allowed or not working.saving


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10_000)), min_size=1, max_size=8), st.data())
def test_a_saving_is_shared_to_the_last_cent_within_every_room(lines, data):
    room = [Money(minor, "GBP") for minor, _ in lines]
    saving = Money(data.draw(st.integers(0, sum(minor for minor, _ in lines))), "GBP")
    shares = share_saving(saving, [weight for _, weight in lines], room)
    assert total(shares, "GBP") == saving
    assert all(share.minor >= 0 and share <= most for share, most in zip(shares, room, strict=True))


def test_a_saving_that_does_not_fit_above_the_floors_is_refused():
    with pytest.raises(ValueError, match="floors"):
        share_saving(Money(101, "GBP"), [1], [Money(100, "GBP")])


@st.composite
def quoted_carts(draw: st.DrawFn):
    """A cart, an accepted quote over some of its products, and today's prices, which may have moved."""
    ids = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True))
    today = {i: Product(id=i, title=i, price=draw(amounts)) for i in ids}
    lines = [StandingLine(i, draw(st.integers(1, 5)), draw(amounts)) for i in ids]
    quoted = draw(st.lists(st.sampled_from([*ids, "GONE"]), min_size=1, max_size=3, unique=True))
    held = []
    for product_id in quoted:
        unit = draw(amounts)
        discount = Money(draw(st.integers(0, unit.minor)), "GBP")
        held.append(HeldLine(product_id, draw(st.integers(1, 3)), unit, discount))
    quote = HeldQuote("o-1", "GBP", tuple(held), NOW + timedelta(hours=draw(st.sampled_from([-1, 1]))))
    return today, lines, quote


@given(quoted_carts())
def test_no_cart_is_ever_negative_or_dearer_than_todays_prices(case):
    today, lines, quote = case
    cart = price_cart("s", "GBP", lines, [quote], today, NOW).cart
    assert all(line.discount.minor >= 0 and line.total.minor >= 0 for line in cart.lines)
    parts = total([today[line.product_id].price * line.quantity for line in lines], "GBP")
    assert cart.total <= parts


@given(quoted_carts())
def test_a_quote_that_holds_is_charged_at_its_price_or_less(case):
    today, lines, quote = case
    priced = price_cart("s", "GBP", lines, [quote], today, NOW)
    parts = total([today[line.product_id].price * line.quantity for line in lines], "GBP")
    if "o-1" in priced.ended_quotes:
        assert priced.cart.total == parts
    else:
        quoted_parts = total([today[line.product_id].price * line.quantity for line in quote.lines], "GBP")
        assert priced.cart.total == parts - quoted_parts + min(quote.price, quoted_parts)


@given(quoted_carts())
def test_a_quote_holds_exactly_while_it_is_valid_and_complete(case):
    today, lines, quote = case
    quantities = {line.product_id: line.quantity for line in lines}
    complete = all(quantities.get(line.product_id, 0) >= line.quantity for line in quote.lines)
    ended = price_cart("s", "GBP", lines, [quote], today, NOW).ended_quotes
    assert (not ended) == (complete and quote.valid_until > NOW)
