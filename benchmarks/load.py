"""How fast a source loads, beside bare `CREATE` statements of the same records through the same driver, in one run.

python -m benchmarks.load [--engagements 20000] [--ties 100000] [embedded neo4j-5 neo4j-2026]

Bare: the same things and ties in batches of 5,000, properties written out in `CREATE`, one transaction; no reading
of files, no mapping, no plan; run before and after, and the faster counts. Load: files to graph. Again: nothing
changed. The graph is empty before each.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from tests import engines
from tests.engines.running import Engine, Engines
from tests.memory import peak

from benchmarks.synthetic import write_source
from relgraph.graph import Graph
from relgraph.ingest.plan import Planner
from relgraph.model.ontology import load_ontology
from relgraph.store import Transaction, open_connection
from relgraph.store.schema import ensure_schema

BATCH = 5_000


def bare(transaction: Transaction, things: list[Any], ties: list[Any]) -> None:
    """Write records that are there already, with the quickest statements that we know."""
    for labels, group in groupby(things, key=lambda thing: load_ontology().labels[thing.ref.label].labels):
        rows = [thing.properties for thing in group]
        written(transaction, f"CREATE (:{':'.join(labels)} {properties(rows)})", rows)
    for (type_, a, b), group in groupby(ties, key=lambda tie: (tie.type, tie.start.label, tie.end.label)):
        rows = [tie.properties | {"_a": tie.start.id, "_b": tie.end.id} for tie in group]
        ends = f"MATCH (a:{a} {{id: row._a}}) MATCH (b:{b} {{id: row._b}})"
        written(transaction, f"{ends} CREATE (a)-[:{type_} {properties(rows)}]->(b)", rows)


def properties(rows: list[dict[str, Any]]) -> str:
    """All properties, written out."""
    names = sorted({name for row in rows for name in row if not name.startswith("_")})
    return f"{{{', '.join(f'{name}: row.{name}' for name in names)}}}"


def written(transaction: Transaction, statement: str, rows: list[dict[str, Any]]) -> None:
    """Run a statement for batches of rows."""
    for at in range(0, len(rows), BATCH):
        transaction.run(f"UNWIND $rows AS row {statement}", {"rows": rows[at : at + BATCH]})


def timed(work: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(engine: Engine, folder: Path) -> dict[str, float]:
    """Seconds for bare, load, again and unload on one engine; bare before and after, of which the faster counts."""
    engine.wipe()
    with open_connection(engine.settings) as connection:
        graph = Graph(connection, engine.settings)
        ensure_schema(connection, load_ontology())
        planned = Planner(graph.check(folder)).plan(connection.read)
        things = sorted(planned.create_things, key=lambda thing: thing.ref.label)
        ties = sorted(planned.create_ties, key=lambda tie: (tie.type, tie.start.label, tie.end.label))

        def write() -> float:
            taken = timed(lambda: connection.transact(lambda transaction: bare(transaction, things, ties)))
            engine.wipe()
            return taken

        before = write()
        seconds = {"load": timed(lambda: graph.load(folder)), "again": timed(lambda: graph.load(folder))}
        seconds["unload"] = timed(lambda: graph.unload(folder.name))
        return seconds | {"bare": min(before, write())}


def row(name: str, taken: dict[str, float], memory: int) -> str:
    """One row of the table."""
    bare, load, again, unload = (taken[each] for each in ("bare", "load", "again", "unload"))
    speed, part = f"{bare / load:.0%}", f"{again / load:.0%}"
    return f"| {name} | {bare:.1f} | {load:.1f} | {speed} | {again:.1f} | {part} | {unload:.1f} | {memory:,} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=list(engines.NAMES))
    parser.add_argument("--engagements", type=int, default=20_000)
    parser.add_argument("--ties", type=int, default=100_000)
    options = parser.parse_args()
    print(f"{options.engagements:,} engagements, {options.ties:,} ties; seconds\n")
    print("| engine | bare CREATE | load | speed, of bare | again | again, of load | unload | memory, MB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_source(Path(scratch) / "synthetic", options.engagements, options.ties)
        started = Engines(heap="2g", quick=False)
        try:
            for name in options.engines:
                taken = measure(started.get(name), folder)
                memory = peak() >> 20
                print(row(name, taken, memory), flush=True)
        finally:
            started.close()


if __name__ == "__main__":
    main()
