"""Status: which engine holds the graph, how much of what is in it, and a hash of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relgraph.query.answer import answer
from relgraph.query.contents import hash_of_contents
from relgraph.query.library import load_library
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.store import Connection


@dataclass(frozen=True)
class Status:
    """The engine in a few words, and the counts of things, ties and sources."""

    engine: Rows
    things: Rows
    ties: Rows
    sources: Rows

    def plain(self) -> dict[str, Any]:
        """Everything as one object of plain data."""
        return {name: list(getattr(self, name)) for name in ("engine", "things", "ties", "sources")}


def status(connection: Connection, *, digest: bool = False) -> Status:
    """What the graph behind the connection is and holds; `digest` adds the hash of its content. All of one state."""
    return connection.one_state(lambda: _status(connection, digest))


def _status(connection: Connection, digest: bool) -> Status:
    about = connection.engine
    columns, row = ["engine", "version", "kind", "where"], [about.name, about.version, about.kind, about.where]
    if digest:
        columns, row = [*columns, "content_hash"], [*row, content_hash(connection)]
    engine = Rows(tuple(columns), [row])
    library = load_library()
    things, ties, sources = (
        answer(connection, library[name], {}) for name in ("things_counted", "ties_counted", "claims_counted")
    )
    return Status(engine, things, ties, _only(sources, ("id", "name", "date", "covers_until", "things", "ties")))


def _only(rows: Rows, columns: tuple[str, ...]) -> Rows:
    places = [rows.columns.index(name) for name in columns]
    return Rows(columns, [[row[at] for at in places] for row in rows.rows], rows.title, rows.notes)


def content_hash(connection: Connection) -> str:
    """A hash of everything that the graph holds, whatever its order; equal graphs have equal ones on each engine."""
    return connection.one_state(lambda: hash_of_contents(connection.stream))
