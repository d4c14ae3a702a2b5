"""The few English word lists that the search needs: colours, materials, sizes, patterns, and words of sentences.

General English only: what a shop sells is learned from its own catalogue (`vocabulary`, `heads`, `synonyms`).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
# Of these nothing is called by the material alone, as glasses, irons and tins are.
MERE_MATERIALS = _words("""
    wood wooden metal steel aluminium aluminum titanium ceramic porcelain plastic acrylic silicone leather suede
    cotton wool woollen merino silk linen polyester nylon bamboo velvet
    """)
SIZE_NAMES = {
    "extra small": "xs",
    "small": "s",
    "medium": "m",
    "large": "l",
    "extra large": "xl",
    "x large": "xl",
    "xlarge": "xl",
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
    searching us let see sell stock browse add put basket cart trolley recommend suggest but nor than
    """)
# What follows one of these, a product lacks: "jacket without hood", "no laces".
LACKING = _words("no not without")

# American -> British, and the reverse is read from it too: both are one word to a shopper.
_SPELLINGS = {
    "color": "colour",
    "gray": "grey",
    "aluminum": "aluminium",
    "jewelry": "jewellery",
    "pajama": "pyjama",
    "meter": "metre",
    "liter": "litre",
    "center": "centre",
    "fiber": "fibre",
    "theater": "theatre",
    "mold": "mould",
    "tire": "tyre",
    "donut": "doughnut",
    "multicolor": "multicolour",
    "multicolored": "multicoloured",
    "colored": "coloured",
}
OTHER_SPELLING = _SPELLINGS | {british: american for american, british in _SPELLINGS.items()}
