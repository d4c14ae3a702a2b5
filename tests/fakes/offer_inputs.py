"""Whatever the offer engine might be asked: shops, carts, shoppers and candidates as hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from actions.selling.facts import (
    Behaviour,
    CandidateFacts,
    CartFacts,
    Gain,
    Memory,
    PlanFacts,
    PressureState,
    Rules,
    Situation,
    Versions,
)
from actions.selling.journey import MOMENTS
from actions.selling.kinds import KINDS
from actions.selling.ledger import DecisionInputs
from actions.selling.model import Evidence
from actions.selling.product_facts import ProductFacts
from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules, CouponRules, OfferRules, RankingRules, SegmentRules, SellingRules
from catalog.domain.shop import Shipping
from tests.fakes.offer_facts import NOW

IDS, GROUPS, SORTS = "ABCDEF", ("", "", "g1", "g2"), ("", "Pegs", "Lamps", "Fuel")
SEGMENTS = ("new", "regular", "loyal", "high_spender", "value_seeker", "gift_buyer")
amounts = st.integers(1, 20_000).map(lambda minor: Money(minor, "GBP"))
percents = st.integers(0, 100)
mostly = st.sampled_from([True, True, True, False])


def some(values, most: int = 3) -> st.SearchStrategy[tuple]:
    """A few of these, each once."""
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


@st.composite
def products(draw: st.DrawFn) -> dict[str, ProductFacts]:
    """Six products of a shop."""
    return {i: draw(_product(i)) for i in IDS}


def _product(product_id: str) -> st.SearchStrategy[ProductFacts]:
    return st.builds(
        ProductFacts,
        id=st.just(product_id),
        group_id=st.sampled_from(GROUPS),
        kind=st.sampled_from(SORTS),
        price=amounts,
        in_stock=mostly,
        consumable=st.booleans(),
        cost=st.none() | amounts,
        floor=st.none() | amounts,
        on_sale=st.sampled_from([False, False, True]),
        min_age=st.sampled_from([0, 0, 0, 18]),
        regions=st.sampled_from([(), (), ("GB",)]),
        stock=st.integers(-1, 60),
        recycled=st.sampled_from(["", "steel"]),
        rating=st.integers(0, 500),
        ratings=st.integers(0, 40),
    )


bundle_rules = st.builds(
    BundleRules,
    allowed=mostly,
    discount_percent=st.integers(0, 60),
    min_price_percent=percents,
    min_margin_percent=st.integers(0, 50),
    max_discount_percent=st.integers(0, 60),
    stack_with_sale=st.booleans(),
)
selling_rules = st.builds(
    SellingRules,
    ranking=st.builds(RankingRules, percents, percents, percents, percents, percents, percents, percents, some(IDS)),
    segments=st.builds(
        SegmentRules,
        prices=st.lists(st.tuples(st.sampled_from(SEGMENTS), st.integers(0, 50)), max_size=2).map(tuple),
    ),
    thank_you=st.builds(CouponRules, percent=st.integers(0, 50)),
)
rules = st.builds(
    Rules,
    st.builds(OfferRules, per_session=st.integers(0, 4), price_band_percent=st.integers(1, 200)),
    bundle_rules,
    selling_rules,
    st.builds(Shipping, cost=st.none() | amounts, free_from=st.none() | amounts),
)
memories = st.builds(
    Memory,
    declined=some(IDS, 1),
    declined_kinds=some(SORTS[1:], 1),
    declined_offers=some(tuple(KINDS), 1),
    declined_percent=st.integers(-1, 40),
    faded=st.dictionaries(st.sampled_from(IDS), st.floats(0.01, 0.5), max_size=2).map(lambda d: tuple(d.items())),
    faded_kinds=st.dictionaries(st.sampled_from(SORTS[1:]), st.floats(0.01, 0.5), max_size=1).map(
        lambda d: tuple(d.items())
    ),
    offered=some(IDS, 1),
    owned=some(IDS, 1),
    owned_kinds=some(SORTS[1:], 1),
    returned=some(IDS, 1),
    thanked=some(("1", "2"), 1),
)
# Mostly a shopper who may hear an offer.
pressures = st.just(PressureState()) | st.builds(
    PressureState,
    stopped=st.booleans(),
    offers_in_session=st.integers(0, 4),
    declines_in_session=st.integers(0, 2),
    last_offer_turn=st.none() | st.integers(1, 9),
)


@st.composite
def candidates(draw: st.DrawFn, shop: dict[str, ProductFacts], cart_ids: tuple[str, ...]) -> CandidateFacts:
    """Something that a kind might have found."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    anchor = draw(st.sampled_from(IDS))
    source = draw(st.sampled_from(["orders", "compatibility", "attributes", "set"]))
    values = {
        "evidence": Evidence(
            source, anchor, draw(st.integers(0, 60)), draw(st.integers(0, 300)), draw(st.floats(0, 9)),
            draw(st.sampled_from(["", "1"])), draw(st.sampled_from([0.0, 0.5, 2.0])),
        ),
        "anchor_ids": draw(some(cart_ids or IDS, 2)),
        "look_alike_of": draw(st.sampled_from(["", "", "", anchor])),
        "unfit_with": draw(st.sampled_from(["", "", "", anchor])),
        "declined_like": draw(st.sampled_from(["", "", "", anchor])),
        "completes": draw(st.sampled_from(["", "", "", "s1"])),
        "title": draw(st.sampled_from(["", "Care plan"])),
    }  # fmt: skip
    count = {"tiers": (2, 3), "bundle": (1, 3), "coupon": (0, 0)}.get(kind, (1, 1))
    ids = draw(st.lists(st.sampled_from(IDS), min_size=count[0], max_size=count[1], unique=True))
    if kind == "service_plan":
        values["plans"] = (PlanFacts("month", draw(amounts)), PlanFacts("year", draw(amounts)))
    if kind == "subscription":
        values["plans"] = (PlanFacts(f"days:{draw(st.integers(1, 365))}", draw(amounts)),)
    if kind == "upgrade":
        values["gains"] = (Gain("lifetime_uses", "2", "4", draw(st.integers(0, 400))),)
    if kind in ("bundle", "coupon"):
        values["percent"] = draw(st.integers(0, 50))
    chance = draw(st.floats(0.001, 0.95))
    return CandidateFacts(kind, tuple(shop[i] for i in ids), chance, **values)


@st.composite
def situations(draw: st.DrawFn, shop: dict[str, ProductFacts]) -> Situation:
    """An opportunity in this shop."""
    cart_ids = draw(some(IDS, 3))
    cart = tuple(
        CartFacts(shop[i], draw(st.integers(1, 3)), draw(st.booleans()), draw(st.booleans())) for i in cart_ids
    )
    return Situation(
        moment=draw(st.sampled_from(MOMENTS)),
        conversation_id="c1",
        shopper_id="s1",
        channel="widget",
        locale="en",
        turn_id="t9",
        turn_index=9,
        mood=draw(st.sampled_from(["calm", "calm", "undecided", "upset"])),
        now=NOW,
        currency="GBP",
        versions=Versions("2", "shop-1", "index-1"),
        pressure=draw(pressures),
        memory=draw(memories),
        cart=cart,
        subjects=tuple(shop[i] for i in draw(some(IDS, 2))),
        cart_total=Money(sum(line.product.price.minor * line.quantity for line in cart), "GBP"),
        held_back="complaint",
        segment=draw(st.sampled_from(SEGMENTS)),
        behaviour=draw(st.builds(Behaviour, st.integers(0, 9), st.integers(0, 90_000))),
        helped=draw(st.booleans()),
        region=draw(st.sampled_from(["", "GB", "FR"])),
        consent=draw(st.booleans()),
        local_hour=draw(st.integers(0, 23)),
    )


@st.composite
def inputs(draw: st.DrawFn) -> DecisionInputs:
    """All that one decision is made from."""
    shop = draw(products())
    situation = draw(situations(shop))
    cart_ids = tuple(line.product.id for line in situation.cart)
    found = draw(st.lists(candidates(shop, cart_ids), max_size=5, unique_by=lambda one: (one.kind, one.product_ids)))
    return DecisionInputs(situation, tuple(found), draw(rules))
