"""Checks of `nothing-by-itself` and `honest-price`, from what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from actions.selling.model import Offer, QuoteLine
from actions.shop.model import Cart
from actions.simulation.promises.fairness import price_for_anybody
from actions.simulation.witness import Market, Past, Seen
from catalog.domain.money import Money, total, zero
from catalog.domain.product import Product


def nothing_by_itself(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """The cart changes by the shopper's own doing and by offers they took: by exactly those lines."""
    wanted: Counter[str] = Counter()
    plans = {(plan.product_id, plan.every) for plan in seen.before.plans}
    if seen.move.what == "add" and seen.added:
        wanted.update(dict.fromkeys(seen.move.ids, seen.move.quantity))
    if seen.move.what == "remove":
        wanted.subtract({i: seen.before.quantity_of(i) for i in seen.move.ids})
        plans = {plan for plan in plans if plan[0] not in seen.move.ids}
    if seen.order is not None:
        wanted.subtract({line.product_id: line.quantity for line in seen.before.lines})
        plans = set()
    answer = seen.answer
    if answer is not None and answer.outcome == "accepted" and answer.offer is not None:
        offer = answer.offer
        yield from _named(seen, offer)
        wanted.update({line.product_id: line.quantity for line in offer.lines if line.added and not line.every})
        taken = [line for line in offer.lines if line.every]
        sorts = {(line.product_id, line.every.startswith("days")) for line in taken}
        plans = {plan for plan in plans if (plan[0], plan[1].startswith("days")) not in sorts}
        plans |= {(line.product_id, line.every) for line in taken}
    changed = Counter(_quantities(seen.after))
    changed.subtract(_quantities(seen.before))
    if +changed != +wanted or -changed != -wanted:
        yield f"{seen.move.what} changed the cart by {_told(changed)} instead of {_told(wanted)}"
    if {(plan.product_id, plan.every) for plan in seen.after.plans} != plans:
        yield f"{seen.move.what} left the plans {[(plan.product_id, plan.every) for plan in seen.after.plans]}"


def _named(seen: Seen, taken: Offer) -> Iterator[str]:
    """A yes must be to that very thing: of several, to the one that was named."""
    if taken.choose_one and (len(taken.lines) != 1 or not seen.move.chosen):
        yield f"{taken.id} was taken without a choice: {[line.product_id for line in taken.lines]}"
    if taken.choose_one and seen.move.chosen not in {
        name for line in taken.lines for name in (line.product_id, line.every)
    }:
        yield f"{seen.move.chosen} was chosen of {taken.id}, and {taken.lines[0].product_id} was taken"


def _quantities(cart: Cart) -> dict[str, int]:
    return {line.product_id: line.quantity for line in cart.lines}


def _told(changes: Counter[str]) -> str:
    return (
        ", ".join(f"{number:+d} {product_id}" for product_id, number in sorted(changes.items()) if number) or "nothing"
    )


def honest_price(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Lines add up; never dearer than the parts, nor than by hand; above the floors; the price said is the price
    in the cart, and holds."""
    if seen.offer is not None:
        yield from _adds_up(seen, seen.offer, market)
        yield from _not_dearer_than_by_hand(seen, seen.offer, market)
        yield from _no_haggling(seen, seen.offer, past, market)
    yield from _lines_make_the_total(seen.after)
    yield from _charged_as_said(seen, past, market)
    yield from _quotes_hold(seen, past, market)
    if seen.order is not None and seen.order.goods != seen.before.total:
        yield f"the order came to {seen.order.goods}, the cart to {seen.before.total}"


def _adds_up(seen: Seen, offer: Offer, market: Market) -> Iterator[str]:
    """Unit prices are today's, the saving is shared to the cent, and no line goes under its floor."""
    currency = offer.price.currency
    buying = [line for line in offer.lines if not line.every]
    for line in buying:
        product = market.shelf.product(line.product_id, seen.turn.now)
        if product is None or line.unit_price != product.current_price:
            yield f"{line.product_id} is quoted at {line.unit_price}, it costs {product and product.current_price}"
        elif line.discount.minor < 0 or (line.discount and line.unit_price - line.discount < _floor(product, market)):
            yield f"{line.product_id} goes down to {line.unit_price - line.discount}, its floor is higher"
        elif line.discount and product.current_price < product.price and not market.config.bundles.stack_with_sale:
            yield f"{line.product_id} is on sale and reduced once more"
    saved = total([line.discount for line in offer.lines], currency)
    if saved != offer.saving:
        yield f"the lines of {offer.id} save {saved}, it says {offer.saving}"
    said = _said(offer)
    if said != offer.price:
        yield f"{offer.id} says {offer.price}, its lines come to {said}"
    parts = total([line.unit_price * line.quantity for line in buying], currency)
    if saved.minor * 100 > parts.minor * market.config.bundles.max_discount_percent + 50:
        yield f"{offer.id} saves {saved} of {parts}, more than the shop allows"


def _said(offer: Offer) -> Money:
    """What the lines come to: of alternatives the first one's."""
    if offer.lines and (offer.choose_one or offer.lines[0].every):
        return offer.lines[0].unit_price
    added = [line.unit_price * line.quantity for line in offer.lines if line.added]
    return total(added, offer.price.currency) - offer.saving


def _floor(product: Product, market: Market) -> Money:
    """The lowest price of a product; fractions of a minor unit round up."""
    rules, price = market.config.bundles, product.current_price
    known = [product.floor.minor] if product.floor else []
    known += [-(-product.cost.minor * (100 + rules.min_margin_percent) // 100)] if product.cost else []
    lowest = max(known) if known else -(-price.minor * rules.min_price_percent // 100)
    return Money(min(lowest, price.minor), price.currency)


def _not_dearer_than_by_hand(seen: Seen, offer: Offer, market: Market) -> Iterator[str]:
    """Putting the same things into the cart by hand, sets of the merchant's included, must not cost less."""
    if offer.choose_one or not offer.lines or offer.lines[0].every:
        return
    quantities = _quantities(seen.after)
    without = price_for_anybody(quantities, seen, market)
    for product_id in offer.product_ids:
        quantities[product_id] = quantities.get(product_id, 0) + 1
    by_hand = price_for_anybody(quantities, seen, market) - without
    if offer.price > by_hand and not _in_a_deal(seen.after):
        yield f"{offer.id} costs {offer.price}; put into the cart by hand, the same comes to {by_hand}"


def _in_a_deal(cart: Cart) -> bool:
    return any(line.quote_id for line in cart.lines)


def _no_haggling(seen: Seen, offer: Offer, past: Past, market: Market) -> Iterator[str]:
    """A no never brings a greater saving in the same visit."""
    if not offer.saving and not offer.percent:
        return
    start = past.session_start(seen.turn.now, market.config.offers.session_gap_minutes)
    near = [no for no in past.noes if no.conversation_id == seen.turn.conversation_id or no.at >= start]
    refused = [no.offer.percent for no in near if no.offer and (no.offer.saving or no.offer.percent)]
    if refused and offer.percent > min(refused):
        yield f"{offer.percent} % were offered after a no to {min(refused)} %"


def _lines_make_the_total(cart: Cart) -> Iterator[str]:
    lines = sum(line.unit_price.minor * line.quantity - line.discount.minor for line in cart.lines)
    if lines != cart.total.minor or any(line.total.minor < 0 or line.discount.minor < 0 for line in cart.lines):
        yield f"the cart says {cart.total}, its lines come to {lines} in minor units"


def _charged_as_said(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """A yes makes the cart grow by what was said, and once; no other answer changes what it costs."""
    answer = seen.answer
    if answer is None:
        return
    if answer.outcome != "accepted" or answer.offer is None:
        if seen.after.total != seen.before.total:
            yield f"{seen.move.what} ({answer.outcome}) changed the cart from {seen.before.total} to {seen.after.total}"
        return
    offer = answer.offer
    if offer.id in past.yeses:
        yield f"{offer.id} was charged a second time"
    made = next((one for one in past.made if one.offer and one.offer.id == offer.id), None)
    promised = zero(offer.price.currency) if any(line.every for line in offer.lines) else offer.price
    grown = seen.after.total - seen.before.total
    moved = made is None or made.version != seen.version
    if grown != promised and not moved and not seen.before.savings and not seen.after.savings:
        yield f"{offer.id} said {promised}, the cart grew by {grown}"
    if grown > promised and not moved and offer.lines:
        yield f"{offer.id} said {promised}, the cart grew by {grown}, which is more"


def _quotes_hold(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """While quotes hold, the cart costs at most today's prices less what each still saves."""
    cart = seen.after
    free = Counter(_quantities(cart))
    most = sum(line.unit_price.minor * line.quantity for line in cart.lines)
    today = {line.product_id: line.unit_price.minor for line in cart.lines}
    ordered = max((order.placed_at for order in past.orders.values()), default=None)
    live = [yes for yes in past.yeses.values() if ordered is None or yes.at > ordered]
    for yes in sorted(live, key=lambda one: (one.offer.expires_at, one.offer.id)):
        lines = [line for line in yes.offer.lines if not line.every]
        needed = Counter({line.product_id: line.quantity for line in lines})
        if not lines or yes.offer.expires_at <= seen.turn.now or yes.offer.id in past.broken:
            continue
        if not needed <= free:
            past.broken.add(yes.offer.id)
            continue
        free -= needed
        most -= max(0, sum(today[line.product_id] * line.quantity for line in lines) - _held(lines))
    if cart.total.minor > most:
        yield f"the cart costs {cart.total}, with the quotes that hold at most {Money(most, cart.currency)}"


def _held(lines: list[QuoteLine]) -> int:
    return sum(line.unit_price.minor * line.quantity - line.discount.minor for line in lines)
