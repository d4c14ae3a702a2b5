"""The few words that the gateway itself says, from the locale packs."""

from __future__ import annotations

from actions.speech.pack import Pack, format_money, load_pack
from bot.gateway.storefront import Storefront
from catalog.domain.money import Money


class Wording:
    """Words in a conversation's locale and money in the shop's. Packs are read on first use and kept."""

    def __init__(self, storefront: Storefront) -> None:
        self._storefront = storefront
        self._packs: dict[str, Pack] = {}

    def sorry(self, locale: str) -> str:
        """What a shopper reads when the assistant could not answer."""
        if locale not in self._packs:
            self._packs[locale] = load_pack(locale)
        return self._packs[locale].say("gateway-sorry")

    def money(self, amount: str, currency: str) -> str:
        """An amount of contracts.md ("49.00") as people of the shop's locale write it."""
        return format_money(Money.parse(amount, currency), self._storefront.shelf().config.locale)
