"""Offers in the assistant's own words, for a shop that changes under the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from actions.context import TurnContext
from actions.conversation.assistant import Assistant
from actions.conversation.model import Request
from actions.conversation.offer_words import offer_message
from actions.selling.model import Offer
from actions.simulation.shelf import Shelf
from actions.speech.messages import Message
from actions.speech.pack import Pack
from catalog.domain.product import Product
from catalog.domain.shop import ShopDocuments


@dataclass(frozen=True)
class _Talked:
    """The part of the catalogue that words are made from, at today's prices."""

    shelf: Shelf
    now: datetime
    documents: ShopDocuments
    groups: dict[str, list[str]]

    def product(self, product_id: str) -> Product | None:
        return self.shelf.product(product_id, self.now)

    def variants(self, product_id: str) -> list[Product]:
        product = self.shelf.product(product_id, self.now)
        if product is None:
            return []
        return list(self.shelf.some(self.groups.get(product.group_id, [product_id]), self.now).values())


class Speaker:
    """Puts offers in words as the conversation does: the real `offer_message`, the real pack."""

    def __init__(self, documents: ShopDocuments, pack: Pack, products: list[Product]) -> None:
        self._documents, self._pack = documents, pack
        self._groups: dict[str, list[str]] = {}
        for product in products:
            if product.group_id:
                self._groups.setdefault(product.group_id, []).append(product.id)

    def message(self, turn: TurnContext, offer: Offer, shelf: Shelf) -> tuple[Message | None, str]:
        """The message that makes the offer, and "" — or None, and why it cannot be said."""
        catalogue = cast(Any, _Talked(shelf, turn.now, self._documents, self._groups))
        nobody = cast(Any, None)
        assistant = Assistant(catalogue, nobody, nobody, nobody, self._pack)
        try:
            return offer_message(assistant, Request(turn), offer), ""
        except Exception as error:  # whatever is wrong with the words, it is the offer that goes unsaid
            return None, f"{type(error).__name__}: {error}"
