"""The rules that stand behind the classifier: a plain "no" is a no, and a doubtful "yes" is not a yes.

Pure: text and the classifier's opinion in, an intent out. It corrects few things and leaves the rest alone:
refusals, "not now" and "stop" said plainly, a yes with a doubt in it, and "no problem, add it", which is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import FrozenSet, Optional

from bot.nlu import phrases
from bot.nlu.utterances import FALLBACK_INTENT, is_command, is_wordless, without_slash

AFFIRM, DENY, NOT_NOW, STOP, ADD = "affirm", "deny", "not_now", "stop_offers", "add_to_cart"
REFUSALS = frozenset({DENY, NOT_NOW, STOP})
# After a "no" these say what is wanted instead; the others leave the refusal standing.
_INSTEAD = frozenset({ADD, "refine_search", "change_quantity", "remove_from_cart"})
_COURTESIES = frozenset({"thanks", "goodbye", "smalltalk", "greet"})
_NOTHING_MORE = _COURTESIES | {AFFIRM, FALLBACK_INTENT}
_PLAIN_ANSWERS = REFUSALS | {AFFIRM, FALLBACK_INTENT}
_ADDING = frozenset({AFFIRM, ADD, FALLBACK_INTENT})
# "Yes" in front of these is courtesy, not an answer to the offer.
_NEVER_A_YES = frozenset(
    {"remove_from_cart", "empty_cart", "cancel_order", "return_order", "checkout", "complaint", "talk_to_human"}
    | {"why_offer", "bundle_contents", "privacy_forget", "goodbye"}
)
# Above this the classifier knows better what follows a "yes".
_SURE = 0.5

_AGREEING = phrases.at_start(phrases.AGREEING, phrases.HESITATIONS)
_AGREEING_ANYWHERE = phrases.anywhere(phrases.AGREEING)
_NOT_REFUSING = phrases.anywhere(phrases.NOT_REFUSING)
_STOP = phrases.anywhere(phrases.STOP)
_JUST_STOP = re.compile(rf"^\W*{phrases.alternatives(phrases.JUST_STOP)}\W*$")
_LATER = phrases.at_start(phrases.LATER_FIRST, (*phrases.HESITATIONS, *phrases.NO, *phrases.WEAK_YES, "yes", "but"))
_JUST_LATER = re.compile(
    rf"^\W*(?:{phrases.alternatives((*phrases.HESITATIONS, 'no', 'yes', 'yeah'))}\W+)*"
    rf"{phrases.alternatives(phrases.JUST_LATER)}\W*(?:thanks|please)?\W*$"
)
_NO = phrases.at_start(phrases.NO, (*phrases.HESITATIONS, "yeah"))
_FILLER = phrases.anywhere(phrases.FILLER)
_STRONG_YES = phrases.at_start(phrases.STRONG_YES, phrases.HESITATIONS)
_WEAK_YES = phrases.at_start(phrases.WEAK_YES, phrases.HESITATIONS)
_ADD_THAT = re.compile(rf"(?<!\w){phrases.alternatives(phrases.ADD_THAT)}\W*$")
_ADDS = phrases.anywhere(phrases.ADDS)
_NEGATED_ADD = phrases.anywhere(phrases.NEGATED_ADD)
_DOUBT = phrases.anywhere(phrases.DOUBT)
_ASKS = re.compile(r"\?\s*$")
_YES_SIGNS = re.compile("^[\\s👍👌✅✔🙌💯🏻-🏿\ufe0f]*[👍👌✅✔🙌💯][\\s👍👌✅✔🙌💯🏻-🏿\ufe0f]*$")
_NO_SIGNS = re.compile("^[\\s👎❌🙅✖🚫🏻-🏿\ufe0f\u200d♀♂]*[👎❌🙅✖🚫][\\s👎❌🙅✖🚫🏻-🏿\ufe0f\u200d♀♂]*$")


@dataclass(frozen=True)
class Opinion:
    """What the classifier made of a message. `entities` are the names of those found."""

    intent: str
    confidence: float
    entities: FrozenSet[str] = frozenset()


_NO_OPINION = Opinion(FALLBACK_INTENT, 0.0)


def judge(text: str, offer_open: bool, opinion: Opinion) -> str:
    """The intent to go on with: the classifier's, or another where the words leave no doubt.

    `offer_open`: an offer waits for its answer. Without one, "no" and "yes" still are what they are.
    """
    said = text.lower().replace("’", "'").replace("‘", "'").strip()
    if _NO_SIGNS.match(said):
        return DENY
    if _YES_SIGNS.match(said):
        return AFFIRM
    if _JUST_STOP.match(said) or (_STOP.search(said) and not _ASKS.search(said)):
        return STOP
    agreeing = bool(_AGREEING.match(said))
    # Without the phrases that only look like a refusal.
    plain = _NOT_REFUSING.sub(" ", said)
    if _JUST_LATER.match(plain) or (_LATER.match(plain) and (offer_open or opinion.intent in _PLAIN_ANSWERS)):
        return NOT_NOW
    refusal = _NO.match(plain)
    if refusal and not agreeing:
        return _after_no(plain, plain[refusal.end() :], offer_open, opinion)
    if _DOUBT.search(_AGREEING_ANYWHERE.sub(" ", said)):
        return FALLBACK_INTENT if opinion.intent == AFFIRM and offer_open else opinion.intent
    return _without_doubt(plain, agreeing, opinion) if offer_open else _without_offer(plain, agreeing, opinion)


def judge_unparsed(text: str, offer_open: bool) -> Optional[str]:
    """The intent of a cleaned text that the model is not asked about; None for all others.

    A command may refuse and never agree ("nothing-by-itself": unclear is no).
    """
    if is_command(text):
        intent = judge(without_slash(text), offer_open, _NO_OPINION)
        return intent if intent in REFUSALS else FALLBACK_INTENT
    return judge(text, offer_open, _NO_OPINION) if is_wordless(text) else None


def _after_no(plain: str, rest: str, offer_open: bool, opinion: Opinion) -> str:
    """What a message means that begins with a refusal and goes on with `rest`."""
    if opinion.intent in REFUSALS:
        return opinion.intent
    # "that's all, thanks" ends a chat, or refuses what is offered.
    if not offer_open and opinion.intent in _COURTESIES:
        return opinion.intent
    if _is_filler(rest) or opinion.intent in _NOTHING_MORE:
        return DENY
    # "no, don't add it" does not add; "no need for topping, add two lemonades" does.
    if opinion.intent == ADD and not _ADDS.search(_NEGATED_ADD.sub(" ", plain)):
        return DENY
    # "no, I meant the blue one" goes on with the blue one. Else an open offer is refused, and the action that refuses
    # it serves the rest of the sentence too ("no thanks, what's your return policy?").
    if offer_open and opinion.intent not in _INSTEAD:
        return DENY
    return opinion.intent


def _without_offer(plain: str, agreeing: bool, opinion: Opinion) -> str:
    """Nothing waits for a yes: "no problem, add it" asks to add."""
    return ADD if agreeing and _ADD_THAT.search(plain) else opinion.intent


def _without_doubt(plain: str, agreeing: bool, opinion: Opinion) -> str:
    """What a message means, while an offer is open, that holds no doubt and no refusal."""
    strong, weak = _STRONG_YES.match(plain), _WEAK_YES.match(plain)
    names_another = "product" in opinion.entities
    if (strong and _is_filler(plain[strong.end() :])) or (weak and _is_filler(plain[weak.end() :])):
        return AFFIRM
    if agreeing and _is_filler(plain):
        return AFFIRM
    if _ADD_THAT.search(plain) and not names_another and (strong or weak or agreeing or opinion.intent in _ADDING):
        return AFFIRM
    unsure = opinion.intent == FALLBACK_INTENT or opinion.confidence < _SURE or opinion.intent == ADD
    if strong and unsure and not _ASKS.search(plain) and not names_another and opinion.intent not in _NEVER_A_YES:
        return AFFIRM
    return opinion.intent


def _is_filler(text: str) -> bool:
    return not re.sub(r"[\W_]+", "", _FILLER.sub(" ", text))
