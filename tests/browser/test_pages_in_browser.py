"""The shop's own pages in a real browser: they work without the chat, and fit the narrowest phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.fakes.chat_gateway import TENT, ChatGateway

pytestmark = pytest.mark.browser


def add_the_tent(page: Page, gateway: ChatGateway, quantity: int = 1) -> None:
    page.goto(f"{gateway.url}/product/{TENT}")
    page.get_by_label("Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()
    page.wait_for_url("**/cart")


def test_a_tent_is_bought_without_the_chat(gateway: ChatGateway, open_page: OpenPage, picture_of) -> None:
    page = open_page(gateway.url)
    add_the_tent(page, gateway, quantity=2)
    expect(page.locator("[data-cart-count]")).to_have_text("2")
    price = gateway.products[TENT].current_price
    expect(page.locator(".totals .grand dd")).to_have_text(f"£{price * 2}")
    picture_of(page, "cart")
    page.get_by_role("link", name="Check out").click()
    page.get_by_label("Name").fill("Ann Example")
    page.get_by_label("E-mail").fill("ann@nowhere")
    page.get_by_label("Address").fill("1 High Street")
    picture_of(page, "checkout")
    page.get_by_role("button", name="Place the order").click()
    expect(page.locator("#email-error")).to_contain_text("e-mail")
    expect(page.get_by_label("Name")).to_have_value("Ann Example")
    page.get_by_label("E-mail").fill("ann@example.org")
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.locator(".totals div").first.locator("dd")).to_have_text(f"£{price * 2}")
    expect(page.locator("[data-cart-count]")).to_be_hidden()
    picture_of(page, "order")


def test_lines_can_be_changed_and_removed(gateway: ChatGateway, open_page: OpenPage) -> None:
    page = open_page(gateway.url)
    add_the_tent(page, gateway)
    page.get_by_label("Quantity of").fill("3")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("[data-cart-count]")).to_have_text("3")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".nothing")).to_contain_text("nothing in it yet")


def test_kinds_and_search_narrow_the_grid(gateway: ChatGateway, open_page: OpenPage) -> None:
    page = open_page(gateway.url)
    everything = page.locator(".tile").count()
    page.locator(".kinds-menu summary").click()
    page.locator(".kinds-list").get_by_role("link", name="Tents", exact=True).click()
    expect(page.get_by_role("heading", name="Tents")).to_be_visible()
    assert 0 < page.locator(".tile").count() < everything
    page.get_by_role("searchbox").fill("two person tent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Results for")).to_be_visible()
    expect(page.locator(".tile")).to_have_count(1)


def test_the_pager_walks_through_all_products(gateway: ChatGateway, open_page: OpenPage) -> None:
    page = open_page(gateway.url)
    first = page.locator(".tile-title").first.inner_text()
    page.get_by_role("link", name="More").click()
    expect(page.locator(".pager")).to_contain_text(re.compile(r"Page 2 of \d+"))
    assert page.locator(".tile-title").first.inner_text() != first


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_the_screen(gateway, open_page: OpenPage, picture_of, width: int) -> None:
    page = open_page(gateway.url, width=width, height=740)
    add_the_tent(page, gateway)
    checkout = page.get_by_role("link", name="Check out").get_attribute("href")
    for path in ("/", f"/product/{TENT}", "/cart", checkout, "/no-such-page"):
        page.goto(gateway.url + str(path)) if path != "/no-such-page" else None
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        picture_of(page, f"page-{width}-{str(path).strip('/').split('/')[0] or 'grid'}")
