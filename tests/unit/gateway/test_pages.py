"""The shop's pages: what they show, the forms, and what they keep out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from openapi_spec_validator import validate
from sqlmodel import select

from actions.shop.sql_shop import SqlShop
from actions.store.shop_data import load_shop
from actions.store.tables import ShopperRow
from bot.gateway.app import make_app
from bot.gateway.openapi import description
from catalog.domain.offer_rules import TaxRules
from catalog.domain.shop import MerchantBundle, ShopConfig, ShopDocuments
from tests.fakes.promotions import care_plan, coupon, delivery, give, hold_plan
from tests.unit.gateway.conftest import DOCUMENTS, PRODUCTS, START, Chat, SmallShop, next_event, pounds

WRONG_ADDS = [("GONE", "1"), ("NOPE", "1"), ("PEGS", "0"), ("PEGS", "100"), ("PEGS", "x"), ("PEGS", "-5")]
FIRST_NIGHT = MerchantBundle("first", "First night out", ("TENT", "PEGS"), 10)
ADDRESS = {"name": "Ann", "email": "ann@example.org", "address": "1 High Street, Leeds"}


async def page(client, path: str, status: int = 200) -> str:
    answer = await client.get(path)
    assert answer.status == status, await answer.text()
    return await answer.text()


async def token_of(client, path: str = "/product/TENT") -> str:
    return re.search(r'name="csrf" value="([^"]+)"', await page(client, path))[1]


async def add(client, product_id: str, quantity: str = "1", **fields):
    form = {"csrf": await token_of(client), "product_id": product_id, "quantity": quantity, **fields}
    return await client.post("/cart/add", data=form)


async def test_the_grid_shows_one_of_each_group_and_honest_prices(client):
    text = await page(client, "/")
    assert text.count("/product/TENT") == 1
    assert "£9.50" in text
    assert "£12.00" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


async def test_search_kind_and_odd_page_numbers(client):
    assert "Tent pegs" in await page(client, "/?q=pegs")
    assert "Tent pegs" not in await page(client, "/?q=nothing")
    assert "Tent pegs" not in await page(client, "/?kind=Tents")
    for number in ("0", "-1", "99999999999", "x", "٣"):
        assert "Aero 2" in await page(client, f"/?page={number}")


async def test_a_product_page_shows_its_variants(client):
    text = await page(client, "/product/TENT")
    assert "/product/TENT-RED" in text
    assert "&lt;b&gt;bold" in await page(client, "/product/XSS")
    await page(client, "/product/NOPE", 404)


async def test_buying_from_the_page_costs_what_the_page_said(client):
    answer = await add(client, "TENT")
    assert answer.url.path == "/cart"
    text = await add(client, "PEGS", "2")
    text = await text.text()
    assert "£208.00" in text
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    form = await page(client, checkout)
    assert "£208.00" in form
    csrf = await token_of(client, checkout)
    done = await client.post(checkout, data={"csrf": csrf, **ADDRESS})
    assert done.url.path.startswith("/order/")
    assert "£208.00" in await done.text()
    again = await client.post(checkout, data={"csrf": csrf, **ADDRESS})
    assert again.url == done.url
    assert "nothing in it" in await page(client, "/cart")


def shopper_in(database) -> str:
    """The one shopper there is."""
    with database.read() as session:
        return session.exec(select(ShopperRow.id)).one()


async def test_a_set_is_named_on_every_page_that_charges_its_price(client, database):
    load_shop(database, SmallShop(ShopDocuments(ShopConfig(name="Small Shop"), bundles=(FIRST_NIGHT,))), START)
    await add(client, "TENT")
    text = await (await add(client, "PEGS")).text()
    assert "First night out: £19.85 off" in text
    assert "Set price: £19.85 off" in text
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    form = await page(client, checkout)
    assert "First night out: £19.85 off" in form
    assert "£178.65" in form
    done = await client.post(checkout, data={"csrf": await token_of(client, checkout), **ADDRESS})
    assert "Set price: £19.85 off" in await done.text()


async def test_a_coupon_is_named_with_its_last_day(client, database):
    await add(client, "TENT")
    give(database, shopper_in(database), coupon(percent=10))
    text = await page(client, "/cart")
    assert "Thank-you coupon, until 31 March: £18.90 off" in text
    assert "£170.10" in text


async def test_a_plan_stands_on_every_page_until_it_is_removed(client, database):
    await add(client, "TENT")
    shopper = shopper_in(database)
    hold_plan(database, shopper, care_plan("TENT"))
    hold_plan(database, shopper, delivery("TENT"))
    text = await page(client, "/cart")
    assert "Tent care plan for Aero 2 tent" in text
    assert "£2.50 a month, from delivery; you can stop at the end of any month. Nothing of it is paid today." in text
    form = {"csrf": await token_of(client, "/cart"), "product_id": "TENT", "sort": "care"}
    text = await (await client.post("/cart/plan/remove", data=form)).text()
    assert "Tent care plan" not in text
    assert "every 30 days from delivery on" in text
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    assert "Repeated delivery for Aero 2 tent: £7.20 each time" in await page(client, checkout)
    done = await client.post(checkout, data={"csrf": await token_of(client, checkout), **ADDRESS})
    assert "Repeated delivery for Aero 2 tent: £7.20 each time" in await done.text()
    SqlShop(database).cancel(done.url.name, shopper, START)
    assert "Repeated delivery" not in await page(client, done.url.path)


async def test_a_plan_is_not_removed_without_the_pages_token(client, database):
    await add(client, "TENT")
    hold_plan(database, shopper_in(database), care_plan("TENT"))
    answer = await client.post("/cart/plan/remove", data={"csrf": "guess", "product_id": "TENT"})
    assert answer.status == 403
    assert "Tent care plan" in await page(client, "/cart")


async def test_delivery_is_said_and_charged_below_the_free_limit(client):
    text = await (await add(client, "PEGS")).text()
    assert "£190.50" in text
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    form = await page(client, checkout)
    assert "£4.95" in form
    assert "£14.45" in form


async def test_a_wrong_address_is_told_per_field_and_keeps_what_was_typed(client):
    text = await (await add(client, "PEGS")).text()
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    wrong = {"csrf": await token_of(client, checkout), "name": "", "email": "ann", "address": "x", "price": "0.01"}
    answer = await client.post(checkout, data=wrong)
    assert answer.status == 422
    text = await answer.text()
    assert text.count('class="fault"') == 3
    assert 'value="ann"' in text


@pytest.mark.parametrize(
    ("product_id", "quantity"),
    [("GONE", "1"), ("NOPE", "1"), ("PEGS", "0"), ("PEGS", "100"), ("PEGS", "x"), ("PEGS", "-5")],
)
async def test_what_cannot_go_into_the_cart_is_said_and_does_not(client, product_id, quantity):
    answer = await add(client, product_id, quantity)
    assert answer.status == 409
    assert 'class="notice"' in await answer.text()
    assert "nothing in it" in await page(client, "/cart")


async def test_changing_and_removing(client):
    await add(client, "PEGS")
    csrf = await token_of(client)
    changed = await client.post("/cart/set", data={"csrf": csrf, "product_id": "PEGS", "quantity": "3"})
    assert "£28.50" in await changed.text()
    removed = await client.post("/cart/remove", data={"csrf": csrf, "product_id": "PEGS"})
    assert "nothing in it" in await removed.text()


async def test_a_form_without_the_pages_token_or_with_anothers_is_refused(client, services):
    await page(client, "/")
    for csrf in ("", "x", services.signer.form_token("s-other")):
        answer = await client.post("/cart/add", data={"csrf": csrf, "product_id": "PEGS", "quantity": "1"})
        assert answer.status == 403
    assert "nothing in it" in await page(client, "/cart")


async def test_another_shoppers_order_is_not_shown(client):
    text = await (await add(client, "PEGS")).text()
    checkout = re.search(r'href="(/checkout/[^"]+)"', text)[1]
    done = await client.post(checkout, data={"csrf": await token_of(client, checkout), **ADDRESS})
    client.session.cookie_jar.clear()
    await page(client, done.url.path, 404)
    await page(client, "/checkout/unknown", 404)


async def test_the_chat_hears_of_a_cart_changed_on_the_page(client):
    chat = await Chat(client).begin()
    async with client.get("/api/chat/events", params={"token": chat.token}) as stream:
        assert (await next_event(stream))["data"] == {"count": 0, "total": "£0.00"}
        await add(client, "PEGS", "2")
        event = await next_event(stream)
    assert (event["name"], event["data"]) == ("cart", {"count": 2, "total": "£19.00"})


@pytest.mark.parametrize(
    "path",
    [
        "/images/../secret.svg",
        "/images/%2e%2e/secret.svg",
        "/images/..%2fsecret.svg",
        "/images/%2fetc/passwd.svg",
        "/images/....//secret.svg",
        "/images/%00.svg",
        "/static/../pages/cart.html.j2",
        "/static/%2e%2e/package.json",
    ],
)
async def test_no_path_leads_out_of_the_folders(client, path):
    from yarl import URL

    answer = await client.get(URL(path, encoded=True))
    text = await answer.text()
    assert "not a picture of the shop" not in text
    assert "root:" not in text
    assert "{%" not in text
    assert "devDependencies" not in text


async def test_pictures_come_from_the_shop_and_missing_ones_are_drawn(client):
    picture = await client.get("/images/tent.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    neutral = await client.get("/images/neutral/L.svg")
    assert neutral.status == 200
    assert ">L</text>" in await neutral.text()
    assert (await client.get("/images/notes.txt")).status == 404


async def test_every_page_carries_the_safety_headers(client):
    for path in ("/", "/api/nothing", "/healthz", "/product/NOPE"):
        headers = (await client.get(path)).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    cookie = (await client.get("/")).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_no_page_has_inline_scripts_or_styles(client):
    await add(client, "PEGS")
    for path in ("/", "/product/TENT", "/cart", "/product/NOPE"):
        text = await (await client.get(path)).text()
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=", text)


async def test_health_readiness_and_figures(client):
    assert (await client.get("/healthz")).status == 200
    ready = await client.get("/readyz")
    assert ready.status == 503
    assert (await ready.json())["checks"] == {"rasa": True, "actions": False, "database": True}
    assert "pairwell_turn_seconds" in await (await client.get("/metrics")).text()


async def test_the_description_is_valid_and_names_every_route_of_the_api(client, services):
    served = await (await client.get("/api/openapi.json")).json()
    validate(served)
    assert served == description()
    verbs = {"get", "post"}
    described = {(verb, path) for path, item in served["paths"].items() for verb in item if verb in verbs}
    routes = {
        (route.method.lower(), route.resource.canonical)
        for route in make_app(services).router.routes()
        if route.resource.canonical.startswith(("/api", "/healthz", "/readyz", "/metrics", "/webhooks"))
    }
    expected = {(m, p) for m, p in routes if m not in ("head", "*")}
    expected |= {(m, p) for star, p in routes if star == "*" for m in verbs}
    assert described == expected


def loaded(database, rules: TaxRules | None = None, **pegs) -> None:
    """The small shop with a rule of tax, or with pegs of other prices."""
    goods = tuple(replace(one, **pegs) if one.id == "PEGS" else one for one in PRODUCTS)
    documents = replace(DOCUMENTS, config=replace(DOCUMENTS.config, tax=rules or TaxRules()))
    load_shop(database, SmallShop(documents, goods), START)


async def test_a_page_shows_the_price_of_its_moment(client, database, clock):
    day = timedelta(days=1)
    loaded(database, sale_price=pounds("9.50"), sale_from=START + day, sale_until=START + 2 * day)
    for path in ("/", "/product/PEGS", "/?q=pegs"):
        clock.set(START)
        assert "£9.50" not in await page(client, path)
        clock.set(START + day)
        assert 'class="was"' in await page(client, path)
        clock.set(START + 2 * day)
        assert "£9.50" not in await page(client, path)


async def test_a_shop_that_says_nothing_of_tax_shows_none(client):
    text = await (await add(client, "TENT")).text()
    assert "data-tax" not in text
    assert "plus" not in text


async def order_for(client, product_id: str) -> tuple[str, str, str]:
    """The cart's, the checkout's and the order's page of buying one thing."""
    cart = await (await add(client, product_id)).text()
    path = re.search(r'href="(/checkout/[^"]+)"', cart)[1]
    checkout = await page(client, path)
    done = await client.post(path, data={"csrf": await token_of(client, path), **ADDRESS})
    return cart, checkout, await done.text()


async def test_tax_within_the_prices_is_shown_on_cart_checkout_and_order(client, database):
    loaded(database, TaxRules(2000))
    cart, checkout, order = await order_for(client, "TENT")
    assert "includes £31.50 VAT" in cart
    # Delivery holds tax, too: 193.95 in all.
    assert "includes £32.33 VAT" in checkout
    assert "includes £32.33 VAT" in order
    assert "£193.95" in order


async def test_tax_on_top_is_shown_and_is_part_of_what_is_paid(client, database):
    loaded(database, TaxRules(825, False, "sales tax"))
    cart, checkout, order = await order_for(client, "TENT")
    assert "plus 8.25 % sales tax" in cart
    assert "£204.59" in cart
    for text in (checkout, order):
        assert "plus 8.25 % sales tax" in text
        assert "£16.00" in text
        assert "£209.95" in text
