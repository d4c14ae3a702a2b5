"""Every fault of a product feed names file, line and field; all of them are told at once."""

from __future__ import annotations

import gzip

import pytest

from catalog.domain.errors import Fault, FeedFaults
from catalog.domain.product import Availability
from catalog.feed import read_shop
from catalog.feed.faults import MOST_FAULTS
from tests.unit.catalog.conftest import WriteShop

HEADER = "id,title,price,availability,description\n"


def faults_of(write_shop: WriteShop, text: str | bytes, name: str = "products__csv") -> tuple[Fault, ...]:
    with pytest.raises(FeedFaults) as caught:
        read_shop(write_shop(**{name: text}))
    return caught.value.faults


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        ("A,Tent,,in_stock,x", "price", "price is missing"),
        ("A,Tent,-5.00,in_stock,x", "price", "negative"),
        ("A,Tent,0.00,in_stock,x", "price", "zero"),
        ('A,Tent,"1,299.00",in_stock,x', "price", "not an amount"),
        ("A,Tent,£12,in_stock,x", "price", "not an amount"),
        ("A,Tent,12.50 USD,in_stock,x", "price", "USD"),
        ("A,,12.50,in_stock,x", "title", "title is missing"),
        (",Tent,12.50,in_stock,x", "id", "id is missing"),
        ("A,Tent,12.50,maybe,x", "availability", "'maybe' is no availability"),
        ("OK,Tent,12.50,in_stock,x", "id", "already used in line 2"),
        ("A,Tent,12.50,in_stock", None, "4 fields, the header has 5"),
        ("A,Tent,12.50,in_stock,x,y", None, "6 fields, the header has 5"),
    ],
)
def test_a_bad_row_is_named_by_line_and_field(write_shop: WriteShop, row: str, field: str | None, says: str) -> None:
    faults = faults_of(write_shop, f"{HEADER}OK,Fine thing,10.00 GBP,in_stock,x\n{row}\n")
    assert [(fault.file, fault.line, fault.field) for fault in faults] == [("products.csv", 3, field)]
    assert says in faults[0].message
    assert faults[0].mend


def test_all_faults_are_told_at_once_in_line_order(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, HEADER + "A,Tent,,in_stock,x\nB,,nope,maybe,x\n")
    assert [(fault.line, fault.field) for fault in faults] == [
        (2, "price"),
        (3, "title"),
        (3, "price"),
        (3, "availability"),
    ]


def test_beyond_a_hundred_faults_the_rest_is_counted(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, HEADER + "".join(f"P{n},Thing,,in_stock,x\n" for n in range(130)))
    assert len(faults) == MOST_FAULTS + 1
    assert "and 30 more" in str(faults[-1])


def test_lines_are_counted_as_an_editor_does_across_quoted_line_breaks(write_shop: WriteShop) -> None:
    text = HEADER + 'A,Tent,10.00,in_stock,"first\nsecond\nthird"\nB,Lamp,,in_stock,x\n'
    assert [fault.line for fault in faults_of(write_shop, text)] == [5]


def test_an_unclosed_quote_is_named_where_it_opens(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, HEADER + 'A,Tent,10.00,in_stock,x\nB,"Lamp,10.00,in_stock,x\nC,Mug,1,in_stock,x\n')
    assert faults[0].line == 3


def test_each_line_with_wrong_encoding_is_named(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, HEADER.encode() + "A,Café cup,10.00,in_stock,x\n".encode("latin-1"))
    assert (faults[0].line, "0xE9" in faults[0].message, faults[0].mend) == (2, True, "save the file as UTF-8")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_fault(write_shop: WriteShop, content: bytes) -> None:
    assert faults_of(write_shop, content)


def test_a_header_without_rows_is_a_fault(write_shop: WriteShop) -> None:
    assert "no products" in faults_of(write_shop, HEADER)[0].message


def test_a_missing_column_is_named_with_the_likeliest_one(write_shop: WriteShop) -> None:
    faults = faults_of(write_shop, "id,titel,price\nA,Tent,10.00\n")
    assert (faults[0].field, "titel" in faults[0].mend) == ("title", True)


def test_a_column_named_twice_is_a_fault(write_shop: WriteShop) -> None:
    assert "'price' twice" in faults_of(write_shop, "id,title,price,price\nA,Tent,1,2\n")[0].message


def test_a_folder_without_products_says_so(write_shop: WriteShop) -> None:
    with pytest.raises(FeedFaults, match="no products file"):
        read_shop(write_shop(shop__yml="name: Empty"))


def test_two_product_files_are_a_fault(write_shop: WriteShop) -> None:
    with pytest.raises(FeedFaults, match="both exist"):
        read_shop(
            write_shop(products__csv=HEADER + "A,Tent,1.00,,x\n", products__tsv="id\ttitle\tprice\nA\tTent\t1.00\n")
        )


def test_aliases_html_and_gzip_are_understood(write_shop: WriteShop) -> None:
    header = "product_id,title,category,price,description,Colour,pocket\n"
    text = f"{header}A,Tea &amp; cake,Food,2.50,<p>Good<br>stuff</p>,red,2\n"
    product = read_shop(write_shop(products__csv__gz=gzip.compress(text.encode()))).products[0]
    assert (product.id, product.title, product.kind) == ("A", "Tea & cake", "Food")
    assert (product.description, product.color, dict(product.attributes)) == ("Good stuff", "red", {"pocket": "2"})


def test_a_tsv_is_read_by_tabs(write_shop: WriteShop) -> None:
    folder = write_shop(products__tsv="id\ttitle\tprice\tavailability\nA\tTent, large\t10.00\tout of stock\n")
    product = read_shop(folder).products[0]
    assert (product.title, product.availability) == ("Tent, large", Availability.OUT_OF_STOCK)


def test_the_feed_s_own_currency_counts_where_shop_yml_names_none(write_shop: WriteShop) -> None:
    shop = read_shop(write_shop(products__csv=HEADER + "A,Tent,10.00 EUR,,x\n"))
    assert (shop.documents.config.currency, str(shop.products[0].price)) == ("EUR", "10.00")


def test_a_stock_of_zero_means_sold_out(write_shop: WriteShop) -> None:
    folder = write_shop(products__csv="id,title,price,quantity\nA,Tent,10.00,0\nB,Lamp,10.00,3\n")
    assert [product.in_stock for product in read_shop(folder).products] == [False, True]


def test_a_sale_price_above_the_price_is_only_a_warning(write_shop: WriteShop) -> None:
    shop = read_shop(write_shop(products__csv="id,title,price,sale_price\nA,Tent,10.00,12.00\n"))
    assert [(warning.line, warning.field) for warning in shop.warnings] == [(2, "sale_price")]
    assert str(shop.products[0].current_price) == "10.00"


RSS = """<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><g:id>A</g:id><title>Tent</title><g:price>{price}</g:price>
<g:product_detail><g:attribute_name>Weight g</g:attribute_name>
<g:attribute_value>900</g:attribute_value></g:product_detail>
</item></channel></rss>"""


def test_a_google_rss_feed_is_read(write_shop: WriteShop) -> None:
    product = read_shop(write_shop(products__xml=RSS.format(price="10.00 GBP"))).products[0]
    assert (product.id, product.title, dict(product.attributes)) == ("A", "Tent", {"weight_g": "900"})


def test_faults_of_an_xml_feed_name_the_item_s_line(write_shop: WriteShop) -> None:
    second = "<item><g:id>B</g:id><title>Lamp</title></item></channel>"
    feed = RSS.format(price="10.00").replace("</channel>", second)
    assert [(fault.line, fault.field) for fault in faults_of(write_shop, feed, "products__xml")] == [(6, "price")]


def test_broken_or_dangerous_xml_is_refused(write_shop: WriteShop) -> None:
    assert "not well formed" in faults_of(write_shop, "<rss><item></rss>", "products__xml")[0].message
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><item><id>&a;</id></item></rss>'
    assert "refused" in faults_of(write_shop, bomb, "products__xml")[0].message
