"""An opportunity to offer something: gather the facts, decide, write the ledger, make the offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.context import TurnContext
from actions.selling.deal import decision_id, make_offer
from actions.selling.decision import POLICY_VERSION, Choice, decide, fitting
from actions.selling.facts import CandidateFacts, CartFacts, Memory, Rules, Situation, Versions, facts_of
from actions.selling.ledger import DecisionInputs, LedgerRow, read_choice, record_hash, write_record
from actions.selling.model import Decision, Evidence, Offer, OfferState
from actions.selling.ports import Complement, Goods, OfferBook
from actions.selling.pressure import History, PastOffer, memory_of, pressure_of
from actions.shop.model import Cart
from catalog.domain.product import Product

CANDIDATES = 30


def candidates_for(
    book: OfferBook, goods: Goods, turn: TurnContext, moment: str, product_id: str
) -> Sequence[Complement]:
    """What goes with the product asked about; after an add, with the whole cart, the new thing first.

    Asked for before the transaction that decides, so that nobody waits for the write lock meanwhile: what the
    cart has become by then, the gate sees.
    """
    if moment == "held_back":
        return ()
    cart = book.cart(turn.shopper_id, turn.now).product_ids if moment == "after_add" else ()
    return goods.complements([product_id, *(other for other in cart if other != product_id)], limit=CANDIDATES)


def take_opportunity(
    book: OfferBook,
    goods: Goods,
    turn: TurnContext,
    moment: str,
    found: Sequence[Complement],
    product_id: str = "",
    held_back: str = "",
) -> Decision:
    """Decide at one opportunity and put the decision on the record; the same turn again gives the same decision."""
    own_id = decision_id(turn, moment, product_id or held_back)
    stored = book.decision(own_id)
    if stored is not None:
        past = book.offer(stored.offer_id) if stored.offer_id else None
        offered = past.offer if past else None
        return Decision(own_id, stored.action, stored.reason, offered, fitting(read_choice(stored.record)))
    cart = book.cart(turn.shopper_id, turn.now)
    inputs = _inputs(book, goods, turn, cart, found, moment, product_id, held_back)
    choice = decide(inputs.situation, inputs.candidates, inputs.rules)
    offer = _offer(book, turn, own_id, choice, inputs, cart)
    _write(book, turn, moment, own_id, write_record(inputs, choice), choice, offer)
    if offer is not None:
        # A suggestion that was passed over makes room for the new one: one open offer at a time.
        book.settle_open(turn.shopper_id, OfferState.EXPIRED, turn.now)
        book.put_offer(PastOffer(offer, turn.turn_index, asked_for=moment == "on_request"), own_id)
    return Decision(own_id, choice.action, choice.reason, offer, fitting(choice))


def _inputs(
    book: OfferBook,
    goods: Goods,
    turn: TurnContext,
    cart: Cart,
    found: Sequence[Complement],
    moment: str,
    product_id: str,
    held_back: str,
) -> DecisionInputs:
    config = book.config()
    history = book.history(turn.shopper_id, turn.conversation_id, turn.now)
    memory = memory_of(history, turn.conversation_id, turn.now, config.offers)
    wanted = {*cart.product_ids, *(item.product_id for item in found), *memory.declined, product_id} - {""}
    products = book.products(sorted(wanted))
    situation = _situation(book, goods, turn, cart, history, memory, products, moment, product_id, held_back)
    candidates = tuple(_candidate(item, situation, products, goods) for item in found if item.product_id in products)
    return DecisionInputs(situation, candidates, Rules(config.offers, config.bundles))


def _situation(
    book: OfferBook,
    goods: Goods,
    turn: TurnContext,
    cart: Cart,
    history: History,
    memory: Memory,
    products: Mapping[str, Product],
    moment: str,
    product_id: str,
    held_back: str,
) -> Situation:
    config = book.config()
    return Situation(
        moment=moment,
        conversation_id=turn.conversation_id,
        shopper_id=turn.shopper_id,
        channel=turn.channel,
        locale=turn.locale,
        turn_id=turn.turn_id,
        turn_index=turn.turn_index,
        mood=turn.mood,
        now=turn.now,
        currency=cart.currency,
        versions=Versions(POLICY_VERSION, book.shop_version(), goods.version),
        pressure=pressure_of(history, turn.conversation_id, turn.turn_index, turn.now, config.offers),
        memory=memory,
        cart=tuple(
            CartFacts(facts_of(products[line.product_id]), line.quantity, bool(line.quote_id))
            for line in cart.lines
            if line.product_id in products
        ),
        subject=facts_of(products[product_id]) if product_id in products else None,
        held_back=held_back,
    )


def _candidate(item: Complement, situation: Situation, products: Mapping[str, Product], goods: Goods) -> CandidateFacts:
    product = products[item.product_id]
    hosts = [host.id for host in situation.hosts if host.id != product.id]
    evidence = item.evidence
    return CandidateFacts(
        product=facts_of(product),
        score=float(item.score),
        evidence=Evidence(
            source=evidence.source,
            anchor_id=evidence.anchor_id,
            together=int(evidence.together),
            anchor_orders=int(evidence.anchor_orders),
            lift=float(evidence.lift),
            note=str(getattr(evidence, "note", "")),
        ),
        look_alike_of=next((host for host in hosts if goods.look_alike(product.id, host)), ""),
        unfit_with=_unfit_with(goods, product.id, hosts),
        declined_like=next((no for no in situation.memory.declined if _like(goods, product, no, products)), ""),
    )


def _like(goods: Goods, product: Product, declined_id: str, products: Mapping[str, Product]) -> bool:
    declined = products.get(declined_id)
    return declined is not None and (product.same_group(declined) or goods.look_alike(product.id, declined_id))


def _unfit_with(goods: Goods, product_id: str, hosts: Sequence[str]) -> str:
    """The host that this is declared not to fit, unless it fits another one here."""
    unfit = ""
    for host in hosts:
        for declared in (goods.compatible(product_id, host), goods.compatible(host, product_id)):
            if declared is not None and declared.fits:
                return ""
            if declared is not None:
                unfit = unfit or host
    return unfit


def _offer(
    book: OfferBook, turn: TurnContext, own_id: str, choice: Choice, inputs: DecisionInputs, cart: Cart
) -> Offer | None:
    if choice.price is None:
        return None
    evidence = next(c.evidence for c in inputs.candidates if c.product.id == choice.chosen)
    products = book.products([line.product_id for line in choice.price.lines])
    valid = inputs.rules.offers.quote_valid_minutes
    return make_offer(turn, own_id, choice.price, evidence, cart, products, valid)


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
