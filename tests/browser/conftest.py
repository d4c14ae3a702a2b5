"""A real Chromium: Debian's, driven by Playwright. Skipped with the reason where it is missing, except in CI."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chat import Chat
from tests.fakes.chat_gateway import ChatGateway

ARTIFACTS = Path(__file__).parent.parent / "artifacts"
_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module. (Playwright's loop runs in this thread until it is closed.)"""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "Chromium is missing: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatGateway]:
    """The gateway with a scripted assistant."""
    with ChatGateway(tmp_path_factory.mktemp("gateway")) as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages, each as a new shopper. At the end the browser must have had nothing to complain about:
    no script error, and nothing that the content security policy refused."""
    complaints: list[str] = []
    contexts = []

    def open_(url: str, width: int = 1280, height: int = 800, scheme: str = "light", **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    # A test that cuts the network, or sends a faulty form, sees to the answer itself.
    expected = re.compile(r"net::ERR_INTERNET_DISCONNECTED|status of (401|422)")
    assert [text for text in complaints if not expected.search(text)] == []


@pytest.fixture
def chat(gateway: ChatGateway, open_page: OpenPage) -> Chat:
    """The chat of a new shopper on the front page, opened."""
    return Chat(open_page(gateway.url)).open()


@pytest.fixture
def picture_of(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of the page in tests/artifacts, for people to look at."""

    def take(page: Page, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"{name}.png")

    return take
