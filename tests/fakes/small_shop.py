"""A small camping shop for tests, its products as a table, and goods whose complements are a table too."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from actions.context import TurnContext
from actions.selling.counter import CounterDesk
from actions.selling.model import Evidence
from actions.shop.sql_shop import SqlShop
from actions.store.conversations import Conversations
from actions.store.database import Database, migrate, open_database
from actions.store.offer_book import SqlOfferBooks
from actions.store.shop_data import load_shop
from catalog.domain.money import Money
from catalog.domain.product import Availability, Product
from catalog.domain.shop import BundleRules, MerchantBundle, OfferRules, Shipping, ShopConfig, ShopDocuments

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)

#        id          title                 price   kind          group  cost    floor   consumable
PRODUCTS = """
         TENT        Aero 2 tent           200.00  Tents         aero   110.00  -       no
         TENT-RED    Aero 2 tent, red      200.00  Tents         aero   110.00  -       no
         PEGS        Storm pegs             12.00  Pegs          -        6.00  -       no
         PEGS-ALU    Storm pegs, alloy      15.00  Pegs          -        7.00  -       no
         SHEET       Groundsheet            40.00  Groundsheets  -       22.00  30.00   no
         LAMP        Lantern                35.00  Lamps         -       -      -       no
         GAS         Gas cartridge           8.00  Fuel          -        5.00  -       yes
         STOVE       Trail stove            60.00  Stoves        -       33.00  -       no
         SOLD-OUT    Footprint              30.00  Groundsheets  -       10.00  -       no
         DEAR        Expedition tarp       250.00  Tarps         -       90.00  -       no
"""

#        anchor      offered    score  together of   lift
COMPLEMENTS = """
         TENT        PEGS       0.90   41       312  6.2
         TENT        SHEET      0.20   30       312  4.0
         TENT        LAMP       0.04   22       312  2.5
         TENT        GAS        0.008  29       312  1.5
         STOVE       GAS        0.95   50       120  9.0
         STOVE       LAMP       0.05   3        120  1.2
         LAMP        GAS        0.30   2        90   1.1
"""


def money(text: str) -> Money:
    return Money.parse(text, "GBP")


def products(table: str = PRODUCTS) -> list[Product]:
    return [_product(line) for line in table.strip().splitlines()]


def _product(line: str) -> Product:
    words = line.split("  ")
    cells = [word.strip() for word in words if word.strip()]
    product_id, title, price, kind, group, cost, floor, consumable = cells
    return Product(
        id=product_id,
        title=title,
        price=money(price),
        product_type=f"Camping > {kind}",
        group_id="" if group == "-" else group,
        cost=None if cost == "-" else money(cost),
        floor=None if floor == "-" else money(floor),
        availability=Availability.OUT_OF_STOCK if product_id == "SOLD-OUT" else Availability.IN_STOCK,
        attributes={"consumable": consumable},
    )


@dataclass(frozen=True)
class Found:
    product_id: str
    score: float
    evidence: Evidence


@dataclass(frozen=True)
class Changed:
    attribute: str
    before: float
    after: float
    unit: str
    before_text: str
    after_text: str


@dataclass(frozen=True)
class Better:
    product: Product
    improvements: tuple[Changed, ...]
    trade_offs: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class FitAnswer:
    fits: bool


@dataclass
class TableGoods:
    """Complements from a table; look-alikes and fits from sets."""

    table: str = COMPLEMENTS
    alike: set[frozenset[str]] = field(default_factory=lambda: {frozenset({"PEGS", "PEGS-ALU"})})
    fits: dict[tuple[str, str], bool] = field(default_factory=dict)
    version: str = "table-1"
    sets: tuple[MerchantBundle, ...] = ()
    better: dict[str, list[Better]] = field(default_factory=dict)

    def product(self, product_id: str) -> Product | None:
        return next((one for one in products() if one.id == product_id), None)

    def upgrades(self, product_id: str, limit: int = 3, dearer: tuple[int, int] = (10, 25)) -> list[Better]:
        return self.better.get(product_id, [])[:limit]

    def reorders(self, product_ids: Sequence[str], customer_id: str, limit: int = 5) -> list[Any]:
        return []

    def bundles_with(self, product_id: str) -> list[MerchantBundle]:
        names = {product_id, next((one.group_id for one in products() if one.id == product_id), "")}
        return [one for one in self.sets if names.intersection(one.product_ids)]

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> list[Any]:
        return []

    def complements(self, product_ids: Sequence[str], limit: int = 30, customer_id: str = "") -> list[Found]:
        best: dict[str, Found] = {}
        for line in self.table.strip().splitlines():
            anchor, offered, score, together, of, lift = line.split()
            if anchor in product_ids and (offered not in best or best[offered].score < float(score)):
                evidence = Evidence("orders", anchor, int(together), int(of), float(lift))
                best[offered] = Found(offered, float(score), evidence)
        return sorted(best.values(), key=lambda found: (-found.score, found.product_id))[:limit]

    def look_alike(self, a: str, b: str) -> bool:
        return frozenset({a, b}) in self.alike

    def compatible(self, accessory_id: str, host_id: str) -> FitAnswer | None:
        fits = self.fits.get((accessory_id, host_id))
        return None if fits is None else FitAnswer(fits)


BUNDLES = BundleRules(allowed=True, discount_percent=10)


def config(offers: OfferRules | None = None, bundles: BundleRules = BUNDLES) -> ShopConfig:
    return ShopConfig(
        name="Trail Outfitters",
        offers=offers or OfferRules(),
        bundles=bundles,
        shipping=Shipping(cost=money("4.90"), free_from=money("50.00")),
    )


@dataclass(frozen=True)
class ShopFolderOf:
    """What the feed reader would give."""

    documents: ShopDocuments
    products: Sequence[Product]
    orders_path: Path | None = None


@cache
def _migrated() -> Path:
    path = Path(tempfile.mkdtemp(prefix="pairwell-tests-")) / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


def fresh_database(folder: Path) -> Database:
    """A migrated, empty database: a SQLite file in `folder`, or, where PAIRWELL_TEST_DATABASE_URL names a
    PostgreSQL database that tests may empty, that one."""
    url = os.environ.get("PAIRWELL_TEST_DATABASE_URL", "")
    if url:
        database = open_database(url)
        with database.write() as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))
        migrate(url)
        return database
    path = folder / "shop.db"
    shutil.copyfile(_migrated(), path)
    return open_database(f"sqlite:///{path}")


def load(
    database: Database,
    shop_config: ShopConfig,
    goods: Sequence[Product] | None = None,
    now: datetime = NOW,
    bundles: Sequence[MerchantBundle] = (),
) -> str:
    """Load the small shop, or other products in its place, at `now`."""
    documents = ShopDocuments(shop_config, bundles=tuple(bundles))
    return load_shop(database, ShopFolderOf(documents, goods or products()), now)


class Visit:
    """One shopper in one conversation, turn after turn, against the real desk, shop and database."""

    def __init__(
        self,
        database: Database,
        goods: TableGoods | None = None,
        shopper: str | None = None,
        channel: str = "widget",
        start: datetime = NOW,
    ) -> None:
        self.database = database
        self.conversations = Conversations(database)
        opened = self.conversations.open_conversation(shopper, channel, "en", start)
        self.shopper, self.id, self.channel = opened.shopper_id, opened.id, channel
        self.shop = SqlShop(database)
        self.desk = CounterDesk(SqlOfferBooks(database), goods or TableGoods())
        self.now, self.turns, self.mood = start, 0, "calm"

    def turn(self, **wait: float) -> TurnContext:
        """The next message of this shopper, some time after the last one."""
        self.now += timedelta(**wait) if wait else timedelta(seconds=30)
        self.turns += 1
        stored = self.conversations.store_inbound(self.id, f"m{self.turns}", "…", None, self.now)
        return TurnContext(
            conversation_id=self.id,
            shopper_id=self.shopper,
            channel=self.channel,
            locale="en",
            now=self.now,
            turn_id=str(stored.message_id),
            turn_index=stored.turn_index,
            mood=self.mood,
        )

    def chat(self, turns: int = 1, **wait: float) -> None:
        """Some turns about other things."""
        for _ in range(turns):
            self.turn(**wait)

    def add(self, product_id: str, **wait: float):
        """Put something in the cart and hear what the desk decides."""
        turn = self.turn(**wait)
        self.shop.add(self.shopper, product_id, 1, turn.now)
        return self.desk.after_add(turn, product_id)

    def cart(self) -> str:
        """The cart as words: "1 TENT 200.00, 1 PEGS 12.00"."""
        lines = self.shop.cart(self.shopper, self.now).lines
        return ", ".join(f"{line.quantity} {line.product_id} {line.total}" for line in lines)
