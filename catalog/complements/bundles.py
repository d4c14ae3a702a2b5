"""Sets of things that complete a cart: learned from the orders beforehand, ranked when a cart is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalog.complements.bundle import Bundle
from catalog.complements.bundle_learning import BundleSearch, learn_bundles
from catalog.complements.lift import lower_count

__all__ = ["Bundle", "BundleSearch", "Completion", "learn_bundles", "rank_bundles"]

Alike = Callable[[str, str], bool]


@dataclass(frozen=True)
class Completion:
    """What makes a set of what is in the cart.

    `in_cart` and `missing` are the set's parts. `orders` counts the distinct orders that held the whole set,
    `anchor_orders` those that held its parts in the cart. `score` is how many of the missing parts a buyer of
    those takes more than by chance, at the lower bound; it orders, and is no probability.
    """

    bundle: Bundle
    in_cart: tuple[str, ...]
    missing: tuple[str, ...]
    orders: int
    anchor_orders: int
    score: float


def rank_bundles(
    bundles: Iterable[Bundle], cart: Iterable[str], alike: Alike, least_rate: float = 0.05
) -> list[Completion]:
    """The sets that complete what is in the cart, best first; the order of the cart does not matter.

    Left out are sets that lack nothing, that fewer than `least_rate` of the orders with their parts in the cart
    held, that would add a look-alike of something in the cart, and those that bring no idea beyond the sets
    before them (the same missing parts, or look-alikes of them).
    """
    held = frozenset(cart)
    ranked = sorted(
        (_completion(bundle, held) for bundle in bundles if _is_begun(bundle, held)),
        key=lambda completion: (-completion.score, completion.bundle.units),
    )
    kept: list[Completion] = []
    ideas: list[str] = []
    for found in ranked:
        rare = found.score <= 0 or found.orders < least_rate * found.anchor_orders
        if rare or any(alike(unit, other) for unit in found.missing for other in sorted(held)):
            continue
        if not all(any(unit == idea or alike(unit, idea) for idea in ideas) for unit in found.missing):
            kept.append(found)
            ideas += found.missing
    return kept


def _is_begun(bundle: Bundle, cart: frozenset[str]) -> bool:
    return 0 < len(cart.intersection(bundle.units)) < len(bundle.units)


def _completion(bundle: Bundle, cart: frozenset[str]) -> Completion:
    in_cart = tuple(unit for unit in bundle.units if unit in cart)
    missing = tuple(unit for unit in bundle.units if unit not in cart)
    anchor_orders = bundle.orders_with(in_cart)
    by_chance = anchor_orders * bundle.orders_with(missing) / bundle.held[0]
    beyond = float(lower_count(bundle.orders)) - by_chance
    score = round(len(missing) * beyond / anchor_orders, 9)
    return Completion(bundle, in_cart, missing, bundle.orders, anchor_orders, score)
