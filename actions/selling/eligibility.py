"""The one gate that every offer passes (promise `worth-it`). A refusal is a value with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from actions.selling.facts import CandidateFacts, ProductFacts, Rules, Situation
from actions.selling.journey import asked_for
from actions.selling.pricing import lowest_price


@dataclass(frozen=True, slots=True)
class Ineligible:
    """Why something may not be offered. `reason` is one of `REASONS`; `because_of` the product (or kind) behind it."""

    reason: str
    because_of: str = ""


class Gate:
    """The gate at one opportunity: what every candidate is held against, put together once.

    Of its traits, `own_price` says that a kind's price is not bounded by what is in the cart (an upgrade has a range
    of its own), `alike_welcome` that it may be like what is looked at.
    """

    def __init__(self, situation: Situation, rules: Rules) -> None:
        self.situation, self.rules = situation, rules
        hosts = situation.hosts
        self._cart = {line.product.id for line in situation.cart}
        self._hosts = {product.id for product in hosts}
        self._host_of_group = {product.group_id: product.id for product in reversed(hosts) if product.group_id}
        self._cart_groups = {line.product.group_id: line.product.id for line in situation.cart if line.product.group_id}
        self._dearest = max(hosts, key=lambda product: (product.price.minor, product.id), default=None)
        memory = situation.memory
        self._declined, self._declined_kinds = frozenset(memory.declined), frozenset(memory.declined_kinds)
        self._offered = frozenset() if asked_for(situation.moment) else frozenset(memory.offered)
        self._owned, self._owned_groups = frozenset(memory.owned), frozenset(memory.owned_groups)
        self._returned, self._returned_groups = frozenset(memory.returned), frozenset(memory.returned_groups)

    def refusal(self, candidate: CandidateFacts, traits: Traits) -> Ineligible | None:
        """The first reason against offering this, or None where nothing speaks against it."""
        if candidate.kind in self.situation.memory.declined_offers:
            return Ineligible("declined_before", candidate.kind)
        products = candidate.products
        # A plan is about the very thing in the cart: only whether it may be sold counts.
        checks = _OF_PLANS if candidate.plans else _CHECKS
        for check in checks:
            found = check(self, candidate, products, traits)
            if found is not None:
                return found
        return None

    def in_cart(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """Neither it nor a variant of it is there already."""
        here = self._cart if traits.alike_welcome else self._hosts
        groups = self._cart_groups if traits.alike_welcome else self._host_of_group
        for product in products:
            if product.id in here:
                return Ineligible("in_cart", product.id)
            if product.group_id in groups:
                return Ineligible("variant_in_cart", groups[product.group_id])
        return None

    def look_alike(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """It is not the same thing in other words."""
        if candidate.look_alike_of and not (traits.alike_welcome and candidate.look_alike_of not in self._cart):
            return Ineligible("look_alike", candidate.look_alike_of)
        return None

    def declined(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """A no stays a no, for what it covers."""
        for product in products:
            if product.id in self._declined:
                return Ineligible("declined_before", product.id)
            if product.kind and product.kind in self._declined_kinds:
                return Ineligible("declined_before", product.kind)
        return Ineligible("declined_before", candidate.declined_like) if candidate.declined_like else None

    def offered(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """Left unanswered once is answer enough; somebody who asks may hear of it again."""
        known = next((product.id for product in products if product.id in self._offered), "")
        return Ineligible("offered_before", known) if known else None

    def returned(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """What was sent back once is not offered again, in no colour."""
        for product in products:
            if product.id in self._returned or (product.group_id and product.group_id in self._returned_groups):
                return Ineligible("returned_before", product.id)
        return None

    def owned(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """Nobody needs a second one of what does not run out."""
        for product in products:
            has = product.id in self._owned or (product.group_id and product.group_id in self._owned_groups)
            if has and not product.consumable:
                return Ineligible("owned", product.id)
        return None

    def in_stock(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """It can be had now."""
        gone = next((product.id for product in products if not product.in_stock), "")
        return Ineligible("out_of_stock", gone) if gone else None

    def fits(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """Nothing is declared against it."""
        return Ineligible("incompatible", candidate.unfit_with) if candidate.unfit_with else None

    def restricted(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """What not everybody may buy, or not everywhere, is sold when asked for, never suggested."""
        region = self.situation.region
        for product in products:
            if product.min_age > 0:
                return Ineligible("age_restricted", product.id)
            if product.regions and region not in product.regions:
                return Ineligible("region_restricted", product.id)
        return None

    def priced(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """It has a price in the cart's currency, inside the price band."""
        currency = self.situation.currency
        for product in products:
            if product.price.minor <= 0 or product.price.currency != currency:
                return Ineligible("no_price", product.id)
        if self._dearest is None or traits.own_price:
            return None
        most = self._dearest.price.minor * self.rules.offers.price_band_percent
        beyond = next((product.id for product in products if product.price.minor * 100 > most), "")
        return Ineligible("outside_price_band", self._dearest.id) if beyond else None

    def truly_priced(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """No set of the merchant's makes it cheaper than would be said: the set itself may be offered then."""
        return Ineligible("cheaper_promotion", candidate.completes) if candidate.completes else None

    def above_floor(self, candidate: CandidateFacts, products: Products, traits: Traits) -> Ineligible | None:
        """Today's price keeps the shop's margin."""
        below = (product.id for product in products if product.price < lowest_price(product, self.rules.bundles))
        under = next(below, "")
        return Ineligible("below_margin", under) if under else None


@dataclass(frozen=True, slots=True)
class Traits:
    """What the gate must know of a kind of offer; see `Gate`."""

    own_price: bool = False
    alike_welcome: bool = False


Products = tuple[ProductFacts, ...]
Check = Callable[[Gate, CandidateFacts, Products, Traits], Ineligible | None]
_CHECKS: tuple[Check, ...] = (
    *(Gate.in_cart, Gate.look_alike, Gate.declined, Gate.offered, Gate.returned, Gate.owned),
    *(Gate.in_stock, Gate.fits, Gate.restricted, Gate.priced, Gate.truly_priced, Gate.above_floor),
)
_OF_PLANS: tuple[Check, ...] = (Gate.declined, Gate.returned, Gate.in_stock, Gate.restricted)

# In the order in which they are asked; the last five come after the gate, from the kind and from ranking.
REASONS = (
    *("declined_before", "in_cart", "variant_in_cart", "look_alike", "offered_before", "returned_before", "owned"),
    *("out_of_stock", "incompatible", "age_restricted", "region_restricted", "no_price", "outside_price_band"),
    *("cheaper_promotion", "below_margin", "not_for_this", "nothing_to_say", "help_first", "no_haggling", "weaker_fit"),
)
