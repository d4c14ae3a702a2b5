"""The merchant's declarations: `shop.yml`, `faq.yml`, `bundles.yml` and `compatibility.yml` as values.

Every limit has a gentle default, so that a folder with nothing but products works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.domain.money import Money
from catalog.domain.offer_rules import BundleRules as BundleRules
from catalog.domain.offer_rules import OfferRules as OfferRules
from catalog.domain.offer_rules import SellingRules, TaxRules


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
    selling: SellingRules = field(default_factory=SellingRules)
    tax: TaxRules = field(default_factory=TaxRules)
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
