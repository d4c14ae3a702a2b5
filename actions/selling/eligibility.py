"""The one gate that every offer passes (promise `worth-it`). A refusal is a value with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from actions.selling.facts import CandidateFacts, Rules, Situation
from actions.selling.pricing import lowest_price


@dataclass(frozen=True)
class Ineligible:
    """Why something may not be offered. `reason` is one of `REASONS`; `because_of` the product (or kind) behind it."""

    reason: str
    because_of: str = ""


Check = Callable[[CandidateFacts, Situation, Rules], Ineligible | None]


def ineligible(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    """The first reason against offering this, or None where nothing speaks against it."""
    return next((refusal for check in _CHECKS if (refusal := check(candidate, situation, rules))), None)


def _in_cart(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    here = any(product.id == candidate.product.id for product in situation.hosts)
    return Ineligible("in_cart", candidate.product.id) if here else None


def _variant_in_cart(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    group = candidate.product.group_id
    same = next((product.id for product in situation.hosts if group and product.group_id == group), "")
    return Ineligible("variant_in_cart", same) if same else None


def _look_alike(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    return Ineligible("look_alike", candidate.look_alike_of) if candidate.look_alike_of else None


def _out_of_stock(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    return None if candidate.product.in_stock else Ineligible("out_of_stock")


def _incompatible(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    return Ineligible("incompatible", candidate.unfit_with) if candidate.unfit_with else None


def _without_price(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    price = candidate.product.price
    return Ineligible("no_price") if price.minor <= 0 or price.currency != situation.currency else None


def _outside_price_band(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    if not situation.hosts:
        return None
    dearest = max(situation.hosts, key=lambda product: (product.price, product.id))
    most = dearest.price.share(rules.offers.price_band_percent, 100)
    return Ineligible("outside_price_band", dearest.id) if candidate.product.price > most else None


def _below_margin(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    product = candidate.product
    return Ineligible("below_margin") if product.price < lowest_price(product, rules.bundles) else None


def _declined_before(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    if candidate.product.id in situation.memory.declined:
        return Ineligible("declined_before", candidate.product.id)
    if candidate.declined_like:
        return Ineligible("declined_before", candidate.declined_like)
    if candidate.product.kind and candidate.product.kind in situation.memory.declined_kinds:
        return Ineligible("declined_before", candidate.product.kind)
    return None


def _offered_before(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    # Left unanswered once is answer enough; somebody who asks may hear of it again.
    repeated = situation.moment != "on_request" and candidate.product.id in situation.memory.offered
    return Ineligible("offered_before") if repeated else None


def _owned(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    product = candidate.product
    return Ineligible("owned") if product.id in situation.memory.owned and not product.consumable else None


def _returned_before(candidate: CandidateFacts, situation: Situation, rules: Rules) -> Ineligible | None:
    return Ineligible("returned_before") if candidate.product.id in situation.memory.returned else None


_CHECKS: tuple[Check, ...] = (
    _in_cart,
    _variant_in_cart,
    _look_alike,
    _declined_before,
    _offered_before,
    _returned_before,
    _owned,
    _out_of_stock,
    _incompatible,
    _without_price,
    _outside_price_band,
    _below_margin,
)

REASONS = (
    "in_cart",
    "variant_in_cart",
    "look_alike",
    "declined_before",
    "offered_before",
    "returned_before",
    "owned",
    "out_of_stock",
    "incompatible",
    "no_price",
    "outside_price_band",
    "below_margin",
)
