"""The network as pyvis draws it: `pyvis()` for users who want to go on from there, `Canvas` for the page."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relgraph.export.layout import SQUARE, is_square, positions
from relgraph.export.reading import Reading, read
from relgraph.model.ontology import load_ontology

if TYPE_CHECKING:
    import networkx
    from pyvis.network import Network

GREY = "#6E7781"
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False},
    "interaction": {"hover": True, "dragNodes": False, "selectConnectedEdges": False},
}


@functools.cache
def canvas_class() -> type[Network]:
    """A `pyvis.network.Network` that keeps parallel ties and adds each without a look at all the others."""
    from pyvis.network import Network

    class Canvas(Network):
        def add_node(self, n_id: str | int, label: str | None = None, shape: str = "dot", **options: Any) -> None:
            if n_id not in self.node_map:
                node = {"id": n_id, "label": label or n_id, "shape": shape, "color": GREY, **options}
                self.nodes.append(node)
                self.node_ids.append(n_id)
                self.node_map[n_id] = node

        def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
            for end in (source, to):
                if end not in self.node_map:
                    raise ValueError(f"{end!r} is no node of this picture; add it before its ties")
            arrows = {"arrows": "to"} if self.directed else {}
            self.edges.append({**arrows, **options, "from": source, "to": to})

    return Canvas


def pyvis(net: networkx.Graph, *, layout: str = "geographic", focus: str | None = None) -> Network:
    """`net` as a `pyvis.network.Network` with positions and styles: a line for each engagement of each pair.

    Colours and dashes are those of `ontology.toml`; what has more than five parties is a square with spokes.
    """
    reading = read(net)
    picture = canvas_class()(height="800px", directed=reading.directed, cdn_resources="in_line")
    picture.options = OPTIONS
    places, squares = positions(reading, layout, focus)
    for id, actor in reading.actors.items():
        _add_node(picture, id, actor["name"], places[id], shape="dot", size=9, color="#57606A")
    lines: dict[tuple[str, str], int] = {}
    for id, engagement in reading.engagements.items():
        style = _style(engagement)
        if is_square(reading, id):
            look = {"shape": "square", "size": 6, "color": style["color"]}
            _add_node(picture, SQUARE + id, engagement["name"], squares[id], **look)
        for one, other in _ties(reading, id):
            lines[one, other] = lines.get((one, other), -1) + 1
            picture.add_edge(one, other, id=f"{id}|{one}|{other}", smooth=_bow(lines[one, other]), **style)
    return picture


def _ties(reading: Reading, id: str) -> list[tuple[str, str]]:
    if not is_square(reading, id):
        return list(reading.pairs.get(id, ()))
    parties = dict.fromkeys(str(party["id"]) for party in reading.engagements[id]["parties"])
    return [(SQUARE + id, party) for party in parties if party in reading.actors]


def _add_node(picture: Network, id: str, name: str, place: tuple[int, int], **look: Any) -> None:
    x, y = place
    picture.add_node(id, name, x=x, y=y, **_title(name), **look)


def _title(name: str) -> dict[str, str]:
    """The tooltip, but for a name with which pyvis would make a tooltip of markup."""
    return {} if "href" in name else {"title": name}


def _bow(nth: int) -> dict[str, Any]:
    """The bow of the n-th of parallel lines: the first straight, the next to either side, further out."""
    if not nth:
        return {"enabled": False}
    side = "curvedCW" if nth % 2 else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": round(min(0.08 * ((nth + 1) // 2), 0.8), 2)}


def _style(engagement: Mapping[str, Any]) -> dict[str, Any]:
    declared = load_ontology().labels.get(engagement["label"])
    dash = list(declared.dash) if declared else []
    colour = (declared.colour if declared else None) or GREY
    return {"color": colour, "dashes": dash or False, **_title(str(engagement["name"]))}
