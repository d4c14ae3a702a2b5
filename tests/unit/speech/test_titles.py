"""Titles of loud feeds are read out in a normal voice; others are left alone."""

import pytest

from actions.speech.titles import display_title, family_name, spoken_name
from tests.fakes.shop_world import product


@pytest.mark.parametrize(
    ("title", "displayed"),
    [
        ("RED RETROSPOT LUNCH BAG", "Red Retrospot Lunch Bag"),
        ("SET OF 3 CAKE TINS PANTRY DESIGN ", "Set of 3 Cake Tins Pantry Design"),
        ("CHILDREN'S CUTLERY DOLLY GIRL", "Children's Cutlery Dolly Girl"),
        ("T-LIGHT HOLDER  HANGING LOVE BIRD", "T-Light Holder Hanging Love Bird"),
        ("LED TEA LIGHTS", "LED Tea Lights"),
        ("Aero 2 tent, green", "Aero 2 tent, green"),
        ("12345", "12345"),
    ],
)
def test_shouted_titles_are_put_in_title_case(title: str, displayed: str) -> None:
    assert display_title(title) == displayed


def test_colour_and_size_are_said_where_the_title_does_not_say_them() -> None:
    assert (
        spoken_name(product("A", "Drizzle jacket", "1.00", color="Navy", size="M")) == "Drizzle jacket (navy, size M)"
    )
    assert spoken_name(product("A", "Aero 2 tent, green", "1.00", color="green")) == "Aero 2 tent, green"


def test_variants_share_the_beginning_of_their_titles() -> None:
    tents = [product("A", "Aero 2 tent, green", "1.00"), product("B", "Aero 2 tent, orange", "1.00")]
    assert family_name(tents) == "Aero 2 tent"
