"""A BERT encoder as an ONNX graph, built from its weights with onnx and numpy alone.

Inputs: `input_ids` int64 (batch, length), `attention_mask` float32 (batch, length), 1 for a token, 0 for padding.
Output: `hidden` float32 (batch, length, hidden_size), the last layer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

# Gelu is one operator from opset 20; onnxruntime 1.20 and newer read this file format version.
_OPSET = 20
_IR_VERSION = 10
# Added to the attention score of padding: exp() of it is 0 in float32.
_MASKED = -1e9

Weights = Mapping[str, npt.NDArray[np.float32]]


@dataclass(frozen=True)
class BertShape:
    """The figures of config.json that shape the graph."""

    hidden: int
    layers: int
    heads: int
    epsilon: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> BertShape:
        """Read a BERT config; raises ValueError, naming the field, where the graph would be another."""
        for name, wanted in (("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute")):
            if config.get(name, wanted) != wanted:
                raise ValueError(f"config.json: {name} is {config[name]!r}; only {wanted!r} can be written as ONNX")
        return cls(
            hidden=int(config["hidden_size"]),
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            epsilon=float(config["layer_norm_eps"]),
        )


class _Graph:
    """Collects nodes and constants; each method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, values: npt.NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def dense(self, source: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        return self.add("Add", self.add("MatMul", source, self.constant(weight.T)), self.constant(bias))

    def norm(self, source: str, weights: Weights, prefix: str, epsilon: float, output: str = "") -> str:
        scale = self.constant(weights[f"{prefix}.weight"])
        bias = self.constant(weights[f"{prefix}.bias"])
        return self.add("LayerNormalization", source, scale, bias, output=output, axis=-1, epsilon=epsilon)


def build_graph(weights: Weights, shape: BertShape) -> ModelProto:
    """The ONNX model of these weights (Hugging Face names, float32)."""
    graph = _Graph()
    source = _embeddings(graph, weights, shape)
    bias = _attention_bias(graph)
    for layer in range(shape.layers):
        last = layer == shape.layers - 1
        source = _layer(graph, weights, f"encoder.layer.{layer}", shape, source, bias, "hidden" if last else "")
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"]),
        helper.make_tensor_value_info("attention_mask", TensorProto.FLOAT, ["batch", "length"]),
    ]
    outputs = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "length", shape.hidden])]
    return helper.make_model(
        helper.make_graph(graph.nodes, "bert", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
        producer_name="pairwell",
    )


def _embeddings(graph: _Graph, weights: Weights, shape: BertShape) -> str:
    words = graph.add("Gather", graph.constant(weights["embeddings.word_embeddings.weight"]), "input_ids")
    # Sentences are never paired here, so the token type is 0 throughout and its row is part of the positions.
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    one = graph.constant(np.array([1], dtype=np.int64))
    length = graph.add("Slice", graph.add("Shape", "input_ids"), one, graph.constant(np.array([2], dtype=np.int64)))
    start = graph.constant(np.array([0], dtype=np.int64))
    used = graph.add("Slice", graph.constant(positions), start, length, start)
    return graph.norm(graph.add("Add", words, used), weights, "embeddings.LayerNorm", shape.epsilon)


def _attention_bias(graph: _Graph) -> str:
    """(batch, 1, 1, length): 0 for a token, a very low number for padding."""
    padding = graph.add("Sub", graph.constant(np.array(1.0, dtype=np.float32)), "attention_mask")
    low = graph.add("Mul", padding, graph.constant(np.array(_MASKED, dtype=np.float32)))
    return graph.add("Unsqueeze", low, graph.constant(np.array([1, 2], dtype=np.int64)))


def _layer(graph: _Graph, weights: Weights, prefix: str, shape: BertShape, source: str, bias: str, output: str) -> str:
    """One transformer layer: self-attention and feed-forward, each with its residual and norm."""
    context = _attention(graph, weights, f"{prefix}.attention.self", shape, source, bias)
    attended = graph.dense(context, *_dense_weights(weights, f"{prefix}.attention.output.dense"))
    middle = graph.norm(
        graph.add("Add", attended, source), weights, f"{prefix}.attention.output.LayerNorm", shape.epsilon
    )
    wide = graph.add("Gelu", graph.dense(middle, *_dense_weights(weights, f"{prefix}.intermediate.dense")))
    narrow = graph.dense(wide, *_dense_weights(weights, f"{prefix}.output.dense"))
    return graph.norm(graph.add("Add", narrow, middle), weights, f"{prefix}.output.LayerNorm", shape.epsilon, output)


def _attention(graph: _Graph, weights: Weights, prefix: str, shape: BertShape, source: str, bias: str) -> str:
    size = shape.hidden // shape.heads
    heads_shape = graph.constant(np.array([0, 0, shape.heads, size], dtype=np.int64))

    def heads(part: str, order: list[int], scale: float = 1.0) -> str:
        weight, offset = _dense_weights(weights, f"{prefix}.{part}")
        projected = graph.dense(source, weight * np.float32(scale), offset * np.float32(scale))
        return graph.add("Transpose", graph.add("Reshape", projected, heads_shape), perm=order)

    # The 1/sqrt(size) of the scores is folded into the query weights.
    query = heads("query", [0, 2, 1, 3], 1.0 / math.sqrt(size))
    key = heads("key", [0, 2, 3, 1])
    value = heads("value", [0, 2, 1, 3])
    scores = graph.add("Softmax", graph.add("Add", graph.add("MatMul", query, key), bias), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", scores, value), perm=[0, 2, 1, 3])
    return graph.add("Reshape", mixed, graph.constant(np.array([0, 0, shape.hidden], dtype=np.int64)))


def _dense_weights(weights: Weights, prefix: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    return weights[f"{prefix}.weight"], weights[f"{prefix}.bias"]
