"""Sale windows, price lists and tax rates of a feed: read by the shop's clock, refused by file, line and field."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from catalog.domain.errors import Fault, FeedFaults
from catalog.domain.product import Product
from catalog.feed import read_shop
from tests.unit.catalog.conftest import WriteShop

PRODUCTS = "id,title,price\nA,Tent,100.00\nB,Mat,50.00\n"
HEADER = "product_id,price,sale_price,valid_from,valid_until\n"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def on_sale(write_shop: WriteShop, window: str, **files: str) -> Product:
    text = f"id,title,price,sale_price,sale_price_effective_date\nA,Tent,100.00,80.00,{window}\n"
    return read_shop(write_shop(products__csv=text, **files)).products[0]


def faults_of(write_shop: WriteShop, **files: str | bytes) -> list[Fault]:
    with pytest.raises(FeedFaults) as caught:
        read_shop(write_shop(**files))
    return list(caught.value.faults)


def listed(write_shop: WriteShop, *rows: str, **files: str) -> Product:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    return read_shop(write_shop(products__csv=PRODUCTS, prices__csv=text, **files)).products[0]


def test_a_sale_window_is_read_as_google_writes_it(write_shop: WriteShop) -> None:
    product = on_sale(write_shop, "2026-02-24T11:07+0100/2026-02-28T23:07+0100")
    assert (product.sale_from, product.sale_until) == (utc(2026, 2, 24, 10, 7), utc(2026, 2, 28, 22, 7))
    assert "sale_price_effective_date" not in product.attributes


def test_a_window_without_a_zone_is_by_the_shops_clock(write_shop: WriteShop) -> None:
    product = on_sale(write_shop, "2026-07-01T09:00/2026-07-08T18:00", shop__yml="time_zone: Europe/London\n")
    assert (product.sale_from, product.sale_until) == (utc(2026, 7, 1, 8), utc(2026, 7, 8, 17))


def test_a_window_of_days_holds_on_its_last_day_too(write_shop: WriteShop) -> None:
    product = on_sale(write_shop, "2026-03-01/2026-03-07")
    prices = [str(product.at(now).current_price) for now in (utc(2026, 3, 1), utc(2026, 3, 7, 23, 59), utc(2026, 3, 8))]
    assert prices == ["80.00", "80.00", "100.00"]


@pytest.mark.parametrize(
    ("window", "says"),
    [
        ("2026-02-24T11:07+0100", "no span of time"),
        ("2026-02-24T11:07+0100/2026-02-29T23:07+0100", "'2026-02-29T23:07+0100' is no moment"),
        ("soon/later", "'soon' is no moment"),
        ("2026-03-08/2026-03-01", "ends before it begins"),
    ],
)
def test_a_bad_window_is_named_with_its_mend(write_shop: WriteShop, window: str, says: str) -> None:
    text = f"id,title,price,sale_price,sale_price_effective_date\nA,Tent,100.00,80.00,{window}\n"
    (fault,) = faults_of(write_shop, products__csv=text)
    assert (fault.file, fault.line, fault.field) == ("products.csv", 2, "sale_price_effective_date")
    assert says in fault.message
    assert "2026" in fault.mend


def test_a_window_without_a_sale_price_is_only_a_warning(write_shop: WriteShop) -> None:
    text = "id,title,price,sale_price_effective_date\nA,Tent,100.00,2026-03-01/2026-03-07\n"
    shop = read_shop(write_shop(products__csv=text))
    assert [(warning.line, warning.field) for warning in shop.warnings] == [(2, "sale_price_effective_date")]
    assert not shop.products[0].timed


def test_a_bad_tax_rate_is_named(write_shop: WriteShop) -> None:
    (fault,) = faults_of(write_shop, products__csv="id,title,price,tax_rate\nA,Tent,100.00,reduced\n")
    assert (fault.line, fault.field) == (2, "tax_rate")
    assert "8.25" in fault.mend


def test_the_row_that_is_valid_now_is_the_price_in_force(write_shop: WriteShop) -> None:
    product = listed(
        write_shop, "A,90.00,,2026-01-01,2026-01-31", "A,95.00,85.00,2026-03-01,2026-03-31", "B,40.00,,2026-01-01,"
    )
    moments = (utc(2025, 12, 31), utc(2026, 1, 15), utc(2026, 2, 15), utc(2026, 3, 1), utc(2026, 4, 1))
    priced = [product.at(now) for now in moments]
    assert [str(one.current_price) for one in priced] == ["100.00", "90.00", "100.00", "85.00", "100.00"]


def test_a_row_without_an_end_holds_until_the_products_next_row(write_shop: WriteShop) -> None:
    product = listed(write_shop, "A,80.00,,2026-03-01,", "A,90.00,,2026-01-01,")
    prices = [str(product.at(utc(2026, month, 28)).current_price) for month in (2, 3, 12)]
    assert prices == ["90.00", "80.00", "80.00"]


def test_a_packed_price_list_is_read_as_well(write_shop: WriteShop) -> None:
    packed = gzip.compress(f"{HEADER}A,90.00,,2026-01-01,\n".encode())
    product = read_shop(write_shop(products__csv=PRODUCTS, prices__csv__gz=packed)).products[0]
    assert str(product.at(utc(2026, 3, 1)).current_price) == "90.00"


def test_rows_that_hold_at_once_are_a_fault_that_names_both_lines(write_shop: WriteShop) -> None:
    rows = "B,40.00,,2026-01-01,2026-02-28\nA,90.00,,2026-01-01,2026-02-28\nA,80.00,,2026-02-28,\n"
    (fault,) = faults_of(write_shop, products__csv=PRODUCTS, prices__csv=HEADER + rows)
    assert (fault.file, fault.line) == ("prices.csv", 4)
    assert "line 3" in fault.message


def test_two_rows_that_begin_at_once_are_a_fault_though_open(write_shop: WriteShop) -> None:
    rows = "A,90.00,,2026-01-01,\nA,80.00,,2026-01-01,\n"
    (fault,) = faults_of(write_shop, products__csv=PRODUCTS, prices__csv=HEADER + rows)
    assert (fault.line, "line 2" in fault.message) == (3, True)


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        (",90.00,,2026-01-01,", "product_id", "product_id is missing"),
        ("A,,,2026-01-01,", "price", "price is missing"),
        ("A,0.00,,2026-01-01,", "price", "zero"),
        ("A,90.00 USD,,2026-01-01,", "price", "USD"),
        ("A,90.00,-1.00,2026-01-01,", "sale_price", "negative"),
        ("A,90.00,,,", "valid_from", "valid_from is missing"),
        ("A,90.00,,soon,", "valid_from", "'soon' is no moment"),
        ("A,90.00,,2026-03-01,2026-02-01", "valid_until", "ends before it begins"),
        ("A,90.00,,2026-01-01", None, "4 fields, the header has 5"),
    ],
)
def test_a_bad_row_is_named_by_line_and_field(write_shop: WriteShop, row: str, field: str | None, says: str) -> None:
    text = f"{HEADER}B,40.00,,2026-01-01,\n{row}\n"
    (fault,) = faults_of(write_shop, products__csv=PRODUCTS + "USD,Dollar,1.00\n", prices__csv=text)
    assert (fault.file, fault.line, fault.field) == ("prices.csv", 3, field)
    assert says in fault.message
    assert fault.mend


def test_a_column_that_is_missing_or_misspelt_is_named(write_shop: WriteShop) -> None:
    text = "product_id,price,sale_pric,valid_frm\nA,90.00,80.00,2026-01-01\n"
    faults = faults_of(write_shop, products__csv=PRODUCTS, prices__csv=text)
    assert [(fault.line, fault.field) for fault in faults] == [
        (1, "valid_from"),
        (1, "sale_pric"),
        (1, "valid_frm"),
    ]
    assert all("valid_fr" in fault.mend or "sale_price" in fault.mend for fault in faults)


def test_rows_of_products_that_are_gone_are_left_out_and_told(write_shop: WriteShop) -> None:
    text = f"{HEADER}OLD,90.00,,2026-01-01,\n"
    shop = read_shop(write_shop(products__csv=PRODUCTS, prices__csv=text))
    assert [(warning.file, warning.line) for warning in shop.warnings] == [("prices.csv", 2)]
    assert not any(product.timed for product in shop.products)
