"""Two loads at once end as one after the other would: on an empty graph too, where there is nothing to wait for yet."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from tests.ingest.pool import pool

from relgraph.graph import Graph
from relgraph.store import open_connection

LOAD = "import sys, relgraph\nwith relgraph.open() as graph: graph.load(sys.argv[1])"


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return pool(tmp_path_factory.mktemp("pool"))


def at_once(engine, *works):
    """Do each of these to a graph of its own connection, all at the same moment."""
    barrier = Barrier(len(works))

    def run(work):
        with open_connection(engine.settings) as connection:
            barrier.wait(60)
            return work(Graph(connection, engine.settings))

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def test_two_sources_loaded_at_once_into_an_empty_graph(graph, engine, sources):
    one, other = sources["dataset", 1], sources["paper", 1]
    graph.load(one, other)
    expected = graph.content_hash()
    engine.wipe()
    plans = at_once(engine, lambda each: each.load(one), lambda each: each.load(other))
    assert graph.content_hash() == expected
    assert all(plans)
    engine.wipe()
    environ = {**os.environ, **engine.environ}
    loads = [subprocess.Popen([sys.executable, "-c", LOAD, source], env=environ) for source in (one, other)]
    assert [load.wait(120) for load in loads] == [0, 0]
    assert graph.content_hash() == expected


def test_a_source_loaded_twice_at_once(graph, engine, sources):
    source = sources["treaties", 1]
    graph.load(source)
    expected = graph.content_hash()
    engine.wipe()
    at_once(engine, lambda each: each.load(source), lambda each: each.load(source))
    assert graph.content_hash() == expected


def test_a_load_a_change_and_an_unload_at_once(graph, engine, sources):
    graph.load(sources["treaties", 2], sources["paper", 1])
    expected = graph.content_hash()
    engine.wipe()
    graph.load(sources["treaties", 1], sources["dataset", 1])
    at_once(
        engine,
        lambda each: each.load(sources["treaties", 2]),
        lambda each: each.load(sources["paper", 1]),
        lambda each: each.unload("dataset"),
    )
    assert graph.content_hash() == expected
