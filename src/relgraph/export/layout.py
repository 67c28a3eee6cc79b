"""Where the actors of a network are drawn: `geographic`, `force` or `ego`; the same every time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.export import atlas, shelf
from relgraph.export.reading import Reading

if TYPE_CHECKING:
    import networkx

LAYOUTS = ("geographic", "force", "ego")
SQUARE = " "  # before the id of an engagement that is a node: it may be called as an actor is
RING = 230  # between two rings of the ego layout
Position = tuple[int, int]
Positions = dict[str, Position]


def positions(reading: Reading, layout: str = "geographic", focus: str | None = None) -> tuple[Positions, Positions]:
    """The positions of all actors, and those of all engagements that may be drawn as a square, by id."""
    if layout not in LAYOUTS:
        raise UsageError(f"layout={layout!r}: unknown; use {', '.join(LAYOUTS)}")
    squares = [id for id in reading.engagements if is_square(reading, id)]
    if layout == "geographic":
        return geographic(reading.actors.values()), {id: adrift(id) for id in squares}
    graph = _drawn(reading, squares)
    if layout == "force":
        found = force(graph)
    elif focus is None:
        raise UsageError("layout='ego' needs focus, the country in the middle")
    else:
        found = ego(graph, focus, {id: actor["name"] for id, actor in reading.actors.items()})
    return {id: found[id] for id in reading.actors}, {id: found[SQUARE + id] for id in squares}


def is_square(reading: Reading, id: str) -> bool:
    """Whether an engagement is drawn as a node: it has more than five parties, or the network two modes."""
    engagement = reading.engagements[id]
    return reading.two_mode or int(engagement.get("size") or len(engagement["parties"])) > 5


def geographic(actors: Iterable[Mapping[str, object]]) -> Positions:
    """Countries where the register has them, spread so that all of its names can be read.

    An actor that is not in the register lies at its own `lat` and `lon`, or else, if it is a country, in open sea at
    a place that its id alone decides, if it is not, on the shelf; so no position depends on a tie or another actor.
    """
    register = atlas.register_positions()
    found: Positions = {}
    for actor in actors:
        id = str(actor["id"])
        if id in register:
            found[id] = register[id]
        elif actor.get("lat") is not None and actor.get("lon") is not None:
            found[id] = _whole(atlas.project(float(actor["lat"]), float(actor["lon"])))  # type: ignore[arg-type]
        else:
            found[id] = adrift(id) if actor.get("label", "Country") == "Country" else shelf.place(id)
    return found


def adrift(id: str) -> Position:
    """A place in open sea or empty land for what has no place of its own; its id decides which."""
    cells = atlas.open_cells()
    digest = hashlib.sha256(id.encode("utf-8", "replace")).digest()
    x, y = cells[int.from_bytes(digest[:8], "big") % len(cells)]
    return x + digest[8] % 57 - 28, y + digest[9] % 49 - 24


def force(graph: networkx.Graph) -> Positions:
    """Spring layout from a fixed seed: actors that share much lie together; distances mean nothing else."""
    import networkx

    if not graph:
        return {}
    size = 130 * math.sqrt(len(graph)) + 200
    spring = networkx.spring_layout(graph, k=1.6 / math.sqrt(len(graph)), seed=7, iterations=80, weight="weight")
    return {id: (round(x * size), round(y * size * 0.7)) for id, (x, y) in spring.items()}


def ego(graph: networkx.Graph, focus: str, names: Mapping[str, str]) -> Positions:
    """Rings around `focus`: its partners, their partners, and so on; outside all, what no path leads to."""
    import networkx

    if focus not in graph:
        raise UsageError(f"focus={focus!r}: not in this network")
    steps = networkx.single_source_shortest_path_length(graph, focus)
    outside = max(steps.values()) + 1
    rings: dict[int, list[str]] = {}
    for id in sorted(graph, key=lambda id: (names.get(id, id), id)):
        rings.setdefault(steps.get(id, outside), []).append(id)
    found, radius = {focus: (0, 0)}, 0.0
    for step in sorted(rings):
        if step:
            radius = max(radius + RING, len(rings[step]) * 62 / math.tau)
            found |= dict(zip(rings[step], _ring(len(rings[step]), radius), strict=True))
    return found


def _ring(count: int, radius: float) -> Sequence[Position]:
    turns = [math.tau * (step / count - 0.25) for step in range(count)]
    return [_whole((radius * math.cos(turn) * 1.25, radius * math.sin(turn))) for turn in turns]


def _drawn(reading: Reading, squares: Sequence[str]) -> networkx.Graph:
    """The graph as it is drawn: a line a pair, a square with spokes for what has more than five parties."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from([*reading.actors, *(SQUARE + id for id in squares)])
    apart = set(squares)
    for id, engagement in reading.engagements.items():
        if id in apart:
            parties = (str(party["id"]) for party in engagement["parties"])
            ends = [(SQUARE + id, party) for party in parties if party in reading.actors]
        else:
            ends = list(reading.pairs.get(id, ()))
        for one, other in ends:
            weight = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=weight + 1)
    return graph


def _whole(point: tuple[float, float]) -> Position:
    return round(point[0]), round(point[1])


@lru_cache(maxsize=1)
def coastline() -> str:
    """The coast as an SVG path in the coordinates of `geographic`, bent along with its countries."""
    return atlas.coast_path()
