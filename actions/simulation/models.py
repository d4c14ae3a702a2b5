"""The models of simulated shoppers: one small class each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from actions.selling.model import Scope
from actions.simulation.moves import Move
from actions.simulation.shoppers import Shopper


class Eager(Shopper):
    """Takes most of what is offered, and asks for more."""

    name = "eager"
    yes, no, thrift = 0.8, 0.1, 0.1

    def life(self) -> Iterator[Move]:
        """As everybody, and asks what goes with it."""
        basket = self.wares.basket(self.rng)
        yield from self.shop_for(basket)
        yield Move("ask", (basket[0],))
        yield from self.answer()
        yield from self.small_talk(0.5)
        yield from self.pay()


class Frugal(Shopper):
    """Asks for something cheaper, refuses what costs, likes a deal."""

    name = "frugal"
    yes, no, thrift = 0.45, 0.5, 1.0
    scopes = (Scope.ITEM, Scope.KIND, Scope.EVERYTHING)

    def life(self) -> Iterator[Move]:
        """Compares and asks before anything is added."""
        basket = self.wares.basket(self.rng)
        yield Move("compare", self.wares.rivals[basket[0]])
        yield from self.answer()
        self.asked_cheaper = True
        yield Move("chat")
        yield from self.shop_for(basket)
        yield from self.pay()


class Hurried(Shopper):
    """Wants to be done."""

    name = "hurried"
    yes, no, curious = 0.1, 0.6, 0.0
    channels = ("whatsapp",)

    def life(self) -> Iterator[Move]:
        """Adds, pays, is gone; the hurry shows at once or after a while."""
        self.mood = self.rng.choice(("hurried", "calm"))
        for product_id in self.wares.basket(self.rng):
            yield Move("add", (product_id,), wait=timedelta(seconds=8))
            yield from self.answer()
            self.mood = "hurried"
        yield Move("checkout")
        yield from self.answer()
        yield Move("order")


class Annoyed(Shopper):
    """Complains, and wants no suggestions; goes on shopping all the same."""

    name = "annoyed"
    yes, no = 0.1, 0.7
    channels = ("widget", "messenger")
    scopes = (Scope.ITEM, Scope.KIND, Scope.EVERYTHING)

    def life(self) -> Iterator[Move]:
        """Trouble somewhere in the middle; perhaps "stop", on one channel and then on another."""
        yield from self.shop_for(self.wares.basket(self.rng)[:2])
        yield Move("trouble", reason=self.rng.choice(("complaint", "payment", "return")))
        self.mood = "upset"
        yield from self.shop_for(self.wares.basket(self.rng)[:1])
        if self.chance(0.5):
            yield Move("stop")
        if self.chance(0.2):
            yield Move("human")
        self.mood = "calm"
        yield from self.shop_for(self.wares.basket(self.rng)[:2])
        tab = self.rng.choice((0, 1))
        yield Move("add", (self.wares.basket(self.rng)[0],), wait=timedelta(days=self.rng.choice((0, 2))), tab=tab)
        yield from (replace(move, tab=tab) for move in self.answer())
        if self.chance(0.3):
            yield Move("resume", tab=tab)
            for move in self.shop_for(self.wares.basket(self.rng)[:2]):
                yield replace(move, tab=tab)


class Chatty(Shopper):
    """Asks about everything, and wants to know why."""

    name = "chatty"
    yes, no, curious = 0.3, 0.3, 0.5

    def life(self) -> Iterator[Move]:
        """Looks, compares, asks and talks between any two things."""
        for product_id in self.wares.basket(self.rng):
            yield Move(self.rng.choice(("look", "ask")), (product_id,))
            yield from self.answer()
            yield from self.small_talk(0.5)
            yield Move("add", (product_id,))
            yield from self.answer()
            yield Move(self.rng.choice(("show", "why", "chat")))
            yield from self.answer()
        yield from self.pay()


class Undecided(Shopper):
    """Cannot choose, and needs help before a deal."""

    name = "undecided"
    yes, no, thrift = 0.35, 0.35, 0.6

    def life(self) -> Iterator[Move]:
        """Goes back and forth between things of one kind, then takes one, and perhaps out again."""
        self.mood = "undecided"
        basket = self.wares.basket(self.rng)
        rivals = self.wares.rivals[basket[0]]
        yield Move("look", rivals[:1])
        yield from self.answer()
        yield Move(self.rng.choice(("compare", "choose")), rivals)
        yield from self.answer()
        yield from self.shop_for(basket[1:2])
        self.helped = True
        yield from self.small_talk(0.5)
        yield Move("choose", rivals)
        yield from self.answer()
        yield from self.shop_for(basket[:1])
        if self.chance(0.4):
            yield Move("remove", (basket[0],))
            yield from self.shop_for(basket[:1])
        yield from self.pay()


class Haggler(Shopper):
    """Refuses in the hope of a better price."""

    name = "haggling"
    yes, no, thrift = 0.1, 0.85, 1.0
    scopes = (Scope.ITEM,)

    def life(self) -> Iterator[Move]:
        """Refuses, asks for less, takes things out and puts them in again, comes back after the visit."""
        basket = self.wares.basket(self.rng)
        yield from self.shop_for(basket)
        self.asked_cheaper = True
        yield from self.small_talk(0.6)
        yield Move("remove", (basket[0],))
        yield Move("add", (basket[0],))
        yield from self.answer()
        yield from self.small_talk(0.6)
        yield Move("ask", (basket[0],))
        yield from self.answer()
        yield Move("chat", wait=timedelta(hours=self.rng.choice((1, 9, 30))))
        yield Move("ask", (basket[0],))
        yield from self.answer()
        yield from self.pay()


class Returning(Shopper):
    """Orders, comes back after days or weeks, sends things back or cancels, needs some things again."""

    name = "returning"
    yes, no = 0.45, 0.3

    def life(self) -> Iterator[Move]:
        """Two to four visits, each in a conversation of its own."""
        favourite = self.wares.basket(self.rng)
        for tab in range(self.rng.choice((2, 2, 2, 3))):
            basket = favourite if self.chance(0.5) else self.wares.basket(self.rng)
            for move in self.visit(tab, basket):
                yield replace(move, tab=tab)
            self.consent = self.chance(0.7)

    def visit(self, tab: int, basket: list[str]) -> Iterator[Move]:
        """One visit: perhaps something about the last order first."""
        away = timedelta(days=self.rng.choice((1, 6, 20, 45, 90)), hours=self.rng.choice((0, 5, 11))) if tab else None
        yield Move("chat", wait=away) if away else Move("chat")
        if tab and self.view.ordered and self.chance(0.5):
            yield Move("follow_up", self.view.ordered)
            yield from self.answer()
        if tab and self.view.order_number and self.chance(0.3):
            yield Move(self.rng.choice(("cancel", "return")), (self.view.order_number,), reason="return")
        yield from self.small_talk(0.6)
        yield from self.shop_for(basket)
        yield Move("checkout")
        yield from self.answer()
        yield Move("order")
        yield from self.answer()


class TwoChannels(Shopper):
    """The same person in two conversations at once."""

    name = "two channels"
    channels = ("widget", "whatsapp")

    def life(self) -> Iterator[Move]:
        """Every move comes on either channel."""
        for move in super().life():
            yield replace(move, tab=self.rng.choice((0, 1)))
        if self.chance(0.3):
            yield Move("stop", tab=self.rng.choice((0, 1)))
            for move in self.shop_for(self.wares.basket(self.rng)[:2]):
                yield replace(move, tab=self.rng.choice((0, 1)))


class GiftBuyer(Shopper):
    """Buys a present, and does not count every coin."""

    name = "gift buyer"
    yes, no, thrift = 0.5, 0.3, 0.1

    def life(self) -> Iterator[Move]:
        """Asks which one, then as everybody."""
        self.gift = True
        basket = self.wares.basket(self.rng)
        yield Move("choose", self.wares.rivals[basket[0]])
        yield from self.answer()
        yield from self.small_talk(0.6)
        yield from self.shop_for(basket)
        yield from self.pay()


MODELS: tuple[type[Shopper], ...] = (
    *(Eager, Frugal, Hurried, Annoyed, Chatty, Undecided, Haggler, Returning, TwoChannels, GiftBuyer),
)
