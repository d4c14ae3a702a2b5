"""Gradient-boosted trees: learned by scikit-learn, asked through ONNX Runtime in a fraction of a millisecond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.complements.ranking.items import Floats

# The operator set of onnxruntime's tree ensembles.
_OPSET = 3
_IR_VERSION = 10
ROUNDS = 150
_RATE = 0.05
_LEAVES = 15
_LEAST_IN_LEAF = 100
_SHRINKAGE = 10.0
_FEATURES_A_SPLIT = 0.5


class Trees:
    """`scores(features)`: log-odds, one for each row. Safe to share between threads."""

    def __init__(self, model: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def scores(self, features: Floats) -> Floats:
        """(rows,) float32 log-odds of (rows, features) float32; NaN is a value that is not known."""
        if not len(features):
            return np.zeros(0, np.float32)
        found: Floats = self._session.run(None, {"features": np.ascontiguousarray(features, np.float32)})[0]
        return found[:, 0]


def learn_trees(
    features: Floats, hits: npt.NDArray[np.bool_], *, seed: int, shift: float = 0.0, rounds: int = ROUNDS
) -> bytes:
    """An ONNX model of the log-odds of a hit, `shift` added. The same rows give the same trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=_RATE, max_iter=rounds, max_leaf_nodes=_LEAVES, min_samples_leaf=_LEAST_IN_LEAF,
        l2_regularization=_SHRINKAGE, max_features=_FEATURES_A_SPLIT, early_stopping=False, random_state=seed,
    )  # fmt: skip
    # A column without one value has nothing to split at, which scikit-learn takes for an error.
    model.fit(np.where(np.isnan(features).all(axis=0), np.float32(0.0), features), hits)
    return _as_onnx([trees[0].nodes for trees in model._predictors], float(model._baseline_prediction[0, 0]) + shift)


def _as_onnx(trees: Sequence[Any], base: float) -> bytes:
    """scikit-learn's node arrays as one TreeEnsembleRegressor.

    Both go left where a value is at most the threshold. ONNX compares in float32, so thresholds are rounded
    down to it: a float32 value is at most the one exactly when it is at most the other.
    """
    from onnx import TensorProto, helper

    nodes = [node for tree in trees for node in tree]
    tree_ids = [number for number, tree in enumerate(trees) for _ in tree]
    node_ids = [number for tree in trees for number in range(len(tree))]
    leaves = [place for place, node in enumerate(nodes) if node["is_leaf"]]
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["scores"], domain="ai.onnx.ml", n_targets=1,
        base_values=[base], nodes_treeids=tree_ids, nodes_nodeids=node_ids,
        nodes_featureids=[int(node["feature_idx"]) for node in nodes],
        nodes_values=[_rounded_down(float(node["num_threshold"])) for node in nodes],
        nodes_modes=["LEAF" if node["is_leaf"] else "BRANCH_LEQ" for node in nodes],
        nodes_truenodeids=[int(node["left"]) for node in nodes],
        nodes_falsenodeids=[int(node["right"]) for node in nodes],
        nodes_missing_value_tracks_true=[int(node["missing_go_to_left"]) for node in nodes],
        target_treeids=[tree_ids[place] for place in leaves], target_nodeids=[node_ids[place] for place in leaves],
        target_ids=[0] * len(leaves), target_weights=[float(nodes[place]["value"]) for place in leaves],
    )  # fmt: skip
    given = helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", "features"])
    found = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", 1])
    graph = helper.make_graph([ensemble], "trees", [given], [found])
    opsets = [helper.make_opsetid("ai.onnx.ml", _OPSET), helper.make_opsetid("", 20)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="pairwell")
    written: bytes = model.SerializeToString()
    return written


def _rounded_down(value: float) -> float:
    near = np.float32(value)
    return float(near if near <= value else np.nextafter(near, np.float32(-np.inf)))
