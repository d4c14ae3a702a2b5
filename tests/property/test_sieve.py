"""Filters over all products at once admit exactly what the same filters admit one by one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.search.filters import Filters, Gate, Measure
from catalog.search.shelf import Shelf

KINDS = ("Tents", "Tent pegs", "Jackets", "Stoves", "")
COLORS = ("red", "navy", "black", "Sand/Moss", "")
SIZES = ("S", "Medium", "UK 7", "42 EU", "")
MATERIALS = ("steel", "nylon", "Recycled nylon", "")
BRANDS = ("Fell", "Rill & Co", "")
WEIGHTS = ("1.4 kg", "900 g", "60", "")


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """300 products in every mixture."""
    products = [
        Product(
            id=f"P{number}",
            title=f"{('Aero', 'Boreal')[number % 2]} {(KINDS[number % 5] or 'thing').lower()} {COLORS[number % 7 % 5]}",
            description=("with a hood", "without hood, waterproof", "for two person use", "")[number % 11 % 4],
            price=Money(100 + 137 * number % 9000, "GBP"),
            sale_price=Money(50 + 97 * number % 5000, "GBP") if number % 6 == 0 else None,
            availability=Availability.OUT_OF_STOCK if number % 7 == 0 else Availability.IN_STOCK,
            group_id=f"G{number // 3}" if number % 2 else "",
            color=COLORS[number % 5],
            size=SIZES[number % 13 % 5],
            brand=BRANDS[number % 3],
            material=MATERIALS[number % 17 % 4],
            product_type=f"Camping > {KINDS[number % 5]}" if KINDS[number % 5] else "",
            attributes={"weight_g": WEIGHTS[number % 19 % 4], "taped_seams": ("yes", "no")[number % 2]},
        )
        for number in range(300)
    ]
    return Shelf(products, {}, "GBP")


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([value for value in values if value]), max_size=2)


PRICES = st.none() | st.integers(0, 9000).map(lambda minor: Money(minor, "GBP"))
MEASURES = st.builds(
    Measure,
    unit=st.sampled_from(["g", "person", "ml"]),
    low=st.sampled_from([0.0, 1.0, 900.0, 1000.0]),
    high=st.sampled_from([2.0, 900.0, 1500.0, float("inf")]),
)
FILTERS = st.builds(
    Filters,
    price_min=PRICES,
    price_max=PRICES,
    kinds=some(KINDS),
    brands=some((*BRANDS, "!?")),
    colors=some((*COLORS, "moss", "green")),
    sizes=some(SIZES),
    materials=some(MATERIALS),
    not_kinds=some(KINDS),
    not_brands=some(BRANDS),
    not_colors=some(COLORS),
    not_materials=some(MATERIALS),
    not_terms=some(("hood", "waterproof hood", "taped seams", "aero", "...")),
    in_stock_only=st.booleans(),
    exclude_ids=st.frozensets(st.integers(0, 310).map(lambda number: f"P{number}"), max_size=40),
    measures=st.lists(MEASURES, max_size=2).map(tuple),
)


@settings(max_examples=300, deadline=None)
@given(FILTERS)
def test_the_sieve_admits_what_the_gate_admits(asked: Filters) -> None:
    whole = shelf()
    gate = Gate(asked)
    expected = [gate.admits(product, whole.facets[place]) for place, product in enumerate(whole.products)]
    assert np.flatnonzero(whole.allowed(asked)).tolist() == np.flatnonzero(expected).tolist()


def test_each_filter_admits_some_and_refuses_some() -> None:
    """Else the property above would hold for empty reasons."""
    whole = shelf()
    for asked in (
        Filters(price_max=Money(3000, "GBP")), Filters(kinds=frozenset({"Tents"})), Filters(brands=frozenset({"Fell"})),
        Filters(colors=frozenset({"moss"})), Filters(sizes=frozenset({"m"})), Filters(materials=frozenset({"nylon"})),
        Filters(not_terms=frozenset({"hood"})), Filters(in_stock_only=True), Filters(not_brands=frozenset({"Fell"})),
        Filters(measures=(Measure("g", 0.0, 1000.0),)), Filters(exclude_ids=frozenset({"P5"})),
    ):  # fmt: skip
        assert 0 < np.count_nonzero(whole.allowed(asked)) < len(whole.products), asked


def test_a_limit_in_another_currency_is_refused() -> None:
    with pytest.raises(MoneyError, match="EUR"):
        shelf().allowed(Filters(price_max=Money(100, "EUR")))
