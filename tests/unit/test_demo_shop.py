"""The demo shop holds together: what its files promise each other, and what its orders are meant to show."""

from __future__ import annotations

import csv
import gzip
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from catalog.domain.money import Money
from catalog.feed.shop import read_shop

SHOP = Path(__file__).parents[2] / "data" / "demo"
ATTRIBUTES = ("tier", "consumable", "service_plan_monthly", "recycled", "fits", "warranty_years", "care", "weight_g")


@cache
def products() -> dict[str, dict[str, str]]:
    with (SHOP / "products.csv").open(newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@cache
def order_lines() -> tuple[dict[str, str], ...]:
    with gzip.open(SHOP / "orders.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def baskets() -> tuple[frozenset[str], ...]:
    found: dict[str, set[str]] = {}
    for line in order_lines():
        found.setdefault(line["order_id"], set()).add(article(line["product_id"]))
    return tuple(frozenset(basket) for basket in found.values())


def article(product_id: str) -> str:
    return products()[product_id]["item_group_id"] or product_id


def kind(row: dict[str, str]) -> str:
    return row["product_type"].rsplit(">", 1)[-1].strip()


def document(name: str) -> dict:
    return yaml.safe_load((SHOP / name).read_text("utf-8"))


def price(row: dict[str, str]) -> Money:
    return Money.parse(row["sale_price"] or row["price"], "GBP")


def bought_with(anchor: str) -> list[str]:
    """Articles in the baskets of an anchor, by lift, where at least eight orders have both."""
    sold, together = Counter[str](), Counter[str]()
    for basket in baskets():
        sold.update(basket)
        if anchor in basket:
            together.update(basket - {anchor})
    return sorted(
        (other for other in together if together[other] >= 8), key=lambda other: -together[other] / sold[other]
    )


def test_the_feed_reader_takes_the_shop_without_a_warning() -> None:
    shop = read_shop(SHOP)
    assert len(shop.products) == len(products())
    assert shop.documents.config.name == "Tollgate Outdoors"
    assert shop.documents.config.bundles.allowed
    assert shop.warnings == ()


def test_the_range_is_as_broad_as_promised() -> None:
    rows = list(products().values())
    kinds = Counter(kind(row) for row in rows)
    assert len(rows) >= 240
    assert len(kinds) >= 30
    assert {row["availability"] for row in rows} == {"in_stock", "out_of_stock", "preorder", "backorder"}
    assert sum(bool(row["sale_price"]) for row in rows) >= 10
    for attribute in ATTRIBUTES:
        assert len({article(row["id"]) for row in rows if row[attribute]}) >= 10, attribute


def test_the_readme_counts_right() -> None:
    kinds, articles = {kind(row) for row in products().values()}, {article(product_id) for product_id in products()}
    words = f"{len(products())} products of {len(articles)} articles in {len(kinds)} kinds"
    assert words in (SHOP / "README.md").read_text("utf-8")


def test_ids_are_unique() -> None:
    with (SHOP / "products.csv").open(newline="", encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert [product_id for product_id, count in Counter(ids).items() if count > 1] == []


def test_no_group_shares_its_id_with_a_product() -> None:
    assert {row["item_group_id"] for row in products().values()} & set(products()) == set()


def test_variants_differ_in_colour_or_size() -> None:
    seen = Counter((article(row["id"]), row["color"], row["size"]) for row in products().values())
    assert [key for key, count in seen.items() if count > 1] == []


def test_the_main_kinds_come_in_good_better_and_best() -> None:
    tiers: dict[str, set[str]] = {}
    for row in products().values():
        tiers.setdefault(kind(row), set()).add(row["tier"])
    for name in ("Tents", "Sleeping bags", "Sleeping mats", "Stoves", "Walking boots", "Waterproof jackets"):
        assert tiers[name] >= {"good", "better", "best"}, name


def test_the_two_person_tent_of_the_contract_is_there() -> None:
    tent = products()["TENT-AERO-2"]
    assert tent["capacity_persons"] == "2"
    assert price(tent) < Money(20000, "GBP")
    assert tent["availability"] == "in_stock"


def test_descriptions_are_written_for_each_article() -> None:
    texts = {article(row["id"]): row["description"] for row in products().values()}
    assert len(set(texts.values())) == len(texts)
    assert min(len(text) for text in texts.values()) > 60


def test_prices_cover_their_costs_and_floors() -> None:
    for row in products().values():
        cost, floor = (Money.parse(row[key], "GBP") for key in ("cost_of_goods_sold", "auto_pricing_min_price"))
        assert cost < floor <= price(row) <= Money.parse(row["price"], "GBP"), row["id"]


def test_some_products_leave_no_room_for_a_bundle_price() -> None:
    tight = [row for row in products().values() if Money.parse(row["auto_pricing_min_price"], "GBP") == price(row)]
    assert {kind(row) for row in tight} >= {"GPS watches", "Maps"}


def test_every_picture_exists_and_is_a_drawing_of_its_own() -> None:
    links = {row["image_link"] for row in products().values()}
    for link in links:
        root = ElementTree.parse(SHOP / link).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg", link
        assert root.get("viewBox") == "0 0 400 400", link
        assert len(list(root.iter())) >= 7, link
    assert {f"images/{path.name}" for path in (SHOP / "images").iterdir()} == links
    assert len({link.rsplit("-", 1)[0] for link in links}) >= 30


def test_compatibility_names_only_what_is_sold() -> None:
    known = set(products()) | {row["item_group_id"] for row in products().values()}
    named = {name for rule in document("compatibility.yml")["rules"] for name in rule["accessories"] + rule["hosts"]}
    assert named - known == set()


@pytest.mark.parametrize("bundle", document("bundles.yml")["bundles"], ids=lambda bundle: bundle["id"])
def test_a_bundle_never_falls_below_the_floor_of_its_parts(bundle: dict) -> None:
    margin = document("shop.yml")["bundles"]["min_margin_percent"]
    for product_id in bundle["products"]:
        row = products()[product_id]
        today = price(row)
        reduced = today - today.share(bundle["discount_percent"], 100)
        assert reduced >= Money.parse(row["auto_pricing_min_price"], "GBP"), product_id
        assert reduced >= Money.parse(row["cost_of_goods_sold"], "GBP").share(100 + margin, 100), product_id
        assert row["availability"] == "in_stock", product_id


def test_bundles_have_themes_seasons_and_a_sustainable_side() -> None:
    bundles = document("bundles.yml")["bundles"]
    assert {"seasonal", "sustainable"} <= {bundle["theme"] for bundle in bundles}
    seasonal = [bundle for bundle in bundles if bundle["theme"] == "seasonal"]
    assert all(bundle["valid_from"] < bundle["valid_until"] for bundle in seasonal)


def test_the_faq_covers_its_topics_in_several_phrasings() -> None:
    entries = document("faq.yml")["faq"]
    assert len(entries) >= 25
    assert all(4 <= len(entry["questions"]) <= 6 for entry in entries)
    questions = [question for entry in entries for question in entry["questions"]]
    assert len(set(questions)) == len(questions)
    wanted = "shipping returns payment opening-hours warranty care repairs gift-cards sizing sustainability privacy"
    assert {entry["topic"] for entry in entries} >= set(wanted.split()) | {"pickup", "contact"}


def test_the_faq_agrees_with_the_shop_file() -> None:
    shop = document("shop.yml")
    answers = " ".join(entry["answer"] for entry in document("faq.yml")["faq"])
    shipping, contact = shop["shipping"], shop["contact"]
    facts = [shipping["cost"], shipping["free_from"], shipping["days"], contact["email"], contact["phone"]]
    assert [fact for fact in facts if fact not in answers] == []


def test_orders_are_eight_thousand_of_real_products_in_fourteen_months() -> None:
    lines = order_lines()
    assert len(baskets()) == 8000
    assert {line["product_id"] for line in lines} <= set(products())
    times = [datetime.fromisoformat(line["timestamp"]) for line in lines]
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[0].isoformat() >= "2025-01-01"
    assert times[-1].isoformat() < "2026-03-01"
    assert all(int(line["quantity"]) >= 1 and Money.parse(line["unit_price"], "GBP") for line in lines)


@pytest.fixture(scope="module")
def written_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder in which the generators wrote everything again."""
    copy = tmp_path_factory.mktemp("demo")
    shutil.copytree(SHOP / "generate", copy / "generate", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(SHOP / "compatibility.yml", copy)
    for script in ("products", "prices", "pictures", "orders"):
        subprocess.run([sys.executable, copy / "generate" / f"{script}.py"], check=True, timeout=120)
    return copy


def test_the_generator_writes_the_committed_products(written_anew: Path) -> None:
    assert (written_anew / "products.csv").read_bytes() == (SHOP / "products.csv").read_bytes()


def test_the_generator_writes_the_committed_prices(written_anew: Path) -> None:
    assert (written_anew / "prices.csv").read_bytes() == (SHOP / "prices.csv").read_bytes()


def test_the_sale_is_an_honest_one() -> None:
    """The full price of all that is on sale was asked for more than thirty days before, and nothing less."""
    began = datetime(2026, 1, 27, tzinfo=UTC)
    on_sale = {row["id"]: row for row in products().values() if row["sale_price"]}
    for product in read_shop(SHOP).products:
        before, since = product.at(began - timedelta(minutes=1)), product.at(began)
        assert before.compare_at is None
        assert (since.compare_at is not None) == (product.id in on_sale)
        if since.compare_at is not None:
            assert (since.compare_at, since.current_price) == (before.current_price, price(on_sale[product.id]))


def test_the_generator_writes_the_committed_pictures(written_anew: Path) -> None:
    committed = {path.name: path.read_bytes() for path in (SHOP / "images").iterdir()}
    assert {path.name: path.read_bytes() for path in (written_anew / "images").iterdir()} == committed


def test_the_generator_writes_the_committed_orders(written_anew: Path) -> None:
    # What is inside counts: another zlib may pack the same bytes a little tighter.
    anew, committed = (gzip.decompress((folder / "orders.csv.gz").read_bytes()) for folder in (written_anew, SHOP))
    assert anew == committed


@pytest.mark.parametrize(
    ("anchor", "goes_with"),
    [
        ("AERO-2", "FOOT-AERO-2"),
        ("TENT-HAVEN-4", "FOOT-HAVEN-4"),
        ("TENT-LOOP-2", "FOOT-LOOP-2"),
        ("STOVE-SPARK", "GAS-SCREW"),
        ("STOVE-HEARTH-2", "GAS-CLICK"),
        ("STOVE-TRIVET", "FUEL-SPIRIT"),
        ("BOOT-CRAG", "WAX-BOOT"),
        ("BOOT-GARTH", "PROOF-SUEDE"),
        ("LAMP-WICK", "BATT-AAA-8"),
        ("HAMMOCK-DRIFT", "HAMMOCK-STRAPS"),
        ("CARRIER-LOFT", "CARRIER-HOOD"),
        ("DUFFEL-40", "CUBE-3"),
        ("SHOE-HARE", "SOCK-RUN"),
        ("MAP-LAKES", "CASE-MAP"),
    ],
)
def test_what_goes_together_can_be_found_in_the_orders(anchor: str, goes_with: str) -> None:
    assert goes_with in bought_with(anchor)[:4]


def test_a_footprint_sells_with_its_own_tent_and_hardly_with_another() -> None:
    with_own = sum({"AERO-2", "FOOT-AERO-2"} <= basket for basket in baskets())
    with_other = sum({"AERO-2", "FOOT-AERO-3"} <= basket for basket in baskets())
    assert with_own >= 50
    assert with_other <= 2


def test_two_tents_seldom_share_a_basket() -> None:
    tents = {article(row["id"]) for row in products().values() if kind(row) == "Tents"}
    with_tent = [basket & tents for basket in baskets() if basket & tents]
    assert sum(len(found) > 1 for found in with_tent) / len(with_tent) < 0.03


def test_what_can_be_sent_again_runs_out_and_costs_less_that_way() -> None:
    sent = [row for row in products().values() if row["subscription_days"]]
    assert len({article(row["id"]) for row in sent}) >= 5
    for row in sent:
        assert row["consumable"] == "yes", row["id"]
        saved = price(row) - Money.parse(row["subscription_price"], "GBP")
        assert 0 < saved.minor * 100 <= 6 * price(row).minor, row["id"]


def test_the_shop_thanks_for_an_order() -> None:
    selling = read_shop(SHOP).documents.config.selling
    assert (selling.thank_you.percent, selling.thank_you.valid_days) == (5, 60)
    assert selling.time_zone == "Europe/London"


def test_consumables_are_bought_again() -> None:
    visits = Counter[str]()
    for customer, _ in {(line["customer_id"], line["order_id"]) for line in order_lines() if is_gas(line)}:
        visits[customer] += 1
    assert sum(count > 1 for count in visits.values()) >= 40


def is_gas(line: dict[str, str]) -> bool:
    return kind(products()[line["product_id"]]) == "Gas and fuel"


def test_tents_sell_in_summer_and_spikes_in_winter() -> None:
    months: dict[str, Counter[int]] = {"Tents": Counter(), "Winter traction": Counter()}
    for line in order_lines():
        name = kind(products()[line["product_id"]])
        # One whole year: January and February come twice in the file.
        if name in months and line["timestamp"].startswith("2025"):
            months[name][int(line["timestamp"][5:7])] += 1
    assert months["Tents"][7] > 4 * months["Tents"][1]
    assert months["Winter traction"][12] > 10 * months["Winter traction"][7]
