"""Each check of a promise finds an engine that was broken on purpose, and names the right promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.selling import eligibility
from actions.selling.counter import CounterDesk
from actions.selling.goods import Goods
from actions.selling.kinds import complement
from actions.selling.model import Decision, OfferState
from actions.simulation.promises import PROMISES
from actions.simulation.running import SimulatedShop, play_on
from actions.simulation.stages import MemoryStage, Stage
from actions.speech.messages import Choice, ChoiceKind
from catalog.domain.money import Money
from catalog.domain.shop import OfferRules
from tests.fakes.simulated_shop import rich_shop

NUMBERS = range(60)
# Where it takes a rare turn of events: those who come back, and those who cannot choose.
RETURNING, UNDECIDED, MANY = range(7, 1500, 10), range(5, 1200, 10), range(300)
SEED = 7
DeskOf = Callable[[Stage, Goods], Any]


def real(stage: Stage, goods: Goods) -> CounterDesk:
    return CounterDesk(stage.books, goods)


def broken_promises(
    desk_of: DeskOf = real,
    shop: SimulatedShop | None = None,
    stage_of: Callable[..., Stage] = MemoryStage,
    numbers: range = NUMBERS,
) -> set[str]:
    """The promises found broken when conversations are played at this desk."""
    shop = shop or rich_shop()
    played = [play_on(shop, stage_of(shop.shelf()), number, SEED, desk_of) for number in numbers]
    assert any(seen.offer for one in played for seen in one.turns), "nothing was offered, nothing was checked"
    return {violation.promise for one in played for violation in one.violations}


def changed(change: Callable[[Decision], Decision]) -> DeskOf:
    """A desk that says something else than what it decided."""

    class Desk(CounterDesk):
        def _take(self, *given: Any) -> Decision:
            decision = super()._take(*given)
            return change(decision) if decision.offer else decision

    return lambda stage, goods: Desk(stage.books, goods)


def at_books(**methods: Callable[..., Any]) -> DeskOf:
    """A desk over a book some of whose methods do something else; each is given the real book first."""

    class Book:
        def __init__(self, book: Any) -> None:
            self._book = book

        def __getattr__(self, name: str) -> Any:
            own = methods.get(name)
            return getattr(self._book, name) if own is None else lambda *given: own(self._book, *given)

    class Books:
        def __init__(self, books: Any) -> None:
            self._books = books

        @contextmanager
        def transaction(self, *given: Any) -> Iterator[Any]:
            with self._books.transaction(*given) as book:
                yield Book(book)

        @contextmanager
        def reading(self, *given: Any) -> Iterator[Any]:
            with self._books.reading(*given) as book:
                yield Book(book)

    return lambda stage, goods: CounterDesk(Books(stage.books), goods)  # type: ignore[arg-type]


def test_the_engine_as_it_is_breaks_nothing():
    assert broken_promises() == set()


def test_an_offer_with_two_ways_out_or_none_is_found():
    shop = rich_shop()
    say = shop.speaker.message

    def twice(*given: Any):
        message, unsaid = say(*given)
        way_out = next(one for one in message.choices if one.kind is ChoiceKind.DECLINE)
        return replace(message, choices=(*message.choices, way_out)), unsaid

    shop.speaker.message = twice
    assert broken_promises(shop=shop) == {"always-a-way-out"}
    shop.speaker.message = lambda *given: (None, "no such words")
    assert broken_promises(shop=shop) == {"always-a-way-out"}


def test_an_offer_that_can_only_be_declined_is_found():
    shop = rich_shop()
    say = shop.speaker.message

    def no_yes(*given: Any):
        message, unsaid = say(*given)
        left: tuple[Choice, ...] = tuple(one for one in message.choices if one.kind is not ChoiceKind.ACCEPT)
        return replace(message, choices=left), unsaid

    shop.speaker.message = no_yes
    assert broken_promises(shop=shop) == {"always-a-way-out"}


def test_a_no_that_is_forgotten_is_found():
    assert "no-means-no" in broken_promises(at_books(remember_decline=lambda *_: None))


def test_a_stop_that_is_forgotten_is_found():
    assert "no-means-no" in broken_promises(at_books(set_stopped=lambda *_: None))


def test_caps_that_are_not_kept_are_found():
    loose = rich_shop().documents.config
    desk = at_books(config=lambda book: loose)
    assert broken_promises(desk, rich_shop(OfferRules(per_session=1, per_day=1))) == {"never-pushy"}


def test_offers_left_open_beside_a_new_one_are_found():
    assert "never-pushy" in broken_promises(at_books(settle_open=lambda *_: None), numbers=MANY)


def test_an_offer_to_somebody_upset_is_found():
    class Deaf(CounterDesk):
        def _take(self, turn: Any, *given: Any) -> Decision:
            return super()._take(replace(turn, mood="calm"), *given)

    assert "read-the-room" in broken_promises(lambda stage, goods: Deaf(stage.books, goods))


def test_a_follow_up_that_nobody_agreed_to_is_found():
    class Bold(CounterDesk):
        def _take(self, turn: Any, *given: Any) -> Decision:
            return super()._take(replace(turn, consent=True), *given)

    assert "read-the-room" in broken_promises(lambda stage, goods: Bold(stage.books, goods), numbers=RETURNING)


def test_a_desk_that_fills_the_cart_by_itself_is_found():
    def filling(stage: Stage, goods: Goods) -> CounterDesk:
        class Filling(CounterDesk):
            def _take(self, turn: Any, *given: Any) -> Decision:
                decision = super()._take(turn, *given)
                if decision.offer and decision.offer.product_ids:
                    stage.shop.add(turn.shopper_id, decision.offer.product_ids[0], 1, turn.now)
                return decision

        return Filling(stage.books, goods)

    assert "nothing-by-itself" in broken_promises(filling)


def test_a_choice_that_the_shopper_never_made_is_found():
    class Choosing(CounterDesk):
        def accept(self, turn: Any, offer_id: str = "", chosen: str = ""):
            offer = self.open_offer(turn.conversation_id)
            first = offer.lines[0].every or offer.lines[0].product_id if offer and offer.choose_one else chosen
            return super().accept(turn, offer_id, first)

    assert "nothing-by-itself" in broken_promises(lambda stage, goods: Choosing(stage.books, goods), numbers=UNDECIDED)


def test_a_price_that_is_a_cent_off_is_found():
    def dearer(decision: Decision) -> Decision:
        offer = decision.offer
        return replace(decision, offer=replace(offer, price=offer.price + Money(1, offer.price.currency)))

    assert "honest-price" in broken_promises(changed(dearer))


def test_a_price_that_does_not_hold_is_found():
    def fulfil(book: Any, offer: Any, now: Any):
        with_nothing_off = tuple(replace(line, discount=line.discount * 0) for line in offer.lines)
        return book.fulfil(replace(offer, lines=with_nothing_off), now)

    assert "honest-price" in broken_promises(at_books(fulfil=fulfil))


def test_an_offer_that_is_charged_twice_is_found():
    def take(book: Any, offer: Any, cart_hash: str, now: Any) -> bool:
        return True  # open, taken or run out: all the same

    def offer_of(book: Any, offer_id: str):
        past = book.offer(offer_id)
        taken = past and past.offer.state is OfferState.ACCEPTED
        return replace(past, offer=replace(past.offer, state=OfferState.OPEN)) if taken else past

    assert "honest-price" in broken_promises(at_books(take=take, offer=offer_of))


def test_a_price_that_depends_on_who_asks_is_found(monkeypatch):
    by_segment = {"new": 5, "loyal": 10}
    monkeypatch.setattr(complement, "bundle_percent", lambda s, rules: (by_segment.get(s.segment, 8), ""))
    assert broken_promises() == {"same-price"}


def test_counts_that_were_made_up_are_found():
    def boast(decision: Decision) -> Decision:
        claims = tuple(
            replace(claim, numbers=(claim.numbers[0] + 1, *claim.numbers[1:])) if claim.about == "orders" else claim
            for claim in decision.offer.claims
        )
        return replace(decision, offer=replace(decision.offer, claims=claims))

    assert "true-words" in broken_promises(changed(boast))


def test_an_offer_that_has_nothing_to_say_for_itself_is_found():
    silent = changed(lambda decision: replace(decision, offer=replace(decision.offer, claims=())))
    assert "true-words" in broken_promises(silent)


def test_a_gate_that_stands_open_is_found(monkeypatch):
    monkeypatch.setattr(eligibility.Gate, "refusal", lambda *_: None)
    assert {"worth-it", "no-means-no"} <= broken_promises()


def test_a_decision_that_is_not_written_down_is_found():
    assert "on-the-record" in broken_promises(at_books(append=lambda *_: None))


def test_a_record_that_was_changed_is_found():
    def forge(book: Any, row: Any, *given: Any) -> None:
        book.append(replace(row, record=row.record.replace('"propensity":1.0', '"propensity":0.5')), *given)

    assert "on-the-record" in broken_promises(at_books(append=forge))


def test_a_why_with_another_reason_is_found():
    class Liar(CounterDesk):
        def why(self, *given: Any):
            reasons = super().why(*given)
            return replace(reasons, details={**reasons.details, "reason": "others_like_it"})

    assert broken_promises(lambda stage, goods: Liar(stage.books, goods)) == {"open-identity"}


def test_a_why_that_tells_what_the_shop_pays_is_found():
    class Talker(CounterDesk):
        def why(self, *given: Any):
            reasons = super().why(*given)
            return replace(reasons, details={**reasons.details, "cost": 1})

    assert broken_promises(lambda stage, goods: Talker(stage.books, goods)) == {"open-identity"}


def test_a_shopper_who_is_not_forgotten_is_found():
    class Keeping(MemoryStage):
        def erase(self, *_: Any) -> None:
            pass

    assert broken_promises(stage_of=Keeping) == {"yours-to-delete"}


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_has_a_check_that_was_seen_to_fail(promise):
    assert f'"{promise}"' in Path(__file__).read_text().replace("PROMISES", "")
