"""The graph is a function of the sources that are loaded: not of their order, not of what was there before."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.ingest.making import problems
from tests.ingest.pool import MAKERS, Version, pool

from relgraph.graph import Graph

State = frozenset[Version]
LOAD = st.lists(st.tuples(st.sampled_from(sorted(MAKERS)), st.sampled_from([1, 2])), min_size=1, max_size=3).map(
    lambda versions: ("load", tuple(dict(versions).items()))
)
UNLOAD = st.sampled_from(sorted(MAKERS)).map(lambda name: ("unload", name))
FEW = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.differing_executors],
)
_afresh: dict[State, set[str]] = {}  # what each set of sources gave when loaded into an empty graph, on any engine


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return pool(tmp_path_factory.mktemp("pool"))


@pytest.fixture
def afresh(graph, engine, sources):
    """The hash of the graph that a set of sources makes when it is loaded, all at once, into an empty one."""
    known: dict[State, str] = {}

    def hash_of(state: State) -> str:
        if state not in known:
            engine.wipe()
            if state:
                graph.load(*(sources[version] for version in sorted(state)))
            known[state] = graph.content_hash()
            _afresh.setdefault(state, set()).add(known[state])
        return known[state]

    return hash_of


def step(graph: Graph, sources, state: dict[str, int], action: tuple) -> None:
    """Do one thing to the graph, and note in `state` which versions it is then to hold."""
    what, argument = action
    if what == "load":
        graph.load(*(sources[version] for version in argument))
        state.update(argument)
    elif argument in state:
        graph.unload(argument)
        del state[argument]


def test_the_sources_of_the_pool_have_no_issues_but_two_equal_rows(sources):
    issues = [issue for folder in sources.values() for issue in problems(folder)]
    assert {(issue.file, issue.row, issue.problem) for issue in issues} == {
        ("arms.csv", 3, "is equal to an earlier row, and counted, too")
    }


@FEW
@given(actions=st.lists(LOAD | UNLOAD, min_size=2, max_size=6))
@example(actions=[("load", (("paper", 2),)), ("load", (("treaties", 1),)), ("load", (("dataset", 1),))])
@example(actions=[("load", (("dataset", 1), ("paper", 1), ("treaties", 2))), ("unload", "treaties")])
def test_whatever_was_loaded_and_unloaded_the_sources_decide(actions, graph, engine, sources, afresh):
    states: list[State] = []
    state: dict[str, int] = {}
    for what, argument in actions:
        state = state | dict(argument) if what == "load" else {k: v for k, v in state.items() if k != argument}
        states.append(frozenset(state.items()))
    expected = [afresh(each) for each in states]
    engine.wipe()
    state = {}
    for action, wanted in zip(actions, expected, strict=True):
        step(graph, sources, state, action)
        assert graph.content_hash() == wanted


def test_every_set_of_sources_makes_a_graph_of_its_own_the_same_on_each_engine(afresh):
    sets = [frozenset(v for v in zip(sorted(MAKERS), one, strict=True) if v[1]) for one in product((0, 1), repeat=3)]
    assert len({afresh(each) for each in sets}) == len(sets)
    assert {state: hashes for state, hashes in _afresh.items() if len(hashes) > 1} == {}
