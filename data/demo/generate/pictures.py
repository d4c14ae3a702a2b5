"""Tints the drawings and writes images/*.svg: `python data/demo/generate/pictures.py`.

A drawing in `drawings/` is plain shapes with class names; this gives the classes colours, one file per tint.
"""

from __future__ import annotations

from pathlib import Path

from assortment import HERE, SHOP, variants

TINTS = {
    "black": "#3a3d42",
    "blue": "#4a86b8",
    "brown": "#8a5f42",
    "charcoal": "#5a6068",
    "green": "#5c8a5e",
    "grey": "#8f969c",
    "navy": "#3a5480",
    "olive": "#7d8148",
    "orange": "#dd8040",
    "plum": "#835578",
    "red": "#c2524a",
    "rust": "#b3643d",
    "sand": "#d3bb8c",
    "silver": "#b4bcc3",
    "stone": "#bcb09d",
    "teal": "#3f918b",
    "white": "#e9e6dc",
    "yellow": "#e2b548",
}
# Colours that a thing keeps whatever its tint.
_FIXED = {
    "k": "#33373b",
    "w": "#fdfbf5",
    "s": "#c3c9ce",
    "y": "#f0c350",
    "r": "#c8463b",
    "cream": "#f6ead0",
    "wood": "#c69a6b",
    "oat": "#dcbf92",
    "bristle": "#e6d6b4",
    "green": "#6f9a5f",
    "plum": "#7a4058",
    "skin": "#e8b998",
    "flame": "#ef8a3c",
    "coffee": "#5b3a26",
    "soup": "#d98b45",
    "water": "#7fb8dc",
    "screen": "#1f2a33",
}


def mix(one: str, other: str, percent: int) -> str:
    """`percent` of `other` stirred into `one`; both like #aabbcc."""
    parts = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{(first * (100 - percent) + second * percent) // 100:02x}" for first, second in parts)


def style(tint: str) -> str:
    """The style sheet of one tint: m main, d dark, l light, n… a line of that colour, t thin, x thick."""
    main = TINTS[tint]
    fills = _FIXED | {"m": main, "d": mix(main, "#101418", 32), "l": mix(main, "#ffffff", 45)}
    lines = {"k": fills["k"], "w": fills["w"], "s": fills["s"], "y": fills["y"], "lime": "#b7d36b"}
    lines |= {name: fills[name] for name in "mdl"}
    rules = [f".{name}{{fill:{color}}}" for name, color in fills.items()]
    rules += [f".n{name}{{fill:none;stroke:{color}}}" for name, color in lines.items()]
    rules += [".coffeeln{fill:none;stroke:#5b3a26}"]
    return (
        "*{stroke-width:9;stroke-linecap:round;stroke-linejoin:round}.t{stroke-width:5}.xx{stroke-width:18}"
        + "".join(rules)
    )


def used(sheet: str, drawing: str) -> str:
    """The rules of a sheet that a drawing needs."""
    rules = [rule + "}" for rule in sheet.split("}") if rule]
    names = {name for part in drawing.split('class="')[1:] for name in part.split('"')[0].split()}
    return "".join(rule for rule in rules if rule.startswith("*") or rule[1:].split("{")[0] in names)


def picture(name: str, tint: str) -> str:
    """One tinted drawing on a soft ground, as a whole SVG file."""
    drawing = (HERE / "drawings" / f"{name}.svg").read_text("utf-8")
    head, body = drawing.split("\n", 1)
    # White things need a ground that they stand out from.
    hue, strength = ("#6f8fa3", 35) if tint == "white" else (TINTS[tint], 14)
    ground, shade = mix("#f5f1e8", hue, strength), mix("#f5f1e8", hue, strength + 20)
    floor = f'<rect width="400" height="400" fill="{ground}"/>'
    shadow = f'<ellipse cx="200" cy="330" rx="150" ry="16" fill="{shade}"/>'
    return f"{head}\n<style>{used(style(tint), drawing)}</style>\n{floor}\n{shadow}\n{body}"


def pictures() -> dict[str, str]:
    """Every picture that a product names, by its path inside the shop folder."""
    links = sorted({variant.row["image_link"] for variant in variants()})
    return {link: picture(*Path(link).stem.rsplit("-", 1)) for link in links}


if __name__ == "__main__":
    folder = SHOP / "images"
    folder.mkdir(exist_ok=True)
    written = pictures()
    for link, text in written.items():
        (SHOP / link).write_text(text, "utf-8", newline="")
    # A picture that no product names any more would only confuse.
    for stale in {path for path in folder.glob("*.svg") if f"images/{path.name}" not in written}:
        stale.unlink()
