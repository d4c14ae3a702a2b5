"""What a decision is made from: plain values, complete enough to make the same decision again from them.

Everything here goes into the ledger as it stands. Cost and floor are facts of the shop and never reach a
shopper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from actions.selling.model import Evidence
from actions.selling.product_facts import ProductFacts as ProductFacts
from actions.selling.product_facts import facts_of as facts_of
from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules, OfferRules, SellingRules
from catalog.domain.shop import Shipping


@dataclass(frozen=True, slots=True)
class CartFacts:
    """One thing in the cart. `in_quote`: it belongs to an accepted deal (or a set) already; `planned`: a care plan
    or a repeated delivery of it is in the cart."""

    product: ProductFacts
    quantity: int
    in_quote: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Gain:
    """One quality by which an upgrade is better (or worse): the feed's column and both values as people say them.
    `ratio` is after against before in percent where both are numbers, else 0."""

    attribute: str
    before: str
    after: str
    ratio: int = 0


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One way to pay for a plan: every "month", "year" or "days:N", so much."""

    every: str
    price: Money


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """One thing (or set of things) that might be offered. `products` is what accepting adds; empty for a coupon.

    `chance` is the estimated probability of a yes, in (0, 1]. `anchor_ids` are in the cart and belong to the deal.
    `look_alike_of`, `unfit_with` and `declined_like` name the product in the cart (or declined) that one of the
    products repeats or does not fit; empty where there is none.
    """

    kind: str
    products: tuple[ProductFacts, ...]
    chance: float
    evidence: Evidence
    anchor_ids: tuple[str, ...] = ()
    title: str = ""
    theme: str = ""
    percent: int = 0
    gains: tuple[Gain, ...] = ()
    losses: tuple[Gain, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    # A live set of the merchant's that its product would complete: the cart would then cost less than said.
    completes: str = ""
    look_alike_of: str = ""
    unfit_with: str = ""
    declined_like: str = ""

    @property
    def product_ids(self) -> tuple[str, ...]:
        """What accepting adds."""
        return tuple([product.id for product in self.products])


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of this shopper: product ids, except `declined_kinds` (of products), `declined_offers`
    (kinds of offers) and groups. `faded` are older refusals that no longer forbid, with what is left of each."""

    declined: tuple[str, ...] = ()
    declined_kinds: tuple[str, ...] = ()
    declined_offers: tuple[str, ...] = ()
    # The smallest saving, in percent, that was refused in this session; -1 where none was.
    declined_percent: int = -1
    faded: tuple[tuple[str, float], ...] = ()
    faded_kinds: tuple[tuple[str, float], ...] = ()
    offered: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    owned_groups: tuple[str, ...] = ()
    owned_kinds: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    returned_groups: tuple[str, ...] = ()
    # Orders that a thank-you was offered for, by number.
    thanked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PressureState:
    """How much this shopper has been offered and has refused. Turn numbers are of this conversation; None
    where there was none."""

    stopped: bool = False
    handover: bool = False
    awaits_answer: bool = False
    offers_in_session: int = 0
    offers_in_day: int = 0
    offers_in_day_here: int = 0
    offers_in_30_days: int = 0
    offers_at_checkout: int = 0
    declines_in_session: int = 0
    declined_everything: bool = False
    last_offer_turn: int | None = None
    last_decline_turn: int | None = None
    last_trouble_turn: int | None = None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the shopper did, for telling segments apart: orders placed with this shop and what they came to, how
    many lines of them were reduced, and what this conversation shows."""

    orders: int = 0
    spent: int = 0
    lines: int = 0
    reduced_lines: int = 0
    asked_cheaper: bool = False
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Versions:
    """What the decision was made with."""

    policy: str
    shop: str
    catalogue: str


@dataclass(frozen=True, slots=True)
class Situation:
    """One opportunity to offer something. `moment` is one of `journey.MOMENTS`; `subjects` are the products that it
    is about; `held_back` the reason of an opportunity passed on purpose. `mood`: "calm" | "hurried" | "upset" |
    "undecided"; `helped`: somebody undecided has been helped in this conversation. `local_hour` and `consent` are
    for follow-ups; `region` is the country that it would be sent to, "" where nobody knows.
    """

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
    subjects: tuple[ProductFacts, ...] = ()
    cart_total: Money | None = None
    held_back: str = ""
    segment: str = "new"
    behaviour: Behaviour = Behaviour()
    helped: bool = False
    region: str = ""
    consent: bool = False
    local_hour: int = 12

    @property
    def subject(self) -> ProductFacts | None:
        """The product that it is mostly about."""
        return self.subjects[0] if self.subjects else None

    @property
    def hosts(self) -> tuple[ProductFacts, ...]:
        """What an offer must go with: the cart, and the products that it is about."""
        in_cart = tuple(line.product for line in self.cart)
        ids = {product.id for product in in_cart}
        return (*in_cart, *(product for product in self.subjects if product.id not in ids))


@dataclass(frozen=True, slots=True)
class Rules:
    """The merchant's limits."""

    offers: OfferRules
    bundles: BundleRules
    selling: SellingRules = field(default_factory=SellingRules)
    shipping: Shipping = field(default_factory=Shipping)
