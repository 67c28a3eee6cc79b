"""What to cite, and what may be passed on, of the sources under a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.store.connection import Connection

Sources = Mapping[str, Mapping[str, Any]]
COLUMN = "sources"  # of a query's answer: "id, place" for each claim


class Citations(str):
    """BibTeX of the sources under a result, with licences as comments: a `.bib` file as it stands.

    `licences`: the licence of each source by its id, None where it states none. `not_redistributable`: the ids of
    those whose data may not be passed on.
    """

    __slots__ = ("licences", "not_redistributable")
    licences: dict[str, str | None]
    not_redistributable: tuple[str, ...]


def cite(result: Any) -> Citations:
    """The BibTeX of every source under a result, the licences, and which data may not be redistributed.

    `result` is a DataFrame that relgraph made (its `attrs` name the sources), a network, or what `Graph.ties`,
    `matrix` and `diff` give. One that names no sources is a `UsageError`: the rows of free Cypher do not, and pandas
    forgets `attrs` in some of its operations.

    >>> import networkx as nx
    >>> net = nx.Graph(sources={"a-list": {"name": "A list", "citation": "@misc{a}", "redistributable": False}})
    >>> print(cite(net))
    % a-list: licence not stated; data may not be redistributed
    @misc{a}
    >>> cite(net).not_redistributable
    ('a-list',)
    """
    sources = _under(result)
    found = Citations("\n\n".join(f"% {id}: {_terms(about)}\n{_entry(id, about)}" for id, about in sources.items()))
    found.licences = {id: about.get("licence") for id, about in sources.items()}
    found.not_redistributable = tuple(id for id, about in sources.items() if about.get("redistributable") is False)
    return found


def _under(result: Any) -> Sources:
    for place in ("attrs", "graph"):
        held = getattr(result, place, None)
        if isinstance(held, Mapping) and isinstance(held.get("sources"), Mapping):
            return dict(sorted(held["sources"].items()))
    held = getattr(result, "sources", None)
    if isinstance(held, Mapping):
        return dict(sorted(held.items()))
    raise UsageError(
        f"{type(result).__name__}: names no sources; cite what a method of Graph or a measure returned, before "
        "pandas changed it, or see `relgraph sources --bibtex`"
    )


def _terms(about: Mapping[str, Any]) -> str:
    licence = " ".join(str(about.get("licence") or "licence not stated").split())
    return f"{licence}; data may not be redistributed" if about.get("redistributable") is False else licence


def _entry(id: str, about: Mapping[str, Any]) -> str:
    return str(about.get("citation") or "").strip() or f"@misc{{{id}, title = {{{about.get('name') or id}}}}}"


def named_in(connection: Connection, column: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """The sources that a query's answer names in its column of sources, with their properties."""
    from relgraph.analysis.reading import shown
    from relgraph.analysis.statements import SOURCES

    ids = {str(text).partition(", ")[0] for cell in column for text in (cell if isinstance(cell, list) else [cell])}
    return {id: shown(about) for id, about in connection.read(SOURCES).rows if id in ids}
