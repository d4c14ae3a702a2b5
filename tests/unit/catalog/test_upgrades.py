"""An upgrade is a better one of the same thing for a little more, and is better by something that can be named."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from catalog.catalogue import Catalogue
from catalog.complements.compatibility import FitRules
from catalog.complements.directions import Direction, learn_directions
from catalog.complements.qualities import YES_NO, Quality, qualities_of, shown
from catalog.complements.upgrades import UpgradeFinder, compared
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import CompatibilityRule
from catalog.search.shelf import Shelf

# Price and weight in grams: the lighter, the dearer.
TENTS = {
    "T1": (100, 2900),
    "T2": (120, 2600),
    "T3": (150, 2200),
    "T4": (180, 1900),
    "T5": (220, 1500),
    "T6": (300, 1200),
}
# Price and lumens: the brighter, the dearer.
LAMPS = {"L1": (20, 100), "L2": (24, 150), "L3": (29, 250), "L4": (35, 400), "L5": (50, 700), "L6": (80, 1100)}


def thing(product_id: str, price: int, kind: str, title: str = "", **more: object) -> Product:
    known = {"availability", "group_id", "size", "color", "sale_price"}
    fields = {name: value for name, value in more.items() if name in known}
    attributes = {name: str(value) for name, value in more.items() if name not in known}
    path = f"Shop > {kind}" if kind else ""
    return Product(
        id=product_id, title=title or f"{kind} {product_id}", price=Money(price * 100, "GBP"), product_type=path,
        attributes=attributes, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def tents(**changed: dict[str, object]) -> list[Product]:
    return [
        thing(name, price, "Tents", **{"weight_g": weight, **changed.get(name, {})})  # type: ignore[arg-type]
        for name, (price, weight) in TENTS.items()
    ]


def lamps() -> list[Product]:
    return [thing(name, price, "Lamps", lumens=lumens) for name, (price, lumens) in LAMPS.items()]


def finder(products: Iterable[Product], rules: Iterable[CompatibilityRule] = (), cosine: float = 1.0) -> UpgradeFinder:
    stock = list(products)
    return UpgradeFinder(Shelf(stock, {}, "GBP"), FitRules(rules, stock), lambda a, b: cosine)


def ids(shop: UpgradeFinder, product_id: str) -> list[str]:
    return [upgrade.product.id for upgrade in shop.upgrades(product_id)]


def test_lighter_is_better_for_tents_and_brighter_for_lamps_because_the_shop_prices_them_so() -> None:
    shop = finder(tents() + lamps())
    (tent,), (lamp,) = shop.upgrades("T1"), shop.upgrades("L2")
    assert (tent.product.id, lamp.product.id) == ("T2", "L3")
    (lighter,), (brighter,) = tent.improvements, lamp.improvements
    assert (lighter.attribute, lighter.before, lighter.after, lighter.unit) == ("weight_g", 2900, 2600, "g")
    assert (lighter.before_text, lighter.after_text) == ("2900 g", "2600 g")
    assert (brighter.attribute, brighter.before_text, brighter.after_text) == ("lumens", "150 lumens", "250 lumens")
    assert tent.trade_offs == lamp.trade_offs == ()


def test_the_price_difference_is_that_of_today() -> None:
    shop = finder(tents(T3={"sale_price": Money(11500, "GBP")}))
    assert [str(upgrade.difference) for upgrade in shop.upgrades("T1")] == ["15.00", "20.00"]


def test_a_sale_makes_nothing_worse_but_moves_the_band() -> None:
    shop = finder(tents(T5={"sale_price": Money(10000, "GBP")}, T6={"sale_price": Money(12500, "GBP")}))
    assert ids(shop, "T5") == ["T6"]


@pytest.mark.parametrize(("price", "found"), [(109, []), (110, ["X"]), (125, ["X"]), (126, [])])
def test_both_ends_of_the_band_belong_to_it(price: int, found: list[str]) -> None:
    far = [thing(name, 10 * price, "Tents", weight_g=weight) for name, (price, weight) in TENTS.items()]
    shop = finder([*far, thing("A", 100, "Tents", weight_g=4000), thing("X", price, "Tents", weight_g=3500)])
    assert ids(shop, "A") == found


def test_the_band_is_the_merchants_to_choose() -> None:
    assert [upgrade.product.id for upgrade in finder(tents()).upgrades("T1", dearer=(30, 50))] == ["T3"]


def test_where_the_price_follows_nothing_there_is_no_upgrade() -> None:
    even = [2000, 2400, 1900, 2300, 2100, 2200]
    products = [thing(f"T{n}", 100 + 15 * n, "Tents", weight_g=weight) for n, weight in enumerate(even)]
    assert all(not ids(finder(products), product.id) for product in products)


def test_few_things_say_nothing() -> None:
    assert ids(finder(tents()[:4]), "T1") == []
    assert ids(finder(tents()[:1]), "T1") == []


def test_all_of_one_price_and_free_things_have_no_upgrade() -> None:
    same = [thing(f"T{n}", 100, "Tents", weight_g=1000 + n) for n in range(8)]
    free = [thing("FREE", 0, "Tents", weight_g=5000), *tents()]
    assert ids(finder(same), "T0") == ids(finder(free), "FREE") == ids(finder(tents()), "NOWHERE") == []


def test_a_variant_a_sold_out_one_and_another_kind_are_no_upgrade() -> None:
    shop = finder(tents(T1={"group_id": "G"}, T2={"group_id": "G"}))
    assert ids(shop, "T1") == []
    assert ids(finder(tents(T2={"availability": Availability.OUT_OF_STOCK})), "T1") == []
    assert ids(finder([*tents(), thing("S", 115, "Stoves", weight_g=90)]), "T1") == ["T2"]


@pytest.mark.parametrize(
    ("weight", "lumens", "verdict"),
    [
        (100, 600, "better"),
        (200, 600, "better, at a price"),
        (500, 600, "worse"),
        (500, 300, "worse"),
        (100, 201, "the same"),
        (100, 100, "worse"),
    ],
)
def test_what_is_gained_must_outweigh_what_is_lost(weight: int, lumens: int, verdict: str) -> None:
    """Of ten lamps each, 100 to 1000 g and lumens, bright and light ones cost more; this one has 100 g, 200 lumens."""
    tens = np.arange(100.0, 1001.0, 100.0)
    directions = [Direction(Quality("weight_g", "g"), -1, tens), Direction(Quality("lumens", "lumen"), 1, tens)]
    lamp = thing("L", 10, "Lamps", weight_g=100, lumens=200)
    upgrade = compared(lamp, thing("X", 12, "Lamps", weight_g=weight, lumens=lumens), directions)
    if not verdict.startswith("better"):
        assert upgrade is None
        return
    assert upgrade is not None
    assert [change.attribute for change in upgrade.improvements] == ["lumens"]
    lost = [(change.attribute, change.before_text, change.after_text) for change in upgrade.trade_offs]
    assert lost == ([("weight_g", "100 g", "200 g")] if "price" in verdict else [])


def test_what_the_product_states_the_upgrade_must_state_too() -> None:
    products = [product for product in tents() if product.id != "T2"]
    assert ids(finder([*products, thing("T2", 120, "Tents")]), "T1") == []


def test_heaviness_that_only_comes_with_size_is_no_virtue() -> None:
    rows = [
        (100, 1, 1000),
        (120, 2, 2000),
        (140, 2, 1800),
        (150, 3, 3000),
        (180, 3, 2700),
        (210, 4, 4000),
        (240, 4, 3800),
    ]
    products = [
        thing(f"T{n}", price, "Tents", capacity_persons=size, weight_g=grams)
        for n, (price, size, grams) in enumerate(rows)
    ]
    (upgrade,) = finder(products).upgrades("T0")
    assert [change.attribute for change in upgrade.improvements] == ["capacity_persons"]


def test_yes_is_better_than_an_empty_column_where_the_shop_prices_it_so() -> None:
    products = [thing(f"J{n}", 100 + 12 * n, "Jackets", **({"taped_seams": "yes"} if n > 3 else {})) for n in range(8)]
    (best, *_) = finder(products).upgrades("J3")
    assert [(change.before_text, change.after_text) for change in best.improvements] == [("no", "yes")]


def test_of_a_group_the_variant_in_the_same_size_and_colour_is_the_upgrade() -> None:
    products = [thing(f"J{n}", 80 + 40 * n, "Jackets", waterproof_mm=5000 * n + 5000, size="M") for n in range(1, 6)]
    products.append(thing("A", 100, "Jackets", waterproof_mm=8000, size="L", color="navy"))
    for size, colour in (("M", "navy"), ("L", "red"), ("L", "navy")):
        more = {"size": size, "color": colour, "group_id": "B"}
        products.append(thing(f"B-{size}-{colour}", 115, "Jackets", waterproof_mm=9000, **more))
    assert ids(finder(products), "A") == ["B-L-navy"]


def test_a_wash_for_another_host_or_another_wearer_is_no_upgrade() -> None:
    rule = CompatibilityRule(accessories=("T2",), hosts=("HOST",), exclusive=True)
    assert ids(finder(tents()), "T1") == ["T2"]
    assert ids(finder(tents(), [rule]), "T1") == []
    assert ids(finder(tents(T2={"gender": "female"})), "T1") == []


def test_without_kinds_titles_tell_the_kind_and_the_measure_but_must_read_nearly_the_same() -> None:
    products = [
        thing(f"R{n}", 100 + 15 * n, "", f"{name} travel rucksack {20 + 5 * n} litres")
        for n, name in enumerate(("Elm", "Oak", "Ash", "Fir", "Yew", "Bay", "Box", "Fig"))
    ]
    (upgrade, *_) = finder(products, cosine=0.8).upgrades("R0")
    (change,) = upgrade.improvements
    assert (upgrade.product.id, change.attribute, change.before_text, change.after_text) == ("R1", "", "20 l", "25 l")
    assert ids(finder(products, cosine=0.5), "R0") == []


def test_the_order_is_gain_per_price_and_always_the_same() -> None:
    more = [thing("T7", 124, "Tents", weight_g=2600), thing("T8", 112, "Tents", weight_g=2600)]
    assert ids(finder([*tents(), *more]), "T1") == ids(finder([*reversed(more), *reversed(tents())]), "T1")
    assert ids(finder([*tents(), *more]), "T1") == ["T8", "T2", "T7"]


@pytest.mark.parametrize(
    ("name", "value", "unit", "amount"),
    [
        ("weight", "1.4 kg", "g", 1400.0),
        ("capacity_persons", "2", "person", 2.0),
        ("waterproof", "IPX6", "ipx#", 6.0),
        ("fill", "650 down", "# down", 650.0),
        ("comfort_c", "-12", "", -12.0),
        ("taped_seams", "Yes", YES_NO, 1.0),
    ],
)
def test_qualities_are_read_from_columns(name: str, value: str, unit: str, amount: float) -> None:
    product = thing("A", 1, "Things", **{name: value})
    assert qualities_of(product) == {Quality(name, unit): amount}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service_plan_monthly", "2.50"),
        ("gtin", "4006381333931"),
        ("availability_date", "2026-04-15"),
        ("care", "cool"),
    ],
)
def test_prices_codes_dates_and_words_are_no_qualities(name: str, value: str) -> None:
    assert qualities_of(thing("A", 1, "Things", **{name: value})) == {}


def test_a_measure_that_a_column_and_the_title_say_is_one_quality() -> None:
    flask = thing("A", 1, "", "Valley flask, 500 ml", size="500 ml")
    assert qualities_of(flask) == {Quality("size", "ml"): 500.0}
    assert qualities_of(thing("B", 1, "", "Tarp 3 x 4 m")) == {}


def test_amounts_are_shown_as_they_are_written() -> None:
    written = [
        ("weight_g", "g", 1900),
        ("", "g", 1900),
        ("waterproof", "ipx#", 7),
        ("seams", YES_NO, 0),
        ("r", "", 3.4),
    ]
    texts = [shown(amount, Quality(attribute, unit)) for attribute, unit, amount in written]
    assert texts == ["1900 g", "1.9 kg", "ipx7", "no", "3.4"]


def test_a_direction_needs_five_in_one_order() -> None:
    weight = Quality("weight_g", "g")
    (direction,) = learn_directions([(price, {weight: float(-price)}) for price in range(5)])
    assert (direction.sign, direction.gain(-1.0, -3.0)) == (-1, 0.4)
    assert learn_directions([(price, {weight: float(-price)}) for price in range(4)]) == []
    assert learn_directions([(7, {weight: float(price)}) for price in range(9)]) == []
    assert learn_directions([]) == []


def test_the_small_shops_few_tents_have_no_upgrade(catalogue: Catalogue) -> None:
    assert catalogue.upgrades("TENT-A2-G") == catalogue.upgrades("NOWHERE") == []
