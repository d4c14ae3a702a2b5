"""The services that a use case may use, and the small phrases of messages that all of them share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from actions.conversation.model import Memory, Reply, Request
from actions.conversation.ports import Catalogue, PersonalData
from actions.conversation.priced_catalogue import PricedCatalogue
from actions.selling.desk import OfferDesk
from actions.shop.model import Shop
from actions.speech.messages import Card, Choice, ChoiceKind, Message
from actions.speech.pack import Pack, Value
from actions.speech.titles import display_title, spoken_name, variant_words
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig

CARDS_AT_ONCE = 4
BUTTON_LENGTH = 40


def shortened(text: str, length: int = BUTTON_LENGTH) -> str:
    """`text` in at most `length` characters, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,(-") + "…"


@dataclass(frozen=True)
class Assistant:
    """The services of one turn: the catalogue's current snapshot, the shop, the offer desk and the words."""

    catalogue: Catalogue
    shop: Shop
    desk: OfferDesk
    personal_data: PersonalData
    pack: Pack
    # Whether the price of anything may change with time alone.
    timed: bool = False

    def at(self, now: datetime) -> Assistant:
        """The assistant of a turn: it knows every product as it is priced at `now`. Itself where nothing is timed."""
        return replace(self, catalogue=PricedCatalogue(self.catalogue, now)) if self.timed else self

    @property
    def config(self) -> ShopConfig:
        """The merchant's `shop.yml`."""
        return self.catalogue.documents.config

    def say(self, request: Request, message_id: str, **values: Value | Product) -> str:
        """A message of the pack; a product among the values is spoken by its name."""
        spoken = {name: spoken_name(value) if isinstance(value, Product) else value for name, value in values.items()}
        return self.pack.say(message_id, request.turn.turn_index, **spoken)

    def reply(
        self,
        request: Request,
        message_id: str,
        *,
        choices: Iterable[Choice] = (),
        cards: Iterable[Card] = (),
        memory: Memory | None = None,
        **values: Value | Product,
    ) -> Reply:
        """A reply of one message."""
        text = self.say(request, message_id, **values)
        return Reply((Message(text, tuple(choices), tuple(cards)),), memory or request.memory)

    def products(self, product_ids: Iterable[str]) -> list[Product]:
        """Those of the ids that the shop still sells, in their order."""
        found = (self.catalogue.product(product_id) for product_id in product_ids)
        return [product for product in found if product is not None]

    def choice(
        self, request: Request, message_id: str, intent: str, kind: ChoiceKind = ChoiceKind.OTHER, **entities: str
    ) -> Choice:
        """A button with a fixed title."""
        return Choice(self.say(request, message_id), kind, intent, entities)

    def add_choice(self, request: Request, product: Product, quantity: int = 1) -> Choice:
        """A button that puts this product in the cart."""
        title = shortened(self.say(request, "choice-add", product=product))
        return Choice(title, ChoiceKind.OTHER, "add_to_cart", {"product_id": product.id, "quantity": str(quantity)})

    def show_choice(self, request: Request, product: Product) -> Choice:
        """A button that tells more about this product."""
        title = shortened(self.say(request, "choice-show", product=product))
        return Choice(title, ChoiceKind.SHOW, "ask_product", {"product_id": product.id})

    def human_choice(self, request: Request) -> Choice:
        """A button that leads to a person."""
        return self.choice(request, "choice-human", "talk_to_human", ChoiceKind.HUMAN)

    def yes_no(self, request: Request) -> tuple[Choice, Choice]:
        """The two answers to a question of the assistant's own (no offer)."""
        return self.choice(request, "choice-yes", "affirm"), self.choice(request, "choice-no", "deny")

    def card(self, product: Product) -> Card:
        """The product as a picture card."""
        parts = (variant_words(product), product.brand)
        return Card(
            product_id=product.id,
            title=display_title(product.title),
            price=product.current_price,
            compare_at=product.compare_at,
            image=product.image_link,
            url=f"/product/{product.id}",
            subtitle=" · ".join(part for part in parts if part),
        )

    def focused(self, request: Request, product: Product, **changes: object) -> Memory:
        """The memory after talking about `product`: from now on "it" is this one."""
        return request.remembering(focus=product.id, page_seen=request.turn.product_in_view, **changes)
