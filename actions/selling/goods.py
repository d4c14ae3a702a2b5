"""What the selling side asks of the catalogue, as protocols, and what a shopper has bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from catalog.domain.money import Money
from catalog.domain.product import Product
from catalog.domain.shop import MerchantBundle


@dataclass(frozen=True)
class Bought:
    """One line of an order of this shopper's, newest first where there are several. `reduced`: at a saving."""

    product_id: str
    quantity: int
    at: datetime
    order_number: str
    order_total: Money
    reduced: bool = False
    returned: bool = False


class ComplementEvidence(Protocol):
    """The counts behind a complement."""

    @property
    def source(self) -> str:
        """ "orders" | "compatibility" | "attributes"."""
        ...

    @property
    def anchor_id(self) -> str:
        """The product that it goes with."""
        ...

    @property
    def together(self) -> int:
        """Orders that hold both."""
        ...

    @property
    def anchor_orders(self) -> int:
        """Orders that hold the anchor."""
        ...

    @property
    def lift(self) -> float:
        """How much more often together than by chance; 0.0 where there are no orders."""
        ...

    @property
    def lower_lift(self) -> float:
        """Its lower 95 % bound; 0.0 where there are no orders."""
        ...

    @property
    def note(self) -> str:
        """The shop's own word on the fit."""
        ...


class Complement(Protocol):
    """A product that goes with what was asked about."""

    @property
    def product_id(self) -> str:
        """Its id."""
        ...

    @property
    def score(self) -> float:
        """How well it goes; higher is better, comparable within one answer only."""
        ...

    @property
    def evidence(self) -> ComplementEvidence:
        """Why."""
        ...


class Change(Protocol):
    """One quality that is otherwise in an upgrade."""

    @property
    def attribute(self) -> str:
        """The feed's column; "" for a measure of the title."""
        ...

    @property
    def unit(self) -> str:
        """What both are measured in."""
        ...

    @property
    def before(self) -> float:
        """In what is looked at."""
        ...

    @property
    def after(self) -> float:
        """In the upgrade."""
        ...

    @property
    def before_text(self) -> str:
        """As people write it."""
        ...

    @property
    def after_text(self) -> str:
        """As people write it."""
        ...


class Upgrade(Protocol):
    """A better one of the same thing."""

    @property
    def product(self) -> Product:
        """It."""
        ...

    @property
    def improvements(self) -> Sequence[Change]:
        """What it has better, most first."""
        ...

    @property
    def trade_offs(self) -> Sequence[Change]:
        """What it has worse, most first."""
        ...


class Again(Protocol):
    """Something that was bought before and may be needed again."""

    @property
    def product_id(self) -> str:
        """The variant bought last."""
        ...

    @property
    def score(self) -> float:
        """How probable it is."""
        ...

    @property
    def orders(self) -> int:
        """In how many orders it was."""
        ...

    @property
    def last_bought(self) -> datetime:
        """When it was bought last."""
        ...


class LearnedSet(Protocol):
    """A set learned from orders, against a cart."""

    @property
    def anchor_ids(self) -> tuple[str, ...]:
        """Its parts in the cart."""
        ...

    @property
    def missing_ids(self) -> tuple[str, ...]:
        """Its other parts."""
        ...

    @property
    def orders(self) -> int:
        """Orders that held all of it."""
        ...

    @property
    def anchor_orders(self) -> int:
        """Orders that held the parts in the cart."""
        ...


class Fit(Protocol):
    """Whether an accessory fits a host, by declaration."""

    @property
    def fits(self) -> bool:
        """Yes or no."""
        ...


class Goods(Protocol):
    """The part of the catalogue that selling asks."""

    @property
    def version(self) -> str:
        """Names the snapshot."""
        ...

    def product(self, product_id: str) -> Product | None:
        """One product by id."""
        ...

    def complements(self, product_ids: Sequence[str], limit: int = 30, customer_id: str = "") -> Sequence[Complement]:
        """What goes with these products, best first; of a known customer, the taste counts."""
        ...

    def upgrades(self, product_id: str, limit: int = 3, dearer: tuple[int, int] = (10, 25)) -> Sequence[Upgrade]:
        """Better ones of the same thing, so many percent dearer, best first."""
        ...

    def reorders(self, product_ids: Sequence[str], customer_id: str, limit: int = 5) -> Sequence[Again]:
        """What a customer of the past order file may need again with this cart, most probable first."""
        ...

    def bundles_with(self, product_id: str) -> Sequence[MerchantBundle]:
        """The merchant's sets that hold a product."""
        ...

    def bundles_for(self, product_ids: Sequence[str], limit: int = 3) -> Sequence[LearnedSet]:
        """Sets learned from orders that complete a cart, best first."""
        ...

    def look_alike(self, a: str, b: str) -> bool:
        """Whether one repeats the other: a variant, another colour, the same thing in other words."""
        ...

    def compatible(self, accessory_id: str, host_id: str) -> Fit | None:
        """What is declared about one fitting the other; None where nothing is."""
        ...
