"""shop.yml, faq.yml, bundles.yml, compatibility.yml and orders.csv: faults by line, values as declared."""

from __future__ import annotations

import pytest

from catalog.domain.errors import Fault, FeedFaults
from catalog.domain.money import Money
from catalog.feed import read_shop
from tests.unit.catalog.conftest import WriteShop

PRODUCTS = "id,title,price,item_group_id\nA,Tent,10.00,GROUP\nB,Lamp,5.00,\n"
ORDERS = "order_id,timestamp,customer_id,product_id,quantity,unit_price\n"


def faults_of(write_shop: WriteShop, **files: str) -> tuple[Fault, ...]:
    with pytest.raises(FeedFaults) as caught:
        read_shop(write_shop(products__csv=PRODUCTS, **files))
    return caught.value.faults


def test_shop_yml_is_read_exactly(write_shop: WriteShop) -> None:
    text = """\
name: Tollgate
currency: GBP
languages: [en, de]
offers: {per_session: 2}
bundles: {allowed: true, discount_percent: 10}
shipping: {cost: 3.95, free_from: 50.00, days: 2-3 working days}
contact: {email: hello@example.org}
"""
    config = read_shop(write_shop(products__csv=PRODUCTS, shop__yml=text)).documents.config
    assert (config.name, config.languages, config.offers.per_session, config.offers.per_day) == (
        "Tollgate",
        ("en", "de"),
        2,
        4,
    )
    assert (config.bundles.allowed, config.bundles.discount_percent) == (True, 10)
    assert (config.shipping.cost, config.shipping.free_from) == (Money(395, "GBP"), Money(5000, "GBP"))
    assert config.contact == {"email": "hello@example.org"}


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("name: X\noffers:\n  per_sesion: 2\n", 3, "offers.per_sesion", 'did you mean "per_session"'),
        ("name: X\nbundles: {allowed: perhaps}\n", 2, "bundles.allowed", "true or false"),
        ("bundles:\n  discount_percent: 150\n", 2, "bundles.discount_percent", "from 0 to 90"),
        ("currency: pounds\n", 1, "currency", "three capital letters"),
        ("shipping:\n  cost: 3,95\n", 2, "shipping.cost", "3,95"),
        ("name: X\nname: Y\n", 2, "name", "stands twice"),
        ("offers:\n  without: [upsell]\n", 2, "offers.without", "'upsell' is no kind of offer"),
        ("offers:\n  upgrade_from_percent: 30\n", 2, "offers.upgrade_from_percent", "lies above"),
        ("offers:\n  quiet_from_hour: 24\n", 2, "offers.quiet_from_hour", "from 0 to 23"),
        ("ranking:\n  least_fit: 101\n", 2, "ranking.least_fit", "from 0 to 100"),
        ("segments:\n  prices: {vip: 5}\n", 2, "prices.vip", "not a known name"),
        ("segments:\n  high_spender_from: lots\n", 2, "segments.high_spender_from", "not an amount"),
        ("thank_you:\n  valid_days: 0\n", 2, "thank_you.valid_days", "from 1 to 366"),
        ("tax:\n  rate: 8,25\n", 2, "tax.rate", "8.25"),
        ("name: X\ntime_zone: Kendal\n", 1, "time_zone", "Europe/London"),
        ("name: [unclosed\n", 2, None, "not YAML"),
        ("- just\n- a list\n", 1, None, "name: value"),
    ],
)
def test_a_bad_line_of_shop_yml_is_named(
    write_shop: WriteShop, text: str, line: int, field: str | None, says: str
) -> None:
    fault = faults_of(write_shop, shop__yml=text)[0]
    assert (fault.file, fault.line, fault.field) == ("shop.yml", line, field)
    assert says in str(fault)


def test_a_currency_mix_between_shop_and_feed_is_a_fault(write_shop: WriteShop) -> None:
    with pytest.raises(FeedFaults, match="in EUR, but the shop sells in GBP"):
        read_shop(write_shop(products__csv="id,title,price\nA,Tent,10.00 EUR\n", shop__yml="currency: GBP\n"))


def test_bundles_and_rules_must_name_known_products_or_groups(write_shop: WriteShop) -> None:
    bundles = "bundles:\n  - id: SET\n    title: Set\n    products: [A, TYPO]\n"
    rules = "rules:\n  - {accessories: [B], hosts: [GROUP]}\n  - {accessories: [B], hosts: [NOWHERE]}\n"
    faults = faults_of(write_shop, bundles__yml=bundles, compatibility__yml=rules)
    assert [(fault.file, fault.line, "TYPO" in fault.message) for fault in faults] == [
        ("bundles.yml", 2, True),
        ("compatibility.yml", 3, False),
    ]


def test_an_faq_entry_without_answer_is_a_fault(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, faq__yml="faq:\n  - topic: x\n    questions: [Why so]\n")
    assert (faults[0].line, faults[0].field) == (2, "faq.answer")


@pytest.mark.parametrize(
    ("rows", "line", "field"),
    [
        ("1,2026-01-01,C,A,1,10\n1,2026-01-01,C,A,1\n", 3, None),
        ("1,2026-01-01,C,,1,10\n", 2, "product_id"),
        ("1,2026-01-01,C,A,many,10\n", 2, "quantity"),
        ('1,2026-01-01,"C\nD",A,1,10\n2,2026-01-01,C,A,x,10\n', 4, "quantity"),
    ],
)
def test_a_bad_order_line_is_named(write_shop: WriteShop, rows: str, line: int, field: str | None) -> None:
    fault = faults_of(write_shop, orders__csv=ORDERS + rows)[0]
    assert (fault.file, fault.line, fault.field) == ("orders.csv", line, field)


def test_orders_without_a_needed_column_are_a_fault(write_shop: WriteShop) -> None:
    assert faults_of(write_shop, orders__csv="order,product_id\n1,A\n")[0].field == "order_id"


def test_orders_of_unknown_products_are_counted_and_left_out(write_shop: WriteShop) -> None:
    shop = read_shop(
        write_shop(products__csv=PRODUCTS, orders__csv=ORDERS + "1,2026-01-01,C,A,1,10\n1,2026-01-01,C,GONE,1,10\n")
    )
    assert [warning.message.split(" name")[0] for warning in shop.warnings] == ["1 lines"]


def test_a_set_that_names_a_product_twice_is_a_fault(write_shop: WriteShop) -> None:
    products = "id,title,price\nA,Tent,10.00\nB,Pegs,2.00\n"
    bundles = "bundles:\n  - {id: S, title: Set, products: [A, B, A]}\n"
    with pytest.raises(FeedFaults, match=r"bundles.yml:2 \[bundles.products\]: a product stands twice"):
        read_shop(write_shop(products__csv=products, bundles__yml=bundles))
