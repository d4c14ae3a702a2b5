"""The English pack: complete, nothing left over, its values given, and free of pressure."""

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from actions.settings import REPOSITORY
from actions.speech.pack import LOCALES, Pack, SpeechError, format_money, languages, load_pack
from catalog.domain.money import Money

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
SAYING = {"say", "reply", "choice"}
# Message ids that are put together at run time, and from what.
FAMILIES = {
    "differs-": "what differs from what was asked",
    "fact-": "columns and availability",
    "tier-": "good, better, best",
    "order-status-": "order states",
    "order-confirm-": "open questions",
    "cart-refused-": "reasons of CartRefused",
    "cart-note-": "notes of a cart",
    "contact-": "ways of contact",
    "offer-": "outcomes of an offer",
}
PRESSURE = re.compile(
    r"\b(only|hurry|last chance|don[’']t miss|miss out|limited|act now|now or never|quick(?:ly)?|selling fast|"
    r"almost gone|everyone|others are|regret|sure you don[’']t|are you sure|best[- ]sell\w*|popular|trending|"
    r"exclusive|urgent\w*|"
    r"while (?:stocks?|supplies)|ends (?:soon|today)|final)\b",
    re.IGNORECASE,
)
# "I only speak English", "prices are the same for everyone": said against pressure, not with it.
ALLOWED = {"only-english", "discount-same-for-all", "discount-none"}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


def english() -> dict[str, ftl.Message]:
    resource = FluentParser().parse((LOCALES / "en.ftl").read_text(encoding="utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, ftl.Junk)], "en.ftl does not parse"
    return {entry.id.name: entry for entry in resource.body if isinstance(entry, ftl.Message)}


def variables(message: ftl.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


def spoken_calls() -> list[tuple[str, str, set[str]]]:
    """(place, message id, names of values) of every message that the code says by a literal id."""
    calls = []
    for folder in ("actions", "bot/gateway", "bot/cli", "bot/replay", "bot/channels"):
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    calls += _spoken(node, path)
    return calls


def _spoken(node: ast.Call, path: Path) -> list[tuple[str, str, set[str]]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in SAYING:
        return []
    not_values = {"choices", "cards", "memory", "intent", "kind", "offer_id", "product_id", "turn_index"}
    if any(keyword.arg is None for keyword in node.keywords):
        return []
    values = {keyword.arg for keyword in node.keywords if keyword.arg} - not_values
    literals = [
        leaf.value
        for argument in node.args[:2]
        for leaf in ast.walk(argument)
        if isinstance(leaf, ast.Constant)
        and isinstance(leaf.value, str)
        and re.fullmatch(r"[a-z]+(-[a-z]+)*", leaf.value)
    ]
    return [(f"{path.name}:{node.lineno}", literal, values) for literal in literals]


def literals_of_code() -> set[str]:
    return {
        node.value
        for folder in ("actions", "bot")
        for path in (REPOSITORY / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_message_that_is_said_is_in_the_pack() -> None:
    known = set(english())
    missing = [f"{place} {said}" for place, said, _ in spoken_calls() if said not in known and "-" in said]
    assert missing == []


def test_every_message_of_the_pack_is_said_somewhere() -> None:
    literals = literals_of_code()
    unused = [
        message_id
        for message_id in english()
        if message_id not in literals and not any(message_id.startswith(family) for family in FAMILIES)
    ]
    assert unused == []


def test_every_value_a_message_needs_is_given_where_it_is_said() -> None:
    messages = english()
    lacking = [
        f"{place} {said} {sorted(variables(messages[said]) - values)}"
        for place, said, values in spoken_calls()
        if said in messages and not variables(messages[said]) <= values
    ]
    assert lacking == []


@pytest.mark.parametrize(
    "message_id",
    [
        *(f"differs-{name}" for name in ("kind", "color", "size", "brand", "material", "measure", "stock", "unsaid")),
        *(f"differs-{name}" for name in ("price-above", "price-below")),
        *(f"order-status-{name}" for name in ("placed", "shipped", "delivered", "cancelled", "return-requested")),
        *(f"order-confirm-{name}" for name in ("cancel-order", "return-order", "reorder")),
        *(f"cart-refused-{name}" for name in ("unknown-product", "out-of-stock", "not-in-cart", "bad-quantity")),
        *(f"cart-refused-{name}" for name in ("cart-full", "empty-cart", "unknown-checkout", "cart-changed")),
        *(f"fact-stock-{name}" for name in ("in-stock", "out-of-stock", "preorder", "backorder")),
        *(f"offer-{name}" for name in ("expired", "stale", "declined-before")),
        *(f"tier-{name}" for name in ("good", "better", "best")),
        *("fact-sizes", "fact-colors", "contact-email", "contact-phone"),
    ],
)
def test_ids_put_together_at_run_time_are_there(message_id: str) -> None:
    assert message_id in english()


def test_no_word_presses() -> None:
    source = english()
    pressing = {
        message_id: PRESSURE.findall(" ".join(_texts(message)))
        for message_id, message in source.items()
        if message_id not in ALLOWED
    }
    assert {message_id: words for message_id, words in pressing.items() if words} == {}


def test_the_lint_knows_pressure_when_it_sees_it() -> None:
    assert PRESSURE.search("Hurry, only two left!")
    assert PRESSURE.search("Don’t miss out")


def _texts(message: ftl.Message) -> list[str]:
    found: list[str] = []

    class Texts(Visitor):
        def visit_TextElement(self, node: ftl.TextElement) -> None:
            found.append(node.value)

    Texts().visit(message)
    return found


def test_money_is_written_as_the_locale_writes_it() -> None:
    assert format_money(Money(123450, "GBP"), "en-GB") == "£1,234.50"
    assert format_money(Money(1200, "JPY"), "en") == "¥1,200"


def test_wordings_follow_the_turn_and_nothing_else() -> None:
    pack = load_pack("en-GB")
    assert pack.say("welcome", 3) == pack.say("welcome", 3)
    assert len({pack.say("welcome", turn) for turn in range(3)}) == 3


def test_an_unknown_message_is_an_error_that_names_it() -> None:
    with pytest.raises(SpeechError, match="no-such-message"):
        load_pack("en").say("no-such-message")


def test_a_missing_value_is_an_error_that_names_the_message() -> None:
    with pytest.raises(SpeechError, match="hello"):
        Pack("hello = Hello { $name }", "en").say("hello")


def test_a_language_without_a_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(SpeechError, match="en"):
        load_pack("xx")
    assert "en" in languages()
