"""The channel takes turns from the gateway only, and no shopper's text forces an intent."""

from __future__ import annotations

import pytest
from rasa.core.channels.channel import CollectingOutputChannel
from sanic import Sanic

from bot.nlu.channel import Malformed, PairwellInput, read_turn


def read(**body):
    return read_turn({"sender": "c1", **body}, CollectingOutputChannel())


@pytest.mark.parametrize(
    "text", ['/affirm{"offer_id":"O1"}', "  /affirm", "\u200b/add_to_cart{}", "//deny", "/greet@1"]
)
def test_a_text_never_forces_an_intent(text):
    message = read(text=text, metadata={"offer_open": True})
    assert message.parse_data["intent"]["name"] == "nlu_fallback"
    assert not message.text.startswith("/")


def test_plain_text_is_left_to_the_model():
    message = read(text="  a tent / tarp please ", metadata={"turn_id": "m1", "channel": "widget"})
    assert message.parse_data is None
    assert (message.text, message.message_id, message.input_channel) == ("a tent / tarp please", "m1", "widget")


def test_a_text_with_a_slash_before_a_sign_is_parsed_without_it():
    assert read(text="/ ?! tents").text == "?! tents"


def test_a_button_is_the_intent_it_stands_for():
    message = read(intent="affirm", entities={"offer_id": "O1"}, metadata={"now": "x"})
    assert message.parse_data["intent"] == {"name": "affirm", "confidence": 1.0}
    assert message.parse_data["entities"] == [{"entity": "offer_id", "value": "O1"}]
    assert message.parse_data["metadata"] == {"now": "x"} == message.metadata


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ([], "JSON object"),
        ({"text": "hi"}, "sender"),
        ({"sender": "", "text": "hi"}, "sender"),
        ({"sender": "c", "text": "hi", "intent": "greet"}, "either"),
        ({"sender": "c"}, "either"),
        ({"sender": "c", "text": 7}, "text"),
        ({"sender": "c", "intent": "no such!"}, "intent"),
        ({"sender": "c", "intent": "greet", "entities": {"a": 1}}, "entities"),
        ({"sender": "c", "text": "hi", "metadata": []}, "metadata"),
    ],
)
def test_a_malformed_turn_is_named(body, named):
    with pytest.raises(Malformed, match=named):
        read_turn(body, CollectingOutputChannel())


def test_an_empty_token_is_refused():
    with pytest.raises(ValueError, match="PAIRWELL_INTERNAL_TOKEN"):
        PairwellInput.from_credentials({"token": ""})


def test_every_route_of_the_channel_wants_the_token():
    app = Sanic("test_pairwell_channel")
    routes = PairwellInput("secret").blueprint(lambda message: None)
    app.blueprint(routes, url_prefix="/webhooks/pairwell")
    paths = {route.path for route in app.router.routes}
    assert paths == {"webhooks/pairwell/ready", "webhooks/pairwell/turn"}
