"""The answer of a named query: its parameters bound, its rows, and what an absence in them means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relgraph.query.named import Query
from relgraph.query.names import GraphNames
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.store import Connection


def answer(connection: Connection, query: Query, values: Mapping[str, Any]) -> Rows:
    """Ask the graph a named query with the values that a person gave.

    The columns are those that the query declares. Where there are no rows and the query says what it covers,
    `notes` tells whether a loaded source covers it: not covered is not none. All of it is of one state.
    """
    return connection.one_state(lambda: _answer(connection, query, values))


def _answer(connection: Connection, query: Query, values: Mapping[str, Any]) -> Rows:
    bound = query.bind(values, GraphNames(connection))
    result = connection.read(query.cypher, bound)
    notes: list[str] = []
    if not result.rows:
        from relgraph.query.coverage import coverage_note

        notes += filter(None, [coverage_note(connection, query, bound)])
    return Rows(query.returns, result.rows, query.purpose, tuple(notes))
