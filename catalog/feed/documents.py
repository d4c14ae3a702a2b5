"""`shop.yml`, `faq.yml`, `bundles.yml` and `compatibility.yml` as `ShopDocuments`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalog.domain.shop import (
    CompatibilityRule,
    FaqEntry,
    MerchantBundle,
    Shipping,
    ShopConfig,
    ShopDocuments,
)
from catalog.feed.faults import Findings
from catalog.feed.files import find
from catalog.feed.selling_rules import bundle_rules, offer_rules, selling_rules, tax_rules
from catalog.feed.yaml_fields import Section, read_section

_CONFIG = (
    *("name", "currency", "locale", "languages", "tagline", "offers", "bundles", "shipping", "contact"),
    *("ranking", "segments", "thank_you", "tax", "time_zone"),
)
_BUNDLE = ("id", "title", "products", "discount_percent", "theme", "valid_from", "valid_until")


def read_documents(folder: Path, known_ids: frozenset[str], currency: str, findings: Findings) -> ShopDocuments:
    """All documents of the folder. `known_ids` are the product ids and item_group_ids that bundles and
    compatibility rules may name; `currency` is used where shop.yml does not name one."""
    config = read_config(folder, findings)
    if config.currency == "":
        config = replace(config, currency=currency)
    return ShopDocuments(
        config=config,
        faq=_faq(folder, findings),
        bundles=_bundles(folder, known_ids, findings),
        compatibility=_compatibility(folder, known_ids, findings),
    )


def _open(folder: Path, stem: str, known: tuple[str, ...], findings: Findings) -> Section | None:
    path = find(folder, stem, ("yml", "yaml"), findings)
    return None if path is None else read_section(path, known, findings)


def read_config(folder: Path, findings: Findings) -> ShopConfig:
    """`shop.yml`; `currency` stays empty where the file, or the line, is not there."""
    name = folder.resolve().name.replace("_", " ").replace("-", " ").strip().title() or "Shop"
    top = _open(folder, "shop", _CONFIG, findings)
    if top is None:
        return ShopConfig(name=name, currency="")
    currency = top.text("currency")
    if currency and not re.fullmatch(r"[A-Z]{3}", currency):
        top.complain("currency", f"{currency!r} is no currency", "three capital letters, like GBP")
        currency = ""
    base = ShopConfig(name=name)
    contact = top.section("contact")
    shipping = top.section("shipping", ("cost", "free_from", "days"))
    return ShopConfig(
        name=top.text("name", name),
        currency=currency,
        locale=top.text("locale", base.locale),
        languages=top.texts("languages", base.languages),
        tagline=top.text("tagline"),
        offers=offer_rules(top),
        bundles=bundle_rules(top),
        selling=selling_rules(top, currency or "GBP"),
        tax=tax_rules(top),
        shipping=Shipping(
            cost=shipping.money("cost", currency or "GBP"),
            free_from=shipping.money("free_from", currency or "GBP"),
            days=shipping.text("days"),
        ),
        contact={name: contact.text(name) for name in contact.names()},
    )


def _faq(folder: Path, findings: Findings) -> tuple[FaqEntry, ...]:
    top = _open(folder, "faq", ("faq",), findings)
    if top is None:
        return ()
    return tuple(
        FaqEntry(
            topic=item.text("topic", required=True),
            questions=item.texts("questions", required=True),
            answer=item.text("answer", required=True),
        )
        for item in top.items("faq", ("topic", "questions", "answer"))
    )


def _bundles(folder: Path, known_ids: frozenset[str], findings: Findings) -> tuple[MerchantBundle, ...]:
    top = _open(folder, "bundles", ("bundles",), findings)
    if top is None:
        return ()
    seen: set[str] = set()
    bundles = []
    for item in top.items("bundles", _BUNDLE):
        bundle_id = item.text("id", required=True)
        if bundle_id in seen:
            item.complain("id", f"the id {bundle_id!r} is already used", "ids must be unique")
        seen.add(bundle_id)
        products = item.texts("products", required=True)
        _check_known(item, "products", products, known_ids)
        if len(set(products)) < len(products):
            item.complain("products", "a product stands twice", "a set holds one of each")
        if len(products) == 1:
            item.complain("products", "a bundle of one product is no bundle", "name two or more")
        bundles.append(
            MerchantBundle(
                id=bundle_id,
                title=item.text("title", required=True),
                product_ids=products,
                discount_percent=item.integer("discount_percent", 0, 0, 90),
                theme=item.text("theme"),
                valid_from=_date(item, "valid_from"),
                valid_until=_date(item, "valid_until"),
            )
        )
    return tuple(bundles)


def _compatibility(folder: Path, known_ids: frozenset[str], findings: Findings) -> tuple[CompatibilityRule, ...]:
    top = _open(folder, "compatibility", ("rules",), findings)
    if top is None:
        return ()
    rules = []
    for item in top.items("rules", ("accessories", "hosts", "note", "exclusive")):
        sides = {side: item.texts(side, required=True) for side in ("accessories", "hosts")}
        for side, names in sides.items():
            _check_known(item, side, names, known_ids)
        exclusive = item.flag("exclusive", True)
        rules.append(CompatibilityRule(**sides, note=item.text("note"), exclusive=exclusive))
    return tuple(rules)


def _check_known(item: Section, field: str, names: tuple[str, ...], known_ids: frozenset[str]) -> None:
    for name in names:
        if name not in known_ids:
            item.complain(field, f"{name!r} is no product id or item_group_id", "check the spelling")


def _date(item: Section, field: str) -> str:
    text = item.text(field)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        item.complain(field, f"{text!r} is no date", "write it like 2026-03-31")
        return ""
