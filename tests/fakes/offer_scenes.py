"""For each kind of offer a scene of a conversation in which the real desk makes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from actions.conversation import adding, carting, comparing, ordering, people, product_facts
from actions.conversation.model import Reply
from actions.store.database import Database
from tests.fakes.small_shop import BUNDLES
from tests.fakes.talking_shop import CAMP_SET, Talk

EVERY_KIND = (
    *("complement", "bundle", "upgrade", "tiers", "add_on", "free_shipping"),
    *("service_plan", "subscription", "coupon", "reorder"),
)


@dataclass(frozen=True)
class Scene:
    """The shop of a scene, and what is said in it; the last reply makes the offer."""

    plays: Callable[[Talk], Reply]
    shop: dict[str, Any] = field(default_factory=dict)


def _complement(talk: Talk) -> Reply:
    return talk.say(adding.add, "add the groundsheet", "add_to_cart")


def _upgrade(talk: Talk) -> Reply:
    return talk.say(product_facts.ask_product, "how much is the trail stove?", "ask_product")


def _tiers(talk: Talk) -> Reply:
    return talk.say(comparing.recommend, "which stove should I get?", "ask_recommendation", product="stove")


def _add_on(talk: Talk) -> Reply:
    talk.put("TENT")
    return talk.say(carting.checkout, "check out", "checkout")


def _free_shipping(talk: Talk) -> Reply:
    talk.put("SHEET")
    return talk.say(carting.show_cart, "show my cart", "show_cart")


def _service_plan(talk: Talk) -> Reply:
    return talk.say(adding.add, "", "add_to_cart", product_id="TENT", choice="exact")


def _subscription(talk: Talk) -> Reply:
    return talk.say(adding.add, "add a gas cartridge", "add_to_cart")


def _coupon(talk: Talk) -> Reply:
    talk.put("LAMP")
    talk.order()
    return talk.say(people.thanks, "thanks", "thanks")


def _reorder(talk: Talk) -> Reply:
    talk.put("GAS")
    talk.order()
    talk.chat(days=55)
    talk.put("LAMP")
    talk.order()
    return talk.say(ordering.order_status, "where is my order?", "order_status")


SCENES = {
    "complement": Scene(_complement),
    "bundle": Scene(_complement, {"bundles": BUNDLES}),
    "upgrade": Scene(_upgrade),
    "tiers": Scene(_tiers),
    "add_on": Scene(_add_on, {"without": ("service_plan",)}),
    "free_shipping": Scene(_free_shipping),
    "service_plan": Scene(_service_plan, {"table": ""}),
    "subscription": Scene(_subscription, {"table": ""}),
    "coupon": Scene(_coupon, {"table": ""}),
    "reorder": Scene(_reorder, {"table": "", "without": ("coupon",)}),
}


def play_scene(kind: str, database: Database) -> tuple[Talk, Reply]:
    """The conversation after the scene of a kind, and its last reply."""
    scene = SCENES[kind]
    talk = Talk(database, **scene.shop)
    return talk, scene.plays(talk)


def play_set(database: Database) -> tuple[Talk, Reply]:
    """The last part of the merchant's set goes with what is in the cart already."""
    talk = Talk(database, sets=(CAMP_SET,), without=("service_plan",))
    talk.put("TENT")
    return talk, talk.say(adding.add, "add the groundsheet", "add_to_cart")
