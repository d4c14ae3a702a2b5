"""Money for any amount: nothing is lost, nothing appears, and what is written is read back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money, decimals, divide_half_up

CURRENCIES = st.sampled_from(["GBP", "JPY", "KWD"])
MINOR = st.integers(-(10**9), 10**9)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


@given(MINOR, CURRENCIES, WEIGHTS)
def test_an_allocation_adds_up_to_the_last_penny(minor: int, currency: str, weights: list[int]) -> None:
    parts = Money(minor, currency).allocate(weights)
    assert len(parts) == len(weights)
    assert sum(part.minor for part in parts) == minor


@given(MINOR, WEIGHTS.filter(any))
def test_no_part_is_more_than_a_penny_from_its_share(minor: int, weights: list[int]) -> None:
    for part, weight in zip(Money(minor, "GBP").allocate(weights), weights, strict=True):
        assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)


@given(st.integers(0, 10**9), WEIGHTS.filter(any))
def test_what_weighs_nothing_gets_nothing_and_more_weight_never_less(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "GBP").allocate(weights)
    assert all(part.minor == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    pairs = sorted(zip(weights, [part.minor for part in parts], strict=True))
    for (lighter, less), (heavier, more) in pairwise(pairs):
        assert less <= more + (lighter == heavier)


@given(MINOR, CURRENCIES)
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert Money.parse(str(amount), currency) == amount
    assert Money.parse(f"{amount} {currency}", currency) == amount


@given(MINOR, st.integers(1, 10**6))
def test_halves_go_away_from_zero_on_both_sides(numerator: int, denominator: int) -> None:
    assert divide_half_up(-numerator, denominator) == -divide_half_up(numerator, denominator)
    assert 2 * abs(divide_half_up(numerator, denominator) * denominator - numerator) <= denominator


@given(MINOR, st.integers(0, 100))
def test_a_share_and_the_rest_make_the_whole(minor: int, percent: int) -> None:
    amount = Money(minor, "GBP")
    assert (amount.share(percent, 100) + (amount - amount.share(percent, 100))) == amount
    assert abs(amount.share(percent, 100).minor) <= abs(minor)


@given(MINOR, MINOR)
def test_currencies_never_mix(a: int, b: int) -> None:
    with pytest.raises(MoneyError):
        Money(a, "GBP") + Money(b, "EUR")
    with pytest.raises(MoneyError):
        _ = Money(a, "GBP") < Money(b, "EUR")


@given(st.text(max_size=20), CURRENCIES)
def test_any_text_is_an_amount_or_an_error_never_a_guess(text: str, currency: str) -> None:
    try:
        amount = Money.parse(text, currency)
    except MoneyError:
        return
    digits = "".join(char for char in text if char.isdecimal())
    assert int(digits or 0) * 10 ** decimals(currency) >= abs(amount.minor)
