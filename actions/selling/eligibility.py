"""The one gate that every offer passes (promise `worth-it`). A refusal is a value with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from actions.selling.facts import CandidateFacts, ProductFacts, Rules, Situation
from actions.selling.journey import asked_for
from actions.selling.pricing import lowest_minor

# In the order in which they are asked; those of the last line come after the gate, from the kind and from ranking.
REASONS = (
    *("declined_before", "in_cart", "variant_in_cart", "look_alike", "offered_before", "returned_before", "owned"),
    *("incompatible", "cheaper_promotion", "out_of_stock", "age_restricted", "region_restricted"),
    *("no_price", "outside_price_band", "below_margin"),
    *("not_for_this", "nothing_to_say", "help_first", "no_haggling", "weaker_fit"),
)


@dataclass(frozen=True, slots=True)
class Ineligible:
    """Why something may not be offered. `reason` is one of `REASONS`; `because_of` the product (or kind) behind it."""

    reason: str
    because_of: str = ""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the gate must know of a kind of offer: `own_price` says that its price is not bounded by what is in the
    cart (an upgrade has a range of its own), `alike_welcome` that it may be like what is looked at."""

    own_price: bool = False
    alike_welcome: bool = False


class Gate:
    """The gate at one opportunity: what every candidate is held against, put together once. It is asked of each
    candidate of each decision, so its checks are few calls with plain comparisons in them."""

    def __init__(self, situation: Situation, rules: Rules) -> None:
        hosts, memory = situation.hosts, situation.memory
        self._bundles, self._currency, self._region = rules.bundles, situation.currency, situation.region
        self._cart = {line.product.id for line in situation.cart}
        self._hosts = {product.id for product in hosts}
        self._cart_groups = {line.product.group_id: line.product.id for line in situation.cart if line.product.group_id}
        self._host_groups = {product.group_id: product.id for product in reversed(hosts) if product.group_id}
        dearest = max(hosts, key=lambda product: (product.price.minor, product.id), default=None)
        self._dearest = "" if dearest is None else dearest.id
        # A price times 100 may be so much; without anything to compare with, any.
        self._most = -1 if dearest is None else dearest.price.minor * rules.offers.price_band_percent
        self._declined, self._declined_kinds = frozenset(memory.declined), frozenset(memory.declined_kinds)
        self._declined_offers = frozenset(memory.declined_offers)
        # Left unanswered once is answer enough; somebody who asks may hear of it again.
        self._offered = frozenset() if asked_for(situation.moment) else frozenset(memory.offered)
        self._owned, self._owned_groups = frozenset(memory.owned), frozenset(memory.owned_groups)
        self._returned, self._returned_groups = frozenset(memory.returned), frozenset(memory.returned_groups)

    def refusal(self, candidate: CandidateFacts, traits: Traits) -> Ineligible | None:
        """The first reason against offering this, or None where nothing speaks against it.

        A plan is about the very thing in the cart: only whether it was refused and can be sold counts there.
        """
        if candidate.kind in self._declined_offers:
            return Ineligible("declined_before", candidate.kind)
        if candidate.declined_like:
            return Ineligible("declined_before", candidate.declined_like)
        for product in candidate.products:
            found = self._known(product) or (None if candidate.plans else self._here(product, traits))
            found = found or self._sellable(product, traits.own_price or bool(candidate.plans))
            if found is not None:
                return found
        return None if candidate.plans else self._beside(candidate, traits)

    def _beside(self, candidate: CandidateFacts, traits: Traits) -> Ineligible | None:
        """How it stands to the things beside it: no look-alike, nothing declared against it, and no set of the
        merchant's makes it cheaper than would be said (the set itself may be offered then)."""
        alike = candidate.look_alike_of
        if alike and not (traits.alike_welcome and alike not in self._cart):
            return Ineligible("look_alike", alike)
        if candidate.unfit_with:
            return Ineligible("incompatible", candidate.unfit_with)
        return Ineligible("cheaper_promotion", candidate.completes) if candidate.completes else None

    def _here(self, product: ProductFacts, traits: Traits) -> Ineligible | None:
        """Whether it, or a variant of it, is there already, was offered already, or is owned and does not run out."""
        here, groups = (self._cart, self._cart_groups) if traits.alike_welcome else (self._hosts, self._host_groups)
        if product.id in here:
            return Ineligible("in_cart", product.id)
        if product.group_id in groups:
            return Ineligible("variant_in_cart", groups[product.group_id])
        if product.id in self._offered:
            return Ineligible("offered_before", product.id)
        if not product.consumable and (product.id in self._owned or product.group_id in self._owned_groups):
            return Ineligible("owned", product.id)
        return None

    def _known(self, product: ProductFacts) -> Ineligible | None:
        """Whether this shopper refused it, or sent it back: in no colour again."""
        if product.id in self._declined:
            return Ineligible("declined_before", product.id)
        if product.kind in self._declined_kinds:
            return Ineligible("declined_before", product.kind)
        if product.id in self._returned or product.group_id in self._returned_groups:
            return Ineligible("returned_before", product.id)
        return None

    def _sellable(self, product: ProductFacts, own_price: bool) -> Ineligible | None:
        """Whether it can be had now, by anybody, at a price inside the band that keeps the shop's margin. What not
        everybody may buy, or not everywhere, is sold when asked for, never suggested."""
        price = product.price
        if not product.in_stock:
            return Ineligible("out_of_stock", product.id)
        if product.min_age > 0:
            return Ineligible("age_restricted", product.id)
        if product.regions and self._region not in product.regions:
            return Ineligible("region_restricted", product.id)
        if price.minor <= 0 or price.currency != self._currency:
            return Ineligible("no_price", product.id)
        if self._most >= 0 and not own_price and price.minor * 100 > self._most:
            return Ineligible("outside_price_band", self._dearest)
        return Ineligible("below_margin", product.id) if price.minor < lowest_minor(product, self._bundles) else None
