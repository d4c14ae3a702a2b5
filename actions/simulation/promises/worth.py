"""Checks of `worth-it`: whatever speaks against the offered thing, looked up from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.selling.model import Offer
from actions.simulation.witness import Market, Past, Seen
from catalog.domain.money import zero
from catalog.domain.product import Product

# Kinds whose price is bounded by something else than the dearest thing at hand.
_OWN_PRICE = frozenset({"upgrade", "tiers", "reorder", "coupon"})
# Kinds that are meant to be like what is looked at.
_ALIKE_WELCOME = frozenset({"upgrade", "tiers"})
_YES = frozenset({"yes", "true", "1", "y"})


def worth_it(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Not in the cart, nor a variant of it, in stock, fitting, not owned unless it runs out, not sent back, sold to
    everybody, inside the price band, and not offered before unasked."""
    offer = seen.offer
    if offer is None:
        return
    for product_id in offer.product_ids:
        product = market.shelf.product(product_id, seen.turn.now)
        if product is None:
            yield f"{product_id} is not sold here"
            continue
        yield from _sellable(product, seen, market)
        if any(line.every for line in offer.lines):
            if seen.after.quantity_of(product_id) == 0:
                yield f"a plan for {product_id}, which is not in the cart"
            continue
        yield from _needed(product, offer, seen, past, market)
        yield from _fits(product, offer, seen, market)
        yield from _priced(product, offer, seen, market)


def _sellable(product: Product, seen: Seen, market: Market) -> Iterator[str]:
    told = product.attributes
    if not product.in_stock:
        yield f"{product.id} is sold out"
    if product.current_price <= zero(product.price.currency):
        yield f"{product.id} has no price"
    adult = told.get("adult", "").strip().lower() in _YES
    if adult or int(told.get("minimum_age", "") or 0) > 0:
        yield f"{product.id} is not for everybody"
    countries = re.findall(r"[A-Z]{2}", told.get("included_country", "").upper())
    here = seen.turn.region or market.config.locale[-2:].upper()
    if countries and here not in countries:
        yield f"{product.id} is not sold to {here}"


def _needed(product: Product, offer: Offer, seen: Seen, past: Past, market: Market) -> Iterator[str]:
    here = _hosts(seen, offer.kind, market)
    for other in here:
        if other.same_group(product) or market.goods.look_alike(product.id, other.id):
            yield f"{product.id} repeats {other.id}"
    runs_out = product.attributes.get("consumable", "").strip().lower() in _YES
    for owned_id in past.owned():
        owned = market.shelf.product(owned_id, seen.turn.now)
        if owned is not None and owned.same_group(product) and not runs_out:
            yield f"{product.id} was bought before, as {owned_id}"
    for back_id in past.sent_back():
        back = market.shelf.product(back_id, seen.turn.now)
        if back is not None and back.same_group(product):
            yield f"{product.id} was sent back before, as {back_id}"
    start = past.session_start(seen.turn.now, market.config.offers.session_gap_minutes)
    for made in past.made if not seen.asked_for else ():
        near = made.turn.conversation_id == seen.turn.conversation_id or made.turn.now >= start
        if near and made.offer and product.id in made.offer.product_ids:
            yield f"{product.id} was offered before, in turn {made.turn.turn_index}"


def _hosts(seen: Seen, kind: str, market: Market) -> list[Product]:
    """What an offer must not repeat: the cart, and what the moment is about unless an upgrade of it is meant."""
    ids = seen.after.product_ids if kind in _ALIKE_WELCOME else (*seen.after.product_ids, *seen.about)
    return list(market.shelf.some(ids, seen.turn.now).values())


def _fits(product: Product, offer: Offer, seen: Seen, market: Market) -> Iterator[str]:
    hosts = dict.fromkeys((*seen.after.product_ids, *seen.about, *offer.product_ids))
    declared = [
        fit.fits
        for host in hosts
        if host != product.id
        for fit in (market.goods.compatible(product.id, host), market.goods.compatible(host, product.id))
        if fit is not None
    ]
    if declared and not any(declared):
        yield f"{product.id} fits nothing here"


def _priced(product: Product, offer: Offer, seen: Seen, market: Market) -> Iterator[str]:
    rules, price = market.config.offers, product.current_price.minor
    if offer.kind == "upgrade":
        before = market.shelf.product(offer.replaces, seen.turn.now)
        dearer = (price - before.current_price.minor) * 100 if before else -1
        base = before.current_price.minor if before else 0
        if not base * rules.upgrade_from_percent <= dearer <= base * rules.upgrade_to_percent:
            yield f"{product.id} at {product.current_price} is no upgrade in price of {offer.replaces}"
    if offer.kind == "add_on" and price * 100 > seen.after.total.minor * rules.add_on_percent:
        yield f"{product.id} at {product.current_price} is no small thing beside {seen.after.total}"
    if offer.kind == "free_shipping":
        free_from = market.config.shipping.free_from
        gap = free_from.minor - seen.after.total.minor if free_from else 0
        if not 0 < gap <= price <= 2 * gap:
            yield f"{product.id} at {product.current_price} does not close the gap of {gap} minor units"
    hosts = market.shelf.some((*seen.after.product_ids, *seen.about), seen.turn.now)
    dearest = max((one.current_price.minor for one in hosts.values()), default=None)
    if offer.kind not in _OWN_PRICE and dearest is not None and price * 100 > dearest * rules.price_band_percent:
        yield f"{product.id} at {product.current_price} is beyond the price band"
