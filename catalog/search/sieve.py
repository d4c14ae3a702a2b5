"""Filters over all products at once. `filters.Gate` says the same of one product, and is the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from catalog.domain.errors import MoneyError
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.search.columns import Columns
from catalog.search.filters import Filters, Measure, keys, size_names
from catalog.search.postings import Postings, among
from catalog.search.words import content_tokens

Mask = npt.NDArray[np.bool_]


class Sieve:
    """One mask of all positions for a condition. `position` finds a product by its id.

    Prices and stock are read from the products, everything else from `columns`.
    """

    def __init__(self, products: Sequence[Product], columns: Columns, position: Mapping[str, int]) -> None:
        self._size, self._columns, self._position = len(products), columns, position
        self._currency = products[0].price.currency if products else ""
        self.prices = np.fromiter((product.current_price.minor for product in products), np.int64, self._size)
        self.in_stock = np.fromiter((product.in_stock for product in products), np.bool_, self._size)

    def allowed(self, filters: Filters) -> Mask:
        """Which positions keep every condition. Raises MoneyError for limits in another currency."""
        mask = self.never_given_up(filters)
        for name in filters.relaxable():
            mask &= self.condition(filters, name)
        return mask

    def never_given_up(self, filters: Filters) -> Mask:
        """Which positions have nothing that was ruled out."""
        mask = np.ones(self._size, dtype=np.bool_)
        for facet, names in (
            ("kinds", keys(filters.not_kinds)),
            ("brand", keys(filters.not_brands)),
            ("colors", keys(filters.not_colors)),
            ("materials", keys(filters.not_materials)),
        ):
            for name in names:
                mask[self._postings(facet).of(name)] = False
        for term in filters.not_terms:
            self._rule_out(mask, content_tokens(term))
        for product_id in filters.exclude_ids & self._position.keys():
            mask[self._position[product_id]] = False
        return mask

    def condition(self, filters: Filters, name: str) -> Mask:
        """Which positions keep one condition that may be given up (named as in `Filters.relaxable`)."""
        if name == "price":
            return self._priced(filters.price_min, filters.price_max)
        if name == "stock":
            return self.in_stock
        if name == "measures":
            return np.logical_and.reduce([self._measured(measure) for measure in filters.measures])  # type: ignore[no-any-return]
        if name == "sizes":
            return self._any("sizes", size_names(filters.sizes))
        return self._any("brand" if name == "brands" else name, keys(getattr(filters, name)))

    def _postings(self, facet: str) -> Postings:
        return self._columns.postings[facet]

    def _any(self, facet: str, values: frozenset[str]) -> Mask:
        # A name without a word in it asks nothing.
        mask = np.full(self._size, not values, dtype=np.bool_)
        for value in values:
            mask[self._postings(facet).of(value)] = True
        return mask

    def _priced(self, lowest: Money | None, highest: Money | None) -> Mask:
        mask = np.ones(self._size, dtype=np.bool_)
        if lowest is not None:
            mask &= self.prices >= self._minor(lowest)
        if highest is not None:
            mask &= self.prices <= self._minor(highest)
        return mask

    def _minor(self, limit: Money) -> int:
        if self._size and limit.currency != self._currency:
            raise MoneyError(f"a limit in {limit.currency} cannot be compared with prices in {self._currency}")
        return limit.minor

    def _rule_out(self, mask: Mask, term: Sequence[str]) -> None:
        """Take out what says all words of a term."""
        if not term:
            return
        places, *others = sorted((self._postings("words").of(word) for word in set(term)), key=len)
        for other in others:
            places = places[among(places, other)]
        mask[places] = False

    def _measured(self, measure: Measure) -> Mask:
        mask = np.zeros(self._size, dtype=np.bool_)
        for amount, value in self._amounts.get(measure.unit, ()):
            if measure.low <= amount <= measure.high:
                mask[self._postings("measures").of(value)] = True
        return mask

    @cached_property
    def _amounts(self) -> dict[str, list[tuple[float, str]]]:
        """Unit -> (amount, value of the posting list)."""
        amounts: dict[str, list[tuple[float, str]]] = {}
        for value in self._postings("measures").values():
            unit, _, amount = value.rpartition(" ")
            amounts.setdefault(unit, []).append((float(amount), value))
        return amounts
