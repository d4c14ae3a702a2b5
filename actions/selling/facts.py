"""What a decision is made from: plain values, complete enough to make the same decision again from them.

Everything here goes into the ledger as it stands. Cost and floor are facts of the shop and never reach a
shopper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.selling.model import Evidence
from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.shop import BundleRules, OfferRules

_YES = frozenset({"yes", "true", "1", "y"})


@dataclass(frozen=True)
class ProductFacts:
    """What the gate and the price working need of a product. `price` is today's."""

    id: str
    group_id: str
    kind: str
    price: Money
    in_stock: bool
    consumable: bool = False
    cost: Money | None = None
    floor: Money | None = None


def facts_of(product: Product) -> ProductFacts:
    """The facts of a product today."""
    return ProductFacts(
        id=product.id,
        group_id=product.group_id,
        kind=product.kind,
        price=product.current_price,
        in_stock=product.in_stock,
        consumable=product.attributes.get("consumable", "").strip().lower() in _YES,
        cost=product.cost,
        floor=product.floor,
    )


@dataclass(frozen=True)
class CartFacts:
    """One thing in the cart. `in_quote`: it belongs to an accepted deal already."""

    product: ProductFacts
    quantity: int
    in_quote: bool = False


@dataclass(frozen=True)
class CandidateFacts:
    """One thing that might be offered. `look_alike_of`, `unfit_with` and `declined_like` name the product in
    the cart (or declined) that it repeats or does not fit; empty where there is none."""

    product: ProductFacts
    score: float
    evidence: Evidence
    look_alike_of: str = ""
    unfit_with: str = ""
    declined_like: str = ""


@dataclass(frozen=True)
class Memory:
    """What is remembered of this shopper: product ids, except `declined_kinds`."""

    declined: tuple[str, ...] = ()
    declined_kinds: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True)
class PressureState:
    """How much this shopper has been offered and has refused. Turn numbers are of this conversation; None
    where there was none."""

    stopped: bool = False
    handover: bool = False
    awaits_answer: bool = False
    offers_in_session: int = 0
    offers_in_day: int = 0
    offers_in_30_days: int = 0
    declines_in_session: int = 0
    declined_everything: bool = False
    last_offer_turn: int | None = None
    last_decline_turn: int | None = None
    last_trouble_turn: int | None = None


@dataclass(frozen=True)
class Versions:
    """What the decision was made with."""

    policy: str
    shop: str
    catalogue: str


@dataclass(frozen=True)
class Situation:
    """One opportunity to offer something. `moment`: "after_add" | "on_request" | "held_back"; `subject` is
    the product that it is about; `held_back` the reason of an opportunity passed on purpose."""

    moment: str
    conversation_id: str
    shopper_id: str
    channel: str
    locale: str
    turn_id: str
    turn_index: int
    mood: str
    now: datetime
    currency: str
    versions: Versions
    pressure: PressureState = PressureState()
    memory: Memory = Memory()
    cart: tuple[CartFacts, ...] = ()
    subject: ProductFacts | None = None
    held_back: str = ""

    @property
    def hosts(self) -> tuple[ProductFacts, ...]:
        """What an offer must go with: the cart, and the product that was asked about."""
        in_cart = tuple(line.product for line in self.cart)
        if self.subject is None or any(product.id == self.subject.id for product in in_cart):
            return in_cart
        return (*in_cart, self.subject)


@dataclass(frozen=True)
class Rules:
    """The merchant's limits."""

    offers: OfferRules
    bundles: BundleRules
