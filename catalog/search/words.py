"""Words as the search sees them: folded to lower case and singular, and the few word lists it needs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONE_LETTER = re.compile(r"\b([a-z])-(?=[a-z]{2})")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")

_FIRST_NUMBERS = ("one", "two", "three", "four", "five", "six")
_ONE_TO_TWELVE = (*_FIRST_NUMBERS, "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER_WORDS = {word: number for number, word in enumerate(_ONE_TO_TWELVE, start=1)} | {
    "a pair of": 2,
    "a couple of": 2,
    "half a dozen": 6,
    "a dozen": 12,
}

# Plain colour -> shades and spellings of it that count as that colour too.
_SHADES = {
    "red": "burgundy crimson scarlet ruby cherry brick maroon",
    "blue": "navy sky skyblue azure cobalt denim indigo turquoise turq aqua teal petrol",
    "green": "forest olive moss sage emerald khaki lime mint pine fern jade",
    "grey": "gray slate charcoal graphite anthracite ash",
    "yellow": "mustard ochre lemon",
    "orange": "rust tangerine amber",
    "purple": "violet lilac mauve plum aubergine lavender amethyst",
    "pink": "fuchsia fuschia magenta blush raspberry",
    "brown": "tan chestnut copper bronze",
    "beige": "sand stone oatmeal camel",
    "white": "ivory cream chalk ecru",
    "black": "jet onyx",
    "silver": "",
    "gold": "golden",
    "clear": "transparent",
    "multicolour": "multicolor multicoloured multicolored multi rainbow assorted asstd asst",
}
COLOURS: dict[str, frozenset[str]] = {colour: frozenset((colour,)) for colour in _SHADES} | {
    shade: frozenset((shade, colour)) for colour, shades in _SHADES.items() for shade in shades.split()
}
# Flowers, fruit and flavours first; they are colours only where a feed's colour column says so.
_SELDOM_COLOURS = _words("""
    cherry brick sky forest moss pine fern mint lime lemon amber plum lavender raspberry blush sand stone ash jet
    chalk camel rust slate copper bronze olive jade emerald ruby amethyst cream tan sage rainbow multi clear
    petrol denim assorted asstd asst
    """)
COLOUR_WORDS = frozenset(COLOURS) - _SELDOM_COLOURS

MATERIAL_WORDS = _words("""
    wood wooden metal steel aluminium aluminum titanium brass zinc tin iron glass crystal ceramic porcelain china
    enamel plastic acrylic rubber silicone leather suede canvas cotton wool woollen merino fleece felt silk linen
    polyester nylon paper cardboard wicker bamboo cork wax stone marble slate wire lace velvet down
    """)
SIZE_NAMES = {
    "extra small": "xs",
    "small": "s",
    "medium": "m",
    "large": "l",
    "extra large": "xl",
    "x large": "xl",
    "xxlarge": "xxl",
}
SIZE_LETTERS = _words("xxs xs s m l xl xxl xxxl")

# Words that tell variants of one thing apart, not things: sizes, counts, packings, patterns.
SIZE_OR_COUNT_WORDS = _words("""
    small medium large mini jumbo giant big little tall short tiny huge extra long wide slim x xl xs xxl l m s sml
    med lge lrg size sized inch ft litre ltr ml kg g cm mm set pack pk pcs pc piece doz dozen per one two three
    four five six seven eight nine ten twelve tier uk eu regular
    """)
PATTERN_WORDS = _words("""
    polkadot polka dot spot spotted spotty retrospot stripe striped stripey stripy gingham check checked paisley
    floral plain patterned pattern design style colour color coloured colored assorted mixed mix pastel natural
    bright dark light pale
    """)
STOP_WORDS = _words("""
    a an the and or of for to in on at by with w from is are am be i me my we our us you your it its this that
    these those some any do does did have has had can could would will please pls plz want need like looking look
    find show get got give buy there what which one ones something anything stuff thing things just also hi hello
    hey thanks thank ok okay yes so really very id im ive ll re s d ve m sort kind type good nice after search
    searching us let see sell stock browse add put basket cart trolley recommend suggest
    """)


def plain_lower(text: str) -> str:
    """Lower case, without accents and apostrophes; "t-light" becomes "tlight"."""
    text = unicodedata.normalize("NFKD", text.lower()).replace("’", "'").replace("'s ", "s ").replace("'", "")
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _LONE_LETTER.sub(r"\1", text)


_F_PLURALS = {"knives": "knife", "shelves": "shelf", "leaves": "leaf", "scarves": "scarf", "halves": "half"}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The singular of a lower-case English word, by its ending; good enough to match, not to print."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if word in _F_PLURALS:
        return _F_PLURALS[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def raw_words(text: str) -> list[str]:
    """Lower-case words and numbers in order, not folded: "2-Person Tents" -> ["2", "person", "tents"]."""
    return _WORD.findall(plain_lower(text))


def tokens(text: str) -> list[str]:
    """Folded words and numbers in order: "2-Person Tents, 60cm" -> ["2", "person", "tent", "60", "cm"]."""
    return [fold(word) for word in raw_words(text)]


def content_tokens(text: str) -> list[str]:
    """`tokens` without the words that carry a sentence but name nothing."""
    return [token for token in tokens(text) if token not in STOP_WORDS]


def key(text: str) -> str:
    """A name in comparable form: "Sleeping Bags" -> "sleeping bag"."""
    return " ".join(tokens(text))


def colour_keys(text: str, *, free_text: bool = False) -> frozenset[str]:
    """Colours named in a colour column, each with its plain colour: "Navy/White" -> navy, blue, white.

    In free text only words that are first of all colours count.
    """
    allowed = COLOUR_WORDS if free_text else frozenset(COLOURS)
    named = [COLOURS[token] for token in tokens(text) if token in allowed]
    keys = frozenset().union(*named) if named else frozenset()
    return keys if free_text or not text.strip() else keys | {key(part) for part in re.split(r"[/,;&]", text)}


def size_keys(text: str) -> frozenset[str]:
    """A size in comparable forms: "Medium" -> m; "UK 7" -> uk 7, 7; "42 EU" -> 42 eu, 42."""
    whole = key(text)
    if not whole:
        return frozenset()
    whole = SIZE_NAMES.get(whole, whole)
    return frozenset((whole, *(part for part in whole.split() if part[0].isdigit() or part in SIZE_LETTERS)))
