"""Exports of a network: an HTML page, pyvis, CSV, JSON, GraphML and GEXF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.export.document import html
from relgraph.export.graphs import gexf, graphml
from relgraph.export.marking import notices
from relgraph.export.picture import pyvis
from relgraph.export.tables import csv, json, nodes, nodes_file

if TYPE_CHECKING:
    import networkx

__all__ = ["csv", "files", "gexf", "graphml", "html", "json", "nodes", "notices", "pyvis", "write"]
FORMS = {".html": html, ".graphml": graphml, ".gexf": gexf, ".csv": csv, ".json": json}


def write(net: networkx.Graph, path: str | Path, **look: Any) -> Path:
    """Write a network to a file in the format of its ending; `look` are the options of that format.

    An ending that says no format is a `UsageError`.
    """
    form = FORMS.get(Path(path).suffix.lower())
    if form is None:
        raise UsageError(f"{path}: its ending says no format; end it in {', '.join(FORMS)}")
    return form(net, path, **look)


def files(path: str | Path) -> list[Path]:
    """The files that `write` makes for this one: for CSV, which has the ties, one with the nodes beside it.

    >>> [file.name for file in files("net.csv")]
    ['net.csv', 'net-nodes.csv']
    """
    path = Path(path)
    return [path, nodes_file(path)] if path.suffix.lower() == ".csv" else [path]
