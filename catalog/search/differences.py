"""What differs between what was asked and what was found instead: red asked, maroon it is; 80.00 asked, 85.00 it costs.

Said of products that were found after a condition was given up, so that "nothing found" becomes an honest answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search import measures, nearness
from catalog.search.draft import Part
from catalog.search.engine import Hit
from catalog.search.facets import Facets
from catalog.search.filters import Filters, Gate, Measure
from catalog.search.understanding import Understood
from catalog.search.words import key

DifferenceField = Literal["kind", "brand", "color", "size", "material", "measure", "price", "stock"]
# The condition of `Filters` that each field stands for.
CONDITIONS: dict[DifferenceField, str] = {
    "kind": "kinds",
    "price": "price",
    "color": "colors",
    "size": "sizes",
    "brand": "brands",
    "material": "materials",
    "measure": "measures",
    "stock": "stock",
}
_READS_WELL = 0.75
_ANOTHER_KIND, _ANOTHER_MAKE, _SOLD_OUT = 1.0, 0.5, 0.3


@dataclass(frozen=True)
class Difference:
    """`asked` and `has` are names as people write them, or prices. `has` is "" where the catalogue does not say.

    A price is compared with the limit that it breaks; `above` says that it lies above it. `distance` is 0..1, see
    `nearness`.
    """

    field: DifferenceField
    asked: str | Money
    has: str | Money
    distance: float
    above: bool = False


def differences(
    understood: Understood, product: Product, facets: Facets, family: Sequence[Product] = ()
) -> tuple[Difference, ...]:
    """All that a product has otherwise than asked; empty where it keeps every condition. `family` are its variants,
    whose sizes count as its own."""
    asked = understood.filters
    found: list[Difference] = []
    for field, name in CONDITIONS.items():
        others = tuple(other for other in asked.relaxable() if other != name)
        if name in asked.relaxable() and not Gate(asked.without(others)).admits(product, facets):
            found += _differing(field, asked, understood.parts, product, facets, family or (product,))
    return tuple(found)


def nearest_first(hits: Sequence[Hit], found: Sequence[tuple[Difference, ...]], *, in_words: bool) -> list[Hit]:
    """Hits of a search that gave up conditions, the nearest first: in stock, differing in few things, and by little.

    With `in_words`, where no kind of product was asked for, only what reads nearly as well as the best takes part:
    the nearest price is no help on a thing of another sort.
    """
    floor = _READS_WELL * max((hit.score for hit in hits), default=0.0) if in_words else 0.0
    ranked = sorted(
        (
            (not hit.product.in_stock, len(differing), sum(difference.distance for difference in differing), place)
            for place, (hit, differing) in enumerate(zip(hits, found, strict=True))
            if hit.score >= floor
        ),
    )
    return [hits[place] for *_, place in ranked]


def _differing(
    field: DifferenceField, asked: Filters, parts: Iterable[Part], product: Product, facets: Facets,
    family: Sequence[Product],
) -> list[Difference]:  # fmt: skip
    if field == "price":
        return [_price(asked, product.current_price)]
    if field == "measure":
        return [_measure(measure, parts, facets) for measure in asked.measures if not _kept(measure, facets)]
    said = _said(field, parts, getattr(asked, CONDITIONS[field], frozenset()))
    if field == "color":
        return [
            Difference(
                field, said, _colour(product, facets), nearness.of_colours(map(key, asked.colors), facets.colors)
            )
        ]
    if field == "size":
        sizes = list(dict.fromkeys(one.size for one in family if one.size and one.in_stock)) or [product.size]
        return [Difference(field, said, ", ".join(filter(None, sizes)), nearness.of_sizes(asked.sizes, sizes))]
    if field == "stock":
        return [Difference(field, "", product.availability.value, _SOLD_OUT)]
    if field == "kind":
        return [Difference(field, said, product.kind.lower() or facets.phrase, _ANOTHER_KIND)]
    has = product.brand if field == "brand" else product.material.lower() or ", ".join(sorted(facets.materials))
    return [Difference(field, said, has, _ANOTHER_MAKE)]


def _said(field: DifferenceField, parts: Iterable[Part], names: frozenset[str]) -> str:
    """What was asked in the shopper's own words, else by its names."""
    own = [part.name for part in parts if part.field == field and part.hard and not part.negated]
    return " / ".join(dict.fromkeys(own)) or " / ".join(sorted(names))


def _colour(product: Product, facets: Facets) -> str:
    """The colour column, else the colours of the title without the plain ones that only sum shades up."""
    return product.color.lower() or ", ".join(sorted(facets.colors & frozenset(key(product.title).split())))


def _price(asked: Filters, price: Money) -> Difference:
    above = asked.price_max is not None and price > asked.price_max
    limit = asked.price_max if above else asked.price_min
    distance = nearness.of_prices(asked.price_min, asked.price_max, price)
    return Difference("price", limit if limit is not None else price, price, distance, above)


def _kept(measure: Measure, facets: Facets) -> bool:
    return any(unit == measure.unit and measure.low <= amount <= measure.high for amount, unit in facets.measures)


def _measure(measure: Measure, parts: Iterable[Part], facets: Facets) -> Difference:
    said = next((part.name for part in parts if part.field == "measure" and measure.unit in part.values), "")
    amounts = sorted(amount for amount, unit in facets.measures if unit == measure.unit)
    if not amounts:
        return Difference("measure", said, "", 1.0)
    nearest = min(amounts, key=lambda amount: (nearness.of_amounts(measure.low, measure.high, amount), amount))
    distance = nearness.of_amounts(measure.low, measure.high, nearest)
    return Difference("measure", said, measures.shown(nearest, measure.unit, said), distance)
