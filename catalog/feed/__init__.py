"""Readers of a shop folder. Every fault is named with file, line, field and mend; nothing is half read."""

from catalog.feed.shop import ShopFolder, read_shop

__all__ = ["ShopFolder", "read_shop"]
