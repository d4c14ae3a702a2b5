"""What a simulated shopper may do in a turn, and what they see of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from actions.selling.model import Offer, Scope
from actions.shop.model import Cart

# Moves that are a moment of the offer engine's journey, with the moment's name there.
MOMENT_OF = {
    "look": "looking",
    "compare": "comparing",
    "choose": "choosing",
    "add": "after_add",
    "ask": "on_request",
    "show": "cart_shown",
    "checkout": "checkout",
    "order": "after_order",
    "follow_up": "follow_up",
}
A_MOMENT = timedelta(seconds=40)


@dataclass(frozen=True)
class Move:
    """One turn. `what` is a key of `MOMENT_OF`, or "remove", "accept", "decline", "stop", "resume", "why", "trouble",
    "human", "cancel", "return" or "chat".

    `ids` are the products that it is about (an order's number for "cancel" and "return"); `offer_id` is "" for a
    bare yes or no; `wait` is how long the shopper let pass before; `tab` says in which of their conversations.
    """

    what: str
    ids: tuple[str, ...] = ()
    quantity: int = 1
    offer_id: str = ""
    chosen: str = ""
    scope: Scope = Scope.ITEM
    reason: str = ""
    wait: timedelta = A_MOMENT
    tab: int = 0


@dataclass(frozen=True)
class View:
    """What a shopper sees after a turn: the cart, the offer that awaits their answer, and their latest order."""

    cart: Cart
    offer: Offer | None = None
    order_number: str = ""
    ordered: tuple[str, ...] = ()
