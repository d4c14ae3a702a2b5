"""A shopper in a real browser, in front of the three real processes: buys a bundle, or says no."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenPage
from tests.servers import RunningShop

pytestmark = [pytest.mark.browser, pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture
def shopper(running_shop: RunningShop, open_page: OpenPage) -> Chat:
    return Chat(open_page(running_shop.url)).open()


def total_said(chat: Chat) -> str:
    """The cart's total, as the assistant last said it."""
    (total,) = re.findall(r"cart comes to (£[\d,.]+\d)|(£[\d,.]+\d) in all", chat.text())[-1:]
    return next(part for part in total if part)


def test_a_bundle_is_bought_at_the_price_that_was_said(shopper: Chat, picture_of) -> None:
    page, badge = shopper.page, shopper.page.locator("[data-cart-count]")
    shopper.say("do you have a two person tent under 200?")
    assert "bot" in shopper.log.inner_text()
    shopper.tap("Add Aero 2")
    expect(badge).to_have_text("1")
    expect(shopper.offer).to_contain_text("you save £")
    expect(shopper.offer.locator(".card img")).to_be_visible()
    picture_of(page, "shop-offer")
    shopper.tap("Why this?")
    assert "orders" in shopper.text()
    picture_of(page, "shop-why")
    shopper.tap("Yes")
    expect(badge).to_have_text("2")
    said = total_said(shopper)
    shopper.say("checkout please")
    shopper.choice("To the order page").click()
    page.wait_for_url("**/checkout/*")
    expect(shopper.log).to_be_hidden()  # the panel steps back from a page with a form to fill in
    page.get_by_label("Name").fill("Ann Example")
    page.get_by_label("E-mail").fill("ann@example.org")
    page.get_by_label("Address").fill("1 High Street, Sometown")
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.locator(".totals div").first.locator("dd")).to_have_text(said)
    picture_of(page, "shop-order")
    number = page.locator("[data-order-number]").inner_text()
    shopper.open().say("where is my order?")
    assert number in shopper.log.inner_text()


def test_no_thanks_is_taken_at_once_and_for_good(shopper: Chat, picture_of) -> None:
    shopper.say("do you have a two person tent under 200?").tap("Add Aero 2")
    offered = shopper.offer.locator(".card-title").inner_text()
    shopper.tap("No thanks")
    expect(shopper.offer.locator("button:not([disabled])")).to_have_count(0)
    expect(shopper.page.locator("[data-cart-count]")).to_have_text("1")
    picture_of(shopper.page, "shop-declined")
    for text in ("show my cart", "do you have a gas stove?", "add the first one", "show my cart"):
        shopper.say(text)
    later = shopper.root.locator(".offer .card-title").all_inner_texts()[1:]
    assert offered not in later
    assert offered not in shopper.text()


def test_a_person_is_one_press_away(shopper: Chat) -> None:
    shopper.root.get_by_role("button", name="Talk to a person").click()
    expect(shopper.said.last).to_contain_text("person", timeout=20_000)


def test_the_conversation_goes_on_after_a_reload(shopper: Chat) -> None:
    shopper.say("do you have a two person tent under 200?")
    shopper.page.reload()
    expect(shopper.root.locator(".card").first).to_be_visible()
    shopper.say("how much is the second one?")
    assert "£" in shopper.text()
