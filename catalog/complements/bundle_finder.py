"""Learned bundles for a real cart: the variants to buy, in stock and fitting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from catalog.complements.bundle import Bundle
from catalog.complements.bundles import Completion, rank_bundles
from catalog.complements.compatibility import FitRules
from catalog.search.shelf import Shelf


@dataclass(frozen=True)
class BundleSuggestion:
    """A set that completes the cart. `anchor_ids` are its parts in the cart, `missing_ids` the others.

    Of the `anchor_orders` orders that held the anchors, `orders` held the whole set; `buyers` customers bought it
    in one order. Variants count as one thing. `score` orders suggestions; it is no probability.
    """

    anchor_ids: tuple[str, ...]
    missing_ids: tuple[str, ...]
    orders: int
    anchor_orders: int
    buyers: int
    score: float


class BundleFinder:
    """Finds what makes sets of carts on one shelf. `alike` compares two positions, the lower one first."""

    def __init__(
        self, shelf: Shelf, bundles: Iterable[Bundle], fit: FitRules, alike: Callable[[int, int], bool]
    ) -> None:
        self._shelf, self._fit, self._alike = shelf, fit, alike
        self._places: dict[str, list[int]] = {}
        for place in range(len(shelf.products)):
            self._places.setdefault(shelf.group_key(place), []).append(place)
        self._of: dict[str, list[Bundle]] = {}
        for bundle in bundles:
            for unit in bundle.units if all(unit in self._places for unit in bundle.units) else ():
                self._of.setdefault(unit, []).append(bundle)

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[BundleSuggestion]:
        """The sets that complete the cart, best first. Each missing part is in stock and fits, where that is
        declared; none looks like something in the cart."""
        positions = self._shelf.position
        cart = [positions[product_id] for product_id in product_ids if product_id in positions]
        held = {self._shelf.group_key(place): place for place in reversed(cart)}
        begun = {bundle.units: bundle for unit in held for bundle in self._of.get(unit, ())}
        possible = [bundle for bundle in begun.values() if self._can_be_bought(bundle, held)]
        ranked = rank_bundles(possible, held, self._units_alike)
        return [self._suggestion(completion, held) for completion in ranked[:limit]]

    def _can_be_bought(self, bundle: Bundle, held: dict[str, int]) -> bool:
        parts = [held[unit] if unit in held else self._variant(unit, held) for unit in bundle.units]
        missing = [place for unit, place in zip(bundle.units, parts, strict=True) if unit not in held]
        return all(self._shelf.products[place].in_stock and self._fits(place, parts) for place in missing)

    def _fits(self, place: int, parts: list[int]) -> bool:
        """Whether nothing is declared against the part: it fits one of the others, or nobody says that it does not."""
        part = self._shelf.products[place]
        others = [self._shelf.products[other] for other in parts if other != place]
        declared = [self._fit.between(part, other) or self._fit.between(other, part) for other in others]
        verdicts = {fit.fits for fit in declared if fit is not None}
        return True in verdicts or False not in verdicts

    def _variant(self, unit: str, held: dict[str, int]) -> int:
        """Of a group, the variant to suggest: in stock, in a size and a colour of the cart, most bought."""
        facets, products = self._shelf.facets, self._shelf.products

        def order(place: int) -> tuple[bool, bool, bool, int, str]:
            other_size = all(facets[place].sizes.isdisjoint(facets[own].sizes) for own in held.values())
            other_colour = all(facets[place].colors.isdisjoint(facets[own].colors) for own in held.values())
            popularity = -self._shelf.popularity[place]
            return not products[place].in_stock, other_size, other_colour, popularity, products[place].id

        return min(self._places[unit], key=order)

    def _units_alike(self, a: str, b: str) -> bool:
        first, second = self._places.get(a, [-1])[0], self._places.get(b, [-1])[0]
        return a == b or (min(first, second) >= 0 and self._alike(min(first, second), max(first, second)))

    def _suggestion(self, completion: Completion, held: dict[str, int]) -> BundleSuggestion:
        products = self._shelf.products
        return BundleSuggestion(
            tuple(products[held[unit]].id for unit in completion.in_cart),
            tuple(products[self._variant(unit, held)].id for unit in completion.missing),
            completion.orders,
            completion.anchor_orders,
            completion.bundle.customers,
            completion.score,
        )
