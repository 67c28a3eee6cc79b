"""How long a command takes from nothing to its answer, beside Python alone and beside the driver alone, in one run.

python -m benchmarks.startup [--runs 7]

Each command is a process of its own; they take turns, so that a busy machine slows all alike. Milliseconds, medians.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RELGRAPH = str(Path(sys.executable).with_name("relgraph"))


def commands(graph: str) -> dict[str, list[str]]:
    """What is measured: name -> command."""
    one = "RETURN 1 AS one"
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import neo4j": [sys.executable, "-c", "import neo4j"],
        "relgraph --help": [RELGRAPH, "--help"],
        f"relgraph query '{one}'": [RELGRAPH, "query", one, "--graph", graph],
        "relgraph demo, a second time": [RELGRAPH, "demo", "--graph", graph],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        measured = commands(str(Path(scratch) / "graph"))
        seconds: dict[str, list[float]] = {name: [] for name in measured}
        for run in range(runs + 1):
            for name, command in measured.items():
                started = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, cwd=scratch)
                if run:  # the first round fills caches, and the graph
                    seconds[name].append(time.perf_counter() - started)
    base = statistics.median(seconds["python -c pass"])
    print("| command | median, ms | fastest, ms | times python -c pass |\n|---|--:|--:|--:|")
    for name, taken in seconds.items():
        median = statistics.median(taken)
        print(f"| {name} | {median * 1000:.0f} | {min(taken) * 1000:.0f} | {median / base:.0f} |")


if __name__ == "__main__":
    main()
