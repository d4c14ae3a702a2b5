"""Giving up a plan by words: the plan that is meant, and nothing else."""

import pytest

from actions.conversation import carting
from actions.conversation.confusion import unclear
from actions.shop.model import CartPlan
from tests.fakes.shop_world import World, gbp
from tests.unit.conversation.test_cart import play, said

CARE = CartPlan("AERO-2", "Tent care plan", "month", gbp("2.50"))
MORE_CARE = CartPlan("LAMP-NEW", "Battery plan", "year", gbp("15.00"))
DELIVERY = CartPlan("LAMP-NEW", "", "days:60", gbp("25.00"))


@pytest.fixture
def world() -> World:
    world = World()
    world.shop.lines = {"AERO-2": 1, "LAMP-NEW": 1}
    return world


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("remove the care plan", (DELIVERY,)),
        ("drop the plan", (DELIVERY,)),
        ("cancel the subscription", (CARE,)),
        ("stop the repeated delivery", (CARE,)),
        ("is there a plan?", (CARE, DELIVERY)),
        ("remove the wick head torch", (CARE, DELIVERY)),
    ],
)
def test_the_plan_that_is_named_goes_and_no_other(world: World, words: str, left: tuple[CartPlan, ...]) -> None:
    world.shop.plans = (CARE, DELIVERY)
    play(world, unclear, words, "nlu_fallback")
    assert world.shop.plans == left
    assert world.shop.lines == {"AERO-2": 1, "LAMP-NEW": 1}


def test_of_two_care_plans_the_one_meant_is_asked_for(world: World) -> None:
    world.shop.plans = (CARE, MORE_CARE)
    asked = play(world, carting.remove, "remove the plan", "remove_from_cart")
    assert world.shop.plans == (CARE, MORE_CARE)
    button = asked.messages[0].choices[1]
    play(world, carting.remove, "", button.intent, **button.entities)
    assert world.shop.plans == (CARE,)


def test_a_plan_that_is_gone_already_is_said_to_be(world: World) -> None:
    text = said(play(world, carting.remove, "", "remove_from_cart", product_id="AERO-2", choice="care"))
    assert "no plan in your cart" in text
