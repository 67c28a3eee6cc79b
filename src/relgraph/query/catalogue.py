"""Catalogue: the library of queries and the sources, as a person looks them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.query.answer import answer
from relgraph.query.library import load_library
from relgraph.query.named import Library, Query
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.store import Connection

SOURCE_COLUMNS = ("id", "title", "licence", "data", "loaded", "things", "ties", "redistributable", "citation")
LISTED = ("id", "title", "data", "loaded", "things", "ties")


def queries(library: Library) -> Rows:
    """Every query: its name with its parameters, and what it answers."""
    return Rows(("query", "answers"), [[query.signature, query.purpose] for query in library.values()])


def described(query: Query) -> str:
    """One query in full, as its file has it, ready to be copied."""
    lines = [query.signature, "", query.purpose, *([query.notes] if query.notes else [])]
    lines += ["", f"returns: {', '.join(query.returns)}"]
    lines += [f"example: relgraph query {query.name} {query.example}"] if query.example else []
    return "\n".join([*lines, "", query.cypher])


def sources(connection: Connection, name: str | None = None) -> Rows:
    """Every source that is bundled or loaded; with a name, all about that one, a fact a row."""
    known = _known(connection, name)
    if name is None:
        return Rows(LISTED, [[row[column] for column in LISTED] for row in known])
    return Rows(("about", "value"), list(known[0].items()))


def bibtex(connection: Connection, name: str | None = None) -> str:
    """The citation of one source, or of every one that is bundled or loaded."""
    return "\n\n".join(row["citation"] for row in _known(connection, name))


def not_redistributable(connection: Connection) -> list[str]:
    """The loaded sources whose data may not be redistributed."""
    closed = "MATCH (s:Source) WHERE s.redistributable = false RETURN s.id ORDER BY s.id"
    return [row[0] for row in connection.read(closed).rows]


def _known(connection: Connection, name: str | None) -> list[dict[str, Any]]:
    rows = _sources(connection)
    found = [row for row in rows if name in (None, row["id"])]
    if name is not None and not found:
        ids = ", ".join(row["id"] for row in rows)
        raise UsageError(f"{name}: is neither bundled nor loaded; known are {ids or 'none'}")
    return found


def _sources(connection: Connection) -> list[dict[str, Any]]:
    loaded = {row["id"]: row for row in answer(connection, load_library()["claims_counted"], {})}
    about = {id_: _described(row) for id_, row in loaded.items()} | _bundled()
    empty = {"things": None, "ties": None}
    for id_, row in about.items():
        held = loaded.get(id_)
        row |= {"loaded": "yes" if held else "no"} | ({n: held[n] for n in empty} if held else empty)
    return [{column: about[id_].get(column) for column in SOURCE_COLUMNS} for id_ in sorted(about)]


def _bundled() -> dict[str, dict[str, Any]]:
    from relgraph.ingest.source import bundled_sources, open_source

    found = {}
    for id_, folder in bundled_sources().items():
        source = open_source(folder)
        about = source.declared.source
        bring = f"bring the files with --data{f' ({about.files})' if about.files else ''}"
        data = "bundled" if source.bundled else bring
        found[id_] = _about(id_, about.title, about.licence, about.redistributable, about.citation.strip(), data)
    return found


def _described(row: dict[str, Any]) -> dict[str, Any]:
    return _about(
        row["id"], row["name"], row["licence"], row["redistributable"], row["citation"], "loaded from a folder"
    )


def _about(id_: str, title: str, licence: str, redistributable: bool, citation: str, data: str) -> dict[str, Any]:
    return {
        "id": id_,
        "title": title,
        "licence": licence,
        "redistributable": redistributable,
        "citation": citation,
        "data": data,
    }
