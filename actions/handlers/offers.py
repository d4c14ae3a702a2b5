"""Answers to offers, and the reasons behind them."""

from actions.conversation import accepting, offering, reasons, reductions
from actions.handlers.base import ShopAction


class Affirm(ShopAction):
    """Yes, to the offer or to a question."""

    action = "action_affirm"
    use_case = accepting.affirm


class Deny(ShopAction):
    """No, to the offer or to a question."""

    action = "action_deny"
    use_case = offering.deny


class NotNow(ShopAction):
    """Not now."""

    action = "action_not_now"
    use_case = offering.not_now


class StopOffers(ShopAction):
    """No more suggestions."""

    action = "action_stop_offers"
    use_case = offering.stop


class ResumeOffers(ShopAction):
    """Suggestions are welcome again."""

    action = "action_resume_offers"
    use_case = offering.resume


class Why(ShopAction):
    """The true reason of an offer."""

    action = "action_why"
    use_case = reasons.why


class BundleContents(ShopAction):
    """What is in it."""

    action = "action_bundle_contents"
    use_case = reductions.bundle_contents


class Discount(ShopAction):
    """The reductions that exist."""

    action = "action_discount"
    use_case = reductions.discount
