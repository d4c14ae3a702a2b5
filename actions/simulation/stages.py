"""Where a simulated conversation is played: a shop, its book of offers and its memory of people.

Two stages keep the same promises: everything in memory (fast), or the real SQL store. A story played on both must
come to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import text
from sqlmodel import SQLModel

from actions.context import TurnContext
from actions.selling.ports import OfferBooks
from actions.shop.model import Shop
from actions.shop.sql_shop import SqlShop
from actions.simulation.memory_book import MemoryBooks
from actions.simulation.memory_shop import MemoryShop, People
from actions.simulation.shelf import Shelf
from actions.store.conversations import Conversations
from actions.store.database import Database
from actions.store.offer_book import SqlOfferBooks
from actions.store.rows import hold_shopper
from actions.store.shop_data import load_shop
from actions.store.shopper_data import ShopperData
from actions.store.tables import ConversationRow
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments


class Stage(Protocol):
    """What a conversation needs around the offer desk."""

    @property
    def shelf(self) -> Shelf:
        """What is sold now."""
        ...

    @property
    def books(self) -> OfferBooks:
        """The book of offers."""
        ...

    @property
    def shop(self) -> Shop:
        """Carts and orders."""
        ...

    def change(self, product: Product, now: datetime) -> None:
        """The merchant puts a changed product in the place of the one with its id."""
        ...

    def open(self, shopper_id: str, conversation_id: str, channel: str, now: datetime) -> None:
        """A conversation begins."""
        ...

    def hear(self, turn: TurnContext) -> None:
        """The shopper writes: kept before anything is done, as the gateway does."""
        ...

    def hand_over(self, conversation_id: str, shopper_id: str) -> None:
        """A person takes the conversation over."""
        ...

    def erase(self, shopper_id: str, now: datetime) -> None:
        """Forget a shopper."""
        ...

    def traces(self, shopper_id: str) -> list[str]:
        """Where a shopper can still be found, in words; empty once they are erased."""
        ...


class MemoryStage:
    """Everything in memory."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.people = shelf, People()
        self.books: OfferBooks = MemoryBooks(self.people, shelf)
        self.shop: Shop = MemoryShop(self.people, shelf)

    def change(self, product: Product, now: datetime) -> None:
        """The merchant puts a changed product in the place of the one with its id."""
        self.shelf.change(product)

    def open(self, shopper_id: str, conversation_id: str, channel: str, now: datetime) -> None:
        """A conversation begins."""
        self.people.person(shopper_id)

    def hear(self, turn: TurnContext) -> None:
        """Keep when the shopper was active."""
        self.people.person(turn.shopper_id).active_at.append(turn.now)

    def hand_over(self, conversation_id: str, shopper_id: str) -> None:
        """A person takes the conversation over."""
        self.people.person(shopper_id).handovers.add(conversation_id)

    def erase(self, shopper_id: str, now: datetime) -> None:
        """Forget a shopper."""
        self.people.by_id.pop(shopper_id, None)

    def traces(self, shopper_id: str) -> list[str]:
        """Where a shopper can still be found."""
        return ["people"] if shopper_id in repr(self.people.by_id) else []


@dataclass(frozen=True)
class _Folder:
    """The loaded shop as the store takes it."""

    documents: ShopDocuments
    products: Sequence[Product]
    orders_path: Path | None = None


class SqlStage:
    """The real store, in a database of its own that is migrated and empty."""

    def __init__(self, shelf: Shelf, documents: ShopDocuments, database: Database, loaded_at: datetime) -> None:
        self.shelf, self._documents, self._database = shelf, documents, database
        self.books: OfferBooks = SqlOfferBooks(database)
        self.shop: Shop = SqlShop(database)
        self._conversations = Conversations(database)
        self._load(loaded_at)

    def change(self, product: Product, now: datetime) -> None:
        """The merchant loads the shop with the changed product."""
        self.shelf.change(product)
        self._load(now)

    def open(self, shopper_id: str, conversation_id: str, channel: str, now: datetime) -> None:
        """A conversation begins, under an id that is given: a story must be playable again."""
        with self._database.write() as session:
            hold_shopper(session, shopper_id, now)
            session.add(
                ConversationRow(
                    id=conversation_id, shopper_id=shopper_id, channel=channel, locale="en", created_at=now, last_at=now
                )
            )

    def hear(self, turn: TurnContext) -> None:
        """Store the inbound message and answer it, so that nothing is left waiting."""
        stored = self._conversations.store_inbound(turn.conversation_id, turn.turn_id, turn.text or "…", None, turn.now)
        self._conversations.store_replies(stored.message_id, (), {}, turn.now)

    def hand_over(self, conversation_id: str, shopper_id: str) -> None:
        """A person takes the conversation over."""
        self._conversations.set_handover(conversation_id, True)

    def erase(self, shopper_id: str, now: datetime) -> None:
        """Forget a shopper."""
        ShopperData(self._database).erase(shopper_id, now)

    def traces(self, shopper_id: str) -> list[str]:
        """Tables in which the shopper's id still stands in any column."""
        found = []
        with self._database.read() as session:
            for table in SQLModel.metadata.sorted_tables:
                rows: Any = session.execute(text(f'SELECT * FROM "{table.name}"'))
                if any(shopper_id in str(value) for row in rows for value in row):
                    found.append(f"table {table.name}")
        return found

    def _load(self, now: datetime) -> None:
        load_shop(self._database, _Folder(self._documents, self.shelf.all()), now)
