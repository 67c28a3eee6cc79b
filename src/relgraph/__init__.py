"""relgraph: a graph database of defense relationships.

>>> import relgraph
>>> with relgraph.open(getfixture("tmp_path")) as graph:
...     plan = graph.load("csis-hayashi-2020")
...     graph.ask("parties_of", agreement="acsa-jpn-aus")["id"].tolist()
['AUS', 'JPN']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from relgraph.analysis.cite import cite
from relgraph.errors import DataError, EngineError, OntologyError, QueryError, RelgraphError, UsageError
from relgraph.graph import Graph
from relgraph.graph import open_graph as open

if TYPE_CHECKING:
    from relgraph import export
    from relgraph.analysis import measures

__version__ = "0.1.0"
__all__ = [
    "DataError",
    "EngineError",
    "Graph",
    "OntologyError",
    "QueryError",
    "RelgraphError",
    "UsageError",
    "cite",
    "export",
    "measures",
    "open",
]
_LATE = {"measures": "relgraph.analysis.measures", "export": "relgraph.export"}  # they import networkx and pandas


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return import_module(_LATE[name])
    raise AttributeError(f"module 'relgraph' has no attribute {name!r}")
