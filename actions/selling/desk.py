"""The offer desk: the use cases of offering, accepting, declining and explaining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from actions.context import TurnContext
from actions.selling.model import Answer, Decision, Offer, Reasons, Scope


class OfferDesk(Protocol):
    """What handlers may ask of the selling side. Each call is one transaction."""

    def opportunity(self, turn: TurnContext, moment: str, product_ids: Sequence[str] = ()) -> Decision:
        """A moment of `journey.MOMENTS` about these products: decide whether to offer one thing."""
        ...

    def after_add(self, turn: TurnContext, product_id: str) -> Decision:
        """Something went into the cart: decide whether to suggest one thing that goes with it."""
        ...

    def on_request(self, turn: TurnContext, product_id: str) -> Decision:
        """The shopper asked what goes with a product: asked-for suggestions pass the caps, not the gate."""
        ...

    def hold_back(self, turn: TurnContext, reason: str) -> Decision:
        """An opportunity passed on purpose ("complaint", "return", …): on the record, silent."""
        ...

    def open_offer(self, conversation_id: str) -> Offer | None:
        """The offer that awaits an answer, if any."""
        ...

    def accept(self, turn: TurnContext, offer_id: str = "", chosen: str = "") -> Answer:
        """Accept the given offer, or the open one: atomic, once, at the quoted price; `chosen` of its alternatives
        (a product id, or "month" and "year" for a plan)."""
        ...

    def decline(self, turn: TurnContext, offer_id: str = "", scope: Scope = Scope.ITEM) -> Answer:
        """Decline it; remembered in its scope."""
        ...

    def stop(self, turn: TurnContext) -> Answer:
        """No offers to this shopper, on any channel, until they ask again."""
        ...

    def resume(self, turn: TurnContext) -> Answer:
        """Offers are welcome again."""
        ...

    def why(self, turn: TurnContext, offer_id: str = "") -> Reasons:
        """The reason of the given, open or latest offer, from the ledger."""
        ...
