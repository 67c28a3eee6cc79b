"""How fast the field's datasets get from their files into an embedded graph, and how fast mapping is beside pandas.

python -m benchmarks.sources [--data ../shared/data] [--rows 100000]

Each source: the share of reading, mapping and checking, of planning, and of the load itself, in seconds of this
process on all its cores and by the clock. Then one row of mme is changed and loaded again. Then a file of so many rows
is mapped, and read by pandas, in turns; the medians are compared. Needs the publishers' files.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
from tests.memory import peak

import relgraph
from relgraph.ingest.check import check_source
from relgraph.ingest.load import load
from relgraph.ingest.plan import Planner
from relgraph.ingest.source import open_source
from relgraph.model.memory import many_objects

FOLDERS = {
    "cow-alliances": "cow-alliances-v4.1",
    "dcad": "dcad-v1.0",
    "factbook-orgs": "factbook-orgs",
    "mme": "mme-v7",
    "atop": "atop-v5.1",
    "us-fmtrpt": "us-fmtrpt",
}
TREATIES = """
[source]
title = "Treaties"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{treaties}"

[[tables]]
file = "treaties.csv"

[[tables.things]]
label = "Agreement"
id = "treaty-{id}"
name = "{title}"
signed = "{signed}"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "{party}", scheme = "cow", on = "{year}" }
to = { label = "Agreement" }
"""


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of the process, and the result."""
    clock, process = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - clock, time.process_time() - process, result


def each_source(graph: relgraph.Graph, data: Path) -> None:
    """Load them one after the other, with the share of each stage."""
    print("| source | things and ties | seconds | by the clock | check | plan | load |\n|---|--:|--:|--:|--:|--:|--:|")
    whole = [0.0, 0.0]
    for name, folder in FOLDERS.items():
        source = open_source(name, data / folder)
        with many_objects():
            clock, checked, claims = timed(lambda source=source: check_source(source))
            _, planned, plan = timed(lambda claims=claims: Planner([claims]).plan(graph.connection.read))
        loading, written, _ = timed(lambda claims=claims: load(graph.connection, [claims]))
        seconds, by_clock = checked + written, clock + loading  # the load plans for itself
        shares = (f"{part / seconds:.0%}" for part in (checked, planned, written - planned))
        print(f"| {name} | {len(plan.created):,} | {seconds:.1f} | {by_clock:.1f} | {' | '.join(shares)} |", flush=True)
        whole = [whole[0] + seconds, whole[1] + by_clock]
    memory = peak() >> 20
    print(f"| together | | {whole[0]:.1f} | {whole[1]:.1f} | | | |\n\nMost memory: {memory:,} MB.\n")


def one_row(data: Path, scratch: Path) -> None:
    """Change one row of mme: the load writes what changed, in a part of the time of the first."""
    folder = scratch / "mme"
    folder.mkdir()
    file = folder / "mme_v7.csv"
    text = (data / FOLDERS["mme"] / file.name).read_text("utf-8")
    file.write_text(text, "utf-8")
    with relgraph.open(scratch / "one") as graph:
        first, first_own, _ = timed(lambda: graph.load("mme", data=folder))
        file.write_text(text.replace("Readex 1-80", "Readex One"), "utf-8")
        again, again_own, plan = timed(lambda: graph.load("mme", data=folder))
    print(
        f"One row of mme changed: {plan}; {again_own / first_own:.0%} of the first load's seconds, {again / first:.0%}"
    )
    print("by the clock.\n")


def beside_pandas(rows: int, scratch: Path) -> None:
    """Map a file of so many rows, and read it with pandas, in turns."""
    folder = scratch / "treaties"
    folder.mkdir()
    (folder / "source.toml").write_text(TREATIES, "utf-8")
    with (folder / "treaties.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "signed", "year", "party"])
        writer.writerows(
            [n, f"Treaty of Friendship {n}", f"19{50 + n % 50}-05-0{1 + n % 9}", 1950 + n % 50, 2] for n in range(rows)
        )
    read, mapped = [], []
    for _ in range(5):
        read.append(timed(lambda: pandas.read_csv(folder / "treaties.csv"))[1])
        with many_objects():
            mapped.append(timed(lambda: check_source(open_source(folder)))[1])
    times = statistics.median(mapped) / statistics.median(read)
    print(f"{rows:,} rows, each a thing and a tie: mapped in {times:.0f} times what pandas takes to read them.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if options.data.is_dir():
            with relgraph.open(scratch / "graph") as graph:
                each_source(graph, options.data)
            one_row(options.data, scratch)
        else:
            print(f"{options.data} is not there: only mapping is measured")
        beside_pandas(options.rows, scratch)


if __name__ == "__main__":
    main()
