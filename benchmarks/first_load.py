"""A first load of an embedded graph in the quicker way, beside the ordinary one: seconds, memory, disk.

python -m benchmarks.first_load [--ties 100000]

Both from the same files to the same graph, each in a process of its own. Seconds by the clock, and on the processors;
of these the part that reads, maps and checks the files and hashes the claims is the same in both.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.memory import peak

from benchmarks.scale import MB, on_disk
from benchmarks.synthetic import write_shaped

WAYS = ("ordinary", "quicker")


def measure(way: str, source: Path, folder: Path) -> str:
    """One row: the load, and the content's hash."""
    import relgraph
    import relgraph.ingest.load as loading
    from relgraph.ingest.plan import Planner
    from relgraph.model.memory import many_objects

    with many_objects():
        started = time.process_time()
        Planner(relgraph.Graph.check(source))
        prepared = time.process_time() - started
    if way == "ordinary":
        loading.LARGE = sys.maxsize
    with relgraph.open(folder) as graph:
        clock, busy = time.perf_counter(), time.process_time()
        plan = graph.load(source)
        clock, busy = time.perf_counter() - clock, time.process_time() - busy
        memory, held = peak() / MB, graph.content_hash()
    cells = [way, str(plan), *(f"{taken:.1f}" for taken in (clock, busy, prepared)), f"{memory:,.0f}"]
    return f"| {' | '.join(cells)} | {on_disk(folder):,.0f} | {held} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if options.way:
            print(measure(options.way, options.source, Path(scratch) / "graph"), flush=True)
            return
        print("| way | plan | by the clock | on the processors | of it the same in both | MB | disk, MB | content |")
        print("|---|--:|--:|--:|--:|--:|--:|---|", flush=True)
        source = write_shaped(Path(scratch) / "synthetic", options.ties)
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.first_load", "--way", way, "--source", str(source)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
