"""The largest load, as one transaction, that a Neo4j server of each heap takes in, and what a larger one is told.

python -m benchmarks.limits [--heaps 512m,1g,2g] [--first 150000] [neo4j-5 neo4j-2026]

Sizes go up or down by a third, from so many ties per GB, until one is taken in and the next is not. After a refusal
the graph must be as it was: empty. Each load is into a server of its own; ties are all of the graph's, citations among
them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.engines import NEO4J_5, NEO4J_2026
from tests.engines.server import Neo4jServer

from benchmarks.synthetic import write_shaped
from relgraph.errors import EngineError
from relgraph.graph import Graph
from relgraph.store import open_connection

STEP = 4 / 3
GB = {"512m": 0.5, "1g": 1, "2g": 2, "4g": 4}


def taken_in(name: str, heap: str, ties: int) -> tuple[int, str | None, float]:
    """How many ties there were to load, what was said if the load was refused, and the seconds that it took."""
    with tempfile.TemporaryDirectory() as scratch, Neo4jServer(name, heap, quick=False) as server:
        settings = server.settings()
        with open_connection(settings) as connection:
            graph, refused = Graph(connection, settings), None
            folder = write_shaped(Path(scratch) / "synthetic", ties)
            started = time.perf_counter()
            try:
                graph.load(folder)
            except EngineError as error:
                refused = str(error).replace(server.uri, "neo4j://…")
                assert connection.read("MATCH (n) RETURN count(n)").rows == [[0]]
            return ties, refused, time.perf_counter() - started


def limit(name: str, heap: str, first: int) -> str:
    """A row of the table: the largest that was taken in, the smallest that was not, and what it was told."""
    size, largest, smallest, told = round(first * GB[heap], -3), 0, 0, None
    while not largest or not smallest:
        ties, refused, seconds = taken_in(name, heap, int(size))
        print(f"{name} {heap} {ties:,}: {refused or 'taken in'}, {seconds:.0f} s", flush=True)
        if refused:
            smallest, told = ties, refused
        else:
            largest = ties
        size = round(size / STEP if refused else size * STEP, -3)
    return f"| {name} | {heap} | {largest:,} | {smallest:,} | {told} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=[NEO4J_5, NEO4J_2026])
    parser.add_argument("--heaps", default="512m,1g,2g")
    parser.add_argument("--first", type=int, default=150_000, help="ties per GB to begin with")
    options = parser.parse_args()
    print("| engine | heap | taken in | refused | and told |\n|---|--:|--:|--:|---|", flush=True)
    for name in options.engines:
        for heap in options.heaps.split(","):
            print(limit(name, heap, options.first), flush=True)


if __name__ == "__main__":
    main()
