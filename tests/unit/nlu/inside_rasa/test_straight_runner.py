"""A graph gives the same without Dask as with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.nlu.straight_runner import StraightGraphRunner


class Arithmetic(GraphComponent):
    """Counts how often it runs."""

    runs = 0

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls()

    def add(self, left, right):
        Arithmetic.runs += 1
        return left + right


def node(needs):
    return SchemaNode(needs=needs, uses=Arithmetic, constructor_name="create", fn="add", config={}, eager=True)


SCHEMA = GraphSchema(
    {
        "total": node({"left": "once", "right": "twice"}),
        "twice": node({"left": "once", "right": "once"}),
        "once": node({"left": "given", "right": "given"}),
        "aside": node({"left": "total", "right": "given"}),
    }
)


@pytest.fixture
def runners(tmp_path: Path):
    context = ExecutionContext(graph_schema=SCHEMA, model_id="m")
    storage = LocalModelStorage.create(tmp_path)
    dask = DaskGraphRunner.create(SCHEMA, storage, context)
    return dask, StraightGraphRunner.in_place_of(dask), StraightGraphRunner.create(SCHEMA, storage, context)


@pytest.mark.parametrize("targets", [["total"], ["once", "aside"], ["twice"]])
@pytest.mark.parametrize("given", [1, 7, "ab"])
def test_the_targets_come_out_the_same(runners, targets, given):
    results = [runner.run({"given": given}, targets) for runner in runners for _ in range(2)]
    assert all(result == results[0] for result in results)
    assert list(results[0]) == targets


def test_each_node_runs_once_and_only_where_it_is_needed(runners):
    Arithmetic.runs = 0
    assert runners[1].run({"given": 1}, ["total"]) == {"total": 6}
    assert Arithmetic.runs == 3


def test_a_missing_input_is_named_as_rasa_names_it(runners):
    for runner in runners:
        with pytest.raises(GraphRunError, match="given"):
            runner.run({}, ["total"])
