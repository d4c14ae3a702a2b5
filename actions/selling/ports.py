"""The book of offers: everything of one shopper that the selling side reads and writes in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from actions.selling.goods import Bought
from actions.selling.ledger import LedgerReader, LedgerRow
from actions.selling.model import Offer, OfferState
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.shop.model import Cart
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig


class OfferBook(LedgerReader, Protocol):
    """Everything of one shopper, read and written within one transaction."""

    def config(self) -> ShopConfig:
        """The loaded shop's `shop.yml`."""
        ...

    def shop_version(self) -> str:
        """Names the loaded shop."""
        ...

    def products(self, product_ids: Sequence[str]) -> Mapping[str, Product]:
        """The products of these ids that the shop has now, at today's prices."""
        ...

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The cart at `now`; looking changes nothing."""
        ...

    def bought(self, shopper_id: str) -> Sequence[Bought]:
        """What this shopper ordered and did not cancel, newest first."""
        ...

    def fulfil(self, offer: Offer, now: datetime) -> Cart:
        """Add what the offer adds and let its price hold, attach its plan, or give its coupon: all of it or nothing.
        Raises CartRefused."""
        ...

    def history(self, shopper_id: str, conversation_id: str, now: datetime) -> History:
        """What happened to this shopper."""
        ...

    def decision(self, decision_id: str) -> LedgerRow | None:
        """One row of the ledger."""
        ...

    def append(self, row: LedgerRow, shopper_id: str, turn_index: int) -> None:
        """Add a row to the ledger; rows are never changed."""
        ...

    def offer(self, offer_id: str) -> PastOffer | None:
        """One offer."""
        ...

    def latest_offer(self, conversation_id: str, only_open: bool = False) -> PastOffer | None:
        """The newest offer of a conversation."""
        ...

    def put_offer(self, past: PastOffer, decision_id: str) -> None:
        """Store a new, open offer. Whatever else is open for the shopper must be settled before."""
        ...

    def take(self, offer: Offer, cart_hash: str, now: datetime) -> bool:
        """open → accepted in one conditional update: only while open, not run out, and made for `cart_hash`. Of an
        offer with alternatives, `offer` holds the chosen one alone and is stored so."""
        ...

    def settle(self, offer_id: str, state: OfferState, now: datetime) -> None:
        """Give an offer another state than accepted."""
        ...

    def settle_open(self, shopper_id: str, state: OfferState, now: datetime) -> None:
        """Give every open offer of a shopper this state."""
        ...

    def remember_decline(self, shopper_id: str, offer_id: str, decline: PastDecline) -> None:
        """Keep a "no"."""
        ...

    def count_declines(self, shopper_id: str) -> int:
        """How often this shopper has said no, ever."""
        ...

    def set_stopped(self, shopper_id: str, stopped: bool, now: datetime) -> None:
        """Keep whether offers are unwelcome, on every channel."""
        ...


class OfferBooks(Protocol):
    """Opens the book."""

    def transaction(self, shopper_id: str, now: datetime) -> AbstractContextManager[OfferBook]:
        """One transaction; others of the same shopper wait. Kept when the block ends, given up when it raises.
        Products are priced at `now`."""
        ...

    def reading(self, now: datetime | None = None) -> AbstractContextManager[OfferBook]:
        """For looking only; products are priced at `now`, without it as the feed has them."""
        ...
