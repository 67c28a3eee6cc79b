"""How long `graph.network()` over many ties takes, beside reading these ties through the bare driver, in one run.

python -m benchmarks.network [--engagements 20000] [--ties 100000] [--runs 3] [embedded neo4j-5 neo4j-2026]

Bare: one statement that returns each tie with all that stands on it and the ids of its ends, each row made a dict.
They take turns; seconds, medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import engines
from tests.engines.running import Engine, Engines

from benchmarks.synthetic import write_source
from relgraph.graph import Graph
from relgraph.store import Connection, open_connection

TIES = """
MATCH (actor:Actor)-[tie:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(engagement:Engagement)
RETURN actor.id AS actor, type(tie) AS type, properties(tie) AS tie, engagement.id AS engagement
"""


def measure(engine: Engine, folder: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of each run."""
    seconds: dict[str, list[float]] = {"bare": [], "network": []}
    engine.wipe()
    with open_connection(engine.settings) as connection:
        graph = Graph(connection, engine.settings)
        graph.load(folder)
        for run in range(runs + 1):
            for name, work in (("bare", lambda: bare(connection)), ("network", graph.network)):
                started = time.perf_counter()
                work()
                if run:  # the first round fills caches
                    seconds[name].append(time.perf_counter() - started)
    engine.wipe()
    return seconds


def bare(connection: Connection) -> list[dict[str, Any]]:
    """What the driver gives, without relgraph's own reading of rows."""
    with connection._drivers.session(reading=True) as session:  # the same driver, nothing above it
        return [record.data() for record in session.run(TIES)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=list(engines.NAMES))
    parser.add_argument("--engagements", type=int, default=20_000)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"{options.ties:,} ties of {options.engagements:,} engagements\n")
    print("| engine | bare read, s | network, s | times the bare read |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_source(Path(scratch) / "synthetic", options.engagements, options.ties)
        started = Engines(heap="2g", quick=False)
        try:
            for name in options.engines:
                taken = measure(started.get(name), folder, options.runs)
                bare, network = (statistics.median(taken[each]) for each in ("bare", "network"))
                print(f"| {name} | {bare:.1f} | {network:.1f} | {network / bare:.2f} |", flush=True)
        finally:
            started.close()


if __name__ == "__main__":
    main()
