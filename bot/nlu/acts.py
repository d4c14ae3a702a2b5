"""From an intent to the act that `pairwell understand` names (contracts.md)."""

from __future__ import annotations

from bot.nlu.utterances import FALLBACK_INTENT

UNCLEAR = "unclear"

ACTS = {
    "greet": "greet",
    "goodbye": "bye",
    "thanks": "thanks",
    "smalltalk": "smalltalk",
    "ask_bot": "who_are_you",
    "ask_help": "smalltalk",
    "hurry": "smalltalk",
    "find_product": "find",
    "refine_search": "find",
    "ask_product": "ask_product",
    "ask_compatibility": "ask_product",
    "compare_products": "compare",
    "ask_recommendation": "recommend",
    "goes_with": "recommend",
    "add_to_cart": "add",
    "change_quantity": "change_cart",
    "remove_from_cart": "change_cart",
    "empty_cart": "change_cart",
    "show_cart": "show_cart",
    "checkout": "checkout",
    "order_status": "order_status",
    "reorder": "order_status",
    "return_order": "return",
    "cancel_order": "return",
    "ask_shipping": "shop_question",
    "ask_free_shipping": "shop_question",
    "ask_returns_policy": "shop_question",
    "ask_payment": "shop_question",
    "ask_opening_hours": "shop_question",
    "ask_warranty": "shop_question",
    "ask_shop": "shop_question",
    "complaint": "complaint",
    "talk_to_human": "human",
    "change_language": "language",
    "privacy_what": "privacy",
    "privacy_forget": "privacy",
    "affirm": "accept",
    "deny": "decline",
    "not_now": "later",
    "stop_offers": "stop_offers",
    "resume_offers": "resume_offers",
    "why_offer": "ask_why",
    "bundle_contents": "ask_why",
    "ask_discount": "discount",
    FALLBACK_INTENT: UNCLEAR,
}


def act_of(intent: str) -> str:
    """The act of an intent; `unclear` for one that has none."""
    return ACTS.get(intent, UNCLEAR)
