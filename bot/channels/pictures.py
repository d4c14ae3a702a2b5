"""Where a product's picture is, as the shop page and the widget ask for it."""

from __future__ import annotations

from urllib.parse import quote


def picture_address(image_link: str, title: str) -> str:
    """The address of a feed's `image_link`: web addresses as they are, files of the shop folder under
    /images, and a neutral drawing by the title's first letter where there is none."""
    if image_link.startswith(("https://", "http://")):
        return image_link
    path = image_link.lstrip("/").removeprefix("images/")
    if path:
        return f"/images/{quote(path)}"
    letter = next((sign for sign in title.upper() if sign.isascii() and sign.isalnum()), "0")
    return f"/images/neutral/{letter}.svg"
