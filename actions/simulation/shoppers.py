"""What all simulated shoppers have in common: they come for a basket, and answer what is offered.

A shopper is a generator of moves. It looks at `view` before each, and draws from the random source it was given:
the same source, the same story. The models are in `models`.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import ClassVar

from actions.selling.model import Offer, Scope
from actions.simulation.moves import Move, View
from actions.simulation.wares import Wares


class Shopper:
    """What all have in common: they come for a basket, and answer what is offered.

    `yes` and `no` are how willing they are to take or refuse an offer that they see (else it is passed over);
    `thrift` how much the price counts, 0 to 1; `curious` how often they ask why.
    """

    name: ClassVar[str]
    yes: ClassVar[float] = 0.4
    no: ClassVar[float] = 0.35
    thrift: ClassVar[float] = 0.4
    curious: ClassVar[float] = 0.05
    channels: ClassVar[tuple[str, ...]] = ("widget",)
    # How far a no of theirs reaches.
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.ITEM, Scope.ITEM, Scope.ITEM, Scope.KIND)

    def __init__(self, rng: Random, wares: Wares, view: View) -> None:
        self.rng, self.wares, self.view = rng, wares, view
        self.mood, self.helped, self.asked_cheaper, self.gift, self.consent = "calm", False, False, False, False
        self.refused = 0

    def life(self) -> Iterator[Move]:
        """Their moves, one a turn."""
        yield from self.shop_for(self.wares.basket(self.rng))
        yield from self.pay()

    def shop_for(self, basket: list[str]) -> Iterator[Move]:
        """Put things into the cart one by one, looking at some before."""
        for product_id in basket:
            if self.chance(0.3):
                yield Move("look", (product_id,))
                yield from self.answer()
            yield Move("add", (product_id,), self.rng.choice((1, 1, 1, 2)))
            yield from self.answer()
            yield from self.small_talk(0.2)

    def pay(self) -> Iterator[Move]:
        """Look at the cart, go to the checkout, and, mostly, order."""
        if self.chance(0.4):
            yield Move("show")
            yield from self.answer()
        if self.chance(0.7):
            yield Move("checkout")
            yield from self.answer()
            if self.chance(0.7):
                yield Move("order")
                yield from self.answer()

    def answer(self) -> Iterator[Move]:
        """Take, refuse, ask about or pass over the offer that is open, if one is."""
        offer = self.view.offer
        if offer is None:
            return
        if self.chance(self.curious):
            yield Move("why", offer_id=self.rng.choice(("", offer.id)))
            offer = self.view.offer or offer
        drawn, willing = self.rng.random(), self.willingness(offer)
        if drawn < willing:
            yield from self.take(offer)
        elif drawn < willing + self.no:
            yield from self.refuse(offer)

    def willingness(self, offer: Offer) -> float:
        """The chance of a yes: less for what is dear beside the cart, more for a saving and a sure fit."""
        total = max(1, self.view.cart.total.minor)
        dear = min(1.0, max(0, offer.price.minor) / total)
        fit = 1.0 if offer.evidence.lift > 2 or offer.evidence.source != "orders" else 0.7
        return min(0.95, self.yes * fit * (1 - self.thrift * dear) * (1.3 if offer.saving else 1.0))

    def take(self, offer: Offer) -> Iterator[Move]:
        """Say yes: by the button or bare; of several to one of them, at times only after being asked which."""
        named = self.rng.choice(("", offer.id))
        chosen = ""
        if offer.choose_one and offer.lines:
            if self.chance(0.2):
                yield Move("accept", offer_id=offer.id)
            line = self.rng.choice(offer.lines)
            chosen = line.every or line.product_id
        yield Move("accept", offer_id=named, chosen=chosen)
        if self.chance(0.1):
            yield Move("accept", offer_id=offer.id, chosen=chosen)

    def refuse(self, offer: Offer) -> Iterator[Move]:
        """Say no, at times twice to the same."""
        self.refused += 1
        yield Move("decline", offer_id=self.rng.choice(("", offer.id)), scope=self.rng.choice(self.scopes))
        if self.chance(0.08):
            yield Move("decline", offer_id=offer.id)

    def small_talk(self, chance: float) -> Iterator[Move]:
        """Some turns about other things."""
        while self.chance(chance):
            yield Move("chat")

    def chance(self, probability: float) -> bool:
        """Whether something happens that happens so often."""
        return self.rng.random() < probability
