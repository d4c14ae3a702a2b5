"""How an offer is settled: yes, no, stop, and welcome again."""

from __future__ import annotations

from actions.context import TurnContext
from actions.selling.deal import alternative, deal_hash
from actions.selling.kinds import KINDS
from actions.selling.model import Answer, Offer, OfferState, Scope
from actions.selling.ports import OfferBook
from actions.selling.pressure import (
    DECLINES_THAT_END_A_SESSION,
    TURNS_UNTIL_AN_OFFER_LAPSES,
    PastDecline,
    PastOffer,
    pressure_of,
)
from actions.shop.model import CartRefused

_SETTLED = {
    OfferState.ACCEPTED: "already_accepted",
    OfferState.DECLINED: "declined",
    OfferState.EXPIRED: "expired",
    OfferState.STALE: "stale",
}


def accept(book: OfferBook, turn: TurnContext, offer_id: str, chosen: str = "") -> Answer:
    """Take the offer: once, at the quoted price, while it is open and the cart still carries the deal. Of one with
    alternatives, the `chosen` one (see `deal.alternative`); unclear is no.

    A bare yes (no `offer_id`) takes only an offer of the last few turns: later nobody can tell what it meant.
    """
    past = _meant(book, turn, offer_id)
    if past is None or not (offer_id or _fresh(past, turn)):
        return _answer(book, turn, "no_offer", None)
    offer = past.offer
    if offer.state is not OfferState.OPEN:
        return _answer(book, turn, _SETTLED[offer.state], offer)
    if offer.expires_at <= turn.now:
        return _end(book, turn, offer, OfferState.EXPIRED)
    products = book.products([line.product_id for line in offer.lines])
    standing = deal_hash(offer.lines, book.cart(turn.shopper_id, turn.now), products, offer.replaces)
    taken = alternative(offer, chosen) if offer.choose_one else offer
    if taken is None:
        return _answer(book, turn, "which_one", offer)
    if not book.take(taken, standing, turn.now):
        # Another process may have taken it between our look and the update; else the cart has changed.
        now_stored = book.offer(offer.id)
        if now_stored is not None and now_stored.offer.state is not OfferState.OPEN:
            return _answer(book, turn, _SETTLED[now_stored.offer.state], now_stored.offer)
        return _end(book, turn, offer, OfferState.STALE)
    try:
        cart = book.fulfil(taken, turn.now)
    except CartRefused:
        return _end(book, turn, offer, OfferState.STALE)
    return Answer("accepted", _stored(book, offer), cart)


def decline(book: OfferBook, turn: TurnContext, offer_id: str, scope: Scope) -> Answer:
    """Take a no, whatever became of the offer meanwhile; said twice to the same offer it counts once.

    Without any offer, a no to everything is remembered all the same.
    """
    past = _meant(book, turn, offer_id)
    if past is None:
        if scope is not Scope.EVERYTHING:
            return _answer(book, turn, "no_offer", None)
        _remember(book, turn, None, scope)
        return _answer(book, turn, "declined", None)
    if past.offer.state is OfferState.DECLINED and scope is not Scope.ITEM:
        # The same no, going further: "no more of these" after "no".
        _remember(book, turn, past.offer, scope)
    if past.offer.state in (OfferState.ACCEPTED, OfferState.DECLINED):
        return _answer(book, turn, _SETTLED[past.offer.state], past.offer)
    book.settle(past.offer.id, OfferState.DECLINED, turn.now)
    _remember(book, turn, past.offer, scope)
    return _answer(book, turn, "declined", _stored(book, past.offer), session_ended=_session_ended(book, turn))


def stop(book: OfferBook, turn: TurnContext) -> Answer:
    """No offers to this shopper any more; an open one is withdrawn and counts as declined."""
    # There is one open offer at most; it may have been made in another tab, or on another channel.
    offers = book.history(turn.shopper_id, turn.conversation_id, turn.now).offers
    open_offer = next((past for past in offers if past.offer.state is OfferState.OPEN), None)
    if open_offer is not None:
        _remember(book, turn, open_offer.offer, Scope.ITEM)
    book.settle_open(turn.shopper_id, OfferState.DECLINED, turn.now)
    book.set_stopped(turn.shopper_id, True, turn.now)
    return _answer(book, turn, "stopped", _stored(book, open_offer.offer) if open_offer else None)


def resume(book: OfferBook, turn: TurnContext) -> Answer:
    """Offers are welcome again; what was declined stays declined."""
    book.set_stopped(turn.shopper_id, False, turn.now)
    return _answer(book, turn, "resumed", None)


def _meant(book: OfferBook, turn: TurnContext, offer_id: str) -> PastOffer | None:
    if not offer_id:
        return book.latest_offer(turn.conversation_id, only_open=True)
    past = book.offer(offer_id)
    return past if past is not None and past.offer.shopper_id == turn.shopper_id else None


def _fresh(past: PastOffer, turn: TurnContext) -> bool:
    return turn.turn_index - past.turn_index <= TURNS_UNTIL_AN_OFFER_LAPSES


def _remember(book: OfferBook, turn: TurnContext, offer: Offer | None, scope: Scope) -> None:
    # A no to a care plan is no no to the product that it is for.
    plan = offer is not None and any(line.every for line in offer.lines)
    product_ids = offer.product_ids if offer and not plan else ()
    products = book.products(product_ids)
    decline = PastDecline(
        conversation_id=turn.conversation_id,
        turn_index=turn.turn_index,
        created_at=turn.now,
        scope=scope,
        product_ids=product_ids,
        kinds=tuple(sorted({product.kind for product in products.values() if product.kind})),
        offer_kind=offer.kind if offer is not None and _covers_its_kind(offer, scope) else "",
        percent=offer.percent if offer is not None and (offer.saving or offer.percent) else -1,
    )
    book.remember_decline(turn.shopper_id, offer.id if offer else "", decline)


def _covers_its_kind(offer: Offer, scope: Scope) -> bool:
    """Whether this no is one to all offers of the kind ("no more bundles"); of complements, the kind is the things'."""
    if offer.kind in KINDS and KINDS[offer.kind].one_no_for_all:
        return True
    return scope is Scope.KIND and offer.kind != "complement"


def _session_ended(book: OfferBook, turn: TurnContext) -> bool:
    """Whether this decline is the one that ends offers for the session."""
    if book.count_declines(turn.shopper_id) < DECLINES_THAT_END_A_SESSION:
        return False
    history = book.history(turn.shopper_id, turn.conversation_id, turn.now)
    pressure = pressure_of(history, turn.conversation_id, turn.turn_index, turn.now, book.config().offers)
    return pressure.declines_in_session == DECLINES_THAT_END_A_SESSION


def _end(book: OfferBook, turn: TurnContext, offer: Offer, state: OfferState) -> Answer:
    book.settle(offer.id, state, turn.now)
    return _answer(book, turn, state.value, _stored(book, offer))


def _stored(book: OfferBook, offer: Offer) -> Offer:
    past = book.offer(offer.id)
    return past.offer if past else offer


def _answer(
    book: OfferBook, turn: TurnContext, outcome: str, offer: Offer | None, session_ended: bool = False
) -> Answer:
    return Answer(outcome, offer, book.cart(turn.shopper_id, turn.now), session_ended)
