"""A network made ready for measures: any networkx graph as a simple one whose weights are strengths."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import isfinite, lcm
from typing import TYPE_CHECKING, Any

from relgraph.analysis.measures.paths import Paths
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

COUNTABLE = 2**53  # whole numbers up to which floating point is exact
ROUNDING = 1e-12


@dataclass
class Prepared:
    """A network as measures take it: no ties of a node to itself, parallel ties added up, weights positive.

    `notes` gathers sentences on what was done to it and on what could not be computed.
    """

    given: nx.Graph
    simple: nx.Graph
    notes: list[str] = field(default_factory=list)

    @property
    def nodes(self) -> list[Hashable]:
        return list(self.simple)

    @property
    def directed(self) -> bool:
        return self.simple.is_directed()

    @cached_property
    def sides(self) -> tuple[list[Hashable], list[Hashable]] | None:
        """The two modes of a two-mode network (those of `bipartite` 0, those of 1), or None for any other."""
        side = {node: about.get("bipartite") for node, about in self.given.nodes(data=True)}
        if self.directed or set(side.values()) != {0, 1}:
            return None
        if any(side[a] == side[b] for a, b in self.simple.edges):
            return None
        first, second = ([node for node in self.simple if side[node] == mode] for mode in (0, 1))
        return first, second

    def flat(self) -> nx.Graph:
        """Who is tied to whom, without strength or direction."""
        import networkx as nx

        net = nx.Graph()
        net.add_nodes_from(self.simple)
        net.add_edges_from(self.simple.edges, weight=1)
        return net

    @cached_property
    def matrix(self) -> np.ndarray:
        """How strong the tie from each node to each other is, in the order of `nodes`; 0 where there is none."""
        import numpy as np

        place = {node: n for n, node in enumerate(self.simple)}
        found = np.zeros((len(place), len(place)))
        for a, b, weight in self.simple.edges(data="weight"):
            found[place[a], place[b]] = weight
        return found if self.directed else found + found.T

    @cached_property
    def scale(self) -> int | None:
        """The least number that 1/strength is a whole number of times over, or None where that is beyond counting."""
        strengths = {weight for *_, weight in self.simple.edges(data="weight")}
        exact = {strength: Fraction(strength).limit_denominator(10**6) for strength in strengths}
        multiple = lcm(*(near.numerator for near in exact.values())) if all(exact.values()) else 0
        longest = multiple * max((near.denominator for near in exact.values()), default=1) * len(self.simple)
        known = all(abs(near / Fraction(strength) - 1) < ROUNDING for strength, near in exact.items() if near)
        return multiple if known and 0 < longest < COUNTABLE else None

    @cached_property
    def paths(self) -> Paths:
        """The shortest paths along distance, 1/strength.

        Where they can be, distances are whole numbers (times `scale`), for sums of fractions call equally long paths
        unequal in floating point (1/10 + 1/5 is not 3/10). Else paths are equally long up to rounding.
        """
        import numpy as np

        strengths = np.where(self.matrix > 0, self.matrix, np.inf)
        with np.errstate(divide="ignore"):
            lengths = np.where(self.matrix > 0, (self.scale or 1) / strengths, np.inf)
        return Paths(np.round(lengths)) if self.scale else Paths(lengths, ROUNDING)


def prepare(net: nx.Graph) -> Prepared:
    """Make a network ready; a weight that is no strength is a `UsageError`."""
    import networkx as nx

    simple = nx.DiGraph() if net.is_directed() else nx.Graph()
    simple.add_nodes_from(net)
    loops = 0
    for a, b, about in net.edges(data=True):
        if a == b:
            loops += 1
            continue
        weight = _strength(a, b, about) + (simple.edges[a, b]["weight"] if simple.has_edge(a, b) else 0)
        simple.add_edge(a, b, weight=weight, distance=1 / weight)
    found = Prepared(net, simple)
    if loops:
        found.notes.append(f"Ties of a node to itself are left out ({loops}).")
    if simple.number_of_edges() + loops < net.number_of_edges():
        found.notes.append("Parallel ties are added up.")
    return found


def one_mode(net: nx.Graph, measure: str) -> Prepared:
    """A network made ready for a measure that two modes do not have."""
    ready = prepare(net)
    if ready.sides:
        raise UsageError(f"{measure} is not defined for a two-mode network; project with mode='country'")
    return ready


def _strength(a: Hashable, b: Hashable, about: Mapping[str, Any]) -> float:
    weight = about.get("weight", 1)
    if weight is None:
        return 1
    if isinstance(weight, (int, float)) and isfinite(weight) and weight > 0:
        return weight
    raise UsageError(f"the tie of {a} and {b} has weight {weight!r}: a weight is a strength, a number above 0")
