"""What a backup and a restore cost beside the load of the same graph, on the embedded engine, in one run.

python -m benchmarks.backup [--engagements 20000] [--ties 100000]

Each step is a process of its own: seconds of processor time (the engine's too) and the most memory that it took.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.memory import peak

import relgraph
from benchmarks.synthetic import write_source

STEPS = {
    "open": lambda graph, folder: None,
    "load": lambda graph, folder: graph.load(folder / "synthetic"),
    "hash": lambda graph, folder: graph.content_hash(),
    "backup": lambda graph, folder: graph.backup(folder / "graph.jsonl"),
    "packed": lambda graph, folder: graph.backup(folder / "graph.jsonl.gz"),
    "restore": lambda graph, folder: graph.restore(folder / "graph.jsonl"),
}


def step(name: str, folder: Path) -> None:
    """Do one step in this process, and print what it cost."""
    with relgraph.open(folder / ("restored" if name == "restore" else "graph")) as graph:
        started = time.process_time()
        STEPS[name](graph, folder)
        seconds = time.process_time() - started
    megabytes = peak() / (1 << 20)
    print(f"{name:8} {seconds:8.1f} s {megabytes:8.0f} MB", flush=True)


def main() -> None:
    """Every step for one synthetic source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engagements", type=int, default=20_000)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--step", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step(given.step[0], Path(given.step[1]))
        return
    with tempfile.TemporaryDirectory(prefix="relgraph-backup-") as name:
        write_source(Path(name) / "synthetic", given.engagements, given.ties)
        for each in STEPS:
            subprocess.run([sys.executable, "-m", "benchmarks.backup", "--step", each, name], check=True)
        for file in sorted(Path(name).glob("graph.jsonl*")):
            print(f"{file.name:15} {file.stat().st_size / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
