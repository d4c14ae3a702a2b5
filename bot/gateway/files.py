"""Pictures of the shop folder, and the built widget."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

from bot.gateway.services import SERVICES

_PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
# Soft grounds for the neutral drawing; a letter always has the same.
_GROUNDS = ("#e8eee6", "#e6ecf2", "#f3ebe0", "#efe6ef", "#e4efed", "#f2e9e4")
# An SVG may carry a script. Opened by itself it must not run one; as an <img> it never does.
_PICTURE_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def neutral_picture(letter: str) -> str:
    """A quiet drawing of a parcel with a letter, as SVG."""
    sign = letter[:1].upper() if letter[:1].isascii() and letter[:1].isalnum() else "·"
    ground = _GROUNDS[ord(sign) % len(_GROUNDS)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
        f'<rect width="400" height="400" fill="{ground}"/>'
        '<g fill="none" stroke="#8a8f88" stroke-width="6" stroke-linejoin="round">'
        '<path d="M110 160 200 115 290 160 290 265 200 310 110 265Z" fill="#fff" fill-opacity=".65"/>'
        '<path d="M110 160 200 205 290 160M200 205V310"/></g>'
        '<text x="155" y="262" font-family="Georgia, serif" font-size="52" text-anchor="middle" '
        f'fill="#6b716a">{sign}</text></svg>'
    )


def file_below(folder: Path, path: str) -> Path | None:
    """The file of a relative path inside `folder`; None when there is none there. Never one outside it."""
    try:
        root = folder.resolve()
        file = (root / path).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):
        return None


async def picture(request: web.Request) -> web.StreamResponse:
    """GET /images/…: a picture of the shop folder; the neutral one for what it has not."""
    path = unquote(request.match_info["path"])
    kind = _PICTURE_TYPES.get(Path(path).suffix.lower())
    if kind is None:
        raise web.HTTPNotFound
    file = file_below(request.app[SERVICES].config.images, path)
    if file is None:
        drawing = neutral_picture(Path(path).name)
        return web.Response(text=drawing, content_type="image/svg+xml", headers=_PICTURE_HEADERS)
    return web.FileResponse(file, headers={**_PICTURE_HEADERS, "Content-Type": kind})


async def static(request: web.Request) -> web.StreamResponse:
    """GET /static/…: what the widget's build made."""
    file = file_below(request.app[SERVICES].config.static, request.match_info["path"])
    if file is None:
        raise web.HTTPNotFound
    # Names carry no version: a browser asks each time, and is told "not modified" mostly.
    return web.FileResponse(file, headers={"Cache-Control": "no-cache"})


def routes() -> list[web.RouteDef]:
    """Where they are."""
    return [web.get("/images/{path:.+}", picture), web.get("/static/{path:.+}", static)]
