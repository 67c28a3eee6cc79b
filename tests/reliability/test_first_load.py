"""A first load in the quicker way, killed at each of its steps: it is as before or done, and the next start works."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.making import pact
from tests.store.processes import process

# A child for each step is forked, which is quicker than starting Python anew; a second one says what the first left.
PROGRAM = """
import signal
import neo4j
import relgraph
import relgraph.ingest.load
from relgraph.store import building, embedded

relgraph.ingest.load.LARGE = 0
graph, source = Path(sys.argv[1]) / "graph", Path(sys.argv[1]) / "pact-source"
WATCHED = [(building.Building, "add_ties"), (building.Building, "finish"), (Path, "rename"), (embedded, "_start")]

def dying(place, name):
    work = getattr(place, name)
    def watched(*given, **named):
        for before in (True, False):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            result = work(*given, **named) if before else result
        return result
    setattr(place, name, watched)

def forked(work):
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]

def load():
    with relgraph.open(graph) as opened:
        for place, name in WATCHED:
            dying(place, name)
        say("loaded", opened.load(source))

def look():
    with relgraph.open(graph) as opened:
        there = opened.connection.read("MATCH (n) RETURN count(n)").rows != [[0]]
        say("after" if there else "before", opened.content_hash(), *graph.glob("building/*"))
        if there:
            opened.unload("pact-source")

for step in range(99):
    left = [step]
    killed = forked(load)
    forked(look)
    if not killed:
        break
"""


def test_killed_at_any_step_it_is_before_or_after(tmp_path: Path) -> None:
    pact(tmp_path)
    with process(PROGRAM, tmp_path) as running:
        said, errors = running.communicate(timeout=500)
    assert errors == ""
    *killed, _, last = said.splitlines()
    assert last.startswith("after")
    before = [line for line in killed if line.startswith("before")]
    assert {*before, *([last] * (len(killed) - len(before)))} == set(killed) == {before[0], last}
    assert killed == sorted(killed, reverse=True)  # once it is done it stays so
