"""The words behind the decline guard: how people refuse, agree, put off and stop, in English.

Each entry is a small regular expression; a space stands for any white space. Texts are lower case, with straight
apostrophes.
"""

from __future__ import annotations

import re
from typing import Iterable, Pattern


def alternatives(phrases: Iterable[str]) -> str:
    """One regular expression group that matches any of the phrases."""
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases) + ")"


def anywhere(phrases: Iterable[str]) -> Pattern[str]:
    """Finds a phrase as whole words."""
    return re.compile(rf"(?<!\w){alternatives(phrases)}(?!\w)")


def at_start(phrases: Iterable[str], after: Iterable[str]) -> Pattern[str]:
    """Finds a phrase at the start of a text, perhaps after hesitations of `after`."""
    return re.compile(rf"^\W*(?:{alternatives(after)}\W+)*{alternatives(phrases)}(?!\w)")


# fmt: off
HESITATIONS = (
    "u+m+", "u+h+", "h+m+", "m+", "er+m?", "oh+", "oo+h*", "ah+", "a+w+", "well", "sorry", "honestly", "actually",
    "hey", "wow", "ha(?:ha)+", "lol", "so", "and", "then", "ok(?:ay)?", "thanks(?: but)?", "thank you(?: but)?",
    "cheers", "tempting", "great", "cool", "nice", "perfect", "i mean", "please",
)

# They hold a refusing word and refuse nothing; said first, they agree.
AGREEING = (
    "no (?:problem|prob|probs|worries|doubt|brainer|objections?|issues?|biggie)s?( (?:with|about) (?:that|it|this))?",
    "why (?:the \\w+ )?not", "(?:can'?t|cannot|couldn'?t) (?:say no|resist|hurt|go wrong)",
    "(?:don'?t|do not|wouldn'?t) mind(?: if i do)?", "(?:don'?t|do not) see why not", "wouldn'?t (?:hurt|say no)",
    "not a bad idea", "i'?m (?:ok(?:ay)?|fine|good|happy) with (?:that|it|this)", "all good[, ]+(?:add|go|do)",
)
# These refuse nothing either, and agree to nothing.
NOT_REFUSING = (
    *AGREEING, "no (?:idea|clue|rush|hurry|matter)", "not (?:bad|sure)", "(?:isn'?t|is not) (?:bad|a problem)",
    "can'?t complain", "not only",
)

STOP = (
    "(?:stop|quit|cease|no more|enough(?: of| with)?|never|don'?t|do not|without|spare me|turn off|switch off)"
    "(?: (?:with|the|your|these|those|any|all|more|me|ever|again|try|trying|to|keep|want|show|send|give|make|making"
    "|giving|showing|sending|need|get|see|of|always|constantly|bloody|damn|stupid|silly|other|else|anything|things))*"
    " (?:suggest\\w*|offer(?:s|ing)?|recommend\\w*|up-?sell\\w*|sell(?:ing)?|push(?:ing)?|pitch\\w*|promot\\w*"
    "|advert\\w*|ads?|deals?|add-?ons)",
)
JUST_STOP = (
    "stop(?: (?:it|that|this|already|now|please|asking))?", "unsubscribe", "please stop",
)

LATER_FIRST = (
    "not (?:right |just )?(?:now|yet)", "not (?:at|for) (?:the|this) (?:moment|time|point)",
    "not (?:today|this time|for now)",
    "(?:maybe|perhaps|possibly|probably)"
    " (?:some other time|another (?:time|day)|next time|tomorrow"
    "|(?:a )?(?:bit )?later|not (?:right )?now)",
    "(?:ask|remind|try) me (?:again )?(?:later|another time|tomorrow|next time)", "another (?:time|day)",
    "some other (?:time|day)", "next time", "later",
    "i(?:'ll| will|ll)? (?:have to |need to |want to |would like to |'d like to )?(?:think|sleep) (?:about|on|it)",
    "let me (?:think|sleep)",
    "i (?:need|have|want) to (?:think|sleep|check(?! ?out)|ask|consult)", "i'?d like to think",
    "i(?:'ll| will) (?:do|decide|book|buy|get|reserve|look at) (?:it|that|this|them)? ?later", "maybe later",
    "hold off", "wait",
)
JUST_LATER = (
    "later", "maybe", "perhaps", "possibly", "wait", "hmm+", "maybe not",
)

NO = (
    "no+", "nop", "nope", "nah+", "naw", "nay", "nein", "negative", "never(?: ?mind)?", "nvm", "pass",
    "skip(?: (?:it|that|this))?", "i(?:'ll| will|ll| think i'll)? (?:pass|skip)", "hard pass",
    "not (?:interested|for me|needed|necessary|really|this|that|a chance|happening|keen|my thing|bothered"
    "|required|at all)",
    "no need", "(?:absolutely|definitely|of course|certainly) not", "(?:hell|god) no", "please (?:don'?t|no)",
    "thanks but no", "forget (?:it|that|about it)", "leave it", "drop it",
    "i(?:'| a)?m (?:good|fine|ok(?:ay)?|all set|all good|alright|not interested)", "all good",
    "(?:we'?re|that'?s) (?:good|fine|all|it|everything|enough)", "thats (?:all|it|fine|everything|enough)",
    "that (?:is|will be|would be|'ll be) (?:all|it|everything|enough)", "nothing (?:else|more)", "don'?t", "do not",
    "i (?:don'?t|do not|won'?t) (?:want|need|like|care|think so|fancy|wish|think i (?:need|want))", "i'?d rather not",
    "i'?m not interested", "i just (?:needed|wanted) (?:the|to know|some) \\w+",
    "i was (?:just|only) (?:looking|wondering|asking)",
)

# What may stand beside a plain answer without making it more than that.
FILLER = (
    "no+", "nope", "nah", "yes", "yeah", "thanks?", "thank you", "ty", "thx", "tks", "cheers", "please", "pls", "plz",
    "very much", "so much", "a lot", "mate", "bro", "man", "dude", "love", "sir", "madam", "dear", "i(?:'?m)?", "am",
    "we(?:'?re)?", "it'?s?", "that'?s?", "thats", "this", "is", "be", "will", "'ll", "all", "good", "fine",
    "ok(?:ay)?", "set", "alright", "great", "really", "just", "now", "for", "today", "at", "the", "moment", "my",
    "me", "a", "an", "one", "interested", "need(?:ed)?", "want", "not", "don'?t", "do", "any", "anything", "else",
    "anymore", "more", "them", "those", "these", "though", "but", "already", "have", "got", "mind", "never",
    "appreciate", "offer", "enough", "so", "think", "there", "you", "and", "with", "what", "only", "to", "of", "bit",
    "too", "expensive", "pricey", "much", "then", "lol", "haha", "looking", "browsing", "thing", "stuff", "kind",
    "nice", "tempting", "sounds?", "sorry", "bothered", "necessary", "required", "right", "thats", "perfect",
    "lovely", "love", "like", "would", "sure", "absolutely", "definitely", "go ahead", "deal", "works?", "happy",
    "everything", "in",
)

# A yes that stands whatever follows, and one that counts only alone.
STRONG_YES = (
    "ye+s+", "yea+h*", "yep", "yup", "yess+", "sure(?: thing)?", "absolutely", "definitely", "certainly", "totally",
    "of course", "go ahead", "go for it", "please do", "do it", "deal", "count me in", "yes please", "you bet", "ya",
    "aye",
)
WEAK_YES = (
    "y", "ye", "yh", "ok(?:ay)?", "okey(?: dokey)?", "okie", "k+", "fine", "alright", "all right", "indeed",
    "exactly", "please", "perfect", "great", "done", "correct", "do (?:so|that)", "go on(?: then)?",
    "sounds? (?:good|great|perfect|fine|lovely|nice|like a (?:plan|deal))", "i'?m in", "why not", "love (?:it|to)",
    "i(?:'d| would) (?:love|like) (?:that|it|to)", "that (?:works|sounds (?:good|great|perfect))",
    "that'?d be (?:great|good|lovely|perfect)", "that would be (?:great|good|lovely|perfect)",
    "(?:i'?ll|let'?s|i will|gonna|we'?ll) (?:take|have|get|do|go (?:for|with)) "
    "(?:it|that|them|this|both|those|the (?:bundle|set|deal|offer|pair))",
)
ADD_THAT = (
    "(?:add|take|have|get|include|throw|chuck|put|pop|stick|bung|grab|buy|book|order)"
    " (?:it|that|them|this|those|both|all of (?:it|them)|the (?:bundle|set|deal|offer|pair|extra|lot))"
    "(?: (?:in|on|too|as well|please|up|for me|then|to (?:my|the) (?:cart|basket|bag|order)))*",
)
ADDS = (
    "add", "take", "want", "get", "buy", "put", "order", "give me", "i'?ll have", "make it", "throw", "need",
)
NEGATED_ADD = (
    "(?:don'?t|do not|won'?t|not|never|no need to|rather not|wouldn'?t) (?:\\w+ ){0,2}?"
    "(?:add|take|want|need|buy|get|include|put|order|like|have|bother|go for)(?: to \\w+)?",
)
DOUBT = (
    "no", "nope", "nah", "not", "\\w+n't", "dont", "wont", "cant", "cannot", "didnt", "doesnt", "isnt", "but",
    "unless", "if", "maybe", "perhaps", "later", "wait", "hold on", "depends", "unsure", "instead", "rather", "never",
    "without", "h+m+", "think about", "skip", "pass", "stop", "remove", "cancel",
)
# fmt: on
