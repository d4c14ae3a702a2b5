"""What a shopper asks of a product besides its name, and whether a product keeps it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search.facets import Facets
from catalog.search.words import content_tokens, key, size_keys

Sort = Literal["relevance", "price_asc", "price_desc"]
_NONE: frozenset[str] = frozenset()
# What is given up first when nothing fits. What the shopper ruled out is never given up.
_RELAXABLE = ("measures", "materials", "sizes", "brands", "colors", "stock", "price", "kinds")


@dataclass(frozen=True)
class Measure:
    """A number with a unit that must hold, within [low, high], in the unit's base (g, mm, ml, person, …)."""

    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class Filters:
    """Hard conditions. Each set means "one of these", each `not_` set "none of these"; an empty set or None asks
    nothing.

    Names may be given as a shopper or a feed writes them ("Medium", "Sleeping bags"). Prices are compared
    with today's price, limits included.
    """

    price_min: Money | None = None
    price_max: Money | None = None
    kinds: frozenset[str] = _NONE
    brands: frozenset[str] = _NONE
    colors: frozenset[str] = _NONE
    sizes: frozenset[str] = _NONE
    materials: frozenset[str] = _NONE
    not_kinds: frozenset[str] = _NONE
    not_brands: frozenset[str] = _NONE
    not_colors: frozenset[str] = _NONE
    not_materials: frozenset[str] = _NONE
    not_terms: frozenset[str] = _NONE
    in_stock_only: bool = False
    exclude_ids: frozenset[str] = _NONE
    measures: tuple[Measure, ...] = ()

    def merged(self, other: Filters | None) -> Filters:
        """Both at once; where both name the same thing, `other` counts."""
        if other is None:
            return self
        return Filters(
            price_min=self.price_min if other.price_min is None else other.price_min,
            price_max=self.price_max if other.price_max is None else other.price_max,
            kinds=other.kinds or self.kinds,
            brands=other.brands or self.brands,
            colors=other.colors or self.colors,
            sizes=other.sizes or self.sizes,
            materials=other.materials or self.materials,
            not_kinds=self.not_kinds | other.not_kinds,
            not_brands=self.not_brands | other.not_brands,
            not_colors=self.not_colors | other.not_colors,
            not_materials=self.not_materials | other.not_materials,
            not_terms=self.not_terms | other.not_terms,
            in_stock_only=self.in_stock_only or other.in_stock_only,
            exclude_ids=self.exclude_ids | other.exclude_ids,
            measures=other.measures or self.measures,
        )

    def relaxable(self) -> tuple[str, ...]:
        """The names of the conditions set here that may be given up, least missed first."""
        present = {
            "measures": bool(self.measures),
            "materials": bool(self.materials),
            "sizes": bool(self.sizes),
            "brands": bool(self.brands),
            "colors": bool(self.colors),
            "stock": self.in_stock_only,
            "price": self.price_min is not None or self.price_max is not None,
            "kinds": bool(self.kinds),
        }
        return tuple(name for name in _RELAXABLE if present[name])

    def without(self, names: tuple[str, ...]) -> Filters:
        """The same without the named conditions (names as in `relaxable`)."""
        changed = self
        for name in names:
            if name == "price":
                changed = replace(changed, price_min=None, price_max=None)
            elif name == "stock":
                changed = replace(changed, in_stock_only=False)
            elif name == "measures":
                changed = replace(changed, measures=())
            else:
                changed = replace(changed, **{name: _NONE})  # type: ignore[arg-type]
        return changed


class Gate:
    """`Filters` made ready to test many products."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters
        self._kinds, self._not_kinds = _keys(filters.kinds), _keys(filters.not_kinds)
        self._brands, self._not_brands = _keys(filters.brands), _keys(filters.not_brands)
        # "navy" asks for navy alone, "blue" for every blue: products carry their shade and its plain colour.
        self._colors, self._not_colors = _keys(filters.colors), _keys(filters.not_colors)
        self._sizes = frozenset().union(*(size_keys(size) for size in filters.sizes)) if filters.sizes else _NONE
        self._materials, self._not_materials = _keys(filters.materials), _keys(filters.not_materials)
        self._not_terms = [frozenset(content_tokens(term)) for term in filters.not_terms if content_tokens(term)]

    def admits(self, product: Product, facets: Facets) -> bool:
        """Whether the product keeps every condition."""
        asked = self._filters
        price = product.current_price
        return not (
            (asked.price_min is not None and price < asked.price_min)
            or (asked.price_max is not None and price > asked.price_max)
            or (asked.in_stock_only and not product.in_stock)
            or product.id in asked.exclude_ids
            or (self._kinds and self._kinds.isdisjoint(facets.kinds))
            or (self._brands and facets.brand not in self._brands)
            or (self._colors and self._colors.isdisjoint(facets.colors))
            or (self._sizes and self._sizes.isdisjoint(facets.sizes))
            or (self._materials and self._materials.isdisjoint(facets.materials))
            or not self._not_kinds.isdisjoint(facets.kinds)
            or facets.brand in self._not_brands
            or not self._not_colors.isdisjoint(facets.colors)
            or not self._not_materials.isdisjoint(facets.materials)
            or any(term <= facets.words for term in self._not_terms)
            or not all(_holds(measure, facets) for measure in asked.measures)
        )


def _keys(names: frozenset[str]) -> frozenset[str]:
    return frozenset(key(name) for name in names)


def _holds(measure: Measure, facets: Facets) -> bool:
    return any(unit == measure.unit and measure.low <= amount <= measure.high for amount, unit in facets.measures)
