"""A book of offers in memory, for tests of how offers are settled: one shopper, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from actions.context import TurnContext
from actions.selling.deal import deal_hash
from actions.selling.model import Evidence, Offer, OfferState, QuoteLine
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.shop.model import Cart, CartLine, CartRefused
from catalog.domain.money import zero
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig
from tests.fakes.offer_facts import NOW, gbp


@dataclass
class MemoryBook:
    """What settling asks of a book. `fulfilled` and `said` keep what was done, in order."""

    shop: dict[str, Product] = field(default_factory=dict)
    offers: list[PastOffer] = field(default_factory=list)
    declines: list[tuple[str, str, PastDecline]] = field(default_factory=list)
    in_cart: tuple[CartLine, ...] = ()
    stopped: list[tuple[str, bool, datetime]] = field(default_factory=list)
    fulfilled: list[tuple[Offer, datetime]] = field(default_factory=list)
    settled: list[tuple[str, OfferState, datetime]] = field(default_factory=list)
    asked: list[tuple[str, str, datetime]] = field(default_factory=list)
    refuses: bool = False
    # What another process does between our look and our update.
    meanwhile: OfferState | None = None
    resumed_at: datetime | None = None

    def config(self) -> ShopConfig:
        return ShopConfig("Trail Outfitters")

    def products(self, product_ids: Sequence[str]) -> Mapping[str, Product]:
        return {i: self.shop[i] for i in product_ids if i in self.shop}

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        assert shopper_id
        assert now
        return Cart(shopper_id, "GBP", self.in_cart)

    def offer(self, offer_id: str) -> PastOffer | None:
        return next((past for past in self.offers if past.offer.id == offer_id), None)

    def latest_offer(self, conversation_id: str, only_open: bool = False) -> PastOffer | None:
        here = [past for past in self.offers if past.offer.conversation_id == conversation_id]
        wanted = [past for past in here if past.offer.state is OfferState.OPEN or not only_open]
        return wanted[-1] if wanted else None

    def take(self, offer: Offer, cart_hash: str, now: datetime) -> bool:
        assert now
        if self.meanwhile is not None:
            self._put(offer.id, self.meanwhile)
            return False
        known = self.offer(offer.id)
        if known is None or known.offer.cart_hash != cart_hash:
            return False
        self._put(offer.id, OfferState.ACCEPTED, offer)
        return True

    def fulfil(self, offer: Offer, now: datetime) -> Cart:
        if self.refuses:
            raise CartRefused("out_of_stock", offer.product_ids[0])
        self.fulfilled.append((offer, now))
        added = tuple(CartLine(i, i, 1, gbp("12.00"), zero("GBP"), offer.id) for i in offer.product_ids)
        self.in_cart = (*self.in_cart, *added)
        return self.cart(offer.shopper_id, now)

    def settle(self, offer_id: str, state: OfferState, now: datetime) -> None:
        self.settled.append((offer_id, state, now))
        self._put(offer_id, state)

    def settle_open(self, shopper_id: str, state: OfferState, now: datetime) -> None:
        for past in self.offers:
            if past.offer.shopper_id == shopper_id and past.offer.state is OfferState.OPEN:
                self.settle(past.offer.id, state, now)

    def remember_decline(self, shopper_id: str, offer_id: str, decline: PastDecline) -> None:
        self.declines.append((shopper_id, offer_id, decline))

    def count_declines(self, shopper_id: str) -> int:
        return sum(whose == shopper_id for whose, _, _ in self.declines)

    def history(self, shopper_id: str, conversation_id: str, now: datetime) -> History:
        self.asked.append((shopper_id, conversation_id, now))
        theirs = tuple(decline for whose, _, decline in self.declines if whose == shopper_id)
        return History(tuple(self.offers), theirs, resumed_at=self.resumed_at)

    def set_stopped(self, shopper_id: str, stopped: bool, now: datetime) -> None:
        self.stopped.append((shopper_id, stopped, now))

    def _put(self, offer_id: str, state: OfferState, taken: Offer | None = None) -> None:
        for place, past in enumerate(self.offers):
            if past.offer.id == offer_id:
                self.offers[place] = replace(past, offer=replace(taken or past.offer, state=state))


NOTHING = zero("GBP")
TURN = TurnContext("c1", "s1", "widget", "en", NOW, "t9", 9)
SHOP = {
    i: Product(i, i, gbp("12.00"), product_type=kind)
    for i, kind in [("TENT", "Camping > Tents"), ("PEGS", "Camping > Pegs"), ("CORD", "Cords"), ("ODD", "")]
}
TENT_LINE = CartLine("TENT", "TENT", 1, gbp("200.00"), NOTHING)
MONTHLY, YEARLY = (QuoteLine("TENT", 1, gbp(p), NOTHING, True, e) for p, e in [("2.50", "month"), ("25.00", "year")])


def offer(*ids: str, lines: tuple[QuoteLine, ...] = (), **values: Any) -> Offer:
    """An open offer of the pegs, or of other things, made to a cart with the tent in it."""
    lines = lines or tuple(QuoteLine(i, 1, gbp("12.00"), NOTHING) for i in ids or ("PEGS",))
    known = {"id": "o-1", "conversation_id": "c1", "shopper_id": "s1", "kind": "complement", "replaces": "", **values}
    held = Cart("s1", "GBP", (TENT_LINE,))
    return Offer(
        state=known.pop("state", OfferState.OPEN),
        lines=lines,
        price=gbp("12.00"),
        saving=known.pop("saving", NOTHING),
        cart_hash=deal_hash(lines, held, SHOP, known["replaces"]),
        created_at=NOW - timedelta(minutes=5),
        expires_at=known.pop("expires_at", NOW + timedelta(days=1)),
        evidence=Evidence("orders", "TENT"),
        **known,
    )


def book(*made: Offer, turn: int = 8, **values: Any) -> MemoryBook:
    return MemoryBook(shop=dict(SHOP), offers=[PastOffer(one, turn, False) for one in made or [offer()]],
                      in_cart=(TENT_LINE,), **values)  # fmt: skip
