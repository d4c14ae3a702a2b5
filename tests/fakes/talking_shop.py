"""The small camping shop with everything that an offer can be made of, and a shopper who talks to it: real desk, real
cart, real database; the catalogue is a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from actions.conversation.assistant import Assistant
from actions.conversation.model import Memory, Reply, Request
from actions.conversation.turns import UseCase, take_turn
from actions.selling.model import Offer
from actions.speech.messages import Choice, ChoiceKind, Message
from actions.speech.pack import load_pack
from actions.store.database import Database
from catalog.domain.offer_rules import CouponRules, SegmentRules, SellingRules
from catalog.domain.product import Product
from catalog.domain.shop import BundleRules, MerchantBundle, ShopConfig, ShopDocuments
from tests.fakes.shop_world import FakeCatalogue, FakePersonalData
from tests.fakes.small_shop import Better, Changed, TableGoods, Visit, config, load, money, products

MORE = """
         STOVE-PRO   Gale stove             70.00  Stoves        -       38.00  -       no
         STOVE-MAX   Storm stove           110.00  Stoves        -       60.00  -       no
"""
COMPANIONS = """
         TENT        PEGS       0.90   41       312  6.2
         SHEET       PEGS       0.90   41       312  6.2
"""
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "TENT": {
        "service_plan": "Tent care plan: yearly seam check and free pole repairs",
        "service_plan_monthly": "2.50",
        "service_plan_yearly": "24.00",
    },
    "GAS": {"subscription_days": "60", "subscription_price": "7.60", "lifetime_days": "60"},
    "PEGS": {"recycled": "yes", "average_rating": "4.6", "rating_count": "212"},
}
CAMP_SET = MerchantBundle("CAMP", "First night", ("TENT", "SHEET", "PEGS"), 10, theme="camping")
NO_DEALS = BundleRules(allowed=False)


def goods_of_all() -> list[Product]:
    """The products, with plans, deliveries and ratings in their columns."""
    return [
        replace(one, attributes={**one.attributes, **_ATTRIBUTES.get(one.id, {})})
        for one in [*products(), *products(MORE)]
    ]


class TalkingGoods(TableGoods):
    """As the table of the small shop, with a better stove and the columns of plans."""

    def product(self, product_id: str) -> Product | None:
        return next((one for one in goods_of_all() if one.id == product_id), None)


def the_goods(sets: Sequence[MerchantBundle] = (), table: str = COMPANIONS) -> TalkingGoods:
    better = next(one for one in goods_of_all() if one.id == "STOVE-PRO")
    lighter = Changed("weight_g", 420.0, 280.0, "g", "420 g", "280 g")
    longer = Changed("lifetime_uses", 100.0, 200.0, "", "100", "200")
    louder = Changed("noise_db", 40.0, 46.0, "", "40", "46")
    return TalkingGoods(table=table, sets=tuple(sets), better={"STOVE": [Better(better, (lighter, longer), (louder,))]})


class Talk(Visit):
    """A conversation, turn after turn; `memory` is what Rasa's slots would keep."""

    def __init__(
        self,
        database: Database,
        sets: Sequence[MerchantBundle] = (),
        bundles: BundleRules = NO_DEALS,
        table: str = COMPANIONS,
        without: tuple[str, ...] = (),
        segments: SegmentRules | None = None,
        shop_config: ShopConfig | None = None,
    ) -> None:
        selling = SellingRules(
            thank_you=CouponRules(5, 60, money("10.00")), without=without, segments=segments or SegmentRules()
        )
        self.config = shop_config or replace(config(bundles=bundles), selling=selling)
        load(database, self.config, goods=goods_of_all(), bundles=sets)
        super().__init__(database, the_goods(sets, table))
        self.memory = Memory()
        catalogue = FakeCatalogue(goods_of_all())
        catalogue.documents = ShopDocuments(self.config, bundles=tuple(sets))
        self.assistant = Assistant(catalogue, self.shop, self.desk, FakePersonalData(), load_pack("en-GB"))

    def say(
        self, use_case: UseCase, text: str = "", intent: str = "", wait: dict[str, float] | None = None, **values: str
    ):
        """One turn: what is said, or a button with its entities."""
        turn = replace(self.turn(**(wait or {})), text=text)
        request = Request(turn, self.memory, intent, 1.0, tuple(values.items()))
        reply = take_turn(self.assistant, request, use_case)
        self.memory = reply.memory
        return reply

    def tap(self, use_case: UseCase, choice: Choice) -> Reply:
        """A press on a button."""
        return self.say(use_case, "", choice.intent, **choice.entities)

    def put(self, *product_ids: str) -> None:
        """Things that are in the cart before the conversation begins."""
        for product_id in product_ids:
            self.shop.add(self.shopper, product_id, 1, self.now)

    def order(self) -> None:
        """Order what is in the cart."""
        token = self.shop.checkout_token(self.shopper, self.now)
        self.shop.place_order(token, {}, self.now)

    @property
    def plans(self) -> list[tuple[str, str, str]]:
        """The cart's plans: product, how often, price."""
        return [(one.product_id, one.every, str(one.price)) for one in self.shop.cart(self.shopper, self.now).plans]


def offer_in(reply: Reply) -> tuple[Offer, Message]:
    """The offer of a reply and the message that makes it."""
    assert reply.decision == "pitch", reply.reason
    assert reply.settled is not None
    return reply.settled, next(message for message in reply.messages if message.offer_id)


def of_kind(message: Message, kind: ChoiceKind) -> list[Choice]:
    """The buttons of a kind."""
    return [choice for choice in message.choices if choice.kind is kind]


Scene = Callable[[Any], Reply]
