"""The book of offers in SQL: implements the selling side's `OfferBooks`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select, update

from actions.selling.deal import coupon_of
from actions.selling.goods import Bought
from actions.selling.ledger import LedgerRow
from actions.selling.model import Offer, OfferState
from actions.selling.pressure import History, PastDecline, PastOffer
from actions.shop.model import Cart, CartPlan
from actions.shop.pricing import HeldLine, HeldQuote
from actions.store import carts, coupons
from actions.store.bought import read_bought
from actions.store.database import Database
from actions.store.history import HALF_LIVES_KEPT, read_history
from actions.store.offer_rows import ledger_row, lines_json, offer_row, past_offer
from actions.store.rows import hold_shopper, to_json
from actions.store.shop_data import config_in, products_in, version_in
from actions.store.tables import DecisionRow, DeclineRow, OfferPreferenceRow, OfferRow
from catalog.domain.product import Product
from catalog.domain.shop import ShopConfig

_OPEN = OfferState.OPEN.value
_NEWEST = (
    select(OfferRow)
    .where(col(OfferRow.conversation_id) == bindparam("conversation"))
    .order_by(col(OfferRow.created_at).desc(), col(OfferRow.turn_index).desc())
    .limit(1)
)
_DECLINES_OF = select(func.count()).where(col(DeclineRow.shopper_id) == bindparam("shopper"))
_NEWEST_OPEN = _NEWEST.where(col(OfferRow.state) == _OPEN)


class SqlOfferBooks:
    """Opens the book in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def transaction(self, shopper_id: str, now: datetime) -> Iterator["SqlOfferBook"]:
        """One write transaction; others of the same shopper wait."""
        with self._database.write() as session:
            hold_shopper(session, shopper_id, now)
            yield SqlOfferBook(session, now)

    @contextmanager
    def reading(self, now: datetime | None = None) -> Iterator["SqlOfferBook"]:
        """For looking only; products are priced at `now`."""
        with self._database.read() as session:
            yield SqlOfferBook(session, now)

    def ledger_rows(self, wanted_id: str) -> list[LedgerRow]:
        """The ledger's rows of a decision, an offer or a conversation: what `ledger_report` reads."""
        with self.reading() as book:
            return book.ledger_rows(wanted_id)


class SqlOfferBook:
    """The book within one transaction."""

    def __init__(self, session: Session, now: datetime | None) -> None:
        self._session, self._now = session, now
        # A transaction sees one shop: what was read of it once need not be read again.
        self._config: ShopConfig | None = None
        self._products: dict[str, Product] = {}

    def config(self) -> ShopConfig:
        """The loaded shop's `shop.yml`."""
        if self._config is None:
            self._config = config_in(self._session)
        return self._config

    def shop_version(self) -> str:
        """Names the loaded shop."""
        return version_in(self._session)

    def products(self, product_ids: Sequence[str]) -> Mapping[str, Product]:
        """The products of these ids that the shop has now, at the prices of the moment the book was opened for."""
        unread = [product_id for product_id in product_ids if product_id not in self._products]
        if unread:
            self._products.update(products_in(self._session, unread, self._now))
        return {product_id: self._products[product_id] for product_id in product_ids if product_id in self._products}

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        """The cart at `now`; looking changes nothing."""
        return carts.look(self._session, shopper_id, now).cart

    def bought(self, shopper_id: str) -> list[Bought]:
        """What this shopper ordered and did not cancel, newest first."""
        return read_bought(self._session, shopper_id)

    def fulfil(self, offer: Offer, now: datetime) -> Cart:
        """Add what the offer adds and let its price hold, attach its plan, or give its coupon: all of it or nothing.
        Raises CartRefused."""
        with self._session.begin_nested():
            for line in offer.lines:
                if line.every:
                    plan = CartPlan(line.product_id, offer.title, line.every, line.unit_price, offer.id)
                    carts.hold_plan(self._session, offer.shopper_id, plan)
                elif line.added:
                    carts.add(self._session, offer.shopper_id, line.product_id, line.quantity, now)
            if not offer.lines:
                coupons.give(self._session, offer.shopper_id, coupon_of(offer, now))
            elif not any(line.every for line in offer.lines):
                carts.hold_quote(self._session, offer.shopper_id, _held(offer))
        return carts.keep(self._session, offer.shopper_id, carts.look(self._session, offer.shopper_id, now))

    def history(self, shopper_id: str, conversation_id: str, now: datetime) -> History:
        """What happened to this shopper."""
        rules = self.config().offers
        half_lives = timedelta(days=max(rules.item_half_life_days, rules.kind_half_life_days))
        gap = timedelta(minutes=rules.session_gap_minutes)
        return read_history(self._session, shopper_id, conversation_id, now, gap, HALF_LIVES_KEPT * half_lives)

    def decision(self, decision_id: str) -> LedgerRow | None:
        """One row of the ledger."""
        row = self._session.get(DecisionRow, decision_id)
        return None if row is None else ledger_row(row)

    def append(self, row: LedgerRow, shopper_id: str, turn_index: int) -> None:
        """Add a row to the ledger."""
        self._session.add(
            DecisionRow(
                id=row.id,
                conversation_id=row.conversation_id,
                shopper_id=shopper_id,
                turn_index=turn_index,
                created_at=row.created_at,
                moment=row.moment,
                action=row.action,
                reason=row.reason,
                offer_id=row.offer_id or None,
                record=row.record,
                record_hash=row.record_hash,
            )
        )
        self._session.flush()

    def ledger_rows(self, wanted_id: str) -> list[LedgerRow]:
        """The rows of a decision, an offer or a conversation, oldest first."""
        matches = (
            (col(DecisionRow.id) == wanted_id)
            | (col(DecisionRow.offer_id) == wanted_id)
            | (col(DecisionRow.conversation_id) == wanted_id)
        )
        order = (col(DecisionRow.created_at), col(DecisionRow.turn_index), col(DecisionRow.id))
        return [ledger_row(row) for row in self._session.exec(select(DecisionRow).where(matches).order_by(*order))]

    def offer(self, offer_id: str) -> PastOffer | None:
        """One offer."""
        row = self._session.get(OfferRow, offer_id, populate_existing=True)
        return None if row is None else past_offer(row)

    def latest_offer(self, conversation_id: str, only_open: bool = False) -> PastOffer | None:
        """The newest offer of a conversation."""
        newest = _NEWEST_OPEN if only_open else _NEWEST
        row = self._session.exec(newest, params={"conversation": conversation_id}).first()
        return None if row is None else past_offer(row)

    def put_offer(self, past: PastOffer, decision_id: str) -> None:
        """Store a new, open offer."""
        self._session.add(offer_row(past, decision_id))
        self._session.flush()

    def take(self, offer: Offer, cart_hash: str, now: datetime) -> bool:
        """open → accepted in one conditional update, with the chosen lines; whether this call did it."""
        change = update(OfferRow).where(
            col(OfferRow.id) == offer.id,
            col(OfferRow.state) == _OPEN,
            col(OfferRow.expires_at) > now,
            col(OfferRow.cart_hash) == cart_hash,
        )
        taken = {"lines": lines_json(offer), "price_minor": offer.price.minor}
        done = self._session.exec(change.values(state=OfferState.ACCEPTED.value, settled_at=now, **taken))
        return bool(done.rowcount == 1)

    def settle(self, offer_id: str, state: OfferState, now: datetime) -> None:
        """Give an offer another state than accepted."""
        change = update(OfferRow).where(col(OfferRow.id) == offer_id)
        self._session.exec(change.values(state=state.value, settled_at=now))

    def settle_open(self, shopper_id: str, state: OfferState, now: datetime) -> None:
        """Give every open offer of a shopper this state."""
        change = update(OfferRow).where(col(OfferRow.shopper_id) == shopper_id, col(OfferRow.state) == _OPEN)
        self._session.exec(change.values(state=state.value, settled_at=now))

    def count_declines(self, shopper_id: str) -> int:
        """How often this shopper has said no, ever."""
        return int(self._session.execute(_DECLINES_OF, {"shopper": shopper_id}).scalar_one())

    def remember_decline(self, shopper_id: str, offer_id: str, decline: PastDecline) -> None:
        """Keep a "no"."""
        self._session.add(
            DeclineRow(
                shopper_id=shopper_id,
                conversation_id=decline.conversation_id,
                offer_id=offer_id or None,
                scope=decline.scope.value,
                product_ids=to_json(list(decline.product_ids)),
                kinds=to_json(list(decline.kinds)),
                offer_kind=decline.offer_kind,
                percent=decline.percent,
                turn_index=decline.turn_index,
                created_at=decline.created_at,
            )
        )
        self._session.flush()

    def set_stopped(self, shopper_id: str, stopped: bool, now: datetime) -> None:
        """Keep whether offers are unwelcome."""
        self._session.merge(OfferPreferenceRow(shopper_id=shopper_id, stopped=stopped, changed_at=now))
        self._session.flush()


def _held(offer: Offer) -> HeldQuote:
    lines = tuple(HeldLine(line.product_id, line.quantity, line.unit_price, line.discount) for line in offer.lines)
    return HeldQuote(offer.id, offer.price.currency, lines, offer.expires_at)
