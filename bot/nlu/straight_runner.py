"""Runs a loaded model's graph straight through, in an order that is worked out once.

Rasa hands its graph to Dask, which is made for spreading work over a cluster: it works out order and dependencies
anew for each of a turn's three runs of the same dozen nodes. The nodes, and what each is given, are the same here.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

# (node, the nodes and inputs whose results it is given)
_Plan = List[Tuple[str, Tuple[str, ...]]]


class StraightGraphRunner(GraphRunner):
    """A graph runner for one process and one thread."""

    def __init__(self, schema: GraphSchema, nodes: Mapping[str, GraphNode]) -> None:
        self._schema, self._nodes = schema, nodes
        self._plans: Dict[Tuple[str, ...], _Plan] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> StraightGraphRunner:
        """A runner with nodes of its own."""
        return cls.in_place_of(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    @classmethod
    def in_place_of(cls, runner: DaskGraphRunner) -> StraightGraphRunner:
        """A runner of the same nodes as a loaded Dask runner."""
        return cls(runner._graph_schema, runner._instantiated_nodes)

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None) -> Dict[str, Any]:
        """The output of each target, given the inputs by name."""
        wanted = tuple(targets or self._schema.target_names)
        results: Dict[str, Tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            # What is not there is passed by its name: the node then says what it misses.
            results[name] = self._nodes[name](*(results.get(need, need) for need in needs))
        return {name: results[name][1] for name in wanted}

    def _plan(self, targets: Tuple[str, ...]) -> _Plan:
        if targets not in self._plans:
            needed = self._schema.minimal_graph_schema(list(targets)).nodes
            order: Dict[str, Tuple[str, ...]] = {}

            def place(name: str) -> None:
                if name in needed and name not in order:
                    needs = tuple(needed[name].needs.values())
                    for need in needs:
                        place(need)
                    order[name] = needs

            for target in targets:
                place(target)
            self._plans[targets] = list(order.items())
        return self._plans[targets]
