"""The chat as a shopper sees it: what can be read and pressed, by its visible words."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

# Longer than the moment in which a yes is taken for the second half of a double click.
_A_LOOK = 500


class Chat:
    """The widget on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("pairwell-chat")

    def open(self) -> Self:
        """Press the launcher."""
        self.root.locator(".launcher").click()
        expect(self.input).to_be_focused()
        return self

    @property
    def input(self) -> Locator:
        """Where the shopper writes."""
        return self.root.locator("textarea")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.root.get_by_role("log")

    @property
    def own(self) -> Locator:
        """The shopper's messages."""
        return self.root.locator(".message.shopper")

    @property
    def said(self) -> Locator:
        """What the assistant said, its greeting and the typing dots left out."""
        return self.root.locator(".message.bot:not(.typing, .welcome)")

    @property
    def offer(self) -> Locator:
        """The offer card that was made last."""
        return self.root.locator(".offer").last

    def say(self, text: str) -> Self:
        """Write, press Enter, wait for the answer."""
        before = self.said.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self._answered(before)

    def tap(self, title: str) -> Self:
        """Press the newest usable choice whose title begins so, and wait for the answer."""
        before = self.said.count()
        self.page.wait_for_timeout(_A_LOOK)
        self.choice(title).click()
        return self._answered(before)

    def choice(self, title: str) -> Locator:
        """The newest choice whose title begins so."""
        return self.root.locator(".choice:not([disabled])").filter(has_text=re.compile(rf"^\s*{re.escape(title)}")).last

    def text(self) -> str:
        """The last thing the assistant said."""
        return self.said.last.locator(".bubble, .working").inner_text()

    def _answered(self, before: int) -> Self:
        expect(self.own.last).to_have_class(re.compile(r"\bsent\b"))
        expect(self.root.locator(".typing")).to_have_count(0, timeout=20_000)
        expect(self.said).not_to_have_count(before, timeout=20_000)
        return self
