"""Checks of `same-price`, and what a cart costs somebody of whom nothing is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from actions.selling.facts import Behaviour
from actions.selling.kinds import KINDS
from actions.selling.ledger import read_inputs
from actions.selling.model import Offer
from actions.shop.changes import StandingLine
from actions.shop.pricing import price_cart
from actions.simulation.witness import Market, Past, Seen
from catalog.domain.money import Money

_NOBODY = "nobody"


def price_for_anybody(quantities: dict[str, int], seen: Seen, market: Market) -> Money:
    """What a cart costs somebody of whom nothing is known."""
    products = market.shelf.some(quantities, seen.turn.now)
    lines = [
        StandingLine(product_id, number, products[product_id].current_price)
        for product_id, number in quantities.items()
        if product_id in products
    ]
    priced = price_cart(_NOBODY, market.config.currency, lines, (), products, seen.turn.now, market.shelf.sets)
    return priced.cart.total


def same_price(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """A cart without deals costs anybody the same; and who somebody is changes no offer's price."""
    coupon = any(saving.id.startswith("coupon:") for saving in seen.after.savings)
    held = any(line.quote_id and not line.quote_id.startswith("set:") for line in seen.after.lines)
    if not coupon and not held and seen.after != seen.before:
        anybody = price_for_anybody({line.product_id: line.quantity for line in seen.after.lines}, seen, market)
        if anybody != seen.after.total:
            yield f"the cart costs {seen.after.total}, somebody else would pay {anybody}"
    if seen.offer is not None:
        yield from _of_whoever(seen, seen.offer, market)


def _of_whoever(seen: Seen, offer: Offer, market: Market) -> Iterator[str]:
    """The offer's price anew, for the same cart in other hands; a declared price of a segment is said."""
    declared = {name for name, _ in market.config.selling.segments.prices}
    if offer.segment and offer.segment not in declared:
        yield f"{offer.id} carries a price of {offer.segment} that nobody declared"
    if offer.segment or declared:
        return
    with market.stage.books.reading() as book:
        row = book.decision(seen.decision.id) if seen.decision else None
    if row is None:
        return
    inputs, choice = read_inputs(row.record), json.loads(row.record)["choice"]
    chosen = [
        one for one in inputs.candidates if (one.kind, list(one.product_ids)) == (choice["kind"], choice["chosen"])
    ]
    if not chosen:
        yield f"{offer.id} is not among the candidates on record"
        return
    for segment, locale, shopper_id in (("loyal", "de", "s-a"), ("value_seeker", "fr", "s-b")):
        other = replace(
            inputs.situation,
            segment=segment,
            locale=locale,
            shopper_id=shopper_id,
            channel="whatsapp",
            behaviour=Behaviour(orders=9, spent=10**6, asked_cheaper=True),
        )
        price = KINDS[choice["kind"]].price(chosen[0], other, inputs.rules)
        if (price.price, price.saving) != (offer.price, offer.saving):
            yield f"{offer.id} costs {offer.price}, somebody {segment} would pay {price.price}"
