"""Every action there is, by name: registered one by one, not by what happens to be imported."""

from actions.handlers import cart, finding, offers, orders, people, questions
from actions.handlers.base import AssistantSource, ShopAction

ACTIONS: tuple[type[ShopAction], ...] = (
    finding.Find,
    finding.Refine,
    finding.Compare,
    finding.Recommend,
    finding.GoesWith,
    cart.CartAdd,
    cart.CartChange,
    cart.CartRemove,
    cart.CartEmpty,
    cart.CartShow,
    cart.Checkout,
    offers.Affirm,
    offers.Deny,
    offers.NotNow,
    offers.StopOffers,
    offers.ResumeOffers,
    offers.Why,
    offers.BundleContents,
    offers.Discount,
    orders.OrderStatus,
    orders.ReturnOrder,
    orders.CancelOrder,
    orders.Reorder,
    questions.AskProduct,
    questions.AskCompatibility,
    questions.ShopQuestion,
    questions.FreeShipping,
    people.Greet,
    people.Goodbye,
    people.Thanks,
    people.Smalltalk,
    people.AskBot,
    people.Help,
    people.Complaint,
    people.Human,
    people.Hurry,
    people.Language,
    people.Privacy,
    people.Forget,
    people.Unclear,
)


def every_action(assistants: AssistantSource) -> list[ShopAction]:
    """One instance of each action, all served by the same source of assistants."""
    return [action(assistants) for action in ACTIONS]
