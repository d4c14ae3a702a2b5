"""Plays one simulated conversation through the real counter desk, turn by turn, and checks every promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from actions.context import TurnContext
from actions.selling.desk import OfferDesk
from actions.selling.model import Decision
from actions.shop.model import CartRefused, Order, Shop
from actions.simulation.merchant import Merchant
from actions.simulation.models import MODELS
from actions.simulation.moves import MOMENT_OF, Move, View
from actions.simulation.promises import AT_EACH_TURN, every_row_is_there, yours_to_delete
from actions.simulation.shoppers import Shopper
from actions.simulation.speaking import Speaker
from actions.simulation.wares import Wares
from actions.simulation.witness import Market, Past, Seen
from catalog.domain.errors import PairwellError

FIRST_DAY = datetime(2026, 1, 1, 6, tzinfo=UTC)
_MOST_TURNS = 60
_TOLD_TWICE = 0.02


class StoryBroken(PairwellError):
    """The engine failed in the middle of a conversation; names it, so that it can be played again."""


@dataclass(frozen=True)
class Violation:
    """A promise that was not kept, where, and what was seen."""

    promise: str
    seed: int
    number: int
    turn: int
    what: str

    def __str__(self) -> str:
        return f"{self.promise}: seed {self.seed}, conversation {self.number}, turn {self.turn}: {self.what}"


@dataclass
class Played:
    """A conversation as it went: its turns in order (`changes`: what the merchant did before each), and every
    promise that was not kept."""

    number: int
    model: str
    turns: list[Seen] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


class Player:
    """Plays the conversation of a number. All that is random in it comes from the seed and the number."""

    def __init__(self, market: Market, desk: OfferDesk, speaker: Speaker, wares: Wares, seed: int) -> None:
        self.market, self.desk, self._speaker, self._wares, self._seed = market, desk, speaker, wares, seed

    def play(self, number: int) -> Played:
        """Play it to the end, then erase the shopper. Raises StoryBroken where the engine fails."""
        rng = Random(f"{self._seed}/{number}")
        model = MODELS[number % len(MODELS)]
        played, past = Played(number, model.name), Past(f"shopper-{self._seed}-{number}")
        now = FIRST_DAY + timedelta(hours=rng.randrange(300 * 24), minutes=rng.randrange(60))
        try:
            for seen in self._turns(rng, model, past, now, played):
                self._check(seen, past, played)
                past.remember(seen)
                now = seen.turn.now
        except PairwellError:
            raise
        except Exception as error:
            place = f"seed {self._seed}, conversation {number}, turn {len(played.turns) + 1}"
            raise StoryBroken(f"{place}: {type(error).__name__}: {error}; play it with --only {number}") from error
        self._note("on-the-record", every_row_is_there(past, self.market), played)
        self._note("yours-to-delete", yours_to_delete(past, self.market, now + timedelta(days=1)), played)
        return played

    def _turns(self, rng: Random, model: type[Shopper], past: Past, now: datetime, played: Played) -> Iterator[Seen]:
        stage = self.market.stage
        merchant = Merchant(stage, self._wares, Random(rng.random()))
        shopper = model(Random(rng.random()), self._wares, View(stage.shop.cart(past.shopper_id, now)))
        spoken: dict[str, int] = {}
        for move in shopper.life():
            now += move.wait
            offer = past.awaiting
            in_hand = (*past.shown_in_cart, *(offer.product_ids if offer else ()))
            played.changes.append(merchant.perhaps_change(in_hand, now))
            turn = self._turn(shopper, move, past, spoken, now)
            seen = self._seen(turn, move, rng)
            played.turns.append(seen)
            yield seen
            past.shown_in_cart = seen.after.product_ids
            latest = next(reversed(past.orders.values()), None)
            shopper.view = View(
                seen.after,
                past.awaiting,
                latest.number if latest else "",
                tuple(line.product_id for line in latest.lines) if latest else (),
            )
            if len(played.turns) >= _MOST_TURNS:
                return

    def _turn(self, shopper: Shopper, move: Move, past: Past, spoken: dict[str, int], now: datetime) -> TurnContext:
        chat = f"{past.shopper_id}-chat-{move.tab}"
        channel = shopper.channels[move.tab % len(shopper.channels)]
        if chat not in spoken:
            self.market.stage.open(past.shopper_id, chat, channel, now)
        spoken[chat] = spoken.get(chat, 0) + 1
        turn = TurnContext(
            conversation_id=chat,
            shopper_id=past.shopper_id,
            channel=channel,
            locale="en",
            now=now,
            turn_id=f"{chat}-{spoken[chat]}",
            turn_index=spoken[chat],
            mood=shopper.mood,
            helped=shopper.helped,
            asked_cheaper=shopper.asked_cheaper,
            gift=shopper.gift,
            consent=shopper.consent,
        )
        self.market.stage.hear(turn)
        return turn

    def _seen(self, turn: TurnContext, move: Move, rng: Random) -> Seen:
        shop = self.market.stage.shop
        before = shop.cart(turn.shopper_id, turn.now)
        done = self._do(turn, move, rng)
        decision: Decision | None = done.get("decision")
        if decision is not None and decision.offer is not None:
            done["message"], done["unsaid"] = self._speaker.message(turn, decision.offer, self.market.shelf)
        after = shop.cart(turn.shopper_id, turn.now)
        return Seen(turn, move, MOMENT_OF.get(move.what, ""), before, after, self.market.shelf.version, **done)

    def _do(self, turn: TurnContext, move: Move, rng: Random) -> dict[str, Any]:
        """What comes of a move, as fields of `Seen`."""
        desk, shop = self.desk, self.market.stage.shop
        if move.what in MOMENT_OF:
            return self._opportunity(turn, move, rng)
        if move.what == "accept":
            return {"answer": desk.accept(turn, move.offer_id, move.chosen)}
        if move.what == "decline":
            return {"answer": desk.decline(turn, move.offer_id, move.scope)}
        if move.what in ("stop", "resume"):
            return {"answer": desk.stop(turn) if move.what == "stop" else desk.resume(turn)}
        if move.what == "why":
            return {"reasons": desk.why(turn, move.offer_id)}
        if move.what == "human":
            self.market.stage.hand_over(turn.conversation_id, turn.shopper_id)
        elif move.what == "trouble":
            return {"decision": desk.hold_back(turn, move.reason)}
        elif move.what == "cancel":
            return {"moved": shop.cancel(move.ids[0], turn.shopper_id, turn.now)}
        elif move.what == "return":
            moved = shop.request_return(move.ids[0], turn.shopper_id, turn.now)
            return {"moved": moved, "decision": desk.hold_back(turn, move.reason)}
        elif move.what == "remove":
            for product_id in move.ids:
                _tried(lambda wanted=product_id: shop.set_quantity(turn.shopper_id, wanted, 0, turn.now))
        return {}

    def _opportunity(self, turn: TurnContext, move: Move, rng: Random) -> dict[str, Any]:
        """Moves that are a moment of the journey: the cart first, then the desk decides."""
        shop, moment, ids = self.market.stage.shop, MOMENT_OF[move.what], move.ids
        order: Order | None = None
        if move.what == "add":
            added = [_tried(lambda i=one: shop.add(turn.shopper_id, i, move.quantity, turn.now)) for one in ids]
            if not all(added):
                return {}
        elif move.what == "checkout":
            ids = shop.cart(turn.shopper_id, turn.now).product_ids
        elif move.what == "order":
            order = _placed(shop, turn)
            if order is None:
                return {}
            ids = tuple(line.product_id for line in order.lines)
        decision = self._decided(turn, moment, ids)
        again = self._decided(turn, moment, ids) if rng.random() < _TOLD_TWICE else None
        return {"decision": decision, "told_again": again, "added": move.what == "add", "order": order, "about": ids}

    def _decided(self, turn: TurnContext, moment: str, ids: tuple[str, ...]) -> Decision:
        if moment == "after_add":
            return self.desk.after_add(turn, ids[0])
        if moment == "on_request":
            return self.desk.on_request(turn, ids[0])
        return self.desk.opportunity(turn, moment, ids)

    def _check(self, seen: Seen, past: Past, played: Played) -> None:
        for promise, check in AT_EACH_TURN.items():
            self._note(promise, check(seen, past, self.market), played)

    def _note(self, promise: str, found: Iterator[str], played: Played) -> None:
        played.violations += [Violation(promise, self._seed, played.number, len(played.turns), what) for what in found]


def _tried(change: Any) -> bool:
    """Whether a change of the cart was taken."""
    try:
        change()
    except CartRefused:
        return False
    return True


def _placed(shop: Shop, turn: TurnContext) -> Order | None:
    try:
        return shop.place_order(shop.checkout_token(turn.shopper_id, turn.now), {"name": turn.shopper_id}, turn.now)
    except CartRefused:
        return None
