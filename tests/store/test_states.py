"""Reads that belong together see one state of the graph, whatever another connection commits between them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from tests.engines import EMBEDDED

from relgraph.errors import EngineError
from relgraph.graph import Graph
from relgraph.store import open_connection, states
from relgraph.store.folder import STATE

ONE, OTHER = "MATCH (s:Source {id: 'one'}) RETURN s.n", "MATCH (s:Source {id: 'other'}) RETURN s.n"
STEP = "MATCH (s:Source) SET s.n = s.n + 1"


@pytest.fixture
def two(connection):
    connection.write("UNWIND ['one', 'other'] AS id CREATE (:Source {id: id, n: 0})")
    return connection


@pytest.fixture
def other(two, engine):
    with open_connection(engine.settings) as opened:
        yield opened


def test_a_commit_between_two_reads_shows_in_both_or_in_neither(two, other):
    tries = []

    def work():
        tries.append(two.read(ONE).rows[0][0])
        if len(tries) < 3:
            other.write(STEP)
        return tries[-1], two.one_state(lambda: two.read(OTHER).rows[0][0])

    assert two.one_state(work) == (2, 2)
    assert tries == [0, 1, 2]
    assert two.one_state(lambda: 1) == 1


def test_while_another_thread_commits_again_and_again(two, other):
    ended = threading.Event()

    def write():
        for _ in range(30):
            other.write(STEP)
        ended.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        seen = [two.one_state(lambda: (two.read(ONE).rows, two.read(OTHER).rows)) for _ in range(5)]
        writing.result()
    assert all(one == other for one, other in seen)


def test_what_never_holds_still_is_an_error_that_says_so(two, other, monkeypatch):
    monkeypatch.setattr(states, "PATIENCE", 0.1)
    with pytest.raises(EngineError, match=r"others (kept changing|have been committing to) the graph"):
        two.one_state(lambda: other.write(STEP))


@pytest.mark.parametrize(
    "ask", [Graph.content_hash, Graph.status, Graph.network, lambda graph: graph.network(countries=["JPN"])]
)
def test_an_answer_of_several_statements_is_of_one_state(two, other, engine, ask, monkeypatch):
    """Another connection adds an exercise after the first statement: the answer is that of the graph with it."""
    read, stream, added = type(two).read, type(two).stream, []

    def add():
        if not added:
            added.append(True)
            other.write(
                "CREATE (e:Exercise:Engagement {id: 'x', name: 'X'}) "
                "WITH e UNWIND ['JPN', 'USA'] AS id CREATE (c:Country:Actor {id: id, name: id}) "
                "CREATE (c)-[:TAKES_PART_IN {id: id, source: 'one', role: 'participant', certainty: 'stated'}]->(e)"
            )

    def read_and_add(self, *statement):
        found = read(self, *statement)
        add()
        return found

    def stream_and_add(self, *statement):
        yield from stream(self, *statement)
        add()

    graph = Graph(two, engine.settings)
    with monkeypatch.context() as patched:
        patched.setattr(type(two), "read", read_and_add)
        patched.setattr(type(two), "stream", stream_and_add)
        answer = ask(graph)
    again = ask(graph)
    assert added
    assert plain(answer) == plain(again)


def plain(answer):
    if hasattr(answer, "edges"):
        return sorted(answer.nodes), list(answer.edges(data=True)), answer.graph
    return answer.plain() if hasattr(answer, "plain") else answer


def test_what_fails_as_a_commit_comes_between_is_tried_again(two, other):
    tries = []

    def work():
        tries.append(two.read(ONE).rows)
        if len(tries) == 1:
            other.write(STEP)
            raise KeyError("what only half of a change would lack")
        return tries[-1]

    assert two.one_state(work) == [[1]]
    with pytest.raises(KeyError, match="else"):
        two.one_state(lambda: {}["else"])


@pytest.mark.only_on(EMBEDDED)
def test_a_process_that_was_killed_amid_a_commit_is_waited_for_once(two, engine, monkeypatch):
    monkeypatch.setattr(states, "LAST_ORDER", 0.01)
    mark = engine.settings.folder / STATE
    mark.write_text("0123456789abcdef" + states.PENDING)
    assert two.read(ONE).rows == [[0]]
    assert mark.read_text() == "0123456789abcdef" + states.DONE
    two.write(STEP)
    assert mark.read_text().endswith(states.DONE)
    assert two.read(ONE).rows == [[1]]


@pytest.mark.only_on(EMBEDDED)
def test_readers_wait_while_a_commit_is_under_way_and_only_then(two, other, engine):
    read = []
    with ThreadPoolExecutor(1) as pool:
        with states.FolderStates(two.where).changing():
            reading = pool.submit(lambda: read.append(other.read(ONE).rows))
            assert not wait([reading], timeout=0.2).done
        reading.result(timeout=30)
    assert read == [[[0]]]

    def work(transaction):
        transaction.run(STEP)
        return other.read(ONE).rows

    assert two.transact(work) == [[0]]


@pytest.mark.only_on("neo4j-5", "neo4j-2026")
def test_a_commit_of_others_that_never_ends_is_not_waited_for(two, monkeypatch):
    monkeypatch.setattr(states, "CLOSING", "RETURN ['a transaction'] AS ids")
    monkeypatch.setattr(states, "PATIENCE", 0.3)
    with pytest.raises(EngineError, match="others have been committing to the graph"):
        two.read(ONE)
    assert two.write(STEP).keys == []
