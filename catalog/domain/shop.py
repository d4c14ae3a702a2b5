"""The merchant's declarations: `shop.yml`, `faq.yml`, `bundles.yml` and `compatibility.yml` as values.

Every limit has a gentle default, so that a folder with nothing but products works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.domain.money import Money


@dataclass(frozen=True)
class OfferRules:
    """How much the assistant may suggest (`offers:` in shop.yml). Counts per shopper; 0 switches offers off."""

    per_session: int = 3
    per_day: int = 4
    per_30_days: int = 12
    session_gap_minutes: int = 360
    silent_turns_after_decline: int = 2
    quote_valid_minutes: int = 1440
    # A complement costs at most this share of the dearest thing in the cart, in percent.
    price_band_percent: int = 100
    # A claim with counts is said from this many joint orders on; below it nothing is claimed.
    claim_min_together: int = 5
    claim_min_anchor: int = 20


@dataclass(frozen=True)
class BundleRules:
    """Whether a suggestion may carry a bundle price (`bundles:` in shop.yml)."""

    allowed: bool = False
    discount_percent: int = 0
    # Without a known cost or floor, a price never goes below this share of today's price, in percent.
    min_price_percent: int = 80
    # Least margin over cost_of_goods_sold that a bundle must keep, in percent of the cost.
    min_margin_percent: int = 5


@dataclass(frozen=True)
class Shipping:
    """Delivery (`shipping:` in shop.yml). None where the shop declares nothing, and then nothing is said."""

    cost: Money | None = None
    free_from: Money | None = None
    days: str = ""


@dataclass(frozen=True)
class ShopConfig:
    """`shop.yml`. Without the file: the folder's name, GBP, en, no discounts."""

    name: str
    currency: str = "GBP"
    locale: str = "en-GB"
    languages: tuple[str, ...] = ("en",)
    tagline: str = ""
    offers: OfferRules = field(default_factory=OfferRules)
    bundles: BundleRules = field(default_factory=BundleRules)
    shipping: Shipping = field(default_factory=Shipping)
    # How a person can be reached: {"email": ..., "phone": ..., "hours": ...}.
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FaqEntry:
    """One answer of the shop's own FAQ. `topic` names the page it stands on ("returns")."""

    topic: str
    questions: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class MerchantBundle:
    """A set that the merchant made (`bundles.yml`). `product_ids` are bought together, one of each."""

    id: str
    title: str
    product_ids: tuple[str, ...]
    discount_percent: int = 0
    theme: str = ""
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class CompatibilityRule:
    """What fits what (`compatibility.yml`): each product of `accessories` fits each of `hosts` and,
    when `exclusive`, nothing else of the hosts' kind. Entries are product ids or item_group_ids."""

    accessories: tuple[str, ...]
    hosts: tuple[str, ...]
    note: str = ""
    exclusive: bool = True


@dataclass(frozen=True)
class ShopDocuments:
    """All that a shop folder declares beside its products and orders."""

    config: ShopConfig
    faq: tuple[FaqEntry, ...] = ()
    bundles: tuple[MerchantBundle, ...] = ()
    compatibility: tuple[CompatibilityRule, ...] = ()
