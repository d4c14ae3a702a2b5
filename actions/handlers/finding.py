"""Finding, comparing and recommending products."""

from actions.conversation import companions, comparing, finding, refining
from actions.handlers.base import ShopAction


class Find(ShopAction):
    """Search the catalogue with what was said."""

    action = "action_find"
    use_case = finding.find


class Refine(ShopAction):
    """Change the last search."""

    action = "action_refine"
    use_case = refining.refine


class Compare(ShopAction):
    """Two or three products, line by line."""

    action = "action_compare"
    use_case = comparing.compare


class Recommend(ShopAction):
    """Good, better and best of a kind."""

    action = "action_recommend"
    use_case = comparing.recommend


class GoesWith(ShopAction):
    """What goes with a product, on request."""

    action = "action_goes_with"
    use_case = companions.goes_with
