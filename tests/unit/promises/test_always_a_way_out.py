"""`always-a-way-out`: every offer carries a visible decline."""

import pytest

from actions.conversation import reasons, reductions
from actions.selling.model import OfferState
from actions.speech.messages import Choice, ChoiceKind, Message
from tests.fakes.offer_scenes import EVERY_KIND, play_scene
from tests.fakes.talking_shop import of_kind, offer_in

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


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_of_offer_has_exactly_one_decline_beside_its_yes(database, kind):
    _, message = offer_in(play_scene(kind, database)[1])
    assert len(of_kind(message, ChoiceKind.DECLINE)) == 1
    assert len(of_kind(message, ChoiceKind.ACCEPT)) == {"tiers": 3, "service_plan": 2}.get(kind, 1)


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(
    ("use_case", "words", "intent"),
    [(reasons.why, "why this?", "why_offer"), (reductions.bundle_contents, "what's in it?", "bundle_contents")],
)
def test_whatever_is_asked_about_an_offer_the_decline_stays_in_sight(database, kind, use_case, words, intent):
    talk, _ = play_scene(kind, database)
    reply = talk.say(use_case, words, intent)
    assert len(of_kind(reply.messages[-1], ChoiceKind.DECLINE)) == 1
