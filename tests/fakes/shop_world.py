"""A small shop in memory for tests of the conversation: catalogue, cart and offer desk that mirror the ports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rapidfuzz import fuzz

from actions.context import TurnContext
from actions.conversation.assistant import Assistant
from actions.conversation.model import Memory, Request
from actions.selling.model import (
    Answer,
    Claim,
    Decision,
    Evidence,
    Offer,
    OfferState,
    QuoteLine,
    Reasons,
    Scope,
)
from actions.shop.model import Cart, CartLine, CartPlan, CartRefused, CartSaving, Order
from actions.speech.pack import load_pack
from catalog.domain.money import Money, zero
from catalog.domain.product import Availability, Product
from catalog.domain.shop import FaqEntry, MerchantBundle, OfferRules, Shipping, ShopConfig, ShopDocuments
from catalog.search.draft import Part

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def gbp(text: str) -> Money:
    return Money.parse(text, "GBP")


def product(product_id: str, title: str, price: str, **values: Any) -> Product:
    return Product(id=product_id, title=title, price=gbp(price), **values)


SOLD_OUT = Availability.OUT_OF_STOCK
PRODUCTS = (
    product("AERO-2", "Aero 2 tent", "189.00", product_type="Camping > Tents", color="green", material="ripstop nylon",
            description="Two people sleep well in it. The porch swallows both rucksacks.",
            attributes={"weight_g": "1900", "tier": "better", "care": "Dry fully before packing"}),
    product("PEBBLE-2", "Pebble 2 tent", "99.00", product_type="Camping > Tents", color="blue",
            attributes={"weight_g": "2900", "tier": "good"}),
    product("BOREAL-2", "Boreal 2 tent", "329.00", product_type="Camping > Tents", color="red",
            attributes={"weight_g": "2600", "tier": "best"}),
    product("FOOT-AERO-2", "Aero 2 footprint", "29.00", product_type="Camping > Footprints"),
    product("JACKET-M", "Drizzle jacket, M", "79.00", group_id="JACKET", size="M", color="navy",
            product_type="Clothing > Jackets"),
    product("JACKET-L", "Drizzle jacket, L", "79.00", group_id="JACKET", size="L", color="navy",
            product_type="Clothing > Jackets"),
    product("JACKET-S", "Drizzle jacket, S", "79.00", group_id="JACKET", size="S", color="navy",
            product_type="Clothing > Jackets", availability=SOLD_OUT),
    product("LAMP-OLD", "Glimmer head torch", "25.00", product_type="Lights > Head torches", availability=SOLD_OUT),
    product("LAMP-NEW", "Wick head torch", "30.00", product_type="Lights > Head torches", sale_price=gbp("27.00")),
)  # fmt: skip
FAQ = (
    FaqEntry("returns", ("what is the return policy",), "Send it back within 30 days, unused, and we refund it."),
    FaqEntry("opening hours", ("when are you open",), "Monday to Saturday, 9 to 18."),
)


@dataclass(frozen=True)
class Hit:
    product: Product
    score: float


@dataclass(frozen=True)
class Filters:
    price_min: Money | None = None
    price_max: Money | None = None
    kinds: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    colors: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    not_colors: frozenset[str] = frozenset()
    not_terms: frozenset[str] = frozenset()
    exclude_ids: frozenset[str] = frozenset()
    in_stock_only: bool = False


@dataclass(frozen=True)
class Difference:
    field: str
    asked: str | Money
    has: str | Money
    distance: float = 1.0
    above: bool = True


@dataclass(frozen=True)
class Understood:
    filters: Filters
    text: str = ""
    parts: tuple[Part, ...] = ()
    sort: str = "relevance"


@dataclass(frozen=True)
class SearchResult:
    understood: Understood
    hits: tuple[Hit, ...]
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True)
class FaqHit:
    entry: FaqEntry
    score: float


@dataclass(frozen=True)
class Compatibility:
    fits: bool
    note: str = ""


class FakeCatalogue:
    version = "1"

    def __init__(self, products: Sequence[Product] = PRODUCTS) -> None:
        self._products = {one.id: one for one in products}
        self.documents = ShopDocuments(
            config=ShopConfig(
                name="Testgate",
                offers=OfferRules(claim_min_together=5, claim_min_anchor=20),
                shipping=Shipping(cost=gbp("4.95"), free_from=gbp("200.00"), days="2 days"),
                contact={"email": "people@testgate.example"},
            ),
            faq=FAQ,
            bundles=(MerchantBundle("SET", "Weekend set", ("AERO-2", "FOOT-AERO-2"), 5),),
        )

    def product(self, product_id: str) -> Product | None:
        return self._products.get(product_id)

    def products(self) -> list[Product]:
        return list(self._products.values())

    def variants(self, product_id: str) -> list[Product]:
        return [one for one in self._products.values() if one.same_group(self._products[product_id])]

    def understand(self, text: str) -> Understood:
        price = re.search(r"under (\d+)", text)
        colors = sorted({one.color for one in self.products() if one.color})
        named = [match for color in colors for match in re.finditer(rf"\b{color}\b", text.lower())]
        parts = [Part("color", (match[0],), match[0], match.span(), match[0], hard=True) for match in named]
        parts += [Part("price", (), price[0], price.span(), hard=True)] if price else []
        parts += [
            Part("word", ("tent",), match[0], match.span(), "tent", how="typo") for match in re.finditer("tnet", text)
        ]
        wanted = frozenset(match[0] for match in named)
        return Understood(Filters(price_max=gbp(price[1]) if price else None, colors=wanted), text, tuple(parts))

    def search(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        understood = self.understand(text)
        asked = filters or understood.filters
        words = [
            word.rstrip("s") for word in re.findall(r"[a-z]+", text.lower().replace("tnet", "tent")) if len(word) > 3
        ]
        matching = [
            one
            for one in self.products()
            if any(word in f"{one.title} {one.product_type}".lower() for word in words)
            and one.id not in asked.exclude_ids
        ]
        kept = [
            one
            for one in matching
            if (asked.price_max is None or one.current_price <= asked.price_max)
            and (asked.price_min is None or one.current_price >= asked.price_min)
            and (not asked.colors or one.color in asked.colors)
        ]
        seen: dict[str, Product] = {}
        for one in kept or matching:
            seen.setdefault(one.group_id or one.id, one)
        hits = tuple(Hit(one, 1.0) for one in seen.values())[:limit]
        relaxed = () if kept or not matching else ("price",) if asked.price_max else ("colors",)
        return SearchResult(understood, hits, relaxed)

    def nearest(self, text: str, *, limit: int = 5, filters: Any = None) -> SearchResult:
        return self.search(text, limit=limit, filters=filters)

    def differences(self, result: SearchResult) -> list[tuple[Difference, ...]]:
        asked = result.understood.filters
        return [
            tuple(
                Difference("price", asked.price_max, hit.product.current_price)
                if name == "price"
                else Difference("color", ", ".join(sorted(asked.colors)), hit.product.color)
                for name in result.relaxed
            )
            for hit in result.hits
        ]

    def resolve(self, phrase: str, among: Sequence[str] = ()) -> list[Hit]:
        hits = [
            Hit(one, min(1.0, fuzz.partial_ratio(one.title.lower().split(",")[0], phrase.lower()) / 100))
            for one in self.products()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.product.id not in among, hit.product.id))[:5]

    def alternatives(self, product_id: str, limit: int = 10) -> list[Hit]:
        kind = self._products[product_id].kind
        return [Hit(one, 0.8) for one in self.products() if one.kind == kind and one.id != product_id][:limit]

    def look_alike(self, a: str, b: str) -> bool:
        return self._products[a].same_group(self._products[b])

    def compatible(self, accessory_id: str, host_id: str) -> Compatibility | None:
        if accessory_id == "FOOT-AERO-2":
            return Compatibility(host_id == "AERO-2", "Cut to the outline of the Aero 2")
        return None

    def faq(self, text: str, limit: int = 3) -> list[FaqHit]:
        words = {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 4}
        scored = [FaqHit(entry, 0.9 if words & set(entry.questions[0].split()) else 0.1) for entry in FAQ]
        return sorted(scored, key=lambda hit: -hit.score)[:limit]

    def bundles_with(self, product_id: str) -> list[MerchantBundle]:
        return [bundle for bundle in self.documents.bundles if product_id in bundle.product_ids]


@dataclass
class FakeShop:
    catalogue: FakeCatalogue
    lines: dict[str, int] = field(default_factory=dict)
    discounts: dict[str, Money] = field(default_factory=dict)
    placed: list[Order] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    savings: tuple[CartSaving, ...] = ()
    plans: tuple[CartPlan, ...] = ()
    notes: tuple[str, ...] = ()

    def cart(self, shopper_id: str, now: datetime) -> Cart:
        lines = []
        for product_id, quantity in self.lines.items():
            one = self.catalogue.product(product_id)
            assert one is not None
            discount = self.discounts.get(product_id, zero("GBP"))
            source = self.sources.get(product_id, "")
            lines.append(CartLine(product_id, one.title, quantity, one.at(now).current_price, discount, source))
        return Cart(shopper_id, "GBP", tuple(lines), self.notes, self.savings, self.plans)

    def add(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        one = self.catalogue.product(product_id)
        if one is None or not one.in_stock:
            raise CartRefused("out_of_stock" if one else "unknown_product", product_id)
        self.lines[product_id] = self.lines.get(product_id, 0) + quantity
        return self.cart(shopper_id, now)

    def set_quantity(self, shopper_id: str, product_id: str, quantity: int, now: datetime) -> Cart:
        if product_id not in self.lines:
            raise CartRefused("not_in_cart", product_id)
        self.lines[product_id] = quantity
        if not quantity:
            del self.lines[product_id]
        return self.cart(shopper_id, now)

    def empty(self, shopper_id: str, now: datetime) -> Cart:
        self.lines.clear()
        return self.cart(shopper_id, now)

    def drop_plan(self, shopper_id: str, product_id: str, now: datetime, sort: str = "") -> Cart:
        self.plans = tuple(plan for plan in self.plans if plan.product_id != product_id or sort not in ("", plan.sort))
        return self.cart(shopper_id, now)

    def checkout_token(self, shopper_id: str, now: datetime) -> str:
        return "secret-token"

    def cart_of_checkout(self, token: str, now: datetime) -> Cart:
        return self.cart("s1", now)

    def place_order(self, token: str, details: dict[str, str], now: datetime) -> Order:
        cart = self.cart("s1", now)
        order = Order("TG-1042", "s1", now, "placed", "GBP", cart.lines, zero("GBP"), details, cart.plans)
        self.placed.insert(0, order)
        self.lines.clear()
        return order

    def order(self, number: str, shopper_id: str) -> Order | None:
        return next((one for one in self.orders(shopper_id) if one.number == number), None)

    def orders(self, shopper_id: str) -> list[Order]:
        return [one for one in self.placed if one.shopper_id == shopper_id]

    def cancel(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        return self._become(number, "cancelled")

    def request_return(self, number: str, shopper_id: str, now: datetime) -> Order | None:
        return self._become(number, "return_requested")

    def _become(self, number: str, status: str) -> Order | None:
        for place, one in enumerate(self.placed):
            if one.number == number:
                self.placed[place] = replace(one, status=status)
                return self.placed[place]
        return None


@dataclass
class FakeDesk:
    """Offers the footprint after the tent, at 10 % off; nothing else."""

    shop: FakeShop
    offer: Offer | None = None
    declines: int = 0
    stopped: bool = False
    held: list[str] = field(default_factory=list)
    moments: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    # What is decided at the next opportunity of a moment.
    next: dict[str, Decision] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)

    def after_add(self, turn: TurnContext, product_id: str) -> Decision:
        if self.stopped or self.declines or product_id != "AERO-2" or turn.mood != "calm":
            return Decision("d1", "silent", "nothing_fits")
        lines = (
            QuoteLine("AERO-2", 1, gbp("189.00"), gbp("18.90"), added=False),
            QuoteLine("FOOT-AERO-2", 1, gbp("29.00"), gbp("2.90")),
        )
        self.offer = Offer(
            "offer-1", turn.conversation_id, turn.shopper_id, "bundle", OfferState.OPEN, lines,
            price=gbp("7.20"), saving=gbp("21.80"), cart_hash="h", created_at=turn.now,
            expires_at=turn.now + timedelta(hours=1),
            evidence=Evidence("orders", "AERO-2", together=41, anchor_orders=312, lift=4.0),
            claims=(Claim("orders", anchor_id="AERO-2", numbers=(41, 312)),),
        )  # fmt: skip
        return Decision("d1", "pitch", "fits_cart", self.offer)

    def on_request(self, turn: TurnContext, product_id: str) -> Decision:
        return self.after_add(turn, product_id)

    def hold_back(self, turn: TurnContext, reason: str) -> Decision:
        self.held.append(reason)
        return Decision("d2", "silent", reason)

    def open_offer(self, conversation_id: str) -> Offer | None:
        return self.offer if self.offer and self.offer.state is OfferState.OPEN else None

    def opportunity(self, turn: TurnContext, moment: str, product_ids: Sequence[str] = ()) -> Decision:
        self.moments.append((moment, tuple(product_ids)))
        return self.next.pop(moment, Decision("d3", "silent", "nothing_known"))

    def accept(self, turn: TurnContext, offer_id: str = "", chosen: str = "") -> Answer:
        offer = self.open_offer(turn.conversation_id)
        if offer is None:
            return Answer("no_offer", None, self.shop.cart(turn.shopper_id, turn.now))
        self.offer = replace(offer, state=OfferState.ACCEPTED)
        self.shop.discounts = {line.product_id: line.discount for line in offer.lines}
        return Answer("accepted", self.offer, self.shop.add(turn.shopper_id, "FOOT-AERO-2", 1, turn.now))

    def decline(self, turn: TurnContext, offer_id: str = "", scope: Scope = Scope.ITEM) -> Answer:
        self.scopes.append(scope)
        offer, cart = self.open_offer(turn.conversation_id), self.shop.cart(turn.shopper_id, turn.now)
        if offer is None:
            return Answer("no_offer", None, cart)
        self.offer, self.declines = replace(offer, state=OfferState.DECLINED), self.declines + 1
        return Answer("declined", self.offer, cart)

    def stop(self, turn: TurnContext) -> Answer:
        self.stopped = True
        return Answer("stopped", None, self.shop.cart(turn.shopper_id, turn.now))

    def resume(self, turn: TurnContext) -> Answer:
        self.stopped = False
        return Answer("resumed", None, self.shop.cart(turn.shopper_id, turn.now))

    def why(self, turn: TurnContext, offer_id: str = "") -> Reasons:
        return Reasons(self.offer, self.offer.evidence if self.offer else None)


@dataclass
class FakePersonalData:
    erased: list[str] = field(default_factory=list)

    def export(self, shopper_id: str) -> dict[str, Any]:
        return {"message": [{}, {}], "orders": [], "offer": [{}]}

    def erase(self, shopper_id: str, now: datetime) -> dict[str, int]:
        self.erased.append(shopper_id)
        return {"message": 2}


@dataclass
class World:
    """One shopper in a small shop. `tell` plays a turn and keeps the memory, as Rasa's slots would."""

    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    memory: Memory = field(default_factory=Memory)
    turns: int = 1

    def __post_init__(self) -> None:
        self.shop = FakeShop(self.catalogue)
        self.desk = FakeDesk(self.shop)
        self.personal_data = FakePersonalData()

    @property
    def assistant(self) -> Assistant:
        return Assistant(self.catalogue, self.shop, self.desk, self.personal_data, load_pack("en-GB"))

    def request(self, text: str = "", intent: str = "", view: str = "", repeats: int = 0, **entities: str) -> Request:
        self.turns += 1
        turn = TurnContext(
            "c1", "s1", "widget", "en", NOW, f"t{self.turns}", self.turns, text, view, mood=self.memory.mood
        )
        return Request(turn, self.memory, intent, 1.0, tuple(entities.items()), repeats)
