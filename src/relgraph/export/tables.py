"""A network as a table of its ties (CSV) and as node-link JSON."""

from __future__ import annotations

import csv as comma_separated
import io
import json as notation
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.export.files import write_whole
from relgraph.export.marking import check_marking
from relgraph.export.reading import Reading, read

if TYPE_CHECKING:
    import networkx

COLUMNS = (
    "source", "source_name", "target", "target_name", "weight", "distance", "count", "engagements", "kinds",
    "first", "last", "claimed_by", "as_of", "marking", "policy",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(net: networkx.Graph, path: str | os.PathLike[str] | None = None, *, marking: str | None = None) -> Any:
    """A row a tie with its strength, engagements, kinds, years and sources; an untied node has its own row.

    Lists are joined with `|`. A name that a spreadsheet would take for a formula gets an apostrophe first.
    Gives the text where there is no `path`.
    """
    reading = read(net)
    check_marking(marking, reading.sources.values())
    buffer = io.StringIO(newline="")
    writer = comma_separated.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(net, reading, marking):
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return _given(path, buffer.getvalue())


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


def _rows(net: networkx.Graph, reading: Reading, marking: str | None) -> Iterator[dict[str, Any]]:
    always = {"as_of": reading.as_of, "marking": marking, "policy": reading.policy_text}
    for one, other, attributes in net.edges(data=True):
        ends = {**_end(net, "source", one), **_end(net, "target", other)}
        yield {**always, **ends, **tie(reading, attributes)}
    for node in net:
        if not net.degree(node):
            yield {**always, **_end(net, "source", node)}


def _end(net: networkx.Graph, side: str, node: object) -> dict[str, Any]:
    return {side: node, f"{side}_name": net.nodes[node].get("name", node)}


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = "|".join(map(str, value))
    if value is None or isinstance(value, (int, float)):
        return "" if value is None else repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
