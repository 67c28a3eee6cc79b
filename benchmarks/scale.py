"""How relgraph grows from 1,000 to 1,000,000 ties: time, memory and disk on each engine; a table and a plot.

python -m benchmarks.scale [--ties 1000,10000] [--heap 2g] [--results FILE] [--to docs] [embedded neo4j-5 neo4j-2026]

The graphs have the shape of real ones (`synthetic.write_shaped`). Each size on each engine is measured in a process of
its own on an engine of its own, by turns: load (files to graph), load again (nothing changed, one row changed), one
thing by its id, all between two countries, the network of all, its centrality, its export as GraphML. Seconds on the
processors, of the process and of the server, which other work on the machine does not lengthen much; of the load by the
clock, too. Memory: the most that the process held (with the engine, where that is embedded), and the server. Disk: the
engine's files at the end. Results are added to a file, a line for each; the last of each size and engine there are
written to `scale.md` and `scale.svg`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import engines
from tests.engines import EMBEDDED
from tests.engines.server import Neo4jServer
from tests.memory import peak

from benchmarks.scale_shown import show
from benchmarks.synthetic import write_shaped

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
HERE = Path(__file__).parents[1]
MB = 1 << 20
SERVER = "RELGRAPH_BENCHMARK_SERVER"  # its process
COUNTRIES = ("NLD", "NZL")
POINT = "MATCH (e:Exercise {id: $id})<-[t:TAKES_PART_IN]-(c:Country) RETURN e.name, c.id, t.role ORDER BY c.id"


def measure_all(folder: Path) -> None:
    """What one process takes on the engine that its environment names: a line for each step, with all so far."""
    import relgraph

    taken: dict[str, Any] = {}

    def measure(name: str, work: Callable[[], Any], times: int = 1) -> None:
        taken[name], taken[f"{name}, busy"] = seconds(work, times)
        print(json.dumps(taken | {"process, MB": peak() / MB}), flush=True)

    with relgraph.open() as graph:
        measure("load", lambda: graph.load(folder))
        taken["loading, MB"] = peak() / MB
        counted = graph.connection.read("MATCH (n) WITH count(n) AS things MATCH ()-[t]->() RETURN things, count(t)")
        taken["things"], taken["ties"] = counted.rows[0]
        measure("again", lambda: graph.load(folder), 3)
        file = folder / "exercises.csv"
        file.write_text(file.read_text("utf-8").replace("note on", "a note on", 1), "utf-8")
        measure("changed", lambda: graph.load(folder))
        ids = iter(f"exercise-{n}" for n in range(1000))
        measure("point", lambda: graph.connection.read(POINT, {"id": next(ids)}), 100)
        measure("pair", lambda: graph.ties(*COUNTRIES), 3)
        nets: list[Any] = []
        measure("network", lambda: nets.append(graph.network()))
        measure("centrality", lambda: relgraph.measures.centrality(nets[0]), 3)
        measure("export", lambda: relgraph.export.graphml(nets[0], folder / "net.graphml"))


def seconds(work: Callable[[], Any], times: int = 1) -> tuple[float, float]:
    """By the clock, the median of so many runs; and on the processors, of this process and the server, the mean."""
    taken, before = [], busy()
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), (busy() - before) / times


def busy() -> float:
    """Seconds that this process and the server have been on the processors."""
    if not (server := os.environ.get(SERVER)):
        return time.process_time()
    user, system = Path(f"/proc/{server}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def on_disk(folder: Path) -> float:
    """MB of all files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


@contextmanager
def engine(name: str, heap: str) -> Iterator[tuple[dict[str, str], Callable[[], dict[str, float]]]]:
    """An engine of its own: the environment that leads to it, and what it takes of memory and disk."""
    if name == EMBEDDED:
        with tempfile.TemporaryDirectory() as folder:
            yield {"RELGRAPH_GRAPH": folder}, lambda: {"server, MB": 0.0, "disk, MB": on_disk(Path(folder))}
        return
    with Neo4jServer(name, heap, quick=False) as server:
        settings = server.settings()
        taken = lambda: {"server, MB": peak(server._process.pid) / MB, "disk, MB": on_disk(server._home / "data")}  # noqa: E731
        where = {"NEO4J_URI": settings.uri or "", "NEO4J_PASSWORD": settings.password}
        yield where | {SERVER: str(server._process.pid)}, taken


def one(name: str, ties: int, heap: str) -> dict[str, Any]:
    """One size on one engine, or what kept it from being measured."""
    with tempfile.TemporaryDirectory() as scratch, engine(name, heap) as (where, taken):
        folder = write_shaped(Path(scratch) / "synthetic", ties)
        found = child(folder, where)
        busy = {"load average": round(os.getloadavg()[0], 1)}
        return {"engine": name, "wanted": ties, "heap": heap} | found | taken() | busy


def child(folder: Path, where: dict[str, str]) -> dict[str, Any]:
    """What a process of its own measures; with its last words where it fails on the way."""
    command = [sys.executable, "-m", "benchmarks.scale", "--measure", str(folder)]
    run = subprocess.run(command, env=os.environ | where, cwd=HERE, capture_output=True, text=True, check=False)
    found = json.loads((run.stdout.splitlines() or ["{}"])[-1])
    return found if not run.returncode else found | {"failed": (run.stderr.splitlines() or [""])[-1][-400:]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=list(engines.NAMES))
    parser.add_argument("--ties", default=",".join(map(str, SIZES)), help="sizes; none with an empty text")
    parser.add_argument("--heap", default="2g", help="of Neo4j")
    parser.add_argument("--results", type=Path, default=HERE / ".benchmarks" / "scale.jsonl")
    parser.add_argument("--to", type=Path, help="the folder for scale.md and scale.svg")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure_all(options.measure)
        return
    options.results.parent.mkdir(exist_ok=True)
    for ties in map(int, filter(None, options.ties.split(","))):
        for name in options.engines:
            line = json.dumps(one(name, ties, options.heap))
            print(line, flush=True)
            with options.results.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    if options.to:
        show([json.loads(line) for line in options.results.read_text("utf-8").splitlines()], options.to)


if __name__ == "__main__":
    main()
