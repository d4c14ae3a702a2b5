"""The decline guard as the last part of Rasa's pipeline."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.guard import Opinion, judge


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DeclineGuard(GraphComponent):
    """Lets `bot.nlu.guard` correct the intent, and leaves on the message only what the actions read."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DeclineGuard:
        """Rasa's constructor of a component."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge each message; metadata's `offer_open` says whether an offer waits."""
        for message in messages:
            metadata = message.get(METADATA) or {}
            guessed = message.get(INTENT) or {}
            entities = message.get(ENTITIES) or []
            opinion = Opinion(
                guessed.get("name") or "",
                float(guessed.get("confidence") or 0.0),
                frozenset(entity["entity"] for entity in entities),
            )
            intent = judge(message.get(TEXT) or "", bool(metadata.get("offer_open")), opinion)
            if intent != opinion.intent:
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
            # Actions read the turn's context beside what was understood; the tokens nobody reads are not stored.
            message.set(METADATA, metadata, add_to_output=True)
            message.output_properties.discard(TEXT_TOKENS)
        return messages
