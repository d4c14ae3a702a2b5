"""`nothing-by-itself`: nothing enters the cart without an explicit yes to that thing."""

from tests.fakes.small_shop import Visit


def test_an_offer_alone_changes_nothing_in_the_cart(visit):
    visit.add("TENT")
    assert visit.cart() == "1 TENT 200.00"


def test_a_yes_adds_exactly_what_was_offered(visit):
    visit.add("TENT")
    visit.desk.accept(visit.turn())
    assert visit.cart() == "1 TENT 194.62, 1 PEGS 11.68"


def test_a_yes_without_any_offer_adds_nothing(visit):
    assert visit.desk.accept(visit.turn()).outcome == "no_offer"
    assert visit.cart() == ""


def test_a_bare_yes_many_turns_later_is_no_yes_to_the_offer(visit):
    visit.add("TENT")
    visit.chat(4)
    assert visit.desk.accept(visit.turn()).outcome == "no_offer"
    assert visit.cart() == "1 TENT 200.00"


def test_the_offers_own_button_still_works_then(visit):
    offer = visit.add("TENT").offer
    visit.chat(4)
    assert visit.desk.accept(visit.turn(), offer.id).outcome == "accepted"


def test_a_yes_after_a_no_adds_nothing(visit):
    offer = visit.add("TENT").offer
    visit.desk.decline(visit.turn())
    assert visit.desk.accept(visit.turn(), offer.id).outcome == "declined"
    assert visit.cart() == "1 TENT 200.00"


def test_nobody_can_accept_somebody_elses_offer(visit, database):
    offer = visit.add("TENT").offer
    stranger = Visit(database)
    assert stranger.desk.accept(stranger.turn(), offer.id).outcome == "no_offer"
    assert stranger.desk.decline(stranger.turn(), offer.id).outcome == "no_offer"
    assert (stranger.cart(), visit.cart()) == ("", "1 TENT 200.00")
