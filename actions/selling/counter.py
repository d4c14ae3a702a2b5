"""The offer desk over a book and a catalogue. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from actions.context import TurnContext
from actions.selling import explaining, settling
from actions.selling.goods import Goods
from actions.selling.model import Answer, Decision, Offer, Reasons, Scope
from actions.selling.opportunities import Opportunity, proposals_for, take_opportunity
from actions.selling.ports import OfferBooks


class CounterDesk:
    """Implements `OfferDesk`. Holds no state of its own: safe to share between threads, cheap to make anew
    when the catalogue changes."""

    def __init__(self, books: OfferBooks, goods: Goods) -> None:
        self._books = books
        self._goods = goods

    def opportunity(self, turn: TurnContext, moment: str, product_ids: Sequence[str] = ()) -> Decision:
        """A moment of `journey.MOMENTS` about these products: decide whether to offer one thing."""
        return self._take(turn, Opportunity(moment, tuple(product_ids)))

    def after_add(self, turn: TurnContext, product_id: str) -> Decision:
        """Something went into the cart: decide whether to suggest one thing that goes with it."""
        return self._take(turn, Opportunity("after_add", (product_id,)))

    def on_request(self, turn: TurnContext, product_id: str) -> Decision:
        """The shopper asked what goes with a product: passes the caps, not the gate."""
        return self._take(turn, Opportunity("on_request", (product_id,)))

    def hold_back(self, turn: TurnContext, reason: str) -> Decision:
        """An opportunity passed on purpose: on the record, silent, and quiet for the next turns."""
        return self._take(turn, Opportunity("held_back", held_back=reason))

    def open_offer(self, conversation_id: str) -> Offer | None:
        """The offer that awaits an answer; compare its `expires_at` with the turn's `now`."""
        with self._books.reading() as book:
            past = book.latest_offer(conversation_id, only_open=True)
            return past.offer if past else None

    def accept(self, turn: TurnContext, offer_id: str = "", chosen: str = "") -> Answer:
        """Accept the given offer, or the open one: atomic, once, at the quoted price; `chosen` of its alternatives."""
        with self._books.transaction(turn.shopper_id, turn.now) as book:
            return settling.accept(book, turn, offer_id, chosen)

    def decline(self, turn: TurnContext, offer_id: str = "", scope: Scope = Scope.ITEM) -> Answer:
        """Decline it; remembered in its scope."""
        with self._books.transaction(turn.shopper_id, turn.now) as book:
            return settling.decline(book, turn, offer_id, scope)

    def stop(self, turn: TurnContext) -> Answer:
        """No offers to this shopper, on any channel, until they ask again."""
        with self._books.transaction(turn.shopper_id, turn.now) as book:
            return settling.stop(book, turn)

    def resume(self, turn: TurnContext) -> Answer:
        """Offers are welcome again."""
        with self._books.transaction(turn.shopper_id, turn.now) as book:
            return settling.resume(book, turn)

    def why(self, turn: TurnContext, offer_id: str = "") -> Reasons:
        """The reason of the given, open or latest offer, from the ledger."""
        with self._books.reading(turn.now) as book:
            return explaining.why(book, turn, offer_id)

    def _take(self, turn: TurnContext, chance: Opportunity) -> Decision:
        with self._books.reading(turn.now) as book:
            found = proposals_for(book, self._goods, turn, chance)
        with self._books.transaction(turn.shopper_id, turn.now) as book:
            return take_opportunity(book, self._goods, turn, chance, found)
