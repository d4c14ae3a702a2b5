"""What the selling side needs from outside: what goes with what, and a book to read and write in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from actions.selling.ledger import LedgerReader, LedgerRow
from actions.selling.model import Offer, OfferState
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.shop.model import Cart
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig


class ComplementEvidence(Protocol):
    """The counts behind a complement."""

    @property
    def source(self) -> str:
        """ "orders" | "compatibility" | "attributes"."""
        ...

    @property
    def anchor_id(self) -> str:
        """The product that it goes with."""
        ...

    @property
    def together(self) -> int:
        """Orders that hold both."""
        ...

    @property
    def anchor_orders(self) -> int:
        """Orders that hold the anchor."""
        ...

    @property
    def lift(self) -> float:
        """How much more often together than by chance; 0.0 where there are no orders."""
        ...


class Complement(Protocol):
    """A product that goes with what was asked about."""

    @property
    def product_id(self) -> str:
        """Its id."""
        ...

    @property
    def score(self) -> float:
        """How well it goes; higher is better, comparable within one answer only."""
        ...

    @property
    def evidence(self) -> ComplementEvidence:
        """Why."""
        ...


class Fit(Protocol):
    """Whether an accessory fits a host, by declaration."""

    @property
    def fits(self) -> bool:
        """Yes or no."""
        ...


class Goods(Protocol):
    """The part of the catalogue that selling asks."""

    @property
    def version(self) -> str:
        """Names the snapshot."""
        ...

    def complements(self, product_ids: Sequence[str], limit: int = 30) -> Sequence[Complement]:
        """What goes with these products, best first."""
        ...

    def look_alike(self, a: str, b: str) -> bool:
        """Whether one repeats the other: a variant, another colour, the same thing in other words."""
        ...

    def compatible(self, accessory_id: str, host_id: str) -> Fit | None:
        """What is declared about one fitting the other; None where nothing is."""
        ...


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

    def put_into_cart(self, offer: Offer, now: datetime) -> Cart:
        """Add what the offer adds and let its price hold: all of it or nothing. Raises CartRefused."""
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

    def take(self, offer_id: str, cart_hash: str, now: datetime) -> bool:
        """open → accepted in one conditional update: only while open, not run out, and made for `cart_hash`."""
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
