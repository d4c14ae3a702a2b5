"""Whatever a shop sells: an upgrade is of the same kind, another thing, in stock, in the band, and better."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.complements.compatibility import FitRules
from catalog.complements.qualities import amount_of, qualities_of
from catalog.complements.upgrades import UpgradeFinder
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.search.shelf import Shelf

KINDS = ("Camping > Tents", "Lights > Lamps", "")
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(KINDS),
            "group": st.sampled_from(("", "G", "H")),
            # Steps of a tenth, so that many pairs lie in the band; 0 and sales among them.
            "step": st.integers(0, 12),
            "sale": st.none() | st.integers(0, 12),
            "stock": st.sampled_from((Availability.IN_STOCK, Availability.IN_STOCK, Availability.OUT_OF_STOCK)),
            "weight_g": st.none() | st.integers(1, 9),
            "lumens": st.integers(0, 9),
            "sealed": st.sampled_from(("yes", "no", "")),
        }
    ),
    max_size=24,
)


def product(number: int, row: dict[str, object]) -> Product:
    """Lumens rise with the price by themselves, so that there is something to learn."""
    step, sale = int(str(row["step"])), row["sale"]
    return Product(
        id=f"P{number}",
        title=f"Glow lamp {number} l",
        price=Money(1000 * step, "GBP"),
        sale_price=None if sale is None else Money(1000 * int(str(sale)), "GBP"),
        availability=row["stock"],  # type: ignore[arg-type]
        group_id=str(row["group"]),
        product_type=str(row["kind"]),
        attributes={
            "weight_g": "" if row["weight_g"] is None else f"{row['weight_g']}00",
            "lumens": str(100 * step + 30 * int(str(row["lumens"]))),
            "sealed": str(row["sealed"]),
        },
    )


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_every_upgrade_is_one(rows: list[dict[str, object]]) -> None:
    products = [product(number, row) for number, row in enumerate(rows)]
    shop = UpgradeFinder(Shelf(products, {}, "GBP"), FitRules((), products), lambda a, b: 1.0)
    for own in products:
        upgrades = shop.upgrades(own.id, limit=10)
        assert upgrades == shop.upgrades(own.id, limit=10)
        groups = [upgrade.product.group_id or upgrade.product.id for upgrade in upgrades]
        assert len(set(groups)) == len(groups)
        for upgrade in upgrades:
            better, price = upgrade.product, own.current_price.minor
            assert better.kind == own.kind
            assert not better.same_group(own)
            assert better.in_stock
            assert upgrade.difference == better.current_price - own.current_price
            assert 0 < 10 * price <= 100 * upgrade.difference.minor <= 25 * price
            assert upgrade.improvements
            assert upgrade.gain > 0
            signs = {one.quality.attribute: one.sign for one in shop._directions(*shop._need(products.index(own)))}
            for changes, way in ((upgrade.improvements, 1), (upgrade.trade_offs, -1)):
                for change in changes:
                    assert way * signs[change.attribute] * (change.after - change.before) > 0
                    for thing, amount in ((own, change.before), (better, change.after)):
                        stated = {quality.attribute: quality for quality in qualities_of(thing)}
                        quality = stated.get(change.attribute)
                        known = 0.0 if quality is None else amount_of(quality, thing, qualities_of(thing))
                        assert known == amount


def test_the_generator_does_reach_upgrades() -> None:
    rows = [
        {"kind": KINDS[1], "group": "", "step": n, "sale": None, "stock": Availability.IN_STOCK, "weight_g": None}
        | {"lumens": 0, "sealed": ""}
        for n in range(1, 13)
    ]
    products = [product(number, row) for number, row in enumerate(rows)]
    shop = UpgradeFinder(Shelf(products, {}, "GBP"), FitRules((), products), lambda a, b: 1.0)
    assert sum(bool(shop.upgrades(one.id)) for one in products) >= 6
