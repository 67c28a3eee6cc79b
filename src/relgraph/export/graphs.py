"""A network for other programs: GraphML, and GEXF with spells for Gephi's timeline."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.export.files import clean, write_whole
from relgraph.export.layout import Position, positions
from relgraph.export.marking import check_marking
from relgraph.export.reading import Reading, read
from relgraph.export.tables import tie

if TYPE_CHECKING:
    import networkx

Target = str | os.PathLike[str] | None


def graphml(net: networkx.Graph, path: Target = None, *, marking: str | None = None) -> str | Path:
    """GraphML as `networkx.read_graphml` and Gephi read it, lists joined with `|`; text without a `path`."""
    import networkx

    flat = _flat(net, marking, _plain_node, _plain_edge)
    buffer = io.BytesIO()
    networkx.write_graphml_xml(flat, buffer, named_key_ids=True)
    return _given(path, buffer.getvalue())


def gexf(net: networkx.Graph, path: Target = None, *, marking: str | None = None) -> str | Path:
    """GEXF 1.2 with a spell for each dated engagement of a tie. Text without a `path`.

    A spell runs from the first day on which the engagement may have been there to the last; it is open on a
    side where no day is known. An edge with an engagement that has no date has no spell: it is always shown.
    """
    from xml.etree.ElementTree import tostring

    from networkx.readwrite.gexf import GEXFWriter

    flat = _flat(net, marking, _gexf_node, _gexf_edge)
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(flat)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the same network, the same bytes
    writer.indent(writer.xml)
    return _given(path, tostring(writer.xml, encoding="utf-8", xml_declaration=True))


Describe = Callable[[Reading, str, Mapping[str, Any], Position | None], dict[str, Any]]


def _flat(net: networkx.Graph, marking: str | None, node: Describe, edge: Any) -> networkx.Graph:
    """A copy of `net` with only such attributes as XML formats hold."""
    reading = read(net)
    check_marking(marking, reading.sources.values())
    actors, squares = positions(reading)
    places = {**squares, **actors}
    flat = net.__class__()
    said = {"policy": reading.policy_text, "as_of": reading.as_of, "marking": marking}
    flat.graph.update({key: clean(str(value)) for key, value in said.items() if value})
    for id, attributes in net.nodes(data=True):
        flat.add_node(clean(str(id)), **_scalars(node(reading, str(id), attributes, places.get(str(id)))))
    for one, other, attributes in net.edges(data=True):
        flat.add_edge(clean(str(one)), clean(str(other)), **_scalars(edge(reading, attributes)))
    return flat


def _plain_node(reading: Reading, id: str, attributes: Mapping[str, Any], place: Position | None) -> dict[str, Any]:
    x, y = place or (None, None)
    dates = {key: reading.engagements.get(id, {}).get(key) for key in ("start", "end", "signed")}
    return {**attributes, **dates, "x": x, "y": y}


def _plain_edge(reading: Reading, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return tie(reading, attributes)


def _gexf_node(reading: Reading, id: str, attributes: Mapping[str, Any], place: Position | None) -> dict[str, Any]:
    said = {**attributes, "category": attributes.get("label"), "label": attributes.get("name") or id}
    if place:
        said["viz"] = {"position": {"x": float(place[0]), "y": float(-place[1]), "z": 0.0}}
    spell = _spell(reading.engagements.get(id, {}))
    return {**said, "spells": [spell]} if spell else said


def _gexf_edge(reading: Reading, attributes: Mapping[str, Any]) -> dict[str, Any]:
    said = tie(reading, attributes)
    spells = [_spell(reading.engagements[id]) for id in said["engagements"] if id in reading.engagements]
    return {**said, "spells": spells} if spells and all(spells) else said


def _spell(engagement: Mapping[str, Any]) -> tuple[str | None, str | None] | None:
    """From the first to the last day on which it may have been there."""
    if not engagement.get("bounds"):
        return None
    first, _, _, last = map(str, engagement["bounds"])
    return (None if first.startswith("0001") else first, None if last.startswith("9999") else last)


def _scalars(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Texts and numbers alone, lists joined, what is not said left out; `viz` and `spells` are GEXF's own."""
    kept: dict[str, Any] = {}
    for key, value in attributes.items():
        if key in ("viz", "spells"):
            kept[key] = value
        elif isinstance(value, (list, tuple)):
            kept[key] = clean("|".join(map(str, value)))
        elif value is not None:
            kept[key] = value if isinstance(value, (bool, int, float)) else clean(str(value))
    return kept


def _given(path: Target, data: bytes) -> str | Path:
    return data.decode("utf-8") if path is None else write_whole(path, data)
