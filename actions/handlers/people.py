"""Between people: manners, help, trouble, privacy."""

from actions.conversation import confusion, people, privacy
from actions.handlers.base import ShopAction


class Greet(ShopAction):
    """Hello."""

    action = "action_greet"
    use_case = people.greet


class Goodbye(ShopAction):
    """Goodbye."""

    action = "action_goodbye"
    use_case = people.goodbye


class Thanks(ShopAction):
    """You are welcome."""

    action = "action_thanks"
    use_case = people.thanks


class Smalltalk(ShopAction):
    """A friendly word."""

    action = "action_smalltalk"
    use_case = people.smalltalk


class AskBot(ShopAction):
    """Yes, a bot."""

    action = "action_ask_bot"
    use_case = people.ask_bot


class Help(ShopAction):
    """What it can do."""

    action = "action_help"
    use_case = people.ask_help


class Complaint(ShopAction):
    """Acknowledge, and suggest nothing."""

    action = "action_complaint"
    use_case = people.complaint


class Human(ShopAction):
    """Hand over to a person."""

    action = "action_human"
    use_case = people.human


class Hurry(ShopAction):
    """Be brief."""

    action = "action_hurry"
    use_case = people.hurry


class Language(ShopAction):
    """The languages there are."""

    action = "action_language"
    use_case = people.change_language


class Privacy(ShopAction):
    """What is kept about the shopper."""

    action = "action_privacy"
    use_case = privacy.what_is_known


class Forget(ShopAction):
    """Erase it, after a yes."""

    action = "action_forget"
    use_case = privacy.ask_forget


class Unclear(ShopAction):
    """What was not understood."""

    action = "action_unclear"
    use_case = confusion.unclear
