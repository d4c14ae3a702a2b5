"""Whatever is asked: no product that a filter excludes is shown, a group is one hit, an answer is repeatable."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.catalogue import Catalogue, Filters, build_index, open_catalogue
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import ShopConfig, ShopDocuments
from tests.fakes.hash_encoder import HashEncoder, hash_model

KINDS = ("Tents", "Tent pegs", "Jackets", "Stoves")
NAMES = ("Aero", "Boreal", "Drift")
COLORS = ("red", "navy", "black", "")
SIZES = ("S", "M", "UK 7", "")


SIZE = 120


@lru_cache(maxsize=3)
def catalogue(size: int = SIZE) -> Catalogue:
    """Products in every mixture of kind, colour, size, price and stock."""
    products = [
        Product(
            id=f"P{number}",
            title=f"{NAMES[number % 3]} {KINDS[number % 4][:-1].lower()} {COLORS[number % 5 % 4]}",
            price=Money(100 + 137 * number % 9000, "GBP"),
            sale_price=Money(50 + 97 * number % 5000, "GBP") if number % 6 == 0 else None,
            availability=Availability.OUT_OF_STOCK if number % 7 == 0 else Availability.IN_STOCK,
            group_id=f"G{number // 3}" if number % 2 else "",
            color=COLORS[number % 5 % 4],
            size=SIZES[number % 11 % 4],
            brand=("Fell", "Rill")[number % 2],
            product_type=f"Camping > {KINDS[number % 4]}",
            material=("steel", "nylon", "")[number % 13 % 3],
        )
        for number in range(size)
    ]
    home, encoder = Path(tempfile.mkdtemp(prefix="pairwell-property-")), HashEncoder()
    documents = ShopDocuments(ShopConfig("Test"))
    build_index(home, products, None, documents, hash_model(encoder))
    return open_catalogue(home, products, documents, encoder)


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([value for value in values if value]), max_size=2)


PRICES = st.none() | st.integers(0, 9000).map(lambda minor: Money(minor, "GBP"))
FILTERS = st.builds(
    Filters,
    price_min=PRICES,
    price_max=PRICES,
    kinds=some(KINDS),
    brands=some(("Fell", "Rill")),
    colors=some(COLORS),
    sizes=some(SIZES),
    not_kinds=some(KINDS),
    not_brands=some(("Fell", "Rill")),
    not_colors=some(COLORS),
    not_materials=some(("steel", "nylon")),
    in_stock_only=st.booleans(),
    exclude_ids=st.frozensets(st.integers(0, 119).map(lambda number: f"P{number}"), max_size=40),
)
TEXTS = st.lists(
    st.sampled_from(["aero", "tent", "peg", "red", "jacket", "cheapest", "stove", "drift"]), max_size=4
).map(" ".join)


def keeps(product: Product, asked: Filters, relaxed: tuple[str, ...]) -> bool:
    """The filters once more, written plainly and apart from the code under test."""
    price = product.current_price
    title = product.title.split()
    checks = {
        "price": (asked.price_min is None or price >= asked.price_min)
        and (asked.price_max is None or price <= asked.price_max),
        "kinds": not asked.kinds or product.kind in asked.kinds,
        "brands": not asked.brands or product.brand in asked.brands,
        "colors": not asked.colors or product.color in asked.colors,
        "sizes": not asked.sizes or product.size in asked.sizes,
        "stock": not asked.in_stock_only or product.in_stock,
        "not_kinds": product.kind not in asked.not_kinds,
        "not_brands": product.brand not in asked.not_brands,
        "not_materials": product.material not in asked.not_materials,
        "not_colors": product.color not in asked.not_colors and not asked.not_colors & set(title),
        "exclude_ids": product.id not in asked.exclude_ids,
    }
    return all(holds for name, holds in checks.items() if name not in relaxed)


@settings(max_examples=150, deadline=None)
@given(TEXTS, FILTERS, st.integers(1, 12))
def test_no_hit_breaks_a_filter_that_was_not_given_up(text: str, asked: Filters, limit: int) -> None:
    result = catalogue().search(text, limit=limit, filters=asked)
    assert len(result.hits) <= limit
    for hit in result.hits:
        assert keeps(hit.product, asked, result.relaxed), (hit.product, result.relaxed)


@settings(max_examples=60, deadline=None)
@given(TEXTS, FILTERS)
def test_a_group_is_one_hit_and_the_same_question_gets_the_same_answer(text: str, asked: Filters) -> None:
    first, again = (catalogue().search(text, limit=20, filters=asked) for _ in range(2))
    assert first == again
    groups = [hit.product.group_id or hit.product.id for hit in first.hits]
    assert len(groups) == len(set(groups))
    assert all(0.0 <= hit.score <= 1.0 for hit in first.hits)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_understanding_search_or_naming(text: str) -> None:
    understood = catalogue().understand(text)
    assert understood.quantity is None or 1 <= understood.quantity <= 99
    catalogue().search(text)
    assert all(0.0 <= hit.score <= 1.0 for hit in catalogue().resolve(text))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(TEXTS, FILTERS), min_size=4, max_size=8))
def test_an_answer_does_not_depend_on_how_many_ask_at_a_time(asked: list[tuple[str, Filters]]) -> None:
    alone = [catalogue().search(text, limit=20, filters=filters) for text, filters in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: catalogue().search(one[0], limit=20, filters=one[1]), asked))
    assert together == alone


@settings(max_examples=60, deadline=None)
@given(TEXTS, FILTERS)
def test_one_more_product_takes_no_other_out_of_all_that_is_found(text: str, asked: Filters) -> None:
    fewer, more = (catalogue(size).search(text, limit=SIZE, filters=asked) for size in (SIZE - 1, SIZE))
    assume(fewer.relaxed == more.relaxed and fewer.understood == more.understood)
    groups = [{hit.product.group_id or hit.product.id for hit in result.hits} for result in (fewer, more)]
    assert groups[0] <= groups[1]
