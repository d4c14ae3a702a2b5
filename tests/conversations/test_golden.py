"""Golden conversations, played through the real servers by `pairwell replay`, one start of the servers per shop.

Beside a turn, `expect` may name: intent, says / not_says (substrings), shows / shows_not (product ids of cards),
cards (how many), decision, reason, offer ({state, kind}), cart ({product: quantity}), lines (how many cart lines),
handover, choices (kinds that must be there), nonempty, error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.settings import DEMO_SHOP, REPOSITORY
from catalog.complements.look_alikes import stem
from catalog.feed import read_shop

HERE = Path(__file__).parent
SHOPS = {"demo": DEMO_SHOP, "online_retail": REPOSITORY.parent / "shared" / "data" / "online_retail"}
SCRIPTS = sorted(HERE.rglob("*.yml"))
pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


def shop_of(script: Path) -> str:
    return "online_retail" if script.parent.name == "online_retail" else "demo"


def name_of(script: Path) -> str:
    return str(script.relative_to(HERE).with_suffix(""))


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Script name -> its lines, played with all others of its shop at the first request."""

    @cache
    def replayed(shop: str) -> tuple[str, str]:
        """What replay wrote, and its error where it failed: asked for once, failed or not."""
        out = tmp_path_factory.mktemp("replay") / f"{shop}.jsonl"
        scripts = [str(script) for script in SCRIPTS if shop_of(script) == shop]
        command = [
            sys.executable,
            "-m",
            "bot.cli.main",
            "replay",
            *scripts,
            "--shop",
            str(SHOPS[shop]),
            "--out",
            str(out),
        ]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        return (out.read_text(encoding="utf-8"), "") if done.returncode == 0 else ("", done.stderr[-3000:])

    def play(shop: str) -> dict[str, list[dict[str, Any]]]:
        written, error = replayed(shop)
        assert not error, f"replay failed:\n{error}"
        lines: dict[str, list[dict[str, Any]]] = {}
        for line in written.splitlines():
            record = json.loads(line)
            lines.setdefault(record["script"], []).append(record)
        return lines

    return play


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_conversation(script: Path, played: Any) -> None:
    shop = shop_of(script)
    if not (SHOPS[shop] / "products.csv").exists() and not (SHOPS[shop] / "products.csv.gz").exists():
        pytest.skip(f"{SHOPS[shop].name}: the real data lie beside the checkout, not in it")
    content = yaml.safe_load(script.read_text(encoding="utf-8"))
    lines = played(shop)[content["name"]]
    spoken = [turn for turn in content["turns"] if "say" in turn or "tap" in turn]
    answered = [line for line in lines if "say" in line["input"] or "tap" in line["input"]]
    assert len(answered) == len(spoken), "one line for each turn"
    faults = []
    for number, (turn, line) in enumerate(zip(spoken, answered, strict=True), start=1):
        faults += [f"turn {number} ({turn}): {fault}" for fault in _faults(turn.get("expect") or {}, line)]
    faults += _broken_promises(answered, shop)
    assert not faults, "\n".join(faults)


def _faults(expect: dict[str, Any], line: dict[str, Any]) -> list[str]:
    """What a turn's line lacks of what is expected of it."""
    if bool(line.get("error")) != bool(expect.get("error")):
        return [f"error: {line.get('error')}"]
    if line.get("error"):
        return []
    text = "\n".join(message["text"] for message in line["messages"])
    heard = text.lower()
    cards = [card["product_id"] for message in line["messages"] for card in message["cards"]]
    kinds = [choice["kind"] for message in line["messages"] for choice in message["choices"]]
    cart = {one["product_id"]: one["quantity"] for one in line["cart"]["lines"]}
    faults = [f"{name} is {line[name]!r}" for name in _PLAIN & expect.keys() if line[name] != expect[name]]
    faults += [
        f"does not say {part!r}: {text!r}" for part in expect.get("says", ()) if part.lower() not in text.lower()
    ]
    faults += [f"says {part!r}: {text!r}" for part in expect.get("not_says", ()) if part.lower() in heard]
    faults += [f"does not show {one}: {cards}" for one in expect.get("shows", ()) if one not in cards]
    faults += [f"shows {one}" for one in expect.get("shows_not", ()) if one in cards]
    faults += [f"has no choice of kind {kind}: {kinds}" for kind in expect.get("choices", ()) if kind not in kinds]
    if "cards" in expect and len(cards) != expect["cards"]:
        faults.append(f"shows {len(cards)} cards: {cards}")
    if "cart" in expect and cart != expect["cart"]:
        faults.append(f"cart is {cart}")
    if "lines" in expect and len(cart) != expect["lines"]:
        faults.append(f"cart has {len(cart)} lines: {cart}")
    for name, value in (expect.get("offer") or {}).items():
        if (line["offer"] or {}).get(name) != value:
            faults.append(f"offer {name} is {(line['offer'] or {}).get(name)!r}")
    return faults


_PLAIN = {"intent", "decision", "reason", "handover"}


def _broken_promises(lines: list[dict[str, Any]], shop: str) -> list[str]:
    """What holds in every conversation, whatever is expected of its turns."""
    faults, pitched_before, cart_before = [], False, set[str]()
    for number, line in enumerate(lines, start=1):
        if line.get("error"):
            continue
        kinds = [choice["kind"] for message in line["messages"] for choice in message["choices"]]
        if not any(message["text"].strip() for message in line["messages"]):
            faults.append(f"turn {number}: says nothing")
        pitched = line["decision"] == "pitch"
        if pitched and "decline" not in kinds:
            faults.append(f"turn {number}: an offer without a way out")
        if pitched and pitched_before:
            faults.append(f"turn {number}: offers in two consecutive turns")
        cart = {one["product_id"] for one in line["cart"]["lines"]}
        # A plan is for the very thing in the cart.
        is_plan = pitched and line["offer"]["kind"] in ("service_plan", "subscription")
        for offered in line["offer"]["product_ids"] if pitched and not is_plan else ():
            if offered in cart | cart_before:
                faults.append(f"turn {number}: offers {offered}, which is in the cart")
            faults += [
                f"turn {number}: offers {offered}, which is much like {one} in the cart"
                for one in cart
                if _same_group(shop, offered, one) or _titled_alike(shop, offered, one)
            ]
        pitched_before, cart_before = pitched, cart
    return faults


@cache
def _groups(shop: str) -> dict[str, str]:
    return {product.id: product.group_id for product in read_shop(SHOPS[shop]).products}


def _same_group(shop: str, one: str, other: str) -> bool:
    group = _groups(shop).get(one, "")
    return bool(group) and group == _groups(shop).get(other)


@cache
def _titles(shop: str) -> dict[str, str]:
    return {product.id: product.title for product in read_shop(SHOPS[shop]).products}


def _titled_alike(shop: str, one: str, other: str) -> bool:
    """A plain second opinion: the titles are equal but for colours and sizes, or, in a shop without kinds, end
    with the same word."""
    first, second = _titles(shop).get(one, ""), _titles(shop).get(other, "")
    same_ending = shop == "online_retail" and first.split()[-1:] == second.split()[-1:]
    return same_ending or stem(first) == stem(second)


def test_there_are_conversations_of_every_skill_and_of_the_real_shop() -> None:
    skills = {script.parent.name for script in SCRIPTS}
    assert {"finding", "cart", "offers", "orders", "people", "trouble", "online_retail"} <= skills
    assert len(SCRIPTS) >= 30


def test_names_are_unique() -> None:
    names = [yaml.safe_load(script.read_text(encoding="utf-8"))["name"] for script in SCRIPTS]
    assert len(set(names)) == len(names)
