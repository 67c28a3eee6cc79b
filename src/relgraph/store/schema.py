"""What the database itself must hold: every id once, and a quick way to it. Derived from the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relgraph.errors import EngineError, RelgraphError

if TYPE_CHECKING:
    from relgraph.model.ontology import Ontology
    from relgraph.store.connection import Connection

SHOW = "SHOW CONSTRAINTS YIELD name RETURN name"


@dataclass(frozen=True)
class Constraint:
    """`id` is unique among the things with this label; the database keeps an index for it."""

    label: str

    @property
    def name(self) -> str:
        """The name in the database.

        >>> Constraint("Country").name
        'relgraph_country_id'
        """
        return f"relgraph_{self.label.lower()}_id"

    @property
    def cypher(self) -> str:
        """The statement that makes it, if it is not there."""
        return (
            f"CREATE CONSTRAINT {quoted(self.name)} IF NOT EXISTS "
            f"FOR (n:{quoted(self.label)}) REQUIRE n.id IS UNIQUE"
        )


def quoted(name: str) -> str:
    """A label, tie type or constraint name as it may stand in Cypher.

    >>> print(quoted("HELD_IN"), quoted("a`b"))
    `HELD_IN` `a``b`
    """
    return f"`{name.replace('`', '``')}`"


def constraints(ontology: Ontology) -> list[Constraint]:
    """One for each label, and one for all engagements, whose ids are unique together."""
    labels = sorted({*ontology.labels, "Engagement"})
    return [Constraint(label) for label in labels]


def ensure_schema(connection: Connection, ontology: Ontology) -> None:
    """Make every constraint that is not there yet; an `EngineError` names one that cannot be made.

    Costs one question when all are there.
    """
    missing = _missing(connection, ontology)
    failure: RelgraphError | None = None
    for constraint in missing:
        try:
            connection.define(constraint.cypher)
        except RelgraphError as error:  # another process may have made it meanwhile; the check below says
            failure = failure or error
    if missing and (still := _missing(connection, ontology)):
        reason = f" ({failure})" if failure else ""
        raise EngineError(
            f"{connection.where}: the constraint {still[0].name} cannot be made{reason}; "
            f"remove things that share an id, or use an empty database"
        ) from failure


def _missing(connection: Connection, ontology: Ontology) -> list[Constraint]:
    held = {row[0] for row in connection.read(SHOW).rows}
    return [constraint for constraint in constraints(ontology) if constraint.name not in held]
