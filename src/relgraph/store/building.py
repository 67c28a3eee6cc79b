"""A first load, written to a database beside an empty graph, which then takes its place.

The engine's batch API takes in records in two thirds of the time that Cypher over Bolt needs, but commits as it goes
and keeps no journal. So it writes where nobody looks; when all is there and on disk, one rename makes it the graph.
Killed before that, the graph is as it was, and the next start removes what was begun.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from relgraph.store import folder as data
from relgraph.store.embedded import DATABASE, package
from relgraph.store.endpoint import Endpoint
from relgraph.store.schema import quoted

BATCH = 10_000
Rows = Sequence[dict[str, Any]]


class Building:
    """A database that is being filled: things first, then the ties between them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = package().create_database(str(path))
        self._batch = self._database.graph_batch(commit_every=BATCH)
        self._places: dict[tuple[str, str], str] = {}
        self._known: set[str] = set()

    def define(self, statements: Iterable[str]) -> None:
        """Run statements that make constraints; before any record."""
        for statement in statements:
            self._database.command("opencypher", statement).close()

    def add_things(self, labels: Sequence[str], rows: Rows) -> None:
        """Things with these labels, by the first of which their ties find them."""
        self._know(f"(a:{':'.join(map(quoted, labels))} {{id: ''}})", "a")
        places = self._batch.create_vertices("~".join(sorted(labels)), list(rows))
        self._places.update(((labels[0], row["id"]), place) for row, place in zip(rows, places, strict=True))

    def add_ties(self, type_: str, start: str, end: str, rows: Rows) -> None:
        """Ties from things with one label to things with another, whose ids are `_a` and `_b` of each row."""
        self._know(f"(a:{quoted(start)} {{id: ''}})-[:{quoted(type_)}]->(b:{quoted(end)} {{id: '-'}})", "a, b")
        starts = [self._places[start, row["_a"]] for row in rows]
        ends = [self._places[end, row["_b"]] for row in rows]
        said = [{name: value for name, value in row.items() if name not in ("_a", "_b")} for row in rows]
        self._batch.new_edges(starts, type_, ends, said)

    def finish(self) -> None:
        """Close the database and see it through to the disk."""
        self._batch.close()
        self._database.close()
        for path in (*self._path.iterdir(), self._path):
            _to_disk(path)

    def close(self) -> None:
        """Close the database, finished or not."""
        self._database.close()

    def _know(self, pattern: str, variables: str) -> None:
        """Have the engine make the types of a pattern as it does for `CREATE`."""
        if pattern not in self._known:
            self._known.add(pattern)
            self._database.command("opencypher", f"CREATE {pattern} DETACH DELETE {variables}").close()


@contextmanager
def built(endpoint: Endpoint, fill: Callable[[Building], object]) -> Iterator[Path | None]:
    """The closed database that `fill` filled, removed after the block if it is still there.

    None where the graph is not this process's own or not blank, and where the engine refuses something: whoever then
    writes it in the ordinary way learns what.
    """
    if endpoint.owner is None or not endpoint.owner.is_blank():
        yield None
        return
    folder = endpoint.owner.folder / data.BUILDING
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield _filled(folder / DATABASE, fill)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _filled(path: Path, fill: Callable[[Building], object]) -> Path | None:
    try:
        path.parent.mkdir(mode=0o700)
        with closing(Building(path)) as building:
            fill(building)
            building.finish()
    except (OSError, package().ArcadeDBError):
        return None
    return path


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
