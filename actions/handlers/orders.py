"""After the order."""

from actions.conversation import ordering
from actions.handlers.base import ShopAction


class OrderStatus(ShopAction):
    """Where an order is."""

    action = "action_order_status"
    use_case = ordering.order_status


class ReturnOrder(ShopAction):
    """Send something back."""

    action = "action_return"
    use_case = ordering.return_order


class CancelOrder(ShopAction):
    """Cancel an order."""

    action = "action_order_cancel"
    use_case = ordering.cancel_order


class Reorder(ShopAction):
    """Order the same again."""

    action = "action_reorder"
    use_case = ordering.reorder
