"""Plans that are paid again and again: a care plan of a product, or its repeated delivery.

Both costs are always said, by the month and by the year; none is chosen before; nothing of it is due today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.selling.eligibility import Traits
from actions.selling.facts import CandidateFacts, PlanFacts, Rules, Situation
from actions.selling.kinds.plugin import Kind, Look, Proposal
from actions.selling.model import Claim, Evidence
from actions.selling.pricing import PriceWorking, plan_price
from actions.selling.product_facts import amount_in, days_in
from catalog.domain.money import Money
from catalog.domain.product import Product

_CHANCE = 0.04
_DAYS_IN_A_YEAR = 365


class _Plan(Kind):
    """What both have in common."""

    moments: ClassVar[frozenset[str]] = frozenset({"after_add", "checkout"})
    choose_one: ClassVar[bool] = True
    one_no_for_all: ClassVar[bool] = True
    traits: ClassVar[Traits] = Traits(own_price=True)

    def suits(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> str:
        """Its product is in the cart, without a plan."""
        product_id = candidate.products[0].id
        line = next((line for line in situation.cart if line.product.id == product_id), None)
        return "" if line is not None and not line.planned else "not_for_this"

    def price(self, candidate: CandidateFacts, situation: Situation, rules: Rules) -> PriceWorking:
        """Each way to pay."""
        return plan_price(candidate.products[0], candidate.plans, rules.bundles)

    def contribution(self, candidate: CandidateFacts, saving: int, rules: Rules) -> int:
        """The declared share of what a year of it costs."""
        yearly = yearly_cost(candidate.plans[-1])
        return yearly.minor * rules.selling.ranking.unknown_margin // 100

    def _about(self, look: Look) -> Sequence[Product]:
        """The product just added; at checkout, everything in the cart that was handed in."""
        return [product for product in look.subjects if product.id in look.cart_ids]


class ServicePlan(_Plan):
    """A care plan: upkeep and repairs beyond the warranty."""

    name: ClassVar[str] = "service_plan"
    question: ClassVar[str] = "offer-question-plan"

    def find(self, look: Look) -> Sequence[Proposal]:
        """The plan of each product that has one with both prices."""
        found = []
        for product in self._about(look):
            monthly, yearly = amount_in(product, "service_plan_monthly"), amount_in(product, "service_plan_yearly")
            if monthly is not None and yearly is not None:
                plans = (PlanFacts("month", monthly), PlanFacts("year", yearly))
                title = product.attributes.get("service_plan", "")
                evidence = Evidence("plan", product.id)
                found.append(Proposal(self.name, (product.id,), _CHANCE, evidence, title=title, plans=plans))
        return found

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """What it covers, by the shop's own words; without them there is nothing to say for it."""
        if not candidate.title:
            return ()
        return (Claim("covers", candidate.products[0].id, texts=(candidate.title,)), costs_claim(candidate))

    def reason(self, situation: Situation) -> str:
        """The product has one."""
        return "has_a_plan"


class Subscription(_Plan):
    """Something that runs out, sent again by itself until the shopper stops it."""

    name: ClassVar[str] = "subscription"
    question: ClassVar[str] = "offer-question-delivery"
    # One rhythm, the shop's: nothing to choose among.
    choose_one: ClassVar[bool] = False

    def find(self, look: Look) -> Sequence[Proposal]:
        """Consumables with the columns `subscription_days` and `subscription_price`."""
        found = []
        for product in self._about(look):
            price, days = amount_in(product, "subscription_price"), days_in(product, "subscription_days")
            if price is not None and 0 < days <= _DAYS_IN_A_YEAR and price <= product.current_price:
                plans = (PlanFacts(f"days:{days}", price),)
                evidence = Evidence("plan", product.id)
                found.append(Proposal(self.name, (product.id,), _CHANCE, evidence, plans=plans))
        return found

    def claims(self, candidate: CandidateFacts, saving: int, situation: Situation, rules: Rules) -> tuple[Claim, ...]:
        """How often it comes, what each one saves, and what that is by the month and by the year."""
        product, plan = candidate.products[0], candidate.plans[0]
        days = int(plan.every.removeprefix("days:"))
        saved = product.price - plan.price
        return (Claim("comes_every", product.id, numbers=(days,), money=saved), costs_claim(candidate))

    def reason(self, situation: Situation) -> str:
        """It runs out."""
        return "runs_out"


def yearly_cost(plan: PlanFacts) -> Money:
    """What a plan costs in a year of 365 days; deliveries that begin in it are counted whole."""
    if plan.every == "year":
        return plan.price
    if plan.every == "month":
        return plan.price * 12
    return plan.price * (_DAYS_IN_A_YEAR // int(plan.every.removeprefix("days:")))


def monthly_cost(plan: PlanFacts) -> Money:
    """A twelfth of the yearly cost, halves up; by the month it is what is asked."""
    return plan.price if plan.every == "month" else yearly_cost(plan).share(1, 12)


def costs_claim(candidate: CandidateFacts) -> Claim:
    """Both costs: the first plan's by the month, the last one's by the year, in minor units."""
    first, last = candidate.plans[0], candidate.plans[-1]
    numbers = (monthly_cost(first).minor, yearly_cost(last).minor)
    return Claim("plan_costs", candidate.products[0].id, numbers=numbers)
