"""A network for other programs: GraphML, and GEXF with spells for Gephi's timeline."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.export.layout import Position, positions
from relgraph.export.marking import check_marking
from relgraph.export.reading import Reading, read
from relgraph.export.tables import tie
from relgraph.export.text import clean
from relgraph.model.files import write_whole

if TYPE_CHECKING:
    import networkx

Target = str | os.PathLike[str] | None
Spell = tuple[str | None, str | None]


def graphml(net: networkx.Graph, path: Target = None, *, marking: str | None = None) -> str | Path:
    """GraphML as networkx, igraph and Gephi read it, lists joined with `|`. Text without a `path`.

    `label` is what these programs write beside a node, its name; what sort of thing it is stands in `category`.
    """
    import networkx

    flat = _flat(net, marking, _plain_node, _plain_edge)
    buffer = io.BytesIO()
    networkx.write_graphml_xml(flat, buffer, named_key_ids=True)
    return _given(path, buffer.getvalue())


def gexf(net: networkx.Graph, path: Target = None, *, marking: str | None = None) -> str | Path:
    """GEXF 1.2 with spells for Gephi's timeline, labels as in GraphML. Text without a `path`.

    A tie's spells are the days on which any of its engagements may have been there, from the first to the last;
    one is open on a side where no day is known. An edge with an engagement that has no date has no spell: it is
    always shown.
    """
    from xml.etree.ElementTree import SubElement, tostring

    from networkx.readwrite.gexf import GEXFWriter

    flat = _flat(net, marking, _gexf_node, _gexf_edge)
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(flat)
    for meta in writer.xml.iter("meta"):
        meta.clear()  # the same network, the same bytes: neither the day nor the version of networkx
        SubElement(meta, "creator").text = "relgraph"
        SubElement(meta, "description").text = "\n".join(map(str, flat.graph.values()))
    writer.indent(writer.xml)
    return _given(path, tostring(writer.xml, encoding="utf-8", xml_declaration=True))


Describe = Callable[[Reading, str, Mapping[str, Any], Position | None], dict[str, Any]]


def _flat(net: networkx.Graph, marking: str | None, node: Describe, edge: Any) -> networkx.Graph:
    """A copy of `net` with only such ids and attributes as XML formats hold."""
    reading = read(net)
    check_marking(marking, reading.sources.values())
    actors, squares = positions(reading)
    places, ids = {**squares, **actors}, _ids(net)
    said = {"marking": marking, "policy": reading.policy_text, "as_of": reading.as_of}
    flat = net.__class__(**{key: clean(str(value)) for key, value in said.items() if value})
    nodes = [node(reading, str(id), attributes, places.get(str(id))) for id, attributes in net.nodes(data=True)]
    flat.add_nodes_from(zip(ids.values(), _alike(map(_scalars, nodes)), strict=True))
    edges = list(net.edges(data=True))
    about = _alike(_scalars(edge(reading, attributes)) for *_, attributes in edges)
    flat.add_edges_from((ids[one], ids[other], each) for (one, other, _), each in zip(edges, about, strict=True))
    return flat


def _ids(net: networkx.Graph) -> dict[Any, str]:
    """A text for each node that XML holds, no two alike."""
    found: dict[Any, str] = {}
    taken: set[str] = set()
    for node in net:
        text = given = clean(str(node)) or "-"
        while text in taken:
            text = f"{given}~{len(taken)}"
        taken.add(text)
        found[node] = text
    return found


def _plain_node(reading: Reading, id: str, attributes: Mapping[str, Any], place: Position | None) -> dict[str, Any]:
    dates = {key: reading.engagements.get(id, {}).get(key) for key in ("start", "end", "signed")}
    x, y = (float(place[0]), float(-place[1])) if place else (None, None)  # elsewhere the north has the greater y
    return {**_labeled(id, attributes), **dates, "x": x, "y": y}


def _plain_edge(reading: Reading, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return tie(reading, attributes)


def _gexf_node(reading: Reading, id: str, attributes: Mapping[str, Any], place: Position | None) -> dict[str, Any]:
    said = _labeled(id, attributes)
    if place:
        said["viz"] = {"position": {"x": float(place[0]), "y": float(-place[1]), "z": 0.0}}
    spell = _spell(reading.engagements.get(id, {}))
    return {**said, "spells": [spell]} if spell else said


def _labeled(id: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {**attributes, "category": attributes.get("label"), "label": attributes.get("name") or id}


def _gexf_edge(reading: Reading, attributes: Mapping[str, Any]) -> dict[str, Any]:
    said = tie(reading, attributes)
    spells = [_spell(reading.engagements[id]) for id in said["engagements"] if id in reading.engagements]
    return {**said, "spells": _united(spells)} if spells and all(spells) else said


def _spell(engagement: Mapping[str, Any]) -> Spell | None:
    """From the first to the last day on which it may have been there; None where neither is known."""
    if not engagement.get("bounds"):
        return None
    first, _, _, last = map(str, engagement["bounds"])
    spell = (None if first.startswith("0001") else first, None if last.startswith("9999") else last)
    return spell if any(spell) else None


def _united(spells: Iterable[Spell]) -> list[Spell]:
    """The spells without overlap, which Gephi refuses.

    >>> _united([("2003", "2006"), ("2010", None), ("2005", "2007")])
    [('2003', '2007'), ('2010', None)]
    """
    found: list[Spell] = []
    for first, last in sorted(spells, key=lambda spell: spell[0] or ""):
        before = found[-1][1] if found else ""
        if found and (before is None or (first or "") <= before):
            found[-1] = (found[-1][0], None if before is None or last is None else max(before, last))
        else:
            found.append((first, last))
    return found


def _scalars(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Texts and numbers alone, lists joined, what is not said left out; `viz` and `spells` are GEXF's own."""
    kept: dict[str, Any] = {}
    for key, value in attributes.items():
        if key in ("viz", "spells") or isinstance(value, (bool, int, float)):
            kept[key] = value
        elif isinstance(value, (list, tuple)):
            kept[key] = _text("|".join(map(str, value)))
        elif value is not None:
            kept[key] = _text(str(value))
    return {key: value for key, value in kept.items() if value != ""}


def _text(text: str) -> str:
    """Text that XML gives back as it is."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def _alike(about: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Attributes each of which has one type throughout, as these formats declare it: text where types differ."""
    about = list(about)
    types: dict[str, set[type]] = {}
    for attributes in about:
        for key, value in attributes.items():
            types.setdefault(key, set()).add(type(value))
    for key, found in types.items():
        if len(found) > 1:
            kind = float if found == {int, float} else str
            about = [{**a, key: kind(a[key])} if key in a else a for a in about]
    return about


def _given(path: Target, data: bytes) -> str | Path:
    return data.decode("utf-8") if path is None else write_whole(path, data)
