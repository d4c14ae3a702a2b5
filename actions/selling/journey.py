"""Where in the journey an opportunity lies: its moment, and the stage that the moment belongs to."""

from __future__ import annotations

from types import MappingProxyType

# Moment → stage. "on_request" and "choosing" are questions of the shopper; "follow_up" writes to them unasked.
STAGES = MappingProxyType(
    {
        "looking": "browsing",
        "on_request": "browsing",
        "comparing": "comparing",
        "choosing": "comparing",
        "after_add": "cart",
        "cart_shown": "cart",
        "checkout": "checkout",
        "after_order": "after_purchase",
        "follow_up": "after_purchase",
        "held_back": "trouble",
    }
)
MOMENTS = tuple(STAGES)
ASKED_FOR = frozenset({"on_request", "choosing"})


def stage_of(moment: str) -> str:
    """ "browsing" | "comparing" | "cart" | "checkout" | "after_purchase" | "trouble"."""
    return STAGES[moment]


def asked_for(moment: str) -> bool:
    """Whether the shopper asked: such suggestions pass the caps, never the gate."""
    return moment in ASKED_FOR
