"""Questions about products and about the shop."""

from actions.conversation import fitting, product_facts, shop_questions
from actions.handlers.base import ShopAction


class AskProduct(ShopAction):
    """What the catalogue says of a product."""

    action = "action_ask_product"
    use_case = product_facts.ask_product


class AskCompatibility(ShopAction):
    """Whether one thing fits another."""

    action = "action_ask_compatibility"
    use_case = fitting.ask_compatibility


class ShopQuestion(ShopAction):
    """Answers from the shop's own FAQ."""

    action = "action_shop_question"
    use_case = shop_questions.shop_question


class FreeShipping(ShopAction):
    """How far free delivery is."""

    action = "action_free_shipping"
    use_case = shop_questions.free_shipping
