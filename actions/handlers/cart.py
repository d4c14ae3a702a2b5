"""The cart, from the first add to the order page."""

from actions.conversation import adding, carting
from actions.handlers.base import ShopAction


class CartAdd(ShopAction):
    """Put a product in the cart."""

    action = "action_cart_add"
    use_case = adding.add


class CartChange(ShopAction):
    """Change how many of it."""

    action = "action_cart_change"
    use_case = carting.change_quantity


class CartRemove(ShopAction):
    """Take a line out."""

    action = "action_cart_remove"
    use_case = carting.remove


class CartEmpty(ShopAction):
    """Ask before emptying it."""

    action = "action_cart_empty"
    use_case = carting.ask_empty


class CartShow(ShopAction):
    """Show it with totals."""

    action = "action_cart_show"
    use_case = carting.show_cart


class Checkout(ShopAction):
    """Give the link to the order page."""

    action = "action_checkout"
    use_case = carting.checkout
