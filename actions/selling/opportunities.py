"""An opportunity to offer something: gather the facts, decide, write the ledger, make the offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from actions.context import TurnContext
from actions.selling.candidates import candidate_facts
from actions.selling.deal import decision_id, make_offer
from actions.selling.decision import POLICY_VERSION, Choice, chosen_of, decide, fitting
from actions.selling.facts import Behaviour, CartFacts, Memory, Rules, Situation, Versions, facts_of
from actions.selling.goods import Bought, Goods
from actions.selling.journey import asked_for
from actions.selling.kinds import KINDS, kinds_at
from actions.selling.kinds.plugin import Look, Proposal
from actions.selling.ledger import DecisionInputs, LedgerRow, read_choice, record_hash, write_record
from actions.selling.model import Decision, Offer, OfferState
from actions.selling.ports import OfferBook
from actions.selling.pressure import History, PastOffer, pressure_of
from actions.selling.remembering import memory_of
from actions.selling.segments import segment_of
from actions.shop.model import Cart
from actions.shop.sets import day_of
from catalog.domain.product import Product


@dataclass(frozen=True)
class Opportunity:
    """When it is, and what it is about: a moment of `journey.MOMENTS`, products, or the reason to hold back."""

    moment: str
    product_ids: tuple[str, ...] = ()
    held_back: str = ""


def proposals_for(book: OfferBook, goods: Goods, turn: TurnContext, chance: Opportunity) -> Sequence[Proposal]:
    """What each kind of offer would suggest here.

    Asked for before the transaction that decides, so that nobody waits for the write lock meanwhile: what the
    cart has become by then, the gate sees.
    """
    if chance.moment == "held_back":
        return ()
    config, cart = book.config(), book.cart(turn.shopper_id, turn.now)
    products = book.products(chance.product_ids)
    look = Look(
        moment=chance.moment,
        goods=goods,
        rules=_rules(book),
        now=turn.now,
        subject_ids=tuple(product_id for product_id in chance.product_ids if product_id in products),
        subjects=tuple(products[product_id] for product_id in chance.product_ids if product_id in products),
        cart_ids=cart.product_ids,
        cart_total=cart.total,
        customer_id=turn.customer_id,
        bought=tuple(book.bought(turn.shopper_id)),
        today=day_of(turn.now, ZoneInfo(config.selling.time_zone)),
    )
    kinds = kinds_at(chance.moment, config.selling.without)
    found: dict[tuple[str, tuple[str, ...]], Proposal] = {}
    for kind in kinds:
        for proposal in list(kind.find(look))[: look.limit]:
            # A choice names its candidate by kind and products: of two over the same things (a set that the merchant
            # declared, and the same one learned from orders) the first speaks.
            found.setdefault((proposal.kind, proposal.product_ids), _with_sets(proposal, look))
    return list(found.values())


def take_opportunity(
    book: OfferBook, goods: Goods, turn: TurnContext, chance: Opportunity, found: Sequence[Proposal]
) -> Decision:
    """Decide at one opportunity and put the decision on the record; the same turn again gives the same decision."""
    own_id = decision_id(turn, chance.moment, chance.product_ids or (chance.held_back,))
    stored = book.decision(own_id)
    if stored is not None:
        past = book.offer(stored.offer_id) if stored.offer_id else None
        offered = past.offer if past else None
        return Decision(own_id, stored.action, stored.reason, offered, fitting(read_choice(stored.record)))
    cart = book.cart(turn.shopper_id, turn.now)
    inputs = _inputs(book, goods, turn, cart, found, chance)
    choice = decide(inputs.situation, inputs.candidates, inputs.rules)
    offer = _offer(book, turn, own_id, choice, inputs, cart)
    _write(book, turn, chance.moment, own_id, write_record(inputs, choice), choice, offer)
    if offer is not None:
        # A suggestion that was passed over makes room for the new one: one open offer at a time.
        book.settle_open(turn.shopper_id, OfferState.EXPIRED, turn.now)
        past = PastOffer(offer, turn.turn_index, asked_for(chance.moment), chance.moment, turn.channel)
        book.put_offer(past, own_id)
    return Decision(own_id, choice.action, choice.reason, offer, fitting(choice))


def _with_sets(proposal: Proposal, look: Look) -> Proposal:
    """Says of a proposal which live set it would complete without being that set's own offer."""
    if proposal.evidence.source == "set" or not look.live_sets:
        return proposal
    alone = KINDS[proposal.kind].choose_one
    added = [(product_id,) for product_id in proposal.product_ids] if alone else [proposal.product_ids]
    return replace(proposal, completes=next((set_id for ids in added if (set_id := look.completed_by(ids))), ""))


def _rules(book: OfferBook) -> Rules:
    config = book.config()
    return Rules(config.offers, config.bundles, config.selling, config.shipping)


def _inputs(
    book: OfferBook,
    goods: Goods,
    turn: TurnContext,
    cart: Cart,
    found: Sequence[Proposal],
    chance: Opportunity,
) -> DecisionInputs:
    config = book.config()
    history = book.history(turn.shopper_id, turn.conversation_id, turn.now)
    bought = book.bought(turn.shopper_id)
    wanted = {*cart.product_ids, *chance.product_ids, *(i for one in found for i in one.product_ids)}
    wanted |= {one.product_id for one in bought} | {i for d in history.declines for i in d.product_ids}
    products = book.products(sorted(wanted - {""}))
    memory = memory_of(history, turn.conversation_id, turn.now, config.offers, bought, products)
    situation = _situation(book, goods.version, turn, cart, history, memory, bought, products, chance)
    candidates = (candidate_facts(one, situation, products, goods) for one in found)
    return DecisionInputs(situation, tuple(one for one in candidates if one is not None), _rules(book))


def _situation(
    book: OfferBook,
    catalogue: str,
    turn: TurnContext,
    cart: Cart,
    history: History,
    memory: Memory,
    bought: Sequence[Bought],
    products: Mapping[str, Product],
    chance: Opportunity,
) -> Situation:
    config = book.config()
    behaviour = behaviour_of(turn, bought)
    planned = {plan.product_id for plan in cart.plans}
    return Situation(
        moment=chance.moment,
        conversation_id=turn.conversation_id,
        shopper_id=turn.shopper_id,
        channel=turn.channel,
        locale=turn.locale,
        turn_id=turn.turn_id,
        turn_index=turn.turn_index,
        mood=turn.mood,
        now=turn.now,
        currency=cart.currency,
        versions=Versions(POLICY_VERSION, book.shop_version(), catalogue),
        pressure=pressure_of(history, turn.conversation_id, turn.turn_index, turn.now, config.offers, turn.channel),
        memory=memory,
        cart=tuple(
            CartFacts(facts_of(products[i.product_id]), i.quantity, bool(i.quote_id), i.product_id in planned)
            for i in cart.lines
            if i.product_id in products
        ),
        subjects=tuple(facts_of(products[i]) for i in chance.product_ids if i in products),
        cart_total=cart.total,
        held_back=chance.held_back,
        segment=segment_of(behaviour, config.selling.segments),
        behaviour=behaviour,
        helped=turn.helped,
        region=turn.region or _country_of(config.locale),
        consent=turn.consent,
        local_hour=turn.now.astimezone(ZoneInfo(config.selling.time_zone)).hour,
    )


def _country_of(locale: str) -> str:
    """The country of a locale ("en-GB"); "" where it names none ("en")."""
    _, *parts = locale.replace("_", "-").split("-")
    return next((part.upper() for part in parts if len(part) == 2), "")


def behaviour_of(turn: TurnContext, bought: Sequence[Bought]) -> Behaviour:
    """What past orders and this conversation show of a shopper."""
    kept = [one for one in bought if not one.returned]
    totals = {one.order_number: one.order_total.minor for one in kept}
    return Behaviour(
        orders=len(totals),
        spent=sum(totals.values()),
        lines=len(kept),
        reduced_lines=sum(one.reduced for one in kept),
        asked_cheaper=turn.asked_cheaper,
        gift=turn.gift,
    )


def _offer(
    book: OfferBook, turn: TurnContext, own_id: str, choice: Choice, inputs: DecisionInputs, cart: Cart
) -> Offer | None:
    if choice.price is None:
        return None
    candidate = chosen_of(choice, inputs.candidates)
    products = book.products([line.product_id for line in choice.price.lines])
    return make_offer(turn, own_id, choice, candidate, cart, products, inputs.rules.offers.quote_valid_minutes)


def _write(
    book: OfferBook, turn: TurnContext, moment: str, own_id: str, record: str, choice: Choice, offer: Offer | None
) -> None:
    row = LedgerRow(
        id=own_id,
        conversation_id=turn.conversation_id,
        created_at=turn.now,
        moment=moment,
        action=choice.action,
        reason=choice.reason,
        offer_id=offer.id if offer else "",
        record=record,
        record_hash=record_hash(record),
    )
    book.append(row, turn.shopper_id, turn.turn_index)
