"""What `shop.yml` says about offers, prices and tax, section by section."""

from __future__ import annotations

from dataclasses import fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.domain.offer_rules import BundleRules, CouponRules, OfferRules, RankingRules, SegmentRules
from catalog.domain.offer_rules import SellingRules as SellingRules
from catalog.domain.offer_rules import TaxRules as TaxRules
from catalog.domain.tax import parse_rate
from catalog.feed.yaml_fields import Section

SEGMENTS = ("new", "loyal", "high_spender", "value_seeker", "gift_buyer")
OFFER_KINDS = (
    *("complement", "bundle", "upgrade", "tiers", "add_on", "free_shipping"),
    *("service_plan", "subscription", "coupon", "reorder"),
)
_MINUTES_IN_A_YEAR = 525_600
_LOWEST = {
    "session_gap_minutes": 1, "quote_valid_minutes": 1, "claim_min_together": 1, "claim_min_anchor": 1,
    "claim_min_ratings": 1, "item_half_life_days": 1, "kind_half_life_days": 1,
}  # fmt: skip
_HIGHEST = {
    "session_gap_minutes": _MINUTES_IN_A_YEAR, "quote_valid_minutes": _MINUTES_IN_A_YEAR,
    "quiet_from_hour": 23, "quiet_until_hour": 23, "item_half_life_days": 3650, "kind_half_life_days": 3650,
}  # fmt: skip


def offer_rules(top: Section) -> OfferRules:
    """`offers:` without `without`, which `selling_rules` reads."""
    names = [field.name for field in fields(OfferRules)]
    section, base = top.section("offers", [*names, "without"]), OfferRules()
    values = {
        name: section.integer(name, getattr(base, name), _LOWEST.get(name, 0), _HIGHEST.get(name, 1000))
        for name in names
    }
    rules = OfferRules(**values)
    if rules.upgrade_from_percent > rules.upgrade_to_percent:
        section.complain("upgrade_from_percent", "lies above upgrade_to_percent", "swap the two")
        return base
    return rules


def bundle_rules(top: Section) -> BundleRules:
    """`bundles:`."""
    section, base = top.section("bundles", [field.name for field in fields(BundleRules)]), BundleRules()
    return BundleRules(
        allowed=section.flag("allowed", base.allowed),
        discount_percent=section.integer("discount_percent", base.discount_percent, 0, 90),
        min_price_percent=section.integer("min_price_percent", base.min_price_percent, 1, 100),
        min_margin_percent=section.integer("min_margin_percent", base.min_margin_percent, 0, 1000),
        max_discount_percent=section.integer("max_discount_percent", base.max_discount_percent, 0, 90),
        stack_with_sale=section.flag("stack_with_sale", base.stack_with_sale),
    )


def selling_rules(top: Section, currency: str) -> SellingRules:
    """`ranking:`, `segments:`, `thank_you:`, `time_zone` and `offers.without`."""
    offers = top.section("offers")
    without = offers.texts("without")
    for name in without:
        if name not in OFFER_KINDS:
            offers.complain("without", f"{name!r} is no kind of offer", f"one of {', '.join(OFFER_KINDS)}")
    return SellingRules(
        ranking=_ranking(top),
        segments=_segments(top, currency),
        thank_you=_thank_you(top, currency),
        without=tuple(name for name in without if name in OFFER_KINDS),
        time_zone=_time_zone(top),
    )


def tax_rules(top: Section) -> TaxRules:
    """`tax:`; the rate is a percentage with up to two decimals."""
    section, base = top.section("tax", ("rate", "included", "name")), TaxRules()
    text = section.text("rate")
    rate = parse_rate(text) if text else 0
    if rate is None:
        section.complain("rate", f"{text!r} is no rate", "a percentage below 100, like 20 or 8.25")
    return TaxRules(rate or 0, section.flag("included", base.included), section.text("name", base.name))


def _ranking(top: Section) -> RankingRules:
    names = [field.name for field in fields(RankingRules)]
    section, base = top.section("ranking", names), RankingRules()
    weights = {
        name: section.integer(name, getattr(base, name), 0, 100 if name in ("unknown_margin", "least_fit") else 1000)
        for name in names
        if name not in ("prefer", "avoid")
    }
    return RankingRules(**weights, prefer=section.texts("prefer"), avoid=section.texts("avoid"))


def _segments(top: Section, currency: str) -> SegmentRules:
    names = [field.name for field in fields(SegmentRules)]
    section, base = top.section("segments", names), SegmentRules()
    prices = section.section("prices", SEGMENTS)
    return SegmentRules(
        loyal_from_orders=section.integer("loyal_from_orders", base.loyal_from_orders, 1, 1000),
        high_spender_from=section.money("high_spender_from", currency),
        value_from_sale_percent=section.integer("value_from_sale_percent", base.value_from_sale_percent, 1, 100),
        prices=tuple((name, prices.integer(name, 0, 0, 90)) for name in prices.names()),
    )


def _thank_you(top: Section, currency: str) -> CouponRules:
    section, base = top.section("thank_you", [field.name for field in fields(CouponRules)]), CouponRules()
    return CouponRules(
        percent=section.integer("percent", base.percent, 0, 90),
        valid_days=section.integer("valid_days", base.valid_days, 1, 366),
        min_order=section.money("min_order", currency),
    )


def _time_zone(top: Section) -> str:
    name = top.text("time_zone", "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        top.complain("time_zone", f"{name!r} is no time zone", "a name like Europe/London")
        return "UTC"
    return name
