"""Checks of `true-words`: each claim is computed anew from the feed, the orders and the catalogue's evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from actions.selling.model import Claim, Offer
from actions.simulation.witness import Market, Past, Seen
from catalog.domain.errors import MoneyError
from catalog.domain.money import Money
from catalog.domain.product import Product

_YES = frozenset({"yes", "true", "1", "y"})


def true_words(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Each claim of an offer holds, counts are enough, and without any claim nothing is offered."""
    offer = seen.offer
    if offer is None:
        return
    if not offer.claims:
        yield f"{offer.id} says nothing for itself"
    for claim in offer.claims:
        holds = _CLAIMS.get(claim.about)
        if holds is None:
            yield f"{offer.id} claims {claim.about}, which nobody can check"
        elif not holds(claim, offer, seen, past, market):
            yield f"{offer.id} claims {_told(claim)}, which does not hold"


def _told(claim: Claim) -> str:
    parts = (claim.about, claim.product_id, claim.anchor_id, *claim.numbers, *claim.texts, claim.money or "")
    return " ".join(str(part) for part in parts if part != "")


def _evidence(offer: Offer, seen: Seen, market: Market) -> tuple[str, str, int, int, float]:
    """What the catalogue knows of the pair: source, anchor, orders with both, orders with the anchor, lift."""
    cart = () if seen.moment == "on_request" else seen.after.product_ids
    anchors = tuple(dict.fromkeys((*(i for i in seen.about if market.shelf.product(i, seen.turn.now)), *cart)))
    for found in market.goods.complements(anchors, limit=30, customer_id=seen.turn.customer_id):
        if (found.product_id,) == offer.product_ids:
            known = found.evidence
            return known.source, known.anchor_id, known.together, known.anchor_orders, known.lift
    return "", "", 0, 0, 0.0


def _orders(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    rules = market.config.offers
    source, anchor_id, together, anchor_orders, lift = _evidence(offer, seen, market)
    enough = together >= rules.claim_min_together and anchor_orders >= rules.claim_min_anchor
    said = (claim.anchor_id, claim.numbers) == (anchor_id, (together, anchor_orders))
    return source == "orders" and enough and lift > 1 and said


def _goes_with(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    source, anchor_id, _, _, lift = _evidence(offer, seen, market)
    return anchor_id == claim.anchor_id and (source == "attributes" or (source == "orders" and lift > 1))


def _fits(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    pair = offer.product_ids[0], claim.anchor_id
    declared = [market.goods.compatible(*pair), market.goods.compatible(*reversed(pair))]
    notes = [getattr(one, "note", "") for one in declared if one is not None and one.fits]
    return bool(notes) and (not claim.texts or claim.texts[0] in notes)


def _whole_set(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    for learned in market.goods.bundles_for(seen.after.product_ids):
        if tuple(learned.missing_ids) == offer.product_ids:
            return claim.numbers == (learned.orders,) and learned.orders >= market.config.offers.claim_min_together
    return False


def _set(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    today = seen.turn.now.astimezone(ZoneInfo(market.config.selling.time_zone)).date().isoformat()
    lines = {line.product_id for line in offer.lines}
    return any(
        claim.texts == (one.title, one.theme)
        and set(one.product_ids) == lines
        and (one.valid_from or today) <= today <= (one.valid_until or today)
        for one in market.shelf.bundles
    )


def _recycled(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    product = market.shelf.product(claim.product_id, seen.turn.now)
    return product is not None and _yes(product, "recycled") and claim.texts == (product.material or "material",)


def _yes(product: Product, column: str) -> bool:
    return product.attributes.get(column, "").strip().lower() in _YES


def _rating(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    product = market.shelf.product(claim.product_id, seen.turn.now)
    told = product.attributes if product else {}
    count = int(told.get("rating_count", "") or 0)
    rating = round(float(told.get("average_rating", "") or 0) * 100)
    return count >= market.config.offers.claim_min_ratings and claim.numbers == (rating, count)


def _changed(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    """Better, worse or lasting longer, against what is looked at, with both values."""
    rules = market.config.offers
    dearer = rules.upgrade_from_percent, rules.upgrade_to_percent
    for upgrade in market.goods.upgrades(claim.anchor_id, 3, dearer):
        if upgrade.product.id == claim.product_id:
            changes = upgrade.trade_offs if claim.about == "worse" else upgrade.improvements
            values: dict[tuple[str, ...], float] = {
                (one.attribute or one.unit, one.before_text, one.after_text): one.after / one.before
                if one.before
                else 0
                for one in changes
            }
            ratio = values.get(claim.texts)
            return ratio is not None and (claim.about != "lasts" or claim.numbers == (round(ratio * 100),))
    return False


def _difference(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    one, other = (
        market.shelf.product(claim.product_id, seen.turn.now),
        market.shelf.product(claim.anchor_id, seen.turn.now),
    )
    return one is not None and other is not None and claim.money == one.current_price - other.current_price


def _closes_gap(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    free_from = market.config.shipping.free_from
    return free_from is not None and claim.money == free_from - seen.after.total and offer.price >= claim.money


def _thanks(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    rules = market.config.selling.thank_you
    return claim.numbers == (rules.percent, rules.valid_days) and rules.percent > 0


def _covers(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    product = market.shelf.product(claim.product_id, seen.turn.now)
    return product is not None and claim.texts == (product.attributes.get("service_plan"),)


def _plan_costs(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    """Both costs: by the month and by the year, in minor units."""
    product = market.shelf.product(claim.product_id, seen.turn.now)
    if product is None:
        return False
    if offer.kind == "service_plan":
        monthly, yearly = _amount(product, "service_plan_monthly"), _amount(product, "service_plan_yearly")
        return claim.numbers == (monthly, yearly)
    days, price = int(product.attributes.get("subscription_days", "0")), _amount(product, "subscription_price")
    yearly = price * (365 // days) if days else 0
    return claim.numbers == ((2 * yearly + 12) // 24, yearly)


def _comes_every(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    product = market.shelf.product(claim.product_id, seen.turn.now)
    if product is None:
        return False
    saved = product.current_price.minor - _amount(product, "subscription_price")
    days = product.attributes.get("subscription_days", "")
    return claim.numbers == (int(days or 0),) and claim.money == Money(saved, product.price.currency)


def _amount(product: Product, column: str) -> int:
    try:
        return Money.parse(product.attributes.get(column, ""), product.price.currency).minor
    except MoneyError:
        return 0


def _bought_last(claim: Claim, offer: Offer, seen: Seen, past: Past, market: Market) -> bool:
    """So many days ago, by the shopper's own orders or the past order file."""
    moments = [
        order.placed_at
        for order in past.orders.values()
        if order.status != "cancelled" and any(line.product_id == claim.product_id for line in order.lines)
    ]
    if not moments and seen.turn.customer_id:
        known = market.goods.reorders(seen.after.product_ids, seen.turn.customer_id, 5)
        moments = [again.last_bought for again in known if again.product_id == claim.product_id]
    return bool(moments) and claim.numbers == (max(0, (seen.turn.now - max(moments)) // timedelta(days=1)),)


Holds = Callable[[Claim, Offer, Seen, Past, Market], bool]
_CLAIMS: MappingProxyType[str, Holds] = MappingProxyType(
    {
        **{"orders": _orders, "goes_with": _goes_with, "fits": _fits, "whole_set": _whole_set, "set": _set},
        **{"recycled": _recycled, "rating": _rating, "better": _changed, "worse": _changed, "lasts": _changed},
        **{"dearer": _difference, "price_gap": _difference, "closes_gap": _closes_gap, "thanks": _thanks},
        **{"covers": _covers, "plan_costs": _plan_costs, "comes_every": _comes_every, "bought_last": _bought_last},
    }
)
