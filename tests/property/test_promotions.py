"""Whatever the prices, sets, coupons and quotes: promotions keep the promises `honest-price` and `same-price`."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from actions.shop.model import Coupon
from actions.shop.pricing import HeldLine, HeldQuote, PricedCart, StandingLine, price_cart
from actions.shop.sets import SET, MerchantSets
from catalog.domain.bundling import floor_of
from catalog.domain.money import Money, total
from catalog.domain.product import Product
from catalog.domain.shop import BundleRules, MerchantBundle

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
amounts = st.integers(1, 20_000).map(lambda minor: Money(minor, "GBP"))
rules = st.builds(
    BundleRules,
    min_price_percent=st.integers(0, 100),
    min_margin_percent=st.integers(0, 50),
    max_discount_percent=st.integers(0, 60),
    stack_with_sale=st.booleans(),
)
# Parts may be named by the group of A and B.
parts = st.lists(st.sampled_from([*"ABCD", "group"]), min_size=2, max_size=3)
bundles = st.lists(
    st.builds(MerchantBundle, st.sampled_from("12345"), st.just("Set"), parts.map(tuple), st.integers(0, 60)),
    max_size=4,
    unique_by=lambda bundle: bundle.id,
)


@dataclass(frozen=True)
class Case:
    """A cart, what the merchant declared, and what the shopper was given."""

    products: dict[str, Product]
    lines: list[StandingLine]
    quotes: list[HeldQuote]
    coupons: list[Coupon]
    bundles: list[MerchantBundle]
    rules: BundleRules

    def priced(self) -> PricedCart:
        sets = MerchantSets(self.bundles, self.rules)
        return price_cart("s", "GBP", self.lines, self.quotes, self.products, NOW, sets, self.coupons)

    def total(self) -> Money:
        return self.priced().cart.total

    def plain_total(self) -> Money:
        return total([self.products[line.product_id].current_price * line.quantity for line in self.lines], "GBP")


def _coupon(coupon_id: str, percent: int) -> Coupon:
    return Coupon(coupon_id, percent, NOW, NOW, NOW + timedelta(days=30))


@st.composite
def cases(draw: st.DrawFn, with_quotes: bool = True) -> Case:
    ids = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4, unique=True))
    products = {
        i: Product(
            id=i,
            title=i,
            price=draw(amounts),
            sale_price=draw(st.none() | amounts),
            group_id="group" if i in "AB" else "",
            cost=draw(st.none() | amounts),
            floor=draw(st.none() | amounts),
        )
        for i in ids
    }
    lines = [StandingLine(i, draw(st.integers(1, 3)), products[i].current_price) for i in ids]
    quotes = draw(st.lists(_quote(products), max_size=2)) if with_quotes else []
    quotes = [replace(quote, offer_id=f"o-{n}") for n, quote in enumerate(quotes)]
    coupons = [_coupon(f"c-{n}", draw(st.integers(1, 60))) for n in range(draw(st.integers(0, 2)))]
    return Case(products, lines, quotes, coupons, draw(bundles), draw(rules))


@st.composite
def _quote(draw: st.DrawFn, products: dict[str, Product]) -> HeldQuote:
    quoted = draw(st.lists(st.sampled_from(sorted(products)), min_size=1, max_size=2, unique=True))
    lines = []
    for product_id in quoted:
        unit = draw(st.sampled_from([products[product_id].current_price, Money(5_000, "GBP")]))
        lines.append(HeldLine(product_id, 1, unit, Money(draw(st.integers(0, unit.minor)), "GBP")))
    return HeldQuote("o", "GBP", tuple(lines), NOW + timedelta(hours=1))


@given(cases())
def test_a_cart_with_sets_never_costs_more_than_without(case):
    assert case.total() <= replace(case, bundles=[]).total()
    assert replace(case, quotes=[]).total() <= case.plain_total()


@given(cases(), bundles)
def test_a_cart_never_costs_more_after_a_set_is_declared(case, more):
    known = {bundle.id for bundle in case.bundles}
    declared = [*case.bundles, *(bundle for bundle in more if bundle.id not in known)]
    assert replace(case, bundles=declared).total() <= case.total()


@given(cases(), st.integers(1, 60))
def test_a_cart_never_costs_more_after_a_coupon_is_given(case, percent):
    bigger = max([percent, *(one.percent for one in case.coupons)])
    assert replace(case, coupons=[*case.coupons, _coupon("c-new", bigger)]).total() <= case.total()


@given(cases())
def test_accepting_never_makes_a_cart_dearer_than_what_anybody_pays(case):
    assert case.total() <= replace(case, quotes=[]).total()


@given(cases(with_quotes=False))
def test_no_promotion_takes_a_line_below_its_floors(case):
    for line in case.priced().cart.lines:
        product = case.products[line.product_id]
        floor = floor_of(product.current_price, product.cost, product.floor, case.rules)
        assert line.total >= min(floor, product.current_price) * line.quantity


@given(cases(with_quotes=False))
def test_no_promotion_saves_more_than_the_shops_most(case):
    most = case.rules.max_discount_percent
    cart = case.priced().cart
    # Each unit may be rounded to the cent by itself.
    units = sum(line.quantity for line in cart.lines)
    assert (case.plain_total() - cart.total).minor * 100 <= case.plain_total().minor * most + 100 * units


@given(cases(with_quotes=False))
def test_what_is_on_sale_is_not_reduced_again_unless_the_shop_says_so(case):
    case = replace(case, rules=replace(case.rules, stack_with_sale=False))
    for line in case.priced().cart.lines:
        product = case.products[line.product_id]
        assert product.current_price == product.price or not line.discount


@given(cases(with_quotes=False))
def test_the_savings_that_are_said_are_those_of_the_lines(case):
    cart = case.priced().cart
    assert total([saving.amount for saving in cart.savings], "GBP") == case.plain_total() - cart.total
    assert all(line.discount.minor >= 0 for line in cart.lines)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_sets_does_not_change_the_total(case, random):
    lines, declared = list(case.lines), list(case.bundles)
    random.shuffle(lines)
    random.shuffle(declared)
    assert replace(case, lines=lines, bundles=declared).total() == case.total()


@given(cases(with_quotes=False))
def test_two_shoppers_with_the_same_cart_pay_the_same(case):
    sets = MerchantSets(case.bundles, case.rules)
    pay = [price_cart(who, "GBP", case.lines, (), case.products, NOW, sets).cart.lines for who in ("ann", "bob")]
    assert pay[0] == pay[1]


@given(cases())
def test_looking_again_finds_nothing_to_tell(case):
    cart = case.priced().cart
    seen = [StandingLine(x.product_id, x.quantity, x.unit_price, x.discount, x.quote_id) for x in cart.lines]
    again = replace(case, lines=seen, quotes=[q for q in case.quotes if q.offer_id not in case.priced().ended_quotes])
    assert (again.priced().cart.notes, again.priced().unseen, again.total()) == ((), {}, cart.total)


@given(cases(with_quotes=False))
def test_a_set_that_counts_is_complete_in_the_cart(case):
    declared = {SET + bundle.id: bundle for bundle in case.bundles}
    here = {name for product in case.products.values() for name in (product.id, product.group_id)}
    for saving in case.priced().cart.savings:
        if saving.id in declared:
            assert set(declared[saving.id].product_ids) <= here
