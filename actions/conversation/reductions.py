"""What is in an offer or a set, and which reductions really exist: offers, sets, coupons, sales. No haggling."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from actions.conversation.assistant import Assistant
from actions.conversation.cart_words import changes
from actions.conversation.claim_words import claims_text, offered_name
from actions.conversation.model import Reply, Request
from actions.conversation.offer_buttons import answers
from actions.conversation.offer_prices import price_text
from actions.conversation.offer_words import tiers_text
from actions.selling.model import Offer, OfferState
from actions.shop.model import Cart
from actions.shop.sets import day_of, is_live, set_shares
from actions.speech.messages import Message
from actions.speech.titles import display_title, spoken_name
from catalog.domain.money import Money, total, zero
from catalog.domain.shop import MerchantBundle

_SETS_AT_ONCE = 2


def bundle_contents(assistant: Assistant, request: Request) -> Reply:
    """What is in the offer, part by part, with the arithmetic; else the merchant's set that is meant."""
    offer = assistant.desk.why(request.turn, request.entity("offer_id")).offer
    memory = request.remembering(failures=0)
    if offer is None:
        sets = _sets_around(assistant, request)
        if not sets:
            return assistant.reply(request, "bundle-none", memory=memory)
        return Reply((Message(_set_text(assistant, request, sets[0])),), memory)
    choices = answers(assistant, request, offer) if offer.state is OfferState.OPEN else ()
    return Reply((Message(_contents(assistant, request, offer), choices),), memory)


def _contents(assistant: Assistant, request: Request, offer: Offer) -> str:
    if offer.kind == "tiers":
        return tiers_text(assistant, request, assistant.products(offer.product_ids))
    if not offer.lines or any(line.every for line in offer.lines):
        about = [claim for claim in offer.claims if claim.about in ("covers", "comes_every", "thanks")]
        return " ".join((*claims_text(assistant, request, offer, about), price_text(assistant, request, offer)))
    parts = [
        assistant.say(request, "bundle-part-in-cart" if not line.added else "bundle-part", product=spoken_name(product))
        for line in offer.lines
        if (product := assistant.catalogue.product(line.product_id)) is not None
    ]
    return "\n".join((*parts, price_text(assistant, request, offer)))


def discount(assistant: Assistant, request: Request) -> Reply:
    """The reductions that exist: the open offer's, coupons, the merchant's sets, products on sale."""
    offer = assistant.desk.open_offer(request.turn.conversation_id)
    cart = assistant.shop.cart(request.turn.shopper_id, request.turn.now)
    reduced = [
        product for product in assistant.catalogue.products() if product.in_stock and product.compare_at is not None
    ]
    sentences = [*_of_offers(assistant, request, offer), *_of_shop(assistant, request, cart)]
    if reduced:
        sentences.append(assistant.say(request, "discount-sale", count=len(reduced)))
    sentences.append(assistant.say(request, "discount-same-for-all" if sentences else "discount-none"))
    sentences += changes(assistant, request, cart)
    one_each = {product.group_id or product.id: product for product in reversed(reduced)}
    cards = [assistant.card(product) for product in list(one_each.values())[-3:]]
    choices = answers(assistant, request, offer) if offer is not None else ()
    return Reply((Message(" ".join(sentences), choices, tuple(cards)),), request.remembering(failures=0))


def _of_offers(assistant: Assistant, request: Request, offer: Offer | None) -> list[str]:
    """What the open offer takes off; else that there may be one."""
    if offer is not None and offer.percent and not offer.lines:
        return claims_text(assistant, request, offer, offer.claims)
    if offer is not None and offer.saving:
        product = offered_name(assistant, offer)
        return [assistant.say(request, "discount-open-offer", product=product, saving=offer.saving)]
    bundles = assistant.config.bundles
    return [assistant.say(request, "discount-bundles")] if bundles.allowed and bundles.discount_percent else []


def _of_shop(assistant: Assistant, request: Request, cart: Cart) -> list[str]:
    """A coupon in the cart, else the one there is after an order; and sets that cost less together today."""
    sentences = []
    coupon = total([one.amount for one in cart.savings if one.id.startswith("coupon:")], cart.currency)
    thanks = assistant.config.selling.thank_you
    if coupon:
        sentences.append(assistant.say(request, "discount-coupon", saving=coupon))
    elif thanks.percent:
        least = thanks.min_order if thanks.min_order is not None else "nothing"
        sentences.append(assistant.say(request, "discount-thanks", least=least, percent=thanks.percent))
    sets = [one for one in _sets_around(assistant, request) if _saving(assistant, one) and _can_be_had(assistant, one)]
    if sets:
        titles = ", ".join(f"“{one.title}”" for one in sets[:_SETS_AT_ONCE])
        sentences.append(assistant.say(request, "discount-sets", titles=titles))
    return sentences


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
    saving = _saving(assistant, bundle)
    if not saving:
        return assistant.say(request, "bundle-set", title=bundle.title, products=names, parts=parts)
    price = parts - saving
    return assistant.say(
        request, "bundle-set-price", title=bundle.title, products=names, parts=parts, price=price, saving=saving
    )


def _saving(assistant: Assistant, bundle: MerchantBundle) -> Money:
    """What the cart takes off a whole set today; nothing where a part of it is told by its group."""
    products, currency = assistant.products(bundle.product_ids), assistant.config.currency
    if len(products) < len(bundle.product_ids):
        return zero(currency)
    return total(set_shares(bundle, products, assistant.config.bundles), currency)


def _can_be_had(assistant: Assistant, bundle: MerchantBundle) -> bool:
    return all(product.in_stock for product in assistant.products(bundle.product_ids))
