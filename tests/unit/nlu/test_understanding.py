"""`pairwell understand` reads JSON lines strictly and answers in the contract's form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.nlu.acts import ACTS, act_of
from bot.nlu.understanding import UnreadableLines, Utterance, read_utterances, result_line

ROOT = Path(__file__).resolve().parents[3]
CONTRACT = set(
    """accept decline later stop_offers resume_offers ask_why find ask_product compare recommend add change_cart
    show_cart checkout order_status return shop_question discount complaint human greet bye thanks smalltalk
    who_are_you privacy language unclear""".split()  # noqa: SIM905 (a table of words)
)


def test_every_intent_of_the_domain_has_an_act_and_every_act_an_intent() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(intent)) for intent in domain["intents"]}
    assert intents | {"nlu_fallback"} == set(ACTS)
    assert set(ACTS.values()) == CONTRACT


def test_every_intent_has_its_rule_and_every_rule_an_action_of_the_domain() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    rules = yaml.safe_load((ROOT / "data/rules/turns.yml").read_text(encoding="utf-8"))["rules"]
    answered = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}
    assert set(answered) == set(ACTS)
    assert set(answered.values()) == set(domain["actions"])


def test_an_unknown_intent_is_unclear() -> None:
    assert act_of("no_such_intent") == "unclear"


def test_missing_fields_have_their_defaults(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "hi"}\n\n{"id": "b", "text": "no", "open_offer": true, "history": []}\n')
    assert read_utterances(source) == [Utterance(1, "hi"), Utterance("b", "no", open_offer=True)]


def test_every_bad_line_is_named_with_its_mend(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(
        b'{"id": 1, "text": "hi"}\n{"id": 2}\n[1]\n{"text": "x"}\n{oops\n\xff\n{"id":3,"text":"a","open_offer":"yes"}\n'
    )
    with pytest.raises(UnreadableLines) as caught:
        read_utterances(source)
    faults = str(caught.value).splitlines()
    assert [fault.removeprefix(f"{source}:").split(":")[0] for fault in faults] == ["2", "3", "4", "5", "6", "7"]
    assert '"text" is missing' in faults[0]
    assert "UTF-8" in faults[4]


def test_a_result_has_the_contracts_fields() -> None:
    parsed = {
        "intent": {"name": "deny", "confidence": 0.98765},
        "entities": [{"entity": "product", "value": "tent", "start": 3}],
    }
    assert json.loads(result_line(Utterance("x", "no tent"), parsed)) == {
        "id": "x",
        "act": "decline",
        "intent": "deny",
        "confidence": 0.9877,
        "entities": [{"entity": "product", "value": "tent"}],
    }
