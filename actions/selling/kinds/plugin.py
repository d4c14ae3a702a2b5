"""What every kind of offer is: who it is for, its candidates, its price, its claims, its words.

A kind is one module in this folder and one line in its `__init__`; its words stand in the locale packs, its claims in
`actions/conversation/claim_words.py` where they are new. `find` may ask the catalogue; everything else is pure and is
repeated by the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from actions.selling.claims import about_products, why_together
from actions.selling.eligibility import Traits
from actions.selling.facts import CandidateFacts, Gain, PlanFacts, ProductFacts, Rules, Situation
from actions.selling.goods import Bought, Complement, ComplementEvidence, Goods
from actions.selling.journey import asked_for
from actions.selling.kinds.live_sets import LiveSet, live_sets, names_of
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import PriceWorking, plain_price
from actions.selling.segments import declared_percent
from catalog.domain.money import Money
from catalog.domain.product import Product

# What an offer with a saving on its parts is called, whichever kind found it.
BUNDLE = "bundle"
# The question where nothing particular is asked; of several things, it ends in "-several".
QUESTION = "offer-question"
# So many things that go with a cart are asked for; each kind looks at the best few of those that suit it.
_KNOWN = 30
# No estimate is so sure that it may outweigh everything else.
_SUREST, _LEAST = 0.95, 0.001


@dataclass(frozen=True)
class Proposal:
    """A candidate as a kind finds it, by product ids."""

    kind: str
    product_ids: tuple[str, ...]
    chance: float
    evidence: Evidence
    anchor_ids: tuple[str, ...] = ()
    title: str = ""
    theme: str = ""
    percent: int = 0
    gains: tuple[Gain, ...] = ()
    losses: tuple[Gain, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    completes: str = ""


@dataclass(frozen=True)
class Look:
    """Where a kind looks for candidates: the moment, what it is about, the cart, and the shop."""

    moment: str
    goods: Goods
    rules: Rules
    now: datetime
    subject_ids: tuple[str, ...]
    subjects: tuple[Product, ...]
    cart_ids: tuple[str, ...]
    cart_total: Money
    customer_id: str = ""
    bought: tuple[Bought, ...] = ()
    # Today by the shop's clock, as 2026-03-31: sets are valid by date.
    today: str = ""
    limit: int = 8

    def companions(self, kind: str, fits: Callable[[Product], bool] | None = None) -> Sequence[Proposal]:
        """What goes with the subject and the cart, best first, as many as are looked at; asked of the catalogue once,
        whatever kinds ask. `fits` chooses among all that is known before it is cut."""
        found = self._known
        if fits is not None:
            products = ((one, self.goods.product(one.product_id)) for one in found)
            found = [one for one, product in products if product is not None and fits(product)]
        return [_proposal(kind, one) for one in found[: self.limit]]

    @cached_property
    def _known(self) -> Sequence[Complement]:
        """All that the catalogue knows to go with what it is about."""
        anchors = tuple(dict.fromkeys((*self.subject_ids, *self._cart_of_moment())))
        return self.goods.complements(anchors, limit=_KNOWN, customer_id=self.customer_id) if anchors else ()

    @cached_property
    def live_sets(self) -> Sequence[LiveSet]:
        """The merchant's sets that count today and hold something of the cart."""
        return live_sets(self.goods, self.cart_ids, self.today)

    def completed_by(self, product_ids: Sequence[str]) -> str:
        """The live set that adding these would complete, by id: the cart would then charge its price; "" for none."""
        if not self.live_sets:
            return ""
        names = frozenset[str]().union(*(names_of(self.goods, product_id) for product_id in product_ids))
        return next((one.bundle.id for one in self.live_sets if one.completed_by(names)), "")

    def _cart_of_moment(self) -> tuple[str, ...]:
        """Who asks what goes with one thing is not told what goes with the others."""
        return () if self.moment == "on_request" else self.cart_ids


def _proposal(kind: str, found: Complement) -> Proposal:
    evidence = evidence_of(found.evidence)
    anchor_ids = (evidence.anchor_id,) if kind == "complement" else ()
    return Proposal(kind, (found.product_id,), bounded(float(found.score)), evidence, anchor_ids)


def evidence_of(found: ComplementEvidence) -> Evidence:
    """The catalogue's evidence as the ledger keeps it: plain numbers, whatever counted them."""
    return Evidence(
        source=found.source,
        anchor_id=found.anchor_id,
        together=int(found.together),
        anchor_orders=int(found.anchor_orders),
        lift=float(found.lift),
        note=found.note,
        lower_lift=float(found.lower_lift),
    )


def bounded(chance: float) -> float:
    """A probability that is neither certain nor nothing."""
    return min(_SUREST, max(_LEAST, chance))


class Kind:
    """One kind of offer. Subclasses override what is theirs; the defaults are those of one thing at today's price."""

    name: ClassVar[str]
    moments: ClassVar[frozenset[str]]
    # Several ways of which one is to be chosen; none is chosen before.
    choose_one: ClassVar[bool] = False
    # A no to one of them is a no to all of this kind, for the session.
    one_no_for_all: ClassVar[bool] = False
    traits: ClassVar[Traits] = Traits()
    # The message of the locale packs that asks for the answer.
    question: ClassVar[str] = QUESTION

    def find(self, look: Look) -> Sequence[Proposal]:
        """Candidates at this opportunity, best first."""
        raise NotImplementedError

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """Whom it is for: "" where it suits, else what it does not suit, in one word."""
        return ""

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """What accepting costs."""
        return plain_price(candidate.products, rules.bundles, situation.currency)

    def saving(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """What `price` will save, in minor units, without working out every line: it is asked of each candidate."""
        return 0

    def percent(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> int:
        """The declared percentage behind the saving, before floors."""
        return candidate.percent

    def contribution(self, candidate: CandidateFacts, saving: int, rules: Rules) -> int:
        """What the shop earns by a yes, in minor units: margins of what is added, less the whole saving."""
        return sum([margin_of(product, rules) for product in candidate.products]) - saving

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """All that may be said for it. Without any, it is not offered."""
        reasons = why_together(candidate, rules.offers)
        return (*reasons, *about_products(candidate.products, rules.offers)) if reasons else ()

    def can_say(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> bool:
        """Whether `claims` has anything to say: it is asked of each candidate."""
        return bool(self.claims(candidate, saving, situation, rules))

    def reason(self, situation: Situation) -> str:
        """The reason of a pitch, in one word."""
        return "asked_for" if asked_for(situation.moment) else "fits_cart"

    def name_of(self, working: PriceWorking) -> str:
        """What the offer is called: a companion with a saving is a bundle."""
        return self.name


def margin_of(product: ProductFacts, rules: Rules) -> int:
    """What selling one at today's price earns, in minor units; where the shop tells no cost, its declared share."""
    if product.cost is not None:
        return product.price.minor - product.cost.minor
    return product.price.minor * rules.selling.ranking.unknown_margin // 100


def bundle_percent(situation: Situation, rules: Rules) -> tuple[int, str]:
    """The saving of the assistant's own bundles, in percent, and the segment whose declared one it is ("" for
    everyone's)."""
    usual, declared = rules.bundles.discount_percent, None
    if rules.selling.segments.prices:
        declared = declared_percent(situation.segment, rules.selling.segments)
    return (usual, "") if declared is None or declared == usual else (declared, situation.segment)


def in_cart(situation: Situation, ids: Sequence[str]) -> tuple[ProductFacts, ...] | None:
    """Of each id the product in the cart that is free for a deal; None where one is missing or in a deal already."""
    found = [line.product for i in ids for line in situation.cart if line.product.id == i and not line.in_quote]
    return tuple(found) if len(found) == len(ids) else None
