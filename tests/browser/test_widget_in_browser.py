"""The widget in a real browser, against the real gateway and an assistant that follows a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenPage
from tests.fakes.chat_gateway import ChatGateway

pytestmark = pytest.mark.browser

LOOKS = ["backgroundColor", "color", "fontSize", "fontWeight", "borderTopColor", "borderTopWidth", "opacity"]


def looks(button: Locator) -> list[str]:
    return button.evaluate("(element, names) => names.map((name) => getComputedStyle(element)[name])", LOOKS)


def box_of(button: Locator) -> FloatRect:
    box = button.bounding_box()
    assert box is not None
    return box


def with_offer(chat: Chat) -> Chat:
    return chat.say("a two person tent").tap("Add")


def test_products_come_with_picture_and_price(chat: Chat, gateway: ChatGateway, picture_of) -> None:
    chat.say("do you have a two person tent?")
    card = chat.root.locator(".card").first
    expect(card).to_contain_text("Aero 2")
    expect(card).to_contain_text("£")
    picture = card.locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    picture_of(chat.page, "products")


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_no_thanks_is_as_large_and_as_near_as_yes(gateway, open_page: OpenPage, picture_of, width: int) -> None:
    chat = with_offer(Chat(open_page(gateway.url, width=width, height=740)).open())
    chat.page.mouse.move(0, 0)
    yes, no = chat.offer.get_by_text("Yes, add it"), chat.offer.get_by_text("No thanks")
    yes_box, no_box = box_of(yes), box_of(no)
    assert (no_box["width"], no_box["height"]) == pytest.approx((yes_box["width"], yes_box["height"]), abs=0.5)
    assert no_box["y"] == pytest.approx(yes_box["y"], abs=0.5)
    assert 0 < no_box["x"] - (yes_box["x"] + yes_box["width"]) <= 12
    assert looks(yes) == looks(no)
    assert no_box["height"] >= 44
    picture_of(chat.page, f"offer-{width}")


def test_nothing_is_chosen_beforehand(chat: Chat) -> None:
    with_offer(chat)
    expect(chat.offer.get_by_text("Yes, add it")).not_to_be_focused()
    expect(chat.offer.locator(".taken, [aria-pressed=true], :checked")).to_have_count(0)


def test_a_double_click_does_not_say_yes(chat: Chat, gateway: ChatGateway) -> None:
    chat.say("a two person tent")
    # Within the page, so that the click comes with the frame in which the offer appears.
    chat.page.evaluate("""() => {
        const root = document.querySelector("pairwell-chat").shadowRoot;
        const look = () => {
            const yes = root.querySelector(".offer [data-kind=accept]");
            if (yes) yes.click(); else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }""")
    chat.tap("Add")
    chat.page.wait_for_timeout(300)
    expect(chat.own).to_have_count(2)
    assert gateway.rasa.bodies[-1]["intent"] == "add_to_cart"


def test_a_decline_settles_the_offer_on_the_screen(chat: Chat) -> None:
    with_offer(chat).tap("No thanks")
    assert chat.text() == "All right, nothing more."
    expect(chat.offer.locator("button:not([disabled])")).to_have_count(0)
    expect(chat.offer.locator(".taken")).to_have_text("✓ No thanks")


def test_why_brings_the_reason_and_both_answers_again(chat: Chat) -> None:
    with_offer(chat).tap("Why this?")
    assert "41 of 312" in chat.text()
    yes, no = box_of(chat.choice("Yes, add it")), box_of(chat.choice("No thanks"))
    assert (yes["y"], yes["width"]) == pytest.approx((no["y"], no["width"]), abs=0.5)


def test_all_of_it_works_by_keyboard(gateway: ChatGateway, open_page: OpenPage) -> None:
    page = open_page(gateway.url)
    chat = Chat(page)
    chat.root.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    page.keyboard.type("a two person tent")
    page.keyboard.press("Enter")
    expect(chat.choice("Add")).to_be_visible()
    press_from(page, chat, "Add")
    expect(chat.input).to_be_focused()
    page.wait_for_timeout(500)
    press_from(page, chat, "No thanks")
    expect(chat.said.last).to_contain_text("All right, nothing more.")
    page.keyboard.press("Escape")
    expect(chat.root.locator(".launcher")).to_be_focused()


def press_from(page: Page, chat: Chat, title: str) -> None:
    """Walk back with Shift+Tab to a choice and press it."""
    wanted = chat.choice(title)
    expect(wanted).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if wanted.evaluate("element => element.getRootNode().activeElement === element"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach {title!r}")


def test_a_reload_keeps_conversation_draft_and_panel(chat: Chat) -> None:
    with_offer(chat)
    before = chat.log.inner_text()
    chat.input.fill("not sent yet")
    chat.page.reload()
    expect(chat.offer).to_be_visible()
    assert chat.log.inner_text() == before
    expect(chat.input).to_have_value("not sent yet")
    chat.tap("No thanks")


def test_going_to_a_product_keeps_the_conversation_and_tells_which(chat: Chat, gateway: ChatGateway) -> None:
    chat.say("a two person tent")
    chat.root.locator("a.card").first.click()
    chat.page.wait_for_url("**/product/*")
    chat.say("how heavy is it?")
    assert gateway.rasa.bodies[-1]["metadata"]["product_in_view"] == "TENT-AERO-2"


def test_on_a_phone_a_product_page_is_not_covered(gateway: ChatGateway, open_page: OpenPage) -> None:
    chat = Chat(open_page(gateway.url, width=360, height=740)).open().say("a two person tent")
    chat.root.locator("a.card").first.click()
    chat.page.wait_for_url("**/product/*")
    expect(chat.root.locator(".launcher")).to_be_visible()
    expect(chat.page.get_by_role("button", name="Add to cart")).to_be_visible()


def test_the_cart_badge_follows_the_conversation(chat: Chat) -> None:
    badge = chat.page.locator("[data-cart-count]")
    expect(badge).to_be_hidden()
    with_offer(chat)
    expect(badge).to_have_text("1")
    chat.tap("Yes")
    expect(badge).to_have_text("2")


def test_a_message_written_without_network_arrives_once(chat: Chat, gateway: ChatGateway) -> None:
    chat.say("hello")
    chat.page.context.set_offline(True)
    chat.input.fill("are you there?")
    chat.input.press("Enter")
    expect(chat.own.last.locator(".status")).to_be_visible()
    chat.page.wait_for_timeout(700)
    chat.page.context.set_offline(False)
    expect(chat.said.last.locator(".bubble")).to_have_text("You said: are you there?", timeout=20_000)
    assert [body.get("text") for body in gateway.rasa.bodies].count("are you there?") == 1


def test_what_cannot_be_sent_says_so_and_can_be_tried_again(chat: Chat) -> None:
    chat.say("hello")
    chat.page.route("**/api/chat/messages", lambda route: route.fulfill(status=422, json={"error": {"message": ""}}))
    chat.input.fill("once more")
    chat.input.press("Enter")
    expect(chat.own.last).to_contain_text("Not sent.")
    chat.page.unroute("**/api/chat/messages")
    chat.own.last.get_by_role("button", name="Try again").click()
    expect(chat.said.last.locator(".bubble")).to_have_text("You said: once more")


def test_a_session_that_was_lost_is_replaced_and_the_message_arrives(chat: Chat) -> None:
    chat.say("hello")
    chat.page.evaluate("() => localStorage.setItem('pairwell:token', 'forged.token')")
    chat.input.fill("still here?")
    chat.input.press("Enter")
    expect(chat.said.last.locator(".bubble")).to_have_text("You said: still here?")


def test_markup_is_shown_as_it_was_written(chat: Chat) -> None:
    chat.say("<img src=x onerror=alert(1)> <b>bold</b>")
    assert chat.text() == "You said: <img src=x onerror=alert(1)> <b>bold</b>"


def test_the_counter_appears_near_the_end_and_stops_what_is_too_long(chat: Chat) -> None:
    counter, send = chat.root.locator(".counter"), chat.root.locator(".send")
    chat.input.fill("x" * 1000)
    expect(counter).to_have_count(0)
    chat.input.fill("x" * 1950)
    expect(counter).to_have_text("50 characters left")
    chat.input.fill("x" * 2003)
    expect(counter).to_have_text("3 characters too many")
    expect(send).to_be_disabled()


CONTRAST = """(element) => {
    const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (text) => {
        const linear = (v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = rgb(text).map((v) => linear(v / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (node) => {
        for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
            const colour = getComputedStyle(at).backgroundColor;
            if (rgb(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const pair = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_enough(gateway, open_page: OpenPage, picture_of, scheme: str) -> None:
    chat = with_offer(Chat(open_page(gateway.url, scheme=scheme)).open())
    chat.tap("No thanks")
    with_offer(chat)
    for part in [".bubble", ".choice", ".working", ".card-title", ".card-price", ".head h2", ".head p", ".head button"]:
        for element in chat.root.locator(part).all():
            assert element.evaluate(CONTRAST) >= 4.5, part
    for part in ["h1", ".tile-title", ".price", ".quiet", ".brand-line", ".footer p", ".search button", ".badge"]:
        assert chat.page.locator(part).first.evaluate(CONTRAST) >= 4.5, part
    picture_of(chat.page, f"scheme-{scheme}")
