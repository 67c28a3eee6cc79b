"""The network as pyvis draws it: `pyvis()` for users who want to go on from there, `Canvas` for the page."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relgraph.export.layout import is_square, positions
from relgraph.export.reading import Reading, read
from relgraph.model.ontology import load_ontology

if TYPE_CHECKING:
    import networkx
    from pyvis.network import Network

MIXED = "#6E7781"  # a line of several kinds
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False},
    "interaction": {"hover": True, "dragNodes": False, "selectConnectedEdges": False, "tooltipDelay": 150},
}


@functools.cache
def canvas_class() -> type[Network]:
    """A `pyvis.network.Network` that keeps parallel ties and adds each without a look at all the others."""
    from pyvis.network import Network

    class Canvas(Network):
        def add_node(self, n_id: str, label: str | None = None, **options: Any) -> None:
            if n_id not in self.node_map:
                node = {"id": n_id, "label": label or n_id, **options}
                self.nodes.append(node)
                self.node_ids.append(n_id)
                self.node_map[n_id] = node

        def add_edge(self, source: str, to: str, **options: Any) -> None:
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
    picture.options = {**OPTIONS, "edges": {"smooth": {"enabled": True, "type": "dynamic"}}}
    places = positions(reading, layout, focus)
    for id, actor in reading.actors.items():
        x, y = places[id]
        picture.add_node(
            id, actor["name"], title=actor["name"], shape="dot", size=9, color="#57606A", x=x, y=y
        )
    for id in reading.engagements:
        _add_engagement(picture, reading, id, places)
    return picture


def _add_engagement(
    picture: Network, reading: Reading, id: str, places: Mapping[str, tuple[int, int]]
) -> None:
    engagement = reading.engagements[id]
    style = _style(engagement)
    if not is_square(reading, id):
        for one, other in reading.pairs.get(id, ()):
            picture.add_edge(one, other, id=f"{id}|{one}|{other}", **style)
        return
    x, y = places[id]
    picture.add_node(
        id, engagement["name"], title=style["title"], shape="square", size=6, color=style["color"], x=x, y=y
    )
    for party in engagement["parties"]:
        if party["id"] in reading.actors:
            picture.add_edge(id, party["id"], id=f"{id}|{party['id']}", **style)


def _style(engagement: Mapping[str, Any]) -> dict[str, Any]:
    declared = load_ontology().labels.get(engagement["label"])
    colour = (declared.colour if declared else None) or MIXED
    dash = list(declared.dash) if declared else []
    return {"color": colour, "dashes": dash or False, "title": str(engagement["name"])}
