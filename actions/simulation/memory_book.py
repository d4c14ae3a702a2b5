"""The book of offers in memory: implements the selling side's `OfferBooks`.

It gives the same decisions, offers, answers and carts as the SQL book (tests/contract/test_offer_books.py): that is
what makes the simulation's word worth something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from actions.selling.deal import coupon_of
from actions.selling.goods import Bought
from actions.selling.ledger import LedgerRow
from actions.selling.model import Offer, OfferState
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.shop.model import Cart, CartPlan, Order
from actions.shop.pricing import HeldLine, HeldQuote
from actions.simulation import memory_carts as carts
from actions.simulation.memory_shop import People
from actions.simulation.persons import Person
from actions.simulation.shelf import Shelf
from catalog.domain.money import total
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig

_DAYS = timedelta(days=30)
# After so many half-lives nothing is read of a refusal any more.
_HALF_LIVES = 5
_MOST_OFFERS, _MOST_ORDERS = 500, 200


class MemoryBooks:
    """Opens the book over the shoppers of one simulated shop. For one thread."""

    def __init__(self, people: People, shelf: Shelf) -> None:
        self._people, self._shelf = people, shelf

    @contextmanager
    def transaction(self, shopper_id: str, now: datetime) -> Iterator[MemoryBook]:
        """One transaction: kept when the block ends, given up when it raises."""
        with self._people.changing(shopper_id):
            yield MemoryBook(self._people, self._shelf, now)

    @contextmanager
    def reading(self, now: datetime | None = None) -> Iterator[MemoryBook]:
        """For looking only; products are priced at `now`."""
        yield MemoryBook(self._people, self._shelf, now)


class MemoryBook:
    """The book within one transaction."""

    def __init__(self, people: People, shelf: Shelf, now: datetime | None) -> None:
        self._people, self._shelf, self._now = people, shelf, now

    def config(self) -> ShopConfig:
        """The loaded shop's `shop.yml`."""
        return self._shelf.config

    def shop_version(self) -> str:
        """Names the loaded shop."""
        return self._shelf.version

    def products(self, product_ids: Sequence[str]) -> Mapping[str, Product]:
        """The products of these ids that the shop has now, at the prices of the moment the book was opened for."""
        return self._shelf.some(product_ids, self._now)

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The cart at `now`; looking changes nothing."""
        return carts.look(self._people.person(shopper_id), self._shelf, shopper_id, now).cart

    def bought(self, shopper_id: str) -> list[Bought]:
        """What this shopper ordered and did not cancel, newest first."""
        orders = [order for order in reversed(self._people.person(shopper_id).orders) if order.status != "cancelled"]
        return [bought for order in orders[:_MOST_ORDERS] for bought in _lines(order)]

    def fulfil(self, offer: Offer, now: datetime) -> Cart:
        """Add what the offer adds and let its price hold, attach its plan, or give its coupon: all of it or nothing.
        Raises CartRefused."""
        shopper_id = offer.shopper_id
        with self._people.changing(shopper_id) as person:
            for line in offer.lines:
                if line.every:
                    carts.hold_plan(
                        person, CartPlan(line.product_id, offer.title, line.every, line.unit_price, offer.id)
                    )
                elif line.added:
                    carts.add(person, self._shelf, shopper_id, line.product_id, line.quantity, now)
            if not offer.lines:
                carts.give(person, coupon_of(offer, now))
            elif not any(line.every for line in offer.lines):
                carts.hold_quote(person, _held(offer))
        return carts.keep(person, carts.look(person, self._shelf, shopper_id, now))

    def history(self, shopper_id: str, conversation_id: str, now: datetime) -> History:
        """What happened to this shopper."""
        person, rules = self._people.person(shopper_id), self.config().offers
        kept = _HALF_LIVES * timedelta(days=max(rules.item_half_life_days, rules.kind_half_life_days))
        since, declined_since = now - _DAYS, now - max(kept, _DAYS)
        trouble = [
            turn
            for row, turn in person.rows.values()
            if row.conversation_id == conversation_id and row.moment == "held_back"
        ]
        return History(
            offers=_recent_offers(person, conversation_id, since),
            declines=tuple(
                one
                for one in reversed(person.declines)
                if one.created_at > declined_since or one.conversation_id == conversation_id
            ),
            active_at=_active(person, now, timedelta(minutes=rules.session_gap_minutes)),
            trouble_turns=(max(trouble),) if trouble else (),
            stopped=bool(person.stopped),
            resumed_at=person.stop_changed_at if person.stopped is False else None,
            handover=conversation_id in person.handovers,
        )

    def decision(self, decision_id: str) -> LedgerRow | None:
        """One row of the ledger."""
        return next((found[0] for one in self._everybody() if (found := one.rows.get(decision_id))), None)

    def append(self, row: LedgerRow, shopper_id: str, turn_index: int) -> None:
        """Add a row to the ledger."""
        self._people.person(shopper_id).rows[row.id] = (row, turn_index)

    def ledger_rows(self, wanted_id: str) -> list[LedgerRow]:
        """The rows of a decision, an offer or a conversation, oldest first."""
        found = [
            (row.created_at, turn, row.id, row)
            for one in self._everybody()
            for row, turn in one.rows.values()
            if wanted_id in (row.id, row.conversation_id) or wanted_id == row.offer_id != ""
        ]
        return [row for *_, row in sorted(found, key=lambda entry: entry[:3])]

    def offer(self, offer_id: str) -> PastOffer | None:
        """One offer."""
        return next((found for one in self._everybody() if (found := one.offers.get(offer_id))), None)

    def latest_offer(self, conversation_id: str, only_open: bool = False) -> PastOffer | None:
        """The newest offer of a conversation."""
        here = [
            past
            for one in self._everybody()
            for past in one.offers.values()
            if past.offer.conversation_id == conversation_id and (not only_open or past.offer.state is OfferState.OPEN)
        ]
        return max(here, key=lambda past: (past.offer.created_at, past.turn_index), default=None)

    def put_offer(self, past: PastOffer, decision_id: str) -> None:
        """Store a new, open offer."""
        self._people.person(past.offer.shopper_id).offers[past.offer.id] = past

    def take(self, offer: Offer, cart_hash: str, now: datetime) -> bool:
        """open → accepted, with the chosen lines, under the same conditions as in SQL."""
        past = self.offer(offer.id)
        if past is None or past.offer.state is not OfferState.OPEN:
            return False
        if past.offer.expires_at <= now or past.offer.cart_hash != cart_hash:
            return False
        self._store(past, replace(past.offer, state=OfferState.ACCEPTED, lines=offer.lines, price=offer.price))
        return True

    def settle(self, offer_id: str, state: OfferState, now: datetime) -> None:
        """Give an offer another state than accepted."""
        past = self.offer(offer_id)
        if past is not None:
            self._store(past, replace(past.offer, state=state))

    def settle_open(self, shopper_id: str, state: OfferState, now: datetime) -> None:
        """Give every open offer of a shopper this state."""
        for past in list(self._people.person(shopper_id).offers.values()):
            if past.offer.state is OfferState.OPEN:
                self._store(past, replace(past.offer, state=state))

    def remember_decline(self, shopper_id: str, offer_id: str, decline: PastDecline) -> None:
        """Keep a "no"."""
        self._people.person(shopper_id).declines.append(decline)

    def count_declines(self, shopper_id: str) -> int:
        """How often this shopper has said no, ever."""
        return len(self._people.person(shopper_id).declines)

    def set_stopped(self, shopper_id: str, stopped: bool, now: datetime) -> None:
        """Keep whether offers are unwelcome."""
        person = self._people.person(shopper_id)
        person.stopped, person.stop_changed_at = stopped, now

    def _everybody(self) -> list[Person]:
        return list(self._people.by_id.values())

    def _store(self, past: PastOffer, offer: Offer) -> None:
        self._people.person(offer.shopper_id).offers[offer.id] = replace(past, offer=offer)


def _recent_offers(person: Person, conversation_id: str, since: datetime) -> tuple[PastOffer, ...]:
    found = [
        past
        for past in person.offers.values()
        if past.offer.created_at > since or past.offer.conversation_id == conversation_id
    ]
    return tuple(sorted(found, key=lambda past: past.offer.created_at, reverse=True)[:_MOST_OFFERS])


def _active(person: Person, now: datetime, gap: timedelta) -> tuple[datetime, ...]:
    """When the shopper wrote, latest first, up to the gap before the session and one moment beyond."""
    found: list[datetime] = []
    last = now
    for moment in reversed(person.active_at):
        found.append(moment)
        if last - moment > gap:
            break
        last = moment
    return tuple(found)


def _held(offer: Offer) -> HeldQuote:
    lines = tuple(HeldLine(line.product_id, line.quantity, line.unit_price, line.discount) for line in offer.lines)
    return HeldQuote(offer.id, offer.price.currency, lines, offer.expires_at)


def _lines(order: Order) -> list[Bought]:
    order_total = total([line.total for line in order.lines], order.currency)
    return [
        Bought(
            product_id=line.product_id,
            quantity=line.quantity,
            at=order.placed_at,
            order_number=order.number,
            order_total=order_total,
            reduced=line.discount.minor > 0,
            returned=order.status == "return_requested",
        )
        for line in order.lines
    ]
