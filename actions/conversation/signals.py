"""What a shopper shows of themselves by the words of this conversation: hesitating, minding the price, a present.

Heard for the choice of an offer only, never for its price. English; pure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.context import TurnContext
from actions.conversation.model import Memory, Request

# A text with more words says something else besides.
LONGEST_HESITATION = 12
_HESITATING = re.compile(
    r"^\W*(?:h+m+|u+m+|e+r+m?)\W*$"
    r"|\bnot (?:so |really |quite |too |very |entirely |100% )?sure\b|\bunsure\b|\bundecided\b"
    r"|\b(?:can'?t|cannot|can not|couldn'?t) (?:really |quite )?(?:decide|choose|make up my mind|pick)\b"
    r"|\b(?:let me|need to|have to|i'?ll|want to) (?:have a )?think\b|\bthinking (?:about|it over)\b"
    r"|\b(?:don'?t|do not|dunno|not) (?:really )?(?:know |certain )?which\b|\btorn between\b"
    r"|\b(?:hard|difficult|tough) (?:to (?:choose|decide|pick)|choice|decision)\b",
    re.IGNORECASE,
)
_NOT_CHEAPER = re.compile(
    r"\b(?:not|isn'?t|aren'?t|wasn'?t|never) (?:at all )?too (?:expensive|dear|pricey)\b"
    r"|\b(?:no|not|don'?t (?:need|want|care about)|never mind|forget)(?: (?:a|any|the|about))* discounts?\b",
    re.IGNORECASE,
)
_CHEAPER = re.compile(
    r"\b(?:cheap(?:er|est|ish)?|less expensive|(?:too|bit|rather|so|very) (?:expensive|dear|pricey)|discounts?"
    r"|bargains?|money off|(?:on a|tight|small|my) budget|lower prices?|can'?t afford|best price|better price)\b",
    re.IGNORECASE,
)
_NO_GIFT = re.compile(
    r"\bgift[- ]?(?:cards?|vouchers?|certificates?|codes?)\b|\bat present\b"
    r"|\b(?:not|isn'?t|no|n'?t)(?: \w+)? (?:a |as a |for a )?(?:present|gift|birthday)\b",
    re.IGNORECASE,
)
_GIFT = re.compile(
    r"\b(?:presents?|gifts?|birthday|anniversary|stocking filler|secret santa|wedding list|(?:for|this) christmas)\b",
    re.IGNORECASE,
)
# With these a choice is made.
_DECIDING = frozenset({"add_to_cart", "affirm", "checkout", "change_quantity"})


def hesitates(text: str) -> bool:
    """Whether a text says that its writer cannot decide."""
    return len(text.split()) <= LONGEST_HESITATION and bool(_HESITATING.search(_plain(text)))


def asks_cheaper(text: str) -> bool:
    """Whether a text asks for something cheaper, or for a reduction."""
    return bool(_CHEAPER.search(_NOT_CHEAPER.sub(" ", _plain(text))))


def is_for_a_gift(text: str) -> bool:
    """Whether a text says that something is for a present; a gift card is none."""
    return bool(_GIFT.search(_NO_GIFT.sub(" ", _plain(text))))


def heard(request: Request) -> Request:
    """The turn with what its own words show, in its memory and in its context.

    Who is upset or in a hurry stays so. Who decides is undecided no more from the next turn on, and may be helped anew
    another time: in this turn a deal would still be the answer to a hesitation.
    """
    before, text = request.memory, request.text
    decides = before.mood == "undecided" and request.intent in _DECIDING
    wavers = before.mood == "calm" and request.intent not in _DECIDING and hesitates(text)
    memory = replace(
        before,
        mood="undecided" if wavers else before.mood,
        asked_cheaper=before.asked_cheaper or asks_cheaper(text) or request.intent == "ask_discount",
        gift=before.gift or is_for_a_gift(text),
    )
    turn = in_context(request.turn, memory)
    return replace(request, memory=replace(memory, mood="calm", helped=False) if decides else memory, turn=turn)


def in_context(turn: TurnContext, memory: Memory) -> TurnContext:
    """The turn as the memory stands."""
    return replace(turn, mood=memory.mood, helped=memory.helped, asked_cheaper=memory.asked_cheaper, gift=memory.gift)


def _plain(text: str) -> str:
    return text.replace("’", "'")
