"""The meaning of a message as a dense feature: its MiniLM sentence embedding, scaled."""

from __future__ import annotations

from typing import Any, Dict, List, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import runtime


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one sentence feature of 384 numbers, of length `scale`.

    Rasa's classifiers expect a sequence feature beside each sentence feature; nothing here reads one from an
    embedding of the whole sentence, so it is one zero per token.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """A tokenizer goes before it."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`scale`: the length of the embedding, 1.0 for as it comes."""
        return {**DenseFeaturizer.get_default_config(), "scale": 20.0}

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = float(config["scale"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Rasa's constructor of a component."""
        return cls(config, execution_context.node_name)

    def process(self, messages: List[Message]) -> List[Message]:
        """Embed the messages that have a text, all in one go."""
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        embeddings = runtime.encoder().encode([message.get(TEXT) for message in spoken]) * np.float32(self._scale)
        source = self._config[FEATURIZER_CLASS_ALIAS]
        for message, embedding in zip(spoken, embeddings, strict=True):
            tokens = max(1, len(message.get("text_tokens") or []))
            message.add_features(Features(np.zeros((tokens, 1), dtype=np.float32), FEATURE_TYPE_SEQUENCE, TEXT, source))
            message.add_features(Features(embedding[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, source))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed the training examples."""
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Refuse a scale that would switch the feature off."""
        if float(config.get("scale", 20.0)) <= 0:
            raise ValueError("config.yml: SentenceFeaturizer: scale must be above 0")
