"""`always-a-way-out`: every offer carries a visible decline."""

import pytest

from actions.selling.model import OfferState
from actions.speech.messages import Choice, ChoiceKind, Message

YES = Choice("Yes, add it", ChoiceKind.ACCEPT, "affirm", {"offer_id": "o-1"})
NO = Choice("No thanks", ChoiceKind.DECLINE, "deny", {"offer_id": "o-1"})


def test_a_message_that_offers_without_a_decline_cannot_even_be_made():
    with pytest.raises(ValueError, match="always-a-way-out"):
        Message("Storm pegs go with your tent.", (YES,), offer_id="o-1")


def test_the_decline_survives_the_way_through_rasa():
    message = Message("Storm pegs go with your tent.", (YES, NO), offer_id="o-1")
    assert NO in Message.from_json(message.to_json()).choices


def test_an_offer_can_be_declined_in_any_later_turn_however_late(visit):
    offer = visit.add("TENT").offer
    late = visit.turn(days=20)
    answer = visit.desk.decline(late, offer.id)
    assert answer.outcome == "declined"
    assert answer.offer.state is OfferState.DECLINED
