""" "Why this?": the true reason of an offer, read from the ledger. Never cost, floor or margin."""

from __future__ import annotations

from actions.conversation.assistant import Assistant
from actions.conversation.claim_words import claims_text, name_of, offered_name
from actions.conversation.model import Reply, Request
from actions.conversation.offer_buttons import answers
from actions.conversation.offer_prices import PRICING
from actions.conversation.offer_words import anchor_words
from actions.selling.model import Claim, Evidence, Offer, Reasons
from actions.speech.messages import Message

# Claims that are the reason themselves; the others say what is true of the things.
_REASONS = frozenset({"orders", "fits", "goes_with", "whole_set", "better", "lasts", "bought_last", "thanks"})


def why(assistant: Assistant, request: Request) -> Reply:
    """The true reason of the offer, from the ledger, with its counts."""
    reasons = assistant.desk.why(request.turn, request.entity("offer_id"))
    memory = request.remembering(failures=0)
    if reasons.offer is None:
        return assistant.reply(request, "why-nothing", memory=memory)
    offer = reasons.offer
    claims: tuple[Claim, ...] = tuple(reasons.details.get("claims") or offer.claims)
    said = [claim for claim in claims if claim.about in _REASONS and claim.about not in PRICING]
    sentences = [
        *_of_kind(assistant, request, offer),
        *claims_text(assistant, request, offer, said),
        *_sources(assistant, request, reasons, offer, said),
        assistant.say(request, "why-you-decide"),
    ]
    return Reply((Message(" ".join(sentences), answers(assistant, request, offer)),), memory)


def _of_kind(assistant: Assistant, request: Request, offer: Offer) -> list[str]:
    """What the kind of offer itself is a reason for; none where the claims are all of it."""
    product = offered_name(assistant, offer)
    if offer.kind == "upgrade":
        anchor = name_of(assistant, request, offer.replaces or offer.evidence.anchor_id)
        return [assistant.say(request, "why-upgrade", product=product, anchor=anchor)]
    if offer.kind == "bundle" and offer.evidence.source == "set":
        return [assistant.say(request, "why-set", title=offer.title)]
    if offer.kind == "service_plan":
        return [assistant.say(request, "why-service-plan", product=product)]
    if offer.kind == "subscription":
        return [assistant.say(request, "why-subscription", product=product)]
    if offer.kind == "coupon":
        least = assistant.config.selling.thank_you.min_order
        return [assistant.say(request, "why-coupon", least=least if least is not None else "nothing")]
    plain = {
        "tiers": "why-tiers",
        "add_on": "why-add-on",
        "free_shipping": "why-free-shipping",
        "reorder": "why-reorder",
    }
    return [assistant.say(request, plain[offer.kind])] if offer.kind in plain else []


def _sources(assistant: Assistant, request: Request, reasons: Reasons, offer: Offer, claims: list[Claim]) -> list[str]:
    """What a reason was read from: the shop's own note, its past orders, or the kinds of things."""
    evidence = reasons.evidence or offer.evidence
    abouts = {claim.about for claim in claims}
    sentences = []
    if evidence.note and evidence.source in ("compatibility", "orders", "attributes"):
        sentences.append(assistant.say(request, "why-note", note=evidence.note.rstrip(".")))
    if evidence.source == "orders" and offer.kind != "reorder":
        sentences.append(_counts_text(assistant, request, evidence, offer, bool(abouts & {"orders", "whole_set"})))
    elif evidence.source == "attributes":
        sentences.append(assistant.say(request, "why-attributes"))
    return sentences


def _counts_text(assistant: Assistant, request: Request, evidence: Evidence, offer: Offer, is_counted: bool) -> str:
    """Where counts come from; the counts themselves only where the claim has not said them already."""
    if is_counted:
        return assistant.say(request, "why-counted")
    return assistant.say(
        request,
        "why-counts",
        together=evidence.together,
        orders=evidence.anchor_orders,
        anchor=anchor_words(assistant, request, offer),
    )
