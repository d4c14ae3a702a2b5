"""Why an offer was made, what is in it, what goes with a product, and which reductions really exist."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from actions.conversation.assistant import Assistant
from actions.conversation.model import Memory, Reply, Request
from actions.conversation.offer_words import anchor_words, evidence_text, offer_message, offered_name, price_text
from actions.conversation.references import meant_product
from actions.selling.claims import claim_of
from actions.selling.model import Decision, Evidence, Offer, OfferState
from actions.shop.model import Cart
from actions.shop.sets import day_of, is_live, set_shares
from actions.speech.messages import Choice, ChoiceKind, Message
from actions.speech.titles import display_title, spoken_name
from catalog.domain.money import total
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle

COMPANIONS = 3


def goes_with(assistant: Assistant, request: Request) -> Reply:
    """What goes with a product, because the shopper asked; the gate holds, the caps do not."""
    meant = meant_product(assistant, request)
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    in_cart = assistant.products(cart.product_ids[-1:])
    candidates = [meant.first] if meant.sure or meant.by_name else [*in_cart, *meant.products]
    if not candidates:
        return assistant.reply(request, "goes-with-what", memory=request.remembering(failures=0))
    product = candidates[0] if meant.by_button else _in_cart(assistant, cart, candidates[0])
    decision = assistant.desk.on_request(request.turn, product.id)
    memory = assistant.focused(request, product, failures=0)
    if decision.offer is None or decision.action != "pitch":
        return _companions(assistant, request, product, decision, memory).decided(decision)
    return Reply((offer_message(assistant, request, decision.offer),), memory).decided(decision)


def _in_cart(assistant: Assistant, cart: Cart, product: Product) -> Product:
    """The variant of it that is in the cart: who has the green tent and asks about the tent means the green one."""
    own = (other for other in assistant.products(cart.product_ids) if other.same_group(product))
    return next(own, product)


def _companions(assistant: Assistant, request: Request, product: Product, decision: Decision, memory: Memory) -> Reply:
    """What goes with a product, as plain information: a question is answered where an offer is out of place."""
    fitting = assistant.products(decision.fitting[:COMPANIONS])
    if not fitting:
        return assistant.reply(request, "goes-with-nothing", product=product, memory=memory)
    return assistant.reply(
        request,
        "goes-with-these",
        product=product,
        choices=[assistant.add_choice(request, other) for other in fitting],
        cards=[assistant.card(other) for other in fitting],
        memory=replace(memory, shown=tuple(other.id for other in fitting)),
    )


def why(assistant: Assistant, request: Request) -> Reply:
    """The true reason of the offer, from the ledger, with its counts."""
    reasons = assistant.desk.why(request.turn, request.entity("offer_id"))
    memory = request.remembering(failures=0)
    if reasons.offer is None:
        return assistant.reply(request, "why-nothing", memory=memory)
    offer = reasons.offer
    evidence = reasons.evidence or offer.evidence
    sentences = [evidence_text(assistant, request, evidence, offer)]
    if evidence.note:
        sentences.append(assistant.say(request, "why-note", note=evidence.note.rstrip(".")))
    if evidence.source == "orders":
        sentences.append(_counts_text(assistant, request, evidence))
    elif evidence.source == "attributes":
        sentences.append(assistant.say(request, "why-attributes"))
    sentences.append(assistant.say(request, "why-you-decide"))
    return Reply((Message(" ".join(sentences), _answers(assistant, request, offer)),), memory)


def _counts_text(assistant: Assistant, request: Request, evidence: Evidence) -> str:
    """Where counts come from; the counts themselves only where the claim has not said them already."""
    if claim_of(evidence, assistant.config.offers) is not None:
        return assistant.say(request, "why-counted")
    return assistant.say(
        request,
        "why-counts",
        together=evidence.together,
        orders=evidence.anchor_orders,
        anchor=anchor_words(assistant, request, evidence),
    )


def _answers(assistant: Assistant, request: Request, offer: Offer) -> tuple[Choice, ...]:
    """Yes, no and stop for an offer that is still open; only stop otherwise."""
    stop = assistant.choice(request, "choice-stop-offers", "stop_offers", ChoiceKind.STOP_OFFERS)
    if offer.state is not OfferState.OPEN:
        return (stop,)
    return (
        assistant.choice(request, "choice-offer-yes", "affirm", ChoiceKind.ACCEPT, offer_id=offer.id),
        assistant.choice(request, "choice-offer-no", "deny", ChoiceKind.DECLINE, offer_id=offer.id),
        stop,
    )


def bundle_contents(assistant: Assistant, request: Request) -> Reply:
    """What is in the offer, part by part, with the arithmetic; else the merchant's set that is meant."""
    offer = assistant.desk.why(request.turn, request.entity("offer_id")).offer
    memory = request.remembering(failures=0)
    if offer is None:
        sets = _sets_around(assistant, request)
        if not sets:
            return assistant.reply(request, "bundle-none", memory=memory)
        return Reply((Message(_set_text(assistant, request, sets[0])),), memory)
    parts = [
        assistant.say(request, "bundle-part-in-cart" if not line.added else "bundle-part", product=spoken_name(product))
        for line in offer.lines
        if (product := assistant.catalogue.product(line.product_id)) is not None
    ]
    text = "\n".join((*parts, price_text(assistant, request, offer)))
    choices = _answers(assistant, request, offer) if offer.state is OfferState.OPEN else ()
    return Reply((Message(text, choices),), memory)


def discount(assistant: Assistant, request: Request) -> Reply:
    """The reductions that exist: the open offer's, the merchant's sets, products on sale. No haggling."""
    sentences = []
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    if offer is not None and offer.saving:
        sentences.append(
            assistant.say(request, "discount-open-offer", product=offered_name(assistant, offer), saving=offer.saving)
        )
    elif assistant.config.bundles.allowed and assistant.config.bundles.discount_percent:
        sentences.append(assistant.say(request, "discount-bundles"))
    reduced = [
        product for product in assistant.catalogue.products() if product.in_stock and product.compare_at is not None
    ]
    if reduced:
        sentences.append(assistant.say(request, "discount-sale", count=len(reduced)))
    sentences.append(assistant.say(request, "discount-same-for-all" if sentences else "discount-none"))
    one_each = {product.group_id or product.id: product for product in reversed(reduced)}
    cards = [assistant.card(product) for product in list(one_each.values())[-3:]]
    choices = _answers(assistant, request, offer) if offer is not None else ()
    return Reply((Message(" ".join(sentences), choices, tuple(cards)),), request.remembering(failures=0))


def _sets_around(assistant: Assistant, request: Request) -> list[MerchantBundle]:
    """The merchant's sets, valid today, around the product talked about and the cart; else all of them."""
    today = day_of(request.turn.now, ZoneInfo(assistant.config.selling.time_zone))
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    around = dict.fromkeys((request.focus, *cart.product_ids))
    near = [bundle for product_id in around if product_id for bundle in assistant.catalogue.bundles_with(product_id)]
    pool = {bundle.id: bundle for bundle in near or assistant.catalogue.documents.bundles}
    return [bundle for bundle in pool.values() if is_live(bundle, today)]


def _set_text(assistant: Assistant, request: Request, bundle: MerchantBundle) -> str:
    """A merchant's set: its parts, what they cost today, and what the cart takes off where all of them are in it.

    No reduction is named where a part is told by its group: it hangs on the variant."""
    products = assistant.products(bundle.product_ids)
    parts = total([product.current_price for product in products], assistant.config.currency)
    names = ", ".join(display_title(product.title) for product in products)
    if len(products) == len(bundle.product_ids):
        saving = total(set_shares(bundle, products, assistant.config.bundles), assistant.config.currency)
        if saving:
            return assistant.say(
                request,
                "bundle-set-price",
                title=bundle.title,
                products=names,
                parts=parts,
                price=parts - saving,
                saving=saving,
            )
    return assistant.say(request, "bundle-set", title=bundle.title, products=names, parts=parts)
