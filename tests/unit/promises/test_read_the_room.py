"""`read-the-room`: no offer in trouble, during a handover, or to somebody upset or in a hurry."""

import pytest


@pytest.mark.parametrize("mood", ["upset", "hurried"])
def test_nobody_upset_or_hurried_hears_an_offer(visit, mood):
    visit.mood = mood
    decision = visit.add("TENT")
    assert (decision.action, decision.reason) == ("silent", mood)


@pytest.mark.parametrize("trouble", ["complaint", "return", "payment_problem"])
def test_trouble_keeps_the_desk_quiet_for_the_next_turns(visit, trouble):
    held = visit.desk.hold_back(visit.turn(), trouble)
    assert (held.action, held.reason) == ("silent", trouble)
    assert visit.add("TENT").reason == "trouble"
    visit.chat(3)
    assert visit.add("STOVE").action == "pitch"


def test_while_a_person_has_taken_over_the_assistant_offers_nothing(visit):
    visit.conversations.set_handover(visit.id, True)
    assert visit.add("TENT").reason == "handover"
    assert visit.desk.on_request(visit.turn(), "TENT").reason == "handover"
