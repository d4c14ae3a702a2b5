"""Checks of `always-a-way-out`, `no-means-no`, `never-pushy` and `read-the-room`, from what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from actions.selling.model import Offer, Scope
from actions.simulation.witness import Market, No, Past, Seen
from actions.speech.messages import ChoiceKind

# A no to one offer of these kinds is a no to the kind, for the visit: they are all about the same thing.
_ALL_ALIKE = frozenset({"free_shipping", "service_plan", "subscription", "coupon"})
_QUIET_AFTER_TROUBLE = 3
_ANSWERABLE_TURNS = 3


def always_a_way_out(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Every offer is put in words, with a yes, and exactly one no that names it."""
    offer = seen.offer
    if offer is not None:
        if seen.unsaid:
            yield f"{offer.kind} {offer.id} cannot be put in words: {seen.unsaid}"
        elif seen.message is None or not seen.message.text.strip():
            yield f"{offer.kind} {offer.id} was made without a word"
        else:
            ways = [one for one in seen.message.choices if one.kind is ChoiceKind.DECLINE]
            if [one.entities.get("offer_id") for one in ways] != [offer.id]:
                yield f"{offer.id} carries {len(ways)} declines, of {[one.entities for one in ways]}"
            if not any(one.kind is ChoiceKind.ACCEPT for one in seen.message.choices):
                yield f"{offer.id} can be declined only"
    if seen.move.what == "decline" and seen.move.offer_id:
        known = {made.offer.id for made in past.made if made.offer} - past.yeses.keys()
        if seen.move.offer_id in known and (seen.answer is None or seen.answer.outcome != "declined"):
            yield f"the no to {seen.move.offer_id} was answered {seen.answer and seen.answer.outcome}"


def no_means_no(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """After a no, nothing in its scope; after a second, nothing in the visit; after "stop", nothing at all."""
    offer = seen.offer
    if offer is None:
        return
    if past.stopped:
        yield f"offered {offer.product_ids} after stop"
    chat = seen.turn.conversation_id
    start = past.session_start(seen.turn.now, market.config.offers.session_gap_minutes)
    counted = past.noes_that_count()
    if any(no.scope is Scope.EVERYTHING and (no.conversation_id == chat or no.at >= start) for no in counted):
        yield f"offered {offer.product_ids} after a no to everything"
    if sum(no.at >= start for no in counted) >= 2:
        yield f"offered {offer.product_ids} after a second no in the visit"
    near = [no for no in past.noes if no.conversation_id == chat or no.at >= start]
    for no in near:
        yield from _covers(no, offer, market)
    far = [no for no in past.noes if no not in near]
    yield from _still_remembered(seen, far, offer, market)


def _covers(no: No, offer: Offer, market: Market) -> Iterator[str]:
    """Whether a fresh no covers the offer."""
    if no.offer is not None and no.offer.kind == offer.kind and offer.kind in _ALL_ALIKE:
        yield f"offered another {offer.kind} after a no to one"
    if any(line.every for line in offer.lines):
        return
    for product_id in offer.product_ids:
        again = next((refused for refused in no.refused if _alike(product_id, refused, market)), "")
        if again:
            yield f"offered {product_id} after a no to {again}"
        if no.scope is Scope.KIND and _kind(product_id, market) in {_kind(one, market) for one in no.refused} - {""}:
            yield f"offered {product_id} after a no to its kind"


def _still_remembered(seen: Seen, far: list[No], offer: Offer, market: Market) -> Iterator[str]:
    """Older noes fade by half in their half-life; while more than a half is left of them together, they hold."""
    rules = market.config.offers
    if any(line.every for line in offer.lines):
        return
    for product_id in offer.product_ids:
        left: dict[str, float] = {}
        left_of_kind = 0.0
        for no in far:
            age = (seen.turn.now - no.at) / timedelta(days=1)
            for refused in no.refused:
                left[refused] = left.get(refused, 0.0) + 0.5 ** (age / rules.item_half_life_days)
            if no.scope is Scope.KIND and _kind(product_id, market) in {_kind(one, market) for one in no.refused}:
                left_of_kind += 0.5 ** (age / rules.kind_half_life_days)
        held = [refused for refused, part in left.items() if part > 0.5001 and _alike(product_id, refused, market)]
        if held:
            yield f"offered {product_id} though the no to {held[0]} still holds"
        if left_of_kind > 0.5001 and _kind(product_id, market):
            yield f"offered {product_id} though the no to its kind still holds"


def _alike(product_id: str, other_id: str, market: Market) -> bool:
    product, other = market.shelf.product(product_id), market.shelf.product(other_id)
    if product is None or other is None:
        return product_id == other_id
    return product.same_group(other) or market.goods.look_alike(product_id, other_id)


def _kind(product_id: str, market: Market) -> str:
    product = market.shelf.product(product_id)
    return product.kind if product else ""


def never_pushy(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """One open offer at a time, none in two turns running, and the caps of the visit, the day, the channel, the
    month and the checkout."""
    if seen.offer is None:
        return
    turn, rules = seen.turn, market.config.offers
    yield from _open_at_once(seen, past, market)
    last = max((one.turn.turn_index for one in past.made if _same_chat(one, seen)), default=None)
    if last is not None and turn.turn_index - last <= 1:
        yield f"offers in turns {last} and {turn.turn_index}"
    if seen.asked_for:
        return
    start = past.session_start(turn.now, rules.session_gap_minutes)
    unasked = [one for one in past.made if not one.asked_for]
    by_channel = {"whatsapp": rules.per_day_whatsapp, "messenger": rules.per_day_messenger}
    day, month = turn.now - timedelta(days=1), turn.now - timedelta(days=30)
    counts = (
        ("visit", sum(one.turn.now >= start for one in unasked), rules.per_session),
        ("day", sum(one.turn.now > day for one in unasked), rules.per_day),
        (
            "day on this channel",
            sum(one.turn.now > day and one.turn.channel == turn.channel for one in unasked),
            by_channel.get(turn.channel, rules.per_day_widget),
        ),
        ("30 days", sum(one.turn.now > month for one in unasked), rules.per_30_days),
    )
    for span, before, most in counts:
        if before >= most:
            yield f"offer number {before + 1} in a {span}, {most} are allowed"
    if seen.moment == "checkout" and any(one.moment == "checkout" and one.turn.now >= start for one in past.made):
        yield "a second offer at checkout"
    refused = max((no.turn_index for no in past.noes if no.conversation_id == turn.conversation_id), default=None)
    if refused is not None and turn.turn_index - refused <= rules.silent_turns_after_decline:
        yield f"an offer {turn.turn_index - refused} turns after a no"


def _same_chat(one: Seen, other: Seen) -> bool:
    return one.turn.conversation_id == other.turn.conversation_id


def _open_at_once(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """Of the shopper's offers at most one is open, and nobody is asked anew while an answer is awaited."""
    assert seen.offer is not None
    with market.stage.books.reading() as book:
        open_now = [past_offer for chat in past.conversations if (past_offer := book.latest_offer(chat, True))]
        others = [one.offer.id for one in open_now if one.offer.id != seen.offer.id]
    if others:
        yield f"{others} were left open beside {seen.offer.id}"
    if seen.asked_for:
        return
    answered = {no.offer.id for no in past.noes if no.offer} | past.yeses.keys()
    start = past.session_start(seen.turn.now, market.config.offers.session_gap_minutes)
    latest = past.made[-1] if past.made else None
    if latest is None or latest.offer is None or latest.offer.id in answered or latest.turn.now < start:
        return
    if latest.offer.expires_at <= seen.turn.now or latest.offer.id in past.ended:
        return
    if not _same_chat(latest, seen) or seen.turn.turn_index - latest.turn.turn_index <= _ANSWERABLE_TURNS:
        yield f"{seen.offer.id} came while {latest.offer.id} awaited its answer"


def read_the_room(seen: Seen, past: Past, market: Market) -> Iterator[str]:
    """No offer to somebody upset or hurried, near trouble, after a handover; no follow-up unasked or at night."""
    if seen.offer is None:
        return
    turn = seen.turn
    if turn.mood in ("upset", "hurried"):
        yield f"an offer to somebody {turn.mood}"
    if turn.conversation_id in past.handed_over:
        yield "an offer in a conversation that a person has taken over"
    if seen.move.what in ("trouble", "return"):
        yield f"an offer in answer to {seen.move.reason}"
    for chat, index in past.troubles:
        if chat == turn.conversation_id and turn.turn_index - index <= _QUIET_AFTER_TROUBLE:
            yield f"an offer {turn.turn_index - index} turns after trouble"
    if seen.moment == "follow_up" and not turn.consent:
        yield "a follow-up that nobody agreed to"
    if seen.moment == "follow_up" and _at_night(seen, market):
        yield f"a follow-up at {turn.now:%H:%M}"


def _at_night(seen: Seen, market: Market) -> bool:
    rules = market.config.offers
    hour = seen.turn.now.astimezone(ZoneInfo(market.config.selling.time_zone)).hour
    quiet = [(rules.quiet_from_hour + passed) % 24 for passed in range(24)]
    length = (rules.quiet_until_hour - rules.quiet_from_hour) % 24
    return hour in quiet[:length]
