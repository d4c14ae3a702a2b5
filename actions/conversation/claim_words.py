"""What may be said for an offer, claim by claim (promise `true-words`): each sentence has the evidence of its claim and
nothing besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from actions.conversation.assistant import Assistant
from actions.conversation.columns import quality_words
from actions.conversation.model import Request
from actions.selling.model import Claim, Offer
from actions.speech.titles import family_name, spoken_name
from catalog.domain.money import Money

_QUALITIES = MappingProxyType({"better": "claim-better", "worse": "claim-worse"})
# What a lifetime is counted in, by its column; a warranty is no lifetime, but lasts.
_COUNTED_IN = MappingProxyType({"lifetime_uses": "uses", "lifetime_days": "days", "warranty_years": "warranty"})


def claims_text(assistant: Assistant, request: Request, offer: Offer, claims: Sequence[Claim]) -> list[str]:
    """One sentence for each claim, in their order; qualities that are better share one, and so do those worse."""
    sentences: dict[str, str] = {}
    for place, claim in enumerate(claims):
        if claim.about in _QUALITIES:
            alike = [quality_text(assistant, request, one) for one in claims if one.about == claim.about]
            text = assistant.say(request, _QUALITIES[claim.about], qualities="; ".join(alike))
            sentences.setdefault(claim.about, text)
        else:
            sentences[f"{place}"] = claim_text(assistant, request, offer, claim)
    return [sentence for sentence in sentences.values() if sentence]


def claim_text(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    """The claim in one sentence; "" for one that this version has no words for."""
    words = _WORDS.get(claim.about)
    return "" if words is None else words(assistant, request, offer, claim)


def quality_text(assistant: Assistant, request: Request, claim: Claim) -> str:
    """A quality with both values: "weight 1900 g rather than 2900 g"."""
    attribute, before, after = claim.texts
    name = quality_words(attribute)
    if not name:
        return assistant.say(request, "quality-bare", before=before, after=after)
    return assistant.say(request, "quality", name=name, before=before, after=after)


def counted_name(assistant: Assistant, offer: Offer) -> str:
    """What is offered, without colour and size: orders are counted for all variants together, so a claim with
    counts must not name one of them."""
    return " + ".join(name for product_id in offer.product_ids if (name := _family(assistant, product_id)))


def name_of(assistant: Assistant, request: Request, product_id: str) -> str:
    """A product by its name; "what's in your cart" for one that the shop sells no more."""
    product = assistant.catalogue.product(product_id)
    return spoken_name(product) if product else assistant.say(request, "your-cart")


def offered_name(assistant: Assistant, offer: Offer) -> str:
    """What accepting adds, by name."""
    return " + ".join(spoken_name(product) for product in assistant.products(offer.product_ids))


def anchor_name(assistant: Assistant, request: Request, product_id: str) -> str:
    """What the offer goes with, without colour and size."""
    return _family(assistant, product_id) or assistant.say(request, "your-cart")


def _family(assistant: Assistant, product_id: str) -> str:
    family = assistant.catalogue.variants(product_id) if assistant.catalogue.product(product_id) else []
    return family_name(family) if family else ""


def _orders(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    together, orders = claim.numbers
    anchor = anchor_name(assistant, request, claim.anchor_id)
    product = counted_name(assistant, offer)
    return assistant.say(request, "evidence-orders", product=product, anchor=anchor, together=together, orders=orders)


def _fits(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    anchor = anchor_name(assistant, request, claim.anchor_id)
    return assistant.say(request, "evidence-fits", product=offered_name(assistant, offer), anchor=anchor)


def _goes_with(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    anchor = anchor_name(assistant, request, claim.anchor_id)
    return assistant.say(request, "evidence-goes-with", product=offered_name(assistant, offer), anchor=anchor)


def _recycled(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    product = name_of(assistant, request, claim.product_id)
    material = claim.texts[0].lower().removeprefix("recycled ")
    if len(offer.product_ids) == 1:
        return assistant.say(request, "claim-recycled-it", material=material)
    return assistant.say(request, "claim-recycled", product=product, material=material)


def _rating(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    hundredths, count = claim.numbers
    rating = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    if len(offer.product_ids) == 1:
        return assistant.say(request, "claim-rating-it", rating=rating, count=count)
    product = name_of(assistant, request, claim.product_id)
    return assistant.say(request, "claim-rating", product=product, rating=rating, count=count)


def _lasts(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    attribute, before, after = claim.texts
    ratio = claim.numbers[0]
    whole, tenths = ratio // 100, ratio % 100 // 10
    times = assistant.say(request, "claim-lasts-times", times=f"{whole}.{tenths}" if tenths else whole)
    what = _COUNTED_IN.get(attribute, "uses")
    # "730 days" brings its unit along.
    before = before if after.isdecimal() else before.split(" ")[0]
    after = after.split(" ")[0]
    return assistant.say(request, "claim-lasts", times=times, after=after, before=before, what=what)


def _dearer(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    anchor = name_of(assistant, request, claim.anchor_id)
    return assistant.say(request, "claim-dearer", price=offer.price, gap=_money(offer, claim), anchor=anchor)


def _price_gap(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    return assistant.say(request, "recommend-gap", gap=_money(offer, claim))


def _set(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    title, theme = claim.texts
    product = offered_name(assistant, offer)
    return assistant.say(request, "claim-set", product=product, title=title, theme=theme or "nothing")


def _whole_set(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    anchor = " + ".join(_family(assistant, anchor_id) for anchor_id in offer.anchor_ids)
    product = counted_name(assistant, offer)
    return assistant.say(request, "claim-whole-set", product=product, anchor=anchor, orders=claim.numbers[0])


def _closes_gap(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    product = offered_name(assistant, offer)
    return assistant.say(request, "claim-closes-gap", gap=_money(offer, claim), product=product)


def _covers(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    product = name_of(assistant, request, claim.product_id)
    return assistant.say(request, "claim-covers", product=product, plan=claim.texts[0].rstrip("."))


def _plan_costs(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    """Both costs, by the month and by the year; of a delivery also what each one costs."""
    monthly, yearly = (Money(minor, offer.price.currency) for minor in claim.numbers)
    if offer.kind == "subscription":
        return assistant.say(request, "claim-delivery-costs", price=offer.price, monthly=monthly, yearly=yearly)
    return assistant.say(request, "claim-plan-costs", monthly=monthly, yearly=yearly)


def _comes_every(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    product, days = name_of(assistant, request, claim.product_id), claim.numbers[0]
    if not claim.money:
        return assistant.say(request, "claim-comes-every", product=product, days=days)
    return assistant.say(request, "claim-comes-cheaper", product=product, days=days, saving=claim.money)


def _thanks(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    percent, days = claim.numbers
    return assistant.say(request, "claim-thanks", percent=percent, days=days)


def _bought_last(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
    product = name_of(assistant, request, claim.product_id)
    return assistant.say(request, "claim-bought-last", product=product, days=claim.numbers[0])


def _money(offer: Offer, claim: Claim) -> Money:
    return claim.money if claim.money is not None else offer.price * 0


def _quality(about: str) -> Callable[[Assistant, Request, Offer, Claim], str]:
    def say(assistant: Assistant, request: Request, offer: Offer, claim: Claim) -> str:
        return assistant.say(request, _QUALITIES[about], qualities=quality_text(assistant, request, claim))

    return say


_WORDS: Mapping[str, Callable[[Assistant, Request, Offer, Claim], str]] = MappingProxyType(
    {
        "orders": _orders,
        "fits": _fits,
        "goes_with": _goes_with,
        "recycled": _recycled,
        "rating": _rating,
        "better": _quality("better"),
        "worse": _quality("worse"),
        "lasts": _lasts,
        "dearer": _dearer,
        "price_gap": _price_gap,
        "set": _set,
        "whole_set": _whole_set,
        "closes_gap": _closes_gap,
        "covers": _covers,
        "plan_costs": _plan_costs,
        "comes_every": _comes_every,
        "thanks": _thanks,
        "bought_last": _bought_last,
    }
)
