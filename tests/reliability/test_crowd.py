"""Many processes at once: each answer is of one state of the graph, and nobody waits for more than a commit."""

from __future__ import annotations

import pytest
from tests.engines import NEO4J_5, NEO4J_2026
from tests.reliability.children import RETURN
from tests.reliability.crowd import ask, crowd
from tests.reliability.versions import AGREEMENTS, many

import relgraph
from relgraph.errors import EngineError
from relgraph.store import bolt, open_connection, states

SEVEN = 7  # as docs/reliability.md says
TWO, SOME = 2, 30  # processes and agreements, where two servers share two cores with all other tests


class Loader:
    """Loads one version and the other by turns, and knows what is to be heard of each."""

    def __init__(self, graph: relgraph.Graph, folder, agreements: int = AGREEMENTS) -> None:
        self.graph, self.versions = graph, [many(folder, version, agreements) for version in (1, 2)]
        self.known = [self._known(version) for version in self.versions]
        assert not self.known[0].items() & self.known[1].items()

    def _known(self, version) -> dict[str, str]:
        self.graph.load(version)
        return ask(self.graph)

    def load(self, turn: int, meanwhile=None) -> None:
        """Load; `meanwhile` is called once, when half of it is written and nothing committed."""
        calls = []

        def progress(done: int, total: int) -> None:
            if meanwhile and done > total / 2 and not calls:
                calls.append(meanwhile())

        self.graph.load(self.versions[turn % 2], progress=progress)
        assert calls or not meanwhile

    def load_in_the_end(self, turn: int, meanwhile=None) -> None:
        """Load, again where the server went away amid the commit."""
        try:
            self.load(turn, meanwhile)
        except EngineError as error:
            if "run the command again" not in str(error):
                raise
            self.load(turn)

    def all_known(self, answers) -> None:
        states = {pair for state in self.known for pair in state.items()}
        assert set(answers) == states, {pair: answers[pair] for pair in set(answers) - states}


def test_one_loads_and_seven_ask(tmp_path, thorough):
    folder = tmp_path / "graph"
    with relgraph.open(folder) as graph:
        loader = Loader(graph, tmp_path)
        with crowd(str(folder), {}, SEVEN) as readers:
            for turn in range(100 if thorough else 4):
                loader.load(turn, readers.wait_for_answers if turn == 0 else None)
            graph.close()  # they go on: one of them holds the graph now, and leaves before the others when it is told
            readers.wait_for_answers()
            answers, words = readers.heard(stop=True)
    print(f"{answers.total()} answers by {SEVEN} processes")  # noqa: T201
    loader.all_known(answers)
    assert words == {""}
    with relgraph.open(folder) as graph:
        assert ask(graph) == loader.known[1]


@pytest.mark.only_on(NEO4J_5, NEO4J_2026)
def test_others_ask_a_server_that_is_restarted_while_one_loads(engine, tmp_path, thorough, monkeypatch):
    engine.wipe()
    number, agreements = (SEVEN, AGREEMENTS) if thorough else (TWO, SOME)
    for module in (bolt, states):
        monkeypatch.setattr(module, "PATIENCE", RETURN)
    with open_connection(engine.settings) as connection:
        graph = relgraph.Graph(connection, engine.settings)
        loader = Loader(graph, tmp_path, agreements)
        with crowd(engine.target, engine.environ, number) as readers:
            for turn in range(20 if thorough else 2):
                loader.load(turn, readers.wait_for_answers if turn == 0 else None)
            loader.load_in_the_end(0, engine.restart)
            readers.wait_for_answers()
            loader.load(1)
            answers, words = readers.heard(stop=True)
        print(f"{answers.total()} answers by {number} processes")  # noqa: T201
        loader.all_known(answers)
        assert words == {""}
        assert ask(graph) == loader.known[1]
