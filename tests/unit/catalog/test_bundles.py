"""Sets learned from orders: varied, surely together, counted truly; ranked by what a cart lacks."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, build_index, open_catalogue
from catalog.complements.bundle import Bundle, load_bundles, save_bundles
from catalog.complements.bundles import BundleSearch, learn_bundles, rank_bundles
from catalog.complements.order_history import history_of
from catalog.domain.errors import IndexUnusable
from catalog.feed import read_shop
from tests.fakes.hash_encoder import HashEncoder, hash_model
from tests.fakes.order_lines import Line, frame
from tests.unit.catalog.conftest import PRODUCTS, WriteShop

KINDS = {
    "tent": "tents",
    "dome": "tents",
    "pegs": "pegs",
    "mat": "mats",
    "red mug": "mugs",
    "tin mug": "cups",
    "stove": "stoves",
    "gas": "gas",
    "card": "cards",
}
Alike = Callable[[str, str], bool]


def alike(a: str, b: str) -> bool:
    return a.split()[-1] == b.split()[-1]


def orders(*baskets: tuple[int, str], customer: str = "") -> list[Line]:
    """(how many, products with commas) -> as many orders, each of a customer of its own unless one is named."""
    lines: list[Line] = []
    for times, products in baskets:
        for _ in range(times):
            number = f"{customer}{len(lines)}"
            lines += [(number, product, customer or f"c{number}", 1.0) for product in products.split(", ")]
    return lines


SHOP = orders(
    (40, "tent, pegs, mat"),
    (30, "tent, pegs"),
    (25, "stove, gas"),
    (20, "red mug, tin mug"),
    (20, "tent, dome"),
    (300, "card"),
)


def learn(lines: list[Line], **search: float) -> list[Bundle]:
    unit_of = {product: product for product in KINDS}
    return learn_bundles(history_of(frame(lines)), unit_of, KINDS, alike, BundleSearch(**search))  # type: ignore[arg-type]


def sets(bundles: list[Bundle]) -> list[set[str]]:
    return [set(bundle.units) for bundle in bundles]


def test_what_is_bought_together_becomes_a_set_with_its_true_counts() -> None:
    bundles = learn(SHOP)
    (camp,) = [bundle for bundle in bundles if len(bundle.units) == 3]
    assert camp.units == ("tent", "pegs", "mat")
    assert (camp.orders, camp.customers, camp.held[0]) == (40, 40, 435)
    assert camp.orders_with(["pegs", "tent"]) == 70
    assert camp.orders_with(["tent"]) == 90
    assert {"stove", "gas"} in sets(bundles)


def test_no_set_holds_look_alikes_or_two_of_a_kind() -> None:
    assert not [found for found in sets(learn(SHOP)) if found in ({"red mug", "tin mug"}, {"tent", "dome"})]


def test_many_orders_of_few_customers_make_no_set() -> None:
    assert learn(orders((40, "stove, gas"), customer="wholesale") + orders((300, "card"))) == []


def test_what_meets_only_in_huge_orders_is_no_set() -> None:
    everything = ", ".join(KINDS)
    huge = learn(orders((30, everything), (300, "card")), largest_basket=5)
    assert huge == []
    (bundle,) = learn(orders((30, everything), (20, "stove, gas"), (300, "card")), largest_basket=5)
    assert (set(bundle.units), bundle.orders) == ({"stove", "gas"}, 50)


def test_the_same_orders_give_the_same_sets_in_whatever_order_they_come() -> None:
    mixed = list(SHOP)
    random.Random(3).shuffle(mixed)
    assert learn(mixed) == learn(SHOP)


def test_sets_have_at_most_four_parts() -> None:
    five = orders((60, "tent, pegs, mat, stove, gas"), (400, "card"))
    assert max(len(bundle.units) for bundle in learn(five)) == 4


def test_a_shop_without_orders_has_no_sets() -> None:
    assert learn([]) == []


def test_a_cart_is_completed_by_what_most_of_its_buyers_took_along() -> None:
    (first, *_) = rank_bundles(learn(SHOP), ["tent"], alike)
    assert first.missing == ("pegs", "mat")
    assert (first.in_cart, first.orders, first.anchor_orders) == (("tent",), 40, 90)
    both = rank_bundles(learn(SHOP), ["tent", "pegs"], alike)
    assert [(found.missing, found.orders, found.anchor_orders) for found in both] == [(("mat",), 40, 70)]


def test_the_order_of_the_cart_does_not_matter() -> None:
    bundles = learn(SHOP)
    assert rank_bundles(bundles, ["pegs", "stove"], alike) == rank_bundles(bundles[::-1], ["stove", "pegs"], alike)


def test_a_set_that_adds_a_look_alike_of_the_cart_is_not_offered() -> None:
    bundle = Bundle(("stove", "tin mug"), (1000, 100, 100, 60), 60, 0.5)
    assert len(rank_bundles([bundle], ["stove"], alike)) == 1
    assert rank_bundles([bundle], ["stove", "red mug"], alike) == []


def test_one_idea_is_offered_once() -> None:
    with_tin = Bundle(("stove", "tin mug"), (1000, 100, 100, 60), 60, 0.5)
    with_red = Bundle(("stove", "red mug"), (1000, 100, 100, 50), 50, 0.4)
    assert [found.bundle for found in rank_bundles([with_red, with_tin], ["stove"], alike)] == [with_tin]


def test_what_few_buyers_took_along_is_not_offered() -> None:
    rare = Bundle(("stove", "card"), (100_000, 1000, 30, 25), 25, 0.1)
    assert rank_bundles([rare], ["stove"], alike) == []
    assert rank_bundles([rare], ["card"], alike)[0].missing == ("stove",)


def test_nothing_completes_a_cart_that_has_it_all() -> None:
    assert rank_bundles(learn(SHOP), ["stove", "gas"], alike) == []
    assert rank_bundles(learn(SHOP), [], alike) == []


def test_bundles_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    save_bundles(tmp_path / "bundles.json", learn(SHOP))
    assert list(load_bundles(tmp_path / "bundles.json")) == learn(SHOP)
    (tmp_path / "bundles.json").write_text('[{"units": 3}]')
    with pytest.raises(IndexUnusable, match="run `pairwell index`"):
        load_bundles(tmp_path / "bundles.json")


@pytest.fixture
def open_shop(tmp_path: Path, write_shop: WriteShop) -> Callable[..., Catalogue]:
    """Forty customers took gas with the stove and pegs with the green tent; forty guests a mug."""
    text = "order_id,product_id,customer_id\n" + "".join(
        f"S{n},STOVE,C{n}\nS{n},GAS,C{n}\nT{n},TENT-A2-G,C{n}\nT{n},PEG-VEE,C{n}\nM{n},MUG-R,\n" for n in range(40)
    )

    def opened(products: str = PRODUCTS, rules: str = "rules: []\n") -> Catalogue:
        shop = read_shop(write_shop(products__csv=products, orders__csv=text, compatibility__yml=rules))
        build_index(tmp_path / "home", shop.products, shop.orders_path, shop.documents, hash_model(HashEncoder()))
        return open_catalogue(tmp_path / "home", shop.products, shop.documents, HashEncoder())

    return opened


def test_the_catalogue_completes_a_cart_of_any_variant(open_shop: Callable[..., Catalogue]) -> None:
    catalogue = open_shop()
    (gas,) = catalogue.bundles_for(["STOVE"])
    assert (gas.anchor_ids, gas.missing_ids, gas.orders, gas.anchor_orders) == (("STOVE",), ("GAS",), 40, 40)
    (pegs,) = catalogue.bundles_for(["TENT-A2-O"])
    assert (pegs.anchor_ids, pegs.missing_ids, pegs.buyers) == (("TENT-A2-O",), ("PEG-VEE",), 40)
    (tent,) = catalogue.bundles_for(["PEG-VEE"])
    assert tent.missing_ids == ("TENT-A2-G",), "the variant that is in stock"
    assert catalogue.bundles_for(["NOWHERE"]) == []


def test_what_is_sold_out_or_does_not_fit_completes_nothing(open_shop: Callable[..., Catalogue]) -> None:
    without_gas = PRODUCTS.replace("Fuel,7.50,in_stock", "Fuel,7.50,out_of_stock")
    catalogue = open_shop(without_gas, "rules:\n  - {accessories: [PEG-VEE], hosts: [TENT-H4]}\n")
    assert catalogue.bundles_for(["STOVE"]) == []
    assert catalogue.bundles_for(["TENT-A2-G"]) == []
    assert [found.missing_ids for found in catalogue.bundles_for(["GAS"])] == [("STOVE",)]
