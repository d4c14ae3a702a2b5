"""What goes with a cart, with its counts; and what is the same thing to a shopper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalog.catalogue import Catalogue, build_index, open_catalogue
from catalog.complements.look_alikes import look_alike, stem
from catalog.complements.rates import lower_rate, shrunken
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.feed import ShopFolder, read_shop
from catalog.search.facets import facets_of
from catalog.search.heads import learn_heads
from tests.fakes.hash_encoder import HashEncoder, hash_model


def suggested(catalogue: Catalogue, *cart: str) -> list[str]:
    return [complement.product_id for complement in catalogue.complements(cart)]


def test_what_buyers_took_along_comes_with_its_counts(catalogue: Catalogue) -> None:
    gas = catalogue.complements(["STOVE"])[0]
    assert gas.product_id == "GAS"
    assert (gas.evidence.source, gas.evidence.anchor_id) == ("orders", "STOVE")
    assert (gas.evidence.together, gas.evidence.anchor_orders) == (60, 60)
    assert gas.evidence.lift > 1.5
    assert 1.0 < gas.evidence.lower_lift < 60 / 60 / (126 / 300)


def test_fifty_orders_of_one_customer_are_one_buyer(catalogue: Catalogue) -> None:
    gas = catalogue.complements(["STOVE"])[0]
    assert (gas.evidence.buyers_together, gas.evidence.anchor_buyers) == (1, 1)


def test_what_chance_would_also_bring_together_is_not_suggested(small_shop: ShopFolder, tmp_path: Path) -> None:
    """68 of 300 orders hold a mug, 20 of the 60 with a stove: a lift of 1.4, but not surely above 1. 40 are."""
    encoder, orders = HashEncoder(), tmp_path / "orders.csv"
    for mugs, expected in ((20, set()), (40, {"MUG-B"})):
        lines = ["order_id,timestamp,customer_id,product_id,quantity,unit_price"]
        lines += [f"S{n},2026-01-01,C,{one},1,8.5" for n in range(60) for one in ("STOVE", "MUG-R")[: 1 + (n < mugs)]]
        lines += [f"L{n},2026-01-01,C,{('GAS', 'MUG-B')[n % 5 == 0]},1,7.5" for n in range(240)]
        orders.write_text("\n".join(lines))
        home = tmp_path / str(mugs)
        build_index(home, small_shop.products, orders, small_shop.documents, hash_model(encoder))
        shop = open_catalogue(home, small_shop.products, small_shop.documents, encoder)
        counted = [one for one in shop.complements(["STOVE"]) if one.evidence.source == "orders"]
        assert {one.product_id for one in counted} == expected


def test_counts_and_the_shops_own_word_stand_side_by_side(catalogue: Catalogue) -> None:
    pegs = catalogue.complements(["TENT-A2-G"])[0].evidence
    assert (pegs.source, pegs.note, pegs.together, pegs.anchor_buyers) == ("orders", "Hold any tent", 40, 1)


def test_of_several_sizes_the_one_that_is_declared_to_fit_is_suggested(write_shop, tmp_path: Path) -> None:
    products = """\
id,title,price,availability,item_group_id,size,product_type
VEST,Fleet vest,90.00,in_stock,,,Packs > Vests
PACK,Drove pack,110.00,in_stock,,,Packs > Rucksacks
BLADDER-S,Rill bladder 1.5 l,27.00,in_stock,BLADDER,1.5 l,Water > Bladders
BLADDER-L,Rill bladder 2 l,29.00,in_stock,BLADDER,2 l,Water > Bladders
"""
    rules = """\
rules:
  - {accessories: [BLADDER-S], hosts: [VEST], note: For vests}
  - {accessories: [BLADDER-L], hosts: [PACK], note: For packs}
"""
    shop, encoder = read_shop(write_shop(products__csv=products, compatibility__yml=rules)), HashEncoder()
    build_index(tmp_path, shop.products, None, shop.documents, hash_model(encoder))
    opened = open_catalogue(tmp_path, shop.products, shop.documents, encoder)
    found = [(one.product_id, one.evidence.note) for host in ("VEST", "PACK") for one in opened.complements([host])[:1]]
    assert found == [("BLADDER-S", "For vests"), ("BLADDER-L", "For packs")]


def test_a_declared_fit_is_suggested_without_a_single_order(catalogue: Catalogue) -> None:
    footprint = next(c for c in catalogue.complements(["TENT-A2-G"]) if c.product_id == "FOOT-A2")
    assert (footprint.evidence.source, footprint.evidence.note) == ("compatibility", "Cut to the Aero 2")


def test_orders_count_for_all_variants_of_a_thing(catalogue: Catalogue) -> None:
    pegs = catalogue.complements(["TENT-A2-O"])[0]
    assert (pegs.product_id, pegs.evidence.together, pegs.evidence.anchor_orders) == ("PEG-VEE", 40, 40)


def test_what_does_not_fit_is_never_suggested(catalogue: Catalogue) -> None:
    assert "FOOT-H4" not in suggested(catalogue, "TENT-A2-G")


def test_two_tents_never_go_together_whatever_some_orders_say(catalogue: Catalogue) -> None:
    assert not {"TENT-H4", "TENT-A2-O"} & set(suggested(catalogue, "TENT-A2-G"))


def test_nothing_of_the_cart_or_its_variants_is_suggested(catalogue: Catalogue) -> None:
    assert not {"STOVE", "GAS", "MUG-R", "MUG-B"} & set(suggested(catalogue, "STOVE", "GAS", "MUG-R"))


def test_one_variant_of_a_thing_is_enough(catalogue: Catalogue) -> None:
    assert len({"MUG-R", "MUG-B"} & set(suggested(catalogue, "STOVE"))) == 1


def test_an_unknown_product_has_no_complements(catalogue: Catalogue) -> None:
    assert suggested(catalogue, "NOWHERE") == []


def test_compatibility_is_yes_no_or_unknown(catalogue: Catalogue) -> None:
    fits, refused = catalogue.compatible("FOOT-A2", "TENT-A2-O"), catalogue.compatible("FOOT-A2", "TENT-H4")
    assert (fits and fits.fits, refused and refused.fits) == (True, False)
    assert catalogue.compatible("FOOT-A2", "STOVE") is None
    assert catalogue.compatible("MUG-R", "TENT-H4") is None


def test_few_orders_pull_the_rate_towards_chance() -> None:
    assert shrunken(2, 2, 0.01)[0] < 0.2
    assert shrunken(200, 200, 0.01)[0] > 0.9
    assert lower_rate(3, 3) < lower_rate(300, 300)
    assert lower_rate(0, 0) == 0.0


TITLES = """RED RETROSPOT LUNCH BOX=LUNCH BOX BLACK SKULL=look-alike
LUNCH BAG RED RETROSPOT=LUNCH BAG BLACK SKULL.=look-alike
JUMBO BAG RED RETROSPOT=JUMBO BAG PINK POLKADOT=look-alike
ALARM CLOCK BAKELIKE RED=ALARM CLOCK BAKELIKE GREEN=look-alike
HEART OF WICKER LARGE=HEART OF WICKER SMALL=look-alike
SET/20 RED RETROSPOT PAPER NAPKINS=SET OF 20 VINTAGE PAPER NAPKINS=look-alike
MAN FLU METAL SIGN=COOK WITH WINE METAL SIGN=look-alike
JUMBO STORAGE BAG SUKI=JUMBO BAG TOYS=look-alike
UNION STRIPE WITH FRINGE HAMMOCK=SUNSET CHECK HAMMOCK=look-alike
REGENCY CAKESTAND 3 TIER=ROSES REGENCY TEACUP AND SAUCER=complement
GREEN REGENCY TEACUP AND SAUCER=REGENCY TEAPOT ROSES=complement
PACK OF 72 RETROSPOT CAKE CASES=RECIPE BOX PANTRY YELLOW DESIGN=complement
""".strip().split("\n")
PAIRS = [tuple(line.split("=")) for line in TITLES]
MORE = [
    *("LUNCH BOX SPACEBOY", "BLUE LUNCH BAG", "LUNCH BAG", "DOLLY GIRL LUNCH BOX", "PARTY BAG", "JUMBO BAG"),
    *("RED BAG", "TIN BOX", "SEWING BOX", "TRINKET BOX", "PEG BAG", "TOTE BAG", "WALL CLOCK"),
]


def thing(title: str, **values: object) -> Product:
    return replace(Product(id=title, title=title, price=Money(len(title) * 10, "GBP")), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("a", "b", "verdict"), PAIRS)
def test_look_alikes_by_title_alone(a: str, b: str, verdict: str) -> None:
    heads = learn_heads([title for pair in PAIRS for title in pair[:2]] + MORE)
    first, second = thing(a), thing(b)
    same = look_alike(first, second, facets_of(first, heads), facets_of(second, heads), cosine=0.52)
    assert same == (verdict == "look-alike")


def test_the_stem_drops_colour_size_count_and_pattern() -> None:
    assert stem("SET OF 6 RED POLKADOT TEA TOWELS, LARGE") == stem("tea towel") == {"tea", "towel"}
