"""A network as tables of its ties and nodes (CSV) and as node-link JSON."""

from __future__ import annotations

import csv as comma_separated
import io
import json as notation
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.export.marking import check_marking
from relgraph.export.reading import Reading, read
from relgraph.model.files import write_whole
from relgraph.query.cells import guarded

if TYPE_CHECKING:
    import networkx

TIES = (
    "source", "target", "type", "weight", "distance", "count", "source_name", "target_name", "engagements", "kinds",
    "first", "last", "claimed_by", "as_of", "marking", "policy", "not_to_be_redistributed",
)  # fmt: skip
NODES = (
    "id", "label", "category", "kind", "aliases", "lat", "lon", "start", "end", "signed", "mode", "marking",
    "not_to_be_redistributed",
)  # fmt: skip


def csv(
    net: networkx.Graph,
    path: str | os.PathLike[str] | None = None,
    *,
    marking: str | None = None,
    raw_cells: bool = False,
) -> Any:
    """A row a tie with its strength, engagements, kinds, years and sources; beside it a file with a row a node.

    `net.csv` has the ties and `net-nodes.csv` the nodes, as Gephi's import of spreadsheets and igraph's
    `graph_from_data_frame` take them; the last column of each names the sources of a tie, or of a node's ties, that may
    not be passed on. Lists are joined with `|`. A cell that a spreadsheet would take for a formula gets an apostrophe
    first, unless `raw_cells` are wanted. Gives the text of the ties where there is no `path`.
    """
    reading = read(net)
    check_marking(marking, reading.sources.values())
    text = _table(TIES, _ties(net, reading, marking), raw_cells)
    if path is not None:
        write_whole(nodes_file(path), nodes(net, marking=marking, raw_cells=raw_cells))
    return _given(path, text)


def nodes(net: networkx.Graph, *, marking: str | None = None, raw_cells: bool = False) -> str:
    """The table of nodes that `csv` writes beside that of the ties, as text."""
    reading = read(net)
    check_marking(marking, reading.sources.values())
    return _table(NODES, _nodes(net, reading, marking), raw_cells)


def nodes_file(path: str | os.PathLike[str]) -> Path:
    """Where the nodes of a network go whose ties are in a CSV file.

    >>> nodes_file("a/net.csv").name
    'net-nodes.csv'
    """
    return Path(path).with_name(f"{Path(path).stem}-nodes{Path(path).suffix}")


def _table(columns: tuple[str, ...], rows: Iterator[dict[str, Any]], raw_cells: bool) -> str:
    buffer = io.StringIO(newline="")
    writer = comma_separated.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column), raw_cells) for column in columns])
    return buffer.getvalue()


def json(net: networkx.Graph, path: str | os.PathLike[str] | None = None, *, marking: str | None = None) -> Any:
    """Node-link data with all that `net.graph` holds, for `networkx.node_link_graph(…, edges="edges")`.

    Gives the text where there is no `path`.
    """
    import networkx

    check_marking(marking, read(net).sources.values())
    data = networkx.node_link_data(net, edges="edges")
    if marking:
        data["graph"] = {**data["graph"], "marking": marking}
    return _given(path, notation.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n")


def _given(path: str | os.PathLike[str] | None, text: str) -> str | Path:
    return text if path is None else write_whole(path, text)


def tie(reading: Reading, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What every format says of an edge: its strength and what the engagements behind it come to."""
    ids = [str(one["id"]) for one in attributes.get("engagements") or ()]
    found = [reading.engagements[id] for id in ids if id in reading.engagements]
    days = [day for one in found for day in one.get("bounds") or ()]
    known = [str(day) for day in days if not str(day).startswith(("0001", "9999"))]
    claims = [claim for one in found for claim in one.get("claims") or ()]
    return {
        "weight": attributes.get("weight", 1),
        "distance": attributes.get("distance"),
        "count": len(ids) or 1,
        "engagements": ids,
        "kinds": sorted({str(one["label"]) for one in found}),
        "first": min(known, default="")[:4],
        "last": max(known, default="")[:4],
        "claimed_by": sorted({claim["source"] for claim in claims if claim.get("source")}),
    }


def _ties(net: networkx.Graph, reading: Reading, marking: str | None) -> Iterator[dict[str, Any]]:
    always = {"as_of": reading.as_of, "marking": marking, "policy": reading.policy_text}
    always["type"] = "Directed" if net.is_directed() else "Undirected"
    for one, other, attributes in net.edges(data=True):
        names = {"source_name": net.nodes[one].get("name", one), "target_name": net.nodes[other].get("name", other)}
        said = tie(reading, attributes)
        closed = {"not_to_be_redistributed": _closed(reading, said)}
        yield {**always, "source": one, "target": other, **names, **said, **closed}


def _closed(reading: Reading, said: Mapping[str, Any]) -> list[str]:
    """The sources of a tie that may not be redistributed."""
    return [id for id in said["claimed_by"] if reading.sources.get(id, {}).get("redistributable") is False]


def _nodes(net: networkx.Graph, reading: Reading, marking: str | None) -> Iterator[dict[str, Any]]:
    closed: dict[Any, set[str]] = {node: set() for node in net}
    for one, other, attributes in net.edges(data=True):
        for node in (one, other):
            closed[node].update(_closed(reading, tie(reading, attributes)))
    for node, said in net.nodes(data=True):
        about = {**reading.engagements.get(str(node), {}), **said}
        mode = {0: "party", 1: "engagement"}.get(said.get("bipartite")) if reading.two_mode else None
        names = {"label": said.get("name", node), "category": said.get("label"), "mode": mode, "marking": marking}
        yield {**about, "id": node, **names, "not_to_be_redistributed": sorted(closed[node])}


def _cell(value: Any, raw_cells: bool) -> str:
    if isinstance(value, (list, tuple)):
        value = "|".join(map(str, value))
    if value is None or isinstance(value, (int, float)):
        return "" if value is None else repr(value)
    return str(value) if raw_cells else guarded(str(value))
