"""Names in a statement that nothing knows: why there may be no rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from relgraph.model.names import close
from relgraph.model.ontology import load_ontology
from relgraph.query.statement import labels_and_types

if TYPE_CHECKING:
    from relgraph.store import Connection

_MOST = 3
# Not `db.labels`: an engine lists there what has been erased long ago, too.
_LABELS = "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label"
_TYPES = "MATCH ()-[t]->() RETURN DISTINCT type(t) AS type"


def unknown_names(connection: Connection, cypher: str) -> tuple[str, ...]:
    """A sentence for each label and type of tie in the statement that neither the ontology nor the graph has.

    The graph is asked only where the ontology does not know one.
    """
    ontology = load_ontology()
    labels, types = {*ontology.labels, *ontology.families}, set(ontology.ties)
    named = labels_and_types(cypher)
    if labels.union(types).issuperset(named[0]) and types.issuperset(named[1]):
        return ()
    labels.update(label for (label,) in connection.read(_LABELS).rows)
    types.update(name for (name,) in connection.read(_TYPES).rows)
    unknown = [f"No label {name}{_near(name, labels | types)}" for name in named[0] if name not in labels | types]
    unknown += [f"No type of tie {name}{_near(name, types)}" for name in named[1] if name not in types]
    return tuple(unknown[:_MOST])


def _near(name: str, known: Iterable[str]) -> str:
    spelled = {each.casefold(): each for each in sorted(known)}
    found = [spelled[each] for each in close(name.casefold(), spelled, cutoff=0.7)]
    return f"; near it: {', '.join(found)}." if found else ": `relgraph status` lists those that there are."
