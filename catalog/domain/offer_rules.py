"""The merchant's rules about offers: how many, which, and by what they are chosen (`shop.yml`).

Every limit has a gentle default, so that a shop without the file behaves well. docs/tuning.md explains each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.domain.money import Money


@dataclass(frozen=True)
class OfferRules:
    """How much the assistant may suggest (`offers:`). Counts per shopper; 0 switches offers off."""

    per_session: int = 3
    per_day: int = 4
    per_30_days: int = 12
    # The same within 24 hours on one channel: a telephone is nearer to a person than a page is.
    per_day_widget: int = 4
    per_day_whatsapp: int = 2
    per_day_messenger: int = 2
    session_gap_minutes: int = 360
    silent_turns_after_decline: int = 2
    quote_valid_minutes: int = 1440
    # In another conversation, a no to a thing (or to a kind of things) counts half after so many days.
    item_half_life_days: int = 60
    kind_half_life_days: int = 30
    # A suggestion costs at most this share of the dearest thing in the cart, in percent.
    price_band_percent: int = 100
    # An upgrade is so much dearer than what is looked at, in percent, both ends included.
    upgrade_from_percent: int = 10
    upgrade_to_percent: int = 25
    # An add-on at checkout costs at most this share of the cart, in percent.
    add_on_percent: int = 15
    # A gap to free delivery is named while it is at most this share of what free delivery asks, in percent.
    free_shipping_gap_percent: int = 25
    # A claim with counts is said from this many joint orders on; below it nothing is claimed.
    claim_min_together: int = 5
    claim_min_anchor: int = 20
    # And a rating from this many ratings on.
    claim_min_ratings: int = 20
    # Follow-ups wait outside these hours, by the shop's clock; the same hour twice means no quiet hours.
    quiet_from_hour: int = 20
    quiet_until_hour: int = 9


@dataclass(frozen=True)
class BundleRules:
    """Whether a suggestion may carry a bundle price (`bundles:`)."""

    allowed: bool = False
    discount_percent: int = 0
    # Without a known cost or floor, a price never goes below this share of today's price, in percent.
    min_price_percent: int = 80
    # Least margin over cost_of_goods_sold that a bundle must keep, in percent of the cost.
    min_margin_percent: int = 5
    # Most that any set may save, the merchant's own sets included, in percent of its parts.
    max_discount_percent: int = 30
    # Whether a product on sale may be reduced once more inside a bundle.
    stack_with_sale: bool = False


@dataclass(frozen=True)
class RankingRules:
    """What weighs how much among things that may be offered (`ranking:`), in percent.

    A weight of w lifts the expected contribution of a thing that has the quality fully by w percent; 0 ignores it.
    """

    fit: int = 100
    novelty: int = 10
    stock: int = 0
    priority: int = 100
    segment: int = 25
    # Where the shop tells no cost, this share of the price counts as margin.
    unknown_margin: int = 30
    # What goes with the cart less than this share of how well the best thing goes is not offered, whatever it earns.
    least_fit: int = 50
    # The merchant's own favourites: product ids, item_group_ids or kinds.
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True)
class SegmentRules:
    """By which behaviour a shopper counts as what (`segments:`). `prices` are declared bundle savings of a
    segment, in percent; the shopper is told. Without it, everyone pays the same."""

    loyal_from_orders: int = 3
    high_spender_from: Money | None = None
    value_from_sale_percent: int = 50
    prices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class CouponRules:
    """A thank-you coupon after an order (`thank_you:`). 0 percent: the shop gives none."""

    percent: int = 0
    valid_days: int = 30
    min_order: Money | None = None


@dataclass(frozen=True)
class TaxRules:
    """Sales tax (`tax:`). `rate` in hundredths of a percent (2000 is 20 %); 0 says nothing of tax.

    `included`: the feed's prices hold the tax already. `name` is what people call it there ("VAT").
    """

    rate: int = 0
    included: bool = True
    name: str = "VAT"


@dataclass(frozen=True)
class SellingRules:
    """Everything that `shop.yml` declares about offers beside their number."""

    ranking: RankingRules = field(default_factory=RankingRules)
    segments: SegmentRules = field(default_factory=SegmentRules)
    thank_you: CouponRules = field(default_factory=CouponRules)
    # Kinds of offers that the shop does not want, by name.
    without: tuple[str, ...] = ()
    time_zone: str = "UTC"
