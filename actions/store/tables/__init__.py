"""The tables. Times are UTC; money is integer minor units beside its currency; documents are JSON text.

Importing this package makes every table known to `SQLModel.metadata`.
"""

from actions.store.tables.commerce import (
    CartLineRow,
    CartPlanRow,
    CartQuoteRow,
    CheckoutRow,
    CouponRow,
    OrderLineRow,
    OrderPlanRow,
    OrderRow,
)
from actions.store.tables.offers import DecisionRow, DeclineRow, OfferPreferenceRow, OfferRow
from actions.store.tables.people import ConversationRow, MessageRow, ShopperRow
from actions.store.tables.shop import PriceHistoryRow, ProductRow, ShopDocumentRow, ShopVersionRow

__all__ = [
    "CartLineRow",
    "CartPlanRow",
    "CartQuoteRow",
    "CheckoutRow",
    "ConversationRow",
    "CouponRow",
    "DecisionRow",
    "DeclineRow",
    "MessageRow",
    "OfferPreferenceRow",
    "OfferRow",
    "OrderLineRow",
    "OrderPlanRow",
    "OrderRow",
    "PriceHistoryRow",
    "ProductRow",
    "ShopDocumentRow",
    "ShopVersionRow",
    "ShopperRow",
]
