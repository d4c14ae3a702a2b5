"""`habits.yml`, `compatibility.yml` and the assortment, put together for the simulator."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from assortment import SHOP, Variant, variants

Item = TypeVar("Item")


@dataclass
class Customer:
    """One simulated shopper: a type, a body, and what they own (bases of articles)."""

    id: str
    type: str
    foot: int
    top: str
    waist: str
    owned: set[str] = field(default_factory=set)


@dataclass
class Habits:
    """What the simulator knows. `rules` is habits.yml as it stands; everything else is derived from the files."""

    rules: dict[str, Any]
    popularity: dict[str, float]

    @classmethod
    def read(cls, rng: random.Random) -> Habits:
        """Read the rules and draw how popular each article is."""
        rules = yaml.safe_load((Path(__file__).parent / "habits.yml").read_text("utf-8"))
        popularity = {base: rng.lognormvariate(0, rules["popularity_sigma"]) for base in dict.fromkeys(_bases())}
        for base, factor in rules["favourites"].items():
            popularity[base] *= factor
        return cls(rules, popularity)

    @cached_property
    def articles(self) -> dict[str, list[Variant]]:
        """Variants by base."""
        found: dict[str, list[Variant]] = {}
        for variant in variants():
            found.setdefault(variant.base, []).append(variant)
        return found

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """Bases by kind."""
        found: dict[str, list[str]] = {}
        for base, members in self.articles.items():
            found.setdefault(members[0].kind, []).append(base)
        return found

    @cached_property
    def hosts(self) -> dict[str, set[str]]:
        """For each product that fits only some hosts: the bases of those hosts."""
        base_of = {variant.id: variant.base for variant in variants()} | {base: base for base in self.articles}
        found: dict[str, set[str]] = {}
        for rule in yaml.safe_load((SHOP / "compatibility.yml").read_text("utf-8"))["rules"]:
            if rule["exclusive"]:
                for accessory in rule["accessories"]:
                    ids = [variant.id for variant in self.articles.get(accessory, [])] or [accessory]
                    for product_id in ids:
                        found.setdefault(product_id, set()).update(base_of[host] for host in rule["hosts"])
        return found

    def fits(self, variant: Variant, around: set[str]) -> bool:
        """Whether a product is of use to someone who has `around`."""
        hosts = self.hosts.get(variant.id)
        return hosts is None or bool(hosts & around)

    def _any_fits(self, base: str, around: set[str]) -> bool:
        return any(self.fits(variant, around) for variant in self.articles[base])

    def pick_article(self, kind: str, customer: Customer, around: set[str], rng: random.Random) -> str | None:
        """An article of a kind that fits what is around, by popularity, tier and the shopper's type."""
        type_ = self.rules["shoppers"][customer.type]
        bases = [base for base in self.kinds[kind] if self._any_fits(base, around)]
        weights = [
            self.popularity[base]
            * type_["tiers"].get(self.articles[base][0].row.get("tier", ""), 4)
            * type_.get("favourites", {}).get(base, 1)
            for base in bases
        ]
        return draw(bases, weights, rng) if any(weights) else None

    def pick_variant(self, base: str, customer: Customer, around: set[str], rng: random.Random) -> Variant | None:
        """The colour and size that this shopper takes; None when nothing of it fits."""
        members = [variant for variant in self.articles[base] if self.fits(variant, around)]
        wearable = [variant for variant in members if _wears(variant, customer)] or members
        if not wearable:
            return None
        colors = list(dict.fromkeys(variant.color for variant in wearable))
        weights = dict(zip(colors, self.rules["color_weights"], strict=False))
        sizes = list(dict.fromkeys(variant.size for variant in members))
        packs = dict(zip(sizes, self.rules["pack_weights"].get(base, [1] * len(sizes)), strict=True))
        return draw(wearable, [weights[variant.color] * packs[variant.size] for variant in wearable], rng)

    def followers(self, variant: Variant) -> list[tuple[str, float]]:
        """Kinds and articles that may follow this one into a basket, each with its chance."""
        table = self.rules["goes_with"]
        return [*table.get(variant.base, {}).items(), *table.get(variant.kind, {}).items()]


def draw(items: list[Item], weights: Sequence[float], rng: random.Random) -> Item:
    """One of `items` in proportion to `weights`. Spelled out, since only `random()` is promised to stay the same."""
    mark = rng.random() * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        mark -= weight
        if mark < 0:
            return item
    return items[-1]


def _bases() -> list[str]:
    return [variant.base for variant in variants()]


def _wears(variant: Variant, customer: Customer) -> bool:
    size = variant.size
    if variant.row.get("size_system"):
        return size == str(customer.foot)
    if "-" in size:
        low, high = size.split("-")
        return int(low) <= customer.foot <= int(high)
    return size not in {"S", "M", "L", "XL", "30", "32", "34", "36"} or size in (customer.top, customer.waist)
