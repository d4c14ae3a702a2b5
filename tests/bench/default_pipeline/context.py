"""Hands the message's metadata on to the actions; costs nothing that could be measured."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class KeepContext(GraphComponent):
    """Marks the metadata as part of what was understood."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KeepContext:
        """Rasa's constructor of a component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Keep the metadata in the output."""
        for message in messages:
            message.set(METADATA, message.get(METADATA) or {}, add_to_output=True)
        return messages
