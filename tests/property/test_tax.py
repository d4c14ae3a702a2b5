"""Tax adds up to the minor unit, in every currency, whichever way the shop shows its prices."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.money import Money, total
from catalog.domain.offer_rules import TaxRules
from catalog.domain.tax import added, contained, parse_rate, rate_text, tax_on

# No decimals, two, three.
CURRENCIES = st.sampled_from(["JPY", "GBP", "KWD"])
RATES = st.integers(0, 9999)
AMOUNTS = st.integers(0, 10**9)


@given(AMOUNTS, RATES, CURRENCIES)
def test_gross_is_net_and_tax_to_the_minor_unit(minor: int, rate: int, currency: str) -> None:
    gross = Money(minor, currency)
    tax = contained(gross, rate)
    net = gross - tax
    assert net + tax == gross
    assert 0 <= tax.minor <= gross.minor
    # The tax within is the tax on what is left, but for the rounding of one minor unit.
    assert abs(added(net, rate).minor - tax.minor) <= 1


@given(AMOUNTS, RATES, CURRENCIES)
def test_the_tax_on_top_is_off_by_half_a_minor_unit_at_most(minor: int, rate: int, currency: str) -> None:
    tax = added(Money(minor, currency), rate)
    assert abs(2 * (tax.minor * 10_000 - minor * rate)) <= 10_000


@given(st.lists(AMOUNTS, min_size=1, max_size=12), st.integers(1, 9999), st.booleans(), CURRENCIES)
def test_the_tax_of_an_order_is_that_of_its_sum(minors: list[int], rate: int, included: bool, currency: str) -> None:
    """Not the sum of the lines' taxes: those drift."""
    amounts = [Money(minor, currency) for minor in minors]
    tax = tax_on([("", amount) for amount in amounts], TaxRules(rate, included), currency)
    assert tax is not None
    whole = total(amounts, currency)
    assert tax.amount == (contained(whole, rate) if included else added(whole, rate))
    assert tax.on_top == (tax.amount * 0 if included else tax.amount)
    assert tax.rate == rate


@given(st.lists(st.tuples(st.sampled_from(["", "0", "5", "8.25 %"]), AMOUNTS), max_size=12), CURRENCIES)
def test_goods_of_other_rates_are_taxed_rate_by_rate(lines: list[tuple[str, int]], currency: str) -> None:
    tax = tax_on([(text, Money(minor, currency)) for text, minor in lines], TaxRules(2000), currency)
    assert tax is not None
    sums: dict[int, int] = {}
    for text, minor in lines:
        rate = {"": 2000, "0": 0, "5": 500, "8.25 %": 825}[text]
        sums[rate] = sums.get(rate, 0) + minor
    assert tax.amount.minor == sum(contained(Money(minor, currency), rate).minor for rate, minor in sums.items())
    assert (tax.rate is None) == (len(sums) > 1)


@given(RATES)
def test_a_rate_is_read_as_it_is_written(rate: int) -> None:
    assert parse_rate(rate_text(rate)) == parse_rate(f"{rate_text(rate)} %") == rate


def test_a_shop_without_a_rate_says_nothing_of_tax() -> None:
    assert tax_on([("20", Money(100, "GBP"))], TaxRules(), "GBP") is None


def test_one_cheap_thing_ten_times_is_not_rounded_ten_times() -> None:
    tax = tax_on([("", Money(33, "GBP"))] * 10, TaxRules(2000), "GBP")
    assert tax is not None
    assert tax.amount == Money(55, "GBP")
