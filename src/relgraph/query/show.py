"""Show: one thing, all that the graph holds of it, and every claim about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.query.answer import answer
from relgraph.query.library import load_library
from relgraph.query.names import GraphNames
from relgraph.query.parameters import BadValue
from relgraph.query.results import HIDDEN, Rows, plain

if TYPE_CHECKING:
    from relgraph.store import Connection

BOUNDS = ("startFrom", "startBy", "endFrom", "endBy")


@dataclass(frozen=True)
class Shown:
    """A thing: its label, id and properties as plain data, and the claims about it, a row each."""

    label: str
    id: str
    properties: dict[str, Any]
    claims: Rows

    def facts(self) -> Rows:
        """The properties as rows, without the bounds, which stand for dates that are there as the source says them."""
        about = [("id", self.id), ("what", self.label)]
        about += [(n, v) for n, v in self.properties.items() if n not in (*BOUNDS, "id", "name")]
        return Rows(("property", "value"), about, title=str(self.properties.get("name", self.id)))

    def plain(self) -> dict[str, Any]:
        """Everything as one object of plain data."""
        return {"label": self.label, "id": self.id, "properties": self.properties, "claims": list(self.claims)}


def show(connection: Connection, name: str) -> Shown:
    """The thing that `name` means: an id, a name or an alias; `UsageError` where it means none or several."""
    names = GraphNames(connection)
    try:
        id_ = names.id("thing", name)
    except BadValue as error:
        raise UsageError(f"{name}: {error}") from error
    if id_ is None:
        near = ", ".join(names.nearest("thing", name))
        hint = f"near it: {near}" if near else "see `relgraph sources` for what is loaded"
        raise UsageError(f"{name}: no loaded source mentions it, which does not say that it is not so; {hint}")
    library = load_library()
    ((label, _, properties), *_) = answer(connection, library["properties_of"], {"thing": id_}).rows
    kept = {n: plain(properties[n]) for n in sorted(properties) if n not in HIDDEN}
    return Shown(label, id_, kept, answer(connection, library["claims_about"], {"thing": id_}))
