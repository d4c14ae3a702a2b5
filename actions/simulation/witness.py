"""What can be seen of a conversation from outside: each turn, and all that went before it.

The promises are checked against this, never against what the engine remembers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.context import TurnContext
from actions.selling.goods import Goods
from actions.selling.model import Answer, Decision, Offer, Reasons, Scope
from actions.shop.model import Cart, Order
from actions.simulation.moves import Move
from actions.simulation.shelf import Shelf
from actions.simulation.stages import Stage
from actions.speech.messages import Message
from catalog.domain.shop import ShopConfig


@dataclass(frozen=True)
class Market:
    """The shop around a conversation."""

    stage: Stage
    goods: Goods

    @property
    def shelf(self) -> Shelf:
        """What is sold now."""
        return self.stage.shelf

    @property
    def config(self) -> ShopConfig:
        """The merchant's `shop.yml`."""
        return self.stage.shelf.config


@dataclass(frozen=True)
class Seen:
    """One turn. `before` and `after` are the cart at the turn's moment; `added` is whether the shopper's own add was
    taken; `unsaid` is why an offer could not be put in words, "" where it could."""

    turn: TurnContext
    move: Move
    moment: str
    before: Cart
    after: Cart
    version: str
    decision: Decision | None = None
    told_again: Decision | None = None
    answer: Answer | None = None
    reasons: Reasons | None = None
    message: Message | None = None
    unsaid: str = ""
    added: bool = False
    # The products that the desk was asked about.
    about: tuple[str, ...] = ()
    # The order that was placed; and one that was cancelled or is sent back.
    order: Order | None = None
    moved: Order | None = None

    @property
    def offer(self) -> Offer | None:
        """The offer that this turn made."""
        return self.decision.offer if self.decision else None

    @property
    def asked_for(self) -> bool:
        """Whether the shopper asked to be suggested something."""
        return self.moment in ("on_request", "choosing")


@dataclass(frozen=True)
class No:
    """A refusal that was heard: of an offer, or of everything without any."""

    at: datetime
    conversation_id: str
    turn_index: int
    scope: Scope
    offer: Offer | None

    @property
    def refused(self) -> tuple[str, ...]:
        """The products that it refuses; a no to a plan is no no to its product."""
        if self.offer is None or any(line.every for line in self.offer.lines):
            return ()
        return self.offer.product_ids


@dataclass(frozen=True)
class Yes:
    """An offer that was taken, as it stands afterwards. `version` names the prices that it was taken at."""

    offer: Offer
    at: datetime


@dataclass
class Past:
    """All that was seen of one shopper before this turn."""

    shopper_id: str
    made: list[Seen] = field(default_factory=list)
    noes: list[No] = field(default_factory=list)
    yeses: dict[str, Yes] = field(default_factory=dict)
    moments: list[datetime] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    troubles: list[tuple[str, int]] = field(default_factory=list)
    handed_over: set[str] = field(default_factory=set)
    orders: dict[str, Order] = field(default_factory=dict)
    decisions: dict[str, list[str]] = field(default_factory=dict)
    # Offers that turned out to have ended when they were answered.
    ended: set[str] = field(default_factory=set)
    # Quotes that were taken apart: once a part is missing, the price holds no more.
    broken: set[str] = field(default_factory=set)
    shown_in_cart: tuple[str, ...] = ()
    stopped: bool = False
    resumed_at: datetime | None = None

    def remember(self, seen: Seen) -> None:
        """Add a turn, once it has been checked."""
        self.moments.append(seen.turn.now)
        chat = seen.turn.conversation_id
        if chat not in self.conversations:
            self.conversations.append(chat)
        if seen.decision is not None and seen.decision.id:
            self.decisions.setdefault(chat, []).append(seen.decision.id)
            if seen.decision.action == "silent" and seen.move.what in ("trouble", "return"):
                self.troubles.append((chat, seen.turn.turn_index))
        if seen.offer is not None:
            self.made.append(seen)
        for order in (seen.order, seen.moved):
            if order is not None:
                self.orders[order.number] = order
        if seen.move.what == "human":
            self.handed_over.add(chat)
        if seen.answer is not None:
            self._answered(seen, seen.answer)

    def _answered(self, seen: Seen, answer: Answer) -> None:
        turn = seen.turn
        if answer.outcome == "accepted" and answer.offer is not None:
            self.yeses[answer.offer.id] = Yes(answer.offer, turn.now)
        elif answer.outcome == "declined" and seen.move.what == "decline" and not self._said_before(answer):
            self.noes.append(No(turn.now, turn.conversation_id, turn.turn_index, seen.move.scope, answer.offer))
        elif answer.outcome == "stopped":
            self.stopped = True
            self.ended |= {made.offer.id for made in self.made if made.offer}
            if answer.offer is not None:
                self.noes.append(No(turn.now, turn.conversation_id, turn.turn_index, Scope.ITEM, answer.offer))
        elif answer.outcome in ("expired", "stale") and answer.offer is not None:
            self.ended.add(answer.offer.id)
        elif answer.outcome == "resumed":
            self.stopped, self.resumed_at = False, turn.now

    def _said_before(self, answer: Answer) -> bool:
        """A no said twice to the same offer is one no."""
        return answer.offer is not None and any(no.offer and no.offer.id == answer.offer.id for no in self.noes)

    @property
    def awaiting(self) -> Offer | None:
        """The latest offer, while nobody answered it and it has not turned out to have ended."""
        latest = self.made[-1].offer if self.made else None
        answered = {no.offer.id for no in self.noes if no.offer} | self.yeses.keys() | self.ended
        return None if latest is None or latest.id in answered else latest

    def session_start(self, now: datetime, gap_minutes: int) -> datetime:
        """When the present visit began: back from `now` to the last long silence."""
        start = now
        for moment in reversed(self.moments):
            if start - moment > timedelta(minutes=gap_minutes):
                break
            start = moment
        return start

    def offers_since(self, moment: datetime) -> list[Seen]:
        """Turns from `moment` on in which an offer was made."""
        return [seen for seen in self.made if seen.turn.now >= moment]

    def noes_that_count(self) -> list[No]:
        """Refusals since offers were last welcomed again."""
        return [no for no in self.noes if self.resumed_at is None or no.at > self.resumed_at]

    def owned(self) -> set[str]:
        """What was bought and is still theirs."""
        kept = [order for order in self.orders.values() if order.status not in ("cancelled", "return_requested")]
        return {line.product_id for order in kept for line in order.lines}

    def sent_back(self) -> set[str]:
        """What was returned."""
        back = [order for order in self.orders.values() if order.status == "return_requested"]
        return {line.product_id for order in back for line in order.lines}
